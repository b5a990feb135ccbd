//! The result of a budget in parts: what each area funds, and where each is explained.

use crate::{
    count::BudgetOutcome,
    model::Vote,
    pages::area,
    store::{self, Area, Kept},
    views,
};
use database::DbError;
use web::{Answer, Frame, Stop, Town, Visit, answer::page, dates, parts::Crumb};

/// One area in the table.
struct Line {
    area: String,
    name: String,
    budget: String,
    spent: String,
    ballots: String,
    /// What is funded.
    won: Vec<String>,
    /// How many projects there were.
    of: String,
    /// Why there is no result, in English; empty where there is one.
    why: String,
}

#[derive(askama::Template)]
#[template(path = "results_areas.html")]
struct AreasPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    origin: Option<String>,
    rule: String,
    lead: String,
    not_counted: Vec<String>,
    lines: Vec<Line>,
    counted: String,
    outcome_sha256: String,
    ballots_sha256: String,
}

pub(super) async fn page_of(town: &Town, visit: &Visit, vote: &Vote, kept: Kept) -> Answer {
    let asked = vote.code.as_str().to_owned();
    let found = town.db().read(move |tx| store::area_results(tx, &asked)).await;
    let found: Vec<Area> = found.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let lines = found.iter().map(|one| line(town, visit, vote, one)).collect::<Result<Vec<_>, Stop>>()?;
    let won: usize = lines.iter().map(|line| line.won.len()).sum();
    let definition = &vote.definition;
    let money = |cents: i64| views::money(cents, definition, t.language());
    let spent: i64 = found.iter().map(|one| spent_in(vote, one)).sum();
    let lead = t.with(
        "results-lead-budget",
        &[
            ("count", won.into()),
            ("all", definition.options.len().into()),
            ("spent", money(spent).into()),
            ("budget", money(definition.budget_cents()).into()),
            ("ballots", vote.counted().into()),
            ("voters", dates::number(vote.counted(), t.language()).into()),
        ],
    );
    page(&AreasPage {
        frame: Frame::new(town, visit, t.say("results-title")).describe(lead.clone()),
        crumbs: super::super::crumbs(visit, Some(vote), t.say("results-title")),
        code: vote.code.to_string(),
        title: definition.title.in_language(t.language()).to_owned(),
        origin: super::super::list::origin_words(visit, vote),
        rule: super::super::show::rule_words(definition.rule, t),
        lead,
        not_counted: views::not_counted(vote, t),
        lines,
        counted: visit.date_time(kept.counted_at),
        outcome_sha256: kept.outcome_sha256,
        ballots_sha256: kept.ballots_sha256,
    })
}

fn selected(one: &Area) -> Option<BudgetOutcome> {
    serde_json::from_str(&one.kept.outcome).ok()
}

fn spent_in(vote: &Vote, one: &Area) -> i64 {
    let definition = &vote.definition;
    let cost = |id: &String| definition.find(id).map_or(0, |at| definition.options[at].cost_cents);
    selected(one).iter().flat_map(|outcome| &outcome.selected).map(cost).sum()
}

fn line(town: &Town, visit: &Visit, vote: &Vote, one: &Area) -> Result<Line, Stop> {
    let t = &visit.t;
    let here = vote.definition.in_area(&one.area).ok_or_else(|| Stop::fault("an area that the vote does not have"))?;
    let money = |cents: i64| views::money(cents, &here, t.language());
    let outcome = selected(one);
    let title = |id: &String| {
        let at = here.find(id)?;
        Some(here.options[at].title.in_language(t.language()).to_owned())
    };
    let ballots = outcome.as_ref().and_then(|outcome| outcome.statistics["voters"].as_i64()).unwrap_or(0);
    Ok(Line {
        area: one.area.clone(),
        name: area::name(town, &one.area, t),
        budget: money(here.budget_cents()),
        spent: money(spent_in(vote, one)),
        ballots: dates::number(ballots, t.language()),
        won: outcome.iter().flat_map(|outcome| &outcome.selected).filter_map(title).collect(),
        of: dates::number(here.options.len() as i64, t.language()),
        why: one.why.clone(),
    })
}
