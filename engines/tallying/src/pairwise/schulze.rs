use super::matrix::{PairwiseMatrix, Strength};
use crate::ballots::BallotError;
use crate::rules::TallyError;
use std::cmp::Ordering;

/// The most candidates whose paths are searched; the work grows with their third power.
pub const PATHS_CANDIDATES_LIMIT: usize = 1_000;

/// The result of Schulze's method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schulze {
    /// Candidates from first to last; those of one group are not told apart.
    pub ranking: Vec<Vec<u16>>,
    /// The strongest path from one candidate to another, as the votes for and against in its weakest victory; `(0, 0)` for none.
    /// In order of [`PairwiseMatrix::included`].
    pub paths: Vec<Vec<(u64, u64)>>,
    /// A sentence for each pair that decides, in English.
    pub steps: Vec<String>,
}

/// Schulze's method: a path of victories is as strong as its weakest one; who has a stronger path to everybody than they have back
/// wins (Schulze, *A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
/// method*, Social Choice and Welfare 36, 2011). Ties are left as groups: the method has no rule of its own for them.
///
/// # Errors
/// When there are more candidates than [`PATHS_CANDIDATES_LIMIT`].
pub fn schulze(matrix: &PairwiseMatrix, strength: Strength) -> Result<Schulze, TallyError> {
    let all = matrix.included();
    if all.len() > PATHS_CANDIDATES_LIMIT {
        return Err(BallotError::Candidates(all.len()).into());
    }
    let paths = strongest_paths(matrix, strength);
    let ahead = |one: usize, other: usize| strength.compare(paths[one][other], paths[other][one]) == Ordering::Greater;
    let mut left: Vec<usize> = (0..all.len()).collect();
    let (mut ranking, mut steps) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let (first, rest): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|&&one| left.iter().all(|&other| !ahead(other, one)));
        let group: Vec<u16> = first.iter().map(|&at| all[at]).collect();
        steps.push(step(matrix, &group, &first, &rest, &paths));
        ranking.push(group);
        left = rest;
    }
    Ok(Schulze { ranking, paths, steps })
}

/// Floyd and Warshall's algorithm with minimum and maximum (Schulze 2011, section 2.3).
fn strongest_paths(matrix: &PairwiseMatrix, strength: Strength) -> Vec<Vec<(u64, u64)>> {
    let all = matrix.included();
    let direct = |one: u16, other: u16| if matrix.beats(one, other) { matrix.victory(one, other) } else { (0, 0) };
    let mut paths: Vec<Vec<(u64, u64)>> =
        all.iter().map(|&one| all.iter().map(|&other| direct(one, other)).collect()).collect();
    for through in 0..all.len() {
        for from in 0..all.len() {
            for to in 0..all.len() {
                let (first, second) = (paths[from][through], paths[through][to]);
                let weakest = if strength.compare(first, second) == Ordering::Greater { second } else { first };
                if from != to && strength.compare(weakest, paths[from][to]) == Ordering::Greater {
                    paths[from][to] = weakest;
                }
            }
        }
    }
    paths
}

fn step(matrix: &PairwiseMatrix, group: &[u16], first: &[usize], rest: &[usize], paths: &[Vec<(u64, u64)>]) -> String {
    let names: Vec<&str> = group.iter().map(|&at| matrix.name(at)).collect();
    let all = matrix.included();
    let over: Vec<String> = rest
        .iter()
        .map(|&other| {
            let ((to, _), (back, _)) = (paths[first[0]][other], paths[other][first[0]]);
            format!("{} {to} to {back}", matrix.name(all[other]))
        })
        .collect();
    match (names.len(), over.is_empty()) {
        (1, true) => format!("{} comes next and last.", names[0]),
        (1, false) => {
            format!(
                "{} comes next. Its strongest path to each other, and the strongest one back: {}.",
                names[0],
                over.join(", ")
            )
        }
        _ => {
            format!("{} come next together: none has a stronger path to another than there is back.", names.join(", "))
        }
    }
}
