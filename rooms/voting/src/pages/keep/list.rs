//! All votes, for whoever sets them up.

use crate::{decide, model::Vote, pages::list::chip, store};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::DbError;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::page_with,
    forms::FormErrors,
    locals::{LocalField, labelled_fields},
    parts::Choice,
};

/// Votes that the list shows.
const LIST_LIMIT: u32 = 200;

struct Line {
    code: String,
    title: String,
    phase: String,
    chip: &'static str,
    opens: String,
    closes: String,
}

#[derive(askama::Template)]
#[template(path = "keep_list.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    lines: Vec<Line>,
    titles: Vec<LocalField>,
    kinds: Vec<Choice>,
}

/// GET /admin/votes
pub(in crate::pages) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show_list(&town, &visit, FormErrors::default(), None).await
}

pub(super) async fn show_list(town: &Town, visit: &Visit, errors: FormErrors, typed: Option<&LocalText>) -> Answer {
    let votes = town
        .db()
        .read(|tx| store::page_of(tx, true, None, LIST_LIMIT))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let line = |vote: &Vote| {
        let phase = decide::phase(vote, visit.at);
        Line {
            code: vote.code.to_string(),
            title: vote.definition.title.in_language(t.language()).to_owned(),
            phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
            chip: chip(phase),
            opens: visit.date_time(vote.definition.opens_at),
            closes: visit.date_time(vote.definition.closes_at),
        }
    };
    let kinds = ["budget", "poll"].map(|kind| Choice {
        value: kind.to_owned(),
        label: t.say(&format!("kind-{kind}")).to_owned(),
        detail: t.say(&format!("kind-{kind}-detail")).to_owned(),
        chosen: kind == "budget",
    });
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, t.say("keep-title")),
            errors,
            lines: votes.items.iter().map(line).collect(),
            titles: labelled_fields(visit, &town.settings().languages, "title", "keep-vote-title", |language| {
                typed?.exactly(language)
            }),
            kinds: kinds.to_vec(),
        },
    )
}
