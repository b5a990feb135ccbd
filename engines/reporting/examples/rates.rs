//! Reads a JSON list of tables from standard input, `{"groups", "strata", "cells": [[group, stratum, matters, watched seconds, repeats]]}`,
//! and writes what is estimated of each.

use reporting::{Cell, Group, Rate, estimate};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<Value> = serde_json::from_reader(std::io::stdin())?;
    let found = given.iter().map(|table| {
        let size =
            |name: &str| table[name].as_u64().and_then(|size| usize::try_from(size).ok()).ok_or("a size is missing");
        let cells: Option<Vec<Cell>> = table["cells"].as_array().and_then(|cells| cells.iter().map(cell).collect());
        let outcome = estimate(size("groups")?, size("strata")?, &cells.ok_or("a cell is wrong")?)?;
        let groups: Vec<_> = outcome.groups.iter().map(group).collect();
        Ok(json!({"scatter": outcome.scatter, "groups": groups}))
    });
    let found: Vec<Value> = found.collect::<Result<_, Box<dyn std::error::Error>>>()?;
    serde_json::to_writer(std::io::stdout(), &found)?;
    Ok(())
}

fn cell(value: &Value) -> Option<Cell> {
    let number = |at: usize| value[at].as_u64();
    Some(Cell {
        group: usize::try_from(number(0)?).ok()?,
        stratum: usize::try_from(number(1)?).ok()?,
        matters: number(2)?,
        watched_seconds: value[3].as_f64()?,
        repeats: number(4)?,
    })
}

fn group(group: &Group) -> Value {
    let of = |rate: Option<Rate>| rate.map(|Rate { value, low, high }| [value, low, high]);
    json!({"rate": of(group.rate), "adjusted": of(group.adjusted)})
}
