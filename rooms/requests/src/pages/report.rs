//! Reporting a problem: one thing per page, kept as a draft, checked before it is sent.

mod draft;
mod send;
mod steps;

pub use send::{OpenedView, send};

use crate::{
    category::{Category, Promise},
    model::Contact,
    room::Books,
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::secret;
use database::OffRecord;
use draft::{Stage, command_of, keep_answers, open_draft, save};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with, see_other},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::{Path, Query},
};

/// Days a draft is kept.
pub const DRAFT_DAYS: i64 = 30;

/// A category chosen by a link, as from a poster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    category: String,
}

struct Group {
    name: String,
    choices: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "report_start.html")]
struct StartPage {
    frame: Frame,
    errors: FormErrors,
    groups: Vec<Group>,
}

/// GET /report: what is it about?
pub async fn start(State(town): State<Town>, visit: Visit, Query(chosen): Query<Chosen>) -> Answer {
    page(&start_page(&town, &visit, &chosen.category, FormErrors::default()))
}

/// POST /report: begins a draft.
pub async fn begin(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let category = form.text("category").unwrap_or_default().to_owned();
    let known = town.part::<Books>().categories().get(&category).is_some_and(|category| category.active);
    if !known {
        let refusal =
            Refusal::new(if category.is_empty() { "category-missing" } else { "category-unknown" }).at("category");
        let errors = FormErrors::of(&[refusal], &visit.t);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &start_page(&town, &visit, &category, errors));
    }
    let key = secret(town.chance());
    let mut draft = store::Draft::default();
    draft.fields.insert("category".to_owned(), category);
    save(&town, &key, draft).await?;
    see_other(&format!("/report/{key}/{}", Stage::Where.word()))
}

/// When to choose a category, and what its agency promises.
fn detail(visit: &Visit, category: &Category) -> String {
    let description = category.definition.description.in_language(visit.t.language());
    match category.definition.promise.map(Promise::words) {
        Some((key, count)) => {
            let promise = visit.t.with1("report-promise", "within", visit.t.with1(key, "count", count));
            format!("{description} {promise}")
        }
        None => description.to_owned(),
    }
}

fn start_page(town: &Town, visit: &Visit, chosen: &str, errors: FormErrors) -> StartPage {
    let language = visit.t.language();
    let book = town.part::<Books>().categories();
    let mut groups: Vec<Group> = Vec::new();
    for category in book.offered() {
        let choice = Choice {
            value: category.code.clone(),
            label: category.definition.name.in_language(language).to_owned(),
            detail: detail(visit, category),
            chosen: category.code == chosen,
        };
        let name =
            category.definition.group.as_ref().map(|group| group.in_language(language).to_owned()).unwrap_or_default();
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.choices.push(choice),
            None => groups.push(Group { name, choices: vec![choice] }),
        }
    }
    StartPage { frame: Frame::new(town, visit, visit.t.say("report-title")), errors, groups }
}

/// GET /report/{draft}/{step}
pub async fn step(State(town): State<Town>, visit: Visit, Path((key, step)): Path<(String, String)>) -> Answer {
    let stage: Stage = step.parse().map_err(|()| Stop::NotFound)?;
    let draft = open_draft(&town, &key).await?;
    steps::show(&town, &visit, &key, stage, &draft, FormErrors::default(), StatusCode::OK)
}

/// POST /report/{draft}/{step}: keeps the answers, and goes on when they are good.
pub async fn answer(
    State(town): State<Town>,
    visit: Visit,
    Path((key, step)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let stage: Stage = step.parse().map_err(|()| Stop::NotFound)?;
    let mut draft = open_draft(&town, &key).await?;
    let moved = keep_answers(&town, &mut draft, stage, &form);
    let photo = keep_photo(&town, &mut draft, &form, &key).await;
    save(&town, &key, draft.clone()).await?;
    let mut refusals = draft::refusals_of(&town, &draft, stage);
    refusals.extend(photo.err().into_iter().flatten());
    if !refusals.is_empty() {
        let errors = FormErrors::of(&refusals, &visit.t);
        return steps::show(&town, &visit, &key, stage, &draft, errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // A click on the map comes back to the map, so that the pin can be seen and corrected.
    let next = if moved { stage } else { stage.next() };
    see_other(&format!("/report/{key}/{}", next.word()))
}

/// Takes in a photo, when one was chosen; `remove-photo` takes it out again.
async fn keep_photo(town: &Town, draft: &mut store::Draft, form: &Submission, key: &str) -> Result<(), Vec<Refusal>> {
    if form.is_ticked("remove-photo") {
        draft.photo_id = None;
    }
    let Some(upload) = form.file("photo") else { return Ok(()) };
    match commons::files::take_in(town, upload.bytes.clone(), key).await {
        Ok(photo) => {
            draft.photo_id = Some(photo.id.text());
            Ok(())
        }
        Err(Stop::Refused(refusals)) => Err(refusals.into_iter().map(|refusal| refusal.at("photo")).collect()),
        Err(_) => Err(vec![Refusal::new("photo-not-now").at("photo")]),
    }
}

/// The contact fields of a form.
pub(crate) fn contact_of(field: impl Fn(&str) -> Option<String>) -> Contact {
    Contact { email: field("email"), name: field("name"), phone: field("phone") }
}

/// Why drafts are not on the record.
const DRAFT: OffRecord = OffRecord("a draft is nobody's business until it is sent");
