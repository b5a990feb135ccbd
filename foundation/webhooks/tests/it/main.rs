//! Programs that hear what the record says, with a receiver of our own making.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod administering;
mod delivering;
mod receiver;
mod town;
