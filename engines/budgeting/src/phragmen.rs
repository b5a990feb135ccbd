//! Phragmén's sequential rule for budgets (Los, Christoff, Grossi, IJCAI 2022).
//!
//! Everybody earns money at the same pace, starting at nought; a project is bought the moment its supporters have its cost.
//! Told by loads: each supporter of a bought project has the same load, their loads before and the cost divided by their number.
//! As in pabutools, the rule ends as soon as one of the projects that are next would pass the budget, and projects that alone
//! cost more than the budget take no part.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    equal_shares::{Decided, first_rounds},
    greedy::plain_accounting,
    outcome::{Loss, Measure, Reason},
    profile::Profile,
    refusal::Refusal,
    sequence::{Unsupported, buy, first_of, fund_without_support, keep_least},
    ties::TieOrder,
};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// Bits for all loads together in the units of the bounds.
const LOAD_BITS: u32 = 60;

struct Loads<'a> {
    profile: &'a Profile,
    /// The last round each group took part in, counted from 1; nought for none.
    last: Vec<u32>,
    denominator: BigInt,
    /// The load after each round, over the denominator; the first entry is nought.
    exact: Vec<BigInt>,
    /// The same in units of 2^-shift, rounded down.
    lower: Vec<i64>,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Candidate {
    project: usize,
    supporters: i64,
    low: i64,
    high: i64,
}

impl Loads<'_> {
    fn bounds(&self, project: usize, supporters: i64, cost: i64) -> (i64, i64) {
        let mut sum = cost << self.shift;
        for (group, voters, _) in self.profile.supporting(project) {
            sum += self.lower[self.last[group] as usize] * voters;
        }
        // Each voter's load is less than one unit above its bound, so their average is too.
        (sum.div_euclid(supporters), sum.div_euclid(supporters) + 2)
    }

    /// All loads of the supporters and the cost together, over the denominator.
    fn total(&self, project: usize, cost: i64) -> BigInt {
        let mut counts = vec![0_i64; self.exact.len()];
        for (group, voters, _) in self.profile.supporting(project) {
            counts[self.last[group] as usize] += voters;
        }
        let mut total = &self.denominator * cost;
        for (load, count) in self.exact.iter().zip(&counts).filter(|(_, count)| **count > 0) {
            total += load * *count;
        }
        total
    }

    fn buy(&mut self, project: usize, supporters: i64, total: BigInt) -> Fraction {
        let common = (&total % supporters).to_i64().unwrap_or(0).gcd(&supporters);
        let (factor, load) = (supporters / common, total / common);
        if factor != 1 {
            self.denominator *= factor;
            self.exact.iter_mut().for_each(|earlier| *earlier *= factor);
        }
        let lower = (&load << self.shift).div_floor(&self.denominator);
        self.lower.push(lower.to_i64().expect("a load is at most what was spent, which fits"));
        let fraction = Fraction::new(load.clone(), self.denominator.clone());
        self.exact.push(load);
        for (group, ..) in self.profile.supporting(project) {
            self.last[group] = self.exact.len() as u32 - 1;
        }
        fraction
    }
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    purse: Purse<'_>,
) -> Result<Decided, Refusal> {
    let bits = 64 - (election.budget as u64).leading_zeros();
    let mut loads = Loads {
        profile,
        last: vec![0; profile.groups()],
        denominator: BigInt::from(1),
        exact: vec![BigInt::ZERO],
        lower: vec![0],
        // The loads of all voters are what was spent, and one project more: twice the budget at most.
        shift: LOAD_BITS - 1 - bits,
    };
    let mut rounds = first_rounds(&purse, purse.funded.len());
    let mut purse = purse;
    let mut candidates: Vec<Candidate> = purse
        .others()
        .filter(|project| purse.cost(*project) <= election.budget)
        .map(|project| (project, profile.votes(project)))
        .filter(|(_, supporters)| *supporters > 0)
        .map(|(project, supporters)| Candidate { project, supporters, low: 0, high: i64::MAX })
        .collect();
    let mut is_stopped = false;
    loop {
        candidates.retain(|candidate| purse.block(candidate.project).is_none());
        let next = next(&loads, &purse, &mut candidates);
        let Some((_, total)) = next.first() else { break };
        is_stopped = next.iter().any(|(candidate, _)| purse.cost(candidate.project) > purse.left);
        if is_stopped {
            break;
        }
        let (project, tied) = first_of(ties, election, next.iter().map(|(candidate, _)| candidate.project).collect())?;
        let (chosen, total) =
            next.iter().find(|(c, _)| c.project == project).map_or((next[0].0, total), |(c, t)| (*c, t));
        let measure = Some(loads.buy(project, chosen.supporters, total.clone()));
        candidates.retain(|candidate| candidate.project != project);
        buy(election, &mut purse, &mut rounds, (project, tied), measure);
    }
    if !is_stopped {
        // They have no load at all, so they are all level, and end the rule where one does not fit.
        fund_without_support(election, profile, ties, &mut purse, &mut rounds, Unsupported::UntilOneDoesNot)?;
    }
    let losses =
        purse.others().map(|project| Loss { project, reason: reason(election, &loads, &purse, project) }).collect();
    Ok(Decided {
        accounting: plain_accounting(election.budget, election.budget - purse.left),
        rounds,
        losses,
        measure: Measure::Load,
        raises: 0,
        notes: Vec::new(),
        shares: Vec::new(),
    })
}

/// The candidates with the least load after them, exactly, with the loads' totals.
fn next(loads: &Loads<'_>, purse: &Purse<'_>, candidates: &mut [Candidate]) -> Vec<(Candidate, BigInt)> {
    candidates.sort_by_key(|candidate| candidate.low);
    let (mut best, mut looked) = (i64::MAX, 0);
    for candidate in candidates.iter_mut() {
        if candidate.low > best {
            break;
        }
        let (low, high) = loads.bounds(candidate.project, candidate.supporters, purse.cost(candidate.project));
        // Loads only grow, so an older bound still holds.
        (candidate.low, candidate.high) = (low.max(candidate.low), high);
        best = best.min(high);
        looked += 1;
    }
    let mut least: Vec<(Candidate, BigInt)> = Vec::new();
    for candidate in candidates[..looked].iter().filter(|candidate| candidate.low <= best) {
        let total = loads.total(candidate.project, purse.cost(candidate.project));
        keep_least(&mut least, (*candidate, total), |(one, load), (other, other_load)| {
            (load * other.supporters).cmp(&(other_load * one.supporters))
        });
    }
    least
}

fn reason(election: &Election, loads: &Loads<'_>, purse: &Purse<'_>, project: usize) -> Reason {
    let (supporters, cost) = (loads.profile.votes(project), purse.cost(project));
    if let Some(block) = purse.block(project) {
        return Reason::Blocked(block);
    }
    if cost > election.budget {
        let missing = cost - purse.left;
        return Reason::DidNotFit { left: purse.left, missing, ahead_of: None, votes_needed: None };
    }
    if supporters == 0 {
        return Reason::NoSupport;
    }
    Reason::Stopped { load: Fraction::new(loads.total(project, cost), &loads.denominator * supporters) }
}
