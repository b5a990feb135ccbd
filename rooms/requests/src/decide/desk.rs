//! An officer answers.

use super::{Change, PlaceChange, text_within, waiting, words_required};
use crate::model::{ADDRESS_LIMIT, ANSWER_LIMIT, DESCRIPTION_LIMIT, ServiceRequest, State};
use civic::{Moment, OrganisationId, PersonId, Place};
use web::Refusal;

/// What an officer does with a request.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskAct {
    /// Takes it.
    Take,
    /// Gives it to a colleague.
    Assign {
        /// Whom.
        officer: PersonId,
        /// What they are called.
        officer_name: String,
    },
    /// Passes it to another agency.
    Pass {
        /// Which.
        organisation: OrganisationId,
        /// Its public code.
        organisation_code: String,
        /// Whether the program had suggested it.
        suggested: bool,
    },
    /// Answers in public.
    Answer {
        /// The words.
        text: String,
    },
    /// Writes down something for colleagues only.
    Note {
        /// The words.
        text: String,
    },
    /// Corrects the category.
    Recategorise {
        /// The new one.
        category: String,
        /// The agency that answers for it.
        organisation: OrganisationId,
        /// Whether the program had suggested it.
        suggested: bool,
    },
    /// Corrects the place.
    Relocate {
        /// The pin.
        place: Option<Place>,
        /// The place in words.
        address: String,
    },
    /// Blackens what must not be public in the reporter's words; the desk keeps the original.
    Redact {
        /// The words as everybody may read them.
        description: String,
    },
    /// Promises a later end.
    Extend {
        /// By when.
        until: Option<Moment>,
        /// Why.
        reason: String,
    },
    /// Asks the reporter something; the clock stands still until they answer, where they can be reached.
    Ask {
        /// The question.
        text: String,
    },
    /// Goes on without the reporter's answer.
    GoOn {
        /// Why; may be empty.
        text: String,
    },
    /// Puts an end to it: it was put right.
    Resolve {
        /// What was done.
        what_was_done: String,
    },
    /// Puts an end to it: it will not be done.
    Decline {
        /// Why not.
        reason: String,
    },
    /// Opens it again.
    Reopen {
        /// Why.
        reason: String,
    },
}

/// What the decision needs to know.
pub struct DeskFacts<'f> {
    /// The request as it is now.
    pub request: &'f ServiceRequest,
    /// Who acts; a program has no account.
    pub officer: Option<PersonId>,
    /// What they are called at the desk.
    pub officer_name: &'f str,
    /// The district of a new place; `Err` with the distance in metres when it is outside the town.
    pub district: Result<Option<String>, i64>,
    /// By when the agency would promise an end: from now when it is opened again, from the report when its category changes or another agency
    /// gets it.
    pub promised: Option<Moment>,
    /// By when an end is promised when the clock runs again now.
    pub after_waiting: Option<Moment>,
    /// Whether the reporter can be reached.
    pub reachable: bool,
    /// The clock's now.
    pub now: Moment,
}

/// How far away a promised end may be moved, in seconds: two years.
const EXTENSION_LIMIT_SECONDS: i64 = 2 * 366 * 86_400;

/// Decides what an officer's act changes.
///
/// # Errors
/// A refusal that says what stands against it.
pub fn decide_at_desk(facts: &DeskFacts<'_>, act: DeskAct) -> Result<Change, Refusal> {
    let change = decide_act(facts, act)?;
    let over = waiting::is_over(change.state.as_ref());
    Ok(if over { waiting::run_again(facts.request, change, facts.after_waiting) } else { change })
}

fn decide_act(facts: &DeskFacts<'_>, act: DeskAct) -> Result<Change, Refusal> {
    let request = facts.request;
    match act {
        DeskAct::Take => {
            let officer = facts.officer.ok_or_else(|| Refusal::new("take-needs-account"))?;
            assigned(request, officer, facts.officer_name.to_owned(), facts.now)
        }
        DeskAct::Assign { officer, officer_name } => assigned(request, officer, officer_name, facts.now),
        DeskAct::Pass { organisation, organisation_code, suggested } => {
            Ok(pass(facts, organisation, organisation_code)?.marked(suggested))
        }
        DeskAct::Answer { text } => {
            Ok(Change::saying("request.answered").with_body(words_required(&text, "text", ANSWER_LIMIT)?))
        }
        DeskAct::Note { text } => {
            let mut change = Change::saying("request.noted").with_body(words_required(&text, "text", ANSWER_LIMIT)?);
            change.internal = true;
            Ok(change)
        }
        DeskAct::Recategorise { category, organisation, suggested } => {
            let change = recategorise(request, category, organisation)?.marked(suggested);
            Ok(waiting::promise(request, change, facts.promised))
        }
        DeskAct::Relocate { place, address } => relocate(facts, place, &address),
        DeskAct::Redact { description } => redact(request, &description),
        DeskAct::Extend { until, reason } => extend(facts, until, &reason),
        DeskAct::Ask { text } => waiting::ask(request, &text, facts.reachable, facts.now),
        DeskAct::GoOn { text } => waiting::go_on(request, &text, facts.after_waiting),
        DeskAct::Resolve { what_was_done } => {
            must_be_open(request)?;
            let words = words_required(&what_was_done, "text", ANSWER_LIMIT)?;
            let state = State::Resolved { at: facts.now, what_was_done: words.clone() };
            Ok(Change::saying("request.resolved").with_body(words).into_state(state))
        }
        DeskAct::Decline { reason } => {
            must_be_open(request)?;
            let words = words_required(&reason, "text", ANSWER_LIMIT)?;
            let state = State::Declined { at: facts.now, reason: words.clone() };
            Ok(Change::saying("request.declined").with_body(words).into_state(state))
        }
        DeskAct::Reopen { reason } => {
            if request.state.is_open() {
                return Err(Refusal::conflict("already-open"));
            }
            if request.state.duplicate_of().is_some() {
                return Err(Refusal::conflict("reopen-merged"));
            }
            let words = words_required(&reason, "text", ANSWER_LIMIT)?;
            let mut change = Change::saying("request.reopened").with_body(words).into_state(State::Received);
            change.due = Some(facts.promised);
            Ok(change)
        }
    }
}

