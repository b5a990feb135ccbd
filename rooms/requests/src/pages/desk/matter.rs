//! One matter at the desk: all that is known, and all that can be done.

use super::{
    duplicates::{Known, Section},
    forwarded,
    inbox::organisation_choices,
    publishing, suggestions,
};
use crate::{
    elsewhere::{Forward, ForwardKey, LaterWords},
    model::{Contact, HistoryStep, ServiceRequest, State as Standing, StateWord},
    pages::{
        list::{category_choices, chip, choices},
        show::{may_answer, step_key, thread},
    },
    store,
    suggest::Suggested,
    views::{AnswerView, Eyes, RequestRow, RequestView, headline},
};
use axum::{extract::State, http::StatusCode};
use civic::{PersonId, Role};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with},
    forms::{FormErrors, Submission},
    parts::{Choice, Step},
    visit::Path,
};

/// What residents said after a request was sent on, as far as the page shows it.
const LATER_SHOWN: u32 = 200;

/// What was typed into a form that could not be accepted, so that nobody's words are lost.
#[derive(Default)]
pub(super) struct Typed {
    act: String,
    text: String,
    address: Option<String>,
    description: Option<String>,
    lat: Option<String>,
    long: Option<String>,
    until: Option<String>,
    pub(super) into: Option<String>,
    officer: String,
    organisation: String,
    category: Option<String>,
    /// Other words for what is to be published, by name.
    pub(super) words: std::collections::BTreeMap<String, String>,
    /// Steps that the page showed from which the form came.
    steps: Option<usize>,
}

