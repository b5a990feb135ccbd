//! What is said at the terminal.

use anyhow::Context as _;
use civic::Language;
use importing::{Survey, Table, write_asides};
use requests::{
    ImportReport, ImportRow, Undone,
    imports::{Mapping, mapping_file, unused_columns},
};
use std::{fs, io::BufWriter, path::Path};
use web::Town;

/// What was found in the table.
pub fn found(table: &Table, survey: &Survey, mapping: &Mapping) {
    let delimiter = match table.delimiter() {
        Some('\t') => ", divided by tabs".to_owned(),
        Some(delimiter) => format!(", divided by “{delimiter}”"),
        None => String::new(),
    };
    println!(
        "{} rows, {} columns, {}{delimiter}. This is how they are read:\n",
        survey.rows,
        survey.columns.len(),
        table.encoding()
    );
    println!("{}", mapping_file(mapping, &[]));
    let unused = unused_columns(survey, mapping);
    if !unused.is_empty() {
        println!("Columns that are not used, with a cell of each; name one under [columns] or [answers] to use it:");
        unused.iter().for_each(|one| println!("  {} ({} filled): {}", one.column, one.filled, one.example));
    }
}

/// Writes what was set aside to a file, and says so.
///
/// # Errors
/// When the file cannot be written.
pub fn asides(report: &ImportReport, beside: &Path) -> anyhow::Result<()> {
    if report.asides.is_empty() {
        return Ok(());
    }
    let file = fs::File::create(beside).with_context(|| format!("{} cannot be written", beside.display()))?;
    write_asides(BufWriter::new(file), &report.asides)
        .with_context(|| format!("{} cannot be written", beside.display()))?;
    println!("What was set aside, with line, column, value and reason: {}", beside.display());
    Ok(())
}

/// What was read with a grain of salt.
pub fn oddities(town: &Town, report: &ImportReport) {
    let t = town.words().of(Language::En);
    for (key, rows) in &report.oddities {
        println!("  {}", t.with1(key, "rows", i64::try_from(*rows).unwrap_or(i64::MAX)));
    }
}

/// The imports of a town.
pub fn list(imports: &[ImportRow]) {
    if imports.is_empty() {
        println!("Nothing was imported yet.");
    }
    for import in imports {
        let state = match (import.undone_at, import.ended_at) {
            (Some(at), _) => format!("undone {at}: {} taken away, {} stay", import.removed, import.stayed),
            (None, Some(_)) => "finished".to_owned(),
            (None, None) => "not finished".to_owned(),
        };
        println!(
            "{}  {}  {} ({}), {state}\n    {}",
            import.code, import.begun_at, import.source, import.origin, import.tally
        );
    }
}

/// What came of an undo.
pub fn undone(undone: &Undone) {
    println!("{} requests were taken away.", undone.removed);
    if undone.stayed > 0 {
        println!("{} stay, because somebody has acted on them since: {}", undone.stayed, undone.named.join(", "));
    }
}
