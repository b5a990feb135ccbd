//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading what is public.
pub const READ: Act = Act::public("surveys.read");
/// Answering: some surveys ask for an account, which the act itself sees to.
pub const ANSWER: Act = Act::public("surveys.answer");
/// Setting surveys up, reading the single answers of one's own.
pub const KEEP: Act = Act::organisation("surveys.keep", &[Role::Steward, Role::Administrator]);
