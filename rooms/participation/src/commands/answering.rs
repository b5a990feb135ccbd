//! The town answers with reasons; stewards merge what says the same, and separate it again.

use super::{public_to_change, taking_part::all_reached};
use crate::{
    acts,
    decide::{self, EvaluateFacts},
    joining::scene,
    model::{Author, AuthorPart, Evaluation, Proposal, State},
    store,
};
use civic::{Actor, Moment, OrganisationId};
use commons::links::{Link, Relation, link, unlink};
use database::{DbError, Tx};
use people::mail::{self, Mail};
use record::{Entries, Entry};
use serde_json::json;
use web::{Refusal, Stop, Town};

/// An answer as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The text that who answers has read.
    pub seen_version: Option<i64>,
    /// `feasible`, `infeasible` or `answered`.
    pub verdict: String,
    /// What it costs, in whole units of the town's currency.
    pub cost: String,
    /// Why.
    pub reasons: String,
}

/// Answers a proposal.
///
/// # Errors
/// `NotAllowed` for who does not answer for its process; refusals of the decision.
pub async fn evaluate(town: &Town, actor: Actor, code: String, answer: Answer) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (mut proposal, scene) = public_to_change(&own, tx, &code)?;
            let organisation = scene.process.organisation;
            if !actor.may_for(&acts::EVALUATE, organisation) {
                return Err(Stop::NotAllowed);
            }
            let is_own = store::decides(tx, &code, actor.person)?;
            let facts =
                EvaluateFacts { scene: &scene, proposal: &proposal, seen_version: answer.seen_version, is_own };
            let found = decide::decide_evaluation(&facts, &answer.verdict, &answer.cost, &answer.reasons)
                .map_err(Stop::Refused)?;
            proposal.state = found.verdict.state(scene.now);
            proposal.estimate_cents = found.cost_cents;
            proposal.updated_at = scene.now;
            store::update(tx, &proposal)?;
            let by = organisation_code(tx, organisation)?;
            let view = json!({"process": proposal.process, "verdict": found.verdict.word(), "cost_cents": found.cost_cents,
                "organisation": by, "version": proposal.version});
            let entry = Entry::about(proposal.subject(), "proposal.evaluated", &actor, scene.now, own.chance())
                .publicly(&view)?
                .privately(&json!({"reasons": found.reasons}), own.chance())?;
            let evaluation = Evaluation {
                id: entry.id().text(),
                verdict: found.verdict,
                cost_cents: found.cost_cents,
                reasons: found.reasons,
                organisation: by,
                at: scene.now,
            };
            store::add_evaluation(tx, &code, &evaluation)?;
            tx.commit(entry, proposal).map_err(Stop::from)
        })
        .await
}

/// The code of who answers; the whole town where nobody is named.
fn organisation_code(tx: &mut Tx<'_>, id: Option<OrganisationId>) -> Result<String, DbError> {
    let found = id.map(|id| people::organisations::by_id(tx, id)).transpose()?.flatten();
    Ok(found.map_or_else(|| people::organisations::WHOLE_TOWN.to_owned(), |one| one.code))
}

/// Merges a proposal into another of its process, with a reason: its supporters count there, each once, its authors are named
/// there and told by mail, and the earlier day by which one of both must be answered holds. Where both together have as many
/// supports as an answer needs, the town says so.
///
/// # Errors
/// `NotAllowed` for who does not lead the process; `proposal-merge-unknown`; refusals of the decision.
pub async fn merge(town: &Town, actor: Actor, code: String, into: String, why: String) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (mut one, other) = both(tx, &code, &into)?;
            let process = store::published(tx, &one.process)?.ok_or(Stop::NotFound)?;
            if !actor.may_for(&acts::STEWARD, process.organisation) {
                return Err(Stop::NotAllowed);
            }
            let other = other.ok_or_else(|| Refusal::new("proposal-merge-unknown").at("into"))?;
            let why = decide::decide_merge(&one, &other, &why)?;
            let scene = scene(&own, tx, process)?;
            let now = scene.now;
            one.state = State::Merged { into: other.code.clone(), at: now, why: why.clone() };
            one.updated_at = now;
            store::update(tx, &one)?;
            store::carry_supports(tx, &code, other.code.as_str())?;
            store::carry_due(tx, &one, &other)?;
            tell_authors(&own, tx, &one, &other, &why, now)?;
            for author in store::authors_of(tx, &code)? {
                let named = Author { part: AuthorPart::Merged, ..author };
                store::add_author(tx, other.code.as_str(), &named, now)?;
            }
            link(tx, &same(&one, &other), now)?;
            let entry = Entry::about(one.subject(), "proposal.merged", &actor, now, own.chance())
                .publicly(&json!({"process": one.process, "into": other.code}))?
                .privately(&json!({"why": why}), own.chance())?;
            let mut entries = vec![entry];
            entries.extend(all_reached(&own, tx, &actor, &scene, &[other.code.as_str().to_owned()])?);
            tx.commit(Entries(entries), one).map_err(Stop::from)
        })
        .await
}

