//! Supporting, arguing, endorsing.

use super::{account_since, person_of, public, public_to_change};
use crate::{
    decide::{self, PartFacts, Scene, Side},
    model::{ARGUMENT, Argument, PROPOSAL, Proposal},
    moderated::ARGUMENTS,
    store,
};
use civic::{Actor, CommentId, Moment, Role, Subject};
use commons::moderation::{Seen, Text, watch};
use database::OffRecord;
use record::Entry;
use serde_json::json;
use service_clock::Length;
use web::{Refusal, Stop, Town};

/// Why a support is not on the record.
const PRIVATE: OffRecord = OffRecord("who supports what is counted, and named nowhere");
/// Seconds in which arguments are counted.
const HOUR_SECONDS: i64 = 3_600;

/// Supports a proposal, once however often somebody asks, or takes that back. When it has as many supports as an answer needs,
/// that is on the record, with the day by which the town owes one.
///
/// # Errors
/// Refusals of the decision; `supports-used-up` when the process gives nobody more than so many.
pub async fn support(town: &Town, actor: Actor, code: String, leaves: bool) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let (mut proposal, scene) = public_to_change(&own, tx, &code)?;
            let facts = PartFacts { scene: &scene, proposal: &proposal, account_since: account_since(tx, person)? };
            decide::decide_support(&facts)?;
            let most = scene.process.definition.rules.supports_most;
            if leaves {
                if store::remove_support(tx, &code, person)? {
                    store::give(tx, &proposal.process, person, -1, None)?;
                    proposal.supports -= 1;
                }
            } else if store::add_support(tx, &code, person, scene.now)? {
                if !store::give(tx, &proposal.process, person, 1, most)? {
                    return Err(Refusal::conflict("supports-used-up").with("most", i64::from(most.unwrap_or(0))).into());
                }
                proposal.supports += 1;
            }
            match reached(&own, &scene, &proposal) {
                None => tx.commit(PRIVATE, proposal).map_err(Stop::from),
                Some(due) => {
                    store::keep_due(tx, &code, scene.now, due)?;
                    (proposal.reached_at, proposal.answer_due_at) = (Some(scene.now), due);
                    let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(actor.language) };
                    let said = Entry::about(proposal.subject(), "proposal.reached", &town_itself, scene.now, own.chance());
                    let view = json!({"process": proposal.process, "supports": proposal.supports, "due": due.map(Moment::rfc3339)});
                    tx.commit(said.publicly(&view)?, proposal).map_err(Stop::from)
                }
            }
        })
        .await
}

/// By when an answer is due, when a proposal has just had as many supports as that needs: once, whatever comes later.
fn reached(town: &Town, scene: &Scene, proposal: &Proposal) -> Option<Option<Moment>> {
    let rules = &scene.process.definition.rules;
    let enough = rules.supports_min > 0 && proposal.supports >= i64::from(rules.supports_min);
    if !enough || proposal.reached_at.is_some() {
        return None;
    }
    let calendar = &town.settings().calendar;
    let due = rules.answer_days.and_then(|days| {
        calendar.deadline(scene.now.timestamp(), Length::Days(days), &[]).ok().map(|deadline| deadline.at.into())
    });
    Some(due)
}

/// Argues for or against a proposal. Returns whether the argument is public at once.
///
/// # Errors
/// Refusals of the decision.
pub async fn argue(
    town: &Town,
    actor: Actor,
    code: String,
    side: Side,
    text: String,
) -> Result<(CommentId, Seen), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let (proposal, scene) = public(&own, tx, &code)?;
            let facts = PartFacts { scene: &scene, proposal: &proposal, account_since: account_since(tx, person)? };
            let within_hour = store::arguments_since(tx, person, scene.now.plus_seconds(-HOUR_SECONDS))?;
            let text = decide::decide_argument(&facts, &text, within_hour)?;
            let (now, chance) = (scene.now, own.chance());
            let argument = Argument {
                id: CommentId::new(now, chance),
                proposal: code.clone(),
                in_favour: side == Side::For,
                text: text.clone(),
                author: actor.handle.clone(),
                author_id: Some(person),
                author_name: actor.name.clone(),
                at: now,
            };
            let about = Subject::new(ARGUMENT, argument.id.text());
            let entry = Entry::about(Subject::new(PROPOSAL, code), "proposal.argued", &actor, now, chance)
                .publicly(&json!({"argument": argument.id, "side": side.word()}))?
                .privately(&json!({"text": text}), chance)?;
            store::add_argument(tx, &argument, &entry.id().text())?;
            let new = Text { text: &text, author: &actor, sent_before: 0, parts: &["text"] };
            let seen = watch(tx, ARGUMENTS, &about, &new, now, chance)?;
            tx.commit(entry, (argument.id, seen)).map_err(Stop::from)
        })
        .await
}

/// An organisation endorses a proposal, or takes that back, by an officer of its own.
///
/// # Errors
/// `NotAllowed` for who is no officer of it; refusals of the decision.
pub async fn endorse(
    town: &Town,
    actor: Actor,
    code: String,
    organisation: String,
    leaves: bool,
) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let (proposal, scene) = public_to_change(&own, tx, &code)?;
            let found = people::organisations::by_code(tx, &organisation)?;
            let found = found.ok_or_else(|| Refusal::new("endorsement-organisation").at("organisation"))?;
            if !actor.organisations(Role::Officer).any(|one| one == found.id) {
                return Err(Stop::NotAllowed);
            }
            let facts = PartFacts { scene: &scene, proposal: &proposal, account_since: account_since(tx, person)? };
            decide::decide_endorsement(&facts)?;
            let (changed, saying) = match leaves {
                true => (store::unendorse(tx, &code, &found.code)?, "proposal.unendorsed"),
                false => (store::endorse(tx, &code, &found.code, scene.now)?, "proposal.endorsed"),
            };
            if !changed {
                return tx.commit(OffRecord("nothing changed"), proposal).map_err(Stop::from);
            }
            let entry = Entry::about(proposal.subject(), saying, &actor, scene.now, own.chance());
            tx.commit(entry.publicly(&json!({"organisation": found.code}))?, proposal).map_err(Stop::from)
        })
        .await
}
