//! Secrets that people and programs show to us. We keep only what they hash to.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use civic::Chance;
use sha2::{Digest, Sha256};

/// Characters of a secret: 32 random bytes in base64url (RFC 4648 section 5).
pub(crate) const SECRET_LENGTH: usize = 43;

/// Draws a secret of 256 random bits.
pub(crate) fn draw(chance: &dyn Chance) -> String {
    let mut bytes = [0_u8; 32];
    chance.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the database keeps of a secret: SHA-256 in hexadecimal. No salt or slow hash is
/// needed, because nobody can guess 256 random bits.
pub(crate) fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Whether a text can be a secret of ours at all; anything else needs no look into the database.
pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
