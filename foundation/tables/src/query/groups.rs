//! Facets and groups, added up from codes without reading a row.

use super::{
    Facet, GROUPS_LIMIT, Group,
    plan::{Aggregate, Grouping, Part},
    selection::Selection,
};
use crate::{Refused, Table, Value, columns::Stored};
use std::collections::BTreeMap;

/// Groups that two columns may make together in memory.
const CELLS_LIMIT: usize = 4_000_000;

pub(super) fn facet(
    table: &Table,
    chosen: &Selection,
    column: &str,
    limit: usize,
) -> Result<(Vec<Facet>, u64), Refused> {
    let at = table.place(column)?;
    let all = coded(table, at, Part::Whole)?;
    let mut counts = vec![0_u64; all.values.len()];
    let is_all = chosen.is_all();
    let (parts, part_rows) = table.0.parts();
    for part in 0..parts {
        let stored = table.part(at, part)?;
        let codes = codes_of(&stored);
        if is_all {
            codes.iter().for_each(|code| counts[all.group(*code)] += 1);
        } else {
            chosen.each_within(part * part_rows, codes.len(), |row| counts[all.group(codes[row])] += 1);
        }
    }
    let mut found: Vec<Facet> = counts
        .into_iter()
        .zip(all.values.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, value)| Facet { value: value.clone(), count })
        .collect();
    let different = found.len() as u64;
    found.sort_by(|one, two| two.count.cmp(&one.count).then_with(|| one.value.order(&two.value)));
    found.truncate(limit);
    Ok((found, different))
}

/// A column with codes, perhaps of a part of its values.
struct Coded {
    at: usize,
    values: Vec<Value>,
    /// The code of a value of the stored column.
    of: Vec<u32>,
}

impl Coded {
    #[inline]
    fn group(&self, code: u16) -> usize {
        self.of[usize::from(code)] as usize
    }
}

fn codes_of(stored: &Stored) -> &[u16] {
    match stored {
        Stored::Codes { codes, .. } => codes,
        _ => &[],
    }
}

fn coded(table: &Table, at: usize, part: Part) -> Result<Coded, Refused> {
    let column = table.0.column(at)?;
    let (Stored::Codes { values, .. } | Stored::Parts(values)) = &*column else {
        return Err(Refused::Groups(table.info().columns[at].name.clone()));
    };
    // A column in parts that is one of many numbers has no values in common.
    if values.is_empty() && table.info().rows > 0 {
        return Err(Refused::Groups(table.info().columns[at].name.clone()));
    }
    let mut own: Vec<Value> = Vec::new();
    let mut of = Vec::with_capacity(values.len());
    // Values are in order, so the same parts follow one another; but those of hours do not.
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for value in values.iter() {
        let cut = part.of(value);
        let code = match (part, &cut) {
            (Part::Whole, _) => None,
            (_, cut) => known.get(&cut.text()).copied(),
        };
        let code = code.unwrap_or_else(|| {
            let next = u32::try_from(own.len()).unwrap_or(u32::MAX);
            if part != Part::Whole {
                known.insert(cut.text(), next);
            }
            own.push(cut);
            next
        });
        of.push(code);
    }
    Ok(Coded { at, values: own, of })
}

/// What is known of one aggregate in one group.
#[derive(Clone, Copy)]
struct Sum {
    count: u64,
    sum: f64,
    least: f64,
    most: f64,
}

/// What is known of one aggregate in all groups: sums, or every value, where their order counts.
enum Gathered {
    Sums(Vec<Sum>),
    Values(Vec<Vec<f64>>),
}

impl Gathered {
    #[inline]
    fn take(&mut self, group: usize, value: f64) {
        match self {
            Self::Sums(all) => {
                let sum = &mut all[group];
                sum.count += 1;
                sum.sum += value;
                sum.least = sum.least.min(value);
                sum.most = sum.most.max(value);
            }
            Self::Values(all) => all[group].push(value),
        }
    }

    fn result(&self, aggregate: &Aggregate, group: usize) -> Value {
        match self {
            Self::Sums(all) => result(aggregate, &all[group]),
            Self::Values(all) => median(&all[group]).map_or(Value::Null, Value::Real),
        }
    }
}

/// The middle value, or the mean of the two in the middle; `None` for none.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut all = values.to_vec();
    if all.is_empty() {
        return None;
    }
    let (middle, is_even) = (all.len() / 2, all.len().is_multiple_of(2));
    let (below, at, _) = all.select_nth_unstable_by(middle, f64::total_cmp);
    let before = below.iter().copied().max_by(f64::total_cmp).filter(|_| is_even);
    Some(before.map_or(*at, |before| f64::midpoint(before, *at)))
}

