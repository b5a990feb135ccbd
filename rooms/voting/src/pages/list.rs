//! All votes.

use super::LIST_TWINS;
use crate::{
    model::{Phase, Vote},
    store,
    views::{self, VoteRow},
};
use askama::Template as _;
use axum::extract::State;
use database::{Cursor, DbError, Page};
use futures_util::future::BoxFuture;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    manifest::Html,
    paging,
    table::csv_answer,
    visit::Query,
};

/// Votes on the front page.
const FRONT_LIMIT: u32 = 3;

/// Where the page begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
    limit: String,
}

/// A page of votes, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// The votes.
    pub votes: Vec<VoteRow>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

struct Line {
    row: VoteRow,
    day: String,
    kind: String,
    phase: String,
    chip: &'static str,
    origin: Option<String>,
    amount: String,
}

#[derive(askama::Template)]
#[template(path = "votes.html")]
struct VotesPage {
    frame: Frame,
    lines: Vec<Line>,
    first: &'static str,
    next: String,
    may_keep: bool,
}

/// GET /votes
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let begun = after.is_some();
    let found = town.db().read(move |tx| store::page_of(tx, false, after.as_ref(), limit)).await;
    let found: Page<Vote> = found.map_err(|error: DbError| Stop::from(error))?;
    let language = visit.t.language();
    let rows: Vec<VoteRow> = found.items.iter().map(|vote| views::row(vote, language, visit.at)).collect();
    let next = found.next.as_ref().map(Cursor::encode);
    match visit.wants {
        Wants::Csv => csv(rows),
        Wants::Rss => Ok(rss(&town, &visit, &found.items)),
        Wants::Json | Wants::GeoJson => json(&ListView { votes: rows, next }),
        Wants::Html => page(&VotesPage {
            frame: Frame::new(&town, &visit, visit.t.say("votes-title"))
                .describe(visit.t.say("votes-lead"))
                .twins(&visit, LIST_TWINS),
            lines: found.items.iter().map(|vote| line(&visit, vote)).collect(),
            may_keep: visit.actor.may(&crate::acts::KEEP),
            first: if begun { "/votes" } else { "" },
            next: next.map(|next| format!("/votes?after={next}")).unwrap_or_default(),
        }),
    }
}

#[derive(askama::Template)]
#[template(path = "front.html")]
struct Panel {
    t: Sayings,
    lines: Vec<Line>,
}

/// The panel on the front page: the votes that close last. Nothing where there is none.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<Html, DbError>> {
    Box::pin(async move {
        let found = town.db().read(move |tx| store::page_of(tx, false, None, FRONT_LIMIT)).await?;
        if found.items.is_empty() {
            return Ok(Html::new());
        }
        let panel = Panel { lines: found.items.iter().map(|vote| line(&visit, vote)).collect(), t: visit.t.clone() };
        panel.render().map_err(|error| DbError::Other(error.to_string()))
    })
}

fn line(visit: &Visit, vote: &Vote) -> Line {
    let t = &visit.t;
    let row = views::row(vote, t.language(), visit.at);
    let phase = crate::decide::phase(vote, visit.at);
    let (at, key) = match phase {
        Phase::Announced => (vote.definition.opens_at, "votes-opens"),
        Phase::Open => (vote.definition.closes_at, "votes-closes"),
        _ => (vote.definition.closes_at, "votes-closed"),
    };
    Line {
        day: t.with1(key, "date", visit.date(at)),
        kind: t.say(if vote.is_budget() { "kind-budget" } else { "kind-poll" }).to_owned(),
        phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
        chip: chip(phase),
        origin: origin_words(visit, vote),
        amount: if vote.is_budget() {
            views::money(vote.definition.budget_cents(), &vote.definition, t.language())
        } else {
            String::new()
        },
        row,
    }
}

/// What a reader must know of ballots that nobody cast here.
pub(super) fn origin_words(visit: &Visit, vote: &Vote) -> Option<String> {
    (vote.origin != crate::model::Origin::Held)
        .then(|| visit.t.say(&format!("origin-{}", vote.origin.word())).to_owned())
}

/// The colour of a phase's chip.
pub(super) fn chip(phase: Phase) -> &'static str {
    match phase {
        Phase::Open => "g",
        Phase::Announced | Phase::Counting => "y",
        Phase::Decided => "p",
        Phase::Undecided | Phase::Withdrawn => "r",
        Phase::Draft => "k",
    }
}

fn csv(rows: Vec<VoteRow>) -> Answer {
    let header = ["code", "title", "kind", "phase", "opens_at", "closes_at", "origin", "url"];
    csv_answer(
        &header,
        rows.into_iter().map(|row| {
            let VoteRow { code, title, kind, phase, opens_at, closes_at, origin, url } = row;
            [code, title, kind.to_owned(), phase.to_owned(), opens_at, closes_at, origin.to_owned(), url]
        }),
    )
}

fn rss(town: &Town, visit: &Visit, votes: &[Vote]) -> axum::response::Response {
    let items: Vec<Item> = votes
        .iter()
        .map(|vote| {
            let line = line(visit, vote);
            let link = town.url(&line.row.url);
            Item {
                title: line.row.title,
                id: format!("{link}#{}", line.row.phase),
                link,
                description: format!("{} · {}", line.phase, line.day),
                at: vote.state_at,
            }
        })
        .collect();
    let t = &visit.t;
    rss_answer(t.say("votes-title"), &town.url("/votes"), t.say("votes-lead"), t.language().tag(), &items)
}
