//! Signs of coordinated voting. None of them proves anything: a newspaper's link brings a burst, and people who think
//! alike answer alike. They are reported beside the map and change nothing in it.

mod bursts;
mod identical;

use crate::matrix::Matrix;
pub use bursts::{Burst, is_alike};
pub use identical::Identical;

/// A person who answered faster than anybody reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Rapid {
    /// Who.
    pub person: String,
    /// How many reactions.
    pub reactions: usize,
    /// From the first to the last, in milliseconds.
    pub lasted_ms: i64,
}

/// What looks coordinated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coordination {
    /// People with the same answers to the same statements, where chance would not explain it; most people first.
    pub identical: Vec<Identical>,
    /// Many new people at once; in the order of time. Needs times.
    pub bursts: Vec<Burst>,
    /// People with at least 10 reactions, one a second or faster; most reactions first. Needs times.
    pub rapid: Vec<Rapid>,
    /// How many people came with times.
    pub people_with_times: usize,
}

/// The most of each kind that are listed.
const LISTED_MAX: usize = 50;
const RAPID_REACTIONS_LEAST: usize = 10;
const RAPID_GAP_MS: i64 = 1_000;

pub(crate) fn watch(matrix: &Matrix) -> Coordination {
    Coordination {
        identical: identical::find(matrix),
        bursts: bursts::find(matrix),
        rapid: rapid(matrix),
        people_with_times: matrix.spans.iter().filter(|span| span.reactions > 0).count(),
    }
}

fn rapid(matrix: &Matrix) -> Vec<Rapid> {
    let fast = |row: usize| {
        let span = matrix.spans[row];
        let lasted_ms = span.last_ms.saturating_sub(span.first_ms);
        let gaps = span.reactions.saturating_sub(1) as i64;
        let is_rapid = span.reactions >= RAPID_REACTIONS_LEAST && lasted_ms <= gaps.saturating_mul(RAPID_GAP_MS);
        is_rapid.then(|| Rapid { person: matrix.people[row].clone(), reactions: span.reactions, lasted_ms })
    };
    let mut found: Vec<Rapid> = (0..matrix.people.len()).filter_map(fast).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.reactions));
    found.truncate(LISTED_MAX);
    found
}
