//! The last checkpoint, kept outside the database, so that a restored old database is noticed.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use transparency_log::{Checkpoint, CheckpointError, VerifierKey};

/// Why the kept checkpoint cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// The file cannot be read or written.
    #[error("the checkpoint kept outside the database cannot be used: {0}")]
    File(#[from] io::Error),
    /// Its content is not ours.
    #[error("the checkpoint kept outside the database is not one of this record: {0}")]
    Content(#[from] CheckpointError),
}

/// The newest checkpoint this machine has seen, in a file (or in memory only, for tests).
#[derive(Debug)]
pub struct KeptOutside {
    path: Option<PathBuf>,
    last: Mutex<Option<Checkpoint>>,
    learnt: Mutex<Option<Checkpoint>>,
}

impl KeptOutside {
    /// Reads the file, where there is one.
    ///
    /// # Errors
    /// [`OutsideError`].
    pub fn open(path: &Path, key: &VerifierKey) -> Result<Self, OutsideError> {
        let last = match fs::read_to_string(path) {
            Ok(note) => Some(Checkpoint::open(&note, key)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path: Some(path.to_owned()), last: Mutex::new(last), learnt: Mutex::default() })
    }

    /// Keeps it in memory only.
    pub fn in_memory() -> Self {
        Self { path: None, last: Mutex::new(None), learnt: Mutex::default() }
    }

    /// The newest checkpoint seen.
    pub fn last(&self) -> Option<Checkpoint> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hears of a checkpoint of this record that somebody else kept, as a witness does. Nothing is signed until the
    /// database contains it.
    pub fn learn(&self, checkpoint: Checkpoint) {
        let mut learnt = self.learnt.lock().unwrap_or_else(PoisonError::into_inner);
        if learnt.as_ref().is_none_or(|learnt| learnt.size <= checkpoint.size) {
            *learnt = Some(checkpoint);
        }
    }

    /// What the database must contain: the newest checkpoint seen, and what was heard since.
    pub fn all(&self) -> Vec<Checkpoint> {
        let learnt = self.learnt.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.last().into_iter().chain(learnt).collect()
    }

    /// The database was seen to contain what was heard.
    pub(crate) fn agreed(&self, size: u64) {
        let mut learnt = self.learnt.lock().unwrap_or_else(PoisonError::into_inner);
        if learnt.as_ref().is_some_and(|learnt| learnt.size <= size) {
            *learnt = None;
        }
    }

    /// Keeps a newer checkpoint: the file is whole and on the disk before this returns, and only
    /// then may the checkpoint be shown to anybody.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, checkpoint: &Checkpoint, note: &str) -> Result<(), OutsideError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_some_and(|last| last.size >= checkpoint.size) {
            return Ok(());
        }
        if let Some(path) = &self.path {
            replace_file(path, note)?;
        }
        *last = Some(checkpoint.clone());
        Ok(())
    }
}

/// Puts a text in the place of a file: whole, and on the disk, before this returns.
///
/// # Errors
/// When it cannot be written; then the old file is still there.
pub fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::File::open(folder)?.sync_all(),
        _ => fs::File::open(".")?.sync_all(),
    }
}
