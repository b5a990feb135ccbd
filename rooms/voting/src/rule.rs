//! How a vote is counted: chosen before it opens, in the words of the command line, so that everybody can count again.

use budgeting::{EqualShares, Fraction, Greedy, Misfit, Order, Question, Raise, Rest, Satisfaction, TieRule, TieStep};
use civic::words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

words! {
    /// The method of a budget.
    BudgetMethod {
        /// The Method of Equal Shares.
        EqualShares = "equal-shares",
        /// The most votes first, skipping what does not fit.
        MostVotes = "most-votes",
        /// The most satisfaction for money first.
        Greedy = "greedy",
        /// Phragmén's sequential rule.
        Phragmen = "phragmen",
    }
}

words! {
    /// What a voter gains from a project on the ballot.
    Gain {
        /// Its cost.
        Cost = "cost",
        /// One for each project.
        Cardinality = "cardinality",
        /// The points given to it.
        Points = "points",
        /// Its place in the ranking.
        Borda = "borda",
    }
}

words! {
    /// What becomes of money that Equal Shares leaves over.
    Completion {
        /// The shares are raised, then further projects go by votes.
        Add1u = "add1u",
        /// The shares are raised by one unit of the currency until the next outcome would pass the budget.
        Add1 = "add1",
        /// Further projects go by satisfaction for money.
        Greedy = "greedy",
        /// It stays.
        None = "none",
    }
}

words! {
    /// What breaks a tie; the next one decides where the one before does not. The order of the ballot, which is that of the file,
    /// always comes last.
    Ties {
        /// The least cost, then the most votes.
        CostVotes = "cost,votes,file",
        /// The most votes, then the least cost.
        VotesCost = "votes,cost,file",
        /// The order of the ballot.
        File = "file",
    }
}

words! {
    /// The method of a poll.
    PollMethod {
        /// The most votes, one each.
        Plurality = "plurality",
        /// The most approvals.
        Approval = "approval",
        /// The highest sum of scores.
        Score = "score",
        /// The best middle grade.
        MajorityJudgment = "majority-judgment",
        /// Instant-runoff voting for one seat, the single transferable vote for several.
        Transferable = "transferable",
        /// Schulze's method.
        Schulze = "schulze",
    }
}

/// The rule of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetRule {
    /// The method.
    pub method: BudgetMethod,
    /// What a voter gains.
    pub satisfaction: Gain,
    /// What becomes of what is left; for Equal Shares only.
    pub completion: Completion,
    /// How ties are broken.
    pub ties: Ties,
}

/// The rule of a poll. Ties go by earlier rounds, where there are any, then by the order of the ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollRule {
    /// The method.
    pub method: PollMethod,
    /// How many are elected.
    pub seats: u32,
}

/// How a vote is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Rule {
    /// A budget.
    Budget(BudgetRule),
    /// A poll.
    Poll(PollRule),
}

impl BudgetRule {
    /// The same as the engine's question.
    pub fn question(&self) -> Question {
        let satisfaction = self.gain();
        let rule = match self.method {
            BudgetMethod::EqualShares => budgeting::Rule::EqualShares(self.equal_shares(satisfaction)),
            BudgetMethod::MostVotes => {
                let order = if self.satisfaction == Gain::Cost || self.satisfaction == Gain::Cardinality {
                    Order::Votes
                } else {
                    Order::Score
                };
                budgeting::Rule::Greedy(Greedy { order, misfit: Misfit::Skip, threshold: None })
            }
            BudgetMethod::Greedy => budgeting::Rule::Greedy(Greedy::by(satisfaction)),
            BudgetMethod::Phragmen => budgeting::Rule::Phragmen,
        };
        Question { ties: self.tie_rule(), ..Question::by(rule) }
    }

