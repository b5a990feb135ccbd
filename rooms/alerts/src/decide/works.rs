//! Whether works can be announced as they were written down.

use crate::model::{Spot, Works};
use civic::{Moment, Place};
use jiff::{civil::DateTime, tz::TimeZone};
use web::Refusal;

/// Characters a title, a place in words, and the words may have.
pub const TITLE_LIMIT: usize = 120;
const PLACE_LIMIT: usize = 300;
const WORDS_LIMIT: usize = 2_000;
/// Days that works may take.
const DAYS_LIMIT: i64 = 730;

/// Works as they were typed.
#[derive(Debug, Clone, Default)]
pub struct AskedWorks {
    /// The code of the agency.
    pub organisation: String,
    /// What is done, in a line.
    pub title: String,
    /// What residents should know.
    pub words: String,
    /// The place in words.
    pub place: String,
    /// Degrees north and east; both or neither.
    pub lat: String,
    /// See `lat`.
    pub long: String,
    /// The code of a district, for works without a pin.
    pub district: String,
    /// The first and the last moment, as a field of date and time gives them, in the town's time.
    pub from: String,
    /// See `from`.
    pub until: String,
}

/// Works that can be announced.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is done.
    pub title: String,
    /// What residents should know.
    pub words: String,
    /// The place in words.
    pub place: String,
    /// Where.
    pub spot: Spot,
    /// When they begin.
    pub from_at: Moment,
    /// When they end.
    pub until_at: Moment,
}

/// Decides; `located` is the district of the pin, and `outside_m` how far outside the town it lies.
///
/// # Errors
/// All there is to put right.
pub fn decide_works(
    asked: &AskedWorks,
    (district, outside_m): (Option<String>, i64),
    now: Moment,
    zone: &TimeZone,
) -> Result<Plan, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut note = |refusal| refusals.push(refusal);
    let title = text(&asked.title, "title", TITLE_LIMIT).unwrap_or_else(|r| (note(r), String::new()).1);
    if title.is_empty() {
        note(Refusal::new("works-title").at("title").with("most", TITLE_LIMIT));
    }
    let words = text(&asked.words, "words", WORDS_LIMIT).unwrap_or_else(|r| (note(r), String::new()).1);
    let place_words = text(&asked.place, "place", PLACE_LIMIT).unwrap_or_else(|r| (note(r), String::new()).1);
    let place = pin(asked).unwrap_or_else(|r| (note(r), None).1);
    if outside_m > 0 {
        note(Refusal::new("works-outside").at("lat").with("metres", outside_m));
    }
    let district = district.or_else(|| Some(asked.district.clone()).filter(|code| place.is_none() && !code.is_empty()));
    if place.is_none() && district.is_none() {
        note(Refusal::new("works-place").at("district"));
    }
    let from_at = moment(&asked.from, "from", zone).unwrap_or_else(|r| (note(r), now).1);
    let until_at = moment(&asked.until, "until", zone).unwrap_or_else(|r| (note(r), now).1);
    if refusals.is_empty() {
        refusals.extend(in_time(from_at, until_at, now).err());
    }
    let plan = Plan { title, words, place: place_words, spot: Spot { place, district }, from_at, until_at };
    if refusals.is_empty() { Ok(plan) } else { Err(refusals) }
}

fn in_time(from_at: Moment, until_at: Moment, now: Moment) -> Result<(), Refusal> {
    if until_at <= from_at {
        return Err(Refusal::new("works-order").at("until"));
    }
    if until_at <= now {
        return Err(Refusal::new("works-over").at("until"));
    }
    if until_at > from_at.plus_days(DAYS_LIMIT) || from_at > now.plus_days(DAYS_LIMIT) {
        return Err(Refusal::new("works-long").at("until").with("days", DAYS_LIMIT));
    }
    Ok(())
}

/// Whether works can still be changed or called off.
///
/// # Errors
/// `works-closed`; `works-stale` where somebody changed them since.
pub fn may_change(works: &Works, seen_version: i64, now: Moment) -> Result<(), Refusal> {
    if works.called_off_at.is_some() || works.until_at <= now {
        return Err(Refusal::conflict("works-closed"));
    }
    if works.version != seen_version {
        return Err(Refusal::conflict("works-stale"));
    }
    Ok(())
}

