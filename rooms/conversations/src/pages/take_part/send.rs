//! What people send while they take part.

use super::{Own, PageAsked, fresh_challenge, known, show_page, turn};
use crate::{
    altcha,
    books::{Books, Known},
    commands::{self, React, Reacted},
    views::path,
    voice::{self, Voice},
};
use axum::{extract::State, http::HeaderMap};
use opinion_map::Stance;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
    parts::Crumb,
    visit::Path,
};

/// POST /conversations/{code}/take-part
pub async fn answer(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let done = send(&town, &visit, &own, &known, &form).await;
    let is_page = visit.wants == Wants::Html;
    match done {
        Ok(_) if is_page && form.text("part").is_none() => {
            let mut answer = see_other(&format!("{}/take-part", path(&code)))?;
            answer.headers_mut().insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Ok(_) => {
            let own = Own::read(&town, &visit, &headers, &code).await?;
            let answer = if is_page {
                show_page(&town, &visit, &known, &own, PageAsked::default())?
            } else {
                json(&turn(&town, &visit, &known, &own, None))?
            };
            voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
        }
        Err(Stop::Refused(refusals)) if is_page => {
            let asked = PageAsked {
                statement: number_of(&form).ok(),
                challenge: refusals.iter().any(|refusal| refusal.code == "challenge-needed"),
                status: refusals[0].status,
                errors: FormErrors::of(&refusals, &visit.t),
            };
            let answer = show_page(&town, &visit, &known, &own, asked)?;
            voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
        }
        Err(stop) => Err(stop),
    }
}

/// Takes what a form says: an answer to a statement.
///
/// # Errors
/// `reaction-missing`, `statement-missing`, `too-often`; those of [`commands::react`].
pub(in crate::pages) async fn send(
    town: &Town,
    visit: &Visit,
    own: &Own,
    known: &Known,
    form: &Submission,
) -> Result<Reacted, Stop> {
    let stance = match form.text("vote") {
        Some("agree") => Stance::Agree,
        Some("disagree") => Stance::Disagree,
        Some("pass") => Stance::Pass,
        _ => return Err(Refusal::new("reaction-missing").at("vote").into()),
    };
    let statement = number_of(form)?;
    if let Some(name) = own.who.names.first()
        && !town.part::<Books>().may_react(town, name)
    {
        // Counted by the minute.
        return Err(Refusal::new("too-often").again_in(60).into());
    }
    let code = known.conversation.code.to_string();
    let (challenge, crowded) = newcomer(town, visit, own, &code, form);
    let important = form.is_ticked("important");
    let react = React { conversation: code, statement, stance, important, challenge, crowded };
    commands::react(town, own.who.clone(), react).await
}

/// The challenge somebody new solved, and whether many new voices came from their network. Whoever takes part already, or has
/// an account, is not counted.
pub(in crate::pages) fn newcomer(
    town: &Town,
    visit: &Visit,
    own: &Own,
    code: &str,
    form: &Submission,
) -> (Option<String>, bool) {
    if own.participant.is_some() || own.who.actor.person.is_some() || !own.who.is_known() {
        return (None, false);
    }
    let solved = form.text("altcha").and_then(|payload| altcha::solved(&own.key, payload, visit.at));
    // Whoever brings a solution is let in by it, if it is fresh: the database says so.
    let crowded = solved.is_some() || !town.part::<Gates>().may_again(visit.address, &format!("voice {code}"));
    (solved, crowded)
}

/// The number of the statement that a form answers.
pub(in crate::pages) fn number_of(form: &Submission) -> Result<i64, Refusal> {
    let number = form.text("statement").and_then(|text| text.parse().ok());
    number.ok_or_else(|| Refusal::new("statement-missing").at("statement"))
}

/// POST /conversations/{code}/undo
pub async fn undo(State(town): State<Town>, visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Answer {
    known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let undone = commands::undo(&town, own.who, code.clone()).await?;
    see_other_saying(&format!("{}/take-part?statement={}", path(&code), undone.statement), "flash-undone")
}

/// POST /conversations/{code}/district
pub async fn district(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    commands::say_district(&town, own.who, code.clone(), form.text("district").map(str::to_owned)).await?;
    see_other_saying(&format!("{}/take-part", path(&code)), "flash-cdistrict")
}

/// GET /conversations/challenge
pub async fn challenge(State(town): State<Town>) -> Answer {
    let key = Books::key(&town).await?;
    let mut answer = web::answer::text("application/json", fresh_challenge(&town, &key));
    answer.headers_mut().insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
    Ok(answer)
}

#[derive(askama::Template)]
#[template(path = "continue.html")]
struct ContinuePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    href: String,
}

/// GET /conversations/{code}/continue/{voice}: what a private link opens. Nothing happens before the button.
pub async fn ask_continue(
    State(town): State<Town>,
    visit: Visit,
    Path((code, voice)): Path<(String, String)>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let key = Books::key(&town).await?;
    let voice = Voice::read(&key, &voice).ok_or(Stop::NotFound)?;
    let title = visit.t.say("ccontinue-title");
    let mut answer = page(&ContinuePage {
        frame: Frame::new(&town, &visit, title),
        crumbs: super::crumbs(&visit, &known, title),
        href: format!("{}/continue/{}", path(&code), voice.text()),
    })?;
    let headers = answer.headers_mut();
    headers.insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
    headers.insert("referrer-policy", axum::http::HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// POST /conversations/{code}/continue/{voice}
pub async fn go_on(State(town): State<Town>, visit: Visit, Path((code, voice)): Path<(String, String)>) -> Answer {
    known(&town, &visit, &code)?;
    let key = Books::key(&town).await?;
    let voice = Voice::read(&key, &voice).ok_or(Stop::NotFound)?;
    let mut answer = see_other(&format!("{}/take-part", path(&code)))?;
    voice::put(&town, &voice, &mut answer)?;
    Ok(answer)
}
