//! What the town publishes of its promises: each with its days and its money. The words are those of public bodies.

use crate::{model::Commitment, store};
use civic::Moment;
use database::{DbError, Tx};
use people::organisations;
use std::collections::BTreeMap;
use web::{Town, manifest::OwnDataset};

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[OwnDataset {
    name: "commitments",
    title: "own-commitments-title",
    notes: "own-commitments-notes",
    tags: &["promises", "spending", "accountability"],
    themes: &["GOVE", "ECON"],
    columns: &[
        ("code", "own-commitments-code"),
        ("title", "own-commitments-what"),
        ("organisation", "own-commitments-organisation"),
        ("district", "own-commitments-district"),
        ("state", "own-commitments-state"),
        ("promised_at", "own-commitments-promised"),
        ("due_at", "own-commitments-due"),
        ("closed_at", "own-commitments-closed"),
        ("days_late", "own-commitments-late"),
        ("currency", "own-commitments-currency"),
        ("budgeted_cents", "own-commitments-budgeted"),
        ("contracted_cents", "own-commitments-contracted"),
        ("paid_cents", "own-commitments-paid"),
        ("milestones", "own-commitments-milestones"),
        ("milestones_reached", "own-commitments-reached"),
        ("lat", "own-commitments-lat"),
        ("long", "own-commitments-long"),
    ],
    rows,
}];

fn rows(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let agencies: BTreeMap<_, _> = organisations::list(tx)?.into_iter().map(|one| (one.id, one.code)).collect();
    let milestones = store::milestone_counts(tx)?;
    let now = town.now();
    store::each(tx, &mut |one| {
        let (all, reached) = milestones.get(one.code.as_str()).copied().unwrap_or_default();
        let agency = agencies.get(&one.organisation).cloned().unwrap_or_default();
        let mut row = vec![one.code.to_string(), one.title.in_language(language).to_owned(), agency];
        row.extend(days(&one, now));
        row.extend(money(&one));
        row.extend([all.to_string(), reached.to_string()]);
        row.extend(place(&one));
        take(row);
    })
}

fn days(one: &Commitment, now: Moment) -> [String; 6] {
    let closed = one.state.closed_at();
    let late = closed.unwrap_or(now).seconds_since(one.due_at).div_euclid(86_400).max(0);
    [
        one.district.clone().unwrap_or_default(),
        one.standing(now).word().to_owned(),
        one.promised_at.rfc3339(),
        one.due_at.rfc3339(),
        closed.map(Moment::rfc3339).unwrap_or_default(),
        late.to_string(),
    ]
}

fn money(one: &Commitment) -> [String; 4] {
    let spending = &one.spending;
    let cents = |cents: Option<i64>| cents.map(|cents| cents.to_string()).unwrap_or_default();
    [
        spending.currency.to_string(),
        cents(spending.budgeted_cents),
        cents(spending.contracted_cents),
        cents(spending.paid_cents),
    ]
}

fn place(one: &Commitment) -> [String; 2] {
    let degrees = |of: fn(civic::Place) -> f64| one.place.map(|place| format!("{:.6}", of(place))).unwrap_or_default();
    [degrees(civic::Place::lat), degrees(civic::Place::long)]
}
