//! The datastore, changed: columns declared, rows put in and taken away.

use super::{
    Denied, Done, Who,
    datastore::{declared, filters, postgres, table},
    params::{Params, text_of},
    read::seen_resource,
    sent::{Fields, Records, SentField, fields_of, lines, schema, sent_fields, sent_records},
};
use crate::{
    books::{self, Books},
    commands::{self, FileIn, stop_of},
    model::{Resource, ResourceBody},
};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use tables::{Declared, Plan, Table};
use web::{Stop, Town};

/// Rows of a table that programs write row by row.
const WRITTEN_LIMIT: usize = 200_000;
/// Times that a change is tried while others change the same rows.
const TRIES: usize = 6;

/// `datastore_create`, `datastore_upsert` or `datastore_delete`. Where somebody else was quicker, it is done to the rows that are there
/// then: nobody's rows are lost.
pub(super) async fn run(town: &Town, who: &Who, action: &str, params: &Params) -> Done {
    let is_late = |done: &Done| match done {
        Err(Denied::Stop(Stop::Refused(all))) => all.iter().any(|one| one.code == "changed-meanwhile"),
        _ => false,
    };
    // A resource that is made with its rows is made once.
    let tries = if matches!(params.value("resource"), Some(Json::Object(_))) { 1 } else { TRIES };
    for _ in 1..tries {
        let done = once(town, who, action, params).await;
        if !is_late(&done) {
            return done;
        }
        books::refresh(town.clone()).await.map_err(Stop::from)?;
    }
    once(town, who, action, params).await
}

async fn once(town: &Town, who: &Who, action: &str, params: &Params) -> Done {
    match action {
        "datastore_create" => create(town, who, params).await,
        "datastore_upsert" => upsert(town, who, params).await,
        _ => delete(town, who, params).await,
    }
}

/// `datastore_create`: a table that is there keeps its rows and its key; columns are added to it, and rows inserted, as CKAN does.
async fn create(town: &Town, who: &Who, params: &Params) -> Done {
    let new = match params.value("resource") {
        Some(Json::Object(new)) => Some(new),
        _ => None,
    };
    let known = match &new {
        Some(_) => None,
        None => match table(town, who, params).await {
            Ok(found) => Some(found),
            Err(Denied::NotFound) => None,
            Err(denied) => return Err(denied),
        },
    };
    if known.is_none() && new.is_none() {
        seen_resource(who, &town.part::<Books>().now(), &params.text("resource_id"))?;
    }
    let (records, sent) = (sent_records(params)?, sent_fields(params)?);
    let (before, rows) = match &known {
        Some((resource, table, _)) => rows_of(resource, table.clone()).await?,
        None => (Vec::new(), Vec::new()),
    };
    let fields = merged(&before, &sent, &records)?;
    if fields.is_empty() {
        return Err(Denied::field("fields", "Missing value"));
    }
    let sent_key = params.list("primary_key");
    let key = match &known {
        Some((resource, ..)) if !params.all.contains_key("primary_key") => resource.body.key.clone(),
        _ => sent_key,
    };
    if let Some(unknown) = key.iter().find(|name| !fields.iter().any(|(known, _)| known == *name)) {
        return Err(Denied::field("primary_key", &format!("field \"{unknown}\" not in table")));
    }
    let is_as_it_was = known.as_ref().is_some_and(|(resource, ..)| resource.body.key == key) && before == fields;
    let all = with_records(&fields, rows, &records, &key, "insert")?;
    let id = if let Some((resource, _, dataset)) = &known {
        if !is_as_it_was || !records.is_empty() {
            write(town, who, (dataset, resource), &fields, &all, key.clone()).await?;
        }
        resource.id.clone()
    } else {
        let (dataset, resource) = place(town, who, params, new).await?;
        write(town, who, (&dataset, &resource), &fields, &all, key.clone()).await?;
        resource.id
    };
    let shown: Vec<Json> = fields.iter().map(|(name, kind)| json!({"id": name, "type": postgres(kind)})).collect();
    Ok(json!({"resource_id": id, "method": "insert", "fields": shown, "primary_key": key}))
}

