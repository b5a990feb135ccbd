//! The maximin support rule (Aziz, Lee, Talmon, AAMAS 2018, as “generalised sequential Phragmén”).
//!
//! Each round funds, among the projects that still fit, the one for which the costs of all funded so far and itself can be
//! spread with the least greatest load. Unlike Phragmén's rule, loads are spread anew each round, and projects that do not fit
//! are passed over, not a reason to end.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    equal_shares::{Decided, first_rounds},
    flow::{Load, least_load},
    greedy::plain_accounting,
    outcome::{Loss, Measure, Reason},
    profile::Profile,
    refusal::Refusal,
    sequence::{Unsupported, buy, first_of, fund_without_support, keep_least},
    ties::TieOrder,
};

struct Candidate {
    project: usize,
    /// The load found last; loads only grow with what is funded.
    load: Load,
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    mut purse: Purse<'_>,
) -> Result<Decided, Refusal> {
    let mut rounds = first_rounds(&purse, purse.funded.len());
    let (mut bought, mut steps): (Vec<usize>, u64) = (Vec::new(), 0);
    let supported = purse.others().map(|project| (project, profile.votes(project))).filter(|(_, votes)| *votes > 0);
    let mut candidates: Vec<Candidate> = supported
        .map(|(project, votes)| Candidate {
            project,
            load: Load { cost: purse.cost(project).into(), voters: votes.into() },
        })
        .collect();
    loop {
        candidates.retain(|c| purse.cost(c.project) <= purse.left && purse.block(c.project).is_none());
        candidates.sort_by(|a, b| a.load.compare(&b.load));
        let mut least: Vec<(usize, Load)> = Vec::new();
        for candidate in &mut candidates {
            if least.first().is_some_and(|(_, load)| candidate.load.compare(load).is_gt()) {
                break;
            }
            let with: Vec<usize> = bought.iter().copied().chain([candidate.project]).collect();
            candidate.load = least_load(profile, &with, |project| purse.cost(project), &mut steps)?;
            keep_least(&mut least, (candidate.project, candidate.load), |(_, one), (_, other)| one.compare(other));
        }
        let Some((_, load)) = least.first().copied() else { break };
        let (project, tied) = first_of(ties, election, least.iter().map(|(project, _)| *project).collect())?;
        bought.push(project);
        candidates.retain(|candidate| candidate.project != project);
        let measure = Some(Fraction::new(load.cost.into(), load.voters.into()));
        buy(election, &mut purse, &mut rounds, (project, tied), measure);
    }
    fund_without_support(election, profile, ties, &mut purse, &mut rounds, Unsupported::AsFarAsTheyFit)?;
    let losses = purse.others().map(|project| Loss { project, reason: reason(profile, &purse, project) }).collect();
    Ok(Decided {
        accounting: plain_accounting(election.budget, election.budget - purse.left),
        rounds,
        losses,
        measure: Measure::Load,
        raises: 0,
        notes: Vec::new(),
        shares: Vec::new(),
    })
}

fn reason(profile: &Profile, purse: &Purse<'_>, project: usize) -> Reason {
    match purse.block(project) {
        Some(block) => Reason::Blocked(block),
        None if profile.votes(project) == 0 && purse.cost(project) <= purse.left => Reason::NoSupport,
        None => {
            let missing = purse.cost(project) - purse.left;
            Reason::DidNotFit { left: purse.left, missing, ahead_of: None, votes_needed: None }
        }
    }
}
