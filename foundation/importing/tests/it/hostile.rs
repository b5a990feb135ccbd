//! Every file of the public collections of hostile CSV ends in a table or in a sentence, never in a panic.

use importing::{Survey, Table, Wish};
use proptest::prelude::*;
use std::{fs, path::Path};

/// Every file under the shared data's CSV folders; they lie beside the checkout.
fn files() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/open/csv");
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder);
        for entry in entries.unwrap_or_else(|error| panic!("{} must be there: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn every_hostile_file_is_a_table_or_a_sentence() {
    let files = files();
    assert!(files.len() >= 90, "{}", files.len());
    let (mut tables, mut sentences) = (0, 0);
    for path in files {
        match Table::read(fs::File::open(&path).unwrap(), &Wish::default()) {
            Ok(table) => {
                let survey = Survey::of(&table);
                assert_eq!(survey.rows, table.rows().count() as u64);
                assert!(!table.header().is_empty(), "{}", path.display());
                tables += 1;
            }
            Err(refusal) => {
                assert!(refusal.to_string().len() > 10, "{}: {refusal}", path.display());
                sentences += 1;
            }
        }
    }
    assert!(tables > 40 && sentences > 20, "{tables} tables, {sentences} sentences");
}

#[test]
fn known_files() {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/open/csv").join(name);
        Table::read(fs::File::open(&path).unwrap(), &Wish::default())
    };
    assert_eq!(read("frictionless/bom.csv").unwrap().header()[0], "id");
    assert_eq!(read("frictionless/table.tsv").unwrap().delimiter(), Some('\t'));
    assert_eq!(read("frictionless/delimiter.csv").unwrap().delimiter(), Some(';'));
    assert!(read("frictionless/table.xlsx").unwrap_err().to_string().contains("CSV"));
    assert!(read("frictionless/table.xls").unwrap_err().to_string().contains("CSV"));
    let montreal = read("montreal_bike_counters_2012_latin1.csv").unwrap();
    assert_eq!((montreal.encoding(), montreal.delimiter()), ("windows-1252", Some(';')));
    assert!(montreal.header().iter().any(|name| name.contains("Maisonneuve 1")), "{:?}", montreal.header());
    assert!(montreal.header().iter().any(|name| name.contains('é')), "{:?}", montreal.header());
    let newlines = read("spectrum/csvs/quotes_and_newlines.csv").unwrap();
    assert_eq!(
        newlines.rows().map(|row| row.line).collect::<Vec<_>>(),
        [2, 5],
        "{:?}",
        newlines.rows().collect::<Vec<_>>()
    );
}

proptest! {
    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(table) = Table::read(&bytes[..], &Wish::default()) {
            Survey::of(&table);
        }
    }

    #[test]
    fn a_table_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a-zé\",;\n| ]{1,8}x", 3), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        let wish = Wish { delimiter: Some(','), ..Wish::default() };
        let table = Table::read(&bytes[..], &wish).unwrap();
        let read: Vec<Vec<String>> = table.rows().map(|row| row.cells.unwrap()).collect();
        prop_assert_eq!(read, rows);
    }
}
