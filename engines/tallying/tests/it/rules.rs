//! Rules that are inputs: reading, ties, delegations, quorum.

use crate::{ballots, lettered, letters};
use tallying::{
    Base, Candidate, DelegationError, EliminationRules, Overvotes, Reading, Requirement, Share, TallyError, TieRule,
    Turnout, Voter, Votes, check_requirements, count_by_elimination, count_in_sequence, follow_delegations,
};

fn irv(ties: TieRule) -> EliminationRules {
    EliminationRules::instant_runoff(ties)
}

#[test]
fn each_reading_gives_each_ballot_its_reason() {
    let votes = ballots("5 A 4 B 1 B=CA 1 ---A 1 CCA 1 C");
    let strict = Reading { overvotes: Overvotes::Exhaust, skipped_ranks: Some(1), exhaust_on_duplicate: true };
    let rules = EliminationRules { reading: strict, ..irv(TieRule::Refuse) };
    let found = count_by_elimination(&lettered(3), &votes, &rules).unwrap();
    let first = &found.rounds[0].inactive;
    assert_eq!((first.overvoted.to_string(), first.skipped.to_string()), ("1".into(), "1".into()));
    assert_eq!(found.rounds[1].inactive.repeated.to_string(), "1");
    assert_eq!(found.rounds[1].inactive.exhausted.to_string(), "1");
    let found = count_by_elimination(&lettered(3), &votes, &irv(TieRule::Refuse)).unwrap();
    assert_eq!(found.rounds[0].tally[&0].to_string(), "7", "lenient reading passes over all of that");
}

#[test]
fn a_tie_stops_the_count_where_the_rule_leaves_it_to_people() {
    let refused = count_by_elimination(&lettered(3), &ballots("2 A 1 B 1 C"), &irv(TieRule::Refuse)).unwrap_err();
    assert_eq!(refused, TallyError::Tied { round: 1, tied: vec![1, 2], names: "B, C".into() });
    let votes = ballots("3 A 2 B 2 CB 1 DC");
    let earlier = TieRule::EarlierRounds(Box::new(TieRule::Refuse));
    assert!(count_by_elimination(&lettered(4), &votes, &irv(earlier)).is_ok());
}

#[test]
fn of_the_tied_the_list_names_winner_and_loser() {
    let order = |order: [u16; 2]| irv(TieRule::Order(order.to_vec()));
    let won = |rules| letters(&count_by_elimination(&lettered(2), &ballots("1 A 1 B"), &rules).unwrap().winners);
    assert_eq!((won(order([0, 1])), won(order([1, 0]))), ("A".into(), "B".into()));
}

#[test]
fn names_nobody_declared_go_first_and_never_win() {
    let mut people = lettered(2);
    people.push(Candidate { name: "Write-ins".into(), undeclared: true, excluded: false });
    let found = count_by_elimination(&people, &ballots("9 CB 2 A 1 B"), &irv(TieRule::Refuse)).unwrap();
    assert_eq!((letters(&found.winners), found.rounds.len()), ("B".into(), 2));
    assert!(found.rounds[0].sentences(&people)[0].starts_with("Write-ins with 9 votes: nobody declared these names"));
}

#[test]
fn seats_filled_one_by_one_leave_out_who_won_before() {
    let rules = EliminationRules { seats: 2, ..irv(TieRule::Refuse) };
    let counts = count_in_sequence(&lettered(3), &ballots("6 AB 4 C"), &rules).unwrap();
    let winners: Vec<String> = counts.iter().map(|count| letters(&count.winners)).collect();
    assert_eq!(winners, ["A", "B"]);
}

#[test]
fn a_weight_counts_as_so_many_ballots() {
    let heavy = count_by_elimination(&lettered(3), &ballots("3 AB 2 BC 4 CA"), &irv(TieRule::Refuse)).unwrap();
    let light = ballots("1 AB 1 AB 1 AB 1 BC 1 BC 1 CA 1 CA 1 CA 1 CA");
    assert_eq!(heavy, count_by_elimination(&lettered(3), &light, &irv(TieRule::Refuse)).unwrap());
}

fn voter(voted: bool, delegates: &[usize]) -> Voter {
    Voter { weight: 1, voted, delegates: delegates.to_vec() }
}

#[test]
fn delegations_are_followed_to_whoever_voted() {
    let voters = [voter(true, &[]), voter(false, &[0]), voter(false, &[1]), voter(true, &[0]), voter(false, &[])];
    let found = follow_delegations(&voters).unwrap();
    assert_eq!(found.weights, [3, 0, 0, 1, 0]);
    assert_eq!((found.lost, &found.spoken_for_by[..]), (1, &[Some(0), Some(0), Some(0), Some(3), None][..]));
}

#[test]
fn circles_are_broken_at_every_member_and_reported() {
    // 1 → 2 → 3 → 1, where 2 would also accept 4, who voted; 0 follows 1.
    let voters = [voter(false, &[1]), voter(false, &[2]), voter(false, &[3, 4]), voter(false, &[1]), voter(true, &[])];
    let found = follow_delegations(&voters).unwrap();
    assert_eq!(found.cycles, [vec![1, 2, 3]]);
    assert_eq!((&found.weights[..], found.lost), (&[0, 0, 0, 0, 2][..], 3));
    assert_eq!(
        found.steps[0],
        "A circle of delegations was broken: voter 2 to voter 3 to voter 4; each goes to their next choice."
    );
    let alone = follow_delegations(&[voter(false, &[0])]).unwrap();
    assert_eq!((alone.lost, alone.cycles), (1, vec![vec![0]]));
    let refused = follow_delegations(&[voter(false, &[7])]).unwrap_err();
    assert_eq!(refused, DelegationError::Unknown { voter: 1, delegate: 8, voters: 1 });
}

#[test]
fn quorum_and_threshold_are_checked_in_sentences() {
    let turnout = Turnout { eligible: 1000, cast: 200, valid: 190 };
    let third = Share { numerator: 1, denominator: 5, exceeded: false };
    let asked = [Requirement::QuorumOfEligible(third), Requirement::WinnerShare(Share::MAJORITY, Base::Valid)];
    let checks = check_requirements(turnout, &Votes::from(95u64), &asked);
    assert_eq!(checks.iter().map(|check| check.met).collect::<Vec<_>>(), [true, false]);
    assert_eq!(
        checks[1].sentence,
        "Votes of the winner: 95; more than 95 are needed (1/2 of the valid votes): not met."
    );
}
