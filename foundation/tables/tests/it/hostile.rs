//! Questions in SQL, in a process of their own: this test's program serves as the worker.

use crate::shelf::TestShelf;
use tables::sql::{Cut, Found, Limits, Named, Unanswered, Worker};

/// Run with this variable set, the test below is the worker and no test.
const AS_WORKER: &str = "POLITY_TEST_SQL_WORKER";

#[test]
fn worker() {
    if std::env::var_os(AS_WORKER).is_some() {
        tables::sql::serve(std::io::stdin().lock(), std::io::stdout().lock()).unwrap();
    }
}

fn workers() -> Worker {
    Worker {
        program: std::env::current_exe().unwrap(),
        arguments: ["--exact", "hostile::worker", "--nocapture"].map(str::to_owned).to_vec(),
        environment: vec![(AS_WORKER.to_owned(), "1".to_owned())],
    }
}

fn shelf() -> (TestShelf, Vec<Named>) {
    let shelf = TestShelf::new();
    let numbers: String = (0..2_000).map(|n| format!("{n},{}\n", n % 7)).collect();
    shelf.take("numbers-1", format!("n,seven\n{numbers}").as_bytes()).unwrap();
    shelf.take("names-1", b"seven,Word\n0,zero\n1,one\n2,two\n").unwrap();
    shelf.take("secret-1", b"word\nhidden\n").unwrap();
    let named = |name: &str| Named { name: name.to_owned(), shelf: format!("{name}-1") };
    (shelf, vec![named("numbers"), named("names")])
}

fn ask(sql: &str, limits: Limits) -> Result<Found, Unanswered> {
    let (shelf, known) = shelf();
    workers().ask(&shelf.shelf, sql, &known, limits)
}

fn quick() -> Limits {
    Limits { milliseconds: 700, ..Limits::default() }
}

#[test]
fn a_question_joins_tables() {
    let sql = "select \"Word\", count(*) as c, sum(n) from numbers join names using (seven) group by 1 order by 1";
    let found = ask(sql, Limits::default()).unwrap();
    assert_eq!(found.columns, ["Word", "c", "sum(n)"]);
    assert_eq!((found.rows.len(), found.rows[0][0].as_str(), found.rows[0][1].as_i64()), (3, Some("one"), Some(286)));
    assert_eq!(found.cut, None);
    let counted =
        ask("with recursive c(x) as (select 1 union all select x + 1 from c where x < 10) select * from c", quick());
    assert_eq!(counted.unwrap().rows.len(), 10);
}

#[test]
fn a_limit_that_cuts_says_so() {
    let rows = ask("select n from numbers", Limits { rows: 10, ..Limits::default() }).unwrap();
    assert_eq!((rows.rows.len(), rows.cut), (10, Some(Cut::Rows)));
    let bytes = ask(
        "select n, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' from numbers",
        Limits { bytes: 5_000, ..Limits::default() },
    )
    .unwrap();
    assert_eq!(bytes.cut, Some(Cut::Bytes));
    assert!(bytes.rows.len() < 200);
}

