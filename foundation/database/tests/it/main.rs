//! What both databases promise.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod acts;
mod files;
mod outbox;

use database::{Db, Migration, MigrationSet, test_support::each_database};

const TABLES: MigrationSet = MigrationSet {
    name: "test",
    migrations: &[Migration {
        number: 1,
        name: "tables",
        sql: "create table streets (name text primary key, lamps bigint not null);\n\
              create table lamps (id text primary key, street text not null references streets (name));\n",
    }],
};

/// A fresh database of each kind.
fn databases() -> Vec<Db> {
    each_database(&[database::jobs::MIGRATIONS, TABLES])
}
