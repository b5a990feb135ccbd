use super::{ballot_of, judge, may_cast, may_change, phase, read_ballot};
use crate::{
    areas::{AreaSum, Areas, VotesIn},
    ballot::Choices,
    model::{BallotKind, Budget, Definition, Origin, Phase, State, Turnout, Vote, VoteOption, Voters},
    roll::Eligible,
    rule::{BudgetMethod, BudgetRule, Completion, Gain, PollMethod, PollRule, Rule, Ties},
};
use civic::{LocalText, Moment};
use proptest::prelude::*;

fn definition(ballot: BallotKind, costs: &[i64]) -> Definition {
    let option = |(place, cost): (usize, &i64)| VoteOption {
        id: format!("{:03}", place + 1),
        title: LocalText::plain("x"),
        text: None,
        cost_cents: *cost,
        district: None,
        from: None,
        offered_by: None,
    };
    Definition {
        title: LocalText::plain("A vote"),
        text: None,
        opens_at: Moment(1_000_000),
        closes_at: Moment(2_000_000),
        voters: Voters::Residents,
        eligible: Eligible::default(),
        paper: false,
        budget: Some(Budget { cents: 100, currency: "EUR".parse().unwrap() }),
        areas: None,
        ballot,
        rule: Rule::Budget(BudgetRule {
            method: BudgetMethod::EqualShares,
            satisfaction: Gain::Cost,
            completion: Completion::None,
            ties: Ties::File,
        }),
        options: costs.iter().enumerate().map(option).collect(),
        next_option: 99,
    }
}

fn vote(state: State) -> Vote {
    Vote {
        code: "V-2222".parse().unwrap(),
        state,
        state_at: Moment(0),
        definition: definition(BallotKind::Cart, &[60, 50]),
        origin: Origin::Held,
        key_print: String::new(),
        paper_done: false,
        paper_counts: crate::paper::PaperCounts::new(),
        turnout: Turnout::new(),
        created_at: Moment(0),
        version: 1,
    }
}

fn raw(entries: &[(&str, &str)]) -> super::Raw {
    entries.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect()
}

fn code(ballot: BallotKind, entries: &[(&str, &str)]) -> &'static str {
    let refusals = read_ballot(&definition(ballot, &[60, 50, 40]), &raw(entries)).unwrap_err();
    refusals[0].code
}

#[test]
fn the_clock_opens_and_closes_and_what_is_over_stays_over() {
    let published = vote(State::Published);
    assert_eq!(phase(&published, Moment(999_999)), Phase::Announced);
    assert_eq!(phase(&published, Moment(1_000_000)), Phase::Open);
    assert_eq!(phase(&published, Moment(1_999_999)), Phase::Open);
    assert_eq!(phase(&published, Moment(2_000_000)), Phase::Counting);
    // A clock that is set back opens nothing again.
    let closed = vote(State::Closed);
    assert_eq!(phase(&closed, Moment(1_500_000)), Phase::Counting);
    assert_eq!(may_cast(&closed, Moment(1_500_000)).unwrap_err().code, "vote-closed");
    assert_eq!(may_cast(&vote(State::Draft), Moment(1_500_000)).unwrap_err().code, "vote-not-open");
    assert!(may_change(&published, Moment(999_999)).is_ok());
    assert_eq!(may_change(&published, Moment(1_000_000)).unwrap_err().code, "vote-fixed");
}

#[test]
fn ballots_are_refused_in_a_sentence() {
    assert_eq!(code(BallotKind::Cart, &[("001", ""), ("002", "")]), "ballot-over-budget");
    assert_eq!(code(BallotKind::Cart, &[]), "ballot-empty");
    assert_eq!(code(BallotKind::Cart, &[("009", "")]), "ballot-unknown");
    assert_eq!(code(BallotKind::Cart, &[("001", ""), ("001", "")]), "ballot-twice");
    assert_eq!(code(BallotKind::One, &[("001", ""), ("002", "")]), "ballot-most");
    assert_eq!(code(BallotKind::Approval { most: 1 }, &[("001", ""), ("002", "")]), "ballot-most");
    assert_eq!(code(BallotKind::Ranking { most: 3 }, &[("001", "1"), ("002", "3")]), "ballot-ranks");
    assert_eq!(code(BallotKind::Ranking { most: 3 }, &[("001", "1"), ("002", "1")]), "ballot-ranks");
    assert_eq!(code(BallotKind::Points { total: 10 }, &[("001", "6"), ("002", "5")]), "ballot-points");
    for number in ["-1", "65536", "99999999999999999999", "1.5", "x", "٣"] {
        assert_eq!(code(BallotKind::Points { total: 10 }, &[("001", number)]), "ballot-number", "{number}");
    }
    assert_eq!(code(BallotKind::Points { total: 10 }, &[("001", "0")]), "ballot-empty");
    assert_eq!(code(BallotKind::Score { highest: 5 }, &[("001", "6")]), "ballot-beyond");
    assert_eq!(code(BallotKind::Grades, &[("001", "6")]), "ballot-beyond");
}