impl Typed {
    pub(super) fn of(form: &Submission, act: &str) -> Self {
        let field = |name: &str| form.text(name).map(str::to_owned);
        Self {
            act: act.to_owned(),
            text: form.raw("text").unwrap_or_default().to_owned(),
            address: field("address"),
            description: form.raw("description").map(str::to_owned),
            lat: field("lat"),
            long: field("long"),
            until: field("until"),
            into: field("into"),
            officer: field("officer").unwrap_or_default(),
            organisation: field("organisation").unwrap_or_default(),
            category: field("category"),
            words: form.keyed("words").map(|(name, words)| (name.to_owned(), words.to_owned())).collect(),
            steps: form.text("steps").and_then(|count| count.parse().ok()),
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
    photo: bool,
    /// The key of the keyboard that leads to it; empty for none.
    key: &'static str,
}

/// What somebody did since the page was opened.
struct Changed {
    title: String,
    by: String,
    text: String,
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
    originals: Vec<Note>,
    withheld: Vec<(String, String)>,
    publishing: publishing::Section,
    redacted: String,
    note: TextForm,
    answer: TextForm,
    ask: TextForm,
    go_on: TextForm,
    waiting: String,
    reachable: bool,
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
    kept: String,
    until: String,
    extension: TextForm,
    alike: Section,
    suggested: suggestions::Section,
    forwarded: Option<forwarded::Section>,
    changed: Vec<Changed>,
    steps: usize,
    version: i64,
}

/// A matter at the desk, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatterView {
    /// What is public of it.
    #[serde(flatten)]
    request: RequestView,
    /// Who reported it, as far as they said.
    contact: Contact,
    /// Notes for colleagues, oldest first.
    notes: Vec<String>,
    /// Where it may belong instead.
    suggestions: Vec<suggestions::SuggestionView>,
    /// What of it is not public, because the desk has not published it or left it out.
    unpublished: Vec<publishing::UnpublishedView>,
    /// Whether it was sent on to an agency that answers elsewhere.
    forward: Option<forwarded::ForwardView>,
}

struct Matter {
    request: ServiceRequest,
    steps: Vec<HistoryStep>,
    photos: Vec<String>,
    contact: Contact,
    colleagues: Vec<(PersonId, String)>,
    withheld: Vec<(String, String)>,
    publishing: publishing::Known,
    alike: Known,
    known: store::KnownSuggestions,
    forward: Option<(Forward, Vec<LaterWords>)>,
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
    let suggested = suggestions::suggest(town, &matter.request, &matter.known).await?;
    if visit.wants == Wants::Json {
        return json(&machine_view(town, visit, &matter, &suggested));
    }
    page_with(status, &compose(town, visit, matter, &suggested, typed, errors))
}

fn machine_view(town: &Town, visit: &Visit, matter: &Matter, suggested: &[Suggested]) -> MatterView {
    let eyes = Eyes::new(town, visit.t.language());
    let photos = matter.photos.iter().map(|path| town.url(path)).collect();
    let notes = matter.steps.iter().filter(|step| step.internal && step.saying == "request.noted");
    MatterView {
        request: eyes.view(&matter.request, &matter.steps, photos),
        contact: matter.contact.clone(),
        notes: notes.map(|step| step.body.clone()).collect(),
        suggestions: suggested.iter().map(|one| suggestions::view(visit, &eyes, one)).collect(),
        unpublished: publishing::views(town, &matter.publishing),
        forward: matter.forward.as_ref().map(|(forward, later)| forwarded::view(forward, later)),
    }
}

fn read(tx: &mut Tx<'_>, request: ServiceRequest, now: civic::Moment) -> Result<Matter, DbError> {
    let steps = store::steps(tx, request.id, true)?;
    let publishing = publishing::read(tx, &request, &steps)?;
    let at_desk = |key: &String| publishing.unpublished.iter().any(|one| one.step.is_none() && one.part.key == *key);
    let withheld = commons::moderation::own_words(tx, &request.subject())?;
    Ok(Matter {
        withheld: withheld.into_iter().filter(|(key, _)| !at_desk(key)).collect(),
        steps,
        publishing,
        photos: crate::pages::show::photos(tx, &request.subject())?,
        contact: store::contact_of(tx, request.id)?,
        alike: super::duplicates::read(tx, &request, now)?,
        known: store::known_suggestions(tx, request.id)?,
        forward: read_forward(tx, &request)?,
        colleagues: people::mandates::holders(tx, Role::Officer, request.organisation, now)?,
        request,
    })
}

fn read_forward(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<Option<(Forward, Vec<LaterWords>)>, DbError> {
    let key = ForwardKey { request: request.id, organisation: request.organisation };
    let Some(forward) = store::forward(tx, key)? else { return Ok(None) };
    Ok(Some((forward, store::later_words(tx, key, LATER_SHOWN)?)))
}

fn compose(
    town: &Town,
    visit: &Visit,
    matter: Matter,
    suggested: &[Suggested],
    typed: Typed,
    errors: FormErrors,
) -> MatterPage {
    let Matter { request, steps, photos, contact, colleagues, withheld, publishing, alike, known, forward } = matter;
    let eyes = Eyes::new(town, visit.t.language());
    let row = eyes.row(&request);
    let t = &visit.t;
    let (officer, officer_id) = match &request.state {
        Standing::Assigned { officer, officer_name, .. } => (officer_name.clone(), Some(*officer)),
        _ => (String::new(), None),
    };
    let (count, changed) = (steps.len(), changed(visit, &eyes, &steps, &typed, &errors));
    let (internal, public): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.internal);
    let (originals, notes): (Vec<_>, Vec<_>) = internal.into_iter().partition(|step| step.saying == "request.original");
    let pin = |micro: Option<f64>, typed: Option<String>| {
        typed.unwrap_or_else(|| micro.map(|d| d.to_string()).unwrap_or_default())
    };
    let open = row.open;
    let endings: &[&'static str] = match row.state {
        StateWord::Duplicate => &["separate"],
        _ if open => &["resolve", "decline"],
        _ => &["reopen"],
    };
    let headline = headline(&row);
    MatterPage {
        frame: Frame::new(town, visit, format!("{} {headline}", row.code)).twins(visit, &[Wants::Json]),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        description: request.description.clone(),
        answers: eyes.answers(&request),
        thread: thread(visit, &eyes, &request, &public),
        originals: originals.iter().map(|step| note(visit, &eyes, step)).collect(),
        withheld: withheld.into_iter().map(|(key, words)| (t.say(&key).to_owned(), words)).collect(),
        publishing: publishing::section(town, visit, &request, publishing, &typed),
        redacted: typed.description.clone().unwrap_or_else(|| request.description.clone()),
        notes: notes.iter().map(|step| note(visit, &eyes, step)).collect(),
        alike: super::duplicates::section(visit, &eyes, &request, alike, &typed),
        suggested: suggestions::section(visit, &eyes, suggested, &known),
        forwarded: forward
            .map(|(forward, later)| forwarded::section(town, visit, &forward, &later, &row.organisation.name)),
        extension: text_form(visit, "extend", &typed),
        note: text_form(visit, "note", &typed),
        answer: text_form(visit, "answer", &typed),
        ask: text_form(visit, "ask", &typed),
        go_on: text_form(visit, "continue", &typed),
        waiting: super::super::show::waiting_words(town, visit, &request),
        reachable: contact.email.is_some() || contact.phone.is_some() || request.reporter_id.is_some(),
        endings: endings.iter().map(|act| text_form(visit, act, &typed)).collect(),
        may_take: open && visit.actor.person.is_some() && visit.actor.person != officer_id,
        colleagues: choices(
            t.say("desk-choose"),
            colleagues.into_iter().filter(|(id, _)| Some(*id) != officer_id).map(|(id, name)| (id.text(), name)),
            &typed.officer,
        ),
        organisations: organisation_choices(town, visit, &typed.organisation),
        categories: category_choices(town, visit, typed.category.as_deref().unwrap_or(&row.category.code)).split_off(1),
        lat: pin(row.place.map(|place| place.lat), typed.lat),
        long: pin(row.place.map(|place| place.long), typed.long),
        address: typed.address.unwrap_or_else(|| row.address.clone()),
        bounds: town.part::<places::Districts>().bounds_text(),
        due: request.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        kept: super::super::show::kept(visit, &request),
        until: typed.until.unwrap_or_default(),
        changed,
        steps: count,
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

/// What is new since the page was opened whose form could not be accepted.
fn changed(visit: &Visit, eyes: &Eyes<'_>, steps: &[HistoryStep], typed: &Typed, errors: &FormErrors) -> Vec<Changed> {
    let seen = typed.steps.filter(|_| !errors.is_empty()).unwrap_or(steps.len());
    let new = steps.iter().skip(seen).filter(|step| step.saying != "request.original");
    new.map(|step| Changed {
        title: visit.t.say(step_key(&step.saying)).to_owned(),
        by: eyes.signature(visit, step),
        text: step.body.clone(),
    })
    .collect()
}

fn note(visit: &Visit, eyes: &Eyes<'_>, step: &HistoryStep) -> Note {
    let text = match step.saying.as_str() {
        "request.escalated" => visit.t.say("step-reminded").to_owned(),
        _ => step.body.clone(),
    };
    Note { by: eyes.signature(visit, step), text }
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
        photo: matches!(act, "answer" | "resolve" | "decline"),
        key: key_of(act),
        act,
        here,
    }
}

fn key_of(act: &str) -> &'static str {
    match act {
        "answer" => "a",
        "note" => "n",
        "ask" => "q",
        "resolve" => "r",
        "decline" => "d",
        _ => "",
    }
}
