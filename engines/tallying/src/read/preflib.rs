use super::ReadError;
use crate::ballots::{CANDIDATES_LIMIT, Candidate, Mark, RankedBallots};
use crate::scored::ScoreBallot;

/// A file of PrefLib (preflib.org; Mattei, Walsh, *PrefLib: A Library for Preferences*, 2013): orders, complete or not, with or
/// without ties, or categories.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrefLib {
    /// The title.
    pub title: String,
    /// The alternatives.
    pub candidates: Vec<Candidate>,
    /// The names of the categories, the best first; empty for orders.
    pub categories: Vec<String>,
    /// The ballots: ranks from 1; alternatives that are tied, or in the same category, have the same rank.
    pub ballots: RankedBallots,
    /// What the file says of itself that its rows do not bear out.
    pub warnings: Vec<String>,
}

impl PrefLib {
    /// Categories as grades, 0 being the best: for majority judgment. An alternative in no category has none.
    pub fn grades(&self) -> Vec<ScoreBallot> {
        self.scores(|rank| u32::from(rank) - 1)
    }

    /// The first category as approval, 1, and every other one as 0.
    pub fn approvals(&self) -> Vec<ScoreBallot> {
        self.scores(|rank| u32::from(rank == 1))
    }

    fn scores(&self, worth: impl Fn(u16) -> u32) -> Vec<ScoreBallot> {
        let of = |marks: &[Mark], weight: u64| {
            let mut scores = vec![None; self.candidates.len()];
            for mark in marks.iter().rev() {
                scores[mark.candidate as usize] = Some(worth(mark.rank));
            }
            ScoreBallot { scores, weight }
        };
        self.ballots.iter().map(|ballot| of(ballot.marks, ballot.weight)).collect()
    }
}

/// Reads a PrefLib file: `.soc`, `.soi`, `.toc`, `.toi` or `.cat`, with the header of today or the older one of bare lines.
///
/// # Errors
/// The line and column of the first fault, and what was expected.
pub fn read_preflib(text: &str) -> Result<PrefLib, ReadError> {
    let mut found = PrefLib::default();
    let mut voters: Option<u64> = None;
    let mut lines = text.lines().enumerate().peekable();
    if !text.trim_start().starts_with('#') {
        voters = older_header(&mut found, &mut lines)?;
    }
    let older = voters.is_some();
    let mut marks = Vec::new();
    let mut cast = 0u64;
    for (at, line) in lines {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('#') {
            take_header(&mut found, &mut voters, header.trim(), at + 1)?;
        } else if !line.is_empty() {
            let (count, orders) = weight_of(line, older, at + 1)?;
            let ranked_empty = !found.categories.is_empty();
            marks_of(line, orders, found.candidates.len(), ranked_empty, at + 1, &mut marks)?;
            found
                .ballots
                .push(&marks, count)
                .map_err(|error| ReadError::new(format!("line {}", at + 1), error.to_string()))?;
            cast = cast.saturating_add(count);
        }
    }
    if let Some(said) = voters.filter(|said| *said != cast) {
        found.warnings.push(format!("The file speaks of {said} voters, its rows have {cast}."));
    }
    found.ballots.check(&found.candidates).map_err(|error| ReadError::new("the file", error.to_string()))?;
    Ok(found)
}

type Lines<'t> = std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'t>>>;

/// The header of old: the number of alternatives, a line `number,name` for each, then `voters,sum,unique orders`.
fn older_header(found: &mut PrefLib, lines: &mut Lines<'_>) -> Result<Option<u64>, ReadError> {
    let expected =
        |at: usize, what: &str| ReadError::new(format!("line {}, column 1", at + 1), format!("{what} is expected"));
    let (at, first) = lines.next().unwrap_or((0, ""));
    let count: usize = first.trim().parse().map_err(|_| expected(at, "the number of alternatives"))?;
    if count > CANDIDATES_LIMIT {
        return Err(ReadError::new("line 1", crate::ballots::BallotError::Candidates(count).to_string()));
    }
    for number in 1..=count {
        let (at, line) = lines.next().unwrap_or((number, ""));
        let (_, name) = line.split_once(',').ok_or_else(|| expected(at, "an alternative as “number,name”"))?;
        found.candidates.push(Candidate::named(name.trim()));
    }
    let (at, line) = lines.next().unwrap_or((count + 1, ""));
    let voters = line.split(',').next().and_then(|voters| voters.trim().parse().ok());
    voters.map(Some).ok_or_else(|| expected(at, "“voters,sum of votes,unique orders”"))
}

