//! Reading as clients of Socrata do (SODA 2, dev.socrata.com): SoQL is close to SQL, so it is asked in the worker, which judges it.

use crate::{
    acts,
    books::Books,
    model::Resource,
    pages::{ask_sql, sql_csv, sql_text as text},
    usage::{self, Way},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value as Json, json};
use tables::TableInfo;
use web::{
    Answer, Route, Stop, Town, Visit, Wants,
    manifest::Doc,
    openapi::text_schema,
    visit::{Path, Query},
};

/// Rows of an answer unless asked otherwise, as Socrata has it.
const ROWS: u64 = 1_000;
/// Rows of an answer at most: what one question in SQL gives.
const ROWS_LIMIT: u64 = 10_000;

/// Its route.
pub fn routes() -> Vec<Route> {
    let doc = Doc::new("data", "Rows of a table as Socrata's SODA 2 gives them: $select, $where, $group, $order, $limit, $offset, $q, column=value")
        .path("table", "The name of the table.", text_schema())
        .errors_in(&["application/json", "application/problem+json"])
        .answers(200, "application/json", "Rows; numbers are texts, as in SODA.", json!({"type": "array"}));
    vec![Route::get("/resource/{table}", acts::READ, rows).for_machines().documented(doc)]
}

async fn rows(
    State(town): State<Town>,
    visit: Visit,
    Path(table): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let is_asked = |one: &&Resource| one.table_name.as_deref() == Some(table.as_str()) || one.id == table;
    let found = {
        let shelves = town.part::<Books>().now();
        let mut all =
            shelves.public().filter_map(|one| Some((&one.dataset, one.dataset.resources.iter().find(is_asked)?)));
        all.next().map(|(dataset, resource)| (dataset.id.clone(), resource.clone()))
    };
    let (dataset, resource) = found.ok_or(Stop::NotFound)?;
    let (Some(name), Some(info)) = (&resource.table_name, &resource.body.info) else { return Err(Stop::NotFound) };
    usage::note(&town, &dataset, Way::Api);
    let sql = match question(name, info, &pairs) {
        Ok(sql) => sql,
        Err(message) => return Ok(refused(&message)),
    };
    match ask_sql(&town, &sql).await {
        Ok(found) if visit.wants == Wants::Csv => sql_csv(&found),
        Ok(found) => {
            let row = |row: &Vec<Json>| {
                let pairs = found.columns.iter().zip(row).filter(|(_, cell)| !cell.is_null());
                Json::Object(
                    pairs.map(|(name, cell)| (name.clone(), cell_of(&resource, name, cell))).collect::<Map<_, _>>(),
                )
            };
            web::answer::json(&found.rows.iter().map(row).collect::<Vec<_>>())
        }
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            let t = town.words().of(civic::Language::En);
            Ok(refused(&refusals.iter().map(|one| one.sentence(&t)).collect::<Vec<_>>().join(" ")))
        }
        Err(stop) => Err(stop),
    }
}

/// What is asked, as one select. What is in it is judged by the worker, so nothing here needs to be trusted.
fn question(table: &str, info: &TableInfo, pairs: &[(String, String)]) -> Result<String, String> {
    let of = |name: &str| {
        pairs
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.trim().is_empty())
    };
    let number = |name: &str, usual: u64| match of(name) {
        Some(text) => text.trim().parse::<u64>().map_err(|_| format!("{name} is no number")),
        None => Ok(usual),
    };
    let mut conditions: Vec<String> = of("$where").map(|text| format!("({text}\n)")).into_iter().collect();
    for (name, value) in pairs.iter().filter(|(name, _)| !name.starts_with('$')) {
        let at = info
            .column(name)
            .ok_or_else(|| format!("there is no column “{}”", name.chars().take(60).collect::<String>()))?;
        let is_number = info.columns[at].kind.is_number() && value.trim().parse::<f64>().is_ok();
        let value = if is_number { value.trim().to_owned() } else { quoted(value, '\'') };
        conditions.push(format!("{} = {value}", quoted(name, '"')));
    }
    if let Some(words) = of("$q") {
        let like = quoted(&format!("%{words}%"), '\'');
        let any: Vec<String> =
            info.columns.iter().map(|column| format!("{} like {like}", quoted(&column.name, '"'))).collect();
        conditions.push(format!("({})", any.join(" or ")));
    }
    let mut sql = format!("select {}\n from {table}", of("$select").unwrap_or("*"));
    if !conditions.is_empty() {
        sql.push_str(&format!(" where {}", conditions.join(" and ")));
    }
    for (name, words) in [("$group", "group by"), ("$having", "having"), ("$order", "order by")] {
        if let Some(text) = of(name) {
            sql.push_str(&format!(" {words} {text}\n"));
        }
    }
    let (limit, offset) = (number("$limit", ROWS)?.min(ROWS_LIMIT), number("$offset", 0)?);
    sql.push_str(&format!(" limit {limit} offset {offset}"));
    Ok(sql)
}

fn quoted(text: &str, mark: char) -> String {
    format!("{mark}{}{mark}", text.replace(mark, &format!("{mark}{mark}")))
}

/// Truth values as such, everything else as text.
fn cell_of(resource: &Resource, name: &str, cell: &Json) -> Json {
    let info = resource.body.info.as_ref();
    let kind = info.and_then(|info| Some(info.columns[info.column(name)?].kind));
    match (kind, cell.as_i64()) {
        (Some(tables::ColumnKind::Boolean), Some(value)) => json!(value != 0),
        _ => json!(text(cell)),
    }
}

fn refused(message: &str) -> Response {
    let body = json!({"code": "query.compiler.malformed", "error": true, "message": message});
    (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body.to_string())
        .into_response()
}
