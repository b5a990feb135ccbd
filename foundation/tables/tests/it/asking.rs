//! Questions against a slow naive twin, paging, facets, groups, and exports.

use crate::shelf::TestShelf;
use proptest::prelude::*;
use tables::{Aggregate, Condition, Form, Grouping, Op, Out, Part, Plan, Sort, Value};

const TREES: &str = "kind,height,planted,note\noak,12.5,2019-03-01,old\nelm,,2020-05-04,\noak,7,2019-11-30,=SUM(A1)\nash,7,2021-01-01,\"a, b\"\nelm,3.25,2020-05-31,-1\n";

fn plan(limit: usize) -> Plan {
    Plan { limit, ..Plan::default() }
}

#[test]
fn a_page_its_count_and_the_next_page() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("trees", TREES.as_bytes()).unwrap();
    let sorted = Plan { sort: Some(Sort { column: "height".into(), descending: true }), ..plan(2) };
    let first = table.ask(&sorted).unwrap();
    assert_eq!(
        (first.count, first.rows.iter().map(|row| row.0).collect::<Vec<_>>(), first.next),
        (5, vec![1, 3], Some(3))
    );
    let second = table.ask(&Plan { after: first.next, ..sorted.clone() }).unwrap();
    assert_eq!((second.count, second.rows.iter().map(|row| row.0).collect::<Vec<_>>()), (5, vec![4, 5]));
    let last = table.ask(&Plan { after: second.next, ..sorted }).unwrap();
    assert_eq!((last.rows[0].0, last.rows[0].1[1].clone(), last.next), (2, Value::Null, None));
}

#[test]
fn behind_a_row_that_is_not_there_nothing_comes() {
    let shelf = TestShelf::new();
    // Codes, many whole numbers, many numbers, and so many different texts that the rows are asked.
    let rows: String = (0..61_000_usize).map(|n| format!("{},{n},{n}.5,word {n}\n", ["oak", "elm"][n % 2])).collect();
    let (table, _) = shelf.take("many", format!("kind,n,height,word\n{rows}").as_bytes()).unwrap();
    for column in ["kind", "n", "height", "word"] {
        for descending in [false, true] {
            let sort = Some(Sort { column: column.to_owned(), descending });
            for after in [61_001, 61_064, i64::MAX.cast_unsigned(), u64::MAX] {
                let answer = table.ask(&Plan { sort: sort.clone(), after: Some(after), ..plan(5) }).unwrap();
                assert_eq!((answer.count, answer.rows.len(), answer.next), (61_000, 0, None), "{column} {after}");
            }
        }
    }
    let sort = Some(Sort { column: "n".to_owned(), descending: false });
    for (after, left) in [(60_999, 1), (61_000, 0)] {
        let answer = table.ask(&Plan { sort: sort.clone(), after: Some(after), ..plan(5) }).unwrap();
        assert_eq!(answer.rows.len(), left);
    }
}

#[test]
fn in_an_order_so_many_rows_are_passed_over_and_no_more() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("trees", TREES.as_bytes()).unwrap();
    let sort = Some(Sort { column: "height".into(), descending: true });
    let page = |offset: usize, sort: &Option<Sort>| table.ask(&Plan { offset, sort: sort.clone(), ..plan(2) });
    assert_eq!(page(1, &sort).unwrap().rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 4]);
    assert!(page(100_000, &sort).unwrap().rows.is_empty());
    for offset in [100_001, usize::MAX / 2, usize::MAX] {
        assert_eq!(page(offset, &sort).unwrap_err().code(), "data-order-far");
        assert!(page(offset, &None).unwrap().rows.is_empty(), "in the order of the file nothing is put in order");
    }
}

#[test]
fn conditions_say_what_they_mean() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("trees", TREES.as_bytes()).unwrap();
    let count = |text: &str| {
        let condition = Condition::read(text, table.info()).unwrap();
        assert_eq!(Condition::read(&condition.text(), table.info()).unwrap(), condition);
        table.count(&plan(1).and(condition).unwrap()).unwrap()
    };
    assert_eq!(count("kind = oak"), 2);
    assert_eq!(count("kind != oak"), 3);
    assert_eq!(count("height >= 7"), 3);
    assert_eq!(count("height empty"), 1);
    assert_eq!(count("planted <= 2019-11"), 2, "all of a month");
    assert_eq!(count("planted > 2020"), 1, "after all of a year");
    assert_eq!(count("kind in oak|ash"), 3);
    assert_eq!(count("note contains SUM"), 1);
    assert_eq!(count("height = x"), 0);
    for bad in ["nothing = 1", "kind", "kind ~ oak", ""] {
        assert!(Condition::read(bad, table.info()).is_err(), "{bad}");
    }
    assert_eq!(table.count(&Plan { words: "ELM 2020-05-31".into(), ..plan(1) }).unwrap(), 1);
}

#[test]
fn facets_and_groups_add_up() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("trees", TREES.as_bytes()).unwrap();
    let (facet, different) = table.facet(&plan(0), "kind", 2).unwrap();
    assert_eq!((facet[0].value.clone(), facet[0].count, facet.len(), different), (Value::Text("elm".into()), 2, 2, 3));
    let grouping = Grouping {
        by: vec![("planted".into(), Part::Year)],
        aggregates: vec![Aggregate::Mean("height".into()), Aggregate::Most("height".into())],
    };
    let (groups, cut) = table.groups(&plan(0), &grouping).unwrap();
    let seen: Vec<_> = groups.iter().map(|group| (group.keys[0].text(), group.count, group.sums[0].clone())).collect();
    assert_eq!(
        seen,
        [
            ("2019".to_owned(), 2, Value::Real(9.75)),
            ("2020".to_owned(), 2, Value::Real(3.25)),
            ("2021".to_owned(), 1, Value::Real(7.0))
        ]
    );
    assert!(!cut);
    let wrong = Grouping { by: vec![("kind".into(), Part::Whole)], aggregates: vec![Aggregate::Sum("note".into())] };
    assert!(table.groups(&plan(0), &wrong).unwrap_err().to_string().contains("no numbers"));
}

