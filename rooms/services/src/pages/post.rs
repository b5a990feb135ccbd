//! Letters on paper: as PDF for the office and for the applicant, and the list of those to be posted.

use super::{
    PAGE_TWINS,
    apply::private,
    desk::own_organisations,
    status::{Key, own},
};
use crate::{
    acts,
    commands::{look, posted as note_posted},
    conflict,
    post::{self, KeptLetter},
    store,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
};
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other, see_other_saying, text},
    forms::Submission,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
    visit::{Path, Query},
};

/// Letters that the list shows at a time: a morning at the printer.
const SHOWN: i64 = 100;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/services/post", acts::INBOX, waiting).twins(PAGE_TWINS).documented(list_doc()),
        Route::post("/desk/services/{code}/posted", acts::HANDLE, posted).documented(posted_doc()),
        Route::get("/desk/services/{code}/letters/{file}", acts::HANDLE, at_desk),
        Route::get("/applications/{code}/letters/{file}", acts::APPLY, of_applicant),
    ]
}

fn list_doc() -> Doc {
    Doc::new("services", "Letters of one's own agencies that wait for the post, the oldest first").answers(
        200,
        "application/json",
        "The letters.",
        schema_of::<PostView>(),
    )
}

fn posted_doc() -> Doc {
    let body = json!({"type": "object", "required": ["letter"], "properties": {"letter": {"type": "string", "description": "The id of the letter."}}});
    Doc::new("services", "Notes that a letter was posted")
        .path("code", "The reference of the application.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "That it is noted.", json!({"type": "object"}))
}

/// Letters that wait for the post.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PostView {
    /// The oldest first, at most 100.
    letters: Vec<PostLine>,
}

/// A letter that waits for the post.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PostLine {
    /// The id of the letter.
    letter: String,
    /// The reference of the application.
    code: String,
    /// What about.
    subject: String,
    /// When it was written.
    at: String,
    /// It on paper; who has not said why they open the application is asked first.
    pdf_url: String,
}

#[derive(askama::Template)]
#[template(path = "services_post.html")]
struct PostPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lines: Vec<PostLine>,
}

/// A kept letter as pages list it: what about, when, how it went, where it is on paper, and its id where it waits for the post.
pub(super) struct PaperLine {
    pub(super) subject: String,
    pub(super) when: String,
    pub(super) how: String,
    pub(super) href: String,
    pub(super) waits: String,
}

/// Kept letters in a list; `base` is the page of the application, `query` what opens it.
pub(super) fn lines(visit: &Visit, all: &[KeptLetter], base: &str, query: &str) -> Vec<PaperLine> {
    let t = &visit.t;
    let line = |one: &KeptLetter| PaperLine {
        subject: one.subject.clone(),
        when: visit.date_time(one.at),
        how: match (&one.posted, one.by_post) {
            (Some((at, _)), _) => t.with1("sv-paper-posted", "date", visit.date(*at)),
            (None, true) => t.say("sv-paper-waits").to_owned(),
            (None, false) => String::new(),
        },
        href: format!("{base}/letters/{}.pdf{query}", one.step),
        waits: if one.by_post && one.posted.is_none() { one.step.clone() } else { String::new() },
    };
    all.iter().map(line).collect()
}

/// GET /desk/services/post
async fn waiting(State(town): State<Town>, visit: Visit) -> Answer {
    let own = own_organisations(visit.actor());
    let found = town.db().read(move |tx| post::waiting(tx, own.as_deref(), SHOWN)).await;
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    let line = |one: &KeptLetter| PostLine {
        letter: one.step.clone(),
        code: one.code.clone(),
        subject: one.subject.clone(),
        at: if visit.wants == Wants::Json { one.at.rfc3339() } else { visit.date_time(one.at) },
        pdf_url: format!("/desk/services/{}/letters/{}.pdf", one.code, one.step),
    };
    let lines: Vec<PostLine> = found.iter().map(line).collect();
    if visit.wants == Wants::Json {
        return Ok(private(json_answer(&PostView { letters: lines })?));
    }
    let t = &visit.t;
    let shown = page_with(
        StatusCode::OK,
        &PostPage {
            frame: Frame::new(&town, &visit, t.say("sv-post-title")),
            crumbs: vec![
                Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-post-title").to_owned() },
            ],
            lines,
        },
    )?;
    Ok(private(shown))
}

/// POST /desk/services/{code}/posted
async fn posted(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let letter = form.text("letter").unwrap_or_default().to_owned();
    note_posted(&town, visit.actor.clone(), code, letter).await?;
    if visit.wants == Wants::Json {
        return json_answer(&json!({"posted": true}));
    }
    see_other_saying("/desk/services/post", "sv-flash-posted")
}

/// The id of a letter out of the name of its file.
fn step_of(file: &str) -> Result<String, Stop> {
    file.strip_suffix(".pdf").map(str::to_owned).ok_or(Stop::NotFound)
}

fn pdf(town: &Town, one: &KeptLetter) -> Answer {
    let sheets = post::draw(town, one).map_err(Stop::fault)?;
    let mut answer = text("application/pdf", print::pdf_of(&sheets).map_err(Stop::fault)?);
    let name = format!("attachment; filename=\"{}-{}.pdf\"", one.code, one.at.rfc3339().get(..10).unwrap_or_default());
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(private(answer))
}

/// GET /desk/services/{code}/letters/{step}.pdf
async fn at_desk(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    if !look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&format!("/desk/services/{code}"));
    }
    let (actor, step) = (visit.actor.clone(), step_of(&file)?);
    let found = town.db().read(move |tx| {
        let found = store::by_code(tx, &code)?;
        let one = conflict::for_officer(tx, &actor, found)?;
        post::by_step(tx, one.code.as_str(), &step)?.ok_or(Stop::NotFound)
    });
    pdf(&town, &found.await?)
}

/// GET /applications/{code}/letters/{step}.pdf
async fn of_applicant(
    State(town): State<Town>,
    visit: Visit,
    Path((code, file)): Path<(String, String)>,
    Query(asked): Query<Key>,
) -> Answer {
    let one = own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?.one;
    let step = step_of(&file)?;
    let found = town.db().read(move |tx| post::by_step(tx, one.code.as_str(), &step)).await;
    pdf(&town, &found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?)
}
