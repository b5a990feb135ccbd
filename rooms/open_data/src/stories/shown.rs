//! The page of a written story, worked out from what the tables hold now.

use super::{TWINS, answered, model::Written, store};
use crate::{
    acts,
    books::{Books, Shelves},
    pages::{sql_csv, sql_cut, sql_text as text},
};
use database::DbError;
use serde_json::{Value as Json, json};
use tables::sql::Found;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{self, page},
    chart::{About, Datum, bars_svg},
    dates::{decimal, number},
    map::{MapView, Steps, legend_html, map_svg},
    parts::Crumb,
};

/// Rows that the page shows; the twins have all.
const ROWS_SHOWN: usize = 200;
/// Bars of the chart.
const BARS: usize = 30;

#[derive(askama::Template)]
#[template(path = "story_written.html")]
struct StoryPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lead: String,
    text: String,
    state: String,
    edit: String,
    chart: String,
    map: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    cut: String,
    sql: String,
    ask: String,
    datasets: Vec<(String, String)>,
}

/// Public stories, and behind them those that this reader may publish: address and title.
///
/// # Errors
/// Those of the database.
pub async fn listed(town: &Town, visit: &Visit) -> Result<Vec<(String, String)>, Stop> {
    let organisations = town.part::<Books>().now().organisations.keys().copied().collect::<Vec<_>>();
    let own: Vec<_> = organisations.into_iter().filter(|id| visit.actor.may_for(&acts::PUBLISH, Some(*id))).collect();
    let read = town.db().read(move |tx| {
        let mut all = store::public(tx)?;
        all.extend(store::hidden(tx, &own)?);
        Ok(all)
    });
    let all = read.await.map_err(|error: DbError| Stop::from(error))?;
    let line = |one: Written| {
        let title = one.telling.title.in_language(visit.t.language());
        let title =
            if one.is_public() { title.to_owned() } else { format!("{title} ({})", visit.t.say(one.state.key())) };
        (format!("/data/stories/{}", one.name), title)
    };
    Ok(all.into_iter().filter(|one| is_seen(visit, one)).map(line).collect())
}

fn is_seen(visit: &Visit, story: &Written) -> bool {
    story.is_public() || visit.actor.may_for(&acts::PUBLISH, Some(story.organisation))
}

/// The story of this name, as page or for programs.
///
/// # Errors
/// `NotFound` for what is not public, but to those who may publish it; refusals of its question.
pub async fn show(town: &Town, visit: &Visit, name: &str) -> Answer {
    let own = name.to_owned();
    let found = town.db().read(move |tx| store::find(tx, &own)).await.map_err(|error: DbError| Stop::from(error))?;
    let story = found.filter(|story| is_seen(visit, story)).ok_or(Stop::NotFound)?;
    let shelves = town.part::<Books>().now();
    let tables = tables_of(&shelves, &story.telling.sql);
    let shelf: Vec<&str> = tables.iter().map(|(shelf, ..)| shelf.as_str()).collect();
    let key = format!("written {} {} {}", story.name, story.version, shelf.join(" "));
    let found = answered(town, &key, &story.telling.sql).await?;
    match visit.wants {
        Wants::Json => {
            let rows = found.rows.iter();
            answer::json(&json!({
                "story": story.name, "title": story.telling.title.in_language(visit.t.language()),
                "state": story.state.word(), "sql": story.telling.sql,
                "datasets": tables.iter().map(|(_, name, _)| name).collect::<Vec<_>>(),
                "rows": rows.map(|row| -> Json { found.columns.iter().cloned().zip(row.iter().cloned()).collect() }).collect::<Vec<_>>(),
                "cut_by": found.cut,
            }))
        }
        Wants::Csv => sql_csv(&found),
        _ => page(&compose(town, visit, &shelves, &story, &tables, &found)),
    }
}

/// The public tables that stand in a question as words: shelf, dataset, table.
fn tables_of(shelves: &Shelves, sql: &str) -> Vec<(String, String, String)> {
    let lower = sql.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let all = shelves.public().flat_map(|filed| filed.dataset.resources.iter().map(move |one| (filed, one)));
    let named = all.filter_map(|(filed, one)| {
        let table = one.table_name.clone().filter(|table| words.contains(&table.as_str()))?;
        Some((one.shelf(), filed.dataset.name.clone(), table))
    });
    named.take(tables::sql::TABLES_LIMIT).collect()
}

