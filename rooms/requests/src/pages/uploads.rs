//! The administrator uploads a table, says what its columns mean, tries it, and has it stored.

use crate::{
    commands::{self, Understood, UploadReport},
    imports::{Mapping, Question, Unused, mapping_file, unused_columns},
    store::{self, Upload, UploadState},
};
use axum::{extract::State, http::StatusCode};
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other, see_other_saying},
    dates::number,
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// Questions of one page; the next come when these are answered.
const QUESTIONS_SHOWN: usize = 40;
/// Examples of a column that a question shows.
const EXAMPLES_SHOWN: usize = 3;
/// What an answer sends that sets rows aside, or says that there is no such column.
const NONE: &str = "-";

/// An upload, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UploadView {
    id: String,
    name: String,
    state: &'static str,
    at: String,
    import: Option<String>,
    trouble: String,
    rows: u64,
    stored: u64,
    already: u64,
    set_aside: u64,
    /// The columns that are used for nothing, with an example; empty while the work is under way.
    unused: Vec<Unused>,
}

/// A question as a menu.
struct Asked {
    name: String,
    label: String,
    hint: String,
    choices: Vec<Choice>,
}

/// What was tried.
struct Tried {
    counts: [String; 4],
    oddities: Vec<String>,
    asides: Vec<[String; 4]>,
    stored: i64,
}

#[derive(askama::Template)]
#[template(path = "import_upload.html")]
struct UploadPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    id: String,
    state: String,
    chip: &'static str,
    under_way: bool,
    progress: String,
    trouble: String,
    asked: Vec<Asked>,
    asked_hash: String,
    left: String,
    found: String,
    unused: Vec<[String; 3]>,
    mapping: String,
    may_try: bool,
    tried: Option<Tried>,
    pin_outside: bool,
    promises: bool,
}

/// The word of a state, and the colour of its chip.
pub(super) fn state_words(visit: &Visit, state: UploadState) -> (String, &'static str) {
    let chip = match state {
        UploadState::Tried | UploadState::Stored => "g",
        UploadState::Broken => "r",
        _ => "y",
    };
    (visit.t.say(&format!("upload-state-{}", state.word())).to_owned(), chip)
}

