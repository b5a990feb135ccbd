//! Several people apply together: who they are, and that each says so themselves.

mod commands;
mod decide;
mod model;
mod store;

pub use commands::{
    Answered, AtCounter, InviteAgain, NewCoApplicant, add, answer, confirm_at_desk, drop_one, expired, hand_over,
    invite_again,
};
pub use decide::{check_joint, enough, has_expired, is_for_each, may_invite, may_say};
pub use model::{CoApplicant, Consent, Joint};
pub use store::{by_key, erase, is_confirmed_hash, of_owner, to_write_to};

pub(crate) use decide::may_grant;