fn export(table: &tables::Table, form: Form) -> String {
    let mut out = Out::new(Vec::new(), form, table.info()).unwrap();
    table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
    String::from_utf8(out.finish().unwrap()).unwrap()
}

#[test]
fn formulas_are_harmless_on_the_way_out_and_numbers_stay_numbers() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("trees", TREES.as_bytes()).unwrap();
    let csv = export(&table, Form::Csv);
    assert!(csv.contains("oak,7,2019-11-30,'=SUM(A1)\n") && csv.contains("3.25,2020-05-31,-1\n"), "{csv}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&export(&table, Form::Json)).unwrap();
    assert_eq!((rows.len(), rows[1]["height"].is_null(), rows[2]["note"].as_str()), (5, true, Some("=SUM(A1)")));
    assert_eq!(export(&table, Form::Ndjson).lines().count(), 5);
    let points = shelf.take("points", b"name,lat,lon\na,50.5,7.25\nb,,\n").unwrap().0;
    let features: serde_json::Value = serde_json::from_str(&export(&points, Form::GeoJson)).unwrap();
    assert_eq!(features["features"][0]["geometry"]["coordinates"], serde_json::json!([7.25, 50.5]));
    assert!(features["features"][1]["geometry"].is_null());
}

#[test]
fn json_keeps_its_columns_in_order_and_its_codes_as_texts() {
    let shelf = TestShelf::new();
    let json = br#"[{"z": "007", "a": 1, "ok": true}, {"a": 2.5, "z": "8", "more": {"x": 1}}]"#;
    let (table, _) = shelf.take("j", json).unwrap();
    let kinds: Vec<_> = table.info().columns.iter().map(|column| (column.name.as_str(), column.kind.word())).collect();
    assert_eq!(kinds, [("z", "string"), ("a", "number"), ("ok", "boolean"), ("more", "string")]);
    assert_eq!(table.row(2).unwrap().unwrap()[3], Value::Text(r#"{"x":1}"#.into()));
    let lines = shelf.take("n", b"{\"a\": 1}\n{\"a\": 2}\n").unwrap().0;
    assert_eq!(lines.info().rows, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A question finds what a walk over all rows finds.
    #[test]
    fn every_question_is_answered_as_a_slow_twin_would(
        rows in prop::collection::vec((0_i64..6, prop::option::of(-50_i64..50), "[a-c]{0,2}"), 1..40),
        least in -50_i64..50, word in "[a-c]{1}", descending: bool, limit in 1_usize..10,
    ) {
        let mut text = String::from("group,amount,word\n");
        for (group, amount, word) in &rows {
            text.push_str(&format!("{group},{},{word}\n", amount.map(|one| one.to_string()).unwrap_or_default()));
        }
        let shelf = TestShelf::new();
        let (table, report) = shelf.take("t", text.as_bytes()).unwrap();
        prop_assert_eq!(report.stored, rows.len() as u64);
        let has = |name: &str| table.info().columns.iter().any(|column| column.name == name && column.kind.is_number());
        prop_assume!(has("amount"));
        let both = plan(limit)
            .and(Condition { column: "amount".into(), op: Op::AtLeast, values: vec![least.to_string()] }).unwrap()
            .and(Condition { column: "word".into(), op: Op::Contains, values: vec![word.clone()] }).unwrap();
        let mut wanted: Vec<(i64, usize)> = rows.iter().enumerate()
            .filter(|(_, (_, amount, own))| amount.is_some_and(|amount| amount >= least) && own.contains(&word))
            .map(|(at, (_, amount, _))| (amount.unwrap(), at + 1)).collect();
        wanted.sort_by_key(|(amount, at)| (if descending { -amount } else { *amount }, *at));
        let sorted = Plan { sort: Some(Sort { column: "amount".into(), descending }), ..both };
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let answer = table.ask(&Plan { after, ..sorted.clone() }).unwrap();
            prop_assert_eq!(answer.count, wanted.len() as u64);
            seen.extend(answer.rows.iter().map(|row| usize::try_from(row.0).unwrap()));
            after = answer.next;
            if after.is_none() { break }
        }
        prop_assert_eq!(seen, wanted.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    }
}

#[test]
fn the_first_of_too_many_tables_go_from_the_shelf_and_no_others() {
    let shelf = TestShelf::new();
    for name in ["now-1", "old-1", "old-2", "old-3"] {
        shelf.take(name, b"a,b\n1,2\n").unwrap();
        // The clock of a disk is coarse.
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let is_old = |name: &str| name.starts_with("old");
    shelf.shelf.keep_newest(3, &is_old).unwrap();
    assert!(shelf.shelf.has("old-1"));
    shelf.shelf.keep_newest(2, &is_old).unwrap();
    let there = ["now-1", "old-1", "old-2", "old-3"].map(|name| shelf.shelf.has(name));
    assert_eq!(there, [true, false, true, true]);
    assert!(shelf.shelf.open("old-1").is_err(), "nor in memory");
}
