//! The roll of one vote or conversation: who may take part, and what the rule asks of them. It names nobody: a line is known by names that
//! only the key of the ballot box gives, and what it says is sealed by that key.

mod file;
mod look;

pub use file::{ROLL_FILE_BYTES, ROLL_LINES_LIMIT, RollFile, RollLine, SetAside, read_roll};
pub use look::{AsideLine, aside_file, aside_lines, uploaded};

use crate::boxes::{BoxError, BoxKey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The oldest age a rule may ask for, in years.
pub const AGE_LIMIT: u8 = 99;
/// Bytes of a district's code that a line can say.
pub const DISTRICT_BYTES: usize = 40;

/// What the roll must say of a voter besides that she is on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligible {
    /// How old she is at least, in whole years, on the day the vote closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_age: Option<u8>,
    /// The districts in one of which she lives; empty where it does not matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lives_in: Vec<String>,
}

impl Eligible {
    /// Whether it asks for nothing.
    pub fn is_everybody(&self) -> bool {
        self.least_age.is_none() && self.lives_in.is_empty()
    }

    /// What stands against somebody of whom the roll says this, on the day on which ages count; `None` where nothing does.
    pub fn against(&self, facts: &RollFacts, day: Date) -> Option<Against> {
        let is_old_enough = |least: u8| facts.born.is_some_and(|born| age_on(born, day) >= i16::from(least));
        if let Some(least) = self.least_age.filter(|least| !is_old_enough(*least)) {
            return Some(Against::TooYoung(least));
        }
        let lives_there = facts.district.as_ref().is_some_and(|district| self.lives_in.contains(district));
        (!self.lives_in.is_empty() && !lives_there).then_some(Against::LivesElsewhere)
    }
}

/// Why somebody on a roll may not take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Younger than this many years, or of unknown age.
    TooYoung(u8),
    /// In none of the districts, or nobody knows where.
    LivesElsewhere,
}

/// What a line of the roll says of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollFacts {
    /// The day of birth.
    pub born: Option<Date>,
    /// The code of the district in which they live.
    pub district: Option<String>,
}

impl RollFacts {
    /// Which of the two it says, without saying it: `b`, `d`, `bd` or nothing.
    pub fn has(&self) -> &'static str {
        match (self.born, &self.district) {
            (Some(_), Some(_)) => "bd",
            (Some(_), None) => "b",
            (None, Some(_)) => "d",
            (None, None) => "",
        }
    }

    /// Sealed by the key of a vote's box, all equally long, in hexadecimal.
    pub fn sealed(&self, key: &BoxKey, vote: &str, chance: &dyn civic::Chance) -> String {
        let mut bytes = [0_u8; 5 + DISTRICT_BYTES];
        if let Some(born) = self.born {
            bytes[..2].copy_from_slice(&born.year().to_be_bytes());
            bytes[2..4].copy_from_slice(&[born.month().unsigned_abs(), born.day().unsigned_abs()]);
        }
        let district = self.district.as_deref().unwrap_or_default().as_bytes();
        let length = district.len().min(DISTRICT_BYTES);
        bytes[4] = length as u8;
        bytes[5..5 + length].copy_from_slice(&district[..length]);
        hex::encode(key.seal(&bound_to(vote), &bytes, chance))
    }

    /// The way back; nothing is known of a line that says nothing.
    ///
    /// # Errors
    /// When it was not sealed by this key for this vote.
    pub fn opened(text: &str, key: &BoxKey, vote: &str) -> Result<Self, BoxError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let broken = || BoxError::Sealed(vote.to_owned());
        let bytes = key.open(&bound_to(vote), &hex::decode(text).map_err(|_| broken())?)?;
        let (date, rest) = bytes.split_at_checked(4).ok_or_else(broken)?;
        let (length, district) = rest.split_first().ok_or_else(broken)?;
        let district = district.get(..usize::from(*length)).ok_or_else(broken)?;
        let district = String::from_utf8(district.to_vec()).map_err(|_| broken())?;
        let (year, month, day) = (i16::from_be_bytes([date[0], date[1]]), date[2].cast_signed(), date[3].cast_signed());
        let born = if year == 0 { None } else { Some(Date::new(year, month, day).map_err(|_| broken())?) };
        Ok(Self { born, district: (!district.is_empty()).then_some(district) })
    }
}

/// What sealed facts are bound to, so that none can pass for a ballot.
fn bound_to(vote: &str) -> String {
    format!("{vote} roll")
}

/// The age of somebody on a day, in whole years; who was born on 29 February is a year older on 1 March of other years.
pub fn age_on(born: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Against, Eligible, RollFacts, age_on};
    use crate::boxes::BallotBoxes;
    use civic::SeededChance;
    use jiff::civil::date;

    #[test]
    fn one_is_a_year_older_on_the_birthday() {
        assert_eq!(age_on(date(2010, 6, 15), date(2026, 6, 14)), 15);
        assert_eq!(age_on(date(2010, 6, 15), date(2026, 6, 15)), 16);
        assert_eq!(age_on(date(2008, 2, 29), date(2026, 2, 28)), 17);
        assert_eq!(age_on(date(2008, 2, 29), date(2026, 3, 1)), 18);
    }

    #[test]
    fn who_is_too_young_or_lives_elsewhere_or_of_whom_nothing_is_known_is_not_admitted() {
        let rule = Eligible { least_age: Some(16), lives_in: vec!["mill".to_owned()] };
        let facts = |born, district: Option<&str>| RollFacts { born, district: district.map(str::to_owned) };
        let (old, young, day) = (date(2010, 6, 15), date(2010, 6, 16), date(2026, 6, 15));
        assert_eq!(rule.against(&facts(Some(old), Some("mill")), day), None);
        assert_eq!(rule.against(&facts(Some(young), Some("mill")), day), Some(Against::TooYoung(16)));
        assert_eq!(rule.against(&facts(None, Some("mill")), day), Some(Against::TooYoung(16)));
        assert_eq!(rule.against(&facts(Some(old), Some("docks")), day), Some(Against::LivesElsewhere));
        assert_eq!(rule.against(&facts(Some(old), None), day), Some(Against::LivesElsewhere));
        assert_eq!(Eligible::default().against(&RollFacts::default(), day), None);
    }

    #[test]
    fn sealed_lines_are_equally_long_and_no_ballots() {
        let (boxes, chance) = (BallotBoxes::in_memory(), SeededChance::new(7));
        let print = boxes.make("V-2222", &chance).unwrap();
        let key = boxes.key("V-2222", &print).unwrap();
        let full = RollFacts { born: Some(date(1931, 12, 30)), district: Some("x".repeat(40)) };
        let (one, none) = (full.sealed(&key, "V-2222", &chance), RollFacts::default().sealed(&key, "V-2222", &chance));
        assert_eq!(one.len(), none.len());
        assert_eq!(RollFacts::opened(&one, &key, "V-2222").unwrap(), full);
        assert_eq!(RollFacts::opened(&none, &key, "V-2222").unwrap(), RollFacts::default());
        assert!(key.open("V-2222", &hex::decode(&one).unwrap()).is_err(), "it is bound to the roll");
        assert!(RollFacts::opened(&one, &key, "V-3333").is_err());
    }
}
