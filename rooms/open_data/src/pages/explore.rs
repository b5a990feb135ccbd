//! The table explorer: an address is a view of it.

mod choices;
mod embed;
mod parts;
mod picture;
mod saved;

pub use embed::embed;
pub use saved::{follow as follow_view, keep as keep_view, remove as remove_view};

use choices::{choice, facet_choices, group_choices, op_key, sum_choices};
use parts::{FacetPart, GroupPart, Head, facet_part, group_part, heads, label_of, shown, sql_address};

use super::{download::twin, history, question::Question, row::address};
use crate::{
    books::Filed,
    commands::{ask, open_table, stop_of},
    for_all::{had, tag_of, with_tag},
    model::Resource,
    usage::{self, Way},
};
use axum::{extract::State, http::HeaderMap};
use serde_json::{Value as Json, json};
use tables::{Answer as Rows, Facet, Form, Group, Op, Table, TableInfo, Value};
use web::{
    Answer, Frame, Town, Visit, Wants, answer,
    dates::number,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// Values of a facet that a page shows.
const FACET_SHOWN: usize = 10;
/// Columns whose values are counted where nobody chose any.
const FACETS_CHOSEN: usize = 3;
/// Different values of a column that is counted without being asked for.
const FACET_VALUES: u64 = 60;
/// Columns of a table that a page shows.
const COLUMNS_SHOWN: usize = 40;
/// Characters of a cell that a page shows.
const CELL_SHOWN: usize = 120;

/// A row on the page: its line, its address, and its cells, each with whether it is a number.
type RowLine = (u64, String, Vec<(String, bool)>);

/// What was found.
struct Found {
    rows: Rows,
    facets: Vec<(String, Vec<Facet>, u64)>,
    groups: Option<(Vec<Group>, bool)>,
    /// How many rows there are of each district, where a column says so.
    districts: Option<Vec<Facet>>,
}

#[derive(askama::Template)]
#[template(path = "explore.html")]
struct ExplorePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    origin: String,
    path: String,
    words: String,
    sort: String,
    wheres: Vec<(String, String)>,
    columns: Vec<Choice>,
    ops: Vec<Choice>,
    count: String,
    all: String,
    whole: bool,
    heads: Vec<Head>,
    rows: Vec<RowLine>,
    as_of: String,
    version: String,
    newest: String,
    more_columns: usize,
    facets: Vec<FacetPart>,
    facet_columns: Vec<Choice>,
    kept: Vec<(String, String)>,
    group_columns: Vec<Choice>,
    sum_columns: Vec<Choice>,
    group: Option<GroupPart>,
    snippets: Vec<(&'static str, String)>,
    saved: Vec<saved::ViewLine>,
    may_keep: bool,
    query: String,
    map: String,
    downloads: Vec<(String, String)>,
    sql: String,
    report: String,
    may_edit: bool,
    first: String,
    next: String,
}

/// GET /data/{name}/{resource}
pub async fn explore(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path((name, resource)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let filed = super::open(&town, &visit, &name)?;
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let tag = tag_of(&filed, &resource, &visit).filter(|_| visit.wants != Wants::Html);
    if let Some(had) = had(&headers, tag.as_deref()) {
        return Ok(had);
    }
    let table = open_table(&town, &resource).await?;
    // The form that adds a condition sends it in three fields; a view has one address.
    let typed = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.trim().to_owned());
    if let Some(column) = typed("column").filter(|column| !column.is_empty()) {
        let (op, value) = (typed("op").unwrap_or_default(), typed("value").unwrap_or_default());
        let text = format!("{column} {op} {value}");
        let question = Question { pairs, ..Question::default() };
        let to = question.address(
            &path_of(&filed, &resource),
            &[("where", text.trim_end())],
            &["column", "op", "value", "after"],
        );
        return answer::see_other(&to);
    }
    let mut question = Question::read(pairs, table.info())?;
    if question.facets.is_empty() && visit.wants == Wants::Html {
        question.facets = own_facets(table.info());
    }
    match visit.wants {
        Wants::Csv | Wants::GeoJson => usage::note(&town, &filed.dataset.id, Way::Download),
        Wants::Json => usage::note(&town, &filed.dataset.id, Way::Api),
        _ => {}
    }
    match visit.wants {
        Wants::Csv | Wants::GeoJson => {
            let form = if visit.wants == Wants::Csv { Form::Csv } else { Form::GeoJson };
            let answer = twin(table, question.plan, form, &resource).await?;
            return Ok(with_tag(answer, tag.as_deref()));
        }
        _ => {}
    }
    let of_districts = match visit.wants {
        Wants::Html => picture::district_column(town.part::<places::Districts>(), &table),
        _ => None,
    };
    let own = question.clone();
    let found = ask(table.clone(), move |table| find(table, &own, of_districts.as_deref()).map_err(stop_of)).await?;
    match visit.wants {
        Wants::Html => {
            let saved = saved::lines(&town, &visit, (&filed, &resource)).await?;
            let composed = compose(&town, &visit, &filed, &resource, &table, &question, &found);
            answer::page(&ExplorePage { saved, ..composed })
        }
        _ => {
            let answer = answer::json(&view(&town, &filed, &resource, table.info(), &question, &found))?;
            Ok(with_tag(answer, tag.as_deref()))
        }
    }
}

fn find(table: &Table, question: &Question, of_districts: Option<&str>) -> Result<Found, tables::Refused> {
    let mut facets = Vec::new();
    for column in &question.facets {
        let (values, different) = table.facet(&question.plan, column, FACET_SHOWN * 5)?;
        facets.push((column.clone(), values, different));
    }
    let groups = question.grouping.as_ref().map(|grouping| table.groups(&question.plan, grouping)).transpose()?;
    let rows = table.ask(&question.plan)?;
    // A column with too many values for it has no map.
    let counted = of_districts.and_then(|column| table.facet(&question.plan, column, tables::FACET_LIMIT).ok());
    Ok(Found { rows, facets, groups, districts: counted.map(|(values, _)| values) })
}

/// Columns with few values that say most; shapes are for the map.
fn own_facets(info: &TableInfo) -> Vec<String> {
    let few = |(at, column): &(usize, &tables::Described)| {
        info.geometry != Some(*at) && column.distinct.is_some_and(|distinct| (2..=FACET_VALUES).contains(&distinct))
    };
    info.columns.iter().enumerate().filter(few).take(FACETS_CHOSEN).map(|(_, column)| column.name.clone()).collect()
}

pub(super) fn path_of(filed: &Filed, resource: &Resource) -> String {
    format!("/data/{}/{}", filed.dataset.name, resource.slug())
}

/// The same for machines.
fn view(town: &Town, filed: &Filed, resource: &Resource, info: &TableInfo, question: &Question, found: &Found) -> Json {
    let path = path_of(filed, resource);
    let row = |(number, cells): &(u64, Vec<Value>)| {
        let mut object: serde_json::Map<String, Json> =
            info.columns.iter().zip(cells).map(|(column, cell)| (column.name.clone(), cell.json())).collect();
        object.insert("_id".to_owned(), json!(number));
        Json::Object(object)
    };
    let next = found.rows.next.map(|next| {
        let after = next.to_string();
        town.url(&question.address(&format!("{path}.json"), &[("after", after.as_str())], &["after"]))
    });
    let facet = |(column, values, different): &(String, Vec<Facet>, u64)| {
        let values: Vec<Json> =
            values.iter().map(|one| json!({"value": one.value.json(), "count": one.count})).collect();
        json!({"column": column, "values": values, "different": different})
    };
    let group = |one: &Group| {
        let keys: Vec<Json> = one.keys.iter().map(Value::json).collect();
        let sums: Vec<Json> = one.sums.iter().map(Value::json).collect();
        json!({"keys": keys, "count": one.count, "sums": sums})
    };
    let groups = found
        .groups
        .as_ref()
        .map(|(groups, cut)| json!({"groups": groups.iter().map(group).collect::<Vec<_>>(), "cut": cut}));
    let columns: Vec<Json> =
        info.columns.iter().map(|column| json!({"name": column.name, "type": column.kind.word()})).collect();
    json!({
        "dataset": filed.dataset.name, "resource": resource.slug(), "table": resource.table_name, "key": resource.key_in(info), "count": found.rows.count,
        "count_is_exact": true, "all": info.rows, "columns": columns, "rows": found.rows.rows.iter().map(row).collect::<Vec<_>>(),
        "facets": found.facets.iter().map(facet).collect::<Vec<_>>(), "grouped": groups, "next": next,
    })
}

fn compose(
    town: &Town,
    visit: &Visit,
    filed: &Filed,
    resource: &Resource,
    table: &Table,
    question: &Question,
    found: &Found,
) -> ExplorePage {
    let (t, language, info) = (&visit.t, visit.t.language(), table.info());
    let path = path_of(filed, resource);
    let dataset_title = filed.dataset.meta.title.in_language(language).to_owned();
    let count = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let next = found.rows.next.map(|next| question.address(&path, &[("after", &next.to_string())], &["after"]));
    let forms = [
        ("CSV", "csv"),
        ("JSON", "json"),
        ("NDJSON", "ndjson"),
        ("GeoJSON", "geojson"),
        ("XLSX", "xlsx"),
        ("Parquet", "parquet"),
    ];
    let key = resource.key_in(info);
    let map = picture::map(town, visit, table, found);
    let has_place = info.geometry.is_some() || info.point.is_some();
    ExplorePage {
        frame: Frame::new(town, visit, format!("{} – {dataset_title}", resource.title(language)))
            .twins(visit, super::TABLE_TWINS),
        crumbs: vec![
            crumb("/data".to_owned(), t.say("open-data-title")),
            crumb(format!("/data/{}", filed.dataset.name), &dataset_title),
            crumb(String::new(), resource.title(language)),
        ],
        title: if resource.title(language).is_empty() {
            dataset_title.clone()
        } else {
            resource.title(language).to_owned()
        },
        origin: filed.dataset.meta.origin.clone(),
        words: question.plan.words.clone(),
        sort: question.value("sort").to_owned(),
        wheres: question
            .pairs
            .iter()
            .filter(|(name, text)| name == "where" && !text.trim().is_empty())
            .map(|(_, text)| (text.clone(), question.without(&path, "where", text)))
            .collect(),
        columns: info
            .columns
            .iter()
            .map(|column| choice(&column.name, &label_of(resource, &column.name, language), false))
            .collect(),
        ops: Op::ALL.iter().map(|op| choice(op.word(), t.say(op_key(*op)), false)).collect(),
        count: count(found.rows.count),
        all: count(info.rows),
        whole: found.rows.count == info.rows,
        heads: heads(question, resource, (info, language), &path),
        rows: found
            .rows
            .rows
            .iter()
            .map(|(number, cells)| {
                let to = address(&path, key.as_deref(), info, (*number, cells), question.value("version"));
                (*number, to, shown(info, cells))
            })
            .collect(),
        as_of: question.value("version").trim().to_owned(),
        version: history::told(visit, &filed.dataset, resource, question.value("version")),
        newest: question.address(&path, &[], &["version", "after"]),
        more_columns: info.columns.len().saturating_sub(COLUMNS_SHOWN),
        facets: found
            .facets
            .iter()
            .map(|facet| FacetPart {
                label: label_of(resource, &facet.0, language),
                ..facet_part(visit, question, &path, facet)
            })
            .collect(),
        facet_columns: facet_choices(question, resource, info, language),
        kept: question.pairs.iter().filter(|(name, _)| !["facet", "after"].contains(&name.as_str())).cloned().collect(),
        group_columns: group_choices(visit, question, info),
        sum_columns: sum_choices(visit, question, info),
        group: found.groups.as_ref().map(|groups| group_part(visit, question, groups)),
        snippets: if filed.dataset.is_public() {
            embed::snippets(
                town,
                question,
                &path,
                resource.title(language),
                [found.groups.is_some(), !map.is_empty(), true],
            )
        } else {
            Vec::new()
        },
        saved: Vec::new(),
        may_keep: visit.actor.may(&crate::acts::ASK),
        query: question.address("", &[], &["after"]).trim_start_matches('?').to_owned(),
        map,
        downloads: forms
            .iter()
            .filter(|(_, end)| has_place || *end != "geojson")
            .map(|(label, end)| {
                let to =
                    question.address(&format!("{path}/file/{end}"), &[], &["after", "limit", "facet", "group", "sum"]);
                ((*label).to_owned(), to)
            })
            .collect(),
        sql: sql_address(resource, question),
        report: format!("{path}/report"),
        may_edit: visit.actor.may_for(&crate::acts::PUBLISH, Some(filed.dataset.organisation)),
        first: if question.plan.after.is_some() { question.address(&path, &[], &["after"]) } else { String::new() },
        next: next.unwrap_or_default(),
        path,
    }
}
