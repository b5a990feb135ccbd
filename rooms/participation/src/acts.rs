//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Everybody with an account.
const SIGNED_IN: &[Role] = &[Role::Resident, Role::Officer, Role::Steward, Role::Administrator];

/// Reading what is public.
pub const READ: Act = Act::public("participation.read");
/// Proposing, writing drafts, correcting one's own proposal, asking others to join.
pub const PROPOSE: Act = Act::town("participation.propose", SIGNED_IN);
/// Supporting.
pub const SUPPORT: Act = Act::town("participation.support", SIGNED_IN);
/// Arguing for or against.
pub const ARGUE: Act = Act::town("participation.argue", SIGNED_IN);
/// Proposing other words for a proposal, and deciding about them as its author.
pub const AMEND: Act = Act::town("participation.amend", SIGNED_IN);
/// Endorsing in the name of one's organisation.
pub const ENDORSE: Act = Act::organisation("participation.endorse", &[Role::Officer]);
/// Saying what is feasible, at what cost, and why.
pub const EVALUATE: Act =
    Act::organisation("participation.evaluate", &[Role::Officer, Role::Steward, Role::Administrator]);
/// Setting up processes, merging proposals.
pub const STEWARD: Act = Act::organisation("participation.steward", &[Role::Steward, Role::Administrator]);
