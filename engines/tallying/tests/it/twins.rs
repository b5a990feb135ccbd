//! The same results by slow ways that anybody can follow.

use crate::{any_ballots, lettered, orders, packed, packed_orders};
use proptest::prelude::*;
use tallying::{
    EliminationRules, Mark, MiddleGrade, PairwiseMatrix, Precision, ScoreBallot, ScottishRules, Strength, TieRule,
    Votes, condorcet, count_by_elimination, count_scottish, majority_judgment, ranked_pairs, schulze,
};

const SIZE: usize = 5;

/// One paper with its worth in units.
struct Paper {
    order: Vec<u16>,
    worth: u128,
}

fn papers(ballots: &[(Vec<u16>, u64)], unit: u128) -> Vec<Paper> {
    let copies = ballots.iter().flat_map(|(order, weight)| (0..*weight).map(|_| order.clone()));
    copies.map(|order| Paper { order, worth: unit }).collect()
}

fn holder(paper: &Paper, going: &[bool]) -> Option<u16> {
    if paper.order.first() == Some(&HELD) {
        return None;
    }
    paper.order.iter().copied().find(|at| going[*at as usize])
}

fn tally(papers: &[Paper], going: &[bool]) -> Vec<u128> {
    let of = |at: u16| papers.iter().filter(|paper| holder(paper, going) == Some(at)).map(|paper| paper.worth).sum();
    (0..going.len() as u16).map(of).collect()
}

/// Who of those going has the fewest votes, the last of the tied.
fn fewest(tally: &[u128], going: &[bool]) -> u16 {
    let all = (0..going.len() as u16).filter(|at| going[*at as usize]);
    all.min_by_key(|at| (tally[*at as usize], std::cmp::Reverse(*at))).unwrap()
}

/// The single transferable vote with every paper in hand; ties by order. Each round's tally of those still going. For several seats: with one,
/// the quota would change from round to round.
fn slow_stv(ballots: &[(Vec<u16>, u64)], seats: usize, places: u32) -> (Vec<u16>, Vec<Vec<u128>>) {
    let unit = 10u128.pow(places);
    let mut papers = papers(ballots, unit);
    let quota = (papers.len() as u128 / (seats as u128 + 1) + 1) * unit;
    let (mut going, mut winners, mut rounds) = (vec![true; SIZE], Vec::new(), Vec::new());
    while winners.len() < seats {
        let votes = tally(&papers, &going);
        rounds.push(votes.clone());
        let left: Vec<u16> = (0..SIZE as u16).filter(|at| going[*at as usize]).collect();
        let few = left.len() <= seats - winners.len();
        let mut elected: Vec<u16> = left.into_iter().filter(|at| few || votes[*at as usize] >= quota).collect();
        if elected.is_empty() {
            let out = fewest(&votes, &going);
            going[out as usize] = false;
            continue;
        }
        elected.sort_by_key(|at| (std::cmp::Reverse(votes[*at as usize]), *at));
        let held: Vec<Option<u16>> = papers.iter().map(|paper| holder(paper, &going)).collect();
        for winner in elected {
            let (had, extra) = (votes[winner as usize], votes[winner as usize].saturating_sub(quota));
            let fraction = (extra * unit).checked_div(had).unwrap_or(0);
            papers.iter_mut().zip(&held).filter(|(_, by)| **by == Some(winner)).for_each(|(paper, _)| {
                paper.order.retain(|at| *at != winner);
                paper.worth = paper.worth * fraction / unit;
            });
            winners.push(winner);
        }
        winners.iter().for_each(|at| going[*at as usize] = false);
    }
    (winners, rounds)
}

