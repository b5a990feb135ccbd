//! The table of the demo, imported into an empty town, gives the same counts as the demo's replay.
#![allow(clippy::unwrap_used)]

use super::{facts, replay, stands_at};
use crate::{
    assemble::{self, Assembled, Folder, assemble},
    background, config,
    town_commands::runtime,
};
use civic::FixedClock;
use database::{DbError, Source};
use importing::{Survey, Table, Tally, Wish};
use requests::{
    ImportOrder, import_requests,
    imports::{Mapping, find_mapping},
};
use std::sync::Arc;

const MAPPING: &str = include_str!("../../../demo/requests.mapping.toml");

/// A town on the demo's day, with nothing in it.
fn empty_town(name: &str) -> (Folder, Assembled) {
    let folder = Folder(std::env::temp_dir().join(format!("polity-import-{name}-{}", std::process::id())));
    folder.make().unwrap();
    let config = config::read_text(facts::TOWN, |_| None).unwrap();
    let settings = config.settings(8080, true).unwrap();
    let db = assemble::open_database(&Source::Memory).unwrap();
    let clock = Arc::new(FixedClock(stands_at()));
    let assembled = assemble(&folder, db, &config, settings, clock).unwrap();
    (folder, assembled)
}

async fn counts(assembled: &Assembled) -> Vec<(String, String, bool, i64)> {
    let sql = "select district, category, is_open, requests from request_counts where requests <> 0 order by 1, 2, 3";
    let rows = assembled.town.db().read(move |tx| tx.query(sql, &[])).await.map_err(|error: DbError| error).unwrap();
    let of = |row: &database::Row| {
        (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap(), row.get::<i64>(3).unwrap())
    };
    rows.iter().map(of).collect()
}

async fn import(assembled: &Assembled) {
    let town = &assembled.town;
    let (agencies, kinds) = facts::catalogue().unwrap();
    replay::set_up(town, agencies, &kinds).await.unwrap();
    places::set_boundaries(town, &replay::setter(), facts::DISTRICTS).await.unwrap();
    let table = Table::read(facts::REQUESTS.as_bytes(), &Wish::default()).unwrap();
    let given = Mapping::read(MAPPING).unwrap();
    let (mapping, questions) = find_mapping(town, &table, &Survey::of(&table), &given).unwrap();
    assert_eq!(questions, []);
    let order = ImportOrder { table, mapping, origin: "requests.csv".to_owned() };
    let done = import_requests(town, &replay::setter(), &order, false, |_| ()).await.unwrap();
    assert_eq!(done.tally, Tally { rows: 9_999, stored: 9_999, already: 0, set_aside: 0 }, "{:?}", done.asides.first());
    assert_eq!(done.oddities["import-odd-pin-outside"], 4);
    background::settle(assembled, stands_at()).await.unwrap();
}

#[test]
fn the_demos_table_imported_gives_the_demos_counts() {
    let (replayed_folder, replayed) = empty_town("replayed");
    let (imported_folder, imported) = empty_town("imported");
    runtime().unwrap().block_on(async {
        replay::build(&replayed, 1).await.unwrap();
        import(&imported).await;
        let (real, ours) = (counts(&replayed).await, counts(&imported).await);
        assert_eq!(ours.iter().map(|count| count.3).sum::<i64>(), 9_999);
        assert!(ours.iter().any(|count| count.2), "some are open on that day");
        assert_eq!(ours, real);
    });
    for folder in [replayed_folder, imported_folder] {
        std::fs::remove_dir_all(folder.0).unwrap();
    }
}
