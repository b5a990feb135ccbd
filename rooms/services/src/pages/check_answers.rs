//! Check your answers, then send.

use super::{
    apply::private,
    appointments,
    joint::{self, JointLine},
    page::pages_of,
    status::status_json,
};
use crate::{again, commands, model::Channel};
use axum::{extract::State, http::StatusCode};
use forms::{Answers, Form, Kind, missing, shown, visible_pages};
use serde_json::Value;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, json_with, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    parts::CheckLine,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "apply_check.html")]
struct CheckPage {
    frame: Frame,
    errors: FormErrors,
    secret: String,
    service: String,
    lines: Vec<CheckLine>,
    open: Vec<(String, String)>,
    promise: String,
    clerk: bool,
    back: String,
    may_meet: bool,
    meeting: String,
    /// Who applies too, where the service knows that.
    joint: Option<Vec<JointLine>>,
    joint_lead: String,
    joint_more: bool,
    joint_name: String,
    joint_email: String,
    /// Whether questions of an application are answered again, and what the applicant says besides.
    again: bool,
    said: String,
}

/// GET /apply/{draft}/check
pub async fn check(State(town): State<Town>, visit: Visit, Path(secret): Path<String>) -> Answer {
    render(&town, &visit, &secret, FormErrors::default(), Typed::default()).await
}

/// Name and address of one more joint applicant, and what is said besides answers that are given again, as they were typed.
pub(super) type Typed = (String, String, String);

pub(super) async fn render(town: &Town, visit: &Visit, secret: &str, errors: FormErrors, typed: Typed) -> Answer {
    let (draft, definition) = commands::load(town, secret).await?;
    let hash = draft.hash.clone();
    let others = town.db().read(move |tx| crate::joint::of_owner(tx, &hash)).await.map_err(Stop::from)?;
    let t = &visit.t;
    let meeting = appointments::line(visit, &appointments::of_owner(town, draft.hash.clone()).await?);
    let again = again::of_draft(town, &draft).await?;
    let may_meet = again.is_none() && appointments::exists(town, draft.service.clone()).await?;
    let answers = match &again {
        Some(again) => again.merged(&definition, &draft.answers),
        None => draft.answers.clone().settled(&definition.form),
    };
    let pages = pages_of(again.as_ref(), &definition, &answers);
    let mut lines = lines(town, visit, &definition.form, &answers, &format!("/apply/{secret}/"));
    let hrefs: Vec<String> = pages.iter().map(|page| format!("/apply/{secret}/{}", page.id)).collect();
    lines.iter_mut().filter(|line| !hrefs.contains(&line.href)).for_each(|line| line.href.clear());
    let problem = |problem: forms::Problem| {
        let label =
            definition.form.field(&problem.field).map(|(_, field)| field.label.in_language(t.language()).to_owned());
        (format!("/apply/{secret}/{}", problem.page), label.unwrap_or_default())
    };
    let open: Vec<_> = missing(&definition.form, &answers).into_iter().map(problem).collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = page_with(
        status,
        &CheckPage {
            frame: Frame::new(town, visit, t.say("sv-check-title")),
            errors,
            secret: secret.to_owned(),
            service: definition.title.in_language(t.language()).to_owned(),
            lines,
            open,
            promise: if again.is_some() {
                String::new()
            } else {
                t.with1("sv-promise", "days", i64::from(definition.answer_days))
            },
            clerk: draft.channel != Channel::Online,
            may_meet,
            meeting,
            joint_more: others.len() < definition.joint.most as usize,
            joint: (definition.joint.most > 0 && again.is_none()).then(|| joint::lines(visit, &others, None)),
            joint_lead: t.with2(
                "sv-joint-lead",
                "least",
                i64::from(definition.joint.least),
                "most",
                i64::from(definition.joint.most),
            ),
            joint_name: typed.0,
            joint_email: typed.1,
            again: again.is_some(),
            said: typed.2,
            back: pages
                .last()
                .map_or_else(|| format!("/services/{}", draft.service), |page| format!("/apply/{secret}/{}", page.id)),
        },
    )?;
    Ok(private(answer))
}

/// Answers as people read them, each with where to change it; `base` is empty where nothing can be changed any more.
pub(super) fn lines(town: &Town, visit: &Visit, form: &Form, answers: &Answers, base: &str) -> Vec<CheckLine> {
    let t = &visit.t;
    let language = t.language();
    let mut lines = Vec::new();
    for page in visible_pages(form, answers) {
        let href =
            |is_fixed: bool| if base.is_empty() || is_fixed { String::new() } else { format!("{base}{}", page.id) };
        if page.repeat > 0 {
            let entries = answers.0.get(&page.id).and_then(Value::as_array).cloned().unwrap_or_default();
            let entry = |entry: &Value| {
                let parts = page.fields.iter().filter_map(|field| {
                    let value = entry.get(&field.name)?;
                    Some(format!("{}: {}", field.label.in_language(language), shown(field, value, t, town)))
                });
                parts.collect::<Vec<_>>().join(", ")
            };
            let value = entries.iter().map(entry).collect::<Vec<_>>().join("; ");
            lines.push(CheckLine { label: page.title.in_language(language).to_owned(), value, href: href(false) });
            continue;
        }
        for field in &page.fields {
            let value = answers.0.get(&field.name).map(|value| shown(field, value, t, town)).unwrap_or_default();
            let label = field.label.in_language(language).to_owned();
            lines.push(CheckLine { label, value, href: href(field.kind == Kind::Calculated) });
        }
    }
    lines
}

/// POST /apply/{draft}/check
pub async fn send(State(town): State<Town>, visit: Visit, Path(secret): Path<String>, form: Submission) -> Answer {
    let (draft, _) = commands::load(&town, &secret).await?;
    if !draft.reopens.is_empty() {
        return send_again(&town, &visit, secret, form.text("text").unwrap_or_default()).await;
    }
    match commands::file(&town, secret.clone()).await {
        Ok(filed) => {
            let code = filed.application.code.as_str();
            let path = format!("/applications/{code}/receipt?key={}", filed.secret);
            if visit.wants == Wants::Json {
                let view = serde_json::json!({"code": code, "key": filed.secret, "due": filed.application.due_at.rfc3339(), "url": town.url(&path)});
                return json_with(StatusCode::CREATED, &view);
            }
            Ok(private(see_other(&path)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            render(&town, &visit, &secret, FormErrors::of(&refusals, &visit.t), Typed::default()).await
        }
        Err(other) => Err(other),
    }
}

/// Sends answers that are given again.
async fn send_again(town: &Town, visit: &Visit, secret: String, text: &str) -> Answer {
    match again::send(town, secret.clone(), text.to_owned()).await {
        Ok(one) if visit.wants == Wants::Json => Ok(private(json(&status_json(&one))?)),
        Ok(one) => {
            let path = format!("/applications/{}?key={secret}", one.code);
            Ok(private(see_other_saying(&path, "sv-flash-answered")?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let typed = (String::new(), String::new(), text.to_owned());
            render(town, visit, &secret, FormErrors::of(&refusals, &visit.t), typed).await
        }
        Err(other) => Err(other),
    }
}
