//! Where tables are kept: a file each in one folder, and what was read of them lately in memory.

mod sweeping;
mod whole;

use crate::{Declared, Progress, Refused, Report, Sheet, TableInfo, Value, columns::Stored, ingest};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Bytes of columns that are kept in memory, of all tables together.
const KEPT_BYTES: usize = 256 * 1024 * 1024;
/// Tables whose descriptions are kept in memory.
const KEPT_TABLES: usize = 500;
/// Connections to one table that are kept for the next question.
const CONNECTIONS_KEPT: usize = 4;

/// The tables of a town. Clones share them.
#[derive(Clone)]
pub struct Shelf(Arc<Inside>);

struct Inside {
    folder: PathBuf,
    open: Mutex<BTreeMap<String, Arc<Open>>>,
}

/// A table that is open.
pub(crate) struct Open {
    path: PathBuf,
    pub(crate) info: TableInfo,
    columns: Vec<OnceLock<Arc<Stored>>>,
    /// Rows of each part, where columns are in parts.
    part_rows: Option<usize>,
    connections: Mutex<Vec<Connection>>,
}

/// A table to ask; perhaps with what says that its questions take too long.
#[derive(Clone)]
pub struct Table(pub(crate) Arc<Open>, Option<Arc<AtomicBool>>);

impl Shelf {
    /// The tables in this folder, which is made when the first is taken in.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Inside { folder: folder.into(), open: Mutex::new(BTreeMap::new()) }))
    }

    /// Takes a sheet in under a name, in the place of what was there. Waits for the disk: call it on a thread that may.
    ///
    /// # Errors
    /// [`Refused::Storage`] where the disk does not take it.
    pub fn take_in(&self, name: &str, sheet: &Sheet, declared: Option<&Declared>) -> Result<Report, Refused> {
        self.take_in_watched(name, sheet, declared, &Progress::default())
    }

    /// The same, saying how far it is. Stopped, it leaves nothing behind, and what was there stays.
    ///
    /// # Errors
    /// As [`Shelf::take_in`]; [`Refused::Stopped`].
    pub fn take_in_watched(
        &self,
        name: &str,
        sheet: &Sheet,
        declared: Option<&Declared>,
        progress: &Progress,
    ) -> Result<Report, Refused> {
        fs::create_dir_all(&self.0.folder)?;
        let path = self.path(name)?;
        let part = path.with_extension("part");
        gone(&part)?;
        let report = match ingest::take_in(sheet, declared, &part, progress) {
            Ok((_, report)) => report,
            Err(refused) => {
                let _gone = fs::remove_file(&part);
                return Err(refused);
            }
        };
        fs::rename(&part, &path)?;
        self.forget(name);
        gone(&path.with_extension("parquet"))?;
        Ok(report)
    }

    /// The table of this name.
    ///
    /// # Errors
    /// [`Refused::Gone`] where there is none.
    pub fn open(&self, name: &str) -> Result<Table, Refused> {
        if let Some(open) = self.lock().get(name) {
            return Ok(Table(Arc::clone(open), None));
        }
        let path = self.path(name)?;
        if !path.exists() {
            return Err(Refused::Gone);
        }
        let connection = connect(&path)?;
        let info: String = connection.query_row("select value from about where name = 'info'", [], |row| row.get(0))?;
        let info: TableInfo = serde_json::from_str(&info)?;
        let sql = "select value from about where name = 'part_rows'";
        let part_rows: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
        let part_rows =
            part_rows.and_then(|rows| rows.parse().ok()).filter(|rows: &usize| rows.is_multiple_of(64) && *rows > 0);
        let columns = info.columns.iter().map(|_| OnceLock::new()).collect();
        let open = Arc::new(Open { path, info, columns, part_rows, connections: Mutex::new(vec![connection]) });
        let mut kept = self.lock();
        if kept.len() >= KEPT_TABLES || bytes_of(&kept) > KEPT_BYTES {
            kept.clear();
        }
        kept.insert(name.to_owned(), Arc::clone(&open));
        Ok(Table(open, None))
    }

    /// Whether there is a table of this name.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).is_ok_and(|path| path.exists())
    }

    /// Takes a table away, if it is there.
    ///
    /// # Errors
    /// [`Refused::Storage`] where the disk does not do it.
    pub fn remove(&self, name: &str) -> Result<(), Refused> {
        self.forget(name);
        let path = self.path(name)?;
        gone(&path.with_extension("parquet"))?;
        gone(&path)
    }

    /// The file of a table; only for names of letters, digits and hyphens, so that no name leads out of the folder.
    pub(crate) fn path(&self, name: &str) -> Result<PathBuf, Refused> {
        let plain =
            !name.is_empty() && name.len() <= 120 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain { Ok(self.0.folder.join(format!("{name}.table"))) } else { Err(Refused::Gone) }
    }

    fn forget(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Open>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a file away, if it is there.
fn gone(path: &Path) -> Result<(), Refused> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn bytes_of(kept: &BTreeMap<String, Arc<Open>>) -> usize {
    kept.values().flat_map(|open| &open.columns).filter_map(OnceLock::get).map(|column| column.bytes()).sum()
}

fn connect(path: &Path) -> Result<Connection, Refused> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match Connection::open_with_flags(path, flags) {
        Err(_) if !path.exists() => return Err(Refused::Gone),
        opened => opened?,
    };
    connection.execute_batch("pragma query_only = on; pragma cache_size = -8000; pragma mmap_size = 1073741824;")?;
    Ok(connection)
}

