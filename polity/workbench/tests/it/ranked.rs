//! `polity tally ranked`: every method of the engine, weights, delegations, and what must hold for a result to bind.

use crate::{Folder, picture, polity};

/// The capitals of Tennessee, as everybody teaches it: Memphis has the most first choices, Nashville beats each other city, Knoxville
/// wins by instant runoff.
const RANKS: &str = "voters,Memphis,Nashville,Chattanooga,Knoxville\n42,1,2,3,4\n26,4,1,2,3\n15,4,3,1,2\n17,4,3,2,1\n";
/// The same people with scores from 0 to 5, as far as they like a city.
const SCORES: &str = "voters,Memphis,Nashville,Chattanooga,Knoxville\n42,5,2,1,0\n26,0,5,2,1\n15,0,3,5,3\n17,0,2,4,5\n";

fn config(cvr: &str, rules: &str) -> String {
    format!(
        r#"{{ "outputSettings": {{ "contestName": "Capital" }}, "candidates": [ {{ "name": "Memphis" }}, {{ "name": "Nashville" }},
          {{ "name": "Chattanooga" }}, {{ "name": "Knoxville" }} ],
          "cvrFileSources": [ {{ "filePath": "{cvr}", "provider": "genericCsv", "firstVoteColumnIndex": 2, "weightColumnIndex": 1 }} ],
          "rules": {{ {rules} }} }}"#
    )
}

fn counted(folder: &Folder, ballots: &str, rules: &str, more: &[&str]) -> Result<serde_json::Value, String> {
    folder.put("ballots.csv", ballots);
    let file = folder.put("contest.json", &config("ballots.csv", rules));
    let said = polity(&[&["tally", "ranked", &file, "--json"], more].concat())?;
    Ok(serde_json::from_str(&said).unwrap())
}

