//! Cases that can be worked out by hand.

use crate::town::{equal_shares, units};
use budgeting::{Election, Project, Question, Rule, Satisfaction, VoteType, decide, outcome::Reason};
use budgeting::{Fraction, Raise, Rest};

fn election(budget: i64, costs: &[i64], ballots: &[(usize, &[usize])]) -> Election {
    let projects =
        costs.iter().enumerate().map(|(i, cost)| Project { id: format!("p{i}"), cost: *cost, ..Project::default() });
    let ballots: Vec<Vec<(usize, i64)>> = ballots
        .iter()
        .flat_map(|(voters, ballot)| vec![ballot.iter().map(|project| (*project, 1)).collect(); *voters])
        .collect();
    Election::new(budget, projects.collect(), VoteType::Approval, &ballots).unwrap()
}

#[test]
fn bounded_overspending_funds_what_almost_can_be_paid() {
    // Sixty of a hundred voters want p0 at 65, the others p1 at 40, one unit each: Equal Shares leaves the larger group empty.
    let election = election(100, &[65, 40], &[(60, &[0]), (40, &[1])]);
    let shares = decide(&election, &equal_shares(Satisfaction::Cost, Raise::No, Rest::Stays)).unwrap();
    assert_eq!(shares.selected, [1]);
    // p1 is paid in full: ρ/α = 1/40 for each unit of gain. p0: λ = 1/65, α = 60/65, λ/α² = 65/3600, which is less.
    let bounded = decide(&election, &Question::by(Rule::BoundedOverspending(Satisfaction::Cost))).unwrap();
    assert_eq!(bounded.selected, [0]);
    assert_eq!(bounded.rounds[0].measure, Some(Fraction::new(65.into(), 3600.into())));
    assert_eq!(bounded.accounting.overspent, units(5));
    assert!(bounded.accounting.is_balanced());
}

#[test]
fn equal_shares_says_what_was_missing() {
    let election = election(100, &[65, 40], &[(60, &[0]), (40, &[1])]);
    let outcome = decide(&election, &equal_shares(Satisfaction::Cost, Raise::No, Rest::Stays)).unwrap();
    let expected = Reason::Unaffordable { had: units(60), missing: units(5), more_supporters: 5 };
    assert_eq!(outcome.losses[0].reason, expected);
    let other = outcome.under_greedy.unwrap();
    assert_eq!((other.would_win, other.would_lose, other.prefer_this, other.prefer_other), (vec![0], vec![1], 40, 60));
}

#[test]
fn maximin_support_spreads_loads_anew() {
    // p0 for voters 1 and 2, p1 for 2 and 3, p2 for 4 and 5. After p0 (load 5), p1 can be spread as 20/3 over three.
    let election = election(30, &[10, 10, 14], &[(1, &[0]), (1, &[0, 1]), (1, &[1]), (2, &[2])]);
    let outcome = decide(&election, &Question::by(Rule::MaximinSupport)).unwrap();
    assert_eq!(outcome.selected, [0, 1]);
    let loads: Vec<_> = outcome.rounds.iter().map(|round| round.measure.clone().unwrap()).collect();
    assert_eq!(loads, [units(5), Fraction::new(20.into(), 3.into())]);
    // Phragmén keeps what was paid: p2 at 7 comes before p1 at 7.5, and then p1 would pass the budget.
    let outcome = decide(&election, &Question::by(Rule::Phragmen)).unwrap();
    assert_eq!(outcome.selected, [0, 2]);
}
