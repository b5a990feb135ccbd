//! The datastore, read: tables as rows of JSON, as lists, or as CSV.

use super::{
    Denied, Done, Who,
    params::{Params, text_of},
    read::seen_resource,
};
use crate::{
    books::Books,
    commands::{ask, open_table, stop_of},
    model::{Resource, ResourceBody},
    pages::ask_sql,
    usage::{self, Way},
};
use serde_json::{Map, Value as Json, json};
use tables::{Condition, Op, Plan, Sort, Table, Value};
use web::Town;

/// Rows of an answer unless asked otherwise, and at most, as CKAN has it.
const ROWS: u64 = 100;
const ROWS_LIMIT: u64 = 32_000;

/// The resource, and its table where it has one yet.
pub(super) async fn table(
    town: &Town,
    who: &Who,
    params: &Params,
) -> Result<(Resource, Option<Table>, String), Denied> {
    let id = ["resource_id", "id"].map(|name| params.text(name)).into_iter().find(|text| !text.is_empty());
    let id = id.ok_or_else(|| Denied::field("resource_id", "Missing value"))?;
    let (found, at) = seen_resource(who, &town.part::<Books>().now(), &id)?;
    let resource = found.dataset.resources[at].clone();
    if resource.body.info.is_none() && resource.body.schema.is_empty() {
        return Err(Denied::NotFound);
    }
    let table = if resource.body.info.is_some() { Some(open_table(town, &resource).await?) } else { None };
    Ok((resource, table, found.dataset.name.clone()))
}

fn fields(resource: &Resource) -> Vec<Json> {
    let own = match &resource.body.info {
        Some(info) => {
            info.columns.iter().map(|column| json!({"id": column.name, "type": column.kind.postgres()})).collect()
        }
        None => declared(&resource.body)
            .into_iter()
            .map(|(name, kind)| json!({"id": name, "type": postgres(&kind)}))
            .collect::<Vec<_>>(),
    };
    std::iter::once(json!({"id": "_id", "type": "int"})).chain(own).collect()
}

/// Declared columns: name and Frictionless type.
pub(super) fn declared(body: &ResourceBody) -> Vec<(String, String)> {
    let json: Json = serde_json::from_str(&body.schema).unwrap_or_default();
    let all = json.get("fields").and_then(Json::as_array).cloned().unwrap_or_default();
    all.iter().map(|one| (text_of(one.get("name")), text_of(one.get("type")))).collect()
}

pub(super) fn postgres(kind: &str) -> &'static str {
    match kind {
        "integer" => "int",
        "number" => "numeric",
        "boolean" => "bool",
        "date" => "date",
        "datetime" => "timestamp",
        _ => "text",
    }
}

pub(super) fn frictionless(kind: &str) -> &'static str {
    match kind.to_lowercase().trim_end_matches(char::is_numeric) {
        "int" | "integer" | "bigint" | "smallint" | "serial" => "integer",
        "numeric" | "float" | "real" | "double precision" | "double" | "number" | "decimal" => "number",
        "bool" | "boolean" => "boolean",
        "date" => "date",
        "timestamp" | "timestamptz" | "datetime" => "datetime",
        _ => "string",
    }
}

fn plan(params: &Params) -> Result<Plan, Denied> {
    let mut plan = Plan {
        offset: usize::try_from(params.number("offset").unwrap_or(0)).unwrap_or(usize::MAX / 2),
        limit: usize::try_from(params.number("limit").unwrap_or(ROWS).min(ROWS_LIMIT)).unwrap_or(0),
        ..Plan::default()
    };
    for (column, value) in filters(params)? {
        let values = match value {
            Json::Array(all) => all.iter().map(|one| text_of(Some(one))).collect(),
            one => vec![text_of(Some(&one))],
        };
        if column == "_id" {
            let number: u64 = values
                .first()
                .and_then(|one| one.parse().ok())
                .ok_or_else(|| Denied::field("filters", "_id is a number"))?;
            plan.after = Some(number.saturating_sub(1));
            plan.limit = plan.limit.min(1);
            continue;
        }
        plan = plan.and(Condition { column, op: Op::Among, values }).map_err(stop_of)?;
    }
    match params.value("q") {
        Some(Json::Object(by_column)) => {
            for (column, words) in by_column {
                plan = plan
                    .and(Condition { column, op: Op::Contains, values: vec![text_of(Some(&words))] })
                    .map_err(stop_of)?;
            }
        }
        Some(words) => plan.words = text_of(Some(&words)),
        None => {}
    }
    let sort = params.list("sort").into_iter().next().unwrap_or_default();
    let (column, direction) = sort
        .rsplit_once(' ')
        .filter(|(_, word)| ["asc", "desc"].contains(&word.to_lowercase().as_str()))
        .unwrap_or((&sort, "asc"));
    let column = column.trim().trim_matches('"');
    if !column.is_empty() && column != "_id" {
        plan.sort = Some(Sort { column: column.to_owned(), descending: direction.eq_ignore_ascii_case("desc") });
    }
    Ok(plan)
}

