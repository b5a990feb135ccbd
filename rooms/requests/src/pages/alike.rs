//! Is it one of these? For the report that is being made, and for programs.

use super::{browser, list::chip, me_too, report::alike_of_draft};
use crate::{
    alike::{self, Asked, Found, words},
    decide::pin_of,
    room::Books,
    store::Draft,
    views::{Eyes, RequestRow, headline},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use database::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{json, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    visit::{Path, Query},
};

/// The field of a draft that keeps what its writer said is another matter.
pub(super) const NOT_ALIKE: &str = "not-alike";
/// What the form sends for “no, mine is another”.
const NONE: &str = "none";

/// What a program asks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Question {
    category: String,
    lat: Option<String>,
    long: Option<String>,
    address: String,
    text: String,
}

/// What may be the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AlikeList {
    /// The likeliest first; empty when nothing near looks like it.
    pub matches: Vec<words::AlikeView>,
    /// For how many days something that has ended is still among them.
    pub ended_days: i64,
}

/// One that may be the same, as pages show it.
pub(super) struct Line {
    pub row: RequestRow,
    pub headline: String,
    pub state: String,
    pub chip: &'static str,
    pub opened: String,
    pub photo: String,
    pub confidence: String,
    pub confidence_chip: &'static str,
    pub reasons: Vec<String>,
    pub chosen: bool,
}

#[derive(askama::Template)]
#[template(path = "report_alike.html")]
struct AlikePage {
    frame: Frame,
    errors: FormErrors,
    key: String,
    category: String,
    open: Vec<Line>,
    ended: Vec<Line>,
    none: bool,
    email: String,
}

/// GET /report/alike: for programs, before they send a report.
pub async fn ask(State(town): State<Town>, visit: Visit, Query(question): Query<Question>) -> Answer {
    let bad = |refusal: Refusal| refusal.status(StatusCode::BAD_REQUEST);
    if town.part::<Books>().categories().get(&question.category).is_none() {
        let code = if question.category.is_empty() { "category-missing" } else { "category-unknown" };
        return Err(bad(Refusal::new(code).at("category")).into());
    }
    let place = pin_of(question.lat.as_deref(), question.long.as_deref()).map_err(bad)?;
    let address = question.address.trim().to_owned();
    if place.is_none() && address.is_empty() {
        return Err(bad(Refusal::new("place-missing").at("lat")).into());
    }
    if address.contains('\0') || question.text.contains('\0') {
        return Err(bad(Refusal::new("text-control").at("text")).into());
    }
    let asked = Asked { category: question.category, place, address, text: question.text, ..Asked::default() };
    let found = find(&town, asked).await?;
    let eyes = Eyes::new(&town, visit.t.language());
    let matches = found.iter().map(|one| words::view(&town, &eyes, &visit.t, one)).collect();
    json(&AlikeList { matches, ended_days: alike::ENDED_DAYS })
}

async fn find(town: &Town, asked: Asked) -> Result<Vec<Found>, Stop> {
    let now = town.now();
    town.db().read(move |tx| alike::find(tx, &asked, now, now)).await.map_err(|error: DbError| error.into())
}

/// What a draft is like, without what its writer said is another matter.
async fn find_for(town: &Town, draft: &Draft) -> Result<Vec<Found>, Stop> {
    let command = alike_of_draft(draft);
    let place = pin_of(command.lat.as_deref(), command.long.as_deref()).ok().flatten();
    let photo = match draft.photo_id.as_ref().and_then(|id| id.parse().ok()) {
        Some(id) => {
            town.db().read(move |tx| commons::files::hash_of_photo(tx, id)).await.map_err(|e: DbError| Stop::from(e))?
        }
        None => None,
    };
    let without = draft.fields.get(NOT_ALIKE).map(String::as_str).unwrap_or_default();
    let asked = Asked {
        category: command.category,
        place,
        address: command.address,
        text: command.description,
        photo,
        without: without.split(' ').map(str::to_owned).collect(),
        open_only: false,
    };
    find(town, asked).await
}

/// GET /report/{draft}/alike: goes on by itself when nothing looks like it.
pub async fn show(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(key): Path<String>) -> Answer {
    let draft = super::report::open_draft(&town, &key).await?;
    let found = find_for(&town, &draft).await?;
    if found.is_empty() {
        return see_other(&contact(&key));
    }
    let answer = alike_page(&town, &visit, &key, &draft, &found, ("", ""), FormErrors::default(), StatusCode::OK)?;
    browser::make_known(&town, &visit, &headers, answer)
}

/// POST /report/{draft}/alike: “yes, this one” or “no, mine is another”.
pub async fn choose(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(key): Path<String>,
    form: Submission,
) -> Answer {
    let mut draft = super::report::open_draft(&town, &key).await?;
    let (same, email) = (form.text("same").unwrap_or_default(), form.text("email").unwrap_or_default());
    let done = match same {
        NONE => {
            let found = find_for(&town, &draft).await?;
            let kept = draft.fields.remove(NOT_ALIKE).unwrap_or_default();
            let all = found.iter().map(|one| one.request.code.to_string());
            let kept: Vec<String> = kept.split_whitespace().map(str::to_owned).chain(all).collect();
            draft.fields.insert(NOT_ALIKE.to_owned(), kept.join(" "));
            super::report::keep_draft(&town, &key, draft).await?;
            return see_other(&contact(&key));
        }
        "" => Err(Refusal::new("alike-choose").at("same").into()),
        code => me_too::say(&town, &visit, &headers, &form, code).await,
    };
    match done {
        Ok(request) => see_other_saying(&super::show::path(request.code.as_str()), "flash-me-too"),
        Err(Stop::Refused(refusals)) => {
            let found = find_for(&town, &draft).await?;
            let (status, errors) = (refusals[0].status, FormErrors::of(&refusals, &visit.t));
            let answer = alike_page(&town, &visit, &key, &draft, &found, (same, email), errors, status)?;
            browser::make_known(&town, &visit, &headers, answer)
        }
        Err(stop) => Err(stop),
    }
}

#[expect(clippy::too_many_arguments, reason = "one page: who reads it, what it shows, what was typed")]
fn alike_page(
    town: &Town,
    visit: &Visit,
    key: &str,
    draft: &Draft,
    found: &[Found],
    (same, email): (&str, &str),
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let eyes = Eyes::new(town, visit.t.language());
    let lines = found.iter().map(|one| line(visit, &eyes, one, same));
    let (open, ended) = lines.partition(|line: &Line| line.row.open);
    let category = draft.fields.get("category").map(String::as_str).unwrap_or_default();
    page_with(
        status,
        &AlikePage {
            frame: Frame::new(town, visit, visit.t.say("alike-title")),
            errors,
            key: key.to_owned(),
            category: eyes.category(category).name,
            open,
            ended,
            none: same == NONE,
            email: email.to_owned(),
        },
    )
}

pub(super) fn line(visit: &Visit, eyes: &Eyes<'_>, found: &Found, chosen: &str) -> Line {
    let row = eyes.row(&found.request);
    let (key, confidence_chip) = words::confidence_key(found.why.confidence);
    Line {
        headline: headline(&row),
        state: visit.t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        opened: visit.date(found.request.opened_at),
        photo: found.photo.map(|photo| format!("/files/{photo}.jpg?small=1")).unwrap_or_default(),
        confidence: visit.t.say(key).to_owned(),
        confidence_chip,
        reasons: words::reasons(&visit.t, &found.why),
        chosen: row.code == chosen,
        row,
    }
}

fn contact(key: &str) -> String {
    format!("/report/{key}/contact")
}
