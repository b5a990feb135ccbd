//! Values of one block.

use crate::{
    decimal::{Decimal, ten_to},
    population::{Column, Given},
    value::{Raw, Type},
};
use jiff::civil::Date;
use std::{cell::Cell, ops::Range, sync::Arc};

/// The row has a value.
pub(super) const GOOD: u8 = 0;
/// Not entitled, or the least of nobody.
pub(super) const NOTHING: u8 = 1;
/// To be answered by row.
pub(super) const REDO: u8 = 2;

/// Values; `Same` is one value for all rows.
#[derive(Debug, Clone)]
pub(super) enum Data {
    Same(Raw),
    Yesno(Vec<bool>),
    Number(Vec<i64>, u8),
    Day(Vec<Date>),
    Choice(Vec<u16>),
    Text(Vec<Arc<str>>),
}

/// Values and their states; without states all are good.
#[derive(Debug, Clone)]
pub(super) struct Vector {
    pub data: Data,
    pub state: Option<Vec<u8>>,
    /// No number is further from nought than this, in units; `None` when nobody has looked.
    most: Cell<Option<u64>>,
}

impl Vector {
    pub(super) fn new(data: Data, state: Option<Vec<u8>>) -> Self {
        Self { data, state, most: Cell::new(None) }
    }

    /// With a bound that is known, in units.
    pub(super) fn bounded(data: Data, state: Option<Vec<u8>>, most: Option<u64>) -> Self {
        Self { data, state, most: Cell::new(most) }
    }

    /// The bound, if anybody has looked.
    pub(super) fn bound(&self) -> Option<u64> {
        self.most.get()
    }

    pub(super) fn good(data: Data) -> Self {
        Self::new(data, None)
    }

    pub(super) fn same(value: Raw) -> Self {
        Self::good(Data::Same(value))
    }

    pub(super) fn redo(len: usize) -> Self {
        Self::new(Data::Same(Raw::Yesno(false)), Some(vec![REDO; len]))
    }

    pub(super) fn nothing(len: usize) -> Self {
        Self::new(Data::Same(Raw::Yesno(false)), Some(vec![NOTHING; len]))
    }

    pub(super) fn state(&self, at: usize) -> u8 {
        self.state.as_ref().map_or(GOOD, |state| state[at])
    }

    pub(super) fn of_column(given: &Given, rows: Range<usize>) -> Self {
        let data = match &given.column {
            Column::Yesno(all) => Data::Yesno(all[rows.clone()].to_vec()),
            Column::Number { units, decimals } => Data::Number(units[rows.clone()].to_vec(), *decimals),
            Column::Date(all) => Data::Day(all[rows.clone()].to_vec()),
            Column::Choice(all) => Data::Choice(all[rows.clone()].to_vec()),
            Column::Text(all) => Data::Text(all[rows.clone()].to_vec()),
        };
        let known = given.known.as_ref().map(|known| &known[rows]);
        let state = known.filter(|known| known.contains(&false));
        let state = state.map(|known| known.iter().map(|known| if *known { GOOD } else { REDO }).collect());
        Self::new(data, state)
    }

    /// With a value in the place of those that are not known.
    pub(super) fn filled(mut self, value: &Raw) -> Self {
        let Some(state) = self.state.take() else { return self };
        let which: Vec<u16> = state.iter().map(|state| u16::from(*state != GOOD)).collect();
        picked(&[&self, &Self::same(value.clone())], &which)
    }

    /// Whether a row is a good “yes”; `None` when it is to be redone.
    pub(super) fn yes(&self, at: usize) -> Option<bool> {
        if self.state(at) != GOOD {
            return None;
        }
        match &self.data {
            Data::Yesno(all) => Some(all[at]),
            Data::Same(Raw::Yesno(yes)) => Some(*yes),
            _ => None,
        }
    }

    pub(super) fn raw(&self, at: usize) -> Raw {
        match &self.data {
            Data::Same(value) => value.clone(),
            Data::Yesno(all) => Raw::Yesno(all[at]),
            Data::Number(all, decimals) => Raw::Number(Decimal::new(i128::from(all[at]), *decimals)),
            Data::Day(all) => Raw::Day(all[at]),
            Data::Choice(all) => Raw::Choice(all[at]),
            Data::Text(all) => Raw::Text(all[at].clone()),
        }
    }

