//! Satisfaction by roots, logarithms and ranks.

use crate::town::{election, equal_shares, funded};
use budgeting::{Election, Project, Raise, Rest, Satisfaction, VoteType, decide};

fn one_voter_each(costs: &[i64], budget: i64) -> Election {
    let projects =
        costs.iter().enumerate().map(|(i, cost)| Project { id: format!("p{i}"), cost: *cost, ..Project::default() });
    let all: Vec<(usize, i64)> = (0..costs.len()).map(|project| (project, 1)).collect();
    Election::new(budget, projects.collect(), VoteType::Approval, &[all]).unwrap()
}

#[test]
fn measures_order_projects_as_they_say() {
    // Alone for one voter: by cost all are level (the id decides); by number, root and logarithm the cheap ones are better.
    let election = one_voter_each(&[100, 9, 25], 100);
    let order = |satisfaction| decide(&election, &equal_shares(satisfaction, Raise::No, Rest::Stays)).unwrap().selected;
    assert_eq!(order(Satisfaction::Cost), [0]);
    for satisfaction in [Satisfaction::Cardinality, Satisfaction::SquareRoot, Satisfaction::Logarithm] {
        assert_eq!(order(satisfaction), [1, 2], "{satisfaction:?}");
    }
}

#[test]
fn ranks_count_by_borda() {
    let election = election("Poland_Krakow_2024.pb");
    let selected = funded(&election, &equal_shares(Satisfaction::Borda, Raise::No, Rest::Stays));
    assert!(!selected.is_empty());
    let wrong = decide(&one_voter_each(&[1], 1), &equal_shares(Satisfaction::Borda, Raise::No, Rest::Stays));
    assert_eq!(wrong.unwrap_err().to_string(), "satisfaction by borda needs ordinal ballots");
}
