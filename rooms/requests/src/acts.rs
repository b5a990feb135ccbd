//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading what is public.
pub const READ: Act = Act::public("requests.read");
/// Reporting a problem: needs no account.
pub const OPEN: Act = Act::public("requests.open");
/// Correcting or taking back one's own report, by its private link.
pub const OWN: Act = Act::public("requests.own");
/// Reading the desk: inbox, contact data, internal notes.
pub const DESK: Act = Act::organisation("requests.desk", &[Role::Officer, Role::Administrator]);
/// Taking, assigning, answering, correcting, resolving, declining.
pub const ANSWER: Act = Act::organisation("requests.answer", &[Role::Officer, Role::Administrator]);
/// Setting up categories.
pub const CATEGORIES: Act = Act::town("requests.categories", &[Role::Administrator]);
/// Sending something by Open311: whether the key in it opens, the handler asks by [`OPEN311_WRITE`].
pub const OPEN311_DOOR: Act = Act::public("requests.open311-door");
/// Reporting for others by Open311, with a key.
pub const OPEN311_WRITE: Act = Act::town("requests.open311", &[Role::Open311, Role::Administrator]);