    /// The arguments of `polity tally budget` that mean the same.
    pub fn arguments(&self) -> String {
        let (gain, ties) = (self.satisfaction.word(), self.ties.word());
        let by_score = !matches!(self.satisfaction, Gain::Cost | Gain::Cardinality);
        match self.method {
            BudgetMethod::EqualShares => format!(
                "--method equal-shares --satisfaction {gain} --completion {} --ties {ties}",
                self.completion.word()
            ),
            BudgetMethod::MostVotes if by_score => format!("--method greedy --order score --ties {ties}"),
            BudgetMethod::MostVotes => format!("--method greedy --order votes --ties {ties}"),
            BudgetMethod::Greedy => format!("--method greedy --satisfaction {gain} --ties {ties}"),
            BudgetMethod::Phragmen => format!("--method phragmen --ties {ties}"),
        }
    }

    /// The same as `polity tally budget --json` names it, for whoever counts again.
    pub fn words(&self) -> Value {
        let by_score = !matches!(self.satisfaction, Gain::Cost | Gain::Cardinality);
        let (method, order) = match self.method {
            BudgetMethod::EqualShares => ("equal-shares", "satisfaction"),
            BudgetMethod::MostVotes => ("greedy", if by_score { "score" } else { "votes" }),
            BudgetMethod::Greedy => ("greedy", "satisfaction"),
            BudgetMethod::Phragmen => ("phragmen", "satisfaction"),
        };
        let shares = self.method == BudgetMethod::EqualShares;
        json!({
            "method": method, "satisfaction": self.satisfaction.word(), "order": order,
            "completion": if shares { self.completion.word() } else { "none" },
            "increment": "1", "comparison": false, "ties": self.ties.word(), "misfit": "skip",
            "threshold": Value::Null, "constrained": false,
        })
    }

    /// What else could have been asked of the same ballots, for “what if”; the rule itself is not among them.
    pub fn others(&self) -> Vec<Self> {
        let with = |method, satisfaction, completion| Self { method, satisfaction, completion, ties: self.ties };
        let personal = matches!(self.satisfaction, Gain::Points | Gain::Borda);
        let gain = if personal { self.satisfaction } else { Gain::Cost };
        let mut others = vec![
            with(BudgetMethod::EqualShares, gain, Completion::Add1u),
            with(BudgetMethod::EqualShares, gain, Completion::None),
            with(BudgetMethod::MostVotes, gain, Completion::None),
            with(BudgetMethod::Phragmen, gain, Completion::None),
        ];
        if !personal {
            others.insert(1, with(BudgetMethod::EqualShares, Gain::Cardinality, Completion::Add1u));
        }
        others.retain(|other| other.arguments() != self.arguments());
        others
    }

    fn gain(&self) -> Satisfaction {
        match self.satisfaction {
            Gain::Cost => Satisfaction::Cost,
            Gain::Cardinality => Satisfaction::Cardinality,
            Gain::Points => Satisfaction::Points,
            Gain::Borda => Satisfaction::Borda,
        }
    }

    fn equal_shares(&self, satisfaction: Satisfaction) -> EqualShares {
        let raise = match self.completion {
            Completion::None | Completion::Greedy => Raise::No,
            Completion::Add1 | Completion::Add1u => Raise::Integral { increment: Fraction::from_integer(1.into()) },
        };
        let rest = match self.completion {
            Completion::None | Completion::Add1 => Rest::Stays,
            Completion::Add1u => Rest::ByVotes,
            Completion::Greedy => Rest::BySatisfaction,
        };
        EqualShares { satisfaction, raise, rest, comparison: false }
    }

    fn tie_rule(&self) -> TieRule {
        TieRule(match self.ties {
            Ties::CostVotes => vec![TieStep::LeastCost, TieStep::MostVotes, TieStep::FileOrder],
            Ties::VotesCost => vec![TieStep::MostVotes, TieStep::LeastCost, TieStep::FileOrder],
            Ties::File => vec![TieStep::FileOrder],
        })
    }
}

impl PollRule {
    /// The arguments of `polity tally ranked` that mean the same, where the method is one of ranked ballots.
    pub fn arguments(&self) -> Option<String> {
        match self.method {
            PollMethod::Transferable => Some(format!("--seats {}", self.seats)),
            PollMethod::Schulze => Some("--method schulze".to_owned()),
            PollMethod::Plurality => Some(format!("--method plurality --seats {}", self.seats)),
            _ => None,
        }
    }
}
