//! A copy of an SQLite database while others write to it.
//!
//! First the file is copied and flushed as it stands, however long that takes; then what the log holds, which SQLite itself folds
//! into the copy. So a copy misses what came while the log was folded, and not what came while the whole file was read.
//!
//! It is one state and no mixture, because a reader is held from before the first byte to after the last: while it is there, no
//! checkpoint writes into the file what is newer than its snapshot (<https://www.sqlite.org/wal.html>, "Concurrency";
//! <https://www.sqlite.org/walformat.html>, 2.4 "WAL Locks"). A page that was read half old and half new is whole in the log. An
//! end of the log that is not whole fails its checksum, and counts as not written. Where the file held all of the log already when the
//! reader began, somebody may begin the log anew meanwhile: then its header has other salts (2.1), and it is copied once more.

use crate::DbError;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fs::{File, remove_file},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Bytes of the header of a log (<https://www.sqlite.org/fileformat2.html>, 4.1).
const LOG_HEADER_BYTES: u64 = 32;
/// How often a log is read that is begun anew meanwhile: one more time is enough, unless somebody does nothing else.
const LOG_TRIES: usize = 5;
/// How long the reader waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Copies the SQLite database at `path`, which others may be writing to, to a file that must not be there yet.
///
/// It only reads, and folds nothing at its end. Not for a process that shares
/// its database with other processes: when the copied files are closed, all locks of the process on them are given up
/// (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
///
/// # Errors
/// When the copy is there already, and when it cannot be written; what was written of it is removed then.
pub fn back_up(path: &Path, to: &Path) -> Result<(), DbError> {
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    reader.busy_timeout(BUSY_TIMEOUT)?;
    // Where nobody serves the town, this connection is the last one, and would fold the log into the file at its end.
    reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
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
            copy_log(kept(handles, log), &mut copy).map_err(failed)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    snapshot.commit().map_err(DbError::from)
}

/// Copies a log that others append to, and once more where it was begun anew or cut off meanwhile.
fn copy_log(log: &mut (impl Read + Seek), copy: &mut (impl Write + Seek + Cut)) -> io::Result<()> {
    for _ in 0..LOG_TRIES {
        let before = header(log)?;
        log.rewind()?;
        copy.cut()?;
        let copied = io::copy(log, copy)?;
        if header(log)? == before && log.seek(SeekFrom::End(0))? >= copied {
            return Ok(());
        }
    }
    Err(io::Error::other("the log of the town was begun anew each time it was read"))
}

/// The salts of a log and all else that its header says; less where it is empty.
fn header(log: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut header = Vec::with_capacity(LOG_HEADER_BYTES as usize);
    log.rewind()?;
    log.take(LOG_HEADER_BYTES).read_to_end(&mut header)?;
    Ok(header)
}

/// What can be emptied, to be written anew.
trait Cut {
    fn cut(&mut self) -> io::Result<()>;
}

impl Cut for File {
    fn cut(&mut self) -> io::Result<()> {
        self.set_len(0)?;
        self.rewind()
    }
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

#[cfg(test)]
mod tests {
    use super::{Cut, copy_log};
    use std::io::{self, Cursor, Read, Seek, SeekFrom};

    /// A log that becomes another one once `after` bytes of it were read.
    struct Anew {
        now: Cursor<Vec<u8>>,
        later: Option<Vec<u8>>,
        after: usize,
    }

    impl Read for Anew {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let got = self.now.read(into)?;
            self.after = self.after.saturating_sub(got);
            if self.after == 0
                && let Some(later) = self.later.take()
            {
                let at = self.now.position();
                self.now = Cursor::new(later);
                self.now.set_position(at);
            }
            Ok(got)
        }
    }

    impl Seek for Anew {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.now.seek(to)
        }
    }

    impl Cut for Cursor<Vec<u8>> {
        fn cut(&mut self) -> io::Result<()> {
            self.get_mut().clear();
            self.set_position(0);
            Ok(())
        }
    }

    #[test]
    fn a_log_that_is_begun_anew_meanwhile_is_copied_once_more() {
        let old = vec![1_u8; 40_000];
        for later in [vec![2_u8; 50_000], vec![2_u8; 100], Vec::new()] {
            let mut log = Anew { now: Cursor::new(old.clone()), later: Some(later.clone()), after: 20_000 };
            let mut copy = Cursor::new(Vec::new());
            copy_log(&mut log, &mut copy).unwrap();
            assert_eq!(copy.into_inner(), later, "all of the new log and nothing of the old one");
        }
        let mut log = Anew { now: Cursor::new(old.clone()), later: None, after: 0 };
        let mut copy = Cursor::new(Vec::new());
        copy_log(&mut log, &mut copy).unwrap();
        assert_eq!(copy.into_inner(), old);
    }
}
