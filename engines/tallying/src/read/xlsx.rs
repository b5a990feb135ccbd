use super::{Contest, ReadError, Source, candidate_named, push, unknown};
use crate::ballots::{Mark, RankedBallots};
use calamine::{DataRef, DataType, Reader, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most ranks that are read when the contest sets no bound.
const RANKS_LIMIT: usize = 10_000;

/// A spreadsheet with a ballot in each row and a rank in each column; the cells hold names. The first sheet counts, and of it the
/// rows with at least one filled cell. Cell after cell is read, so that a small file cannot claim a large sheet.
///
/// calamine 0.36 panics on some malformed sheets (a cell reference beyond 32 bits, for one, wherever overflow is checked: the
/// workspace has it checked in releases too, for a reference that wraps would put a vote into another row). That is one more way
/// for it to say that the file is broken.
pub(super) fn read(
    contest: &Contest,
    source: &Source,
    bytes: &[u8],
    ballots: &mut RankedBallots,
) -> Result<(), ReadError> {
    let reading = AssertUnwindSafe(|| read_cells(contest, source, bytes, ballots));
    catch_unwind(reading).unwrap_or_else(|_| {
        Err(ReadError::new(&source.path, "this is no XLSX workbook: a part of it says what no sheet can hold"))
    })
}

fn read_cells(contest: &Contest, source: &Source, bytes: &[u8], ballots: &mut RankedBallots) -> Result<(), ReadError> {
    let fault =
        |error: &dyn std::fmt::Display| ReadError::new(&source.path, format!("this is no XLSX workbook: {error}"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let first = book.sheet_names().first().cloned().ok_or_else(|| fault(&"it has no sheet"))?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|error| fault(&error))?;
    let mut row = Row { number: 0, said: Vec::new() };
    let ranks = contest.ranks.map_or(RANKS_LIMIT, usize::from);
    let (first_row, first_column) = (source.first_vote_row.max(1), source.first_vote_column.max(1));
    while let Some(cell) = cells.next_cell().map_err(|error| fault(&error))? {
        let (number, column) = cell.get_position();
        let (number, column) = (number as usize + 1, column as usize + 1);
        let said = said(cell.get_value());
        if number < first_row || said.is_empty() {
            continue;
        }
        if number != row.number {
            row.close(contest, source, ballots)?;
            if number < row.number {
                return Err(ReadError::new(format!("row {number}"), "the rows of the sheet do not follow one another"));
            }
            row = Row { number, said: Vec::new() };
        }
        if let Some(at) = column.checked_sub(first_column).filter(|at| *at < ranks) {
            row.said.resize(row.said.len().max(at + 1), String::new());
            row.said[at] = said;
        }
    }
    row.close(contest, source, ballots)
}

/// What stands in a row, by rank. Number 0 is before the first.
struct Row {
    number: usize,
    said: Vec<String>,
}

impl Row {
    fn close(&mut self, contest: &Contest, source: &Source, ballots: &mut RankedBallots) -> Result<(), ReadError> {
        if self.number == 0 {
            return Ok(());
        }
        if let Some(ranks) = contest.ranks {
            self.said.resize(usize::from(ranks), String::new());
        }
        let mut marks = Vec::new();
        for (at, said) in self.said.iter().enumerate() {
            let place = || format!("row {}, column {}", self.number, source.first_vote_column.max(1) + at);
            marks_of(contest, source, said, at as u16 + 1, &mut marks, place)?;
        }
        push(contest, ballots, &marks, 1, || format!("row {}", self.number))
    }
}

fn said(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => text.trim().to_owned(),
        other => other.as_string().unwrap_or_default().trim().to_owned(),
    }
}

fn marks_of(
    contest: &Contest,
    source: &Source,
    said: &str,
    rank: u16,
    marks: &mut Vec<Mark>,
    place: impl Fn() -> String,
) -> Result<(), ReadError> {
    if said.is_empty() {
        if source.blank_is_undeclared
            && let Some(candidate) = contest.undeclared()
        {
            marks.push(Mark { rank, candidate });
        }
        return Ok(());
    }
    let several = !source.overvote_delimiter.is_empty() && said.contains(&source.overvote_delimiter);
    let parts: Vec<&str> =
        if several { said.split(&source.overvote_delimiter).map(str::trim).collect() } else { vec![said] };
    for part in parts {
        if part == source.skipped_label || part.is_empty() {
            if several {
                return Err(ReadError::new(place(), "among several candidates of one cell there is an empty one"));
            }
            continue;
        }
        let candidate = candidate_named(contest, source, part).ok_or_else(|| unknown(place(), part))?;
        marks.push(Mark { rank, candidate });
    }
    Ok(())
}
