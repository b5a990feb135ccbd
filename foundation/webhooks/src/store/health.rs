//! How the endpoints do, all together.

use super::{all, waiting_count};
use crate::{State, model::WAITING_LIMIT};
use database::{DbError, Tx};

/// How the endpoints do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// Endpoints that get what they hear.
    pub active: i64,
    /// Of these, those that fail at the moment.
    pub failing: i64,
    /// Endpoints that were stopped because they failed for days, or said that they are gone.
    pub stopped: i64,
    /// Deliveries that wait, counted up to [`WAITING_LIMIT`] for each.
    pub waiting: i64,
}

/// How the endpoints do at the moment.
///
/// # Errors
/// Those of the database.
pub fn health(tx: &mut Tx<'_>) -> Result<Health, DbError> {
    let mut health = Health::default();
    for endpoint in all(tx)? {
        match endpoint.state {
            State::Active => health.active += 1,
            State::Stopped => health.stopped += 1,
            State::Paused => {}
        }
        health.failing += i64::from(endpoint.state == State::Active && endpoint.failures > 0);
        health.waiting += waiting_count(tx, endpoint.id, WAITING_LIMIT)?;
    }
    Ok(health)
}
