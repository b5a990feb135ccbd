//! Sums, products, quotients and comparisons of whole blocks.

use super::{
    vector::{Data, GOOD, Numbers, REDO, Units, Vector, fits_product, ten},
    worse,
};
use crate::{
    decimal::{DECIMALS_MAX, Decimal, QUOTIENT_DECIMALS, Rounding, divide},
    row::holds,
    syntax::{Arithmetic, Comparison},
    value::Raw,
};

/// The states of two vectors together.
pub(super) fn states(one: &Vector, two: &Vector) -> Option<Vec<u8>> {
    match (&one.state, &two.state) {
        (None, None) => None,
        (Some(state), None) | (None, Some(state)) => Some(state.clone()),
        (Some(one), Some(two)) => Some(one.iter().zip(two).map(|(one, two)| worse(*one, *two)).collect()),
    }
}

/// Applies a function to each pair; where it answers nothing the row is to be redone.
#[inline]
fn zipped(
    one: Units<'_>,
    two: Units<'_>,
    len: usize,
    state: &mut Option<Vec<u8>>,
    act: impl Fn(i64, i64) -> Option<i64>,
) -> Vec<i64> {
    let mut all = vec![0; len];
    let mut misfits = Vec::new();
    macro_rules! run {
        ($one:expr, $two:expr) => {
            for (at, out) in all.iter_mut().enumerate() {
                match act($one(at), $two(at)) {
                    Some(number) => *out = number,
                    None => misfits.push(at),
                }
            }
        };
    }
    match (one, two) {
        (Units::Each(one), Units::Each(two)) => {
            let (one, two) = (&one[..len], &two[..len]);
            run!(|at: usize| one[at], |at: usize| two[at]);
        }
        (Units::Each(one), Units::Same(two)) => {
            let one = &one[..len];
            run!(|at: usize| one[at], |_| two);
        }
        (Units::Same(one), Units::Each(two)) => {
            let two = &two[..len];
            run!(|_| one, |at: usize| two[at]);
        }
        (Units::Same(one), Units::Same(two)) => run!(|_| one, |_| two),
    }
    for at in misfits {
        state.get_or_insert_with(|| vec![GOOD; len])[at] = REDO;
    }
    all
}

/// Applies a function to each pair that needs no looking after.
#[inline]
fn paired<T>(one: Units<'_>, two: Units<'_>, len: usize, act: impl Fn(i64, i64) -> T) -> Vec<T> {
    match (one, two) {
        (Units::Each(one), Units::Each(two)) => one.iter().zip(two).map(|(one, two)| act(*one, *two)).collect(),
        (Units::Each(one), Units::Same(two)) => one.iter().map(|one| act(*one, two)).collect(),
        (Units::Same(one), Units::Each(two)) => two.iter().map(|two| act(one, *two)).collect(),
        (Units::Same(one), Units::Same(two)) => (0..len).map(|_| act(one, two)).collect(),
    }
}

/// The factors that bring two numbers to the same decimals, and how far from nought a sum of both can be; `None` when it may not fit.
fn safely(left: Numbers<'_>, right: Numbers<'_>) -> Option<(i64, i64, u64)> {
    let decimals = left.decimals.max(right.decimals);
    let (one, two) = (ten(decimals - left.decimals)?, ten(decimals - right.decimals)?);
    let sum = left.most.checked_mul(one.unsigned_abs())?.checked_add(right.most.checked_mul(two.unsigned_abs())?)?;
    (sum <= i64::MAX as u64).then_some((one, two, sum))
}

/// Sums and products that surely fit, without a look at each.
fn safe(how: Arithmetic, left: Numbers<'_>, right: Numbers<'_>, len: usize) -> Option<(Vec<i64>, u8, u64)> {
    let (one, two) = (left.units, right.units);
    if how == Arithmetic::Times {
        let decimals = left.decimals + right.decimals;
        let fits = decimals <= DECIMALS_MAX && fits_product(left.most, i64::try_from(right.most).ok()?);
        return fits.then(|| (paired(one, two, len, |one, two| one * two), decimals, left.most * right.most));
    }
    let (first, second, most) = safely(left, right)?;
    let units = match (how, first, second) {
        (Arithmetic::Plus, 1, 1) => paired(one, two, len, |one, two| one + two),
        (Arithmetic::Plus, ..) => paired(one, two, len, |one, two| one * first + two * second),
        (Arithmetic::Minus, 1, 1) => paired(one, two, len, |one, two| one - two),
        (Arithmetic::Minus, ..) => paired(one, two, len, |one, two| one * first - two * second),
        _ => return None,
    };
    Some((units, left.decimals.max(right.decimals), most))
}

