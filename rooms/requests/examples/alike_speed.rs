//! How long “is it one of these?” takes among a million requests, from the address asked for to the JSON.
//!
//! `cargo run --release -p requests --example alike_speed -- 1000000 2000 [hot]`; beside PostgreSQL with `scripts/with-postgres`.
//!
//! Requests lie where those of the demo lie, moved by up to 300 m, and were made over a year; 3 of 100 are never ended, the others
//! end within 20 days. With `hot`, every tenth lies in one block of 100 m and is open: the worst that a crowd could do.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement needs a clock and a page"
)]

use civic::{Chance as _, Moment, SeededChance};
use database::{OffRecord, Tx, params};
use std::time::{Duration, Instant};
use testing::{Plan, START, TestTown};

const FACTS: &str = include_str!("../../../demo/requests.csv");
const WORDS: [&str; 24] = [
    "lamp",
    "dark",
    "broken",
    "sofa",
    "pavement",
    "graffiti",
    "wall",
    "corner",
    "tree",
    "branch",
    "fallen",
    "farola",
    "apagada",
    "rota",
    "basura",
    "esquina",
    "árbol",
    "مصباح",
    "معطل",
    "شارع",
    "قمامة",
    "since",
    "the",
    "door",
];
const BATCH: usize = 20_000;

/// Draws numbers.
struct Dice(SeededChance);

impl Dice {
    fn below(&self, most: u64) -> u64 {
        let mut bytes = [0_u8; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % most
    }

    fn words(&self) -> String {
        let count = self.below(12);
        (0..count).map(|_| WORDS[self.below(24) as usize]).collect::<Vec<_>>().join(" ")
    }
}

/// Where a request of the demo lies, in millionths, and of which category it is.
type Spot = (i64, i64, usize);

fn spots() -> Vec<Spot> {
    let mut kinds: Vec<String> = Vec::new();
    let mut spots = Vec::new();
    for line in csv::Reader::from_reader(FACTS.as_bytes()).records() {
        let line = line.unwrap();
        let (Ok(lat), Ok(long)) = (line[12].parse::<f64>(), line[13].parse::<f64>()) else { continue };
        let kind = kinds.iter().position(|kind| *kind == line[5]).unwrap_or_else(|| {
            kinds.push(line[5].to_owned());
            kinds.len() - 1
        });
        spots.push(((lat * 1e6) as i64, (long * 1e6) as i64, kind));
    }
    spots
}

fn moved((lat, long, kind): Spot, dice: &Dice) -> Spot {
    let shift = || dice.below(5_400) as i64 - 2_700;
    (lat + shift(), long + shift(), kind)
}

#[tokio::main]
async fn main() {
    let mut asked = std::env::args().skip(1);
    let number = |text: Option<String>, otherwise| text.and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (requests, questions) = (number(asked.next(), 1_000_000_usize), number(asked.next(), 2_000_usize));
    let hot = asked.next().is_some();
    let rooms = || vec![people::room(), places::room(), commons::room(), requests::room()];
    for town in testing::towns(&Plan { rooms, install: put, demo: false }) {
        println!("{:?}:", town.town.db().dialect());
        let started = Instant::now();
        fill(&town, requests, hot).await;
        println!("  {requests} requests made in {:.0?}", started.elapsed());
        measure(&town, questions, hot).await;
    }
}

fn put(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(requests::Books::load).unwrap());
}

