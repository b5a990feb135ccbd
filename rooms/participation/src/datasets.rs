//! What the town publishes of its processes: each of them, what was proposed in it and what was decided. No words of residents are in it.

use crate::{
    model::{Process, StateWord},
    store, views,
};
use civic::Moment;
use database::{DbError, Tx};
use people::organisations;
use std::collections::BTreeMap;
use web::{Town, manifest::OwnDataset};

/// Counts of people below this are not published: few are soon somebody.
const SMALL_COUNT: i64 = 5;

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[
    OwnDataset {
        name: "participation-processes",
        title: "own-processes-title",
        notes: "own-processes-notes",
        tags: &["participation", "processes"],
        themes: &["GOVE", "SOCI"],
        columns: &[
            ("process", "own-processes-process"),
            ("title", "own-processes-name"),
            ("template", "own-processes-template"),
            ("organisation", "own-processes-organisation"),
            ("standing", "own-processes-standing"),
            ("opens_at", "own-processes-opens"),
            ("closes_at", "own-processes-closes"),
            ("currency", "own-processes-currency"),
            ("budget_cents", "own-processes-budget"),
            ("proposals", "own-processes-proposals"),
            ("supports", "own-processes-supports"),
        ],
        rows: processes,
    },
    OwnDataset {
        name: "proposals",
        title: "own-proposals-title",
        notes: "own-proposals-notes",
        tags: &["participation", "proposals"],
        themes: &["GOVE", "SOCI"],
        columns: &[
            ("proposal", "own-proposals-proposal"),
            ("process", "own-processes-process"),
            ("state", "own-proposals-state"),
            ("state_at", "own-proposals-state-at"),
            ("category", "own-proposals-category"),
            ("district", "own-proposals-district"),
            ("submitted_at", "own-proposals-submitted"),
            ("reached_at", "own-proposals-reached"),
            ("answer_due_at", "own-proposals-due"),
            ("cost_cents", "own-proposals-cost"),
            ("estimate_cents", "own-proposals-estimate"),
            ("supports", "own-proposals-supports"),
            ("comments", "own-proposals-comments"),
            ("lat", "own-proposals-lat"),
            ("long", "own-proposals-long"),
        ],
        rows: proposals,
    },
    OwnDataset {
        name: "proposal-decisions",
        title: "own-decisions-title",
        notes: "own-decisions-notes",
        tags: &["participation", "decisions"],
        themes: &["GOVE"],
        columns: &[
            ("proposal", "own-proposals-proposal"),
            ("process", "own-processes-process"),
            ("at", "own-decisions-at"),
            ("verdict", "own-decisions-verdict"),
            ("cost_cents", "own-proposals-estimate"),
            ("days_from_submission", "own-decisions-days"),
            ("in_force", "own-decisions-in-force"),
        ],
        rows: decisions,
    },
];

fn processes(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let agencies: BTreeMap<_, _> = organisations::list(tx)?.into_iter().map(|one| (one.id, one.code)).collect();
    let counts = store::counts_of_processes(tx)?;
    for one in store::processes(tx, false)? {
        let waiting = store::waiting(tx, &one, town.now())?;
        let (proposals, supports) = counts.get(&one.code).copied().unwrap_or_default();
        let agency = one.organisation.and_then(|id| agencies.get(&id).cloned()).unwrap_or_default();
        take(vec![
            one.code.clone(),
            one.definition.title.in_language(language).to_owned(),
            one.template.word().to_owned(),
            agency,
            views::standing_word(one.standing(town.now(), waiting)).to_owned(),
            one.opens_at().rfc3339(),
            one.closes_at().rfc3339(),
            currency(town, &one),
            cents(one.definition.budget_cents),
            proposals.to_string(),
            people(supports),
        ]);
    }
    Ok(())
}

fn currency(town: &Town, one: &Process) -> String {
    one.definition.budget_cents.map(|_| town.settings().currency.to_string()).unwrap_or_default()
}

fn proposals(_: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    store::each_public(tx, &mut |one| {
        let moment = |at: Option<Moment>| at.map(Moment::rfc3339).unwrap_or_default();
        let degrees = |of: fn(civic::Place) -> f64| one.place.map(|at| format!("{:.3}", of(at))).unwrap_or_default();
        take(vec![
            one.code.to_string(),
            one.process.clone(),
            one.state.word().as_str().to_owned(),
            moment(one.state.at()),
            one.category.clone(),
            one.district.clone().unwrap_or_default(),
            moment(one.submitted_at),
            moment(one.reached_at),
            moment(one.answer_due_at.filter(|_| one.state.word() == StateWord::Open)),
            cents(one.cost_cents),
            cents(one.estimate_cents),
            people(one.supports),
            one.comments.to_string(),
            degrees(civic::Place::lat),
            degrees(civic::Place::long),
        ]);
    })
}

fn decisions(_: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    for one in store::decisions(tx)? {
        let days = one.at.seconds_since(one.submitted_at) / 86_400;
        take(vec![
            one.proposal,
            one.process,
            one.at.rfc3339(),
            one.verdict,
            cents(one.cost_cents),
            days.to_string(),
            one.is_last.to_string(),
        ]);
    }
    Ok(())
}

fn cents(cents: Option<i64>) -> String {
    cents.map(|cents| cents.to_string()).unwrap_or_default()
}

/// A count of people; nothing for 1 to 4.
fn people(count: i64) -> String {
    if count == 0 || count >= SMALL_COUNT { count.to_string() } else { String::new() }
}
