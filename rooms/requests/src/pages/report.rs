//! Reporting a problem: one thing per page, kept as a draft, checked before it is sent.

mod draft;
mod here;
mod send;
mod steps;

pub(super) use draft::{command_of as alike_of_draft, open_draft, save as keep_draft};
pub use here::{HereView, here};
pub(super) use send::command_of_form;
pub use send::{OpenedView, send};
pub(super) use steps::{Question, questions_of};

use crate::{
    category::{Category, Promise},
    model::Contact,
    room::Books,
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::secret;
use database::OffRecord;
use draft::{Stage, command_of, keep_answers, save};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with, see_other},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::{Path, Query},
};

/// What a link brings along: a draft to go on with, or a category and a place, as from a poster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Brought {
    draft: String,
    category: String,
    lat: String,
    long: String,
    address: String,
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
    key: String,
    photo: Option<String>,
    /// The place a link brought, as fields to send on.
    place: Vec<(&'static str, String)>,
    spot: String,
}

/// The fields of a place that a link may bring.
const PLACE_FIELDS: [&str; 3] = ["lat", "long", "address"];

/// GET /report: a photo, and what is it about?
pub async fn start(State(town): State<Town>, visit: Visit, Query(brought): Query<Brought>) -> Answer {
    let mut draft = store::Draft::default();
    if !brought.draft.is_empty() {
        draft = open_draft(&town, &brought.draft).await?;
    }
    let fields = [("category", brought.category), ("lat", brought.lat), ("long", brought.long)];
    for (name, value) in fields.into_iter().chain([("address", brought.address)]).filter(|(_, value)| !value.is_empty())
    {
        draft.fields.insert(name.to_owned(), value);
    }
    page(&start_page(&town, &visit, &draft, &brought.draft, FormErrors::default()))
}

/// POST /report: begins a draft, or goes on with one.
pub async fn begin(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let (key, mut draft) = match form.text("draft") {
        Some(key) => (key.to_owned(), open_draft(&town, key).await?),
        None => (secret(town.chance()), store::Draft::default()),
    };
    for field in PLACE_FIELDS {
        if let Some(value) = form.text(field) {
            draft.fields.insert(field.to_owned(), value.to_owned());
        }
    }
    let mut refusals = keep_photo(&town, &mut draft, &form, &key).await.err().unwrap_or_default();
    refusals.extend(keep_category(&town, &mut draft, form.text("category").unwrap_or_default()).err());
    let is_kept = draft.photo_id.is_some() || form.text("draft").is_some() || refusals.is_empty();
    if is_kept {
        save(&town, &key, draft.clone()).await?;
    }
    if !refusals.is_empty() {
        let errors = FormErrors::of(&refusals, &visit.t);
        let key = if is_kept { key.as_str() } else { "" };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &start_page(&town, &visit, &draft, key, errors));
    }
    // Who comes with a place, as from a poster, is not asked for it again.
    let placed = draft::refusals_of(&town, &draft, Stage::Where).is_empty();
    let next = if placed { Stage::What } else { Stage::Where };
    see_other(&format!("/report/{key}/{}", next.word()))
}

/// Another category has other questions, so the answers to the old ones go.
fn keep_category(town: &Town, draft: &mut store::Draft, category: &str) -> Result<(), Refusal> {
    let known = town.part::<Books>().categories().get(category).is_some_and(|category| category.active);
    if !known {
        return Err(
            Refusal::new(if category.is_empty() { "category-missing" } else { "category-unknown" }).at("category")
        );
    }
    if draft.fields.get("category").is_some_and(|before| before != category) {
        draft.fields.retain(|name, _| !name.starts_with("attribute["));
    }
    draft.fields.insert("category".to_owned(), category.to_owned());
    Ok(())
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

fn start_page(town: &Town, visit: &Visit, draft: &store::Draft, key: &str, errors: FormErrors) -> StartPage {
    let chosen = draft.fields.get("category").map(String::as_str).unwrap_or_default();
    let field = |name: &str| draft.fields.get(name).cloned().unwrap_or_default();
    // A draft keeps its place itself.
    let place = PLACE_FIELDS
        .map(|name| (name, field(name)))
        .into_iter()
        .filter(|(_, value)| key.is_empty() && !value.is_empty());
    StartPage {
        frame: Frame::new(town, visit, visit.t.say("report-title")),
        errors,
        groups: groups(town, visit, chosen),
        photo: steps::photo(draft, key),
        place: place.collect(),
        spot: if key.is_empty() { field("address") } else { String::new() },
        key: key.to_owned(),
    }
}

/// The categories to choose from, in their groups.
fn groups(town: &Town, visit: &Visit, chosen: &str) -> Vec<Group> {
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
    groups
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
    // What looks like it is asked about as soon as place and words are known; that page goes on by itself.
    let next = if stage == Stage::What { "alike" } else { next.word() };
    see_other(&format!("/report/{key}/{next}"))
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
