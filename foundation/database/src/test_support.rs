//! For tests of every crate: a fresh database of each kind.

use crate::{Db, MigrationSet, OffRecord, Source};
use std::sync::atomic::{AtomicU64, Ordering};

/// The environment variable that names a PostgreSQL server whose user may create databases.
pub const POSTGRES_VARIABLE: &str = "POLITY_TEST_POSTGRES";

/// A fresh, migrated database of each kind that this run has: SQLite always, PostgreSQL when
/// [`POSTGRES_VARIABLE`] names a server.
///
/// # Panics
/// When a database cannot be made, as a test should.
pub fn each_database(sets: &[MigrationSet]) -> Vec<Db> {
    let mut sources = vec![Source::Memory];
    sources.extend(fresh_postgres());
    sources
        .iter()
        .map(|source| {
            let db = Db::open(source).expect("a test database opens");
            db.migrate(sets).expect("a test database takes the migrations");
            db
        })
        .collect()
}

/// The address of a new, empty PostgreSQL database, when this run has a server.
///
/// # Panics
/// When the server refuses.
pub fn fresh_postgres() -> Option<Source> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let server = std::env::var(POSTGRES_VARIABLE).ok().filter(|url| !url.is_empty())?;
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the test server answers");
    client.batch_execute(&format!("create database {name}")).expect("the test user may create databases");
    let (base, _) = server.rsplit_once('/').expect("the address ends with /database");
    Some(Source::Postgres(format!("{base}/{name}")))
}

/// Why a test writes without the record.
pub const OFF_RECORD: OffRecord = OffRecord("a test");