/// The dataset and the resource whose rows are sent for the first time; the resource is made where that is asked for.
async fn place(
    town: &Town,
    who: &Who,
    params: &Params,
    new: Option<Map<String, Json>>,
) -> Result<(String, Resource), Denied> {
    let Some(new) = new else {
        let (found, at) = seen_resource(who, &town.part::<Books>().now(), &params.text("resource_id"))?;
        return Ok((found.dataset.name.clone(), found.dataset.resources[at].clone()));
    };
    let found = super::write::now(town, who, &text_of(new.get("package_id")))?;
    let body = ResourceBody {
        name: text_of(new.get("name")),
        description: text_of(new.get("description")),
        format: "JSON".to_owned(),
        ..ResourceBody::default()
    };
    let before = found.dataset.resources.len();
    let changed = commands::add_link(town, &who.actor, &found.dataset.name, body).await?;
    let resource = changed.resources.get(before).cloned().ok_or(Denied::NotFound)?;
    Ok((changed.name.clone(), resource))
}

/// The columns of a table with those that are sent behind them. A column keeps its kind: what is stored was read by it.
fn merged(before: &[(String, String)], sent: &[SentField], records: &[Map<String, Json>]) -> Result<Fields, Denied> {
    let mut fields = before.to_vec();
    for (name, kind) in sent {
        let same = fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        match (same, kind) {
            (None, kind) => fields.push((name.clone(), kind.clone().unwrap_or_else(|| "string".to_owned()))),
            (Some((known, _)), _) if known != name => {
                let why = format!("\"{name}\" differs from the column \"{known}\" in capitals only");
                return Err(Denied::field("fields", &why));
            }
            (Some((_, known)), Some(kind)) if known != kind => {
                let (is, asked) = (postgres(known), postgres(kind));
                let why = format!(
                    "the column \"{name}\" is {is} and stays so, not {asked}: delete the table first to change its kind"
                );
                return Err(Denied::field("fields", &why));
            }
            _ => {}
        }
    }
    // Rows sent without a list of columns bring their own.
    if sent.is_empty() {
        for (name, kind) in fields_of(records) {
            if !fields.iter().any(|(known, _)| *known == name) && !name.starts_with('_') {
                fields.push((name, kind));
            }
        }
    }
    Ok(fields)
}

/// Puts rows in the place of those that a resource had when it was read; without rows it is only declared.
async fn write(
    town: &Town,
    who: &Who,
    (dataset, resource): (&str, &Resource),
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
    let bytes = lines(fields, rows);
    if rows.is_empty() {
        let schema = schema(fields);
        let edit = move |body: &mut ResourceBody| {
            body.schema = schema;
            body.key = key;
            (body.info, body.report) = (None, None);
        };
        commands::clear_rows(town, &who.actor, dataset, resource, edit).await?;
        return Ok(());
    }
    let file = FileIn {
        file_name: "records.ndjson".to_owned(),
        bytes: bytes.into(),
        schema: schema(fields),
        key,
        ..FileIn::default()
    };
    commands::set_rows(town, &who.actor, dataset, resource, file).await?;
    Ok(())
}

/// Every column of a table, of the kind that is declared of it where one is; and behind them what is only declared.
fn columns(declared: Fields, info: &tables::TableInfo) -> Fields {
    let kind_of = |name: &str| declared.iter().find(|(known, kind)| known == name && !kind.is_empty());
    let own = info.columns.iter().map(|column| {
        let kind = kind_of(&column.name).map_or(column.kind.word(), |(_, kind)| kind);
        (column.name.clone(), kind.to_owned())
    });
    let mut fields: Fields = own.collect();
    for (name, kind) in declared {
        if !name.is_empty() && !fields.iter().any(|(known, _)| *known == name) {
            fields.push((name, kind));
        }
    }
    fields
}

/// Every row of a table as it is, with its columns.
async fn rows_of(
    resource: &Resource,
    table: Option<Table>,
) -> Result<(Vec<(String, String)>, Vec<Map<String, Json>>), Denied> {
    let Some(table) = table else { return Ok((declared(&resource.body), Vec::new())) };
    let fields = columns(declared(&resource.body), table.info());
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

/// `datastore_upsert`: rows inserted, updated, or either, by the key. All of them or none: what does not fit is named.
async fn upsert(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, table, dataset) = table(town, who, params).await?;
    let (fields, rows) = rows_of(&resource, table).await?;
    let method = params.text("method");
    let method = if method.is_empty() { "upsert" } else { &method }.to_owned();
    let key = resource.body.key.clone();
    let records = sent_records(params)?;
    let all = with_records(&fields, rows, &records, &key, &method)?;
    if !params.is("dry_run", false) && !records.is_empty() {
        write(town, who, (&dataset, &resource), &fields, &all, key).await?;
    }
    Ok(json!({"resource_id": resource.id, "method": method}))
}

