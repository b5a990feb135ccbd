//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod drawing;
mod entering;
mod keeping;
mod recommending;
mod registering;
mod seats;
mod working;

pub use drawing::{begin_draw, draw_panel};
pub use entering::{Look, enter, look_at_table, undo_entered};
pub use keeping::{Change, NewAssembly, change, create, publish, save};
pub use recommending::{answer_recommendation, recommend};
pub use registering::{register, withdraw};
pub use seats::answer_seat;
pub use working::{job_kind, work_out};

use crate::{acts, model::Assembly, store};
use civic::{Actor, Chance, Language, Moment, OrganisationId};
use database::{DbError, Tx};
use web::{Refusal, Stop, Town};

/// Characters of a ticket: 30 to the power of 8 are enough to draw from.
const TICKET_LENGTH: usize = 8;

fn must_keep(actor: &Actor, organisation: Option<OrganisationId>) -> Result<(), Stop> {
    if actor.may_for(&acts::KEEP, organisation) { Ok(()) } else { Err(Stop::NotAllowed) }
}

/// An assembly of one's own, held against change.
fn own_assembly(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Assembly, Stop> {
    let assembly = store::to_change(tx, code)?.ok_or(Stop::NotFound)?;
    must_keep(actor, assembly.organisation)?;
    Ok(assembly)
}

/// A public assembly, held against change.
fn public_assembly(tx: &mut Tx<'_>, code: &str) -> Result<Assembly, Stop> {
    store::to_change(tx, code)?.filter(|one| one.published_at.is_some()).ok_or(Stop::NotFound)
}

fn keep(tx: &mut Tx<'_>, assembly: &mut Assembly, seen_version: i64, now: Moment) -> Result<(), Stop> {
    assembly.updated_at = now;
    assembly.version = seen_version + 1;
    if store::update(tx, assembly, seen_version)? { Ok(()) } else { Err(Refusal::conflict("assembly-changed").into()) }
}

/// Notes that something public happened.
fn touch(tx: &mut Tx<'_>, assembly: &mut Assembly, now: Moment) -> Result<(), Stop> {
    let version = assembly.version;
    keep(tx, assembly, version, now)
}

fn first_language(town: &Town) -> Language {
    town.settings().languages.first().copied().unwrap_or_default()
}

/// A ticket that nobody has, as `7K2MX9PQ`.
fn free_ticket(tx: &mut Tx<'_>, assembly: &str, chance: &dyn Chance) -> Result<String, DbError> {
    loop {
        let drawn = civic::Code::draw('T', TICKET_LENGTH, chance);
        let ticket = drawn.as_str().trim_start_matches("T-").to_owned();
        if !store::is_ticket_taken(tx, assembly, &ticket)? {
            return Ok(ticket);
        }
    }
}
