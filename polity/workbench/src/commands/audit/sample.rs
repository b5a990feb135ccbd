//! Ballots that were drawn, as they were reported and as a hand reads them.

use super::Audit;
use anyhow::{Context, bail};
use tallying::{DRAWS_LIMIT, Discrepancies, overstatement};

/// What a sample holds.
pub struct Sample {
    /// How many were drawn.
    pub drawn: u64,
    /// The ballots whose hand reading differs.
    pub differing: Vec<String>,
    /// By how much the margin was overstated, or understated.
    pub found: Discrepancies,
}

/// Reads a sample; the columns `ballot`, `reported` and `actual` in any order.
///
/// # Errors
/// A sentence with the line: a column that is missing, a name that is no candidate's, or one that stands twice on a ballot.
pub fn read(audit: &Audit, bytes: &[u8]) -> anyhow::Result<Sample> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().context("the header cannot be read")?.clone();
    let column = |name: &str| {
        let found = header.iter().position(|one| one.trim_start_matches('\u{feff}') == name);
        found.with_context(|| format!("the header has no column “{name}”; ballot, reported and actual are needed"))
    };
    let (ballot, reported, actual) = (column("ballot")?, column("reported")?, column("actual")?);
    let mut sample = Sample { drawn: 0, differing: Vec::new(), found: Discrepancies::default() };
    for row in reader.records() {
        let row = row.context("a row cannot be read")?;
        let line = row.position().map_or(0, csv::Position::line);
        let marks = |at: usize| marks(audit, row.get(at).unwrap_or_default()).with_context(|| format!("line {line}"));
        let (reported, actual) = (marks(reported)?, marks(actual)?);
        if sample.drawn == DRAWS_LIMIT {
            bail!("at most {DRAWS_LIMIT} ballots can be drawn; count everything by hand");
        }
        sample.drawn += 1;
        if reported != actual {
            sample.differing.push(row.get(ballot).unwrap_or_default().to_owned());
        }
        let found = &mut sample.found;
        match overstatement(&audit.contest, &audit.winners, &reported, &actual) {
            2 => found.over_by_two += 1,
            1 => found.over_by_one += 1,
            -1 => found.under_by_one += 1,
            -2 => found.under_by_two += 1,
            _ => {}
        }
    }
    if sample.drawn == 0 {
        bail!("no ballot stands in it");
    }
    Ok(sample)
}

/// For each candidate whether a ballot has a mark.
fn marks(audit: &Audit, cell: &str) -> anyhow::Result<Vec<bool>> {
    let mut marks = vec![false; audit.names.len()];
    for name in cell.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        let at = audit.names.iter().position(|one| one == name);
        let at = at.with_context(|| format!("“{name}” is none of the candidates: {}", audit.names.join(", ")))?;
        if marks[at] {
            bail!("“{name}” stands twice on one ballot");
        }
        marks[at] = true;
    }
    Ok(marks)
}