    /// As numbers: units (one for all, or each) and decimals; `None` when it is none or does not fit into 64 bits.
    pub(super) fn numbers(&self) -> Option<Numbers<'_>> {
        match &self.data {
            Data::Number(all, decimals) => {
                let most = self.most.get().unwrap_or_else(|| most_of(all));
                self.most.set(Some(most));
                Some(Numbers { units: Units::Each(all), decimals: *decimals, most })
            }
            Data::Same(Raw::Number(number)) => {
                let (units, decimals) = number.parts();
                let units = i64::try_from(units).ok()?;
                Some(Numbers { units: Units::Same(units), decimals, most: units.unsigned_abs() })
            }
            _ => None,
        }
    }

    /// All as yes or no, if all are good and that.
    pub(super) fn plain_yesno(&self) -> Option<&[bool]> {
        match (&self.data, &self.state) {
            (Data::Yesno(all), None) => Some(all),
            _ => None,
        }
    }

    /// Appends to a column; answers which rows do not fit it.
    pub(super) fn append_to(self, column: &mut Column, rows: Range<usize>) -> Vec<usize> {
        let len = rows.len();
        match (column, self.data) {
            (Column::Yesno(all), Data::Yesno(more)) => all.extend(more),
            (Column::Yesno(all), Data::Same(Raw::Yesno(yes))) => all.resize(all.len() + len, yes),
            (Column::Date(all), Data::Day(more)) => all.extend(more),
            (Column::Date(all), Data::Same(Raw::Day(day))) => all.resize(all.len() + len, day),
            (Column::Choice(all), Data::Choice(more)) => all.extend(more),
            (Column::Choice(all), Data::Same(Raw::Choice(at))) => all.resize(all.len() + len, at),
            (Column::Text(all), Data::Text(more)) => all.extend(more),
            (Column::Text(all), Data::Same(Raw::Text(text))) => all.resize(all.len() + len, text),
            (Column::Number { units, .. }, Data::Same(Raw::Number(number))) if number.parts().0 == 0 => {
                units.resize(units.len() + len, 0)
            }
            (Column::Number { units, decimals }, data) => {
                // The first block with numbers gives the decimals; a constant can need more, and then all are brought to them.
                let own = decimals_of(&data).unwrap_or(*decimals);
                if own > *decimals && raised(units, own - *decimals) {
                    *decimals = own;
                }
                return append_numbers(units, *decimals, &data, self.state.as_deref(), rows);
            }
            // A block of which no row has a value.
            (Column::Yesno(all), _) => all.resize(all.len() + len, false),
            (Column::Date(all), _) => all.resize(all.len() + len, Date::ZERO),
            (Column::Choice(all), _) => all.resize(all.len() + len, 0),
            (Column::Text(all), _) => all.resize(all.len() + len, "".into()),
        }
        Vec::new()
    }
}

fn decimals_of(data: &Data) -> Option<u8> {
    match data {
        Data::Number(_, decimals) => Some(*decimals),
        Data::Same(Raw::Number(number)) => Some(number.parts().1),
        _ => None,
    }
}

/// Brings all to more decimals, if all fit.
fn raised(units: &mut [i64], by: u8) -> bool {
    let Some(ten) = ten(by).filter(|ten| fits_product(most_of(units), *ten)) else { return false };
    units.iter_mut().for_each(|units| *units *= ten);
    true
}

fn append_numbers(
    units: &mut Vec<i64>,
    decimals: u8,
    data: &Data,
    state: Option<&[u8]>,
    rows: Range<usize>,
) -> Vec<usize> {
    let mut misfits = Vec::new();
    let good = |at: usize| state.is_none_or(|state| state[at] == GOOD);
    let begin = rows.start;
    match data {
        Data::Number(more, own) if *own == decimals => units.extend(more),
        Data::Number(..) | Data::Same(Raw::Number(_)) => {
            let vector = Vector::good(data.clone());
            for at in 0..rows.len() {
                let Raw::Number(number) = vector.raw(at) else { continue };
                let fitting = number.units_at(decimals).and_then(|units| i64::try_from(units).ok());
                if fitting.is_none() && good(at) {
                    misfits.push(begin + at);
                }
                units.push(fitting.unwrap_or(0));
            }
        }
        _ => units.resize(units.len() + rows.len(), 0),
    }
    misfits
}

