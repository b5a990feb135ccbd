//! Files of Parquet with more cells than become texts: taken in part by part, and asked as any other table.

use crate::shelf::TestShelf;
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tables::{Aggregate, Condition, Declared, Form, Grouping, Out, Part, Plan, Refused, Sort, Value};

/// Enough for four columns to have more than five million cells, and for several parts.
const ROWS: usize = 1_300_000;
const GROUP: usize = 500_000;
const KINDS: [&str; 4] = ["oak", "elm", "ash", ""];

/// Kind (nothing in each fourth row), day, a count that is different in each row, a height.
fn kind(row: usize) -> &'static str {
    KINDS[row % 4]
}

fn day(row: usize) -> i32 {
    17_532 + i32::try_from(row % 300).unwrap()
}

fn count(row: usize) -> i64 {
    (row as i64 * 7_919) % ROWS as i64
}

fn height(row: usize) -> f64 {
    (row % 100_000) as f64 / 8.0
}

fn file(packing: Compression) -> Vec<u8> {
    let schema = "message m { optional binary kind (UTF8); required int32 day (DATE); required int64 count; optional double height; }";
    let properties = WriterProperties::builder().set_compression(packing).build();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for first in (0..ROWS).step_by(GROUP) {
        let rows: Vec<usize> = (first..(first + GROUP).min(ROWS)).collect();
        let mut group = file.next_row_group().unwrap();
        let levels: Vec<i16> = rows.iter().map(|row| i16::from(!kind(*row).is_empty())).collect();
        let kinds: Vec<ByteArray> =
            rows.iter().map(|row| kind(*row)).filter(|kind| !kind.is_empty()).map(ByteArray::from).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&kinds, Some(&levels), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let days: Vec<i32> = rows.iter().map(|row| day(*row)).collect();
        column.typed::<Int32Type>().write_batch(&days, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let counts: Vec<i64> = rows.iter().map(|row| count(*row)).collect();
        column.typed::<Int64Type>().write_batch(&counts, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let levels: Vec<i16> = rows.iter().map(|row| i16::from(row % 5 != 0)).collect();
        let heights: Vec<f64> = rows.iter().filter(|row| *row % 5 != 0).map(|row| height(*row)).collect();
        column.typed::<DoubleType>().write_batch(&heights, Some(&levels), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    file.into_inner().unwrap()
}

fn cells(row: usize) -> Vec<Value> {
    let kind = if kind(row).is_empty() { Value::Null } else { Value::Text(kind(row).to_owned()) };
    let (month, own) = [
        (31, "01"),
        (28, "02"),
        (31, "03"),
        (30, "04"),
        (31, "05"),
        (30, "06"),
        (31, "07"),
        (31, "08"),
        (30, "09"),
        (31, "10"),
    ]
    .iter()
    .scan(row % 300, |left, (days, month)| {
        let at = *left;
        *left = left.saturating_sub(*days);
        Some((at < *days, (*month, at)))
    })
    .find(|(is_it, _)| *is_it)
    .unwrap()
    .1;
    let height = if row.is_multiple_of(5) { Value::Null } else { Value::Real(height(row)) };
    vec![kind, Value::Text(format!("2018-{month}-{:02}", own + 1)), Value::Int(count(row)), height]
}

/// Conditions, and which rows they find.
type Asked = (&'static [&'static str], fn(usize) -> bool);

fn plan(texts: &[&str], table: &tables::Table) -> Plan {
    let read = |text: &&str| Condition::read(text, table.info()).unwrap();
    texts.iter().fold(Plan { limit: 5, ..Plan::default() }, |plan, text| plan.and(read(text)).unwrap())
}

#[test]
fn a_large_file_is_taken_in_and_asked_as_any_other() {
    let shelf = TestShelf::new();
    let (table, report) = shelf.take("large", &file(Compression::SNAPPY)).unwrap();
    let info = table.info();
    assert_eq!((report.rows_in, report.stored, info.rows), (ROWS as u64, ROWS as u64, ROWS as u64));
    let kinds: Vec<&str> = info.columns.iter().map(|column| column.kind.word()).collect();
    assert_eq!(kinds, ["string", "date", "integer", "number"]);
    let known: Vec<_> = info.columns.iter().map(|column| (column.filled, column.empty, column.distinct)).collect();
    let rows = ROWS as u64;
    assert_eq!(known, [(975_000, 325_000, Some(3)), (rows, 0, Some(300)), (rows, 0, None), (1_040_000, 260_000, None)]);
    assert_eq!((info.columns[2].least.as_deref(), info.columns[2].most.as_deref()), (Some("0"), Some("1299999")));
    assert_eq!(info.columns[3].most.as_deref(), Some("12499.875"));
    assert_eq!((info.columns[1].least.as_deref(), info.columns[0].top[0].count), (Some("2018-01-01"), 325_000));

    // Rows at the edges of parts and groups, and one that is not there.
    for row in [0, 262_143, 262_144, 499_999, 500_000, 786_432, ROWS - 1] {
        assert_eq!(table.row(row as u64 + 1).unwrap().unwrap(), cells(row), "row {row}");
    }
    assert_eq!(table.row(rows + 1).unwrap(), None);
    assert_eq!(table.row(0).unwrap(), None);

    // Filters over all kinds of columns, held against a walk.
    let conditions: [Asked; 4] = [
        (&["kind = oak", "count < 1000"], |row| row % 4 == 0 && count(row) < 1_000),
        (&["kind empty"], |row| row % 4 == 3),
        (&["height >= 12000", "day >= 2018-10"], |row| row % 5 != 0 && height(row) >= 12_000.0 && row % 300 >= 273),
        (&["height empty", "kind contains L"], |row| row % 5 == 0 && row % 4 == 1),
    ];
    for (texts, holds) in conditions {
        let wanted: Vec<usize> = (0..ROWS).filter(|row| holds(*row)).collect();
        let answer = table.ask(&plan(texts, &table)).unwrap();
        assert_eq!(answer.count, wanted.len() as u64, "{texts:?}");
        let first: Vec<(u64, Vec<Value>)> = wanted.iter().take(5).map(|row| (*row as u64 + 1, cells(*row))).collect();
        assert_eq!(answer.rows, first, "{texts:?}");
    }
    let words = Plan { words: "elm 2018-01-02".to_owned(), ..plan(&[], &table) };
    assert_eq!(table.count(&words).unwrap(), (0..ROWS).filter(|row| row % 4 == 1 && row % 300 == 1).count() as u64);
    // Words are not sought in plain numbers; a condition finds them.
    let word = Plan { words: "1299999".to_owned(), ..plan(&[], &table) };
    assert_eq!((table.count(&word).unwrap(), table.count(&plan(&["count = 1299999"], &table)).unwrap()), (0, 1));

    // Once its time is over a question is refused, before the next part is read; what was found goes on.
    let over = Arc::new(AtomicBool::new(false));
    let timed = table.clone().until(Arc::clone(&over));
    let walk = timed.walk(&plan(&["kind = oak"], &table)).unwrap();
    over.store(true, Ordering::Relaxed);
    let by = Grouping { by: vec![("kind".into(), Part::Whole)], aggregates: vec![] };
    let sort = Some(Sort { column: "count".into(), descending: false });
    for refused in [
        timed.count(&plan(&["kind = oak"], &table)).err(),
        timed.count(&words).err(),
        timed.facet(&Plan::default(), "kind", 5).err(),
        timed.groups(&Plan::default(), &by).err(),
        timed.ask(&Plan { sort, limit: 5, ..Plan::default() }).err(),
    ] {
        assert_eq!(refused.map(|refused| refused.code()), Some("data-slow"));
    }
    let mut oaks = 0;
    walk.each(|_, _| {
        oaks += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(oaks, (0..ROWS).filter(|row| row % 4 == 0).count());
}

#[test]
fn a_large_table_is_counted_grouped_ordered_and_streamed() {
    let shelf = TestShelf::new();
    let (table, _) = shelf.take("large", &file(Compression::UNCOMPRESSED)).unwrap();
    let all = plan(&[], &table);
    let (facets, different) = table.facet(&plan(&["day < 2018-02"], &table), "kind", 2).unwrap();
    let wanted = (0..ROWS).filter(|row| row % 300 < 31 && row % 4 == 0).count() as u64;
    assert_eq!((different, facets.len(), facets[0].count >= wanted), (4, 2, true));
    let by = vec![("kind".to_owned(), Part::Whole), ("day".to_owned(), Part::Month)];
    let grouping = Grouping { by, aggregates: vec![Aggregate::Sum("count".into()), Aggregate::Mean("height".into())] };
    let (groups, more) = table.groups(&all, &grouping).unwrap();
    assert_eq!((groups.len(), more), (40, false));
    let january =
        groups.iter().find(|group| group.keys == [Value::Text("oak".into()), Value::Text("2018-01".into())]).unwrap();
    let rows: Vec<usize> = (0..ROWS).filter(|row| row % 4 == 0 && row % 300 < 31).collect();
    assert_eq!(january.count, rows.len() as u64);
    assert_eq!(january.sums[0], Value::Real(rows.iter().map(|row| count(*row) as f64).sum()));
    let filled: Vec<f64> = rows.iter().filter(|row| *row % 5 != 0).map(|row| height(*row)).collect();
    assert_eq!(january.sums[1], Value::Real(filled.iter().sum::<f64>() / filled.len() as f64));
    assert_eq!(
        table
            .groups(&all, &Grouping { by: vec![("count".into(), Part::Whole)], aggregates: vec![] })
            .unwrap_err()
            .code(),
        "data-groups"
    );
    assert_eq!(table.facet(&all, "height", 5).unwrap_err().code(), "data-groups");

    // In order, in both directions, page after page, with what is empty last.
    for (column, descending) in [("count", true), ("height", true), ("height", false), ("kind", false)] {
        let value = |row: usize| match column {
            "count" => Some(count(row) as f64),
            "height" => (!row.is_multiple_of(5)).then(|| height(row)),
            _ => ["ash", "elm", "oak"].iter().position(|one| *one == kind(row)).map(|at| at as f64),
        };
        let key = |row: &usize| {
            let value = value(*row);
            let directed = value.map_or(0.0, |value| if descending { -value } else { value });
            (value.is_none(), (directed * 8.0) as i64, *row)
        };
        let mut wanted: Vec<usize> = (0..ROWS).collect();
        wanted.select_nth_unstable_by_key(13, key);
        wanted.truncate(13);
        wanted.sort_unstable_by_key(key);
        let sort = Some(Sort { column: column.to_owned(), descending });
        let first = table.ask(&Plan { sort: sort.clone(), offset: 3, ..all.clone() }).unwrap();
        let numbers: Vec<usize> = first.rows.iter().map(|(number, _)| *number as usize - 1).collect();
        assert_eq!(numbers, wanted[3..8], "{column} {descending}");
        let next = table.ask(&Plan { sort: sort.clone(), after: first.next, ..all.clone() }).unwrap();
        let numbers: Vec<usize> = next.rows.iter().map(|(number, _)| *number as usize - 1).collect();
        assert_eq!(numbers, wanted[8..13], "{column} {descending}, the next page");
        // Behind the last row, within its part and beyond all parts.
        for after in [ROWS as u64 + 1, 5 << 18, u64::MAX] {
            let none = table.ask(&Plan { sort: sort.clone(), after: Some(after), ..all.clone() }).unwrap();
            assert_eq!((none.count, none.rows.len(), none.next), (ROWS as u64, 0, None), "{after}");
        }
    }

    let mut out = Out::new(Vec::new(), Form::Csv, table.info()).unwrap();
    let mut row = 0;
    table
        .each(&Plan::default(), |number, found| {
            if row % 9_973 == 0 {
                assert_eq!((number, found), (row as u64 + 1, cells(row).as_slice()));
            }
            row += 1;
            out.row(number, found)
        })
        .unwrap();
    let text = String::from_utf8(out.finish().unwrap()).unwrap();
    assert_eq!((row, text.lines().count()), (ROWS, ROWS + 1));
    // In an order with nothing last, from column to column and over the edges of parts.
    let sort = Some(Sort { column: "height".into(), descending: false });
    let some = Plan { sort, ..plan(&["day < 2018-04"], &table) };
    let (mut rows, mut last) = (0, 0.0);
    table
        .each(&some, |number, found| {
            let row = usize::try_from(number).unwrap() - 1;
            if rows % 997 == 0 {
                assert_eq!(found, cells(row), "row {row}");
            }
            let own = if row.is_multiple_of(5) { f64::INFINITY } else { height(row) };
            assert!(own >= last, "{own} behind {last}");
            last = own;
            rows += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(rows, (0..ROWS).filter(|row| row % 300 < 90).count());
    let some = Plan { sort: Some(Sort { column: "count".into(), descending: false }), ..plan(&["count < 3"], &table) };
    let mut counts = Vec::new();
    table
        .each(&some, |_, cells| {
            counts.push(cells[2].clone());
            Ok(())
        })
        .unwrap();
    assert_eq!(counts, [Value::Int(0), Value::Int(1), Value::Int(2)]);
}

#[test]
fn a_schema_holds_there_too_as_far_as_memory_allows() {
    let shelf = TestShelf::new();
    let schema = r#"{"fields": [
        {"name": "kind", "type": "string", "constraints": {"enum": ["oak", "elm"]}}, {"name": "count", "type": "integer"}, {"name": "gone"}],
        "primaryKey": ["count"]}"#;
    let declared = Declared::read(schema).unwrap();
    let (table, report) = shelf.take_declared("large", &file(Compression::SNAPPY), Some(&declared)).unwrap();
    assert_eq!(table.row(1_000_000).unwrap().unwrap(), cells(999_999));
    assert_eq!((report.misfits, report.cells[0].row, report.cells[0].value.as_str()), (325_000, 3, "ash"));
    assert_eq!((report.cells.len(), report.absent.as_slice()), (1_000, &["gone".to_owned()][..]));
    let unchecked: Vec<&str> = report.unchecked.iter().map(|one| one.columns.as_str()).collect();
    assert_eq!(
        unchecked,
        ["count", "count"],
        "rows are not held against one another, nor many values against a schema: {report:?}"
    );
}

#[test]
fn what_cannot_be_kept_is_refused_in_a_sentence() {
    let shelf = TestShelf::new();
    let schema = Arc::new(parse_message_type("message m { required binary name (UTF8); }").unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default())).unwrap();
    let names: Vec<ByteArray> = (0..70_000).map(|n| ByteArray::from(format!("name {n}").as_str())).collect();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let writer = column.typed::<ByteArrayType>();
    for _ in 0..72 {
        writer.write_batch(&names, None, None).unwrap();
    }
    column.close().unwrap();
    group.close().unwrap();
    let refused = shelf.take("names", &file.into_inner().unwrap()).err().unwrap();
    assert_eq!((refused.code(), refused.about().as_str()), ("data-file-values", "name"));
    assert!(!shelf.shelf.has("names"), "nothing is left behind");
    // A page that is cut off within: a sentence, and nothing is left behind.
    let refused = shelf.take("broken", &file_broken()).err().unwrap();
    assert!(!refused.is_fault() && !shelf.shelf.has("broken"), "{refused}");
}

#[test]
fn a_walk_that_has_begun_goes_to_its_end_whatever_becomes_of_the_file() {
    let shelf = TestShelf::new();
    let (large, _) = shelf.take("large", &file(Compression::SNAPPY)).unwrap();
    let small: String = (0..2_000).map(|n| format!("{n},word {n}\n")).collect();
    let (small, _) = shelf.take("small", format!("n,word\n{small}").as_bytes()).unwrap();
    let sort = Some(Sort { column: "n".into(), descending: true });
    let walks = [
        (large.walk(&Plan::default()).unwrap(), ROWS),
        (large.walk(&plan(&["count < 1000"], &large)).unwrap(), 1_000),
        (small.walk(&Plan::default()).unwrap(), 2_000),
        (small.walk(&Plan { sort, ..Plan::default() }).unwrap(), 2_000),
    ];
    // Another file takes the place of one, and the other is taken away.
    shelf.take("large", b"kind,n\noak,1\n").unwrap();
    shelf.shelf.remove("small").unwrap();
    for (at, (walk, wanted)) in walks.iter().enumerate() {
        let mut rows = 0;
        walk.each(|_, cells| {
            assert_eq!(cells.len(), walk.info().columns.len());
            rows += 1;
            Ok(())
        })
        .unwrap_or_else(|refused| panic!("walk {at}: {refused}"));
        assert_eq!(rows, *wanted, "walk {at}");
    }
    assert_eq!(small.walk(&Plan::default()).err().unwrap().code(), "data-gone");
}

fn file_broken() -> Vec<u8> {
    let mut bytes = file(Compression::SNAPPY);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_000].iter_mut().for_each(|byte| *byte ^= 0xa5);
    bytes
}

/// One column of numbers that `value` tells, in one group.
fn whole_numbers(properties: WriterProperties, values: &[i64]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type("message m { required int64 n; }").unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(values, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn more_than_a_million_rows_are_not_put_in_order_and_sql_is_refused_in_a_sentence() {
    let shelf = TestShelf::new();
    let values: Vec<i64> = (0..5_000_001).map(|n| n * 7_919 % 251).collect();
    let (table, _) = shelf.take("bits", &whole_numbers(WriterProperties::default(), &values)).unwrap();
    let sort = Some(Sort { column: "n".into(), descending: true });
    let refused = table.each(&Plan { sort: sort.clone(), ..Plan::default() }, |_, _| Ok(())).unwrap_err();
    assert_eq!(refused.code(), "data-order");
    let first = table.ask(&Plan { sort: sort.clone(), limit: 2, ..Plan::default() }).unwrap();
    assert_eq!((first.count, first.rows[0].1[0].clone()), (5_000_001, Value::Int(250)));
    // In order to the end, with more than are gathered at once.
    let some = Plan { sort, ..plan(&["n < 40"], &table) };
    let wanted: Vec<i64> = values.iter().copied().filter(|value| *value < 40).collect();
    let (mut rows, mut last) = (0, (i64::MAX, 0));
    table
        .each(&some, |number, cells| {
            let value = values[usize::try_from(number).unwrap() - 1];
            assert_eq!(cells, [Value::Int(value)]);
            assert!(value < last.0 || (value == last.0 && number > last.1), "{number} behind {last:?}");
            last = (value, number);
            rows += 1;
            Ok(())
        })
        .unwrap();
    assert!(rows > 400_000 && rows == wanted.len(), "{rows}");

    let worker = tables::sql::Worker { program: "/nowhere".into(), arguments: Vec::new(), environment: Vec::new() };
    let known = [tables::sql::Named { name: "bits".into(), shelf: "bits".into() }];
    let told = worker.ask(&shelf.shelf, "select n from bits", &known, tables::sql::Limits::default()).unwrap_err();
    assert_eq!(told, tables::sql::Unanswered::LargeTable("bits".into()));
}

#[test]
fn a_long_word_in_every_row_fills_no_page_without_end() {
    let shelf = TestShelf::new();
    let schema = Arc::new(parse_message_type("message m { required binary word (UTF8); }").unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default())).unwrap();
    let (long, short) = (
        vec![ByteArray::from("x".repeat(80_000).as_str()); 1_000],
        (0..100_000).map(|n| ByteArray::from(["short", "brief"][n % 7 % 2])).collect::<Vec<_>>(),
    );
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&long, None, None).unwrap();
    for _ in 0..51 {
        column.typed::<ByteArrayType>().write_batch(&short, None, None).unwrap();
    }
    column.close().unwrap();
    group.close().unwrap();
    let (table, _) = shelf.take("words", &file.into_inner().unwrap()).unwrap();
    assert_eq!(table.info().rows, 5_101_000);
    assert_eq!(table.ask(&plan(&[], &table)).unwrap().rows.len(), 5);
    let refused = table.ask(&Plan { limit: 1_000, ..Plan::default() }).unwrap_err();
    assert_eq!(refused, Refused::LargeRows { most_mib: 64 });
    assert_eq!(table.ask(&Plan { limit: 1_000, ..plan(&["word = short"], &table) }).unwrap().rows.len(), 1_000);
}

#[test]
fn a_page_that_would_not_fit_into_memory_is_refused_before_it_is_unpacked() {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_data_page_size_limit(1 << 30)
        .set_data_page_row_count_limit(usize::MAX);
    let bytes = whole_numbers(properties.build(), &vec![7; 9_000_000]);
    assert!(bytes.len() > 1_000_000, "{} bytes: not for its ratio", bytes.len());
    assert_eq!(tables::read(&bytes, &importing::Wish::default()).unwrap_err().code(), "data-file-page");
}
