//! How a text is divided into rows and cells.

use crate::{
    TableRefusal, Wish,
    split::{Quotes, Record, Split},
};
use std::collections::BTreeMap;

/// Delimiters that are tried, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Those that are tried where none of these divides anything.
const RARE_DELIMITERS: [u8; 2] = *b"^ ";
/// Records that are looked at to tell the delimiter.
const SAMPLE_RECORDS: usize = 500;
/// The usual quote, and the other.
const QUOTE: u8 = b'"';
const SINGLE_QUOTE: u8 = b'\'';

/// How cells are divided and quotes escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: u8,
    /// What stands around cells; `None` where quotes are letters like others.
    pub quote: Option<u8>,
    /// Whether a quote in a quoted cell is written `\"`, not `""`.
    pub backslash: bool,
    /// What begins a line that is no row; `None` for nothing.
    pub comment: Option<u8>,
    /// Whether the file has doubts that must be told line by line.
    pub(crate) careful: bool,
}

impl Dialect {
    /// The dialect in which most records have the same number of cells, and more than one; quotes are looked at in the whole text.
    pub(crate) fn of(text: &str, from: (usize, u64), wish: &Wish) -> Result<Self, TableRefusal> {
        let one = |character: char| {
            u8::try_from(character).ok().filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
        };
        let plain = |character: char| one(character).filter(|byte| !b"\"\r\n\0".contains(byte));
        let delimiter = wish.delimiter.map(|wanted| plain(wanted).ok_or(TableRefusal::Delimiter)).transpose()?;
        let base = Self {
            delimiter: delimiter.unwrap_or(b','),
            quote: wish.quote.map_or(Some(QUOTE), |quote| quote.and_then(one)),
            backslash: false,
            comment: wish.comment.and_then(one),
            careful: false,
        };
        let mut best = base.with_delimiter(text, from, delimiter);
        if wish.quote.is_none() && !text.contains(char::from(QUOTE)) && text.contains(char::from(SINGLE_QUOTE)) {
            let single = Self { quote: Some(SINGLE_QUOTE), ..base }.with_delimiter(text, from, delimiter);
            if single.0.is_quoted_throughout(text, from) || (single.1 > best.1 && !single.1.is_rare) {
                let quotes = Quotes::of(&text[from.0..], &single.0);
                best = if quotes.faults == 0 && quotes.cells > 0 { single } else { best };
            }
        }
        Ok(best.0.with_care(&text[from.0..]))
    }

    /// The delimiter that divides best.
    fn with_delimiter(self, text: &str, from: (usize, u64), delimiter: Option<u8>) -> (Self, Evenness) {
        let escapes: &[bool] = if text.contains("\\\"") { &[false, true] } else { &[false] };
        let mut best = (self, Evenness::default());
        let mut try_all = |delimiters: &[u8], is_rare: bool| {
            for delimiter in delimiters {
                for backslash in escapes {
                    let dialect = Self { delimiter: *delimiter, backslash: *backslash, ..self };
                    let even = Evenness { is_rare, ..dialect.evenness(text, from) };
                    let is_sure = !is_rare || (even.twentieths == 20 && (*delimiter != b' ' || even.has_numbers));
                    if is_sure && (even.twentieths, even.cells) > (best.1.twentieths, best.1.cells) {
                        best = (dialect, even);
                    }
                }
            }
            best.1.cells > 1
        };
        match delimiter {
            Some(delimiter) => _ = try_all(&[delimiter], false),
            None => _ = try_all(&DELIMITERS, false) || try_all(&RARE_DELIMITERS, true),
        }
        best
    }

    /// Whether each cell of the first record stands in quotes.
    fn is_quoted_throughout(&self, text: &str, from: (usize, u64)) -> bool {
        let unquoted = Self { quote: None, ..*self };
        let first = Split::new(text, unquoted, from).next().and_then(|record| record.cells.ok());
        let ends = |cell: &String| cell.len() > 1 && cell.starts_with('\'') && cell.ends_with('\'');
        first.is_some_and(|cells| cells.iter().all(ends))
    }

    /// Backslashes count where they leave fewer faults; a file that has any is read with care.
    fn with_care(self, text: &str) -> Self {
        let plain = Self { backslash: false, ..self };
        let mut best = (plain, Quotes::of(text, &plain));
        if best.1.faults > 0 && text.contains('\\') {
            let escaped = Self { backslash: true, ..self };
            let quotes = Quotes::of(text, &escaped);
            if quotes.faults < best.1.faults {
                best = (escaped, quotes);
            }
        }
        let careful = best.1.faults > 0 || best.1.plain_backslashes > 0 || self.comment.is_some();
        Self { careful, ..best.0 }
    }

    /// A reader of this dialect; it takes any number of cells and never fails on text.
    pub(crate) fn reader<'t>(&self, text: &'t str) -> csv::Reader<&'t [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .quoting(self.quote.is_some())
            .quote(self.quote.unwrap_or(QUOTE))
            .escape(self.backslash.then_some(b'\\'))
            .from_reader(text.as_bytes())
    }

    /// The first records.
    pub(crate) fn sample(self, text: &str, from: (usize, u64)) -> impl Iterator<Item = Record> {
        Split::new(text, self, from).take(SAMPLE_RECORDS)
    }

    fn evenness(self, text: &str, from: (usize, u64)) -> Evenness {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut all, mut numbers) = (0, 0);
        for record in self.sample(text, from) {
            all += 1;
            if let Ok(cells) = record.cells {
                *counts.entry(cells.len()).or_default() += 1;
                numbers += usize::from(cells.iter().any(|cell| cell.parse::<f64>().is_ok()));
            }
        }
        let (cells, same) = counts.into_iter().max_by_key(|(cells, count)| (*count, *cells)).unwrap_or((1, 0));
        if cells < 2 {
            return Evenness::default();
        }
        // In twentieths: one ragged row more or less does not decide.
        Evenness { twentieths: same * 20 / all.max(1), cells, has_numbers: numbers + 1 >= all, is_rare: false }
    }
}

/// How good a dialect fits; the greater the better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Evenness {
    twentieths: usize,
    cells: usize,
    /// Whether each record but the first has a number.
    has_numbers: bool,
    is_rare: bool,
}
