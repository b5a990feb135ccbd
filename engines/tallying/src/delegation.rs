use crate::ballots::WEIGHT_LIMIT;
use thiserror::Error;

/// The most voters whose delegations can be followed at once.
pub const VOTERS_LIMIT: usize = 10_000_000;

/// Somebody who may vote, or let somebody else vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voter {
    /// How many votes the voter has.
    pub weight: u64,
    /// Whether the voter cast a ballot. An own ballot always goes before a delegation.
    pub voted: bool,
    /// Other voters, by their place in the list, that the vote is given to: to the first; to the next when the first leads in a circle.
    pub delegates: Vec<usize>,
}

/// Where all votes went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// For each voter who cast a ballot the votes it counts for, the own included; 0 for the others.
    pub weights: Vec<u64>,
    /// For each voter, whose ballot speaks for them; `None` when nobody's does.
    pub spoken_for_by: Vec<Option<usize>>,
    /// Circles of delegations, each from its lowest member on. All members went to their next choice.
    pub cycles: Vec<Vec<usize>>,
    /// Votes that no ballot speaks for.
    pub lost: u64,
    /// A sentence for each circle and for what is lost, in English; voters are counted from 1.
    pub steps: Vec<String>,
}

/// Why delegations cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DelegationError {
    /// Somebody who is not there.
    #[error("voter {voter} delegates to voter {delegate}, but there are {voters}")]
    Unknown {
        /// Who delegates, from 1.
        voter: usize,
        /// To whom, from 1.
        delegate: usize,
        /// How many there are.
        voters: usize,
    },
    /// Too many votes.
    #[error("the voters have more than the {WEIGHT_LIMIT} votes that can be counted at once")]
    Weight,
    /// Too many voters.
    #[error("{0} voters are more than the {VOTERS_LIMIT} whose delegations can be followed at once")]
    Voters(usize),
}

/// Follows delegations from voter to voter until one cast a ballot. Where first choices lead in a circle, every member of it
/// turns to the next choice, and has no delegate when there is none; so no order among the members matters.
///
/// # Errors
/// When a delegate does not exist, or a limit is reached.
pub fn follow_delegations(voters: &[Voter]) -> Result<Delegated, DelegationError> {
    check(voters)?;
    let mut choice = vec![0usize; voters.len()];
    let mut cycles = Vec::new();
    loop {
        let found = circles(voters, &choice);
        if found.is_empty() {
            break;
        }
        for &member in found.iter().flatten() {
            choice[member] += 1;
        }
        cycles.extend(found);
    }
    let spoken_for_by = representatives(voters, &choice);
    let mut weights = vec![0u64; voters.len()];
    let mut lost = 0u64;
    for (voter, by) in voters.iter().zip(&spoken_for_by) {
        match by {
            Some(by) => weights[*by] += voter.weight,
            None => lost += voter.weight,
        }
    }
    let steps = sentences(&cycles, lost);
    Ok(Delegated { weights, spoken_for_by, cycles, lost, steps })
}

fn check(voters: &[Voter]) -> Result<(), DelegationError> {
    if voters.len() > VOTERS_LIMIT {
        return Err(DelegationError::Voters(voters.len()));
    }
    let weight: u128 = voters.iter().map(|voter| u128::from(voter.weight)).sum();
    if weight > u128::from(WEIGHT_LIMIT) {
        return Err(DelegationError::Weight);
    }
    let unknown = voters.iter().enumerate().find_map(|(voter, one)| {
        let delegate = one.delegates.iter().find(|delegate| **delegate >= voters.len())?;
        Some(DelegationError::Unknown { voter: voter + 1, delegate: delegate + 1, voters: voters.len() })
    });
    unknown.map_or(Ok(()), Err)
}

/// Whom a voter's vote goes to next.
fn next(voters: &[Voter], choice: &[usize], at: usize) -> Option<usize> {
    if voters[at].voted { None } else { voters[at].delegates.get(choice[at]).copied() }
}

fn circles(voters: &[Voter], choice: &[usize]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut seen_from = vec![UNSEEN; voters.len()];
    let mut found = Vec::new();
    for start in 0..voters.len() {
        let mut at = start;
        while seen_from[at] == UNSEEN {
            seen_from[at] = start;
            match next(voters, choice, at) {
                Some(to) if seen_from[to] == start => {
                    found.push(circle_through(voters, choice, to));
                    break;
                }
                Some(to) => at = to,
                None => break,
            }
        }
    }
    found
}

fn circle_through(voters: &[Voter], choice: &[usize], member: usize) -> Vec<usize> {
    let mut circle = vec![member];
    let mut at = member;
    while let Some(to) = next(voters, choice, at).filter(|to| *to != member) {
        circle.push(to);
        at = to;
    }
    let lowest = (0..circle.len()).min_by_key(|&place| circle[place]).unwrap_or(0);
    circle.rotate_left(lowest);
    circle
}

/// Whose ballot speaks for each voter; there are no circles any more.
fn representatives(voters: &[Voter], choice: &[usize]) -> Vec<Option<usize>> {
    let mut known: Vec<Option<Option<usize>>> = vec![None; voters.len()];
    let mut chain = Vec::new();
    for start in 0..voters.len() {
        let mut at = start;
        let by = loop {
            if let Some(by) = known[at] {
                break by;
            }
            chain.push(at);
            if voters[at].voted {
                break Some(at);
            }
            match next(voters, choice, at) {
                Some(to) => at = to,
                None => break None,
            }
        };
        for member in chain.drain(..) {
            known[member] = Some(by);
        }
    }
    known.into_iter().map(Option::flatten).collect()
}

fn sentences(cycles: &[Vec<usize>], lost: u64) -> Vec<String> {
    let circle = |members: &Vec<usize>| {
        let numbers: Vec<String> = members.iter().map(|member| format!("voter {}", member + 1)).collect();
        format!("A circle of delegations was broken: {}; each goes to their next choice.", numbers.join(" to "))
    };
    let mut steps: Vec<String> = cycles.iter().map(circle).collect();
    if lost > 0 {
        steps.push(format!("No ballot speaks for {lost} votes."));
    }
    steps
}
