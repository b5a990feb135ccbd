//! What people do here: load, decide, save, put on the record, commit.

mod account;
mod mandating;
mod signing_in;

pub(crate) use account::{
    ERASED, Grantable, KIND, end_other_sessions, erase_account, make_token, rename, revoke_token, tokens_for,
};
pub(crate) use mandating::{GiveMandate, add_organisation, end_mandate, give_mandate, set_hours};
pub(crate) use signing_in::{SetUp, ask_for_link, link_spent, set_up, sign_in, sign_in_as, sign_out};