pub(super) fn arithmetic(how: Arithmetic, one: &Vector, two: &Vector, len: usize) -> Vector {
    if let (Data::Same(Raw::Number(left)), Data::Same(Raw::Number(right)), None, None) =
        (&one.data, &two.data, &one.state, &two.state)
    {
        return constant(how, *left, *right)
            .map_or_else(|| Vector::redo(len), |number| Vector::same(Raw::Number(number)));
    }
    let (Some(left), Some(right)) = (one.numbers(), two.numbers()) else { return Vector::redo(len) };
    let mut state = states(one, two);
    if let Some((units, decimals, most)) = safe(how, left, right, len) {
        return Vector::bounded(Data::Number(units, decimals), state, Some(most));
    }
    let found = match how {
        Arithmetic::Plus => aligned(left, right, len, &mut state, i64::checked_add),
        Arithmetic::Minus => aligned(left, right, len, &mut state, i64::checked_sub),
        Arithmetic::Times if left.decimals + right.decimals > DECIMALS_MAX => None,
        Arithmetic::Times => {
            Some((zipped(left.units, right.units, len, &mut state, i64::checked_mul), left.decimals + right.decimals))
        }
        Arithmetic::Over => quotient(left, right, len, &mut state),
    };
    let Some((units, decimals)) = found else { return Vector::redo(len) };
    Vector::new(Data::Number(units, decimals), state)
}

fn constant(how: Arithmetic, left: Decimal, right: Decimal) -> Option<Decimal> {
    match how {
        Arithmetic::Plus => left.plus(right),
        Arithmetic::Minus => left.minus(right),
        Arithmetic::Times => left.times(right),
        Arithmetic::Over => left.over(right),
    }
}

type Found = Option<(Vec<i64>, u8)>;

#[inline]
fn aligned(
    left: Numbers<'_>,
    right: Numbers<'_>,
    len: usize,
    state: &mut Option<Vec<u8>>,
    act: impl Fn(i64, i64) -> Option<i64>,
) -> Found {
    let decimals = left.decimals.max(right.decimals);
    let (one, two) = (ten(decimals - left.decimals)?, ten(decimals - right.decimals)?);
    let units = match (one, two) {
        (1, 1) => zipped(left.units, right.units, len, state, act),
        (1, _) => zipped(left.units, right.units, len, state, |left, right| act(left, right.checked_mul(two)?)),
        _ => zipped(left.units, right.units, len, state, |left, right| act(left.checked_mul(one)?, right)),
    };
    Some((units, decimals))
}

fn quotient(left: Numbers<'_>, right: Numbers<'_>, len: usize, state: &mut Option<Vec<u8>>) -> Found {
    let up = i32::from(QUOTIENT_DECIMALS) + i32::from(right.decimals) - i32::from(left.decimals);
    let factor = ten(up.unsigned_abs() as u8)?;
    let wide = |left: i64, right: i64| {
        let (top, bottom) = if up >= 0 {
            (i128::from(left) * i128::from(factor), i128::from(right))
        } else {
            (i128::from(left), i128::from(right) * i128::from(factor))
        };
        i64::try_from(divide(top, bottom, Rounding::HalfEven)?).ok()
    };
    if let (Units::Each(all), Units::Same(bottom)) = (left.units, right.units)
        && let Some(units) = by_one(all, left.most, bottom, factor, up >= 0)
    {
        return Some((units, QUOTIENT_DECIMALS));
    }
    let units = zipped(left.units, right.units, len, state, |left, right| {
        let parts =
            if up >= 0 { left.checked_mul(factor).zip(Some(right)) } else { Some(left).zip(right.checked_mul(factor)) };
        match parts {
            Some((top, bottom)) if bottom > 0 => Some(half_even(top, bottom)),
            _ => wide(left, right),
        }
    });
    Some((units, QUOTIENT_DECIMALS))
}

/// Quotients by one number above nought, each rounded half to even, by way of its reciprocal; `None` where a step may not fit.
fn by_one(all: &[i64], most: u64, bottom: i64, factor: i64, raises: bool) -> Option<Vec<i64>> {
    let (times, bottom) = if raises { (factor, bottom) } else { (1, bottom.checked_mul(factor)?) };
    let divisor = u64::try_from(bottom).ok().filter(|bottom| *bottom > 0)?;
    if !fits_product(most, times) {
        return None;
    }
    // Floor of 2^64 / divisor, or one less: so the estimate is the quotient or up to two less.
    let reciprocal = u64::MAX / divisor;
    let quotient = |units: &i64| {
        let top = units * times;
        let size = top.unsigned_abs();
        let mut whole = ((u128::from(size) * u128::from(reciprocal)) >> 64) as u64;
        let mut rest = size - whole * divisor;
        while rest >= divisor {
            rest -= divisor;
            whole += 1;
        }
        let up = rest > divisor - rest || (rest == divisor - rest && whole & 1 == 1);
        let whole = (whole + u64::from(up)) as i64;
        if top < 0 { -whole } else { whole }
    };
    Some(all.iter().map(quotient).collect())
}

/// A quotient by a number above nought, rounded half to even.
fn half_even(top: i64, bottom: i64) -> i64 {
    let (whole, rest) = (top.div_euclid(bottom), top.rem_euclid(bottom));
    let up = match rest.cmp(&(bottom - rest)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => whole & 1 == 1,
        std::cmp::Ordering::Less => false,
    };
    whole + i64::from(up)
}

