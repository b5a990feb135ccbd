//! Joint applicants: named before an application is sent, confirming by their own link, or at the counter.

use super::{apply::private, check_answers, desk_case, keep::seen_version, status, with_status};
use crate::{
    acts, commands,
    joint::{self, Answered, AtCounter, CoApplicant, Consent, InviteAgain, NewCoApplicant},
    model::{Definition, State},
    store,
};
use axum::{extract, http::StatusCode};
use civic::Moment;
use database::DbError;
use forms::{Form, FormPage, Question};
use serde_json::{Value, json};
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
    manifest::Doc,
    openapi::text_schema,
    parts::{CheckLine, Choice, Crumb},
    visit::Path,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/apply/{draft}/joint", acts::APPLY, change).documented(change_doc()),
        Route::post("/applications/{code}/joint/again", acts::APPLY, again).documented(again_doc()),
        Route::post("/applications/{code}/joint/{answer}", acts::APPLY, answer).documented(answer_doc()),
        Route::get("/desk/services/{code}/joint/{who}", acts::HANDLE, at_counter),
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

fn again_doc() -> Doc {
    let body = json!({"type": "object", "required": ["who"], "properties": {
        "key": {"type": "string", "description": "The key of the first applicant; none where they are signed in."},
        "who": {"type": "string", "description": "The id of who was named."},
    }});
    Doc::new(
        "services",
        "The first applicant has a new link sent to somebody who was named; the one before opens nothing any more",
    )
    .path("code", "The reference.", text_schema())
    .body("application/json", body)
    .answers(200, "application/json", "Where the application stands.", json!({"type": "object"}))
}

fn answer_doc() -> Doc {
    Doc::new("services", "A joint applicant says by their own link that they apply too, or that they do not")
        .path("code", "The reference.", text_schema())
        .path("answer", "`confirm` or `decline`.", text_schema())
        .body(
            "application/json",
            json!({"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}}, "additionalProperties": {
                "type": "string", "description": "With `confirm`: what is asked of each, by the name of the question (the page `each_page` of the form)."}}),
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
    /// Whether the first applicant can have a new link sent to them.
    pub(super) may_again: bool,
    /// Until when their link asks them, in words; empty where it does not.
    pub(super) until: String,
    /// What they answered for themselves, for whoever may read it.
    pub(super) answers: Vec<CheckLine>,
}

#[derive(askama::Template)]
#[template(path = "services_joint.html")]
struct CounterPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    who: String,
    /// How the application stood that is shown.
    version: i64,
    /// What they said before, with their answers.
    own: JointLine,
    page_title: String,
    questions: Vec<Question>,
}

/// The pages that can be asked of each, to choose from.
pub(super) fn pages_for_each(visit: &Visit, definition: &Definition) -> Vec<Choice> {
    let none = Choice {
        value: String::new(),
        label: visit.t.say("sv-joint-each-none").to_owned(),
        detail: String::new(),
        chosen: definition.each_page.is_empty(),
    };
    let choice = |page: &FormPage| Choice {
        value: page.id.clone(),
        label: page.title.in_language(visit.t.language()).to_owned(),
        detail: String::new(),
        chosen: page.id == definition.each_page,
    };
    let pages = definition.form.pages.iter();
    // One that was marked and can no longer be asked stays to be seen.
    let pages = pages.filter(|page| joint::is_for_each(page) || page.id == definition.each_page);
    std::iter::once(none).chain(pages.map(choice)).collect()
}

/// What is asked of each, with what was just typed, else with what they answered before.
pub(super) fn questions(
    town: &Town,
    visit: &Visit,
    page: &FormPage,
    of: &CoApplicant,
    typed: Option<&Submission>,
) -> Vec<Question> {
    forms::questions(town, visit, page, &of.answers, typed, &[])
}

/// Joint applicants with what they answered for themselves: for the office, and for those who apply.
pub(super) fn lines_with_answers(
    town: &Town,
    visit: &Visit,
    definition: &Definition,
    all: &[CoApplicant],
    state: &State,
) -> Vec<JointLine> {
    let page = definition.page_of_each().map(|page| Form { pages: vec![page.clone()] });
    let mut lines = lines(visit, all, Some(state));
    for (line, one) in lines.iter_mut().zip(all).filter(|(_, one)| one.consent.is_confirmed()) {
        let answered = page.as_ref().map(|page| check_answers::lines(town, visit, page, &one.answers, ""));
        line.answers = answered.unwrap_or_default();
    }
    lines
}

/// What was sent, without the key of the link or the version that was seen: that is no answer, whatever a question is called.
fn without(form: &Submission, own: &str) -> Result<Submission, Stop> {
    let fields = form.fields().iter().filter(|(name, _)| name != own).cloned();
    Submission::from_pairs(fields.collect()).map_err(Stop::from)
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
        state: match joint::has_expired(one, visit.at) {
            true => t.say("sv-joint-expired").to_owned(),
            false => t.say(&format!("sv-joint-{}", one.consent.word())).to_owned(),
        },
        chip: match one.consent {
            Consent::Asked if joint::has_expired(one, visit.at) => "k",
            Consent::Asked => "y",
            Consent::Confirmed { .. } => "g",
            Consent::Declined { .. } => "r",
        },
        may_confirm: may(one, true) && !one.consent.is_confirmed(),
        may_decline: may(one, false) && !matches!(one.consent, Consent::Declined { .. }),
        may_again: state.is_some_and(|state| joint::may_invite(one, state)),
        until: match one.expires_at.filter(|_| one.consent == Consent::Asked && !joint::has_expired(one, visit.at)) {
            Some(until) => t.with1("sv-joint-until", "date", visit.date(until)),
            None => String::new(),
        },
        answers: Vec::new(),
    };
    all.iter().map(line).collect()
}

