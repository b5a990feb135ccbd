//! What people can do with their account, and what nobody can do with somebody else's.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod addresses;
mod demo;
mod erasing;
mod finding;
mod keys;
mod mailing;
mod mandating;
mod setting_up;
mod signing_in;
mod town;
mod words;
