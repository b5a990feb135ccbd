//! Examples worked out in the literature.

use crate::{ballots, candidates, lettered, letters, scores};
use tallying::{
    CreditBallot, EliminationRules, MeekRules, MiddleGrade, PairwiseMatrix, Precision, Reading, ScottishRules,
    Strength, TallyError, TieRule, Unranked, Votes, approval, borda, condorcet, count_by_elimination, count_meek,
    count_scottish, majority_judgment, plurality, quadratic_voting, ranked_pairs, schulze, score_voting, star,
};

/// Tennessee chooses a capital: Memphis, Nashville, Chattanooga, Knoxville (the common example of textbooks).
const TENNESSEE: &str = "42 ABCD 26 BCDA 15 CDBA 17 DCBA";

fn listed(size: u16) -> TieRule {
    TieRule::Order((0..size).collect())
}

#[test]
fn tennessee_by_every_method() {
    let (people, votes) = (lettered(4), ballots(TENNESSEE));
    let irv = count_by_elimination(&people, &votes, &EliminationRules::instant_runoff(TieRule::Refuse)).unwrap();
    assert_eq!(letters(&irv.winners), "D");
    assert_eq!(irv.rounds.len(), 3);
    assert_eq!(letters(&plurality(&people, &votes, 1, &TieRule::Refuse).unwrap().winners), "A");
    let points = borda(&people, &votes, Unranked::Zero, 1, &TieRule::Refuse).unwrap();
    let shown: Vec<String> = points.totals.iter().map(|(at, total)| format!("{}{total}", letters(&[*at]))).collect();
    assert_eq!(shown, ["B194", "C173", "A126", "D107"]);
    let matrix = PairwiseMatrix::count(&people, &votes).unwrap();
    assert_eq!(condorcet(&matrix).winner, Some(1));
    assert_eq!(matrix.preferring(1, 0), 58);
    let in_order = |ranking: &[Vec<u16>]| ranking.iter().map(|group| letters(group)).collect::<Vec<_>>().join(">");
    assert_eq!(in_order(&schulze(&matrix, Strength::WinningVotes).unwrap().ranking), "B>C>D>A");
    assert_eq!(in_order(&ranked_pairs(&matrix, Strength::WinningVotes, &[]).unwrap().ranking), "B>C>D>A");
}

#[test]
fn the_example_of_schulze_2011_section_3_1() {
    let votes = ballots("8 ACDB 2 BADC 4 CDBA 4 DBAC 3 DCBA");
    let matrix = PairwiseMatrix::count(&lettered(4), &votes).unwrap();
    let found = schulze(&matrix, Strength::WinningVotes).unwrap();
    assert_eq!(found.ranking, [vec![3], vec![0], vec![2], vec![1]]);
    let strongest: Vec<Vec<u64>> = found.paths.iter().map(|row| row.iter().map(|(with, _)| *with).collect()).collect();
    assert_eq!(strongest, [[0, 14, 14, 12], [13, 0, 13, 12], [13, 15, 0, 12], [13, 19, 13, 0]]);
    assert_eq!(condorcet(&matrix).smith_set, [0, 1, 2, 3]);
}

#[test]
fn the_example_with_45_voters_that_schulze_shows() {
    let votes = ballots("5 ACBED 5 ADECB 8 BEDAC 3 CABED 7 CAEBD 2 CBADE 7 DCEBA 8 EBADC");
    let matrix = PairwiseMatrix::count(&lettered(5), &votes).unwrap();
    assert_eq!(schulze(&matrix, Strength::WinningVotes).unwrap().ranking.concat(), [4, 0, 2, 1, 3]);
}

#[test]
fn a_tie_that_schulze_leaves_is_a_group() {
    let matrix = PairwiseMatrix::count(&lettered(3), &ballots("1 ABC 1 BAC")).unwrap();
    assert_eq!(schulze(&matrix, Strength::Margins).unwrap().ranking, [vec![0, 1], vec![2]]);
}

#[test]
fn food_for_a_party_by_the_single_transferable_vote() {
    // Oranges, pears, strawberries, cake, burgers: three seats, 23 votes, quota 6 (a common example of the Scottish rules).
    let people = candidates("Orange Pear Strawberry Cake Chicken");
    let votes = ballots("3 A 8 BAD 4 C 6 DB 2 ED");
    let rules = ScottishRules { seats: 3, reading: Reading::default(), ties: TieRule::Refuse };
    let found = count_scottish(&people, &votes, &rules).unwrap();
    assert_eq!(found.rounds[0].quota.to_string(), "6");
    assert_eq!(letters(&found.winners[..2]), "BD");
    // Pear has 8: each of its papers passes on 2 × 1 ÷ 8 = 0.25.
    let passed = found.rounds[0].actions.iter().find(|action| !action.transfers.is_empty()).unwrap();
    assert_eq!(passed.transfers[0].votes.to_string(), "2");
    assert!(found.rounds.iter().all(|round| round.all_votes() == found.cast));
}

#[test]
fn a_scottish_transfer_value_has_five_places_and_drops_the_rest() {
    // Quota 7 ÷ 3 + 1 = 3; A has 5, surplus 2: each paper passes on 2 ÷ 5 = 0.4; C's later share is 0.4 × … in five places.
    let votes = ballots("7 ABC 3 C 2 D");
    let rules = ScottishRules { seats: 2, reading: Reading::default(), ties: TieRule::Refuse };
    let found = count_scottish(&lettered(4), &votes, &rules).unwrap();
    assert_eq!(found.rounds[0].quota.to_string(), "5");
    // 2 ÷ 7 = 0.28571…, seven times is 1.99997: 0.00003 are lost.
    let to_b = &found.rounds[1].tally[&1];
    assert_eq!(to_b.to_string(), "1.99997");
    assert_eq!(found.rounds[1].residual.to_string(), "0.00003");
}

