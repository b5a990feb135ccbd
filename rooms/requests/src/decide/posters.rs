//! What an officer asks for before a notice is made.

use super::{open::Where, pin_of, text_within};
use crate::model::ADDRESS_LIMIT;
use civic::Place;
use web::Refusal;

/// Characters the name of what a notice hangs on may have.
pub const ASSET_LIMIT: usize = 60;

/// A notice to make, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct PosterOrder {
    /// The code of a category.
    pub category: String,
    /// Latitude and longitude; both or neither.
    pub lat: Option<String>,
    /// See `lat`.
    pub long: Option<String>,
    /// The place in words.
    pub address: String,
    /// What it hangs on, as the number of a lamp.
    pub asset: String,
}

/// Where a notice will hang.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The pin.
    pub place: Option<Place>,
    /// Its district.
    pub district: Option<String>,
    /// The place in words.
    pub address: String,
    /// What it hangs on.
    pub asset: String,
}

/// Decides whether a notice can be made: it needs a category that is offered, and a place within the town.
///
/// # Errors
/// All there is to put right.
pub fn decide_poster(order: &PosterOrder, is_offered: bool, located: &Where) -> Result<Spot, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !is_offered {
        let code = if order.category.is_empty() { "category-missing" } else { "category-unknown" };
        refusals.push(Refusal::new(code).at("category"));
    }
    let place = pin_of(order.lat.as_deref(), order.long.as_deref());
    let address = text_within(&order.address, "address", ADDRESS_LIMIT);
    let asset = text_within(&order.asset, "asset", ASSET_LIMIT);
    if place.as_ref().is_ok_and(Option::is_none) && order.address.trim().is_empty() {
        refusals.push(Refusal::new("place-missing").at("lat"));
    }
    let district = match located {
        Where::Inside(district) => Some(district.clone()),
        Where::Outside { distance_m } if *distance_m > 0 => {
            refusals.push(Refusal::new("outside-boundary").at("lat").with("distance_m", *distance_m));
            None
        }
        _ => None,
    };
    match (place, address, asset) {
        (Ok(place), Ok(address), Ok(asset)) if refusals.is_empty() => Ok(Spot { place, district, address, asset }),
        (place, address, asset) => {
            refusals.extend(place.err().into_iter().chain(address.err()).chain(asset.err()));
            Err(refusals)
        }
    }
}
