//! What holds for every election.

use crate::{
    town::{equal_shares, units},
    twin,
};
use budgeting::{
    Election, EqualShares, Fraction, Greedy, Profile, Project, Question, Raise, Rest, Rule, Satisfaction, VoteType,
    decide,
    outcome::{Outcome, Step},
};
use proptest::prelude::*;

/// Costs and ballots small and alike enough for many ties.
fn elections(vote_type: VoteType) -> impl Strategy<Value = Election> {
    let projects = proptest::collection::vec(1_i64..40, 1..9);
    (projects, 0_i64..120).prop_flat_map(move |(costs, budget)| {
        let count = costs.len();
        let ballot = proptest::collection::btree_map(0..count, 0_i64..4, 0..=count.min(5));
        proptest::collection::vec(ballot, 1..25).prop_map(move |ballots| {
            let projects = costs.iter().enumerate();
            let projects = projects.map(|(i, cost)| Project { id: format!("p{i}"), cost: *cost, ..Project::default() });
            let ballots: Vec<Vec<(usize, i64)>> =
                ballots.iter().map(|ballot| ballot.clone().into_iter().collect()).collect();
            Election::new(budget, projects.collect(), vote_type, &ballots).unwrap()
        })
    })
}

fn rules() -> Vec<Rule> {
    let raise = || Raise::Integral { increment: units(1) };
    let exact = || Raise::Exact { increment: units(1) / units(3) };
    let shares = |raise, rest| {
        Rule::EqualShares(EqualShares { satisfaction: Satisfaction::Cost, raise, rest, comparison: false })
    };
    vec![
        Rule::Greedy(Greedy::by(Satisfaction::Cost)),
        shares(Raise::No, Rest::Stays),
        shares(raise(), Rest::ByVotes),
        shares(exact(), Rest::BySatisfaction),
        Rule::BoundedOverspending(Satisfaction::Cost),
        Rule::BoundedOverspending(Satisfaction::Cardinality),
        Rule::Phragmen,
        Rule::MaximinSupport,
        Rule::Welfare(Satisfaction::Cost),
    ]
}

fn asked(election: &Election, rule: Rule) -> Outcome {
    decide(election, &Question { with_shares: true, ..Question::by(rule) }).unwrap()
}

fn sum(fractions: impl Iterator<Item = Fraction>) -> Fraction {
    fractions.fold(units(0), |sum, next| sum + next)
}

/// What each voter of each group paid in all, checked against the share; and every project against its cost.
fn payments_are_sound(election: &Election, outcome: &Outcome, is_exact: bool) {
    let mut paid = std::collections::BTreeMap::<usize, Fraction>::new();
    for (round, shares) in outcome.rounds.iter().zip(&outcome.shares) {
        let total = sum(shares.iter().map(|share| &share.each * units(share.voters)));
        let cost = units(election.projects[round.project].cost);
        if round.step == Step::Chosen {
            assert!(if is_exact { total == cost } else { total <= cost });
            let payment = round.payment.as_ref().unwrap();
            assert_eq!(&payment.total_in_full + &payment.total_of_rest, total);
        } else {
            assert!(shares.is_empty());
        }
        for share in shares {
            *paid.entry(share.group).or_insert_with(|| units(0)) += &share.each;
            assert!(share.each >= units(0));
        }
    }
    assert!(paid.values().all(|paid| *paid <= outcome.accounting.share), "a voter overpays");
}

/// Priceability (Peters and Skowron, EC 2020), worked out from the payments alone: every voter begins with the same share; nobody pays for
/// what is not on their ballot; every funded project is paid in full; and those who support a project that lost have together no more left than its
/// cost. Equal Shares also lets all pay alike: whoever pays less than another for the same gain has given all.
fn is_priceable(election: &Election, outcome: &Outcome, satisfaction: Satisfaction) {
    let profile = Profile::new(election, satisfaction).unwrap();
    let mut left = vec![outcome.accounting.share.clone(); profile.groups()];
    for (round, shares) in outcome.rounds.iter().zip(&outcome.shares) {
        let payers: Vec<_> = shares.iter().filter(|share| share.each > units(0)).collect();
        let highest = payers.iter().map(|share| share.each.clone()).max().unwrap_or_else(|| units(0));
        let (mut paid, mut voters) = (units(0), 0);
        for share in &payers {
            let (count, ballot) = profile.group(share.group);
            assert_eq!(i64::from(count), share.voters);
            assert!(ballot.contains(&(round.project as u16)), "somebody pays for what is not on their ballot");
            left[share.group] -= &share.each;
            assert!(left[share.group] >= units(0), "somebody pays more than they have");
            assert!(share.each == highest || left[share.group] == units(0), "somebody pays less and has money left");
            paid += &share.each * units(share.voters);
            voters += share.voters;
        }
        if round.step == Step::Chosen {
            assert_eq!(paid, units(election.projects[round.project].cost), "a project is not paid for");
            assert!(voters <= profile.votes(round.project));
        }
    }
    for loss in &outcome.losses {
        let behind = |group: &usize| profile.group(*group).1.contains(&(loss.project as u16));
        let money =
            sum((0..profile.groups()).filter(behind).map(|group| &left[group] * units(profile.group(group).0.into())));
        let cost = units(election.projects[loss.project].cost);
        assert!(money <= cost, "supporters of a project that lost could have paid for it");
        // Those who have exactly its cost can pay, so for Equal Shares it is less.
        assert!(money < cost || profile.votes(loss.project) == 0, "supporters have the cost of a project that lost");
        if let budgeting::outcome::Reason::Unaffordable { had, missing, .. } = &loss.reason {
            assert_eq!((had, had + missing), (&money, cost), "what is said of a loss is not what the payments say");
        }
    }
}

