//! `polity tally budget`: shares out a participatory budget.

mod check;
mod picture;
mod question;
mod report;

use crate::{
    files,
    words::{Language, Words},
};
use anyhow::Context;
use budgeting::{decide, pabulib::Document};
use clap::Args;
use std::path::PathBuf;

pub use check::{CheckArgs, check_folder};

/// What is asked.
#[derive(Debug, Args)]
pub struct BudgetArgs {
    /// A Pabulib file (.pb).
    pub file: PathBuf,
    #[command(flatten)]
    question: question::QuestionArgs,
    /// Answer with JSON: selected, rounds, spent and the whole explanation.
    #[arg(long)]
    json: bool,
    /// Draw who funded what into this SVG file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The language of the picture.
    #[arg(long, value_enum, default_value = "en")]
    language: Language,
    /// Write who paid how much for what into this CSV file, to the cent, a row for each group of equal ballots and project.
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
}

/// Decides the election of a file and tells how.
///
/// # Errors
/// A sentence: the file's form with line and column, a tie that no rule breaks, a word that is not known.
pub fn answer(asked: &BudgetArgs) -> anyhow::Result<String> {
    let bytes = files::read(&asked.file)?;
    let in_file = || asked.file.display().to_string();
    let document = files::with_spinner("reading", || Document::read(&bytes)).with_context(in_file)?;
    let election = document.election().with_context(in_file)?;
    let mut question = asked.question.question(&election)?;
    question.with_shares = asked.accounts.is_some();
    let outcome = files::with_spinner("counting", || decide(&election, &question)).with_context(in_file)?;
    if let Some(file) = &asked.svg {
        files::write(file, &picture::drawn(&election, &outcome, &Words::of(asked.language)))?;
    }
    if let Some(file) = &asked.accounts {
        files::write(file, &report::accounts(&election, &question, &outcome)?)?;
    }
    if asked.json {
        let mut view = budgeting::view(&election, &outcome);
        view["question"] = asked.question.words();
        return Ok(serde_json::to_string_pretty(&view)? + "\n");
    }
    Ok(report::report(&election, &outcome))
}

#[cfg(test)]
mod tests {
    use super::{Language, Words, picture, report};
    use budgeting::{Election, EqualShares, Project, Question, Raise, Rest, Rule, Satisfaction, VoteType, decide};

    fn town() -> Result<(Election, Question), budgeting::Refusal> {
        let project =
            |id: &str, cost| Project { id: id.into(), name: format!("<{id}> & co"), cost, ..Project::default() };
        let ballots = [vec![(0, 1)], vec![(0, 1), (1, 1)], vec![(1, 1)]];
        let election = Election::new(100, vec![project("a", 50), project("b", 49)], VoteType::Approval, &ballots)?;
        let satisfaction = Satisfaction::Cardinality;
        let rule = EqualShares { satisfaction, raise: Raise::No, rest: Rest::Stays, comparison: false };
        Ok((election, Question { with_shares: true, ..Question::by(Rule::EqualShares(rule)) }))
    }

    #[test]
    fn accounts_add_up_to_the_cent() -> anyhow::Result<()> {
        let (election, question) = town()?;
        let outcome = decide(&election, &question)?;
        // b costs 24.50 each; of 33.33… the second voter has 8.83… left, too little for a.
        assert_eq!(election.ids(&outcome.selected), ["b"]);
        let accounts = report::accounts(&election, &question, &outcome)?;
        let rows: Vec<&str> = accounts.lines().skip(1).collect();
        assert_eq!(rows, ["1,b,a b,1,24.500000,24.50", "1,b,b,1,24.500000,24.50"]);
        let text = report::report(&election, &outcome);
        assert!(text.contains("had 42.17 left, 7.83 too few; 1 more supporter with"), "{text}");
        Ok(())
    }

    #[test]
    fn json_has_its_keys_and_the_picture_is_escaped() -> anyhow::Result<()> {
        let (election, question) = town()?;
        let outcome = decide(&election, &question)?;
        let view = budgeting::view(&election, &outcome);
        assert_eq!((&view["selected"], &view["spent"]), (&serde_json::json!(["b"]), &serde_json::json!(49)));
        assert_eq!(view["rounds"][0]["measure"]["exact"], "49/2");
        let svg = picture::drawn(&election, &outcome, &Words::of(Language::En));
        assert!(svg.contains("&lt;b&gt; &amp; co") && !svg.contains("<b>"));
        Ok(())
    }
}
