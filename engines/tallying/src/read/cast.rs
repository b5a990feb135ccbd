use super::csv::{self, Row};
use super::{Contest, Provider, ReadError, Source, check_size, push, read_source, unknown};
use crate::ballots::{Mark, RankedBallots};
use crate::delegation::{Delegated, VOTERS_LIMIT, Voter, follow_delegations};
use crate::method::{Marking, Method};
use crate::scored::{CreditBallot, ScoreBallot};
use std::collections::HashMap;

/// The ballots of a contest, of the kind that its method counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ballots {
    /// Ranks.
    Ranked(RankedBallots),
    /// Approvals, scores, or grades counted from 0, the best.
    Scored(Vec<ScoreBallot>),
    /// Votes that cost credits.
    Credits(Vec<CreditBallot>),
}

/// Everything that was cast in a contest, file by file.
#[derive(Debug, Clone)]
pub struct Cast {
    ballots: Ballots,
    roll: Roll,
}

/// Who voted and who let others vote.
#[derive(Debug, Clone, Default)]
struct Roll {
    places: HashMap<String, usize>,
    voters: Vec<Voter>,
    /// Whom each voter delegates to, by name, and where that is written.
    delegates: Vec<(Vec<String>, String)>,
}

impl Cast {
    /// Nothing yet.
    pub fn for_contest(contest: &Contest) -> Self {
        let ballots = match contest.method.marking() {
            Marking::Ranks => Ballots::Ranked(RankedBallots::default()),
            Marking::Credits => Ballots::Credits(Vec::new()),
            Marking::Approvals | Marking::Scores | Marking::Grades => Ballots::Scored(Vec::new()),
        };
        Self { ballots, roll: Roll::default() }
    }

    /// Adds one file. A CSV table may also have a column of weights, and columns of voters and of whom they delegate to.
    ///
    /// # Errors
    /// The first thing that is wrong with the file, and where.
    pub fn read(&mut self, contest: &Contest, source: &Source, bytes: &[u8]) -> Result<(), ReadError> {
        check_size(source, bytes)?;
        let plain = source.weight_column.is_none() && source.voter_column.is_none();
        if let (Ballots::Ranked(ballots), true) = (&mut self.ballots, plain) {
            return read_source(contest, source, bytes, ballots);
        }
        if source.provider != Provider::Csv {
            let reason =
                "scores, grades, credits, weights and delegations are read from CSV tables only (“genericCsv”)";
            return Err(ReadError::new("provider", reason));
        }
        csv::rows(contest, source, bytes, |row| self.take(contest, source, row))
    }

    fn take(&mut self, contest: &Contest, source: &Source, row: &Row<'_>) -> Result<(), ReadError> {
        let casts = row.delegates.is_none_or(|said| said.trim().is_empty()) || row.marks_anything();
        if source.voter_column.is_some() {
            self.roll.add(row, casts)?;
        }
        // Where somebody's delegates decide the weight, it is set when all rows are known.
        let weight = if source.voter_column.is_some() { 1 } else { row.weight()? };
        if !casts {
            return Ok(());
        }
        match &mut self.ballots {
            Ballots::Ranked(ballots) => push(contest, ballots, &row.marks()?, weight, || row.place()),
            Ballots::Scored(ballots) => {
                let mut scores = vec![None; contest.candidates.len()];
                row.each(|candidate, cell| {
                    let slot = scores.get_mut(candidate as usize).ok_or("an overvote has no score")?;
                    *slot = Some(score(&contest.method, cell)?);
                    Ok(())
                })?;
                ballots.push(ScoreBallot { scores, weight });
                Ok(())
            }
            Ballots::Credits(ballots) => {
                let mut votes = vec![0; contest.candidates.len()];
                row.each(|candidate, cell| {
                    let expected =
                        || format!("“{}” where a number of votes such as 2 or -1 is expected", csv::short(cell));
                    let slot = votes.get_mut(candidate as usize).ok_or("an overvote has no votes")?;
                    *slot = cell.parse().map_err(|_| expected())?;
                    Ok(())
                })?;
                ballots.push(CreditBallot { votes, weight });
                Ok(())
            }
        }
    }