/// Tells the authors of a proposal by mail where it goes on, and why, each in their language.
fn tell_authors(
    town: &Town,
    tx: &mut Tx<'_>,
    one: &Proposal,
    other: &Proposal,
    why: &str,
    now: Moment,
) -> Result<(), DbError> {
    for author in store::authors_of(tx, one.code.as_str())?.into_iter().filter(|author| author.part.decides()) {
        let Some(id) = author.person else { continue };
        let Some(person) = people::accounts::by_id(tx, id)? else { continue };
        let Some(to) = person.email else { continue };
        let t = town.words().of(person.language);
        let link = town.url(&format!("/proposals/{}", other.code));
        let values = [
            ("title", one.headline().into()),
            ("into", other.headline().into()),
            ("why", why.into()),
            ("link", link.into()),
        ];
        let body_text = t.with("mail-merged-body", &values);
        let subject = t.with1("mail-merged-subject", "code", one.code.as_str());
        mail::put(tx, &Mail { to, subject, body_text }, now, town.chance())?;
    }
    Ok(())
}

/// Both proposals held against change, always in the order of their codes, so that two mergers at once do not wait for each
/// other.
fn both(tx: &mut Tx<'_>, code: &str, into: &str) -> Result<(Proposal, Option<Proposal>), Stop> {
    let into = into.trim().to_ascii_uppercase();
    let mut held =
        |code: &str| Ok::<_, DbError>(store::by_code_to_change(tx, code)?.filter(|one| one.submitted_at.is_some()));
    let (one, other) = if code <= into.as_str() {
        let one = held(code)?;
        (one, held(&into)?)
    } else {
        let other = held(&into)?;
        (held(code)?, other)
    };
    Ok((one.ok_or(Stop::NotFound)?, other))
}

fn same(one: &Proposal, other: &Proposal) -> Link {
    Link { from: one.subject(), relation: Relation::DuplicateOf, to: other.subject() }
}

/// Undoes a merger: the proposal goes on by itself, with its own supporters, authors and due day, and takes its due day out of
/// the other again. Where that has enough supports without it, the town owes it an answer of its own from now.
///
/// # Errors
/// `NotAllowed` for who does not lead the process; `proposal-separate`.
pub async fn separate(town: &Town, actor: Actor, code: String) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let found = store::by_code(tx, &code)?.filter(|one| one.submitted_at.is_some()).ok_or(Stop::NotFound)?;
            let process = store::published(tx, &found.process)?.ok_or(Stop::NotFound)?;
            if !actor.may_for(&acts::STEWARD, process.organisation) {
                return Err(Stop::NotAllowed);
            }
            let into = decide::decide_separate(&found)?;
            let (mut one, other) = both(tx, &code, into.as_str())?;
            let other = other.ok_or(Stop::NotFound)?;
            decide::decide_separate(&one)?;
            let scene = scene(&own, tx, process)?;
            let now = scene.now;
            one.state = State::Open;
            one.updated_at = now;
            store::update(tx, &one)?;
            store::return_supports(tx, &code, other.code.as_str())?;
            store::return_due(tx, other.code.as_str())?;
            store::remove_merged_authors(tx, other.code.as_str(), &code)?;
            unlink(tx, &same(&one, &other))?;
            let entry = Entry::about(one.subject(), "proposal.separated", &actor, now, own.chance());
            let mut entries = vec![entry.publicly(&json!({"process": one.process, "from": other.code}))?];
            if other.state == State::Open {
                entries.extend(all_reached(&own, tx, &actor, &scene, &[other.code.as_str().to_owned()])?);
            }
            tx.commit(Entries(entries), one).map_err(Stop::from)
        })
        .await
}
