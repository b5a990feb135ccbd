//! `polity tally audit`: how many ballots to draw, and what they say.

use crate::{Folder, polity};
use std::fmt::Write;

const CONTEST: &str = r#"{ "contest": "Mayor", "ballots": 1000, "candidates": [ { "name": "Amina", "votes": 600 }, { "name": "Bo", "votes": 400 } ] }"#;

/// So many ballots as reported, then these rows.
fn sample(alike: usize, more: &str) -> String {
    let mut text = "ballot,reported,actual\n".to_owned();
    for ballot in 0..alike {
        let name = if ballot % 5 < 3 { "Amina" } else { "Bo" };
        writeln!(text, "{ballot},{name},{name}").unwrap();
    }
    text + more
}

fn audited(folder: &Folder, rows: &str) -> serde_json::Value {
    let (contest, drawn) = (folder.put("mayor.json", CONTEST), folder.put("drawn.csv", rows));
    let said = polity(&["tally", "audit", &contest, "--sample", &drawn, "--json"]).unwrap();
    serde_json::from_str(&said).unwrap()
}

/// A margin of a fifth: (1 − 0.2 / 2.0781)^n ≤ 1/20 from n = 30 on.
#[test]
fn the_sample_is_as_large_as_the_margin_asks_for_and_confirms() {
    let folder = Folder::make();
    let contest = folder.put("mayor.json", CONTEST);
    let said = polity(&["tally", "audit", &contest]).unwrap();
    assert!(said.contains("Draw 30 ballots") && said.contains("Reported as elected: Amina"), "{said}");
    let found = audited(&folder, &sample(30, ""));
    assert_eq!((found["sample_size"].as_u64(), found["sample"]["confirmed"].as_bool()), (Some(30), Some(true)));
    assert!((found["sample"]["risk"].as_f64().unwrap() - 0.048_03).abs() < 1e-4, "{found}");
    assert_eq!(audited(&folder, &sample(29, ""))["sample"]["confirmed"], false);
}

#[test]
fn a_ballot_that_differs_costs_more_draws() {
    let folder = Folder::make();
    let found = audited(&folder, &sample(29, "7-7,Amina,\n"));
    let sample_of = &found["sample"];
    assert_eq!((sample_of["over_by_one"].as_u64(), sample_of["confirmed"].as_bool()), (Some(1), Some(false)));
    assert_eq!(sample_of["differing"], serde_json::json!(["7-7"]));
    let swapped = audited(&folder, &sample(29, "7-7,Amina,Bo\n"));
    assert_eq!(swapped["sample"]["over_by_two"], 1);
    let other = audited(&folder, &sample(29, "7-7,Bo,Amina\n"));
    assert_eq!(
        (other["sample"]["under_by_two"].as_u64(), other["sample"]["confirmed"].as_bool()),
        (Some(1), Some(true))
    );
}

#[test]
fn what_cannot_be_audited_is_refused_in_a_sentence() {
    let folder = Folder::make();
    let refused = |json: &str| polity(&["tally", "audit", &folder.put("bad.json", json)]).unwrap_err();
    assert!(refused(&CONTEST.replace("400", "600")).contains("the same votes"));
    assert!(refused(&CONTEST.replace("1000", "500")).contains("more votes than there are ballots"));
    assert!(refused(&CONTEST.replace("Bo", "Amina")).contains("stands there twice"));
    assert!(
        refused(&CONTEST.replace("\"ballots\"", "\"risk_limit\": \"a lot\", \"ballots\"")).contains("is no number")
    );
    assert!(
        refused(&CONTEST.replace("\"ballots\"", "\"risk\": \"1/20\", \"ballots\"")).contains("unknown field `risk`")
    );
    let contest = folder.put("mayor.json", CONTEST);
    let sampled =
        |rows: &str| polity(&["tally", "audit", &contest, "--sample", &folder.put("drawn.csv", rows)]).unwrap_err();
    assert!(sampled("ballot,reported\n1,Bo\n").contains("no column “actual”"));
    assert!(sampled("ballot,reported,actual\n1,Bo,Bo\n2,Cy,Bo\n").contains("line 3"));
    assert!(sampled("ballot,reported,actual\n1,Bo;Bo,Bo\n").contains("twice on one ballot"));
    assert!(sampled("ballot,reported,actual\n").contains("no ballot"));
}
