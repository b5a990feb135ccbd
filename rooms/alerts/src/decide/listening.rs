//! Which area somebody asks for, and when it is time to tell them.

use crate::model::{AREAS_LIMIT, Area, Pace, RADII_M};
use civic::{Moment, Place};
use jiff::tz::TimeZone;
use web::Refusal;

/// The hour, in the town's time, at which daily news begin to go out.
const MORNING: i8 = 7;

/// An area as an address or a form names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedArea {
    /// The code of a district.
    pub district: String,
    /// Degrees north.
    pub lat: String,
    /// Degrees east.
    pub long: String,
    /// Metres.
    pub radius: String,
}

/// Reads an area: a circle where there is a pin, else a district; `None` where nothing is named.
///
/// # Errors
/// `alerts-place`, `alerts-radius` or `alerts-district`.
pub fn read_area(asked: &AskedArea, district_exists: bool) -> Result<Option<Area>, Refusal> {
    let (lat, long) = (asked.lat.trim(), asked.long.trim());
    if !lat.is_empty() || !long.is_empty() {
        let degrees = lat.parse().ok().zip(long.parse().ok());
        let middle = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok());
        let middle = middle.ok_or_else(|| Refusal::new("alerts-place").at("lat"))?;
        let radius_m = asked.radius.trim().parse().ok().filter(|radius| RADII_M.contains(radius));
        let radius_m = radius_m.ok_or_else(|| Refusal::new("alerts-radius").at("radius"))?;
        return Ok(Some(Area::Circle { middle, radius_m }));
    }
    match asked.district.as_str() {
        "" => Ok(None),
        code if district_exists => Ok(Some(Area::District(code.to_owned()))),
        _ => Err(Refusal::new("alerts-district").at("district")),
    }
}

/// Whether an address may ask for one more area.
///
/// # Errors
/// `alerts-many`.
pub fn may_ask(areas: i64) -> Result<(), Refusal> {
    if areas < AREAS_LIMIT { Ok(()) } else { Err(Refusal::new("alerts-many").at("email").with("most", AREAS_LIMIT)) }
}

/// Whether it is time to tell somebody who was last told then.
pub fn is_due(pace: Pace, told_at: Option<Moment>, now: Moment, zone: &TimeZone) -> bool {
    match pace {
        Pace::AtOnce => true,
        Pace::Daily => {
            let local = now.in_zone(zone);
            local.hour() >= MORNING && told_at.is_none_or(|told| told.in_zone(zone).date() < local.date())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(district: &str, lat: &str, long: &str, radius: &str) -> AskedArea {
        let [district, lat, long, radius] = [district, lat, long, radius].map(str::to_owned);
        AskedArea { district, lat, long, radius }
    }

    #[test]
    fn an_area_is_a_district_or_a_circle_of_a_size_that_is_offered() {
        assert_eq!(read_area(&asked("", "", "", "500"), false), Ok(None));
        assert_eq!(read_area(&asked("7", "", "", ""), true), Ok(Some(Area::District("7".to_owned()))));
        assert_eq!(read_area(&asked("7", "", "", ""), false).unwrap_err().code, "alerts-district");
        let circle = read_area(&asked("7", "34.05", "-118.25", "500"), true).unwrap().unwrap();
        assert_eq!(circle.to_string(), "circle 34050000 -118250000 500");
        for (lat, long, radius, code) in [
            ("34.05", "", "500", "alerts-place"),
            ("x", "1", "500", "alerts-place"),
            ("91", "1", "500", "alerts-place"),
            ("NaN", "1", "500", "alerts-place"),
            ("1", "1", "", "alerts-radius"),
            ("1", "1", "501", "alerts-radius"),
            ("1", "1", "-500", "alerts-radius"),
            ("1", "1", "999999999999999999999", "alerts-radius"),
        ] {
            assert_eq!(read_area(&asked("", lat, long, radius), true).unwrap_err().code, code, "{lat} {long} {radius}");
        }
        assert!(may_ask(AREAS_LIMIT - 1).is_ok() && may_ask(AREAS_LIMIT).is_err());
    }

    #[test]
    fn daily_news_go_out_once_a_morning_in_the_towns_time() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let at = |text: &str| Moment::parse(text).unwrap();
        let due = |told: Option<&str>, now: &str| is_due(Pace::Daily, told.map(at), at(now), &zone);
        assert!(!due(None, "2026-11-26T14:59:00Z"), "06:59 in town");
        assert!(due(None, "2026-11-26T15:00:00Z"));
        assert!(!due(Some("2026-11-26T15:00:00Z"), "2026-11-27T07:59:00Z"), "the same day in town");
        assert!(due(Some("2026-11-26T15:00:00Z"), "2026-11-27T15:00:00Z"));
        assert!(is_due(Pace::AtOnce, Some(at("2026-11-26T14:59:00Z")), at("2026-11-26T14:59:00Z"), &zone));
    }
}
