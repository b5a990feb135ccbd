//! Forward-only, checksummed migrations, a set for each room.

use crate::{DbError, Tx, params};
use sha2::{Digest, Sha256};

/// One step of a set, never changed once it was released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3, …
    pub number: u32,
    /// What it does, as its file is called.
    pub name: &'static str,
    /// Its text, one for both databases.
    pub sql: &'static str,
}

/// The steps of one room, in order.
#[derive(Debug, Clone, Copy)]
pub struct MigrationSet {
    /// The room's name.
    pub name: &'static str,
    /// Its steps.
    pub migrations: &'static [Migration],
}

/// Only one process migrates at a time.
const LOCK: i64 = 7_310_001;

pub(crate) fn run(tx: &mut Tx<'_>, sets: &[MigrationSet]) -> Result<(), DbError> {
    let dialect = tx.dialect();
    tx.batch(&dialect.lock_sql(LOCK))?;
    tx.batch(&dialect.migration(
        "create table if not exists schema_migrations (room text not null, number bigint not null, name text not null, \
         checksum text not null, primary key (room, number));",
    ))?;
    sets.iter().try_for_each(|set| run_set(tx, set))
}

fn run_set(tx: &mut Tx<'_>, set: &MigrationSet) -> Result<(), DbError> {
    let applied =
        tx.query("select number, checksum from schema_migrations where room = $1 order by number", &params![set.name])?;
    for row in &applied {
        let (number, checksum) = (row.get::<i64>(0)?, row.get::<String>(1)?);
        let Some(known) = set.migrations.iter().find(|migration| i64::from(migration.number) == number) else {
            return Err(DbError::Migration(format!(
                "the database is newer than this program: it has step {number} of “{}”. Install the newer program, or restore a backup.",
                set.name
            )));
        };
        if checksum_of(known.sql) != checksum {
            return Err(DbError::Migration(format!(
                "step {number} of “{}” was changed after it was applied to this database. Put its text back and add a new step instead.",
                set.name
            )));
        }
    }
    for migration in set.migrations.iter().skip(applied.len()) {
        let sql = tx.dialect().migration(migration.sql);
        tx.batch(&sql).map_err(|error| {
            DbError::Migration(format!("step {} of “{}” failed: {error}", migration.number, set.name))
        })?;
        tx.execute(
            "insert into schema_migrations (room, number, name, checksum) values ($1, $2, $3, $4)",
            &params![set.name, migration.number, migration.name, &checksum_of(migration.sql)],
        )?;
    }
    Ok(())
}

fn checksum_of(sql: &str) -> String {
    hex::encode(Sha256::digest(sql.as_bytes()))
}
