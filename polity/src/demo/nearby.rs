//! Planned works for the demo: invented, and said to be. Agencies and districts are real.

use super::{facts::code_of, stands_at};
use alerts::{Announcement, announce_works};
use anyhow::Context as _;
use civic::Actor;
use std::collections::BTreeMap;
use web::{Stop, Town};

/// Agency, title, place, latitude and longitude, days from now until they begin, and how many they take.
const WORKS: [(&str, &str, &str, &str, &str, i64, i64); 3] = [
    (
        "BSL",
        "New lamps along the boulevard (simulated)",
        "Wilshire Boulevard, 600 to 900",
        "34.0616",
        "-118.2960",
        3,
        9,
    ),
    ("LADWP", "Water main renewed at night (simulated)", "Figueroa Street at 7th Street", "34.0489", "-118.2600", 1, 3),
    (
        "BOS",
        "Sewer inspected, one lane closed (simulated)",
        "Sunset Boulevard at Alvarado Street",
        "34.0771",
        "-118.2647",
        -1,
        4,
    ),
];

/// Announces them, each by an officer of its agency, two days before the demo stands still.
///
/// # Errors
/// When one is refused.
pub async fn announce(town: &Town, officers: &BTreeMap<String, Actor>) -> anyhow::Result<()> {
    let before = town.at(stands_at().plus_days(-2));
    for (agency, title, place, lat, long, begins, takes) in WORKS {
        let officer = officers.get(agency).with_context(|| format!("the demo has no agency {agency}"))?;
        let from = stands_at().plus_days(begins);
        let asked = Announcement {
            organisation: code_of(agency),
            title: title.to_owned(),
            words: "These works are invented for the demo.".to_owned(),
            place: place.to_owned(),
            lat: lat.to_owned(),
            long: long.to_owned(),
            district: String::new(),
            from: from.rfc3339(),
            until: from.plus_days(takes).rfc3339(),
        };
        let announced = announce_works(&before, officer.clone(), asked).await;
        announced.map_err(|stop: Stop| anyhow::anyhow!("{stop:?}")).with_context(|| format!("the works “{title}”"))?;
    }
    Ok(())
}
