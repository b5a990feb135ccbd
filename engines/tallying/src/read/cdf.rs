use super::{Contest, ReadError, Source, candidate_named, push, unknown};
use crate::ballots::{Mark, RankedBallots};
use serde_json::Value;
use std::collections::BTreeMap;

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn each<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn fault(place: impl Into<String>, reason: impl Into<String>) -> ReadError {
    ReadError::new(place, reason)
}

/// A cast-vote record report in the common data format, as JSON (NIST SP 1500-103). The current snapshot of each record counts.
pub(super) fn read(
    contest: &Contest,
    source: &Source,
    bytes: &[u8],
    ballots: &mut RankedBallots,
) -> Result<(), ReadError> {
    let report: Value = serde_json::from_slice(bytes).map_err(|error| {
        fault(format!("line {}, column {}", error.line(), error.column()), format!("this is no JSON: {error}"))
    })?;
    let (id, selections) = contest_in(&report, contest, source)?;
    for (at, record) in each(&report, "CVR").enumerate() {
        let place = || format!("ballot {}", at + 1);
        let Some(votes) = votes_in(record, id) else { continue };
        let mut marks = Vec::new();
        for selection in each(votes, "CVRContestSelection") {
            if word(selection, "Status") == Some("needs-adjudication") {
                continue;
            }
            let chosen = word(selection, "ContestSelectionId").unwrap_or_default();
            let named = selections
                .get(chosen)
                .ok_or_else(|| fault(place(), format!("the selection “{chosen}” is not defined")))?;
            add_marks(contest, selection, named, &mut marks).map_err(|reason| fault(place(), reason))?;
        }
        push(contest, ballots, &marks, 1, place)?;
    }
    Ok(())
}

/// Whom each selection of the contest stands for.
type Selections<'v> = BTreeMap<&'v str, Result<u16, String>>;

fn contest_in<'v>(
    report: &'v Value,
    contest: &Contest,
    source: &Source,
) -> Result<(&'v str, Selections<'v>), ReadError> {
    let elections = || each(report, "Election");
    let candidates: BTreeMap<&str, &str> = elections()
        .flat_map(|election| each(election, "Candidate"))
        .filter_map(|candidate| Some((word(candidate, "@id")?, word(candidate, "Name")?)))
        .collect();
    let found = elections()
        .flat_map(|election| each(election, "Contest"))
        .find(|one| word(one, "Name") == Some(&source.contest_id))
        .ok_or_else(|| fault("contestId", format!("the file has no contest named “{}”", source.contest_id)))?;
    let id = word(found, "@id").ok_or_else(|| fault("Contest", "the contest has no @id"))?;
    let mut selections = BTreeMap::new();
    for selection in each(found, "ContestSelection") {
        let Some(own) = word(selection, "@id") else { continue };
        selections.insert(own, stands_for(selection, &candidates, contest, source));
    }
    Ok((id, selections))
}

fn stands_for(
    selection: &Value,
    candidates: &BTreeMap<&str, &str>,
    contest: &Contest,
    source: &Source,
) -> Result<u16, String> {
    let written_in = selection.get("IsWriteIn").is_some_and(|said| said == true || said == "true");
    if written_in {
        return contest.undeclared().ok_or_else(|| "a name was written in, but the contest takes none".to_owned());
    }
    let first = each(selection, "CandidateIds").next().and_then(Value::as_str).unwrap_or_default();
    let name = candidates.get(first).ok_or_else(|| format!("the candidate “{first}” is not defined"))?;
    candidate_named(contest, source, name).ok_or_else(|| unknown(String::new(), name).reason)
}

/// The votes of a record in the contest, of its current snapshot.
fn votes_in<'v>(record: &'v Value, contest: &str) -> Option<&'v Value> {
    let current = word(record, "CurrentSnapshotId");
    let snapshot = each(record, "CVRSnapshot").find(|one| current.is_none() || word(one, "@id") == current)?;
    each(snapshot, "CVRContest").find(|one| word(one, "ContestId") == Some(contest))
}

fn add_marks(
    contest: &Contest,
    selection: &Value,
    named: &Result<u16, String>,
    marks: &mut Vec<Mark>,
) -> Result<(), String> {
    if let Some(rank) = selection.get("Rank") {
        marks.push(Mark { rank: rank_of(rank)?, candidate: named.clone()? });
        return Ok(());
    }
    for position in each(selection, "SelectionPosition") {
        let refused = ["HasIndication", "IsAllocable"].iter().any(|key| word(position, key) == Some("no"));
        if refused {
            continue;
        }
        let written_in = position.get("CVRWriteIn").is_some();
        let candidate = if written_in {
            contest.undeclared().ok_or("a name was written in, but the contest takes none")?
        } else {
            named.clone()?
        };
        marks.push(Mark { rank: rank_of(position.get("Rank").unwrap_or(&Value::Null))?, candidate });
    }
    Ok(())
}

fn rank_of(said: &Value) -> Result<u16, String> {
    let number = said.as_u64().or_else(|| said.as_str().and_then(|text| text.parse().ok()));
    let rank = number.and_then(|number| u16::try_from(number).ok()).filter(|rank| *rank > 0);
    rank.ok_or_else(|| "a mark has no rank; a whole number from 1 is expected".to_owned())
}