/// What must never do harm. Each is refused or cut within its time, and a plain question is answered afterwards.
const HOSTILE: [&str; 62] = [
    "attach 'x.db' as x",
    "attach database ':memory:' as x",
    "detach t0",
    "pragma table_info(numbers)",
    "pragma hard_heap_limit = 0",
    "pragma query_only = off",
    "pragma writable_schema = on",
    "select * from pragma_database_list",
    "select * from pragma_table_info('numbers')",
    "select * from sqlite_master",
    "select * from sqlite_schema",
    "select * from sqlite_temp_master",
    "select * from t0.sqlite_schema",
    "select * from t0.stored",
    "select value from t0.about",
    "select load_extension('x')",
    "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'y')",
    "select edit('x')",
    "select fts3_tokenizer('simple')",
    "select zeroblob(1000000000)",
    "select hex(zeroblob(100000000))",
    "select randomblob(900000000)",
    "select printf('%.*c', 900000000, 'x')",
    "select replace(printf('%.*c', 30000000, 'a'), 'a', 'bbbbbbbbbbbbbbbbbbbb')",
    "select group_concat(a.n || b.n || 'xxxxxxxxxxxxxxxxxxxxxxxx') from numbers a, numbers b",
    "select count(*) from numbers a, numbers b, numbers c, numbers d",
    "select count(*) from numbers a join numbers b on a.n < b.n join numbers c on b.n < c.n",
    "select * from numbers a, numbers b, numbers c order by a.n + b.n + c.n desc",
    "select distinct a.n * b.n * c.n from numbers a, numbers b, numbers c",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select * from c order by x desc",
    "with recursive c(x) as (select 'a' union all select x || x from c) select length(x) from c",
    "with recursive c(x, y) as (select 1, 1 union select x + 1, y * 2 from c) select sum(y) from c",
    "select * from (select n, row_number() over (order by n) r from numbers) a, numbers b, numbers c where r > 5 order by 1, 2, 3",
    "select json_group_array(n) from (select a.n from numbers a, numbers b, numbers c)",
    "select sum(length(hex(a.n || b.n || c.n))) from numbers a, numbers b, numbers c",
    "select like('%a%a%a%a%a%a%a%a%a%a%a%a%b', printf('%.*c', 100000, 'a')) from numbers a, numbers b",
    "select glob('*a*a*a*a*a*a*a*a*a*b', printf('%.*c', 50000, 'a'))",
    "insert into numbers values (1, 2)",
    "update numbers set n = 1",
    "delete from numbers",
    "drop view numbers",
    "create table x (y)",
    "create temp table x as select * from numbers",
    "create view v as select 1",
    "create trigger t after insert on numbers begin select 1; end",
    "replace into numbers values (1, 2)",
    "with x as (select 1) insert into numbers select * from x, x",
    "vacuum",
    "vacuum into '/tmp/stolen.db'",
    "reindex",
    "analyze",
    "begin",
    "commit",
    "savepoint x",
    "select 1; select 2",
    "select 1; drop table numbers",
    "explain select * from numbers",
    "/* select */ delete from numbers",
    "select * from secret",
    "select * from nothing",
];

#[test]
fn hostile_questions_leave_everything_serving() {
    let (shelf, known) = shelf();
    let worker = workers();
    for sql in HOSTILE {
        let answer = worker.ask(&shelf.shelf, sql, &known, quick());
        match answer {
            Ok(found) => {
                let size = serde_json::to_string(&found).unwrap().len();
                assert!(size <= quick().bytes * 2, "{sql}: {size}");
                assert!(!serde_json::to_string(&found).unwrap().contains("hidden"), "{sql}");
            }
            Err(Unanswered::Broken(why)) => panic!("{sql}: {why}"),
            Err(_) => {}
        }
    }
    let must_be_refused = HOSTILE.iter().filter(|sql| !sql.starts_with("select") && !sql.starts_with("with"));
    for sql in must_be_refused {
        assert!(worker.ask(&shelf.shelf, sql, &known, quick()).is_err(), "{sql}");
    }
    for sql in [
        "select * from sqlite_master",
        "select load_extension('x')",
        "select value from t0.about",
        "select * from pragma_database_list",
        "with x as (select 1) insert into numbers select * from x, x",
    ] {
        assert!(worker.ask(&shelf.shelf, sql, &known, quick()).is_err(), "{sql}");
    }
    let plain = worker.ask(&shelf.shelf, "select count(*) from numbers", &known, quick()).unwrap();
    assert_eq!(plain.rows[0][0].as_i64(), Some(2_000));
}

#[test]
fn the_reasons_are_told_apart() {
    assert_eq!(ask("delete from numbers", quick()), Err(Unanswered::NotOneSelect));
    assert_eq!(ask("select 1; select 2", quick()), Err(Unanswered::NotOneSelect));
    assert_eq!(ask("select load_extension('x')", quick()), Err(Unanswered::NotAllowed));
    assert_eq!(
        ask("select count(*) from numbers a, numbers b, numbers c, numbers d", quick()),
        Err(Unanswered::TooSlow(700))
    );
    let most = Limits { memory_bytes: 8 * 1024 * 1024, ..Limits::default() };
    assert_eq!(ask("select length(printf('%.*c', 90000000, 'x'))", most), Err(Unanswered::TooLarge(8 * 1024 * 1024)));
    assert!(
        matches!(ask("select nothing from numbers", quick()), Err(Unanswered::Misread(why)) if why.contains("nothing"))
    );
    assert!(matches!(ask(&"x".repeat(30_000), quick()), Err(Unanswered::TooLong(_))));
}
