//! Counts with rounds: instant-runoff voting, the single transferable vote in several forms.

mod decisions;
mod elimination;
mod meek;
mod paths;
mod piles;
mod scottish;
mod sequence;

pub use elimination::count_by_elimination;
pub use meek::{MEEK_ITERATIONS_LIMIT, MeekRules, count_meek};
pub use scottish::{SCOTTISH_PLACES, ScottishRules, count_scottish};
pub use sequence::count_in_sequence;

use crate::ballots::{Candidate, RankedBallots};
use crate::rules::TallyError;
use crate::tie::Unbroken;

/// The candidates that can be elected at the start, or why there is no election.
fn continuing_at_start(candidates: &[Candidate], ballots: &RankedBallots) -> Result<Vec<bool>, TallyError> {
    ballots.check(candidates)?;
    if candidates.iter().all(|candidate| candidate.excluded || candidate.undeclared) {
        return Err(TallyError::NoCandidates);
    }
    Ok(candidates.iter().map(|candidate| !candidate.excluded).collect())
}

/// The refusal for a tie nobody broke.
pub(crate) fn tied(unbroken: Unbroken, round: u32, candidates: &[Candidate]) -> TallyError {
    let names: Vec<&str> = unbroken.0.iter().map(|&at| candidates[at as usize].name.as_str()).collect();
    TallyError::Tied { round, names: names.join(", "), tied: unbroken.0 }
}
