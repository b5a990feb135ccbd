//! What the room does: load facts, decide, save, record, commit.

mod listening;
mod works;

pub use listening::{Ask, Settle, ask, settle};
pub use works::{Announcement, announce_works, call_off_works, change_works};

use sha2::{Digest, Sha256};

/// What the database keeps of a link's secret.
pub fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
