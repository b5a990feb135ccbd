//! The three ways to stop: a refusal explains, "not found" tells nothing, a fault apologises.

use crate::words::Value;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use database::DbError;

/// What handlers return.
pub type Answer<T = Response> = Result<T, Stop>;

/// Why something asked for is not done, in a sentence its reader can act on.
///
/// The sentence is the message `refusal-{code}` of the room; `code` is stable and
/// goes to machines as part of the problem's type (RFC 9457).
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The stable code, as `outside-boundary`.
    pub code: &'static str,
    /// 422 for what can be put right in the form, 409 for what somebody else changed meanwhile.
    pub status: StatusCode,
    /// The field of the form it belongs to.
    pub field: Option<&'static str>,
    /// Variables of the sentence.
    pub values: Vec<(&'static str, Value)>,
    /// Seconds after which the same may be asked again, told in `Retry-After`.
    pub again_in_seconds: Option<u32>,
}

impl Refusal {
    /// Something in what was sent cannot be accepted (422).
    pub fn new(code: &'static str) -> Self {
        Self { code, status: StatusCode::UNPROCESSABLE_ENTITY, field: None, values: Vec::new(), again_in_seconds: None }
    }

    /// It was fine when the page was made, but somebody changed it meanwhile (409).
    pub fn conflict(code: &'static str) -> Self {
        Self { status: StatusCode::CONFLICT, ..Self::new(code) }
    }

    /// Answers with `status` instead.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// It is too often now, and may be asked again in so many seconds (429).
    #[must_use]
    pub fn again_in(mut self, seconds: u32) -> Self {
        self.status = StatusCode::TOO_MANY_REQUESTS;
        self.again_in_seconds = Some(seconds);
        self
    }

    /// Points to the field to put right.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// Fills in a variable of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The sentence in a language.
    pub fn sentence(&self, t: &crate::Sayings) -> String {
        t.with(&format!("refusal-{}", self.code), &self.values)
    }
}

/// Why a handler stopped.
#[derive(Debug, Clone)]
pub enum Stop {
    /// It is not accepted, for these reasons (at least one).
    Refused(Vec<Refusal>),
    /// There is no such thing, or not for this reader: one and the same page (404).
    NotFound,
    /// The reader must sign in first (people: to the sign-in page; machines: 401).
    SignIn,
    /// The reader is known, and may not (403).
    NotAllowed,
    /// The database or disk cannot take it now; try again (503 with Retry-After).
    Busy(String),
    /// Our mistake; the text goes to the log only (500 with a reference).
    Fault(String),
}

impl Stop {
    /// A fault, from whatever went wrong.
    pub fn fault(error: impl std::fmt::Display) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => Self::NotFound,
            DbError::Busy | DbError::Unavailable(_) | DbError::Full => Self::Busy(error.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// Leaves the stop in the response's extensions; the outer layer of [`crate::serve`], which
/// knows the reader's language and what they can read, writes the page or the problem.
impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Refused(refusals) => refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |first| first.status),
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The path exists, but not with this method (405).
pub(crate) fn method_not_allowed() -> Response {
    Stop::from(Refusal::new("method").status(StatusCode::METHOD_NOT_ALLOWED)).into_response()
}
