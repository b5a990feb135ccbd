//! Smaller actions: completing words, finding resources, putting them in order; and those that are not done here, with what is instead.

use super::{Denied, Done, Who, dict, params::Params, params::text_of, read::paged};
use crate::{
    acts,
    books::Shelves,
    commands::{self, Changed, alter},
    decide::Farewell,
    model::{Dataset, State},
    store,
};
use civic::Moment;
use database::Tx;
use serde_json::{Value as Json, json};
use web::Town;

/// Entries of a list that completes words, unless asked otherwise.
const COMPLETED: usize = 10;

fn most(params: &Params) -> usize {
    params.number("limit").and_then(|most| usize::try_from(most).ok()).unwrap_or(COMPLETED).min(1_000)
}

fn typed(params: &Params) -> String {
    let typed = ["query", "q", "incomplete"].map(|name| params.text(name));
    typed.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_lowercase()
}

/// `tag_autocomplete`: tags that hold what was typed.
pub(super) fn tags(all: impl Iterator<Item = String>, params: &Params) -> Json {
    let typed = typed(params);
    json!(all.filter(|tag| tag.to_lowercase().contains(&typed)).take(most(params)).collect::<Vec<_>>())
}

/// `organization_autocomplete`: organisations whose code or name holds what was typed.
pub(super) fn organisations(town: &Town, shelves: &Shelves, params: &Params) -> Json {
    let (typed, language) = (typed(params), town.settings().languages.first().copied().unwrap_or_default());
    let all = shelves.organisations.values().map(|one| (one, one.name.in_language(language)));
    let found = all.filter(|(one, name)| one.code.contains(&typed) || name.to_lowercase().contains(&typed));
    let view = |(one, name): (&people::organisations::Organisation, &str)| json!({"id": one.id.text(), "name": one.code, "title": name});
    json!(found.take(most(params)).map(view).collect::<Vec<_>>())
}

/// `resource_search`: resources of public datasets by `field:words`, each of which a field must hold.
pub(super) fn resources(town: &Town, shelves: &Shelves, params: &Params) -> Done {
    let asked = match params.value("query") {
        Some(Json::Array(all)) => all.iter().map(|one| text_of(Some(one))).collect(),
        Some(one) => vec![text_of(Some(&one))],
        None => return Err(Denied::field("query", "Missing value")),
    };
    let mut wanted = Vec::new();
    for one in &asked {
        let pair = one
            .split_once(':')
            .filter(|(field, _)| ["name", "description", "format", "url", "hash", "id"].contains(field));
        let (field, words) = pair.ok_or_else(|| {
            Denied::field("query", "Must be field:words, the field one of name, description, format, url, hash, id")
        })?;
        wanted.push((field.to_owned(), words.trim().to_lowercase()));
    }
    let all =
        shelves.public().flat_map(|filed| (0..).zip(&filed.dataset.resources).map(move |(at, one)| (filed, at, one)));
    let views = all.map(|(filed, at, one)| dict::resource(town, &filed.dataset, one, at));
    let fits =
        |view: &Json| wanted.iter().all(|(field, words)| text_of(view.get(field)).to_lowercase().contains(words));
    let found: Vec<Json> = views.filter(fits).collect();
    Ok(json!({"count": found.len(), "results": paged(found.into_iter(), params)}))
}

/// `package_resource_reorder`: those that are named first, in this order; the others behind them as they were.
pub(super) async fn reorder(town: &Town, who: &Who, params: &Params) -> Done {
    let found = super::write::now(town, who, &params.text("id"))?;
    let order = params.list("order");
    let known = |id: &String| found.dataset.resources.iter().any(|one| one.id == *id);
    if order.is_empty() || !order.iter().all(known) {
        return Err(Denied::field("order", "Must be a list of ids of resources of this dataset"));
    }
    let wanted = order.clone();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        let place = |id: &str| wanted.iter().position(|one| one == id).unwrap_or(usize::MAX);
        dataset.resources.sort_by_key(|one| place(&one.id));
        for (position, one) in (0_i64..).zip(&dataset.resources) {
            store::put_resource(tx, &dataset.id, position, one)?;
        }
        Ok(Changed { saying: "dataset.changed", what: vec!["resource".to_owned()], ..Changed::default() })
    };
    let changed = alter(town, &who.actor, &found.dataset.name, None, change).await?;
    let ids: Vec<&str> = changed.resources.iter().map(|one| one.id.as_str()).collect();
    Ok(json!({"id": changed.id, "order": ids}))
}

/// `dataset_purge`: a draft is thrown away; what was public leaves its address, which says so.
pub(super) async fn purge(town: &Town, who: &Who, params: &Params) -> Done {
    let found = super::write::now(town, who, &params.text("id"))?;
    if !matches!(found.dataset.state, State::Draft)
        || !who.actor.may_for(&acts::PUBLISH, Some(found.dataset.organisation))
    {
        let why =
            "Access denied: what was public is not purged here; package_delete withdraws it, and its address says so";
        return Err(Denied::NotAuthorized(why.to_owned()));
    }
    commands::withdraw(town, &who.actor, &found.dataset.name, None, &Farewell::default()).await?;
    Ok(Json::Null)
}

/// Why an action of CKAN is not done here, and what is instead.
pub(super) fn not_done(action: &str) -> Option<&'static str> {
    Some(match action {
        "organization_create" | "organization_update" | "organization_patch" | "organization_delete" => {
            "organizations are the town's agencies: an administrator adds and changes them on the pages of the town"
        }
        "group_create" | "group_update" | "group_patch" | "group_delete" => {
            "groups are the data themes of the EU, which nobody adds to: set them as groups of a package"
        }
        "package_revise" => "use package_patch for what is said of a dataset, and resource_patch for its resources",
        "package_owner_org_update" => {
            "a dataset stays with the agency that answers for it: withdraw it, and let the other agency publish it"
        }
        "vocabulary_create" | "tag_create" => "tags are free words: set them as tags of a package",
        _ => return None,
    })
}
