//! What is asked of a collection. Pure.

use super::time_column;
use civic::Moment;
use tables::{ColumnKind, Condition, Op, Plan, TableInfo};

/// Features of a page unless asked otherwise, and at most.
const PAGE: usize = 100;
const PAGE_LIMIT: usize = 10_000;
/// Features that may be passed over.
const OFFSET_LIMIT: usize = 100_000_000;

/// A question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// To the table.
    pub plan: Plan,
}

impl Asked {
    /// Reads it: every parameter must be known and readable.
    ///
    /// # Errors
    /// A sentence in English for the first that is not.
    pub(super) fn read(pairs: &[(String, String)], info: &TableInfo) -> Result<Self, String> {
        let mut plan = Plan { limit: PAGE, ..Plan::default() };
        for (name, value) in pairs {
            match name.as_str() {
                // The only form there is.
                "f" if value == "json" || value == "geojson" => {}
                "f" => return Err(format!("f: there is no form “{}”.", short(value))),
                "limit" => {
                    let limit = value.parse::<usize>().ok().filter(|limit| *limit > 0);
                    plan.limit = limit.ok_or("limit: write a whole number from 1 on.")?.min(PAGE_LIMIT);
                }
                "offset" => {
                    let offset = value.parse::<usize>().ok().filter(|offset| *offset <= OFFSET_LIMIT);
                    plan.offset = offset.ok_or("offset: write a whole number from 0 on.")?;
                }
                "bbox" if info.bounds.is_some() => plan.within = Some(box_of(value)?),
                "bbox" => plan.conditions.extend(in_box(value, info)?),
                "bbox-crs" | "crs" if value == super::CRS84 => {}
                "datetime" => plan.conditions.extend(in_time(value, info)?),
                column if info.column(column).is_some() => {
                    plan.conditions.push(is(column, Op::Is, value.clone()));
                }
                _ => return Err(format!("There is no parameter “{}”.", short(name))),
            }
        }
        if plan.conditions.len() > 20 {
            return Err("At most 20 conditions.".to_owned());
        }
        Ok(Self { plan })
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

fn is(column: &str, op: Op, value: String) -> Condition {
    Condition { column: column.to_owned(), op, values: vec![value] }
}

fn wrong() -> String {
    "bbox: write west,south,east,north in degrees.".to_owned()
}

/// A box of four numbers, or of six with heights, which nothing here has.
fn box_of(text: &str) -> Result<[f64; 4], String> {
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let (west, south, east, north) = match numbers[..] {
        [west, south, east, north] | [west, south, _, east, north, _] => (west, south, east, north),
        _ => return Err(wrong()),
    };
    if !numbers.iter().all(|number| number.is_finite()) || south > north {
        return Err(wrong());
    }
    if west > east {
        return Err("bbox: a box across the 180th meridian is not answered here; ask for two.".to_owned());
    }
    Ok([west, south, east, north])
}

/// Points in a box.
fn in_box(text: &str, info: &TableInfo) -> Result<Vec<Condition>, String> {
    let [west, south, east, north] = box_of(text)?;
    let (lat, long) = info.point.ok_or_else(wrong)?;
    let (lat, long) = (&info.columns[lat].name, &info.columns[long].name);
    Ok(vec![
        is(long, Op::AtLeast, west.to_string()),
        is(long, Op::AtMost, east.to_string()),
        is(lat, Op::AtLeast, south.to_string()),
        is(lat, Op::AtMost, north.to_string()),
    ])
}

/// Rows at a moment, or between two, of which one may be open. Without a column of time every row is at any time.
fn in_time(text: &str, info: &TableInfo) -> Result<Vec<Condition>, String> {
    let wrong = || "datetime: write a moment, or an interval as 2026-01-01T00:00:00Z/..".to_owned();
    let is_open = |end: &str| end.is_empty() || end == "..";
    let (from, until) = text.split_once('/').unwrap_or((text, text));
    let read = |end: &str| if is_open(end) { Some(None) } else { moment(end).map(Some) };
    let (Some(first), Some(last)) = (read(from), read(until)) else { return Err(wrong()) };
    if (first.is_none() && last.is_none()) || first.zip(last).is_some_and(|(first, last)| first > last) {
        return Err(wrong());
    }
    let Some(column) = time_column(info).map(|at| &info.columns[at]) else { return Ok(Vec::new()) };
    // A column of days is compared by days; a day that ends an interval of moments is whole.
    let written = |op: Op, end: &str| match (column.kind, moment(end)) {
        (ColumnKind::Date, _) => end.chars().take(10).collect(),
        (_, Some(at)) if op == Op::AtMost && !end.contains('T') => at.plus_seconds(86_399).rfc3339(),
        (_, at) => at.map(Moment::rfc3339).unwrap_or_default(),
    };
    let ends = [(Op::AtLeast, from), (Op::AtMost, until)];
    Ok(ends
        .into_iter()
        .filter(|(_, end)| !is_open(end))
        .map(|(op, end)| is(&column.name, op, written(op, end)))
        .collect())
}

/// A moment (RFC 3339) or a day.
fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text).ok().or_else(|| Moment::parse(&format!("{text}T00:00:00Z")).ok())
}

/// A value of a column of time as an instant.
pub(super) fn instant(text: &str) -> String {
    match (text.len(), text.contains('T')) {
        (10, false) => format!("{text}T00:00:00Z"),
        (_, true) if !text.ends_with('Z') => format!("{text}Z"),
        _ => text.to_owned(),
    }
}
