//! Actions that change something, for those who publish for an organisation.

use super::{
    Denied, Done, Who, dict,
    params::{Params, text_of},
    read::{seen, seen_resource},
    storing,
};
use crate::{
    books::{Books, Filed},
    commands::{self, Changed, FileIn, From, alter},
    decide::{Draft, Farewell},
    model::{Dataset, Resource, ResourceBody, State},
    pages::draft_of,
    store,
    vocabulary::licence_like,
};
use civic::{Language, Moment};
use database::Tx;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use web::{Stop, Town};

/// The actions of this module.
pub(super) const ACTIONS: [&str; 13] = [
    "dataset_purge",
    "package_resource_reorder",
    "package_create",
    "package_update",
    "package_patch",
    "package_delete",
    "resource_create",
    "resource_update",
    "resource_patch",
    "resource_delete",
    "datastore_create",
    "datastore_upsert",
    "datastore_delete",
];

pub(super) async fn run(town: &Town, who: &Who, action: &str, params: Params) -> Done {
    match action {
        "dataset_purge" => super::more::purge(town, who, &params).await,
        "package_resource_reorder" => super::more::reorder(town, who, &params).await,
        "package_create" => package_create(town, who, &params).await,
        "package_update" => package_update(town, who, &params, true).await,
        "package_patch" => package_update(town, who, &params, false).await,
        "package_delete" => package_delete(town, who, &params).await,
        "resource_create" => resource_create(town, who, params).await,
        "resource_update" | "resource_patch" => resource_update(town, who, params).await,
        "resource_delete" => resource_delete(town, who, &params).await,
        _ => storing::run(town, who, action, &params).await,
    }
}

/// The dataset as it is now.
pub(super) fn now(town: &Town, who: &Who, id: &str) -> Result<Arc<Filed>, Denied> {
    seen(who, &town.part::<Books>().now(), id)
}

fn shown(town: &Town, who: &Who, id: &str) -> Done {
    let shelves = town.part::<Books>().now();
    Ok(dict::package(town, &shelves, &now(town, who, id)?.dataset))
}

/// What was sent over what was there; with `whole`, what was not sent is nothing.
fn draft(params: &Params, before: Draft, whole: bool) -> Draft {
    let mut draft = if whole { Draft { name: before.name.clone(), ..Draft::default() } } else { before.clone() };
    let text = |name: &str| params.all.get(name).map(|value| text_of(Some(value)));
    let list = |name: &str| params.value(name).and_then(|value| value.as_array().cloned());
    if let Some(title) = text("title") {
        draft.title = with_english(&before.title, title);
    }
    if let Some(notes) = text("notes") {
        draft.notes = with_english(&before.notes, notes);
    }
    let named = |all: Vec<Json>| {
        all.iter()
            .map(|one| one.get("name").map_or_else(|| text_of(Some(one)), |name| text_of(Some(name))))
            .collect::<Vec<_>>()
    };
    if let Some(tags) = list("tags") {
        draft.tags = named(tags);
    } else if let Some(tags) = text("tag_string") {
        draft.tags = vec![tags];
    }
    if let Some(groups) = list("groups") {
        draft.themes = named(groups);
    }
    if let Some(licence) = text("license_id") {
        let known = licence_like(&licence);
        draft.licence = match (known, text("license_url").filter(|url| !url.is_empty())) {
            (Some(one), url) => {
                draft.licence_url = url.filter(|_| one.is_other()).unwrap_or_default();
                one.code.to_owned()
            }
            // One that is not known here, at its address.
            (None, Some(url)) if !licence.is_empty() => {
                draft.licence_url = url;
                "other".to_owned()
            }
            (None, _) if licence == "notspecified" => String::new(),
            (None, _) => licence,
        };
    }
    let put = |names: [&str; 2], place: &mut String| {
        if let Some(value) = names.iter().find_map(|name| text(name).filter(|value| !value.is_empty())) {
            *place = value;
        }
    };
    put(["maintainer", "author"], &mut draft.contact_name);
    put(["maintainer_email", "author_email"], &mut draft.contact_email);
    put(["url", "url"], &mut draft.url);
    if let Some(extras) = list("extras") {
        read_extras(&extras, &mut draft);
    }
    draft
}

/// Other languages stay as they were only where the English text does.
fn with_english(before: &BTreeMap<Language, String>, text: String) -> BTreeMap<Language, String> {
    if before.get(&Language::En) == Some(&text) { before.clone() } else { BTreeMap::from([(Language::En, text)]) }
}

fn read_extras(extras: &[Json], draft: &mut Draft) {
    draft.extras.clear();
    for extra in extras {
        let (key, value) = (text_of(extra.get("key")), text_of(extra.get("value")));
        match key.as_str() {
            "" => {}
            "spatial_text" => draft.spatial = value,
            "temporal_start" => draft.from = value.chars().take(10).collect(),
            "temporal_end" => draft.until = value.chars().take(10).collect(),
            "frequency" => draft.frequency = value,
            "hvd_category" => draft.high_value = value,
            "origin" => draft.origin = value,
            _ => {
                draft.extras.insert(key, value);
            }
        }
    }
}

