//! Scales for a block of bases.

use super::vector::{Data, GOOD, Numbers, REDO, Units, Vector, fits_product, picked, ten};
use crate::{
    decimal::Decimal,
    model::{Bracket, Scale, in_force},
    period::Period,
    syntax::ScaleKind,
    value::Raw,
};

/// The bounds of a scale in whole units of the bases, and what bases are multiplied by to come to them.
struct Steps {
    bounds: Vec<(i64, bool)>,
    factor: i64,
    decimals: u8,
}

pub(super) fn looked_up(scale: &Scale, period: Period, base: &Vector, len: usize) -> Vector {
    let version = in_force(&scale.versions, period.start()).map(|(_, version)| &version.what);
    let Some(brackets) = version.filter(|brackets| !brackets.is_empty()) else { return Vector::redo(len) };
    let Some(found) = base.numbers() else { return Vector::redo(len) };
    let Some(steps) = steps(brackets, found) else { return Vector::redo(len) };
    match scale.how {
        ScaleKind::Bracket => by_bracket(brackets, &steps, base, found, len),
        ScaleKind::Slices => summed(brackets, &steps, base, found, len, true),
        ScaleKind::AddedUp => summed(brackets, &steps, base, found, len, false),
    }
    .unwrap_or_else(|| Vector::redo(len))
}

fn fits(number: Decimal, decimals: u8) -> Option<i64> {
    number.units_at(decimals).and_then(|units| i64::try_from(units).ok())
}

fn steps(brackets: &[Bracket], found: Numbers<'_>) -> Option<Steps> {
    let decimals = brackets.iter().map(|bracket| bracket.bound.parts().1).max()?.max(found.decimals);
    let bound = |bracket: &Bracket| Some((fits(bracket.bound, decimals)?, bracket.inclusive));
    Some(Steps {
        bounds: brackets.iter().map(bound).collect::<Option<_>>()?,
        factor: ten(decimals - found.decimals)?,
        decimals,
    })
}

#[inline]
fn holds(base: i64, (bound, inclusive): (i64, bool)) -> bool {
    base > bound || (inclusive & (base == bound))
}

/// The value of the last bracket that is reached; rows that reach none are redone.
fn by_bracket(brackets: &[Bracket], steps: &Steps, base: &Vector, found: Numbers<'_>, len: usize) -> Option<Vector> {
    if let Some(vector) = numbers_by_bracket(brackets, steps, base, found) {
        return Some(vector);
    }
    let value = |bracket: &Bracket| Vector::new(Data::Same(bracket.value.clone()), base.state.clone());
    let values: Vec<Vector> = brackets.iter().map(value).collect();
    // Bounds go upwards, so those that are reached are the first ones: none leads to a place beyond all values.
    let mut which = vec![u16::MAX; len];
    for (at, which) in which.iter_mut().enumerate() {
        let Some(base) = found.units.at(at).checked_mul(steps.factor) else { continue };
        let reached: u16 = steps.bounds.iter().map(|bound| u16::from(holds(base, *bound))).sum();
        *which = reached.wrapping_sub(1);
    }
    Some(picked(&values.iter().collect::<Vec<_>>(), &which))
}

/// The same where values are numbers and no step on the way can be too large.
fn numbers_by_bracket(brackets: &[Bracket], steps: &Steps, base: &Vector, found: Numbers<'_>) -> Option<Vector> {
    let Units::Each(bases) = found.units else { return None };
    let number = |bracket: &Bracket| if let Raw::Number(number) = bracket.value { Some(number) } else { None };
    let decimals = brackets.iter().filter_map(number).map(|number| number.parts().1).max()?;
    let value = |bracket: &Bracket| fits(number(bracket)?, decimals);
    let values: Vec<i64> = brackets.iter().map(value).collect::<Option<_>>()?;
    if !fits_product(found.most, steps.factor) {
        return None;
    }
    let mut units = vec![0; bases.len()];
    let mut before = 0;
    for (step, value) in steps.bounds.iter().zip(&values) {
        // What is reached is the first bounds, so the differences add up to the last value.
        let more = value.checked_sub(before)?;
        before = *value;
        let own = units.iter_mut().zip(bases);
        own.for_each(|(units, base)| *units += if holds(base * steps.factor, *step) { more } else { 0 });
    }
    let mut state = base.state.clone();
    let lowest = steps.bounds.first()?;
    for (at, _) in bases.iter().enumerate().filter(|(_, base)| !holds(*base * steps.factor, *lowest)) {
        state.get_or_insert_with(|| vec![GOOD; bases.len()])[at] = REDO;
    }
    let most = values.iter().map(|value| value.unsigned_abs()).max();
    Some(Vector::bounded(Data::Number(units, decimals), state, most))
}

