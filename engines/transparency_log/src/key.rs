//! Keys of signed notes (c2sp.org/signed-note): a log's, which signs, and a witness's, which cosigns.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer, Verifier};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// What a key is for; its type byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Signs notes: Ed25519, type 0x01 of c2sp.org/signed-note.
    Log,
    /// Cosigns checkpoints with a time: Ed25519, type 0x04 of c2sp.org/tlog-cosignature.
    Cosigner,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Cosigner => 0x04,
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Log, Self::Cosigner].into_iter().find(|kind| kind.byte() == byte)
    }
}

/// The text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key of a signed note: {0}")]
pub struct KeyError(&'static str);

/// A private key.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    kind: KeyKind,
    key: ed25519_dalek::SigningKey,
}

/// The public half, which anybody may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: ed25519_dalek::VerifyingKey,
}

impl SigningKey {
    /// The key of the log `name` that belongs to 32 random bytes.
    ///
    /// # Errors
    /// When the name is empty or has blanks or a plus sign.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::of_kind(KeyKind::Log, name, seed)
    }

    /// The same for a witness.
    ///
    /// # Errors
    /// When the name is empty or has blanks or a plus sign.
    pub fn cosigner_from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::of_kind(KeyKind::Cosigner, name, seed)
    }

    fn of_kind(kind: KeyKind, name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), kind, key: ed25519_dalek::SigningKey::from_bytes(seed) })
    }

    /// The name of the log or witness.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), kind: self.kind, key: self.key.verifying_key() }
    }

    /// As it is kept in a file: `PRIVATE+KEY+<name>+<hash>+<key>`.
    pub fn secret_text(&self) -> String {
        let typed = [&[self.kind.byte()][..], self.key.as_bytes()].concat();
        format!("PRIVATE+KEY+{}+{:08x}+{}", self.name, self.verifier().id(), BASE64_STANDARD.encode(typed))
    }

    /// A signature line of a note, with its line feed, out of the bytes a kind of key signs with.
    pub(crate) fn line(&self, before: &[u8], message: &[u8]) -> String {
        let signature = self.key.sign(message).to_bytes();
        let id = self.verifier().id().to_be_bytes();
        format!("— {} {}\n", self.name, BASE64_STANDARD.encode([&id[..], before, &signature].concat()))
    }
}

impl FromStr for SigningKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(KeyError("it begins with PRIVATE+KEY+"))?;
        let (name, id, kind, seed) = parts_of(rest)?;
        let key = Self::of_kind(kind, name, &seed)?;
        if id == key.verifier().id() { Ok(key) } else { Err(KeyError("its hash does not fit")) }
    }
}

impl VerifierKey {
    /// The name of the log or witness.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    fn typed_key(&self) -> Vec<u8> {
        [&[self.kind.byte()][..], self.key.as_bytes()].concat()
    }

    /// The first four bytes of SHA-256 over the name, a line feed and the key with its type.
    pub(crate) fn id(&self) -> u32 {
        let hash = Sha256::new().chain_update(&self.name).chain_update(b"\n").chain_update(self.typed_key()).finalize();
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
    }

    /// Whether the 64 bytes are this key's signature of the message.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify(message, &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id(), BASE64_STANDARD.encode(self.typed_key()))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, kind, key) = parts_of(text.trim())?;
        let key =
            ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| KeyError("it is not a point of the curve"))?;
        let verifier = Self { name: name.to_owned(), kind, key };
        if id == verifier.id() { Ok(verifier) } else { Err(KeyError("its hash does not fit")) }
    }
}

fn parts_of(text: &str) -> Result<(&str, u32, KeyKind, [u8; 32]), KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError("it is <name>+<hash>+<key>"));
    };
    check_name(name)?;
    let id = if id.len() == 8 { u32::from_str_radix(id, 16).ok() } else { None };
    let id = id.ok_or(KeyError("its hash has eight hexadecimal digits"))?;
    let key = BASE64_STANDARD.decode(key).map_err(|_| KeyError("the key is base64"))?;
    let (kind, key) = key.split_first().ok_or(KeyError("the key is empty"))?;
    let kind = KeyKind::of(*kind).ok_or(KeyError("only Ed25519 keys are known"))?;
    Ok((name, id, kind, key.try_into().map_err(|_| KeyError("an Ed25519 key has 32 bytes"))?))
}

pub(crate) fn check_name(name: &str) -> Result<(), KeyError> {
    let fits = !name.is_empty() && !name.contains('+') && !name.chars().any(|c| c.is_whitespace() || c.is_control());
    if fits { Ok(()) } else { Err(KeyError("a name has no blanks and no plus sign")) }
}