/// POST /admin/imports: a table.
pub async fn take(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let source = form.text("source").unwrap_or_default().to_owned();
    let (name, body) = match form.file("file") {
        Some(file) => (file.file_name.clone(), file.bytes.to_vec()),
        None => (String::new(), Vec::new()),
    };
    match commands::take_upload(&town, visit.actor.clone(), &name, &source, body).await {
        Ok(id) if visit.wants != Wants::Html => json(&serde_json::json!({"upload": id})),
        Ok(id) => see_other(&format!("/admin/import-uploads/{id}")),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            super::imports::list_with(&town, &visit, &source, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn find(town: &Town, id: String) -> Result<Upload, Stop> {
    let found = town.db().read(move |tx| store::upload(tx, &id)).await.map_err(|error: DbError| Stop::from(error))?;
    found.ok_or(Stop::NotFound)
}

/// GET /admin/import-uploads/{upload}
pub async fn show(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let upload = find(&town, id).await?;
    if visit.wants == Wants::Json {
        let open = !upload.state.is_under_way() && upload.state != UploadState::Stored;
        let understood = if open { Some(commands::understand(&town, &upload).await?) } else { None };
        let unused = understood.map(|one| unused_columns(&one.survey, &one.mapping)).unwrap_or_default();
        return json(&UploadView { unused, ..view(&upload) });
    }
    if let (UploadState::Stored, Some(import)) = (upload.state, &upload.import) {
        return see_other(&format!("/admin/imports/{import}"));
    }
    page(&town, &visit, &upload, FormErrors::default(), StatusCode::OK).await
}

fn view(upload: &Upload) -> UploadView {
    let report: UploadReport = serde_json::from_str(&upload.report).unwrap_or_default();
    UploadView {
        id: upload.id.clone(),
        name: upload.name.clone(),
        state: upload.state.word(),
        at: upload.at.rfc3339(),
        import: upload.import.clone(),
        trouble: upload.trouble.clone(),
        rows: report.rows,
        stored: report.stored,
        already: report.already,
        set_aside: report.set_aside,
        unused: Vec::new(),
    }
}

/// POST /admin/import-uploads/{upload}: answers to the questions, and what is done with pins outside and promises.
pub async fn answer(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let upload = find(&town, id).await?;
    if upload.state.is_under_way() || upload.state == UploadState::Stored {
        return Err(Refusal::conflict("upload-not-now").into());
    }
    let understood = commands::understand(&town, &upload).await?;
    match read_answers(&understood, &form) {
        Ok(mapping) => {
            commands::keep_mapping(&town, &upload, &mapping).await?;
            see_other(&format!("/admin/import-uploads/{}", upload.id))
        }
        Err(refusal) if visit.wants == Wants::Html => {
            let (status, errors) = (refusal.status, FormErrors::of(&[refusal], &visit.t));
            page(&town, &visit, &upload, errors, status).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Only answers to the very questions that are open now are taken.
fn read_answers(understood: &Understood, form: &Submission) -> Result<Mapping, Refusal> {
    if form.text("asked") != Some(hash_of(&understood.questions).as_str()) {
        return Err(Refusal::conflict("changed-meanwhile"));
    }
    let mut mapping = understood.mapping.clone();
    mapping.pin_outside = match form.is_ticked("pin-outside") {
        true => crate::imports::PinOutside::AddressOnly,
        false => crate::imports::PinOutside::SetAside,
    };
    mapping.promises = form.is_ticked("promises");
    for (number, question) in understood.questions.iter().take(QUESTIONS_SHOWN).enumerate() {
        // What is not answered is asked again.
        let Some(said) = form.text(&format!("question-{number}")) else { continue };
        let is_none = said == NONE && may_be_none(question);
        if !is_none && !answers(question).iter().any(|(answer, _)| answer == said) {
            return Err(Refusal::new("upload-answer"));
        }
        question.answer(&mut mapping, if is_none { "" } else { said });
    }
    Ok(mapping)
}

fn may_be_none(question: &Question) -> bool {
    match question {
        Question::Column { needed, .. } => !needed,
        Question::Dates { .. } => false,
        Question::Value { .. } => true,
    }
}

/// What can be answered, with its label.
fn answers(question: &Question) -> Vec<(String, String)> {
    match question {
        Question::Column { choices, .. } => choices.iter().map(|one| (one.clone(), one.clone())).collect(),
        Question::Dates { choices, .. } => {
            choices.iter().map(|one| (one.as_str().to_owned(), one.as_str().to_owned())).collect()
        }
        Question::Value { choices, .. } => choices.clone(),
    }
}

fn hash_of(questions: &[Question]) -> String {
    commands::hash_of(&format!("{questions:?}"))
}

/// POST /admin/import-uploads/{upload}/try
pub async fn try_it(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let upload = find(&town, id).await?;
    if !upload.state.is_under_way() && upload.state != UploadState::Stored {
        let understood = commands::understand(&town, &upload).await?;
        if !understood.questions.is_empty() {
            return Err(Refusal::conflict("upload-questions").into());
        }
        // What was found is kept, so that what is tried is what is stored.
        commands::keep_mapping(&town, &upload, &understood.mapping).await?;
    }
    work(&town, &visit, upload.id, true).await
}

/// POST /admin/import-uploads/{upload}/store
pub async fn store_it(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    work(&town, &visit, id, false).await
}

async fn work(town: &Town, visit: &Visit, id: String, dry_run: bool) -> Answer {
    let upload = find(town, id).await?;
    commands::work_on(town, &upload, dry_run).await?;
    if visit.wants != Wants::Html {
        return json(&view(&find(town, upload.id).await?));
    }
    see_other(&format!("/admin/import-uploads/{}", upload.id))
}

/// POST /admin/import-uploads/{upload}/forget
pub async fn forget(State(town): State<Town>, _visit: Visit, Path(id): Path<String>) -> Answer {
    let upload = find(&town, id).await?;
    commands::forget_upload(&town, upload.id).await?;
    see_other_saying("/admin/imports", "flash-upload-forgotten")
}

async fn page(town: &Town, visit: &Visit, upload: &Upload, errors: FormErrors, status: StatusCode) -> Answer {
    let t = &visit.t;
    let open = !upload.state.is_under_way();
    let understood = if open { Some(commands::understand(town, upload).await?) } else { None };
    let (state, chip) = state_words(visit, upload.state);
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let questions = understood.as_ref().map_or(&[][..], |one| &one.questions);
    let left = questions.len().saturating_sub(QUESTIONS_SHOWN);
    let mapping = understood.as_ref().map(|one| &one.mapping);
    let template = UploadPage {
        frame: Frame::new(town, visit, t.with1("upload-title", "name", upload.name.as_str()))
            .twins(visit, &[Wants::Json]),
        errors,
        crumbs: vec![crumb("/admin/imports", t.say("imports-title")), crumb("", &upload.name)],
        id: upload.id.clone(),
        state,
        chip,
        under_way: !open,
        progress: if open { String::new() } else { progress(town, visit, upload).await? },
        trouble: upload.trouble.clone(),
        asked: questions
            .iter()
            .take(QUESTIONS_SHOWN)
            .enumerate()
            .map(|(n, one)| asked(visit, n, one, &understood))
            .collect(),
        asked_hash: hash_of(questions),
        left: if left == 0 { String::new() } else { t.with1("upload-left", "count", left as i64) },
        found: understood.as_ref().map(|one| found(visit, one)).unwrap_or_default(),
        unused: understood.as_ref().map(|one| unused(visit, one)).unwrap_or_default(),
        mapping: mapping.map(|mapping| mapping_file(mapping, &[])).unwrap_or_default(),
        may_try: open && questions.is_empty(),
        tried: if upload.state == UploadState::Tried { tried(visit, upload) } else { None },
        pin_outside: mapping.is_some_and(|one| one.pin_outside == crate::imports::PinOutside::AddressOnly),
        promises: mapping.is_some_and(|one| one.promises),
    };
    page_with(status, &template)
}

fn found(visit: &Visit, understood: &Understood) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let survey = &understood.survey;
    visit.t.with2("upload-found", "rows", count(survey.rows), "columns", survey.columns.len() as i64)
}

/// The columns that are used for nothing: name, an example, and how many cells are filled.
fn unused(visit: &Visit, understood: &Understood) -> Vec<[String; 3]> {
    let line = |one: Unused| {
        let filled = number(i64::try_from(one.filled).unwrap_or(i64::MAX), visit.t.language());
        [one.column, one.example, filled]
    };
    unused_columns(&understood.survey, &understood.mapping).into_iter().map(line).collect()
}

/// How far the storing is, by the import that is under way.
async fn progress(town: &Town, visit: &Visit, upload: &Upload) -> Result<String, Stop> {
    if upload.state != UploadState::Storing {
        return Ok(visit.t.say("upload-trying").to_owned());
    }
    let imports = town.db().read(|tx| store::imports(tx, 20)).await.map_err(|error: DbError| Stop::from(error))?;
    let own = imports.into_iter().find(|import| import.origin == upload.name && import.begun_at >= upload.at);
    let done = own.map_or(0, |import| import.tally.rows);
    let report: UploadReport = serde_json::from_str(&upload.report).unwrap_or_default();
    let count = |rows: u64| number(i64::try_from(rows).unwrap_or(i64::MAX), visit.t.language());
    Ok(visit.t.with2("upload-progress", "done", count(done), "rows", count(report.rows)))
}

fn asked(visit: &Visit, number: usize, question: &Question, understood: &Option<Understood>) -> Asked {
    let t = &visit.t;
    let examples = |column: &str| {
        let columns = understood.iter().flat_map(|one| &one.survey.columns);
        let found = columns.filter(|one| one.name == column).flat_map(|one| one.examples.iter().take(EXAMPLES_SHOWN));
        found.cloned().collect::<Vec<_>>().join(" · ")
    };
    let named = |field: &str| t.say(&format!("import-field-{field}")).to_owned();
    let (label, hint) = match question {
        Question::Column { field, .. } => (t.with1("upload-ask-column", "field", named(field)), String::new()),
        Question::Dates { field, column, examples, .. } => {
            let label = t.with2("upload-ask-dates", "field", named(field), "column", column.as_str());
            (label, examples.join(" · "))
        }
        Question::Value { field, value, rows, .. } => {
            let rows = i64::try_from(*rows).unwrap_or(i64::MAX);
            (
                t.with2("upload-ask-value", "field", named(field), "value", value.as_str()),
                t.with1("upload-ask-rows", "count", rows),
            )
        }
    };
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen: value.is_empty(),
    };
    let mut choices = vec![choice("", t.say("desk-choose").to_owned())];
    for (value, label) in answers(question) {
        let label = match question {
            Question::Column { .. } => match examples(&value) {
                found if found.is_empty() => label,
                found => format!("{label} ({found})"),
            },
            Question::Dates { .. } => t.say(&format!("import-dates-{value}")).to_owned(),
            Question::Value { .. } => label,
        };
        choices.push(choice(&value, label));
    }
    if may_be_none(question) {
        let key = if matches!(question, Question::Value { .. }) { "upload-set-aside" } else { "upload-no-column" };
        choices.push(choice(NONE, t.say(key).to_owned()));
    }
    Asked { name: format!("question-{number}"), label, hint, choices }
}

fn tried(visit: &Visit, upload: &Upload) -> Option<Tried> {
    let report: UploadReport = serde_json::from_str(&upload.report).ok()?;
    let whole = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let count = |rows: u64| number(whole(rows), visit.t.language());
    let oddity = |(key, rows): (&String, &u64)| visit.t.with1(key, "rows", whole(*rows));
    Some(Tried {
        counts: [report.rows, report.stored, report.already, report.set_aside].map(count),
        oddities: report.oddities.iter().map(oddity).collect(),
        stored: whole(report.stored),
        asides: report.asides.into_iter().map(|(line, column, value, why)| [count(line), column, value, why]).collect(),
    })
}
