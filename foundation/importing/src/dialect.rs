//! How a text is divided into rows and cells.

use std::collections::BTreeMap;

/// Delimiters that are tried, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Records that are looked at to tell the delimiter.
const SAMPLE_RECORDS: usize = 500;

/// How cells are divided and quotes escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether a quote in a quoted cell is written `\"`, not `""`.
    pub backslash: bool,
}

impl Dialect {
    /// The dialect in which most records have the same number of cells, and more than one.
    pub(crate) fn of(text: &str, delimiter: Option<u8>) -> Self {
        let escapes: &[bool] = if text.contains("\\\"") { &[false, true] } else { &[false] };
        let delimiters = delimiter.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let mut best = (Self { delimiter: delimiter.unwrap_or(b','), backslash: false }, Evenness::default());
        for delimiter in delimiters {
            for backslash in escapes {
                let dialect = Self { delimiter, backslash: *backslash };
                let even = dialect.evenness(text);
                if even > best.1 {
                    best = (dialect, even);
                }
            }
        }
        best.0
    }

    /// A reader of this dialect; it takes any number of cells and never fails on text.
    pub(crate) fn reader<'t>(&self, text: &'t str) -> csv::Reader<&'t [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .double_quote(!self.backslash)
            .escape(self.backslash.then_some(b'\\'))
            .from_reader(text.as_bytes())
    }

    fn evenness(&self, text: &str) -> Evenness {
        let mut reader = self.reader(text);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut all = 0;
        let mut record = csv::StringRecord::new();
        while all < SAMPLE_RECORDS && reader.read_record(&mut record).unwrap_or(false) {
            *counts.entry(record.len()).or_default() += 1;
            all += 1;
        }
        let (cells, same) = counts.into_iter().max_by_key(|(cells, count)| (*count, *cells)).unwrap_or((1, 0));
        if cells < 2 {
            return Evenness::default();
        }
        // In twentieths: one ragged row more or less does not decide.
        Evenness { twentieths: same * 20 / all.max(1), cells }
    }
}

/// How good a dialect fits; the greater the better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Evenness {
    twentieths: usize,
    cells: usize,
}