/// Joint applicants for programs; with what they answered for themselves for those who apply.
pub(super) fn view(all: &[CoApplicant], with_answers: bool) -> Value {
    let one = |one: &CoApplicant| {
        let mut view = json!({
            "id": one.id, "name": one.name, "state": one.consent.word(),
            "invited_until": one.expires_at.filter(|_| !one.consent.is_confirmed()).map(Moment::rfc3339),
        });
        if with_answers && one.consent.is_confirmed() {
            view["answers"] = json!(one.answers);
        }
        view
    };
    all.iter().map(one).collect()
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
            Ok(private(json_answer(&json!({"joint": view(&all, false)}))?))
        }
        Ok(()) => Ok(private(see_other(&format!("/apply/{secret}/check#joint"))?)),
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let typed = (typed("joint-name"), typed("joint-email"), String::new());
            with_status(check_answers::render(&town, &visit, &secret, errors, typed).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// POST /applications/{code}/joint/again
async fn again(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let key = text("key");
    let asked = InviteAgain { code: code.clone(), key: key.clone(), who: text("who") };
    let done = match town.part::<Gates>().mail(visit.address) {
        Ok(()) => joint::invite_again(&town, visit.actor.clone(), asked).await,
        Err(wait) => Err(wait.into()),
    };
    match done {
        Ok(()) if visit.wants == Wants::Json => {
            status::of_key(&town, &visit, &code, key, (FormErrors::default(), None)).await
        }
        Ok(()) => {
            let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
            Ok(private(see_other_saying(&format!("/applications/{code}{query}"), "sv-flash-joint-again")?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(status::of_key(&town, &visit, &code, key, (errors, None)).await, &refusals)
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
    let (sent, language) = (without(&form, "key")?, visit.t.language());
    let said = Answered { code: code.clone(), key: key.clone(), confirms, sent: sent.clone(), language };
    match joint::answer(&town, said).await {
        Ok(()) if visit.wants == Wants::Json => {
            status::of_key(&town, &visit, &code, key, (FormErrors::default(), None)).await
        }
        Ok(()) => {
            let flash = if confirms { "sv-flash-joint-confirmed" } else { "sv-flash-joint-declined" };
            Ok(private(see_other_saying(&format!("/applications/{code}?key={key}"), flash)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(status::of_key(&town, &visit, &code, key, (errors, Some(&sent))).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// GET /desk/services/{code}/joint/{who}: what somebody at the counter answers for themselves, to be typed in.
async fn at_counter(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path((code, who)): Path<(String, String)>,
) -> Answer {
    show_counter(&town, &visit, (code, who), FormErrors::default(), (None, None)).await
}

async fn show_counter(
    town: &Town,
    visit: &Visit,
    (code, who): (String, String),
    errors: FormErrors,
    (typed, seen): (Option<&Submission>, Option<i64>),
) -> Answer {
    let here = format!("/desk/services/{code}");
    if !commands::look(town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    let (asked, id) = (code.clone(), who.clone());
    let found = town.db().read(move |tx| {
        let one = store::by_code(tx, &asked)?.ok_or(DbError::NotFound)?;
        let all = joint::of_owner(tx, one.code.as_str())?;
        let other = all.into_iter().find(|other| other.id == id).ok_or(DbError::NotFound)?;
        let definition = store::version_of(tx, &one.service, one.number)?.ok_or(DbError::NotFound)?;
        Ok((one, other, definition))
    });
    let (one, other, definition) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let page = definition.page_of_each().filter(|_| joint::may_say(&other, &one.state, true)).ok_or(Stop::NotFound)?;
    let t = &visit.t;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let own = lines_with_answers(town, visit, &definition, std::slice::from_ref(&other), &one.state).pop();
    let view = CounterPage {
        frame: Frame::new(town, visit, other.name.clone()),
        errors,
        crumbs: vec![
            Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
            Crumb { href: here, label: code.clone() },
            Crumb { href: String::new(), label: other.name.clone() },
        ],
        version: seen.unwrap_or(one.version),
        own: own.ok_or(Stop::NotFound)?,
        page_title: page.title.in_language(t.language()).to_owned(),
        questions: questions(town, visit, page, &other, typed),
        code,
        who,
    };
    Ok(private(page_with(status, &view)?))
}

/// POST /desk/services/{code}/joint/{who}
async fn confirm(
    extract::State(town): extract::State<Town>,
    visit: Visit,
    Path((code, who)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let here = format!("/desk/services/{code}");
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    let sent = without(&form, "version")?;
    let said = AtCounter {
        code: code.clone(),
        id: who.clone(),
        seen_version: seen_version(&form),
        sent: sent.clone(),
        language: visit.t.language(),
    };
    let refusals = match joint::confirm_at_desk(&town, visit.actor.clone(), said).await {
        Ok(()) => return see_other_saying(&here, "sv-flash-joint-confirmed"),
        Err(Stop::Refused(refusals)) => refusals,
        Err(other) => return Err(other),
    };
    // What was typed for somebody is put right where it was typed, beside what is kept by now.
    let errors = FormErrors::of(&refusals, &visit.t);
    let is_stale = refusals.iter().any(|refusal| refusal.code == "application-stale");
    let typed = (Some(&sent), Some(seen_version(&form)).filter(|_| !is_stale));
    match show_counter(&town, &visit, (code.clone(), who), errors, typed).await {
        // Nothing is asked, or there is nothing to say any more.
        Err(Stop::NotFound) => desk_case::refused(&town, &visit, &code, &refusals).await,
        shown => with_status(shown, &refusals),
    }
}
