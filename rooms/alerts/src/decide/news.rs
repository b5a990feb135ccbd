//! What an entry of the record says of a place. Any room is understood that puts `place` (with `lat_micro` and `long_micro`)
//! or `district` into the public view of its entries, and names what it says as the rooms do.

use crate::model::{Spot, What};
use civic::{Moment, Place};
use serde_json::Value;

/// The last words of sayings that begin, change or end something, and those that end it without being news.
const BEGINNINGS: [&str; 3] = ["opened", "announced", "proposed"];
const CHANGES: [&str; 3] = ["reopened", "changed", "extended"];
const ENDINGS: [&str; 4] = ["resolved", "declined", "called-off", "fulfilled"];
const QUIET_ENDINGS: [&str; 3] = ["withdrawn", "merged", "removed"];
/// After this the pin that was known is not where the thing is any more.
const MOVED: &str = "relocated";

/// What an entry tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Where its subject is, as far as this entry says.
    pub spot: Spot,
    /// Whether the pin that was known before is wrong now.
    pub moved: bool,
    /// By when an end is promised, where it says so.
    pub due_at: Option<Moment>,
    /// Whether its subject is open afterwards; `None` where it does not say.
    pub is_open: Option<bool>,
    /// What is news of it.
    pub what: Option<What>,
}

/// Reads an entry; `None` where it tells nothing of a place.
pub fn read_entry(saying: &str, view: &Value) -> Option<Told> {
    let (kind, word) = saying.rsplit_once('.')?;
    if kind == "moderation" {
        return None;
    }
    let micro = |name: &str| view["place"][name].as_i64();
    let place = micro("lat_micro").zip(micro("long_micro")).map(|(lat, long)| Place::from_micro(lat, long));
    let district = view["district"].as_str().map(str::to_owned);
    if place.is_none() && district.is_none() {
        return None;
    }
    let due = view["due"].as_str().or_else(|| view["detail"]["due"].as_str());
    let what = match word {
        _ if BEGINNINGS.contains(&word) => Some(What::Began),
        _ if CHANGES.contains(&word) => Some(What::Changed),
        _ if ENDINGS.contains(&word) => Some(What::Ended),
        _ => None,
    };
    let is_open = match what {
        Some(What::Began | What::Changed) => Some(true),
        Some(What::Ended) => Some(false),
        None => QUIET_ENDINGS.contains(&word).then_some(false),
    };
    let due_at = due.and_then(|due| Moment::parse(due).ok());
    Some(Told { spot: Spot { place, district }, moved: word == MOVED, due_at, is_open, what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_entry_is_understood_by_what_it_says_and_not_by_its_room() {
        let opened = json!({"category": "lamp", "district": "7", "place": {"lat_micro": 34_050_000, "long_micro": -118_250_000}, "due": "2026-11-26T12:00:00Z"});
        let told = read_entry("request.opened", &opened).unwrap();
        assert_eq!((told.what, told.is_open), (Some(What::Began), Some(true)));
        assert_eq!(told.spot.place.unwrap().lat_micro(), 34_050_000);
        assert_eq!(told.due_at, Moment::parse("2026-11-26T12:00:00Z").ok());
        let later = json!({"district": "7", "detail": {"due": "2026-12-01T12:00:00Z"}});
        let told = read_entry("request.extended", &later).unwrap();
        assert_eq!((told.what, told.due_at.is_some(), told.spot.place), (Some(What::Changed), true, None));
        assert_eq!(read_entry("request.resolved", &later).unwrap().is_open, Some(false));
        let quiet = read_entry("request.merged", &later).unwrap();
        assert_eq!((quiet.what, quiet.is_open), (None, Some(false)));
        let answered = read_entry("request.answered", &later).unwrap();
        assert_eq!((answered.what, answered.is_open), (None, None));
        assert!(read_entry("request.relocated", &later).unwrap().moved);
        assert_eq!(read_entry("mandate.given", &json!({"role": "officer"})), None);
        assert_eq!(read_entry("moderation.hidden", &later), None);
        assert_eq!(read_entry("request.opened", &json!({"place": {"lat_micro": "34"}})), None);
        assert_eq!(read_entry("nothing", &opened), None);
    }
}
