//! Columns of tables that are too large to be in memory: parts of so many rows each, read when a question comes to them.
//!
//! A part is a byte that says how its numbers are kept, and the numbers, the lowest byte first.

use crate::{Refused, Value, columns::Stored};
use std::sync::Arc;

/// Rows of a part; a multiple of 64, so that a part begins with a word of a selection.
pub(crate) const PART_ROWS: usize = 1 << 18;
/// Of whole numbers in four bytes, the one that stands for nothing.
const NOTHING: i32 = i32::MIN;

const CODES_OF_ONE: u8 = 1;
const CODES_OF_TWO: u8 = 2;
const INTS_OF_FOUR: u8 = 3;
const INTS_OF_EIGHT: u8 = 4;
const REALS: u8 = 5;

/// Codes as bytes to keep, in one byte each where none is larger.
pub(crate) fn pack_codes(codes: &[u16]) -> Vec<u8> {
    let mut out = Vec::with_capacity(codes.len() * 2 + 1);
    if codes.iter().all(|code| *code < 256) {
        out.push(CODES_OF_ONE);
        out.extend(codes.iter().map(|code| code.to_le_bytes()[0]));
    } else {
        out.push(CODES_OF_TWO);
        out.extend(codes.iter().flat_map(|code| code.to_le_bytes()));
    }
    out
}

/// Whole numbers as bytes to keep, [`i64::MIN`] for nothing; in four bytes each where they fit.
pub(crate) fn pack_ints(ints: &[i64]) -> Vec<u8> {
    let narrow = |one: &i64| {
        if *one == i64::MIN { Some(NOTHING) } else { i32::try_from(*one).ok().filter(|one| *one != NOTHING) }
    };
    let narrowed: Option<Vec<i32>> = ints.iter().map(narrow).collect();
    let mut out = Vec::with_capacity(ints.len() * 8 + 1);
    match narrowed {
        Some(narrowed) => {
            out.push(INTS_OF_FOUR);
            out.extend(narrowed.iter().flat_map(|one| one.to_le_bytes()));
        }
        None => {
            out.push(INTS_OF_EIGHT);
            out.extend(ints.iter().flat_map(|one| one.to_le_bytes()));
        }
    }
    out
}

/// Numbers as bytes to keep, not a number for nothing.
pub(crate) fn pack_reals(reals: &[f64]) -> Vec<u8> {
    std::iter::once(REALS).chain(reals.iter().flat_map(|one| one.to_le_bytes())).collect()
}

/// A part in memory; `values` are those of its whole column, where it has codes.
pub(crate) fn unpack(bytes: &[u8], values: &Arc<[Value]>) -> Result<Stored, Refused> {
    let broken = || Refused::Storage("a part of a column is broken".to_owned());
    let (kind, rest) = bytes.split_first().ok_or_else(broken)?;
    let wide = |one: &[u8; 4]| match i32::from_le_bytes(*one) {
        NOTHING => i64::MIN,
        one => i64::from(one),
    };
    let stored = match *kind {
        CODES_OF_ONE => {
            Stored::Codes { values: Arc::clone(values), codes: rest.iter().map(|one| u16::from(*one)).collect() }
        }
        CODES_OF_TWO => Stored::Codes {
            values: Arc::clone(values),
            codes: rest.as_chunks::<2>().0.iter().map(|one| u16::from_le_bytes(*one)).collect(),
        },
        INTS_OF_FOUR => Stored::Ints(rest.as_chunks::<4>().0.iter().map(wide).collect()),
        INTS_OF_EIGHT => Stored::Ints(rest.as_chunks::<8>().0.iter().map(|one| i64::from_le_bytes(*one)).collect()),
        REALS => Stored::Reals(rest.as_chunks::<8>().0.iter().map(|one| f64::from_le_bytes(*one)).collect()),
        _ => return Err(broken()),
    };
    Ok(stored)
}

#[cfg(test)]
mod tests {
    use super::{pack_codes, pack_ints, pack_reals, unpack};
    use crate::columns::Stored;

    #[test]
    fn what_is_packed_is_unpacked_in_as_few_bytes_as_it_needs() {
        let values = Vec::new().into();
        for (codes, bytes) in [(vec![0, 255], 3), (vec![0, 256], 5)] {
            let packed = pack_codes(&codes);
            assert_eq!(packed.len(), bytes);
            assert!(matches!(unpack(&packed, &values).unwrap(), Stored::Codes { codes: again, .. } if again == codes));
        }
        let low = i64::from(i32::MIN);
        for (ints, bytes) in [(vec![1, i64::MIN, -5], 13), (vec![low, 2], 17), (vec![i64::MAX, i64::MIN], 17)] {
            let packed = pack_ints(&ints);
            assert_eq!(packed.len(), bytes);
            assert!(matches!(unpack(&packed, &values).unwrap(), Stored::Ints(again) if again == ints));
        }
        let packed = pack_reals(&[1.5, f64::NAN]);
        assert!(
            matches!(unpack(&packed, &values).unwrap(), Stored::Reals(again) if again[0] == 1.5 && again[1].is_nan())
        );
        assert!(unpack(&[], &values).is_err() && unpack(&[9, 0], &values).is_err());
    }
}
