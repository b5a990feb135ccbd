use crate::databases;
use database::{Db, DbError, Done, OffRecord, Param, Tx, params, test_support::OFF_RECORD};
use std::{sync::mpsc, thread};

fn add(tx: &mut Tx<'_>, name: &str) -> Result<(), DbError> {
    tx.execute("insert into streets (name, lamps) values ($1, 0)", &params![name]).map(|_| ())
}

fn names(db: &Db) -> Vec<String> {
    let rows = db
        .read_blocking(|tx| tx.query("select name from streets order by name", &[]))
        .unwrap_or_else(|e: DbError| panic!("{e}"));
    rows.iter().map(|row| row.get(0).unwrap()).collect()
}

fn keep(db: &Db, name: &'static str) -> Result<(), DbError> {
    db.write_blocking(move |tx| {
        add(tx, name)?;
        tx.commit(OFF_RECORD, ())
    })
}

#[test]
fn many_at_once_are_all_kept_and_one_that_fails_hurts_nobody() {
    for db in databases() {
        let threads: Vec<_> = (0..64)
            .map(|number| {
                let db = db.clone();
                thread::spawn(move || {
                    db.write_blocking(move |tx| {
                        add(tx, &format!("street {number:02}"))?;
                        // Every eighth changes its mind after it has written.
                        if number % 8 == 0 {
                            Err(DbError::Other("no".to_owned()))
                        } else {
                            tx.commit(OFF_RECORD, number)
                        }
                    })
                })
            })
            .collect();
        let answers: Vec<Result<i32, DbError>> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 56);
        let names = names(&db);
        assert_eq!(names.len(), 56);
        assert!(!names.contains(&"street 08".to_owned()), "rolled back alone");
    }
}

#[test]
fn an_act_that_panics_leaves_nothing_and_the_database_lives_on() {
    for db in databases() {
        let broken: Result<(), DbError> = db.write_blocking(|tx| {
            add(tx, "gone")?;
            panic!("the clerk fainted");
            #[allow(unreachable_code)]
            tx.commit(OFF_RECORD, ())
        });
        assert!(matches!(&broken, Err(DbError::Panicked(why)) if why.contains("fainted")), "{broken:?}");
        keep(&db, "after").unwrap();
        assert_eq!(names(&db), ["after"]);
    }
}

#[test]
fn what_goes_wrong_has_a_name() {
    for db in databases() {
        keep(&db, "Mill Lane").unwrap();
        assert!(matches!(keep(&db, "Mill Lane"), Err(DbError::Unique(_))));
        let orphan: Result<(), DbError> = db.write_blocking(|tx| {
            tx.execute("insert into lamps (id, street) values ('1', 'Nowhere')", &[])?;
            tx.commit(OFF_RECORD, ())
        });
        assert!(matches!(orphan, Err(DbError::ForeignKey(_))), "{orphan:?}");
        let absent: Result<(), DbError> =
            db.read_blocking(|tx| tx.query_one("select 1 from lamps where id = '9'", &[]).map(|_| ()));
        assert_eq!(absent, Err(DbError::NotFound));
        let nonsense: Result<(), DbError> =
            db.read_blocking(|tx| tx.query("select nothing from nowhere", &[]).map(|_| ()));
        assert!(matches!(nonsense, Err(DbError::Other(_))));
        assert_eq!(names(&db), ["Mill Lane"]);
    }
}

#[test]
fn nobody_sees_what_is_not_committed() {
    for db in databases() {
        let (wrote, has_written) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let writer = db.clone();
        let act = thread::spawn(move || {
            writer.write_blocking(move |tx| -> Result<Done<()>, DbError> {
                add(tx, "half done")?;
                wrote.send(()).unwrap();
                may_go_on.recv().unwrap();
                tx.commit(OFF_RECORD, ())
            })
        });
        has_written.recv().unwrap();
        assert!(names(&db).is_empty());
        go_on.send(()).unwrap();
        act.join().unwrap().unwrap();
        assert_eq!(names(&db), ["half done"]);
    }
}

#[test]
fn closing_answers_everybody() {
    for db in databases() {
        let threads: Vec<_> = (0..32)
            .map(|number| {
                let db = db.clone();
                thread::spawn(move || {
                    db.write_blocking(move |tx| {
                        add(tx, &format!("street {number}"))?;
                        tx.commit(OFF_RECORD, ())
                    })
                })
            })
            .collect();
        db.close();
        for thread in threads {
            let answer: Result<(), DbError> = thread.join().unwrap();
            assert!(matches!(answer, Ok(()) | Err(DbError::Unavailable(_))), "{answer:?}");
        }
    }
}

#[test]
fn many_rows_are_inserted_by_few_statements() {
    for db in databases() {
        let act = db.write_blocking(|tx| {
            let into = "insert into streets (name, lamps)";
            let names: Vec<String> = (0..203).map(|number| format!("street-{number:03}")).collect();
            let values: Vec<Param<'_>> =
                (0..).zip(&names).flat_map(|(lamps, name)| [Param::Text(name), Param::Int(lamps)]).collect();
            assert_eq!(tx.insert_rows(into, 2, &values)?, 203);
            assert_eq!(tx.insert_rows(into, 2, &[])?, 0);
            for uneven in [&values[..1], &values[..3]] {
                assert!(matches!(tx.insert_rows(into, 2, uneven), Err(DbError::Other(_))));
            }
            tx.commit(OffRecord("a test"), ())
        });
        act.unwrap();
        let look = db.read_blocking(|tx| tx.query("select name, lamps from streets order by lamps", &[]));
        let rows: Vec<(String, i64)> = look
            .map_err(|error: DbError| error)
            .unwrap()
            .iter()
            .map(|row| (row.get(0).unwrap(), row.get(1).unwrap()))
            .collect();
        assert!((0..203).zip(&rows).all(|(number, row)| *row == (format!("street-{number:03}"), number)));
    }
}
