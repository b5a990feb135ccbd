//! What the town publishes of its votes: each of them, and how many ballots name what. Who voted is nowhere in it; ballots stand only in
//! the file that is published with the result, to which each vote leads.

use crate::{
    ballot::Choices,
    decide,
    model::{Definition, Phase, State, Vote},
    store, views,
};
use civic::{Language, Moment};
use database::{DbError, Tx};
use web::{Town, manifest::OwnDataset};

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[
    OwnDataset {
        name: "votes",
        title: "own-votes-title",
        notes: "own-votes-notes",
        tags: &["votes", "budgets", "polls"],
        themes: &["GOVE"],
        columns: &[
            ("vote", "own-votes-vote"),
            ("title", "own-votes-name"),
            ("phase", "own-votes-phase"),
            ("origin", "own-votes-origin"),
            ("opens_at", "own-votes-opens"),
            ("closes_at", "own-votes-closes"),
            ("voters", "own-votes-voters"),
            ("ballot", "own-votes-ballot"),
            ("currency", "own-votes-currency"),
            ("budget_cents", "own-votes-budget"),
            ("options", "own-votes-options"),
            ("voted", "own-votes-voted"),
            ("ballots_url", "own-votes-ballots-url"),
            ("ballots_sha256", "own-votes-ballots-sha256"),
            ("outcome_url", "own-votes-outcome-url"),
        ],
        rows: votes,
    },
    OwnDataset {
        name: "vote-results",
        title: "own-results-title",
        notes: "own-results-notes",
        tags: &["votes", "budgets", "results"],
        themes: &["GOVE", "ECON"],
        columns: &[
            ("vote", "own-votes-vote"),
            ("option", "own-results-option"),
            ("title", "own-results-name"),
            ("district", "own-results-district"),
            ("currency", "own-votes-currency"),
            ("cost_cents", "own-results-cost"),
            ("ballots", "own-results-ballots"),
            ("points", "own-results-points"),
            ("selected", "own-results-selected"),
        ],
        rows: results,
    },
];

fn language(town: &Town) -> Language {
    town.settings().languages.first().copied().unwrap_or_default()
}

fn votes(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let (language, now) = (language(town), town.now());
    for vote in store::public(tx)? {
        let kept = if is_counted(&vote) { store::result_of(tx, vote.code.as_str())? } else { None };
        let sha256 = kept.map(|kept| kept.ballots_sha256).unwrap_or_default();
        take(line(town, &vote, sha256, language, now));
    }
    Ok(())
}

fn is_counted(vote: &Vote) -> bool {
    matches!(vote.state, State::Decided | State::Undecided { .. })
}

fn line(town: &Town, vote: &Vote, sha256: String, language: Language, now: Moment) -> Vec<String> {
    let (definition, phase) = (&vote.definition, decide::phase(vote, now));
    let file = |name: String, there: bool| {
        if there { town.url(&format!("/votes/{}/{name}", vote.code)) } else { String::new() }
    };
    // While a vote is open, how many have voted is a matter of the moment, and stands on its page.
    let voted = if is_counted(vote) { views::voted(&vote.turnout).to_string() } else { String::new() };
    vec![
        vote.code.to_string(),
        definition.title.in_language(language).to_owned(),
        phase.word().to_owned(),
        vote.origin.word().to_owned(),
        definition.opens_at.rfc3339(),
        definition.closes_at.rfc3339(),
        definition.voters.word().to_owned(),
        definition.ballot.word().to_owned(),
        currency(definition),
        definition.budget.map(|budget| budget.cents.to_string()).unwrap_or_default(),
        definition.options.len().to_string(),
        voted,
        file(format!("ballots.{}", crate::count::extension(definition)), is_counted(vote)),
        sha256,
        file("outcome.json".to_owned(), phase == Phase::Decided),
    ]
}

fn currency(definition: &Definition) -> String {
    definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default()
}

fn results(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let language = language(town);
    for vote in store::public(tx)?.into_iter().filter(is_counted) {
        let vote = crate::hidden::cover(town, tx, vote)?;
        let definition = &vote.definition;
        let mut named = vec![(0_i64, 0_i64); definition.options.len()];
        store::each_ballot(tx, vote.code.as_str(), &mut |choices| count(&mut named, choices, definition))?;
        let selected = if vote.state == State::Decided { views::selected_of(tx, &vote)? } else { None };
        for (option, (ballots, points)) in definition.options.iter().zip(named) {
            let won = selected.as_ref().map(|selected| selected.contains(&option.id).to_string());
            take(vec![
                vote.code.to_string(),
                option.id.clone(),
                option.title.in_language(language).to_owned(),
                option.district.clone().unwrap_or_default(),
                currency(definition),
                definition.budget.map(|_| option.cost_cents.to_string()).unwrap_or_default(),
                ballots.to_string(),
                if definition.ballot.has_values() { points.to_string() } else { String::new() },
                won.unwrap_or_default(),
            ]);
        }
    }
    Ok(())
}

/// Adds what one ballot names.
fn count(named: &mut [(i64, i64)], choices: &str, definition: &Definition) {
    for (place, value) in Choices::read(choices, definition).unwrap_or_default().0 {
        if let Some((ballots, points)) = named.get_mut(place) {
            *ballots += 1;
            *points += i64::from(value);
        }
    }
}
