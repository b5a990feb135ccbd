//! Signed notes (c2sp.org/signed-note) with Ed25519 keys.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer, Verifier};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// The type byte of Ed25519 keys.
const ED25519: u8 = 0x01;
/// Bytes a note may have.
const NOTE_LIMIT_BYTES: usize = 100_000;
/// Signatures a note may carry.
const SIGNATURES_LIMIT: usize = 100;

/// The text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key of a signed note: {0}")]
pub struct KeyError(&'static str);

/// Why a note is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not a signed note.
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    /// No key that we know signed it.
    #[error("no known key signed this note")]
    Unsigned,
    /// A key that we know is named, but the signature is wrong.
    #[error("the signature of {0} is wrong")]
    WrongSignature(String),
}

/// The key of a log, which signs.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

/// The public half, which anybody may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl SigningKey {
    /// The key of the log `name` that belongs to 32 random bytes.
    ///
    /// # Errors
    /// When the name is empty or has blanks or a plus sign.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(seed) })
    }

    /// The name of the log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// As it is kept in a file: `PRIVATE+KEY+<name>+<hash>+<key>`.
    pub fn secret_text(&self) -> String {
        let id = key_id(&self.name, &self.verifier().typed_key());
        format!(
            "PRIVATE+KEY+{}+{id:08x}+{}",
            self.name,
            BASE64_STANDARD.encode([&[ED25519][..], self.key.as_bytes()].concat())
        )
    }

    /// Signs a text, which must end with a line feed: the text, a blank line, and the signature.
    pub fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let id = key_id(&self.name, &self.verifier().typed_key()).to_be_bytes();
        format!("{text}\n— {} {}\n", self.name, BASE64_STANDARD.encode([&id[..], &signature].concat()))
    }
}

impl FromStr for SigningKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(KeyError("it begins with PRIVATE+KEY+"))?;
        let (name, id, key) = parts_of(rest)?;
        let seed = key.try_into().map_err(|_| KeyError("an Ed25519 key has 32 bytes"))?;
        let key = Self::from_seed(name, &seed)?;
        if id == key_id(name, &key.verifier().typed_key()) { Ok(key) } else { Err(KeyError("its hash does not fit")) }
    }
}

impl VerifierKey {
    /// The name of the log.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn typed_key(&self) -> Vec<u8> {
        [&[ED25519][..], self.key.as_bytes()].concat()
    }

    fn id(&self) -> u32 {
        key_id(&self.name, &self.typed_key())
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
        let (name, id, key) = parts_of(text.trim())?;
        let key: [u8; 32] = key.try_into().map_err(|_| KeyError("an Ed25519 key has 32 bytes"))?;
        let key =
            ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| KeyError("it is not a point of the curve"))?;
        let verifier = Self { name: name.to_owned(), key };
        if id == verifier.id() { Ok(verifier) } else { Err(KeyError("its hash does not fit")) }
    }
}

/// Opens a note: its text, when at least one of the keys signed it and none of them wrongly.
/// Signatures by keys that we do not know are passed over.
///
/// # Errors
/// [`NoteError`].
pub fn open_note<'n>(note: &'n str, keys: &[VerifierKey]) -> Result<&'n str, NoteError> {
    if note.len() > NOTE_LIMIT_BYTES {
        return Err(NoteError::Malformed("it is too long"));
    }
    if note.chars().any(|c| c.is_control() && c != '\n') {
        return Err(NoteError::Malformed("it has control characters"));
    }
    let split = note.rfind("\n\n").ok_or(NoteError::Malformed("there is no blank line"))?;
    let (text, signatures) = (&note[..=split], &note[split + 2..]);
    let signatures = signatures.strip_suffix('\n').ok_or(NoteError::Malformed("the last line has no end"))?;
    let mut believed = false;
    for (number, line) in signatures.split('\n').enumerate() {
        if number >= SIGNATURES_LIMIT {
            return Err(NoteError::Malformed("it has too many signatures"));
        }
        believed |= check_line(text, line, keys)?;
    }
    if believed { Ok(text) } else { Err(NoteError::Unsigned) }
}

/// Whether a known key signed; an unknown key's line only has to look like one.
fn check_line(text: &str, line: &str, keys: &[VerifierKey]) -> Result<bool, NoteError> {
    let malformed = NoteError::Malformed("a signature line is broken");
    let (name, signature) = line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(malformed.clone())?;
    check_name(name).map_err(|_| malformed.clone())?;
    let bytes = BASE64_STANDARD.decode(signature).map_err(|_| malformed.clone())?;
    let (id, signature) = bytes.split_first_chunk::<4>().filter(|(_, rest)| !rest.is_empty()).ok_or(malformed)?;
    let id = u32::from_be_bytes(*id);
    let Some(key) = keys.iter().find(|key| key.name == name && key.id() == id) else { return Ok(false) };
    let signature = Signature::from_slice(signature).map_err(|_| NoteError::WrongSignature(name.to_owned()))?;
    key.key.verify(text.as_bytes(), &signature).map(|()| true).map_err(|_| NoteError::WrongSignature(name.to_owned()))
}

/// The first four bytes of SHA-256 over the name, a line feed and the key with its type.
fn key_id(name: &str, typed_key: &[u8]) -> u32 {
    let hash = Sha256::new().chain_update(name).chain_update(b"\n").chain_update(typed_key).finalize();
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

fn parts_of(text: &str) -> Result<(&str, u32, Vec<u8>), KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError("it is <name>+<hash>+<key>"));
    };
    check_name(name)?;
    let id = if id.len() == 8 { u32::from_str_radix(id, 16).ok() } else { None };
    let id = id.ok_or(KeyError("its hash has eight hexadecimal digits"))?;
    let key = BASE64_STANDARD.decode(key).map_err(|_| KeyError("the key is base64"))?;
    match key.split_first() {
        Some((&ED25519, key)) => Ok((name, id, key.to_vec())),
        _ => Err(KeyError("only Ed25519 keys are known")),
    }
}

fn check_name(name: &str) -> Result<(), KeyError> {
    let fits = !name.is_empty() && !name.contains('+') && !name.chars().any(|c| c.is_whitespace() || c.is_control());
    if fits { Ok(()) } else { Err(KeyError("a name has no blanks and no plus sign")) }
}
