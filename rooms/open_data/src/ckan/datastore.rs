//! The datastore: tables as rows of JSON, in and out.

use super::{
    Denied, Done, Who,
    params::{Params, text_of},
    read::seen_resource,
};
use crate::{
    books::Books,
    commands::{self, FileIn, ask, open_table, stop_of},
    model::{Resource, ResourceBody},
    pages::ask_sql,
    usage::{self, Way},
};
use serde_json::{Map, Value as Json, json};
use tables::{Condition, Op, Plan, Sort, Table, Value};
use web::{Stop, Town};

/// Rows of an answer unless asked otherwise, and at most, as CKAN has it.
const ROWS: u64 = 100;
const ROWS_LIMIT: u64 = 32_000;
/// Rows of a table that programs write row by row.
const WRITTEN_LIMIT: usize = 200_000;

/// The resource, and its table where it has one yet.
async fn table(town: &Town, who: &Who, params: &Params) -> Result<(Resource, Option<Table>, String), Denied> {
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
fn declared(body: &ResourceBody) -> Vec<(String, String)> {
    let json: Json = serde_json::from_str(&body.schema).unwrap_or_default();
    let all = json.get("fields").and_then(Json::as_array).cloned().unwrap_or_default();
    all.iter().map(|one| (text_of(one.get("name")), text_of(one.get("type")))).collect()
}

fn postgres(kind: &str) -> &'static str {
    match kind {
        "integer" => "int",
        "number" => "numeric",
        "boolean" => "bool",
        "date" => "date",
        "datetime" => "timestamp",
        _ => "text",
    }
}

fn frictionless(kind: &str) -> &'static str {
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

