//! What pages of other sites may ask (CORS, fetch.spec.whatwg.org/#http-cors-protocol): routes that say so of themselves, and no others.
//!
//! Any site may, for everybody may; none sends a cookie or a token, because the answer allows no credentials and no header but the type of
//! what is sent, and which part of the answer is wanted.

use crate::{guard::ForMachines, stop::method_not_allowed};
use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use std::collections::BTreeMap;

/// Seconds for which a browser may remember what it was told beforehand.
const REMEMBERED_SECONDS: &str = "86400";
/// Headers of answers that say something of their own: a browser hides from other sites what is not named here.
const READABLE: &str = "country-package, country-package-version, retry-after, etag, link, accept-ranges, content-range, \
                        content-disposition, x-answer-cut";

/// Headers that such a page may send: the type of what is sent, the part that is wanted, and what it has already; no token.
const SENT: &str = "content-type, if-none-match, if-range, range";

/// Marks the answer of a route that pages of other sites may ask.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForOtherSites;

/// Lets pages of other sites read an answer, where its route says so.
pub(crate) fn opened(is_for_other_sites: bool, mut response: Response) -> Response {
    if is_for_other_sites {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READABLE));
    }
    response
}

/// The methods by which pages of other sites may ask, by path.
#[derive(Default)]
pub(crate) struct Preflights(BTreeMap<&'static str, Vec<String>>);

impl Preflights {
    /// Notes a route that they may ask.
    pub(crate) fn note(&mut self, path: &'static str, method: &Method) {
        let methods = self.0.entry(path).or_default();
        methods.push(method.to_string());
        if *method == Method::GET {
            methods.push(Method::HEAD.to_string());
        }
    }

    /// What answers a browser that asks beforehand, for each path; and that any other method is not allowed there, to be read as well.
    pub(crate) fn routes<S: Clone + Send + Sync + 'static>(
        self,
    ) -> impl Iterator<Item = (&'static str, MethodRouter<S>)> {
        self.0.into_iter().map(|(path, methods)| {
            let methods = format!("{}, OPTIONS", methods.join(", "));
            (path, on(MethodFilter::OPTIONS, async move || preflight(&methods)).fallback(other_method))
        })
    }
}

async fn other_method() -> Response {
    let mut response = method_not_allowed();
    response.extensions_mut().insert(ForMachines);
    response.extensions_mut().insert(ForOtherSites);
    response
}

fn preflight(methods: &str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(methods) = HeaderValue::from_str(methods) {
        headers.insert(header::ALLOW, methods.clone());
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED_SECONDS));
    response
}