impl Open {
    /// A column in memory, read when it is first asked for.
    pub(crate) fn column(&self, at: usize) -> Result<Arc<Stored>, Refused> {
        match self.columns.get(at).and_then(OnceLock::get) {
            Some(column) => Ok(Arc::clone(column)),
            None => self.with(|connection| self.column_on(connection, at)),
        }
    }

    fn column_on(&self, connection: &Connection, at: usize) -> Result<Arc<Stored>, Refused> {
        let place = self.columns.get(at).ok_or_else(|| Refused::Column(at.to_string()))?;
        if let Some(column) = place.get() {
            return Ok(Arc::clone(column));
        }
        let sql = "select what, words, numbers from stored where column = ?1";
        let packed: (String, String, Vec<u8>) =
            connection.query_row(sql, [number(at)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let read = Stored::unpack(&packed.0, &packed.1, &packed.2)?;
        Ok(Arc::clone(place.get_or_init(|| Arc::new(read))))
    }

    /// Whether its columns are in parts, because they are too large to be in memory; then there are no rows beside them.
    pub(crate) fn is_large(&self) -> bool {
        self.part_rows.is_some()
    }

    /// How many parts each column has, and how many rows each but the last of them; all of it, where it is in one piece.
    pub(crate) fn parts(&self) -> (usize, usize) {
        let rows = usize::try_from(self.info.rows).unwrap_or(usize::MAX);
        self.part_rows.map_or((1, rows), |part_rows| (rows.div_ceil(part_rows), part_rows))
    }

    /// A part of a column; the column itself where it is in one piece. Parts are not kept in memory.
    pub(crate) fn part(&self, at: usize, part: usize) -> Result<Arc<Stored>, Refused> {
        let column = self.column(at)?;
        match &*column {
            Stored::Parts(values) => self.with(|connection| read_part(connection, values, (at, part))),
            _ => Ok(column),
        }
    }

    /// The same on a connection of one's own.
    pub(crate) fn part_on(&self, connection: &Connection, at: usize, part: usize) -> Result<Arc<Stored>, Refused> {
        let column = self.column_on(connection, at)?;
        match &*column {
            Stored::Parts(values) => read_part(connection, values, (at, part)),
            _ => Ok(column),
        }
    }

    /// A connection for one walk, which holds its file even when another takes its place. Where it goes through the whole file once, what is
    /// behind it is not kept, neither by the engine nor as a map of the file, so that a stream takes a few megabytes however large the table is.
    pub(crate) fn open_for_walk(&self, goes_once: bool) -> Result<Connection, Refused> {
        let connection = connect(&self.path)?;
        if goes_once {
            connection.execute_batch("pragma mmap_size = 0; pragma cache_size = -2000;")?;
        }
        Ok(connection)
    }

    /// Runs something on a connection of this table.
    pub(crate) fn with<T>(&self, run: impl FnOnce(&Connection) -> Result<T, Refused>) -> Result<T, Refused> {
        let kept = self.connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = kept.map_or_else(|| connect(&self.path), Ok)?;
        let answer = run(&connection);
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if connections.len() < CONNECTIONS_KEPT {
            connections.push(connection);
        }
        answer
    }
}

fn read_part(
    connection: &Connection,
    values: &Arc<[Value]>,
    (at, part): (usize, usize),
) -> Result<Arc<Stored>, Refused> {
    let mut read = connection.prepare_cached("select numbers from parts where column = ?1 and part = ?2")?;
    let mut rows = read.query([number(at), number(part)])?;
    let row = rows.next()?.ok_or_else(|| Refused::Storage("a part of a column is missing".to_owned()))?;
    let bytes = row.get_ref(0)?.as_blob().map_err(|error| Refused::Storage(error.to_string()))?;
    crate::parts::unpack(bytes, values).map(Arc::new)
}

fn number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(-1)
}

impl Table {
    /// What is known of it.
    pub fn info(&self) -> &TableInfo {
        &self.0.info
    }

