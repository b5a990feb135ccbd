//! Amounts as whole numbers of the smallest unit, and exact fractions of them.

use crate::limits::{AMOUNT_MAX, DECIMALS_MAX};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// An exact fraction, in lowest terms.
pub type Fraction = BigRational;

/// A decimal number as written: `digits` divided by ten to the power `decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as one whole number.
    pub digits: i64,
    /// How many of them stand after the decimal point; no trailing zeros are counted.
    pub decimals: u32,
}

impl Decimal {
    /// Reads `1234`, `1234.50` or `1234,50`; nothing else, and nothing that does not fit.
    pub fn read(text: &str) -> Option<Self> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = rest.split_once(['.', ',']).unwrap_or((rest, ""));
        let part = part.trim_end_matches('0');
        if whole.is_empty() && part.is_empty() || part.len() > DECIMALS_MAX as usize {
            return None;
        }
        let mut digits: i64 = 0;
        for byte in whole.bytes().chain(part.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            digits = digits.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
        }
        Some(Self { digits: sign * digits, decimals: part.len() as u32 })
    }

    /// The same number in units of ten to the power minus `decimals`; none if it is larger than [`AMOUNT_MAX`].
    pub fn scaled(self, decimals: u32) -> Option<i64> {
        let factor = 10_i64.checked_pow(decimals.checked_sub(self.decimals)?)?;
        self.digits.checked_mul(factor).filter(|units| units.abs() <= AMOUNT_MAX)
    }

    /// The number as a fraction.
    pub fn fraction(self) -> Fraction {
        Fraction::new(self.digits.into(), BigInt::from(10).pow(self.decimals))
    }
}

/// An amount of smallest units as people write it, for example `1234.50`.
pub fn written(units: i128, decimals: u32) -> String {
    let scale = 10_i128.pow(decimals);
    let (whole, part) = (units.abs() / scale, units.abs() % scale);
    let sign = if units < 0 { "-" } else { "" };
    if part == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
}

/// A fraction rounded half away from nought to so many decimals, for example `3.33`.
pub fn rounded(value: &Fraction, places: u32) -> String {
    let scale = BigInt::from(10).pow(places);
    let tenfold = (value * Fraction::from(scale.clone())).round().to_integer();
    let sign = if tenfold.is_negative() { "-" } else { "" };
    let (whole, part) = (tenfold.abs() / &scale, tenfold.abs() % &scale);
    if part.is_zero() {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0>width$}", part = part.to_string(), width = places as usize)
}

/// The nearest floating-point number, for pictures and for columns of figures only.
pub fn nearest(value: &Fraction) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// A fraction of smallest units as a fraction of the currency's unit.
pub fn in_units(value: &Fraction, decimals: u32) -> Fraction {
    value / Fraction::from(BigInt::from(10).pow(decimals))
}
