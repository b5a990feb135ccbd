//! The same form sent twice within a day is one proposal.

use crate::{
    commands::person_of,
    model::{Proposal, State},
    moderated, store,
};
use civic::Actor;
use commons::{documents, moderation::is_hidden};
use database::{DbError, Tx};
use places::Districts;
use web::{Stop, Town};

use super::Submitted;

/// What this person has handed in of the same form already, within a day; whoever asks holds them from handing in elsewhere. A
/// draft that has what a form sent twice has not (photos, documents, invitations, further authors) is one of its own.
///
/// # Errors
/// Those of the database.
pub(super) fn sent_before(
    town: &Town,
    tx: &mut Tx<'_>,
    actor: &Actor,
    draft: &Proposal,
) -> Result<Option<Submitted>, Stop> {
    let person = person_of(actor)?;
    store::lock_person(tx, person)?;
    if has_more_than_a_form(tx, draft)? {
        return Ok(None);
    }
    let district = district_of(town, draft);
    let is_same = |one: &Proposal| {
        let of = |one: &Proposal| (one.process.clone(), one.category.clone(), one.address.clone(), one.cost_cents);
        let is_there = one.place == draft.place && one.district == district;
        of(one) == of(draft)
            && is_there
            && one.sources == draft.sources
            && one.group == draft.group
            && one.state == State::Open
    };
    let found = store::same_since(tx, person, draft, town.now().plus_days(-1))?;
    let Some(proposal) = found.into_iter().find(is_same) else { return Ok(None) };
    let held = is_held_back(tx, &proposal)?;
    Ok(Some(Submitted { proposal, held }))
}

/// Whether somebody gave a draft more than the fields of a form.
fn has_more_than_a_form(tx: &mut Tx<'_>, draft: &Proposal) -> Result<bool, DbError> {
    let code = draft.code.as_str();
    Ok(!draft.photos.is_empty()
        || store::invitations_of(tx, code)? > 0
        || store::authors_of(tx, code)?.len() > 1
        || !documents::unseen(tx, &draft.subject())?.is_empty())
}

/// The district a draft will be in: that of its pin, else the one that was chosen.
fn district_of(town: &Town, draft: &Proposal) -> Option<String> {
    let districts = town.part::<Districts>();
    match draft.place {
        None => draft.district.clone(),
        Some(_) if districts.is_empty() => None,
        Some(place) => districts.locate(place),
    }
}

fn is_held_back(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<bool, DbError> {
    for part in moderated::HELD {
        if is_hidden(tx, &proposal.subject(), part)? {
            return Ok(true);
        }
    }
    Ok(false)
}
