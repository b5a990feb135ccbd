//! Counts requests with an earlier one of the same type within 50 m and 7 days, and how many of them are shown as alike.
//! Usage: cargo run -p likeness --example duplicates -- [demo/requests.csv]
//!
//! Each request with coordinates is counted at most once, as the later of a pair; earlier is by the moment of opening, then by
//! the order of the file; 7 days are 7 × 86,400 seconds. What the earlier one became does not matter for the count; for the
//! engine an earlier one has ended when it was closed before the later was opened.

use likeness::{CANDIDATES_LIMIT, Candidate, Grid, Point, RADIUS_M, Report, alike, distance_m};
use std::{collections::BTreeMap, error::Error, io::Write as _};

/// A request of the file.
struct Row {
    number: String,
    category: String,
    place: Point,
    at: i64,
    closed: Option<i64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "demo/requests.csv".to_owned());
    let rows = read(&path)?;
    let mut cells: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let (mut repeated, mut shown, mut shown_repeated) = (0_u32, 0_u32, 0_u32);
    for (index, row) in rows.iter().enumerate() {
        let near = Grid::around(row.place, RADIUS_M);
        let earlier = near.iter().filter_map(|cell| cells.get(cell)).flatten().map(|at| &rows[*at]);
        let mut earlier: Vec<&Row> = earlier.collect();
        let is_repeat = earlier.iter().any(|one| {
            one.category == row.category && row.at - one.at <= 7 * 86_400 && distance_m(one.place, row.place) <= 50.0
        });
        earlier.sort_by_key(|one| -one.at);
        earlier.truncate(CANDIDATES_LIMIT);
        let candidates: Vec<_> = earlier.iter().map(|one| candidate(one, row.at)).collect();
        let is_shown = !alike(&report(row), &candidates)?.is_empty();
        repeated += u32::from(is_repeat);
        shown += u32::from(is_shown);
        shown_repeated += u32::from(is_repeat && is_shown);
        cells.entry(Grid::cell(row.place)).or_default().push(index);
    }
    let share = |count: u32| 100.0 * f64::from(count) / rows.len() as f64;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} requests with coordinates", rows.len())?;
    writeln!(out, "{repeated} ({:.1}%) have an earlier one of the same type within 50 m and 7 days", share(repeated))?;
    writeln!(
        out,
        "{shown_repeated} of these are shown at least one match; of all requests {shown} ({:.1}%) are",
        share(shown)
    )?;
    Ok(())
}

fn read(path: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    let mut reader = csv::Reader::from_path(path)?;
    let heads = reader.headers()?.clone();
    for line in reader.records() {
        let line = line?;
        let field =
            |name: &str| heads.iter().position(|head| head == name).and_then(|at| line.get(at)).unwrap_or_default();
        let (Ok(lat), Ok(long)) = (field("lat").parse::<f64>(), field("long").parse::<f64>()) else { continue };
        let second = |text: &str| text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second);
        rows.push(Row {
            number: field("source_number").to_owned(),
            category: field("type").to_owned(),
            place: Point { lat_micro: (lat * 1e6).round() as i64, long_micro: (long * 1e6).round() as i64 },
            at: second(field("opened_at"))?,
            closed: second(field("closed_at")).ok(),
        });
    }
    rows.sort_by_key(|row| row.at);
    Ok(rows)
}

fn report(row: &Row) -> Report<'_> {
    Report { category: &row.category, place: Some(row.place), address: "", text: "", at: row.at, photo: None }
}

fn candidate(row: &Row, now: i64) -> Candidate<'_> {
    Candidate { key: &row.number, report: report(row), ended: row.closed.is_some_and(|closed| closed <= now) }
}
