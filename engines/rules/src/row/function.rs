//! Functions, and how values compare.

use super::{Cell, Place, Ran, Run, expression::Gathered};
use crate::{
    decimal::Decimal,
    model::{Function, Node},
    outcome::FaultKind,
    syntax::{Comparison, Over},
    value::Raw,
};
use jiff::{ToSpan, civil::Date};
use std::cmp::Ordering;

impl<'a> Run<'a> {
    pub(super) fn function(&mut self, function: Function, arguments: &'a [Node], place: Place) -> Ran<Cell> {
        let mut values = [const { Cell::Unknown }; 2];
        if matches!(function, Function::Min | Function::Max) {
            return self.extreme(function, arguments, place);
        }
        for (argument, value) in arguments.iter().zip(&mut values) {
            *value = self.node(argument, place)?;
        }
        let [Cell::Known(one), two] = &values else { return Ok(Cell::Unknown) };
        let two = match two {
            Cell::Known(two) => Some(two),
            _ if arguments.len() == 1 => None,
            _ => return Ok(Cell::Unknown),
        };
        match applied(function, one, two) {
            Some(value) => Ok(Cell::Known(value)),
            None if matches!(one, Raw::Day(_)) => self.fault(FaultKind::Limit, place, "the calendar ends here"),
            None => self.fault(FaultKind::Overflow, place, "a number has more digits than can be counted with"),
        }
    }

    fn extreme(&mut self, function: Function, arguments: &'a [Node], place: Place) -> Ran<Cell> {
        let over = if function == Function::Min { Over::Least } else { Over::Greatest };
        let mut all = Gathered::default();
        for argument in arguments {
            match self.node(argument, place)? {
                Cell::Known(value) => {
                    all.add(over, value);
                }
                _ => all.unknown = true,
            }
        }
        Ok(all.outcome(over))
    }
}

/// How two values of one type stand to one another; choices in the order of their options.
pub(super) fn order(one: &Raw, two: &Raw) -> Ordering {
    match (one, two) {
        (Raw::Number(one), Raw::Number(two)) => one.cmp(two),
        (Raw::Day(one), Raw::Day(two)) => one.cmp(two),
        _ if one == two => Ordering::Equal,
        _ => Ordering::Less,
    }
}

pub(crate) fn holds(how: Comparison, order: Ordering) -> bool {
    match how {
        Comparison::Is => order == Ordering::Equal,
        Comparison::IsNot => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::More => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
    }
}

pub(crate) fn compare(how: Comparison, one: &Raw, two: &Raw) -> bool {
    holds(how, order(one, two))
}

/// Whole years from one day to another, as ages are counted: who was born on 29 February is a year older on 1 March.
pub(crate) fn years_between(from: Date, to: Date) -> i64 {
    let passed = (to.month(), to.day()) >= (from.month(), from.day());
    i64::from(to.year()) - i64::from(from.year()) - i64::from(!passed)
}

fn months_between(from: Date, to: Date) -> i64 {
    let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    months(to) - months(from) - i64::from(to.day() < from.day())
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

pub(crate) fn applied(function: Function, one: &Raw, two: Option<&Raw>) -> Option<Raw> {
    let whole = |number: i64| Some(Raw::Number(Decimal::from(number)));
    if let Some((decimals, how)) = function.rounding() {
        let Raw::Number(number) = one else { return None };
        return number.rounded(decimals, how).map(Raw::Number);
    }
    match (function, one, two) {
        (Function::Absolute, Raw::Number(number), _) if *number < Decimal::ZERO => number.negated().map(Raw::Number),
        (Function::Absolute, Raw::Number(number), _) => Some(Raw::Number(*number)),
        (Function::YearsBetween, Raw::Day(from), Some(Raw::Day(to))) => whole(years_between(*from, *to)),
        (Function::MonthsBetween, Raw::Day(from), Some(Raw::Day(to))) => whole(months_between(*from, *to)),
        (Function::DaysBetween, Raw::Day(from), Some(Raw::Day(to))) => whole(days_between(*from, *to)),
        (Function::YearOf, Raw::Day(day), _) => whole(i64::from(day.year())),
        (Function::MonthOf, Raw::Day(day), _) => whole(i64::from(day.month())),
        (Function::DayOf, Raw::Day(day), _) => whole(i64::from(day.day())),
        (_, Raw::Day(day), Some(Raw::Number(number))) => {
            // Spans of jiff have limits of their own and panic beyond them; nothing so long fits into the calendar.
            let by = number.as_i64().filter(|by| by.abs() <= 4_000_000)?;
            let span = match function {
                Function::DaysAfter => by.days(),
                Function::MonthsAfter if by.abs() <= 200_000 => by.months(),
                Function::YearsAfter if by.abs() <= 19_000 => by.years(),
                _ => return None,
            };
            day.checked_add(span).ok().map(Raw::Day)
        }
        _ => None,
    }
}
