//! Takes a CSV file in and asks it, with the milliseconds of each: `cargo run --release -p tables --example measure FLIGHTS.csv`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement at the terminal"
)]

use std::time::Instant;
use tables::{Aggregate, Condition, Form, Grouping, Out, Part, Plan, Shelf};

const TIMES: usize = 15;

fn median_ms(mut run: impl FnMut()) -> f64 {
    run();
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[TIMES / 2]
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of a CSV file of flights");
    let bytes = std::fs::read(path).unwrap();
    let folder = std::env::temp_dir().join(format!("polity-measure-{}", std::process::id()));
    let shelf = Shelf::new(folder.clone());
    let begun = Instant::now();
    let sheets = tables::read(&bytes, &importing::Wish::default()).unwrap();
    let report = shelf.take_in("flights", &sheets[0], None).unwrap();
    println!(
        "import {:.2} s: {} in = {} stored + {} set aside",
        begun.elapsed().as_secs_f64(),
        report.rows_in,
        report.stored,
        report.set_aside
    );
    drop(sheets);
    let table = shelf.open("flights").unwrap();
    let where_ = |texts: &[&str], limit| {
        let plan = Plan { limit, ..Plan::default() };
        texts.iter().fold(plan, |plan, text| plan.and(Condition::read(text, table.info()).unwrap()).unwrap())
    };
    let late = where_(&["carrier = UA", "dep_delay > 60"], 100);
    println!(
        "filter + count ({}) + 100 rows {:.2} ms",
        table.count(&late).unwrap(),
        median_ms(|| drop(table.ask(&late).unwrap()))
    );
    let jfk = where_(&["origin = JFK"], 0);
    let three = || ["carrier", "month", "dest"].iter().for_each(|column| drop(table.facet(&jfk, column, 50).unwrap()));
    println!("filter + 3 facets {:.2} ms", median_ms(three));
    let all = where_(&[], 0);
    let two = || ["carrier", "dest"].iter().for_each(|column| drop(table.facet(&all, column, 50).unwrap()));
    println!("2 facets, whole table {:.2} ms", median_ms(two));
    let grouping =
        Grouping { by: vec![("carrier".into(), Part::Whole)], aggregates: vec![Aggregate::Mean("dep_delay".into())] };
    println!("group by {:.2} ms", median_ms(|| drop(table.groups(&all, &grouping).unwrap())));
    let mut number = 0;
    let one = || {
        number = (number + 7_919) % table.info().rows;
        drop(table.row(number + 1).unwrap());
    };
    println!("one row by key {:.3} ms", median_ms(one));
    let begun = Instant::now();
    let mut out = Out::new(std::io::sink(), Form::Csv, table.info()).unwrap();
    table.each(&Plan::default(), |number, cells| out.row(number, cells)).unwrap();
    out.finish().unwrap();
    println!("CSV of the whole table {:.2} s", begun.elapsed().as_secs_f64());
    std::fs::remove_dir_all(folder).unwrap();
}
