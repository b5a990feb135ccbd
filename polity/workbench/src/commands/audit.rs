//! `polity tally audit`: how many ballots to compare by hand, and what those that were compared say of the result.

mod sample;

use crate::files;
use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use std::{collections::BTreeSet, path::PathBuf, str::FromStr};
use tallying::{AuditRules, AuditedContest, Discrepancies, Votes, diluted_margin, kaplan_markov, sample_size};

/// Shown under `--help`.
pub const EXAMPLES: &str = r#"A contest is a JSON file. Plurality and approval are audited: each mark is one vote.

  { "contest": "Mayor", "ballots": 12000, "seats": 1,
    "candidates": [ { "name": "Amina", "votes": 6200 }, { "name": "Bo", "votes": 5300 } ],
    "risk_limit": "1/20", "inflator": "1.03905",
    "expected": { "over_by_one": 1 } }

  ballots     all ballots cast, blank ones included
  risk_limit  the largest chance that a wrong result passes; 1/20 unless said
  inflator    above 1: the larger, the less a found error costs, and the more ballots are drawn; 1.03905 unless said
  expected    ballots that may differ, for the size of the sample; none unless said. Also over_by_two, under_by_one, under_by_two

The sample is a CSV file, one row for each ballot drawn (with replacement, so one drawn twice stands there twice): the marks
as they were reported, and as a hand reads them, with ; between; an empty cell is a blank ballot.

  ballot,reported,actual
  8-131,Amina,Amina
  2-007,Bo,
  5-090,Amina;Bo,Amina

Examples:
  polity tally audit mayor.json
  polity tally audit mayor.json --sample drawn.csv --json"#;

/// What is asked.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// The contest as it was reported (JSON).
    pub file: PathBuf,
    /// The ballots that were drawn and read by hand (CSV); without it only the size of the sample is said.
    #[arg(long, value_name = "FILE")]
    pub sample: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContestFile {
    #[serde(default)]
    contest: String,
    ballots: u64,
    #[serde(default = "one_seat")]
    seats: usize,
    candidates: Vec<CandidateFile>,
    #[serde(default = "usual_risk")]
    risk_limit: String,
    #[serde(default = "usual_inflator")]
    inflator: String,
    #[serde(default)]
    expected: Expected,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CandidateFile {
    name: String,
    votes: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    over_by_one: u64,
    over_by_two: u64,
    under_by_one: u64,
    under_by_two: u64,
}

fn one_seat() -> usize {
    1
}

fn usual_risk() -> String {
    "1/20".to_owned()
}

fn usual_inflator() -> String {
    "1.03905".to_owned()
}

/// A contest that can be audited.
struct Audit {
    name: String,
    names: Vec<String>,
    contest: AuditedContest,
    rules: AuditRules,
    expected: Discrepancies,
    /// The places of the winners among the names.
    winners: Vec<u16>,
}

impl Audit {
    fn load(asked: &AuditArgs) -> anyhow::Result<Self> {
        let bytes = files::read(&asked.file)?;
        let named = || asked.file.display().to_string();
        let file: ContestFile = serde_json::from_slice(&bytes).with_context(named)?;
        Self::of(file).with_context(named)
    }

    fn of(file: ContestFile) -> anyhow::Result<Self> {
        let names: Vec<String> = file.candidates.iter().map(|one| one.name.trim().to_owned()).collect();
        let mut seen = BTreeSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
            bail!("the candidate “{twice}” stands there twice");
        }
        if let Some(name) = names.iter().find(|name| name.is_empty() || name.contains(';')) {
            bail!("“{name}” is no name that a sample could say: it is empty or has a semicolon");
        }
        if file.seats == 0 || names.len() > usize::from(u16::MAX) {
            bail!("at least one seat, and at most {} candidates can be audited", u16::MAX);
        }
        let tallies: Vec<u64> = file.candidates.iter().map(|one| one.votes).collect();
        let mut order: Vec<u16> = (0..names.len() as u16).collect();
        order.sort_by_key(|at| std::cmp::Reverse(tallies[usize::from(*at)]));
        order.truncate(file.seats);
        let number = |text: &str, what: &str| {
            Votes::from_str(text.trim())
                .map_err(|_| anyhow::anyhow!("{what} “{text}” is no number such as 0.05 or 1/20"))
        };
        let Expected { over_by_one, over_by_two, under_by_one, under_by_two } = file.expected;
        Ok(Self {
            name: file.contest,
            names,
            contest: AuditedContest { ballots: file.ballots, tallies, seats: file.seats },
            rules: AuditRules {
                risk_limit: number(&file.risk_limit, "the risk limit")?,
                inflator: number(&file.inflator, "the inflator")?,
            },
            expected: Discrepancies { over_by_one, over_by_two, under_by_one, under_by_two },
            winners: order,
        })
    }
}

