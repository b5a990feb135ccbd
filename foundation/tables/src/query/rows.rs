//! Rows in their order: which they are, and the cells of some.

use super::{
    PAGE_LIMIT, in_parts,
    plan::{Plan, Sort},
    selection::Selection,
};
use crate::{ColumnKind, Refused, Table, Value, columns::Stored, ingest::quoted};
use rusqlite::{Connection, types::ValueRef};
use std::cmp::Ordering;

/// Rows that are passed over in an order: they must be put in order to be passed over.
const SORTED_OFFSET_LIMIT: usize = 100_000;

/// The numbers (from 1) of the rows of a page, and that of the last of them when there are more.
pub(super) fn page(table: &Table, chosen: &Selection, plan: &Plan) -> Result<(Vec<u64>, Option<u64>), Refused> {
    let limit = plan.limit.min(PAGE_LIMIT);
    let wanted = limit + 1;
    let mut found = match &plan.sort {
        None => {
            let first = plan.after.map_or(0, |after| usize::try_from(after).unwrap_or(usize::MAX));
            chosen.from(first).skip(plan.offset).take(wanted).collect()
        }
        Some(_) if plan.offset > SORTED_OFFSET_LIMIT => {
            return Err(Refused::TooFarInOrder { most: SORTED_OFFSET_LIMIT });
        }
        Some(sort) => sorted(table, chosen, sort, plan, Some(wanted + plan.offset))?.split_off_from(plan.offset),
    };
    let more = found.len() > limit;
    found.truncate(limit);
    let numbers: Vec<u64> = found.iter().map(|row| *row as u64 + 1).collect();
    let next = if more { numbers.last().copied() } else { None };
    Ok((numbers, next))
}

trait SplitOffFrom {
    fn split_off_from(self, at: usize) -> Self;
}

impl SplitOffFrom for Vec<usize> {
    fn split_off_from(mut self, at: usize) -> Self {
        let at = at.min(self.len());
        self.split_off(at)
    }
}

/// The chosen rows in an order, behind `plan.after`; the first `most` of them.
pub(super) fn sorted(
    table: &Table,
    chosen: &Selection,
    sort: &Sort,
    plan: &Plan,
    most: Option<usize>,
) -> Result<Vec<usize>, Refused> {
    let at = table.place(&sort.column)?;
    let column = table.0.column(at)?;
    let after = plan.after.and_then(|after| usize::try_from(after.checked_sub(1)?).ok());
    // Behind a row that is not there nothing comes.
    if plan.after.is_some_and(|after| after > table.info().rows) {
        return Ok(Vec::new());
    }
    if let Stored::Rows = &*column {
        return sorted_by_rows(table, chosen, sort, after, most);
    }
    if table.0.is_large() {
        return in_parts::sorted(table, chosen, (at, sort.descending), after, most);
    }
    let compare = |one: &usize, two: &usize| order(&column, sort.descending, *one, *two).then(one.cmp(two));
    let mut rows = Vec::new();
    chosen.each(|row| {
        if after.is_none_or(|after| compare(&row, &after).is_gt()) {
            rows.push(row);
        }
    });
    if let Some(most) = most.filter(|most| *most < rows.len()) {
        rows.select_nth_unstable_by(most, compare);
        rows.truncate(most);
    }
    rows.sort_unstable_by(compare);
    Ok(rows)
}

/// Which of two rows comes first; rows with nothing come last in either direction.
fn order(column: &Stored, descending: bool, one: usize, two: usize) -> Ordering {
    let directed = |order: Ordering| if descending { order.reverse() } else { order };
    match column {
        Stored::Codes { values, codes } => {
            let (one, two) = (usize::from(codes[one]), usize::from(codes[two]));
            nothing_last(values[one] == Value::Null, values[two] == Value::Null, || directed(one.cmp(&two)))
        }
        Stored::Ints(all) => {
            nothing_last(all[one] == i64::MIN, all[two] == i64::MIN, || directed(all[one].cmp(&all[two])))
        }
        Stored::Reals(all) => {
            nothing_last(all[one].is_nan(), all[two].is_nan(), || directed(all[one].total_cmp(&all[two])))
        }
        Stored::Rows | Stored::Parts(_) => Ordering::Equal,
    }
}

fn nothing_last(one: bool, two: bool, order: impl FnOnce() -> Ordering) -> Ordering {
    match (one, two) {
        (false, false) => order(),
        _ => one.cmp(&two),
    }
}

/// The same where the values are not in memory.
fn sorted_by_rows(
    table: &Table,
    chosen: &Selection,
    sort: &Sort,
    after: Option<usize>,
    most: Option<usize>,
) -> Result<Vec<usize>, Refused> {
    let (name, direction) = (quoted(&sort.column), if sort.descending { "desc" } else { "asc" });
    let mut rows = Vec::new();
    let mut passed = after.is_none();
    table.0.with(|connection| {
        let sql = format!("select _id from data order by {name} is null, {name} {direction}, _id");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut walked = statement.query([])?;
        while let Some(row) = walked.next()? {
            let row = usize::try_from(row.get::<_, i64>(0)? - 1).unwrap_or(usize::MAX);
            if passed && chosen.has(row) {
                rows.push(row);
                if most.is_some_and(|most| rows.len() >= most) {
                    break;
                }
            }
            passed |= after == Some(row);
        }
        Ok(())
    })?;
    Ok(rows)
}

/// The cells of these rows, in the order asked for; those that are not there are left out.
pub(crate) fn fetch(table: &Table, numbers: &[u64]) -> Result<Vec<(u64, Vec<Value>)>, Refused> {
    if table.0.is_large() {
        return in_parts::fetch(table, numbers);
    }
    table.0.with(|connection| fetch_on(connection, table, numbers))
}

/// The same on a connection, where the table is in one piece.
pub(super) fn fetch_on(
    connection: &Connection,
    table: &Table,
    numbers: &[u64],
) -> Result<Vec<(u64, Vec<Value>)>, Refused> {
    let columns = &table.info().columns;
    let mut statement = connection.prepare_cached("select * from data where _id = ?1")?;
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rows = statement.query([i64::try_from(*number).unwrap_or(-1)])?;
        if let Some(row) = rows.next()? {
            let cell = |at: usize| row.get_ref(at + 1).map(|cell| value(cell, columns[at].kind));
            found.push((*number, (0..columns.len()).map(cell).collect::<Result<Vec<_>, _>>()?));
        }
    }
    Ok(found)
}

/// A cell of the file as a value of its column.
pub(super) fn value(cell: ValueRef<'_>, kind: ColumnKind) -> Value {
    match cell {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(value) if kind == ColumnKind::Boolean => Value::Bool(value != 0),
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
    }
}
