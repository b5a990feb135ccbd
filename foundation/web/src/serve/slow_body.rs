use crate::{Refusal, Stop};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Put into a request by whoever watches how fast its body comes: told there, answered here.
#[derive(Debug, Clone, Default)]
pub struct SlowBody(Arc<AtomicBool>);

impl SlowBody {
    /// The body came too slowly and is read no further.
    pub fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is answered to it (RFC 9110, section 15.5.9).
pub(crate) fn too_slow() -> Response {
    Stop::from(Refusal::new("body-too-slow").status(StatusCode::REQUEST_TIMEOUT)).into_response()
}