pub(super) fn filters(params: &Params) -> Result<Map<String, Json>, Denied> {
    match params.value("filters") {
        Some(Json::Object(filters)) => Ok(filters),
        None => Ok(Map::new()),
        Some(_) => Err(Denied::field("filters", "Must be a dict")),
    }
}

pub(super) async fn search(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, table, dataset) = table(town, who, params).await?;
    if let Some(filed) = town.part::<Books>().now().find(&dataset) {
        usage::note(town, &filed.dataset.id, Way::Api);
    }
    let plan = plan(params)?;
    let wanted = params.list("fields");
    let all = fields(&resource);
    let names: Vec<String> = all.iter().map(|field| text_of(field.get("id"))).collect();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(name)) {
        return Err(Denied::field("fields", &format!("field \"{unknown}\" not in table")));
    }
    let chosen: Vec<usize> = (0..names.len()).filter(|at| wanted.is_empty() || wanted.contains(&names[*at])).collect();
    let (limit, offset) = (plan.limit, plan.offset);
    let answer = match table {
        Some(table) => ask(table, move |table| table.ask(&plan).map_err(stop_of)).await?,
        None => tables::Answer::default(),
    };
    let cell = |number: u64, cells: &[Value], at: usize| if at == 0 { json!(number) } else { cells[at - 1].json() };
    let format = params.text("records_format");
    let format = if format.is_empty() { "objects" } else { format.as_str() };
    let list =
        |(number, cells): &(u64, Vec<Value>)| chosen.iter().map(|at| cell(*number, cells, *at)).collect::<Vec<_>>();
    let object = |row: &(u64, Vec<Value>)| -> Json {
        Json::Object(chosen.iter().map(|at| names[*at].clone()).zip(list(row)).collect())
    };
    let records = match format {
        "objects" => json!(answer.rows.iter().map(object).collect::<Vec<_>>()),
        "lists" => json!(answer.rows.iter().map(list).collect::<Vec<_>>()),
        "csv" => json!(answer.rows.iter().map(|row| line(&list(row), ",")).collect::<String>()),
        "tsv" => json!(answer.rows.iter().map(|row| line(&list(row), "\t")).collect::<String>()),
        _ => return Err(Denied::field("records_format", "Value must be one of: objects, lists, csv, tsv")),
    };
    let link = |offset: usize| {
        format!("/api/3/action/datastore_search?resource_id={}&limit={limit}&offset={offset}", resource.id)
    };
    Ok(json!({
        "resource_id": resource.id, "include_total": true, "limit": limit, "offset": offset, "total": answer.count,
        "total_was_estimated": false, "records_format": format,
        "fields": chosen.iter().map(|at| all[*at].clone()).collect::<Vec<_>>(),
        "records": records,
        "_links": {"start": link(0), "next": link(offset + limit)},
    }))
}

/// A line of CSV (RFC 4180): what holds a delimiter, a quote or an end of line stands in quotes.
fn line(cells: &[Json], delimiter: &str) -> String {
    let cell = |one: &Json| {
        let text = text_of(Some(one));
        let is_plain = !text.contains(['"', '\n', '\r']) && !text.contains(delimiter);
        if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    format!("{}\n", cells.iter().map(cell).collect::<Vec<_>>().join(delimiter))
}

/// Clients name tables by the ids of their resources, in quotes.
pub(super) async fn search_sql(town: &Town, params: &Params) -> Done {
    let sql = params.text("sql");
    let mut own = sql.clone();
    {
        let shelves = town.part::<Books>().now();
        for resource in shelves.public().flat_map(|one| &one.dataset.resources) {
            if let Some(name) = resource.table_name.as_ref().filter(|_| own.contains(&resource.id)) {
                own = own.replace(&resource.id, name);
            }
        }
    }
    let found = ask_sql(town, &own).await?;
    let fields: Vec<Json> = found.columns.iter().map(|name| json!({"id": name, "type": "text"})).collect();
    let records: Vec<Json> = found
        .rows
        .iter()
        .map(|row| Json::Object(found.columns.iter().cloned().zip(row.iter().cloned()).collect()))
        .collect();
    let mut result = json!({"sql": sql, "fields": fields, "records": records});
    if found.cut.is_some() {
        result["records_truncated"] = json!(true);
    }
    Ok(result)
}

pub(super) async fn info(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, _, _) = table(town, who, params).await?;
    let count = resource.body.info.as_ref().map_or(0, |info| info.rows);
    let own: Vec<Json> = fields(&resource).into_iter().skip(1).collect();
    Ok(
        json!({"meta": {"id": resource.id, "count": count, "table_type": "BASE TABLE", "aliases": [resource.table_name]}, "fields": own}),
    )
}
