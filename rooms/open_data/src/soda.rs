//! Reading as clients of Socrata do (SODA 2, dev.socrata.com): SoQL is close to SQL, so it is asked in the worker, which judges it.

mod soql;

use crate::{
    acts,
    books::Books,
    model::Resource,
    pages::{ask_sql, gone, sql_csv, sql_text as text},
    usage::{self, Way},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value as Json, json};
use soql::Clauses;
use tables::{
    TableInfo,
    sql::{Cut, Found, numbered as numbered_table},
};
use web::{
    Answer, Route, Stop, Town, Visit, Wants,
    manifest::Doc,
    openapi::text_schema,
    visit::{Path, Query},
};

/// Rows of an answer unless asked otherwise, as Socrata has it.
const ROWS: u64 = 1_000;
/// Rows of an answer at most, as SODA 2.0 has it.
const ROWS_LIMIT: u64 = 50_000;
/// Rows of one question to the worker: what one question in SQL gives.
const ROWS_AT_ONCE: u64 = 10_000;
/// Questions to the worker for one answer: some are cut by their bytes.
const QUESTIONS_LIMIT: usize = 10;

/// What is known here of the parameters of SODA that begin with a `$`.
const PARAMETERS: [&str; 8] = ["$select", "$where", "$group", "$having", "$order", "$limit", "$offset", "$q"];

/// Its route.
pub fn routes() -> Vec<Route> {
    let doc = Doc::new("data", "Rows of a table as Socrata's SODA 2 gives them: $select, $where, $group, $order, $limit, $offset, $q, column=value, or all of it in $query. At most 50,000 rows; where there are more than are given, the header x-answer-cut says so and Link leads on. The number of a row is :id")
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
    let (dataset, resource) = found.ok_or_else(|| no_more(&town, &is_asked))?;
    let (Some(name), Some(info)) = (&resource.table_name, &resource.body.info) else { return Err(Stop::NotFound) };
    usage::note(&town, &dataset, Way::Api);
    let question = match Question::read(name, info, &pairs) {
        Ok(question) => question,
        Err(message) => return Ok(refused(&message)),
    };
    let found = match all(&town, &question).await {
        Ok(found) => found,
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            let t = town.words().of(civic::Language::En);
            return Ok(refused(&refusals.iter().map(|one| one.sentence(&t)).collect::<Vec<_>>().join(" ")));
        }
        Err(stop) => return Err(stop),
    };
    let mut answer = if visit.wants == Wants::Csv {
        sql_csv(&found)?
    } else {
        let row = |row: &Vec<Json>| {
            let pairs = found.columns.iter().zip(row).filter(|(_, cell)| !cell.is_null());
            Json::Object(
                pairs.map(|(name, cell)| (name.clone(), cell_of(&resource, name, cell))).collect::<Map<_, _>>(),
            )
        };
        web::answer::json(&found.rows.iter().map(row).collect::<Vec<_>>())?
    };
    if found.cut.is_some() {
        say_cut(&town, &visit, &pairs, question.offset + found.rows.len() as u64, &mut answer);
    }
    Ok(answer)
}

/// Why there is no such table: none ever was, or its dataset was withdrawn.
fn no_more(town: &Town, is_asked: &dyn Fn(&&Resource) -> bool) -> Stop {
    let shelves = town.part::<Books>().now();
    let was = |one: &&std::sync::Arc<crate::books::Filed>| {
        let dataset = &one.dataset;
        dataset.is_gone() && dataset.resources.iter().any(|one| is_asked(&one))
    };
    shelves.datasets.values().find(was).map_or(Stop::NotFound, |one| gone(&one.dataset))
}

/// Says that there are more rows, and where they are.
fn say_cut(town: &Town, visit: &Visit, pairs: &[(String, String)], next: u64, answer: &mut Response) {
    answer.headers_mut().insert("x-answer-cut", HeaderValue::from_static("true"));
    // The place of a question in one piece stands in the question.
    if pairs.iter().any(|(name, _)| name == "$query") {
        return;
    }
    let next = next.to_string();
    let kept = pairs.iter().filter(|(name, _)| name != "$offset").map(|(name, value)| (name.as_str(), value.as_str()));
    let query = serde_urlencoded::to_string(kept.chain([("$offset", next.as_str())]).collect::<Vec<_>>());
    let suffix = if visit.wants == Wants::Html { Wants::Json } else { visit.wants }.suffix();
    let to = town.url(&format!("{}.{suffix}?{}", visit.uri.path(), query.unwrap_or_default()));
    if let Ok(link) = HeaderValue::from_str(&format!("<{to}>; rel=\"next\"")) {
        answer.headers_mut().insert(header::LINK, link);
    }
}

