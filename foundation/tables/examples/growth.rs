//! Takes Parquet files of growing size in and asks them: `cargo run --release -p tables --example growth -- 1 10 30 100` (millions of rows).
//!
//! Each size runs in a process of its own, so that its memory is its own: `VmHWM` of Linux, with the bytes of the file in it, and at the end
//! `RssAnon`, without what the machine has of the table's file in its own cache. Files are made beside, of numbers drawn from a fixed seed.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a measurement at the terminal"
)]

use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use std::{fs::File, path::Path, process::Command, sync::Arc, time::Instant};
use tables::{Aggregate, Condition, Form, Grouping, Out, Part, Plan, Shelf, Sort};

const GROUP: usize = 1_000_000;

/// A street (200), a day (365), a speed in km/h (0 to 130), a weight that is different nearly everywhere in each hundredth row.
fn make(path: &Path, rows: usize) {
    let schema = "message m { required binary street (UTF8); required int32 day (DATE); required int32 speed; optional double weight; }";
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties)).unwrap();
    let streets: Vec<ByteArray> = (0..200).map(|n| ByteArray::from(format!("Street {n}").as_str())).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = move |most: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % most
    };
    for first in (0..rows).step_by(GROUP) {
        let count = GROUP.min(rows - first);
        let mut group = file.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let all: Vec<ByteArray> = (0..count).map(|_| streets[draw(200) as usize].clone()).collect();
        column.typed::<ByteArrayType>().write_batch(&all, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let all: Vec<i32> = (0..count).map(|at| 20_454 + ((first + at) * 365 / rows) as i32).collect();
        column.typed::<Int32Type>().write_batch(&all, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let all: Vec<i32> = (0..count).map(|_| (draw(66) + draw(66)) as i32).collect();
        column.typed::<Int32Type>().write_batch(&all, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let levels: Vec<i16> = (0..count).map(|at| i16::from(at % 100 == 0)).collect();
        let all: Vec<f64> = (0..count.div_ceil(100)).map(|_| draw(40_000_000) as f64 / 1_000.0).collect();
        column.typed::<DoubleType>().write_batch(&all, Some(&levels), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    file.close().unwrap();
}

fn status(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|one| one.strip_prefix(line));
    found.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

fn median_ms(mut run: impl FnMut()) -> f64 {
    run();
    let mut took: Vec<f64> = (0..5)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[2]
}

/// The file is at hand; one line of the table comes out.
fn measure(path: &Path, folder: &Path) {
    let bytes = bytes::Bytes::from(std::fs::read(path).unwrap());
    let file_mb = bytes.len() / 1_048_576;
    let shelf = Shelf::new(folder);
    let begun = Instant::now();
    let sheets = tables::read_shared(&bytes, &importing::Wish::default()).unwrap();
    let report = shelf.take_in("growth", &sheets[0], None).unwrap();
    let import_s = begun.elapsed().as_secs_f64();
    drop((sheets, bytes));
    let peak_mb = status("VmHWM:");
    let table = shelf.open("growth").unwrap();
    let all = Plan { limit: 100, ..Plan::default() };
    let read = |text: &str| Condition::read(text, table.info()).unwrap();
    let some = all.clone().and(read("street = Street 7")).unwrap().and(read("speed > 100")).unwrap();
    let mean = vec![Aggregate::Mean("speed".into())];
    let grouping = Grouping { by: vec![("street".into(), Part::Whole)], aggregates: mean };
    let months = Grouping { by: vec![("street".into(), Part::Whole), ("day".into(), Part::Month)], ..grouping.clone() };
    let group_ms = median_ms(|| drop(table.groups(&all, &grouping).unwrap()));
    let months_ms = median_ms(|| drop(table.groups(&all, &months).unwrap()));
    let filter_ms = median_ms(|| drop(table.ask(&some).unwrap()));
    let facet_ms = median_ms(|| drop(table.facet(&some, "day", 50).unwrap()));
    let sorted = Plan { sort: Some(Sort { column: "weight".into(), descending: true }), ..all.clone() };
    let sort_ms = median_ms(|| drop(table.ask(&sorted).unwrap()));
    let row_ms = median_ms(|| drop(table.row(table.info().rows / 2).unwrap()));
    let asked_mb = status("RssAnon:");
    let begun = Instant::now();
    let mut out = Out::new(std::io::sink(), Form::Csv, table.info()).unwrap();
    table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
    out.finish().unwrap();
    let csv_s = begun.elapsed().as_secs_f64();
    let disk_mb = std::fs::metadata(folder.join("growth.table")).unwrap().len() / 1_048_576;
    println!(
        "| {} | {file_mb} | {disk_mb} | {import_s:.1} | {peak_mb} | {group_ms:.0} | {months_ms:.0} | {filter_ms:.0} | {facet_ms:.0} | {sort_ms:.0} | {row_ms:.1} | {csv_s:.1} | {asked_mb} |",
        report.stored
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = std::env::temp_dir().join("polity-growth");
    if let [word, path] = arguments.as_slice()
        && word == "measure"
    {
        return measure(Path::new(path), &folder);
    }
    println!(
        "| rows | file MB | table MB | import s | peak MB (file and machine's cache of the table in it) | group by, mean ms | by two columns ms | filter, count, 100 rows ms | filter, facet ms | first 100 in order ms | one row ms | CSV of all s | memory of its own after the questions MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for millions in arguments.iter().filter_map(|word| word.parse::<usize>().ok()) {
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("growth.parquet");
        make(&path, millions * 1_000_000);
        let own = std::env::current_exe().unwrap();
        let done = Command::new(own).arg("measure").arg(&path).status().unwrap();
        assert!(done.success());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
