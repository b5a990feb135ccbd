//! The desk of the clerks who enter ballots on paper.

use super::public_vote;
use crate::{
    acts,
    commands::{self, Back, Entered, enter_sheet, finish_paper, is_clerk, mark_paper_voter, paper_of, take_back_mark},
    decide,
    model::{BallotKind, Channel, Phase, Vote},
    paper::{Paper, Reading, SheetKind},
};
use axum::extract::State;
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, see_other_saying},
    dates,
    forms::Submission,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

struct Differing {
    sheet: String,
    readings: Vec<(String, String)>,
}

struct Row {
    id: String,
    title: String,
}

#[derive(askama::Template)]
#[template(path = "paper.html")]
struct PaperPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    /// The district whose paper is to be handed out to the voter who was just marked.
    give: String,
    who_hint: String,
    is_open: bool,
    may_enter: bool,
    may_finish: bool,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    is_clerk: bool,
    counts: Vec<[String; 6]>,
    by_clerk: Vec<(String, String)>,
    /// Marks that one clerk asked to be taken back: who, and why.
    asked_back: Vec<(String, String)>,
    struck: String,
    /// Sheets that one clerk read, with the reason where it is to be struck out.
    once: Vec<(String, String)>,
    differing: Vec<Differing>,
    rows: Vec<Row>,
    is_choice: bool,
    is_one: bool,
}

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    district: String,
}

/// GET /votes/{code}/paper
pub async fn desk(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let is_clerk = is_clerk(&town, vote.code.as_str(), visit.actor()).await?;
    if !is_clerk && !visit.actor.may(&acts::KEEP) {
        return Err(Stop::NotFound);
    }
    let paper = paper_of(&town, &vote).await?;
    let t = &visit.t;
    let phase = decide::phase(&vote, visit.at);
    let number = |count: i64| dates::number(count, t.language());
    let on_paper = [Channel::Paper, Channel::Assisted];
    let counts = on_paper.map(|channel| {
        let name = t.say(&format!("channel-{}", channel.word())).to_owned();
        let counts = paper.counts.get(&channel).copied().unwrap_or_default();
        let missing = number(counts.missing().max(0));
        [name, number(counts.marked), number(counts.counted), number(counts.blank), number(counts.spoilt), missing]
    });
    let kinds = [SheetKind::Votes, SheetKind::Blank, SheetKind::Spoilt].map(|kind| Choice {
        value: kind.word().to_owned(),
        label: t.say(&format!("paper-kind-{}", kind.word())).to_owned(),
        detail: String::new(),
        chosen: kind == SheetKind::Votes,
    });
    let channels = on_paper.map(|channel| Choice {
        value: channel.word().to_owned(),
        label: t.say(&format!("channel-{}", channel.word())).to_owned(),
        detail: String::new(),
        chosen: channel == Channel::Paper,
    });
    let definition = &vote.definition;
    page(&PaperPage {
        frame: Frame::new(&town, &visit, t.say("vote-paper-title")),
        crumbs: super::crumbs(&visit, Some(&vote), t.say("vote-paper-title")),
        code: vote.code.to_string(),
        give: if asked.district.is_empty() { String::new() } else { super::area::name(&town, &asked.district, t) },
        who_hint: t.say(&format!("paper-who-{}", vote.definition.voters.word())).to_owned(),
        is_open: is_clerk && phase == Phase::Open,
        is_clerk,
        may_enter: is_clerk && matches!(phase, Phase::Open | Phase::Counting) && !vote.paper_done,
        may_finish: is_clerk && vote.state == crate::model::State::Closed && !vote.paper_done,
        channels: channels.to_vec(),
        counts: counts.to_vec(),
        kinds: kinds.to_vec(),
        by_clerk: paper.by_clerk.iter().map(|(clerk, count)| (clerk.clone(), number(*count))).collect(),
        asked_back: if phase == Phase::Open { paper.asked_back.clone() } else { Vec::new() },
        struck: if paper.struck > 0 { number(paper.struck) } else { String::new() },
        once: paper.once.iter().map(|one| (one.sheet.clone(), one.why.clone())).collect(),
        differing: differing(&vote, &paper, &visit),
        rows: definition
            .options
            .iter()
            .map(|option| Row { id: option.id.clone(), title: option.title.in_language(t.language()).to_owned() })
            .collect(),
        is_choice: is_choice(definition.ballot),
        // Where one is chosen in each area, the clerk ticks several.
        is_one: definition.ballot == BallotKind::One && definition.areas.is_none(),
    })
}

fn is_choice(ballot: BallotKind) -> bool {
    matches!(ballot, BallotKind::One | BallotKind::Approval { .. } | BallotKind::Cart)
}