fn compose(
    town: &Town,
    visit: &Visit,
    shelves: &Shelves,
    story: &Written,
    tables: &[(String, String, String)],
    found: &Found,
) -> StoryPage {
    let (t, language, telling) = (&visit.t, visit.t.language(), &story.telling);
    let title = telling.title.in_language(language).to_owned();
    let lead = telling.lead.in_language(language).to_owned();
    let mut datasets: Vec<(String, String)> = Vec::new();
    for (_, name, _) in tables {
        let href = format!("/data/{name}");
        let known = shelves.find(name).map(|one| one.dataset.meta.title.in_language(language).to_owned());
        if !datasets.iter().any(|(other, _)| *other == href) {
            datasets.push((href, known.unwrap_or_default()));
        }
    }
    let query = serde_urlencoded::to_string([("sql", telling.sql.as_str())]).unwrap_or_default();
    let may_edit = visit.actor.may_for(&acts::PUBLISH, Some(story.organisation));
    StoryPage {
        frame: Frame::new(town, visit, title.clone()).describe(lead.clone()).twins(visit, TWINS),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: title.clone() },
        ],
        text: telling.text.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
        state: if story.is_public() { String::new() } else { t.say(story.state.key()).to_owned() },
        edit: if may_edit { format!("/data/stories/{}/edit", story.name) } else { String::new() },
        chart: chart(t, &title, telling, found),
        map: map(town, visit, &title, telling, found),
        heads: found.columns.clone(),
        rows: rows(t, telling, found),
        cut: sql_cut(visit, found, ROWS_SHOWN),
        sql: telling.sql.clone(),
        ask: format!("/data/sql?{query}"),
        datasets,
        lead,
    }
}

/// The rows as people read them: amounts with their thousands apart, and numbers that only name something as they are.
fn rows(t: &Sayings, telling: &super::model::Telling, found: &Found) -> Vec<Vec<String>> {
    let is_amount = |at: usize, name: &String| {
        let lower = name.to_lowercase();
        let names =
            ["id", "year", "code", "zip", "number"].iter().any(|word| lower.split('_').any(|part| part == *word));
        let mut cells = found.rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_null());
        let is_said = *name == telling.value;
        let is_other = *name == telling.label || *name == telling.map || names;
        (is_said || !is_other) && cells.all(Json::is_number)
    };
    let amounts: Vec<bool> = found.columns.iter().enumerate().map(|(at, name)| is_amount(at, name)).collect();
    let cell = |(at, cell): (usize, &Json)| match cell.as_f64().filter(|_| amounts.get(at) == Some(&true)) {
        Some(value) => exact(t, value),
        None => text(cell),
    };
    found.rows.iter().take(ROWS_SHOWN).map(|row| row.iter().enumerate().map(cell).collect()).collect()
}

/// A number with as many places as it has, up to six.
fn exact(t: &Sayings, value: f64) -> String {
    let places = (0..6_u8).find(|places| {
        let moved = value * 10_f64.powi(i32::from(*places));
        (moved - moved.round()).abs() < 1e-6
    });
    let text = decimal(value.abs(), places.unwrap_or(6).into(), t.language());
    let (whole, rest) = text.split_at(text.find(['.', ',']).unwrap_or(text.len()));
    let sign = if value < 0.0 { "−" } else { "" };
    whole
        .parse::<i64>()
        .map_or_else(|_| value.to_string(), |whole| format!("{sign}{}{rest}", number(whole, t.language())))
}

fn place(found: &Found, name: &str) -> Option<usize> {
    found.columns.iter().position(|column| column == name).filter(|_| !name.is_empty())
}

fn shown(t: &Sayings, value: f64) -> String {
    decimal(value, if value.fract() == 0.0 { 0 } else { 1 }, t.language())
}

/// Bars of the first rows with a number that is not negative.
fn chart(t: &Sayings, title: &str, telling: &super::model::Telling, found: &Found) -> String {
    let (Some(label), Some(value)) = (place(found, &telling.label), place(found, &telling.value)) else {
        return String::new();
    };
    let datum = |row: &Vec<Json>| {
        let value = row.get(value)?.as_f64().filter(|value| *value >= 0.0)?;
        Some(Datum { label: text(row.get(label)?).chars().take(80).collect(), value, text: shown(t, value) })
    };
    let data: Vec<Datum> = found.rows.iter().filter_map(datum).take(BARS).collect();
    if data.is_empty() {
        return String::new();
    }
    let rtl = t.language().direction() == "rtl";
    bars_svg(&About { id: "story", title, desc: t.say("data-chart-desc"), rtl }, &data, 3)
}

/// The districts of the town, coloured by the value of the row with their code.
#[expect(clippy::cast_possible_truncation, reason = "a colour")]
fn map(town: &Town, visit: &Visit, title: &str, telling: &super::model::Telling, found: &Found) -> String {
    let (t, language) = (&visit.t, visit.t.language());
    let (Some(code), Some(value)) = (place(found, &telling.map), place(found, &telling.value)) else {
        return String::new();
    };
    let mut shapes = town.part::<places::Districts>().shapes();
    for shape in &mut shapes {
        let row = found.rows.iter().find(|row| row.get(code).is_some_and(|cell| text(cell) == shape.code));
        let value = row.and_then(|row| row.get(value)?.as_f64());
        shape.href = None;
        shape.value = value.map(|value| value.round() as i64);
        shape.value_text = value.map(|value| shown(t, value)).unwrap_or_default();
    }
    if !shapes.iter().any(|shape| shape.value.is_some()) {
        return String::new();
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let view =
        MapView { id: "story-map", title, desc: t.say("data-chart-desc"), shapes: &shapes, pins: &[], selected: None };
    let legend = legend_html(&steps, title, t.say("story-no-value"), &|value| number(value, language));
    format!("{}{legend}", map_svg(&view, &steps))
}