async fn fill(town: &TestTown, requests: usize, hot: bool) {
    let (spots, dice) = (spots(), Dice(SeededChance::new(1)));
    let agency = town.agency("all", "All").await.id.text();
    let own = agency.clone();
    let categories = town.town.db().write(move |tx| {
        for kind in 0..20 {
            let sql = "insert into request_categories (code, organisation_id, position, active, definition) values ($1, $2, 1, true, $3)";
            let definition = r#"{"name":{"en":"x"},"description":{"en":"x"}}"#;
            tx.execute(sql, &params![&format!("kind-{kind}"), &own, definition])?;
        }
        tx.commit(OffRecord("a measurement"), ())
    });
    categories.await.map_err(|error: database::DbError| error).unwrap();
    let mut made = 0;
    while made < requests {
        let rows: Vec<_> = (made..requests.min(made + BATCH))
            .map(|number| {
                let is_hot = hot && number % 10 == 0;
                let spot = if is_hot {
                    (34_050_000 + dice.below(900) as i64, -118_250_000, 0)
                } else {
                    moved(spots[dice.below(spots.len() as u64) as usize], &dice)
                };
                let opened = START.plus_seconds(-(dice.below(365 * 86_400) as i64));
                let never = is_hot || dice.below(100) < 3;
                let closed =
                    (!never).then(|| opened.plus_seconds(dice.below(20 * 86_400) as i64)).filter(|at| *at < START);
                (number, spot, opened, closed, dice.words())
            })
            .collect();
        made += rows.len();
        let agency = agency.clone();
        let batch = town.town.db().write(move |tx| {
            rows.iter().try_for_each(|row| insert(tx, row, &agency))?;
            tx.commit(OffRecord("a measurement"), ())
        });
        batch.await.map_err(|error: database::DbError| error).unwrap();
    }
    let refreshed = requests::refresh_book(&town.town).await;
    refreshed.unwrap();
}

type New = (usize, Spot, Moment, Option<Moment>, String);

fn insert(
    tx: &mut Tx<'_>,
    (number, (lat, long, kind), opened, closed, words): &New,
    agency: &str,
) -> Result<(), database::DbError> {
    let sql = "insert into requests (id, code, category, organisation_id, lat_micro, long_micro, address, description, attributes, \
               source, reporter, state, state_at, state_text, opened_at, updated_at, closed_at, version) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, '{}', 'web', 'visitor', $9, $10, '', $10, $10, $11, 1)";
    let id = civic::RequestId::new(*opened, &SeededChance::new(*number as u64)).text();
    let (code, kind, address) =
        (format!("R-{}", code(*number)), format!("kind-{kind}"), format!("{} MAIN ST", number % 50_000));
    let state = if closed.is_some() { "resolved" } else { "received" };
    let values = params![
        &id,
        &code,
        &kind,
        agency,
        *lat,
        *long,
        &address,
        words.as_str(),
        state,
        opened.micros(),
        closed.map(Moment::micros)
    ];
    tx.execute(sql, &values).map(|_| ())
}

/// A code of six characters of the alphabet of codes.
fn code(number: usize) -> String {
    let letters = civic::CODE_ALPHABET;
    (0_u32..6).map(|at| char::from(letters[number / letters.len().pow(at) % letters.len()])).collect()
}

async fn measure(town: &TestTown, questions: usize, hot: bool) {
    let (spots, dice) = (spots(), Dice(SeededChance::new(2)));
    let mut times: Vec<Duration> = Vec::new();
    let mut matched = 0;
    for number in 0..questions {
        let (lat, long, kind) = moved(spots[dice.below(spots.len() as u64) as usize], &dice);
        let (lat, long) = if hot && number % 2 == 0 { (34_050_400, -118_250_000) } else { (lat, long) };
        let text: String = dice.words().bytes().map(|b| format!("%{b:02X}")).collect();
        let path = format!(
            "/report/alike?category=kind-{kind}&lat={}&long={}&address={}%20Main%20St&text={text}",
            lat as f64 / 1e6,
            long as f64 / 1e6,
            dice.below(50_000)
        );
        let browser = town.browser();
        let started = Instant::now();
        let seen = browser.get(&path).await;
        times.push(started.elapsed());
        matched += usize::from(seen.json()["matches"][0].is_object());
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "  {questions} questions, {matched} with a match: median {:.1?}, p99 {:.1?}, longest {:.1?}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
