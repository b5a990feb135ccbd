//! Short public codes that people can read out on the telephone, as `R-7K2M`.

use crate::Chance;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The 30 characters of a code: digits and capitals without look-alikes (no 0 O, 1 I L, U).
pub const CODE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The shortest and the longest body of a code, in characters.
const SHORTEST: usize = 4;
const LONGEST: usize = 10;

/// A letter for the kind of thing, a hyphen, and 4 to 10 characters of [`CODE_ALPHABET`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// The text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a reference is a letter, a hyphen and {SHORTEST} to {LONGEST} letters or digits, like R-7K2M")]
pub struct CodeError;

impl Code {
    /// Draws a code of `length` body characters (clamped to 4..=10) for the kind `letter`.
    ///
    /// Codes are drawn, not counted, so that nobody can tell from one how many there are.
    /// The caller retries with a longer code when the drawn one is taken.
    pub fn draw(letter: char, length: usize, chance: &dyn Chance) -> Self {
        let mut text = format!("{}-", letter.to_ascii_uppercase());
        for _ in 0..length.clamp(SHORTEST, LONGEST) {
            text.push(draw_one(chance));
        }
        Self(text)
    }

    /// The code as people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Rejection sampling, so that each character is equally likely.
fn draw_one(chance: &dyn Chance) -> char {
    const FAIR: u8 = 240; // the largest multiple of 30 in a byte
    loop {
        let mut byte = [0_u8; 1];
        chance.fill(&mut byte);
        if byte[0] < FAIR {
            return char::from(CODE_ALPHABET[usize::from(byte[0]) % CODE_ALPHABET.len()]);
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Code {
    type Err = CodeError;
    /// Accepts lower case and surrounding blanks, as people type.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text = text.trim().to_ascii_uppercase();
        let (letter, body) = text.split_once('-').ok_or(CodeError)?;
        let letter_ok = letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase());
        let body_ok = (SHORTEST..=LONGEST).contains(&body.len()) && body.bytes().all(|b| CODE_ALPHABET.contains(&b));
        if letter_ok && body_ok { Ok(Self(text)) } else { Err(CodeError) }
    }
}

impl TryFrom<String> for Code {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

/// Whether `text` can be what something goes by in addresses, chosen by people: 2 to `longest` lower-case letters, digits and inner
/// hyphens.
pub fn is_slug(text: &str, longest: usize) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (2..=longest).contains(&text.len()) && plain && !text.starts_with('-') && !text.ends_with('-')
}
