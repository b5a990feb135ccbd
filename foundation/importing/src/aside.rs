//! What did not fit, to be read by whoever puts it right.

use std::io::Write;

/// A row, or one thing about it, that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The line of the file.
    pub line: u64,
    /// The name of the column; empty where it is the whole row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it cannot be stored, in a sentence.
    pub reason: String,
}

/// Writes what was set aside as CSV, with a line of names.
///
/// # Errors
/// Those of the writer.
pub fn write_asides<'a>(to: impl Write, asides: impl IntoIterator<Item = &'a Aside>) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(["line", "column", "value", "reason"])?;
    for aside in asides {
        let line = aside.line.to_string();
        writer.write_record([line.as_str(), &harmless(&aside.column), &harmless(&aside.value), &aside.reason])?;
    }
    writer.flush()
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if !is_number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
