//! What a log asks of a witness (c2sp.org/tlog-witness), and what a witness decides.

use crate::{Checkpoint, CheckpointError, Hash, NoteError, VerifierKey, tile::decimal, verify_consistency};
use std::{fmt, str::FromStr};

/// Hashes a proof may have (c2sp.org/tlog-witness, "add-checkpoint").
const PROOF_LIMIT: usize = 63;

/// The body of `add-checkpoint`: a checkpoint, and the proof that it contains the one of `old_size`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last.
    pub old_size: u64,
    /// A consistency proof (RFC 6962 section 2.1.2), empty when there is nothing to prove.
    pub proof: Vec<Hash>,
    /// The signed note.
    pub note: String,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessRefusal {
    /// The body cannot be read, or its sizes are the wrong way round.
    #[error("this cannot be read: {0}")]
    Malformed(&'static str),
    /// It does not watch this log.
    #[error("the log “{0}” is not watched here")]
    UnknownLog(String),
    /// The log's key did not sign this.
    #[error("the key of this log did not sign it")]
    NotSigned,
    /// It cosigned another size last.
    #[error("the last checkpoint that was cosigned here has {0} entries")]
    OtherSize(u64),
    /// The new tree does not contain the old one.
    #[error("the proof does not show that this record contains the one seen before")]
    NotConsistent,
}

impl WitnessRefusal {
    /// The HTTP status that the standard gives it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::NotSigned => 403,
            Self::UnknownLog(_) => 404,
            Self::OtherSize(_) => 409,
            Self::NotConsistent => 422,
        }
    }
}

impl AddCheckpoint {
    /// The log it is about, not believed yet.
    ///
    /// # Errors
    /// [`WitnessRefusal::Malformed`].
    pub fn origin(&self) -> Result<&str, WitnessRefusal> {
        self.note.split('\n').next().filter(|line| !line.is_empty()).ok_or(WitnessRefusal::Malformed("no log is named"))
    }

    /// Decides, for a witness that cosigned `last` of this log (size and root), or nothing yet.
    ///
    /// # Errors
    /// [`WitnessRefusal`]; then nothing may be cosigned.
    pub fn judge(&self, last: Option<(u64, Hash)>, log: &VerifierKey) -> Result<Checkpoint, WitnessRefusal> {
        let checkpoint = Checkpoint::open(&self.note, log).map_err(|error| match error {
            CheckpointError::Note(NoteError::Unsigned | NoteError::WrongSignature(_)) => WitnessRefusal::NotSigned,
            CheckpointError::OtherLog(name) => WitnessRefusal::UnknownLog(name),
            CheckpointError::Note(NoteError::Malformed(why)) | CheckpointError::Malformed(why) => {
                WitnessRefusal::Malformed(why)
            }
        })?;
        if self.old_size > checkpoint.size {
            return Err(WitnessRefusal::Malformed("the old size is larger than the new one"));
        }
        let (size, root) = last.unwrap_or((0, Hash::of_nothing()));
        if size != self.old_size {
            return Err(WitnessRefusal::OtherSize(size));
        }
        if self.contains(size, &root, &checkpoint) { Ok(checkpoint) } else { Err(WitnessRefusal::NotConsistent) }
    }

    fn contains(&self, size: u64, root: &Hash, checkpoint: &Checkpoint) -> bool {
        if checkpoint.size == 0 && checkpoint.root != Hash::of_nothing() {
            return false;
        }
        match size {
            0 => self.proof.is_empty(),
            same if same == checkpoint.size => self.proof.is_empty() && *root == checkpoint.root,
            old => verify_consistency(old, checkpoint.size, &self.proof, root, &checkpoint.root),
        }
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

impl FromStr for AddCheckpoint {
    type Err = WitnessRefusal;
    fn from_str(text: &str) -> Result<Self, WitnessRefusal> {
        let malformed = WitnessRefusal::Malformed;
        let (head, note) = text.split_once("\n\n").ok_or(malformed("there is no blank line"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old_size = old.ok_or(malformed("the first line is “old” with a size"))?;
        let proof: Vec<Hash> = lines.map(str::parse).collect::<Result<_, _>>().map_err(malformed)?;
        if proof.len() > PROOF_LIMIT {
            return Err(malformed("the proof has more hashes than a tree is high"));
        }
        Ok(Self { old_size, proof, note: note.to_owned() })
    }
}
