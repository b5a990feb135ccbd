//! A copy of an SQLite database while others write to it.
//!
//! First the file is copied and flushed as it stands, however long that takes; then what the log holds, which SQLite itself folds
//! into the copy. So a copy misses what came while the log was folded, and not what came while the whole file was read.
//!
//! It is one state and no mixture, because a reader is held from before the first byte to after the last: while it is there, no
//! checkpoint writes into the file what is newer than its snapshot, and nobody begins the log anew once more was written
//! (<https://www.sqlite.org/wal.html>, "Concurrency"; <https://www.sqlite.org/walformat.html>, 2.4 "WAL Locks"). A page that was
//! read half old and half new is whole in the log. An end of the log that is not whole fails its checksum, and counts as not written.

use crate::DbError;
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{File, remove_file},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long the reader waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Copies the SQLite database at `path`, which others may be writing to, to a file that must not be there yet.
///
/// It opens the database for reading alone, so that nothing of the town is folded or flushed on its behalf. Not for a process that shares
/// its database with other processes: when the copied files are closed, all locks of the process on them are given up
/// (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
///
/// # Errors
/// When the copy is there already, and when it cannot be written; what was written of it is removed then.
pub fn back_up(path: &Path, to: &Path) -> Result<(), DbError> {
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    reader.busy_timeout(BUSY_TIMEOUT)?;
    let copy = File::create_new(to).map_err(failed)?;
    let mut handles = Vec::new();
    let copied = copy_file_and_log(&reader, path, copy, to, &mut handles).and_then(|()| fold(to));
    if copied.is_err() {
        for left in [to.to_owned(), beside(to, "-wal"), beside(to, "-shm")] {
            let _ = remove_file(left);
        }
    }
    drop(reader);
    drop(handles);
    copied
}

fn copy_file_and_log(
    reader: &Connection,
    path: &Path,
    mut copy: File,
    to: &Path,
    handles: &mut Vec<File>,
) -> Result<(), DbError> {
    let snapshot = reader.unchecked_transaction()?;
    let _: i64 = snapshot.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    let file = kept(handles, File::open(path).map_err(failed)?);
    io::copy(file, &mut copy).and_then(|_| copy.sync_all()).map_err(failed)?;
    match File::open(beside(path, "-wal")) {
        Ok(log) => {
            let mut copy = File::create(beside(to, "-wal")).map_err(failed)?;
            io::copy(kept(handles, log), &mut copy).map_err(failed)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    snapshot.commit().map_err(DbError::from)
}

fn kept(handles: &mut Vec<File>, file: File) -> &mut File {
    handles.push(file);
    let last = handles.len() - 1;
    &mut handles[last]
}

/// Lets SQLite take the log into the copy, so that the copy is one file, and flushes it once.
fn fold(to: &Path) -> Result<(), DbError> {
    let copy = Connection::open(to)?;
    copy.execute_batch("pragma synchronous = off")?;
    let busy: i64 = copy.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(DbError::Other("somebody else has opened the copy".to_owned()));
    }
    copy.close().map_err(|(_, error)| error)?;
    File::open(to).and_then(|file| file.sync_all()).map_err(failed)
}

fn failed(error: io::Error) -> DbError {
    match error.kind() {
        io::ErrorKind::StorageFull => DbError::Full,
        _ => DbError::Other(format!("the copy cannot be written: {error}")),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
