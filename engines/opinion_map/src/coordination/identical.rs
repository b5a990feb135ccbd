use super::LISTED_MAX;
use crate::{conversation::Stance, matrix::Matrix};
use rayon::prelude::*;

/// People with the same answers to the same statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Identical {
    /// Who.
    pub people: Vec<String>,
    /// How many statements each of them saw.
    pub seen: usize,
    /// The one answer they gave to all, if it was one.
    pub throughout: Option<Stance>,
    /// The decimal logarithm of how many other people one would expect with these answers, if everybody had drawn them in
    /// the proportions of all answers to each statement; at most −2.
    pub expected_log10: f64,
}

const PEOPLE_LEAST: usize = 3;
const SEEN_LEAST: usize = 10;
/// Reported when fewer than a hundredth of a person would be expected.
const EXPECTED_LOG10_MOST: f64 = -2.0;

pub(super) fn find(matrix: &Matrix) -> Vec<Identical> {
    let mut rows: Vec<u32> =
        (0..matrix.people.len() as u32).filter(|row| matrix.seen(*row as usize) >= SEEN_LEAST).collect();
    let row = |at: &u32| matrix.row(*at as usize);
    // By how many they saw first, as that is told apart at a glance.
    let key = |at: &u32| (matrix.seen(*at as usize), row(at), *at);
    rows.par_sort_unstable_by(|one, other| key(one).cmp(&key(other)));
    let alike: Vec<&[u32]> =
        rows.chunk_by(|one, other| row(one) == row(other)).filter(|some| some.len() >= PEOPLE_LEAST).collect();
    if alike.is_empty() {
        return Vec::new();
    }
    let shares = log10_shares(matrix);
    let mut found: Vec<Identical> = alike.into_iter().filter_map(|some| judged(matrix, some, &shares)).collect();
    found.sort_by(|one, other| {
        other.people.len().cmp(&one.people.len()).then_with(|| one.expected_log10.total_cmp(&other.expected_log10))
    });
    found.truncate(LISTED_MAX);
    found
}

fn judged(matrix: &Matrix, some: &[u32], shares: &[[f64; 3]]) -> Option<Identical> {
    let (columns, values) = matrix.row(some[0] as usize);
    let terms = columns.iter().zip(values).map(|(column, value)| shares[*column as usize][(*value + 1) as usize]);
    let expected_log10 = (matrix.people.len() as f64).log10() + terms.sum::<f64>();
    let throughout = values.iter().all(|value| *value == values[0]).then(|| Stance::of_value(values[0])).flatten();
    (expected_log10 <= EXPECTED_LOG10_MOST).then(|| Identical {
        people: some.iter().map(|row| matrix.people[*row as usize].clone()).collect(),
        seen: columns.len(),
        throughout,
        expected_log10,
    })
}

/// log₁₀ of (count + 1) / (seen + 3) for each statement and answer.
fn log10_shares(matrix: &Matrix) -> Vec<[f64; 3]> {
    let mut counts = vec![[0u32; 3]; matrix.statements.len()];
    for at in 0..matrix.people.len() {
        let (columns, values) = matrix.row(at);
        columns.iter().zip(values).for_each(|(column, value)| counts[*column as usize][(*value + 1) as usize] += 1);
    }
    let share = |counts: [u32; 3]| {
        let seen: u32 = counts.iter().sum();
        counts.map(|count| ((f64::from(count) + 1.0) / (f64::from(seen) + 3.0)).log10())
    };
    counts.into_iter().map(share).collect()
}
