//! One's own proposals, drafts too.

use crate::{
    commands,
    model::{Proposal, State},
    pages::chip,
    store,
    views::{Eyes, ProposalRow},
};
use axum::extract::State as Extract;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{json, page},
};

/// A proposal of one's own.
#[derive(Debug, Serialize, JsonSchema)]
struct MineView {
    /// Drafts too.
    proposals: Vec<MineRow>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MineRow {
    #[serde(flatten)]
    row: ProposalRow,
    part: &'static str,
}

struct MineLine {
    href: String,
    title: String,
    process: String,
    state: String,
    chip: &'static str,
    changed: String,
}

#[derive(askama::Template)]
#[template(path = "proposals_mine.html")]
struct MinePage {
    frame: Frame,
    lines: Vec<MineLine>,
}

/// GET /proposals/mine
pub async fn mine(Extract(town): Extract<Town>, visit: Visit) -> Answer {
    let person = commands::person_of(&visit.actor)?;
    let look = move |tx: &mut database::Tx<'_>| {
        Ok::<_, DbError>((store::named_with(tx, person)?, store::processes(tx, false)?))
    };
    let (named, processes) = town.db().read(look).await.map_err(Stop::from)?;
    let eyes = Eyes::new(&town, visit.t.language(), processes);
    if visit.wants != web::Wants::Html {
        let row = |(proposal, part): &(Proposal, crate::model::AuthorPart)| MineRow {
            row: eyes.row(proposal),
            part: part.word(),
        };
        return json(&MineView { proposals: named.iter().map(row).collect() });
    }
    let line = |(proposal, _): &(Proposal, crate::model::AuthorPart)| {
        let is_draft = proposal.state == State::Draft;
        let untitled = || visit.t.say("proposal-untitled").to_owned();
        MineLine {
            href: format!("/proposals/{}{}", proposal.code, if is_draft { "/edit" } else { "" }),
            title: if proposal.title.is_empty() { untitled() } else { proposal.title.clone() },
            process: eyes.process(&proposal.process).name,
            state: visit.t.say(proposal.state.word().key()).to_owned(),
            chip: chip(proposal.state.word()),
            changed: visit.date(proposal.updated_at),
        }
    };
    let frame = Frame::new(&town, &visit, visit.t.say("proposals-mine"));
    page(&MinePage { lines: named.iter().map(line).collect(), frame })
}
