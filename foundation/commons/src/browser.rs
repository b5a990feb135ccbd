//! By what a browser without an account is known again, so that it counts once.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use civic::secret;
use web::{Stop, Town, Visit};

/// Keeps the secret.
const COOKIE: &str = "polity_browser";
/// For how long.
const MAX_AGE_SECONDS: i64 = 366 * 86_400;

/// The secret the browser keeps, when it looks like one of ours.
pub fn known(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(name, _)| *name == COOKIE)?.1;
    (found.len() == 64 && found.bytes().all(|b| b.is_ascii_hexdigit())).then(|| found.to_owned())
}

/// Makes a page one's own: kept by no cache, and by it the browser of a visitor is known from now on. An account is known anyway.
///
/// # Errors
/// A fault when the cookie cannot be a header; ours can.
pub fn make_known(town: &Town, visit: &Visit, headers: &HeaderMap, mut response: Response) -> Result<Response, Stop> {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if visit.actor.person.is_none() && known(headers).is_none() {
        let secure = if town.settings().secure_cookies { "; Secure" } else { "" };
        let value = secret(town.chance());
        let cookie = format!("{COOKIE}={value}; Path=/; Max-Age={MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax{secure}");
        response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Stop::fault)?);
    }
    Ok(response)
}
