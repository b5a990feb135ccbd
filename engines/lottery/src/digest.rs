//! What is committed to before the seed is known.

use crate::{Assembly, Fairness};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 of the words, each with its length before it, so that no two lists of words are the same bytes.
pub(crate) fn sha256(words: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for word in words {
        hasher.update((word.len() as u64).to_be_bytes());
        hasher.update(word.as_bytes());
    }
    hasher.finalize().into()
}

/// SHA-256 of a text's bytes in hexadecimal, as `sha256sum` prints it.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The digest of the table, the quotas and the rules. It does not depend on the order of the volunteers' rows, nor on the words of an
/// address, only on who shares one.
pub(crate) fn table_digest(
    assembly: &Assembly,
    fairness: Fairness,
    panels: u32,
    household: &[Option<usize>],
) -> String {
    let mut words = vec![format!(
        "{} seats, {panels} panels, {}, {}",
        assembly.seats,
        if fairness == Fairness::Leximin { "leximin" } else { "maximin" },
        if assembly.one_per_address { "one per address" } else { "addresses do not matter" },
    )];
    for category in &assembly.categories {
        words.push(category.name.clone());
        for feature in &category.features {
            words.push(format!("{} {} {}", feature.at_least, feature.at_most, feature.name));
        }
    }
    let mut order: Vec<usize> = (0..assembly.volunteers.len()).collect();
    order.sort_by(|&one, &other| assembly.volunteers[one].id.cmp(&assembly.volunteers[other].id));
    let mut first_of_home: Vec<Option<usize>> = vec![None; assembly.volunteers.len()];
    for (place, index) in order.into_iter().enumerate() {
        let volunteer = &assembly.volunteers[index];
        words.push(volunteer.id.clone());
        words.push(volunteer.features.iter().map(|feature| format!("{feature} ")).collect());
        let home = household[index].map(|home| *first_of_home[home].get_or_insert(place));
        words.push(home.map_or(String::new(), |home| home.to_string()));
    }
    hexadecimal(&sha256(&words.iter().map(String::as_str).collect::<Vec<_>>()))
}
