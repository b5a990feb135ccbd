//! SQLite: one writer thread with group commit, and readers on the threads that ask.

use crate::{DbError, Tx, waiting::Waiting};
use rusqlite::{Connection, config::DbConfig};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

/// Acts that share one commit, and so one fsync.
const GROUP_LIMIT: usize = 256;
/// Acts that may wait; the next one is told to come back.
pub(crate) const QUEUE_LIMIT: usize = 4_096;
/// Prepared statements each connection keeps.
const STATEMENTS_KEPT: usize = 256;
/// Reader connections that are kept for the next reader.
const READERS_KEPT: usize = 8;
/// How long a connection waits for another process, as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the writer waits while the file is written anew: acts come late then, but they are not turned away.
const SCRUB_TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) struct Sqlite {
    path: PathBuf,
    temporary: bool,
    queue: Mutex<Option<mpsc::SyncSender<Waiting>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Mutex<Vec<Connection>>,
    commits: Arc<AtomicU64>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, temporary: bool) -> Result<Self, DbError> {
        let synchronous = if temporary { "off" } else { "full" };
        let connection = connect(path)?;
        connection.busy_timeout(SCRUB_TIMEOUT)?;
        // What is deleted is overwritten with zeros at once (secure_delete), so that erased words do not stay in the file. What a
        // savepoint needs to go back is kept in memory (temp_store): as a file it was written, and thrown away, with every commit.
        connection.execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on; pragma secure_delete = on; \
             pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864; pragma cache_size = -32000; \
             pragma temp_store = memory;"
        ))?;
        let (queue, waiting) = mpsc::sync_channel(QUEUE_LIMIT);
        let commits = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&commits);
        let writer = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || write_until_closed(&connection, &waiting, &counted))
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(Self {
            path: path.to_owned(),
            temporary,
            queue: Mutex::new(Some(queue)),
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Vec::new()),
            commits,
        })
    }

    pub(crate) fn enqueue(&self, act: Waiting) -> Result<(), (DbError, Waiting)> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(queue) = queue else {
            return Err((DbError::Unavailable("the database is closed".to_owned()), act));
        };
        queue.try_send(act).map_err(|error| match error {
            mpsc::TrySendError::Full(act) => (DbError::Busy, act),
            mpsc::TrySendError::Disconnected(act) => (DbError::Unavailable("the writer has stopped".to_owned()), act),
        })
    }

    /// Runs a look on a reader connection, on the thread that asks, in one snapshot.
    pub(crate) fn read(&self, look: &mut dyn FnMut(&mut Tx<'_>)) -> Result<(), DbError> {
        let reader = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = reader.map_or_else(|| self.new_reader(), Ok)?;
        begin(&reader, "begin deferred")?;
        look(&mut Tx::sqlite(&reader));
        begin(&reader, "commit")?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        Ok(())
    }

    fn new_reader(&self) -> Result<Connection, DbError> {
        let reader = connect(&self.path)?;
        reader.execute_batch("pragma query_only = on; pragma cache_size = -8000;")?;
        Ok(reader)
    }

    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    pub(crate) fn check_integrity(&self) -> Result<(), DbError> {
        let said: String = connect(&self.path)?.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
        if said == "ok" { Ok(()) } else { Err(DbError::Other(said)) }
    }

    /// Writes the file anew and empties its log. `secure_delete` overwrites what is deleted, but where rows were moved between
    /// pages before, a copy may lie in the unused part of a page; only a new file holds nothing but what is there.
    pub(crate) fn scrub(&self) -> Result<(), DbError> {
        let connection = connect(&self.path)?;
        connection.busy_timeout(SCRUB_TIMEOUT)?;
        connection.execute_batch("pragma secure_delete = on; vacuum")?;
        let busy: i64 = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(DbError::Unavailable("somebody still reads the log".to_owned())) }
    }

    /// Lets the writer finish what waits, and folds the log into the file.
    pub(crate) fn close(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = writer.join();
        }
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.close();
        if self.temporary {
            for suffix in ["", "-wal", "-shm"] {
                let mut path = self.path.clone().into_os_string();
                path.push(suffix);
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

fn connect(path: &Path) -> Result<Connection, DbError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // Without this guarantee a statement with `limit $n` is planned anew each time its values change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

fn begin(connection: &Connection, sql: &str) -> Result<(), DbError> {
    connection.prepare_cached(sql)?.raw_execute()?;
    Ok(())
}

/// The one place where anything is written: takes the acts that wait, runs each in a savepoint of
/// its own, commits them together, and answers only after the commit has reached the disk.
fn write_until_closed(connection: &Connection, waiting: &mpsc::Receiver<Waiting>, commits: &AtomicU64) {
    let mut changes = connection.total_changes();
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_LIMIT {
            let Ok(next) = waiting.try_recv() else { break };
            group.push(next);
        }
        let committed = write_group(connection, &mut group);
        if committed.is_err() {
            let _ = begin(connection, "rollback");
        }
        // Counted before anybody is answered, so that whoever was answered finds the count changed.
        if connection.total_changes() != changes {
            changes = connection.total_changes();
            commits.fetch_add(1, Ordering::Release);
        }
        for act in group {
            act.answer(committed.clone());
        }
    }
    let _ = connection.execute_batch("pragma wal_checkpoint(truncate)");
}

fn write_group(connection: &Connection, group: &mut [Waiting]) -> Result<(), DbError> {
    begin(connection, "begin immediate")?;
    for act in group {
        begin(connection, "savepoint act")?;
        if !act.run(&mut Tx::sqlite(connection)) {
            begin(connection, "rollback to act")?;
        }
        begin(connection, "release act")?;
    }
    begin(connection, "commit")
}
