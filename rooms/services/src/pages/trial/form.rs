//! The form of a draft, filled in to see how it is. What was answered goes from page to page within the form itself, and is kept nowhere.

use super::{crumbs, opened};
use crate::{
    pages::check_answers::lines,
    rules,
    trial::{DRAFT, QuestionChange, Trial, question_of, unfenced, with_change, within},
};
use axum::{extract::State, http::StatusCode};
use commons::comments;
use database::DbError;
use forms::{Answers, Form, FormPage, Given, Kind, Question, read_page, visible_pages};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::page_with,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::{Path, Query},
};

/// Bytes of what was answered so far.
const STATE_LIMIT: usize = 40_000;

#[derive(askama::Template)]
#[template(path = "service_draft_form.html")]
struct TryPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    state: String,
    page: String,
    step: String,
    title: String,
    hint: String,
    questions: Vec<Question>,
    /// At the end: what was answered.
    lines: Vec<CheckLine>,
    finding: Option<rules::Shown>,
    part: String,
    with: Changed,
}

/// A change of one question that the form is tried with, as it goes from page to page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Changed {
    /// The part that is the question; empty for the draft as it is.
    on: String,
    /// The text of the change.
    with: String,
    /// At the beginning, in place of the text: the comment that proposes it.
    change: String,
}

/// The form, with the change where there is one, without what would have to be kept to be tried.
fn form_of(trial: &Trial, changed: &Changed) -> Result<Form, Stop> {
    let mut form = trial.definition.form.clone();
    if let Some(name) = question_of(&changed.on) {
        let change = QuestionChange::read(&changed.with).ok_or(Stop::NotFound)?;
        form = with_change(&form, name, &change)?;
    }
    form.pages.iter_mut().for_each(|page| page.fields.retain(|field| field.kind != Kind::Upload));
    form.pages.retain(|page| !page.fields.is_empty());
    Ok(form)
}

/// GET /services/{code}/draft/form: the draft as it is, or with the change that the comment `change` proposes.
pub async fn begin(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Changed>,
) -> Answer {
    let (_, trial) = opened(&town, &code).await?;
    let changed =
        if asked.change.is_empty() { Changed::default() } else { proposed(&town, &visit, &code, asked).await? };
    first(&town, &visit, &trial, changed)
}

fn first(town: &Town, visit: &Visit, trial: &Trial, changed: Changed) -> Answer {
    let form = form_of(trial, &changed)?;
    let first = form.pages.first().ok_or(Stop::NotFound)?;
    render(town, visit, trial, &form, Some(first), &Answers::default(), None, &[], changed)
}

/// The change that a comment on a question of this draft proposes.
async fn proposed(town: &Town, visit: &Visit, code: &str, asked: Changed) -> Result<Changed, Stop> {
    let (id, actor) = (asked.change, visit.actor.clone());
    let found = town.db().read(move |tx| comments::one_seen_by(tx, &id, &actor)).await;
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    let (about, seen) = found.filter(|(about, _)| about.kind == DRAFT.0).ok_or(Stop::NotFound)?;
    let (of, part) = within(&about.id);
    if of != code || question_of(part).is_none() || seen.hidden.is_some() {
        return Err(Stop::NotFound);
    }
    let (_, with) = unfenced(part, &seen.comment.text).ok_or(Stop::NotFound)?;
    Ok(Changed { on: part.to_owned(), with, change: String::new() })
}

/// POST /services/{code}/draft/form
pub async fn answer(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let (_, trial) = opened(&town, &code).await?;
    let part = |name: &str| sent.raw(name).unwrap_or_default().replace("\r\n", "\n");
    let changed = Changed { on: part("on"), with: part("with"), change: String::new() };
    if sent.text("page").is_none() {
        return first(&town, &visit, &trial, changed);
    }
    let form = form_of(&trial, &changed)?;
    let state = sent.raw("state").unwrap_or("{}");
    let mut answers: Answers = match serde_json::from_str(state) {
        Ok(answers) if state.len() <= STATE_LIMIT => answers,
        _ => return Err(Refusal::new("trial-state").into()),
    };
    let page = form.page(sent.text("page").unwrap_or_default()).ok_or(Stop::NotFound)?;
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let texts = forms::texts(page, &sent);
    let given = Given {
        texts: &|place, _| texts.get(place).cloned().unwrap_or_default(),
        districts: &districts,
        language: visit.t.language(),
        is_typing: false,
    };
    match read_page(&form, page, &answers, &given) {
        Ok(read) => answers.take(page, read),
        Err(refusals) => {
            return render(&town, &visit, &trial, &form, Some(page), &answers, Some(&sent), &refusals, changed);
        }
    }
    let answers = answers.settled(&form);
    let next = after(&form, &answers, page);
    render(&town, &visit, &trial, &form, next, &answers, None, &[], changed)
}

/// The next page that is shown after this one.
fn after<'f>(form: &'f Form, answers: &Answers, page: &FormPage) -> Option<&'f FormPage> {
    let place = form.pages.iter().position(|one| one.id == page.id)?;
    let visible = visible_pages(form, answers);
    form.pages[place + 1..].iter().find(|one| visible.iter().any(|shown| shown.id == one.id))
}

#[expect(clippy::too_many_arguments, reason = "a page of a form, or its end")]
fn render(
    town: &Town,
    visit: &Visit,
    trial: &Trial,
    form: &Form,
    page: Option<&FormPage>,
    answers: &Answers,
    typed: Option<&Submission>,
    refusals: &[Refusal],
    with: Changed,
) -> Answer {
    let t = &visit.t;
    let visible = visible_pages(form, answers);
    let at = page.and_then(|page| visible.iter().position(|one| one.id == page.id)).unwrap_or(0);
    let day = visit.at.in_zone(&town.settings().zone).date();
    let finding = rules::finding(&trial.definition, answers, day);
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = page.map_or_else(|| t.say("sv-draft-end"), |page| page.title.in_language(t.language()));
    page_with(
        status,
        &TryPage {
            frame: Frame::new(town, visit, title),
            errors: FormErrors::of(refusals, t),
            crumbs: crumbs(visit, trial, t.say("sv-draft-form")),
            code: trial.service.clone(),
            state: serde_json::to_string(answers).map_err(Stop::fault)?,
            page: page.map(|page| page.id.clone()).unwrap_or_default(),
            step: t.with2("sv-step", "at", at + 1, "of", visible.len()),
            title: title.to_owned(),
            hint: crate::views::words(page.and_then(|page| page.hint.as_ref()), t.language()),
            questions: page.map(|page| forms::questions(town, visit, page, answers, typed, &[])).unwrap_or_default(),
            lines: if page.is_none() { lines(town, visit, form, answers, "") } else { Vec::new() },
            finding: if page.is_none() {
                let of = (&trial.definition, answers, day);
                rules::shown(&finding, of, (t, town.settings().currency), rules::Whose::Reader)
            } else {
                None
            },
            part: page
                .and_then(|page| page.fields.first())
                .map(|field| format!("q-{}", field.name))
                .unwrap_or_default(),
            with,
        },
    )
}
