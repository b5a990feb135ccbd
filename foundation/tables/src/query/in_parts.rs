//! Rows of tables whose columns are in parts: put together from the parts in which they are, in memory no more than a part of each column.

use super::selection::Selection;
use crate::{
    Refused, Table, Value,
    columns::{Stored, int, real},
};
use rusqlite::Connection;
use std::{collections::BTreeMap, sync::Arc};

/// Rows that are put in order to be handed on one after another.
const ORDER_LIMIT: usize = 1_000_000;
/// Rows that are gathered at once in an order: for these each part is read once.
const GATHERED_ROWS: usize = 200_000;
/// Cells that are gathered so, of eight bytes at most; where there are many columns, these are fewer rows.
const GATHERED_CELLS: usize = 4_000_000;

/// Bytes of the texts of one page: in the parts a long word stands once, and in a page in each of its rows.
const FETCHED_BYTES: usize = 64 * 1024 * 1024;

/// What a row is put in order by: whether it holds nothing, its value, its number.
type Key = (bool, u64, usize);

/// The first `most` of the chosen rows in an order, behind the row `after`; without `most`, all of them where they are not too many.
pub(super) fn sorted(
    table: &Table,
    chosen: &Selection,
    (at, descending): (usize, bool),
    after: Option<usize>,
    most: Option<usize>,
) -> Result<Vec<usize>, Refused> {
    let too_many = || Refused::TooManyInOrder { most: ORDER_LIMIT };
    let found = usize::try_from(chosen.count()).unwrap_or(usize::MAX);
    let most = most.unwrap_or(found).min(found);
    if most > ORDER_LIMIT {
        return Err(too_many());
    }
    let (parts, part_rows) = table.0.parts();
    let nothing_at = match &*table.0.column(at)? {
        Stored::Parts(values) => values.iter().position(|value| *value == Value::Null),
        _ => None,
    };
    let key = |stored: &Stored, first: usize, row: usize| {
        let (is_nothing, value) = order(stored, row, nothing_at);
        (is_nothing, if descending && !is_nothing { !value } else { value }, first + row)
    };
    let after = after.map(|after| {
        let part = after / part_rows;
        table.part(at, part).map(|stored| key(&stored, part * part_rows, after % part_rows))
    });
    let after = after.transpose()?;
    let mut best: Vec<Key> = Vec::new();
    let mut worst: Option<Key> = None;
    for part in 0..parts {
        let first = part * part_rows;
        if !chosen.has_any(first, part_rows) {
            continue;
        }
        let stored = table.part(at, part)?;
        chosen.each_within(first, part_rows, |row| {
            let key = key(&stored, first, row);
            if after.is_none_or(|after| key > after) && worst.is_none_or(|worst| key < worst) {
                best.push(key);
            }
        });
        if best.len() > most {
            best.select_nth_unstable(most);
            best.truncate(most);
            worst = best.iter().max().copied();
        }
    }
    best.sort_unstable();
    Ok(best.into_iter().map(|(.., row)| row).collect())
}

/// Numbers in the order of the values: whether there is nothing, and where the value is.
fn order(stored: &Stored, row: usize, nothing_at: Option<usize>) -> (bool, u64) {
    const HIGHEST: u64 = 1 << 63;
    match stored {
        Stored::Codes { codes, .. } if Some(usize::from(codes[row])) == nothing_at => (true, 0),
        Stored::Codes { codes, .. } => (false, u64::from(codes[row])),
        Stored::Ints(all) if all[row] == i64::MIN => (true, 0),
        Stored::Ints(all) => (false, all[row].cast_unsigned() ^ HIGHEST),
        Stored::Reals(all) if all[row].is_nan() => (true, 0),
        Stored::Reals(all) => {
            // As f64::total_cmp orders them.
            let bits = all[row].to_bits();
            (false, if bits & HIGHEST == 0 { bits | HIGHEST } else { !bits })
        }
        Stored::Rows | Stored::Parts(_) => (true, 0),
    }
}

/// The cells of these rows, in the order asked for; those that are not there are left out. Each part is read once.
pub(super) fn fetch(table: &Table, numbers: &[u64]) -> Result<Vec<(u64, Vec<Value>)>, Refused> {
    let (_, part_rows) = table.0.parts();
    let rows = table.info().rows;
    let mut by_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut found: Vec<(u64, Vec<Value>)> =
        numbers.iter().filter(|number| (1..=rows).contains(*number)).map(|number| (*number, Vec::new())).collect();
    for (place, (number, _)) in found.iter().enumerate() {
        by_part.entry(row_of(*number) / part_rows).or_default().push(place);
    }
    let mut bytes = 0;
    for (part, places) in by_part {
        for column in 0..table.info().columns.len() {
            let stored = table.part(column, part)?;
            for place in &places {
                let (number, cells) = &mut found[*place];
                let value = value(&stored, row_of(*number) % part_rows);
                bytes += if let Value::Text(text) = &value { text.len() } else { 0 };
                if bytes > FETCHED_BYTES {
                    return Err(Refused::LargeRows { most_mib: FETCHED_BYTES / 1024 / 1024 });
                }
                cells.push(value);
            }
        }
    }
    Ok(found)
}

