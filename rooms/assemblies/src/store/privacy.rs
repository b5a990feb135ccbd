//! What is kept of people, taken along and taken away.

use super::broken;
use civic::{Moment, PersonId};
use database::{DbError, Tx, params};
use serde_json::{Value, json};

/// The assemblies a person can be drawn for, what they said, and whether they were drawn.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let sql = "select assembly, ticket, answers, at from assembly_pool where person_id = $1 order by at, assembly";
    let mut all = Vec::new();
    for row in tx.query(sql, &params![&person.text()])? {
        let (assembly, ticket, answers, at): (String, String, String, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let answers: Value = serde_json::from_str(&answers).map_err(broken)?;
        let sql =
            "select draw, state, asked_at from assembly_members where assembly = $1 and ticket = $2 order by draw";
        let mut drawn = Vec::new();
        for row in tx.query(sql, &params![&assembly, &ticket])? {
            let (draw, state, at): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            drawn.push(json!({"draw": draw, "state": state, "asked_at": Moment(at).rfc3339()}));
        }
        let at = Moment(at).rfc3339();
        all.push(json!({"assembly": assembly, "ticket": ticket, "answers": answers, "at": at, "drawn": drawn}));
    }
    Ok(json!({"assemblies": all}))
}

/// Takes a person out of all pools; a seat they hold falls free. Lines of lotteries that were made keep a ticket that is nobody's.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let of = "select assembly, ticket from assembly_pool where person_id = $1 order by assembly";
    for row in tx.query(of, &params![&person.text()])? {
        let (assembly, ticket): (String, String) = (row.get(0)?, row.get(1)?);
        let sql = "update assembly_members set state = 'declined' where assembly = $1 and ticket = $2 \
                   and state in ('asked', 'accepted')";
        tx.execute(sql, &params![&assembly, &ticket])?;
    }
    tx.execute("delete from assembly_pool where person_id = $1", &params![&person.text()]).map(|_| ())
}

/// Forgets who was in the pools of assemblies whose registration closed before this moment.
pub fn forget_pools(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select p.assembly, p.ticket from assembly_pool p join assemblies a on a.code = p.assembly \
               where a.closes_at < $1 order by p.assembly, p.ticket limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (assembly, ticket): (String, String) = (row.get(0)?, row.get(1)?);
        tx.execute("delete from assembly_pool where assembly = $1 and ticket = $2", &params![&assembly, &ticket])?;
    }
    Ok(rows.len() as u64)
}
