//! Other words for a proposal: proposed by anybody, decided by its authors and nobody else.

use super::{CODE_LENGTH, author, must_be_shown, person_of, public, public_to_change, replace};
use crate::{
    decide::{self, AmendmentAct, AmendmentFacts, Read, Scene},
    model::{Amendment, AmendmentState, AuthorPart, Proposal},
    moderated::AMENDMENTS,
    store,
};
use civic::{Actor, Chance, Code, Moment};
use commons::moderation::{Seen, Text, watch};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// What an act on an amendment came to.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The amendment.
    pub amendment: Amendment,
    /// Whether it is public.
    pub seen: Seen,
}

/// Proposes other words for a proposal.
///
/// # Errors
/// `amendment-own` for its authors, who change it themselves; refusals of the decision.
pub async fn amend(
    town: &Town,
    actor: Actor,
    code: String,
    base_version: i64,
    title: String,
    text: String,
    why: String,
) -> Result<Changed, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let (proposal, scene) = public(&own, tx, &code)?;
            if store::decides(tx, &code, Some(person))? {
                return Err(Refusal::conflict("amendment-own").into());
            }
            if base_version != proposal.version {
                return Err(Refusal::conflict("proposal-changed").into());
            }
            must_be_shown(tx, &proposal)?;
            let (title, text, why) = decide::decide_proposed_words(&scene, &proposal, &title, &text, &why)?;
            let amendment = Amendment {
                code: free_code(tx, own.chance())?,
                proposal: code.clone(),
                base_version,
                title,
                text,
                why,
                author: actor.handle.clone(),
                author_id: Some(person),
                author_name: actor.name.clone(),
                at: scene.now,
                state: AmendmentState::Waiting,
                state_at: scene.now,
                answer: String::new(),
            };
            let entry =
                Entry::about(proposal.subject(), "proposal.amendment-proposed", &actor, scene.now, own.chance())
                    .publicly(&json!({"amendment": amendment.code, "version": base_version}))?
                    .privately(
                        &json!({"title": amendment.title, "text": amendment.text, "why": amendment.why}),
                        own.chance(),
                    )?;
            store::insert_amendment(tx, &amendment, &entry.id().text())?;
            let seen = look(tx, &amendment, &actor, scene.now, own.chance())?;
            tx.commit(entry, Changed { amendment, seen }).map_err(Stop::from)
        })
        .await
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'A', CODE_LENGTH, chance, store::is_amendment_taken)
}

fn look(tx: &mut Tx<'_>, amendment: &Amendment, by: &Actor, now: Moment, chance: &dyn Chance) -> Result<Seen, DbError> {
    let words = format!("{}\n{}\n{}", amendment.title, amendment.text, amendment.why);
    let new = Text { text: &words, author: by, sent_before: 0, parts: &["title", "text", "why"] };
    watch(tx, AMENDMENTS, &amendment.subject(), &new, now, chance)
}

/// Accepts or rejects an amendment as an author of the proposal, or takes one's own back. Who is neither may not, whatever
/// their office.
///
/// # Errors
/// `NotAllowed`; refusals of the decision.
pub async fn settle_amendment(
    town: &Town,
    actor: Actor,
    code: String,
    act: AmendmentAct,
    answer: String,
) -> Result<Amendment, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let found = store::amendment(tx, &code)?.ok_or(Stop::NotFound)?;
            // The proposal first, as every other act holds it first.
            let (mut proposal, scene) = public_to_change(&own, tx, &found.proposal)?;
            let mut amendment = store::amendment_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            if !may_settle(tx, &actor, &amendment, act)? {
                return Err(Stop::NotAllowed);
            }
            let facts = AmendmentFacts { scene: &scene, proposal: &proposal, amendment: &amendment };
            (amendment.state, amendment.answer) = decide::decide_amendment(&facts, act, &answer)?;
            amendment.state_at = scene.now;
            if amendment.state == AmendmentState::Accepted {
                take_words(tx, &mut proposal, &amendment, &scene)?;
            }
            store::settle(tx, &amendment)?;
            let entry = Entry::about(proposal.subject(), saying(amendment.state), &actor, scene.now, own.chance())
                .publicly(&json!({"amendment": amendment.code, "version": proposal.version}))?;
            tx.commit(entry, amendment).map_err(Stop::from)
        })
        .await
}

fn may_settle(tx: &mut Tx<'_>, actor: &Actor, amendment: &Amendment, act: AmendmentAct) -> Result<bool, DbError> {
    match act {
        AmendmentAct::Withdraw => Ok(actor.person.is_some() && actor.person == amendment.author_id),
        AmendmentAct::Accept | AmendmentAct::Reject => store::decides(tx, &amendment.proposal, actor.person),
    }
}

fn saying(state: AmendmentState) -> &'static str {
    match state {
        AmendmentState::Accepted => "proposal.amendment-accepted",
        AmendmentState::Rejected => "proposal.amendment-rejected",
        AmendmentState::Waiting | AmendmentState::Withdrawn => "proposal.amendment-withdrawn",
    }
}

/// Puts the words of an amendment in the place of the present ones, and names who wrote them.
fn take_words(tx: &mut Tx<'_>, proposal: &mut Proposal, amendment: &Amendment, scene: &Scene) -> Result<(), Stop> {
    must_be_shown(tx, proposal)?;
    if amendment.title.is_empty() || amendment.text.is_empty() {
        return Err(Refusal::conflict("proposal-words-hidden").into());
    }
    let read = Read {
        title: amendment.title.clone(),
        text: amendment.text.clone(),
        category: proposal.category.clone(),
        district: proposal.district.clone(),
        place: proposal.place,
        address: proposal.address.clone(),
        cost_cents: proposal.cost_cents,
        sources: Vec::new(),
    };
    replace(tx, proposal, &read, &amendment.author, Some(amendment.code.as_str()), scene.now)?;
    store::update(tx, proposal)?;
    if let Some(person) = amendment.author_id {
        let by = Actor {
            handle: amendment.author.clone(),
            name: amendment.author_name.clone(),
            ..Actor::visitor(civic::Language::default())
        };
        store::add_author(tx, &amendment.proposal, &author(&by, person, AuthorPart::Amender), scene.now)?;
    }
    Ok(())
}