/// The Scottish rules with every paper in hand; ties by order.
fn slow_scottish(ballots: &[(Vec<u16>, u64)], seats: usize) -> Vec<u16> {
    let unit = 100_000u128;
    let mut papers = papers(ballots, unit);
    let quota = (papers.len() as u128 / (seats as u128 + 1) + 1) * unit;
    let (mut going, mut winners, mut waiting) = (vec![true; SIZE], Vec::new(), Vec::<(u16, Vec<usize>)>::new());
    loop {
        let votes = tally(&papers, &going);
        let mut left: Vec<u16> = (0..SIZE as u16).filter(|at| going[*at as usize]).collect();
        left.sort_by_key(|at| (std::cmp::Reverse(votes[*at as usize]), *at));
        let held =
            |at: u16| (0..papers.len()).filter(|&one| holder(&papers[one], &going) == Some(at)).collect::<Vec<usize>>();
        let new: Vec<(u16, Vec<usize>)> =
            left.iter().filter(|at| votes[**at as usize] >= quota).map(|&at| (at, held(at))).collect();
        for (at, pile) in new {
            left.retain(|one| *one != at);
            winners.push(at);
            waiting.push((at, pile));
        }
        // Papers of the elected stay in their piles until these are passed on.
        for (at, pile) in &waiting {
            going[*at as usize] = false;
            for &one in pile {
                if papers[one].order.first() != Some(&HELD) {
                    papers[one].order.retain(|name| name != at);
                    papers[one].order.insert(0, HELD);
                }
            }
        }
        let worth = |pile: &Vec<usize>, papers: &[Paper]| pile.iter().map(|&one| papers[one].worth).sum::<u128>();
        waiting.retain(|(_, pile)| worth(pile, &papers) > quota);
        let vacancies = seats - winners.len();
        if left.len() <= vacancies {
            winners.extend(left);
            return winners;
        }
        if vacancies == 1 {
            let others: u128 = left[1..].iter().map(|at| votes[*at as usize]).sum();
            let pending: u128 = waiting.iter().map(|(_, pile)| worth(pile, &papers) - quota).sum();
            if votes[left[0] as usize] > votes[left[1] as usize] && votes[left[0] as usize] >= others + pending {
                winners.push(left[0]);
            }
        }
        if winners.len() >= seats {
            return winners;
        }
        if waiting.is_empty() {
            let out = fewest(&votes, &going);
            going[out as usize] = false;
            continue;
        }
        let largest = (0..waiting.len())
            .max_by_key(|&one| (worth(&waiting[one].1, &papers), std::cmp::Reverse(waiting[one].0)))
            .unwrap();
        let (_, pile) = waiting.remove(largest);
        let total = worth(&pile, &papers);
        for one in pile {
            papers[one].worth = (total - quota) * papers[one].worth / total;
            papers[one].order.remove(0);
        }
    }
}

/// In front of a paper: it lies on the pile of an elected candidate and counts for nobody else.
const HELD: u16 = u16::MAX;

/// The strength of the strongest path by trying all paths.
fn strongest(matrix: &PairwiseMatrix, from: u16, to: u16, used: &mut Vec<u16>, strength: Strength) -> (u64, u64) {
    let mut best = (0, 0);
    for &next in matrix.included() {
        if used.contains(&next) || !matrix.beats(from, next) {
            continue;
        }
        let here = (matrix.preferring(from, next), matrix.preferring(next, from));
        let path = if next == to {
            here
        } else {
            used.push(next);
            let rest = strongest(matrix, next, to, used, strength);
            used.pop();
            if strength.compare(rest, here).is_lt() { rest } else { here }
        };
        if strength.compare(path, best).is_gt() {
            best = path;
        }
    }
    best
}

fn best_rank(marks: &[Mark], at: u16) -> u16 {
    marks.iter().filter(|mark| mark.candidate == at).map(|mark| mark.rank).min().unwrap_or(u16::MAX)
}

