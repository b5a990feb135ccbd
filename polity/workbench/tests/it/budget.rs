//! `polity tally budget`: what was asked is what is counted, or it is refused.

use crate::{Folder, polity};

const TOWN: &str = "META\nkey;value\ndescription;a town\ncountry;X\nunit;Town\ninstance;2026\nnum_projects;3\nnum_votes;3\nbudget;100\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost;votes;name;category\na;50;2;A;parks\nb;49;2;B;streets\nc;40;1;C;parks\nVOTES\nvoter_id;vote\n1;a\n2;a,b\n3;b,c\n";

fn asked(more: &[&str]) -> Result<String, String> {
    let folder = Folder::make();
    let file = folder.put("town.pb", TOWN);
    polity(&[&["tally", "budget", &file], more].concat())
}

#[test]
fn a_cap_that_names_nothing_is_refused_and_one_that_does_counts() {
    let refused = asked(&["--category-cap", "nosuch=100"]).unwrap_err();
    assert!(refused.contains("“nosuch”") && refused.contains("parks, streets"), "{refused}");
    assert!(asked(&["--district-cap", "north=100"]).unwrap_err().contains("names no district"));
    let twice = ["--category-cap", "parks=10", "--category-cap", "parks=60"];
    assert!(asked(&twice).unwrap_err().contains("two caps"));
    let capped = asked(&["--method", "greedy", "--category-cap", "parks=45", "--json"]).unwrap();
    let capped: serde_json::Value = serde_json::from_str(&capped).unwrap();
    assert_eq!(capped["selected"], serde_json::json!(["b", "c"]), "a costs more than its category may");
}

#[test]
fn options_of_another_rule_stop_nobody() {
    asked(&["--method", "greedy", "--completion", "none", "--increment", "1"]).unwrap();
    asked(&["--method", "phragmen", "--satisfaction", "cardinality"]).unwrap();
}

#[test]
fn ties_are_listed_once() {
    assert!(asked(&["--ties", "votes,votes"]).unwrap_err().contains("“votes” stands there twice"));
    assert!(asked(&["--ties", "list:a|b,list:b|a"]).unwrap_err().contains("“list” stands there twice"));
    assert!(asked(&["--ties", "list:a|b|a"]).unwrap_err().contains("“a” twice"));
    assert!(asked(&["--ties", "list:a|z"]).unwrap_err().contains("“z”"));
    asked(&["--ties", "votes,list:b|a|c"]).unwrap();
}