    /// Whether it is so large that its columns are in parts: a question may read all of them.
    pub fn is_large(&self) -> bool {
        self.0.is_large()
    }

    /// The same table, whose questions are refused from the moment on at which this becomes true; a [`crate::Walk`] that has begun goes on.
    #[must_use]
    pub fn until(self, over: Arc<AtomicBool>) -> Self {
        Self(self.0, Some(over))
    }

    /// [`Refused::TooSlow`] once a question has taken too long.
    pub(crate) fn go_on(&self) -> Result<(), Refused> {
        let is_over = self.1.as_ref().is_some_and(|over| over.load(Ordering::Relaxed));
        if is_over { Err(Refused::TooSlow) } else { Ok(()) }
    }

    /// A part of a column, as long as there is time.
    pub(crate) fn part(&self, at: usize, part: usize) -> Result<Arc<Stored>, Refused> {
        self.go_on()?;
        self.0.part(at, part)
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;
    use std::{fs, time::Duration};

    #[test]
    fn what_is_left_behind_is_taken_away_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("polity-shelf-{}", std::process::id()));
        let shelf = Shelf::new(&folder);
        assert!(shelf.remove_ending("-f1").is_ok(), "nothing is there");
        fs::create_dir_all(&folder).unwrap();
        let all = [
            "a-f1.table",
            "a-f1.parquet",
            "b-f1.table",
            "c-f1.part",
            "c-f1.part-journal",
            "a-f2.table",
            "b-f2.part",
            "notes.txt",
        ];
        let write = |name: &&str| fs::write(folder.join(name), b"x").unwrap();
        all.iter().for_each(write);
        let there = || {
            let mut names: Vec<String> =
                fs::read_dir(&folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        assert!(shelf.remove_ending("").is_err() && shelf.remove_ending("/f1").is_err());
        shelf.remove_ending("-f1").unwrap();
        assert_eq!(there(), ["a-f2.table", "b-f2.part", "notes.txt"]);

        all.iter().for_each(write);
        let keeps = |name: &str| name == "a-f1";
        let written = fs::metadata(folder.join("notes.txt")).unwrap().modified().unwrap();
        shelf.sweep(written - Duration::from_secs(3_600), &keeps).unwrap();
        assert_eq!(there().len(), all.len(), "they are young");
        shelf.sweep(written + Duration::from_secs(60), &keeps).unwrap();
        assert_eq!(there(), ["a-f1.parquet", "a-f1.table", "notes.txt"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
