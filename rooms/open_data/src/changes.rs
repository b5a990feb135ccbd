//! What differs between two files of one table: rows that came, went and changed, told apart by a key.

use serde_json::{Map, Value as Json, json};
use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};
use tables::{Plan, Refused, Table, TableInfo, Value};

/// Rows of a table that is compared.
pub const ROWS_LIMIT: u64 = 1_000_000;
/// Changes that are told one by one; all of them are counted.
pub const TOLD_LIMIT: usize = 10_000;

/// How a row differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It was not there.
    Added,
    /// Some of its cells were others.
    Changed,
    /// It is there no more.
    Removed,
}

impl Kind {
    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// Its number in the newer file; in the older one, where it went.
    pub row: u64,
    /// Its key; nothing where rows are told apart by all of their cells.
    pub key: Vec<String>,
    /// The columns that differ, with what was there and what is.
    pub cells: Vec<(String, Value, Value)>,
}

/// All that differs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// The columns by which rows are told apart; none where a changed row is one that went and one that came.
    pub key: Vec<String>,
    /// Columns of the newer file that the older one did not have.
    pub columns_added: Vec<String>,
    /// Columns of the older file that are no more.
    pub columns_removed: Vec<String>,
    /// How many rows came, changed, went.
    pub counts: BTreeMap<Kind, u64>,
    /// The changes, those of the newer file in its order first; at most [`TOLD_LIMIT`].
    pub told: Vec<Change>,
}

