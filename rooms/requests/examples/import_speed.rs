//! How many rows a second an import takes: judged, stored, settled (signed, found, counted), and undone.
//!
//! `cargo run --release -p requests --example import_speed -- 100000`; beside PostgreSQL with `scripts/with-postgres`.
//!
//! The rows are those of the demo, again and again under new ids.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement needs a clock and a page"
)]

use civic::LocalText;
use importing::{Survey, Table, Wish};
use requests::{
    Category, Definition, ImportOrder, define_category, import_requests,
    imports::{Mapping, find_mapping},
    undo_import,
};
use std::{collections::BTreeSet, time::Instant};
use testing::{Plan, TestTown, steward};

const FACTS: &str = include_str!("../../../demo/requests.csv");
const MAPPING: &str = include_str!("../../../demo/requests.mapping.toml");
const DISTRICTS: &[u8] = include_bytes!("../../../demo/districts.geojson");

#[tokio::main]
async fn main() {
    let rows = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(20_000_usize);
    let rooms = || vec![people::room(), places::room(), commons::room(), requests::room()];
    let plan = Plan { rooms, install, demo: false };
    let path = std::env::temp_dir().join(format!("polity-import-speed-{}.db", std::process::id()));
    // Each commit reaches the disk, as in a town that is served; SQLite in a file, and PostgreSQL where there is one.
    let other =
        testing::towns(&plan).into_iter().filter(|town| town.town.db().dialect() == database::Dialect::Postgres);
    for town in std::iter::once(testing::town_in_file(&plan, &path)).chain(other) {
        println!("{:?}, {rows} rows:", town.town.db().dialect());
        measure(&town, rows).await;
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(requests::Books::load).unwrap());
}

/// Every agency and every category of the demo, under the names that its rows have.
async fn furnish(town: &TestTown, mapping: &Mapping) {
    let distinct = |column: usize| -> BTreeSet<String> {
        let mut facts = csv::Reader::from_reader(FACTS.as_bytes());
        facts.records().map(|row| row.unwrap()[column].to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let mut organisation = None;
    for owner in distinct(7) {
        organisation = Some(town.agency(&owner.to_lowercase(), &owner).await.id);
    }
    for name in distinct(5) {
        let slug = name.to_lowercase().replace([' ', '/'], "-");
        let code = mapping.values["category"].get(&name).cloned().unwrap_or(slug);
        let definition = Definition {
            name: LocalText::plain(name.as_str()),
            description: LocalText::plain("x"),
            group: None,
            keywords: Vec::new(),
            promise: None,
            rules: requests::Rules::default(),
            attributes: Vec::new(),
        };
        let category = Category { code, organisation: organisation.unwrap(), position: 1, active: true, definition };
        define_category(&town.town, steward(), category).await.unwrap();
    }
    places::set_boundaries(&town.town, &steward(), DISTRICTS).await.unwrap();
}

/// The rows of the demo under new ids.
fn table(rows: usize) -> Table {
    let mut facts = csv::Reader::from_reader(FACTS.as_bytes());
    let header: Vec<String> = facts.headers().unwrap().iter().map(str::to_owned).collect();
    let id = header.iter().position(|name| name == "source_number").unwrap();
    let facts: Vec<csv::StringRecord> = facts.records().map(Result::unwrap).collect();
    let row = |number: usize| -> Vec<String> {
        let mut cells: Vec<String> = facts[number % facts.len()].iter().map(str::to_owned).collect();
        cells[id] = format!("S-{number}");
        cells
    };
    let mut text = csv::Writer::from_writer(Vec::new());
    text.write_record(&header).unwrap();
    (0..rows).for_each(|number| text.write_record(row(number)).unwrap());
    Table::read(text.into_inner().unwrap().as_slice(), &Wish::default()).unwrap()
}

async fn measure(town: &TestTown, rows: usize) {
    let given = Mapping::read(MAPPING).unwrap();
    furnish(town, &given).await;
    let table = table(rows);
    let (mapping, questions) = find_mapping(&town.town, &table, &Survey::of(&table), &given).unwrap();
    assert!(questions.is_empty(), "{questions:?}");
    let order = ImportOrder { table, mapping, origin: "speed.csv".to_owned() };
    let said = |what: &str, began: Instant| {
        let seconds = began.elapsed().as_secs_f64();
        println!("  {what}: {seconds:.1} s, {:.0} rows/s", rows as f64 / seconds);
    };
    let began = Instant::now();
    let tried = import_requests(&town.town, &steward(), &order, true, |_| ()).await.unwrap();
    said("tried", began);
    let whole = Instant::now();
    let began = Instant::now();
    let done = import_requests(&town.town, &steward(), &order, false, |_| ()).await.unwrap();
    said("stored", began);
    assert_eq!(tried.tally, done.tally);
    let began = Instant::now();
    town.settle().await;
    said("settled", began);
    said("stored and settled", whole);
    println!("  {}", done.tally);
    let began = Instant::now();
    let undone = undo_import(&town.town, &steward(), done.code.unwrap().as_str(), |_| ()).await.unwrap();
    said("undone", began);
    assert_eq!(undone.removed, done.tally.stored);
}
