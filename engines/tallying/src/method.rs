use crate::pairwise::Strength;
use crate::read::ReadError;
use crate::scored::{MiddleGrade, Unranked};
use serde_json::Value;

/// The most grades a contest can have.
pub const GRADES_LIMIT: usize = 1_000;
/// The most credits of a voter.
pub const CREDITS_LIMIT: u64 = 1_000_000_000;

/// By which method ballots are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// Rounds by the rules of the contest: instant runoff, or the single transferable vote.
    Rounds,
    /// The single transferable vote of Scottish councils.
    Scottish,
    /// The single transferable vote by Meek's method.
    Meek,
    /// The most first choices.
    Plurality,
    /// Borda's count.
    Borda(Unranked),
    /// Schulze's method.
    Schulze(Strength),
    /// Ranked pairs.
    RankedPairs(Strength),
    /// The Condorcet winner, or the Smith set.
    Condorcet,
    /// The most approvals.
    Approval,
    /// The highest total of scores from 0 to `highest`.
    Score {
        /// The highest score.
        highest: u32,
    },
    /// Score, then automatic runoff.
    Star {
        /// The highest score.
        highest: u32,
    },
    /// The best middle grade.
    MajorityJudgment {
        /// The grades, the best first.
        grades: Vec<String>,
        /// Which of two middle grades counts.
        middle: MiddleGrade,
    },
    /// Votes that cost their square.
    Quadratic {
        /// What a voter has to spend.
        credits: u64,
    },
}

/// What stands on the ballots that a method counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Ranks, 1 being the best.
    Ranks,
    /// 1 or x for each candidate approved.
    Approvals,
    /// A score for each candidate.
    Scores,
    /// A grade for each candidate.
    Grades,
    /// Votes for or, with a minus, against each candidate.
    Credits,
}

impl Method {
    /// The words that name the methods.
    pub const WORDS: [&str; 13] = [
        "rounds",
        "scottish",
        "meek",
        "plurality",
        "borda",
        "schulze",
        "ranked-pairs",
        "condorcet",
        "approval",
        "score",
        "star",
        "majority-judgment",
        "quadratic",
    ];

    /// The method of that name, with what `rules` say of it: `strength` (`winning-votes`, the default, or `margins`), `unranked` (`zero`,
    /// the default, `average`, `modified`), `highestScore` (5 unless said), `grades` (a list, the best first), `middleGrade` (`worse`, the
    /// default, `better`), `credits`.
    ///
    /// # Errors
    /// The key that is wrong, and what was expected.
    pub fn named(word: &str, rules: &Value) -> Result<Self, ReadError> {
        Ok(match word {
            "rounds" => Self::Rounds,
            "scottish" => Self::Scottish,
            "meek" => Self::Meek,
            "plurality" => Self::Plurality,
            "borda" => {
                let words =
                    [("zero", Unranked::Zero), ("average", Unranked::Average), ("modified", Unranked::Modified)];
                Self::Borda(one_of(rules, "unranked", &words)?)
            }
            "schulze" => Self::Schulze(strength(rules)?),
            "ranked-pairs" => Self::RankedPairs(strength(rules)?),
            "condorcet" => Self::Condorcet,
            "approval" => Self::Approval,
            "score" => Self::Score { highest: whole(rules, "highestScore", Some(5), u64::from(u32::MAX))? as u32 },
            "star" => Self::Star { highest: whole(rules, "highestScore", Some(5), u64::from(u32::MAX))? as u32 },
            "majority-judgment" => {
                let words = [("worse", MiddleGrade::Worse), ("better", MiddleGrade::Better)];
                Self::MajorityJudgment { grades: grades(rules)?, middle: one_of(rules, "middleGrade", &words)? }
            }
            "quadratic" => Self::Quadratic { credits: whole(rules, "credits", None, CREDITS_LIMIT)? },
            other => {
                let reason = format!("“{other}” is no method here; there are {}", Self::WORDS.join(", "));
                return Err(ReadError::new("method", reason));
            }
        })
    }

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Rounds => "rounds",
            Self::Scottish => "scottish",
            Self::Meek => "meek",
            Self::Plurality => "plurality",
            Self::Borda(_) => "borda",
            Self::Schulze(_) => "schulze",
            Self::RankedPairs(_) => "ranked-pairs",
            Self::Condorcet => "condorcet",
            Self::Approval => "approval",
            Self::Score { .. } => "score",
            Self::Star { .. } => "star",
            Self::MajorityJudgment { .. } => "majority-judgment",
            Self::Quadratic { .. } => "quadratic",
        }
    }

    /// What stands on the ballots it counts.
    pub fn marking(&self) -> Marking {
        match self {
            Self::Approval => Marking::Approvals,
            Self::Score { .. } | Self::Star { .. } => Marking::Scores,
            Self::MajorityJudgment { .. } => Marking::Grades,
            Self::Quadratic { .. } => Marking::Credits,
            _ => Marking::Ranks,
        }
    }
}

fn strength(rules: &Value) -> Result<Strength, ReadError> {
    one_of(rules, "strength", &[("winning-votes", Strength::WinningVotes), ("margins", Strength::Margins)])
}

/// What a word stands for; the first of the words when there is none.
fn one_of<T: Copy>(rules: &Value, key: &str, words: &[(&str, T)]) -> Result<T, ReadError> {
    let Some(said) = rules.get(key) else { return Ok(words[0].1) };
    let found = words.iter().find(|(word, _)| said.as_str() == Some(word));
    found.map(|(_, meant)| *meant).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        ReadError::new(key, format!("{said} is none of {}", known.join(", ")))
    })
}

fn whole(rules: &Value, key: &str, usual: Option<u64>, most: u64) -> Result<u64, ReadError> {
    let expected = || ReadError::new(key, format!("a whole number up to {most} is expected"));
    match (rules.get(key), usual) {
        (None, Some(usual)) => Ok(usual),
        (None, None) => Err(expected()),
        (Some(said), _) => {
            let number = said.as_u64().or_else(|| said.as_str()?.trim().parse().ok());
            number.filter(|number| *number <= most).ok_or_else(expected)
        }
    }
}

fn grades(rules: &Value) -> Result<Vec<String>, ReadError> {
    let expected = || {
        ReadError::new("grades", format!("a list of 2 to {GRADES_LIMIT} different names, the best first, is expected"))
    };
    let said = rules.get("grades").and_then(Value::as_array).ok_or_else(expected)?;
    let names: Option<Vec<String>> = said.iter().map(|one| Some(one.as_str()?.trim().to_owned())).collect();
    let names = names.ok_or_else(expected)?;
    let different: std::collections::BTreeSet<&String> = names.iter().collect();
    if names.len() < 2 || names.len() > GRADES_LIMIT || different.len() < names.len() {
        Err(expected())
    } else {
        Ok(names)
    }
}
