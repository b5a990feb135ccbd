//! A private link that was lost is sent anew, to the filed address and to nobody else.

use super::apply::private;
use crate::commands::send_link;
use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with},
    forms::{FormErrors, Submission},
    limits::Gates,
    manifest::Doc,
    parts::Crumb,
    visit::Query,
};

/// Which application.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    code: String,
}

#[derive(askama::Template)]
#[template(path = "application_link.html")]
struct LinkPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    is_sent: bool,
}

fn show(town: &Town, visit: &Visit, code: String, is_sent: bool, refusals: &[Refusal]) -> Answer {
    let t = &visit.t;
    let status = refusals.first().map_or(StatusCode::OK, |first| first.status);
    let shown = page_with(
        status,
        &LinkPage {
            frame: Frame::new(town, visit, t.say("sv-link-title")),
            errors: FormErrors::of(refusals, t),
            crumbs: vec![
                Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-link-title").to_owned() },
            ],
            code,
            is_sent,
        },
    )?;
    Ok(private(shown))
}

/// GET /applications/link
pub async fn ask(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    show(&town, &visit, asked.code, false, &[])
}

/// POST /applications/link: the same answer whether there is such an application or not.
pub async fn send(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let typed = form.text("code").unwrap_or_default().to_owned();
    let refusal = match () {
        () if typed.is_empty() => Some(Refusal::new("link-code").at("code")),
        // Asked before anything is looked for, so that the limit tells nothing either.
        () => town.part::<Gates>().mail(visit.address).err().map(Refusal::from),
    };
    if let Some(refusal) = refusal {
        if visit.wants == Wants::Json {
            return Err(Stop::from(refusal));
        }
        return show(&town, &visit, typed, false, &[refusal]);
    }
    send_link(&town, typed.to_uppercase()).await?;
    if visit.wants == Wants::Json {
        return Ok(private(json_answer(&json!({"asked": true}))?));
    }
    show(&town, &visit, String::new(), true, &[])
}

pub(super) fn doc() -> Doc {
    let body = json!({"type": "object", "required": ["code"], "properties": {"code": {"type": "string", "description": "The reference."}}});
    Doc::new("services", "Has a private link sent anew to the filed address, at most one an hour; the answer is the same whether there is such an application or not")
        .body("application/json", body)
        .answers(200, "application/json", "That it was asked for.", json!({"type": "object"}))
}
