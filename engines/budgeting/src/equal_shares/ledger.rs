//! The exact side: every price so far over one common denominator.

use crate::{amount::Fraction, profile::Profile};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

/// No round.
const NEVER: u32 = u32::MAX;

/// What each voter was given and what each unit of weight cost in each round.
///
/// A voter who has something left has paid every price so far in full, so what is left is the share less those prices: whole
/// numbers over the common denominator, and no sum ever needs a greatest common divisor of large numbers.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    denominator: BigInt,
    share: BigInt,
    prices: Vec<BigInt>,
    round_of: Vec<u32>,
}

/// A sum of what is left to several groups: so many shares, less so many units of weight of each round.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) voters: i64,
    weights: Vec<i64>,
}

/// An exact price for a unit of weight: `numerator / (weight · denominator of the ledger)`.
#[derive(Debug, Clone)]
pub(crate) struct ExactPrice {
    pub(crate) numerator: BigInt,
    pub(crate) weight: i64,
}

impl Ledger {
    pub(crate) fn open(share: &Fraction, projects: usize) -> Self {
        Self {
            denominator: share.denom().clone(),
            share: share.numer().clone(),
            prices: Vec::new(),
            round_of: vec![NEVER; projects],
        }
    }

    /// Counts a group that has something left into a sum.
    pub(crate) fn count(&self, profile: &Profile, group: usize, tally: &mut Tally) {
        let voters = i64::from(profile.multiplicity[group]);
        tally.voters += voters;
        tally.weights.resize(self.prices.len(), 0);
        for (place, project) in profile.ballots.get(group).iter().enumerate() {
            let round = self.round_of[usize::from(*project)];
            if round != NEVER {
                tally.weights[round as usize] += voters * i64::from(profile.weight_in(group, place));
            }
        }
    }

    /// The sum, over the common denominator.
    pub(crate) fn sum(&self, tally: &Tally) -> BigInt {
        let mut sum = &self.share * tally.voters;
        for (price, weight) in self.prices.iter().zip(&tally.weights) {
            if *weight != 0 {
                sum -= price * *weight;
            }
        }
        sum
    }

    /// What each voter of a group that has something left has, over the common denominator.
    pub(crate) fn left(&self, profile: &Profile, group: usize) -> BigInt {
        self.left_before(profile, group, self.prices.len())
    }

    /// What each voter of such a group had before a round.
    pub(crate) fn left_before(&self, profile: &Profile, group: usize, round: usize) -> BigInt {
        let mut left = self.share.clone();
        for (place, project) in profile.ballots.get(group).iter().enumerate() {
            let bought = self.round_of[usize::from(*project)];
            if bought != NEVER && (bought as usize) < round {
                left -= &self.prices[bought as usize] * profile.weight_in(group, place);
            }
        }
        left
    }

    /// An amount of smallest units over the common denominator.
    pub(crate) fn whole(&self, units: i64) -> BigInt {
        &self.denominator * units
    }

    /// A sum as a fraction of smallest units.
    pub(crate) fn fraction(&self, numerator: BigInt) -> Fraction {
        Fraction::new(numerator, self.denominator.clone())
    }

    /// The price of a round.
    pub(crate) fn price(&self, round: usize) -> Fraction {
        self.fraction(self.prices[round].clone())
    }

    /// The price in units of `2^-shift`, rounded down and up.
    pub(crate) fn bounds(&self, price: &ExactPrice, shift: u32) -> (i64, i64) {
        let below = &self.denominator * price.weight;
        let (down, rest) = (&price.numerator << shift).div_rem(&below);
        let down =
            down.to_i64().expect("a price somebody can pay is at most the money in circulation, below 2^61 units");
        (down, down + i64::from(!rest.is_zero()))
    }

    /// Enters a price. Only the weight's part that does not cancel goes into the denominator.
    pub(crate) fn buy(&mut self, project: usize, price: ExactPrice) {
        let common = (&price.numerator % price.weight).to_i64().unwrap_or(0).gcd(&price.weight);
        let (factor, numerator) = (price.weight / common, price.numerator / common);
        if factor != 1 {
            self.denominator *= factor;
            self.share *= factor;
            for earlier in &mut self.prices {
                *earlier *= factor;
            }
        }
        self.round_of[project] = self.prices.len() as u32;
        self.prices.push(numerator);
    }
}
