//! What everybody may read: pages of other sites read it too, and what somebody has already is not sent again.

use crate::{books::Filed, model::Resource};
use axum::{
    body::{Body, HttpBody as _, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
};
use civic::Role;
use sha2::{Digest as _, Sha256};
use web::{Route, Stop, Visit};

/// Bytes of an answer that is known again by what is in it; a larger one is streamed, and known by what was asked.
const TAGGED_BYTES: u64 = 16 * 1024 * 1024;

/// A route with what holds for all that everybody may read; any other one as it is.
pub fn readable(route: Route) -> Route {
    if route.method != Method::GET || !route.act.roles.contains(&Role::Visitor) {
        return route;
    }
    let mut route = if route.machine { route.for_other_sites() } else { route.twins_for_other_sites() };
    route.to = route.to.layer(from_fn(tagged));
    route
}

/// Says by what an answer for machines is known again, where its handler did not: by its bytes.
async fn tagged(request: Request, next: Next) -> Response {
    let is_get = *request.method() == Method::GET;
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let is_for_people = kind.starts_with(b"text/html") || kind.starts_with(b"text/event-stream");
    let is_small = response.body().size_hint().exact().is_some_and(|bytes| bytes <= TAGGED_BYTES);
    let is_known = response.headers().contains_key(header::ETAG);
    if !is_get || response.status() != StatusCode::OK || is_for_people || !is_small || is_known {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return Stop::fault(error).into_response(),
    };
    if let Ok(tag) = HeaderValue::from_str(&tag(&[&bytes])) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A weak tag of these, each told apart from the next.
fn tag(all: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for one in all {
        hash.update((one.len() as u64).to_le_bytes());
        hash.update(one);
    }
    format!("W/\"{}\"", &hex::encode(hash.finalize())[..32])
}

/// By what the answer to a question about a table is known again, without asking it: which file, which dataset in which version, which
/// question in which form, by which program. `None` where not everybody may see it.
pub fn tag_of(filed: &Filed, resource: &Resource, visit: &Visit) -> Option<String> {
    let question = visit.uri.path_and_query().map_or("", |all| all.as_str());
    let (shelf, version) = (resource.shelf(), filed.dataset.version.to_string());
    let all = [env!("CARGO_PKG_VERSION"), &filed.dataset.id, &version, &shelf, question, visit.wants.suffix()];
    filed.dataset.is_public().then(|| tag(&all.map(str::as_bytes)))
}

/// The answer for a reader who has it already.
pub fn had(headers: &HeaderMap, tag: Option<&str>) -> Option<Response> {
    let tag = tag.filter(|tag| web::serve::is_known(headers, tag))?;
    Some(with_tag(StatusCode::NOT_MODIFIED.into_response(), Some(tag)))
}

/// An answer that says by what it is known again.
pub fn with_tag(mut answer: Response, tag: Option<&str>) -> Response {
    if let Some(Ok(tag)) = tag.map(HeaderValue::from_str) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}
