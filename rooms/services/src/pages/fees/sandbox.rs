//! The sandbox's own page, where no money moves, and the callback by which a provider tells.

use super::{super::apply::private, own::amount};
use crate::fees::{self, port_of};
use axum::{body::Bytes, extract::State, http::HeaderMap};
use serde::Deserialize;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{json as json_answer, page, see_other},
    forms::Submission,
    visit::{Path, Query},
};

/// The header in which a provider signs what it tells: HMAC-SHA256 of the body, in hexadecimal.
const SIGNATURE: &str = "x-payment-signature";

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    back: String,
}

#[derive(askama::Template)]
#[template(path = "sandbox_pay.html")]
struct PayPage {
    frame: Frame,
    reference: String,
    amount: String,
    back: String,
    is_open: bool,
    state: String,
}

/// Only a page of an application: an address of ours, so that nobody is sent elsewhere.
fn back_of(text: &str) -> String {
    let is_ours = text.starts_with("/applications/A-") && !text.contains(['\\', '\r', '\n']);
    if is_ours { text.to_owned() } else { "/services".to_owned() }
}

/// GET /sandbox/pay/{reference}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let charge = fees::charge(&town, reference).await?;
    Ok(private(page(&PayPage {
        frame: Frame::new(&town, &visit, visit.t.say("sv-sandbox-title")),
        amount: amount(&town, &visit, charge.amount_cents),
        back: back_of(&asked.back),
        is_open: charge.state == "open",
        state: visit.t.say(&format!("sv-sandbox-{}", charge.state)).to_owned(),
        reference: charge.reference,
    })?))
}

/// POST /sandbox/pay/{reference}: `act` is `pay`, `decline`, or `lose`: paid, and the town is told nothing.
pub async fn settle(
    State(town): State<Town>,
    _visit: Visit,
    Path(reference): Path<String>,
    form: Submission,
) -> Answer {
    let act = form.text("act").unwrap_or_default();
    let told = fees::settle(&town, reference, act != "decline").await?;
    if let (Some((signature, body)), true) = (told, act == "pay") {
        take(&town, "sandbox", signature, body).await?;
    }
    Ok(private(see_other(&back_of(form.text("back").unwrap_or_default()))?))
}

async fn take(town: &Town, provider: &str, signature: String, body: Vec<u8>) -> Result<&'static str, Stop> {
    let port = port_of(town).filter(|port| port.name() == provider).ok_or(Stop::NotFound)?;
    let event = port.read(town.clone(), signature, body).await?;
    fees::take_event(town, port.name(), event).await
}

/// POST /payments/callback/{provider}
pub async fn callback(
    State(town): State<Town>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let answer = take(&town, &provider, signature, body.to_vec()).await?;
    json_answer(&json!({"answer": answer}))
}
