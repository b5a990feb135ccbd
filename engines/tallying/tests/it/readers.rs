//! Readers say where a fault is, and never panic whatever they are fed.

use crate::known::{data, load};
use proptest::prelude::*;
use std::fs;
use tallying::{
    Contest, Mark, OVERVOTE, Provider, RankedBallots, Source, Votes, count_by_elimination, read_contest, read_preflib,
    read_source,
};

const CONFIG: &str = r#"{
  "outputSettings": { "contestName": "Lamp" },
  "cvrFileSources": [ { "filePath": "lamp.csv", "provider": "genericCsv", "firstVoteColumnIndex": "2", "firstVoteRowIndex": "2",
    "overvoteLabel": "", "skippedRankLabel": "", "undeclaredWriteInLabel": "write-in" } ],
  "candidates": [ { "name": "Ann", "excluded": false, "aliases": ["A."] }, { "name": "Bo", "excluded": false } ],
  "rules": { "tiebreakMode": "useCandidateOrder", "overvoteRule": "alwaysSkipToNextRank", "winnerElectionMode": "singleWinnerMajority",
    "numberOfWinners": 1, "decimalPlacesForVoteArithmetic": "4", "maxSkippedRanksAllowed": "unlimited", "maxRankingsAllowed": "max" }
}"#;

const PREFLIB: &str = "# FILE NAME: x.toi\n# TITLE: Parks\n# NUMBER ALTERNATIVES: 4\n# ALTERNATIVE NAME 1: Oak\n# NUMBER VOTERS: 6\n\
    3: 1,{2,4},3\n2: 4\n1: {1,2}\n";

pub fn contest() -> Contest {
    read_contest(CONFIG).unwrap()
}

fn read(provider: Provider, bytes: &[u8]) -> Result<RankedBallots, String> {
    let contest = contest();
    let source = Source { provider, contest_id: "test set 4".into(), ..contest.sources[0].clone() };
    let mut ballots = RankedBallots::default();
    read_source(&contest, &source, bytes, &mut ballots).map(|()| ballots).map_err(|error| error.to_string())
}

fn mark(rank: u16, candidate: u16) -> Mark {
    Mark { rank, candidate }
}

#[test]
fn a_table_gives_marks_by_name_alias_and_write_in() {
    let ballots = read(Provider::Csv, b"id,A.,Bo,write-in\n1,1,2,\n2,,1,1\n3,,,\n").unwrap();
    let marks: Vec<Vec<Mark>> = ballots.iter().map(|ballot| ballot.marks.to_vec()).collect();
    assert_eq!(marks, [vec![mark(1, 0), mark(2, 1)], vec![mark(1, 1), mark(1, 2)], vec![]]);
}

#[test]
fn faults_of_tables_are_placed() {
    let fault = |text: &str| read(Provider::Csv, text.as_bytes()).unwrap_err();
    assert_eq!(fault("id,Ann,Bo\n1,first,2\n"), "row 2, column 2: “first” where a rank such as 1 is expected");
    assert_eq!(
        fault("id,Ann,Cy\n1,1,2\n"),
        "row 2, column 3: “Cy” is no candidate of this contest; add the name, or an alias, to the configuration"
    );
    assert_eq!(fault("id,Ann\n1,1,2\n"), "row 2, column 3: the first row names no candidate for this column");
    assert_eq!(fault("id,Ann\n1,0\n"), "row 2: ballot 1 has a mark at rank 0; ranks count from 1");
    assert_eq!(fault(""), "row 1: the table is empty; a row with the names of the candidates is expected");
}

#[test]
fn faults_of_configurations_name_the_key() {
    let fault = |from: &str, to: &str| read_contest(&CONFIG.replace(from, to)).unwrap_err().to_string();
    assert_eq!(
        fault("genericCsv", "hart"),
        "provider: “hart” is not read here; “ess” (XLSX), “genericCsv” and “cdf” (JSON) are"
    );
    assert_eq!(
        fault("\"numberOfWinners\": 1", "\"numberOfWinners\": \"two\""),
        "numberOfWinners: “two” where a whole number is expected"
    );
    assert_eq!(fault("useCandidateOrder", "random"), "randomSeed: “” where a whole number is expected");
    assert_eq!(fault("\"Bo\"", "\"A.\""), "candidates: “A.” names two candidates");
    assert!(read_contest("{").unwrap_err().to_string().starts_with("line 1, column 1: this is no JSON"));
}

