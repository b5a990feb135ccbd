//! Datasets, resources and organisations as CKAN writes them.

use crate::{
    books::Shelves,
    model::{Dataset, Resource, State},
    views::download_url,
    vocabulary::{THEMES, licence, licence_url},
};
use civic::{Language, Moment};
use people::organisations::Organisation;
use serde_json::{Value as Json, json};
use web::Town;

/// A moment as CKAN writes it: UTC without saying so.
pub(super) fn moment(at: Moment) -> String {
    format!("{}.000000", at.rfc3339().trim_end_matches('Z'))
}

pub(super) fn package(town: &Town, shelves: &Shelves, one: &Dataset) -> Json {
    let (meta, language) = (&one.meta, town.settings().languages.first().copied().unwrap_or_default());
    let licence = licence(&meta.licence);
    let organisation = shelves.organisations.get(&one.organisation);
    let tag = |name: &String| json!({"name": name, "display_name": name, "id": name, "state": "active", "vocabulary_id": null});
    let extra = |(key, value): (&str, &str)| json!({"key": key, "value": value});
    let own = [
        ("spatial_text", meta.spatial.as_str()),
        ("temporal_start", &meta.from),
        ("temporal_end", &meta.until),
        ("frequency", &meta.frequency),
        ("hvd_category", &meta.high_value),
        ("origin", &meta.origin),
    ];
    let own = own.into_iter().filter(|(_, value)| !value.is_empty()).map(extra);
    let kept = meta.extras.iter().map(|(key, value)| extra((key, value)));
    // As ckanext-spatial reads it.
    let around = one.bbox().filter(|_| !meta.extras.contains_key("spatial")).map(|around| {
        let ring = crate::extent::corners(around).map(|(x, y)| [x, y]);
        extra(("spatial", &json!({"type": "Polygon", "coordinates": [ring]}).to_string()))
    });
    json!({
        "id": one.id,
        "name": one.name,
        "title": meta.title.in_language(language),
        "notes": meta.notes.as_ref().map(|notes| notes.in_language(language)).unwrap_or_default(),
        "type": "dataset",
        "state": match one.state { State::Withdrawn { .. } => "deleted", _ => "active" },
        "private": matches!(one.state, State::Draft),
        "author": meta.contact_name,
        "author_email": meta.contact_email,
        "maintainer": meta.contact_name,
        "maintainer_email": meta.contact_email,
        "license_id": meta.licence,
        "license_title": licence.map(|one| one.title),
        "license_url": licence.map(|_| licence_url(meta)),
        "isopen": licence.is_some_and(|one| one.open),
        "url": meta.url,
        "version": one.version.to_string(),
        "creator_user_id": null,
        "metadata_created": moment(one.made_at),
        "metadata_modified": moment(one.updated_at),
        "owner_org": organisation.map(|one| one.id.text()),
        "organization": organisation.map(|one| organization(one, language)),
        "num_resources": one.resources.len(),
        "num_tags": meta.tags.len(),
        "tags": meta.tags.iter().map(tag).collect::<Vec<_>>(),
        "groups": meta.themes.iter().map(|theme| group(town, theme)).collect::<Vec<_>>(),
        "extras": own.chain(around).chain(kept).collect::<Vec<_>>(),
        "resources": (0..).zip(&one.resources).map(|(at, resource)| self::resource(town, one, resource, at)).collect::<Vec<_>>(),
        "relationships_as_subject": [],
        "relationships_as_object": [],
    })
}

pub(super) fn resource(town: &Town, one: &Dataset, resource: &Resource, position: usize) -> Json {
    let body = &resource.body;
    let kept_here = resource.file_id.is_some();
    json!({
        "id": resource.id,
        "package_id": one.id,
        "position": position,
        "name": body.name,
        "description": body.description,
        "format": body.format,
        "mimetype": if body.media_type.is_empty() { None } else { Some(&body.media_type) },
        "url": download_url(town, one, resource),
        "url_type": if kept_here { Some("upload") } else { None },
        "size": if body.size_bytes == 0 { None } else { Some(body.size_bytes) },
        "hash": body.sha256,
        "created": moment(one.made_at),
        "last_modified": moment(resource.updated_at),
        "metadata_modified": moment(resource.updated_at),
        "state": "active",
        "resource_type": null,
        "datastore_active": body.info.is_some() || (!body.schema.is_empty() && !kept_here),
        "table_name": resource.table_name,
    })
}

pub(super) fn organization(one: &Organisation, language: Language) -> Json {
    json!({
        "id": one.id.text(), "name": one.code, "title": one.name.in_language(language),
        "display_name": one.name.in_language(language), "type": "organization", "description": "", "image_url": "",
        "is_organization": true, "approval_status": "approved", "state": "active", "created": null,
    })
}

pub(super) fn group(town: &Town, theme: &str) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let key = THEMES.iter().find(|(code, _)| code.eq_ignore_ascii_case(theme)).map(|(_, key)| *key);
    let title = key.map(|key| town.words().of(language).say(key).to_owned()).unwrap_or_default();
    json!({
        "id": theme.to_lowercase(), "name": theme.to_lowercase(), "title": title, "display_name": title, "description": "",
        "image_display_url": "", "type": "group", "state": "active",
    })
}
