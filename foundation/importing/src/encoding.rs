//! From bytes to text.

use crate::TableRefusal;
use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::Read;

/// Bytes a file may have.
pub const FILE_LIMIT_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes that are looked at for UTF-16 without a mark.
const LOOKED_AT_BYTES: usize = 4_096;

/// A text, and how it was written.
pub(crate) struct Text {
    pub text: String,
    pub encoding: &'static str,
}

/// Reads everything and finds out how it is written, unless `label` says so.
pub(crate) fn read_text(from: impl Read, label: Option<&str>) -> Result<Text, TableRefusal> {
    let mut bytes = Vec::new();
    let read = from.take(FILE_LIMIT_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| TableRefusal::Unreadable(error.to_string()))?;
    if bytes.len() as u64 > FILE_LIMIT_BYTES {
        return Err(TableRefusal::TooLarge { most_mib: FILE_LIMIT_BYTES / 1024 / 1024 });
    }
    refuse_what_is_no_text(&bytes)?;
    if let Some(is_little) = utf32(&bytes, label) {
        return decode_utf32(&bytes, is_little);
    }
    let encoding = match label {
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| TableRefusal::UnknownEncoding { label: label.chars().take(40).collect() })?,
        None => encoding_of(&bytes)?,
    };
    decode(bytes, encoding)
}

/// What is known by its first bytes.
fn refuse_what_is_no_text(bytes: &[u8]) -> Result<(), TableRefusal> {
    match bytes {
        [] => Err(TableRefusal::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(TableRefusal::Spreadsheet),
        [0x1F, 0x8B, ..] | [b'B', b'Z', b'h', ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => Err(TableRefusal::Packed),
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] => Err(TableRefusal::Binary),
        _ => Ok(()),
    }
}

/// Whether it is UTF-32, by its label, its mark or its zeros, and then whether the lowest byte comes first.
fn utf32(bytes: &[u8], label: Option<&str>) -> Option<bool> {
    let named = label.map(|label| label.to_ascii_lowercase().replace(['-', '_'], ""));
    let marked = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => Some(true),
        [0, 0, 0xFE, 0xFF, ..] => Some(false),
        _ => None,
    };
    let looked_at = bytes[..bytes.len().min(LOOKED_AT_BYTES)].as_chunks::<4>().0;
    let all =
        |fits: fn(&[u8; 4]) -> bool| bytes.len() >= 8 && bytes.len().is_multiple_of(4) && looked_at.iter().all(fits);
    match named.as_deref() {
        Some("utf32le") => Some(true),
        Some("utf32be") => Some(false),
        Some("utf32") => marked.or(Some(all(|four| four[3] == 0 && four[2] <= 16))),
        Some(_) => None,
        None if marked.is_some() => marked,
        None if all(|four| four[3] == 0 && four[2] == 0 && four[0] != 0) => Some(true),
        None if all(|four| four[0] == 0 && four[1] == 0 && four[3] != 0) => Some(false),
        None => None,
    }
}

fn decode_utf32(bytes: &[u8], is_little: bool) -> Result<Text, TableRefusal> {
    let encoding = if is_little { "UTF-32LE" } else { "UTF-32BE" };
    let wrong = || TableRefusal::Encoding { encoding: encoding.to_owned() };
    let (all, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(wrong());
    }
    let number = |four: &[u8; 4]| if is_little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) };
    let text: Option<String> = all.iter().map(|four| char::from_u32(number(four))).collect();
    let text = text.ok_or_else(wrong)?;
    kept(text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned(), encoding)
}

fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, TableRefusal> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(encoding);
    }
    if bytes.contains(&0) {
        return Err(TableRefusal::Binary);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    Ok(detector.guess(None, false))
}

/// Text in Latin letters has a zero in every second byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let zeros = |first: usize| looked_at.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, third) = (zeros(0), zeros(1), looked_at.len() / 6);
    match () {
        () if looked_at.len() < 4 => None,
        () if odd > third && even == 0 => Some(UTF_16LE),
        () if even > third && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

fn decode(bytes: Vec<u8>, encoding: &'static Encoding) -> Result<Text, TableRefusal> {
    let (text, used, had_errors) = encoding.decode(&bytes);
    if !had_errors {
        return kept(text.into_owned(), used.name());
    }
    // The detector guessed a script whose every byte must fit, and one did not: Western text is never wrong.
    if encoding.is_single_byte() {
        let (text, used, _) = WINDOWS_1252.decode(&bytes);
        return kept(text.into_owned(), used.name());
    }
    Err(TableRefusal::Encoding { encoding: used.name().to_owned() })
}

fn kept(text: String, encoding: &'static str) -> Result<Text, TableRefusal> {
    if text.trim().is_empty() { Err(TableRefusal::Empty) } else { Ok(Text { text, encoding }) }
}