const NOTHING: Sum = Sum { count: 0, sum: 0.0, least: f64::INFINITY, most: f64::NEG_INFINITY };

pub(super) fn groups(table: &Table, chosen: &Selection, grouping: &Grouping) -> Result<(Vec<Group>, bool), Refused> {
    let by = grouping
        .by
        .iter()
        .take(2)
        .map(|(column, part)| coded(table, table.place(column)?, *part))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(first) = by.first() else { return Ok((Vec::new(), false)) };
    let wide = by.get(1).map_or(1, |second| second.values.len());
    if first.values.len() * wide > CELLS_LIMIT {
        return Err(Refused::Groups(grouping.by[0].0.clone()));
    }
    let mut counts = vec![0_u64; first.values.len() * wide];
    let mut sums = Vec::new();
    for aggregate in &grouping.aggregates {
        let all = match aggregate {
            Aggregate::Median(column) if table.is_large() => return Err(Refused::Median(column.clone())),
            Aggregate::Median(_) => Gathered::Values(vec![Vec::new(); counts.len()]),
            _ => Gathered::Sums(vec![NOTHING; counts.len()]),
        };
        sums.push((aggregate, numbers(table, aggregate)?, all));
    }
    let (parts, part_rows) = table.0.parts();
    for part in 0..parts {
        let begins = part * part_rows;
        if !chosen.has_any(begins, part_rows) {
            continue;
        }
        let stored = by.iter().map(|column| table.part(column.at, part)).collect::<Result<Vec<_>, _>>()?;
        let codes = codes_of(&stored[0]);
        let second = by.get(1).map(|column| (column, codes_of(&stored[1])));
        let cell =
            |row: usize| first.group(codes[row]) * wide + second.map_or(0, |(column, codes)| column.group(codes[row]));
        chosen.each_within(begins, codes.len(), |row| counts[cell(row)] += 1);
        for (_, number, all) in &mut sums {
            let own = table.part(number.at, part)?;
            chosen.each_within(begins, codes.len(), |row| {
                let value = number.of(&own, row);
                if !value.is_nan() {
                    all.take(cell(row), value);
                }
            });
        }
    }
    let mut found: Vec<Group> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, count)| Group {
            keys: std::iter::once(first.values[at / wide].clone())
                .chain(by.get(1).map(|second| second.values[at % wide].clone()))
                .collect(),
            count: *count,
            sums: sums.iter().map(|(aggregate, _, all)| all.result(aggregate, at)).collect(),
        })
        .collect();
    found.sort_by(|one, two| {
        let pairs = one.keys.iter().zip(&two.keys);
        pairs.map(|(one, two)| one.order(two)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let more = found.len() > GROUPS_LIMIT;
    found.truncate(GROUPS_LIMIT);
    Ok((found, more))
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows is far below what a float holds exactly")]
fn result(aggregate: &Aggregate, sum: &Sum) -> Value {
    if sum.count == 0 {
        return Value::Null;
    }
    Value::Real(match aggregate {
        Aggregate::Sum(_) => sum.sum,
        Aggregate::Mean(_) => sum.sum / sum.count as f64,
        Aggregate::Least(_) => sum.least,
        Aggregate::Most(_) => sum.most,
        // Gathered as values.
        Aggregate::Median(_) => return Value::Null,
    })
}

/// A column of numbers.
struct Numbers {
    at: usize,
    /// The numbers of its codes, where it has codes.
    of: Vec<f64>,
}

impl Numbers {
    /// The number in a row of a part of the column; not a number for nothing.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "sums are floats, as everywhere in this crate")]
    fn of(&self, part: &Stored, row: usize) -> f64 {
        match part {
            Stored::Codes { codes, .. } => self.of[usize::from(codes[row])],
            Stored::Ints(all) if all[row] != i64::MIN => all[row] as f64,
            Stored::Reals(all) => all[row],
            _ => f64::NAN,
        }
    }
}

fn numbers(table: &Table, aggregate: &Aggregate) -> Result<Numbers, Refused> {
    let at = table.place(aggregate.column())?;
    let refused = || Refused::NoNumbers(aggregate.column().to_owned());
    if !table.info().columns[at].kind.is_number() {
        return Err(refused());
    }
    match &*table.0.column(at)? {
        Stored::Codes { values, .. } | Stored::Parts(values) => {
            let of = values.iter().map(|value| value.number().unwrap_or(f64::NAN)).collect();
            Ok(Numbers { at, of })
        }
        Stored::Rows => Err(refused()),
        Stored::Ints(_) | Stored::Reals(_) => Ok(Numbers { at, of: Vec::new() }),
    }
}
