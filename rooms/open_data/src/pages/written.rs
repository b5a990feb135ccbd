//! How a file is written, where its sender says so: encoding, delimiter, the line with names.

use tables::Wish;
use web::{Refusal, Stop, forms::Submission};

/// Lines above a table that can be said to be none of it.
const SKIPPED_LIMIT: u64 = 1_000;

/// Reads `encoding` (a label, as `windows-1252`), `delimiter` (a character, or `tab` or `space`), and `header`: the number of the line with
/// names from 1, or `none`; each may be empty.
///
/// # Errors
/// `data-file-delimiter`, `data-file-header`.
pub(super) fn read(form: &Submission) -> Result<Wish, Stop> {
    let text = |name: &str| form.text(name).unwrap_or_default().trim().to_lowercase();
    // A blank is no text in a form.
    let delimiter = match text("delimiter").as_str() {
        "" => None,
        "tab" | "\\t" => Some('\t'),
        "space" => Some(' '),
        one => {
            let mut all = one.chars();
            let first = all.next().filter(|_| all.next().is_none());
            Some(first.ok_or_else(|| Refusal::new("data-file-delimiter").at("delimiter"))?)
        }
    };
    let (skip_lines, header_lines) = match text("header").as_str() {
        "" => (None, None),
        "none" => (None, Some(0)),
        line => {
            let number = line.parse::<u64>().ok().filter(|line| (1..=SKIPPED_LIMIT).contains(line));
            let number = number.ok_or_else(|| Refusal::new("data-file-header").at("header").with("most", 1_000_i64))?;
            (Some(number - 1), Some(1))
        }
    };
    let encoding = Some(text("encoding")).filter(|label| !label.is_empty());
    Ok(Wish { encoding, delimiter, skip_lines, header_lines, ..Wish::default() })
}
