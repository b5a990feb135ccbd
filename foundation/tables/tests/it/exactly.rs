//! Nothing is changed on the way in without a word: digits, keys, lines, files of an archive.

use crate::shelf::TestShelf;
use std::io::Write as _;
use tables::{Declared, Value};

fn texts(shelf: &TestShelf, bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>, tables::Report) {
    let (table, report) = shelf.take("one", bytes).unwrap();
    let names = table.info().columns.iter().map(|column| column.name.clone()).collect();
    let rows = (1..=table.info().rows).map(|row| table.row(row).unwrap().unwrap().iter().map(Value::text).collect());
    (names, rows.collect(), report)
}

#[test]
fn numbers_of_json_keep_their_digits_and_keys_that_stand_twice_their_values() {
    let shelf = TestShelf::new();
    let json = br#"[{"a":123456789012345678901234567890,"b":0.1234567890123456789,"c":{"z": 1.10, "a": [1, 2]}},
        {"a":2,"b":1.50,"b":7,"b (2)":8}]"#;
    let (names, rows, report) = texts(&shelf, json);
    assert_eq!(names, ["a", "b", "c", "b (2)", "b (2) (2)"]);
    assert_eq!(rows[0][..3], ["123456789012345678901234567890", "0.1234567890123456789", r#"{"z":1.10,"a":[1,2]}"#]);
    assert_eq!(rows[1], ["2", "1.50", "", "7", "8"]);
    assert_eq!(report.notes.len(), 2);
    assert!(report.notes[0].contains("“b” stands more than once") && report.notes[0].contains("line 2"), "{report:?}");
}

#[test]
fn a_bad_line_is_set_aside_and_a_file_that_breaks_off_says_so() {
    let shelf = TestShelf::new();
    let (_, rows, report) = texts(&shelf, b"{\"a\":1}\n{\"a\":\n\n[5]\n{\"a\":3}\n");
    assert_eq!(rows, [["1"], ["3"]]);
    assert_eq!((report.rows_in, report.stored, report.set_aside), (4, 2, 2));
    assert_eq!(report.asides.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 4]);
    assert!(report.asides[0].reason.contains("no JSON") && report.asides[1].reason.contains("no object"));
    let (_, rows, report) = texts(&shelf, b"[{\"a\":1}, 5, {\"a\":2}]");
    assert_eq!((rows.len(), report.set_aside), (2, 1));
    for bad in [&b"[{\"a\":1},{\"a\":2"[..], b"{\"data\": [{\"a\": 1}", b"[{"] {
        assert_ne!(tables::sniff(bad), tables::SourceForm::Csv);
        assert_eq!(shelf.take("bad", bad).err().unwrap().code(), "data-file-json-broken");
    }
    let (_, rows, _) = texts(&shelf, b"{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n");
    assert_eq!(rows, [["1"], ["2"]]);
}

#[test]
fn files_of_an_archive_that_are_no_tables_are_named() {
    let shelf = TestShelf::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("a.csv", "x,y\n1,2\n"), ("readme.md", "# a"), ("empty.csv", ""), ("map.png", "x")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let (_, rows, report) = texts(&shelf, &zip.finish().unwrap().into_inner());
    assert_eq!(rows, [["1", "2"]]);
    for name in ["3 files", "readme.md", "empty.csv (the file is empty)", "map.png"] {
        assert!(report.notes[0].contains(name), "{name}: {:?}", report.notes);
    }
}

#[test]
fn lines_above_a_table_and_rows_with_faulty_quotes_are_in_the_report() {
    let shelf = TestShelf::new();
    let (names, rows, report) = texts(&shelf, b"# a comment\nf1,f2\n1,2\n\"x\"y,3\n4,5\n");
    assert_eq!(
        (names, rows),
        (vec!["f1".into(), "f2".into()], vec![vec!["1".into(), "2".into()], vec!["4".into(), "5".into()]])
    );
    assert_eq!((report.passed[0].line, report.passed[0].text.as_str()), (1, "# a comment"));
    assert_eq!((report.asides[0].line, report.asides[0].begins.as_str()), (4, "\"x\"y,3"));
}

#[test]
fn a_dialect_that_csvw_declares_is_followed() {
    let shelf = TestShelf::new();
    let read = |dialect: &str, text: &str| {
        let schema = format!(
            r#"{{"@context": "http://www.w3.org/ns/csvw", "url": "a.csv", "dialect": {dialect}, "tableSchema": {{"columns": [
            {{"titles": "id", "datatype": "integer"}}, {{"titles": "note", "datatype": "string"}}]}}}}"#
        );
        let declared = Declared::read_for(&schema, "a.csv").unwrap();
        let sheets = tables::read(text.as_bytes(), declared.wish()).unwrap();
        let report = shelf.shelf.take_in("a", &sheets[0], Some(&declared)).unwrap();
        let table = shelf.shelf.open("a").unwrap();
        let rows: Vec<Vec<String>> = (1..=table.info().rows)
            .map(|row| table.row(row).unwrap().unwrap().iter().map(Value::text).collect())
            .collect();
        assert!(report.absent.is_empty() && report.misfits == 0, "{report:?}");
        (rows, report.set_aside)
    };
    let one = vec![vec!["1".to_owned(), "x, y".to_owned()]];
    assert_eq!(read(r#"{"quoteChar": "'"}"#, "id,note\n1,'x, y'\n"), (one.clone(), 0));
    assert_eq!(read(r#"{"skipRows": 2}"#, "some\nwords, here\nid,note\n1,\"x, y\"\n"), (one.clone(), 0));
    assert_eq!(read(r#"{"header": false}"#, "1,\"x, y\"\n"), (one.clone(), 0));
    assert_eq!(read(r#"{"commentPrefix": "%"}"#, "%a\nid,note\n%b\n1,\"x, y\"\n"), (one, 1));
}
