//! How much memory the streamed CSV of a table takes: `cargo run --release -p tables --example export_memory FLIGHTS.csv`.
//!
//! The table is taken in by a process of its own; another one opens it, is idle, and then writes the CSV. What Linux says of the second
//! (`/proc/self/status`): `VmRSS` when idle, `VmHWM` and its parts after.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a measurement at the terminal"
)]

use std::{path::Path, process::Command, time::Instant};
use tables::{Form, Out, Plan, Shelf, Sort};

fn kb(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|one| one.strip_prefix(line));
    found.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn write(folder: &Path, sorted_by: Option<&str>) {
    let shelf = Shelf::new(folder);
    let table = shelf.open("flights").unwrap();
    let idle = kb("VmRSS:");
    let begun = Instant::now();
    let sort = sorted_by.map(|column| Sort { column: column.to_owned(), descending: false });
    let mut out = Out::new(std::io::sink(), Form::Csv, table.info()).unwrap();
    table.each(&Plan { sort, ..Plan::default() }, |number, cells| out.row(number, cells)).unwrap();
    out.finish().unwrap();
    let most = kb("VmHWM:");
    println!(
        "{}: {} rows in {:.2} s; idle {:.1} MB, at most {:.1} MB, so {:.1} MB more (at the end {:.1} MB its own, {:.1} MB of files)",
        sorted_by.map_or("in the order of the file".to_owned(), |column| format!("in the order of {column}")),
        table.info().rows,
        begun.elapsed().as_secs_f64(),
        idle as f64 / 1_024.0,
        most as f64 / 1_024.0,
        (most - idle) as f64 / 1_024.0,
        kb("RssAnon:") as f64 / 1_024.0,
        kb("RssFile:") as f64 / 1_024.0,
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = std::env::temp_dir().join("polity-export-memory");
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["take", path] => {
            let sheets = tables::read(&std::fs::read(path).unwrap(), &importing::Wish::default()).unwrap();
            Shelf::new(&folder).take_in("flights", &sheets[0], None).unwrap();
        }
        ["write"] => write(&folder, None),
        ["write", column] => write(&folder, Some(column)),
        [path] => {
            let own = std::env::current_exe().unwrap();
            let run = |arguments: &[&str]| assert!(Command::new(&own).args(arguments).status().unwrap().success());
            run(&["take", path]);
            run(&["write"]);
            run(&["write", "dep_delay"]);
            std::fs::remove_dir_all(&folder).unwrap();
        }
        _ => println!("one path of a CSV file of flights"),
    }
}
