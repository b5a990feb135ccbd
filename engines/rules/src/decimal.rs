//! Exact decimal numbers: whole units of a power of ten. Nothing wraps; what does not fit is `None`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{cmp::Ordering, fmt, str::FromStr};

/// Decimals that a number can have; a product with more is rounded there, half to even.
pub const DECIMALS_MAX: u8 = 18;
/// Decimals to which a quotient is rounded, half to even.
pub const QUOTIENT_DECIMALS: u8 = 12;

const TENS: [i128; 37] = {
    let mut all = [1_i128; 37];
    let mut at = 1;
    while at < 37 {
        all[at] = all[at - 1] * 10;
        at += 1;
    }
    all
};

pub(crate) fn ten_to(exponent: u32) -> Option<i128> {
    TENS.get(exponent as usize).copied()
}

/// A number with up to [`DECIMALS_MAX`] decimals and some 38 digits. `2.50` and `2.5` are equal.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    units: i128,
    scale: u8,
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// Halves away from zero, as in most statutes.
    HalfUp,
    HalfEven,
    Down,
    Up,
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { units: 0, scale: 0 };

    /// `units` divided by ten to the power of `scale`.
    ///
    /// # Panics
    /// Never for a scale up to [`DECIMALS_MAX`]; greater ones are cut to it, which makes the number greater.
    pub const fn new(units: i128, scale: u8) -> Self {
        Self { units, scale: if scale > DECIMALS_MAX { DECIMALS_MAX } else { scale } }
    }

    /// The whole units, and how many decimals they stand for.
    pub const fn parts(self) -> (i128, u8) {
        (self.units, self.scale)
    }

    /// Units at so many decimals; `None` when it does not fit or digits would be lost.
    pub(crate) fn units_at(self, scale: u8) -> Option<i128> {
        if scale >= self.scale {
            return self.units.checked_mul(ten_to(u32::from(scale - self.scale))?);
        }
        let ten = ten_to(u32::from(self.scale - scale))?;
        (self.units % ten == 0).then_some(self.units / ten)
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        if self.scale == other.scale {
            return Some((self.units, other.units, self.scale));
        }
        let scale = self.scale.max(other.scale);
        Some((self.units_at(scale)?, other.units_at(scale)?, scale))
    }

    /// Without noughts at the end of its decimals, so that whether a result fits does not depend on how a number was written.
    fn trimmed(self) -> Self {
        let Self { mut units, mut scale } = self;
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Self { units, scale }
    }

    fn either(self, other: Self, act: impl Fn(Self, Self) -> Option<Self>) -> Option<Self> {
        act(self, other).or_else(|| act(self.trimmed(), other.trimmed()))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.either(other, |one, two| {
            let (one, two, scale) = one.aligned(two)?;
            Some(Self { units: one.checked_add(two)?, scale })
        })
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.either(other, |one, two| {
            let (one, two, scale) = one.aligned(two)?;
            Some(Self { units: one.checked_sub(two)?, scale })
        })
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        self.either(other, |one, two| {
            let units = one.units.checked_mul(two.units)?;
            let scale = one.scale + two.scale;
            if scale <= DECIMALS_MAX {
                return Some(Self { units, scale });
            }
            let ten = ten_to(u32::from(scale - DECIMALS_MAX))?;
            Some(Self { units: divide(units, ten, Rounding::HalfEven)?, scale: DECIMALS_MAX })
        })
    }

    /// The quotient, rounded to [`QUOTIENT_DECIMALS`]; `None` also for a divisor of nought.
    pub fn over(self, other: Self) -> Option<Self> {
        self.either(other, |one, two| {
            let up = i32::from(QUOTIENT_DECIMALS) + i32::from(two.scale) - i32::from(one.scale);
            let ten = ten_to(up.unsigned_abs())?;
            let (top, bottom) = if up >= 0 {
                (one.units.checked_mul(ten)?, two.units)
            } else {
                (one.units, two.units.checked_mul(ten)?)
            };
            Some(Self { units: divide(top, bottom, Rounding::HalfEven)?, scale: QUOTIENT_DECIMALS })
        })
    }

    /// The number with the other sign.
    pub fn negated(self) -> Option<Self> {
        Some(Self { units: self.units.checked_neg()?, scale: self.scale })
    }

    /// Rounded to so many decimals.
    pub(crate) fn rounded(self, decimals: u8, how: Rounding) -> Option<Self> {
        if decimals >= self.scale {
            return Some(self);
        }
        let ten = ten_to(u32::from(self.scale - decimals))?;
        Some(Self { units: divide(self.units, ten, how)?, scale: decimals })
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        self.units_at(0).is_some()
    }

    /// As a whole number that fits into 64 bits.
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(self.units_at(0)?).ok()
    }

    /// With at least so many decimals, as money is written.
    pub fn to_text(self, least_decimals: u8) -> String {
        let (mut units, mut scale) = (self.units, self.scale);
        while scale > least_decimals && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        let digits = units.unsigned_abs().to_string();
        let sign = if units < 0 { "-" } else { "" };
        let mut text = if digits.len() <= usize::from(scale) {
            format!("{}{digits}", "0".repeat(usize::from(scale) + 1 - digits.len()))
        } else {
            digits
        };
        let point = text.len() - usize::from(scale);
        let short = usize::from(least_decimals.saturating_sub(scale));
        if scale > 0 || short > 0 {
            text.insert(point, '.');
            text.push_str(&"0".repeat(short));
        }
        format!("{sign}{text}")
    }
}

/// A rounded quotient; `None` for a divisor of nought.
pub(crate) fn divide(top: i128, bottom: i128, how: Rounding) -> Option<i128> {
    let (whole, rest) = (top.checked_div(bottom)?, top.checked_rem(bottom)?);
    if rest == 0 {
        return Some(whole);
    }
    let away = if (top < 0) == (bottom < 0) { 1 } else { -1 };
    let twice = rest.unsigned_abs().checked_mul(2)?.cmp(&bottom.unsigned_abs());
    let moves = match how {
        Rounding::HalfUp => twice != Ordering::Less,
        Rounding::HalfEven => twice == Ordering::Greater || (twice == Ordering::Equal && whole % 2 != 0),
        Rounding::Down => away < 0,
        Rounding::Up => away > 0,
    };
    if moves { whole.checked_add(away) } else { Some(whole) }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self { units: i128::from(whole), scale: 0 }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if let Some((one, two, _)) = self.aligned(*other) {
            return one.cmp(&two);
        }
        // The one with fewer decimals is beyond all that fits at the other's, so its sign decides.
        if self.scale < other.scale { self.units.cmp(&0) } else { 0.cmp(&other.units) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.to_text(0))
    }
}

impl FromStr for Decimal {
    type Err = &'static str;

    /// Reads `-12.50`; no exponent, no grouping.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "a number like 12.50 was expected";
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(part) {
            return Err(EXPECTED);
        }
        let part = part.trim_end_matches('0');
        if part.len() > usize::from(DECIMALS_MAX) {
            return Err("a number may have 18 decimals at most");
        }
        let units: i128 = format!("{whole}{part}").parse().map_err(|_| "a number may have 38 digits at most")?;
        Ok(Self { units: if negative { -units } else { units }, scale: part.len() as u8 })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