async fn package_create(town: &Town, who: &Who, params: &Params) -> Done {
    let owner = params.text("owner_org");
    if owner.is_empty() {
        return Err(Denied::field("owner_org", "An organization must be provided"));
    }
    let mut draft = draft(params, Draft::default(), true);
    draft.name = params.text("name");
    if draft.name.is_empty() {
        return Err(Denied::field("name", "Missing value"));
    }
    if draft.title.values().all(String::is_empty) {
        draft.title = BTreeMap::from([(Language::En, draft.name.clone())]);
    }
    let code = {
        let shelves = town.part::<Books>().now();
        let mut all = shelves.organisations.values();
        all.find(|one| one.code == owner || one.id.text() == owner).map(|one| one.code.clone())
    };
    let code = code.ok_or_else(|| Denied::field("owner_org", "Organization does not exist"))?;
    let made = commands::draft(town, &who.actor, &code, &draft, From::default()).await?;
    let resources = resources_of(params)?;
    let public = !params.is("private", false) && params.text("state") != "draft";
    settle(town, who, &made.name, resources, public).await?;
    shown(town, who, &made.name)
}

/// Resources of a dataset as sent: id, and what is said of it.
type Sent = Vec<(String, ResourceBody)>;

fn resources_of(params: &Params) -> Result<Option<Sent>, Denied> {
    let Some(Json::Array(all)) = params.value("resources") else { return Ok(None) };
    let mut sent = Vec::new();
    for one in &all {
        let object =
            one.as_object().ok_or_else(|| Denied::field("resources", "Only lists of dicts can be placed here"))?;
        sent.push((text_of(object.get("id")), body(object, ResourceBody::default())));
    }
    Ok(Some(sent))
}

/// What is said of a resource, over what was said before.
fn body(object: &Map<String, Json>, before: ResourceBody) -> ResourceBody {
    let text = |name: &str, was: String| {
        object.get(name).map_or(was, |value| text_of(Some(value)).chars().take(2_000).collect())
    };
    ResourceBody {
        name: text("name", before.name),
        description: text("description", before.description),
        format: text("format", before.format),
        media_type: text("mimetype", before.media_type),
        url: text("url", before.url),
        ..before
    }
}

/// Puts the resources of a dataset in place and shows it or hides it.
async fn settle(town: &Town, who: &Who, name: &str, sent: Option<Sent>, public: bool) -> Result<(), Stop> {
    let ids: Vec<String> =
        (0..sent.as_ref().map_or(0, Vec::len)).map(|_| commands::new_id(town.now(), town.chance())).collect();
    let actor = who.actor.clone();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        if let Some(sent) = sent {
            put_resources(tx, dataset, sent, ids, now)?;
        }
        let was_public = dataset.is_public();
        if public && !was_public {
            let saying = commands::show(tx, dataset, &actor, now)?;
            return Ok(Changed { saying, what: vec!["resource".to_owned()], ..Changed::default() });
        }
        dataset.state = match (public, dataset.state) {
            (true, state) => state,
            // What was public is withdrawn, not made as if it had never been.
            (false, State::Published { .. } | State::Withdrawn { .. }) => State::Withdrawn { since: now },
            (false, State::Draft) => State::Draft,
        };
        let saying = match (was_public, dataset.is_public()) {
            (false, true) => "dataset.published",
            (true, false) => "dataset.withdrawn",
            _ => "dataset.changed",
        };
        Ok(Changed { saying, what: vec!["resource".to_owned()], ..Changed::default() })
    };
    alter(town, &who.actor, name, None, change).await.map(|_| ())
}

fn put_resources(
    tx: &mut Tx<'_>,
    dataset: &mut Dataset,
    sent: Sent,
    ids: Vec<String>,
    now: Moment,
) -> Result<(), Stop> {
    if sent.len() > crate::model::RESOURCES_LIMIT {
        return Err(web::Refusal::new("dataset-resources")
            .at("resources")
            .with("most", crate::model::RESOURCES_LIMIT)
            .into());
    }
    let before = std::mem::take(&mut dataset.resources);
    for ((position, (id, body)), new_id) in (0_i64..).zip(sent).zip(ids) {
        let known = before.iter().find(|one| one.id == id).cloned();
        if !body.url.is_empty()
            && known.as_ref().is_none_or(|known| known.file_id.is_none())
            && !crate::decide::is_web_address(&body.url)
        {
            return Err(web::Refusal::new("dataset-url").at("url").into());
        }
        let resource = match known {
            Some(known) => Resource {
                // A file that is kept here keeps its own address, size and table.
                body: ResourceBody {
                    name: body.name,
                    description: body.description,
                    url: if known.file_id.is_some() { String::new() } else { body.url },
                    format: if known.file_id.is_some() { known.body.format.clone() } else { body.format },
                    ..known.body.clone()
                },
                ..known
            },
            None => {
                Resource { id: new_id, table_name: None, file_id: None, sheet: 0, revision: 1, updated_at: now, body }
            }
        };
        store::put_resource(tx, &dataset.id, position, &resource)?;
        dataset.resources.push(resource);
    }
    for gone in before.iter().filter(|one| !dataset.resources.iter().any(|kept| kept.id == one.id)) {
        store::remove_resource(tx, &gone.id)?;
    }
    Ok(())
}

