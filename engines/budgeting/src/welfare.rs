//! The selection with the greatest total satisfaction that fits the budget, exactly: branch and bound on the knapsack problem,
//! with the fractional filling (Dantzig 1957) as the bound. Among equals, the first found: projects by satisfaction for money.

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    equal_shares::{Decided, first_rounds},
    greedy::{order_by_density, plain_accounting},
    limits::WELFARE_NODES_MAX,
    outcome::{Loss, Measure, Reason, Round, Step},
    profile::Profile,
    refusal::Refusal,
    ties::TieOrder,
};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// Projects this rule takes on; more would be no small case.
pub const WELFARE_PROJECTS_MAX: usize = 500;

struct Search<'a> {
    /// Project, cost, satisfaction; the best for their money first.
    items: Vec<(usize, i64, u128)>,
    best: (u128, Vec<usize>),
    nodes: u64,
    chosen: Vec<usize>,
    start: Purse<'a>,
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    mut purse: Purse<'_>,
) -> Result<Decided, Refusal> {
    if election.projects.len() > WELFARE_PROJECTS_MAX {
        return Err(Refusal::TooMany { what: "projects for the exact maximum", most: WELFARE_PROJECTS_MAX });
    }
    let mut rounds = first_rounds(&purse, purse.funded.len());
    let mut items = Vec::new();
    for project in order_by_density(election, profile, ties).into_iter().flatten() {
        let total = profile.total_satisfaction(project).to_u128();
        let total = total.expect("at most 10^17 of weight times 2^64 of utility is below 2^128");
        if !purse.is_funded(project) && total > 0 && purse.cost(project) <= purse.left {
            items.push((project, purse.cost(project), total));
        }
    }
    let mut search = Search { items, best: (0, Vec::new()), nodes: 0, chosen: Vec::new(), start: purse.clone() };
    search.visit(0, 0, purse.left, &purse)?;
    for project in std::mem::take(&mut search.best.1) {
        purse.fund(project);
        let welfare = Fraction::from(BigInt::from(profile.total_satisfaction(project)));
        let spent = election.budget - purse.left;
        let measure = Some(welfare / Fraction::from(BigInt::from(purse.cost(project).max(1))));
        rounds.push(Round { project, step: Step::Chosen, tied: vec![], measure, payment: None, spent });
    }
    let losses = purse.others().map(|project| Loss { project, reason: reason(profile, &purse, project) }).collect();
    Ok(Decided {
        accounting: plain_accounting(election.budget, election.budget - purse.left),
        rounds,
        losses,
        measure: Measure::Density,
        raises: 0,
        notes: vec![format!("The exact maximum was found after {} branches.", search.nodes)],
        shares: Vec::new(),
    })
}

impl Search<'_> {
    fn visit(&mut self, place: usize, value: u128, left: i64, purse: &Purse<'_>) -> Result<(), Refusal> {
        self.nodes += 1;
        if self.nodes > WELFARE_NODES_MAX {
            let advice = "use the greedy rule, which is close to it";
            return Err(Refusal::TooLong { what: "the search for the exact maximum", most: WELFARE_NODES_MAX, advice });
        }
        if value > self.best.0 {
            self.best = (value, self.chosen.clone());
        }
        if place == self.items.len() || self.bound(place, value, left) <= self.best.0 {
            return Ok(());
        }
        let (project, cost, satisfaction) = self.items[place];
        if cost <= left && purse.block(project).is_none() {
            let mut with = purse.clone();
            with.fund(project);
            self.chosen.push(project);
            self.visit(place + 1, value + satisfaction, left - cost, &with)?;
            self.chosen.pop();
        }
        self.visit(place + 1, value, left, purse)
    }

    /// No filling of what is left is worth more than this.
    fn bound(&self, place: usize, value: u128, mut left: i64) -> u128 {
        let mut bound = value;
        for (project, cost, satisfaction) in &self.items[place..] {
            if self.start.is_funded(*project) {
                continue;
            }
            if *cost <= left {
                left -= cost;
                bound += satisfaction;
                continue;
            }
            let part = satisfaction.checked_mul(left as u128).map_or(*satisfaction, |part| part / *cost as u128);
            return bound + part;
        }
        bound
    }
}

fn reason(profile: &Profile, purse: &Purse<'_>, project: usize) -> Reason {
    match purse.block(project) {
        Some(block) => Reason::Blocked(block),
        None if profile.supporters.get(project).is_empty() => Reason::NoSupport,
        None => Reason::LessWelfare,
    }
}
