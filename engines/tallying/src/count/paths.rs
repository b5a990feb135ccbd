use crate::ballots::{OVERVOTE, RankedBallot, RankedBallots};
use crate::rules::{Overvotes, Reading};

/// Why a ballot counts for nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum End {
    Exhausted,
    Overvoted,
    Skipped,
    Repeated,
    Blank,
    FinalSurplus,
}

pub(super) const ENDS: usize = 6;

/// Set on an entry when the next one is at the same rank. Candidates are fewer than that.
const SAME_RANK: u16 = 0x8000;

/// What is left of each ballot once its marks are read by the rules: candidates in the order it counts for them.
pub(super) struct Paths {
    entries: Vec<u16>,
    /// Where each ballot's path begins; the last one ends at the end of `entries`.
    starts: Vec<u32>,
    ends: Vec<End>,
    at: Vec<u32>,
}

impl Paths {
    /// Reads all ballots.
    pub(super) fn read(ballots: &RankedBallots, reading: &Reading) -> Self {
        let mut paths = Self {
            entries: Vec::with_capacity(ballots.marks_len()),
            starts: Vec::with_capacity(ballots.len() + 1),
            ends: Vec::with_capacity(ballots.len()),
            at: Vec::new(),
        };
        for ballot in ballots.iter() {
            paths.starts.push(paths.entries.len() as u32);
            let end = paths.read_one(ballot, reading);
            paths.ends.push(end);
        }
        paths.starts.push(paths.entries.len() as u32);
        paths.at = paths.starts[..ballots.len()].to_vec();
        paths
    }

    fn read_one(&mut self, ballot: RankedBallot<'_>, reading: &Reading) -> End {
        let marks = ballot.marks;
        if marks.is_empty() {
            return End::Blank;
        }
        let (mut start, mut last_rank) = (0, 0);
        while start < marks.len() {
            let rank = marks[start].rank;
            if reading.skipped_ranks.is_some_and(|most| rank - last_rank > most.saturating_add(1)) {
                return End::Skipped;
            }
            last_rank = rank;
            let mut end = start + 1;
            while end < marks.len() && marks[end].rank == rank {
                end += 1;
            }
            if reading.exhaust_on_duplicate
                && (start..end).any(|at| marks[..at].iter().any(|seen| seen.candidate == marks[at].candidate))
            {
                return End::Repeated;
            }
            let known = marks[start].candidate != OVERVOTE;
            if end - start == 1 && known {
                self.entries.push(marks[start].candidate);
            } else {
                match reading.overvotes {
                    Overvotes::Skip => {}
                    Overvotes::ExhaustIfSeveralContinue
                        if marks[start..end].iter().all(|m| m.candidate != OVERVOTE) =>
                    {
                        let (last, others) = marks[start..end].split_last().expect("a rank here has a mark");
                        self.entries.extend(others.iter().map(|mark| mark.candidate | SAME_RANK));
                        self.entries.push(last.candidate);
                    }
                    Overvotes::Exhaust | Overvotes::ExhaustIfSeveralContinue => return End::Overvoted,
                }
            }
            start = end;
        }
        End::Exhausted
    }

    pub(super) fn is_blank(&self, ballot: u32) -> bool {
        self.ends[ballot as usize] == End::Blank
    }

    /// The next candidate still in the count that this ballot counts for, or why there is none.
    #[inline]
    pub(super) fn next(&mut self, ballot: u32, continuing: &[bool]) -> Result<u16, End> {
        let limit = self.starts[ballot as usize + 1];
        let mut at = self.at[ballot as usize];
        while at < limit {
            let entry = self.entries[at as usize];
            if entry & SAME_RANK == 0 {
                if continuing[entry as usize] {
                    self.at[ballot as usize] = at;
                    return Ok(entry);
                }
                at += 1;
                continue;
            }
            let (found, after) = self.of_one_rank(at, continuing);
            self.at[ballot as usize] = at;
            match found[..] {
                [] => at = after,
                [only] => return Ok(only),
                _ => return Err(End::Overvoted),
            }
        }
        self.at[ballot as usize] = at;
        Err(self.ends[ballot as usize])
    }

    /// Gives `take` the candidates of a ballot in order, as long as it wants more; returns why the ballot ended, if it was not full.
    pub(super) fn each_rank(
        &self,
        ballot: u32,
        in_count: impl Fn(u16) -> bool,
        mut take: impl FnMut(u16) -> bool,
    ) -> End {
        let path = &self.entries[self.starts[ballot as usize] as usize..self.starts[ballot as usize + 1] as usize];
        let mut of_rank: Option<u16> = None;
        for &entry in path {
            let candidate = entry & !SAME_RANK;
            if in_count(candidate) && of_rank.replace(candidate).is_some() {
                return End::Overvoted;
            }
            if entry & SAME_RANK == 0
                && let Some(found) = of_rank.take()
                && !take(found)
            {
                return End::Exhausted;
            }
        }
        self.ends[ballot as usize]
    }

    /// Those of one rank that are still in the count, and where the next rank begins.
    fn of_one_rank(&self, mut at: u32, continuing: &[bool]) -> (Vec<u16>, u32) {
        let mut found = Vec::new();
        loop {
            let entry = self.entries[at as usize];
            let candidate = entry & !SAME_RANK;
            if continuing[candidate as usize] {
                found.push(candidate);
            }
            at += 1;
            if entry & SAME_RANK == 0 {
                return (found, at);
            }
        }
    }
}
