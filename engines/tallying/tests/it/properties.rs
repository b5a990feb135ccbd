//! What must hold for every profile.

use crate::{any_ballots, lettered, orders, packed, packed_orders};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tallying::{
    Counted, EliminationRules, Mark, MeekRules, MiddleGrade, Overvotes, PairwiseMatrix, Precision, Quota, Reading,
    ScoreBallot, ScottishRules, Strength, TieRule, Unranked, Votes, Winners, borda, condorcet, count_by_elimination,
    count_meek, count_scottish, majority_judgment, plurality, ranked_pairs, schulze, score_voting,
};

const SIZE: usize = 5;

fn order() -> TieRule {
    TieRule::Order((0..SIZE as u16).collect())
}

fn reading() -> impl Strategy<Value = Reading> {
    let overvotes =
        prop_oneof![Just(Overvotes::Skip), Just(Overvotes::Exhaust), Just(Overvotes::ExhaustIfSeveralContinue)];
    (overvotes, prop::option::of(0..3u16), any::<bool>()).prop_map(
        |(overvotes, skipped_ranks, exhaust_on_duplicate)| Reading { overvotes, skipped_ranks, exhaust_on_duplicate },
    )
}

fn rules() -> impl Strategy<Value = EliminationRules> {
    let quota =
        prop_oneof![Just(Quota::Droop), Just(Quota::DroopInDecimals), Just(Quota::Hare), Just(Quota::HareInDecimals)];
    let winners = prop_oneof![Just(Winners::AllWithQuota), Just(Winners::OnePerRound), Just(Winners::LastRemaining)];
    let precision = prop_oneof![Just(Precision::Exact), (0..10u32).prop_map(Precision::Decimals)];
    let ties = prop_oneof![
        Just(order()),
        any::<i64>().prop_map(|seed| TieRule::Lot { seed }),
        Just(TieRule::EarlierRounds(Box::new(order())))
    ];
    (1..4u32, reading(), quota, winners, precision, any::<bool>(), ties).prop_map(
        |(seats, reading, quota, winners, precision, batch_elimination, ties)| EliminationRules {
            reading,
            quota,
            winners,
            batch_elimination,
            ..EliminationRules::transferable(seats, precision, ties)
        },
    )
}

fn conserved(counted: &Counted) -> Result<(), TestCaseError> {
    for round in &counted.rounds {
        prop_assert_eq!(round.all_votes(), counted.cast.clone(), "round {}", round.number);
    }
    let unique: BTreeSet<&u16> = counted.winners.iter().collect();
    prop_assert_eq!(unique.len(), counted.winners.len());
    Ok(())
}

