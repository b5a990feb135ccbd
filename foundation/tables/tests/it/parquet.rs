//! Parquet in and out, and Parquet that means harm. Another implementation reads and writes it in `tests/outside/open_data.py`.

use crate::shelf::TestShelf;
use parquet::{
    basic::Compression,
    data_type::{BoolType, ByteArray, ByteArrayType, Int64Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::parser::parse_message_type,
};
use std::sync::Arc;
use tables::{Declared, Form, Out, Plan, Refused, SourceForm, Table, Value};

const ALL: &str = "code,open,count,height,day,at,there\n007,true,1,12.5,2019-03-01,2019-03-01T10:00:00.25Z,2019-03-01T10:00\n\
                   012,false,-9,1e300,1969-12-31,1969-12-31T23:59:59.999999Z,\nx,,,0.30000000000000004,,,2020-02-29T00:00:01\n";

fn out(table: &Table) -> Vec<u8> {
    let mut out = Out::new(Vec::new(), Form::Parquet, table.info()).unwrap();
    table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
    out.finish().unwrap()
}

fn rows(table: &Table) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    table
        .each(&Plan::default(), |_, cells| {
            rows.push(cells.to_vec());
            Ok(())
        })
        .unwrap();
    rows
}

#[test]
fn what_goes_out_comes_in_again_with_its_types() {
    let shelf = TestShelf::new();
    let schema = r#"{"fields": [{"name": "code", "type": "string"}, {"name": "open", "type": "boolean"}, {"name": "count", "type": "integer"},
        {"name": "height", "type": "number"}, {"name": "day", "type": "date"}, {"name": "at", "type": "datetime"}, {"name": "there", "type": "datetime"}]}"#;
    let declared = Declared::read(schema).unwrap();
    let (table, report) = shelf.take_declared("all", ALL.as_bytes(), Some(&declared)).unwrap();
    assert_eq!(report.misfits, 0);
    let bytes = out(&table);
    assert_eq!(tables::sniff(&bytes), SourceForm::Parquet);
    let (again, _) = shelf.take("again", &bytes).unwrap();
    let kinds = |table: &Table| {
        table.info().columns.iter().map(|column| (column.name.clone(), column.kind)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&again), kinds(&table));
    assert_eq!(rows(&again), rows(&table));
}

/// Sends only what was flushed, as a pipe to a reader does.
#[derive(Default)]
struct Pipe {
    waiting: Vec<u8>,
    sent: Vec<u8>,
}

impl std::io::Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.sent.append(&mut self.waiting);
        Ok(())
    }
}

#[test]
fn the_end_of_every_form_is_sent_too() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("all", ALL.as_bytes()).unwrap();
    for form in Form::ALL {
        let mut out = Out::new(Pipe::default(), form, table.info()).unwrap();
        table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
        let pipe = out.finish().unwrap();
        assert!(pipe.waiting.is_empty() && !pipe.sent.is_empty(), "{form:?}");
    }
}

#[test]
fn more_rows_than_a_group_has() {
    let shelf = TestShelf::new();
    let text: String =
        std::iter::once("n,t\n".to_owned()).chain((0..140_000).map(|n| format!("{n},row {n}\n"))).collect();
    let (table, _) = shelf.take("many", text.as_bytes()).unwrap();
    let (again, _) = shelf.take("again", &out(&table)).unwrap();
    assert_eq!(again.info().rows, 140_000);
    assert_eq!(again.row(139_999).unwrap(), table.row(139_999).unwrap());
}

#[test]
fn a_column_with_a_misfit_goes_out_as_text() {
    let shelf = TestShelf::new();
    let declared = Declared::read(r#"{"fields": [{"name": "n", "type": "integer"}]}"#).unwrap();
    let (table, report) = shelf.take_declared("misfit", b"n\n1\ntwo\n", Some(&declared)).unwrap();
    assert_eq!(report.misfits, 1);
    let (again, _) = shelf.take("again", &out(&table)).unwrap();
    assert_eq!(rows(&again), [[Value::Text("1".into())], [Value::Text("two".into())]]);
}

#[test]
fn a_moment_finer_than_parquet_keeps_it_here_is_refused_and_not_cut() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("fine", b"at,n\n2019-03-01T10:00:00.123456789Z,1\n2019-03-01T10:00:00Z,2\n").unwrap();
    let mut to = Out::new(Vec::new(), Form::Parquet, table.info()).unwrap();
    let told = table.each(&Plan::default(), |number, cells| to.row(number, cells)).unwrap_err();
    assert!(told.to_string().contains("take another form"), "{told}");
}