/// Says the size of the sample, and with a sample what it says of the result.
///
/// # Errors
/// A sentence that says what is wrong with a file and where, or why there is no audit.
pub fn answer(asked: &AuditArgs) -> anyhow::Result<String> {
    let audit = Audit::load(asked)?;
    let named = || asked.file.display().to_string();
    let margin = diluted_margin(&audit.contest).with_context(named)?;
    let size = sample_size(&audit.contest, &audit.rules, audit.expected).with_context(named)?;
    let winners: Vec<&str> = audit.winners.iter().map(|at| audit.names[usize::from(*at)].as_str()).collect();
    let mut view = json!({
        "contest": audit.name, "reported_winners": winners, "diluted_margin": margin, "risk_limit": audit.rules.risk_limit,
        "inflator": audit.rules.inflator, "sample_size": size,
    });
    let title = if audit.name.is_empty() { String::new() } else { format!("{}\n", audit.name) };
    let mut text = format!(
        "{title}Reported as elected: {}.\nThe margin is {:.4} of all ballots. Draw {size} {}, with replacement, and read {} by hand; if no more differ than was expected, the result is confirmed at a risk limit of {}.\n",
        winners.join(", "),
        margin.approximately(),
        if size == 1 { "ballot" } else { "ballots" },
        if size == 1 { "it" } else { "them" },
        audit.rules.risk_limit,
    );
    if let Some(file) = &asked.sample {
        let read = sample::read(&audit, &files::read(file)?).with_context(|| file.display().to_string())?;
        let found = read.found;
        let checked = kaplan_markov(&audit.contest, &audit.rules, read.drawn, found).with_context(named)?;
        view["sample"] = json!({
            "drawn": read.drawn, "differing": read.differing, "over_by_one": found.over_by_one,
            "over_by_two": found.over_by_two, "under_by_one": found.under_by_one, "under_by_two": found.under_by_two,
            "risk": checked.risk.approximately(), "confirmed": checked.confirmed, "sentence": checked.sentence,
        });
        text += &format!(
            "Of {} drawn {} differ: the margin was overstated by one vote on {}, by two on {}, understated by one on {}, by two on {}.\n{}\n",
            read.drawn,
            read.differing.len(),
            found.over_by_one,
            found.over_by_two,
            found.under_by_one,
            found.under_by_two,
            checked.sentence
        );
    }
    if asked.json { Ok(serde_json::to_string_pretty(&view)? + "\n") } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::{Audit, EXAMPLES, sample};

    #[test]
    fn the_example_of_the_help_can_be_audited() -> anyhow::Result<()> {
        let mut parts = EXAMPLES.split("\n\n").skip(1);
        let audit = Audit::of(serde_json::from_str(parts.next().unwrap_or_default())?)?;
        assert_eq!((audit.winners.as_slice(), audit.contest.ballots), ([0].as_slice(), 12_000));
        let rows = EXAMPLES.split("\n\n").find(|part| part.contains("ballot,reported,actual")).unwrap_or_default();
        let rows: Vec<&str> = rows.lines().map(str::trim).collect();
        let read = sample::read(&audit, rows.join("\n").as_bytes())?;
        // A vote for the loser that is none understates the margin, and so does one that was the loser's besides.
        assert_eq!((read.drawn, read.found.under_by_one, read.differing.len()), (3, 2, 2));
        Ok(())
    }
}
