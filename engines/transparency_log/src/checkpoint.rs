//! Checkpoints (c2sp.org/tlog-checkpoint): what a log says of itself at one moment.

use crate::{Hash, NoteError, SigningKey, VerifierKey, open_note, tile::decimal};

/// The log `origin` has `size` entries with this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: the first line, and the name of its key.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Why a checkpoint cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it is not believed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not a checkpoint.
    #[error("not a checkpoint: {0}")]
    Malformed(&'static str),
    /// It speaks for another log.
    #[error("a checkpoint of “{0}”, another log")]
    OtherLog(String),
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// The signed note.
    pub fn sign(&self, key: &SigningKey) -> String {
        key.sign(&self.text())
    }

    /// Reads the text of a checkpoint; extension lines are allowed and passed over.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let mut lines = text.strip_suffix('\n').ok_or(malformed("the last line has no end"))?.split('\n');
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(malformed("the first line names the log"))?;
        let size = lines.next().and_then(decimal).ok_or(malformed("the second line is the size"))?;
        let root = lines.next().and_then(|line| line.parse().ok()).ok_or(malformed("the third line is the root"))?;
        if lines.any(str::is_empty) {
            return Err(malformed("extension lines are not empty"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// Opens a signed checkpoint of the log that `key` belongs to.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse(open_note(note, std::slice::from_ref(key))?)?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(CheckpointError::OtherLog(checkpoint.origin)) }
    }
}
