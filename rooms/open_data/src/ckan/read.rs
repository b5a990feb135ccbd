//! Actions that read the catalogue.

use super::{Denied, Done, Who, dict, more, params::Params};
use crate::{
    acts,
    books::{Books, Filed, Shelves},
    search::{self, Found, Term, Wanted},
    vocabulary::{LICENCES, THEMES},
};
use civic::Moment;
use serde_json::{Map, Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};
use web::Town;

/// Datasets of one answer at most, as CKAN has it.
const ROWS_LIMIT: usize = 1_000;
/// Datasets of an answer unless asked otherwise.
const ROWS: usize = 10;

pub(super) fn run(town: &Town, who: &Who, action: &str, params: &Params) -> Done {
    let shelves = town.part::<Books>().now();
    match action {
        "status_show" | "site_read" => Ok(status(town, action)),
        "help_show" => Ok(json!(format!("{}: see docs.ckan.org/en/2.11/api", params.text("name")))),
        "package_list" => Ok(package_list(&shelves, params)),
        "current_package_list_with_resources" => Ok(with_resources(town, &shelves, params)),
        "package_show" => package_show(town, who, &shelves, params),
        "package_search" => package_search(town, who, &shelves, params),
        "package_autocomplete" => Ok(autocomplete(&shelves, params)),
        "resource_show" => resource_show(town, who, &shelves, params),
        "organization_list" | "organization_list_for_user" => {
            Ok(organization_list(town, &shelves, params, action, who))
        }
        "organization_show" => organization_show(town, &shelves, params),
        "group_list" => Ok(group_list(town, &shelves, params)),
        "group_show" => group_show(town, &shelves, params),
        "tag_list" => Ok(json!(tags(&shelves).into_keys().collect::<Vec<_>>())),
        "tag_autocomplete" => Ok(more::tags(tags(&shelves).into_keys(), params)),
        "organization_autocomplete" => Ok(more::organisations(town, &shelves, params)),
        "resource_search" => more::resources(town, &shelves, params),
        "vocabulary_list" => Ok(json!([])),
        "tag_show" => tag_show(town, &shelves, params),
        "license_list" => Ok(licences()),
        _ => Err(Denied::Bad(format!(
            "Bad request - Action name not known: {}",
            action.chars().take(60).collect::<String>()
        ))),
    }
}

fn status(town: &Town, action: &str) -> Json {
    if action == "site_read" {
        return json!(true);
    }
    let settings = town.settings();
    json!({
        "site_title": settings.name.in_language(civic::Language::En), "site_url": settings.address, "site_description": "",
        "ckan_version": "2.11.0", "error_emails_to": settings.contact_email, "locale_default": settings.languages.first().map(|one| one.tag()),
        "extensions": ["datastore"],
    })
}

pub(super) fn paged<T>(all: impl Iterator<Item = T>, params: &Params) -> Vec<T> {
    let offset = params.number("offset").unwrap_or(0);
    let limit = params.number("limit").unwrap_or(u64::MAX);
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    all.skip(count(offset)).take(count(limit)).collect()
}

fn package_list(shelves: &Shelves, params: &Params) -> Json {
    json!(paged(shelves.public().map(|one| one.dataset.name.clone()), params))
}

fn with_resources(town: &Town, shelves: &Shelves, params: &Params) -> Json {
    let found = paged(shelves.public(), params);
    json!(found.into_iter().take(ROWS_LIMIT).map(|one| dict::package(town, shelves, &one.dataset)).collect::<Vec<_>>())
}

/// The dataset of an id or name, as far as the caller may see it.
pub(super) fn seen(who: &Who, shelves: &Shelves, id: &str) -> Result<Arc<Filed>, Denied> {
    let found = shelves.find(id).ok_or(Denied::NotFound)?;
    let is_own = who.actor.may_for(&acts::PUBLISH, Some(found.dataset.organisation));
    match &found.dataset {
        dataset if dataset.is_public() || is_own => Ok(Arc::clone(found)),
        dataset if dataset.is_gone() => Err(Denied::Gone(crate::pages::gone(dataset))),
        _ => Err(Denied::NotFound),
    }
}

/// The same of a resource.
pub(super) fn seen_resource(who: &Who, shelves: &Shelves, id: &str) -> Result<(Arc<Filed>, usize), Denied> {
    let holds = |one: &&Arc<Filed>| {
        one.dataset.resources.iter().any(|resource| resource.id == id || resource.table_name.as_deref() == Some(id))
    };
    let found = shelves.datasets.values().find(holds).ok_or(Denied::NotFound)?;
    let found = seen(who, shelves, &found.dataset.id)?;
    let at = found
        .dataset
        .resources
        .iter()
        .position(|resource| resource.id == id || resource.table_name.as_deref() == Some(id));
    at.map(|at| (found, at)).ok_or(Denied::NotFound)
}

