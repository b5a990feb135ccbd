//! The catalogue as DCAT-US 1.1 (data.json; resources.data.gov/resources/dcat-us).

use crate::{
    books::{Filed, Shelves},
    decide::is_web_address,
    model::{Dataset, EXPORT_LIMIT, Resource},
    views::download_url,
    vocabulary::licence_url,
};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use web::Town;

/// The catalogue of these datasets.
pub fn catalogue(town: &Town, shelves: &Shelves, datasets: &[Arc<Filed>]) -> Json {
    let all: Vec<Json> = datasets
        .iter()
        .filter(|one| one.dataset.is_public())
        .take(EXPORT_LIMIT)
        .map(|one| dataset(town, shelves, &one.dataset))
        .collect();
    json!({
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": town.url("/data.json"),
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": all,
    })
}

fn dataset(town: &Town, shelves: &Shelves, one: &Dataset) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let title = one.meta.title.in_language(language);
    let notes = one.meta.notes.as_ref().map_or(title, |notes| notes.in_language(language));
    let mail = if one.meta.contact_email.is_empty() {
        town.settings().contact_email.clone()
    } else {
        one.meta.contact_email.clone()
    };
    let contact = if one.meta.contact_name.is_empty() {
        shelves.agency_name(one.organisation, language)
    } else {
        &one.meta.contact_name
    };
    let keywords = if one.meta.tags.is_empty() { vec![one.name.clone()] } else { one.meta.tags.clone() };
    let mut view = json!({
        "@type": "dcat:Dataset",
        "identifier": town.url(&format!("/data/{}", one.name)),
        "title": title,
        "description": notes,
        "keyword": keywords,
        "modified": one.updated_at.rfc3339(),
        "issued": one.state.since().unwrap_or(one.made_at).rfc3339(),
        "publisher": {"@type": "org:Organization", "name": shelves.agency_name(one.organisation, language)},
        "contactPoint": {"@type": "vcard:Contact", "fn": contact, "hasEmail": format!("mailto:{mail}")},
        "accessLevel": "public",
        "landingPage": town.url(&format!("/data/{}", one.name)),
        "language": town.settings().languages.iter().map(|language| language.tag()).collect::<Vec<_>>(),
        "distribution": one.resources.iter().filter_map(|resource| distribution(town, one, resource)).collect::<Vec<_>>(),
    });
    if let Some(fields) = view.as_object_mut() {
        extras(fields, one);
    }
    view
}

/// What may be missing is left out, for an empty text is not valid.
fn extras(fields: &mut Map<String, Json>, one: &Dataset) {
    if !licence_url(&one.meta).is_empty() {
        fields.insert("license".to_owned(), json!(licence_url(&one.meta)));
    }
    if !one.meta.spatial.is_empty() {
        fields.insert("spatial".to_owned(), json!(one.meta.spatial));
    } else if let Some(around) = one.bbox() {
        fields.insert("spatial".to_owned(), json!(around.map(|one| one.to_string()).join(",")));
    }
    if !one.meta.from.is_empty() && !one.meta.until.is_empty() {
        fields.insert("temporal".to_owned(), json!(format!("{}/{}", one.meta.from, one.meta.until)));
    }
    let period = match one.meta.frequency.as_str() {
        "CONT" => "R/PT1S",
        "DAILY" => "R/P1D",
        "WEEKLY" => "R/P1W",
        "MONTHLY" => "R/P1M",
        "QUARTERLY" => "R/P3M",
        "ANNUAL" => "R/P1Y",
        "IRREG" => "irregular",
        _ => "",
    };
    if !period.is_empty() {
        fields.insert("accrualPeriodicity".to_owned(), json!(period));
    }
    if !one.meta.themes.is_empty() {
        fields.insert("theme".to_owned(), json!(one.meta.themes));
    }
    if is_web_address(&one.meta.url) {
        fields.insert("references".to_owned(), json!([one.meta.url]));
    }
}

fn distribution(town: &Town, one: &Dataset, resource: &Resource) -> Option<Json> {
    let url = Some(download_url(town, one, resource)).filter(|url| is_web_address(url))?;
    let media_type =
        if resource.body.media_type.is_empty() { "application/octet-stream" } else { &resource.body.media_type };
    let title = if resource.body.name.is_empty() { resource.slug() } else { &resource.body.name };
    let mut view = json!({"@type": "dcat:Distribution", "downloadURL": url, "mediaType": media_type, "title": title});
    if !resource.body.format.is_empty() {
        view["format"] = json!(resource.body.format);
    }
    if !resource.body.description.is_empty() {
        view["description"] = json!(resource.body.description);
    }
    Some(view)
}
