//! What the tests share.

use budgeting::{
    Election, EqualShares, Fraction, Question, Raise, Rest, Rule, Satisfaction, TieRule, TieStep, pabulib,
};
use std::path::PathBuf;

/// Real elections, beside the checkout.
pub fn data() -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/pb"));
    assert!(folder.is_dir(), "the elections are missing: ../shared/data/pb beside the repository");
    folder
}

pub fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(data().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

pub fn election(file: &str) -> Election {
    pabulib::Document::read(&bytes(file)).unwrap().election().unwrap()
}

pub fn json(file: &str) -> serde_json::Value {
    serde_json::from_slice(&bytes(file)).unwrap()
}

pub fn units(whole: i64) -> Fraction {
    Fraction::from_integer(whole.into())
}

/// As equalshares.net breaks ties.
pub fn cost_then_votes() -> TieRule {
    TieRule(vec![TieStep::LeastCost, TieStep::MostVotes])
}

pub fn equal_shares(satisfaction: Satisfaction, raise: Raise, rest: Rest) -> Question {
    Question::by(Rule::EqualShares(EqualShares { satisfaction, raise, rest, comparison: false }))
}

/// The ids that are funded, in the order of strings.
pub fn funded(election: &Election, question: &Question) -> Vec<String> {
    let outcome = budgeting::decide(election, question).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert!(outcome.accounting.is_balanced(), "{:?}", outcome.accounting);
    assert!(outcome.spent <= election.budget);
    assert_eq!(outcome.spent, outcome.accounting.spent);
    assert_eq!(outcome.losses.len() + outcome.selected.len(), election.projects.len());
    let mut ids = election.ids(&outcome.selected);
    ids.sort();
    ids
}

pub fn strings(list: &serde_json::Value) -> Vec<String> {
    let mut list: Vec<String> = list.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    list.sort();
    list
}