fn needed(params: &Params, name: &str) -> Result<String, Denied> {
    let text = params.text(name);
    if text.is_empty() { Err(Denied::field(name, "Missing value")) } else { Ok(text) }
}

fn package_show(town: &Town, who: &Who, shelves: &Shelves, params: &Params) -> Done {
    let id = params.text("id");
    let id = if id.is_empty() { needed(params, "name_or_id")? } else { id };
    let found = seen(who, shelves, &id)?;
    Ok(dict::package(town, shelves, &found.dataset))
}

fn resource_show(town: &Town, who: &Who, shelves: &Shelves, params: &Params) -> Done {
    let (found, at) = seen_resource(who, shelves, &needed(params, "id")?)?;
    Ok(dict::resource(town, &found.dataset, &found.dataset.resources[at], at))
}

fn package_search(town: &Town, who: &Who, shelves: &Shelves, params: &Params) -> Done {
    let mut wanted = Wanted::default();
    for (name, text) in [("q", params.text("q")), ("fq", params.text("fq"))]
        .into_iter()
        .chain(params.list("fq_list").into_iter().map(|text| ("fq_list", text)))
    {
        // What is no field is a word in a question, and a mistake in a filter.
        let is_field = |field: &str| name != "q" || is_known_field(shelves, field);
        search::read_query(&text, &mut wanted, &is_field).map_err(|why| Denied::field(name, &why))?;
        known_fields(shelves, &mut wanted, name, town.now())?;
    }
    wanted.within = within(params)?;
    let sort = params.text("sort");
    let first = sort.split(',').next().unwrap_or_default().trim();
    let (field, direction) = first.split_once(' ').unwrap_or((first, "asc"));
    let is_descending = match direction.trim() {
        "asc" => false,
        "desc" => true,
        _ => return Err(Denied::field("sort", "Must be a field, and asc or desc")),
    };
    wanted.order = match field {
        "metadata_modified" => "updated",
        "title" | "title_string" => "title",
        "name" => "name",
        // What has no order in the index is put in order below.
        "" | "score" | "relevance" | "id" | "metadata_created" => "",
        other => {
            let other: String = other.chars().take(60).collect();
            let why = format!("\"{other}\" is nothing to sort by: score, id, name, title_string, metadata_created or metadata_modified");
            return Err(Denied::field("sort", &why));
        }
    }
    .to_owned();
    let also = |dataset: &crate::model::Dataset| {
        params.is("include_private", false)
            && dataset.state == crate::model::State::Draft
            && who.actor.may_for(&acts::PUBLISH, Some(dataset.organisation))
    };
    let mut found = search::search(shelves, &wanted, also);
    match field {
        "id" => found.datasets.sort_by(|one, two| one.dataset.id.cmp(&two.dataset.id)),
        "metadata_created" => found.datasets.sort_by_key(|one| one.dataset.made_at),
        _ => {}
    }
    // By name or title A comes first unless the other way is asked for, by time the newest where it is.
    let is_other_way = match wanted.order.as_str() {
        "title" | "name" => is_descending,
        _ if matches!(field, "id" | "metadata_created") => is_descending,
        "updated" => !is_descending,
        _ => false,
    };
    if is_other_way {
        found.datasets.reverse();
    }
    let start = usize::try_from(params.number("start").unwrap_or(0)).unwrap_or(usize::MAX);
    let rows = params
        .number("rows")
        .or_else(|| params.number("limit"))
        .map_or(ROWS, |rows| usize::try_from(rows).unwrap_or(ROWS_LIMIT));
    let results: Vec<Json> = found
        .datasets
        .iter()
        .skip(start)
        .take(rows.min(ROWS_LIMIT))
        .map(|one| dict::package(town, shelves, &one.dataset))
        .collect();
    let (facets, search_facets) = facets(town, shelves, &found, params);
    Ok(json!({
        "count": found.datasets.len(), "sort": if sort.is_empty() { "score desc, metadata_modified desc" } else { &sort }, "results": results,
        "facets": facets, "search_facets": search_facets,
    }))
}

