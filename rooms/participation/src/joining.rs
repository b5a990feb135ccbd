//! The small views by which other rooms meet this one: its subjects in a line, what a process offers, when nobody comments.

use crate::{
    decide::Scene,
    model::{PROCESS, PROPOSAL, PhaseAct, Process, Proposal, Standing, StateWord},
    moderated,
    store::{self, Filter, Order},
};
use civic::{Language, Money, OrganisationId, PersonId, Subject};
use database::{DbError, Tx};
use web::{
    Refusal, Town,
    manifest::{Brief, Offer},
};

/// Characters of a proposal that an offer carries as its summary.
const SUMMARY_LIMIT: usize = 400;
/// Proposals one process offers.
const OFFERS_LIMIT: u32 = 1_000;

/// Public processes and proposals in a line each.
pub(crate) fn briefs(
    town: &Town,
    tx: &mut Tx<'_>,
    subjects: &[Subject],
    language: Language,
) -> Result<Vec<Brief>, DbError> {
    let t = town.words().of(language);
    let mut found = Vec::new();
    for subject in subjects {
        if subject.kind == PROPOSAL.0 {
            let proposal = moderated::public(tx, &subject.id)?;
            found.extend(proposal.map(|one| Brief {
                subject: subject.clone(),
                title: one.headline().to_owned(),
                state: Some(t.say(one.state.word().key()).to_owned()),
                at: one.updated_at,
            }));
        }
        if subject.kind == PROCESS.0 {
            let Some(process) = store::published(tx, &subject.id)? else { continue };
            let standing = process.standing(town.now(), store::waiting(tx, &process, town.now())?);
            found.push(Brief {
                subject: subject.clone(),
                title: process.definition.title.in_language(language).to_owned(),
                state: Some(t.say(standing_key(standing)).to_owned()),
                at: process.updated_at,
            });
        }
    }
    Ok(found)
}

/// The agency that last answered a proposal.
pub(crate) fn answers_for(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<OrganisationId>, DbError> {
    if subject.kind != PROPOSAL.0 {
        return Ok(None);
    }
    let Some(newest) = store::evaluations_of(tx, &subject.id)?.into_iter().next() else { return Ok(None) };
    Ok(people::organisations::by_code(tx, &newest.organisation)?.map(|one| one.id))
}

/// The Fluent key of where a process stands.
pub(crate) fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Coming => "process-coming",
        Standing::Open(_) | Standing::Held(_) => "process-open",
        Standing::Between(_) => "process-between",
        Standing::Over => "process-over",
    }
}

/// What a process offers to be taken on, as to a budget vote: its proposals found feasible, the most supported first; nothing
/// while one that must be answered is not.
pub(crate) fn offers(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
    if subject.kind != PROCESS.0 {
        return Ok(None);
    }
    let Some(process) = store::published(tx, &subject.id)? else { return Ok(None) };
    if store::waiting(tx, &process, town.now())? > 0 {
        return Ok(Some(Vec::new()));
    }
    let filter = Filter {
        process: Some(process.code),
        state: Some(StateWord::Feasible.as_str().to_owned()),
        ..Filter::default()
    };
    let found = store::page_of(tx, &filter, Order::Supported, None, OFFERS_LIMIT)?;
    Ok(Some(found.items.into_iter().map(|proposal| offer(town, proposal)).collect()))
}

fn offer(town: &Town, proposal: Proposal) -> Offer {
    let currency = town.settings().currency;
    Offer {
        subject: proposal.subject(),
        title: proposal.headline().to_owned(),
        summary: commons::markdown::plain(&proposal.text).chars().take(SUMMARY_LIMIT).collect(),
        cost: proposal.estimate_cents.map(|amount_cents| Money { amount_cents, currency }),
        district: proposal.district,
        place: proposal.place,
        organisation: None,
        due_on: None,
    }
}

/// Whether a person proposed one of these, writes it with others, or supports it.
pub(crate) fn asked(tx: &mut Tx<'_>, subjects: &[Subject], person: PersonId) -> Result<bool, DbError> {
    for subject in subjects.iter().filter(|subject| subject.kind == PROPOSAL.0) {
        if store::is_supporter(tx, &subject.id, Some(person))? || store::decides(tx, &subject.id, Some(person))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Nobody comments on a proposal while its process does not discuss. Processes themselves take no comments.
pub(crate) fn quiet(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Refusal>, DbError> {
    if subject.kind == PROCESS.0 {
        return Ok(Some(Refusal::conflict("phase-not-discuss")));
    }
    if subject.kind != PROPOSAL.0 {
        return Ok(None);
    }
    let Some(proposal) = moderated::public(tx, &subject.id)? else { return Ok(None) };
    let Some(process) = store::published(tx, &proposal.process)? else { return Ok(None) };
    Ok(scene(town, tx, process)?.must_allow(PhaseAct::Discuss).err())
}

/// A process with what its phases depend on, at the town's present moment: called inside the transaction, so that a close
/// holds whatever waited before it.
pub(crate) fn scene(town: &Town, tx: &mut Tx<'_>, process: Process) -> Result<Scene, DbError> {
    let now = town.now();
    Ok(Scene { waiting: store::waiting(tx, &process, now)?, process, now })
}
