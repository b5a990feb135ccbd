#![doc = include_str!("../README.md")]

mod commands;
mod files;
mod svg;
mod table;
mod words;

use anyhow::Context;
use clap::Subcommand;
pub use commands::rules::RulesCommand;
use commands::{audit, budget, lottery, map, ranked, rules};
use std::io::{ErrorKind, Write, stdout};

/// What the engines can be asked at the terminal.
#[derive(Debug, Subcommand)]
pub enum WorkbenchCommand {
    /// Count votes or share out a budget.
    Tally {
        /// What to count.
        #[command(subcommand)]
        command: TallyCommand,
    },
    /// Draw a map of opinions from votes on statements.
    #[command(after_help = "Example: polity map votes.csv --seed 1 --svg map.svg")]
    Map(map::MapArgs),
    /// Draw a citizens' assembly by lot.
    #[command(after_help = "Example: polity lottery pool.csv --quotas quotas.csv --size 30 --seed dice:3-1-6-2")]
    Lottery(Box<lottery::LotteryArgs>),
    /// Check, test and explain rules of entitlement, or run them over a population.
    Rules {
        /// What to do with them.
        #[command(subcommand)]
        command: Box<RulesCommand>,
    },
}

/// A report with something that fails in it: the report is shown, and the command answers 1.
#[derive(Debug)]
pub(crate) struct Failed {
    report: String,
    sentence: String,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.sentence)
    }
}

impl std::error::Error for Failed {}

/// What can be counted.
#[derive(Debug, Subcommand)]
pub enum TallyCommand {
    /// Share out a participatory budget.
    #[command(after_help = "Example: polity tally budget town.pb --method equal-shares --completion add1")]
    Budget(Box<budget::BudgetArgs>),
    /// Work the official outcomes of a folder of Pabulib files out again.
    #[command(after_help = "Example: polity tally check elections/")]
    Check(budget::CheckArgs),
    /// Count ballots that rank, score, grade, approve or buy votes: a winner or several, by thirteen methods.
    #[command(after_long_help = ranked::EXAMPLES, after_help = "Example: polity tally ranked contest.json --json. `--help` shows a contest file and all methods.")]
    Ranked(ranked::RankedArgs),
    /// How many ballots to compare by hand until a result is sure, and what those compared say (risk-limiting audit, Kaplan–Markov).
    #[command(after_long_help = audit::EXAMPLES, after_help = "Example: polity tally audit mayor.json --sample drawn.csv. `--help` shows both files.")]
    Audit(audit::AuditArgs),
}

/// Does what was asked; the answer goes to the terminal.
///
/// # Errors
/// A sentence that says what is wrong with the input, and where.
pub fn run(command: &WorkbenchCommand) -> anyhow::Result<()> {
    match answer(command) {
        Ok(text) => shown(&text),
        Err(refusal) => {
            if let Some(failed) = refusal.downcast_ref::<Failed>() {
                shown(&failed.report)?;
            }
            Err(refusal)
        }
    }
}

fn shown(text: &str) -> anyhow::Result<()> {
    match stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads has seen enough, for example `head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.context("the answer cannot be written"),
    }
}

/// Does what was asked and says the answer; files that were asked for are written.
///
/// # Errors
/// A sentence that says what is wrong with the input, and where.
pub fn answer(command: &WorkbenchCommand) -> anyhow::Result<String> {
    match command {
        WorkbenchCommand::Tally { command: TallyCommand::Budget(asked) } => budget::answer(asked),
        WorkbenchCommand::Tally { command: TallyCommand::Check(asked) } => budget::check_folder(asked),
        WorkbenchCommand::Tally { command: TallyCommand::Ranked(asked) } => ranked::answer(asked),
        WorkbenchCommand::Tally { command: TallyCommand::Audit(asked) } => audit::answer(asked),
        WorkbenchCommand::Map(asked) => map::answer(asked),
        WorkbenchCommand::Lottery(asked) => lottery::answer(asked),
        WorkbenchCommand::Rules { command } => rules::answer(command),
    }
}