/// Rows with those that are sent among them. Each is looked at before anything is written.
fn with_records(
    fields: &[(String, String)],
    mut rows: Records,
    records: &[Map<String, Json>],
    key: &[String],
    method: &str,
) -> Result<Records, Denied> {
    if !["insert", "upsert", "update"].contains(&method) {
        return Err(Denied::field("method", "\"method\" must be insert, upsert or update"));
    }
    if method != "insert" && key.is_empty() {
        return Err(Denied::field("key", "table does not have a unique key defined"));
    }
    let declared = Declared::read(&schema(fields)).map_err(stop_of)?;
    let of = |row: &Map<String, Json>| key.iter().map(|name| key_text(row.get(name))).collect::<Vec<_>>();
    let mut places: HashMap<Vec<String>, usize> = rows.iter().enumerate().map(|(at, row)| (of(row), at)).collect();
    if !key.is_empty() && places.len() < rows.len() {
        return Err(Denied::field("primary_key", "rows of the table have the same key"));
    }
    for (at, record) in records.iter().enumerate() {
        judge(&declared, at, record)?;
        if let Some(missing) = key.iter().find(|name| record.get(*name).is_none_or(Json::is_null)) {
            return Err(of_row(at, &format!("fields \"{missing}\" are missing but needed as key")));
        }
        let known = if key.is_empty() { None } else { places.get(&of(record)).copied() };
        match (method, known) {
            ("insert", Some(_)) => return Err(of_row(at, "duplicate key value violates unique constraint")),
            ("update", None) => {
                return Err(Denied::field("key", &format!("key \"{}\" not found", of(record).join(", "))));
            }
            (_, Some(known)) => rows[known].extend(record.clone()),
            (_, None) => {
                places.insert(of(record), rows.len());
                rows.push(record.clone());
            }
        }
    }
    Ok(rows)
}

/// A value of a key: 1 and 1.0 are the same row.
#[expect(clippy::cast_possible_truncation, reason = "whole, and within what a float holds exactly")]
fn key_text(value: Option<&Json>) -> String {
    let whole = |number: f64| (number.fract() == 0.0 && number.abs() < 1e15).then(|| (number as i64).to_string());
    value.and_then(Json::as_f64).and_then(whole).unwrap_or_else(|| text_of(value))
}

/// The first cell of a row that does not fit its column, as an error that names it.
fn judge(declared: &Declared, at: usize, record: &Map<String, Json>) -> Result<(), Denied> {
    for (column, value) in record.iter().filter(|(column, _)| *column != "_id") {
        let Some(field) = declared.field(column) else {
            let name: String = column.chars().take(60).collect();
            return Err(of_row(at, &format!("row has extra keys \"{name}\"")));
        };
        let cell = text_of(Some(value));
        if let Err(why) = declared.fits(field, &cell) {
            let (cell, kind): (String, _) = (cell.chars().take(100).collect(), field.kind.postgres());
            return Err(of_row(at, &format!("\"{cell}\" does not fit the column \"{column}\" ({kind}): {why}")));
        }
    }
    Ok(())
}

/// An error about a row that was sent, by its place from 0, as CKAN names it.
fn of_row(at: usize, why: &str) -> Denied {
    let row = (String::from("records_row"), json!(at));
    let said = (String::from("records"), json!([format!("row {}: {why}. Nothing was stored.", at + 1)]));
    Denied::Invalid([said, row].into_iter().collect())
}

/// `datastore_delete`: the rows that fit, or the whole table.
async fn delete(town: &Town, who: &Who, params: &Params) -> Done {
    let (resource, table, dataset) = table(town, who, params).await?;
    let filters = filters(params)?;
    if filters.is_empty() {
        let edit = |body: &mut ResourceBody| {
            (body.info, body.report) = (None, None);
            (body.schema, body.key) = (String::new(), Vec::new());
        };
        commands::clear_rows(town, &who.actor, &dataset, &resource, edit).await?;
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
    write(town, who, (&dataset, &resource), &fields, &kept, resource.body.key.clone()).await?;
    Ok(json!({"resource_id": resource.id, "filters": filters}))
}
