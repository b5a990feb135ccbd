//! Readers: bytes in, ballots or a sentence with the place of the fault out. None of them touches a file.

mod cast;
mod cdf;
mod contest;
mod csv;
mod preflib;
mod wanted;
mod xlsx;

pub use cast::{Ballots, Cast};
pub use contest::{
    CONTEST_BYTES_LIMIT, Contest, How, Provider, Source, UNDECLARED_NAME, read_contest, read_contest_by,
};
pub use preflib::{PrefLib, read_preflib};
pub use wanted::Wanted;

use crate::ballots::{BallotError, Mark, OVERVOTE, RankedBallots};
use thiserror::Error;

/// The most bytes of one file of cast-vote records.
pub const FILE_BYTES_LIMIT: usize = 2 << 30;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {reason}")]
pub struct ReadError {
    /// Where: a line, a row with its column, a ballot or a key.
    pub place: String,
    /// What was found and what was expected, as a sentence without a full stop.
    pub reason: String,
}

impl ReadError {
    pub(crate) fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}

/// Adds the ballots of one file of cast-vote records to `ballots`.
///
/// # Errors
/// The first thing that is wrong with the file, and where.
pub fn read_source(
    contest: &Contest,
    source: &Source,
    bytes: &[u8],
    ballots: &mut RankedBallots,
) -> Result<(), ReadError> {
    check_size(source, bytes)?;
    match source.provider {
        Provider::Csv => csv::read(contest, source, bytes, ballots),
        Provider::Ess => xlsx::read(contest, source, bytes, ballots),
        Provider::Cdf => cdf::read(contest, source, bytes, ballots),
    }
}

fn check_size(source: &Source, bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > FILE_BYTES_LIMIT {
        let reason = format!("a file of {} bytes is more than the {FILE_BYTES_LIMIT} that are read", bytes.len());
        return Err(ReadError::new(&source.path, reason));
    }
    Ok(())
}

/// Finds a candidate by what a mark says.
fn candidate_named(contest: &Contest, source: &Source, said: &str) -> Option<u16> {
    if !source.overvote_label.is_empty() && said == source.overvote_label {
        return Some(OVERVOTE);
    }
    if !source.undeclared_label.is_empty() && said == source.undeclared_label {
        return contest.undeclared();
    }
    contest.named(said)
}

/// Adds one ballot, if it keeps within the ranks of the contest.
fn push(
    contest: &Contest,
    ballots: &mut RankedBallots,
    marks: &[Mark],
    weight: u64,
    place: impl Fn() -> String,
) -> Result<(), ReadError> {
    let highest = marks.iter().map(|mark| mark.rank).max().unwrap_or(0);
    if let Some(most) = contest.ranks
        && highest > most
    {
        return Err(ReadError::new(place(), format!("rank {highest} is used, but the contest has only {most} ranks")));
    }
    ballots.push(marks, weight).map_err(|error: BallotError| ReadError::new(place(), error.to_string()))
}

/// The refusal of a name nobody knows.
fn unknown(place: String, said: &str) -> ReadError {
    let short: String = said.chars().take(100).collect();
    ReadError::new(
        place,
        format!("“{short}” is no candidate of this contest; add the name, or an alias, to the configuration"),
    )
}