/// An empty column with room for so many.
pub(super) fn empty_column(kind: Type, count: usize) -> Column {
    match kind {
        Type::Yesno => Column::Yesno(Vec::with_capacity(count)),
        Type::Day => Column::Date(Vec::with_capacity(count)),
        Type::Text => Column::Text(Vec::with_capacity(count)),
        Type::Choice(_) => Column::Choice(Vec::with_capacity(count)),
        Type::Integer | Type::Number | Type::Money => Column::Number { units: Vec::with_capacity(count), decimals: 0 },
    }
}

/// Numbers of a block, borrowed.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub units: Units<'a>,
    pub decimals: u8,
    pub most: u64,
}

#[derive(Clone, Copy)]
pub(super) enum Units<'a> {
    Same(i64),
    Each(&'a [i64]),
}

impl Units<'_> {
    #[inline]
    pub(super) fn at(self, at: usize) -> i64 {
        match self {
            Units::Same(units) => units,
            Units::Each(all) => all[at],
        }
    }
}

/// Whether a product with numbers up to so far from nought fits into 64 bits.
pub(super) fn fits_product(most: u64, factor: i64) -> bool {
    most.checked_mul(factor.unsigned_abs()).is_some_and(|product| product <= i64::MAX as u64)
}

/// At least the greatest distance from nought, and less than twice as much.
fn most_of(all: &[i64]) -> u64 {
    all.iter().fold(0, |most, units| most | units.unsigned_abs())
}

/// Ten to a power, in 64 bits.
pub(super) fn ten(exponent: u8) -> Option<i64> {
    i64::try_from(ten_to(u32::from(exponent))?).ok()
}

/// For each row the value of one of several vectors; a place beyond them is to be redone.
pub(super) fn picked(choices: &[&Vector], which: &[u16]) -> Vector {
    let mut state = None;
    // All bits of all places together, for a place beyond them is all ones.
    let stated = choices.iter().any(|vector| vector.state.is_some())
        || usize::from(which.iter().fold(0, |all, at| all | at)) >= choices.len();
    for (row, &at) in which.iter().enumerate().filter(|_| stated) {
        let own = choices.get(usize::from(at)).map_or(REDO, |vector| vector.state(row));
        if own != GOOD {
            state.get_or_insert_with(|| vec![GOOD; which.len()])[row] = own;
        }
    }
    gathered_from(choices, which, state)
}

/// For each row a value or, where there is `nothing`, that of another vector; neither has a row to be redone.
pub(super) fn replaced(one: &Vector, other: &Vector, nothing: &[u8]) -> Vector {
    let which: Vec<u16> = nothing.iter().map(|state| u16::from(*state == NOTHING)).collect();
    gathered_from(&[one, other], &which, None)
}

fn gathered_from(choices: &[&Vector], which: &[u16], state: Option<Vec<u8>>) -> Vector {
    // Vectors of which no row is good can have data of any type.
    let typed = choices.iter().find(|vector| vector.state.as_ref().is_none_or(|state| state.contains(&GOOD)));
    let Some(typed) = typed else { return Vector::new(Data::Same(Raw::Yesno(false)), state) };
    let data = match &typed.data {
        Data::Number(..) | Data::Same(Raw::Number(_)) => return numbers_picked(choices, which, state),
        Data::Yesno(_) | Data::Same(Raw::Yesno(_)) => {
            Data::Yesno(gathered(choices, which, false, |raw| if let Raw::Yesno(yes) = raw { Some(yes) } else { None }))
        }
        Data::Day(_) | Data::Same(Raw::Day(_)) => {
            Data::Day(gathered(
                choices,
                which,
                Date::ZERO,
                |raw| if let Raw::Day(day) = raw { Some(day) } else { None },
            ))
        }
        Data::Choice(_) | Data::Same(Raw::Choice(_)) => {
            Data::Choice(gathered(choices, which, 0, |raw| if let Raw::Choice(at) = raw { Some(at) } else { None }))
        }
        Data::Text(_) | Data::Same(Raw::Text(_)) => {
            Data::Text(gathered(
                choices,
                which,
                "".into(),
                |raw| if let Raw::Text(text) = raw { Some(text) } else { None },
            ))
        }
    };
    Vector::new(data, state)
}

