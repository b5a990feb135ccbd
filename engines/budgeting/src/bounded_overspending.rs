//! Equal Shares with bounded overspending (Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, arXiv 2409.15005).
//!
//! A project can be bought by supporters who can pay only a part `α` of its cost: with `λ` the least number such that
//! `Σ min(b_i, λ u_i) = α cost`, the price is `ρ = λ / α`, and the project with the least `ρ / α` that fits the budget is
//! funded; each supporter pays `min(b_i, ρ u_i)`. The part that nobody pays is overspent.
//!
//! Exact fractions double in length with every project that is paid in part, so money is kept in units of 2^-32 smallest units
//! here: shares and prices are rounded down to that, and everything else is exact.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    equal_shares::{Decided, first_rounds},
    outcome::{Accounting, Loss, Measure, Payment, Reason, Round, Share, Step},
    profile::Profile,
    refusal::Refusal,
    sequence::keep_least,
    ties::TieOrder,
};
use num_bigint::BigInt;
use std::cmp::Ordering;

const GRID_BITS: u32 = 32;
/// Relative distance at which floating-point figures, which are off by less than 1e-14, prove an order.
const CLEAR: f64 = 1e-9;

/// `ρ/α = λ/α²` for one project, as `above / below` over `cost²`, and with it the price `ρ`.
#[derive(Clone)]
struct Offer {
    project: usize,
    /// `λ cost² / (α cost)²` without the common `cost²`, times the denominator of `λ`.
    above: BigInt,
    below: BigInt,
    near: f64,
    /// `ρ` in grid units, rounded down.
    price: i128,
}

struct Money<'a> {
    profile: &'a Profile,
    left: Vec<i128>,
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    purse: Purse<'_>,
    with_shares: bool,
) -> Result<Decided, Refusal> {
    let mut rounds = first_rounds(&purse, purse.funded.len());
    let beside_shares = election.budget - purse.left;
    let share = (i128::from(purse.left) << GRID_BITS) / i128::from(profile.voters);
    let mut money = Money { profile, left: vec![share; profile.groups()] };
    let mut purse = purse;
    let mut offers: Vec<Offer> = purse.others().filter(|p| purse.cost(*p) > 0).map(Offer::unknown).collect();
    let mut shares = vec![Vec::new(); if with_shares { rounds.len() } else { 0 }];
    let mut paid_in_all = 0_i128;
    while let Some((offer, tied)) = best(&money, &purse, election, ties, &mut offers)? {
        let (payment, paid, round_shares) = money.pay(&offer, with_shares);
        paid_in_all += paid;
        purse.fund(offer.project);
        if with_shares {
            shares.push(round_shares);
        }
        offers.retain(|other| other.project != offer.project);
        rounds.push(Round {
            project: offer.project,
            step: Step::Chosen,
            tied,
            measure: Some(Fraction::new(offer.above, offer.below)),
            payment: Some(payment),
            spent: election.budget - purse.left,
        });
    }
    let losses = purse.others().map(|project| Loss { project, reason: reason(&money, &purse, project) }).collect();
    let accounting = accounting(election, &purse, profile, beside_shares, share, paid_in_all);
    Ok(Decided { rounds, losses, measure: Measure::PriceForShare, accounting, raises: 0, notes: vec![], shares })
}

fn off_grid(units: i128) -> Fraction {
    Fraction::new(units.into(), BigInt::from(1_u64 << GRID_BITS))
}

fn accounting(
    election: &Election,
    purse: &Purse<'_>,
    profile: &Profile,
    beside_shares: i64,
    share: i128,
    paid: i128,
) -> Accounting {
    let (spent, given) = (election.budget - purse.left, share * i128::from(profile.voters));
    Accounting {
        budget: election.budget,
        spent,
        unspent: purse.left,
        beside_shares,
        from_shares: off_grid(paid),
        overspent: Fraction::from(BigInt::from(spent - beside_shares)) - off_grid(paid),
        share: off_grid(share),
        given: off_grid(given),
        kept: off_grid(given - paid),
    }
}

impl Offer {
    fn unknown(project: usize) -> Self {
        Self { project, above: BigInt::ZERO, below: BigInt::from(1), near: 0.0, price: 0 }
    }

    fn compare(&self, other: &Self) -> Ordering {
        if self.near > other.near * (1.0 + CLEAR) {
            return Ordering::Greater;
        }
        if self.near < other.near * (1.0 - CLEAR) {
            return Ordering::Less;
        }
        (&self.above * &other.below).cmp(&(&other.above * &self.below))
    }
}