/// Whether a field can be asked for.
fn is_known_field(shelves: &Shelves, field: &str) -> bool {
    const OTHERS: [&str; 10] = [
        "owner_org",
        "name",
        "id",
        "title",
        "dataset_type",
        "type",
        "state",
        "private",
        "metadata_modified",
        "metadata_created",
    ];
    let is_extra = || {
        let name = field.strip_prefix("extras_").unwrap_or(field);
        name != field || shelves.public().any(|one| one.dataset.meta.extras.contains_key(name))
    };
    search::FIELDS.contains(&field) || OTHERS.contains(&field) || is_extra()
}

/// Whether each field that a parameter asks for is one, as Solr has it, and each end of a span of time is one; `NOW-7DAYS` becomes the moment
/// that it means.
fn known_fields(shelves: &Shelves, wanted: &mut Wanted, name: &str, now: Moment) -> Result<(), Denied> {
    for term in wanted.terms.iter_mut().chain(wanted.any.iter_mut().flatten()) {
        let short = |text: &str| text.chars().take(60).collect::<String>();
        if !is_known_field(shelves, &term.field) {
            return Err(Denied::field(name, &format!("undefined field {}", short(&term.field))));
        }
        if ["metadata_modified", "metadata_created"].contains(&term.field.as_str()) {
            for value in &mut term.values {
                let why = |end: String| format!("\"{}\" is no day, no moment and not NOW", short(&end));
                search::set_ends(value, now).map_err(|end| Denied::field(name, &why(end)))?;
            }
        }
    }
    Ok(())
}

/// `ext_bbox` of ckanext-spatial: west, south, east, north; among the parameters or in `extras`.
fn within(params: &Params) -> Result<Option<[f64; 4]>, Denied> {
    let inner = params.value("extras").map(|extras| super::params::text_of(extras.get("ext_bbox"))).unwrap_or_default();
    let text = Some(params.text("ext_bbox")).filter(|text| !text.is_empty()).unwrap_or(inner);
    if text.is_empty() {
        return Ok(None);
    }
    let read: Vec<f64> =
        text.split(',').filter_map(|one| one.trim().parse().ok()).filter(|n: &f64| n.is_finite()).collect();
    match read.as_slice() {
        [west, south, east, north] if south <= north && west <= east => Ok(Some([*west, *south, *east, *north])),
        _ => Err(Denied::field("ext_bbox", "Must be four degrees: west, south, east, north")),
    }
}

fn facets(town: &Town, shelves: &Shelves, found: &Found, params: &Params) -> (Map<String, Json>, Map<String, Json>) {
    let (mut plain, mut full) = (Map::new(), Map::new());
    let most = params.all.get("facet.limit").map_or(50, |_| {
        params.number("facet.limit").map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
    });
    for field in params.list("facet.field").iter().filter(|field| search::FIELDS.contains(&field.as_str())) {
        let values: Vec<(String, usize)> = search::facet(shelves, found, field).into_iter().take(most).collect();
        let item = |(name, count): &(String, usize)| json!({"name": name, "display_name": display(town, shelves, field, name), "count": count});
        let items: Vec<Json> = values.iter().map(item).collect();
        full.insert(field.clone(), json!({"title": field, "items": items}));
        plain.insert(
            field.clone(),
            Json::Object(values.into_iter().map(|(name, count)| (name, json!(count))).collect()),
        );
    }
    (plain, full)
}

fn display(town: &Town, shelves: &Shelves, field: &str, value: &str) -> String {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    match field {
        "organization" => shelves
            .organisations
            .values()
            .find(|one| one.code == value)
            .map_or_else(|| value.to_owned(), |one| one.name.in_language(language).to_owned()),
        "groups" => dict::group(town, value)["title"].as_str().unwrap_or(value).to_owned(),
        "license_id" => LICENCES.iter().find(|one| one.code == value).map_or(value, |one| one.title).to_owned(),
        _ => value.to_owned(),
    }
}

fn autocomplete(shelves: &Shelves, params: &Params) -> Json {
    let mut wanted = Wanted { words: params.text("q"), ..Wanted::default() };
    wanted.order = "name".to_owned();
    let most = usize::try_from(params.number("limit").unwrap_or(10)).unwrap_or(10).min(ROWS_LIMIT);
    let found = search::search(shelves, &wanted, |_| false).datasets;
    let one = |one: &Arc<Filed>| {
        let title = one.dataset.meta.title.in_language(civic::Language::En);
        json!({"name": one.dataset.name, "title": title, "match_field": "title", "match_displayed": title})
    };
    json!(found.iter().take(most).map(one).collect::<Vec<_>>())
}

