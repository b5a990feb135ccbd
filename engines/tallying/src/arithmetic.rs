use crate::votes::Votes;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::fmt::Debug;

/// The most decimal places that can be counted with; more would not leave room for a million million votes.
pub const DECIMAL_PLACES_LIMIT: u32 = 18;

/// How parts of a vote are reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// With so many decimal places, what is further behind being dropped, as most laws have it (Scotland: 5).
    Decimals(u32),
    /// With fractions, nothing ever being dropped.
    Exact,
}

/// Numbers of votes a count can be run with. Two kinds: decimals of fixed precision, and fractions.
pub(crate) trait Arithmetic {
    /// A number of votes, or of parts of one vote.
    type Number: Clone + Ord + Debug;
    fn whole(&self, number: u64) -> Self::Number;
    fn is_zero(&self, number: &Self::Number) -> bool;
    fn add(&self, to: &mut Self::Number, more: &Self::Number);
    /// `from - less`; `less` is never more than `from`.
    fn minus(&self, from: &Self::Number, less: &Self::Number) -> Self::Number;
    fn times_whole(&self, number: &Self::Number, times: u64) -> Self::Number;
    /// Rounded down.
    fn times(&self, one: &Self::Number, other: &Self::Number) -> Self::Number;
    /// Rounded down.
    fn over(&self, top: &Self::Number, bottom: &Self::Number) -> Self::Number;
    /// `value × part ÷ of`, rounded down once.
    fn share(&self, value: &Self::Number, part: &Self::Number, of: &Self::Number) -> Self::Number;
    fn votes(&self, number: &Self::Number) -> Votes;
    /// The largest of these numbers that is not above `votes`.
    fn down(&self, votes: &Votes) -> Self::Number;
}

/// Whole numbers of 10 to the power of `-places`.
pub(crate) struct Decimals {
    places: u32,
    unit: u128,
}

impl Decimals {
    pub(crate) fn new(places: u32) -> Self {
        Self { places, unit: 10u128.pow(places) }
    }
}

/// `one × other ÷ by` without overflow; the result fits because each caller's result is at most one of its factors.
fn scaled(one: u128, other: u128, by: u128) -> u128 {
    match one.checked_mul(other) {
        Some(product) => product / by,
        None => {
            let wide = BigInt::from(one) * BigInt::from(other) / BigInt::from(by);
            u128::try_from(wide).expect("a product of votes and shares of votes is within the limit of the weights")
        }
    }
}

impl Arithmetic for Decimals {
    type Number = u128;

    fn whole(&self, number: u64) -> u128 {
        u128::from(number) * self.unit
    }
    fn is_zero(&self, number: &u128) -> bool {
        *number == 0
    }
    fn add(&self, to: &mut u128, more: &u128) {
        *to += more;
    }
    fn minus(&self, from: &u128, less: &u128) -> u128 {
        from.saturating_sub(*less)
    }
    fn times_whole(&self, number: &u128, times: u64) -> u128 {
        number * u128::from(times)
    }
    fn times(&self, one: &u128, other: &u128) -> u128 {
        scaled(*one, *other, self.unit)
    }
    fn over(&self, top: &u128, bottom: &u128) -> u128 {
        if *bottom == 0 { 0 } else { scaled(*top, self.unit, *bottom) }
    }
    fn share(&self, value: &u128, part: &u128, of: &u128) -> u128 {
        if *of == 0 { 0 } else { scaled(*value, *part, *of) }
    }
    fn votes(&self, number: &u128) -> Votes {
        Votes::decimal(*number, self.places)
    }
    fn down(&self, votes: &Votes) -> u128 {
        let units = (votes.ratio() * BigInt::from(self.unit)).floor().to_integer();
        u128::try_from(units).unwrap_or(0)
    }
}

/// Fractions.
pub(crate) struct Fractions;

impl Arithmetic for Fractions {
    type Number = BigRational;

    fn whole(&self, number: u64) -> BigRational {
        BigRational::from_integer(number.into())
    }
    fn is_zero(&self, number: &BigRational) -> bool {
        number.is_zero()
    }
    fn add(&self, to: &mut BigRational, more: &BigRational) {
        *to += more;
    }
    fn minus(&self, from: &BigRational, less: &BigRational) -> BigRational {
        from - less
    }
    fn times_whole(&self, number: &BigRational, times: u64) -> BigRational {
        number * BigInt::from(times)
    }
    fn times(&self, one: &BigRational, other: &BigRational) -> BigRational {
        one * other
    }
    fn over(&self, top: &BigRational, bottom: &BigRational) -> BigRational {
        if bottom.is_zero() { BigRational::zero() } else { top / bottom }
    }
    fn share(&self, value: &BigRational, part: &BigRational, of: &BigRational) -> BigRational {
        if of.is_zero() { BigRational::zero() } else { value * part / of }
    }
    fn votes(&self, number: &BigRational) -> Votes {
        Votes::from(number.clone())
    }
    fn down(&self, votes: &Votes) -> BigRational {
        votes.ratio().clone()
    }
}

/// The smallest step above 0 with so many decimal places.
pub(crate) fn step(places: u32) -> Votes {
    Votes::fraction(BigInt::one(), BigInt::from(10).pow(places))
}
