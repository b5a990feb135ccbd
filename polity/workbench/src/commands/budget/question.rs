//! The words of the command line, as a question.

mod fitting;

use anyhow::{anyhow, bail};
use budgeting::{
    Constraints, Election, EqualShares, Fraction, Greedy, Misfit, Order, Question, Raise, Rest, Rule, Satisfaction,
    TieRule, TieStep, amount::Decimal, official_rule,
};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// By which rule, and how.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    /// The rule.
    #[arg(long, value_enum, default_value = "equal-shares")]
    method: Method,
    /// What a voter gains from a project on the ballot.
    #[arg(long, value_enum, default_value = "cost")]
    satisfaction: Gain,
    /// How Equal Shares uses what is left.
    #[arg(long, value_enum, default_value = "none")]
    completion: Completion,
    /// By how much the shares are raised in each step of add1, in units of the currency.
    /// 1 unless said.
    #[arg(long)]
    increment: Option<String>,
    /// Take the greedy outcome where more voters have more funded projects under it.
    #[arg(long)]
    comparison: bool,
    /// Steps with commas between: id, cost (the least), votes (the most), file (its order), lot:SEED, list:A|B|C.
    #[arg(long, default_value = "id")]
    ties: String,
    /// Greedy: what happens at the first project that does not fit.
    #[arg(long, value_enum, default_value = "skip")]
    misfit: MisfitWord,
    /// Greedy: by what projects are ordered.
    #[arg(long, value_enum, default_value = "satisfaction")]
    order: OrderWord,
    /// Greedy: votes (or score) that a project needs.
    #[arg(long)]
    threshold: Option<i64>,
    /// Ids that are funded first, with commas between.
    #[arg(long, value_delimiter = ',')]
    mandatory: Vec<String>,
    /// Ids of which at most one is funded, with commas between; may be given again.
    #[arg(long, value_name = "IDS")]
    exclusive: Vec<String>,
    /// The most for one category: CATEGORY=AMOUNT; may be given again.
    #[arg(long, value_name = "CATEGORY=AMOUNT")]
    category_cap: Vec<String>,
    /// The most for one district: DISTRICT=AMOUNT; may be given again.
    #[arg(long, value_name = "DISTRICT=AMOUNT")]
    district_cap: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// The Method of Equal Shares.
    EqualShares,
    /// The greatest satisfaction for money first.
    Greedy,
    /// Phragmén's sequential rule.
    Phragmen,
    /// Maximin support.
    MaximinSupport,
    /// Equal Shares with bounded overspending.
    BoundedOverspending,
    /// The exact maximum of total satisfaction, for small elections.
    Welfare,
    /// The rule that the file names.
    Official,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gain {
    Cost,
    Cardinality,
    #[value(alias = "sqrt")]
    SquareRoot,
    #[value(alias = "log")]
    Logarithm,
    Points,
    Borda,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Completion {
    /// What is left stays.
    None,
    /// Raise the shares from whole units until the next outcome would pass the budget (equalshares.net).
    Add1,
    /// Raise the shares from their exact value until nothing more fits (pabutools).
    Add1Exact,
    /// add1, then by votes.
    Add1u,
    /// add1-exact, then by satisfaction for money.
    Add1ExactGreedy,
    /// By satisfaction for money.
    Greedy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MisfitWord {
    /// It is skipped.
    Skip,
    /// The counting ends.
    Stop,
    /// It is funded if 80% of its cost is left; then the counting ends (Poznań).
    Percent80,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrderWord {
    /// Satisfaction for money.
    Satisfaction,
    /// Votes.
    Votes,
    /// Points or ranks as points.
    Score,
}

impl QuestionArgs {
    /// What was asked, in the words of the command line, so that whoever reads the outcome can ask the same again.
    pub fn words(&self) -> Value {
        let constrained = [&self.mandatory, &self.exclusive, &self.category_cap, &self.district_cap];
        json!({
            "method": word(self.method),
            "satisfaction": word(self.satisfaction),
            "completion": word(self.completion),
            "increment": self.step(),
            "comparison": self.comparison,
            "ties": self.ties,
            "misfit": word(self.misfit),
            "order": word(self.order),
            "threshold": self.threshold,
            "constrained": constrained.iter().any(|list| !list.is_empty()),
        })
    }

    /// The question, about that election.
    pub fn question(&self, election: &Election) -> anyhow::Result<Question> {
        fitting::unused(self).iter().for_each(|sentence| eprintln!("note: {sentence}"));
        let ties = ties(&self.ties)?;
        fitting::check_ties(&self.ties, election)?;
        Ok(Question { rule: self.rule(election)?, ties, constraints: self.constraints(election)?, with_shares: false })
    }

    fn step(&self) -> &str {
        self.increment.as_deref().unwrap_or("1")
    }

    fn rule(&self, election: &Election) -> anyhow::Result<Rule> {
        let satisfaction = match self.satisfaction {
            Gain::Cost => Satisfaction::Cost,
            Gain::Cardinality => Satisfaction::Cardinality,
            Gain::SquareRoot => Satisfaction::SquareRoot,
            Gain::Logarithm => Satisfaction::Logarithm,
            Gain::Points => Satisfaction::Points,
            Gain::Borda => Satisfaction::Borda,
        };
        Ok(match self.method {
            Method::EqualShares => Rule::EqualShares(self.equal_shares(satisfaction)?),
            Method::Greedy => Rule::Greedy(self.greedy(satisfaction)),
            Method::Phragmen => Rule::Phragmen,
            Method::MaximinSupport => Rule::MaximinSupport,
            Method::BoundedOverspending => Rule::BoundedOverspending(satisfaction),
            Method::Welfare => Rule::Welfare(satisfaction),
            Method::Official => {
                official_rule(election).map_err(|why| anyhow!("there is no official rule to use: {why}"))?
            }
        })
    }

    fn equal_shares(&self, satisfaction: Satisfaction) -> anyhow::Result<EqualShares> {
        let increment = Decimal::read(self.step()).map(Decimal::fraction);
        let increment = increment.ok_or_else(|| anyhow!("the increment “{}” is no number", self.step()))?;
        if increment <= Fraction::from_integer(0.into()) {
            bail!("the increment must be more than nought");
        }
        let raise = match self.completion {
            Completion::None | Completion::Greedy => Raise::No,
            Completion::Add1 | Completion::Add1u => Raise::Integral { increment },
            Completion::Add1Exact | Completion::Add1ExactGreedy => Raise::Exact { increment },
        };
        let rest = match self.completion {
            Completion::None | Completion::Add1 | Completion::Add1Exact => Rest::Stays,
            Completion::Add1u => Rest::ByVotes,
            Completion::Add1ExactGreedy | Completion::Greedy => Rest::BySatisfaction,
        };
        Ok(EqualShares { satisfaction, raise, rest, comparison: self.comparison })
    }

    fn greedy(&self, satisfaction: Satisfaction) -> Greedy {
        let misfit = match self.misfit {
            MisfitWord::Skip => Misfit::Skip,
            MisfitWord::Stop => Misfit::Stop,
            MisfitWord::Percent80 => Misfit::StopUnlessPercent(80),
        };
        let order = match self.order {
            OrderWord::Satisfaction => Order::Density(satisfaction),
            OrderWord::Votes => Order::Votes,
            OrderWord::Score => Order::Score,
        };
        Greedy { order, misfit, threshold: self.threshold }
    }

    fn constraints(&self, election: &Election) -> anyhow::Result<Constraints> {
        Ok(Constraints {
            mandatory: self.mandatory.clone(),
            exclusive: self.exclusive.iter().map(|ids| ids.split(',').map(str::to_owned).collect()).collect(),
            category_caps: caps(("category", &fitting::categories(election)), &self.category_cap, election)?,
            district_caps: caps(("district", &fitting::districts(election)), &self.district_cap, election)?,
        })
    }
}

/// The word of the command line for a choice.
fn word(choice: impl ValueEnum) -> Option<String> {
    choice.to_possible_value().map(|value| value.get_name().to_owned())
}

fn caps(
    (kind, known): (&str, &BTreeSet<&str>),
    all: &[String],
    election: &Election,
) -> anyhow::Result<BTreeMap<String, i64>> {
    let named: Vec<&str> = all.iter().filter_map(|cap| Some(cap.rsplit_once('=')?.0)).collect();
    fitting::check_caps(kind, &named, known)?;
    let read = |cap: &String| {
        let (name, amount) = cap.rsplit_once('=').ok_or_else(|| anyhow!("a cap is NAME=AMOUNT, not “{cap}”"))?;
        let units = Decimal::read(amount).and_then(|amount| amount.scaled(election.decimals.max(amount.decimals)));
        let units = units.filter(|_| Decimal::read(amount).is_some_and(|a| a.decimals <= election.decimals));
        units
            .map(|units| (name.to_owned(), units))
            .ok_or_else(|| anyhow!("the cap “{cap}” has no amount of this currency"))
    };
    all.iter().map(read).collect()
}

fn ties(text: &str) -> anyhow::Result<TieRule> {
    let step = |word: &str| {
        Ok(match word {
            "id" => TieStep::Id,
            "cost" => TieStep::LeastCost,
            "votes" => TieStep::MostVotes,
            "file" => TieStep::FileOrder,
            other => match other.split_once(':') {
                Some(("lot", seed)) if !seed.is_empty() => TieStep::Lot(seed.to_owned()),
                Some(("list", ids)) => TieStep::List(ids.split('|').map(str::to_owned).collect()),
                _ => bail!("“{other}” is no tie rule; there are id, cost, votes, file, lot:SEED and list:A|B|C"),
            },
        })
    };
    Ok(TieRule(text.split(',').map(str::trim).map(step).collect::<anyhow::Result<_>>()?))
}