#[test]
fn meek_lets_late_votes_pass_an_elected_candidate_by_its_share() {
    // Two seats; A is elected at once. When C is out, its papers name A next: Meek gives A only its share of them.
    let votes = ballots("50 AB 30 B 15 CAD 25 D");
    let found = count_meek(&lettered(4), &votes, &MeekRules::reference(2, TieRule::Refuse)).unwrap();
    assert_eq!(letters(&found.winners), "AB");
    for round in &found.rounds {
        assert_eq!(round.all_votes(), found.cast, "round {}", round.number);
        assert!(round.kept.values().all(|kept| *kept <= Votes::from(1u64)));
    }
    let last = found.rounds.last().unwrap();
    let over = last.tally[&0].clone() - &last.quota;
    assert!(over < "0.001".parse().unwrap(), "{over}");
}

#[test]
fn majority_judgment_takes_middle_grades_away_until_they_differ() {
    // Middle grades: A fair, B fair, C poor. Without them A has good and poor, B has fair and poor: both poor. Then A has good, B fair.
    let grades = ["good", "fair", "poor"].map(str::to_owned);
    let votes = scores(&[(&[0, 1, 2], 1), (&[1, 1, 2], 1), (&[2, 2, 0], 1)]);
    let found = majority_judgment(&lettered(3), &votes, &grades, MiddleGrade::Worse).unwrap();
    assert_eq!(found.ranking, [vec![0], vec![1], vec![2]]);
    assert_eq!(found.majority_grades, [(0, 1), (1, 1), (2, 2)]);
    assert_eq!(found.steps[0], "A has the majority-grade “fair”: 1 votes are better, 1 worse.");
}

#[test]
fn of_two_middle_grades_balinski_and_laraki_take_the_worse() {
    let grades = ["good", "bad"].map(str::to_owned);
    let votes = scores(&[(&[0], 1), (&[1], 1)]);
    let grade = |middle| majority_judgment(&lettered(1), &votes, &grades, middle).unwrap().majority_grades[0].1;
    assert_eq!((grade(MiddleGrade::Worse), grade(MiddleGrade::Better)), (1, 0));
}

#[test]
fn star_of_tennessee_and_its_ties() {
    let votes = scores(&[(&[5, 2, 1, 0], 42), (&[0, 5, 2, 1], 26), (&[0, 3, 5, 4], 15), (&[0, 2, 4, 5], 17)]);
    let found = star(&lettered(4), &votes, 5, &TieRule::Refuse).unwrap();
    assert_eq!((found.finalists, found.runoff, found.winner), (vec![1, 2], (68, 32, 0), 1));
    let even = scores(&[(&[5, 4], 1), (&[0, 2], 1)]);
    let found = star(&lettered(2), &even, 5, &TieRule::Refuse).unwrap();
    assert_eq!((found.winner, found.ties.len()), (1, 1), "one vote each, so the higher total of 6 to 5");
}

#[test]
fn points_approvals_and_credits_are_added_up() {
    let people = lettered(3);
    let votes = scores(&[(&[5, 0, 3], 2), (&[0, 4, 3], 3)]);
    let found = score_voting(&people, &votes, 5, 1, &TieRule::Refuse).unwrap();
    assert_eq!((letters(&found.winners), found.totals[0].1.to_string()), ("C".into(), "15".into()));
    let found = approval(&people, &votes, 2, &TieRule::Refuse).unwrap();
    assert_eq!(letters(&found.winners), "CB");
    let credits = |votes: [i32; 3]| CreditBallot { votes: votes.to_vec(), weight: 1 };
    let found =
        quadratic_voting(&people, &[credits([3, -4, 0]), credits([0, 4, 3])], 25, 1, &TieRule::Refuse).unwrap_err();
    assert!(matches!(found, TallyError::Tied { .. }), "A and C have 3 votes each");
    let found = quadratic_voting(&people, &[credits([3, -4, 1])], 25, 1, &TieRule::Refuse).unwrap_err();
    assert_eq!(found.to_string(), "ballot 1: its votes cost 26 credits, but a voter has 25");
}

#[test]
fn borda_shares_points_among_the_tied_and_the_unranked() {
    let people = lettered(4);
    let of = |text: &str, unranked| {
        let found = borda(&people, &ballots(text), unranked, 1, &listed(4)).unwrap();
        let mut totals = found.totals;
        totals.sort();
        totals.iter().map(|(_, total)| total.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of("1 A=BCD", Unranked::Zero), "2.5 2.5 1 0");
    assert_eq!(of("1 A", Unranked::Zero), "3 0 0 0");
    assert_eq!(of("1 A", Unranked::Average), "3 1 1 1");
    assert_eq!(of("1 AB", Unranked::Modified), "1 0 0 0");
}

#[test]
fn exact_fractions_and_decimals_lose_nothing_and_little() {
    let votes = ballots("7 ABC 3 C 2 D");
    let exact = EliminationRules::transferable(2, Precision::Exact, listed(4));
    let found = count_by_elimination(&lettered(4), &votes, &exact).unwrap();
    assert_eq!(found.rounds[1].tally[&1].to_string(), "2");
    assert!(found.rounds.iter().all(|round| round.residual.is_zero()));
    let one_place = EliminationRules { precision: Precision::Decimals(1), ..exact };
    let found = count_by_elimination(&lettered(4), &votes, &one_place).unwrap();
    assert_eq!(
        (found.rounds[1].tally[&1].to_string(), found.rounds[1].residual.to_string()),
        ("1.4".into(), "0.6".into())
    );
}
