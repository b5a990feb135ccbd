//! Stories: a question that the town's own tables answer, with its chart, its map and its SQL, worked out from what they hold now.

mod answers;
mod commands;
mod desk;
mod model;
mod shown;
mod store;

pub use answers::Told;
pub use commands::put_into_search;
pub use model::STORY;
pub use shown::listed;

use crate::{
    acts,
    books::{Books, Shelves},
    pages::{sql_csv, sql_text as text},
};
use answers::answered;
use axum::extract::State;
use serde_json::{Value as Json, json};
use tables::sql::Found;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{self, page},
    chart::{About, Datum, bars_svg},
    dates::{decimal, number},
    manifest::Doc,
    map::{MapView, Steps, legend_html, map_svg},
    openapi::text_schema,
    parts::Crumb,
    visit::Path,
};

const TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

/// A question and what answers it: rows of a district, its name, how many reports, half of them ended within so many days (nothing where
/// more than half are open), how many are open and how many of a hundred that is, how many in a hundred square kilometres, and how many promises are open there; the
/// slowest first.
struct Story {
    name: &'static str,
    /// The tables it joins.
    tables: [&'static str; 3],
    sql: &'static str,
}

/// Reports of lamps, joined with the districts and with what was promised there. Fewer than five lamps say nothing of a district.
const LAMPS: Story = Story {
    name: "lamps",
    tables: ["service_requests", "districts", "commitments"],
    // What is still open counts as longer than everything that ended, so that it makes no district look quick.
    sql: "with lamps as (\n  \
            select cast(district as text) as district, days_open, closed_at,\n    \
              row_number() over (partition by district order by closed_at is null, days_open) as place,\n    \
              count(*) over (partition by district) as reported\n  \
            from service_requests where category like '%light%' or category like '%lamp%'\n\
          ), half as (\n  \
            select district, reported, case when closed_at is not null then days_open end as median_days\n  \
            from lamps where place = (reported + 1) / 2\n\
          ), dark as (\n  \
            select district, count(*) as still_dark from lamps where closed_at is null group by district\n\
          ), promised as (\n  \
            select cast(district as text) as district, count(*) as promises\n  \
            from commitments where closed_at is null group by 1\n\
          )\n\
          select d.district, d.name, half.reported, half.median_days, coalesce(dark.still_dark, 0) as still_dark,\n  \
            cast(round(coalesce(dark.still_dark, 0) * 100.0 / half.reported) as integer) as still_dark_percent,\n  \
            round(half.reported * 100.0 / d.area_km2, 1) as reported_per_100_km2,\n  \
            coalesce(promised.promises, 0) as promises\n\
          from districts d\n\
          join half on half.district = cast(d.district as text)\n\
          left join dark on dark.district = half.district\n\
          left join promised on promised.district = half.district\n\
          where half.reported >= 5\n\
          order by half.median_days is null desc, half.median_days desc, still_dark * 1.0 / half.reported desc, d.name",
};

const STORIES: [Story; 1] = [LAMPS];

/// The routes.
pub fn routes() -> Vec<Route> {
    let doc = Doc::new("data", "A story: a question that the town's tables answer, with the rows and the SQL")
        .path("story", "Its name, as lamps.", text_schema())
        .answers(200, "application/json", "The SQL and the rows.", json!({"type": "object"}));
    let mut routes = vec![Route::get("/data/stories/{story}", acts::READ, show).twins(TWINS).documented(doc)];
    routes.extend(desk::routes());
    routes
}

/// The stories that this town can tell: name, and the Fluent key of the title.
pub fn told(shelves: &Shelves) -> Vec<(&'static str, String)> {
    let can = |story: &&Story| story.tables.iter().all(|table| shelf(shelves, table).is_some());
    STORIES.iter().filter(can).map(|story| (story.name, format!("story-{}-title", story.name))).collect()
}

/// The shelf of a public table, another for each file, and the name of its dataset.
fn shelf(shelves: &Shelves, table: &str) -> Option<(String, String)> {
    shelves.public().find_map(|filed| {
        let resource = filed.dataset.resources.iter().find(|one| one.table_name.as_deref() == Some(table))?;
        Some((resource.shelf(), filed.dataset.name.clone()))
    })
}

/// A row of the answer.
struct Line {
    district: String,
    name: String,
    reported: i64,
    /// Half were lit again within so many days; `None` where more than half are still dark.
    median_days: Option<f64>,
    still_dark: i64,
    /// How many of a hundred are still dark, rounded.
    dark_percent: i64,
    density: f64,
    promises: i64,
}

fn lines(found: &Found) -> Vec<Line> {
    let number = |value: &Json| value.as_f64().unwrap_or_default();
    let whole = |value: &Json| value.as_i64().unwrap_or_default();
    let line = |row: &Vec<Json>| {
        let [district, name, reported, median, dark, percent, density, promises] = row.as_slice() else { return None };
        Some(Line {
            district: text(district),
            name: text(name),
            reported: whole(reported),
            median_days: median.as_f64(),
            still_dark: whole(dark),
            dark_percent: whole(percent),
            density: number(density),
            promises: whole(promises),
        })
    };
    found.rows.iter().filter_map(line).collect()
}

#[derive(askama::Template)]
#[template(path = "story.html")]
struct StoryPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lead: String,
    answer: String,
    chart: String,
    map: String,
    rows: Vec<[String; 7]>,
    heads: [String; 7],
    sql: &'static str,
    ask: String,
    datasets: Vec<(String, String)>,
}

