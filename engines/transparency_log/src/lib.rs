//! A tamper-evident log, without any input or output.
//!
//! A log is a list of entries that only grows. Its whole content is summed up in one hash, the
//! root of a Merkle tree (RFC 6962 section 2.1); a signed checkpoint binds the log to it; short
//! proofs show that an entry is in the tree, and that a later tree contains an earlier one. The
//! hashes are kept in tiles (c2sp.org/tlog-tiles) that anybody can fetch and check.

mod append;
mod checkpoint;
mod hash;
mod key;
mod log_check;
mod note;
mod proof;
mod tile;
mod tree;
mod witness;

pub use append::{Appended, TileUpdate, append};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use hash::{Hash, leaf_hash, node_hash};
pub use key::{KeyError, KeyKind, SigningKey, VerifierKey};
pub use log_check::{LogCheck, LogFault};
pub use note::{NoteError, Signed, open_note, signatures_of};
pub use proof::{LogProof, LogProofError};
pub use tile::{BundleError, ENTRY_LIMIT_BYTES, PathError, TILE_WIDTH, TileId, TilePath, decode_bundle, encode_bundle};
pub use tree::{consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion};
pub use witness::{AddCheckpoint, WitnessRefusal};