/// What the clerks read differently, only when the vote is closed: before, what is on paper is nobody's business.
fn differing(vote: &Vote, paper: &Paper, visit: &Visit) -> Vec<Differing> {
    let closed = decide::phase(vote, visit.at) == Phase::Counting;
    let readings = |sheets: &[Reading]| {
        let says = |sheet: &Reading| match sheet.kind {
            SheetKind::Struck => format!("{}: {}", visit.t.say("paper-kind-struck"), sheet.why),
            _ if !closed => String::new(),
            SheetKind::Votes => sheet.choices.clone(),
            kind => visit.t.say(&format!("paper-kind-{}", kind.word())).to_owned(),
        };
        let one = |sheet: &Reading| (sheet.clerk.clone(), says(sheet));
        sheets.iter().map(one).collect()
    };
    paper
        .differing
        .iter()
        .map(|(sheet, sheets)| Differing { sheet: sheet.clone(), readings: readings(sheets) })
        .collect()
}

/// POST /votes/{code}/paper/voters
pub async fn mark(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let who = form.text("who").unwrap_or_default();
    let district = mark_paper_voter(&town, visit.actor.clone(), vote.code.as_str(), who, channel(&form)?).await?;
    match district {
        Some(district) => {
            let query = serde_urlencoded::to_string([("district", district)]).map_err(Stop::fault)?;
            see_other_saying(&format!("/votes/{}/paper?{query}", vote.code), "flash-paper-marked")
        }
        None => back(&vote, "flash-paper-marked"),
    }
}

/// POST /votes/{code}/paper/sheets
pub async fn enter(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let raw = super::ballot::raw_of(&vote, &form);
    let says_something = raw.iter().any(|(_, value)| value != "0");
    let entered =
        match form.text("kind").filter(|word| !word.is_empty()).map_or(Some(SheetKind::Votes), SheetKind::of_word) {
            Some(SheetKind::Votes) => Entered::Votes(raw),
            Some(SheetKind::Blank) if !says_something => Entered::Blank,
            Some(SheetKind::Spoilt) if !says_something => Entered::Spoilt,
            _ => return Err(Refusal::new("vote-sheet-kind").at("kind").into()),
        };
    let sheet = form.text("sheet").unwrap_or_default();
    enter_sheet(&town, visit.actor.clone(), vote.code.as_str(), sheet, channel(&form)?, entered).await?;
    back(&vote, "flash-paper-entered")
}

/// POST /votes/{code}/paper/strike: there is no sheet of this number; a second clerk says so too.
pub async fn strike(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let entered = Entered::Struck(form.text("why").unwrap_or_default().to_owned());
    let sheet = form.text("sheet").unwrap_or_default();
    enter_sheet(&town, visit.actor.clone(), vote.code.as_str(), sheet, Channel::Paper, entered).await?;
    back(&vote, "flash-paper-struck")
}

/// POST /votes/{code}/paper/strike/back: a strike was a mistake.
pub async fn take_back_strike(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let sheet = form.text("sheet").unwrap_or_default();
    commands::take_back_strike(&town, visit.actor.clone(), vote.code.as_str(), sheet).await?;
    back(&vote, "flash-strike-back")
}

/// POST /votes/{code}/paper/voters/back: a mark is to be taken back; a second clerk says so too.
pub async fn take_back(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    let (who, why) = (form.text("who").unwrap_or_default(), form.text("why").unwrap_or_default());
    match take_back_mark(&town, visit.actor.clone(), vote.code.as_str(), who, why).await? {
        Back::Asked => back(&vote, "flash-paper-back-asked"),
        Back::Taken => back(&vote, "flash-paper-back"),
    }
}

/// POST /votes/{code}/paper/finish
pub async fn finish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = paper_vote(&town, &code).await?;
    finish_paper(&town, visit.actor.clone(), vote.code.as_str()).await?;
    back(&vote, "flash-paper-finished")
}

fn channel(form: &Submission) -> Result<Channel, Stop> {
    let channel = form.text("channel").and_then(Channel::of_word).filter(|channel| *channel != Channel::Online);
    channel.ok_or_else(|| Refusal::new("vote-channel").at("channel").into())
}

fn back(vote: &Vote, flash: &'static str) -> Answer {
    see_other_saying(&format!("/votes/{}/paper", vote.code), flash)
}

async fn paper_vote(town: &Town, code: &str) -> Result<Vote, Stop> {
    let vote = public_vote(town, code).await?;
    if vote.definition.paper { Ok(vote) } else { Err(Stop::NotFound) }
}
