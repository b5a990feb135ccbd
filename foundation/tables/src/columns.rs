//! Columns in memory: few different values as numbers of two bytes in the order of the values, many numbers as they are.

use crate::{Refused, Value};
use std::{collections::HashMap, sync::Arc};

/// Different values of a column that is kept as codes.
pub(crate) const CODES_LIMIT: usize = 60_000;
/// Bytes of the different values of one column that is kept as codes.
pub(crate) const WORDS_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// A column of all rows.
#[derive(Debug, Clone)]
pub(crate) enum Stored {
    /// The different values in order (nothing last), and for each row which.
    Codes { values: Arc<[Value]>, codes: Vec<u16> },
    /// Whole numbers; [`i64::MIN`] for nothing.
    Ints(Vec<i64>),
    /// Numbers; not a number for nothing.
    Reals(Vec<f64>),
    /// Too many different texts: the rows are asked.
    Rows,
    /// It is in parts (see `parts.rs`): the different values in order, where it has codes.
    Parts(Arc<[Value]>),
}

impl Stored {
    /// Bytes in memory, roughly.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Codes { values, codes } => codes.len() * 2 + values.len() * 48,
            Self::Ints(all) => all.len() * 8,
            Self::Reals(all) => all.len() * 8,
            Self::Rows => 0,
            Self::Parts(values) => values.len() * 48,
        }
    }

    /// As bytes to keep: what it is, its values as JSON, its numbers.
    pub(crate) fn pack(&self) -> (&'static str, String, Vec<u8>) {
        match self {
            Self::Codes { values, codes } => {
                let bytes = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
                ("codes", words(values), bytes)
            }
            Self::Parts(values) => ("parts", words(values), Vec::new()),
            Self::Ints(all) => ("ints", String::new(), all.iter().flat_map(|one| one.to_le_bytes()).collect()),
            Self::Reals(all) => ("reals", String::new(), all.iter().flat_map(|one| one.to_le_bytes()).collect()),
            Self::Rows => ("rows", String::new(), Vec::new()),
        }
    }

    /// Reads what [`Stored::pack`] made.
    pub(crate) fn unpack(what: &str, values: &str, bytes: &[u8]) -> Result<Self, Refused> {
        let broken = || Refused::Storage("a column is broken".to_owned());
        Ok(match what {
            "parts" => Self::Parts(read_words(values)?),
            "codes" => {
                let values = read_words(values)?;
                let (pairs, rest) = bytes.as_chunks::<2>();
                if !rest.is_empty() {
                    return Err(broken());
                }
                Self::Codes { values, codes: pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect() }
            }
            "ints" => Self::Ints(bytes.as_chunks::<8>().0.iter().map(|one| i64::from_le_bytes(*one)).collect()),
            "reals" => Self::Reals(bytes.as_chunks::<8>().0.iter().map(|one| f64::from_le_bytes(*one)).collect()),
            "rows" => Self::Rows,
            _ => return Err(broken()),
        })
    }
}

fn words(values: &[Value]) -> String {
    serde_json::Value::Array(values.iter().map(Value::json).collect()).to_string()
}

fn read_words(text: &str) -> Result<Arc<[Value]>, Refused> {
    let words: Vec<serde_json::Value> = serde_json::from_str(text)?;
    Ok(words.into_iter().map(value_of).collect())
}

pub(crate) fn int(one: i64) -> Value {
    if one == i64::MIN { Value::Null } else { Value::Int(one) }
}

pub(crate) fn real(one: f64) -> Value {
    if one.is_nan() { Value::Null } else { Value::Real(one) }
}

fn value_of(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::String(value) => Value::Text(value),
        serde_json::Value::Number(value) => {
            value.as_i64().map_or_else(|| Value::Real(value.as_f64().unwrap_or(f64::NAN)), Value::Int)
        }
        _ => Value::Null,
    }
}

/// Gathers the cells of a column as they come.
pub(crate) struct Gather {
    known: HashMap<Box<str>, u16, Hasher>,
    words: Vec<(Box<str>, u64)>,
    words_bytes: usize,
    codes: Vec<u16>,
    is_full: bool,
}

/// What was gathered: the different cells as written with how often each stands there, and for each row which.
pub(crate) struct Gathered {
    pub words: Vec<(Box<str>, u64)>,
    pub codes: Vec<u16>,
}

/// What became of a cell.
pub(crate) enum Kept {
    /// It has a code.
    Coded,
    /// There are too many different cells: what was gathered before is given back, once.
    Overflow(Vec<(Box<str>, u64)>),
    /// There were too many before.
    Plain,
}

impl Gather {
    pub(crate) fn new() -> Self {
        Self { known: HashMap::default(), words: Vec::new(), words_bytes: 0, codes: Vec::new(), is_full: false }
    }

    #[inline]
    pub(crate) fn take(&mut self, cell: &str) -> Kept {
        if self.is_full {
            return Kept::Plain;
        }
        if let Some(code) = self.known.get(cell) {
            self.words[usize::from(*code)].1 += 1;
            self.codes.push(*code);
            return Kept::Coded;
        }
        self.words_bytes += cell.len();
        let next = u16::try_from(self.words.len()).ok().filter(|next| usize::from(*next) < CODES_LIMIT);
        let Some(code) = next.filter(|_| self.words_bytes <= WORDS_LIMIT_BYTES) else {
            self.is_full = true;
            self.known = HashMap::default();
            self.codes = Vec::new();
            return Kept::Overflow(std::mem::take(&mut self.words));
        };
        self.known.insert(cell.into(), code);
        self.words.push((cell.into(), 1));
        self.codes.push(code);
        Kept::Coded
    }

    pub(crate) fn finish(self) -> Option<Gathered> {
        (!self.is_full).then_some(Gathered { words: self.words, codes: self.codes })
    }
}

/// A quick hash of short words (FNV-1a over eight bytes at a time); the words come from one file, and what a hostile one gains
/// by collisions is bounded by [`CODES_LIMIT`].
#[derive(Default, Clone, Copy)]
pub(crate) struct Hasher;

pub(crate) struct Hashing(u64);

impl std::hash::BuildHasher for Hasher {
    type Hasher = Hashing;
    fn build_hasher(&self) -> Hashing {
        Hashing(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Hashing {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0_u8; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

impl Hashing {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
}
