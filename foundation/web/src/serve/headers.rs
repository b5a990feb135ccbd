//! Headers that every answer carries.

use super::FLASH_COOKIE;
use crate::{Town, Visit};
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

/// Scripts and styles only from our own files (there is no inline script or style anywhere, so
/// no nonce is needed), nothing framed, forms only to ourselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'";

/// How many headers are put on an answer, so that they are given room once.
const HEADERS: usize = 12;

/// Marks an answer that other sites may show in a frame.
#[derive(Debug, Clone, Copy)]
pub struct Embeddable;

/// What strangers sent and nobody here has looked into: nothing of it runs, and nothing is fetched for it.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// Marks an answer that carries what a stranger sent, as it came.
#[derive(Debug, Clone, Copy)]
pub struct Sandboxed;

pub(super) fn put(town: &Town, visit: &Visit, mut response: Response) -> Response {
    let (status, embeddable) = (response.status(), response.extensions().get::<Embeddable>().is_some());
    let policy = if response.extensions().get::<Sandboxed>().is_some() { SANDBOX } else { POLICY };
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    if embeddable {
        let sites = town.settings().embed_sites.join(" ");
        let policy = POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {sites}"));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    } else {
        set(headers, header::CONTENT_SECURITY_POLICY, policy);
        set(headers, header::X_FRAME_OPTIONS, "DENY");
    }
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(self)");
    if town.settings().secure_cookies {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if status == StatusCode::UNAUTHORIZED {
        set(headers, header::WWW_AUTHENTICATE, "Bearer");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, if visit.actor.is_known() { "no-store" } else { "no-cache" });
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    if let Ok(id) = HeaderValue::from_str(&visit.request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    // A message that this answer leaves stays for the next page; only the one that was read goes.
    if visit.flash.is_some() && !embeddable && !leaves_message(headers) {
        let gone = format!("{FLASH_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        if let Ok(gone) = HeaderValue::from_str(&gone) {
            headers.append(header::SET_COOKIE, gone);
        }
    }
    response
}

fn leaves_message(headers: &HeaderMap) -> bool {
    let is_message = |line: &HeaderValue| {
        let name = line.as_bytes().split(|byte| *byte == b'=').next();
        name == Some(FLASH_COOKIE.as_bytes())
    };
    headers.get_all(header::SET_COOKIE).iter().any(is_message)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
