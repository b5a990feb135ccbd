use crate::{
    conversation::{Standing, Statement},
    statistics::{Comparison, Counts, Z_LEAST, one_proportion, two_proportions},
};

const SHOWN_MAX: usize = 5;
/// A statement is uncertain when at least this share of who saw it passed.
const PASS_SHARE_LEAST: f64 = 0.3;
/// …and at least so many saw it.
const UNCERTAIN_SEEN_LEAST: u32 = 7;

/// A statement that most people agree or disagree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// The statement.
    pub statement: String,
    /// All answers to it, also of people in no group.
    pub counts: Counts,
    /// (p) (agrees or disagrees + 1) / (seen + 2).
    pub share: f64,
    /// (z) See [`one_proportion`].
    pub test: f64,
}

/// What the conversation agrees on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Consensus {
    /// Most agree; strongest first, five at most.
    pub agree: Vec<Agreed>,
    /// Most disagree.
    pub disagree: Vec<Agreed>,
}

/// A statement on which groups differ most.
#[derive(Debug, Clone, PartialEq)]
pub struct Divisive {
    /// The statement.
    pub statement: String,
    /// The largest less the smallest share of agreement among the groups, each (agrees + 1) / (seen + 2).
    pub gap: f64,
    /// The group that agrees most.
    pub most: usize,
    /// The group that agrees least.
    pub least: usize,
}

/// A statement that many passed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// The statement.
    pub statement: String,
    /// Passes among those who saw it.
    pub pass_share: f64,
    /// All answers to it.
    pub counts: Counts,
}

/// p > ½ and z > 1.2816, the five with the largest p × z.
pub(crate) fn of(statements: &[Statement], all: &[Counts]) -> Consensus {
    let side = |part: fn(&Counts) -> u32| {
        let agreed = |at: usize| Agreed {
            statement: statements[at].id.clone(),
            counts: all[at],
            share: (f64::from(part(&all[at])) + 1.0) / (f64::from(all[at].seen) + 2.0),
            test: one_proportion(part(&all[at]), all[at].seen),
        };
        let mut found: Vec<Agreed> =
            open(statements).map(agreed).filter(|one| one.share > 0.5 && one.test > Z_LEAST).collect();
        found.sort_by(|one, other| (other.share * other.test).total_cmp(&(one.share * one.test)));
        found.truncate(SHOWN_MAX);
        found
    };
    Consensus { agree: side(|counts| counts.agrees), disagree: side(|counts| counts.disagrees) }
}

/// The product over the groups of (agrees + 1) / (seen + 2), and the same for disagreeing: high only where every group,
/// however small, agrees.
pub(crate) fn group_informed(groups: &[Vec<Comparison>], statement: usize) -> (f64, f64) {
    let of = |share: fn(&Comparison) -> f64| groups.iter().map(|own| share(&own[statement])).product();
    (of(|one| one.agree_share), of(|one| one.disagree_share))
}

/// The statements with the largest gaps between two groups, where the gap is more than chance (z > 1.2816); ten at most.
pub(crate) fn divisive(statements: &[Statement], groups: &[Vec<Comparison>]) -> Vec<Divisive> {
    let gap = |at: usize| {
        let share = |group: &usize| groups[*group][at].agree_share;
        let by_share = |one: &usize, other: &usize| share(one).total_cmp(&share(other));
        let most = (0..groups.len()).rev().max_by(by_share)?;
        let least = (0..groups.len()).min_by(by_share)?;
        let (high, low) = (groups[most][at].counts, groups[least][at].counts);
        let is_more = two_proportions(high.agrees, high.seen, low.agrees, low.seen) > Z_LEAST;
        is_more.then(|| Divisive {
            statement: statements[at].id.clone(),
            gap: share(&most) - share(&least),
            most,
            least,
        })
    };
    let mut found: Vec<Divisive> = open(statements).filter_map(gap).collect();
    found.sort_by(|one, other| other.gap.total_cmp(&one.gap));
    found.truncate(2 * SHOWN_MAX);
    found
}

/// The statements that many passed on, most first; ten at most.
pub(crate) fn uncertain(statements: &[Statement], all: &[Counts]) -> Vec<Uncertain> {
    let passed = |at: usize| Uncertain {
        statement: statements[at].id.clone(),
        pass_share: f64::from(all[at].passes()) / f64::from(all[at].seen.max(1)),
        counts: all[at],
    };
    let is_uncertain = |one: &Uncertain| one.pass_share >= PASS_SHARE_LEAST && one.counts.seen >= UNCERTAIN_SEEN_LEAST;
    let mut found: Vec<Uncertain> = open(statements).map(passed).filter(is_uncertain).collect();
    found.sort_by(|one, other| other.pass_share.total_cmp(&one.pass_share));
    found.truncate(2 * SHOWN_MAX);
    found
}

fn open(statements: &[Statement]) -> impl Iterator<Item = usize> {
    (0..statements.len()).filter(|at| statements[*at].standing == Standing::Open)
}
