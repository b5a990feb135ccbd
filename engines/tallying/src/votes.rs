use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

/// An exact number of votes: a whole number, a decimal or a fraction. Never a float.
///
/// Shown as the shortest decimal that is exact (`7.2501`), or as a fraction in lowest terms (`22/3`) where there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Votes(BigRational);

impl Votes {
    /// `numerator / denominator`; a denominator of 0 counts as 1.
    pub fn fraction(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        let denominator: BigInt = denominator.into();
        let denominator = if denominator.is_zero() { BigInt::one() } else { denominator };
        Self(BigRational::new(numerator.into(), denominator))
    }

    /// A number of `units`, each of 10 to the power of `-places`.
    pub fn decimal(units: u128, places: u32) -> Self {
        Self(BigRational::new(units.into(), BigInt::from(10).pow(places)))
    }

    /// The number as a fraction in lowest terms.
    pub fn ratio(&self) -> &BigRational {
        &self.0
    }

    /// Rounded to a float, for pictures and shares shown to people; never for counting.
    pub fn approximately(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// Whether there is nothing.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// `self × other`.
    pub fn times(&self, other: &Votes) -> Votes {
        Self(&self.0 * &other.0)
    }

    /// `self / other`, and 0 when `other` is 0.
    pub fn divided_by(&self, other: &Votes) -> Votes {
        if other.is_zero() { Self::default() } else { Self(&self.0 / &other.0) }
    }
}

impl From<BigRational> for Votes {
    fn from(ratio: BigRational) -> Self {
        Self(ratio)
    }
}

impl From<u64> for Votes {
    fn from(whole: u64) -> Self {
        Self(BigRational::from_integer(whole.into()))
    }
}

impl From<i64> for Votes {
    fn from(whole: i64) -> Self {
        Self(BigRational::from_integer(whole.into()))
    }
}

impl From<u128> for Votes {
    fn from(whole: u128) -> Self {
        Self(BigRational::from_integer(whole.into()))
    }
}

impl Add<&Votes> for Votes {
    type Output = Votes;
    fn add(self, other: &Votes) -> Votes {
        Self(self.0 + &other.0)
    }
}

impl Sub<&Votes> for Votes {
    type Output = Votes;
    fn sub(self, other: &Votes) -> Votes {
        Self(self.0 - &other.0)
    }
}

/// How often `factor` divides `number`, and what is left of it.
fn strip(mut number: BigUint, factor: u32) -> (usize, BigUint) {
    let mut times = 0;
    while (&number % factor).is_zero() {
        number /= factor;
        times += 1;
    }
    (times, number)
}

impl fmt::Display for Votes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (twos, rest) = strip(self.0.denom().magnitude().clone(), 2);
        let (fives, rest) = strip(rest, 5);
        if !rest.is_one() {
            return write!(out, "{}/{}", self.0.numer(), self.0.denom());
        }
        let places = twos.max(fives);
        let units = (self.0.clone() * BigInt::from(10).pow(places as u32)).to_integer();
        let digits = format!("{:0>width$}", units.magnitude().to_string(), width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        let sign = if units.is_negative() { "-" } else { "" };
        if places == 0 { write!(out, "{sign}{whole}") } else { write!(out, "{sign}{whole}.{part}") }
    }
}

/// What was no number of votes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no number of votes; a number such as 12, 7.25 or 22/3 is expected")]
pub struct NoNumber(pub String);

/// The longest text that is read as a number, in bytes.
pub const NUMBER_TEXT_LIMIT: usize = 100;

impl FromStr for Votes {
    type Err = NoNumber;

    fn from_str(text: &str) -> Result<Self, NoNumber> {
        let refused = || NoNumber(text.chars().take(NUMBER_TEXT_LIMIT).collect());
        let whole = |digits: &str| BigInt::from_str(digits).map_err(|_| refused());
        if text.len() > NUMBER_TEXT_LIMIT {
            return Err(refused());
        }
        if let Some((top, bottom)) = text.split_once('/') {
            let bottom = whole(bottom)?;
            return if bottom.is_zero() { Err(refused()) } else { Ok(Self::fraction(whole(top)?, bottom)) };
        }
        let (front, back) = text.split_once('.').unwrap_or((text, ""));
        if back.contains(['-', '+']) {
            return Err(refused());
        }
        Ok(Self::fraction(whole(&format!("{front}{back}"))?, BigInt::from(10).pow(back.len() as u32)))
    }
}

impl serde::Serialize for Votes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
