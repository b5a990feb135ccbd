//! All SQL of take-up.

use super::{Described, TownTakeUp, count::Applied};
use crate::store::{json, kept_figures, of_json};
use civic::Moment;
use database::{DbError, Row, Tx, params};
use std::collections::BTreeMap;

/// There is one description.
const TOWN: &str = "town";
/// What take-up is kept as among the figures; no service can be called so.
pub(super) const REPORT: &str = "/take-up";

/// The households of the town with where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// In the words of who brought it.
    pub source: String,
    /// Whether it is made up.
    pub is_simulated: bool,
    /// When it was brought.
    pub at: Moment,
    /// The table.
    pub described: Described,
}

/// Keeps the description in place of the one before.
pub fn keep(tx: &mut Tx<'_>, new: &Population, actor: &str) -> Result<(), DbError> {
    let sql = "insert into service_population (id, source, is_simulated, at, actor, body) values ($1, $2, $3, $4, $5, $6) \
               on conflict (id) do update set source = excluded.source, is_simulated = excluded.is_simulated, at = excluded.at, \
               actor = excluded.actor, body = excluded.body";
    let body = json(&new.described)?;
    tx.execute(sql, &params![TOWN, &new.source, new.is_simulated, new.at.micros(), actor, &body]).map(|_| ())
}

/// The households of the town, where they are described.
pub fn population(tx: &mut Tx<'_>) -> Result<Option<Population>, DbError> {
    let sql = "select source, is_simulated, at, body from service_population where id = $1";
    let read = |row: Row| {
        Ok(Population {
            source: row.get(0)?,
            is_simulated: row.get(1)?,
            at: Moment(row.get(2)?),
            described: of_json(&row.get::<String>(3)?)?,
        })
    };
    tx.query_opt(sql, &params![TOWN])?.map(read).transpose()
}

/// What was applied for since a moment, by service and district (the empty one where none was said), and what of it was granted.
pub fn applied_since(tx: &mut Tx<'_>, since: Moment) -> Result<BTreeMap<String, BTreeMap<String, Applied>>, DbError> {
    let sql = "select service, coalesce(district, ''), count(*), sum(case when outcome = 'granted' and state <> 'proposed' then 1 else 0 end) \
               from applications where filed_at >= $1 and state <> 'withdrawn' group by 1, 2 order by 1, 2";
    let mut all: BTreeMap<String, BTreeMap<String, Applied>> = BTreeMap::new();
    for row in tx.query(sql, &params![since.micros()])? {
        let (n, granted): (i64, i64) = (row.get(2)?, row.get(3)?);
        let applied = Applied { n: n.unsigned_abs(), granted: granted.unsigned_abs() };
        all.entry(row.get(0)?).or_default().insert(row.get(1)?, applied);
    }
    Ok(all)
}

/// What was counted last; none before the first.
pub fn kept_report(tx: &mut Tx<'_>) -> Result<Option<TownTakeUp>, DbError> {
    kept_figures(tx, REPORT)?.map(|body| of_json(&body)).transpose()
}