fn row_of(number: u64) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// Every chosen row in the order of the file.
pub(super) fn scan(
    connection: &Connection,
    table: &Table,
    chosen: Option<&Selection>,
    mut take: impl FnMut(u64, &[Value]) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let (parts, part_rows) = table.0.parts();
    let rows = usize::try_from(table.info().rows).unwrap_or(usize::MAX);
    let mut cells = Vec::new();
    for part in 0..parts {
        let first = part * part_rows;
        if chosen.is_some_and(|chosen| !chosen.has_any(first, part_rows)) {
            continue;
        }
        let columns = 0..table.info().columns.len();
        let columns: Vec<Arc<Stored>> =
            columns.map(|at| table.0.part_on(connection, at, part)).collect::<Result<_, _>>()?;
        for row in 0..part_rows.min(rows - first) {
            if chosen.is_some_and(|chosen| !chosen.has(first + row)) {
                continue;
            }
            cells.clear();
            cells.extend(columns.iter().map(|column| value(column, row)));
            take((first + row) as u64 + 1, &cells)?;
        }
    }
    Ok(())
}

/// Rows (counted from 0) in an order of their own: so many at once that each part is read a few times, and kept as they are in the parts.
pub(super) fn in_order(
    connection: &Connection,
    table: &Table,
    rows: &[usize],
    mut take: impl FnMut(u64, &[Value]) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let columns = table.info().columns.len();
    let mut cells = Vec::with_capacity(columns);
    for rows in rows.chunks((GATHERED_CELLS / columns.max(1)).clamp(1_000, GATHERED_ROWS)) {
        let mut places: Vec<usize> = (0..rows.len()).collect();
        places.sort_unstable_by_key(|place| rows[*place]);
        let gathered: Vec<Stored> =
            (0..columns).map(|at| gather(connection, table, at, rows, &places)).collect::<Result<_, _>>()?;
        for (place, row) in rows.iter().enumerate() {
            cells.clear();
            cells.extend(gathered.iter().map(|column| value(column, place)));
            take(*row as u64 + 1, &cells)?;
        }
    }
    Ok(())
}

/// A column of these rows alone, in their order; `places` are where each of them is in it, in the order of the file.
fn gather(
    connection: &Connection,
    table: &Table,
    at: usize,
    rows: &[usize],
    places: &[usize],
) -> Result<Stored, Refused> {
    let (_, part_rows) = table.0.parts();
    let mut gathered = None;
    for places in places.chunk_by(|one, other| rows[*one] / part_rows == rows[*other] / part_rows) {
        let part = rows[places[0]] / part_rows;
        let stored = table.0.part_on(connection, at, part)?;
        let pairs = places.iter().map(|place| (*place, rows[*place] - part * part_rows));
        match (gathered.get_or_insert_with(|| like(&stored, rows.len())), &*stored) {
            (Stored::Codes { codes: to, .. }, Stored::Codes { codes, .. }) => {
                pairs.for_each(|(place, row)| to[place] = codes[row]);
            }
            (Stored::Ints(to), Stored::Ints(from)) => pairs.for_each(|(place, row)| to[place] = from[row]),
            (Stored::Reals(to), Stored::Reals(from)) => pairs.for_each(|(place, row)| to[place] = from[row]),
            _ => return Err(Refused::Storage("the parts of a column are not alike".to_owned())),
        }
    }
    Ok(gathered.unwrap_or(Stored::Rows))
}

/// Room for so many rows of a column that is kept so.
fn like(stored: &Stored, rows: usize) -> Stored {
    match stored {
        Stored::Codes { values, .. } => Stored::Codes { values: Arc::clone(values), codes: vec![0; rows] },
        Stored::Ints(_) => Stored::Ints(vec![i64::MIN; rows]),
        Stored::Reals(_) => Stored::Reals(vec![f64::NAN; rows]),
        Stored::Rows | Stored::Parts(_) => Stored::Rows,
    }
}

fn value(stored: &Stored, row: usize) -> Value {
    match stored {
        Stored::Codes { values, codes } => values[usize::from(codes[row])].clone(),
        Stored::Ints(all) => int(all[row]),
        Stored::Reals(all) => real(all[row]),
        Stored::Rows | Stored::Parts(_) => Value::Null,
    }
}
