//! The usual answers of handlers.

use crate::{Answer, Stop, Wants};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Renders a template as a page.
///
/// # Errors
/// A fault when the template cannot be rendered.
pub fn page(template: &impl askama::Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// Renders a template as a page with another status, as 422 for a form to put right.
///
/// # Errors
/// A fault when the template cannot be rendered.
pub fn page_with(status: StatusCode, template: &impl askama::Template) -> Answer {
    let html = template.render().map_err(Stop::fault)?;
    Ok((status, [(header::CONTENT_TYPE, Wants::Html.media_type())], html).into_response())
}

/// The same view for machines.
///
/// # Errors
/// A fault when the view cannot be JSON.
pub fn json(view: &impl Serialize) -> Answer {
    json_with(StatusCode::OK, view)
}

/// JSON with another status, as 201.
///
/// # Errors
/// A fault when the view cannot be JSON.
pub fn json_with(status: StatusCode, view: &impl Serialize) -> Answer {
    let text = serde_json::to_vec(view).map_err(Stop::fault)?;
    Ok((status, [(header::CONTENT_TYPE, Wants::Json.media_type())], text).into_response())
}

/// Text of any media type.
pub fn text(media_type: &'static str, body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], body.into()).into_response()
}

/// Sends the reader on after something was done (RFC 9110 section 15.4.4).
///
/// # Errors
/// A fault when the address cannot be a header; ours can.
pub fn see_other(to: &str) -> Answer {
    let location = HeaderValue::from_str(to).map_err(Stop::fault)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// Sends the reader on and leaves a sentence (a message key) for the next page.
///
/// # Errors
/// As [`see_other`].
pub fn see_other_saying(to: &str, key: &'static str) -> Answer {
    let mut response = see_other(to)?;
    let cookie = format!("{}={key}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", crate::serve::FLASH_COOKIE);
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Stop::fault)?);
    Ok(response)
}
