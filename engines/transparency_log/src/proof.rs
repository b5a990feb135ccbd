//! Proofs that stand alone (c2sp.org/tlog-proof): an entry's receipt.

use crate::{Checkpoint, CheckpointError, Hash, VerifierKey, tile::decimal, verify_inclusion};
use std::{fmt, str::FromStr};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// Hashes a proof may have: the height of a tree of 2^63 entries.
const HASHES_LIMIT: usize = 63;

/// An entry's place, its inclusion proof, and the signed checkpoint of the tree it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// The entry's number, counting from 0.
    pub index: u64,
    /// Siblings from the leaf upward.
    pub hashes: Vec<Hash>,
    /// The signed note.
    pub checkpoint: String,
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogProofError {
    /// The text is not a proof.
    #[error("not a proof of a transparency log: {0}")]
    Malformed(&'static str),
    /// The checkpoint is not believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The entry is not where the proof says.
    #[error("the proof does not lead from this entry to the root of the checkpoint")]
    NotIncluded,
}

impl LogProof {
    /// Checks that the log of `key` holds the entry with this hash at this place.
    ///
    /// # Errors
    /// [`LogProofError`].
    pub fn verify(&self, leaf: &Hash, key: &VerifierKey) -> Result<Checkpoint, LogProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        if verify_inclusion(leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root) {
            Ok(checkpoint)
        } else {
            Err(LogProofError::NotIncluded)
        }
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}\nindex {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for LogProof {
    type Err = LogProofError;
    fn from_str(text: &str) -> Result<Self, LogProofError> {
        let malformed = LogProofError::Malformed;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(malformed("there is no blank line"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return Err(malformed("the first line is c2sp.org/tlog-proof@v1"));
        }
        let mut line = lines.next().ok_or(malformed("there is no index"))?;
        if line.starts_with("extra ") {
            line = lines.next().ok_or(malformed("there is no index"))?;
        }
        let index = line.strip_prefix("index ").and_then(decimal).ok_or(malformed("the index is a decimal number"))?;
        let hashes: Vec<Hash> = lines.map(str::parse).collect::<Result<_, _>>().map_err(malformed)?;
        if hashes.len() > HASHES_LIMIT {
            return Err(malformed("it has more hashes than a tree is high"));
        }
        Ok(Self { index, hashes, checkpoint: checkpoint.to_owned() })
    }
}