/// A file with one column, made by the library directly.
fn one_column(schema: &str, write: impl FnOnce(&mut SerializedColumnWriter<'_>)) -> Vec<u8> {
    one_column_as(WriterProperties::default(), schema, write)
}

fn one_column_as(
    properties: WriterProperties,
    schema: &str,
    write: impl FnOnce(&mut SerializedColumnWriter<'_>),
) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    write(&mut column);
    column.close().unwrap();
    group.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn a_small_file_does_not_become_a_large_table() {
    let empty = one_column("message m { optional boolean a; }", |column| {
        column.typed::<BoolType>().write_batch(&[], Some(&vec![0; 5_000_001]), None).unwrap();
    });
    assert!(empty.len() < 100_000, "{} bytes", empty.len());
    let code = |bytes: &[u8]| tables::read(bytes, &importing::Wish::default()).unwrap_err().code();
    assert_eq!(code(&empty), "data-file-cells-few-bytes");
    let lists = one_column("message m { repeated boolean a; }", |column| {
        let values: Vec<bool> = (0..5_000_001).map(|at| at % 3 == 0).collect();
        let (levels, lists) = (vec![1; values.len()], vec![0; values.len()]);
        column.typed::<BoolType>().write_batch(&values, Some(&levels), Some(&lists)).unwrap();
    });
    assert!(lists.len() > 100_000, "{} bytes", lists.len());
    assert_eq!(code(&lists), "data-file-cells-nested");
    let word = ByteArray::from("x".repeat(1 << 19).as_str());
    let long = one_column("message m { optional binary a (UTF8); }", |column| {
        column.typed::<ByteArrayType>().write_batch(&vec![word; 1_100], Some(&[1; 1_100]), None).unwrap();
    });
    assert!(long.len() < 4 << 20, "{} bytes", long.len());
    let refused = tables::read(&long, &importing::Wish::default()).unwrap_err();
    assert_eq!(refused, Refused::Bomb { most_mib: 512, ratio: 200 });
}

/// The library would make room for what a page claims before it looks; the footer still says the truth.
#[test]
fn a_page_that_claims_more_than_it_has_is_refused_before_it_is_unpacked() {
    let packed = WriterProperties::builder().set_compression(Compression::SNAPPY).set_dictionary_enabled(false).build();
    let word = ByteArray::from("x".repeat(2_000_000).as_str());
    let mut file = one_column_as(packed, "message m { optional binary a (UTF8); }", |column| {
        column.typed::<ByteArrayType>().write_batch(&[word], Some(&[1]), None).unwrap();
    });
    let read = |bytes: &[u8]| tables::read(bytes, &importing::Wish::default());
    assert!(file.len() < 200_000 && read(&file).is_ok(), "{} bytes", file.len());
    // The first header: its type, then how long the page is unpacked, in four bytes; as many of them say 134 million.
    assert!(file[4] == 0x15 && file[6] == 0x15 && file[7..10].iter().all(|byte| *byte >= 0x80) && file[10] < 0x80);
    file[7..11].copy_from_slice(&[0xfe, 0xff, 0xff, 0x7f]);
    assert_eq!(read(&file).unwrap_err().code(), "data-file-bomb");
}

/// The library would make room for as many values as a dictionary claims, 32 bytes each.
#[test]
fn a_dictionary_that_claims_more_values_than_it_has_is_refused_before_it_is_unpacked() {
    let read = |bytes: &[u8]| tables::read(bytes, &importing::Wish::default());
    let words: Vec<ByteArray> = (0..10_000).map(|n| ByteArray::from(format!("word {n}").as_str())).collect();
    let texts = one_column("message m { required binary a (UTF8); }", |column| {
        column.typed::<ByteArrayType>().write_batch(&words, None, None).unwrap();
    });
    let numbers: Vec<i64> = (0..10_000).collect();
    let numbers = one_column("message m { required int64 a; }", |column| {
        column.typed::<Int64Type>().write_batch(&numbers, None, None).unwrap();
    });
    for file in [texts, numbers] {
        assert!(read(&file).is_ok());
        // The struct of the dictionary and its count, 10,000, in three bytes of seven bits, doubled.
        let said = [0x4c, 0x15, 0xa0, 0x9c, 0x01];
        let at = file.windows(said.len()).take(40).position(|found| found == said).unwrap() + 2;
        for lie in [[0xc0, 0x9a, 0x0c], [0xfe, 0xff, 0x7f]] {
            let mut bad = file.clone();
            bad[at..at + 3].copy_from_slice(&lie);
            let refused = read(&bad).unwrap_err();
            assert_eq!(refused.code(), "data-file-parquet");
            assert!(refused.to_string().contains("a dictionary says more values"), "{refused}");
        }
    }
}

#[test]
fn a_broken_file_ends_in_a_sentence() {
    let shelf = TestShelf::new();
    let whole = out(&shelf.take("all", ALL.as_bytes()).unwrap().0);
    let read = |bytes: &[u8]| tables::read(bytes, &importing::Wish::default());
    assert!(read(&whole).is_ok());
    assert_eq!(read(b"PAR1PAR1").unwrap_err().code(), "data-file-parquet");
    assert_eq!(read(b"PAR1\xff\xff\xff\x7fPAR1").unwrap_err().code(), "data-file-parquet");
    for at in 4..whole.len() - 4 {
        let mut bad = whole.clone();
        bad[at] ^= 0xff;
        if let Err(refused) = read(&bad) {
            assert!(!refused.is_fault(), "byte {at}: {refused}");
        }
    }
}

/// Written by Apache Arrow for C++ (pyarrow) with both versions of pages; a page holds about 400 bytes.
const PACKED: [(&str, &[u8]); 8] = [
    ("none 1", include_bytes!("../data/trees-none-1.parquet")),
    ("none 2", include_bytes!("../data/trees-none-2.parquet")),
    ("gzip 1", include_bytes!("../data/trees-gzip-1.parquet")),
    ("gzip 2", include_bytes!("../data/trees-gzip-2.parquet")),
    ("zstd 1", include_bytes!("../data/trees-zstd-1.parquet")),
    ("zstd 2", include_bytes!("../data/trees-zstd-2.parquet")),
    ("lz4 1", include_bytes!("../data/trees-lz4-1.parquet")),
    ("lz4 2", include_bytes!("../data/trees-lz4-2.parquet")),
];

#[test]
fn every_way_of_packing_holds_the_same_rows() {
    let shelf = TestShelf::new();
    let (plain, _) = shelf.take("plain", PACKED[0].1).unwrap();
    let wanted = rows(&plain);
    assert_eq!(wanted.len(), 200);
    assert_eq!(
        wanted[1],
        [Value::Text("elm".into()), Value::Real(7.25), Value::Int(1), Value::Text("2016-07-19".into())]
    );
    for (name, bytes) in PACKED {
        let (table, report) = shelf.take("packed", bytes).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        assert_eq!((report.rows_in, report.stored), (200, 200), "{name}");
        assert_eq!(rows(&table), wanted, "{name}");
    }
}

#[test]
fn a_page_that_lies_about_its_size_is_refused_and_nothing_panics() {
    let mut refused = 0;
    for (name, bytes) in PACKED {
        for at in (4..bytes.len() - 8).step_by(5) {
            for bit in [1, 0x40] {
                let mut bad = bytes.to_vec();
                bad[at] ^= bit;
                match tables::read(&bad, &importing::Wish::default()) {
                    Ok(sheets) => assert!(sheets[0].table.rows().count() <= 1_000, "{name} {at}"),
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(refused > 1_500, "{refused}");
}
