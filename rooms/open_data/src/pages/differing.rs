//! What differs between two versions of a table.

use super::history::resource_at;
use crate::{
    changes::{self, Change, Changes, Kind, ROWS_LIMIT},
    commands::{open_table, stop_of},
    model::Resource,
    store,
};
use axum::{extract::State, http::HeaderValue};
use database::DbError;
use serde_json::json;
use tables::Table;
use tokio::sync::Semaphore;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants, answer,
    dates::number,
    parts::Crumb,
    table::csv_answer,
    visit::{Path, Query},
};

/// Changes that a page shows.
const SHOWN: usize = 200;
/// Comparisons at once: each has a number for every row of a file in memory.
static TURNS: Semaphore = Semaphore::const_new(1);
static QUEUE: Semaphore = Semaphore::const_new(9);

/// A change on the page: its kind, the row and its key, and its cells.
struct Line {
    kind: &'static str,
    chip: &'static str,
    row: String,
    cells: Vec<(String, String, String)>,
}

#[derive(askama::Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    sum: String,
    by: String,
    columns: Vec<(&'static str, String)>,
    lines: Vec<Line>,
    cut: String,
}

/// The two that are compared, with the versions they are of.
struct Pair {
    versions: (i64, i64),
    old: Resource,
    new: Resource,
}

/// GET /data/{name}/{resource}/changes
pub async fn page(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let filed = super::open(&town, &visit, &name)?;
    let dataset = &filed.dataset;
    let pair = pair(&town, dataset, &resource, &pairs).await?;
    // Who is told to come back makes no work: tables of older versions may have to be made first.
    let _place = QUEUE.try_acquire().map_err(|_| super::busy())?;
    let (old, new) = (open_table(&town, &pair.old).await?, open_table(&town, &pair.new).await?);
    let is_large = |table: &Table| table.is_large() || table.info().rows > ROWS_LIMIT;
    if is_large(&old) || is_large(&new) {
        return Err(Refusal::new("data-changes-large").into());
    }
    let key = pair.new.key_in(new.info());
    let found = {
        let _turn = TURNS.acquire().await.map_err(Stop::fault)?;
        let run = move || changes::between(&old, &new, key).map_err(stop_of);
        tokio::task::spawn_blocking(run).await.map_err(Stop::fault)??
    };
    match visit.wants {
        Wants::Json => {
            let mut view = found.view();
            view["dataset"] = json!(dataset.name);
            view["resource"] = json!(pair.new.slug());
            (view["from"], view["to"]) = (json!(pair.versions.0), json!(pair.versions.1));
            answer::json(&view)
        }
        Wants::Csv => csv(&found),
        _ => {
            let title = dataset.meta.title.in_language(visit.t.language());
            answer::page(&compose(&town, &visit, (&dataset.name, title), &pair, &found))
        }
    }
}

async fn pair(
    town: &Town,
    dataset: &crate::model::Dataset,
    slug: &str,
    pairs: &[(String, String)],
) -> Result<Pair, Stop> {
    let number = |name: &'static str| -> Result<Option<i64>, Stop> {
        let text =
            pairs.iter().find(|(of, value)| of == name && !value.trim().is_empty()).map(|(_, value)| value.trim());
        let wrong = |text: &str| {
            let refusal = Refusal::new("data-version-unknown").status(axum::http::StatusCode::NOT_FOUND).at(name);
            Stop::from(refusal.with("version", text.chars().take(20).collect::<String>()))
        };
        text.map(|text| text.parse().map_err(|_| wrong(text))).transpose()
    };
    let at =
        async |version: i64| resource_at(town, dataset, slug, &[("version".to_owned(), version.to_string())]).await;
    let to = number("to")?.unwrap_or(dataset.version);
    let new = at(to).await?;
    let from = match number("from")? {
        Some(from) => from,
        None => {
            let (id, own) = (dataset.id.clone(), slug.to_owned());
            let before = town.db().read(move |tx| {
                // Where the newest of it became so, and what it was before.
                let Some(now) = store::version_file(tx, &id, &own, to)? else { return Ok(None) };
                store::version_file_before(tx, &now.resource.id, now.version)
            });
            let before = before.await.map_err(|error: DbError| Stop::from(error))?;
            before
                .filter(|one| one.is_open(dataset))
                .map(|one| one.version)
                .ok_or_else(|| Refusal::new("data-changes-first"))?
        }
    };
    let old = at(from).await?;
    Ok(Pair { versions: (from, to), old, new })
}

/// A line for each cell that differs.
fn csv(found: &Changes) -> Answer {
    let head = ["change", "row", "key", "column", "before", "after"];
    let lines = found.told.iter().flat_map(|one| {
        one.cells.iter().map(move |(column, was, is)| {
            [one.kind.word().to_owned(), one.row.to_string(), one.key.join(" "), column.clone(), was.text(), is.text()]
        })
    });
    let mut answer = csv_answer(&head, lines)?;
    if found.is_cut() {
        answer.headers_mut().insert("x-answer-cut", HeaderValue::from_static("true"));
    }
    Ok(answer)
}

fn compose(town: &Town, visit: &Visit, (name, title): (&str, &str), pair: &Pair, found: &Changes) -> ChangesPage {
    let (t, language) = (&visit.t, visit.t.language());
    let count = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let values = [
        ("from", pair.versions.0.into()),
        ("to", pair.versions.1.into()),
        ("added", count(found.count(Kind::Added)).into()),
        ("changed", count(found.count(Kind::Changed)).into()),
        ("removed", count(found.count(Kind::Removed)).into()),
    ];
    let line = |one: &Change| Line {
        kind: match one.kind {
            Kind::Added => "data-change-added",
            Kind::Changed => "data-change-changed",
            Kind::Removed => "data-change-removed",
        },
        chip: match one.kind {
            Kind::Added => "g",
            Kind::Changed => "y",
            Kind::Removed => "r",
        },
        row: if one.key.is_empty() { t.with1("data-row", "number", count(one.row)) } else { one.key.join(" · ") },
        cells: one
            .cells
            .iter()
            .map(|(column, was, is)| (column.clone(), short(&was.text()), short(&is.text())))
            .collect(),
    };
    let columns = [
        ("data-changes-columns-added", &found.columns_added),
        ("data-changes-columns-removed", &found.columns_removed),
    ];
    let is_more = found.told.len() > SHOWN || found.is_cut();
    ChangesPage {
        frame: Frame::new(town, visit, t.say("data-what-changed")).twins(visit, &[Wants::Json, Wants::Csv]),
        crumbs: vec![
            crumb("/data".to_owned(), t.say("open-data-title")),
            crumb(format!("/data/{name}"), title),
            crumb(format!("/data/{name}/versions"), t.say("data-versions")),
            crumb(String::new(), t.say("data-what-changed")),
        ],
        sum: t.with("data-changes-sum", &values),
        by: match found.key.as_slice() {
            [] => t.say("data-changes-no-key").to_owned(),
            key => t.with1("data-changes-by", "key", key.join(", ")),
        },
        columns: columns
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .map(|(key, all)| (key, all.join(", ")))
            .collect(),
        lines: found.told.iter().take(SHOWN).map(line).collect(),
        cut: if is_more { t.with1("data-changes-cut", "count", SHOWN.min(found.told.len())) } else { String::new() },
    }
}

/// A cell as a page shows it.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(80).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
