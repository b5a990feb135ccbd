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
use database::{OffRecord, Tx};
use record::{Entries, Entry};
use serde_json::json;
use service_clock::Length;
use web::{Refusal, Stop, Town};

/// Why a support is not on the record.
const PRIVATE: OffRecord = OffRecord("who supports what is counted, and named nowhere");
/// Seconds in which arguments are counted.
const HOUR_SECONDS: i64 = 3_600;

/// Supports a proposal, once however often somebody asks, with a grade where the process has grades; or takes that back. When it
/// has as many supports as an answer needs, that is on the record, with the day by which the town owes one. Where a process asks
/// for a least number of supports, those of a person count together, once they gave as many.
///
/// # Errors
/// Refusals of the decision; `supports-used-up` when the process gives nobody more than so many.
pub async fn support(town: &Town, actor: Actor, code: String, given: Supported) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            hold_process(tx, &code)?;
            let (proposal, scene) = public_to_change(&own, tx, &code)?;
            let facts = PartFacts { scene: &scene, proposal: &proposal, account_since: account_since(tx, person)? };
            decide::decide_support(&facts)?;
            let rules = &scene.process.definition.rules;
            let process = proposal.process.as_str();
            match given {
                Supported::No => {
                    if store::remove_support(tx, &code, person)? {
                        store::give(tx, process, person, -1, None)?;
                    }
                }
                Supported::Yes { grade } => {
                    let grade = decide::decide_grade(rules, grade)?;
                    let most = rules.supports_most;
                    let new = store::add_support(tx, &code, person, grade, scene.now)? == store::Given::New;
                    if new && !store::give(tx, process, person, 1, most)? {
                        let most = i64::from(most.unwrap_or(0));
                        return Err(Refusal::conflict("supports-used-up").with("most", most).into());
                    }
                }
            }
            let enough = store::given(tx, process, person)? >= rules.supports_least.map_or(0, i64::from);
            let counted = store::settle_supports(tx, process, person, enough)?;
            let entries = if enough { all_reached(&own, tx, &actor, &scene, &counted)? } else { Vec::new() };
            let proposal = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            if entries.is_empty() {
                return tx.commit(PRIVATE, proposal).map_err(Stop::from);
            }
            tx.commit(Entries(entries), proposal).map_err(Stop::from)
        })
        .await
}

/// Where one support can count others, those of a process come one after the other: two at once would hold proposals that the
/// other waits for.
fn hold_process(tx: &mut Tx<'_>, code: &str) -> Result<(), Stop> {
    let proposal = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let process = store::process(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
    if process.definition.rules.supports_least.is_some() {
        store::process_to_change(tx, &process.code)?;
    }
    Ok(())
}

/// What somebody gives a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supported {
    /// Their support, with a grade where the process has grades.
    Yes {
        /// From 1 on; `None` for the lowest.
        grade: Option<i64>,
    },
    /// Nothing any more.
    No,
}

/// Notes which of these proposals have just had as many supports as an answer needs; the town says so of each.
pub(super) fn all_reached(
    town: &Town,
    tx: &mut Tx<'_>,
    actor: &Actor,
    scene: &Scene,
    codes: &[String],
) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    for code in codes {
        let Some(proposal) = store::by_code(tx, code)? else { continue };
        let Some(due) = reached(town, scene, &proposal) else { continue };
        store::keep_due(tx, code, scene.now, due)?;
        let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(actor.language) };
        let said = Entry::about(proposal.subject(), "proposal.reached", &town_itself, scene.now, town.chance());
        let view = json!({"process": proposal.process, "supports": proposal.supports, "due": due.map(Moment::rfc3339)});
        entries.push(said.publicly(&view)?);
    }
    Ok(entries)
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