fn text(sent: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = sent.trim().replace("\r\n", "\n");
    let is_plain = text.chars().all(|c| !c.is_control() || (c == '\n' && field == "words"));
    if text.chars().count() > limit || !is_plain {
        return Err(Refusal::new("works-text").at(field).with("most", limit));
    }
    Ok(text)
}

fn pin(asked: &AskedWorks) -> Result<Option<Place>, Refusal> {
    let (lat, long) = (asked.lat.trim(), asked.long.trim());
    if lat.is_empty() && long.is_empty() {
        return Ok(None);
    }
    let degrees = lat.parse().ok().zip(long.parse().ok());
    let place = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok());
    place.map(Some).ok_or_else(|| Refusal::new("alerts-place").at("lat"))
}

fn moment(text: &str, field: &'static str, zone: &TimeZone) -> Result<Moment, Refusal> {
    let refused = || Refusal::new("works-moment").at(field);
    if let Ok(moment) = Moment::parse(text.trim()) {
        return Ok(moment);
    }
    let civil: DateTime = text.trim().parse().map_err(|_| refused())?;
    civil.to_zoned(zone.clone()).map(|zoned| zoned.timestamp().into()).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> AskedWorks {
        AskedWorks {
            title: "New pipes".to_owned(),
            place: "Mill Lane".to_owned(),
            lat: "50.05".to_owned(),
            long: "0.05".to_owned(),
            from: "2026-11-27T08:00".to_owned(),
            until: "2026-11-28T16:00".to_owned(),
            ..AskedWorks::default()
        }
    }

    fn decide(asked: &AskedWorks, located: (Option<&str>, i64)) -> Result<Plan, Vec<&'static str>> {
        let now = Moment::parse("2026-11-26T12:00:00Z").unwrap();
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let decided = decide_works(asked, (located.0.map(str::to_owned), located.1), now, &zone);
        decided.map_err(|refusals| refusals.iter().map(|refusal| refusal.code).collect())
    }

    #[test]
    fn works_are_planned_in_the_towns_time() {
        let plan = decide(&asked(), (Some("mill"), 0)).unwrap();
        assert_eq!(plan.from_at.rfc3339(), "2026-11-27T07:00:00Z");
        assert_eq!(plan.spot.district.as_deref(), Some("mill"));
        let by_district =
            AskedWorks { lat: String::new(), long: String::new(), district: "docks".to_owned(), ..asked() };
        assert_eq!(decide(&by_district, (None, 0)).unwrap().spot.district.as_deref(), Some("docks"));
    }

    #[test]
    fn what_cannot_be_is_refused_all_at_once() {
        let long = "x".repeat(121);
        for (wrong, code) in [
            (AskedWorks { title: " ".to_owned(), ..asked() }, "works-title"),
            (AskedWorks { title: long, ..asked() }, "works-text"),
            (AskedWorks { title: "a\u{7}b".to_owned(), ..asked() }, "works-text"),
            (AskedWorks { lat: "95".to_owned(), ..asked() }, "alerts-place"),
            (AskedWorks { from: "tomorrow".to_owned(), ..asked() }, "works-moment"),
            (AskedWorks { until: "2026-11-27T08:00".to_owned(), ..asked() }, "works-order"),
            (
                AskedWorks { from: "2026-11-01T08:00".to_owned(), until: "2026-11-02T08:00".to_owned(), ..asked() },
                "works-over",
            ),
            (AskedWorks { until: "2036-11-27T08:00".to_owned(), ..asked() }, "works-long"),
            (AskedWorks { lat: String::new(), long: String::new(), ..asked() }, "works-place"),
        ] {
            let located = if wrong.lat.is_empty() { None } else { Some("mill") };
            assert!(decide(&wrong, (located, 0)).unwrap_err().contains(&code), "{code}");
        }
        assert_eq!(decide(&asked(), (None, 12)).unwrap_err(), ["works-outside"]);
    }
}
