//! Several people apply together: who they are, and that each says so themselves.

mod commands;
mod decide;
mod model;
mod store;

pub use commands::{Answered, AtCounter, NewCoApplicant, add, answer, confirm_at_desk, drop_one, hand_over};
pub use decide::{check_joint, enough, is_for_each, may_say};
pub use model::{CoApplicant, Consent, Joint};
pub use store::{by_key, erase, of_owner, to_write_to};

pub(crate) use decide::may_grant;