async fn package_update(town: &Town, who: &Who, params: &Params, whole: bool) -> Done {
    let id = params.text("id");
    let id = if id.is_empty() { params.text("name") } else { id };
    let found = now(town, who, &id)?;
    let mut draft = draft(params, draft_of(&found.dataset), whole);
    if draft.title.values().all(String::is_empty) {
        draft.title = draft_of(&found.dataset).title;
    }
    let name = found.dataset.name.clone();
    let meta = crate::decide::read_meta(&draft).map_err(Stop::Refused)?;
    let change = move |_: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        let what = crate::decide::differences(&dataset.meta, &meta);
        dataset.meta = meta;
        Ok(Changed { saying: "dataset.changed", what, ..Changed::default() })
    };
    alter(town, &who.actor, &name, None, change).await?;
    let resources = resources_of(params)?;
    let was_public = found.dataset.is_public();
    let public = if params.all.contains_key("private") { !params.is("private", false) } else { was_public };
    if resources.is_some() || whole || public != was_public {
        // A whole update without a list of resources has none, as CKAN has it.
        let resources = if whole { Some(resources.unwrap_or_default()) } else { resources };
        settle(town, who, &name, resources, public).await?;
    }
    shown(town, who, &name)
}

async fn package_delete(town: &Town, who: &Who, params: &Params) -> Done {
    let found = now(town, who, &params.text("id"))?;
    commands::withdraw(town, &who.actor, &found.dataset.name, None, &Farewell::default()).await?;
    Ok(Json::Null)
}

async fn resource_create(town: &Town, who: &Who, params: Params) -> Done {
    let found = now(town, who, &params.text("package_id"))?;
    let before: Vec<String> = found.dataset.resources.iter().map(|one| one.id.clone()).collect();
    let name = found.dataset.name.clone();
    let changed = match &params.upload {
        Some(upload) => {
            let file = FileIn {
                file_name: upload.file_name.clone(),
                bytes: upload.bytes.clone(),
                name: params.text("name"),
                description: params.text("description"),
                schema: params.text("schema"),
                ..FileIn::default()
            };
            commands::add_file(town, &who.actor, &name, file).await?
        }
        None => commands::add_link(town, &who.actor, &name, body(&params.all, ResourceBody::default())).await?,
    };
    let at = changed.resources.iter().position(|one| !before.contains(&one.id)).ok_or(Denied::NotFound)?;
    Ok(dict::resource(town, &changed, &changed.resources[at], at))
}

async fn resource_update(town: &Town, who: &Who, params: Params) -> Done {
    let (found, at) = seen_resource(who, &town.part::<Books>().now(), &params.text("id"))?;
    let (name, id) = (found.dataset.name.clone(), found.dataset.resources[at].id.clone());
    if let Some(upload) = &params.upload {
        let file = FileIn {
            file_name: upload.file_name.clone(),
            bytes: upload.bytes.clone(),
            name: params.text("name"),
            description: params.text("description"),
            forgets: params.is("forget", false),
            ..FileIn::default()
        };
        commands::replace_file(town, &who.actor, &name, &id, file).await?;
    } else {
        let kept_here = found.dataset.resources[at].file_id.is_some();
        let all = params.all;
        let edit = move |before: &mut ResourceBody| {
            let mut after = body(&all, before.clone());
            if kept_here {
                (after.url, after.format, after.media_type) =
                    (String::new(), before.format.clone(), before.media_type.clone());
            }
            *before = after;
        };
        commands::edit_resource(town, &who.actor, &name, &id, edit).await?;
    }
    let (found, at) = seen_resource(who, &town.part::<Books>().now(), &id)?;
    Ok(dict::resource(town, &found.dataset, &found.dataset.resources[at], at))
}

async fn resource_delete(town: &Town, who: &Who, params: &Params) -> Done {
    let (found, at) = seen_resource(who, &town.part::<Books>().now(), &params.text("id"))?;
    commands::remove_resource(
        town,
        &who.actor,
        &found.dataset.name,
        &found.dataset.resources[at].id,
        params.is("forget", false),
    )
    .await?;
    Ok(json!(null))
}
