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
