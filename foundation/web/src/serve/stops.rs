//! Turns a stop into a page for people or a problem for machines (RFC 9457).

use crate::{
    Frame, Sayings, Stop, Town, Visit, Wants,
    forms::FormErrors,
    guard::ForMachines,
    manifest::Catalogue,
    other_sites::{ForOtherSites, opened},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::any::Any;

/// Seconds after which a busy town may be asked again.
const BUSY_SECONDS: u32 = 2;

#[derive(askama::Template)]
#[template(path = "stop.html")]
struct StopPage {
    frame: Frame,
    heading: String,
    explanation: String,
    errors: FormErrors,
    reference: String,
}

/// Writes the page or the problem of a stop that the handler left, and says who else may read the answer.
pub(super) fn dress(town: &Town, visit: &Visit, response: Response) -> Response {
    let is_for_other_sites = response.extensions().get::<ForOtherSites>().is_some();
    opened(is_for_other_sites, written(town, visit, response))
}

fn written(town: &Town, visit: &Visit, mut response: Response) -> Response {
    let Some(stop) = response.extensions_mut().remove::<Stop>() else { return response };
    log(visit, &stop);
    let status = response.status();
    let machine = visit.wants != Wants::Html || response.extensions().get::<ForMachines>().is_some();
    let mut shapes = town.part::<Catalogue>().error_shapes.iter();
    let mut dressed = match (shapes.find(|shape| visit.uri.path().starts_with(shape.prefix)), &stop, machine) {
        (Some(shape), ..) => (shape.write)(visit, status, &sentences(visit, &stop)),
        (None, Stop::SignIn, false) => sign_in(visit),
        (None, _, true) => problem(town, visit, status, &stop),
        (None, _, false) => page(town, visit, status, &stop),
    };
    // The rest of the body would follow on this connection.
    if status == StatusCode::REQUEST_TIMEOUT {
        dressed.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if let Some(seconds) = again_in_seconds(&stop) {
        dressed.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    dressed
}

/// When the same may be asked again (RFC 9110, section 10.2.3); `None` where waiting alone does not help, or nobody knows.
fn again_in_seconds(stop: &Stop) -> Option<u32> {
    match stop {
        Stop::Busy(_) => Some(BUSY_SECONDS),
        // All of them must be over.
        Stop::Refused(refusals) => refusals.iter().filter_map(|refusal| refusal.again_in_seconds).max(),
        Stop::NotFound | Stop::SignIn | Stop::NotAllowed | Stop::Fault(_) => None,
    }
}

/// What stands in the way, a sentence each.
fn sentences(visit: &Visit, stop: &Stop) -> Vec<String> {
    match stop {
        Stop::Refused(refusals) => refusals.iter().map(|refusal| refusal.sentence(&visit.t)).collect(),
        other => vec![visit.t.say(keys(other).1).to_owned()],
    }
}

/// What a panic becomes: a fault like any other.
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text =
        panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
    Stop::Fault(format!("panic: {}", text.unwrap_or_default())).into_response()
}

/// Faults go to the log with the request's id; never what was sent, nor by whom.
fn log(visit: &Visit, stop: &Stop) {
    let (request_id, method, path) = (visit.request_id.as_str(), visit.method.as_str(), visit.uri.path());
    match stop {
        Stop::Fault(error) => tracing::error!(request_id, method, path, error = %error.escape_debug(), "fault"),
        Stop::Busy(reason) => tracing::warn!(request_id, method, path, reason = %reason.escape_debug(), "busy"),
        Stop::Refused(refusals) => {
            let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code).collect();
            tracing::debug!(request_id, method, path, ?codes, "refused");
        }
        Stop::NotFound | Stop::SignIn | Stop::NotAllowed => {}
    }
}

fn sign_in(visit: &Visit) -> Response {
    let back = visit.uri.path();
    let to = format!("/sign-in?back={back}");
    let location = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/sign-in"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// The message keys of a stop: heading and explanation.
fn keys(stop: &Stop) -> (&'static str, &'static str) {
    match stop {
        Stop::Refused(_) => ("stop-refused-heading", "stop-refused-text"),
        // One and the same page, so that nobody learns what exists.
        Stop::NotFound | Stop::NotAllowed => ("stop-not-found-heading", "stop-not-found-text"),
        Stop::SignIn => ("stop-sign-in-heading", "stop-sign-in-text"),
        Stop::Busy(_) => ("stop-busy-heading", "stop-busy-text"),
        Stop::Fault(_) => ("stop-fault-heading", "stop-fault-text"),
    }
}

fn refusals_of(stop: &Stop, t: &Sayings) -> FormErrors {
    match stop {
        Stop::Refused(refusals) => FormErrors::of(refusals, t),
        _ => FormErrors::default(),
    }
}

fn page(town: &Town, visit: &Visit, status: StatusCode, stop: &Stop) -> Response {
    let (heading, explanation) = keys(stop);
    let template = StopPage {
        frame: Frame::new(town, visit, visit.t.say(heading)),
        heading: visit.t.say(heading).to_owned(),
        explanation: visit.t.say(explanation).to_owned(),
        errors: refusals_of(stop, &visit.t),
        reference: if matches!(stop, Stop::Fault(_)) { visit.request_id.clone() } else { String::new() },
    };
    crate::answer::page_with(status, &template).unwrap_or_else(|_| status.into_response())
}

fn problem(town: &Town, visit: &Visit, status: StatusCode, stop: &Stop) -> Response {
    let (heading, explanation) = keys(stop);
    let mut problem = json!({
        "type": "about:blank",
        "title": visit.t.say(heading),
        "status": status.as_u16(),
        "detail": visit.t.say(explanation),
        "request_id": visit.request_id,
    });
    if let Stop::Refused(refusals) = stop {
        if let Some(first) = refusals.first() {
            problem["type"] = Value::String(town.url(&format!("/developers#{}", first.code)));
            problem["detail"] = Value::String(first.sentence(&visit.t));
        }
        let errors = refusals.iter().map(|r| json!({"code": r.code, "field": r.field, "detail": r.sentence(&visit.t)}));
        problem["errors"] = errors.collect();
    }
    (status, [(header::CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
}
