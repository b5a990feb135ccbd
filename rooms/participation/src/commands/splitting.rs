//! A proposal that wants two things becomes two, and who wrote it keeps the credit for both.

use super::public_to_change;
use crate::{
    acts,
    commands::writing::{blank, free_code, must_be_shown},
    decide,
    model::{Proposal, State},
    store,
};
use civic::Actor;
use commons::links::{Link, Relation, link};
use record::{Entries, Entry};
use serde_json::json;
use web::{Stop, Town};

/// Takes a part of a proposal out as one of its own: with the same authors, category and place, and a link that says where it
/// came from. The first keeps its words, until its authors change them, and its supports: nobody's support is moved to words
/// that they have not read. Answers the new one.
///
/// # Errors
/// `NotAllowed` for who does not lead the process; refusals of the decision.
pub async fn split(town: &Town, actor: Actor, code: String, title: String, text: String) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (one, scene) = public_to_change(&own, tx, &code)?;
            if !actor.may_for(&acts::STEWARD, scene.process.organisation) {
                return Err(Stop::NotAllowed);
            }
            must_be_shown(tx, &one)?;
            let (title, text) = decide::decide_split(&one, &title, &text).map_err(Stop::Refused)?;
            let now = scene.now;
            let part = Proposal {
                state: State::Open,
                title,
                text,
                category: one.category.clone(),
                district: one.district.clone(),
                place: one.place,
                address: one.address.clone(),
                submitted_at: Some(now),
                ..blank(free_code(tx, own.chance())?, one.process.clone(), now, own.chance())
            };
            store::insert(tx, &part)?;
            for author in store::authors_of(tx, &code)? {
                store::add_author(tx, part.code.as_str(), &author, now)?;
            }
            link(tx, &Link { from: part.subject(), relation: Relation::GrewOutOf, to: one.subject() }, now)?;
            let chance = own.chance();
            let split = Entry::about(one.subject(), "proposal.split", &actor, now, chance)
                .publicly(&json!({"process": one.process, "into": part.code}))?;
            let made = Entry::about(part.subject(), "proposal.split-off", &actor, now, chance)
                .publicly(&json!({"process": one.process, "from": one.code}))?
                .privately(&json!({"title": part.title, "text": part.text}), chance)?;
            tx.commit(Entries(vec![split, made]), part).map_err(Stop::from)
        })
        .await
}
