//! One ballot: what it says, as text that is published and as bytes of one length that are sealed.

use crate::{
    areas::RankIn,
    model::{BallotKind, Definition},
};

/// Characters of a receipt without its hyphens: 78 bits, so that none is drawn twice.
pub const RECEIPT_LENGTH: usize = 16;

/// What a ballot says: places of options with a number each. A ranking is in its order and its numbers are ranks from 1, in each
/// area anew; points, scores and grades are as given; all else has 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices(pub Vec<(usize, u16)>);

impl Choices {
    /// As it is published: ids with commas between, the best first for rankings; with `:number` for points, scores, grades.
    pub fn text(&self, definition: &Definition) -> String {
        let id = |place: &usize| definition.options.get(*place).map_or("", |option| option.id.as_str());
        let values = definition.ballot.has_values();
        let entries = self
            .0
            .iter()
            .map(|(place, value)| if values { format!("{}:{value}", id(place)) } else { id(place).to_owned() });
        entries.collect::<Vec<_>>().join(",")
    }

    /// The way back; `None` for what no ballot of this vote says.
    pub fn read(text: &str, definition: &Definition) -> Option<Self> {
        let is_ranking = matches!(definition.ballot, BallotKind::Ranking { .. });
        let (areas, mut ranks) =
            (if is_ranking { definition.areas_of_options() } else { Vec::new() }, RankIn::default());
        let mut choices = Vec::new();
        for entry in text.split(',').filter(|entry| !entry.is_empty()) {
            let (id, value) = match definition.ballot.has_values() {
                true => entry.split_once(':').and_then(|(id, value)| Some((id, value.parse().ok()?)))?,
                false => (entry, 1),
            };
            let place = definition.find(id)?;
            choices.push((place, if is_ranking { ranks.next(areas[place])? } else { value }));
        }
        Some(Self(choices))
    }

    /// As bytes of the same length for every ballot of a vote, so that a sealed one tells nothing by its length:
    /// for each option two bytes, 0 for nothing, else one more than its number.
    pub fn bytes(&self, options: usize) -> Vec<u8> {
        let mut bytes = vec![0; options * 2];
        for (place, value) in &self.0 {
            if let Some(pair) = bytes.get_mut(place * 2..place * 2 + 2) {
                pair.copy_from_slice(&value.saturating_add(1).to_be_bytes());
            }
        }
        bytes
    }

    /// The way back.
    pub fn from_bytes(bytes: &[u8], definition: &Definition) -> Self {
        let values = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let choices = values.enumerate().filter(|(_, value)| *value > 0).map(|(place, value)| (place, value - 1));
        Self(choices.collect()).in_order(definition)
    }

    /// In the order in which all ballots are written: rankings by area and rank, all else by the order of the options.
    pub fn in_order(mut self, definition: &Definition) -> Self {
        if matches!(definition.ballot, BallotKind::Ranking { .. }) {
            let areas = definition.areas_of_options();
            self.0.sort_by_key(|(place, rank)| (areas.get(*place).copied().flatten(), *rank, *place));
        } else {
            self.0.sort_unstable();
        }
        self
    }
}

/// A ballot that was taken out of the box.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    /// The code by which its voter finds it.
    pub receipt: String,
    /// What it says, as [`Choices::text`].
    pub choices: String,
}

/// A fresh receipt, as `K7QM-2XJ4-9FHT-3MPR`.
pub fn draw_receipt(chance: &dyn civic::Chance) -> String {
    draw_groups(chance, RECEIPT_LENGTH)
}

/// So many characters of the alphabet of codes, a hyphen after every fourth.
pub(crate) fn draw_groups(chance: &dyn civic::Chance, length: usize) -> String {
    let alphabet = civic::CODE_ALPHABET;
    let fair = u8::try_from(256 / alphabet.len() * alphabet.len()).unwrap_or(u8::MAX);
    let mut text = String::with_capacity(length + length / 4);
    let mut drawn = 0;
    while drawn < length {
        let mut byte = [0_u8; 1];
        chance.fill(&mut byte);
        // Only bytes below the largest multiple of the alphabet, so that each character is equally likely.
        if byte[0] >= fair {
            continue;
        }
        if drawn > 0 && drawn.is_multiple_of(4) {
            text.push('-');
        }
        text.push(char::from(alphabet[usize::from(byte[0]) % alphabet.len()]));
        drawn += 1;
    }
    text
}

/// A receipt or code as people type it, in its one form: capitals, a hyphen after every fourth; `None` when it cannot be one.
pub fn normal_code(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    let only_known = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c.is_whitespace());
    let good = only_known && bare.len() == RECEIPT_LENGTH && bare.bytes().all(|b| civic::CODE_ALPHABET.contains(&b));
    let groups = || bare.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-");
    good.then(groups)
}
