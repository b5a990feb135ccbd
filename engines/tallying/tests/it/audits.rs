//! Audits against published figures, and by their definition.

use tallying::{
    AuditError, AuditRules, AuditedContest, Discrepancies, Votes, diluted_margin, kaplan_markov, overstatement,
    sample_size,
};

fn rules(risk_limit: &str) -> AuditRules {
    AuditRules { risk_limit: risk_limit.parse().unwrap(), inflator: "1.03905".parse().unwrap() }
}

fn contest(winner: u64, loser: u64, ballots: u64) -> AuditedContest {
    AuditedContest { ballots, tallies: vec![loser, winner, loser / 2], seats: 1 }
}

#[test]
fn the_first_sample_is_4_8_divided_by_the_margin_at_ten_percent() {
    // Lindeman, Stark, A Gentle Introduction to Risk-limiting Audits (2012): 4.8 ÷ m at a risk limit of 10%.
    for (winner, loser) in [(55_000, 45_000), (51_000, 49_000), (50_500, 49_500)] {
        let contest = contest(winner, loser, 100_000);
        let margin = diluted_margin(&contest).unwrap().approximately();
        let drawn = sample_size(&contest, &rules("1/10"), Discrepancies::default()).unwrap() as f64;
        assert!((drawn * margin - 4.785).abs() < 0.1, "{drawn} × {margin}");
    }
}

#[test]
fn each_discrepancy_asks_for_the_published_number_of_further_ballots() {
    // The same paper: n = (4.8 + 1.4 (o1 + 5 o2 − 0.6 u1 − 4.4 u2)) ÷ m, its coefficients rounded; u2 means one vote turned round.
    let contest = contest(52_000, 48_000, 100_000);
    let base = sample_size(&contest, &rules("1/10"), Discrepancies::default()).unwrap() as f64;
    let more = |found: Discrepancies| (sample_size(&contest, &rules("1/10"), found).unwrap() as f64 - base) * 0.04;
    let over = more(Discrepancies { over_by_one: 1, ..Default::default() });
    let twice = more(Discrepancies { over_by_two: 1, ..Default::default() });
    let under = more(Discrepancies { under_by_one: 1, ..Default::default() });
    assert!(
        (over - 1.4).abs() < 0.1 && (twice - 7.0).abs() < 0.25 && (under + 0.84).abs() < 0.1,
        "{over} {twice} {under}"
    );
}

#[test]
fn the_sample_is_the_smallest_that_the_check_confirms() {
    for (winner, found) in
        [(520, Discrepancies::default()), (600, Discrepancies { over_by_one: 2, ..Default::default() })]
    {
        let contest = contest(winner, 400, 1_000);
        let drawn = sample_size(&contest, &rules("1/20"), found).unwrap();
        assert!(kaplan_markov(&contest, &rules("1/20"), drawn, found).unwrap().confirmed);
        assert!(!kaplan_markov(&contest, &rules("1/20"), drawn - 1, found).unwrap().confirmed);
    }
}

#[test]
fn the_risk_is_the_exact_product_of_its_definition() {
    let contest = AuditedContest { ballots: 100, tallies: vec![60, 40], seats: 1 };
    let rules = AuditRules { risk_limit: "1/20".parse().unwrap(), inflator: "2".parse().unwrap() };
    // Margin 1/5, γ = 2: each draw × 19/20; one ballot over by one: ÷ 3/4.
    let found = kaplan_markov(&contest, &rules, 2, Discrepancies { over_by_one: 1, ..Default::default() }).unwrap();
    assert_eq!(found.risk, Votes::from(1u64), "361/400 × 4/3 is above one");
    let found = kaplan_markov(&contest, &rules, 3, Discrepancies { under_by_two: 1, ..Default::default() }).unwrap();
    assert_eq!(found.risk, "6859/12000".parse().unwrap());
}

#[test]
fn a_ballot_overstates_by_at_most_two() {
    let contest = contest(600, 300, 1_000);
    let reading = |marks: [bool; 3]| marks;
    let of = |reported, actual| overstatement(&contest, &[1], &reading(reported), &reading(actual));
    assert_eq!(of([false, true, false], [true, false, false]), 2);
    assert_eq!(of([false, true, false], [false, false, false]), 1);
    assert_eq!(of([false, true, false], [false, true, false]), 0);
    assert_eq!(of([true, false, true], [false, true, false]), -2);
}

#[test]
fn what_cannot_be_audited_is_refused() {
    let none = Discrepancies::default();
    let tied = AuditedContest { ballots: 10, tallies: vec![5, 5], seats: 1 };
    assert_eq!(sample_size(&tied, &rules("1/20"), none), Err(AuditError::NoMargin));
    let all = AuditedContest { ballots: 10, tallies: vec![5, 4], seats: 2 };
    assert_eq!(sample_size(&all, &rules("1/20"), none), Err(AuditError::NoLoser));
    let close = AuditedContest { ballots: 10_000_000, tallies: vec![5_000_001, 4_999_999], seats: 1 };
    assert_eq!(sample_size(&close, &rules("1/20"), none), Err(AuditError::TooMany));
    let tight = AuditRules { inflator: Votes::from(1u64), ..rules("1/20") };
    assert_eq!(sample_size(&contest(6, 3, 10), &tight, none), Err(AuditError::Inflator));
}
