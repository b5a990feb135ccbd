//! Every file of the collections of awkward tables has a known outcome, row by row and column by column.

use crate::shelf::{TestShelf, data};
use std::{collections::BTreeMap, fs, path::Path};

/// What is expected, a line for each file: its path, then for each sheet what came of its rows, and the kind of each column; or
/// why it is no table.
const KNOWN: &str = include_str!("known.txt");

fn outcome(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let sheets = match tables::read(&bytes, &importing::Wish::default()) {
        Ok(sheets) => sheets,
        Err(refused) => return format!("refused: {}", refused.code()),
    };
    let shelf = TestShelf::new();
    let all = sheets.iter().map(|sheet| {
        let report = shelf.shelf.take_in("one", sheet, None).unwrap();
        assert_eq!(report.rows_in, report.stored + report.set_aside, "{}", path.display());
        let table = shelf.shelf.open("one").unwrap();
        let mut stored = 0;
        table
            .each(&tables::Plan::default(), |number, cells| {
                stored += 1;
                assert_eq!((number, cells.len()), (stored, table.info().columns.len()));
                Ok(())
            })
            .unwrap();
        assert_eq!(stored, report.stored, "what is said to be stored is there");
        let column = |column: &tables::Described| {
            let extra = [column.written.as_str(), column.missing.as_str()].join("").replace(' ', "-");
            let extra = if extra.is_empty() { String::new() } else { format!("/{extra}") };
            format!("{}:{}{extra}", column.name.replace([' ', '\n', '\r'], "_"), column.kind.word())
        };
        let columns: Vec<String> = table.info().columns.iter().map(column).collect();
        format!("{}={}+{} {}", report.rows_in, report.stored, report.set_aside, columns.join(" "))
    });
    all.collect::<Vec<_>>().join(" | ")
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_awkward_file_has_its_known_outcome() {
    let Some(root) = data("csv") else { return };
    let root = root.parent().unwrap().to_owned();
    let mut all = Vec::new();
    for folder in ["csv", "frictionless", "sensors", "service311", "geo"] {
        files(&root.join(folder), &mut all);
    }
    let known: BTreeMap<&str, &str> = KNOWN.lines().filter_map(|line| line.split_once("\t")).collect();
    let mut wrong = Vec::new();
    for path in &all {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        let found = outcome(path);
        if known.get(name) != Some(&found.as_str()) {
            wrong.push(format!("{name}\t{found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(all.len() > 80, "{}", all.len());
}

/// The cells of csv-spectrum come out as its JSON says.
#[test]
fn the_cells_of_csv_spectrum_are_as_they_should_be() {
    let Some(folder) = data("csv/spectrum") else { return };
    let mut files_seen = 0;
    for entry in fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let json: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("json").join(format!("{name}.json"))).unwrap()).unwrap();
        let rows = json.as_array().cloned().unwrap_or_else(|| vec![json.clone()]);
        let wanted: Vec<_> = rows.into_iter().map(|row| row.as_object().unwrap().clone()).collect();
        let shelf = TestShelf::new();
        let (table, _) = shelf.take("one", &fs::read(&path).unwrap()).unwrap();
        let mut found = Vec::new();
        table
            .each(&tables::Plan::default(), |_, cells| {
                let names = table.info().columns.iter().map(|column| column.name.clone());
                found.push(names.zip(cells.iter().map(|cell| cell.text())).collect::<BTreeMap<_, _>>());
                Ok(())
            })
            .unwrap();
        let wanted: Vec<BTreeMap<String, String>> = wanted
            .into_iter()
            .map(|row| row.into_iter().map(|(name, value)| (name, value.as_str().unwrap().to_owned())).collect())
            .collect();
        // The two files of this one name another telephone number (csv-spectrum 2.0.0).
        let without = |mut rows: Vec<BTreeMap<String, String>>| {
            rows.iter_mut().for_each(|row| drop(row.remove("Contact Phone Number")));
            rows
        };
        assert_eq!(without(found), without(wanted), "{name}");
        files_seen += 1;
    }
    assert_eq!(files_seen, 12);
}