#[test]
fn every_method_is_within_reach_and_names_its_winner() {
    let folder = Folder::make();
    let ranks = [
        ("scottish", "Knoxville"),
        ("meek", "Knoxville"),
        ("plurality", "Memphis"),
        ("borda", "Nashville"),
        ("schulze", "Nashville"),
        ("ranked-pairs", "Nashville"),
        ("condorcet", "Nashville"),
    ];
    let scores = [("score", "Nashville"), ("star", "Nashville")];
    let all = ranks.map(|both| (both, RANKS)).into_iter().chain(scores.map(|both| (both, SCORES)));
    for ((method, winner), ballots) in all {
        let svg = folder.path(&format!("{method}.svg"));
        let by_key = counted(&folder, ballots, &format!(r#""method": "{method}""#), &["--svg", &svg]).unwrap();
        assert_eq!(by_key["winners"], serde_json::json!([winner]), "{method}: {by_key}");
        assert_eq!(by_key["method"], method);
        assert!(picture(&svg).contains(winner), "{method}");
        let by_word = counted(&folder, ballots, "", &["--method", method]).unwrap();
        assert_eq!(by_word, by_key, "{method}: the word and the key say the same");
        let said = polity(&["tally", "ranked", &folder.path("contest.json"), "--method", method]).unwrap();
        assert!(said.contains(winner) && said.contains("Capital"), "{method}: {said}");
    }
}

#[test]
fn rounds_need_their_rules_and_give_an_instant_runoff() {
    let folder = Folder::make();
    let rules = r#""winnerElectionMode": "singleWinnerMajority", "overvoteRule": "alwaysSkipToNextRank", "tiebreakMode": "useCandidateOrder""#;
    let svg = folder.path("rounds.svg");
    let found = counted(&folder, RANKS, rules, &["--svg", &svg]).unwrap();
    assert_eq!(found["winners"], serde_json::json!(["Knoxville"]));
    assert_eq!(found["results"].as_array().unwrap().len(), 3, "{found}");
    assert!(picture(&svg).contains("round 3"));
    assert!(counted(&folder, RANKS, "", &[]).unwrap_err().contains("winnerElectionMode"));
}

#[test]
fn totals_are_those_worked_out_by_hand() {
    let folder = Folder::make();
    let totals = |found: serde_json::Value| -> Vec<(String, String)> {
        let list = found["totals"].as_array().unwrap().clone();
        list.iter()
            .map(|one| (one["candidate"].as_str().unwrap().into(), one["total"].as_str().unwrap().into()))
            .collect()
    };
    let named = |list: [(&str, &str); 4]| list.map(|(name, total)| (name.to_owned(), total.to_owned())).to_vec();
    let borda = totals(counted(&folder, RANKS, r#""method": "borda""#, &[]).unwrap());
    assert_eq!(borda, named([("Nashville", "194"), ("Chattanooga", "173"), ("Memphis", "126"), ("Knoxville", "107")]));
    let score = totals(counted(&folder, SCORES, r#""method": "score""#, &[]).unwrap());
    assert_eq!(score, named([("Nashville", "293"), ("Chattanooga", "237"), ("Memphis", "210"), ("Knoxville", "156")]));
    let approvals = "voters,Memphis,Nashville,Chattanooga,Knoxville\n42,x,1,,\n26,0,X,,\n15,,,1,1\n17,,,1,1\n";
    let approval = totals(counted(&folder, approvals, r#""method": "approval""#, &[]).unwrap());
    assert_eq!(approval, named([("Nashville", "68"), ("Memphis", "42"), ("Chattanooga", "32"), ("Knoxville", "32")]));
    let bought = "voters,Memphis,Nashville,Chattanooga,Knoxville\n1,3,-1,,\n2,,2,2,\n1,-3,,,\n";
    let quadratic = totals(
        counted(&folder, bought, r#""method": "quadratic", "credits": 10, "tiebreakMode": "useCandidateOrder""#, &[])
            .unwrap(),
    );
    assert_eq!(quadratic, named([("Chattanooga", "4"), ("Nashville", "3"), ("Memphis", "0"), ("Knoxville", "0")]));
    let refused = counted(&folder, bought, r#""method": "quadratic", "credits": 9"#, &[]).unwrap_err();
    assert!(refused.contains("cost 10 credits, but a voter has 9"), "{refused}");
}

#[test]
fn grades_go_by_their_names() {
    let folder = Folder::make();
    let grades = "voters,Memphis,Nashville,Chattanooga,Knoxville\n42,Good,Fair,Poor,Poor\n26,Poor,Good,Fair,Poor\n15,Poor,Fair,Good,Fair\n17,Poor,Fair,Good,Good\n";
    let rules = r#""method": "majority-judgment", "grades": ["Good", "Fair", "Poor"]"#;
    let svg = folder.path("grades.svg");
    let found = counted(&folder, grades, rules, &["--svg", &svg]).unwrap();
    assert_eq!(found["winners"], serde_json::json!(["Nashville"]));
    assert_eq!(found["candidates"][0]["grades"], serde_json::json!({ "Good": 26, "Fair": 74, "Poor": 0 }));
    assert!(picture(&svg).contains("Fair: 74"));
    let refused = counted(&folder, &grades.replace("26,Poor", "26,Awful"), rules, &[]).unwrap_err();
    assert!(refused.contains("row 3, column 2: “Awful” is none of the grades Good, Fair, Poor"), "{refused}");
    assert!(counted(&folder, grades, r#""method": "majority-judgment""#, &[]).unwrap_err().contains("grades: a list"));
}

const DELEGATING: &str = r#"{ "outputSettings": { "contestName": "Bench" }, "candidates": [ { "name": "Ann" }, { "name": "Bo" } ],
  "cvrFileSources": [ { "filePath": "roll.csv", "provider": "genericCsv", "firstVoteColumnIndex": 4, "voterColumnIndex": 1,
    "weightColumnIndex": 2, "delegatesColumnIndex": 3 } ], "rules": { "method": "plurality", "eligible": 20, "requirements": [
    { "quorum": "1/2" }, { "quorum": 8 }, { "winner": "> 1/2", "of": "valid" } ] } }"#;

#[test]
fn delegated_votes_count_where_they_went_and_circles_are_told() {
    let folder = Folder::make();
    // Dora and Eli delegate to each other, Dora to Amina next; Fay to nobody who voted.
    let roll = "voter,weight,delegates,Ann,Bo\nAmina,1,,1,\nBeth,4,,,1\nCy,2,Amina; Beth,,\nDora,3,Eli;Amina,,\nEli,1,Dora,,\nFay,5,Eli,,\n";
    folder.put("roll.csv", roll);
    let file = folder.put("contest.json", DELEGATING);
    let said = polity(&["tally", "ranked", &file, "--json"]).unwrap();
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    // Amina speaks for herself, Cy and Dora; Eli's next choice is nobody, so Fay's vote is lost with Eli's.
    assert_eq!(found["totals"][0], serde_json::json!({ "candidate": "Ann", "total": "6" }));
    assert_eq!(found["delegations"]["lost"], 6);
    assert_eq!(found["delegations"]["cycles"], serde_json::json!([[4, 5]]));
    assert_eq!(found["binds"], true);
    let text = polity(&["tally", "ranked", &file]).unwrap();
    for wanted in [
        "A circle of delegations was broken: voter 4 to voter 5",
        "Votes cast: 10; at least 10 are needed (1/2 of those eligible): met",
        "The result binds.",
    ] {
        assert!(text.contains(wanted), "{text}");
    }
    folder.put("roll.csv", &roll.replace("Beth,4", "Beth,3"));
    let text = polity(&["tally", "ranked", &file]).unwrap();
    assert!(text.contains("not met") && text.contains("The result does not bind."), "{text}");
}

#[test]
fn faults_of_a_roll_are_placed() {
    let folder = Folder::make();
    let file = folder.put("contest.json", DELEGATING);
    let refused = |roll: &str| {
        folder.put("roll.csv", &format!("voter,weight,delegates,Ann,Bo\n{roll}"));
        polity(&["tally", "ranked", &file]).unwrap_err()
    };
    assert!(refused("Amina,1,,1,\nAmina,1,,,1\n").contains("row 3: the voter “Amina” has two rows"));
    assert!(refused("Amina,1,Zoe,,\n").contains("row 2: “Zoe” is given the vote, but has no row"));
    assert!(
        refused("Amina,heavy,,1,\n").contains("row 2, column 2: “heavy” where a weight, a whole number, is expected")
    );
    assert!(refused(",1,,1,\n").contains("row 2: a voter without a name"));
}

#[test]
fn what_cannot_be_asked_of_a_method_is_refused() {
    let folder = Folder::make();
    let share = r#""method": "score", "requirements": [ { "winner": "1/2" } ]"#;
    assert!(
        counted(&folder, SCORES, share, &[]).unwrap_err().contains("score gives no number of votes for one candidate")
    );
    assert!(
        counted(&folder, RANKS, r#""method": "schulze""#, &["--seats", "2"])
            .unwrap_err()
            .contains("schulze fills one seat, and 2 are asked for")
    );
    assert!(
        counted(&folder, RANKS, r#""method": "lottery""#, &[]).unwrap_err().contains("“lottery” is no method here")
    );
    assert!(
        counted(&folder, RANKS, r#""method": "borda", "unranked": "much""#, &[])
            .unwrap_err()
            .contains("unranked: \"much\" is none of zero, average, modified")
    );
    let tied = "voters,Memphis,Nashville,Chattanooga,Knoxville\n1,1,,,\n1,,1,,\n";
    assert!(
        counted(&folder, tied, r#""method": "plurality""#, &[]).unwrap_err().contains("Memphis, Nashville are tied")
    );
}

#[test]
fn preflib_files_count_by_what_they_hold() {
    let folder = Folder::make();
    let head = "# TITLE: Parks\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Oak\n# ALTERNATIVE NAME 2: Elm\n# ALTERNATIVE NAME 3: Ash\n# NUMBER VOTERS: 5\n";
    let orders = folder.put("parks.toc", &format!("{head}3: 1,{{2,3}}\n2: 2,3,1\n"));
    let said = |words: &[&str]| polity(&[&["tally", "ranked"], words].concat());
    assert!(said(&[&orders]).unwrap().contains("Elected: Oak"));
    assert!(said(&[&orders, "--method", "schulze"]).unwrap().contains("First: Oak"));
    assert!(said(&[&orders, "--method", "approval"]).unwrap_err().contains("this file holds orders"));
    let categories = format!(
        "{head}# NUMBER CATEGORIES: 3\n# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: Maybe\n# CATEGORY NAME 3: No\n3: {{1}},{{2}},{{3}}\n2: {{2}},{{3}},{{1}}\n"
    );
    let file = folder.put("parks.cat", &categories);
    assert!(said(&[&file]).unwrap().contains("First: Oak"));
    let scores: serde_json::Value =
        serde_json::from_str(&said(&[&file, "--method", "score", "--json"]).unwrap()).unwrap();
    // Two points for Yes, one for Maybe: Elm 3 + 4, Oak 6, Ash 2.
    assert_eq!(scores["totals"][0], serde_json::json!({ "candidate": "Elm", "total": "7" }));
    assert!(said(&[&file, "--method", "approval"]).unwrap().contains("Elected: Oak"));
}
