//! One run of Equal Shares with a given share for each voter.
//!
//! Whole numbers of 2^-shift smallest units bound every voter's money from below; the error is counted, not assumed, and
//! whatever these bounds cannot prove is decided by the exact ledger. So the outcome is that of exact fractions.

use super::ledger::{ExactPrice, Ledger, Tally};
use crate::{
    amount::Fraction, constraint::Purse, election::Election, profile::Profile, refusal::Refusal, ties::TieOrder,
};
use num_traits::{Signed, ToPrimitive};
use std::cmp::Ordering;

/// All money in circulation stays below two to this power in the units of a run, so that sums fit 64 bits.
const MONEY_BITS: u64 = 61;

/// What does not change from run to run.
#[derive(Debug)]
pub(crate) struct Sharing<'a> {
    pub(crate) election: &'a Election,
    pub(crate) profile: &'a Profile,
    pub(crate) ties: &'a TieOrder,
    /// With mandatory and free projects funded.
    pub(crate) purse: Purse<'a>,
    /// Projects with supporters and a cost, not funded yet.
    pub(crate) entries: Vec<Entry>,
}

/// A project that can be bought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) project: usize,
    pub(crate) weight_total: i64,
    pub(crate) weight_most: i64,
}

/// One project bought.
#[derive(Debug, Clone)]
pub(crate) struct Purchase {
    pub(crate) project: usize,
    pub(crate) tied: Vec<usize>,
    /// Groups that gave all they had, which was less than the price.
    pub(crate) emptied: Vec<u32>,
    pub(crate) gave_all: i64,
    pub(crate) paid_in_full: i64,
    /// The weight of those who paid in full.
    pub(crate) weight_in_full: i64,
}

/// A run under way, or ended.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    sharing: &'a Sharing<'a>,
    pub(crate) purse: Purse<'a>,
    pub(crate) ledger: Ledger,
    pub(crate) purchases: Vec<Purchase>,
    /// What each voter of a group has: exactly nothing if below nought; else the truth is at least this and at most this and
    /// the error.
    lower: Vec<i64>,
    error: i64,
    shift: u32,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    entry: Entry,
    cost: i64,
    /// The price of a unit of weight is at least this, now and later.
    low: i64,
    /// And now at most this.
    high: i64,
}

struct Exactly {
    candidate: usize,
    price: ExactPrice,
    emptied: Vec<u32>,
    gave_all: i64,
    tied: Vec<usize>,
}

/// Money of, and number of, those who cannot and those who can pay a price, and the least that one of the latter has.
struct Pass {
    poor_money: i64,
    poor: i64,
    rich_money: i64,
    rich: i64,
    least_rich: i64,
}

enum Estimate {
    Unaffordable,
    Between(i64, i64),
}

