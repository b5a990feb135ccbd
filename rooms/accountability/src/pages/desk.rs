//! Where the organisation that promised says what becomes of it.

use super::{
    list::choices,
    show::{Matter, read, thread},
};
use crate::{
    acts,
    commands::{KeepCommand, keep},
    decide::{Keep, end_of_day},
    views::{CommitmentRow, Eyes},
};
use axum::{extract::State, http::StatusCode};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    money::read_amount,
    parts::{Choice, Step},
    visit::Path,
};

/// A form with words: which act, what was typed.
struct Form {
    act: &'static str,
    heading: String,
    label: String,
    hint: String,
    button: String,
    here: bool,
    text: String,
    link: String,
}

/// What was typed into a form that could not be accepted, so that nobody's words are lost.
#[derive(Default)]
struct Typed {
    act: String,
    text: String,
    link: String,
    until: String,
    contracted: String,
    paid: String,
}

#[derive(askama::Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    errors: FormErrors,
    row: CommitmentRow,
    state: String,
    chip: &'static str,
    due: String,
    report: Form,
    begin: Option<Form>,
    endings: Vec<Form>,
    postpone: Option<Form>,
    spend: Form,
    reach: Option<Form>,
    milestones: Vec<Choice>,
    until: String,
    contracted: String,
    paid: String,
    currency: String,
    thread: Vec<Step>,
    version: i64,
}

/// GET /commitments/{code}/desk
pub async fn desk(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    render(&town, &visit, code, &Typed::default(), FormErrors::default(), StatusCode::OK).await
}

async fn render(
    town: &Town,
    visit: &Visit,
    code: String,
    typed: &Typed,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (own, reader) = (town.clone(), visit.clone());
    let look = move |tx: &mut database::Tx<'_>| {
        let matter = read(&own, tx, &reader, &code)?;
        // What another organisation promised might as well not exist here.
        let may = reader.actor.may_for(&acts::KEEP, Some(matter.commitment.organisation));
        if may { Ok(matter) } else { Err(Stop::NotFound) }
    };
    let matter = town.db().read(look).await?;
    page_with(status, &compose(town, visit, &matter, typed, errors))
}

fn compose(town: &Town, visit: &Visit, matter: &Matter, typed: &Typed, errors: FormErrors) -> DeskPage {
    let t = &visit.t;
    let eyes = Eyes::new(town, t.language(), matter.organisations.clone());
    let one = &matter.commitment;
    let row = eyes.row(one);
    let open = one.state.is_open();
    let waiting = matter.milestones.iter().filter(|milestone| milestone.done_at.is_none());
    let waiting: Vec<_> = waiting.map(|milestone| (milestone.position.to_string(), milestone.title.clone())).collect();
    let endings: &[&'static str] = if open { &["fulfil", "break", "drop"] } else { &["reopen"] };
    DeskPage {
        frame: Frame::new(town, visit, format!("{} {}", row.code, row.title)),
        errors,
        state: t.say(row.state.key()).to_owned(),
        chip: row.state.chip(),
        due: visit.date(one.due_at),
        report: form(visit, "report", typed),
        begin: (one.state == crate::model::State::Promised).then(|| form(visit, "begin", typed)),
        endings: endings.iter().map(|act| form(visit, act, typed)).collect(),
        postpone: open.then(|| form(visit, "postpone", typed)),
        spend: form(visit, "spend", typed),
        reach: (open && !waiting.is_empty()).then(|| form(visit, "reach", typed)),
        milestones: choices(t.say("commitment-choose"), waiting, ""),
        until: typed.until.clone(),
        contracted: typed.contracted.clone(),
        paid: typed.paid.clone(),
        currency: row.currency.clone(),
        thread: thread(visit, &eyes, matter),
        version: one.version,
        row,
    }
}

fn form(visit: &Visit, act: &'static str, typed: &Typed) -> Form {
    let say = |part: &str| visit.t.say(&format!("keep-{act}-{part}")).to_owned();
    let here = typed.act == act;
    Form {
        heading: say("heading"),
        label: say("label"),
        hint: say("hint"),
        button: say("button"),
        text: if here { typed.text.clone() } else { String::new() },
        link: if here { typed.link.clone() } else { String::new() },
        act,
        here,
    }
}

/// POST /commitments/{code}/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((code, word)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let done = match command(&town, &code, &word, &form).await {
        Ok(command) => keep(&town, visit.actor.clone(), command).await,
        Err(stop) => Err(stop),
    };
    match done {
        Ok(commitment) if visit.wants != Wants::Html => {
            let organisations = town.db().read(crate::views::organisations).await.map_err(Stop::from)?;
            json(&Eyes::new(&town, visit.t.language(), organisations).row(&commitment))
        }
        Ok(_) => see_other_saying(&format!("/commitments/{code}/desk"), "flash-commitment-kept"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            let errors = FormErrors::of(&refusals, &visit.t);
            render(&town, &visit, code, &typed(&word, &form), errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

fn typed(word: &str, form: &Submission) -> Typed {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Typed {
        act: word.to_owned(),
        text: form.raw("text").unwrap_or_default().to_owned(),
        link: field("link"),
        until: field("until"),
        contracted: field("contracted"),
        paid: field("paid"),
    }
}

async fn command(town: &Town, code: &str, word: &str, form: &Submission) -> Result<KeepCommand, Stop> {
    let act = read_act(town, word, form)?;
    let photo = match form.file("photo") {
        Some(upload) => Some(commons::files::take_in(town, upload.bytes.clone(), "").await?),
        None => None,
    };
    let seen_version = form.text("version").and_then(|text| text.parse().ok()).filter(|_| !act.adds_only());
    let link = form.text("link").unwrap_or_default().to_owned();
    Ok(KeepCommand { code: code.to_owned(), seen_version, act, link, photo })
}

/// Reads the act that `word` names.
///
/// # Errors
/// `NotFound` for other words; a refusal for an amount that cannot be read.
fn read_act(town: &Town, word: &str, form: &Submission) -> Result<Keep, Stop> {
    let text = form.text("text").unwrap_or_default().to_owned();
    Ok(match word {
        "begin" => Keep::Begin { text },
        "report" => Keep::Report { text },
        "spend" => {
            Keep::Spend { contracted_cents: amount(form, "contracted")?, paid_cents: amount(form, "paid")?, text }
        }
        "reach" => {
            Keep::Reach { position: form.text("milestone").and_then(|text| text.parse().ok()).unwrap_or(0), text }
        }
        "postpone" => {
            let until = end_of_day(form.text("until").unwrap_or_default(), &town.settings().zone);
            Keep::Postpone { until, reason: text }
        }
        "fulfil" => Keep::Fulfil { text },
        "break" => Keep::Break { reason: text },
        "drop" => Keep::Drop { reason: text },
        "reopen" => Keep::Reopen { reason: text },
        _ => return Err(Stop::NotFound),
    })
}

fn amount(form: &Submission, field: &'static str) -> Result<Option<i64>, Refusal> {
    let read = |text: &str| read_amount(text).map_err(|_| Refusal::new("commitment-amount").at(field));
    form.text(field).map(read).transpose()
}
