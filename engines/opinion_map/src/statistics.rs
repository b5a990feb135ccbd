//! Counts of answers, and the tests they are put to.

use crate::matrix::Matrix;
use rayon::prelude::*;

/// One-sided 90%: above it a z value counts as more than chance.
pub const Z_LEAST: f64 = 1.2816;

/// How some people answered a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Who agreed.
    pub agrees: u32,
    /// Who disagreed.
    pub disagrees: u32,
    /// Who saw it: agreed, disagreed or passed.
    pub seen: u32,
}

impl Counts {
    /// Who saw it and passed.
    pub fn passes(self) -> u32 {
        self.seen - self.agrees - self.disagrees
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            agrees: self.agrees + other.agrees,
            disagrees: self.disagrees + other.disagrees,
            seen: self.seen + other.seen,
        }
    }

    fn count(&mut self, value: i8) {
        self.agrees += u32::from(value == 1);
        self.disagrees += u32::from(value == -1);
        self.seen += 1;
    }
}

/// How a group answered a statement, beside everybody else who is in a group. Names in brackets are those of MATHS.md.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The group's answers.
    pub counts: Counts,
    /// (pa) (agrees + 1) / (seen + 2).
    pub agree_share: f64,
    /// (pd) The same for disagreeing.
    pub disagree_share: f64,
    /// (pat) Whether more than half agree: see [`one_proportion`].
    pub agree_test: f64,
    /// (pdt) The same for disagreeing.
    pub disagree_test: f64,
    /// (ra) The share of the group over the share of everybody else.
    pub agree_ratio: f64,
    /// (rd) The same for disagreeing.
    pub disagree_ratio: f64,
    /// (rat) Whether the group agrees more than everybody else: see [`two_proportions`].
    pub agree_ratio_test: f64,
    /// (rdt) The same for disagreeing.
    pub disagree_ratio_test: f64,
}

impl Comparison {
    /// Compares a group with everybody else.
    pub fn of(counts: Counts, others: Counts) -> Self {
        let share = |part: u32, seen: u32| (f64::from(part) + 1.0) / (f64::from(seen) + 2.0);
        let agree_share = share(counts.agrees, counts.seen);
        let disagree_share = share(counts.disagrees, counts.seen);
        Self {
            counts,
            agree_share,
            disagree_share,
            agree_test: one_proportion(counts.agrees, counts.seen),
            disagree_test: one_proportion(counts.disagrees, counts.seen),
            agree_ratio: agree_share / share(others.agrees, others.seen),
            disagree_ratio: disagree_share / share(others.disagrees, others.seen),
            agree_ratio_test: two_proportions(counts.agrees, counts.seen, others.agrees, others.seen),
            disagree_ratio_test: two_proportions(counts.disagrees, counts.seen, others.disagrees, others.seen),
        }
    }
}

/// z for "more than half": 2 √(n + 1) ((successes + 1) / (n + 1) − ½).
pub fn one_proportion(successes: u32, trials: u32) -> f64 {
    let trials = f64::from(trials) + 1.0;
    2.0 * trials.sqrt() * ((f64::from(successes) + 1.0) / trials - 0.5)
}

/// z for "a larger share here than there", pooled, with 1 added to every count; 0 where all succeed.
pub fn two_proportions(here: u32, trials_here: u32, there: u32, trials_there: u32) -> f64 {
    let [here, trials_here, there, trials_there] =
        [here, trials_here, there, trials_there].map(|count| f64::from(count) + 1.0);
    let pooled = (here + there) / (trials_here + trials_there);
    if pooled >= 1.0 {
        return 0.0;
    }
    (here / trials_here - there / trials_there)
        / (pooled * (1.0 - pooled) * (1.0 / trials_here + 1.0 / trials_there)).sqrt()
}

/// The answers by group and statement; the last row is of those who are in no group.
pub(crate) fn counts(matrix: &Matrix, labels: &[Option<u8>], groups: usize) -> Vec<Vec<Counts>> {
    let empty = || vec![vec![Counts::default(); matrix.statements.len()]; groups + 1];
    let piece = matrix.people.len().div_ceil(16).max(2_048);
    (0..matrix.people.len())
        .into_par_iter()
        .step_by(piece)
        .map(|begun| {
            let mut counts = empty();
            for row in begun..(begun + piece).min(matrix.people.len()) {
                let own = &mut counts[labels[row].map_or(groups, usize::from)];
                let (columns, values) = matrix.row(row);
                columns.iter().zip(values).for_each(|(column, value)| own[*column as usize].count(*value));
            }
            counts
        })
        .reduce(empty, |mut one, other| {
            one.iter_mut().flatten().zip(other.iter().flatten()).for_each(|(one, other)| *one = one.plus(*other));
            one
        })
}

/// Each statement's answers by everybody, or by everybody in a group, from [`counts`].
pub(crate) fn together(by_group: &[Vec<Counts>]) -> Vec<Counts> {
    let statements = by_group.first().map_or(0, Vec::len);
    (0..statements).map(|at| by_group.iter().fold(Counts::default(), |sum, own| sum.plus(own[at]))).collect()
}

/// Each group's comparisons, from the rows of [`counts`] that are groups.
pub(crate) fn comparisons(groups: &[Vec<Counts>]) -> Vec<Vec<Comparison>> {
    let all = together(groups);
    let rest = |all: Counts, own: Counts| Counts {
        agrees: all.agrees - own.agrees,
        disagrees: all.disagrees - own.disagrees,
        seen: all.seen - own.seen,
    };
    let of =
        |own: &Vec<Counts>| own.iter().zip(&all).map(|(own, all)| Comparison::of(*own, rest(*all, *own))).collect();
    groups.iter().map(of).collect()
}