/// Numbers at other decimals, each rounded.
pub(super) fn rounded(vector: &Vector, decimals: u8, how: Rounding, len: usize) -> Vector {
    let Some(found) = vector.numbers() else { return Vector::redo(len) };
    if found.decimals <= decimals {
        return vector.clone();
    }
    let Some(ten) = ten(found.decimals - decimals) else { return Vector::redo(len) };
    let mut state = vector.state.clone();
    let act = |units: i64, ten: i64| i64::try_from(divide(i128::from(units), i128::from(ten), how)?).ok();
    let units = zipped(found.units, Units::Same(ten), len, &mut state, act);
    Vector::new(Data::Number(units, decimals), state)
}

/// The lesser or greater of two, or the negative of one.
pub(super) fn numbers_of(one: &Vector, two: &Vector, len: usize, act: impl Fn(i64, i64) -> Option<i64>) -> Vector {
    let (Some(left), Some(right)) = (one.numbers(), two.numbers()) else { return Vector::redo(len) };
    let mut state = states(one, two);
    match aligned(left, right, len, &mut state, act) {
        Some((units, decimals)) => Vector::new(Data::Number(units, decimals), state),
        None => Vector::redo(len),
    }
}

pub(super) fn compared(how: Comparison, one: &Vector, two: &Vector, len: usize) -> Vector {
    let mut state = states(one, two);
    if let (Some(left), Some(right)) = (one.numbers(), two.numbers()) {
        if let Some((first, second, _)) = safely(left, right) {
            return Vector::new(Data::Yesno(ordered(how, (left.units, first), (right.units, second), len)), state);
        }
        let found = aligned(left, right, len, &mut state, |left, right| Some(i64::from(holds(how, left.cmp(&right)))));
        let Some((units, _)) = found else { return Vector::redo(len) };
        return Vector::new(Data::Yesno(units.into_iter().map(|yes| yes == 1).collect()), state);
    }
    let all = match (&one.data, &two.data) {
        (Data::Choice(left), Data::Same(Raw::Choice(right))) => {
            left.iter().map(|left| holds(how, left.cmp(right))).collect()
        }
        (Data::Day(left), Data::Same(Raw::Day(right))) => left.iter().map(|left| holds(how, left.cmp(right))).collect(),
        (Data::Yesno(left), Data::Same(Raw::Yesno(right))) => {
            left.iter().map(|left| holds(how, left.cmp(right))).collect()
        }
        _ => (0..len).map(|at| crate::row::compare(how, &one.raw(at), &two.raw(at))).collect(),
    };
    Vector::new(Data::Yesno(all), state)
}

fn ordered(how: Comparison, (one, first): (Units<'_>, i64), (two, second): (Units<'_>, i64), len: usize) -> Vec<bool> {
    match how {
        Comparison::Is => paired(one, two, len, |one, two| one * first == two * second),
        Comparison::IsNot => paired(one, two, len, |one, two| one * first != two * second),
        Comparison::Less => paired(one, two, len, |one, two| one * first < two * second),
        Comparison::AtMost => paired(one, two, len, |one, two| one * first <= two * second),
        Comparison::More => paired(one, two, len, |one, two| one * first > two * second),
        Comparison::AtLeast => paired(one, two, len, |one, two| one * first >= two * second),
    }
}

#[cfg(test)]
mod tests {
    use super::{by_one, half_even};

    #[test]
    fn a_reciprocal_gives_the_quotients_of_a_division() {
        let edges = [
            0,
            1,
            2,
            3,
            5,
            7,
            10,
            11,
            12,
            99,
            1 << 20,
            (1 << 31) - 1,
            1 << 31,
            i64::MAX / 1_000,
            i64::MAX - 1,
            i64::MAX,
        ];
        let mut tops: Vec<i64> = edges.iter().flat_map(|one| [*one, -*one]).collect();
        let mut lot = 88_172_645_463_325_252_u64;
        for _ in 0..20_000 {
            lot ^= lot << 13;
            lot ^= lot >> 7;
            lot ^= lot << 17;
            tops.push((lot as i64) >> (lot % 60));
        }
        let most = tops.iter().map(|top| top.unsigned_abs()).max().unwrap_or(0).min(i64::MAX as u64);
        for bottom in edges.iter().filter(|bottom| **bottom > 0) {
            let found = by_one(&tops, most, *bottom, 1, true).unwrap_or_default();
            assert_eq!(found.len(), tops.len());
            for (top, found) in tops.iter().zip(found) {
                assert_eq!(found, half_even(*top, *bottom), "{top} / {bottom}");
            }
        }
        assert!(by_one(&[i64::MAX], i64::MAX as u64, 3, 10, true).is_none(), "too large for a step");
        assert!(by_one(&[1], 1, 0, 1, true).is_none() && by_one(&[1], 1, -3, 1, true).is_none());
    }
}
