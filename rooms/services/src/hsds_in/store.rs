//! SQL of imports.

use super::Plan;
use crate::{
    model::Definition,
    store::{json, of_json},
};
use civic::{Moment, OrganisationId};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

/// Imports that the page shows.
const PAST_SHOWN: i64 = 50;

/// An import that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its id.
    pub id: String,
    /// The agency to which its services went.
    pub organisation: OrganisationId,
    /// When.
    pub at: Moment,
    /// By whom: a pseudonym.
    pub actor: String,
    /// What the file was called.
    pub name: String,
    /// Drafts that were made, changed, found the same, and services that were set aside.
    pub counts: [i64; 4],
    /// When it was undone.
    pub undone_at: Option<Moment>,
}

fn read(row: &Row) -> Result<PastImport, DbError> {
    Ok(PastImport {
        id: row.get(0)?,
        organisation: row.get::<String>(1)?.parse().map_err(crate::store::broken)?,
        at: Moment(row.get(2)?),
        actor: row.get(3)?,
        name: row.get(4)?,
        counts: [row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
        undone_at: row.get::<Option<i64>>(9)?.map(Moment),
    })
}

const COLUMNS: &str =
    "select id, organisation_id, at, actor, name, made, changed, same, aside, undone_at from service_imports";

/// Imports of these agencies, newest first, as many as a page shows.
pub fn past(tx: &mut Tx<'_>, of: &[OrganisationId]) -> Result<Vec<PastImport>, DbError> {
    let own: Vec<String> = of.iter().map(OrganisationId::text).collect();
    let places: Vec<String> = (0..own.len()).map(|at| format!("${}", at + 2)).collect();
    let list = if places.is_empty() { "''".to_owned() } else { places.join(", ") };
    let sql = format!("{COLUMNS} where organisation_id in ({list}) order by at desc, id desc limit $1");
    let values: Vec<Param<'_>> =
        std::iter::once(Param::Int(PAST_SHOWN)).chain(own.iter().map(|id| Param::Text(id))).collect();
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// One import, held against change by others until the transaction ends.
pub(super) fn to_change(tx: &mut Tx<'_>, id: &str) -> Result<Option<PastImport>, DbError> {
    let sql = format!("{COLUMNS} where id = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![id])?.as_ref().map(read).transpose()
}

/// For each service what the last import that stands wrote.
pub(super) fn written(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Definition>, DbError> {
    let sql = "select r.code, r.after from service_import_rows r join service_imports i on i.id = r.import_id \
               where i.undone_at is null order by i.at, i.id";
    let mut all = BTreeMap::new();
    for row in tx.query(sql, &[])? {
        all.insert(row.get::<String>(0)?, of_json(&row.get::<String>(1)?)?);
    }
    Ok(all)
}

/// Keeps an import with what it did.
pub(super) fn keep(tx: &mut Tx<'_>, one: &PastImport, plan: &Plan) -> Result<(), DbError> {
    let [made, changed, same, aside] = one.counts;
    tx.execute(
        "insert into service_imports (id, organisation_id, at, actor, name, made, changed, same, aside) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![&one.id, &one.organisation.text(), one.at.micros(), &one.actor, &one.name, made, changed, same, aside],
    )?;
    let made = plan.makes.iter().map(|(code, _, after)| (code, None, after));
    let changed = plan.changes.iter().map(|(code, before, after)| (code, Some(before), after));
    for (code, before, after) in made.chain(changed) {
        let before = before.map(json).transpose()?;
        let sql = "insert into service_import_rows (import_id, code, before, after) values ($1, $2, $3, $4)";
        tx.execute(sql, &params![&one.id, code, before.as_deref(), &json(after)?])?;
    }
    Ok(())
}

/// What an import did: code, before, after.
pub(super) fn rows(tx: &mut Tx<'_>, id: &str) -> Result<Vec<(String, Option<Definition>, Definition)>, DbError> {
    let sql = "select code, before, after from service_import_rows where import_id = $1 order by code";
    let row = |row: &Row| {
        let before = row.get::<Option<String>>(1)?.map(|text| of_json(&text)).transpose()?;
        Ok((row.get(0)?, before, of_json(&row.get::<String>(2)?)?))
    };
    tx.query(sql, &params![id])?.iter().map(row).collect()
}

/// Says that an import is undone.
pub(super) fn set_undone(tx: &mut Tx<'_>, id: &str, now: Moment) -> Result<(), DbError> {
    tx.execute("update service_imports set undone_at = $1 where id = $2", &params![now.micros(), id]).map(|_| ())
}

/// Takes a draft away that was never published.
pub(super) fn drop_service(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    tx.execute("delete from services where code = $1 and published_at is null", &params![code]).map(|_| ())
}

/// What a service can be named by before it is published: tables whose rows would be left without it.
const NAMED_BY: [(&str, &str); 4] = [
    ("service_versions", "code"),
    ("service_trials", "service"),
    ("appointment_plans", "service"),
    ("service_letter_templates", "service"),
];

/// Whether something hangs on a service that was never published: residents try it, it sees people, a pilot goes on, a letter is kept for it (also
/// one that is offered no more).
pub(super) fn is_used(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    for (table, column) in NAMED_BY {
        if tx.query_opt(&format!("select 1 from {table} where {column} = $1 limit 1"), &params![code])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