fn assigned(request: &ServiceRequest, officer: PersonId, officer_name: String, now: Moment) -> Result<Change, Refusal> {
    must_be_open(request)?;
    if matches!(&request.state, State::Assigned { officer: present, .. } if *present == officer) {
        return Err(Refusal::conflict("already-assigned"));
    }
    Ok(Change::saying("request.assigned").into_state(State::Assigned { officer, officer_name, since: now }))
}

/// The resident was promised an end, and another agency takes nothing of that back: its own promise counts from the report where it is later, and
/// is then seen to be a later one.
fn pass(facts: &DeskFacts<'_>, organisation: OrganisationId, code: String) -> Result<Change, Refusal> {
    let request = facts.request;
    must_be_open(request)?;
    if request.organisation == organisation {
        return Err(Refusal::conflict("already-there").at("organisation"));
    }
    let mut change = Change::saying("request.passed").into_state(State::Received);
    change.detail.insert("organisation", code);
    change.organisation = Some(organisation);
    match (facts.promised, request.promised_by()) {
        (Some(theirs), standing) if standing.is_none_or(|standing| theirs > standing) => {
            change.detail.insert("due", theirs.rfc3339());
            Ok(waiting::promise(request, change, Some(theirs)))
        }
        _ => Ok(change),
    }
}

fn recategorise(request: &ServiceRequest, category: String, organisation: OrganisationId) -> Result<Change, Refusal> {
    must_be_open(request)?;
    if request.category == category {
        return Err(Refusal::conflict("same-category").at("category"));
    }
    let mut change = Change::saying("request.recategorised");
    change.detail.insert("from_category", request.category.clone());
    change.detail.insert("category", category.clone());
    change.category = Some(category);
    if organisation != request.organisation {
        change.organisation = Some(organisation);
        change = change.into_state(State::Received);
    }
    Ok(change)
}

fn redact(request: &ServiceRequest, description: &str) -> Result<Change, Refusal> {
    let description = text_within(description, "description", DESCRIPTION_LIMIT)?;
    if description == request.description {
        return Err(Refusal::new("same-words").at("description"));
    }
    let mut change = Change::saying("request.redacted");
    change.description = Some(description);
    Ok(change)
}

fn extend(facts: &DeskFacts<'_>, until: Option<Moment>, reason: &str) -> Result<Change, Refusal> {
    must_be_open(facts.request)?;
    let until = until.ok_or_else(|| Refusal::new("day-unreadable").at("until"))?;
    if until <= facts.now || facts.request.promised_by().is_some_and(|due| until <= due) {
        return Err(Refusal::new("extend-later").at("until"));
    }
    if until.seconds_since(facts.now) > EXTENSION_LIMIT_SECONDS {
        return Err(Refusal::new("extend-far").at("until"));
    }
    let mut change = Change::saying("request.extended").with_body(words_required(reason, "text", ANSWER_LIMIT)?);
    change.detail.insert("due", until.rfc3339());
    Ok(waiting::promise(facts.request, change, Some(until)))
}

fn relocate(facts: &DeskFacts<'_>, place: Option<Place>, address: &str) -> Result<Change, Refusal> {
    must_be_open(facts.request)?;
    let address = text_within(address, "address", ADDRESS_LIMIT)?;
    if place.is_none() && address.is_empty() {
        return Err(Refusal::new("place-missing").at("lat"));
    }
    let district = facts
        .district
        .clone()
        .map_err(|distance_m| Refusal::new("outside-boundary").at("lat").with("distance_m", distance_m))?;
    let mut change = Change::saying("request.relocated");
    change.detail.insert("district", district.clone().unwrap_or_default());
    change.place = Some(PlaceChange { place, address, district });
    Ok(change)
}

fn must_be_open(request: &ServiceRequest) -> Result<(), Refusal> {
    if request.state.is_open() { Ok(()) } else { Err(Refusal::conflict("already-closed")) }
}