impl Changes {
    /// How many of a kind.
    pub fn count(&self, kind: Kind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// Whether there are more than are told.
    pub fn is_cut(&self) -> bool {
        self.counts.values().sum::<u64>() > self.told.len() as u64
    }

    /// For programs.
    pub fn view(&self) -> Json {
        let cells = |change: &Change| -> Map<String, Json> {
            let pair = |(name, was, is): &(String, Value, Value)| (name.clone(), json!([was.json(), is.json()]));
            change.cells.iter().map(pair).collect()
        };
        let row = |one: &Change| {
            let key: Map<String, Json> = self.key.iter().cloned().zip(one.key.iter().map(|text| json!(text))).collect();
            json!({"change": one.kind.word(), "row": one.row, "key": key, "cells": cells(one)})
        };
        json!({
            "key": self.key, "columns_added": self.columns_added, "columns_removed": self.columns_removed,
            "added": self.count(Kind::Added), "changed": self.count(Kind::Changed), "removed": self.count(Kind::Removed),
            "cut": self.is_cut(), "rows": self.told.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

/// Places of columns, in the order of one file.
type Places = Vec<usize>;

fn names(info: &TableInfo) -> Vec<String> {
    info.columns.iter().map(|one| one.name.clone()).collect()
}

fn places(info: &TableInfo, names: &[String]) -> Places {
    names.iter().filter_map(|name| info.column(name)).collect()
}

/// A number for the cells of these places.
fn print(cells: &[Value], at: &Places) -> [u64; 2] {
    let hash = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        for place in at {
            let cell = cells.get(*place);
            // Nothing and an empty text are told apart.
            (cell == Some(&Value::Null)).hash(&mut hasher);
            cell.map(Value::text).hash(&mut hasher);
        }
        hasher.finish()
    };
    [hash(0), hash(1)]
}

/// A number is the same in a column of whole numbers and in one with fractions.
fn is_other(one: &Value, two: &Value) -> bool {
    (*one == Value::Null) != (*two == Value::Null) || one.text() != two.text()
}

/// A row of the older file: its number, and a number for its cells.
type Old = (u64, [u64; 2]);

/// Compares two files of one table, of at most [`ROWS_LIMIT`] rows each; rows with the same key are taken in their order.
///
/// # Errors
/// [`Refused::Storage`].
pub fn between(old: &Table, new: &Table, key: Option<Vec<String>>) -> Result<Changes, Refused> {
    let (was, is) = (names(old.info()), names(new.info()));
    let common: Vec<String> = is.iter().filter(|name| was.contains(name)).cloned().collect();
    let key = key.filter(|key| key.iter().all(|name| common.contains(name))).unwrap_or_default();
    let by = if key.is_empty() { &common } else { &key };
    let (old_by, new_by) = (places(old.info(), by), places(new.info(), by));
    let (old_all, new_all) = (places(old.info(), &common), places(new.info(), &common));
    let mut before: HashMap<[u64; 2], Vec<Old>> = HashMap::new();
    old.each(&Plan::default(), |number, cells| {
        before.entry(print(cells, &old_by)).or_default().push((number, print(cells, &old_all)));
        Ok(())
    })?;
    // Taken from the end, so that the first of the same key comes first.
    before.values_mut().for_each(|all| all.reverse());
    let mut changes = Changes {
        columns_added: is.iter().filter(|name| !was.contains(name)).cloned().collect(),
        columns_removed: was.iter().filter(|name| !is.contains(name)).cloned().collect(),
        key,
        ..Changes::default()
    };
    let mut changed: Vec<(usize, u64)> = Vec::new();
    new.each(&Plan::default(), |number, cells| {
        let found = before.get_mut(&print(cells, &new_by)).and_then(Vec::pop);
        let kind = match found {
            Some((_, own)) if own == print(cells, &new_all) => return Ok(()),
            Some(_) => Kind::Changed,
            None => Kind::Added,
        };
        if changes.tell(kind, number, cells, new.info())
            && let Some((row, _)) = found
        {
            changed.push((changes.told.len() - 1, row));
        }
        Ok(())
    })?;
    for (at, row) in changed {
        let cells = old.row(row)?.unwrap_or_default();
        let told = &mut changes.told[at].cells;
        for (name, own, _) in told.iter_mut() {
            *own = old.info().column(name).and_then(|at| cells.get(at).cloned()).unwrap_or(Value::Null);
        }
        told.retain(|(name, own, is)| common.contains(name) && is_other(own, is));
    }
    let mut left: Vec<u64> = before.into_values().flatten().map(|(number, _)| number).collect();
    left.sort_unstable();
    for number in left {
        let cells = if changes.told.len() < TOLD_LIMIT { old.row(number)?.unwrap_or_default() } else { Vec::new() };
        changes.tell(Kind::Removed, number, &cells, old.info());
    }
    Ok(changes)
}

impl Changes {
    /// Counts a row, and tells of it while there is room; whether it did.
    fn tell(&mut self, kind: Kind, row: u64, cells: &[Value], info: &TableInfo) -> bool {
        match self.counts.entry(kind) {
            Entry::Occupied(mut count) => *count.get_mut() += 1,
            Entry::Vacant(count) => _ = count.insert(1),
        }
        if self.told.len() >= TOLD_LIMIT {
            return false;
        }
        let text = |name: &String| info.column(name).and_then(|at| cells.get(at)).map(Value::text).unwrap_or_default();
        let pair = |(column, cell): (&tables::Described, &Value)| {
            let (was, is) =
                if kind == Kind::Removed { (cell.clone(), Value::Null) } else { (Value::Null, cell.clone()) };
            (column.name.clone(), was, is)
        };
        let key = self.key.iter().map(text).collect();
        let all = info.columns.iter().zip(cells).map(pair);
        let cells = all.filter(|(_, was, is)| kind == Kind::Changed || is_other(was, is)).collect();
        self.told.push(Change { kind, row, key, cells });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, between};
    use tables::{Shelf, Table};

    fn table(shelf: &Shelf, name: &str, csv: &str) -> Table {
        let sheets = tables::read(csv.as_bytes(), &importing::Wish::default()).unwrap();
        shelf.take_in(name, &sheets[0], None).unwrap();
        shelf.open(name).unwrap()
    }

    #[test]
    fn rows_that_came_went_and_changed_are_told_by_their_key_and_without_one() {
        let folder = std::env::temp_dir().join(format!("polity-changes-{}", std::process::id()));
        let shelf = Shelf::new(&folder);
        let old = table(&shelf, "old", "id,kind,height\n1,oak,12\n2,elm,\n3,ash,7\n3,ash,8\n");
        let new = table(&shelf, "new", "note,id,kind,height\nx,4,fir,3\n,2,elm,5\n,1,oak,12\n,3,ash,8\n");
        let found = between(&old, &new, Some(vec!["id".to_owned()])).unwrap();
        assert_eq!([Kind::Added, Kind::Changed, Kind::Removed].map(|kind| found.count(kind)), [1, 2, 1]);
        assert_eq!(
            (found.columns_added.as_slice(), found.columns_removed.len(), found.is_cut()),
            (&["note".to_owned()][..], 0, false)
        );
        let view = found.view();
        assert_eq!(
            view["rows"][0],
            serde_json::json!({"change": "added", "row": 1, "key": {"id": "4"},
            "cells": {"note": [null, "x"], "id": [null, 4], "kind": [null, "fir"], "height": [null, 3]}})
        );
        assert_eq!(
            view["rows"][1],
            serde_json::json!({"change": "changed", "row": 2, "key": {"id": "2"}, "cells": {"height": [null, 5]}})
        );
        assert_eq!(view["rows"][2]["cells"], serde_json::json!({"height": [7, 8]}), "the first of the same key");
        assert_eq!((view["rows"][3]["change"].as_str(), view["rows"][3]["row"].as_u64()), (Some("removed"), Some(4)));
        let bare = between(&old, &new, None).unwrap();
        assert_eq!([Kind::Added, Kind::Changed, Kind::Removed].map(|kind| bare.count(kind)), [2, 0, 2]);
        let same = between(&old, &old, None).unwrap();
        assert_eq!((same.counts.len(), same.told.len()), (0, 0));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
