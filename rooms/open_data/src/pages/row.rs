//! One row of a table, by its key where there is one, and by its line.

use super::{explore::path_of, history};
use crate::{
    books::Filed,
    commands::{ask, open_table, stop_of},
    model::Resource,
};
use axum::extract::State;
use serde_json::{Value as Json, json};
use tables::{Condition, Plan, TableInfo, Value};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants, answer,
    dates::number,
    parts::Crumb,
    visit::{Path, Query},
};

/// What stands between the values of a key in an address.
const BETWEEN: &str = "~1";

type Pairs = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "row.html")]
struct RowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    lines: Vec<(String, String, String)>,
    holds: String,
    lasting: String,
    mistake: String,
}

/// Where a row is found: under its key where it has one, else under its line, which is the same row in one version only.
pub(super) fn address(
    path: &str,
    key: Option<&[String]>,
    info: &TableInfo,
    (line, cells): (u64, &[Value]),
    version: &str,
) -> String {
    let values = key.and_then(|key| values(key, info, cells));
    let own = values.map_or_else(|| line.to_string(), |values| format!("by/{}", written(&values)));
    if version.is_empty() { format!("{path}/row/{own}") } else { format!("{path}/row/{own}?version={version}") }
}

/// The values of the key in a row; `None` where one of them is empty.
fn values(key: &[String], info: &TableInfo, cells: &[Value]) -> Option<Vec<String>> {
    let value = |name: &String| Some(cells.get(info.column(name)?)?.text()).filter(|text| !text.is_empty());
    key.iter().map(value).collect()
}

/// Values as a part of a path. A point is written as `%2E`, for what looks like a suffix asks for another form.
fn written(values: &[String]) -> String {
    let joined = values.iter().map(|value| value.replace('~', "~0")).collect::<Vec<_>>().join(BETWEEN);
    let letter = |b: u8| match b {
        b'-' | b'_' | b'~' => char::from(b).to_string(),
        _ if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    joined.bytes().map(letter).collect()
}

/// The values of a key as they stand in a path, which is unescaped already.
fn read(key: &str) -> Vec<String> {
    key.split(BETWEEN).map(|value| value.replace("~0", "~")).collect()
}

/// GET /data/{name}/{resource}/row/{number}
pub async fn by_number(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource, wanted)): Path<(String, String, String)>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let wanted: u64 = wanted.parse().map_err(|_| Stop::NotFound)?;
    let filed = super::open(&town, &visit, &name)?;
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let table = open_table(&town, &resource).await?;
    let info = table.info().clone();
    let cells = ask(table, move |table| table.row(wanted).map_err(stop_of)).await?.ok_or(Stop::NotFound)?;
    show(&town, &visit, &filed, &resource, &pairs, (&info, wanted, &cells))
}

/// GET /data/{name}/{resource}/row/by/{key}
pub async fn by_key(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource, key)): Path<(String, String, String)>,
    Query(pairs): Query<Pairs>,
) -> Answer {
    let filed = super::open(&town, &visit, &name)?;
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let table = open_table(&town, &resource).await?;
    let info = table.info().clone();
    let (names, values) = (resource.key_in(&info).ok_or(Stop::NotFound)?, read(&key));
    if names.len() != values.len() {
        return Err(Stop::NotFound);
    }
    let conditions = names.iter().zip(&values).map(|(name, value)| Condition::is(name, value)).collect();
    let plan = Plan { conditions, limit: 1, ..Plan::default() };
    let found = ask(table, move |table| table.ask(&plan).map_err(stop_of)).await?;
    if found.count > 1 {
        return Err(Refusal::conflict("data-key-several")
            .with("count", i64::try_from(found.count).unwrap_or(i64::MAX))
            .into());
    }
    let (line, cells) = found.rows.into_iter().next().ok_or(Stop::NotFound)?;
    show(&town, &visit, &filed, &resource, &pairs, (&info, line, &cells))
}

fn show(
    town: &Town,
    visit: &Visit,
    filed: &Filed,
    resource: &Resource,
    pairs: &[(String, String)],
    (info, line, cells): (&TableInfo, u64, &[Value]),
) -> Answer {
    let (t, language) = (&visit.t, visit.t.language());
    let asked = history::asked(pairs);
    let version = asked.unwrap_or(filed.dataset.version);
    let path = path_of(filed, resource);
    let key = resource.key_in(info).filter(|key| values(key, info, cells).is_some());
    let now = asked.map(|version| version.to_string()).unwrap_or_default();
    let lasting = match &key {
        Some(key) => address(&path, Some(key), info, (line, cells), &now),
        None => format!("{path}/row/{line}?version={version}"),
    };
    if visit.wants == Wants::Json {
        let mut object: serde_json::Map<String, Json> =
            info.columns.iter().zip(cells).map(|(column, cell)| (column.name.clone(), cell.json())).collect();
        object.insert("_id".to_owned(), json!(line));
        object.insert("_version".to_owned(), json!(version));
        object.insert("_url".to_owned(), json!(town.url(&lasting)));
        return answer::json(&Json::Object(object));
    }
    let title = t.with1("data-row", "number", number(i64::try_from(line).unwrap_or(0), language));
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let notes = |name: &str| {
        resource.body.words.get(name).map(|words| words.notes.in_language(language).to_owned()).unwrap_or_default()
    };
    let told = if key.is_some() { "data-row-by-key" } else { "data-row-by-line" };
    answer::page(&RowPage {
        frame: Frame::new(town, visit, format!("{title} – {}", resource.title(language))).twins(visit, &[Wants::Json]),
        crumbs: vec![
            crumb("/data".to_owned(), t.say("open-data-title")),
            crumb(format!("/data/{}", filed.dataset.name), filed.dataset.meta.title.in_language(language)),
            crumb(path, resource.title(language)),
            crumb(String::new(), &title),
        ],
        lines: info
            .columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| (column.name.clone(), cell.text(), notes(&column.name)))
            .collect(),
        holds: t.with1(told, "version", version),
        lasting,
        mistake: format!(
            "/data/{}/issues/new?table={}&row={line}&version={version}",
            filed.dataset.name,
            resource.slug()
        ),
        title,
    })
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn a_key_comes_back_from_its_address() {
        for values in [&["oak"][..], &["a~1b", "~0", "c/d.json"], &["é ü", "1.5"]] {
            let values: Vec<String> = values.iter().map(|one| (*one).to_owned()).collect();
            let path = written(&values);
            assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_~%".contains(&b)), "{path}");
            let unescaped =
                serde_urlencoded::from_str::<Vec<(String, String)>>(&format!("k={}", path.replace('~', "%7E")));
            assert_eq!(read(&unescaped.unwrap()[0].1), values, "{path}");
        }
    }
}
