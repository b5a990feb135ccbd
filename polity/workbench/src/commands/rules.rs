//! `polity rules`: rules of entitlement, checked, tested, explained and run over a population.

pub mod dmn;
mod load;
mod run;
mod test;

use crate::Failed;
use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use load::{Loaded, facts};
use rules::{Outcome, Period, Rules, Situation, Sort};
use serde_json::json;
use std::{fmt::Write, path::PathBuf};

pub use run::RunArgs;
pub use test::TestArgs;

/// What can be done with rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Read rules and check them: names, types, laws, cycles.
    #[command(after_help = "Example: polity rules check town-rules/")]
    Check(CheckArgs),
    /// Run the tests beside rules, written in YAML.
    #[command(
        after_help = "Example: polity rules test town-rules/\nA test: {name: A single person, period: 2024-05, input: {salary: 900}, output: {hardship_grant: 150.00}}\nAnswers 0 when all tests pass, 1 when one fails or something cannot be read, 2 for wrong usage."
    )]
    Test(TestArgs),
    /// Say what somebody gets and why: every rule, law and value on the way.
    #[command(
        after_help = "Example: polity rules explain town-rules/ --variable hardship_grant --facts facts.json --period 2024-05"
    )]
    Explain(ExplainArgs),
    /// Say which fact to ask for next, if any still matters.
    #[command(
        after_help = "Example: polity rules ask town-rules/ --variable hardship_grant --facts facts.json --period 2024-05"
    )]
    Ask(ExplainArgs),
    /// Work variables out for a whole population in CSV.
    #[command(
        after_help = "Example: polity rules run town-rules/ --persons persons.csv --groups households.csv --variables hardship_grant --period 2024-05 > out.csv\n\npersons.csv has the columns id, household (the id of the group, named as the entity) and role, then one column for each input, as salary, or salary@2024-04 for another period. households.csv has id and its inputs. An empty cell is not known."
    )]
    Run(RunArgs),
    /// Say a DMN model (decision tables, simple expressions) in this language; what cannot be said is refused by name.
    #[command(after_help = "Example: polity rules import-dmn model.dmn > model.rules")]
    ImportDmn(dmn::DmnArgs),
}

/// Rules to be checked.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A file of rules, or a folder of *.rules files that belong together.
    pub path: PathBuf,
    /// Answers with JSON: every input, rule and entitlement.
    #[arg(long)]
    pub json: bool,
}

/// A question about somebody.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A file of rules, or a folder of *.rules files that belong together.
    pub path: PathBuf,
    /// The input, rule or entitlement that is asked about.
    #[arg(long)]
    pub variable: String,
    /// What is known, as JSON: {"salary": 900}, or by entity and name.
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// For when, as 2024, 2024-05 or 2024-05-31.
    #[arg(long)]
    pub period: Period,
    /// About whom; not needed where there is only one.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Answers with JSON.
    #[arg(long)]
    pub json: bool,
}

/// Does it.
///
/// # Errors
/// A sentence: what is wrong with rules, facts or tests, and where.
pub fn answer(command: &RulesCommand) -> anyhow::Result<String> {
    match command {
        RulesCommand::Check(asked) => check(asked),
        RulesCommand::Test(asked) => test::answer(asked),
        RulesCommand::Explain(asked) => explain(asked),
        RulesCommand::Ask(asked) => ask(asked),
        RulesCommand::Run(asked) => run::answer(asked),
        RulesCommand::ImportDmn(asked) => dmn::answer(asked),
    }
}

fn check(asked: &CheckArgs) -> anyhow::Result<String> {
    let Loaded { rules, files } = load::rules(&asked.path)?;
    let variables = rules.variables();
    if asked.json {
        let all = json!({"entities": rules.entities(), "variables": variables, "parameters": rules.parameters()});
        return Ok(serde_json::to_string_pretty(&all)? + "\n");
    }
    let count = |sort| variables.iter().filter(|variable| variable.sort == sort).count();
    Ok(format!(
        "{} in order: {} inputs, {} parameters, {} rules, {} entitlements.\n",
        if files == 1 { "1 file is".to_owned() } else { format!("{files} files are") },
        count(Sort::Input),
        rules.parameters().len(),
        count(Sort::Rule),
        count(Sort::Entitlement)
    ))
}

/// The situation, and whose value is asked for.
fn subject(asked: &ExplainArgs, rules: &Rules) -> anyhow::Result<(Situation, String)> {
    let known = facts(asked.facts.as_deref())?;
    let situation =
        rules.situation_from_json(&known, asked.period).map_err(|wrong| anyhow!(wrong)).context("what is known")?;
    let Some(variable) = rules.variable(&asked.variable) else {
        // The engine knows which name is near.
        rules.value_from_text(&asked.variable, "").map_err(|wrong| anyhow!(wrong))?;
        bail!("There is no input or rule “{}”.", asked.variable);
    };
    let names = situation.names(rules, &variable.entity);
    let who = match (&asked.who, names) {
        (Some(who), _) => who.clone(),
        (None, [one]) => one.clone(),
        _ => bail!(
            "“{}” is of a {}, of whom there are {}: {}. Say --who.",
            asked.variable,
            variable.entity,
            names.len(),
            names.join(", ")
        ),
    };
    Ok((situation, who))
}

fn explain(asked: &ExplainArgs) -> anyhow::Result<String> {
    let Loaded { rules, .. } = load::rules(&asked.path)?;
    let (situation, who) = subject(asked, &rules)?;
    let answer = rules.evaluate(&situation, &asked.variable, &who, asked.period)?;
    if asked.json {
        return Ok(serde_json::to_string_pretty(&json!({"outcome": answer.outcome, "trace": answer.trace()}))? + "\n");
    }
    Ok(format!("{}\n\n{}", answer.outcome, answer.trace().to_text()))
}

fn ask(asked: &ExplainArgs) -> anyhow::Result<String> {
    let Loaded { rules, .. } = load::rules(&asked.path)?;
    let (situation, who) = subject(asked, &rules)?;
    let outcome = rules.evaluate(&situation, &asked.variable, &who, asked.period)?.outcome;
    if asked.json {
        return Ok(serde_json::to_string_pretty(&outcome)? + "\n");
    }
    let Outcome::NotYetKnown { needed } = &outcome else {
        return Ok(format!("Nothing more is to be asked: {outcome}\n"));
    };
    let mut text = String::new();
    if let Some((next, later)) = needed.split_first() {
        let _ = writeln!(text, "Ask next: {next}");
        let _ = writeln!(text, "{} more may matter after it.", later.len());
        for fact in later {
            let _ = writeln!(text, "  {fact}");
        }
    }
    Ok(text)
}

/// A report whose tests failed: it is shown, and the command answers 1.
fn failed(report: String, sentence: String) -> anyhow::Error {
    Failed { report, sentence }.into()
}
