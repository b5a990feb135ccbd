//! The files of a Polis export: `votes.csv`, `participants-votes.csv`, `comments.csv`, read and written.
//!
//! Columns are found by their names, so that other columns and orders do no harm. A row that cannot be understood is left
//! out and reported with line and column; the rest is read.

mod assemble;
mod comments;
mod fault;
mod intern;
mod matrix;
mod table;
mod votes;
mod write;

pub use assemble::{Imported, assemble};
pub use comments::{Comment, read_comments};
pub use fault::{Fault, Faults};
pub use matrix::{VoteTable, read_participants_votes};
pub use votes::read_votes;
pub use write::{write_comments, write_participants_votes, write_votes};
