//! What a selection means for voters.

use crate::{
    amount::Fraction,
    election::Election,
    outcome::{Counterfactual, Statistics},
    profile::Profile,
};
use num_bigint::BigInt;

/// Funded projects on the ballot of each group.
fn funded_on(election: &Election, profile: &Profile, selected: &[usize]) -> Vec<i64> {
    let mut is_funded = vec![false; election.projects.len()];
    selected.iter().for_each(|project| is_funded[*project] = true);
    let count = |group| profile.ballots.get(group).iter().filter(|project| is_funded[usize::from(**project)]).count();
    (0..profile.groups()).map(|group| count(group) as i64).collect()
}

/// Works out what a selection means. The profile must be one of approvals.
pub(crate) fn statistics(election: &Election, profile: &Profile, selected: &[usize]) -> Statistics {
    let funded = funded_on(election, profile, selected);
    let mut distribution = vec![0; funded.iter().max().map_or(0, |most| *most as usize) + 1];
    let (mut voting, mut excluded) = (0, 0);
    for (group, funded) in funded.iter().enumerate() {
        let (voters, ballot) = profile.group(group);
        distribution[*funded as usize] += i64::from(voters);
        if !ballot.is_empty() {
            voting += i64::from(voters);
            excluded += if *funded == 0 { i64::from(voters) } else { 0 };
        }
    }
    let average = |sum: i128| Fraction::new(BigInt::from(sum), BigInt::from(profile.voters));
    let votes = |project: &usize| i128::from(profile.votes(*project));
    let least = distribution.iter().position(|voters| *voters > 0).unwrap_or(0);
    Statistics {
        voters: profile.voters,
        with_nothing: distribution[0],
        excluded,
        voting,
        projects_average: average(selected.iter().map(votes).sum()),
        cost_average: average(selected.iter().map(|p| votes(p) * i128::from(election.projects[*p].cost)).sum()),
        projects_least: (least as i64, distribution[least]),
        distribution,
    }
}

/// Voters with more funded projects under the first, and under the second selection.
pub(crate) fn preferences(election: &Election, profile: &Profile, one: &[usize], other: &[usize]) -> (i64, i64) {
    let pairs = funded_on(election, profile, one).into_iter().zip(funded_on(election, profile, other));
    pairs.enumerate().fold((0, 0), |(first, second), (group, (one, other))| {
        let voters = i64::from(profile.multiplicity[group]);
        (first + if one > other { voters } else { 0 }, second + if other > one { voters } else { 0 })
    })
}

/// This selection against another one.
pub(crate) fn against(election: &Election, profile: &Profile, this: &[usize], other: &[usize]) -> Counterfactual {
    let without = |from: &[usize], what: &[usize]| from.iter().copied().filter(|p| !what.contains(p)).collect();
    let (prefer_this, prefer_other) = preferences(election, profile, this, other);
    Counterfactual {
        would_win: without(other, this),
        would_lose: without(this, other),
        prefer_this,
        prefer_other,
        statistics: statistics(election, profile, other),
    }
}
