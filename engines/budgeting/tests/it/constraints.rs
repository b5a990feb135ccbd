//! Mandatory and exclusive projects, caps, and the variants of cities.

use crate::town::{equal_shares, units};
use budgeting::{
    Block, Constraints, Election, Greedy, Misfit, Order, Project, Question, Raise, Refusal, Rest, Rule, Satisfaction,
    TieRule, TieStep, VoteType, decide,
    outcome::{Reason, Step},
};

/// Four projects: a 60 (5 votes), b 50 (4), c 30 (3), d 10 (1); the budget is 100.
fn town() -> Election {
    let project = |id: &str, cost, category: &str| Project {
        id: id.into(),
        cost,
        categories: vec![category.into()],
        ..Project::default()
    };
    let projects =
        vec![project("a", 60, "green"), project("b", 50, "green"), project("c", 30, "play"), project("d", 10, "play")];
    let ballots = [vec![0, 1], vec![0, 1], vec![0, 1, 2], vec![0, 1, 2], vec![0, 2, 3]];
    let ballots: Vec<Vec<(usize, i64)>> = ballots.iter().map(|b| b.iter().map(|p| (*p, 1)).collect()).collect();
    Election::new(100, projects, VoteType::Approval, &ballots).unwrap()
}

fn greedy(misfit: Misfit, threshold: Option<i64>) -> Question {
    Question::by(Rule::Greedy(Greedy { order: Order::Votes, misfit, threshold }))
}

fn funded(question: &Question) -> Vec<String> {
    let election = town();
    election.ids(&decide(&election, question).unwrap().selected)
}

#[test]
fn variants_of_the_greedy_rule() {
    assert_eq!(funded(&greedy(Misfit::Skip, None)), ["a", "c", "d"]);
    assert_eq!(funded(&greedy(Misfit::Stop, None)), ["a"]);
    // b lacks 10 of 50: exactly 80% is there.
    assert_eq!(funded(&greedy(Misfit::StopUnlessPercent(80), None)), ["a", "b"]);
    assert_eq!(funded(&greedy(Misfit::StopUnlessPercent(81), None)), ["a"]);
    assert_eq!(funded(&greedy(Misfit::Skip, Some(3))), ["a", "c"]);
}

#[test]
fn who_lost_is_told_what_was_needed() {
    let election = town();
    let outcome = decide(&election, &greedy(Misfit::Skip, None)).unwrap();
    let expected = Reason::DidNotFit { left: 40, missing: 10, ahead_of: Some(0), votes_needed: Some(6) };
    assert_eq!(outcome.losses[0].reason, expected);
}

#[test]
fn mandatory_projects_come_first_and_out_of_the_budget() {
    let constraints = Constraints { mandatory: vec!["b".into()], ..Constraints::default() };
    let question = Question { constraints, ..equal_shares(Satisfaction::Cost, Raise::No, Rest::Stays) };
    let outcome = decide(&town(), &question).unwrap();
    assert_eq!((outcome.rounds[0].project, outcome.rounds[0].step), (1, Step::Mandatory));
    assert_eq!(outcome.accounting.share, units(10));
    assert!(outcome.accounting.is_balanced());
    let constraints = Constraints { mandatory: vec!["a".into(), "b".into()], ..Constraints::default() };
    let refused = decide(&town(), &Question { constraints, ..greedy(Misfit::Skip, None) });
    assert!(matches!(refused, Err(Refusal::Mandatory(_))));
}

#[test]
fn alternatives_and_caps_bind_every_rule() {
    let constraints = Constraints {
        exclusive: vec![vec!["a".into(), "c".into()]],
        category_caps: [("green".into(), 60), ("play".into(), 5)].into(),
        ..Constraints::default()
    };
    for rule in [
        Rule::Greedy(Greedy::by(Satisfaction::Cost)),
        Rule::Phragmen,
        Rule::MaximinSupport,
        Rule::BoundedOverspending(Satisfaction::Cost),
        Rule::Welfare(Satisfaction::Cost),
    ] {
        let outcome =
            decide(&town(), &Question { constraints: constraints.clone(), ..Question::by(rule.clone()) }).unwrap();
        assert_eq!(outcome.selected, [0], "{rule:?}");
        let reasons: Vec<&Reason> = outcome.losses.iter().map(|loss| &loss.reason).collect();
        assert_eq!(*reasons[1], Reason::Blocked(Block::Alternative(0)), "{rule:?}");
        assert_eq!(*reasons[2], Reason::Blocked(Block::Cap { of: "play".into(), left: 5 }), "{rule:?}");
    }
}

#[test]
fn a_tie_matters_only_where_the_order_does() {
    let project = |id: &str| Project { id: id.into(), cost: 50, ..Project::default() };
    let ballots = vec![vec![(0, 1), (1, 1)]];
    let election =
        |budget| Election::new(budget, vec![project("x"), project("y")], VoteType::Approval, &ballots).unwrap();
    let by = |steps: Vec<TieStep>| Question { ties: TieRule(steps), ..greedy(Misfit::Skip, None) };
    let refused = Err(Refusal::Tie(vec!["x".into(), "y".into()]));
    assert_eq!(decide(&election(60), &by(vec![TieStep::LeastCost])).map(|_| ()), refused);
    assert_eq!(decide(&election(100), &by(vec![TieStep::LeastCost])).unwrap().selected.len(), 2);
    let listed = by(vec![TieStep::LeastCost, TieStep::List(vec!["y".into()])]);
    assert_eq!(decide(&election(60), &listed).unwrap().selected, [1]);
    // SHA-256 of “2026:x” begins with 11d3, that of “2026:y” with 48a9.
    let lot = decide(&election(60), &by(vec![TieStep::Lot("2026".into())])).unwrap();
    assert_eq!(lot.selected, [0]);
}
