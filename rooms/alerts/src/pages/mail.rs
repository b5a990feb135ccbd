//! Where the links of mails lead: to a page with buttons, because scanners of mail follow links; and the one click of RFC 8058.

use super::{area_name, area_query, listen::pace_choices};
use crate::{
    commands::{Settle, hash_of, settle as settle_by},
    model::Pace,
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse as _,
};
use database::DbError;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page, see_other_saying},
    forms::Submission,
    parts::Choice,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "alerts_mail.html")]
struct MailPage {
    frame: Frame,
    area: String,
    query: String,
    confirmed: bool,
    pace: String,
    paces: Vec<Choice>,
    token: String,
}

/// GET /alerts/mail/{token}
pub async fn show(State(town): State<Town>, visit: Visit, Path(token): Path<String>) -> Answer {
    let hash = hash_of(&token);
    let found =
        town.db().read(move |tx| store::by_token(tx, &hash)).await.map_err(|error: DbError| Stop::from(error))?;
    let subscription = found.ok_or(Stop::NotFound)?;
    let mut answer = page(&MailPage {
        frame: Frame::new(&town, &visit, visit.t.say("alerts-mail-title")),
        area: area_name(&town, &visit.t, &subscription.area),
        query: area_query(&subscription.area),
        confirmed: subscription.confirmed_at.is_some(),
        pace: visit.t.say(subscription.pace.key()).to_owned(),
        paces: pace_choices(&visit, subscription.pace),
        token,
    })?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// POST /alerts/mail/{token}
pub async fn settle(State(town): State<Town>, Path(token): Path<String>, form: Submission) -> Answer {
    if form.text("List-Unsubscribe") == Some("One-Click") {
        // A mail program asks once more when it got no answer: what is gone already is gone as it wanted.
        return match settle_by(&town, &token, Settle::Leave).await {
            Ok(_) | Err(Stop::NotFound) => Ok(StatusCode::NO_CONTENT.into_response()),
            Err(stop) => Err(stop),
        };
    }
    let pace = form.text("pace").and_then(|word| word.parse::<Pace>().ok());
    let (act, flash) = match (form.text("leave"), pace) {
        (Some(_), _) => (Settle::Leave, "flash-alerts-left"),
        (None, Some(pace)) => (Settle::Change(pace), "flash-alerts-changed"),
        (None, None) => (Settle::Confirm, "flash-alerts-confirmed"),
    };
    let settled = settle_by(&town, &token, act).await?;
    let to = if act == Settle::Leave { "/alerts".to_owned() } else { format!("/alerts?{}", area_query(&settled.area)) };
    see_other_saying(&to, flash)
}