impl<'a> Sharing<'a> {
    /// Runs with that share for each voter. With `is_trial`, none is the answer as soon as the budget is passed.
    pub(crate) fn run(&'a self, share: &Fraction, is_trial: bool) -> Result<Option<Run<'a>>, Refusal> {
        let mut run = self.start(share);
        while let Some(chosen) = run.next()? {
            run.pay(chosen);
            if is_trial && run.purse.left < 0 {
                return Ok(None);
            }
        }
        Ok(Some(run))
    }

    fn start(&'a self, share: &Fraction) -> Run<'a> {
        let money = (share * Fraction::from(num_bigint::BigInt::from(self.profile.voters))).ceil().to_integer();
        let shift = MONEY_BITS.saturating_sub(money.bits()) as u32;
        let units = share * Fraction::from(num_bigint::BigInt::from(1_u64 << shift));
        let lower = units.floor().to_integer().to_i64().unwrap_or(0);
        let money = money.to_i64().unwrap_or(i64::MAX);
        let candidate = |entry: &Entry| {
            let cost = self.purse.cost(entry.project);
            (cost <= money).then(|| {
                let cost = cost << shift;
                Candidate { entry: *entry, cost, low: cost / entry.weight_total, high: i64::MAX }
            })
        };
        Run {
            sharing: self,
            purse: self.purse.clone(),
            ledger: Ledger::open(share, self.election.projects.len()),
            purchases: Vec::new(),
            lower: vec![lower; self.profile.groups()],
            error: i64::from(!units.is_integer()),
            shift,
            candidates: self.entries.iter().filter_map(candidate).collect(),
        }
    }
}

impl Run<'_> {
    /// The next project its supporters can buy, at the least price for satisfaction; none if there is none.
    fn next(&mut self) -> Result<Option<Exactly>, Refusal> {
        loop {
            let contested = self.contested();
            let mut best: Vec<Exactly> = Vec::new();
            let mut gone = Vec::new();
            for candidate in contested {
                let Some(exactly) = self.exactly(candidate) else {
                    gone.push(candidate);
                    continue;
                };
                match best.first().map(|first| self.compare(&exactly, first)) {
                    Some(Ordering::Greater) => {}
                    Some(Ordering::Equal) => best.push(exactly),
                    Some(Ordering::Less) | None => best = vec![exactly],
                }
            }
            if best.is_empty() && !gone.is_empty() {
                let mut index = 0;
                self.candidates.retain(|_| (!gone.contains(&index), index += 1).0);
                continue;
            }
            return self.break_tie(best);
        }
    }

    fn break_tie(&self, mut best: Vec<Exactly>) -> Result<Option<Exactly>, Refusal> {
        if best.len() < 2 {
            return Ok(best.pop());
        }
        let tied: Vec<usize> = best.iter().map(|exactly| self.candidates[exactly.candidate].entry.project).collect();
        let first = self.sharing.ties.first(self.sharing.election, &tied)?;
        let place = tied.iter().position(|project| *project == first).unwrap_or(0);
        Ok(Some(Exactly { tied, ..best.swap_remove(place) }))
    }

    /// The candidates that may be the next, by the bounds: brings bounds up to date in order of what they were, until those
    /// that were not looked at cannot be better. Who cannot be paid for any more leaves.
    fn contested(&mut self) -> Vec<usize> {
        let utility = &self.sharing.profile.utility;
        let value = |candidate: &Candidate| utility[candidate.entry.project];
        let compare = |low: i64, of: &Candidate, high: i64, other: &Candidate| {
            (low as u128 * u128::from(value(other))).cmp(&(high as u128 * u128::from(value(of))))
        };
        self.candidates.sort_by(|a, b| compare(a.low, a, b.low, b));
        let mut best: Option<Candidate> = None;
        let (mut keep, mut looked) = (0, 0);
        while looked < self.candidates.len() {
            let mut candidate = self.candidates[looked];
            if best.as_ref().is_some_and(|best| compare(candidate.low, &candidate, best.high, best).is_gt()) {
                break;
            }
            looked += 1;
            if self.purse.block(candidate.entry.project).is_some() {
                continue;
            }
            let is_beaten =
                |low: i64| best.as_ref().is_some_and(|best| compare(low, &candidate, best.high, best).is_gt());
            let Estimate::Between(low, high) = self.estimate(&candidate, is_beaten) else { continue };
            (candidate.low, candidate.high) = (low.max(candidate.low), high);
            if best.as_ref().is_none_or(|best| compare(high, &candidate, best.high, best).is_lt()) {
                best = Some(candidate);
            }
            self.candidates[keep] = candidate;
            keep += 1;
        }
        self.candidates.drain(keep..looked);
        let Some(best) = best else { return Vec::new() };
        (0..keep).filter(|i| compare(self.candidates[*i].low, &self.candidates[*i], best.high, &best).is_le()).collect()
    }

    /// Bounds of the price of a unit of weight: who can pay it is found from below, where each pass can only add to those
    /// who cannot (Newton's method on a concave function).
    fn estimate(&self, candidate: &Candidate, is_beaten: impl Fn(i64) -> bool) -> Estimate {
        if self.sharing.profile.is_weighted() {
            return self.estimate_weighted(candidate);
        }
        let groups = self.sharing.profile.supporters.get(candidate.entry.project);
        let (mut price, mut is_first) = (candidate.low, true);
        loop {
            let Pass { poor_money, poor, rich_money, rich, least_rich } = self.pass(groups, price);
            if is_first && poor_money + rich_money < candidate.cost {
                let most = poor_money + rich_money + (poor + rich) * self.error;
                return if most < candidate.cost { Estimate::Unaffordable } else { Estimate::Between(price, i64::MAX) };
            }
            if rich == 0 {
                return Estimate::Between(candidate.low, i64::MAX);
            }
            let missing = candidate.cost - poor_money;
            let next = missing.div_euclid(rich) + i64::from(missing % rich != 0);
            let low = (missing - poor * self.error).div_euclid(rich);
            if next <= least_rich {
                return Estimate::Between(low, next);
            }
            // Each pass gives a bound from below already, which is enough to lose by.
            if is_beaten(low) {
                return Estimate::Between(low, i64::MAX);
            }
            (price, is_first) = (next, false);
        }
    }

    /// One pass over the supporters: those who have less than the price, and the others. Memory is what it waits for, so
    /// where no ballots are equal the multiplicities are not read.
    fn pass(&self, groups: &[u32], price: i64) -> Pass {
        if self.sharing.profile.is_single {
            self.pass_over(groups, price, |_| 1)
        } else {
            let multiplicity = &self.sharing.profile.multiplicity;
            self.pass_over(groups, price, |group| i64::from(multiplicity[group]))
        }
    }

    fn pass_over(&self, groups: &[u32], price: i64, voters: impl Fn(usize) -> i64) -> Pass {
        let mut pass = Pass { poor_money: 0, poor: 0, rich_money: 0, rich: 0, least_rich: i64::MAX };
        for group in groups {
            let (lower, voters) = (self.lower[*group as usize], voters(*group as usize));
            let money = lower.max(0) * voters;
            if lower < price {
                pass.poor_money += money;
                pass.poor += if lower < 0 { 0 } else { voters };
            } else {
                pass.rich_money += money;
                pass.rich += voters;
                pass.least_rich = pass.least_rich.min(lower);
            }
        }
        pass
    }

    fn estimate_weighted(&self, candidate: &Candidate) -> Estimate {
        let (mut above, mut below, mut before) = (candidate.low, 1, None);
        loop {
            let (mut poor_money, mut poor, mut rich_money, mut rich) = (0, 0, 0, 0);
            for (group, voters, weight) in self.sharing.profile.supporting(candidate.entry.project) {
                let lower = self.lower[group];
                let money = lower.max(0) * voters;
                if i128::from(lower) * i128::from(below) < i128::from(above) * i128::from(weight) {
                    poor_money += money;
                    poor += if lower < 0 { 0 } else { voters };
                } else {
                    rich_money += money;
                    rich += voters * weight;
                }
            }
            if before.is_none() && poor_money + rich_money < candidate.cost {
                let most = i128::from(poor_money + rich_money)
                    + i128::from(self.sharing.profile.voters) * i128::from(self.error);
                let is_clear = most < i128::from(candidate.cost);
                return if is_clear { Estimate::Unaffordable } else { Estimate::Between(candidate.low, i64::MAX) };
            }
            if rich == 0 {
                return Estimate::Between(candidate.low, i64::MAX);
            }
            let missing = candidate.cost - poor_money;
            if before == Some((poor, rich)) {
                let high = missing.div_euclid(rich) + i64::from(missing % rich != 0);
                return Estimate::Between((missing - poor * self.error).div_euclid(rich), high);
            }
            before = Some((poor, rich));
            (above, below) = (missing, rich);
        }
    }

    /// The exact price; none if its supporters cannot pay. Only supporters whose bounds leave a doubt are looked at exactly.
    fn exactly(&self, index: usize) -> Option<Exactly> {
        let candidate = &self.candidates[index];
        let profile = self.sharing.profile;
        let (mut tally, mut emptied, mut doubtful, mut weight_in_full) = (Tally::default(), Vec::new(), Vec::new(), 0);
        for (group, voters, weight) in profile.supporting(candidate.entry.project) {
            let lower = i128::from(self.lower[group]);
            if lower < 0 {
                continue;
            }
            if lower + i128::from(self.error) < i128::from(candidate.low) * i128::from(weight) {
                self.ledger.count(profile, group, &mut tally);
                emptied.push(group as u32);
                continue;
            }
            weight_in_full += voters * weight;
            if lower < i128::from(candidate.high) * i128::from(weight) {
                doubtful.push((group, voters, weight, self.ledger.left(profile, group)));
            }
        }
        let mut numerator =
            self.ledger.whole(self.sharing.purse.cost(candidate.entry.project)) - self.ledger.sum(&tally);
        let mut gave_all = tally.voters;
        loop {
            let before = doubtful.len();
            // Against the price of this pass; those who cannot pay it cannot pay the next, which is higher.
            let price = (numerator.clone(), weight_in_full);
            doubtful.retain(|(group, voters, weight, left)| {
                let is_poor = left * price.1 < &price.0 * *weight;
                if is_poor {
                    numerator -= left * *voters;
                    weight_in_full -= voters * weight;
                    gave_all += voters;
                    emptied.push(*group as u32);
                }
                !is_poor
            });
            if weight_in_full == 0 {
                return None;
            }
            if doubtful.len() == before {
                break;
            }
        }
        debug_assert!(!numerator.is_negative());
        Some(Exactly {
            candidate: index,
            price: ExactPrice { numerator, weight: weight_in_full },
            emptied,
            gave_all,
            tied: Vec::new(),
        })
    }

    fn compare(&self, one: &Exactly, other: &Exactly) -> Ordering {
        let scale = |exactly: &Exactly| {
            let project = self.candidates[exactly.candidate].entry.project;
            num_bigint::BigInt::from(exactly.price.weight) * self.sharing.profile.utility[project]
        };
        (&one.price.numerator * scale(other)).cmp(&(&other.price.numerator * scale(one)))
    }

    fn pay(&mut self, chosen: Exactly) {
        let Candidate { entry, .. } = self.candidates.remove(chosen.candidate);
        let (down, up) = self.ledger.bounds(&chosen.price, self.shift);
        for group in &chosen.emptied {
            self.lower[*group as usize] = -1;
        }
        let mut paid_in_full = 0;
        for (group, voters, weight) in self.sharing.profile.supporting(entry.project) {
            let lower = &mut self.lower[group];
            if *lower >= 0 {
                paid_in_full += voters;
                *lower = lower.saturating_sub(up.saturating_mul(weight)).max(0);
            }
        }
        self.error += (up - down) * entry.weight_most;
        self.purse.fund(entry.project);
        self.purchases.push(Purchase {
            project: entry.project,
            tied: chosen.tied,
            emptied: chosen.emptied,
            gave_all: chosen.gave_all,
            paid_in_full,
            weight_in_full: chosen.price.weight,
        });
        self.ledger.buy(entry.project, chosen.price);
    }

    /// What the supporters of a project have left together.
    pub(crate) fn money_behind(&self, project: usize) -> Fraction {
        let mut tally = Tally::default();
        for (group, ..) in self.sharing.profile.supporting(project) {
            if self.lower[group] >= 0 {
                self.ledger.count(self.sharing.profile, group, &mut tally);
            }
        }
        self.ledger.fraction(self.ledger.sum(&tally))
    }

    /// What all voters have left together.
    pub(crate) fn kept(&self) -> Fraction {
        let mut tally = Tally::default();
        for group in (0..self.lower.len()).filter(|group| self.lower[*group] >= 0) {
            self.ledger.count(self.sharing.profile, group, &mut tally);
        }
        self.ledger.fraction(self.ledger.sum(&tally))
    }
}
