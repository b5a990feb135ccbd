mod rounds;

use super::{ReadError, Wanted};
use crate::ballots::{Candidate, check_candidates};
use crate::method::Method;
use crate::rules::EliminationRules;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most bytes of a contest configuration.
pub const CONTEST_BYTES_LIMIT: usize = 10 << 20;
/// What names written in are counted under.
pub const UNDECLARED_NAME: &str = "Undeclared Write-ins";

/// A contest as RCTab's configuration files describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The contest's name.
    pub name: String,
    /// Where it is held.
    pub jurisdiction: String,
    /// What is filled.
    pub office: String,
    /// When, as written.
    pub date: String,
    /// Everybody who can be marked; last, if any source has them, names nobody declared.
    pub candidates: Vec<Candidate>,
    /// Names and aliases.
    names: BTreeMap<String, u16>,
    /// The most ranks a ballot has; `None`: as many as wanted.
    pub ranks: Option<u16>,
    /// Files of cast-vote records.
    pub sources: Vec<Source>,
    /// How rounds are counted.
    pub how: How,
    /// By which method it is counted; RCTab knows only rounds.
    pub method: Method,
    /// What must hold for the result to bind.
    pub wanted: Wanted,
}

/// How a contest is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// In one count.
    Elimination(EliminationRules),
    /// Seat by seat.
    Sequence(EliminationRules),
}

/// A kind of cast-vote record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// A spreadsheet (XLSX) with a ballot in each row and a rank in each column, as ES&S exports it.
    Ess,
    /// A CSV table with a ballot in each row, a candidate in each column and ranks in the cells.
    Csv,
    /// JSON in the common data format of NIST SP 1500-103.
    Cdf,
}

/// One file of cast-vote records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it lies, relative to the configuration.
    pub path: String,
    /// Of which kind it is.
    pub provider: Provider,
    /// The contest's name within the file, for the common data format.
    pub contest_id: String,
    /// The first column with votes, from 1.
    pub first_vote_column: usize,
    /// The first row with votes, from 1.
    pub first_vote_row: usize,
    /// What parts several candidates within a cell; empty for nothing.
    pub overvote_delimiter: String,
    /// What stands for an overvote; empty for nothing.
    pub overvote_label: String,
    /// What stands for a rank left out; empty for nothing.
    pub skipped_label: String,
    /// What stands for a name nobody declared; empty for nothing.
    pub undeclared_label: String,
    /// Whether an empty cell stands for a name nobody declared.
    pub blank_is_undeclared: bool,
    /// The column, from 1, that says how many votes a row counts for; tables only, and not a key of RCTab.
    pub weight_column: Option<usize>,
    /// The column that names the voter of a row; tables only, and not a key of RCTab.
    pub voter_column: Option<usize>,
    /// The column of voters, parted by semicolons, that this voter lets vote; tables only, and not a key of RCTab.
    pub delegates_column: Option<usize>,
}

impl Contest {
    /// The candidate with this name or alias.
    pub fn named(&self, name: &str) -> Option<u16> {
        self.names.get(name).copied()
    }

    /// The candidate that stands for names nobody declared.
    pub fn undeclared(&self) -> Option<u16> {
        self.candidates.last().filter(|candidate| candidate.undeclared).map(|_| self.candidates.len() as u16 - 1)
    }

    /// The rules of the count.
    pub fn rules(&self) -> &EliminationRules {
        match &self.how {
            How::Elimination(rules) | How::Sequence(rules) => rules,
        }
    }
}

