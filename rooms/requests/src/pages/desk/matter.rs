//! One matter at the desk: all that is known, and all that can be done.

use super::inbox::organisation_choices;
use crate::{
    model::{Contact, HistoryStep, ServiceRequest, State as Standing},
    pages::{
        list::{category_choices, chip, choices},
        show::{may_answer, thread},
    },
    store,
    views::{AnswerView, Eyes, RequestRow, headline},
};
use axum::{extract::State, http::StatusCode};
use civic::{PersonId, Role};
use database::{DbError, Tx};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::page_with,
    forms::{FormErrors, Submission},
    parts::{Choice, Step},
    visit::Path,
};

/// What was typed into a form that could not be accepted, so that nobody's words are lost.
#[derive(Default)]
pub(super) struct Typed {
    act: String,
    text: String,
    address: Option<String>,
    lat: Option<String>,
    long: Option<String>,
    until: Option<String>,
}

impl Typed {
    pub(super) fn of(form: &Submission, act: &str) -> Self {
        let field = |name: &str| form.text(name).map(str::to_owned);
        Self {
            act: act.to_owned(),
            text: form.raw("text").unwrap_or_default().to_owned(),
            address: field("address"),
            lat: field("lat"),
            long: field("long"),
            until: field("until"),
        }
    }
}

/// A form with one text: which act, its words, what was typed.
struct TextForm {
    act: &'static str,
    heading: String,
    label: String,
    hint: String,
    button: String,
    text: String,
    here: bool,
}

/// A note for colleagues.
struct Note {
    by: String,
    text: String,
}

#[derive(askama::Template)]
#[template(path = "desk_matter.html")]
struct MatterPage {
    frame: Frame,
    errors: FormErrors,
    row: RequestRow,
    headline: String,
    state: String,
    chip: &'static str,
    officer: String,
    description: String,
    answers: Vec<AnswerView>,
    photos: Vec<String>,
    contact: Contact,
    thread: Vec<Step>,
    notes: Vec<Note>,
    note: TextForm,
    answer: TextForm,
    endings: Vec<TextForm>,
    open: bool,
    may_take: bool,
    colleagues: Vec<Choice>,
    organisations: Vec<Choice>,
    categories: Vec<Choice>,
    address: String,
    lat: String,
    long: String,
    bounds: String,
    due: String,
    until: String,
    extension: TextForm,
    version: i64,
}

struct Matter {
    request: ServiceRequest,
    steps: Vec<HistoryStep>,
    photos: Vec<String>,
    contact: Contact,
    colleagues: Vec<(PersonId, String)>,
}

/// GET /desk/{code}
pub async fn matter(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    show(&town, &visit, code, Typed::default(), FormErrors::default(), StatusCode::OK).await
}

/// Shows the matter as it is now, with what was typed.
pub(super) async fn show(
    town: &Town,
    visit: &Visit,
    code: String,
    typed: Typed,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (actor, now) = (visit.actor.clone(), town.now());
    let matter = town
        .db()
        .read(move |tx| {
            let request = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            // A matter of another agency might as well not exist here.
            if may_answer(&actor, &request) { read(tx, request, now).map_err(Stop::from) } else { Err(Stop::NotFound) }
        })
        .await?;
    page_with(status, &compose(town, visit, matter, typed, errors))
}

fn read(tx: &mut Tx<'_>, request: ServiceRequest, now: civic::Moment) -> Result<Matter, DbError> {
    Ok(Matter {
        steps: store::steps(tx, request.id, true)?,
        photos: crate::pages::show::photos(tx, &request.subject())?,
        contact: store::contact_of(tx, request.id)?,
        colleagues: people::mandates::holders(tx, Role::Officer, request.organisation, now)?,
        request,
    })
}

fn compose(town: &Town, visit: &Visit, matter: Matter, typed: Typed, errors: FormErrors) -> MatterPage {
    let Matter { request, steps, photos, contact, colleagues } = matter;
    let eyes = Eyes::new(town, visit.t.language());
    let row = eyes.row(&request);
    let t = &visit.t;
    let (officer, officer_id) = match &request.state {
        Standing::Assigned { officer, officer_name, .. } => (officer_name.clone(), Some(*officer)),
        _ => (String::new(), None),
    };
    let (notes, public): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.internal);
    let pin = |micro: Option<f64>, typed: Option<String>| {
        typed.unwrap_or_else(|| micro.map(|d| d.to_string()).unwrap_or_default())
    };
    let open = row.open;
    let endings: &[&'static str] = if open { &["resolve", "decline"] } else { &["reopen"] };
    let headline = headline(&row);
    MatterPage {
        frame: Frame::new(town, visit, format!("{} {headline}", row.code)),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        description: request.description.clone(),
        answers: eyes.answers(&request),
        thread: thread(visit, &eyes, &request, &public),
        notes: notes.iter().map(|step| note(visit, &eyes, step)).collect(),
        extension: text_form(visit, "extend", &typed),
        note: text_form(visit, "note", &typed),
        answer: text_form(visit, "answer", &typed),
        endings: endings.iter().map(|act| text_form(visit, act, &typed)).collect(),
        may_take: open && visit.actor.person.is_some() && visit.actor.person != officer_id,
        colleagues: choices(
            t.say("desk-choose"),
            colleagues.into_iter().filter(|(id, _)| Some(*id) != officer_id).map(|(id, name)| (id.text(), name)),
            "",
        ),
        organisations: organisation_choices(town, visit, ""),
        categories: category_choices(town, visit, &row.category.code).split_off(1),
        lat: pin(row.place.map(|place| place.lat), typed.lat),
        long: pin(row.place.map(|place| place.long), typed.long),
        address: typed.address.unwrap_or_else(|| row.address.clone()),
        bounds: town.part::<places::Districts>().bounds_text(),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        until: typed.until.unwrap_or_default(),
        version: request.version,
        errors,
        row,
        headline,
        officer,
        photos,
        contact,
        open,
    }
}

fn note(visit: &Visit, eyes: &Eyes<'_>, step: &HistoryStep) -> Note {
    Note { by: eyes.signature(visit, step), text: step.body.clone() }
}

fn text_form(visit: &Visit, act: &'static str, typed: &Typed) -> TextForm {
    let say = |part: &str| visit.t.say(&format!("desk-{act}-{part}")).to_owned();
    let here = typed.act == act;
    TextForm {
        heading: say("heading"),
        label: say("label"),
        hint: say("hint"),
        button: say("button"),
        text: if here { typed.text.clone() } else { String::new() },
        act,
        here,
    }
}