/// What a round decides moves just what the tallies then differ by.
fn transfers_explain_tallies(counted: &Counted) -> Result<(), TestCaseError> {
    for two in counted.rounds.windows(2) {
        let moved = two[0].actions.iter().flat_map(|action| &action.transfers);
        for at in two[1].tally.keys().filter(|at| !counted.winners.contains(at)) {
            let to = moved.clone().filter(|transfer| transfer.to == tallying::Target::Candidate(*at));
            let gained = to.fold(Votes::default(), |sum, transfer| sum + &transfer.votes);
            prop_assert_eq!(two[0].tally[at].clone() + &gained, two[1].tally[at].clone());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_vote_is_lost_or_made_by_elimination(ballots in any_ballots(SIZE), rules in rules()) {
        let counted = count_by_elimination(&lettered(SIZE), &packed(&ballots), &rules).unwrap();
        conserved(&counted)?;
        transfers_explain_tallies(&counted)?;
        prop_assert_eq!(counted.winners.len(), rules.seats as usize);
    }

    #[test]
    fn no_vote_is_lost_or_made_in_scotland_or_by_meek(ballots in any_ballots(SIZE), reading in reading(), seats in 1..4u32) {
        let scottish = ScottishRules { seats, reading: reading.clone(), ties: TieRule::EarlierRounds(Box::new(order())) };
        let counted = count_scottish(&lettered(SIZE), &packed(&ballots), &scottish).unwrap();
        conserved(&counted)?;
        transfers_explain_tallies(&counted)?;
        prop_assert_eq!(counted.winners.len(), seats as usize);
        let meek = MeekRules { reading, ..MeekRules::reference(seats, order()) };
        let counted = count_meek(&lettered(SIZE), &packed(&ballots), &meek).unwrap();
        conserved(&counted)?;
        prop_assert_eq!(counted.winners.len(), seats as usize);
    }

    #[test]
    fn the_order_of_ballots_and_how_they_are_bundled_does_not_matter(ballots in any_ballots(SIZE), rules in rules()) {
        let counted = count_by_elimination(&lettered(SIZE), &packed(&ballots), &rules).unwrap();
        let mut other: Vec<(Vec<Mark>, u64)> =
            ballots.iter().flat_map(|(marks, weight)| (0..*weight).map(|_| (marks.clone(), 1))).collect();
        other.reverse();
        prop_assert_eq!(&counted, &count_by_elimination(&lettered(SIZE), &packed(&other), &rules).unwrap());
        let matrix = PairwiseMatrix::count(&lettered(SIZE), &packed(&ballots)).unwrap();
        prop_assert_eq!(matrix, PairwiseMatrix::count(&lettered(SIZE), &packed(&other)).unwrap());
    }

    #[test]
    fn who_has_a_majority_of_first_choices_wins_by_elimination(ballots in orders(SIZE)) {
        let votes = packed_orders(&ballots);
        let first = plurality(&lettered(SIZE), &votes, 1, &order()).unwrap();
        let (leader, most) = &first.totals[0];
        if *most <= Votes::fraction(first.valid, 2) {
            return Ok(());
        }
        let counted = count_by_elimination(&lettered(SIZE), &votes, &EliminationRules::instant_runoff(order())).unwrap();
        prop_assert_eq!(counted.winners, vec![*leader]);
    }

    #[test]
    fn large_groups_get_their_share_of_seats(ballots in orders(SIZE), seats in 1..4u32) {
        // Proportionality for solid coalitions (Woodall 1994): k quotas that put the same candidates first elect k of them.
        let votes = packed_orders(&ballots);
        let rules = EliminationRules::transferable(seats, Precision::Exact, order());
        let meek = count_meek(&lettered(SIZE), &votes, &MeekRules::reference(seats, order())).unwrap().winners;
        let stv = count_by_elimination(&lettered(SIZE), &votes, &rules).unwrap();
        let quota = stv.rounds[0].quota.clone();
        for set in 1u32..(1 << SIZE) {
            let members = set.count_ones() as usize;
            let solid = |order: &[u16]| order.len() >= members && order[..members].iter().all(|at| set >> at & 1 == 1);
            let support: u64 = ballots.iter().filter(|(order, _)| solid(order)).map(|(_, weight)| *weight).sum();
            let due = (1..=members.min(seats as usize)).rev().find(|k| Votes::from(support) >= quota.times(&Votes::from(*k as u64)));
            for winners in [&stv.winners, &meek] {
                let elected = winners.iter().filter(|at| set >> **at & 1 == 1).count();
                prop_assert!(elected >= due.unwrap_or(0), "{support} of set {set:b} elect {elected}");
            }
        }
    }

    #[test]
    fn condorcet_methods_elect_the_condorcet_winner_and_stay_in_the_smith_set(ballots in any_ballots(SIZE)) {
        let matrix = PairwiseMatrix::count(&lettered(SIZE), &packed(&ballots)).unwrap();
        let found = condorcet(&matrix);
        for strength in [Strength::WinningVotes, Strength::Margins] {
            let by_paths = schulze(&matrix, strength).unwrap().ranking;
            let by_pairs = ranked_pairs(&matrix, strength, &[]).unwrap().ranking;
            for first in [&by_paths[0], &by_pairs[0]] {
                prop_assert!(first.iter().all(|at| found.smith_set.contains(at)));
                if let Some(winner) = found.winner {
                    prop_assert_eq!(first, &vec![winner]);
                }
            }
        }
    }

    #[test]
    fn liking_the_winner_more_does_not_hurt(mut ballots in orders(SIZE), which in any::<prop::sample::Index>()) {
        let people = lettered(SIZE);
        let matrix = PairwiseMatrix::count(&people, &packed_orders(&ballots)).unwrap();
        let by_paths = schulze(&matrix, Strength::WinningVotes).unwrap().ranking[0].clone();
        let by_pairs = ranked_pairs(&matrix, Strength::WinningVotes, &[0, 1, 2, 3, 4]).unwrap().ranking[0].clone();
        let points = borda(&people, &packed_orders(&ballots), Unranked::Zero, 1, &order()).unwrap().winners[0];
        let at = which.index(ballots.len());
        for winner in [by_paths[0], by_pairs[0], points] {
            let mut raised = ballots.clone();
            raised[at].0.retain(|one| *one != winner);
            raised[at].0.insert(0, winner);
            let votes = packed_orders(&raised);
            let matrix = PairwiseMatrix::count(&people, &votes).unwrap();
            if by_paths == [winner] {
                prop_assert_eq!(&schulze(&matrix, Strength::WinningVotes).unwrap().ranking[0], &by_paths);
            }
            if by_pairs == [winner] {
                prop_assert_eq!(&ranked_pairs(&matrix, Strength::WinningVotes, &[0, 1, 2, 3, 4]).unwrap().ranking[0], &by_pairs);
            }
            if points == winner && ballots[at].0.contains(&winner) {
                prop_assert_eq!(borda(&people, &votes, Unranked::Zero, 1, &order()).unwrap().winners[0], points);
            }
        }
        ballots.clear();
    }

    #[test]
    fn a_better_grade_or_score_for_the_winner_does_not_hurt(
        mut rows in prop::collection::vec((prop::collection::vec(0..5u32, 4), 1..4u64), 1..20),
        which in any::<prop::sample::Index>(),
    ) {
        let people = lettered(4);
        let made = |rows: &[(Vec<u32>, u64)]| -> Vec<ScoreBallot> {
            rows.iter().map(|(row, weight)| ScoreBallot { scores: row.iter().map(|&s| Some(s)).collect(), weight: *weight }).collect()
        };
        let grades: Vec<String> = (0..5).map(|grade| grade.to_string()).collect();
        let judge = |rows: &[(Vec<u32>, u64)]| majority_judgment(&people, &made(rows), &grades, MiddleGrade::Worse).unwrap();
        let score = |rows: &[(Vec<u32>, u64)]| score_voting(&people, &made(rows), 4, 1, &order()).unwrap().winners[0];
        let at = which.index(rows.len());
        let (judged, scored) = (judge(&rows).ranking[0].clone(), score(&rows));
        let kept = rows[at].0.clone();
        rows[at].0[judged[0] as usize] = 0;
        prop_assert!(judge(&rows).ranking[0].contains(&judged[0]), "0 is the best grade");
        rows[at].0 = kept;
        rows[at].0[scored as usize] = 4;
        prop_assert_eq!(score(&rows), scored);
    }

    #[test]
    fn numbers_are_shown_as_they_are_read(top in any::<i64>(), bottom in 1..100_000u64) {
        let votes = Votes::fraction(top, bottom);
        prop_assert_eq!(votes.to_string().parse::<Votes>().unwrap(), votes);
    }
}