fn gathered<T: Clone>(choices: &[&Vector], which: &[u16], empty: T, value: impl Fn(Raw) -> Option<T>) -> Vec<T> {
    let one = |(row, at): (usize, &u16)| {
        choices.get(usize::from(*at)).and_then(|vector| value(vector.raw(row))).unwrap_or_else(|| empty.clone())
    };
    which.iter().enumerate().map(one).collect()
}

fn numbers_picked(choices: &[&Vector], which: &[u16], mut state: Option<Vec<u8>>) -> Vector {
    let numbers: Vec<Option<Numbers<'_>>> = choices.iter().map(|vector| vector.numbers()).collect();
    let decimals = numbers.iter().flatten().map(|numbers| numbers.decimals).max().unwrap_or(0);
    let factors: Vec<Option<i64>> =
        numbers.iter().map(|found| found.and_then(|found| ten(decimals - found.decimals))).collect();
    // Where all fit, most tables and conditions have two ways or constants.
    let scaled = |at: usize| numbers[at].zip(factors[at]).filter(|(found, factor)| fits_product(found.most, *factor));
    if (0..choices.len()).all(|at| scaled(at).is_some()) {
        let ways: Vec<(Units<'_>, i64)> =
            (0..choices.len()).filter_map(scaled).map(|(found, factor)| (found.units, factor)).collect();
        let most =
            (0..choices.len()).filter_map(scaled).map(|(found, factor)| found.most * factor.unsigned_abs()).max();
        return Vector::bounded(Data::Number(way_by_way(&ways, which), decimals), state, most);
    }
    let mut units = Vec::with_capacity(which.len());
    for (row, &at) in which.iter().enumerate() {
        let at = usize::from(at);
        let found = numbers.get(at).copied().flatten().zip(factors.get(at).copied().flatten());
        let fitting = found.and_then(|(found, factor)| found.units.at(row).checked_mul(factor));
        if fitting.is_none() && choices.get(at).is_some_and(|vector| vector.state(row) == GOOD) {
            state.get_or_insert_with(|| vec![GOOD; which.len()])[row] = REDO;
        }
        units.push(fitting.unwrap_or(0));
    }
    Vector::new(Data::Number(units, decimals), state)
}

/// Numbers of several ways that all fit; a row that is to be redone may have that of any.
fn way_by_way(ways: &[(Units<'_>, i64)], which: &[u16]) -> Vec<i64> {
    let constant = |way: &(Units<'_>, i64)| if let Units::Same(units) = way.0 { Some(units * way.1) } else { None };
    if let [one, two] = ways {
        let first = which.iter().map(|at| *at == 0);
        return match (one.0, constant(one), two.0, constant(two)) {
            (_, Some(one), _, Some(two)) => first.map(|first| if first { one } else { two }).collect(),
            (Units::Each(all), _, _, Some(two)) => {
                first.zip(all).map(|(first, units)| if first { units * one.1 } else { two }).collect()
            }
            (_, Some(one), Units::Each(all), _) => {
                first.zip(all).map(|(first, units)| if first { one } else { units * two.1 }).collect()
            }
            _ => {
                let both = |(row, first)| if first { one.0.at(row) * one.1 } else { two.0.at(row) * two.1 };
                first.enumerate().map(both).collect()
            }
        };
    }
    if let Some(table) = ways.iter().map(constant).collect::<Option<Vec<i64>>>() {
        return which.iter().map(|at| table.get(usize::from(*at)).copied().unwrap_or(0)).collect();
    }
    let value =
        |(row, at): (usize, &u16)| ways.get(usize::from(*at)).map_or(0, |(units, factor)| units.at(row) * factor);
    which.iter().enumerate().map(value).collect()
}
