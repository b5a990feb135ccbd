use super::{Contest, ReadError, Source, candidate_named, push};
use crate::ballots::RankedBallots;

/// A table with a ballot in each row and a candidate in each column; the cells hold ranks. The first row names the candidates.
pub(super) fn read(
    contest: &Contest,
    source: &Source,
    bytes: &[u8],
    ballots: &mut RankedBallots,
) -> Result<(), ReadError> {
    rows(contest, source, bytes, |row| push(contest, ballots, &row.marks()?, 1, || row.place()))
}

/// One row of a table.
pub(super) struct Row<'t> {
    number: usize,
    /// The cells that are filled, in columns of candidates.
    pub cells: Vec<Cell<'t>>,
    weight: Option<(usize, &'t str)>,
    pub voter: Option<&'t str>,
    pub delegates: Option<&'t str>,
}

/// One filled cell.
pub(super) struct Cell<'t> {
    pub column: usize,
    pub text: &'t str,
    /// Whom the first row names for this column.
    pub name: Option<&'t str>,
    pub candidate: Option<u16>,
}

impl Row<'_> {
    pub(super) fn place(&self) -> String {
        row_place(self.number)
    }

    pub(super) fn place_of(&self, column: usize) -> String {
        format!("row {}, column {column}", self.number)
    }

    pub(super) fn marks_anything(&self) -> bool {
        !self.cells.is_empty()
    }

    /// The weight of the row: 1 where there is no column of weights.
    pub(super) fn weight(&self) -> Result<u64, ReadError> {
        let Some((column, said)) = self.weight else { return Ok(1) };
        said.trim().parse().map_err(|_| {
            let reason = format!("“{}” where a weight, a whole number, is expected", short(said));
            ReadError::new(self.place_of(column), reason)
        })
    }
}

/// Hands every row with ballots to `take`.
pub(super) fn rows(
    contest: &Contest,
    source: &Source,
    bytes: &[u8],
    mut take: impl FnMut(&Row<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut columns: Vec<Column> = Vec::new();
    let first_row = source.first_vote_row.max(2);
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    loop {
        let broken = |error: csv::Error| ReadError::new(row_place(number + 1), error.to_string());
        if !table.read_record(&mut record).map_err(broken)? {
            break;
        }
        number += 1;
        if number == 1 {
            columns = record.iter().map(|name| Column::named(contest, source, name.trim())).collect();
        } else if number >= first_row {
            take(&row(source, &columns, &record, number))?;
        }
    }
    if number == 0 {
        let reason = "the table is empty; a row with the names of the candidates is expected";
        return Err(ReadError::new(row_place(1), reason));
    }
    Ok(())
}

/// What the first row says of a column.
struct Column {
    name: String,
    candidate: Option<u16>,
}

impl Column {
    fn named(contest: &Contest, source: &Source, name: &str) -> Self {
        Self { name: name.to_owned(), candidate: candidate_named(contest, source, name) }
    }
}

fn row<'t>(source: &Source, columns: &'t [Column], record: &'t csv::StringRecord, number: usize) -> Row<'t> {
    let own = |column: Option<usize>| column.and_then(|column| record.get(column - 1));
    let aside = [source.weight_column, source.voter_column, source.delegates_column];
    let cells = record.iter().enumerate().skip(source.first_vote_column.max(1) - 1).filter_map(|(at, text)| {
        let (column, text) = (at + 1, text.trim());
        if text.is_empty() || aside.contains(&Some(column)) {
            return None;
        }
        let named = columns.get(at);
        let (name, candidate) = (named.map(|column| column.name.as_str()), named.and_then(|column| column.candidate));
        Some(Cell { column, text, name, candidate })
    });
    Row {
        number,
        cells: cells.collect(),
        weight: source.weight_column.map(|column| (column, record.get(column - 1).unwrap_or_default())),
        voter: own(source.voter_column),
        delegates: own(source.delegates_column),
    }
}

fn row_place(row: usize) -> String {
    format!("row {row}")
}

pub(super) fn short(cell: &str) -> String {
    cell.chars().take(40).collect()
}
