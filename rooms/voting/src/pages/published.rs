//! What is published of a vote that was counted: its ballots, their file, the outcome. Nothing before.

use super::{BALLOT_TWINS, public_vote};
use crate::{
    ballot::{Choices, Published, normal_code},
    count,
    model::{BallotKind, State as Stands, Vote},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::{Cursor, DbError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, see_other, text},
    paging,
    parts::Crumb,
    visit::{Path, Query},
};

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    receipt: String,
    after: String,
    limit: String,
}

/// A page of ballots, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BallotsView {
    /// The ballots, by receipt.
    pub ballots: Vec<BallotView>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// A published ballot.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BallotView {
    /// The code by which its voter finds it.
    pub receipt: String,
    /// Ids with commas between, the best first for rankings; with `:number` for points, scores and grades.
    pub choices: String,
}

struct Line {
    receipt: String,
    choices: String,
}

#[derive(askama::Template)]
#[template(path = "ballots.html")]
struct BallotsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    asked: String,
    not_found: bool,
    lines: Vec<Line>,
    file: String,
    first: String,
    next: String,
}

/// The vote, when its ballots are public.
async fn counted_vote(town: &Town, code: &str) -> Result<Vote, Stop> {
    let vote = public_vote(town, code).await?;
    match vote.state {
        Stands::Decided | Stands::Undecided { .. } => Ok(vote),
        _ => Err(Stop::NotFound),
    }
}

/// GET /votes/{code}/ballots
pub async fn ballots(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let vote = counted_vote(&town, &code).await?;
    if visit.wants == Wants::Csv {
        return csv(&town, &vote).await;
    }
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let (code, receipt) = (vote.code.as_str().to_owned(), asked.receipt.trim().to_owned());
    let found = town.db().read(move |tx| {
        if receipt.is_empty() {
            return store::ballots_after(tx, &code, after.as_ref(), limit);
        }
        let one = normal_code(&receipt).map(|receipt| store::ballot(tx, &code, &receipt)).transpose()?.flatten();
        Ok(database::Page { items: one.into_iter().collect(), next: None })
    });
    let found = found.await.map_err(|error: DbError| Stop::from(error))?;
    let next = found.next.as_ref().map(Cursor::encode);
    if visit.wants == Wants::Json {
        let view = |ballot: &Published| BallotView { receipt: ballot.receipt.clone(), choices: ballot.choices.clone() };
        return json(&BallotsView { ballots: found.items.iter().map(view).collect(), next });
    }
    let base = format!("/votes/{}/ballots", vote.code);
    let t = &visit.t;
    page(&BallotsPage {
        frame: Frame::new(&town, &visit, t.say("ballots-title")).twins(&visit, BALLOT_TWINS),
        crumbs: super::crumbs(&visit, Some(&vote), t.say("ballots-title")),
        code: vote.code.to_string(),
        not_found: !asked.receipt.is_empty() && found.items.is_empty(),
        lines: found.items.iter().map(|ballot| line(&visit, &vote, ballot)).collect(),
        file: format!("{base}.{}", count::extension(&vote.definition)),
        first: if asked.after.is_empty() { String::new() } else { base.clone() },
        next: next.map(|next| format!("{base}?after={next}")).unwrap_or_default(),
        asked: asked.receipt,
    })
}

fn line(visit: &Visit, vote: &Vote, ballot: &Published) -> Line {
    let t = &visit.t;
    let definition = &vote.definition;
    let choices = Choices::read(&ballot.choices, definition).unwrap_or_default();
    let shown = choices.0.iter().map(|(place, value)| {
        let title = definition.options[*place].title.in_language(t.language());
        match definition.ballot {
            BallotKind::Grades => format!("{title}: {}", t.say(&format!("grade-{value}"))),
            BallotKind::Ranking { .. } => format!("{value}. {title}"),
            kind if kind.has_values() => format!("{title}: {value}"),
            _ => title.to_owned(),
        }
    });
    Line { receipt: ballot.receipt.clone(), choices: shown.collect::<Vec<_>>().join(" · ") }
}

async fn csv(town: &Town, vote: &Vote) -> Answer {
    let code = vote.code.as_str().to_owned();
    let rows = town.db().read_long(move |tx| {
        let mut rows = String::from("receipt,choices\r\n");
        let mut after = None;
        loop {
            let page = store::ballots_after(tx, &code, after.as_ref(), paging::PAGE_SIZE_LIMIT)?;
            for ballot in page.items {
                rows.push_str(&format!("{},\"{}\"\r\n", ballot.receipt, ballot.choices));
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(rows),
            }
        }
    });
    let rows = rows.await.map_err(|error: DbError| Stop::from(error))?;
    Ok(text(Wants::Csv.media_type(), rows))
}

/// GET /votes/{code}/ballots.pb
pub async fn pabulib(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    file(&town, &code, "pb").await
}

/// GET /votes/{code}/ballots.soi
pub async fn preflib(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    file(&town, &code, "soi").await
}

async fn file(town: &Town, code: &str, extension: &str) -> Answer {
    let vote = counted_vote(town, code).await?;
    if count::extension(&vote.definition) != extension {
        return Err(Stop::NotFound);
    }
    let asked = vote.code.as_str().to_owned();
    let kept =
        town.db().read_long(move |tx| store::file_of(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    file_answer(kept.ok_or(Stop::NotFound)?, &format!("{}.{extension}", vote.code))
}

/// A file of ballots under this name.
pub(super) fn file_answer(file: String, name: &str) -> Answer {
    let mut answer = text("text/plain; charset=utf-8", file);
    let name = format!("attachment; filename=\"{name}\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Stop::fault)?);
    Ok(answer)
}

/// GET /votes/{code}/outcome: byte for byte as its hash stands on the record; people are led to the page that explains it.
pub async fn outcome(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = counted_vote(&town, &code).await?;
    if visit.wants == Wants::Html {
        return see_other(&format!("/votes/{}/results", vote.code));
    }
    if vote.state != Stands::Decided {
        return Err(Refusal::conflict("vote-undecided").into());
    }
    let asked = vote.code.as_str().to_owned();
    let kept =
        town.db().read(move |tx| store::result_of(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    Ok(text(Wants::Json.media_type(), kept.ok_or(Stop::NotFound)?.outcome))
}