fn filters(params: &Params) -> Result<Map<String, Json>, Denied> {
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
    let lists = params.text("records_format") == "lists";
    let record = |(number, cells): &(u64, Vec<Value>)| -> Json {
        if lists {
            return chosen.iter().map(|at| cell(*number, cells, *at)).collect();
        }
        Json::Object(chosen.iter().map(|at| (names[*at].clone(), cell(*number, cells, *at))).collect())
    };
    let link = |offset: usize| {
        format!("/api/3/action/datastore_search?resource_id={}&limit={limit}&offset={offset}", resource.id)
    };
    Ok(json!({
        "resource_id": resource.id, "include_total": true, "limit": limit, "offset": offset, "total": answer.count,
        "total_was_estimated": false, "records_format": if lists { "lists" } else { "objects" },
        "fields": chosen.iter().map(|at| all[*at].clone()).collect::<Vec<_>>(),
        "records": answer.rows.iter().map(record).collect::<Vec<_>>(),
        "_links": {"start": link(0), "next": link(offset + limit)},
    }))
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

/// Columns as sent, with their Frictionless types.
fn sent_fields(params: &Params) -> Result<Vec<(String, String)>, Denied> {
    let Some(Json::Array(all)) = params.value("fields") else { return Ok(Vec::new()) };
    let mut fields = Vec::new();
    for one in &all {
        let name = text_of(one.get("id"));
        let is_good = !name.is_empty() && name.len() <= 100 && !name.starts_with('_') && !name.contains('"');
        if !is_good || fields.iter().any(|(known, _): &(String, String)| known.eq_ignore_ascii_case(&name)) {
            return Err(Denied::field(
                "fields",
                &format!("\"{}\" is not a valid field name", name.chars().take(60).collect::<String>()),
            ));
        }
        fields.push((name, frictionless(&text_of(one.get("type"))).to_owned()));
    }
    Ok(fields)
}

fn sent_records(params: &Params) -> Result<Vec<Map<String, Json>>, Denied> {
    let Some(records) = params.value("records") else { return Ok(Vec::new()) };
    let Json::Array(all) = records else { return Err(Denied::field("records", "Must be a list")) };
    all.into_iter()
        .map(|one| {
            if let Json::Object(one) = one { Ok(one) } else { Err(Denied::field("records", "Must be a list of dicts")) }
        })
        .collect()
}

/// Columns of records that were sent without a list of columns.
fn fields_of(records: &[Map<String, Json>]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in records.iter().flatten() {
        let kind = match value {
            Json::Bool(_) => "boolean",
            Json::Number(number) if number.is_f64() => "number",
            Json::Number(_) => "integer",
            _ => "string",
        };
        match fields.iter_mut().find(|(known, _)| known == name) {
            None => fields.push((name.clone(), kind.to_owned())),
            Some((_, known)) if known != kind && *value != Json::Null => {
                let both_numbers =
                    ["integer", "number"].contains(&known.as_str()) && ["integer", "number"].contains(&kind);
                *known = if both_numbers { "number" } else { "string" }.to_owned();
            }
            Some(_) => {}
        }
    }
    fields
}

/// A line of JSON for each row, every column in its order.
fn lines(fields: &[(String, String)], rows: &[Map<String, Json>]) -> Result<Vec<u8>, Denied> {
    let mut text = String::new();
    for row in rows {
        if let Some(unknown) = row.keys().find(|key| *key != "_id" && !fields.iter().any(|(name, _)| name == *key)) {
            return Err(Denied::field(
                "records",
                &format!("row has extra keys \"{}\"", unknown.chars().take(60).collect::<String>()),
            ));
        }
        let cell = |(name, _): &(String, String)| format!("{}:{}", json!(name), row.get(name).unwrap_or(&Json::Null));
        text.push_str(&format!("{{{}}}\n", fields.iter().map(cell).collect::<Vec<_>>().join(",")));
    }
    Ok(text.into_bytes())
}

fn schema(fields: &[(String, String)]) -> String {
    let one = |(name, kind): &(String, String)| json!({"name": name, "type": kind});
    json!({"fields": fields.iter().map(one).collect::<Vec<_>>()}).to_string()
}

pub(super) async fn create(town: &Town, who: &Who, params: &Params) -> Done {
    let (name, id) = match params.value("resource") {
        Some(Json::Object(new)) => {
            let found = super::write::now(town, who, &text_of(new.get("package_id")))?;
            let body =
                ResourceBody { name: text_of(new.get("name")), format: "JSON".to_owned(), ..ResourceBody::default() };
            let before = found.dataset.resources.len();
            let changed = commands::add_link(town, &who.actor, &found.dataset.name, body).await?;
            (changed.name.clone(), changed.resources.get(before).map(|one| one.id.clone()).ok_or(Denied::NotFound)?)
        }
        _ => {
            let (found, at) = seen_resource(who, &town.part::<Books>().now(), &params.text("resource_id"))?;
            (found.dataset.name.clone(), found.dataset.resources[at].id.clone())
        }
    };
    let records = sent_records(params)?;
    let mut fields = sent_fields(params)?;
    if fields.is_empty() {
        fields = fields_of(&records);
    }
    if fields.is_empty() {
        return Err(Denied::field("fields", "Missing value"));
    }
    let key = params.list("primary_key");
    write(town, who, &name, &id, &fields, &records, key.clone()).await?;
    let shown: Vec<Json> = fields.iter().map(|(name, kind)| json!({"id": name, "type": postgres(kind)})).collect();
    Ok(json!({"resource_id": id, "method": "insert", "fields": shown, "primary_key": key}))
}

/// Puts rows in the place of a table's; without rows it is only declared.
async fn write(
    town: &Town,
    who: &Who,
    dataset: &str,
    id: &str,
    fields: &[(String, String)],
    rows: &[Map<String, Json>],
    key: Vec<String>,
) -> Result<(), Denied> {
    if rows.len() > WRITTEN_LIMIT {
        return Err(Denied::field(
            "records",
            &format!("a table written row by row has at most {WRITTEN_LIMIT} rows; upload a file instead"),
        ));
    }
    let bytes = lines(fields, rows)?;
    if rows.is_empty() {
        let schema = schema(fields);
        let edit = move |body: &mut ResourceBody| {
            body.schema = schema;
            body.key = key;
            (body.info, body.report) = (None, None);
        };
        commands::clear_rows(town, &who.actor, dataset, id, edit).await?;
        return Ok(());
    }
    let file = FileIn {
        file_name: "records.ndjson".to_owned(),
        bytes: bytes.into(),
        schema: schema(fields),
        key,
        ..FileIn::default()
    };
    commands::set_rows(town, &who.actor, dataset, id, file).await?;
    Ok(())
}

/// Every row of a table as it is, with its columns.
async fn rows_of(
    resource: &Resource,
    table: Option<Table>,
) -> Result<(Vec<(String, String)>, Vec<Map<String, Json>>), Denied> {
    let Some(table) = table else { return Ok((declared(&resource.body), Vec::new())) };
    let known = declared(&resource.body);
    let columns = &table.info().columns;
    let fields: Vec<(String, String)> = if known.is_empty() {
        columns.iter().map(|column| (column.name.clone(), column.kind.word().to_owned())).collect()
    } else {
        known
    };
    if table.info().rows > WRITTEN_LIMIT as u64 {
        return Err(Denied::field(
            "records",
            &format!("a table written row by row has at most {WRITTEN_LIMIT} rows; upload a file instead"),
        ));
    }
    let read = tokio::task::spawn_blocking(move || {
        let mut rows = Vec::new();
        table.each(&Plan::default(), |_, cells| {
            let pairs = table.info().columns.iter().zip(cells).map(|(column, cell)| (column.name.clone(), cell.json()));
            rows.push(pairs.collect());
            Ok(())
        })?;
        Ok(rows)
    });
    let rows = read.await.map_err(Stop::fault)?.map_err(stop_of)?;
    Ok((fields, rows))
}

pub(super) async fn upsert(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, table, dataset) = table(town, who, params).await?;
    let (fields, mut rows) = rows_of(&resource, table).await?;
    let method = params.text("method");
    let method = if method.is_empty() { "upsert" } else { &method }.to_owned();
    let key = resource.body.key.clone();
    let records = sent_records(params)?;
    if method != "insert" && key.is_empty() {
        return Err(Denied::field("key", "table does not have a unique key defined"));
    }
    let of = |row: &Map<String, Json>| key.iter().map(|name| text_of(row.get(name))).collect::<Vec<_>>();
    let mut places: std::collections::HashMap<Vec<String>, usize> =
        rows.iter().enumerate().map(|(at, row)| (of(row), at)).collect();
    for record in &records {
        let known = if key.is_empty() { None } else { places.get(&of(record)).copied() };
        match (method.as_str(), known) {
            ("insert", Some(_)) => {
                return Err(Denied::field("records", "duplicate key value violates unique constraint"));
            }
            ("insert" | "upsert", None) => {
                places.insert(of(record), rows.len());
                rows.push(record.clone());
            }
            ("update", None) => {
                return Err(Denied::field("key", &format!("key \"{}\" not found", of(record).join(", "))));
            }
            ("upsert" | "update", Some(at)) => rows[at].extend(record.clone()),
            _ => return Err(Denied::field("method", "\"method\" must be insert, upsert or update")),
        }
    }
    write(town, who, &dataset, &resource.id, &fields, &rows, key).await?;
    Ok(json!({"resource_id": resource.id, "method": method}))
}

pub(super) async fn delete(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, table, dataset) = table(town, who, params).await?;
    let filters = filters(params)?;
    if filters.is_empty() {
        let edit = |body: &mut ResourceBody| {
            (body.info, body.report) = (None, None);
            body.schema = String::new();
        };
        commands::clear_rows(town, &who.actor, &dataset, &resource.id, edit).await?;
        return Ok(json!({"resource_id": resource.id}));
    }
    let (fields, rows) = rows_of(&resource, table).await?;
    let matches = |row: &Map<String, Json>| {
        filters.iter().all(|(name, wanted)| match wanted {
            Json::Array(all) => all.iter().any(|one| text_of(Some(one)) == text_of(row.get(name))),
            one => text_of(Some(one)) == text_of(row.get(name)),
        })
    };
    let kept: Vec<Map<String, Json>> = rows.into_iter().filter(|row| !matches(row)).collect();
    write(town, who, &dataset, &resource.id, &fields, &kept, resource.body.key.clone()).await?;
    Ok(json!({"resource_id": resource.id, "filters": filters}))
}
