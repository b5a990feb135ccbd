//! The panel on the front page, and the map of districts that lists show too.

use crate::{
    counts::Which,
    room::{Books, Drawing},
    store,
};
use askama::Template as _;
use database::DbError;
use futures_util::future::BoxFuture;
use places::Districts;
use web::{
    Sayings, Town, Visit, dates,
    map::{MapShape, MapView, Steps, legend_html, map_svg},
};

/// A district in the table beside the map: the same numbers.
pub(super) struct DistrictRow {
    pub code: String,
    pub name: String,
    pub open: String,
    pub all: String,
}

#[derive(askama::Template)]
#[template(path = "front.html")]
struct Panel {
    t: Sayings,
    map: String,
    table: Vec<DistrictRow>,
    open: String,
    closed: String,
    all: String,
    overdue: String,
}

/// The panel on the front page: reports by district, as a map and as a table.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<String, DbError>> {
    Box::pin(async move {
        let counts = town.part::<Books>().counts();
        let number = |open| dates::number(counts.count(&Which { open, ..Which::default() }), visit.t.language());
        let now = town.now();
        let overdue = town.db().read(move |tx| store::count_overdue(tx, now)).await?;
        let panel = Panel {
            overdue: dates::number(overdue, visit.t.language()),
            map: district_map(&town, &visit, &Drawing::default()),
            table: district_table(&town, &visit, &[]),
            open: number(Some(true)),
            closed: number(Some(false)),
            all: number(None),
            t: visit.t.clone(),
        };
        panel.render().map_err(|error| DbError::Other(error.to_string()))
    })
}

/// How many are open, closed, and there in all.
pub fn live_numbers(town: &Town, language: civic::Language) -> serde_json::Value {
    let counts = town.part::<Books>().counts();
    let number = |open| dates::number(counts.count(&Which { open, ..Which::default() }), language);
    serde_json::json!({"open": number(Some(true)), "closed": number(Some(false)), "all": number(None)})
}

/// The districts, coloured by how many reports are there. Drawn once while the counts stand.
pub(super) fn district_map(town: &Town, visit: &Visit, what: &Drawing) -> String {
    district_map_in(town, &visit.t, &Drawing { language: visit.t.language(), ..what.clone() })
}

/// The same in the words of any language.
pub(super) fn district_map_in(town: &Town, t: &Sayings, what: &Drawing) -> String {
    let districts = town.part::<Districts>();
    if districts.is_empty() {
        return String::new();
    }
    let books = town.part::<Books>();
    books.drawn(what.clone(), || draw(districts, books, t, what))
}

fn draw(districts: &Districts, books: &Books, t: &Sayings, what: &Drawing) -> String {
    let counts = books.counts();
    let language = t.language();
    let mut shapes: Vec<MapShape> = districts.shapes();
    for shape in &mut shapes {
        let which = Which { district: Some(&shape.code), open: what.open, categories: &what.categories };
        let value = counts.count(&which);
        shape.value = Some(value);
        shape.value_text = dates::number(value, language);
        shape.href = Some(format!("/requests?district={}", shape.code));
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let most = shapes.iter().max_by_key(|shape| shape.value);
    let desc = most.map(|most| t.with2("map-desc", "most", &most.name, "count", &most.value_text)).unwrap_or_default();
    let view =
        MapView { id: "districts", title: t.say("map-title"), desc: &desc, shapes: &shapes, pins: &[], selected: None };
    let legend = legend_html(&steps, t.say("map-legend"), "", &|value| dates::number(value, language));
    format!("{}{legend}", map_svg(&view, &steps))
}

/// The same numbers as the map, most first, with how many of them are open.
pub(super) fn district_table(town: &Town, visit: &Visit, categories: &[String]) -> Vec<DistrictRow> {
    let counts = town.part::<Books>().counts();
    let of = |code: &str, open| counts.count(&Which { district: Some(code), open, categories });
    let mut rows: Vec<_> =
        town.part::<Districts>().all().into_iter().map(|(code, name)| (of(&code, None), code, name)).collect();
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let number = |count| dates::number(count, visit.t.language());
    rows.into_iter()
        .map(|(all, code, name)| DistrictRow { open: number(of(&code, Some(true))), all: number(all), code, name })
        .collect()
}
