//! Catalogues of CKAN, DCAT and data.json, from their bytes.

use super::{Failure, HARVEST_LIMIT, Heard, Offered, OfferedFile};
use crate::vocabulary::{THEMES, licence_like};
use civic::Language;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use web::{Stop, Town};

/// Datasets that CKAN is asked for at a time.
const ROWS: usize = 100;
/// Bytes of a catalogue.
const CATALOGUE_BYTES: u64 = 64 * 1024 * 1024;

/// The kinds of catalogues.
pub(crate) const KINDS: [&str; 3] = ["ckan", "dcat", "datajson"];

/// Reads what was handed in as a file, or got from an address.
pub(crate) fn read(kind: &str, bytes: &[u8], base: &str) -> Result<Heard, String> {
    match kind {
        "dcat" => {
            let (found, wrong) = crate::dcat::read::datasets(bytes, base)?;
            let bad = wrong.into_iter().map(|why| Err(Failure { dataset: base.to_owned(), why, id: String::new() }));
            Ok(Heard { offered: found.into_iter().map(checked).chain(bad).collect() })
        }
        "ckan" => {
            let json: Json = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
            Ok(Heard { offered: packages(&json)?.iter().map(ckan).collect() })
        }
        _ => {
            let json: Json = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
            let all = json.get("dataset").or(Some(&json)).and_then(Json::as_array);
            let all = all.ok_or_else(|| "it has no list “dataset”".to_owned())?;
            Ok(Heard { offered: all.iter().take(HARVEST_LIMIT).map(datajson).collect() })
        }
    }
}

/// Asks a catalogue.
pub(crate) async fn fetch(town: &Town, kind: &str, url: &str) -> Result<Heard, Stop> {
    let policy = outgoing::Policy {
        redirects: true,
        body_limit_bytes: CATALOGUE_BYTES,
        patience: std::time::Duration::from_secs(60),
        ..town.part::<outgoing::Client>().policy().clone()
    };
    let (kind, url) = (kind.to_owned(), url.to_owned());
    let asked = tokio::task::spawn_blocking(move || {
        let client = outgoing::Client::new(policy);
        let get = |url: &str| {
            let answer = client.get(url, &[]).map_err(|why| why.to_string())?;
            if answer.is_success() { Ok(answer.body) } else { Err(format!("HTTP {}", answer.status)) }
        };
        if kind != "ckan" {
            return read(&kind, &get(&url)?, &url);
        }
        let mut offered = Vec::new();
        while offered.len() < HARVEST_LIMIT {
            let page = format!(
                "{}/api/3/action/package_search?rows={ROWS}&start={}",
                url.trim_end_matches('/'),
                offered.len()
            );
            let mut heard = read("ckan", &get(&page)?, &url)?;
            if heard.offered.is_empty() {
                break;
            }
            offered.append(&mut heard.offered);
        }
        Ok(Heard { offered })
    });
    asked
        .await
        .map_err(Stop::fault)?
        .map_err(|why: String| web::Refusal::new("data-fetch").at("url").with("why", why).into())
}

/// What must be there for a dataset to be told from others.
fn checked(offered: Offered) -> Result<Offered, Failure> {
    let has_title = offered.title.values().any(|title| !title.trim().is_empty());
    match (has_title, offered.id.trim().is_empty()) {
        (true, false) => Ok(offered),
        (false, _) => Err(Failure { dataset: offered.id.clone(), why: "it has no title".to_owned(), id: offered.id }),
        (true, true) => {
            let title = offered.title.values().next().cloned().unwrap_or_default();
            Err(Failure { dataset: title, why: "it has no identifier".to_owned(), id: String::new() })
        }
    }
}

fn packages(json: &Json) -> Result<Vec<Json>, String> {
    let result = json.get("result").unwrap_or(json);
    let list = result.get("results").unwrap_or(result);
    match list {
        Json::Array(all) => Ok(all.iter().take(HARVEST_LIMIT).cloned().collect()),
        Json::Object(_) => Ok(vec![list.clone()]),
        _ => Err("it has no list of datasets".to_owned()),
    }
}

