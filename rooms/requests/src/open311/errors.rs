//! Errors as GeoReport v2 writes them: a list of code and description.

use super::{Element, Format, answer, split};
use axum::{http::StatusCode, response::Response};
use web::{Visit, manifest::ErrorShape};

/// For every stop at an address of the standard.
pub const ERROR_SHAPE: ErrorShape = ErrorShape { prefix: "/open311/", write };

/// 404 for what is not there, 403 for a key that does not open, 400 for everything else that the client
/// can put right (GeoReport v2, "Errors"); what is not the client's doing keeps its own status.
fn write(visit: &Visit, status: StatusCode, sentences: &[String]) -> Response {
    let status = match status {
        StatusCode::UNAUTHORIZED => StatusCode::FORBIDDEN,
        StatusCode::NOT_FOUND
        | StatusCode::FORBIDDEN
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::METHOD_NOT_ALLOWED => status,
        other if other.is_client_error() => StatusCode::BAD_REQUEST,
        other => other,
    };
    let error = |sentence: &String| {
        Element::Parts(vec![
            ("code", Element::Whole(status.as_u16().into())),
            ("description", Element::text(sentence.clone())),
        ])
    };
    let errors = Element::root("errors", Element::List("error", sentences.iter().map(error).collect()));
    let format = split(visit.uri.path()).map_or(Format::Xml, |(_, format)| format);
    let mut response = answer(&errors, format);
    *response.status_mut() = status;
    response
}