#[test]
fn a_ranking_keeps_its_order_whatever_the_order_of_the_form() {
    let definition = definition(BallotKind::Ranking { most: 3 }, &[60, 50, 40]);
    let read = read_ballot(&definition, &raw(&[("001", "2"), ("003", "1")])).unwrap();
    assert_eq!(read.text(&definition), "003,001");
    assert_eq!(Choices::read("003,001", &definition), Some(read));
}

#[test]
fn a_vote_must_be_whole_before_it_is_published() {
    let whole = definition(BallotKind::Cart, &[60, 50]);
    assert_eq!(judge(&whole, Moment(0)), []);
    let codes = |change: fn(&mut Definition), now: i64| -> Vec<&str> {
        let mut changed = whole.clone();
        change(&mut changed);
        judge(&changed, Moment(now)).iter().map(|refusal| refusal.code).collect()
    };
    assert_eq!(codes(|_| {}, 1_000_000), ["vote-opens-past"]);
    assert_eq!(codes(|d| d.options.clear(), 0), ["vote-options-least"]);
    assert_eq!(codes(|d| d.closes_at = d.opens_at, 0), ["vote-closes-first"]);
    assert_eq!(codes(|d| d.options[0].cost_cents = 101, 0), ["vote-cost-over"]);
    assert_eq!(codes(|d| d.options[0].cost_cents = -1, 0), ["vote-amount"]);
    assert_eq!(codes(|d| d.options[0].cost_cents = i64::MAX, 0), ["vote-amount", "vote-cost-over"]);
    assert_eq!(codes(|d| d.ballot = BallotKind::Grades, 0), ["vote-rule-ballot"]);
    let seats = |d: &mut Definition| {
        d.budget = None;
        d.rule = Rule::Poll(PollRule { method: PollMethod::Plurality, seats: 2 });
        d.ballot = BallotKind::One;
    };
    assert_eq!(codes(seats, 0), ["vote-seats"]);
}

#[test]
fn each_method_of_a_poll_has_its_ballot() {
    for method in PollMethod::ALL {
        let ballot = ballot_of(*method, BallotKind::Cart);
        assert_eq!(ballot_of(*method, ballot), ballot, "{method:?}");
    }
}

fn kinds() -> impl Strategy<Value = BallotKind> {
    prop_oneof![
        Just(BallotKind::Approval { most: 9 }),
        Just(BallotKind::Ranking { most: 9 }),
        Just(BallotKind::Points { total: 900 }),
        Just(BallotKind::Score { highest: 5 }),
        Just(BallotKind::Grades),
    ]
}

/// Of 100 in all 40 for the town, 60 for a district; the first option is the town's.
fn in_parts(ballot: BallotKind) -> Definition {
    let sum = |area: &str, cents| AreaSum { area: area.to_owned(), cents };
    let areas = Areas { votes_in: VotesIn::Chosen, most: 1, sums: vec![sum("town", 40), sum("a", 60), sum("b", 60)] };
    let mut definition = Definition { areas: Some(areas), ..definition(ballot, &[30, 40, 30, 50]) };
    for (place, district) in [(1, "a"), (2, "a"), (3, "b")] {
        definition.options[place].district = Some(district.to_owned());
    }
    definition
}

