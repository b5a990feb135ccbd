use crate::{TABLES, databases};
use database::{Cursor, Db, DbError, Migration, MigrationSet, Page, Source, back_up, params, test_support::OFF_RECORD};
use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
};

/// A folder of this test's own, which goes with it, also where it fails.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("polity-database-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn migrations_run_once_and_are_never_changed_afterwards() {
    for db in databases() {
        db.migrate(&[TABLES]).unwrap();
        let changed = MigrationSet {
            name: "test",
            migrations: &[Migration {
                number: 1,
                name: "tables",
                sql: "create table streets (name text primary key);\n",
            }],
        };
        let refused = db.migrate(&[changed]).unwrap_err();
        assert!(refused.to_string().contains("was changed after it was applied"), "{refused}");
        let older = MigrationSet { name: "test", migrations: &[] };
        let refused = db.migrate(&[older]).unwrap_err();
        assert!(refused.to_string().contains("newer than this program"), "{refused}");
        let broken =
            MigrationSet { name: "more", migrations: &[Migration { number: 1, name: "x", sql: "create tabel x;\n" }] };
        assert!(matches!(db.migrate(&[broken]), Err(DbError::Migration(_))));
    }
}

#[test]
fn what_was_acknowledged_is_in_the_file_and_in_its_copy() {
    let kept = Folder::of("backup");
    let folder = &kept.0;
    let file = folder.join("town.db");
    let db = Db::open(&Source::Sqlite(file.clone())).unwrap();
    db.migrate(&[TABLES]).unwrap();
    let add = |db: &Db, name: &'static str| {
        let done: Result<(), DbError> = db.write_blocking(move |tx| {
            tx.execute("insert into streets (name, lamps) values ($1, 1)", &params![name])?;
            tx.commit(OFF_RECORD, ())
        });
        done.unwrap();
    };
    add(&db, "before");
    back_up(&file, &folder.join("copy.db")).unwrap();
    add(&db, "after");
    db.close();
    let count = |path: PathBuf| {
        let db = Db::open(&Source::Sqlite(path)).unwrap();
        let rows: Result<i64, DbError> =
            db.read_blocking(|tx| tx.query_one("select count(*) from streets", &[])?.get(0));
        rows.unwrap()
    };
    assert_eq!((count(folder.join("copy.db")), count(file)), (1, 2));
}

struct Ends<'o>(&'o AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Streets that are there before each copy, and streets that may come while it is made, 60 kB each: on a machine that copies
/// slowly, file and copies would fill the disk otherwise (at most 50 MB now, and one copy at a time).
const PER_ROUND: i64 = 12;
const AHEAD: i64 = 40;

/// Streets named 1, 2, 3 … are added one after the other, while copies are made: each copy must hold all that was acknowledged
/// before it was begun, and no later street without the earlier ones.
#[test]
fn a_copy_of_a_busy_town_is_one_state_of_it() {
    let kept = Folder::of("busy");
    let folder = &kept.0;
    let file = folder.join("town.db");
    let db = Db::open(&Source::Sqlite(file.clone())).unwrap();
    db.migrate(&[TABLES]).unwrap();
    let (acknowledged, allowed, over) = (AtomicI64::new(0), AtomicI64::new(AHEAD), AtomicBool::new(false));
    std::thread::scope(|scope| {
        // Also where a copy is wrong, so that the test ends then.
        let _ends = Ends(&over);
        scope.spawn(|| {
            let mut number = 0;
            while !over.load(Ordering::Acquire) {
                if number >= allowed.load(Ordering::Acquire) {
                    std::thread::yield_now();
                    continue;
                }
                number += 1;
                let done: Result<(), DbError> = db.write_blocking(move |tx| {
                    let name = format!("{number} {}", "long name ".repeat(6_000));
                    tx.execute("insert into streets (name, lamps) values ($1, $2)", &params![&name, number])?;
                    tx.commit(OFF_RECORD, ())
                });
                done.unwrap();
                acknowledged.store(number, Ordering::Release);
            }
        });
        for round in 0..20 {
            while acknowledged.load(Ordering::Acquire) < PER_ROUND * round {
                std::thread::yield_now();
            }
            let before = acknowledged.load(Ordering::Acquire);
            allowed.store(before + AHEAD, Ordering::Release);
            let to = folder.join(format!("copy-{round}.db"));
            back_up(&file, &to).unwrap();
            let refused = back_up(&file, &to).unwrap_err();
            assert!(refused.to_string().contains("exists"), "{refused}");
            let left = fs::read_dir(folder).unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
            let left: Vec<_> = left.filter(|name| !name.starts_with("town.") && !name.ends_with(".db")).collect();
            assert!(left.is_empty(), "a copy is one file: {left:?}");
            let copy = Db::open(&Source::Sqlite(to.clone())).unwrap();
            copy.check_integrity().unwrap();
            let held: Result<(i64, i64), DbError> = copy.read_blocking(|tx| {
                let row = tx.query_one("select count(*), coalesce(max(lamps), 0) from streets", &[])?;
                Ok((row.get(0)?, row.get(1)?))
            });
            let (streets, last) = held.unwrap();
            assert!(streets == last && last >= before, "{streets} streets up to {last}, {before} acknowledged before");
            copy.close();
            fs::remove_file(to).unwrap();
        }
    });
    db.close();
}

#[test]
fn pages_by_keyset_name_their_last_item() {
    let page = Page::cut(vec![5_i64, 4, 3], 2, |at| Cursor::new(*at, format!("id-{at}")));
    let next = page.next.unwrap();
    assert_eq!((page.items, next.at(), next.id()), (vec![5, 4], 4, "id-4"));
    let read = Cursor::decode(&next.encode()).unwrap();
    assert_eq!((read.at(), read.id()), (4, "id-4"));
    assert!(Page::cut(vec![1_i64], 2, |at| Cursor::new(*at, "x")).next.is_none());
    for broken in ["", "!!", "AAAA", "eyJ9", "%00"] {
        assert!(Cursor::decode(broken).is_err(), "{broken}");
    }
}
