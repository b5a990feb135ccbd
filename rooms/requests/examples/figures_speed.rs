//! How long the figures take over a million requests when they are counted anew: from the requests, and from days in short.
//!
//! `cargo run --release -p requests --example figures_speed -- 1000000`; beside PostgreSQL with `scripts/with-postgres`.
//!
//! Requests were made over a year in 15 districts and 20 categories; 3 of 100 are never ended, the others end within 20 days, each is
//! promised within 10, every second was answered within a day, and one of a hundred was merged into an earlier one.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement needs a clock and a page"
)]

use civic::{Chance as _, SeededChance};
use database::{DbError, OffRecord, Tx, params};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};
use testing::{Plan, START, TestTown};

const BATCH: usize = 20_000;
const RUNS: usize = 5;

#[tokio::main]
async fn main() {
    let requests = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000_usize);
    let rooms = || vec![people::room(), places::room(), commons::room(), requests::room()];
    for town in testing::towns(&Plan { rooms, install: put, demo: false }) {
        println!("{:?}:", town.town.db().dialect());
        fill(&town, requests).await;
        ask(&town, "counted from the requests").await;
        let started = Instant::now();
        requests::renew_figures(&town.town).await.unwrap();
        println!("  days written in short, repeats counted, gaps watched in {:.1?}", started.elapsed());
        ask(&town, "counted from days in short").await;
        let started = Instant::now();
        requests::renew_figures(&town.town).await.unwrap();
        println!("  the same again, with six days written, in {:.1?}", started.elapsed());
    }
}

/// Asks for the figures when the last ones are too old, and again at once.
async fn ask(town: &TestTown, how: &str) {
    for (path, what) in [("/requests/figures", "page"), ("/requests/figures.json", "JSON")] {
        let (mut anew, mut kept) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            town.clock.advance_seconds(61);
            anew.push(timed(town, path).await);
            kept.push(timed(town, path).await);
        }
        println!("  {what}, {how}: {:.1?}; again at once {:.1?} (medians of {RUNS})", middle(anew), middle(kept));
    }
}

async fn timed(town: &TestTown, path: &str) -> Duration {
    let browser = town.browser();
    let started = Instant::now();
    browser.get(path).await.sees(axum::http::StatusCode::OK);
    started.elapsed()
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn put(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(requests::Books::load).unwrap());
}

/// Fifteen squares in a row.
fn districts() -> String {
    let mut features = String::new();
    for number in 0..15 {
        let (west, east) = (f64::from(number) * 0.1, f64::from(number + 1) * 0.1);
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(
            features,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"code\":\"d{number}\",\"name\":\"District {number}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{west:.1},50],[{east:.1},50],[{east:.1},50.1],[{west:.1},50.1],[{west:.1},50]]]}}}}"
        );
    }
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

async fn fill(town: &TestTown, requests: usize) {
    let agency = town.agency("all", "All").await.id.text();
    places::set_boundaries(&town.town, &testing::steward(), districts().as_bytes()).await.unwrap();
    let own = agency.clone();
    let categories = town.town.db().write(move |tx| {
        for kind in 0..20 {
            let sql = "insert into request_categories (code, organisation_id, position, active, definition) values ($1, $2, 1, true, $3)";
            let definition = r#"{"name":{"en":"x"},"description":{"en":"x"}}"#;
            tx.execute(sql, &params![&format!("kind-{kind}"), &own, definition])?;
        }
        tx.commit(OffRecord("a measurement"), ())
    });
    categories.await.map_err(|error: DbError| error).unwrap();
    let mut made = 0;
    while made < requests {
        let numbers = made..requests.min(made + BATCH);
        made = numbers.end;
        let agency = agency.clone();
        let batch = town.town.db().write(move |tx| {
            numbers.into_iter().try_for_each(|number| insert(tx, number, &agency))?;
            tx.commit(OffRecord("a measurement"), ())
        });
        batch.await.map_err(|error: DbError| error).unwrap();
    }
    requests::refresh_book(&town.town).await.unwrap();
}

fn insert(tx: &mut Tx<'_>, number: usize, agency: &str) -> Result<(), DbError> {
    let dice = SeededChance::new(number as u64);
    let below = |most: u64| {
        let mut bytes = [0_u8; 8];
        dice.fill(&mut bytes);
        u64::from_le_bytes(bytes) % most
    };
    let sql = "insert into requests (id, code, category, organisation_id, district, address, description, attributes, source, reporter, \
               state, state_at, state_text, opened_at, updated_at, closed_at, due_at, answered_at, duplicate_of, version) \
               values ($1, $2, $3, $4, $5, 'MAIN ST', '', '{}', 'web', 'visitor', $6, $7, '', $7, $7, $8, $9, $10, $11, 1)";
    let opened = START.plus_seconds(-(below(365 * 86_400) as i64));
    let closed = opened.plus_seconds(below(20 * 86_400) as i64);
    let closed = (below(100) >= 3 && closed < START).then_some(closed);
    let answered = closed.filter(|_| below(2) == 0).map(|_| opened.plus_seconds(below(86_400) as i64));
    let merged = (number > 1_000 && below(100) == 0).then(|| format!("R-{:06}", below(1_000)));
    let state = match (&merged, closed) {
        (Some(_), _) => "duplicate",
        (None, Some(_)) => "resolved",
        (None, None) => "received",
    };
    let (id, code) = (format!("id-{number:09}"), format!("R-{number:06}"));
    let (kind, district) = (format!("kind-{}", below(20)), format!("d{}", below(15)));
    let values = params![
        &id,
        &code,
        &kind,
        agency,
        &district,
        state,
        opened.micros(),
        closed.map(|at| at.micros()),
        opened.plus_days(10).micros(),
        answered.map(|at| at.micros()),
        merged.as_deref()
    ];
    tx.execute(sql, &values).map(|_| ())
}
