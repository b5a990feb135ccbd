//! What was imported is what the same acts make, but for what tells that it was.

use super::import;
use crate::town::{Room, rooms};
use axum::http::StatusCode;
use importing::{Survey, Table, Wish};
use requests::imports::{Mapping, find_mapping};
use std::collections::BTreeSet;

const DAY: i64 = 86_400;

/// What is compared: everything a request is made of, but ids, codes, versions, who was there, and where it came from.
const ROWS: &str = "select category || '|' || coalesce(district, '') || '|' || coalesce(lat_micro, 0) || '|' || coalesce(long_micro, 0) || '|' || \
    address || '|' || description || '|' || attributes || '|' || state || '|' || state_text || '|' || state_at || '|' || opened_at || '|' || \
    updated_at || '|' || coalesce(closed_at, 0) || '|' || coalesce(answered_at, 0) || '|' || coalesce(due_at, 0) from requests order by opened_at";
const STEPS: &str = "select h.saying || '|' || h.at || '|' || h.state || '|' || h.body || '|' || h.agency from request_history h order by h.at, h.saying";
const COUNTS: &str = "select district || ' ' || category || ' ' || requests from request_counts where requests <> 0 order by district, category, is_open";
const WORDS: &str = "select w.word || ' ' || d.at from search_words w join search_documents d on d.number = w.number \
    where d.subject_kind = 'request' order by 1";

/// What the record says of requests, without ids, codes, seals and marks.
async fn said(room: &Room) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in room.town.record().await {
        let entry: serde_json::Value = serde_json::from_str(&entry).unwrap();
        if !entry["about"].as_str().unwrap().starts_with("request/") {
            continue;
        }
        let what = &entry["what"];
        let kept =
            ["category", "district", "place", "to", "from", "from_district", "due"].map(|key| what[key].to_string());
        let sealed = entry["private"].is_string();
        lines.push(format!("{} {} sealed: {sealed} {}", entry["at"], entry["said"], kept.join(" ")));
    }
    lines.sort();
    lines
}

/// Codes are words of the search, and drawn.
async fn words(room: &Room) -> BTreeSet<String> {
    let codes = room.town.column("select code from requests").await;
    let parts: BTreeSet<String> =
        codes.iter().flat_map(|code| code.to_lowercase().split('-').map(str::to_owned).collect::<Vec<_>>()).collect();
    let is_code = |line: &String| {
        let word = line.split(' ').next().unwrap();
        codes.iter().any(|code| code.to_lowercase() == word) || parts.contains(word)
    };
    room.town.column(WORDS).await.into_iter().filter(|line| !is_code(line)).collect()
}

#[tokio::test]
async fn an_import_makes_what_the_same_acts_make() {
    for (acted, imported) in rooms().await.into_iter().zip(rooms().await) {
        let opened = acted.town.town.now().plus_seconds(60);
        // The acts: a lamp is reported, and mended two days later; another one waits.
        acted.town.clock.turn_to(opened);
        let (code, _) = acted.lamp("It is dark").await;
        acted.town.clock.turn_to(opened.plus_seconds(DAY));
        acted.lamp("It flickers").await;
        acted.town.clock.turn_to(opened.plus_seconds(2 * DAY));
        let version = acted.version(&code).await;
        let done = [("text", "New bulb."), ("version", version.as_str())];
        acted.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        acted.town.settle().await;
        let ended = acted.town.column("select cast(closed_at as text) from requests where closed_at is not null").await;
        let ended = civic::Moment(ended[0].parse().unwrap());

        // The same as rows of a table.
        imported.town.clock.turn_to(ended.plus_seconds(60));
        let table = format!(
            "id,category,opened,closed,status,lat,long,description,answer\n\
             1,lamp,{},{},closed,50.05,0.05,It is dark,New bulb.\n2,lamp,{},,open,50.05,0.05,It flickers,\n",
            opened.rfc3339(),
            ended.rfc3339(),
            opened.plus_seconds(DAY).rfc3339()
        );
        let table = Table::read(table.as_bytes(), &Wish::default()).unwrap();
        let given = Mapping::read("source = \"old\"\npromises = true\n").unwrap();
        let (mapping, questions) = find_mapping(&imported.town.town, &table, &Survey::of(&table), &given).unwrap();
        assert_eq!(questions, []);
        let report = import(&imported, &table, mapping, false).await;
        assert_eq!((report.tally.stored, report.asides), (2, Vec::new()));
        imported.town.settle().await;

        for sql in [ROWS, STEPS, COUNTS] {
            assert_eq!(imported.town.column(sql).await, acted.town.column(sql).await, "{sql}");
        }
        assert_eq!(said(&imported).await, said(&acted).await);
        assert_eq!(words(&imported).await, words(&acted).await);
        let salts = "select 'one' from record_salts where entry_id in (select id from record_entries where subject_kind = 'request')";
        assert_eq!(imported.town.column(salts).await, acted.town.column(salts).await, "a seal for each sealed entry");
    }
}