/// All rows that are asked for, question after question; `cut` where there are more.
async fn all(town: &Town, question: &Question) -> Result<Found, Stop> {
    let mut all = Found { columns: Vec::new(), rows: Vec::new(), cut: None };
    for _ in 0..QUESTIONS_LIMIT {
        let have = all.rows.len() as u64;
        // One more than is asked for tells whether there are more.
        let wanted = (question.limit + 1 - have).min(ROWS_AT_ONCE);
        let found = ask_sql(town, &question.sql(wanted, question.offset + have)).await?;
        let (count, cut) = (found.rows.len() as u64, found.cut);
        all.columns = found.columns;
        all.rows.extend(found.rows);
        if all.rows.len() as u64 > question.limit {
            all.rows.pop();
            all.cut = Some(Cut::Rows);
            return Ok(all);
        }
        if cut.is_none() && count < wanted {
            return Ok(all);
        }
        if count == 0 {
            break;
        }
    }
    all.cut = Some(Cut::Bytes);
    Ok(all)
}

/// What is asked, as one select without its end.
struct Question {
    text: String,
    limit: u64,
    offset: u64,
}

impl Question {
    fn sql(&self, limit: u64, offset: u64) -> String {
        format!("{} limit {limit} offset {offset}", self.text)
    }

    fn read(table: &str, info: &TableInfo, pairs: &[(String, String)]) -> Result<Self, String> {
        // Tokens of applications begin with two.
        let own = |name: &&str| name.starts_with('$') && !name.starts_with("$$");
        let in_one = pairs.iter().find(|(name, _)| name == "$query").map(|(_, text)| text.as_str());
        for name in pairs.iter().map(|(name, _)| name.as_str()).filter(own) {
            if in_one.is_some() && name != "$query" {
                return Err(format!("{name} is asked in $query, or without it"));
            }
            if in_one.is_none() && !PARAMETERS.contains(&name) {
                let name: String = name.chars().take(60).collect();
                return Err(format!(
                    "the parameter {name} is not known here; {} are, and $query",
                    PARAMETERS.join(", ")
                ));
            }
        }
        let of = |name: &str| {
            let found = pairs.iter().find(|(of, value)| of == name && !value.trim().is_empty());
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let asked = match in_one {
            Some(text) => soql::clauses(text)?,
            None => Clauses {
                select: of("$select"),
                filter: of("$where"),
                group: of("$group"),
                having: of("$having"),
                order: of("$order"),
                limit: of("$limit"),
                offset: of("$offset"),
                words: of("$q"),
            },
        };
        let mut conditions = conditions(info, pairs)?;
        if !asked.words.is_empty() {
            let like = quoted(&format!("%{}%", asked.words), '\'');
            let any: Vec<String> =
                info.columns.iter().map(|column| format!("{} like {like}", quoted(&column.name, '"'))).collect();
            conditions.push(format!("({})", any.join(" or ")));
        }
        let text = composed(table, info, &asked, conditions)?;
        let limit = number("$limit", &asked.limit, ROWS)?;
        if limit > ROWS_LIMIT {
            return Err(format!("$limit is at most {ROWS_LIMIT}; ask for more in pages, with $offset"));
        }
        Ok(Self { text, limit, offset: number("$offset", &asked.offset, 0)? })
    }
}

/// The select of these clauses.
fn composed(table: &str, info: &TableInfo, asked: &Clauses, mut conditions: Vec<String>) -> Result<String, String> {
    let mut numbered = false;
    let mut translated = |text: &str, info: Option<&TableInfo>| {
        let (sql, own) = soql::translated(text, info)?;
        numbered |= own;
        Ok::<_, String>(sql)
    };
    let select = if asked.select.trim().is_empty() { "*" } else { &asked.select };
    let plain = translated(select, None)?;
    if !asked.filter.trim().is_empty() {
        conditions.insert(0, format!("({}\n)", translated(&asked.filter, None)?));
    }
    let mut end = String::new();
    if !conditions.is_empty() {
        end.push_str(&format!(" where {}", conditions.join(" and ")));
    }
    for (text, words) in [(&asked.group, "group by"), (&asked.having, "having"), (&asked.order, "order by")] {
        if !text.trim().is_empty() {
            end.push_str(&format!(" {words} {}\n", translated(text, None)?));
        }
    }
    // There the star would stand for the number too.
    let select = if numbered { soql::translated(select, Some(info))?.0 } else { plain };
    let from = if numbered { quoted(&numbered_table(table), '"') } else { table.to_owned() };
    Ok(format!("select {select}\n from {from}{end}"))
}

/// A column and its value, one for each.
fn conditions(info: &TableInfo, pairs: &[(String, String)]) -> Result<Vec<String>, String> {
    let condition = |(name, value): &(String, String)| {
        let at = info
            .column(name)
            .ok_or_else(|| format!("there is no column “{}”", name.chars().take(60).collect::<String>()))?;
        let is_number = info.columns[at].kind.is_number() && value.trim().parse::<f64>().is_ok();
        let value = if is_number { value.trim().to_owned() } else { quoted(value, '\'') };
        Ok(format!("{} = {value}", quoted(name, '"')))
    };
    pairs.iter().filter(|(name, _)| !name.starts_with('$')).map(condition).collect()
}

fn number(name: &str, text: &str, usual: u64) -> Result<u64, String> {
    let text = text.trim();
    if text.is_empty() { Ok(usual) } else { text.parse().map_err(|_| format!("{name} is no number")) }
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
