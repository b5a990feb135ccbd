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
    let extra = |key: &str| {
        let found = list("extras").into_iter().find(|one| one.get("key").and_then(Json::as_str) == Some(key));
        found.map(|one| text(&one, "value")).unwrap_or_default()
    };
    let licence = [text(json, "license_id"), text(json, "license_url"), text(json, "license_title")];
    let themes = list("groups").iter().map(|group| text(group, "name").to_uppercase()).collect::<Vec<_>>();
    let contact = |ours: &str, theirs: &str| {
        let found = text(json, ours);
        if found.is_empty() { text(json, theirs) } else { found }
    };
    checked(Offered {
        id: text(json, "id"),
        title: english(text(json, "title")),
        notes: english(text(json, "notes")),
        tags: list("tags").iter().map(|tag| text(tag, "name")).filter(|tag| !tag.is_empty()).collect(),
        themes: themes.into_iter().filter(|one| THEMES.iter().any(|(code, _)| code == one)).collect(),
        licence: licence.iter().find_map(|one| licence_like(one)).map(|one| one.code.to_owned()).unwrap_or_default(),
        url: text(json, "url"),
        contact_name: contact("maintainer", "author"),
        contact_email: contact("maintainer_email", "author_email"),
        frequency: extra("frequency"),
        from: extra("temporal_start").chars().take(10).collect(),
        until: extra("temporal_end").chars().take(10).collect(),
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

fn datajson(json: &Json) -> Result<Offered, Failure> {
    let contact = json.get("contactPoint").cloned().unwrap_or_default();
    let temporal = text(json, "temporal");
    let (from, until) = temporal.split_once('/').unwrap_or((temporal.as_str(), ""));
    let day = |text: &str| text.chars().take(10).collect::<String>();
    checked(Offered {
        id: text(json, "identifier"),
        title: english(text(json, "title")),
        notes: english(text(json, "description")),
        tags: texts(json, "keyword"),
        themes: Vec::new(),
        licence: licence_like(&text(json, "license")).map(|one| one.code.to_owned()).unwrap_or_default(),
        url: text(json, "landingPage"),
        contact_name: text(&contact, "fn"),
        contact_email: text(&contact, "hasEmail").trim_start_matches("mailto:").to_owned(),
        frequency: String::new(),
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
