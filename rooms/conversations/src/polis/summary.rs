//! What the files say besides votes: names, and when statements were written.

use civic::Moment;
use csv::ReaderBuilder;
use std::collections::HashMap;

/// Characters of a name or a description that are taken.
const TEXT_LIMIT: usize = 4_000;

/// The lines of `summary.csv`, a name and a value each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the conversation is called.
    pub topic: String,
    /// Where it is.
    pub url: String,
    /// What is said of it.
    pub description: String,
}

impl Summary {
    /// Reads what there is; lines that cannot be read say nothing.
    pub fn read(bytes: &[u8]) -> Self {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut summary = Self::default();
        for row in reader.byte_records().flatten() {
            let value: String =
                String::from_utf8_lossy(row.get(1).unwrap_or_default()).trim().chars().take(TEXT_LIMIT).collect();
            match row.get(0) {
                Some(b"topic") => summary.topic = value,
                Some(b"url") => summary.url = value,
                Some(b"conversation-description") => summary.description = value,
                _ => {}
            }
        }
        summary
    }
}

/// When each statement was written, by its id.
pub fn times(bytes: &[u8]) -> HashMap<String, Moment> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let place = |header: &csv::ByteRecord, name: &str| header.iter().position(|field| field == name.as_bytes());
    let Ok(header) = reader.byte_headers().cloned() else { return HashMap::new() };
    let (Some(id), Some(time)) = (place(&header, "comment-id"), place(&header, "timestamp")) else {
        return HashMap::new();
    };
    reader
        .byte_records()
        .flatten()
        .filter_map(|row| {
            let text = |at: usize| std::str::from_utf8(row.get(at)?).ok();
            let millis: i64 = text(time)?.trim().parse().ok()?;
            Some((text(id)?.trim().to_owned(), Moment(millis.checked_mul(1_000)?)))
        })
        .collect()
}