/// Middle grades taken away one at a time.
fn slow_sequence(mut grades: Vec<u32>, middle: MiddleGrade) -> Vec<u32> {
    grades.sort_unstable();
    let mut sequence = Vec::new();
    while !grades.is_empty() {
        let at = if middle == MiddleGrade::Worse { grades.len() / 2 } else { (grades.len() - 1) / 2 };
        sequence.push(grades.remove(at));
    }
    sequence
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn stv_agrees_with_moving_every_paper_by_hand(ballots in orders(SIZE), seats in 2..4usize, places in 0..8u32) {
        let ties = TieRule::Order((0..SIZE as u16).collect());
        let rules = EliminationRules::transferable(seats as u32, Precision::Decimals(places), ties);
        let counted = count_by_elimination(&lettered(SIZE), &packed_orders(&ballots), &rules).unwrap();
        let (winners, rounds) = slow_stv(&ballots, seats, places);
        prop_assert_eq!(&counted.winners, &winners);
        for (round, slow) in counted.rounds.iter().zip(rounds) {
            for (at, votes) in &round.tally {
                if !counted.winners.contains(at) {
                    prop_assert_eq!(votes, &Votes::decimal(slow[*at as usize], places));
                }
            }
        }
    }

    #[test]
    fn the_scottish_count_agrees_with_moving_every_paper_by_hand(ballots in orders(SIZE), seats in 1..4usize) {
        let rules = ScottishRules { seats: seats as u32, reading: tallying::Reading::default(), ties: TieRule::Order((0..SIZE as u16).collect()) };
        let counted = count_scottish(&lettered(SIZE), &packed_orders(&ballots), &rules).unwrap();
        prop_assert_eq!(counted.winners, slow_scottish(&ballots, seats));
    }

    #[test]
    fn pairs_paths_and_groups_agree_with_their_definitions(ballots in any_ballots(SIZE)) {
        let matrix = PairwiseMatrix::count(&lettered(SIZE), &packed(&ballots)).unwrap();
        for one in 0..SIZE as u16 {
            for other in (0..SIZE as u16).filter(|other| *other != one) {
                let above = ballots.iter().filter(|(marks, _)| best_rank(marks, one) < best_rank(marks, other));
                prop_assert_eq!(matrix.preferring(one, other), above.map(|(_, weight)| weight).sum::<u64>());
            }
        }
        for strength in [Strength::WinningVotes, Strength::Margins] {
            let paths = schulze(&matrix, strength).unwrap().paths;
            for one in 0..SIZE as u16 {
                for other in (0..SIZE as u16).filter(|other| *other != one) {
                    let slow = strongest(&matrix, one, other, &mut vec![one], strength);
                    let found = paths[one as usize][other as usize];
                    prop_assert!(strength.compare(found, slow).is_eq(), "{found:?} {slow:?}");
                }
            }
        }
        let dominates = |set: u32| (0..SIZE as u16).all(|one| set >> one & 1 == 0 || (0..SIZE as u16).all(|other| set >> other & 1 == 1 || matrix.beats(one, other)));
        let smallest = (1u32..1 << SIZE).filter(|set| dominates(*set)).min_by_key(|set| set.count_ones()).unwrap();
        let members: Vec<u16> = (0..SIZE as u16).filter(|at| smallest >> at & 1 == 1).collect();
        prop_assert_eq!(condorcet(&matrix).smith_set, members);
    }

    #[test]
    fn ranked_pairs_agree_with_looking_for_circles_each_time(ballots in any_ballots(SIZE)) {
        let matrix = PairwiseMatrix::count(&lettered(SIZE), &packed(&ballots)).unwrap();
        let found = ranked_pairs(&matrix, Strength::WinningVotes, &[]).unwrap();
        let mut locked: Vec<(u16, u16)> = Vec::new();
        for pair in &found.pairs {
            let mut reached = vec![pair.loser];
            while let Some(next) = locked.iter().find(|(from, to)| reached.contains(from) && !reached.contains(to)) {
                reached.push(next.1);
            }
            prop_assert_eq!(pair.locked, !reached.contains(&pair.winner));
            if pair.locked {
                locked.push((pair.winner, pair.loser));
            }
        }
        prop_assert!(found.pairs.windows(2).all(|two| Strength::WinningVotes.compare(two[0].votes, two[1].votes).is_ge()));
    }

    #[test]
    fn judgments_agree_with_taking_middle_grades_away_one_by_one(
        rows in prop::collection::vec((prop::collection::vec(0..4u32, 4), 1..5u64), 1..20),
        worse in any::<bool>(),
    ) {
        let middle = if worse { MiddleGrade::Worse } else { MiddleGrade::Better };
        let ballots: Vec<ScoreBallot> =
            rows.iter().map(|(row, weight)| ScoreBallot { scores: row.iter().map(|&s| Some(s)).collect(), weight: *weight }).collect();
        let grades = ["a", "b", "c", "d"].map(str::to_owned);
        let found = majority_judgment(&lettered(4), &ballots, &grades, middle).unwrap();
        let sequence = |at: usize| {
            let all = rows.iter().flat_map(|(row, weight)| (0..*weight).map(move |_| row[at])).collect();
            slow_sequence(all, middle)
        };
        let mut slow: Vec<(Vec<u32>, u16)> = (0..4).map(|at| (sequence(at), at as u16)).collect();
        slow.sort();
        prop_assert_eq!(found.ranking.concat(), slow.iter().map(|(_, at)| *at).collect::<Vec<u16>>());
        for group in &found.ranking {
            prop_assert!(group.iter().all(|at| sequence(*at as usize) == sequence(group[0] as usize)));
        }
    }
}