fn of_agency(shelves: &Shelves, code: &str) -> Vec<Arc<Filed>> {
    let term = Term { field: "organization".to_owned(), values: vec![code.to_owned()], not: false };
    search::search(shelves, &Wanted { terms: vec![term], ..Wanted::default() }, |_| false).datasets
}

fn organization_list(town: &Town, shelves: &Shelves, params: &Params, action: &str, who: &Who) -> Json {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let mut all: Vec<_> = shelves.organisations.values().collect();
    all.sort_by(|one, two| one.code.cmp(&two.code));
    if action == "organization_list_for_user" {
        all.retain(|one| who.actor.may_for(&acts::PUBLISH, Some(one.id)));
    }
    if !params.is("all_fields", action == "organization_list_for_user") {
        return json!(paged(all.into_iter().map(|one| one.code.clone()), params));
    }
    let full = |one: &people::organisations::Organisation| {
        let mut view = dict::organization(one, language);
        view["package_count"] = json!(of_agency(shelves, &one.code).len());
        view
    };
    json!(paged(all.into_iter().map(full), params))
}

fn organization_show(town: &Town, shelves: &Shelves, params: &Params) -> Done {
    let id = needed(params, "id")?;
    let found =
        shelves.organisations.values().find(|one| one.code == id || one.id.text() == id).ok_or(Denied::NotFound)?;
    let datasets = of_agency(shelves, &found.code);
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let mut view = dict::organization(found, language);
    view["package_count"] = json!(datasets.len());
    view["users"] = json!([]);
    view["groups"] = json!([]);
    view["tags"] = json!([]);
    view["extras"] = json!([]);
    if params.is("include_datasets", false) {
        view["packages"] = json!(
            datasets.iter().take(ROWS_LIMIT).map(|one| dict::package(town, shelves, &one.dataset)).collect::<Vec<_>>()
        );
    }
    Ok(view)
}

fn of_theme(shelves: &Shelves, theme: &str) -> Vec<Arc<Filed>> {
    let term = Term { field: "groups".to_owned(), values: vec![theme.to_owned()], not: false };
    search::search(shelves, &Wanted { terms: vec![term], ..Wanted::default() }, |_| false).datasets
}

fn group_list(town: &Town, shelves: &Shelves, params: &Params) -> Json {
    let all = THEMES.iter().map(|(code, _)| code.to_lowercase());
    if !params.is("all_fields", false) {
        return json!(paged(all, params));
    }
    let full = |code: String| {
        let mut view = dict::group(town, &code);
        view["package_count"] = json!(of_theme(shelves, &code).len());
        view
    };
    json!(paged(all.map(full), params))
}

fn group_show(town: &Town, shelves: &Shelves, params: &Params) -> Done {
    let id = needed(params, "id")?.to_lowercase();
    if !THEMES.iter().any(|(code, _)| code.to_lowercase() == id) {
        return Err(Denied::NotFound);
    }
    let datasets = of_theme(shelves, &id);
    let mut view = dict::group(town, &id);
    view["package_count"] = json!(datasets.len());
    if params.is("include_datasets", false) {
        view["packages"] = json!(
            datasets.iter().take(ROWS_LIMIT).map(|one| dict::package(town, shelves, &one.dataset)).collect::<Vec<_>>()
        );
    }
    Ok(view)
}

fn tags(shelves: &Shelves) -> BTreeMap<String, Vec<Arc<Filed>>> {
    let mut tags: BTreeMap<String, Vec<Arc<Filed>>> = BTreeMap::new();
    for one in shelves.public() {
        for tag in &one.dataset.meta.tags {
            tags.entry(tag.clone()).or_default().push(Arc::clone(one));
        }
    }
    tags
}

fn tag_show(town: &Town, shelves: &Shelves, params: &Params) -> Done {
    let id = needed(params, "id")?;
    let found = tags(shelves).remove(&id).ok_or(Denied::NotFound)?;
    let packages: Vec<Json> =
        found.iter().take(ROWS_LIMIT).map(|one| dict::package(town, shelves, &one.dataset)).collect();
    Ok(json!({"id": id, "name": id, "display_name": id, "vocabulary_id": null, "packages": packages}))
}

fn licences() -> Json {
    let one = |one: &crate::vocabulary::Licence| json!({"id": one.code, "title": one.title, "url": one.url, "status": "active", "is_okd_compliant": one.open, "is_generic": one.is_other(), "family": ""});
    json!(LICENCES.iter().map(one).collect::<Vec<_>>())
}
