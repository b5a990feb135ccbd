//! Questions in SQL: one select over the public tables, in a process of its own.

mod examples;

use crate::{books::Books, model::Resource};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode},
};
use serde_json::{Value as Json, json};
use tables::{
    Shelf,
    sql::{Cut, Found, Limits, Named, Unanswered, Worker},
};
use tokio::sync::Semaphore;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{self, page_with},
    forms::FormErrors,
    parts::Crumb,
    table::csv_answer,
    visit::Query,
};

/// Questions that are answered at once; others are told to come back.
const AT_ONCE: usize = 2;
/// Questions that may wait for their turn.
const WAITING: usize = 8;
/// Rows that a page shows.
const ROWS_SHOWN: usize = 500;
/// Tables whose columns the page lists.
const TABLES_SHOWN: usize = 60;

/// What a question may use beside the functions of SQLite.
const FUNCTIONS: &str = "median(x), stddev(x), sqrt(x), power(x, y), exp(x), ln(x), log10(x), floor(x), ceil(x), date_trunc('month', day), \
                         text regexp 'pattern', starts_with(text, begin), st_point(long, lat), st_x(g), st_y(g), st_within(g, area), \
                         st_intersects(g, h), st_distance(g, h), within_circle(g, lat, long, metres)";

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

struct TableHelp {
    name: String,
    title: String,
    columns: Vec<(String, &'static str)>,
}

#[derive(askama::Template)]
#[template(path = "sql.html")]
struct SqlPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    sql: String,
    answered: bool,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    count: String,
    cut: String,
    tables: Vec<TableHelp>,
    examples: Vec<(String, String)>,
    limits: String,
    functions: &'static str,
}

/// GET /data/sql
pub async fn page(State(town): State<Town>, visit: Visit, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let sql = pairs.into_iter().find(|(name, _)| name == "sql").map(|(_, value)| value).unwrap_or_default();
    if sql.trim().is_empty() && visit.wants == Wants::Html {
        return render(&town, &visit, sql, Ok(None));
    }
    let asked = ask(&town, &sql).await;
    match (visit.wants, asked) {
        (Wants::Html, Ok(found)) => render(&town, &visit, sql, Ok(Some(found))),
        (Wants::Html, Err(Stop::Refused(refusals))) => render(&town, &visit, sql, Err(refusals)),
        (Wants::Csv, Ok(found)) => csv(&found),
        (_, Ok(found)) => answer::json(&view(&found)),
        (_, Err(stop)) => Err(stop),
    }
}

/// The answer as CSV, whose head says when a limit cut it.
pub(crate) fn csv(found: &Found) -> Answer {
    let header: Vec<&str> = found.columns.iter().map(String::as_str).collect();
    let mut answer = csv_answer(&header, found.rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>()))?;
    if found.cut.is_some() {
        answer.headers_mut().insert("x-answer-cut", HeaderValue::from_static("true"));
    }
    Ok(answer)
}

/// The answer for machines, with the limit that cut it, if one did.
fn view(found: &Found) -> Json {
    let rows: Vec<Json> = found
        .rows
        .iter()
        .map(|row| Json::Object(found.columns.iter().cloned().zip(row.iter().cloned()).collect()))
        .collect();
    let cut = found.cut.map(|cut| if cut == Cut::Rows { "rows" } else { "bytes" });
    json!({"columns": found.columns, "rows": rows, "count": found.rows.len(), "cut_by": cut})
}

/// Asks the worker.
///
/// # Errors
/// A refusal for what is not answered; `data-sql-busy` (429) when too many ask.
pub(crate) async fn ask(town: &Town, sql: &str) -> Result<Found, Stop> {
    let _place = QUEUE.try_acquire().map_err(|_| busy())?;
    let _turn = TURNS.acquire().await.map_err(Stop::fault)?;
    let shelves = town.part::<Books>().now();
    let resources: Vec<&Resource> =
        shelves.public().flat_map(|one| &one.dataset.resources).filter(|one| one.table_name.is_some()).collect();
    let lower = sql.to_lowercase();
    // A table that is named and not there yet is made first.
    for resource in resources
        .iter()
        .filter(|one| one.table_name.as_ref().is_some_and(|name| lower.contains(name.as_str())))
        .take(12)
    {
        crate::commands::open_table(town, resource).await?;
    }
    let named: Vec<Named> =
        resources.iter().filter_map(|one| Some(Named { name: one.table_name.clone()?, shelf: one.shelf() })).collect();
    let (worker, shelf, sql) = (town.part::<Worker>().clone(), town.part::<Shelf>().clone(), sql.to_owned());
    let asked = tokio::task::spawn_blocking(move || worker.ask(&shelf, &sql, &named, Limits::default()));
    asked.await.map_err(Stop::fault)?.map_err(|why| refusal(&why))
}

/// Seconds after which a question in SQL may be asked again while too many ask.
const BUSY_SECONDS: u32 = 2;

