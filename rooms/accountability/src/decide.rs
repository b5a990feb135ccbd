//! What the room decides. Pure: everything it knows is an argument.

mod helped;
mod keep;
mod make;

pub use helped::{HelpedFacts, may_say};
pub use keep::{Change, Keep, KeepFacts, decide_keep};
pub use make::{Made, MakeCommitment, MakeFacts, Where, decide_make};

use civic::Moment;
use jiff::{civil::Date, tz::TimeZone};
use web::Refusal;

/// The last second of a day as people write it down (`2026-11-23`), in the town's zone.
pub(crate) fn end_of_day(text: &str, zone: &TimeZone) -> Option<Moment> {
    let day: Date = text.trim().parse().ok()?;
    let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
    Some(Moment::from(next.timestamp()).plus_seconds(-1))
}

/// Words that must be there.
fn words_required(text: &str, field: &'static str, most: usize) -> Result<String, Refusal> {
    let words = words_within(text, field, most)?;
    if words.is_empty() { Err(Refusal::new("commitment-words").at(field)) } else { Ok(words) }
}

/// Words that may be missing.
fn words_within(text: &str, field: &'static str, most: usize) -> Result<String, Refusal> {
    let words = text.trim().replace("\r\n", "\n");
    if words.chars().count() > most {
        return Err(Refusal::new("commitment-long").at(field).with("most", most));
    }
    Ok(words)
}
