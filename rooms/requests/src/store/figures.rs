//! What the figures are counted from: days in short where nothing has changed since they were written, else the requests themselves.

use crate::figures::{
    Counting, Figures, ReportingCell, Seen,
    block::{self, ByCell, Counted, DAY_MICROS},
    gaps::{Measure, OpenGap, Sign},
};
use civic::Moment;
use database::{DbError, Param, Row, Tx, params};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// How far before the newest report the figures begin, in days.
pub const FIGURE_DAYS: i64 = 365;
/// Which reports count.
const COUNTED: &str = "source <> 'agency' and state not in ('withdrawn', 'duplicate')";
/// Codes in one statement.
const CODES_AT_ONCE: usize = 200;
/// Merges one report may lie behind another; see `duplicates::root_of`.
const DEPTH_LIMIT: i64 = 50;

/// Reads what residents reported in the year up to the newest report; days are those of this zone.
pub fn read_figures(tx: &mut Tx<'_>, now: Moment, zone: &TimeZone) -> Result<Figures, DbError> {
    let first = first_day(super::newest_at(tx)?.unwrap_or(now));
    let mut counting = Counting::new(now, first);
    each_day(tx, first, |district, category, reports| counting.add(district, category, reports))?;
    Ok(counting.finish(zone, reporting(tx)?, open_gaps(tx)?))
}

fn first_day(newest: Moment) -> i64 {
    newest.micros().div_euclid(DAY_MICROS) - FIGURE_DAYS
}

/// Every counted report since a day, by district and category.
pub fn each_day(
    tx: &mut Tx<'_>,
    from: i64,
    mut take: impl FnMut(&str, &str, &mut dyn Iterator<Item = Counted>),
) -> Result<(), DbError> {
    let sql = "select d.day, d.block from figure_days d left join figure_days_changed c on c.day = d.day \
               where d.day >= $1 and c.day is null order by d.day";
    let mut written = Vec::new();
    tx.each(sql, &[Param::Int(from)], |row| {
        let (day, block): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if block::read(day, &block, |_, _, _| ()) {
            block::read(day, &block, &mut take);
            written.push(day);
        }
        Ok(())
    })?;
    // What lies between the days that are written is read from the requests.
    let ends = written.iter().copied().chain([i64::MAX / DAY_MICROS]);
    let begins = std::iter::once(from).chain(written.iter().map(|day| day + 1));
    let mut cells = ByCell::new();
    for (begin, end) in begins.zip(ends).filter(|(begin, end)| begin < end) {
        read_rows(tx, begin, end, &mut cells)?;
    }
    for ((district, category), reports) in &cells {
        take(district, category, &mut reports.iter().copied());
    }
    Ok(())
}

/// Reads the counted reports of the days from one to before another.
fn read_rows(tx: &mut Tx<'_>, begin: i64, end: i64, cells: &mut ByCell) -> Result<(), DbError> {
    let sql = format!(
        "select coalesce(district, ''), category, opened_at, closed_at, due_at, answered_at, first_due_at, broken_at from requests \
         where opened_at >= $1 and opened_at < $2 and {COUNTED}"
    );
    tx.each(&sql, &[Param::Int(begin * DAY_MICROS), Param::Int(end * DAY_MICROS)], |row| {
        cells.entry((row.get(0)?, row.get(1)?)).or_default().push(Counted::of(&seen(&row, 2)?));
        Ok(())
    })
}

fn seen(row: &Row, at: usize) -> Result<Seen, DbError> {
    let moment = |index| Ok::<_, DbError>(row.get::<Option<i64>>(index)?.map(Moment));
    Ok(Seen {
        opened_at: Moment(row.get(at)?),
        closed_at: moment(at + 1)?,
        due_at: moment(at + 2)?,
        answered_at: moment(at + 3)?,
        first_due_at: moment(at + 4)?,
        broken_at: moment(at + 5)?,
    })
}