fn summed(
    brackets: &[Bracket],
    steps: &Steps,
    base: &Vector,
    found: Numbers<'_>,
    len: usize,
    slices: bool,
) -> Option<Vector> {
    let number = |bracket: &Bracket| if let Raw::Number(number) = bracket.value { number } else { Decimal::ZERO };
    let value_decimals = brackets.iter().map(|bracket| number(bracket).parts().1).max()?;
    let values: Vec<i64> =
        brackets.iter().map(|bracket| fits(number(bracket), value_decimals)).collect::<Option<_>>()?;
    let decimals = if slices { steps.decimals + value_decimals } else { value_decimals };
    if decimals > crate::DECIMALS_MAX {
        return None;
    }
    if let (Some(most), Units::Each(bases)) = (surely(steps, &values, found, slices), found.units) {
        let units = plainly(steps, &values, bases, slices);
        return Some(Vector::bounded(Data::Number(units, decimals), base.state.clone(), Some(most)));
    }
    let mut state = base.state.clone();
    let mut units = Vec::with_capacity(len);
    for at in 0..len {
        let sum = found.units.at(at).checked_mul(steps.factor).and_then(|base| carefully(steps, &values, base, slices));
        if sum.is_none() {
            state.get_or_insert_with(|| vec![GOOD; len])[at] = REDO;
        }
        units.push(sum.unwrap_or(0));
    }
    Some(Vector::new(Data::Number(units, decimals), state))
}

/// How far from nought a sum can be, if no step on the way to it can be too large.
fn surely(steps: &Steps, values: &[i64], found: Numbers<'_>, slices: bool) -> Option<u64> {
    let all = values.iter().try_fold(0_u64, |sum, value| sum.checked_add(value.unsigned_abs()))?;
    if !fits_product(found.most, steps.factor) {
        return None;
    }
    let bound = steps.bounds.iter().map(|(bound, _)| bound.unsigned_abs()).max()?;
    let base = found.most.checked_mul(steps.factor.unsigned_abs())?.checked_add(bound)?;
    let most = if slices { all.checked_mul(base)? } else { all };
    (most <= i64::MAX as u64 && base <= i64::MAX as u64).then_some(most)
}

fn plainly(steps: &Steps, values: &[i64], bases: &[i64], slices: bool) -> Vec<i64> {
    let mut units = vec![0; bases.len()];
    for (at, (bound, value)) in steps.bounds.iter().zip(values).enumerate() {
        let top = steps.bounds.get(at + 1).map_or(i64::MAX, |next| next.0);
        for (units, base) in units.iter_mut().zip(bases) {
            let base = base * steps.factor;
            *units += if slices {
                (base.min(top).max(bound.0) - bound.0) * value
            } else {
                i64::from(holds(base, *bound)) * value
            };
        }
    }
    units
}

fn carefully(steps: &Steps, values: &[i64], base: i64, slices: bool) -> Option<i64> {
    let mut sum = 0_i64;
    for (at, (bound, value)) in steps.bounds.iter().zip(values).enumerate() {
        if !slices && holds(base, *bound) {
            sum = sum.checked_add(*value)?;
        }
        if slices && base > bound.0 {
            let top = steps.bounds.get(at + 1).map_or(base, |next| base.min(next.0));
            sum = sum.checked_add(top.checked_sub(bound.0)?.checked_mul(*value)?)?;
        }
    }
    Some(sum)
}
