//! Nothing tells what was voted before the close, and nothing ever tells who voted what.

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use voting::{BallotKind, Vote};
use web::manifest::Catalogue;

/// Every table and column of the database, with all its values as text.
async fn everything(hall: &Hall) -> BTreeMap<String, Vec<Vec<String>>> {
    let is_sqlite = hall.town.town.db().dialect() == database::Dialect::Sqlite;
    let names = if is_sqlite {
        "select name from sqlite_master where type = 'table' and name like 'voting_%' or name in ('jobs', 'record_entries', 'record_salts') order by name"
    } else {
        "select table_name from information_schema.tables where table_schema = 'public' order by 1"
    };
    let mut found = BTreeMap::new();
    for table in hall.town.column(names).await {
        let columns = columns_of(hall, &table, is_sqlite).await;
        let cast: Vec<String> = columns.iter().map(|column| format!("coalesce(cast({column} as text), '')")).collect();
        let sql = format!("select {} from {table}", cast.join(" || '|' || "));
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        let rows = hall.town.column(sql).await;
        found.insert(table, rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect());
    }
    found
}

async fn columns_of(hall: &Hall, table: &str, is_sqlite: bool) -> Vec<String> {
    let sql = if is_sqlite {
        format!("select name from pragma_table_info('{table}') where type <> 'BLOB'")
    } else {
        format!(
            "select column_name from information_schema.columns where table_name = '{table}' and data_type <> 'bytea'"
        )
    };
    hall.town.column(Box::leak(sql.into_boxed_str())).await
}

async fn three_vote(hall: &Hall) -> (Vote, Vec<(String, String)>) {
    let vote = hall.parks(BallotKind::Approval { most: 3 }).await;
    hall.open(&vote);
    let mut cast = Vec::new();
    for (name, choice) in [("amina", "001"), ("ines", "002"), ("omar", "003")] {
        cast.push((name.to_owned(), hall.resident_votes(name, &vote, &[choice]).await));
    }
    (vote, cast)
}

#[tokio::test]
async fn no_page_tells_what_was_voted_before_the_close() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        nothing_is_told(&hall, vote).await;
    }
}

#[tokio::test]
async fn no_page_of_an_area_tells_it_either() {
    for hall in halls() {
        let sum = |area: &str| voting::AreaSum { area: area.to_owned(), cents: 10_000 };
        let areas = voting::Areas { votes_in: voting::VotesIn::Chosen, most: 1, sums: vec![sum("town"), sum("north")] };
        let mut definition = crate::town::budget(hall.town.town.now(), BallotKind::Cart);
        definition.areas = Some(areas);
        let options = [("Trees", 6_000), ("Benches", 5_000), ("A fountain", 4_000)];
        let vote = hall.published(definition, &options).await;
        nothing_is_told(&hall, vote).await;
    }
}

async fn nothing_is_told(hall: &Hall, vote: Vote) {
    hall.open(&vote);
    let administrator = hall.town.administrator().await;
    let auditor = hall.town.holder("auditor@example.org", civic::Role::Auditor, None).await;
    let readers = [hall.town.browser(), administrator, auditor];
    let ask = async || {
        let mut seen = BTreeMap::new();
        for (number, reader) in readers.iter().enumerate() {
            for path in addresses(hall, &vote) {
                let answer = reader.get(&path).await;
                seen.insert((number, path), (answer.status, answer.text));
            }
        }
        seen
    };
    // Two towns that differ in nothing but what is in the box: one ballot for trees, or one for a fountain.
    hall.resident_votes("amina", &vote, &["001"]).await;
    hall.town.settle().await;
    // Once before, for what pages say once.
    ask().await;
    let trees = ask().await;
    for ((_, path), (status, text)) in &trees {
        assert!(!status.is_server_error(), "{path}");
        let is_result = ["ballots", "outcome", "results", "/areas/"].iter().any(|part| path.contains(part));
        if is_result {
            assert!(*status == StatusCode::NOT_FOUND, "{path}: {status}");
        }
        assert!(!text.contains("\"selected\":["), "{path}");
    }
    swap_the_ballot(hall, &vote).await;
    hall.town.settle().await;
    let fountain = ask().await;
    for (asked, (status, text)) in &trees {
        let other = &fountain[asked];
        assert_eq!(*status, other.0, "{asked:?}");
        let differ = scrubbed(text).into_iter().zip(scrubbed(&other.1)).find(|(one, other)| one != other);
        assert_eq!(differ, None, "{asked:?} differs with what is in the box");
    }
}

