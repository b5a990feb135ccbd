//! Watching a record from outside: what is shown now must contain what was shown before.

use crate::verify::{Reader, VerifyError};
use transparency_log::{Checkpoint, TilePath, VerifierKey, consistency_proof, verify_consistency};

/// A checkpoint as it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The signed note.
    pub note: String,
}

impl Seen {
    /// Reads a note.
    ///
    /// # Errors
    /// [`VerifyError::Checkpoint`].
    pub fn read(note: String, key: &VerifierKey) -> Result<Self, VerifyError> {
        Ok(Self { checkpoint: Checkpoint::open(&note, key)?, note })
    }
}

/// How a record contradicts itself; both checkpoints are signed, so that together they are the evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// It is shorter than it was.
    #[error("the record went back: it had {before} entries and now shows {now}")]
    WentBack {
        /// Entries before.
        before: u64,
        /// Entries now.
        now: u64,
    },
    /// It does not contain what was seen.
    #[error("the record was rewritten: its {now} entries do not contain the {before} seen before")]
    Rewritten {
        /// Entries before.
        before: u64,
        /// Entries now.
        now: u64,
    },
}

/// The checkpoint that a record shows now.
///
/// # Errors
/// [`VerifyError`].
pub fn shown_now(reader: &Reader, key: &VerifierKey) -> Result<Seen, VerifyError> {
    Seen::read(reader.text("checkpoint")?, key)
}

/// Whether the newer checkpoint's tree, whose tiles the reader has, contains the older one.
///
/// # Errors
/// When tiles cannot be read.
pub fn contradiction(
    reader: &Reader,
    older: &Checkpoint,
    newer: &Checkpoint,
) -> Result<Option<Contradiction>, VerifyError> {
    let (before, now) = (older.size, newer.size);
    if now < before {
        return Ok(Some(Contradiction::WentBack { before, now }));
    }
    let contained = if before == now {
        older.root == newer.root
    } else if before == 0 {
        true
    } else {
        let mut tile = |id| reader.bytes(&TilePath::Hashes(id).to_string());
        let proof = consistency_proof(before, now, &mut tile)?;
        verify_consistency(before, now, &proof, &older.root, &newer.root)
    };
    Ok((!contained).then_some(Contradiction::Rewritten { before, now }))
}
