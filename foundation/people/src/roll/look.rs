//! A file of a roll as it is handed in on a page, and the rows of it that were set aside.

use super::{RollFile, SetAside, read_roll};
use axum::http::{HeaderValue, header};
use web::{Answer, Refusal, Stop, Town, Visit, forms::Submission, table::csv_answer};

/// Rows set aside that a page tells; the rest is in the file of them.
const SHOWN: usize = 50;

/// A row that was set aside, in words.
pub struct AsideLine {
    /// Its line in the file.
    pub line: u64,
    /// The column with what is wrong; empty for the whole row.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// Why it was set aside.
    pub why: String,
}

/// Reads the file of a form, on a thread that may take its time. `districts` are the codes and names of the town's.
///
/// # Errors
/// `roll-no-file`; those of [`read_roll`].
pub async fn uploaded(town: &Town, form: &Submission, districts: Vec<(String, String)>) -> Result<RollFile, Stop> {
    let file = form.file("file").ok_or_else(|| Stop::from(Refusal::new("roll-no-file").at("file")))?;
    let (bytes, today) = (file.bytes.clone(), town.now().in_zone(&town.settings().zone).date());
    let read = tokio::task::spawn_blocking(move || read_roll(&bytes, &districts, today));
    Ok(read.await.map_err(Stop::fault)??)
}

/// The rows that were set aside as a file, of what has this code.
///
/// # Errors
/// Those of the table.
pub fn aside_file(visit: &Visit, code: &str, aside: &[SetAside]) -> Answer {
    let row = |one: &SetAside| {
        [one.line.to_string(), one.column.to_owned(), one.value.clone(), visit.t.say(one.why).to_owned()]
    };
    let mut answer = csv_answer(&["line", "column", "value", "reason"], aside.iter().map(row))?;
    let name = format!("attachment; filename=\"{code}-set-aside.csv\"");
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Stop::fault)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// The first rows that were set aside, and a sentence about the others; empty where there are none.
pub fn aside_lines(visit: &Visit, aside: &[SetAside]) -> (Vec<AsideLine>, String) {
    let line = |one: &SetAside| AsideLine {
        line: one.line,
        column: one.column,
        value: one.value.clone(),
        why: visit.t.say(one.why).to_owned(),
    };
    let more = aside.len().saturating_sub(SHOWN);
    let more = if more > 0 { visit.t.with1("roll-aside-more", "count", more) } else { String::new() };
    (aside.iter().take(SHOWN).map(line).collect(), more)
}