/// Puts another ballot into the box in place of the one that is there.
async fn swap_the_ballot(hall: &Hall, vote: &Vote) {
    let boxes = hall.town.town.part::<voting::BallotBoxes>().clone();
    let (code, print) = (vote.code.to_string(), vote.key_print.clone());
    let chance = hall.town.chance();
    let swapped = hall.town.town.db().write(move |tx| {
        let sealed: Vec<u8> = tx.query_one("select sealed from voting_box", &[])?.get(0)?;
        let key = boxes.key(&code, &print).unwrap();
        let mut plain = key.open(&code, &sealed).unwrap();
        let choices = plain.len() - 6;
        plain[choices..].copy_from_slice(&[0, 0, 0, 0, 0, 2]);
        let again = key.seal(&code, &plain, &*chance);
        assert_eq!(again.len(), sealed.len(), "sealed ballots have one length");
        tx.execute("update voting_box set sealed = $1", &database::params![&again])?;
        tx.commit(database::OffRecord("a test"), ())
    });
    swapped.await.map_err(|error: database::DbError| error).unwrap();
}

/// Every address there is for reading, with this vote in it.
fn addresses(hall: &Hall, vote: &Vote) -> Vec<String> {
    let mut addresses = Vec::new();
    for route in &hall.town.town.part::<Catalogue>().routes {
        let is_stream = route.path == "/record/feed";
        if route.method != "GET" || is_stream || route.path.contains("/sign") {
            continue;
        }
        let path = route.path.replace("{code}", vote.code.as_str()).replace("{area}", "town");
        if path.contains('{') {
            continue;
        }
        addresses.extend(route.twins.iter().map(|twin| format!("{path}.{}", twin.suffix())));
        addresses.push(path);
    }
    addresses
}

/// Without what changes from look to look by itself.
fn scrubbed(text: &str) -> Vec<String> {
    let by_itself = ["request_id", "lastBuildDate", "frame-reference", "Reference"];
    text.lines().filter(|line| !by_itself.iter().any(|words| line.contains(words))).map(str::to_owned).collect()
}

#[tokio::test]
async fn nothing_in_the_database_joins_who_voted_with_what_was_voted() {
    for hall in halls() {
        let (vote, cast) = three_vote(&hall).await;
        let people = hall.town.column("select id from people").await;
        let tables = everything(&hall).await;
        // While it is open: no person and no choice stands in any table of the room, and no receipt anywhere.
        for (table, rows) in &tables {
            let text = format!("{rows:?}");
            assert!(cast.iter().all(|(_, receipt)| !text.contains(receipt)), "{table} has a receipt");
            if table.starts_with("voting_") {
                assert!(people.iter().all(|person| !text.contains(person)), "{table} names a person");
            }
        }
        assert_eq!((tables["voting_marks"].len(), tables["voting_box"].len()), (3, 3));
        // Marks and ballots have nothing in common but their vote: no value of one is a value of the other.
        let values = |table: &str| -> Vec<String> {
            tables[table].iter().flatten().filter(|value| **value != vote.code.to_string()).cloned().collect()
        };
        assert!(values("voting_marks").iter().all(|value| !values("voting_box").contains(value)));
        // The record says nothing of a ballot, and nothing is in the outbox.
        let entries = format!("{:?}", tables["record_entries"]);
        assert!(!entries.contains("cast") && cast.iter().all(|(_, receipt)| !entries.contains(receipt)));
        hall.close(&vote).await;
        // After the count: who voted is gone, and so is the key that could tell.
        let tables = everything(&hall).await;
        for empty in ["voting_marks", "voting_box", "voting_roll"] {
            assert!(tables[empty].is_empty(), "{empty}");
        }
        let key = hall.town.town.part::<voting::BallotBoxes>().key(vote.code.as_str(), &vote.key_print);
        assert!(key.is_err(), "the key is thrown away");
        let receipts: Vec<&String> = tables["voting_ballots"].iter().map(|row| &row[1]).collect();
        assert!(cast.iter().all(|(_, receipt)| receipts.contains(&receipt)));
    }
}

