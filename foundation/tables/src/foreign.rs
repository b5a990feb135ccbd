//! Foreign keys held against the table that they point to: its keys in memory, as many as fit, then every row that points.

use crate::{
    Declared, Foreign, MISFITS_KEPT, Plan, Progress, Refused, Report, Table, Unchecked, Value, ingest::misfit,
};
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// Different keys of one table that are held in memory: 16 bytes each, so at most some 40 MB, and as much again where all stand twice.
pub const KEYS_LIMIT: usize = 1_000_000;
/// Rows after which it is asked whether to go on.
const LOOK_EVERY: u64 = 500;

impl Foreign {
    /// Looks at every row of `own` and adds to its report each key that no row of `there` has (CSVW: exactly one). Cells are compared by
    /// their values, as text; nothing is changed in either table. What cannot be looked at stands in the report too.
    ///
    /// # Errors
    /// [`Refused::Stopped`]; [`Refused::Storage`].
    pub fn check(
        &self,
        (own, declared): (&Table, &Declared),
        there: Option<(&Table, Option<&Declared>)>,
        report: &mut Report,
        progress: &Progress,
    ) -> Result<(), Refused> {
        self.check_within(KEYS_LIMIT, (own, declared), there, report, progress)
    }

    fn check_within(
        &self,
        most: usize,
        (own, declared): (&Table, &Declared),
        there: Option<(&Table, Option<&Declared>)>,
        report: &mut Report,
        progress: &Progress,
    ) -> Result<(), Refused> {
        let mut leave = |reason: &str| {
            let (columns, to) = (self.columns.join(", "), self.to.shown().to_owned());
            report.unchecked.push(Unchecked { columns, to, reason: reason.to_owned() });
            Ok(())
        };
        let Some((there, described)) = there else {
            return leave("the table that it points to is not in this dataset");
        };
        let here: Option<Vec<usize>> = self.columns.iter().map(|name| place(own, Some(declared), &[name])).collect();
        let Some(here) = here else { return leave("the file does not have all of these columns") };
        let places = self.there.iter().map(|names| place(there, described, &names.iter().collect::<Vec<_>>()));
        let Some(places) = places.collect::<Option<Vec<usize>>>() else {
            return leave("the table that it points to does not have all of the columns");
        };
        let Some(keys) = Keys::of(there, &places, most, progress)? else {
            return leave(&format!(
                "the table that it points to has more than {most} different keys, too many to be held in memory"
            ));
        };
        let columns: Vec<&str> = here.iter().map(|at| own.info().columns[*at].name.as_str()).collect();
        let (column, to) = (columns.join(", "), self.to.shown());
        let to = if to.is_empty() { "the table itself".to_owned() } else { format!("“{to}”") };
        own.each(&Plan::default(), |number, cells| {
            if number.is_multiple_of(LOOK_EVERY) {
                progress.go_on()?;
            }
            let key = print(cells, &here);
            let reason = match (keys.known.contains(&key), self.is_strict) {
                (true, true) if keys.several.contains(&key) => "several rows of it have this value",
                (true, _) => return Ok(()),
                (false, false) if here.iter().all(|at| cells[*at] == Value::Null) => return Ok(()),
                (false, _) => "no row of it has this value",
            };
            report.misfits += 1;
            report.foreign += 1;
            if report.cells.len() < MISFITS_KEPT {
                let value = here.iter().map(|at| cells[*at].text()).collect::<Vec<_>>().join(", ");
                let row = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
                report.cells.push(misfit(row, &column, &value, &format!("{POINTS} {to}, and {reason}")));
            }
            Ok(())
        })
    }
}

/// How the reason begins why a cell of a foreign key does not fit.
const POINTS: &str = "it points to";

