//! Somebody answers, one page after the other, without a script.

use crate::{
    answering::{self, Answering, answer_all, load, needs_account, save_page},
    decide::may_answer,
    model::{Standing, Survey},
    store::Row,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use forms::{Answers, FormPage, Question, visible_pages};
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "survey_page.html")]
struct AnswerPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    action: String,
    back: String,
    title: String,
    hint: String,
    step: String,
    single: bool,
    any_optional: bool,
    questions: Vec<Question>,
}

#[derive(askama::Template)]
#[template(path = "survey_check.html")]
struct CheckPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<CheckLine>,
    sent: bool,
}

fn answering(visit: &Visit, headers: &HeaderMap, code: String) -> Answering {
    let browser = commons::browser::known(headers);
    Answering { code, person: visit.actor.person, browser, language: visit.t.language() }
}

/// The survey and the answers so far, while somebody may answer.
async fn scene(town: &Town, visit: &Visit, one: &Answering) -> Result<(Survey, Row), Stop> {
    let (survey, row) = load(town, one).await?;
    if survey.standing(visit.at) == Standing::Open && needs_account(&survey) && one.person.is_none() {
        return Err(Stop::SignIn);
    }
    may_answer(&survey, one.person.is_some(), visit.at)?;
    Ok((survey, row))
}

/// GET /surveys/{code}/answer
pub async fn begin(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let (survey, _) = scene(&town, &visit, &answering(&visit, &headers, code)).await?;
    let first = survey.definition.form.pages.first().ok_or(Stop::NotFound)?;
    let to = see_other(&format!("/surveys/{}/answer/{}", survey.code, first.id))?;
    commons::browser::make_known(&town, &visit, &headers, to)
}

/// GET /surveys/{code}/answer/{page}
pub async fn page(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path((code, id)): Path<(String, String)>,
) -> Answer {
    let (survey, row) = scene(&town, &visit, &answering(&visit, &headers, code)).await?;
    let page = survey.definition.form.page(&id).ok_or(Stop::NotFound)?;
    let answer = render(&town, &visit, &survey, &row.draft, page, FormErrors::default(), None)?;
    commons::browser::make_known(&town, &visit, &headers, answer)
}

fn render(
    town: &Town,
    visit: &Visit,
    survey: &Survey,
    answers: &Answers,
    page: &FormPage,
    errors: FormErrors,
    typed: Option<&Submission>,
) -> Answer {
    let (t, language) = (&visit.t, visit.t.language());
    let settled = answers.clone().settled(&survey.definition.form);
    let pages = visible_pages(&survey.definition.form, &settled);
    let at = pages.iter().position(|one| one.id == page.id).unwrap_or(0);
    let path = format!("/surveys/{}", survey.code);
    let questions = forms::questions(town, visit, page, &settled, typed, &[]);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &AnswerPage {
            frame: Frame::new(town, visit, page.title.in_language(language)),
            errors,
            crumbs: crumbs(visit, survey, page.title.in_language(language)),
            action: format!("{path}/answer/{}", page.id),
            back: if at == 0 { path.clone() } else { format!("{path}/answer/{}", pages[at - 1].id) },
            title: page.title.in_language(language).to_owned(),
            hint: page.hint.as_ref().map(|hint| hint.in_language(language).to_owned()).unwrap_or_default(),
            step: t.with1("survey-step", "at", at + 1),
            single: forms::is_single(page),
            any_optional: questions.iter().any(|question| !question.required),
            questions,
        },
    )
}

fn crumbs(visit: &Visit, survey: &Survey, here: &str) -> Vec<Crumb> {
    let title = survey.definition.title.in_language(visit.t.language()).to_owned();
    vec![
        Crumb { href: "/surveys".to_owned(), label: visit.t.say("surveys-title").to_owned() },
        Crumb { href: format!("/surveys/{}", survey.code), label: title },
        Crumb { href: String::new(), label: here.to_owned() },
    ]
}

/// POST /surveys/{code}/answer/{page}
pub async fn save(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path((code, id)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let one = answering(&visit, &headers, code.clone());
    let (survey, row) = load(&town, &one).await?;
    let page = survey.definition.form.page(&id).ok_or(Stop::NotFound)?;
    match save_page(&town, one, id.clone(), forms::texts(page, &form)).await {
        Ok(answers) => {
            let pages = visible_pages(&survey.definition.form, &answers);
            let at = pages.iter().position(|shown| shown.id == id).unwrap_or(0);
            let to = match pages.get(at + 1) {
                Some(next) => format!("/surveys/{code}/answer/{}", next.id),
                None => format!("/surveys/{code}/send"),
            };
            see_other(&to)
        }
        // What stands against the whole survey is told by itself; what stands at a question, beside it.
        Err(Stop::Refused(refusals)) if refusals.iter().all(|refusal| refusal.field.is_some()) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            render(&town, &visit, &survey, &row.draft, page, errors, Some(&form))
        }
        Err(stop) => Err(stop),
    }
}

/// GET /surveys/{code}/send
pub async fn check(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let (survey, row) = scene(&town, &visit, &answering(&visit, &headers, code)).await?;
    let answer = render_check(&town, &visit, &survey, &row, FormErrors::default(), StatusCode::OK)?;
    commons::browser::make_known(&town, &visit, &headers, answer)
}

fn render_check(
    town: &Town,
    visit: &Visit,
    survey: &Survey,
    row: &Row,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let language = visit.t.language();
    let settled = row.draft.clone().settled(&survey.definition.form);
    let mut lines = Vec::new();
    for page in visible_pages(&survey.definition.form, &settled) {
        for field in &page.fields {
            let value = settled.0.get(&field.name);
            lines.push(CheckLine {
                label: field.label.in_language(language).to_owned(),
                value: value.map(|value| forms::shown(field, value, &visit.t, town)).unwrap_or_default(),
                href: format!("/surveys/{}/answer/{}", survey.code, page.id),
            });
        }
    }
    let title = visit.t.say("survey-check");
    page_with(
        status,
        &CheckPage {
            frame: Frame::new(town, visit, title),
            errors,
            crumbs: crumbs(visit, survey, title),
            code: survey.code.clone(),
            lines,
            sent: row.sent.is_some(),
        },
    )
}

/// POST /surveys/{code}/send
pub async fn send(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    let one = answering(&visit, &headers, code.clone());
    match answering::send(&town, one.clone()).await {
        Ok(()) => see_other_saying(&format!("/surveys/{code}"), "flash-survey-sent"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html && still_open(&refusals) => {
            let (survey, row) = load(&town, &one).await?;
            let errors = FormErrors::of(&refusals, &visit.t);
            render_check(&town, &visit, &survey, &row, errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

/// Whether the answers can be put right here.
fn still_open(refusals: &[Refusal]) -> bool {
    refusals.iter().all(|refusal| matches!(refusal.code, "survey-open-questions" | "survey-nothing"))
}

/// POST /surveys/{code}/answers: everything at once, from programs.
pub async fn send_all(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    answer_all(&town, answering(&visit, &headers, code.clone()), form).await?;
    if visit.wants == Wants::Html {
        return see_other_saying(&format!("/surveys/{code}"), "flash-survey-sent");
    }
    let mut answer = json_answer(&json!({"kept": true}))?;
    answer.headers_mut().insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(answer)
}
