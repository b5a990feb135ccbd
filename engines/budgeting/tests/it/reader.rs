//! The reader: what it keeps, what it refuses and where, and that nothing makes it panic.

use crate::town::{bytes, data};
use budgeting::{Refusal, VoteType, pabulib::Document};
use proptest::prelude::*;

const SMALL: &str = "META\nkey;value\ndescription;\"A; b \"\"c\"\"\"\nnum_projects;3\nnum_votes;2\nbudget;100.50\nvote_type;cumulative\nodd;1\n\
    PROJECTS\nproject_id;cost;votes;colour;selected\n1;40,5;2;red;1\n2;70;1;\"blue\ngreen\";0\n\
    VOTES\nvoter_id;vote;points;age\na;1,2;3,1;40\nb;1;2;\n";

#[test]
fn it_reads_what_is_there_and_warns_of_what_disagrees() {
    let document = Document::read(SMALL.as_bytes()).unwrap();
    let election = document.election().unwrap();
    assert_eq!((election.budget, election.decimals, election.vote_type), (1005, 1, VoteType::Cumulative));
    assert_eq!(election.projects[0].cost, 405);
    assert_eq!(election.ballots.ballot(0), (&[0, 1][..], &[3, 1][..]));
    assert_eq!(election.meta["description"], "A; b \"c\"");
    assert_eq!(election.warnings, ["META says num_projects is 3; the rows are 2"]);
}

#[test]
fn unknown_facts_and_columns_are_kept() {
    let document = Document::read(SMALL.as_bytes()).unwrap();
    let text = document.write();
    let again = Document::read(text.as_bytes()).unwrap();
    assert_eq!((&again.meta, &again.projects.columns), (&document.meta, &document.projects.columns));
    assert!(again.projects.rows().eq(document.projects.rows()) && again.votes.rows().eq(document.votes.rows()));
    assert!(text.contains("odd;1\n") && text.contains("\"blue\ngreen\""));
}

#[test]
fn every_real_file_is_the_same_after_writing() {
    for entry in std::fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".pb") {
            let bytes = bytes(&name);
            let document = Document::read(&bytes).unwrap();
            let text = document.write();
            let again = Document::read(text.as_bytes()).unwrap();
            assert!(again.votes.rows().eq(document.votes.rows()), "{name}");
            let (one, mut other) = (document.election().unwrap(), again.election().unwrap());
            // Cells beyond the header were dropped with a warning, so they are not there again.
            other.warnings.clone_from(&one.warnings);
            assert_eq!(one, other, "{name}");
            // From the election alone: the same projects, costs and ballots.
            let written = one.write();
            let plain = Document::read(written.as_bytes()).unwrap().election().unwrap();
            assert_eq!((plain.ballots, plain.budget), (one.ballots, one.budget), "{name}");
        }
    }
}

fn refusal(text: &str) -> (usize, usize, String) {
    match Document::read(text.as_bytes()).and_then(|document| document.election().map(|_| ())) {
        Err(Refusal::Malformed { line, column, expected, .. }) => (line, column, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_malformed_file_is_told_where() {
    assert_eq!(refusal(&SMALL.replace("2;70;1", "2;much;1")), (12, 3, "an amount as cost".into()));
    assert_eq!(refusal(&SMALL.replace("b;1;2;", "b;9;2;")), (17, 3, "ids of PROJECTS with commas between".into()));
    assert_eq!(refusal(&SMALL.replace("b;1;2;", "b;1;;")), (17, 3, "as many points as projects".into()));
    assert_eq!(refusal(&SMALL.replace("b;1;2;", "b;1;x;")), (17, 5, "points as numbers with commas between".into()));
    assert_eq!(refusal(&SMALL.replace("cumulative", "loud")).0, 7);
    assert_eq!(refusal(&SMALL.replace("PROJECTS\n", "VOTES\n")), (9, 1, "the title PROJECTS".into()));
    assert_eq!(refusal(&SMALL.replace("red;1", "red;7")), (11, 14, "0, 1, 2 or 3 as selected".into()));
    assert_eq!(refusal("META\nkey;value\nbudget;1\n").2, "the title PROJECTS");
    assert_eq!(refusal("META\nkey;value\na;\"b\n").2, "a closing quotation mark for this cell");
    let broken = Document::read(b"META\nkey;value\nx;\xff\n").unwrap_err();
    assert_eq!(broken.to_string(), "line 3, column 3: expected UTF-8 text, found a byte that is not");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    /// Bytes of a real file are changed, dropped and doubled.
    #[test]
    fn no_file_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 1..12)) {
        let mut file = SMALL.as_bytes().to_vec();
        for (index, kind, byte) in changes {
            let at = index.index(file.len());
            match kind {
                0 => file[at] = byte,
                1 => { file.remove(at); }
                2 => file.insert(at, b";\n\",PM0\r"[usize::from(byte) % 8]),
                _ => { let tail = file[at..].to_vec(); file.extend(tail); }
            }
            if file.is_empty() { break; }
        }
        if let Ok(document) = Document::read(&file) {
            let _ = document.write();
            if let Ok(election) = document.election() {
                let _ = budgeting::check(&election);
            }
        }
    }
}
