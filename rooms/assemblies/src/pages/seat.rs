//! Somebody who was drawn answers by their private link.

use crate::{
    commands,
    model::{Assembly, Member, MemberState},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::Tx;
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page, see_other_saying},
    forms::Submission,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "assembly_seat.html")]
struct SeatPage {
    frame: Frame,
    code: String,
    own: String,
    secret: String,
    title: String,
    state: String,
    until: String,
    accepts: bool,
    declines: bool,
}

/// GET /assemblies/{code}/seat/{secret}
pub async fn show(State(town): State<Town>, visit: Visit, Path((code, secret)): Path<(String, String)>) -> Answer {
    let hash = lottery::sha256_hex(&secret);
    let read = move |tx: &mut Tx<'_>| {
        let assembly = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
        let member = store::by_secret(tx, &code, &hash)?.ok_or(Stop::NotFound)?;
        Ok::<(Assembly, Member), Stop>((assembly, member))
    };
    let (assembly, member) = town.db().read(read).await?;
    let (t, state) = (&visit.t, member.at(visit.at));
    let mut answer = page(&SeatPage {
        frame: Frame::new(&town, &visit, t.say("assembly-seat-title")),
        code: assembly.code.to_string(),
        own: format!("/assemblies/{}", assembly.code),
        secret,
        title: assembly.plan.title.in_language(t.language()).to_owned(),
        state: t.say(&format!("assembly-seat-{}", state.word())).to_owned(),
        until: if state == MemberState::Asked {
            t.with1("assembly-seat-until", "until", visit.date_time(member.answer_by))
        } else {
            String::new()
        },
        accepts: state == MemberState::Asked,
        declines: matches!(state, MemberState::Asked | MemberState::Accepted),
    })?;
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(answer)
}

/// POST /assemblies/{code}/seat/{secret}
pub async fn answer(
    State(town): State<Town>,
    visit: Visit,
    Path((code, secret)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let accepts = match form.text("answer") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Refusal::new("assembly-seat-answer").into()),
    };
    let state = commands::answer_seat(&town, code.clone(), secret.clone(), accepts).await?;
    if visit.wants != Wants::Html {
        return json_answer(&json!({"state": state.word()}));
    }
    let flash = if state == MemberState::Accepted { "flash-assembly-accepted" } else { "flash-assembly-declined" };
    see_other_saying(&format!("/assemblies/{code}/seat/{secret}"), flash)
}