fn take_header(found: &mut PrefLib, voters: &mut Option<u64>, header: &str, line: usize) -> Result<(), ReadError> {
    let Some((key, value)) = header.split_once(':') else { return Ok(()) };
    let value = value.trim();
    let wrong = |what: &str| ReadError::new(format!("line {line}"), format!("{what}, not “{value}”, is expected"));
    let number = |limit: usize| value.parse().ok().filter(|number| *number <= limit);
    match key.trim() {
        "TITLE" => found.title = value.to_owned(),
        "NUMBER ALTERNATIVES" => {
            let count = number(CANDIDATES_LIMIT).ok_or_else(|| wrong("a number of alternatives up to 10,000"))?;
            found.candidates = (1..=count).map(|at| Candidate::named(format!("Alternative {at}"))).collect();
        }
        "NUMBER CATEGORIES" => {
            let count = number(usize::from(u16::MAX)).ok_or_else(|| wrong("a number of categories"))?;
            found.categories = (1..=count).map(|at| format!("Category {at}")).collect();
        }
        "NUMBER VOTERS" => *voters = Some(value.parse().map_err(|_| wrong("a number of voters"))?),
        other => {
            let named = |prefix: &str| other.strip_prefix(prefix).and_then(|at| at.trim().parse::<usize>().ok());
            if let Some(at) = named("ALTERNATIVE NAME") {
                let slot = at.checked_sub(1).and_then(|at| found.candidates.get_mut(at));
                slot.ok_or_else(|| wrong("a name of an alternative that is counted above"))?.name = value.to_owned();
            } else if let Some(at) = named("CATEGORY NAME") {
                let slot = at.checked_sub(1).and_then(|at| found.categories.get_mut(at));
                *slot.ok_or_else(|| wrong("a name of a category that is counted above"))? = value.to_owned();
            }
        }
    }
    Ok(())
}

/// How many cast this order, and where in the line the order begins.
fn weight_of(line: &str, older: bool, number: usize) -> Result<(u64, usize), ReadError> {
    let mark = if older { ',' } else { ':' };
    let place = || format!("line {number}, column 1");
    let end = line.find(mark).ok_or_else(|| ReadError::new(place(), format!("“how many{mark} order” is expected")))?;
    let weight =
        line[..end].trim().parse().map_err(|_| ReadError::new(place(), "how many cast this order is expected"))?;
    Ok((weight, end + 1))
}

/// Reads `2,{1,4},3`: the alternatives by rank, from a place in the line on.
fn marks_of(
    line: &str,
    start: usize,
    known: usize,
    categories: bool,
    number: usize,
    marks: &mut Vec<Mark>,
) -> Result<(), ReadError> {
    marks.clear();
    let bytes = line.as_bytes();
    let fault = |at: usize, reason: &str| ReadError::new(format!("line {number}, column {}", at + 1), reason);
    let (mut at, mut rank, mut tied) = (start, 1u16, false);
    while at < bytes.len() {
        match bytes[at] {
            b'0'..=b'9' => {
                let begin = at;
                let mut said = 0usize;
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    said = said.saturating_mul(10).saturating_add(usize::from(bytes[at] - b'0'));
                    at += 1;
                }
                if said == 0 || said > known {
                    return Err(fault(begin, &format!("alternative {said}: there are {known}, counted from 1")));
                }
                marks.push(Mark { rank, candidate: said as u16 - 1 });
                continue;
            }
            b'{' if !tied => tied = true,
            b'}' if tied => tied = false,
            b',' if !tied => {
                rank = rank.checked_add(1).ok_or_else(|| fault(at, "there are more ranks than can be read"))?
            }
            b',' | b' ' | b'\t' => {}
            _ => return Err(fault(at, "a number of an alternative, a comma or braces are expected")),
        }
        at += 1;
    }
    if tied {
        return Err(fault(line.len(), "the brace opened before is not closed"));
    }
    if !categories {
        close_ranks(marks);
    }
    Ok(())
}

/// Ranks without gaps: an empty `{}` among orders is no rank.
fn close_ranks(marks: &mut [Mark]) {
    let (mut last, mut rank) = (0, 0);
    for mark in marks {
        if mark.rank != last {
            last = mark.rank;
            rank += 1;
        }
        mark.rank = rank;
    }
}
