//! An outcome with its explanation.

use crate::{amount::Fraction, constraint::Block};

/// How a project came to be funded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was mandatory.
    Mandatory,
    /// It costs nothing and somebody supports it.
    Free,
    /// Its supporters bought it with their shares, or it came next under the rule.
    Chosen,
    /// It was funded from what the shares had left over.
    Completed,
}

/// One project funded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The project's index.
    pub project: usize,
    /// How it came to be funded.
    pub step: Step,
    /// Those that were level with it, itself among them; empty if none was.
    pub tied: Vec<usize>,
    /// What the rule ranked by, in smallest units where it is money; see [`Measure`].
    pub measure: Option<Fraction>,
    /// Who paid, where the rule shares costs among voters.
    pub payment: Option<Payment>,
    /// Spent so far, this project included, in smallest units.
    pub spent: i64,
}

/// What a rule ranks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The most any supporter pays for a unit of satisfaction's weight: with equal gains, the most any supporter pays.
    Price,
    /// Satisfaction for each unit of money.
    Density,
    /// Votes or points.
    Votes,
    /// The load of the supporters after the project.
    Load,
    /// The price, divided by the share of the cost that the supporters can pay (bounded overspending).
    PriceForShare,
}

/// Who paid for a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Voters who support the project.
    pub supporters: i64,
    /// Voters who had money and paid the full price.
    pub paid_in_full: i64,
    /// Voters who gave all they had left, which was less than the full price.
    pub gave_all: i64,
    /// What those who paid the full price paid together, in smallest units.
    pub total_in_full: Fraction,
    /// What those who gave all paid together.
    pub total_of_rest: Fraction,
}

impl Payment {
    /// Voters who support it and had nothing left.
    pub fn had_nothing(&self) -> i64 {
        self.supporters - self.paid_in_full - self.gave_all
    }
}

/// Why a project was not funded, and what more it would have needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The project's index.
    pub project: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a project was not funded. Amounts are in smallest units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nobody voted for it (under this measure).
    NoSupport,
    /// It was withdrawn: its cost is the sign for that, 999,999,999.
    Withdrawn,
    /// It got fewer votes than the threshold.
    BelowThreshold {
        /// Its votes.
        has: i64,
        /// The threshold.
        needs: i64,
    },
    /// At its turn, less was left than it costs.
    DidNotFit {
        /// What was left then.
        left: i64,
        /// What was missing.
        missing: i64,
        /// Had it stood before this project, it would have been funded.
        ahead_of: Option<usize>,
        /// The votes (or points) that would have put it there.
        votes_needed: Option<i64>,
    },
    /// The counting had ended before its turn came.
    NotReached {
        /// What was left then.
        left: i64,
    },
    /// Its supporters could not pay.
    Unaffordable {
        /// What they had left at the end.
        had: Fraction,
        /// What was missing to its cost.
        missing: Fraction,
        /// So many more supporters with a whole share each would have had it.
        more_supporters: i64,
    },
    /// A project level with it, or one before it, ended the rule.
    Stopped {
        /// The load that its supporters would have reached.
        load: Fraction,
    },
    /// Another selection of equal cost gives more.
    LessWelfare,
    /// Something binds besides the budget.
    Blocked(Block),
}

/// Shares and where they went: the strict accounting. Every figure is exact, in smallest units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounting {
    /// The budget.
    pub budget: i64,
    /// The cost of all that was funded.
    pub spent: i64,
    /// What is left of the budget.
    pub unspent: i64,
    /// The part of `spent` that was mandatory, free or a completion: paid before or beside the shares.
    pub beside_shares: i64,
    /// The part of `spent` that voters paid out of their shares.
    pub from_shares: Fraction,
    /// The part of `spent` that no share covered (bounded overspending), or by which the shares were given beyond the budget.
    pub overspent: Fraction,
    /// What one voter was given; nought under rules without shares.
    pub share: Fraction,
    /// What all voters were given together.
    pub given: Fraction,
    /// What all voters have left.
    pub kept: Fraction,
}

impl Accounting {
    /// Whether all sums agree: this is a property of the engine, tested, and shown so that everybody can check it.
    pub fn is_balanced(&self) -> bool {
        let whole = |units: i64| Fraction::from(num_bigint::BigInt::from(units));
        self.spent + self.unspent == self.budget
            && whole(self.beside_shares) + &self.from_shares + &self.overspent == whole(self.spent)
            && &self.from_shares + &self.kept == self.given
    }
}

/// What an outcome means for voters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Voters, those with empty ballots too.
    pub voters: i64,
    /// Voters none of whose projects was funded, among all.
    pub with_nothing: i64,
    /// Voters none of whose projects was funded, among those who voted for any.
    pub excluded: i64,
    /// Voters who voted for any.
    pub voting: i64,
    /// The average number of funded projects on a ballot.
    pub projects_average: Fraction,
    /// The average cost of the funded projects on a ballot, in smallest units.
    pub cost_average: Fraction,
    /// The least number of funded projects on a ballot, and for how many voters.
    pub projects_least: (i64, i64),
    /// For each number of funded projects, the voters who have so many.
    pub distribution: Vec<i64>,
}

/// What another rule would have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterfactual {
    /// Funded under the other rule and not here.
    pub would_win: Vec<usize>,
    /// Funded here and not under the other rule.
    pub would_lose: Vec<usize>,
    /// Voters with more funded projects here.
    pub prefer_this: i64,
    /// Voters with more funded projects there.
    pub prefer_other: i64,
    /// What it means there.
    pub statistics: Statistics,
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The funded projects, in the order of the rounds.
    pub selected: Vec<usize>,
    /// How each was funded.
    pub rounds: Vec<Round>,
    /// What the rule ranks by.
    pub measure: Measure,
    /// All others, in the order of the file.
    pub losses: Vec<Loss>,
    /// What the selection costs, in smallest units.
    pub spent: i64,
    /// The sums.
    pub accounting: Accounting,
    /// What it means for voters.
    pub statistics: Statistics,
    /// The same election under the greedy rule; none if that is the rule.
    pub under_greedy: Option<Counterfactual>,
    /// Raised shares that were tried by a completion, the last being one too many or needless.
    pub raises: u64,
    /// Sentences about this outcome: what a comparison step found, what a completion did.
    pub notes: Vec<String>,
    /// Equal ballots that paid, for each round, where that was asked for.
    pub shares: Vec<Vec<Share>>,
}

/// What one group of equal ballots paid for one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The group, as in [`crate::Profile::group`].
    pub group: usize,
    /// Voters in it.
    pub voters: i64,
    /// What each of them paid, in smallest units.
    pub each: Fraction,
}
