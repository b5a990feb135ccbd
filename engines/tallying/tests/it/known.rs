//! Every election of `../shared/data/rcv`, round by round.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tallying::{
    Contest, Counted, How, RankedBallots, Votes, count_by_elimination, count_in_sequence, read_contest, read_source,
    report,
};

pub fn data() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/rcv");
    assert!(folder.join("ORIGIN.md").exists(), "{} is missing: lay `shared` beside the checkout", folder.display());
    folder
}

pub fn load(folder: &Path) -> Result<(Contest, RankedBallots), String> {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let config = fs::read_to_string(folder.join(format!("{name}_config.json"))).unwrap();
    let contest = read_contest(&config).map_err(|error| error.to_string())?;
    let mut ballots = RankedBallots::default();
    for source in &contest.sources {
        let bytes = fs::read(folder.join(&source.path)).unwrap();
        read_source(&contest, source, &bytes, &mut ballots).map_err(|error| error.to_string())?;
    }
    Ok((contest, ballots))
}

pub fn count(contest: &Contest, ballots: &RankedBallots) -> Vec<Counted> {
    match &contest.how {
        How::Elimination(rules) => vec![count_by_elimination(&contest.candidates, ballots, rules).unwrap()],
        How::Sequence(rules) => count_in_sequence(&contest.candidates, ballots, rules).unwrap(),
    }
}

/// Numbers written as text become exact numbers, lists of decisions become maps by candidate; what is ours alone goes.
fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) => text.parse::<Votes>().map_or(value.clone(), |votes| Value::String(votes.to_string())),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| !["steps", "generatedBy", "winners"].contains(&key.as_str()))
            .map(|(key, inner)| (key.clone(), if key == "tallyResults" { by_candidate(inner) } else { normal(inner) }))
            .collect(),
        Value::Array(list) => list.iter().map(normal).collect(),
        other => other.clone(),
    }
}

fn by_candidate(actions: &Value) -> Value {
    let named = |action: &Value| {
        let (kind, who) = action.as_object().unwrap().iter().find(|(key, _)| *key != "transfers").unwrap();
        (format!("{kind} {who}"), normal(&action["transfers"]))
    };
    let map: BTreeMap<String, Value> = actions.as_array().unwrap().iter().map(named).collect();
    serde_json::to_value(map).unwrap()
}

#[test]
fn every_known_election_is_counted_as_published_round_by_round() {
    let mut compared = 0;
    let mut rounds = 0;
    let mut folders: Vec<PathBuf> = fs::read_dir(data()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let expected = folder.join(format!("{name}_expected_detailed_report.json"));
        if !expected.exists() {
            continue;
        }
        let (contest, ballots) = load(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
        let counted = count(&contest, &ballots);
        let [counted] = &counted[..] else { panic!("{name} has one count") };
        let ours = normal(&report(&contest.name, Some(&contest), &contest.candidates, counted, contest.rules().seats));
        let mut theirs = normal(&serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap());
        let (our_rounds, their_rounds) = (ours["results"].as_array().unwrap(), theirs["results"].as_array().unwrap());
        for (ours, theirs) in our_rounds.iter().zip(their_rounds) {
            assert_eq!(ours, theirs, "{name}, round {}", theirs["round"]);
        }
        if name == "first_round_determines_threshold_test" {
            // RCTab counts three rows without a single cell (18, 1048575 and 1048576 of the sheet) as blank ballots; we do not.
            assert_eq!(theirs["summary"]["undervotes"], 3);
            theirs["summary"]["undervotes"] = 0.into();
            theirs["summary"]["totalNumBallots"] = "16".into();
        }
        assert_eq!(ours, theirs, "{name}");
        for round in &counted.rounds {
            assert_eq!(round.all_votes(), counted.cast, "{name}, round {}", round.number);
            assert!(round.sentences(&contest.candidates).len() >= round.actions.len());
        }
        rounds += our_rounds.len();
        compared += 1;
    }
    assert_eq!((compared, rounds), (22, 88));
}

#[test]
fn a_ballot_with_more_ranks_than_the_contest_is_refused_with_its_row() {
    let refused = load(&data().join("max_ranking_enforcement")).unwrap_err();
    assert_eq!(refused, "row 2: rank 4 is used, but the contest has only 3 ranks");
}
