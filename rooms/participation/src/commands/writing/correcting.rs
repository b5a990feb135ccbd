//! A proposal that was handed in is corrected, and taken back.

use super::{attach_photos, find_sources, is_held, judge, private_view, public_view, put_words};
use crate::{
    commands::{person_of, public_to_change, scene_of},
    decide::{self, Read, Words},
    model::{PHOTOS_LIMIT, Proposal, State},
    moderated, store,
};
use civic::{Actor, Moment};
use commons::{files::StoredPhoto, moderation::is_hidden};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// What a correction came to.
#[derive(Debug, Clone)]
pub struct Edited {
    /// The proposal.
    pub proposal: Proposal,
}

/// Corrects a proposal that was handed in: the words there were become an earlier version.
///
/// # Errors
/// `proposal-changed` when it was read before another change; `proposal-words-hidden`; refusals of the decision.
pub async fn edit(
    town: &Town,
    actor: Actor,
    code: String,
    seen_version: i64,
    words: Words,
    photos: Vec<StoredPhoto>,
) -> Result<Edited, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (mut proposal, scene) = public_to_change(&own, tx, &code)?;
            if !store::decides(tx, &code, actor.person)? {
                return Err(Stop::NotAllowed);
            }
            let person = person_of(&actor)?;
            decide::decide_withdrawal(&proposal)?;
            if proposal.version != seen_version {
                return Err(Refusal::conflict("proposal-changed").into());
            }
            must_be_shown(tx, &proposal)?;
            let read = decide::read(&words).map_err(Stop::Refused)?;
            let (_, unknown) = find_sources(&own, tx, &read.sources)?;
            let district = judge(&own, tx, &scene, &read, person, unknown)?;
            replace(tx, &mut proposal, &read, &actor.handle, None, scene.now)?;
            proposal.district = district;
            store::update(tx, &proposal)?;
            let photos: Vec<String> = photos.iter().map(|photo| photo.id.text()).collect();
            let there = commons::files::of(tx, &proposal.subject())?.len();
            if there + photos.len() > PHOTOS_LIMIT {
                return Err(Refusal::new("proposal-photos").at("photo").with("most", PHOTOS_LIMIT).into());
            }
            attach_photos(tx, &photos, &proposal)?;
            is_held(tx, &proposal, (&actor, 0), scene.now, own.chance())?;
            let entry = Entry::about(proposal.subject(), "proposal.edited", &actor, scene.now, own.chance());
            let view = public_view(&proposal, false);
            let entry = entry.publicly(&view)?.privately(&private_view(&proposal), own.chance())?;
            tx.commit(entry, Edited { proposal }).map_err(Stop::from)
        })
        .await
}

/// What moderators have hidden comes back only by them, so nobody writes over it.
pub(in crate::commands) fn must_be_shown(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<(), Stop> {
    let subject = proposal.subject();
    for part in moderated::HELD {
        if is_hidden(tx, &subject, part)? {
            return Err(Refusal::conflict("proposal-words-hidden").into());
        }
    }
    Ok(())
}

/// Puts other words in the place of the present ones, which become an earlier version.
pub(in crate::commands) fn replace(
    tx: &mut Tx<'_>,
    proposal: &mut Proposal,
    read: &Read,
    by: &str,
    amendment: Option<&str>,
    now: Moment,
) -> Result<(), DbError> {
    if proposal.title != read.title || proposal.text != read.text {
        store::keep_version(tx, proposal, by, amendment, now)?;
        proposal.version += 1;
    }
    put_words(proposal, read);
    proposal.updated_at = now;
    Ok(())
}

/// Takes a proposal back; everybody still sees that it was there, and why nothing came of it.
///
/// # Errors
/// Refusals of the decision; `NotAllowed` for who is no author.
pub async fn withdraw(town: &Town, actor: Actor, code: String) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let mut proposal = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let is_author = store::decides(tx, &code, actor.person)?;
            if !is_author {
                return Err(if proposal.submitted_at.is_some() { Stop::NotAllowed } else { Stop::NotFound });
            }
            decide::decide_withdrawal(&proposal)?;
            let scene = scene_of(&own, tx, &proposal)?;
            proposal.state = State::Withdrawn { at: scene.now };
            proposal.updated_at = scene.now;
            store::update(tx, &proposal)?;
            let entry = Entry::about(proposal.subject(), "proposal.withdrawn", &actor, scene.now, own.chance());
            tx.commit(entry.publicly(&json!({"process": proposal.process}))?, proposal).map_err(Stop::from)
        })
        .await
}
