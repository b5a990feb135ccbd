//! Draws, and the files from which they are recomputed.

use super::{broken, json};
use crate::model::Draw;
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str =
    "number, kind, reason, source, seed, seed_sha256, committed_at, state, state_at, fault, value, facts, panel";

/// Keeps a new draw: its seed.
pub fn add_draw(tx: &mut Tx<'_>, assembly: &str, one: &Draw) -> Result<(), DbError> {
    let sql = format!(
        "insert into assembly_draws (assembly, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    tx.execute(
        &sql,
        &params![
            assembly,
            one.number,
            one.kind.word(),
            &one.reason,
            &one.source,
            &one.seed,
            &one.seed_sha256,
            one.committed_at.micros(),
            one.state.word(),
            one.state_at.micros(),
            &one.fault,
            &one.value,
            &json(&one.facts)?,
            one.panel
        ],
    )
    .map(|_| ())
}

/// Saves how far a draw is. Its seed never changes.
pub fn keep_draw(tx: &mut Tx<'_>, assembly: &str, one: &Draw) -> Result<(), DbError> {
    tx.execute(
        "update assembly_draws set kind = $1, reason = $2, source = $3, state = $4, state_at = $5, fault = $6, value = $7, \
         facts = $8, panel = $9 where assembly = $10 and number = $11",
        &params![
            one.kind.word(),
            &one.reason,
            &one.source,
            one.state.word(),
            one.state_at.micros(),
            &one.fault,
            &one.value,
            &json(&one.facts)?,
            one.panel,
            assembly,
            one.number
        ],
    )
    .map(|_| ())
}

/// All draws, in their order; the last is the one whose seed is committed to.
pub fn draws(tx: &mut Tx<'_>, assembly: &str) -> Result<Vec<Draw>, DbError> {
    let sql = format!("select {COLUMNS} from assembly_draws where assembly = $1 order by number");
    tx.query(&sql, &params![assembly])?.iter().map(read).collect()
}

/// Whether anybody was drawn.
pub fn has_draw(tx: &mut Tx<'_>, assembly: &str) -> Result<bool, DbError> {
    let sql = "select 1 from assembly_draws where assembly = $1 and state = 'drawn' limit 1";
    Ok(tx.query_opt(sql, &params![assembly])?.is_some())
}

/// Keeps a file of a draw: `pool` (private), `quotas`, `panels`.
pub fn keep_file(tx: &mut Tx<'_>, assembly: &str, draw: i64, name: &str, body: &str) -> Result<(), DbError> {
    tx.execute(
        "insert into assembly_files (assembly, draw, name, body) values ($1, $2, $3, $4) \
         on conflict (assembly, draw, name) do update set body = excluded.body",
        &params![assembly, draw, name, body],
    )
    .map(|_| ())
}

/// A file of a draw.
pub fn file(tx: &mut Tx<'_>, assembly: &str, draw: i64, name: &str) -> Result<Option<String>, DbError> {
    let sql = "select body from assembly_files where assembly = $1 and draw = $2 and name = $3";
    tx.query_opt(sql, &params![assembly, draw, name])?.map(|row| row.get(0)).transpose()
}

fn read(row: &Row) -> Result<Draw, DbError> {
    Ok(Draw {
        number: row.get(0)?,
        kind: row.get::<String>(1)?.parse().map_err(broken)?,
        reason: row.get(2)?,
        source: row.get(3)?,
        seed: row.get(4)?,
        seed_sha256: row.get(5)?,
        committed_at: Moment(row.get(6)?),
        state: row.get::<String>(7)?.parse().map_err(broken)?,
        state_at: Moment(row.get(8)?),
        fault: row.get(9)?,
        value: row.get(10)?,
        facts: serde_json::from_str(&row.get::<String>(11)?).map_err(broken)?,
        panel: row.get(12)?,
    })
}