fn with_order(election: &Election, order: &[usize]) -> Election {
    let ballots: Vec<Vec<(usize, i64)>> = order
        .iter()
        .map(|voter| {
            let (projects, points) = election.ballots.ballot(*voter);
            let points = points.iter().copied().chain(std::iter::repeat(1));
            projects.iter().map(|project| usize::from(*project)).zip(points).collect()
        })
        .collect();
    Election::new(election.budget, election.projects.clone(), election.vote_type, &ballots).unwrap()
}

fn gains(election: &Election, value: impl Fn(usize, i64) -> i64) -> twin::Gains {
    let voters = 0..election.ballots.len();
    voters
        .map(|voter| {
            let mut gains = vec![units(0); election.projects.len()];
            let (projects, points) = election.ballots.ballot(voter);
            for (place, project) in projects.iter().enumerate() {
                gains[usize::from(*project)] =
                    units(value(usize::from(*project), points.get(place).copied().unwrap_or(1)));
            }
            gains
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_passes_the_budget_and_all_sums_agree(election in elections(VoteType::Approval)) {
        for rule in rules() {
            let is_exact = !matches!(rule, Rule::BoundedOverspending(_));
            let outcome = asked(&election, rule.clone());
            prop_assert!(outcome.spent <= election.budget, "{rule:?}");
            prop_assert!(outcome.accounting.is_balanced(), "{rule:?} {:?}", outcome.accounting);
            prop_assert_eq!(outcome.selected.len() + outcome.losses.len(), election.projects.len());
            if !outcome.shares.is_empty() {
                payments_are_sound(&election, &outcome, is_exact);
            }
        }
    }

    #[test]
    fn equal_shares_is_priceable(election in elections(VoteType::Approval)) {
        for satisfaction in [Satisfaction::Cost, Satisfaction::Cardinality] {
            for raise in [Raise::No, Raise::Integral { increment: units(1) }, Raise::Exact { increment: units(1) }] {
                let rule = EqualShares { satisfaction, raise, rest: Rest::Stays, comparison: false };
                is_priceable(&election, &asked(&election, Rule::EqualShares(rule)), satisfaction);
            }
        }
    }

    #[test]
    fn bounded_overspending_is_its_definition(election in elections(VoteType::Approval)) {
        let by_cost = gains(&election, |project, _| election.projects[project].cost);
        let by_number = gains(&election, |_, _| 1);
        for (satisfaction, gains) in [(Satisfaction::Cost, by_cost), (Satisfaction::Cardinality, by_number)] {
            let chosen = asked(&election, Rule::BoundedOverspending(satisfaction)).selected;
            prop_assert_eq!(twin::follow_bounded_overspending(&election, &gains, &chosen), Ok(()));
        }
    }

    #[test]
    fn the_order_of_voters_does_not_matter((election, order) in elections(VoteType::Approval).prop_flat_map(|election| {
        let order: Vec<usize> = (0..election.ballots.len()).collect();
        (Just(election), Just(order).prop_shuffle())
    })) {
        let other = with_order(&election, &order);
        for rule in rules() {
            let (one, two) = (decide(&election, &Question::by(rule.clone())), decide(&other, &Question::by(rule)));
            prop_assert_eq!(one, two);
        }
    }

    #[test]
    fn equal_shares_and_phragmen_are_their_slow_twins(election in elections(VoteType::Approval)) {
        let share = Fraction::new(election.budget.into(), (election.ballots.len() as i64).into());
        let by_cost = gains(&election, |project, _| election.projects[project].cost);
        let by_number = gains(&election, |_, _| 1);
        let fast = |satisfaction| asked(&election, equal_shares(satisfaction, Raise::No, Rest::Stays).rule).selected;
        prop_assert_eq!(fast(Satisfaction::Cost), twin::equal_shares(&election, &by_cost, &share));
        prop_assert_eq!(fast(Satisfaction::Cardinality), twin::equal_shares(&election, &by_number, &share));
        let mut found = asked(&election, Rule::Phragmen).selected;
        let supported = |project: &usize| by_number.iter().any(|gains| gains[*project] > units(0));
        found.retain(supported);
        prop_assert_eq!(found, twin::phragmen(&election, &by_number));
    }

    #[test]
    fn equal_shares_by_points_is_its_slow_twin(election in elections(VoteType::Scoring)) {
        let share = Fraction::new(election.budget.into(), (election.ballots.len() as i64).into());
        let by_points = gains(&election, |_, points| points);
        let found = asked(&election, equal_shares(Satisfaction::Points, Raise::No, Rest::Stays).rule).selected;
        prop_assert_eq!(found, twin::equal_shares(&election, &by_points, &share));
    }

    #[test]
    fn no_selection_within_the_budget_has_more_welfare(election in elections(VoteType::Approval)) {
        let votes = |project: usize| (0..election.ballots.len())
            .filter(|voter| election.ballots.ballot(*voter).0.contains(&(project as u16))).count() as i64;
        let value = |set: &[usize]| -> i64 { set.iter().map(|p| votes(*p) * election.projects[*p].cost).sum() };
        let found = value(&asked(&election, Rule::Welfare(Satisfaction::Cost)).selected);
        for bits in 0..1_usize << election.projects.len() {
            let set: Vec<usize> = (0..election.projects.len()).filter(|project| bits >> project & 1 == 1).collect();
            prop_assert!(election.cost_of(&set) > election.budget || value(&set) <= found);
        }
    }
}
