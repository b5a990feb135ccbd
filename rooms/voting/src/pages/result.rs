//! The result, explained: what won and why, what did not and what more it would have needed, and what other rules would give.

mod areas;
mod budget;
mod poll;
mod reasons;

use super::public_vote;
use crate::{
    count,
    model::{State as Stands, Vote},
    rule::Rule,
    store::{self, Kept},
};
use axum::extract::State;
use database::DbError;
use web::{Answer, Frame, Refusal, Stop, Town, Visit, answer::page, parts::Crumb, visit::Path};

/// What was voted on, with how it fared.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cost: String,
    pub(super) votes: String,
    /// Hundredths of the longest bar.
    pub(super) bar: i64,
    pub(super) won: bool,
    pub(super) why: String,
    /// The page that tells what led to it and what came of it; empty where nothing can have.
    pub(super) thread: String,
}

/// Another rule in the table of “what if”.
pub(super) struct What {
    pub(super) rule: String,
    pub(super) is_ours: bool,
    pub(super) spent: String,
    pub(super) with_nothing: String,
    pub(super) average: String,
    /// For each line, whether it would win.
    pub(super) wins: Vec<bool>,
}

/// The body of the page.
#[derive(Default)]
pub(super) struct Body {
    pub(super) lead: String,
    pub(super) picture: String,
    pub(super) key: String,
    pub(super) lines: Vec<Line>,
    pub(super) what_if: Vec<What>,
    /// What the plainest other rule would have meant, in a sentence; empty where this is the plainest.
    pub(super) compare: String,
    pub(super) rounds: Vec<Vec<String>>,
    pub(super) steps: Vec<String>,
    pub(super) by_order: bool,
    pub(super) command: String,
}

#[derive(askama::Template)]
#[template(path = "results.html")]
struct ResultsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    origin: Option<String>,
    is_budget: bool,
    rule: String,
    body: Body,
    /// Why fewer ballots are counted than were cast, by channel.
    not_counted: Vec<String>,
    /// The area, where a budget has several.
    area: String,
    file: String,
    outcome: String,
    recount: String,
    outcome_sha256: String,
    ballots_sha256: String,
    counted: String,
}

/// GET /votes/{code}/results
pub async fn results(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = public_vote(&town, &code).await?;
    match vote.state {
        Stands::Decided => {}
        Stands::Undecided { .. } => return Err(Refusal::conflict("vote-undecided").into()),
        _ => return Err(Stop::NotFound),
    }
    let asked = vote.code.as_str().to_owned();
    let kept =
        town.db().read(move |tx| store::result_of(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    let kept = kept.ok_or(Stop::NotFound)?;
    let body = match vote.definition.rule {
        Rule::Budget(_) if vote.definition.areas.is_some() => return areas::page_of(&town, &visit, &vote, kept).await,
        Rule::Budget(_) => budget::body(&visit, &vote, &kept)?,
        Rule::Poll(_) => poll::body(&visit, &vote, &kept)?,
    };
    let base = format!("/votes/{}", vote.code);
    let file = format!("{base}/ballots.{}", count::extension(&vote.definition));
    let at = At { area: String::new(), file, outcome: format!("{base}/outcome.json") };
    html(&town, &visit, &vote, kept, body, at)
}

/// The result of one area, as that of a vote on its sum and its projects; `vote` has its definition.
pub(super) fn of_area(town: &Town, visit: &Visit, vote: &Vote, area: &str, kept: Kept) -> Answer {
    let base = format!("/votes/{}/areas/{area}", vote.code);
    let at = At {
        area: super::area::name(town, area, &visit.t),
        file: format!("{base}/ballots.pb"),
        outcome: format!("{base}/outcome.json"),
    };
    let body = budget::body(visit, vote, &kept)?;
    html(town, visit, vote, kept, body, at)
}

/// Of what a result is, and where its files are.
struct At {
    area: String,
    file: String,
    outcome: String,
}

fn html(town: &Town, visit: &Visit, vote: &Vote, kept: Kept, body: Body, at: At) -> Answer {
    let t = &visit.t;
    let recount =
        if vote.is_budget() { format!("/recount?ballots={}&outcome={}", at.file, at.outcome) } else { String::new() };
    let mut crumbs = super::crumbs(visit, Some(vote), t.say("results-title"));
    if let Some(last) = crumbs.last_mut().filter(|_| !at.area.is_empty()) {
        last.href = format!("/votes/{}/results", vote.code);
        crumbs.push(Crumb { href: String::new(), label: at.area.clone() });
    }
    page(&ResultsPage {
        frame: Frame::new(town, visit, t.say("results-title")).describe(body.lead.clone()),
        crumbs,
        code: vote.code.to_string(),
        title: vote.definition.title.in_language(t.language()).to_owned(),
        origin: super::list::origin_words(visit, vote),
        is_budget: vote.is_budget(),
        rule: super::show::rule_words(vote.definition.rule, t),
        body,
        not_counted: crate::views::not_counted(vote, t),
        area: at.area,
        file: at.file,
        outcome: at.outcome,
        recount,
        counted: visit.date_time(kept.counted_at),
        outcome_sha256: kept.outcome_sha256,
        ballots_sha256: kept.ballots_sha256,
    })
}

/// A figure in hundredths of the largest, for bars.
pub(super) fn hundredths(value: f64, most: f64) -> i64 {
    if most > 0.0 { (value / most * 100.0).round() as i64 } else { 0 }
}
