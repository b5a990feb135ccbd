//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading what is public.
pub const READ: Act = Act::public("requests.read");
/// Reporting a problem: needs no account.
pub const OPEN: Act = Act::public("requests.open");
/// Correcting or taking back one's own report, by its private link.
pub const OWN: Act = Act::public("requests.own");
/// Saying that a neighbour's matter is not fixed: needs an account, so that each counts once.
pub const NOT_FIXED: Act = Act::town("requests.not-fixed", &[Role::Resident, Role::Officer, Role::Administrator]);
/// Saying “me too”: needs no account.
pub const SUPPORT: Act = Act::public("requests.support");
/// Reading the desk: inbox, contact data, internal notes.
pub const DESK: Act = Act::organisation("requests.desk", &[Role::Officer, Role::Administrator]);
/// Taking, assigning, answering, correcting, resolving, declining.
pub const ANSWER: Act = Act::organisation("requests.answer", &[Role::Officer, Role::Administrator]);
/// Setting up categories.
pub const CATEGORIES: Act = Act::town("requests.categories", &[Role::Administrator]);
/// Saying how agencies are reached that answer elsewhere.
pub const ELSEWHERE: Act = Act::town("requests.elsewhere", &[Role::Administrator]);
/// Answering for an agency by the private link of a letter: whether its key opens, the handler asks.
pub const BY_LETTER: Act = Act::public("requests.by-letter");
/// Reading and undoing imports.
pub const IMPORTS: Act = Act::town("requests.imports", &[Role::Administrator]);
/// Sending something by Open311: whether the key in it opens, the handler asks by [`OPEN311_WRITE`].
pub const OPEN311_DOOR: Act = Act::public("requests.open311-door");
/// Reporting for others by Open311, with a key.
pub const OPEN311_WRITE: Act = Act::town("requests.open311", &[Role::Open311, Role::Administrator]);
/// Taking down a report for somebody on the phone, at the counter or from paper, whichever agency will answer.
pub const TAKE_DOWN: Act = Act::town("requests.take-down", &[Role::Officer, Role::Administrator]);
/// Making notices that open a report on the spot.
pub const POSTERS: Act = Act::organisation("requests.posters", &[Role::Officer, Role::Administrator]);
