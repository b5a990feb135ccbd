//! Scales: rates by slice, one value by bracket, values added up.

use crate::{
    decimal::Decimal,
    model::{Bracket, Scale},
    syntax::ScaleKind,
    value::Raw,
};

impl Bracket {
    /// Whether a base reaches it.
    pub(crate) fn holds(&self, base: Decimal) -> bool {
        base > self.bound || (self.inclusive && base == self.bound)
    }
}

impl Scale {
    /// The value for a base; `None` when no bracket is reached where one is needed, an error when a number does not fit.
    pub(crate) fn look_up(&self, brackets: &[Bracket], base: Decimal) -> Result<Option<Raw>, ()> {
        match self.how {
            ScaleKind::Bracket => {
                Ok(brackets.iter().rev().find(|bracket| bracket.holds(base)).map(|bracket| bracket.value.clone()))
            }
            ScaleKind::AddedUp => {
                sum(brackets.iter().filter(|bracket| bracket.holds(base)).map(|bracket| number(&bracket.value)))
            }
            ScaleKind::Slices => {
                sum(brackets.iter().enumerate().filter(|(_, bracket)| base > bracket.bound).map(|(at, bracket)| {
                    let top = brackets.get(at + 1).map_or(base, |next| base.min(next.bound));
                    top.minus(bracket.bound)?.times(number(&bracket.value)?)
                }))
            }
        }
    }
}

fn number(value: &Raw) -> Option<Decimal> {
    if let Raw::Number(number) = value { Some(*number) } else { None }
}

fn sum(parts: impl Iterator<Item = Option<Decimal>>) -> Result<Option<Raw>, ()> {
    let mut all = Decimal::ZERO;
    for part in parts {
        all = part.and_then(|part| all.plus(part)).ok_or(())?;
    }
    Ok(Some(Raw::Number(all)))
}
