//! A conversation, its whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod activity;
mod attacks;
mod drafts;
mod embedded;
mod importing;
mod leading;
mod levels;
mod machine;
mod mapping;
mod phases;
mod promising;
mod publishing;
mod reasons;
mod reporting;
mod retyping;
mod speaking;
mod taking_part;
mod town;
mod undoing;
mod unlinkable;
mod words;
mod writing;
