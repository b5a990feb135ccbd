//! Words and photos that are not public until the desk has published them.
//!
//! A category may say so. They are moved aside in the transaction that brings them, as moderation does it, so that no page, list,
//! feed, standard or search can show them. Category, place and state are public at once.

use crate::{
    model::{HistoryStep, ServiceRequest},
    moderated::{HELD, REQUESTS, STEPS, step_subject},
    room::Books,
    store,
};
use civic::{Chance, Moment, Subject};
use commons::moderation::desk::{self, DeskPart};
use database::{DbError, Tx};
use web::moderated::{Moderated, Part};

/// How the name of what somebody said later begins, before the id of its step.
const SAID: &str = "said:";
/// The steps in which residents say something.
const SPOKEN: [&str; 3] = ["request.reopened", "request.replied", "request.disputed"];

/// Something of a report that the desk has not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unpublished {
    /// What it is called in forms: the name of a part, or `said:` and the id of a step.
    pub name: String,
    /// The step in which it was said; `None` for the report itself.
    pub step: Option<String>,
    /// What it is.
    pub part: DeskPart,
    subject: Subject,
}

impl Unpublished {
    /// Whether it is a text, which may be published in other words.
    pub fn is_text(&self) -> bool {
        self.step.is_some() || self.part.name == "description"
    }

    fn moderated(&self) -> Moderated {
        if self.step.is_some() { STEPS } else { REQUESTS }
    }

    /// Makes it public, as it is or in other words.
    pub fn publish(&self, tx: &mut Tx<'_>, words: Option<&str>) -> Result<(), DbError> {
        desk::give_back(tx, self.moderated(), &self.subject, &self.part.name, words)
    }

    /// Lets it wait, or leaves it out.
    pub fn set_waiting(&self, tx: &mut Tx<'_>, waits: bool) -> Result<(), DbError> {
        desk::set_waiting(tx, &self.subject, &self.part.name, waits)
    }

    /// Puts the words of its author back in its place.
    pub fn rewrite(&self, tx: &mut Tx<'_>, words: &str) -> Result<(), DbError> {
        desk::rewrite(tx, &self.subject, &self.part.name, words)
    }
}

impl Books {
    /// Whether words and photos of a category wait for the desk.
    pub(crate) fn desk_publishes(&self, category: &str) -> bool {
        self.categories().get(category).is_some_and(|category| category.definition.rules.desk_publishes)
    }
}

/// Whether a part of a report waits in a category that says so. The place does not: what is broken is still broken.
fn waits(part: &Part) -> bool {
    part.name.starts_with("photo:") || HELD.contains(&part.name.as_str())
}

/// Moves the words and photos of a report aside, and says whether there were any.
pub(crate) fn hold_report(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let held = desk::hold(tx, REQUESTS, &request.subject(), waits, now, chance)?;
    if held {
        store::wait_for_desk(tx, request.id, now)?;
    }
    Ok(held)
}

/// The same for what a resident said in a step.
pub(crate) fn hold_said(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    step: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let held = desk::hold(tx, STEPS, &step_subject(step), |_| true, now, chance)?;
    if held {
        store::wait_for_desk(tx, request.id, now)?;
    }
    Ok(held)
}

/// What is not published of a report and of what residents said later.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    steps: &[HistoryStep],
) -> Result<Vec<Unpublished>, DbError> {
    let subject = request.subject();
    let mut found: Vec<Unpublished> = Vec::new();
    for part in desk::parts(tx, &subject)? {
        found.push(Unpublished { name: part.name.clone(), step: None, part, subject: subject.clone() });
    }
    let ids: Vec<&str> = spoken(steps).map(|step| step.id.as_str()).collect();
    let mut said = desk::parts_of_each(tx, crate::model::STEP.0, &ids)?;
    for id in ids {
        for part in said.remove(id).unwrap_or_default() {
            let (name, step) = (format!("{SAID}{id}"), Some(id.to_owned()));
            found.push(Unpublished { name, step, part, subject: step_subject(id) });
        }
    }
    Ok(found)
}

/// The names of what is public of a report and of what residents said later, and could be held back.
pub(crate) fn public(tx: &mut Tx<'_>, request: &ServiceRequest, steps: &[HistoryStep]) -> Result<Vec<String>, DbError> {
    let contents = (REQUESTS.read)(tx, request.code.as_str())?;
    let of_report = contents.into_iter().flat_map(|contents| contents.parts).filter(waits).map(|part| part.name);
    let said = spoken(steps).filter(|step| !step.body.is_empty()).map(|step| format!("{SAID}{}", step.id));
    Ok(of_report.chain(said).collect())
}

/// Holds one thing of this name back that is public.
pub(crate) fn hold_one(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    name: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    match name.strip_prefix(SAID) {
        Some(step) => desk::hold(tx, STEPS, &step_subject(step), |_| true, now, chance),
        None => desk::hold(tx, REQUESTS, &request.subject(), |part| part.name == name, now, chance),
    }
}

/// Notes whether anything of a report waits.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    steps: &[HistoryStep],
    now: Moment,
) -> Result<(), DbError> {
    if of(tx, request, steps)?.iter().any(|one| one.part.waits) {
        store::wait_for_desk(tx, request.id, now)
    } else {
        store::wait_no_more(tx, request.id)
    }
}

fn spoken(steps: &[HistoryStep]) -> impl Iterator<Item = &HistoryStep> {
    steps.iter().filter(|step| !step.internal && step.agency.is_empty() && SPOKEN.contains(&step.saying.as_str()))
}
