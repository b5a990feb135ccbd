//! The proof of a decision as one file: what the record says of it, that it is in the record, and what was sealed. Whoever has the file can
//! check it, without the town.

use record::VerifierKey;
use serde::{Deserialize, Serialize};
use transparency_log::{Checkpoint, LogProof, leaf_hash};

/// What the file says it is.
pub const FORMAT: &str = "polity-proof@1";
/// Bytes a file may have.
pub const LIMIT_BYTES: usize = 2 * 1024 * 1024;

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofFile {
    /// [`FORMAT`].
    pub format: String,
    /// The address of the town.
    pub town: String,
    /// The reference of the application.
    pub code: String,
    /// The key that signs the record (c2sp.org/signed-note).
    pub key: String,
    /// The entry, byte for byte as it is in the record.
    pub entry: String,
    /// That it is in the record (c2sp.org/tlog-proof).
    pub proof: String,
    /// The salt of its seal.
    pub salt: String,
    /// What was sealed, byte for byte.
    pub sealed: String,
}

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The reference of the application.
    pub code: String,
    /// The place of the entry in the record.
    pub position: u64,
    /// What was said, as `application.decided`.
    pub said: String,
    /// When.
    pub at: String,
    /// What the entry says in public, as JSON.
    pub public: String,
    /// What was sealed, as JSON.
    pub sealed: String,
    /// The checkpoint of the record that holds it.
    pub checkpoint: Checkpoint,
    /// The key that signed it.
    pub key: VerifierKey,
}

/// What is read of an entry.
#[derive(Deserialize)]
struct Line {
    about: String,
    at: String,
    private: Option<String>,
    said: String,
    what: serde_json::Value,
}

/// Reads and checks a file: the entry is in the record that `trusted` signs (without it, the key that the file names), is about this application,
/// and seals just this text.
///
/// # Errors
/// A sentence that names the first thing that does not fit.
pub fn check_proof(text: &str, trusted: Option<VerifierKey>) -> Result<Proven, String> {
    if text.len() > LIMIT_BYTES {
        return Err(format!("the file is larger than {LIMIT_BYTES} bytes"));
    }
    let file: ProofFile = serde_json::from_str(text).map_err(|error| format!("the file is no proof: {error}"))?;
    if file.format != FORMAT {
        return Err(format!("the file says that it is “{}”, not {FORMAT}", file.format));
    }
    let key = match trusted {
        Some(key) => key,
        None => file.key.trim().parse().map_err(|error| format!("the key in the file: {error}"))?,
    };
    let proof: LogProof = file.proof.parse().map_err(|error| format!("the proof of the record: {error}"))?;
    let checkpoint = proof.verify(&leaf_hash(file.entry.as_bytes()), &key).map_err(|error| error.to_string())?;
    let line: Line = serde_json::from_str(&file.entry).map_err(|error| format!("the entry cannot be read: {error}"))?;
    if line.about != format!("application/{}", file.code) {
        return Err(format!("the entry is about {}, not about {}", line.about, file.code));
    }
    if line.private.as_deref() != Some(&format!("hmac-sha256:{}", record::seal(&file.salt, &file.sealed))) {
        return Err("what is said to be sealed is not what the entry seals".to_owned());
    }
    Ok(Proven {
        code: file.code,
        position: proof.index,
        said: line.said,
        at: line.at,
        public: line.what.to_string(),
        sealed: file.sealed,
        checkpoint,
        key,
    })
}
