//! Whoever holds an assembly enters a table of people, and takes it back.

use super::{free_ticket, own_assembly};
use crate::{
    decide::{self, Aside, Table},
    model::{Assembly, Entered, Entrant},
    store,
};
use civic::Actor;
use database::{OffRecord, Tx};
use lottery::VOLUNTEERS_MAX;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// What a table holds.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Rows that can be kept, or were.
    pub fresh: usize,
    /// Rows that were set aside.
    pub aside: Vec<Aside>,
}

fn read(tx: &mut Tx<'_>, assembly: &Assembly, bytes: &[u8]) -> Result<Table, Stop> {
    let categories = decide::categories(&assembly.plan.quotas)?;
    let code = assembly.code.as_str();
    let table = decide::read_table(bytes, &categories, &store::known_ids(tx, code)?)?;
    let all = store::count_pool(tx, code)? + table.rows.len() as i64;
    if all > VOLUNTEERS_MAX as i64 {
        return Err(Refusal::new("assembly-pool-full").at("file").with("most", VOLUNTEERS_MAX).into());
    }
    Ok(table)
}

/// Looks at a table without keeping anything.
///
/// # Errors
/// Refusals of [`decide::read_table`]; `NotAllowed`.
pub async fn look_at_table(town: &Town, actor: Actor, code: String, bytes: Vec<u8>) -> Result<Look, Stop> {
    town.db()
        .read(move |tx| {
            let assembly = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            super::must_keep(&actor, assembly.organisation)?;
            let table = read(tx, &assembly, &bytes)?;
            Ok(Look { fresh: table.rows.len(), aside: table.aside })
        })
        .await
}

/// Enters the rows of a table that can be kept, in one transaction. How many, and the hash of the file, are on the record.
///
/// # Errors
/// Refusals of [`decide::is_open`] and [`decide::read_table`]; `assembly-unpublished`, `assembly-nothing-new`; `NotAllowed`.
pub async fn enter(town: &Town, actor: Actor, code: String, bytes: Vec<u8>) -> Result<Look, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let assembly = own_assembly(tx, &actor, &code)?;
            let now = own.now();
            if assembly.published_at.is_none() {
                return Err(Refusal::conflict("assembly-unpublished").into());
            }
            decide::is_open(&assembly, now)?;
            let table = read(tx, &assembly, &bytes)?;
            let look = Look { fresh: table.rows.len(), aside: table.aside };
            if table.rows.is_empty() {
                return tx.commit(OffRecord("nothing was entered"), look).map_err(Stop::from);
            }
            let number = store::entered(tx, &code)?.len() as i64 + 1;
            for row in table.rows {
                let entrant = Entrant {
                    ticket: free_ticket(tx, &code, own.chance())?,
                    person: None,
                    entered: Some(number),
                    own_id: row.own_id,
                    name: row.name,
                    email: row.email,
                    answers: row.answers,
                    at: now,
                };
                store::put_entrant(tx, &code, &entrant)?;
            }
            let rows = look.fresh as i64;
            let entered = Entered { number, rows, sha256: table.sha256, at: now, undone_at: None };
            store::add_entered(tx, &code, &entered)?;
            let said = json!({"table": number, "rows": rows, "file_sha256": entered.sha256});
            let entry = Entry::about(assembly.subject(), "assembly.pool_entered", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, look).map_err(Stop::from)
        })
        .await
}

/// Takes out all that was entered with a table.
///
/// # Errors
/// Refusals of [`decide::is_open`]; `NotFound` for a table that is not there or was undone; `NotAllowed`.
pub async fn undo_entered(town: &Town, actor: Actor, code: String, number: i64) -> Result<u64, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let assembly = own_assembly(tx, &actor, &code)?;
            let now = own.now();
            decide::is_open(&assembly, now)?;
            let tables = store::entered(tx, &code)?;
            tables.iter().find(|one| one.number == number && one.undone_at.is_none()).ok_or(Stop::NotFound)?;
            let rows = store::remove_entered(tx, &code, number)?;
            store::mark_undone(tx, &code, number, now)?;
            let said = json!({"table": number, "rows": rows});
            let entry = Entry::about(assembly.subject(), "assembly.pool_undone", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, rows).map_err(Stop::from)
        })
        .await
}
