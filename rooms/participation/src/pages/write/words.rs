//! What a form says, and what a proposal says to be typed over.

use crate::{decide::Words, model::Proposal, pages::admin::read::units};
use civic::Place;
use commons::files::StoredPhoto;
use places::Districts;
use web::{Stop, Town, forms::Submission};

/// What a form says.
pub(in crate::pages) fn words_of(form: &Submission) -> Words {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Words {
        title: field("title"),
        text: form.raw("text").unwrap_or_default().to_owned(),
        category: field("category"),
        district: field("district"),
        lat: field("lat"),
        long: field("long"),
        address: field("address"),
        cost: field("cost"),
        sources: field("sources"),
        group: form.raw("group").map(|code| code.trim().to_owned()),
    }
}

/// The words of a proposal, to be typed over.
pub(super) fn words_again(proposal: &Proposal) -> Words {
    let degrees = |of: fn(Place) -> f64| proposal.place.map(|place| of(place).to_string()).unwrap_or_default();
    Words {
        title: proposal.title.clone(),
        text: proposal.text.clone(),
        category: proposal.category.clone(),
        // Where there is a pin, the district follows from it.
        district: proposal.district.clone().filter(|_| proposal.place.is_none()).unwrap_or_default(),
        lat: degrees(Place::lat),
        long: degrees(Place::long),
        address: proposal.address.clone(),
        cost: units(proposal.cost_cents),
        sources: proposal.sources.join(", "),
        group: Some(proposal.group.as_ref().map(|group| group.code.clone()).unwrap_or_default()),
    }
}

/// A click on `<input type="image" name="map">` sends `map.x` and `map.y`: the pin is there now. Returns the district to show
/// larger; `None` without a click.
pub(super) fn clicked(town: &Town, form: &Submission, words: &mut Words) -> Option<String> {
    if form.text("whole").is_some() {
        return Some(String::new());
    }
    let number = |name| form.text(name).and_then(|text| text.parse::<f64>().ok());
    let (x, y) = number("map.x").zip(number("map.y"))?;
    let districts = town.part::<Districts>();
    let place = districts.place_of_click(form.text("zoom").unwrap_or_default(), x, y)?;
    (words.lat, words.long) = (place.lat().to_string(), place.long().to_string());
    Some(districts.locate(place).unwrap_or_default())
}

/// Takes in the photo that came with a form.
pub(super) async fn photo_of(town: &Town, form: &Submission, secret: &str) -> Result<Vec<StoredPhoto>, Stop> {
    match form.file("photo") {
        Some(upload) => Ok(vec![commons::files::take_in(town, upload.bytes.clone(), secret).await?]),
        None => Ok(Vec::new()),
    }
}
