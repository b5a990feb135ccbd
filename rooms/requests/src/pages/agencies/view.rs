//! How an agency is reached, for machines.

use crate::{
    elsewhere::{Channel, ForwardState, Way},
    views::Named,
};
use civic::{Language, Moment, OrganisationId};
use people::organisations::Organisation;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How an agency is reached. Its key is never shown.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AgencyView {
    /// The agency.
    pub organisation: Named,
    /// `here`, `open311` or `letter`.
    pub way: &'static str,
    /// The address of its server, or of its letters.
    pub address: String,
    /// Its `jurisdiction_id`.
    pub jurisdiction: String,
    /// Whether a key for its server is kept.
    pub has_key: bool,
    /// What our categories are called there, where they are called otherwise.
    pub services: BTreeMap<String, String>,
    /// When it was last asked (RFC 3339).
    pub asked_at: Option<String>,
    /// What stood in the way then; empty for nothing.
    pub trouble: String,
    /// Requests that are being sent on.
    pub waiting: i64,
    /// Requests that it refused.
    pub refused: i64,
}

impl AgencyView {
    pub(super) fn of(
        organisation: &Organisation,
        channel: Option<&Channel>,
        counts: &[(OrganisationId, ForwardState, i64)],
        language: Language,
    ) -> Self {
        let count = |states: &[ForwardState]| {
            let own = counts.iter().filter(|(id, state, _)| *id == organisation.id && states.contains(state));
            own.map(|(_, _, count)| count).sum()
        };
        let name = organisation.name.in_language(language).to_owned();
        let mut view = Self {
            organisation: Named { code: organisation.code.clone(), name },
            way: "here",
            address: String::new(),
            jurisdiction: String::new(),
            has_key: false,
            services: BTreeMap::new(),
            asked_at: None,
            trouble: String::new(),
            waiting: count(&[ForwardState::Waiting, ForwardState::Sending, ForwardState::Token]),
            refused: count(&[ForwardState::Refused]),
        };
        let Some(channel) = channel else { return view };
        view.way = channel.way.word();
        view.asked_at = channel.asked_at.map(Moment::rfc3339);
        view.trouble.clone_from(&channel.trouble);
        match &channel.way {
            Way::Letter(email) => view.address = email.to_string(),
            Way::Open311(server) => {
                view.address.clone_from(&server.url);
                view.jurisdiction.clone_from(&server.jurisdiction);
                view.has_key = !server.key.0.is_empty();
                view.services = server.services.clone();
            }
        }
        view
    }
}