/// Text of a key, whether written as text or as a number; empty when missing.
fn text(part: &Value, key: &str) -> String {
    match part.get(key) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn flag(part: &Value, key: &str) -> bool {
    part.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn number<N: std::str::FromStr>(part: &Value, key: &str, otherwise: Option<N>) -> Result<N, ReadError> {
    let said = text(part, key);
    match otherwise {
        Some(otherwise) if said.is_empty() => Ok(otherwise),
        _ => said.parse().map_err(|_| ReadError::new(key, format!("“{said}” where a whole number is expected"))),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> Result<&'v [Value], ReadError> {
    let found = value.get(key).and_then(Value::as_array);
    found.map(Vec::as_slice).ok_or_else(|| ReadError::new(key, "a list is expected here"))
}

/// Reads the configuration of a contest, as RCTab 1.3 and 2.0 write it.
///
/// # Errors
/// The key that is missing or wrong, and what is expected there.
pub fn read_contest(json: &str) -> Result<Contest, ReadError> {
    read_contest_by(json, None)
}

/// Reads the configuration of a contest that is counted by the method of that name, and not as its key `rules.method` says. Beyond
/// RCTab's keys there may be `method` with what [`Method::named`] reads, and what [`Wanted`] reads; for a method without rounds the
/// rules of rounds may be missing.
///
/// # Errors
/// The key that is missing or wrong, and what is expected there.
pub fn read_contest_by(json: &str, method: Option<&str>) -> Result<Contest, ReadError> {
    if json.len() > CONTEST_BYTES_LIMIT {
        return Err(ReadError::new(
            "the configuration",
            format!("it is larger than the {CONTEST_BYTES_LIMIT} bytes that are read"),
        ));
    }
    let value: Value = serde_json::from_str(json).map_err(|error| {
        ReadError::new(format!("line {}, column {}", error.line(), error.column()), format!("this is no JSON: {error}"))
    })?;
    let sources: Vec<Source> = list(&value, "cvrFileSources")?.iter().map(source).collect::<Result<_, _>>()?;
    let with_undeclared = sources.iter().any(|one| !one.undeclared_label.is_empty() || one.blank_is_undeclared);
    let (candidates, names) = candidates(list(&value, "candidates")?, with_undeclared)?;
    let rules = value.get("rules").ok_or_else(|| ReadError::new("rules", "the rules of the contest are missing"))?;
    let named = text(rules, "method");
    let named = method.unwrap_or(if named.is_empty() { "rounds" } else { &named });
    let method = Method::named(named, rules)?;
    let output = value.get("outputSettings").unwrap_or(&Value::Null);
    let ranks = match text(rules, "maxRankingsAllowed").as_str() {
        "" | "max" => None,
        _ => Some(number(rules, "maxRankingsAllowed", None)?),
    };
    Ok(Contest {
        name: text(output, "contestName"),
        jurisdiction: text(output, "contestJurisdiction"),
        office: text(output, "contestOffice"),
        date: text(output, "contestDate"),
        how: rounds::how(rules, &candidates, method == Method::Rounds)?,
        method,
        wanted: Wanted::read(rules)?,
        candidates,
        names,
        ranks,
        sources,
    })
}

fn candidates(said: &[Value], with_undeclared: bool) -> Result<(Vec<Candidate>, BTreeMap<String, u16>), ReadError> {
    let mut candidates = Vec::new();
    let mut names = BTreeMap::new();
    for one in said {
        let name = text(one, "name");
        let at = candidates.len() as u16;
        let aliases = one.get("aliases").and_then(Value::as_array).into_iter().flatten();
        let aliases = aliases.filter_map(Value::as_str).map(str::to_owned);
        let all = [name.clone(), text(one, "code")].into_iter().chain(aliases).filter(|name| !name.is_empty());
        for alias in all {
            if names.insert(alias.clone(), at).is_some_and(|other| other != at) {
                return Err(ReadError::new("candidates", format!("“{alias}” names two candidates")));
            }
        }
        candidates.push(Candidate { name, excluded: flag(one, "excluded"), undeclared: false });
        check_count(candidates.len())?;
    }
    if with_undeclared {
        names.insert(UNDECLARED_NAME.to_owned(), candidates.len() as u16);
        candidates.push(Candidate { name: UNDECLARED_NAME.to_owned(), excluded: false, undeclared: true });
    }
    check_candidates(&candidates).map_err(|error| ReadError::new("candidates", error.to_string()))?;
    Ok((candidates, names))
}

fn check_count(candidates: usize) -> Result<(), ReadError> {
    if candidates > crate::ballots::CANDIDATES_LIMIT {
        return Err(ReadError::new("candidates", crate::ballots::BallotError::Candidates(candidates).to_string()));
    }
    Ok(())
}

fn source(said: &Value) -> Result<Source, ReadError> {
    let provider = match text(said, "provider").as_str() {
        "ess" => Provider::Ess,
        "genericCsv" => Provider::Csv,
        "cdf" => Provider::Cdf,
        other => {
            let reason = format!("“{other}” is not read here; “ess” (XLSX), “genericCsv” and “cdf” (JSON) are");
            return Err(ReadError::new("provider", reason));
        }
    };
    let (voter_column, delegates_column) = (column(said, "voterColumnIndex")?, column(said, "delegatesColumnIndex")?);
    if delegates_column.is_some() && voter_column.is_none() {
        let reason = "delegations need a column that names the voters: voterColumnIndex";
        return Err(ReadError::new("delegatesColumnIndex", reason));
    }
    Ok(Source {
        path: text(said, "filePath"),
        provider,
        contest_id: text(said, "contestId"),
        first_vote_column: number(said, "firstVoteColumnIndex", Some(1))?,
        first_vote_row: number(said, "firstVoteRowIndex", Some(1))?,
        overvote_delimiter: text(said, "overvoteDelimiter"),
        overvote_label: text(said, "overvoteLabel"),
        skipped_label: text(said, "skippedRankLabel"),
        undeclared_label: text(said, "undeclaredWriteInLabel"),
        blank_is_undeclared: flag(said, "treatBlankAsUndeclaredWriteIn"),
        weight_column: column(said, "weightColumnIndex")?,
        voter_column,
        delegates_column,
    })
}

/// A column counted from 1; None when the key is missing.
fn column(said: &Value, key: &str) -> Result<Option<usize>, ReadError> {
    let number: usize = number(said, key, Some(0))?;
    if number == 0 && !text(said, key).is_empty() {
        return Err(ReadError::new(key, "columns are counted from 1"));
    }
    Ok(Some(number).filter(|number| *number > 0))
}
