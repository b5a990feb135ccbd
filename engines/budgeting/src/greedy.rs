//! Utilitarian greedy rules, with the variants of cities.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    equal_shares::{Decided, first_rounds},
    outcome::{Accounting, Loss, Measure, Reason, Round, Step},
    pabulib_results,
    profile::{Profile, Satisfaction},
    refusal::Refusal,
    ties::TieOrder,
};
use num_bigint::{BigInt, BigUint};
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// The cost by which Pabulib marks a project as withdrawn, in units of the currency.
pub const WITHDRAWN_COST: i64 = 999_999_999;

/// By what projects are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Total satisfaction for each unit of cost.
    Density(Satisfaction),
    /// Votes.
    Votes,
    /// Points, ranks as points, or votes, as cities count them: for ballots with points their sum; for a ranking of n projects
    /// n for the first, n - 1 for the next.
    Score,
    /// What the file says, without counting: its `score`, or its `votes`.
    Declared,
}

/// What happens at the first project that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It is skipped.
    Skip,
    /// The counting ends. Withdrawn projects do not count as misfits.
    Stop,
    /// It is funded all the same, if what is left is at least this percentage of its cost (Poznań: 80); then the counting ends.
    StopUnlessPercent(u8),
}

/// A greedy rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greedy {
    /// By what.
    pub order: Order,
    /// What does not fit.
    pub misfit: Misfit,
    /// Projects with fewer votes (or points, under [`Order::Score`]) are not funded.
    pub threshold: Option<i64>,
}

impl Greedy {
    /// By satisfaction for money, skipping what does not fit.
    pub fn by(satisfaction: Satisfaction) -> Self {
        Self { order: Order::Density(satisfaction), misfit: Misfit::Skip, threshold: None }
    }
}

/// Projects in order; those in one entry are level and the tie rule does not decide between them.
pub(crate) type Levels = Vec<Vec<usize>>;

/// Projects by a key, greatest first; among equals by the tie rule.
fn ordered(election: &Election, ties: &TieOrder, compare: impl Fn(usize, usize) -> Ordering) -> Levels {
    let mut order: Vec<usize> = (0..election.projects.len()).collect();
    order.sort_by(|a, b| compare(*b, *a).then(ties.place(*a).cmp(&ties.place(*b))));
    order.chunk_by(|a, b| compare(*a, *b).is_eq() && ties.place(*a) == ties.place(*b)).map(<[_]>::to_vec).collect()
}

/// Refuses a level in which the order matters: where some can be funded but not all.
pub(crate) fn refuse_tie(
    election: &Election,
    purse: &Purse<'_>,
    level: &[usize],
    misfit: Misfit,
) -> Result<(), Refusal> {
    let open: Vec<usize> = level.iter().copied().filter(|project| !purse.is_funded(*project)).collect();
    let all: i128 = open.iter().map(|project| i128::from(purse.cost(*project))).sum();
    let all_fit = all <= i128::from(purse.left) && open.iter().all(|project| purse.is_unbound(*project));
    let none_fits = open.iter().all(|project| purse.cost(*project) > purse.left);
    if open.len() < 2 || all_fit || none_fits && !matches!(misfit, Misfit::StopUnlessPercent(_)) {
        return Ok(());
    }
    Err(Refusal::tie(election, &open))
}

/// By votes, the most first.
pub(crate) fn order_by_votes(election: &Election, profile: &Profile, ties: &TieOrder) -> Levels {
    let votes: Vec<i64> = (0..election.projects.len()).map(|project| profile.votes(project)).collect();
    ordered(election, ties, |a, b| votes[a].cmp(&votes[b]))
}

/// By satisfaction for money: free projects with supporters first, projects without last.
pub(crate) fn order_by_density(election: &Election, profile: &Profile, ties: &TieOrder) -> Levels {
    let totals: Vec<BigUint> = (0..election.projects.len()).map(|p| profile.total_satisfaction(p)).collect();
    let cost = |project: usize| election.projects[project].cost as u64;
    ordered(election, ties, |a, b| match (totals[a].is_zero(), totals[b].is_zero()) {
        (false, false) => (&totals[a] * cost(b)).cmp(&(&totals[b] * cost(a))),
        (one, other) => other.cmp(&one),
    })
}