/// The best offer now. Offers only get worse as money goes, so an old one is a bound.
fn best(
    money: &Money<'_>,
    purse: &Purse<'_>,
    election: &Election,
    ties: &TieOrder,
    offers: &mut Vec<Offer>,
) -> Result<Option<(Offer, Vec<usize>)>, Refusal> {
    offers.retain(|offer| purse.cost(offer.project) <= purse.left && purse.block(offer.project).is_none());
    offers.sort_by(Offer::compare);
    let (mut best, mut keep, mut looked): (Vec<Offer>, Vec<Offer>, usize) = (Vec::new(), Vec::new(), 0);
    for offer in offers.iter() {
        if best.first().is_some_and(|best| offer.compare(best).is_gt()) {
            break;
        }
        looked += 1;
        let Some(fresh) = money.offer(offer.project, purse.cost(offer.project)) else { continue };
        keep.push(fresh.clone());
        keep_least(&mut best, fresh, Offer::compare);
    }
    offers.splice(..looked, keep);
    let tied: Vec<usize> = best.iter().map(|offer| offer.project).collect();
    match best.len() {
        0 => Ok(None),
        1 => Ok(best.pop().map(|only| (only, Vec::new()))),
        _ => {
            let first = ties.first(election, &tied)?;
            Ok(best.into_iter().find(|offer| offer.project == first).map(|offer| (offer, tied)))
        }
    }
}

impl Money<'_> {
    /// The best `ρ/α` for a project: it is reached where a supporter gives all, or where all of the cost is paid.
    fn offer(&self, project: usize, cost: i64) -> Option<Offer> {
        let supporting = self.profile.supporting(project).filter(|(group, ..)| self.left[*group] > 0);
        let mut payers: Vec<(i128, i128, i128)> =
            supporting.map(|(group, voters, weight)| (self.left[group], weight.into(), voters.into())).collect();
        payers.sort_unstable_by(|(left, weight, _), (other, others_weight, _)| {
            (left * others_weight).cmp(&(other * weight))
        });
        let cost = i128::from(cost) << GRID_BITS;
        let mut rich: i128 = payers.iter().map(|(_, weight, voters)| weight * voters).sum();
        let (mut poor, mut best) = (0, None::<Offer>);
        for (left, weight, voters) in payers {
            // With λ = left / weight everybody so far gives all: Σ = poor + λ rich.
            if poor * weight + left * rich >= cost * weight {
                keep_better(&mut best, Offer::of(project, self.profile, cost, cost - poor, rich, None));
                return best;
            }
            let paid = poor * weight + left * rich;
            keep_better(&mut best, Offer::of(project, self.profile, cost, left, weight, Some(paid)));
            poor += left * voters;
            rich -= weight * voters;
        }
        best
    }

    fn pay(&mut self, offer: &Offer, with_shares: bool) -> (Payment, i128, Vec<Share>) {
        let (mut full, mut rest, mut shares) = ((0, 0), (0, 0), Vec::new());
        for (group, voters, weight) in self.profile.supporting(offer.project) {
            let left = &mut self.left[group];
            if *left == 0 {
                continue;
            }
            let each = (offer.price * i128::from(weight)).min(*left);
            let part = if each == offer.price * i128::from(weight) { &mut full } else { &mut rest };
            part.0 += voters;
            part.1 += each * i128::from(voters);
            *left -= each;
            if with_shares {
                shares.push(Share { group, voters, each: off_grid(each) });
            }
        }
        let payment = Payment {
            supporters: self.profile.votes(offer.project),
            paid_in_full: full.0,
            gave_all: rest.0,
            total_in_full: off_grid(full.1),
            total_of_rest: off_grid(rest.1),
        };
        (payment, full.1 + rest.1, shares)
    }
}

fn keep_better(best: &mut Option<Offer>, offer: Offer) {
    if best.as_ref().is_none_or(|best| offer.compare(best).is_lt()) {
        *best = Some(offer);
    }
}

impl Offer {
    /// The offer with `λ = money / weight`, where `paid` (times the weight) is collected; none stands for the whole cost.
    fn of(project: usize, profile: &Profile, cost: i128, money: i128, weight: i128, paid: Option<i128>) -> Self {
        let big = |value: i128| BigInt::from(value);
        let utility = BigInt::from(profile.utility[project]);
        // λ/α² = money/weight · cost² · weight² / paid² = money · weight · cost² / paid², for each unit of utility.
        let (above, below) = match paid {
            Some(paid) => (big(money) * weight * cost * cost, big(paid) * paid * &utility),
            None => (big(money), big(weight) * &utility),
        };
        let below = below << GRID_BITS;
        let near = num_traits::ToPrimitive::to_f64(&above).unwrap_or(f64::NAN)
            / num_traits::ToPrimitive::to_f64(&below).unwrap_or(f64::NAN);
        // ρ = λ/α = money/weight · cost · weight / paid.
        let price = match paid {
            Some(paid) => big(money) * cost / paid,
            None => big(money / weight),
        };
        let price = num_traits::ToPrimitive::to_i128(&price).unwrap_or(i128::MAX);
        Self { project, above, below, near, price }
    }
}

fn reason(money: &Money<'_>, purse: &Purse<'_>, project: usize) -> Reason {
    let cost = purse.cost(project);
    if let Some(block) = purse.block(project) {
        return Reason::Blocked(block);
    }
    if money.profile.supporters.get(project).is_empty() {
        return Reason::NoSupport;
    }
    if cost > purse.left {
        let missing = cost - purse.left;
        return Reason::DidNotFit { left: purse.left, missing, ahead_of: None, votes_needed: None };
    }
    let supporting = money.profile.supporting(project);
    let had = off_grid(supporting.map(|(group, voters, _)| money.left[group] * i128::from(voters)).sum());
    Reason::Unaffordable { missing: Fraction::from(BigInt::from(cost)) - &had, had, more_supporters: 1 }
}