#[tokio::test]
async fn no_order_of_rows_tells_in_which_order_people_voted() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Approval { most: 3 }).await;
        hall.open(&vote);
        let mut receipts = Vec::new();
        for number in 0..24 {
            receipts.push(hall.resident_votes(&format!("r{number}"), &vote, &["001"]).await);
        }
        let is_sqlite = hall.town.town.db().dialect() == database::Dialect::Sqlite;
        if is_sqlite {
            // No hidden row number: the tables have only their drawn keys.
            for table in ["voting_marks", "voting_box", "voting_ballots"] {
                let sql: &'static str = Box::leak(format!("select rowid from {table}").into_boxed_str());
                let asked = hall.town.town.db().read(move |tx| tx.query(sql, &[])).await;
                assert!(asked.map_err(|error: database::DbError| error).is_err(), "{table} has row numbers");
            }
        }
        hall.close(&vote).await;
        let physical = if is_sqlite {
            "select receipt from voting_ballots"
        } else {
            "select receipt from voting_ballots order by ctid"
        };
        let stored = hall.town.column(physical).await;
        let mut sorted = receipts.clone();
        sorted.sort();
        assert_eq!(stored, sorted, "the physical order is that of the drawn receipts");
        assert_ne!(stored, receipts);
        if !is_sqlite {
            let written = hall.town.column("select distinct xmin::text from voting_ballots").await;
            assert_eq!(written.len(), 1, "all ballots were written by one transaction");
        }
    }
}

/// The attack that the seal stands against: someone reads every version of every page that the log still holds, and finds the
/// transaction that wrote a mark and a ballot together. What they find is a pseudonym and a cipher text.
#[tokio::test]
async fn the_log_of_the_database_holds_no_ballot_in_the_clear() {
    let path = std::env::temp_dir().join(format!("polity-voting-{}.db", std::process::id()));
    let db = database::Db::open(&database::Source::Sqlite(path.clone())).unwrap();
    let boxes = voting::BallotBoxes::in_memory();
    let chance = civic::SeededChance::new(5);
    let print = boxes.make("V-2222", &chance).unwrap();
    db.migrate(&[voting::MIGRATIONS]).unwrap();
    let key = boxes.key("V-2222", &print).unwrap();
    let sealed = key.seal("V-2222", b"RECEIPT-IN-THE-CLEAR and choices", &chance);
    let name = key.voter("person:amina");
    let kept = db.write(move |tx| {
        let sql = "insert into voting_marks (vote, voter, channel) values ('V-2222', $1, 'online')";
        tx.execute(sql, &database::params![&name])?;
        let sql = "insert into voting_box (vote, id, sealed) values ('V-2222', 'x', $1)";
        tx.execute(sql, &database::params![&sealed])?;
        tx.commit(database::OffRecord("a test"), ())
    });
    kept.await.map_err(|error: database::DbError| error).unwrap();
    for suffix in ["", "-wal"] {
        let mut file = path.clone().into_os_string();
        file.push(suffix);
        let bytes = std::fs::read(file).unwrap_or_default();
        let has = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        assert!(!has(b"RECEIPT-IN-THE-CLEAR") && !has(b"amina"), "{suffix}");
    }
    db.close();
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(suffix);
        let _ = std::fs::remove_file(file);
    }
}
