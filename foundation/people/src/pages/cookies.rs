//! The session cookie: set, read, cleared.

use crate::sessions::SESSION_DAYS;
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use web::{Answer, Stop, Town, serve::SESSION_COOKIE};

/// The secret of the session the browser has, valid or not.
pub(super) fn session_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// Gives the browser its session.
pub(super) fn with_session(town: &Town, response: Response, secret: &str) -> Answer {
    put(town, response, secret, SESSION_DAYS * 86_400)
}

/// Takes the session away from the browser.
pub(super) fn without_session(town: &Town, response: Response) -> Answer {
    put(town, response, "", 0)
}

/// Marks a page that shows a secret: no cache keeps it.
pub(super) fn never_kept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn put(town: &Town, mut response: Response, value: &str, max_age: i64) -> Answer {
    let secure = if town.settings().secure_cookies { "; Secure" } else { "" };
    let cookie = format!("{SESSION_COOKIE}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(Stop::fault)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
