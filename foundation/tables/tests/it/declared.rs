//! Declared schemas: what does not fit is reported with row, column and value, and kept as text.

use crate::shelf::{TestShelf, data};
use tables::{Declared, Value};

const SCHEMA: &str = r#"{"fields": [
  {"name": "id", "type": "integer", "constraints": {"required": true, "unique": true}},
  {"name": "price", "type": "number", "decimalChar": ",", "groupChar": "."},
  {"name": "open", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
  {"name": "day", "type": "date"},
  {"name": "size", "type": "string", "constraints": {"enum": ["S", "L"]}},
  {"name": "gone", "type": "string"}], "missingValues": ["", "n/k"]}"#;

const ROWS: &str = "id;price;open;day;size\n1;1.234,50;yes;2026-11-26;S\n2;x;no;26/11/2026;M\n2;3,5;maybe;n/k;L\n;7;yes;2026-02-30;S\n";

#[test]
fn every_cell_that_does_not_fit_is_named_and_kept() {
    let shelf = TestShelf::new();
    let declared = Declared::read(SCHEMA).unwrap();
    let (table, report) = shelf.take_declared("prices", ROWS.as_bytes(), Some(&declared)).unwrap();
    let found: Vec<(u64, &str, &str)> =
        report.cells.iter().map(|cell| (cell.row, cell.column.as_str(), cell.value.as_str())).collect();
    assert_eq!(
        found,
        [
            (2, "id", "2"),
            (2, "price", "x"),
            (2, "day", "26/11/2026"),
            (2, "size", "M"),
            (3, "id", "2"),
            (3, "open", "maybe"),
            (4, "id", ""),
            (4, "day", "2026-02-30"),
        ]
    );
    assert_eq!((report.misfits, report.absent.as_slice()), (8, &["gone".to_owned()][..]));
    let first = table.row(1).unwrap().unwrap();
    assert_eq!(
        first,
        [
            Value::Int(1),
            Value::Real(1234.5),
            Value::Bool(true),
            Value::Text("2026-11-26".into()),
            Value::Text("S".into())
        ]
    );
    assert_eq!(table.row(2).unwrap().unwrap()[1], Value::Text("x".into()));
    assert_eq!(table.row(3).unwrap().unwrap()[3], Value::Null);
}

#[test]
fn schemas_that_cannot_be_read_say_why() {
    for (bad, why) in [("{", "EOF"), ("{}", "fields"), (r#"{"fields": [{}]}"#, "name"), ("[1]", "fields")] {
        let refused = Declared::read(bad).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
}

/// The package of frictionless with a valid and an invalid table: its known errors are found.
#[test]
fn the_invalid_country_table_is_found_out() {
    let Some(folder) = data("frictionless/data") else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let shelf = TestShelf::new();
    let (table, report) = shelf.take("capital", &read("capital-invalid.csv")).unwrap();
    assert_eq!(report.rows_in, report.stored + report.set_aside);
    assert!(report.set_aside > 0, "{report:?}");
    assert!(table.info().columns.iter().all(|column| !column.name.is_empty()));
    let (_, report) = shelf.take("valid", &read("capital-valid.csv")).unwrap();
    assert_eq!((report.rows_in, report.set_aside), (5, 0));
}

const ON_WEB: &str = r##"{"@context": "http://www.w3.org/ns/csvw", "url": "trees.csv", "dialect": {"delimiter": ";"}, "tableSchema": {
    "columns": [
        {"name": "kind", "titles": ["Kind", "Baumart"], "datatype": {"base": "string", "format": "[a-z]+"}, "required": true},
        {"titles": "Height", "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}, "minimum": 0}},
        {"titles": "Planted", "datatype": {"base": "date", "format": "d.M.yyyy"}, "null": "?"},
        {"name": "number", "titles": "Number", "datatype": "unsignedByte"},
        {"titles": "Birds", "separator": " "},
        {"titles": "Seen", "datatype": "boolean"}],
    "primaryKey": ["kind", "number"]}}"##;

#[test]
fn csvw_is_checked_with_the_same_report() {
    let shelf = TestShelf::new();
    let declared = Declared::read_for(ON_WEB, "trees.csv").unwrap();
    let text = "Kind;Height;Planted;Number;Birds\noak;1.250,5;3.4.2019;1;jay owl\nOak;-1;31.2.2019;256;\nelm;2;?;2;\noak;3;1.1.2020;1;\n;4;1.1.2020;3;\n";
    let sheets = tables::read(text.as_bytes(), declared.wish()).unwrap();
    let report = shelf.shelf.take_in("trees", &sheets[0], Some(&declared)).unwrap();
    let table = shelf.shelf.open("trees").unwrap();
    let kinds: Vec<_> = table.info().columns.iter().map(|column| column.kind.word()).collect();
    assert_eq!(kinds, ["string", "number", "date", "integer", "string"]);
    assert_eq!(
        table.row(1).unwrap().unwrap(),
        [
            Value::Text("oak".into()),
            Value::Real(1_250.5),
            Value::Text("2019-04-03".into()),
            Value::Int(1),
            Value::Text("jay owl".into())
        ]
    );
    assert_eq!(table.row(3).unwrap().unwrap()[2], Value::Null, "the word for nothing");
    let said: Vec<_> = report.cells.iter().map(|one| (one.row, one.column.as_str(), one.value.as_str())).collect();
    let wanted = [
        (2, "Kind", "Oak"),
        (2, "Height", "-1"),
        (2, "Planted", "31.2.2019"),
        (2, "Number", "256"),
        (4, "Kind", "oak"),
        (5, "Kind", ""),
    ];
    assert_eq!(said, wanted);
    assert_eq!((report.misfits, report.stored), (6, 5), "nothing is lost");
    assert_eq!(report.absent, ["Seen"]);
    assert!(report.cells[4].reason.contains("same key"));
}

#[test]
fn csvw_that_is_wrong_is_refused_in_a_sentence() {
    for (bad, says) in [
        (r#"{"@context": "http://www.w3.org/ns/csvw", "tables": []}"#, "at least one table"),
        (r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a", "tableSchema": "b.json"}"#, "cannot be read"),
        (
            r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a", "tableSchema": {"columns": [{"name": "a"}, {"name": "a"}]}}"#,
            "two columns",
        ),
        (
            r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a", "dialect": {"skipRows": 1001}, "tableSchema": {"columns": []}}"#,
            "1000 at most",
        ),
        (
            r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a", "dialect": {"headerRowCount": 9007199254740991}, "tableSchema": {"columns": []}}"#,
            "1000 at most",
        ),
    ] {
        let refused = Declared::read(bad).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
    }
}

#[test]
fn a_unique_column_with_too_many_values_to_count_is_looked_at_too() {
    let shelf = TestShelf::new();
    let declared =
        Declared::read(r#"{"fields": [{"name": "n", "type": "integer", "constraints": {"unique": true}}]}"#).unwrap();
    let text: String = std::iter::once("n\n".to_owned())
        .chain((0..70_000).map(|n| format!("{n}\n")))
        .chain(["5\n".to_owned()])
        .collect();
    let (_, report) = shelf.take_declared("n", text.as_bytes(), Some(&declared)).unwrap();
    assert_eq!((report.misfits, report.cells[0].row), (1, 70_001));
}