/// Notes that the days of these requests changed, as of this place in the record.
pub fn mark_days(tx: &mut Tx<'_>, codes: &BTreeSet<&str>, position: i64) -> Result<(), DbError> {
    let codes: Vec<&str> = codes.iter().copied().collect();
    for some in codes.chunks(CODES_AT_ONCE) {
        let places: Vec<String> = (2..some.len() + 2).map(|number| format!("${number}")).collect();
        let sql = format!(
            "insert into figure_days_changed (day, position) \
             select distinct opened_at / {DAY_MICROS}, cast($1 as bigint) from requests where code in ({}) \
             on conflict (day) do update set position = excluded.position",
            places.join(", ")
        );
        let mut values = vec![Param::Int(position)];
        values.extend(some.iter().map(|code| Param::Text(code)));
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// The days to write: those that changed and those never written, up to the newest report's; and some that were written longest ago.
pub fn days_to_write(tx: &mut Tx<'_>, again: i64) -> Result<BTreeSet<i64>, DbError> {
    let Some(newest) = super::newest_at(tx)? else { return Ok(BTreeSet::new()) };
    let (first, last) = (first_day(newest), newest.micros().div_euclid(DAY_MICROS));
    let mut days = days_of(tx, "select day from figure_days_changed where day >= $1", &[Param::Int(first)])?;
    let written = days_of(tx, "select day from figure_days where day >= $1", &[Param::Int(first)])?;
    days.extend((first..=last).filter(|day| !written.contains(day)));
    let sql = "select day from figure_days where day >= $1 order by built_at, day limit $2";
    days.extend(days_of(tx, sql, &[Param::Int(first), Param::Int(again)])?);
    Ok(days)
}

fn days_of(tx: &mut Tx<'_>, sql: &str, values: &[Param<'_>]) -> Result<BTreeSet<i64>, DbError> {
    tx.query(sql, values)?.iter().map(|row| row.get(0)).collect()
}

/// The reports of a day, and the place in the record up to which its changes were known before they were read.
pub fn read_day(tx: &mut Tx<'_>, day: i64) -> Result<(i64, ByCell), DbError> {
    let marked = tx.query_opt("select position from figure_days_changed where day = $1", &params![day])?;
    let position = marked.map_or(Ok(-1), |row| row.get(0))?;
    let mut cells = ByCell::new();
    read_rows(tx, day, day + 1, &mut cells)?;
    Ok((position, cells))
}

/// Keeps a day in short, and takes its mark away unless it was marked again meanwhile.
pub fn keep_day(tx: &mut Tx<'_>, day: i64, now: Moment, block: &[u8], seen: i64) -> Result<(), DbError> {
    let sql = "insert into figure_days (day, built_at, block) values ($1, $2, $3) \
               on conflict (day) do update set built_at = excluded.built_at, block = excluded.block";
    tx.execute(sql, &params![day, now.micros(), block])?;
    tx.execute("delete from figure_days_changed where day = $1 and position <= $2", &params![day, seen]).map(|_| ())
}

/// Counts how often the matters of the last year were reported again: by reports that were merged into theirs, and by “me too”.
pub fn count_reporting(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<ReportingCell>, DbError> {
    let from = first_day(super::newest_at(tx)?.unwrap_or(now));
    let watched = i64::try_from(reporting::WATCHED_MOST_SECONDS).unwrap_or(i64::MAX);
    let now_second = now.micros().div_euclid(1_000_000);
    let mut cells = BTreeMap::<(String, String), (i64, i64, i64)>::new();
    each_day(tx, from, |district, category, reports| {
        let cell = cells.entry((district.to_owned(), category.to_owned())).or_default();
        for report in reports {
            let until = report.took.map_or(now_second - report.opened_at, i64::from);
            *cell = (cell.0 + 1, cell.1 + until.clamp(0, watched), cell.2);
        }
    })?;
    // `cross join`, because SQLite then goes from the few repeats to their requests by index, and not through all requests.
    let sql = format!(
        "with recursive said (root, at, depth) as ( \
           select duplicate_of, opened_at, 1 from requests where duplicate_of is not null \
           union all \
           select coalesce(r.duplicate_of, r.code), s.at, 1 from request_supporters s cross join requests r where r.id = s.request_id \
         ), followed (root, at, depth) as ( \
           select root, at, depth from said \
           union all \
           select r.duplicate_of, f.at, f.depth + 1 from followed f cross join requests r \
           where r.code = f.root and r.duplicate_of is not null and f.depth < {DEPTH_LIMIT} \
         ) \
         select coalesce(r.district, ''), r.category, r.opened_at, r.closed_at, f.at \
         from followed f cross join requests r \
         where r.code = f.root and r.duplicate_of is null and r.opened_at >= $1 and r.{COUNTED}",
    );
    tx.each(&sql, &[Param::Int(from * DAY_MICROS)], |row| {
        let (opened, closed, at): (i64, Option<i64>, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let end = closed.unwrap_or(now.micros()).min(opened.saturating_add(watched.saturating_mul(1_000_000)));
        if opened < at && at <= end {
            cells.entry((row.get(0)?, row.get(1)?)).or_default().2 += 1;
        }
        Ok(())
    })?;
    let cell = |((district, category), (matters, watched_seconds, repeats))| ReportingCell {
        district,
        category,
        matters,
        watched_seconds,
        repeats,
    };
    Ok(cells.into_iter().map(cell).collect())
}

/// Keeps the counts of repeats in place of those before.
pub fn keep_reporting(tx: &mut Tx<'_>, cells: &[ReportingCell]) -> Result<(), DbError> {
    tx.execute("delete from figure_reporting", &[])?;
    let sql = "insert into figure_reporting (district, category, matters, watched_seconds, repeats) values ($1, $2, $3, $4, $5)";
    for cell in cells {
        tx.execute(sql, &params![&cell.district, &cell.category, cell.matters, cell.watched_seconds, cell.repeats])?;
    }
    Ok(())
}

fn reporting(tx: &mut Tx<'_>) -> Result<Vec<ReportingCell>, DbError> {
    let sql = "select district, category, matters, watched_seconds, repeats from figure_reporting order by district, category";
    let cell = |row: &Row| {
        Ok(ReportingCell {
            district: row.get(0)?,
            category: row.get(1)?,
            matters: row.get(2)?,
            watched_seconds: row.get(3)?,
            repeats: row.get(4)?,
        })
    };
    tx.query(sql, &[])?.iter().map(cell).collect()
}

/// The gaps that are open.
pub fn open_gaps(tx: &mut Tx<'_>) -> Result<Vec<OpenGap>, DbError> {
    let gap = |row: &Row| {
        let sign = Sign {
            measure: Measure::of(&row.get::<String>(5)?),
            value: row.get(2)?,
            low: row.get(3)?,
            high: row.get(4)?,
            // Gaps that were open before it was kept have 0; a comparison of none would have opened none.
            n: u64::try_from(row.get::<i64>(6)?).ok().filter(|n| *n > 0),
        };
        Ok(OpenGap { district: row.get(0)?, opened_at: Moment(row.get(1)?), sign })
    };
    let sql = "select district, opened_at, ratio, low, high, measure, n from figure_gaps order by opened_at, district";
    tx.query(sql, &[])?.iter().map(gap).collect()
}

/// Opens a gap. Returns whether it was not open.
pub fn open_gap(tx: &mut Tx<'_>, gap: &OpenGap) -> Result<bool, DbError> {
    let sql = "insert into figure_gaps (district, opened_at, ratio, low, high, measure, n) values ($1, $2, $3, $4, $5, $6, $7) \
               on conflict do nothing";
    let Sign { measure, value, low, high, n } = gap.sign;
    let n = n.map_or(0, |n| i64::try_from(n).unwrap_or(i64::MAX));
    let values = params![&gap.district, gap.opened_at.micros(), value, low, high, measure.as_str(), n];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Closes it. Returns whether it was open.
pub fn close_gap(tx: &mut Tx<'_>, district: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from figure_gaps where district = $1", &params![district])? == 1)
}
