//! The result, explained: what won and why, what did not and what more it would have needed, and what other rules would give.

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
    file: String,
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
        Rule::Budget(_) => budget::body(&visit, &vote, &kept)?,
        Rule::Poll(_) => poll::body(&visit, &vote, &kept)?,
    };
    html(&town, &visit, &vote, kept, body)
}

fn html(town: &Town, visit: &Visit, vote: &Vote, kept: Kept, body: Body) -> Answer {
    let t = &visit.t;
    let base = format!("/votes/{}", vote.code);
    let file = format!("{base}/ballots.{}", count::extension(&vote.definition));
    let recount =
        if vote.is_budget() { format!("/recount?ballots={file}&outcome={base}/outcome.json") } else { String::new() };
    page(&ResultsPage {
        frame: Frame::new(town, visit, t.say("results-title")).describe(body.lead.clone()),
        crumbs: super::crumbs(visit, Some(vote), t.say("results-title")),
        code: vote.code.to_string(),
        title: vote.definition.title.in_language(t.language()).to_owned(),
        origin: super::list::origin_words(visit, vote),
        is_budget: vote.is_budget(),
        rule: super::show::rule_words(vote.definition.rule, t),
        body,
        file,
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
