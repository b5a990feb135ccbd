//! Lists as comma-separated values that open safely in a spreadsheet.

use crate::{Answer, Stop, Wants, answer::text};

/// Writes a header and rows as CSV (RFC 4180, UTF-8).
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front
/// (OWASP, "CSV injection"); numbers, also negative ones, stay numbers.
///
/// # Errors
/// A fault when a row has more or fewer cells than the header.
pub fn csv_answer<R>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Answer
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(Stop::fault)?;
    for row in rows {
        writer.write_record(row.into_iter().map(disarm)).map_err(Stop::fault)?;
    }
    let bytes = writer.into_inner().map_err(Stop::fault)?;
    Ok(text(Wants::Csv.media_type(), bytes))
}

fn disarm(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::disarm;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        assert_eq!(disarm("=cmd()".into()), "'=cmd()");
        assert_eq!(disarm("-118.25".into()), "-118.25");
        assert_eq!(disarm("@here".into()), "'@here");
        assert_eq!(disarm("plain".into()), "plain");
    }
}
