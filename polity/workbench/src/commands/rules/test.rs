//! `polity rules test`: YAML files of tests beside the rules.

use super::{failed, load};
use anyhow::{Context, bail};
use clap::Args;
use rules::{CaseReport, Rules, limits::TEST_BYTES_MAX};
use serde_json::Value as Json;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

/// Which tests.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// A YAML file of tests, or a folder; the *.rules files of its folder are tested.
    pub path: PathBuf,
    /// The rules, where they lie elsewhere.
    #[arg(long, value_name = "PATH")]
    pub rules: Option<PathBuf>,
    /// Names every test, not only those that fail.
    #[arg(long)]
    pub verbose: bool,
}

/// Runs them.
///
/// # Errors
/// What cannot be read; or that tests failed, with a report.
pub fn answer(asked: &TestArgs) -> anyhow::Result<String> {
    let folder = if asked.path.is_dir() {
        asked.path.as_path()
    } else {
        asked.path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let rules = load::rules(asked.rules.as_deref().unwrap_or(folder))?.rules;
    let files = load::under(&asked.path, &["yaml", "yml"])?;
    let (mut text, mut tests, mut wrong, mut checked) = (String::new(), 0, 0, 0);
    for file in &files {
        let reports = of_file(&rules, file)?;
        let bad = reports.iter().filter(|report| !report.failures.is_empty()).count();
        let _ =
            writeln!(text, "{}: {} of {} tests pass", load::shown(folder, file), reports.len() - bad, reports.len());
        for report in &reports {
            told(&mut text, report, asked.verbose);
            checked += report.checked;
        }
        tests += reports.len();
        wrong += bad;
    }
    if tests == 0 {
        bail!("There is no test in {}.", asked.path.display());
    }
    if wrong > 0 {
        return Err(failed(text, format!("{wrong} of {tests} tests fail.")));
    }
    let _ = writeln!(text, "All {tests} tests pass; {checked} outcomes were compared.");
    Ok(text)
}

fn told(text: &mut String, report: &CaseReport, verbose: bool) {
    if verbose && report.failures.is_empty() {
        let _ = writeln!(text, "  passes  {}", report.name);
    }
    if !report.failures.is_empty() {
        let _ = writeln!(text, "  FAILS   {}", report.name);
    }
    for failure in &report.failures {
        let _ = writeln!(text, "          {failure}");
    }
}

fn of_file(rules: &Rules, file: &Path) -> anyhow::Result<Vec<CaseReport>> {
    let source = load::text(file)?;
    if source.len() > TEST_BYTES_MAX {
        bail!("{} has {} bytes; {TEST_BYTES_MAX} is the limit.", file.display(), source.len());
    }
    let cases: Json =
        serde_saphyr::from_str(&source).with_context(|| format!("{} is no YAML of tests", file.display()))?;
    match cases {
        Json::Array(cases) => Ok(cases.iter().map(|case| rules.run_case(case)).collect()),
        Json::Null => Ok(Vec::new()),
        one => Ok(vec![rules.run_case(&one)]),
    }
}
