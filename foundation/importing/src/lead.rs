//! What stands above a table: titles, comments, the word of a spreadsheet about its delimiter.

/// Lines above a table that are passed over at most.
const LEAD_LIMIT: usize = 50;
/// Characters of such a line that are kept.
const SHOWN_LENGTH: usize = 200;

/// A line above the names of a table: it is no row, and is kept to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The line of the file, from 1, or the row of the sheet.
    pub line: u64,
    /// What stands there.
    pub text: String,
}

impl Passed {
    pub(crate) fn new(line: u64, text: &str) -> Self {
        Self { line, text: text.trim().chars().take(SHOWN_LENGTH).collect() }
    }
}

/// How many of the first records are no part of the table: a comment or a title stands alone on its line, above a line with a name for
/// each column of most rows. Where that cannot be told for sure, none.
pub(crate) fn odd_records<'c>(records: impl Iterator<Item = Option<&'c [String]>> + Clone) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for cells in records.clone().flatten() {
        *counts.entry(cells.len()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(cells, count)| (*count, *cells)).map_or(0, |(cells, _)| cells);
    if most < 2 {
        return 0;
    }
    let mut odd = 0;
    let mut has_comments_only = true;
    for cells in records.take(LEAD_LIMIT) {
        let Some(cells) = cells else { return 0 };
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let is_comment = cells.first().is_some_and(|cell| cell.trim_start().starts_with('#')) && cells.len() != most;
        let is_alone = filled <= 1 && (cells.len() != most || most > 2) || (cells.len() != most && filled * 2 <= most);
        if filled == 0 {
            odd += 1;
        } else if is_comment || is_alone {
            has_comments_only &= is_comment;
            odd += 1;
        } else {
            let is_name = |cell: &String| !cell.trim().is_empty() && cell.trim().parse::<f64>().is_err();
            let names = cells.len() == most && (has_comments_only || cells.iter().all(is_name));
            return if names { odd } else { 0 };
        }
    }
    0
}

/// The delimiter that a first line `sep=;` names, as spreadsheets write it, and where the next line begins.
pub(crate) fn named_delimiter(text: &str) -> Option<(char, usize)> {
    let end = text.find(['\r', '\n'])?;
    let line = text[..end].trim_matches('"');
    let named = line.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let mut all = named.chars();
    let delimiter = all.next().filter(|_| all.next().is_none())?;
    Some((delimiter, end + if text[end..].starts_with("\r\n") { 2 } else { 1 }))
}
