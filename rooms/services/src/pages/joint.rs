//! Joint applicants: named before an application is sent, confirming by their own link, or at the counter.

use super::{apply::private, check_answers, desk_case, status, with_status};
use crate::{
    acts, commands,
    joint::{self, Answered, CoApplicant, Consent, NewCoApplicant},
    model::State,
};
use axum::extract;
use serde_json::{Value, json};
use web::{
    Answer, Route, Stop, Town, Visit, Wants,
    answer::{json as json_answer, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Doc,
    openapi::text_schema,
    visit::Path,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/apply/{draft}/joint", acts::APPLY, change).documented(change_doc()),
        Route::post("/applications/{code}/joint/{answer}", acts::APPLY, answer).documented(answer_doc()),
        Route::post("/desk/services/{code}/joint/{who}", acts::HANDLE, confirm),
    ]
}

fn change_doc() -> Doc {
    let body = json!({"type": "object", "properties": {
        "joint-name": {"type": "string"}, "joint-email": {"type": "string", "description": "Where their link goes; empty for who confirms at the counter."},
        "drop": {"type": "string", "description": "The id of one to take out again."},
    }});
    Doc::new("services", "Names somebody who applies together with the first applicant, or takes them out again")
        .path("draft", "The secret of the draft.", text_schema())
        .body("application/json", body)
        .answers(200, "application/json", "Who is named.", json!({"type": "object"}))
}

fn answer_doc() -> Doc {
    Doc::new("services", "A joint applicant says by their own link that they apply too, or that they do not")
        .path("code", "The reference.", text_schema())
        .path("answer", "`confirm` or `decline`.", text_schema())
        .body(
            "application/json",
            json!({"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}}}),
        )
        .answers(200, "application/json", "Where the application stands.", json!({"type": "object"}))
}

/// One of several as pages show them.
pub(super) struct JointLine {
    pub(super) id: String,
    pub(super) name: String,
    /// How they say that they apply too.
    pub(super) how: String,
    pub(super) state: String,
    pub(super) chip: &'static str,
    pub(super) may_confirm: bool,
    pub(super) may_decline: bool,
}

/// Joint applicants in words; `state` is that of the application, `None` of a draft.
pub(super) fn lines(visit: &Visit, all: &[CoApplicant], state: Option<&State>) -> Vec<JointLine> {
    let t = &visit.t;
    let may = |one: &CoApplicant, confirms| state.is_none_or(|state| joint::may_say(one, state, confirms));
    let line = |one: &CoApplicant| JointLine {
        id: one.id.clone(),
        name: one.name.clone(),
        how: match (&one.consent, &one.email) {
            (Consent::Confirmed { by, .. }, _) if !by.is_empty() => t.with1("sv-joint-by-counter", "by", by.as_str()),
            (_, Some(email)) => email.as_str().to_owned(),
            (_, None) => t.say("sv-joint-counter").to_owned(),
        },
        state: t.say(&format!("sv-joint-{}", one.consent.word())).to_owned(),
        chip: match one.consent {
            Consent::Asked => "y",
            Consent::Confirmed { .. } => "g",
            Consent::Declined { .. } => "r",
        },
        may_confirm: may(one, true) && !one.consent.is_confirmed(),
        may_decline: may(one, false) && !matches!(one.consent, Consent::Declined { .. }),
    };
    all.iter().map(line).collect()
}

/// Joint applicants for programs of whoever may read the application.
pub(super) fn view(all: &[CoApplicant]) -> Value {
    all.iter().map(|one| json!({"id": one.id, "name": one.name, "state": one.consent.word()})).collect()
}

/// POST /apply/{draft}/joint
async fn change(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path(secret): Path<String>,
    form: Submission,
) -> Answer {
    let typed = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let done = match form.text("drop") {
        Some(id) => joint::drop_one(&town, secret.clone(), id.to_owned()).await,
        None => {
            let new = NewCoApplicant { name: typed("joint-name"), email: typed("joint-email") };
            joint::add(&town, secret.clone(), new).await
        }
    };
    match done {
        Ok(()) if visit.wants == Wants::Json => {
            let (draft, _) = commands::load(&town, &secret).await?;
            let all = town.db().read(move |tx| joint::of_owner(tx, &draft.hash)).await.map_err(Stop::from)?;
            Ok(private(json_answer(&json!({"joint": view(&all)}))?))
        }
        Ok(()) => Ok(private(see_other(&format!("/apply/{secret}/check#joint"))?)),
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let typed = (typed("joint-name"), typed("joint-email"));
            with_status(check_answers::render(&town, &visit, &secret, errors, typed).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// POST /applications/{code}/joint/{answer}
async fn answer(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path((code, answer)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let confirms = match answer.as_str() {
        "confirm" => true,
        "decline" => false,
        _ => return Err(Stop::NotFound),
    };
    let key = form.text("key").unwrap_or_default().to_owned();
    let said = Answered { code: code.clone(), key: key.clone(), confirms };
    match joint::answer(&town, said).await {
        Ok(()) if visit.wants == Wants::Json => status::of_key(&town, &visit, &code, key, FormErrors::default()).await,
        Ok(()) => {
            let flash = if confirms { "sv-flash-joint-confirmed" } else { "sv-flash-joint-declined" };
            Ok(private(see_other_saying(&format!("/applications/{code}?key={key}"), flash)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(status::of_key(&town, &visit, &code, key, errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// POST /desk/services/{code}/joint/{who}
async fn confirm(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path((code, who)): Path<(String, String)>,
) -> Answer {
    let here = format!("/desk/services/{code}");
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    match joint::confirm_at_desk(&town, visit.actor.clone(), code.clone(), who).await {
        Ok(()) => see_other_saying(&here, "sv-flash-joint-confirmed"),
        Err(Stop::Refused(refusals)) => desk_case::refused(&town, &visit, &code, &refusals).await,
        Err(other) => Err(other),
    }
}