/// The figures that a rule's order and threshold go by.
fn figures(election: &Election, profile: &Profile, order: Order) -> Vec<i64> {
    match order {
        Order::Score => pabulib_results(election).1,
        Order::Declared => election.projects.iter().map(|project| project.declared_result.unwrap_or(0)).collect(),
        Order::Density(_) | Order::Votes => (0..election.projects.len()).map(|p| profile.votes(p)).collect(),
    }
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    mut purse: Purse<'_>,
    rule: &Greedy,
) -> Result<Decided, Refusal> {
    let figures = figures(election, profile, rule.order);
    let order = match rule.order {
        Order::Density(_) => order_by_density(election, profile, ties),
        _ => ordered(election, ties, |a, b| figures[a].cmp(&figures[b])),
    };
    let mut rounds = first_rounds(&purse, purse.funded.len());
    let (mut turns, mut losses, mut is_open) = (Vec::new(), Vec::new(), true);
    for level in &order {
        refuse_tie(election, &purse, level, rule.misfit)?;
        for project in level.iter().copied() {
            if purse.is_funded(project) {
                continue;
            }
            let left = purse.left;
            let lost = turn(election, &purse, rule, figures[project], project, &mut is_open);
            turns.push((project, left, lost.is_none()));
            if let Some(reason) = lost {
                losses.push(Loss { project, reason });
                continue;
            }
            let measure = Some(measured(profile, rule.order, &figures, project, purse.cost(project)));
            purse.fund(project);
            let spent = election.budget - purse.left;
            rounds.push(Round { project, step: Step::Chosen, tied: vec![], measure, payment: None, spent });
        }
    }
    tell_what_was_needed(&mut losses, &turns, &figures, election, rule);
    losses.sort_by_key(|loss| loss.project);
    Ok(Decided {
        accounting: plain_accounting(election.budget, election.budget - purse.left),
        rounds,
        losses,
        measure: if matches!(rule.order, Order::Density(_)) { Measure::Density } else { Measure::Votes },
        raises: 0,
        notes: Vec::new(),
        shares: Vec::new(),
    })
}

/// Why a project is not funded at its turn; none if it is.
fn turn(
    election: &Election,
    purse: &Purse<'_>,
    rule: &Greedy,
    figure: i64,
    project: usize,
    is_open: &mut bool,
) -> Option<Reason> {
    let (cost, left) = (purse.cost(project), purse.left);
    if rule.misfit != Misfit::Skip && purse_cost_in_units(election, project) == Some(WITHDRAWN_COST) {
        return Some(Reason::Withdrawn);
    }
    if let Some(needs) = rule.threshold.filter(|needs| figure < *needs) {
        return Some(Reason::BelowThreshold { has: figure, needs });
    }
    if !*is_open {
        return Some(Reason::NotReached { left });
    }
    if let Some(block) = purse.block(project) {
        return Some(Reason::Blocked(block));
    }
    if cost <= left {
        return None;
    }
    *is_open = rule.misfit == Misfit::Skip;
    let takes = match rule.misfit {
        Misfit::StopUnlessPercent(percent) => i128::from(left) * 100 >= i128::from(cost) * i128::from(percent),
        Misfit::Skip | Misfit::Stop => false,
    };
    (!takes).then(|| Reason::DidNotFit { left, missing: cost - left, ahead_of: None, votes_needed: None })
}

fn purse_cost_in_units(election: &Election, project: usize) -> Option<i64> {
    let scale = 10_i64.pow(election.decimals);
    let cost = election.projects[project].cost;
    (cost % scale == 0).then_some(cost / scale)
}

fn measured(profile: &Profile, order: Order, figures: &[i64], project: usize, cost: i64) -> Fraction {
    match order {
        Order::Density(_) if cost > 0 => {
            Fraction::new(BigInt::from(profile.total_satisfaction(project)), BigInt::from(cost))
        }
        _ => Fraction::from(BigInt::from(figures[project])),
    }
}

/// The accounting of rules without shares.
pub(crate) fn plain_accounting(budget: i64, spent: i64) -> Accounting {
    let zero = Fraction::zero;
    let unspent = budget - spent;
    Accounting {
        budget,
        spent,
        unspent,
        beside_shares: spent,
        from_shares: zero(),
        overspent: zero(),
        share: zero(),
        given: zero(),
        kept: zero(),
    }
}

/// For each that did not fit: the last one funded before which it would still have fitted, and the votes that put it there.
fn tell_what_was_needed(
    losses: &mut [Loss],
    turns: &[(usize, i64, bool)],
    figures: &[i64],
    election: &Election,
    rule: &Greedy,
) {
    for loss in losses {
        let Reason::DidNotFit { ahead_of, votes_needed, .. } = &mut loss.reason else { continue };
        let cost = election.projects[loss.project].cost;
        let before = turns.iter().take_while(|(project, ..)| *project != loss.project);
        let Some((other, ..)) = before.filter(|(_, left, is_funded)| *is_funded && *left >= cost).last() else {
            continue;
        };
        *ahead_of = Some(*other);
        // One more than level is enough under every tie rule. Satisfaction by cost goes by votes too.
        *votes_needed = match rule.order {
            Order::Density(Satisfaction::Cost) | Order::Votes | Order::Score | Order::Declared => {
                Some(figures[*other] + 1)
            }
            Order::Density(Satisfaction::Cardinality) => more_than(figures[*other], election, *other, cost),
            Order::Density(_) => None,
        };
    }
}

/// The least votes with more votes for each unit of money than another project has.
fn more_than(votes: i64, election: &Election, other: usize, cost: i64) -> Option<i64> {
    let others_cost = BigInt::from(election.projects[other].cost.max(1));
    ((BigInt::from(votes) * cost) / others_cost + 1_i32).to_i64()
}
