//! Endpoints and deliveries.

use crate::Secret;
use civic::{Moment, WebhookId};

/// Endpoints a town may have.
pub const ENDPOINTS_LIMIT: i64 = 20;
/// Characters of the note to an endpoint.
pub const NOTE_LIMIT: usize = 120;
/// Deliveries that may wait for one endpoint; further entries are left to a replay.
pub const WAITING_LIMIT: u32 = 100_000;
/// Entries one replay may span.
pub const REPLAY_LIMIT: u32 = 10_000;
/// How often one message is tried against a receiver that is there and refuses it.
pub const MESSAGE_ATTEMPTS_LIMIT: i64 = 8;
/// Days of failures after which an endpoint stops.
pub const STOP_AFTER_DAYS: i64 = 3;
/// Hours in which both secrets sign, after a new one was made.
pub const OLD_SECRET_HOURS: i64 = 24;

civic::words! {
    /// Where an endpoint stands.
    State {
        /// It gets its deliveries.
        Active = "active",
        /// An administrator lets it wait.
        Paused = "paused",
        /// It failed for days, or said that it is gone.
        Stopped = "stopped",
    }
}

civic::words! {
    /// Where a delivery stands.
    DeliveryState {
        /// It is to be delivered.
        Waiting = "waiting",
        /// The receiver took it.
        Delivered = "delivered",
        /// The receiver refused it as often as we try.
        Refused = "refused",
    }
}

/// A program that hears what the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: WebhookId,
    /// Where it listens.
    pub url: String,
    /// What the administrator notes of it.
    pub note: String,
    /// The sayings it hears; empty for all.
    pub kinds: Vec<String>,
    /// What signs.
    pub secret: Secret,
    /// What signed before, while both do, and until when.
    pub old_secret: Option<(Secret, Moment)>,
    /// Where it stands.
    pub state: State,
    /// Since when it is there.
    pub created_at: Moment,
    /// The first place of the record it hears of.
    pub from_position: i64,
    /// Failures in a row.
    pub failures: i64,
    /// Since when it fails.
    pub failing_since: Option<Moment>,
    /// Not to be tried before.
    pub next_at: Moment,
}

impl Endpoint {
    /// Whether it hears this saying.
    pub fn hears(&self, saying: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == saying)
    }

    /// The secrets that sign at `now`, the new one first.
    pub fn secrets(&self, now: Moment) -> Vec<Secret> {
        let old = self.old_secret.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret.clone());
        std::iter::once(self.secret.clone()).chain(old).collect()
    }
}

/// One message to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The place of the entry in the record; negative for a test.
    pub position: i64,
    /// What is said.
    pub saying: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was put in.
    pub made_at: Moment,
    /// When it was last tried.
    pub tried_at: Option<Moment>,
    /// What the receiver last answered.
    pub status: Option<i64>,
    /// What stood in the way last; empty for nothing.
    pub error: String,
}
