//! What rules share that buy one project after the other by the least load.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    outcome::{Round, Step},
    profile::Profile,
    refusal::Refusal,
    ties::TieOrder,
};
use std::cmp::Ordering;

/// Keeps one more in a list of those that are least and level with each other.
pub(crate) fn keep_least<T>(least: &mut Vec<T>, one: T, compare: impl Fn(&T, &T) -> Ordering) {
    match least.first().map(|first| compare(&one, first)) {
        Some(Ordering::Greater) => {}
        Some(Ordering::Equal) => least.push(one),
        Some(Ordering::Less) | None => {
            least.clear();
            least.push(one);
        }
    }
}

/// The first of those level with each other, and who was tied; nobody where there was only one.
pub(crate) fn first_of(
    ties: &TieOrder,
    election: &Election,
    level: Vec<usize>,
) -> Result<(usize, Vec<usize>), Refusal> {
    match level[..] {
        [only] => Ok((only, Vec::new())),
        _ => Ok((ties.first(election, &level)?, level)),
    }
}

/// Buys a project, and says so in a round.
pub(crate) fn buy(
    election: &Election,
    purse: &mut Purse<'_>,
    rounds: &mut Vec<Round>,
    (project, tied): (usize, Vec<usize>),
    measure: Option<Fraction>,
) {
    purse.fund(project);
    let spent = election.budget - purse.left;
    rounds.push(Round { project, step: Step::Chosen, tied, measure, payment: None, spent });
}

/// What becomes of projects that nobody supports, which no load orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// Those that fit are funded.
    AsFarAsTheyFit,
    /// The rule ends where one of them does not fit.
    UntilOneDoesNot,
}

/// Last come the projects that nobody supports, by the tie rule.
pub(crate) fn fund_without_support(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    purse: &mut Purse<'_>,
    rounds: &mut Vec<Round>,
    how: Unsupported,
) -> Result<(), Refusal> {
    loop {
        let fits = |purse: &Purse<'_>, project: usize| purse.cost(project) <= purse.left;
        let takes_part = |project: &usize| {
            let within = match how {
                Unsupported::AsFarAsTheyFit => fits(purse, *project),
                Unsupported::UntilOneDoesNot => purse.cost(*project) <= election.budget,
            };
            profile.votes(*project) == 0 && within && purse.block(*project).is_none()
        };
        let level: Vec<usize> = purse.others().filter(takes_part).collect();
        if level.is_empty() || !level.iter().all(|project| fits(purse, *project)) {
            return Ok(());
        }
        // Even one alone is named: no load put it where it is.
        let project = ties.first(election, &level)?;
        buy(election, purse, rounds, (project, level), None);
    }
}
