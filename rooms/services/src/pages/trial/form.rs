//! The form of a draft, filled in to see how it is. What was answered goes from page to page within the form itself, and is kept nowhere.

use super::{crumbs, opened};
use crate::{pages::check_answers::lines, rules, trial::Trial};
use axum::{extract::State, http::StatusCode};
use forms::{Answers, Form, FormPage, Given, Kind, Question, read_page, visible_pages};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::page_with,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::Path,
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
}

/// The form without what would have to be kept to be tried.
fn form_of(trial: &Trial) -> Form {
    let mut form = trial.definition.form.clone();
    form.pages.iter_mut().for_each(|page| page.fields.retain(|field| field.kind != Kind::Upload));
    form.pages.retain(|page| !page.fields.is_empty());
    form
}

/// GET /services/{code}/draft/form
pub async fn begin(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (_, trial) = opened(&town, &code).await?;
    let form = form_of(&trial);
    let first = form.pages.first().ok_or(Stop::NotFound)?;
    render(&town, &visit, &trial, &form, Some(first), &Answers::default(), None, &[])
}

/// POST /services/{code}/draft/form
pub async fn answer(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let (_, trial) = opened(&town, &code).await?;
    let form = form_of(&trial);
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
        Err(refusals) => return render(&town, &visit, &trial, &form, Some(page), &answers, Some(&sent), &refusals),
    }
    let answers = answers.settled(&form);
    let next = after(&form, &answers, page);
    render(&town, &visit, &trial, &form, next, &answers, None, &[])
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
            finding: if page.is_none() { rules::shown(&finding, t, town.settings().currency) } else { None },
            part: page
                .and_then(|page| page.fields.first())
                .map(|field| format!("q-{}", field.name))
                .unwrap_or_default(),
        },
    )
}
