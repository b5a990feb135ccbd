//! An officer says no to a suggestion.

use super::desk::reachable;
use crate::{model::ServiceRequest, store, suggest::Kind};
use civic::Actor;
use database::OffRecord;
use web::{Refusal, Stop, Town};

/// Characters of a code that can be suggested.
const VALUE_LIMIT: usize = 100;

/// What is rejected, or no longer.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// The request's code.
    pub code: String,
    /// What was suggested.
    pub kind: Kind,
    /// The code of the category or agency.
    pub value: String,
    /// Whether it may be suggested again.
    pub again: bool,
}

/// Remembers it, for this request and to learn from.
///
/// # Errors
/// `NotFound` where the officer's mandate does not reach; `suggestion-unknown` for what nothing suggests.
pub async fn reject_suggestion(town: &Town, actor: Actor, rejection: Rejection) -> Result<ServiceRequest, Stop> {
    let now = town.now();
    let kept = town.db().write(move |tx| {
        let request = reachable(tx, &actor, &rejection.code)?;
        let (kind, value) = (rejection.kind.word(), rejection.value.as_str());
        let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if value.is_empty() || value.len() > VALUE_LIMIT || !value.chars().all(is_code) {
            return Err(Refusal::new("suggestion-unknown").into());
        }
        if rejection.again {
            store::unreject_suggestion(tx, request.id, kind, value)?;
        } else {
            store::reject_suggestion(tx, request.id, kind, value, now)?;
        }
        tx.commit(OffRecord("a no to a suggestion leaves the request as it is"), request).map_err(Stop::from)
    });
    kept.await
}
