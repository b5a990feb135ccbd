//! How long the list of proposals takes through the whole service, filtered, searched, sorted and paged.
//!
//! `cargo run --release -p participation --example list_speed -- 10000`; beside PostgreSQL with `scripts/with-postgres`.
//!
//! Proposals are of four processes, 15 districts and 5 categories, in all states, with words drawn from a small language.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement needs a clock and a page"
)]

use civic::{Chance as _, LocalText, SeededChance, Subject};
use commons::search::{Document, put};
use database::{DbError, OffRecord, Tx, params};
use participation::{Definition, PROPOSAL, Process, Rules, Template};
use std::time::{Duration, Instant};
use testing::{Plan, START, TestTown};

const ASKED: usize = 200;
const WORDS: [&str; 12] = [
    "bench", "shade", "school", "lamp", "street", "garden", "library", "water", "crossing", "market", "music", "bridge",
];
const ADDRESSES: [&str; 8] = [
    "/proposals",
    "/proposals?process=budget-2&sort=supported",
    "/proposals?sort=discussed&state=open",
    "/proposals?sort=random&seed=4711",
    "/proposals?process=budget-1&category=green&sort=supported",
    "/proposals?q=bench+shade",
    "/proposals?q=bridge&state=feasible&sort=supported",
    "/proposals.json?sort=newest&limit=50",
];

#[tokio::main]
async fn main() {
    let many = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000_i64);
    let rooms = || vec![people::room(), places::room(), commons::room(), participation::room()];
    let install = |db: &database::Db, installed: &mut web::town::Installed| {
        installed.add(db.read_blocking(places::Districts::load).unwrap());
    };
    for town in testing::towns(&Plan { rooms, install, demo: false }) {
        println!("{:?}, {many} proposals, {ASKED} times each:", town.town.db().dialect());
        fill(&town, many).await;
        for address in ADDRESSES {
            ask(&town, address).await;
        }
    }
}

async fn ask(town: &TestTown, address: &str) {
    let browser = town.browser();
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..ASKED {
        // Each is asked anew, so that nothing remembered answers.
        let mark = if address.contains('?') { '&' } else { '?' };
        let path = format!("{address}{mark}asked={number}");
        let started = Instant::now();
        browser.get(&path).await.sees(axum::http::StatusCode::OK);
        times.push(started.elapsed());
    }
    times.sort_unstable();
    println!("  {address}: middle {:.1?}, 99 of 100 within {:.1?}", times[ASKED / 2], times[ASKED * 99 / 100]);
}

async fn fill(town: &TestTown, many: i64) {
    let written = town.town.db().write(move |tx| {
        for number in 0..4 {
            process(tx, &format!("budget-{number}"))?;
        }
        let chance = SeededChance::new(5);
        (0..many).try_for_each(|number| proposal(tx, number, &chance))?;
        tx.commit(OffRecord("a measurement"), ())
    });
    written.await.map_err(|error: DbError| error).unwrap();
}

fn process(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    let definition = Definition {
        title: LocalText::plain(code),
        summary: LocalText::plain(code),
        about: None,
        phases: Vec::new(),
        categories: Vec::new(),
        districts: Vec::new(),
        budget_cents: None,
        rules: Rules::default(),
    };
    let process = Process {
        code: code.to_owned(),
        template: Template::Budget,
        definition,
        organisation: None,
        published_at: Some(START),
        made_at: START,
        updated_at: START,
        version: 1,
    };
    let definition = serde_json::to_string(&process.definition).map_err(|error| DbError::Other(error.to_string()))?;
    let at = START.micros();
    let sql = "insert into processes (code, template, definition, published_at, opens_at, closes_at, made_at, updated_at, version) \
               values ($1, 'budget', $2, $3, $3, $3, $3, $3, 1)";
    tx.execute(sql, &params![code, &definition, at]).map(|_| ())
}

fn proposal(tx: &mut Tx<'_>, number: i64, chance: &SeededChance) -> Result<(), DbError> {
    let mut bytes = [0_u8; 16];
    chance.fill(&mut bytes);
    let drawn = |index: usize| i64::from(bytes[index]);
    let word = |index: usize| WORDS[usize::from(bytes[index]) % WORDS.len()];
    let title = format!("{} and {} for the {}", word(0), word(1), word(2));
    let body = (3..12).map(word).collect::<Vec<_>>().join(" ").repeat(6);
    let code = format!("P-{number:06}");
    let state = ["open", "open", "open", "feasible", "infeasible"][usize::from(bytes[12]) % 5];
    let category = ["green", "streets", "clean", "community", "town"][usize::from(bytes[13]) % 5];
    let at = START.micros() + number * 60_000_000;
    let sql = "insert into proposals (code, process, state, state_at, title, body, category, district, address, sources, photos, \
               photo_key, supports, comments, shuffle, made_at, submitted_at, updated_at, version) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, '', '', '', '', $9, $10, $11, $4, $4, $4, 1)";
    let shuffle = i64::from_le_bytes(bytes[8..].try_into().unwrap()).rem_euclid(2_147_483_647);
    tx.execute(
        sql,
        &params![
            &code,
            &format!("budget-{}", drawn(14) % 4),
            state,
            at,
            &title,
            &body,
            category,
            &(drawn(15) % 15 + 1).to_string(),
            drawn(4) * 3,
            drawn(5) % 40,
            shuffle
        ],
    )?;
    let subject = Subject::new(PROPOSAL, code);
    put(tx, &Document { subject, title, text: body, at: civic::Moment(at) })
}