/// Too many ask at once.
pub(crate) fn busy() -> Stop {
    Refusal::new("data-sql-busy").again_in(BUSY_SECONDS).into()
}

fn refusal(why: &Unanswered) -> Stop {
    let most = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let refusal = match why {
        Unanswered::NotOneSelect => Refusal::new("data-sql-select"),
        Unanswered::NotAllowed => Refusal::new("data-sql-allowed"),
        Unanswered::Misread(words) => Refusal::new("data-sql-misread").with("why", words.replace('\0', "")),
        Unanswered::TooSlow(milliseconds) => Refusal::new("data-sql-slow").with("most", most(milliseconds / 1_000)),
        Unanswered::TooLarge(bytes) => Refusal::new("data-sql-memory").with("most", most(bytes / 1024 / 1024)),
        Unanswered::TooManyTables(tables) => Refusal::new("data-sql-tables").with("most", *tables),
        Unanswered::LargeTable(name) => Refusal::new("data-sql-large-table").with("table", name.as_str()),
        Unanswered::TooLong(characters) => Refusal::new("data-sql-long").with("most", *characters),
        Unanswered::Broken(why) => return Stop::Fault(format!("the SQL worker: {why}")),
    };
    refusal.at("sql").into()
}

/// A cell of an answer as text; whole numbers without a fraction.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Number(number) if number.is_f64() => number.as_f64().unwrap_or_default().to_string(),
        other => other.to_string(),
    }
}

fn render(town: &Town, visit: &Visit, sql: String, outcome: Result<Option<Found>, Vec<Refusal>>) -> Answer {
    let t = &visit.t;
    let (found, refusals) = match outcome {
        Ok(found) => (found, Vec::new()),
        Err(refusals) => (None, refusals),
    };
    let status = refusals.first().map_or(StatusCode::OK, |refusal| refusal.status);
    let limits = Limits::default();
    let values = [
        ("rows", limits.rows.into()),
        ("seconds", i64::try_from(limits.milliseconds / 1_000).unwrap_or(0).into()),
        ("memory", i64::try_from(limits.memory_bytes / 1024 / 1024).unwrap_or(0).into()),
    ];
    let page = SqlPage {
        frame: Frame::new(town, visit, t.say("data-sql"))
            .twins(visit, if found.is_some() { &[Wants::Json, Wants::Csv] } else { &[] }),
        errors: FormErrors::of(&refusals, t),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: t.say("data-sql").to_owned() },
        ],
        sql,
        answered: found.is_some(),
        columns: found.as_ref().map(|found| found.columns.clone()).unwrap_or_default(),
        rows: found
            .as_ref()
            .map(|found| found.rows.iter().take(ROWS_SHOWN).map(|row| row.iter().map(text).collect()).collect())
            .unwrap_or_default(),
        count: found.as_ref().map(|found| t.with1("data-sql-count", "count", found.rows.len())).unwrap_or_default(),
        cut: found.as_ref().map(|found| cut(visit, found, ROWS_SHOWN)).unwrap_or_default(),
        tables: helps(town, visit),
        examples: examples(town),
        limits: t.with("data-sql-limits", &values),
        functions: FUNCTIONS,
    };
    page_with(status, &page)
}

/// What cut the answer, and the page of it, which shows so many rows.
pub(crate) fn cut(visit: &Visit, found: &Found, shown: usize) -> String {
    let of_answer = found.cut.map(|cut| {
        let key = if cut == Cut::Rows { "data-sql-cut-rows" } else { "data-sql-cut-bytes" };
        visit.t.with1(key, "count", found.rows.len())
    });
    let key = if found.cut.is_some() { "data-sql-cut-shown" } else { "data-sql-cut-page" };
    let of_page = (found.rows.len() > shown).then(|| visit.t.with1(key, "count", shown));
    of_answer.into_iter().chain(of_page).collect::<Vec<_>>().join(" ")
}

fn helps(town: &Town, visit: &Visit) -> Vec<TableHelp> {
    let shelves = town.part::<Books>().now();
    let mut helps = Vec::new();
    for filed in shelves.public() {
        let title = filed.dataset.meta.title.in_language(visit.t.language());
        for resource in &filed.dataset.resources {
            let (Some(name), Some(info)) = (&resource.table_name, &resource.body.info) else { continue };
            let columns = info.columns.iter().map(|column| (column.name.clone(), column.kind.word())).collect();
            helps.push(TableHelp { name: name.clone(), title: title.to_owned(), columns });
        }
    }
    helps.truncate(TABLES_SHOWN);
    helps
}

/// Questions to begin with, and their addresses.
fn examples(town: &Town) -> Vec<(String, String)> {
    let address = |sql: String| {
        let query = serde_urlencoded::to_string([("sql", sql.as_str())]).unwrap_or_default();
        (sql, format!("/data/sql?{query}"))
    };
    examples::all(&town.part::<Books>().now()).into_iter().map(address).collect()
}
