//! The Method of Equal Shares (Peters, Pierczyński, Skowron, NeurIPS 2021; equalshares.net) and its completions.

mod ledger;
mod run;

use crate::{
    amount::Fraction,
    constraint::Purse,
    election::Election,
    greedy,
    limits::RAISES_MAX,
    outcome::{Accounting, Loss, Measure, Payment, Reason, Round, Share, Step},
    profile::{Profile, Satisfaction},
    refusal::Refusal,
    ties::TieOrder,
};
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use run::{Entry, Run, Sharing};

/// How the shares are raised until the budget is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raise {
    /// Not at all.
    No,
    /// As cities do (equalshares.net): begin at the share rounded down to whole units of the currency, raise it by the
    /// increment until the next outcome would pass the budget. If everything fits the budget, nothing is raised.
    Integral {
        /// Units of the currency for each voter and step.
        increment: Fraction,
    },
    /// As pabutools does: begin at the exact share, raise it until no further project fits or the budget is passed; in the
    /// latter case the outcome before counts.
    Exact {
        /// Units of the currency for each voter and step.
        increment: Fraction,
    },
}

/// What becomes of the money that is left then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// It stays.
    Stays,
    /// It goes to further projects by votes, the most first, skipping what does not fit.
    ByVotes,
    /// The same by satisfaction for money.
    BySatisfaction,
}

/// Equal Shares and its completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EqualShares {
    /// What voters gain.
    pub satisfaction: Satisfaction,
    /// How shares are raised.
    pub raise: Raise,
    /// What becomes of the rest.
    pub rest: Rest,
    /// Whether the greedy outcome (by votes) is taken instead where more voters have more funded projects under it.
    pub comparison: bool,
}

/// What a rule hands over to become an outcome.
#[derive(Debug)]
pub(crate) struct Decided {
    pub(crate) rounds: Vec<Round>,
    pub(crate) losses: Vec<Loss>,
    pub(crate) measure: Measure,
    pub(crate) accounting: Accounting,
    pub(crate) raises: u64,
    pub(crate) notes: Vec<String>,
    pub(crate) shares: Vec<Vec<Share>>,
}

pub(crate) fn decide(
    election: &Election,
    profile: &Profile,
    ties: &TieOrder,
    purse: Purse<'_>,
    rule: &EqualShares,
    with_shares: bool,
) -> Result<Decided, Refusal> {
    let mandatory = purse.funded.len();
    let sharing = Sharing::new(election, profile, ties, purse);
    let (run, share, raises) = raised(&sharing, &rule.raise)?;
    let mut decided = explained(&sharing, &run, mandatory, &share, with_shares);
    decided.raises = raises;
    if raises > 0 {
        decided.notes.push(format!("The shares were raised; {raises} larger ones were tried."));
    }
    let rest = match rule.rest {
        Rest::Stays => return Ok(decided),
        Rest::ByVotes => greedy::order_by_votes(election, profile, ties),
        Rest::BySatisfaction => greedy::order_by_density(election, profile, ties),
    };
    complete(election, &run.purse, &rest, &mut decided)?;
    Ok(decided)
}

impl<'a> Sharing<'a> {
    fn new(election: &'a Election, profile: &'a Profile, ties: &'a TieOrder, mut purse: Purse<'a>) -> Self {
        let mut entries = Vec::new();
        for project in purse.others().collect::<Vec<_>>() {
            let weights = profile.supporting(project);
            let (total, most) =
                weights.fold((0, 0), |(total, most), (_, voters, weight)| (total + voters * weight, weight.max(most)));
            if total == 0 {
                continue;
            }
            if purse.cost(project) > 0 {
                entries.push(Entry { project, weight_total: total, weight_most: most });
            } else if purse.block(project).is_none() {
                purse.fund(project);
            }
        }
        Self { election, profile, ties, purse, entries }
    }

    /// The exact share of each voter in what the mandatory projects left.
    fn share(&self) -> Fraction {
        Fraction::new(self.purse.left.into(), self.profile.voters.into())
    }

    fn must_run<'s>(&'s self, share: &Fraction) -> Result<Run<'s>, Refusal> {
        Ok(self.run(share, false)?.expect("only a trial ends without a run"))
    }
}

/// The run that counts, its share, and how many raised shares were tried.
fn raised<'s>(sharing: &'s Sharing<'_>, raise: &Raise) -> Result<(Run<'s>, Fraction, u64), Refusal> {
    let exact = sharing.share();
    let unit = Fraction::from(BigInt::from(10).pow(sharing.election.decimals));
    let everything: i64 = sharing.election.projects.iter().map(|project| project.cost).sum();
    let (increment, mut share, is_integral) = match raise {
        Raise::No => return Ok((sharing.must_run(&exact)?, exact, 0)),
        Raise::Integral { .. } if everything <= sharing.election.budget => {
            return Ok((sharing.must_run(&exact)?, exact, 0));
        }
        Raise::Integral { increment } => (increment * &unit, (&exact / &unit).floor() * &unit, true),
        Raise::Exact { increment } => (increment * &unit, exact, false),
    };
    if increment <= Fraction::zero() {
        return Err(Refusal::Increment);
    }
    let can_be_bought: Vec<usize> = sharing.entries.iter().map(|entry| entry.project).collect();
    let mut run = sharing.must_run(&share)?;
    for raises in 0..RAISES_MAX {
        // Where all that can be bought is bought, no raise changes anything; equalshares.net would go on for ever.
        let is_all = can_be_bought.iter().all(|p| run.purse.is_funded(*p) || run.purse.block(*p).is_some());
        if is_all || !is_integral && !run.purse.has_room_for(&can_be_bought) {
            return Ok((run, share, raises));
        }
        let next_share = &share + &increment;
        match sharing.run(&next_share, true)? {
            Some(next) => (run, share) = (next, next_share),
            None => return Ok((run, share, raises + 1)),
        }
    }
    Err(Refusal::TooLong { what: "raising the shares", most: RAISES_MAX, advice: "use a larger increment" })
}