    /// The ballots with the weights they count for, and, where the tables name voters, how delegations were followed.
    ///
    /// # Errors
    /// When somebody delegates to a voter who is in no row, or a limit is reached.
    pub fn finish(self) -> Result<(Ballots, Option<Delegated>), ReadError> {
        let Self { mut ballots, mut roll } = self;
        if roll.voters.is_empty() {
            return Ok((ballots, None));
        }
        roll.connect()?;
        let delegated = follow_delegations(&roll.voters).map_err(|error| fault("delegations", error.to_string()))?;
        let weights =
            roll.voters.iter().zip(&delegated.weights).filter(|(voter, _)| voter.voted).map(|(_, &weight)| weight);
        match &mut ballots {
            Ballots::Ranked(ballots) => ballots.set_weights(weights),
            Ballots::Scored(ballots) => ballots.iter_mut().zip(weights).for_each(|(one, weight)| one.weight = weight),
            Ballots::Credits(ballots) => ballots.iter_mut().zip(weights).for_each(|(one, weight)| one.weight = weight),
        }
        Ok((ballots, Some(delegated)))
    }
}

impl Roll {
    fn add(&mut self, row: &Row<'_>, voted: bool) -> Result<(), ReadError> {
        let name = row.voter.unwrap_or_default().trim();
        if name.is_empty() {
            return Err(fault(
                &row.place(),
                "a voter without a name; each row needs one, for there is a column of voters".into(),
            ));
        }
        if self.voters.len() >= VOTERS_LIMIT {
            return Err(fault(
                &row.place(),
                format!("there are more than the {VOTERS_LIMIT} voters that can be followed"),
            ));
        }
        if self.places.insert(name.to_owned(), self.voters.len()).is_some() {
            return Err(fault(&row.place(), format!("the voter “{}” has two rows", csv::short(name))));
        }
        let delegates = row.delegates.unwrap_or_default().split(';').map(str::trim).filter(|one| !one.is_empty());
        self.delegates.push((delegates.map(str::to_owned).collect(), row.place()));
        self.voters.push(Voter { weight: row.weight()?, voted, delegates: Vec::new() });
        Ok(())
    }

    fn connect(&mut self) -> Result<(), ReadError> {
        for (voter, (delegates, place)) in self.voters.iter_mut().zip(&self.delegates) {
            for name in delegates {
                let nobody = || fault(place, format!("“{}” is given the vote, but has no row", csv::short(name)));
                voter.delegates.push(*self.places.get(name).ok_or_else(nobody)?);
            }
        }
        Ok(())
    }
}

fn fault(place: &str, reason: String) -> ReadError {
    ReadError::new(place, reason)
}

/// What a cell is worth: a score, 1 for an approval, or the place of a grade.
fn score(method: &Method, cell: &str) -> Result<u32, String> {
    let short = csv::short(cell);
    if let Method::MajorityJudgment { grades, .. } = method {
        let found = grades.iter().position(|grade| grade == cell);
        return found
            .map(|at| at as u32)
            .ok_or_else(|| format!("“{short}” is none of the grades {}", grades.join(", ")));
    }
    let number = cell.parse().ok();
    if *method == Method::Approval {
        let one = if cell.eq_ignore_ascii_case("x") { Some(1) } else { number };
        return one.filter(|one| *one <= 1).ok_or_else(|| format!("“{short}” where 1, x, 0 or nothing is expected"));
    }
    number.ok_or_else(|| format!("“{short}” where a score such as 3 is expected"))
}

impl Row<'_> {
    /// Hands on every filled cell with its candidate; a fault is given the cell's place.
    pub(super) fn each(&self, mut take: impl FnMut(u16, &str) -> Result<(), String>) -> Result<(), ReadError> {
        for cell in &self.cells {
            let place = || self.place_of(cell.column);
            let candidate = cell.candidate.ok_or_else(|| match cell.name {
                Some(name) => unknown(place(), name),
                None => fault(&place(), "the first row names no candidate for this column".into()),
            })?;
            take(candidate, cell.text).map_err(|reason| fault(&place(), reason))?;
        }
        Ok(())
    }

    /// The marks of a row of ranks.
    pub(super) fn marks(&self) -> Result<Vec<Mark>, ReadError> {
        let mut marks = Vec::with_capacity(self.cells.len());
        self.each(|candidate, cell| {
            let expected = || format!("“{}” where a rank such as 1 is expected", csv::short(cell));
            marks.push(Mark { rank: cell.parse().map_err(|_| expected())?, candidate });
            Ok(())
        })?;
        Ok(marks)
    }
}
