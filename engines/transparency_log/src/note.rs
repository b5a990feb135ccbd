//! Signed notes (c2sp.org/signed-note) with Ed25519 keys, and cosignatures on them (c2sp.org/tlog-cosignature).

use crate::key::{KeyKind, SigningKey, VerifierKey, check_name};
use base64::{Engine as _, prelude::BASE64_STANDARD};

/// Bytes a note may have.
const NOTE_LIMIT_BYTES: usize = 100_000;
/// Signatures a note may carry.
const SIGNATURES_LIMIT: usize = 100;

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

/// Who signed a note, of those whose keys were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The name of the key.
    pub name: String,
    /// What kind of key.
    pub kind: KeyKind,
    /// Of a cosignature: when it was made, in seconds since 1970.
    pub at_seconds: Option<u64>,
    /// The line itself, with its line feed.
    pub line: String,
}

impl SigningKey {
    /// Signs a text, which must end with a line feed: the text, a blank line, and the signature. A cosigner's key
    /// signs nothing this way; see [`SigningKey::cosign`].
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{}", self.line(&[], text.as_bytes()))
    }

    /// The line by which a witness says: at this time (seconds since 1970) this was the largest consistent tree it
    /// had seen of the log. `text` is the note without its signatures, ending with a line feed.
    pub fn cosign(&self, text: &str, at_seconds: u64) -> String {
        self.line(&at_seconds.to_be_bytes(), cosigned_message(text, at_seconds).as_bytes())
    }
}

fn cosigned_message(text: &str, at_seconds: u64) -> String {
    format!("cosignature/v1\ntime {at_seconds}\n{text}")
}

/// Opens a note: its text, when at least one of the keys signed it and none of them wrongly.
/// Signatures by keys that we do not know are passed over.
///
/// # Errors
/// [`NoteError`].
pub fn open_note<'n>(note: &'n str, keys: &[VerifierKey]) -> Result<&'n str, NoteError> {
    let (text, signed) = signatures_of(note, keys)?;
    if signed.is_empty() { Err(NoteError::Unsigned) } else { Ok(text) }
}

/// The text of a note, and which of the keys signed it; none wrongly.
///
/// # Errors
/// [`NoteError::Malformed`], [`NoteError::WrongSignature`].
pub fn signatures_of<'n>(note: &'n str, keys: &[VerifierKey]) -> Result<(&'n str, Vec<Signed>), NoteError> {
    if note.len() > NOTE_LIMIT_BYTES {
        return Err(NoteError::Malformed("it is too long"));
    }
    if note.chars().any(|c| c.is_control() && c != '\n') {
        return Err(NoteError::Malformed("it has control characters"));
    }
    let split = note.rfind("\n\n").ok_or(NoteError::Malformed("there is no blank line"))?;
    let (text, lines) = (&note[..=split], &note[split + 2..]);
    let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed("the last line has no end"))?;
    let mut signed = Vec::new();
    for (number, line) in lines.split('\n').enumerate() {
        if number >= SIGNATURES_LIMIT {
            return Err(NoteError::Malformed("it has too many signatures"));
        }
        signed.extend(check_line(text, line, keys)?);
    }
    Ok((text, signed))
}

/// Who of the known keys signed; an unknown key's line only has to look like one.
fn check_line(text: &str, line: &str, keys: &[VerifierKey]) -> Result<Option<Signed>, NoteError> {
    let malformed = NoteError::Malformed("a signature line is broken");
    let (name, signature) = line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(malformed.clone())?;
    check_name(name).map_err(|_| malformed.clone())?;
    let bytes = BASE64_STANDARD.decode(signature).map_err(|_| malformed.clone())?;
    let (id, signature) = bytes.split_first_chunk::<4>().filter(|(_, rest)| !rest.is_empty()).ok_or(malformed)?;
    let id = u32::from_be_bytes(*id);
    let Some(key) = keys.iter().find(|key| key.name() == name && key.id() == id) else { return Ok(None) };
    let at_seconds = check_signature(key, text, signature).ok_or_else(|| NoteError::WrongSignature(name.to_owned()))?;
    Ok(Some(Signed { name: name.to_owned(), kind: key.kind(), at_seconds, line: format!("{line}\n") }))
}

/// `None` when it is wrong; of a cosignature its time.
#[expect(clippy::option_option, reason = "a wrong signature is not one without a time")]
fn check_signature(key: &VerifierKey, text: &str, signature: &[u8]) -> Option<Option<u64>> {
    match key.kind() {
        KeyKind::Log => key.signed(text.as_bytes(), signature).then_some(None),
        KeyKind::Cosigner => {
            let (time, signature) = signature.split_first_chunk::<8>()?;
            let at_seconds = u64::from_be_bytes(*time);
            // The time is never 0 and fits 63 bits (c2sp.org/tlog-cosignature, "Format").
            let sane = at_seconds != 0 && i64::try_from(at_seconds).is_ok();
            let message = cosigned_message(text, at_seconds);
            (sane && key.signed(message.as_bytes(), signature)).then_some(Some(at_seconds))
        }
    }
}
