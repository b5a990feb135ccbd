//! Endpoints and deliveries as programs and templates read them.

use crate::model::{Delivery, Endpoint};
use civic::Moment;
use schemars::JsonSchema;
use serde::Serialize;

/// An endpoint.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EndpointView {
    /// Its id.
    pub id: String,
    /// Where it listens.
    pub url: String,
    /// A note for administrators.
    pub note: String,
    /// The sayings it hears; empty for all.
    pub kinds: Vec<String>,
    /// active, paused or stopped.
    pub state: String,
    /// Since when it is there (RFC 3339).
    pub created_at: String,
    /// Failures in a row.
    pub failures: i64,
    /// Since when it fails.
    pub failing_since: Option<String>,
    /// When it is tried next, while it fails.
    pub next_try_at: Option<String>,
    /// Deliveries that wait, counted up to 100,000.
    pub waiting: i64,
}

impl EndpointView {
    /// As it stands, with so many waiting.
    pub fn of(endpoint: &Endpoint, waiting: i64) -> Self {
        let fails = endpoint.failures > 0;
        Self {
            id: endpoint.id.text(),
            url: endpoint.url.clone(),
            note: endpoint.note.clone(),
            kinds: endpoint.kinds.clone(),
            state: endpoint.state.word().to_owned(),
            created_at: endpoint.created_at.rfc3339(),
            failures: endpoint.failures,
            failing_since: endpoint.failing_since.map(Moment::rfc3339),
            next_try_at: fails.then(|| endpoint.next_at.rfc3339()),
            waiting,
        }
    }
}

/// An endpoint and its secret, shown once.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AddedView {
    /// The endpoint.
    pub webhook: EndpointView,
    /// Its secret.
    pub secret: String,
}

/// A delivery.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DeliveryView {
    /// The place of the entry in the record; negative for a test.
    pub position: i64,
    /// What is said.
    pub saying: String,
    /// waiting, delivered or refused.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was put in.
    pub made_at: String,
    /// When it was last tried.
    pub tried_at: Option<String>,
    /// What the receiver last answered.
    pub status: Option<i64>,
    /// What stood in the way last; empty for nothing.
    pub error: String,
}

impl DeliveryView {
    /// As it stands.
    pub fn of(delivery: &Delivery) -> Self {
        Self {
            position: delivery.position,
            saying: delivery.saying.clone(),
            state: delivery.state.word().to_owned(),
            attempts: delivery.attempts,
            made_at: delivery.made_at.rfc3339(),
            tried_at: delivery.tried_at.map(Moment::rfc3339),
            status: delivery.status,
            error: delivery.error.clone(),
        }
    }
}

/// An endpoint with a page of its deliveries.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShowView {
    /// The endpoint.
    pub webhook: EndpointView,
    /// Newest first.
    pub deliveries: Vec<DeliveryView>,
    /// The value of `after` for the next page.
    pub next: Option<String>,
}