/// The rounds before any shares are used.
pub(crate) fn first_rounds(purse: &Purse<'_>, mandatory: usize) -> Vec<Round> {
    let mut spent = 0;
    let step = |place| if place < mandatory { Step::Mandatory } else { Step::Free };
    let rounds = purse.funded.iter().enumerate().map(|(place, project)| {
        spent += purse.cost(*project);
        Round { project: *project, step: step(place), tied: vec![], measure: None, payment: None, spent }
    });
    rounds.collect()
}

fn explained(sharing: &Sharing<'_>, run: &Run<'_>, mandatory: usize, share: &Fraction, with_shares: bool) -> Decided {
    let whole = |units: i64| Fraction::from(BigInt::from(units));
    let mut rounds = first_rounds(&sharing.purse, mandatory);
    let beside_shares = rounds.last().map_or(0, |round| round.spent);
    let mut spent = beside_shares;
    for (place, purchase) in run.purchases.iter().enumerate() {
        let (price, cost) = (run.ledger.price(place), sharing.purse.cost(purchase.project));
        spent += cost;
        let total_in_full = &price * whole(purchase.weight_in_full);
        rounds.push(Round {
            project: purchase.project,
            step: Step::Chosen,
            tied: purchase.tied.clone(),
            payment: Some(Payment {
                supporters: sharing.profile.votes(purchase.project),
                paid_in_full: purchase.paid_in_full,
                gave_all: purchase.gave_all,
                total_of_rest: whole(cost) - &total_in_full,
                total_in_full,
            }),
            measure: Some(price),
            spent,
        });
    }
    let (given, kept) = (share * whole(sharing.profile.voters), run.kept());
    let accounting = Accounting {
        budget: sharing.election.budget,
        spent,
        unspent: sharing.election.budget - spent,
        beside_shares,
        from_shares: whole(spent - beside_shares),
        overspent: Fraction::zero(),
        share: share.clone(),
        given,
        kept,
    };
    Decided {
        rounds,
        losses: run
            .purse
            .others()
            .map(|project| Loss { project, reason: reason(sharing, run, share, project) })
            .collect(),
        measure: Measure::Price,
        accounting,
        raises: 0,
        notes: Vec::new(),
        shares: if with_shares { shares(sharing, run) } else { Vec::new() },
    }
}

fn reason(sharing: &Sharing<'_>, run: &Run<'_>, share: &Fraction, project: usize) -> Reason {
    if let Some(block) = run.purse.block(project) {
        return Reason::Blocked(block);
    }
    if sharing.profile.supporters.get(project).is_empty() {
        return Reason::NoSupport;
    }
    let had = run.money_behind(project);
    let missing = Fraction::from(BigInt::from(sharing.purse.cost(project))) - &had;
    let more_supporters =
        if share.is_zero() { i64::MAX } else { (&missing / share).ceil().to_integer().to_i64().unwrap_or(i64::MAX) };
    Reason::Unaffordable { had, missing, more_supporters }
}

/// What each group of equal ballots paid in each round, those before the shares included (by nobody).
fn shares(sharing: &Sharing<'_>, run: &Run<'_>) -> Vec<Vec<Share>> {
    let profile = sharing.profile;
    let mut has_money = vec![true; profile.groups()];
    let mut all = vec![Vec::new(); sharing.purse.funded.len()];
    for (round, purchase) in run.purchases.iter().enumerate() {
        let mut is_poor = std::collections::BTreeSet::new();
        is_poor.extend(purchase.emptied.iter().map(|group| *group as usize));
        let price = run.ledger.price(round);
        let supporting = profile.supporting(purchase.project).filter(|(group, ..)| has_money[*group]);
        let paid = supporting.map(|(group, voters, weight)| {
            let each = if is_poor.contains(&group) {
                run.ledger.fraction(run.ledger.left_before(profile, group, round))
            } else {
                &price * Fraction::from(BigInt::from(weight))
            };
            Share { group, voters, each }
        });
        all.push(paid.collect());
        for group in is_poor {
            has_money[group] = false;
        }
    }
    all
}

/// Funds further projects from what is left, in that order, skipping what does not fit.
fn complete(
    election: &Election,
    purse: &Purse<'_>,
    order: &greedy::Levels,
    decided: &mut Decided,
) -> Result<(), Refusal> {
    let mut purse = purse.clone();
    for level in order {
        greedy::refuse_tie(election, &purse, level, greedy::Misfit::Skip)?;
        for project in level.iter().copied() {
            if purse.is_funded(project) || purse.cost(project) > purse.left || purse.block(project).is_some() {
                continue;
            }
            purse.fund(project);
            let accounting = &mut decided.accounting;
            accounting.spent += purse.cost(project);
            accounting.beside_shares += purse.cost(project);
            accounting.unspent = purse.left;
            let (spent, step) = (accounting.spent, Step::Completed);
            decided.rounds.push(Round { project, step, tied: vec![], measure: None, payment: None, spent });
            decided.losses.retain(|loss| loss.project != project);
        }
    }
    Ok(())
}
