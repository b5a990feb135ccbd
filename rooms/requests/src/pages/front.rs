//! The panel on the front page, and the map of districts that lists show too.

use crate::{counts::Which, room::Books};
use askama::Template as _;
use database::DbError;
use futures_util::future::BoxFuture;
use places::Districts;
use web::{
    Sayings, Town, Visit, dates,
    map::{MapShape, MapView, Steps, legend_html, map_svg},
};

#[derive(askama::Template)]
#[template(path = "front.html")]
struct Panel {
    t: Sayings,
    map: String,
    table: Vec<(String, String, String)>,
    open: String,
    closed: String,
    all: String,
}

/// The panel on the front page: open reports by district, as a map and as a table.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<String, DbError>> {
    Box::pin(async move {
        let counts = town.part::<Books>().counts();
        let language = visit.t.language();
        let number = |open| dates::number(counts.count(&Which { open, ..Which::default() }), language);
        let panel = Panel {
            map: district_map(&town, &visit, Some(true)),
            table: district_table(&town, &visit),
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

/// The districts, coloured by how many reports are there. Drawn once per language while the counts stand.
pub(super) fn district_map(town: &Town, visit: &Visit, open: Option<bool>) -> String {
    let districts = town.part::<Districts>();
    if districts.is_empty() {
        return String::new();
    }
    let books = town.part::<Books>();
    books.drawn(visit.t.language(), || draw(districts, books, &visit.t, open))
}

fn draw(districts: &Districts, books: &Books, t: &Sayings, open: Option<bool>) -> String {
    let counts = books.counts();
    let language = t.language();
    let mut shapes: Vec<MapShape> = districts.shapes();
    for shape in &mut shapes {
        let value = counts.count(&Which { district: Some(&shape.code), open, ..Which::default() });
        shape.value = Some(value);
        shape.value_text = dates::number(value, language);
        shape.href = Some(format!("/requests?district={}&state=open", shape.code));
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let most = shapes.iter().max_by_key(|shape| shape.value);
    let desc = most.map(|most| t.with2("map-desc", "most", &most.name, "count", most.value.unwrap_or(0))).unwrap_or_default();
    let view = MapView { id: "districts", title: t.say("map-title"), desc: &desc, shapes: &shapes, pins: &[], selected: None };
    format!("{}{}", map_svg(&view, &steps), legend_html(&steps, t.say("map-legend"), "", &|value| dates::number(value, language)))
}

/// The same numbers as the map: code, name, open reports; most first.
pub(super) fn district_table(town: &Town, visit: &Visit) -> Vec<(String, String, String)> {
    let counts = town.part::<Books>().counts();
    let of = |code: &str| counts.count(&Which { district: Some(code), open: Some(true), ..Which::default() });
    let mut rows: Vec<_> = town.part::<Districts>().all().into_iter().map(|(code, name)| (of(&code), code, name)).collect();
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    rows.into_iter().map(|(open, code, name)| (code, name, dates::number(open, visit.t.language()))).collect()
}