/// GET /data/stories/{story}
async fn show(State(town): State<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    let Some(story) = STORIES.iter().find(|story| story.name == name) else {
        return shown::show(&town, &visit, &name).await;
    };
    let shelves = town.part::<Books>().now();
    let tables: Option<Vec<(String, String)>> = story.tables.iter().map(|table| shelf(&shelves, table)).collect();
    let tables = tables.ok_or(Stop::NotFound)?;
    let key = tables.iter().map(|(shelf, _)| shelf.as_str()).collect::<Vec<_>>().join(" ");
    let found = answered(&town, &format!("{} {key}", story.name), story.sql).await?;
    match visit.wants {
        Wants::Json => answer::json(&json!({
            "story": story.name, "sql": story.sql, "datasets": tables.iter().map(|(_, name)| name).collect::<Vec<_>>(),
            "rows": found.rows.iter().map(|row| -> Json { found.columns.iter().cloned().zip(row.iter().cloned()).collect() }).collect::<Vec<_>>(),
            "cut_by": found.cut,
        })),
        Wants::Csv => sql_csv(&found),
        _ => page(&compose(&town, &visit, &shelves, story, &tables, &lines(&found))),
    }
}

fn compose(
    town: &Town,
    visit: &Visit,
    shelves: &Shelves,
    story: &Story,
    tables: &[(String, String)],
    lines: &[Line],
) -> StoryPage {
    let (t, language) = (&visit.t, visit.t.language());
    let say = |part: &str| t.say(&format!("story-{}-{part}", story.name)).to_owned();
    let days = |days: f64| decimal(days, 1, language);
    let row = |line: &Line| {
        [
            line.name.clone(),
            line.median_days.map_or_else(|| t.say("story-more-than-half").to_owned(), days),
            number(line.reported, language),
            number(line.still_dark, language),
            percent(visit, line),
            decimal(line.density, 1, language),
            number(line.promises, language),
        ]
    };
    let answer = answer(visit, story, lines);
    let dataset = |(_, name): &(String, String)| {
        let title = shelves.find(name).map(|one| one.dataset.meta.title.in_language(language).to_owned());
        (format!("/data/{name}"), title.unwrap_or_default())
    };
    let query = serde_urlencoded::to_string([("sql", story.sql)]).unwrap_or_default();
    StoryPage {
        frame: Frame::new(town, visit, say("title")).describe(answer.clone()).twins(visit, TWINS),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: say("title") },
        ],
        lead: say("lead"),
        chart: chart(visit, &say("chart"), lines),
        map: map(town, visit, &say("map"), lines),
        rows: lines.iter().map(row).collect(),
        heads: ["district", "median", "reported", "dark", "dark-percent", "density", "promises"]
            .map(|part| t.say(&format!("story-head-{part}")).to_owned()),
        sql: story.sql,
        ask: format!("/data/sql?{query}"),
        datasets: tables.iter().map(dataset).collect(),
        answer,
    }
}

/// The slowest and the quickest district in one sentence.
fn answer(visit: &Visit, story: &Story, lines: &[Line]) -> String {
    let (t, language) = (&visit.t, visit.t.language());
    let key = |end: &str| format!("story-{}-{end}", story.name);
    let (Some(slowest), Some(quickest)) = (lines.first(), lines.last()) else {
        return t.say(&key("none")).to_owned();
    };
    let days = |line: &Line| line.median_days.map(|days| decimal(days, 1, language)).unwrap_or_default();
    let values = [
        ("slowest", slowest.name.clone().into()),
        ("days", days(slowest).into()),
        ("dark", number(slowest.still_dark, language).into()),
        ("reported", number(slowest.reported, language).into()),
        ("quickest", quickest.name.clone().into()),
        ("least", days(quickest).into()),
    ];
    let end = match (slowest.median_days, quickest.median_days) {
        (Some(_), _) => "answer",
        (None, Some(_)) => "answer-dark",
        (None, None) => "answer-all-dark",
    };
    t.with(&key(end), &values)
}

fn percent(visit: &Visit, line: &Line) -> String {
    format!("{} %", number(line.dark_percent, visit.t.language()))
}

#[expect(clippy::cast_precision_loss, reason = "a percentage, drawn")]
fn chart(visit: &Visit, title: &str, lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let rtl = visit.t.language().direction() == "rtl";
    let about = About { id: "story", title, desc: visit.t.say("data-chart-desc"), rtl };
    let datum =
        |line: &Line| Datum { label: line.name.clone(), value: line.dark_percent as f64, text: percent(visit, line) };
    bars_svg(&about, &lines.iter().map(datum).collect::<Vec<_>>(), 3)
}

/// The districts, coloured by how many of a hundred lamps are still dark.
fn map(town: &Town, visit: &Visit, title: &str, lines: &[Line]) -> String {
    let language = visit.t.language();
    let mut shapes = town.part::<places::Districts>().shapes();
    if shapes.is_empty() || lines.is_empty() {
        return String::new();
    }
    for shape in &mut shapes {
        let line = lines.iter().find(|line| line.district == shape.code);
        shape.href = None;
        shape.value = line.map(|line| line.dark_percent);
        shape.value_text = line.map(|line| percent(visit, line)).unwrap_or_default();
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let desc = visit.t.say("data-chart-desc");
    let view = MapView { id: "story-map", title, desc, shapes: &shapes, pins: &[], selected: None };
    let legend = legend_html(&steps, title, visit.t.say("story-few"), &|value| number(value, language));
    format!("{}{legend}", map_svg(&view, &steps))
}