#[test]
fn preflib_files_of_today_and_of_old_are_read() {
    let found = read_preflib(PREFLIB).unwrap();
    assert_eq!(
        (found.title.as_str(), found.candidates[0].name.as_str(), found.candidates[1].name.as_str()),
        ("Parks", "Oak", "Alternative 2")
    );
    assert_eq!(found.ballots.iter().next().unwrap().marks, [mark(1, 0), mark(2, 1), mark(2, 3), mark(3, 2)]);
    assert_eq!((found.ballots.weight(), found.warnings.len()), (6, 0));
    let old = read_preflib("3\n1,Ann\n2,Bo\n3,Cy\n7,7,2\n4,1,2,3\n3,{2,3}\n").unwrap();
    assert_eq!((old.candidates[2].name.as_str(), old.ballots.len(), old.warnings.len()), ("Cy", 2, 0));
    let doubtful = read_preflib(&PREFLIB.replace("VOTERS: 6", "VOTERS: 9")).unwrap();
    assert_eq!(doubtful.warnings, ["The file speaks of 9 voters, its rows have 6."]);
    let grades = read_preflib(
        "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: Yes\n2: {1,3},{2}\n1: {},{1,2,3}\n",
    )
    .unwrap();
    assert_eq!(grades.categories, ["Yes", "Category 2"]);
    assert_eq!(grades.ballots.iter().nth(1).unwrap().marks[0], mark(2, 0), "nobody is in the first category");
    assert_eq!(grades.approvals()[0].scores, [Some(1), Some(0), Some(1)]);
    assert_eq!(grades.grades()[1].scores, [Some(1), Some(1), Some(1)]);
}

#[test]
fn faults_of_preflib_files_have_line_and_column() {
    let fault = |line: &str| read_preflib(&format!("{PREFLIB}{line}")).unwrap_err().to_string();
    assert_eq!(fault("1: 2,5"), "line 9, column 6: alternative 5: there are 4, counted from 1");
    assert_eq!(fault("1: {2,3"), "line 9, column 8: the brace opened before is not closed");
    assert_eq!(fault("1: 2;3"), "line 9, column 5: a number of an alternative, a comma or braces are expected");
    assert_eq!(fault("x: 2"), "line 9, column 1: how many cast this order is expected");
}

#[test]
fn the_explicit_overvote_of_a_spreadsheet_is_read_as_one() {
    let (_, ballots) = load(&data().join("2013_minneapolis_park")).unwrap();
    assert!(ballots.iter().any(|ballot| ballot.marks.iter().any(|mark| mark.candidate == OVERVOTE)));
    assert_eq!(ballots.len(), 80_101);
}

#[test]
fn a_share_of_the_votes_can_be_the_threshold() {
    let text = CONFIG.replace("singleWinnerMajority", "bottomsUpUsingPercentageThreshold").replace(
        "\"numberOfWinners\": 1",
        "\"numberOfWinners\": 0, \"multiSeatBottomsUpPercentageThreshold\": \"15.5\"",
    );
    let contest = read_contest(&text).unwrap();
    let counted = count_by_elimination(
        &contest.candidates,
        &read(Provider::Csv, b"id,Ann,Bo\n1,1,2\n2,1,\n3,2,1\n").unwrap(),
        contest.rules(),
    );
    let counted = counted.unwrap();
    assert_eq!(
        (counted.winners, counted.rounds.last().unwrap().quota.clone()),
        (vec![0, 1], "0.465".parse::<Votes>().unwrap())
    );
}

/// A valid file with some bytes changed, cut or doubled.
pub fn spoilt(valid: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4u8);
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut bytes = valid.clone();
        for (at, byte, kind) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => bytes.extend_from_within(at..(at + 20).min(bytes.len())),
            }
        }
        bytes
    })
}

fn known(name: &str, end: &str) -> Vec<u8> {
    fs::read(data().join(name).join(format!("{name}_{end}"))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        for provider in [Provider::Csv, Provider::Ess, Provider::Cdf] {
            let _ = read(provider, &bytes);
            let _ = read(provider, text.as_bytes());
        }
        let _ = (read_contest(&text), read_preflib(&text), text.parse::<Votes>());
    }

    #[test]
    fn spoilt_tables_and_texts_never_panic(
        table in spoilt(b"id,Ann,Bo,write-in\n1,1,2,\n2,,1,1\n3,,,\n4,\"1\",2,3\n".to_vec()),
        config in spoilt(CONFIG.as_bytes().to_vec()),
        orders in spoilt(PREFLIB.as_bytes().to_vec()),
    ) {
        let _ = read(Provider::Csv, &table);
        let _ = read_contest(&String::from_utf8_lossy(&config));
        let _ = read_preflib(&String::from_utf8_lossy(&orders));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_workbooks_and_reports_never_panic(
        book in spoilt(known("exhaust_if_multiple_continuing", "cvr.xlsx")),
        report in spoilt(known("test_set_4_skipped_choice_next", "cvr.json")),
    ) {
        let _ = read(Provider::Ess, &book);
        let _ = read(Provider::Cdf, &report);
    }
}
