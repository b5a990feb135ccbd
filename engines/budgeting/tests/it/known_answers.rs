//! Every run of both oracles under its stated semantics.

use crate::town::{cost_then_votes, data, election, equal_shares, funded, json, strings, units};
use budgeting::{Election, Greedy, Question, Raise, Refusal, Rest, Rule, Satisfaction, decide};
use serde_json::Value;

fn satisfaction(word: &str) -> Satisfaction {
    match word {
        "cost" => Satisfaction::Cost,
        "cardinality" => Satisfaction::Cardinality,
        "additive_cardinal" | "points" => Satisfaction::Points,
        other => panic!("{other}"),
    }
}

fn text<'a>(run: &'a Value, key: &str) -> &'a str {
    run[key].as_str().unwrap_or("")
}

/// A run by pabutools, as a question: exact shares, ties by the string of the id.
fn by_pabutools(run: &Value) -> Question {
    let increment = || units(run["increment_per_voter"].as_i64().unwrap());
    match text(run, "method") {
        "greedy" => Question::by(Rule::Greedy(Greedy::by(satisfaction(text(run, "satisfaction"))))),
        "phragmen" => Question::by(Rule::Phragmen),
        "max_welfare" => Question::by(Rule::Welfare(satisfaction(text(run, "satisfaction")))),
        "mes" => {
            let (raise, rest) = match text(run, "completion") {
                "none" => (Raise::No, Rest::Stays),
                "add1" => (Raise::Exact { increment: increment() }, Rest::Stays),
                "add1 then greedy(cost satisfaction)" => {
                    (Raise::Exact { increment: increment() }, Rest::BySatisfaction)
                }
                other => panic!("{other}"),
            };
            equal_shares(satisfaction(text(run, "satisfaction")), raise, rest)
        }
        other => panic!("{other}"),
    }
}

/// A run by equalshares.net: floor of the share, least cost then most votes.
fn by_equalshares_net(run: &Value) -> Question {
    let increment = units(run["increment_per_voter"].as_i64().unwrap_or(1));
    let (raise, rest) = match text(run, "completion") {
        "none" => (Raise::No, Rest::Stays),
        "add1" => (Raise::Integral { increment }, Rest::Stays),
        "add1u" => (Raise::Integral { increment }, Rest::ByVotes),
        other => panic!("{other}"),
    };
    Question { ties: cost_then_votes(), ..equal_shares(Satisfaction::Cost, raise, rest) }
}

fn check(election: &Election, question: &Question, run: &Value, whose: &str, wrong: &mut Vec<String>) {
    let found = funded(election, question);
    let expected = strings(&run["selected"]);
    if found != expected {
        let missing: Vec<_> = expected.iter().filter(|id| !found.contains(id)).collect();
        let extra: Vec<_> = found.iter().filter(|id| !expected.contains(id)).collect();
        wrong.push(format!("{whose} {:?}: missing {missing:?}, extra {extra:?}", question.rule));
    }
}

#[test]
fn every_run_of_the_large_oracle() {
    let oracle = json("ORACLE.json");
    let (mut runs, mut wrong) = (0, Vec::new());
    for (file, facts) in oracle["elections"].as_object().unwrap() {
        let election = election(file);
        assert_eq!(election.ballots.len() as u64, facts["num_votes"].as_u64().unwrap(), "{file}");
        assert_eq!(election.projects.len() as u64, facts["num_projects"].as_u64().unwrap(), "{file}");
        for run in facts["pabutools_runs"].as_array().unwrap() {
            check(&election, &by_pabutools(run), run, file, &mut wrong);
            runs += 1;
        }
        for run in facts["equalshares_js_runs"].as_array().unwrap() {
            if run.get("error").is_some() {
                let completion = text(run, "completion");
                assert!(file.starts_with("France_Toulouse_2024") && completion.starts_with("add1"), "{file}");
                continue;
            }
            check(&election, &by_equalshares_net(run), run, file, &mut wrong);
            runs += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {runs} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(runs, 156, "the oracle has changed");
}

#[test]
fn every_run_of_the_small_oracle() {
    let oracle = json("ORACLE_small.json");
    let (mut count, mut wrong) = (0, Vec::new());
    for (file, facts) in oracle.as_object().unwrap() {
        let election = election(file);
        for (name, run) in facts["runs"].as_object().unwrap() {
            let (method, measure) = name.split_once('/').unwrap_or((name, "cost"));
            let measure = satisfaction(measure);
            let question = match method {
                "greedy" => Question::by(Rule::Greedy(Greedy::by(measure))),
                "phragmen" => Question::by(Rule::Phragmen),
                "mes" => equal_shares(measure, Raise::No, Rest::Stays),
                "mes+add1" => equal_shares(measure, Raise::Exact { increment: units(1) }, Rest::Stays),
                other => panic!("{other}"),
            };
            check(&election, &question, run, &format!("{file} {name}"), &mut wrong);
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, 49, "the oracle has changed");
}

#[test]
fn the_tie_of_toulouse_is_refused_or_broken_as_the_rule_says() {
    let election = election("France_Toulouse_2024.pb");
    let integral = || Raise::Integral { increment: units(1) };
    let asked = Question { ties: cost_then_votes(), ..equal_shares(Satisfaction::Cost, integral(), Rest::Stays) };
    assert_eq!(decide(&election, &asked), Err(Refusal::Tie(vec!["251".into(), "256".into()])));
    let by_id = equal_shares(Satisfaction::Cost, integral(), Rest::Stays);
    let outcome = decide(&election, &by_id).unwrap();
    assert!(outcome.rounds.iter().any(|round| {
        let ids = election.ids(&round.tied);
        ids.len() == 2 && ids.contains(&"256".to_owned()) && election.projects[round.project].id == "251"
    }));
    assert!(data().exists());
}
