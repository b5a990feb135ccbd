//! The one door: an election and a question in, an outcome out.

use crate::{
    bounded_overspending,
    constraint::{Constraints, Purse},
    election::Election,
    equal_shares::{self, Decided, EqualShares},
    greedy::{self, Greedy, Misfit, Order},
    maximin_support,
    outcome::Outcome,
    phragmen,
    profile::{Profile, Satisfaction},
    refusal::Refusal,
    statistics::{against, preferences, statistics},
    ties::{TieOrder, TieRule},
    welfare,
};

/// How to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A greedy rule of a city.
    Greedy(Greedy),
    /// The Method of Equal Shares.
    EqualShares(EqualShares),
    /// Equal Shares with bounded overspending.
    BoundedOverspending(Satisfaction),
    /// Phragmén's sequential rule, on approvals.
    Phragmen,
    /// The maximin support rule, on approvals.
    MaximinSupport,
    /// The exact maximum of total satisfaction.
    Welfare(Satisfaction),
}

impl Rule {
    /// What voters gain under it.
    pub fn satisfaction(&self) -> Satisfaction {
        match self {
            Self::Greedy(Greedy { order: Order::Density(satisfaction), .. })
            | Self::BoundedOverspending(satisfaction)
            | Self::Welfare(satisfaction) => *satisfaction,
            Self::EqualShares(rule) => rule.satisfaction,
            Self::Greedy(_) | Self::Phragmen | Self::MaximinSupport => Satisfaction::Cost,
        }
    }
}

/// What is asked of an election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// By which rule.
    pub rule: Rule,
    /// How ties are broken.
    pub ties: TieRule,
    /// What binds besides the budget.
    pub constraints: Constraints,
    /// Whether the outcome lists what every group of equal ballots paid; it can be long.
    pub with_shares: bool,
}

impl Question {
    /// That rule, ties by id, nothing else that binds.
    pub fn by(rule: Rule) -> Self {
        Self { rule, ties: TieRule::default(), constraints: Constraints::default(), with_shares: false }
    }
}

/// Decides an election, with the explanation.
///
/// # Errors
/// A tie that the tie rule does not break, ballots that do not fit the question, a limit that is reached.
pub fn decide(election: &Election, question: &Question) -> Result<Outcome, Refusal> {
    let profile = Profile::new(election, question.rule.satisfaction())?;
    let approvals = if profile.is_weighted() { Some(Profile::new(election, Satisfaction::Cost)?) } else { None };
    let approvals = approvals.as_ref().unwrap_or(&profile);
    let votes: Vec<i64> = (0..election.projects.len()).map(|project| approvals.votes(project)).collect();
    let ties = question.ties.order(election, &votes)?;
    let asked = Asked { election, question, profile: &profile, approvals, ties: &ties };
    let mut decided = asked.decided()?;
    asked.compare(&mut decided)?;
    Ok(asked.outcome(decided))
}

struct Asked<'a> {
    election: &'a Election,
    question: &'a Question,
    profile: &'a Profile,
    approvals: &'a Profile,
    ties: &'a TieOrder,
}

impl Asked<'_> {
    fn decided(&self) -> Result<Decided, Refusal> {
        let Self { election, question, profile, ties, .. } = *self;
        let purse = Purse::open(election, &question.constraints)?;
        match &question.rule {
            Rule::Greedy(rule) => greedy::decide(election, profile, ties, purse, rule),
            Rule::EqualShares(rule) => equal_shares::decide(election, profile, ties, purse, rule, question.with_shares),
            Rule::BoundedOverspending(_) => {
                bounded_overspending::decide(election, profile, ties, purse, question.with_shares)
            }
            Rule::Phragmen => phragmen::decide(election, profile, ties, purse),
            Rule::MaximinSupport => maximin_support::decide(election, profile, ties, purse),
            Rule::Welfare(_) => welfare::decide(election, profile, ties, purse),
        }
    }

    fn greedily(&self, order: Order, profile: &Profile) -> Result<Decided, Refusal> {
        let purse = Purse::open(self.election, &self.question.constraints)?;
        let rule = Greedy { order, misfit: Misfit::Skip, threshold: None };
        greedy::decide(self.election, profile, self.ties, purse, &rule)
    }

    /// The comparison step of Wieliczka: the greedy outcome instead, where more voters have more funded projects under it.
    fn compare(&self, decided: &mut Decided) -> Result<(), Refusal> {
        if !matches!(&self.question.rule, Rule::EqualShares(EqualShares { comparison: true, .. })) {
            return Ok(());
        }
        let mut other = self.greedily(Order::Votes, self.approvals)?;
        let (here, there) = (selected(decided), selected(&other));
        let (prefer_shares, prefer_greedy) = preferences(self.election, self.approvals, &here, &there);
        let found = format!(
            "In the comparison step {prefer_shares} voters have more of their projects under Equal Shares and \
             {prefer_greedy} under the greedy rule."
        );
        if prefer_greedy > prefer_shares {
            other.notes = vec![found, "So the greedy outcome is taken.".to_owned()];
            *decided = other;
        } else {
            decided.notes.push(found);
        }
        Ok(())
    }

    fn outcome(&self, mut decided: Decided) -> Outcome {
        let selected = selected(&decided);
        let under_greedy = match (&self.question.rule, self.greedily(Order::Density(Satisfaction::Cost), self.profile))
        {
            (Rule::Greedy(_), _) => None,
            (_, Ok(other)) => {
                let other: Vec<usize> = other.rounds.iter().map(|round| round.project).collect();
                Some(against(self.election, self.approvals, &selected, &other))
            }
            (_, Err(refusal)) => {
                decided.notes.push(format!("The greedy rule has no outcome to compare with: {refusal}."));
                None
            }
        };
        Outcome {
            statistics: statistics(self.election, self.approvals, &selected),
            spent: self.election.cost_of(&selected),
            selected,
            rounds: decided.rounds,
            measure: decided.measure,
            losses: decided.losses,
            accounting: decided.accounting,
            under_greedy,
            raises: decided.raises,
            notes: decided.notes,
            shares: decided.shares,
        }
    }
}

fn selected(decided: &Decided) -> Vec<usize> {
    decided.rounds.iter().map(|round| round.project).collect()
}
