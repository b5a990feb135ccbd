//! Where a pin lies, in words: for those who hear the map instead of seeing it.

use crate::{
    decide::{Where, pin_of},
    store,
    views::{Eyes, Named},
};
use axum::extract::State;
use civic::Place;
use database::DbError;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Answer, Sayings, Stop, Town, Visit, answer::json, dates, visit::Query};

/// Metres beyond which an address does not help to know where one is.
const NEAR_LIMIT_M: i64 = 250;

/// A pin, in degrees.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Pin {
    lat: String,
    long: String,
}

/// Where a pin lies.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HereView {
    /// Its district; absent outside the town, and where the town has none.
    pub district: Option<Named>,
    /// Metres to the nearest district; 0 inside.
    pub outside_m: i64,
    /// The nearest address that a report names, within 250 m.
    pub near: Option<NearView>,
    /// All of it as a sentence, in the reader's language.
    pub sentence: String,
}

/// An address near a pin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NearView {
    /// The place in words.
    pub address: String,
    /// Metres from the pin, in tens.
    pub distance_m: i64,
}

/// GET /report/here
pub async fn here(State(town): State<Town>, visit: Visit, Query(pin): Query<Pin>) -> Answer {
    let place = pin_of(Some(&pin.lat), Some(&pin.long))?.ok_or(Stop::NotFound)?;
    let found = town.db().read(move |tx| store::nearest_address(tx, place, NEAR_LIMIT_M)).await;
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    let near = found.map(|(address, distance_m)| NearView { address, distance_m: (distance_m + 5) / 10 * 10 });
    json(&view(&town, &visit, place, near))
}

fn view(town: &Town, visit: &Visit, place: Place, near: Option<NearView>) -> HereView {
    let districts = town.part::<Districts>();
    let (district, outside_m) = match crate::commands::open::locate(districts, place) {
        Where::Inside(code) => (Some(Eyes::new(town, visit.t.language()).district(&code)), 0),
        Where::Outside { distance_m } if !districts.is_empty() => (None, distance_m),
        _ => (None, 0),
    };
    let sentence = sentence(&visit.t, place, district.as_ref(), outside_m, near.as_ref());
    HereView { district, outside_m, near, sentence }
}

fn sentence(t: &Sayings, place: Place, district: Option<&Named>, outside_m: i64, near: Option<&NearView>) -> String {
    let mut parts = Vec::new();
    match district {
        Some(district) => parts.push(t.with1("here-in", "district", &district.name)),
        None if outside_m > 0 => parts.push(t.with1("here-outside", "metres", dates::number(outside_m, t.language()))),
        None => {}
    }
    parts.extend(near.map(|near| match near.distance_m {
        0 => t.with1("here-at", "address", &near.address),
        metres => t.with2("here-near", "metres", metres, "address", &near.address),
    }));
    let degrees = |value: f64| dates::decimal(value, 5, t.language());
    parts.push(t.with2("here-place", "lat", degrees(place.lat()), "long", degrees(place.long())));
    parts.join(" ")
}
