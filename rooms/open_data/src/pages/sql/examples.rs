//! Questions to begin with: some written by hand, where their tables are, and some made of the tables that are there.

use crate::{books::Shelves, model::Resource};
use tables::{ColumnKind, Described, TableInfo};

/// Tables that are looked at for examples.
const TABLES_SEEN: usize = 60;
/// Examples that a page shows.
const SHOWN: usize = 6;
/// Different values of a column that is a good one to group by.
const FEW: std::ops::RangeInclusive<u64> = 2..=60;

/// Written by hand, with the tables that each needs.
const WRITTEN: [(&[&str], &str); 3] = [
    (
        &["service_requests", "districts"],
        "select d.name, count(*) as reports, round(median(r.days_open), 1) as half_done_within_days\n\
         from service_requests r join districts d on cast(d.district as text) = cast(r.district as text)\n\
         where r.closed_at is not null\n\
         group by d.name order by reports desc",
    ),
    (
        &["service_requests"],
        "select date_trunc('month', opened_at) as month, category, count(*) as reports\n\
         from service_requests group by 1, 2 order by 1 desc, 3 desc limit 50",
    ),
    (
        &["service_requests", "commitments"],
        "with reported as (select cast(district as text) as district, count(*) as reports from service_requests group by 1),\n\
         promised as (select cast(district as text) as district, count(*) as promises from commitments group by 1)\n\
         select reported.district, reports, coalesce(promises, 0) as promises\n\
         from reported left join promised using (district) order by reports desc",
    ),
];

/// A table that can be asked.
type Known<'s> = (&'s str, &'s Resource, &'s TableInfo);

/// Questions about the public tables, each of which has an answer.
pub(super) fn all(shelves: &Shelves) -> Vec<String> {
    let resources = shelves.public().flat_map(|one| &one.dataset.resources);
    let known: Vec<Known<'_>> = resources
        .filter_map(|one| Some((one.table_name.as_deref()?, one, one.body.info.as_ref()?)))
        .take(TABLES_SEEN)
        .collect();
    let is_there = |table: &&str| {
        shelves.public().flat_map(|one| &one.dataset.resources).any(|one| one.table_name.as_deref() == Some(table))
    };
    let written = WRITTEN.iter().filter(|(tables, _)| tables.iter().all(is_there));
    let mut all: Vec<String> = written.map(|(_, sql)| (*sql).to_owned()).collect();
    all.extend(joined(&known));
    all.extend(known.iter().filter_map(counted).take(2));
    all.truncate(SHOWN);
    all
}

/// How many rows there are of each value of a column with few.
fn counted((table, _, info): &Known<'_>) -> Option<String> {
    let is_good =
        |one: &&Described| one.kind == ColumnKind::String && one.distinct.is_some_and(|all| FEW.contains(&all));
    let any = || {
        info.columns.iter().enumerate().find(|(at, one)| one.kind == ColumnKind::String && info.geometry != Some(*at))
    };
    let column = info.columns.iter().find(is_good).or_else(|| any().map(|(_, one)| one))?;
    let column = quoted(&column.name);
    Some(format!("select {column}, count(*) as rows from {table} group by 1 order by 2 desc limit 10"))
}

/// Rows of one table counted by a name that another one gives to them: the other has a key, which this one has a column of.
fn joined(known: &[Known<'_>]) -> Option<String> {
    for (names, resource, info) in known {
        let Ok([key]) = <[String; 1]>::try_from(resource.key_in(info).unwrap_or_default()) else { continue };
        let label = info.columns.iter().enumerate().find(|(at, one)| {
            one.kind == ColumnKind::String && one.name != key && one.filled > 0 && info.geometry != Some(*at)
        });
        let Some((_, label)) = label else { continue };
        let kind = info.column(&key).map(|at| info.columns[at].kind);
        let points = |(table, _, other): &&Known<'_>| {
            let at = other.column(&key);
            table != names && at.is_some_and(|at| Some(other.columns[at].kind) == kind && other.rows > info.rows)
        };
        if let Some((table, ..)) = known.iter().find(points) {
            let (key, label) = (quoted(&key), quoted(&label.name));
            return Some(format!(
                "select b.{label}, count(*) as rows\nfrom {table} a join {names} b on a.{key} = b.{key}\ngroup by 1 order by 2 desc limit 10"
            ));
        }
    }
    None
}

fn quoted(name: &str) -> String {
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    // What means something in SQL stands in quotes too.
    if plain
        && begins
        && !["group", "order", "from", "to", "index", "table", "values", "when", "end", "case", "desc", "limit"]
            .contains(&name)
    {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