impl Report {
    /// The report as it was before any foreign key was looked at, so that they can be looked at anew.
    #[must_use]
    pub fn without_foreign(&self) -> Self {
        let mut before = self.clone();
        before.cells.retain(|cell| !cell.reason.starts_with(POINTS));
        let gone = (self.cells.len() - before.cells.len()) as u64;
        // Reports of before they were counted: cells of keys come last, so that one of them among the first means that all others are there.
        let foreign = match self.foreign {
            0 if gone > 0 => self.misfits - before.cells.len() as u64,
            counted => counted,
        };
        before.misfits = self.misfits.saturating_sub(foreign);
        before.foreign = 0;
        before.unchecked.clear();
        before
    }
}

/// Where the column of one of these names is, or which the schema of the table calls so.
fn place(table: &Table, declared: Option<&Declared>, names: &[&String]) -> Option<usize> {
    let columns = &table.info().columns;
    let said = |name: &&&String| {
        let field = declared?.field(name)?;
        columns.iter().position(|column| field.is_called(&column.name))
    };
    names.iter().find_map(|name| table.info().column(name)).or_else(|| names.iter().find_map(|name| said(&name)))
}

/// The keys of a table, 128 bits each, so that no two are ever taken for one.
struct Keys {
    known: HashSet<[u64; 2]>,
    /// Those that more than one row has.
    several: HashSet<[u64; 2]>,
}

impl Keys {
    /// `None` where there are more than `most`.
    fn of(table: &Table, places: &[usize], most: usize, progress: &Progress) -> Result<Option<Self>, Refused> {
        let mut keys = Self { known: HashSet::new(), several: HashSet::new() };
        let read = table.each(&Plan::default(), |number, cells| {
            if number.is_multiple_of(LOOK_EVERY) {
                progress.go_on()?;
            }
            let key = print(cells, places);
            if !keys.known.insert(key) {
                keys.several.insert(key);
            }
            // It is only a way out of the walk.
            if keys.known.len() > most { Err(Refused::Gone) } else { Ok(()) }
        });
        match read {
            Err(Refused::Gone) => Ok(None),
            read => read.map(|()| Some(keys)),
        }
    }
}

fn print(cells: &[Value], places: &[usize]) -> [u64; 2] {
    let hash = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        for place in places {
            match &cells[*place] {
                Value::Null => 0_u8.hash(&mut hasher),
                Value::Text(text) => (1_u8, text).hash(&mut hasher),
                other => (1_u8, other.text()).hash(&mut hasher),
            }
        }
        hasher.finish()
    };
    [hash(0), hash(1)]
}

#[cfg(test)]
mod tests {
    use crate::{Declared, Progress, Sheet, Shelf};

    #[test]
    fn a_table_with_too_many_keys_is_said_to_be_unchecked_and_not_held() {
        let folder = std::env::temp_dir().join(format!("polity-foreign-{}", std::process::id()));
        let shelf = Shelf::new(&folder);
        let rows: Vec<Vec<String>> = (0..5).map(|n| vec![n.to_string(), "9".to_owned()]).collect();
        let schema = r#"{"fields": [{"name": "id"}, {"name": "of"}], "foreignKeys": [{"fields": "of", "reference": {"resource": "", "fields": "id"}}]}"#;
        let declared = Declared::read(schema).unwrap();
        let sheet = Sheet::of_rows("", vec!["id".to_owned(), "of".to_owned()], rows);
        let mut report = shelf.take_in("own", &sheet, Some(&declared)).unwrap();
        let table = shelf.open("own").unwrap();
        let key = &declared.foreign[0];
        let there = Some((&table, Some(&declared)));
        key.check_within(4, (&table, &declared), there, &mut report, &Progress::default()).unwrap();
        assert_eq!((report.misfits, report.unchecked.len()), (0, 1));
        assert!(report.unchecked[0].reason.contains("more than 4 different keys"), "{report:?}");
        key.check_within(5, (&table, &declared), there, &mut report, &Progress::default()).unwrap();
        assert_eq!((report.misfits, report.cells[0].row, report.cells[0].value.as_str()), (5, 1, "9"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