#[test]
fn each_area_is_judged_by_itself() {
    let code = |entries: &[(&str, &str)], ballot| {
        read_ballot(&in_parts(ballot), &raw(entries)).map_err(|refusals| refusals[0].code)
    };
    let cart = |ids: &[&str]| code(&ids.iter().map(|id| (*id, "")).collect::<Vec<_>>(), BallotKind::Cart).map(|_| ());
    assert_eq!(cart(&["001", "002"]), Ok(()), "70 of 100, but within each sum");
    assert_eq!(cart(&["002", "003"]), Err("ballot-over-budget"), "70 of 60");
    assert_eq!(cart(&["002", "004"]), Err("ballot-districts"));
    let ranking = BallotKind::Ranking { most: 2 };
    let read = code(&[("001", "1"), ("003", "1"), ("002", "2")], ranking).unwrap();
    assert_eq!(read.text(&in_parts(ranking)), "001,003,002");
    assert_eq!(Choices::read("001,003,002", &in_parts(ranking)), Some(read));
    assert_eq!(code(&[("001", "1"), ("003", "2")], ranking), Err("ballot-ranks"));
    let points = BallotKind::Points { total: 10 };
    assert!(code(&[("001", "10"), ("002", "10")], points).is_ok());
    assert_eq!(code(&[("001", "10"), ("002", "6"), ("003", "5")], points), Err("ballot-points"));
}

#[test]
fn areas_of_a_vote_have_sums_that_hold_their_options() {
    let codes = |change: fn(&mut Definition)| {
        let mut definition = in_parts(BallotKind::Cart);
        change(&mut definition);
        judge(&definition, Moment(1)).iter().map(|refusal| refusal.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(|_| ()), [""; 0]);
    assert_eq!(codes(|one| one.options[3].cost_cents = 61), ["vote-areas-cost"]);
    assert_eq!(codes(|one| one.options[3].district = Some("c".to_owned())), ["vote-areas-option"]);
    assert_eq!(
        codes(|one| one.areas.as_mut().unwrap().sums[1].cents = -1),
        ["vote-amount", "vote-areas-cost", "vote-areas-cost"]
    );
    assert_eq!(codes(|one| one.areas.as_mut().unwrap().most = 3), ["vote-areas-most"]);
    assert_eq!(codes(|one| one.areas.as_mut().unwrap().votes_in = VotesIn::Own), ["vote-areas-roll"]);
    assert_eq!(codes(|one| one.eligible.least_age = Some(16)), ["vote-eligible-roll"]);
    let other = |voters, age| {
        let mut definition = in_parts(BallotKind::Cart);
        (definition.voters, definition.eligible.least_age) = (voters, Some(age));
        judge(&definition, Moment(1)).iter().map(|refusal| refusal.code).collect::<Vec<_>>()
    };
    assert_eq!((other(Voters::Roll, 16), other(Voters::Roll, 0)), (vec![], vec!["vote-age-number"]));
}

proptest! {
    /// Whatever is read comes out of the box as it went in, and all ballots of a vote have one length.
    #[test]
    fn a_ballot_comes_out_as_it_went_in(kind in kinds(), values in proptest::collection::vec(0_u16..=5, 9)) {
        let definition = definition(kind, &[10; 9]);
        let ranked = matches!(kind, BallotKind::Ranking { .. });
        let mut rank = 0;
        let entries = values.iter().zip(&definition.options).filter(|(value, _)| **value > 0).map(|(value, option)| {
            rank += 1;
            let number = match kind {
                BallotKind::Approval { .. } => String::new(),
                _ if ranked => rank.to_string(),
                _ => value.to_string(),
            };
            (option.id.clone(), number)
        });
        let entries: super::Raw = entries.collect();
        prop_assume!(!entries.is_empty());
        let read = read_ballot(&definition, &entries).unwrap();
        let bytes = read.bytes(definition.options.len());
        prop_assert_eq!(bytes.len(), 18);
        prop_assert_eq!(Choices::from_bytes(&bytes, &definition), read.clone());
        prop_assert_eq!(Choices::read(&read.text(&definition), &definition), Some(read));
    }

    /// No form makes the reader of ballots fall over.
    #[test]
    fn any_form_is_read_or_refused(kind in kinds(), entries in proptest::collection::vec((".{0,6}", ".{0,8}"), 0..12)) {
        let _ = read_ballot(&definition(kind, &[10; 9]), &entries);
    }
}
