//! `polity tally check`: what cities announced, worked out again.

use crate::{
    files,
    table::{Side, Table},
};
use anyhow::{Context, bail};
use budgeting::{Check, check, pabulib::Document};
use clap::Args;
use serde_json::{Value, json};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

/// Files of one folder that are looked at.
const FILES_MAX: usize = 100_000;

/// What is asked.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder of Pabulib files (.pb).
    pub folder: PathBuf,
    /// Answer with JSON.
    #[arg(long)]
    json: bool,
}

struct Row {
    file: String,
    state: &'static str,
    why: String,
    only_file: Vec<String>,
    only_rule: Vec<String>,
}

/// Recomputes the official outcome of every file and tells which differ, and why.
///
/// # Errors
/// A folder that cannot be read or has no such files.
pub fn check_folder(asked: &CheckArgs) -> anyhow::Result<String> {
    let paths = paths(&asked.folder)?;
    let bar = files::bar(paths.len() as u64);
    let mut rows = Vec::new();
    for path in &paths {
        let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        bar.set_message(file.clone());
        rows.push(row(path, file));
        bar.inc(1);
    }
    bar.finish_and_clear();
    if asked.json {
        return Ok(serde_json::to_string_pretty(&rows.iter().map(Row::view).collect::<Vec<_>>())? + "\n");
    }
    let mut table = Table::new(&[
        ("file", Side::Left),
        ("", Side::Left),
        ("only announced", Side::Left),
        ("only by the rule", Side::Left),
    ]);
    for row in &rows {
        table.row([row.file.clone(), row.state.to_owned(), row.only_file.join(", "), row.only_rule.join(", ")]);
    }
    let mut said = table.text();
    for row in rows.iter().filter(|row| !row.why.is_empty()) {
        writeln!(said, "{}: {}", row.file, row.why)?;
    }
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    writeln!(
        said,
        "\n{} files: {} the same, {} differ, {} cannot be told, {} cannot be read",
        rows.len(),
        count(SAME),
        count(DIFFERS),
        count(UNTOLD),
        count(UNREADABLE)
    )?;
    Ok(said)
}

const SAME: &str = "same";
const DIFFERS: &str = "differs";
const UNTOLD: &str = "cannot be told";
const UNREADABLE: &str = "cannot be read";

fn paths(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?.path();
        if path.extension().is_some_and(|end| end == "pb") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!("{} has no .pb files", folder.display());
    }
    if paths.len() > FILES_MAX {
        bail!("{} has more than {FILES_MAX} files; check them in parts", folder.display());
    }
    paths.sort();
    Ok(paths)
}

fn row(path: &Path, file: String) -> Row {
    let checked = files::read(path).and_then(|bytes| {
        let election = Document::read(&bytes)?.election()?;
        Ok((check(&election)?, election))
    });
    let (state, why, only_file, only_rule) = match checked {
        Ok((Check::Same { .. }, _)) => (SAME, String::new(), vec![], vec![]),
        Ok((Check::Untold(why), _)) => (UNTOLD, why, vec![], vec![]),
        Ok((Check::Differs { only_file, only_rule, why }, election)) => {
            (DIFFERS, why, election.ids(&only_file), election.ids(&only_rule))
        }
        Err(refusal) => (UNREADABLE, format!("{refusal:#}"), vec![], vec![]),
    };
    Row { file, state, why, only_file, only_rule }
}

impl Row {
    fn view(&self) -> Value {
        json!({
            "file": self.file,
            "state": self.state.replace(' ', "_"),
            "why": self.why,
            "only_announced": self.only_file,
            "only_by_rule": self.only_rule,
        })
    }
}