/// A text, also where a number stands in its place.
fn text(json: &Json, name: &str) -> String {
    match json.get(name) {
        Some(Json::String(text)) => text.trim().to_owned(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn texts(json: &Json, name: &str) -> Vec<String> {
    match json.get(name) {
        Some(Json::Array(all)) => all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        Some(Json::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

fn english(text: String) -> BTreeMap<Language, String> {
    if text.is_empty() { BTreeMap::new() } else { BTreeMap::from([(Language::En, text)]) }
}

fn ckan(json: &Json) -> Result<Offered, Failure> {
    let list = |name: &str| json.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    // A fact stands among the extras, or beside the others where a schema of the catalogue put it.
    let mut extras: BTreeMap<String, String> = BTreeMap::new();
    for extra in list("extras") {
        let value = extra.get("value").map(plain).unwrap_or_default();
        if !value.is_empty() {
            extras.insert(text(&extra, "key"), value);
        }
    }
    let mut extra = |key: &str| {
        let beside = json.get(key).filter(|_| json.get("extras").is_some()).map(plain).unwrap_or_default();
        extras.remove(key).filter(|value| !value.is_empty()).unwrap_or(beside)
    };
    let (high_value, frequency) = (extra("hvd_category"), extra("frequency"));
    let (from, until) = (extra("temporal_start"), extra("temporal_end"));
    let (place, shape) = (extra("spatial_text"), extra("spatial"));
    let is_shape = shape.starts_with('{');
    let spatial = if place.is_empty() && !is_shape { shape.clone() } else { place };
    if is_shape {
        extras.insert("spatial".to_owned(), shape);
    }
    let said = [("publisher_name", json.get("organization").map(|one| text(one, "title")).unwrap_or_default())];
    for (key, value) in said.into_iter().chain([("modified", text(json, "metadata_modified"))]) {
        if !value.is_empty() {
            extras.entry(key.to_owned()).or_insert(value);
        }
    }
    let groups: Vec<String> = list("groups").iter().map(|group| text(group, "name")).collect();
    let is_theme = |name: &&String| THEMES.iter().any(|(code, _)| code.eq_ignore_ascii_case(name));
    let others: Vec<&str> = groups.iter().filter(|name| !is_theme(name)).map(String::as_str).collect();
    if !others.is_empty() {
        extras.insert("groups".to_owned(), others.join(", "));
    }
    let contact = |ours: &str, theirs: &str| {
        let found = text(json, ours);
        if found.is_empty() { text(json, theirs) } else { found }
    };
    let names = [text(json, "license_id"), text(json, "license_url"), text(json, "license_title")];
    let known = names.iter().find_map(|one| licence_like(one)).map(|one| one.code.to_owned());
    checked(Offered {
        id: text(json, "id"),
        title: english(text(json, "title")),
        notes: english(text(json, "notes")),
        tags: list("tags").iter().map(|tag| text(tag, "name")).filter(|tag| !tag.is_empty()).collect(),
        themes: groups.iter().filter(is_theme).map(|name| name.to_uppercase()).collect(),
        licence: known.or_else(|| names.iter().rev().find(|one| !one.is_empty()).cloned()).unwrap_or_default(),
        licence_url: names[1].clone(),
        url: text(json, "url"),
        spatial,
        high_value,
        contact_name: contact("maintainer", "author"),
        contact_email: contact("maintainer_email", "author_email"),
        frequency: frequency.rsplit('/').next().unwrap_or_default().to_owned(),
        from: from.chars().take(10).collect(),
        until: until.chars().take(10).collect(),
        extras,
        warnings: Vec::new(),
        files: list("resources")
            .iter()
            .map(|one| OfferedFile {
                id: text(one, "id"),
                name: text(one, "name"),
                description: text(one, "description"),
                url: text(one, "url"),
                format: text(one, "format"),
                media_type: text(one, "mimetype"),
            })
            .collect(),
    })
}

/// A value as text: structures as JSON.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// A frequency of ISO 8601, as data.json writes it, as the EU's code.
fn frequency_of(text: &str) -> &str {
    match text.to_uppercase().as_str() {
        "R/P1Y" => "ANNUAL",
        "R/P3M" => "QUARTERLY",
        "R/P1M" => "MONTHLY",
        "R/P1W" | "R/P7D" => "WEEKLY",
        "R/P1D" => "DAILY",
        "R/PT1S" => "CONT",
        "IRREGULAR" => "IRREG",
        _ => text,
    }
}

fn datajson(json: &Json) -> Result<Offered, Failure> {
    let contact = json.get("contactPoint").cloned().unwrap_or_default();
    let temporal = text(json, "temporal");
    let (from, until) = temporal.split_once('/').unwrap_or((temporal.as_str(), ""));
    let day = |text: &str| text.chars().take(10).collect::<String>();
    let publisher = json.get("publisher").map(|one| text(one, "name")).unwrap_or_default();
    let themes = texts(json, "theme").join(", ");
    let facts = [("publisher_name", publisher), ("modified", text(json, "modified")), ("theme", themes)];
    let place = json.get("spatial").map(plain).unwrap_or_default();
    let is_shape = place.starts_with(['{', '[']);
    let mut extras: BTreeMap<String, String> =
        facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), value)).collect();
    if is_shape {
        extras.insert("spatial".to_owned(), place.clone());
    }
    checked(Offered {
        id: text(json, "identifier"),
        title: english(text(json, "title")),
        notes: english(text(json, "description")),
        tags: texts(json, "keyword"),
        themes: Vec::new(),
        licence: text(json, "license"),
        licence_url: String::new(),
        spatial: if is_shape { String::new() } else { place },
        high_value: String::new(),
        extras,
        warnings: Vec::new(),
        url: text(json, "landingPage"),
        contact_name: text(&contact, "fn"),
        contact_email: text(&contact, "hasEmail").trim_start_matches("mailto:").to_owned(),
        frequency: frequency_of(&text(json, "accrualPeriodicity")).to_owned(),
        from: day(from),
        until: day(until),
        files: json
            .get("distribution")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .map(|one| {
                let url = text(one, "downloadURL");
                let url = if url.is_empty() { text(one, "accessURL") } else { url };
                OfferedFile {
                    id: url.clone(),
                    name: text(one, "title"),
                    description: text(one, "description"),
                    format: text(one, "format"),
                    media_type: text(one, "mediaType"),
                    url,
                }
            })
            .collect(),
    })
}
