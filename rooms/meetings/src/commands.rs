//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod coming;
mod keeping;
mod minuting;
mod reminding;

pub use coming::{Place, leave, register};
pub use keeping::{NewMeeting, cancel, create, publish, save};
pub use minuting::publish_minutes;
pub use reminding::{job_kind, remind_all};

use crate::{
    acts, decide,
    letters::{self, Why},
    model::Meeting,
    store,
};
use civic::{Actor, Language, Moment, OrganisationId, Subject};
use database::{DbError, Tx};
use web::{Refusal, Stop, Town, manifest::Catalogue};

fn must_keep(actor: &Actor, organisation: Option<OrganisationId>) -> Result<(), Stop> {
    if actor.may_for(&acts::KEEP, organisation) { Ok(()) } else { Err(Stop::NotAllowed) }
}

/// A meeting of one's own, held against change.
fn own_meeting(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Meeting, Stop> {
    let meeting = store::to_change(tx, code)?.ok_or(Stop::NotFound)?;
    must_keep(actor, meeting.organisation)?;
    Ok(meeting)
}

fn keep(tx: &mut Tx<'_>, meeting: &mut Meeting, seen_version: i64, now: Moment) -> Result<(), Stop> {
    meeting.updated_at = now;
    meeting.version = seen_version + 1;
    if store::update(tx, meeting, seen_version)? { Ok(()) } else { Err(Refusal::conflict("meeting-changed").into()) }
}

fn first_language(town: &Town) -> Language {
    town.settings().languages.first().copied().unwrap_or_default()
}

/// Whether everybody can find this subject.
fn is_there(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    let found = town.part::<Catalogue>().briefs(town, tx, std::slice::from_ref(subject), Language::En)?;
    Ok(!found.is_empty())
}

/// Gives free places to who waits longest, and tells them.
fn move_up(town: &Town, tx: &mut Tx<'_>, meeting: &Meeting, now: Moment) -> Result<(), DbError> {
    let (taken, waiting) = store::counts(tx, meeting.code.as_str())?;
    let free = decide::free(meeting, taken).min(waiting);
    for person in store::first_waiting(tx, meeting.code.as_str(), free)? {
        store::give_place(tx, meeting.code.as_str(), person)?;
        letters::write(town, tx, meeting, person, Why::MovedUp, now)?;
    }
    Ok(())
}

/// Tells everybody who comes or waits.
fn tell_all(town: &Town, tx: &mut Tx<'_>, meeting: &Meeting, why: Why, now: Moment) -> Result<(), DbError> {
    for one in store::of_meeting(tx, meeting.code.as_str())? {
        letters::write(town, tx, meeting, one.person, why, now)?;
    }
    Ok(())
}
