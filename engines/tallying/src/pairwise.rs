//! Methods that compare candidates two by two.

mod condorcet;
mod matrix;
mod ranked_pairs;
mod schulze;

pub use condorcet::{Condorcet, condorcet};
pub use matrix::{PairwiseMatrix, Strength};
pub use ranked_pairs::{LockedPair, RankedPairs, ranked_pairs};
pub use schulze::{PATHS_CANDIDATES_LIMIT, Schulze, schulze};
