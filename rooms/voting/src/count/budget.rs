use super::{
    Contest, Counted,
    file::{file_of, votes_of},
};
use crate::{ballot::Published, rule::BudgetRule};
use budgeting::{Election, Outcome, decide, pabulib::Document};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the outcome of a budget says, as far as pages read it; the whole is the engine's own JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct BudgetOutcome {
    /// The ids of what is funded, in the order in which it was.
    pub selected: Vec<String>,
    /// How each was funded.
    pub rounds: Vec<Value>,
    /// Why each other one was not.
    pub lost: Vec<Value>,
    /// What it means for voters.
    pub statistics: Value,
    /// Ballots that name each option.
    #[serde(default)]
    pub votes: BTreeMap<String, i64>,
}

/// What another rule would have given, for “what if”.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Other {
    /// The rule.
    pub rule: BudgetRule,
    /// What it would fund.
    pub selected: Vec<String>,
    /// What that costs, in cents.
    pub spent_cents: i64,
    /// Voters none of whose projects it would fund.
    pub with_nothing: i64,
    /// The average number of funded projects of a voter, to two places.
    pub projects_average: String,
}

pub(super) fn count(contest: Contest<'_>, rule: BudgetRule, ballots: &[Published]) -> Counted {
    // What is counted is the file itself, read back: so whoever reads it counts the same.
    let bare = file_of(contest, ballots, None);
    match read(&bare).and_then(|election| decided(&election, rule).map(|outcome| (election, outcome))) {
        Ok((election, outcome)) => {
            let selected = election.ids(&outcome.selected);
            Counted {
                file: file_of(contest, ballots, Some(&selected)),
                outcome: Ok(format!("{:#}\n", view(contest, rule, ballots, &election, &outcome))),
                others: others(&election, rule),
                selected,
                areas: Vec::new(),
            }
        }
        Err(why) => {
            Counted { file: bare, outcome: Err(why), others: "[]".to_owned(), selected: Vec::new(), areas: Vec::new() }
        }
    }
}

fn read(text: &str) -> Result<Election, String> {
    Document::read(text.as_bytes()).and_then(|document| document.election()).map_err(|refusal| refusal.to_string())
}

fn decided(election: &Election, rule: BudgetRule) -> Result<Outcome, String> {
    decide(election, &rule.question()).map_err(|refusal| refusal.to_string())
}

fn view(
    contest: Contest<'_>,
    rule: BudgetRule,
    ballots: &[Published],
    election: &Election,
    outcome: &Outcome,
) -> Value {
    let mut view = budgeting::view(election, outcome);
    view["vote"] = json!(contest.code);
    if let Some(area) = contest.area {
        view["area"] = json!(area);
    }
    let votes = votes_of(contest.definition, ballots);
    let votes: BTreeMap<&str, usize> =
        contest.definition.options.iter().map(|option| option.id.as_str()).zip(votes).collect();
    view["votes"] = json!(votes);
    view["rule"] = json!(rule);
    view["question"] = rule.words();
    view["command"] = json!(format!("polity tally budget ballots.pb {}", rule.arguments()));
    view
}

fn others(election: &Election, rule: BudgetRule) -> String {
    let others = rule.others().into_iter().filter_map(|rule| {
        let outcome = decided(election, rule).ok()?;
        Some(Other {
            rule,
            selected: election.ids(&outcome.selected),
            spent_cents: cents(outcome.spent, election.decimals),
            with_nothing: outcome.statistics.with_nothing,
            projects_average: budgeting::amount::rounded(&outcome.statistics.projects_average, 2),
        })
    });
    serde_json::to_string(&others.collect::<Vec<_>>()).unwrap_or_else(|_| "[]".to_owned())
}

/// The engine's smallest units, which have at most two decimals in our files, as cents.
pub(super) fn cents(units: i64, decimals: u32) -> i64 {
    units * 10_i64.pow(2_u32.saturating_sub(decimals))
}
