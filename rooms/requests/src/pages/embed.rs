//! The map of reports for other sites: a page made for a frame, and the words to copy for it.

mod oembed;

pub use oembed::{Rich, oembed};

use super::list::{Asked, category_choices, chip, district_choices, filter_of};
use crate::{
    counts::Which,
    room::{Books, Drawing},
    store::{self, Order},
    views::{Eyes, headline},
};
use axum::extract::State;
use civic::Moment;
use database::DbError;
use places::Districts;
use serde::Deserialize;
use web::{
    Answer, Frame, Sayings, Town, Visit,
    answer::page,
    dates,
    map::{MapShape, MapView, Pin, Steps, map_svg},
    parts::{Choice, embed_snippet},
    serve::Embeddable,
    visit::Query,
};

/// Pixels of a frame's height, where its page sets no other.
const HEIGHT: u32 = 560;
/// How wide a frame gets at most.
const WIDEST: &str = "40rem";
/// Reports the widget lists, and pins it draws at most.
const LISTED: u32 = 5;
const PINS: u32 = 50;

/// What a widget shows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    category: String,
    district: String,
    language: String,
}

impl Wanted {
    /// The query of its address; empty for everything.
    fn query(&self) -> String {
        let fields = [("district", &self.district), ("category", &self.category), ("language", &self.language)];
        let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_urlencoded::to_string(&given).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    fn asked(&self) -> Asked {
        Asked { category: self.category.clone(), district: self.district.clone(), ..Asked::default() }
    }
}

struct Line {
    href: String,
    headline: String,
    opened: String,
    state: String,
    chip: &'static str,
}

#[derive(askama::Template)]
#[template(path = "embed.html")]
struct Widget {
    t: Sayings,
    lang: &'static str,
    dir: &'static str,
    css_path: &'static str,
    hues_path: String,
    town_name: String,
    town_url: String,
    list_url: String,
    report_url: String,
    heading: String,
    map: String,
    open: String,
    all: String,
    lines: Vec<Line>,
}

/// GET /embed/requests: the widget. The only page that other sites may show in a frame; it knows no reader and sets no cookie.
pub async fn widget(State(town): State<Town>, visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    let t = wanted.language.parse().map_or_else(|_| visit.t.clone(), |language| town.words().of(language));
    let books = town.part::<Books>();
    let districts = town.part::<Districts>();
    let filter = filter_of(&wanted.asked(), &books.categories(), districts, &visit.zone, visit.at)?;
    let shown = filter.clone();
    let found = town.db().read(move |tx| store::page_of(tx, &filter, Order::Newest, None, PINS)).await;
    let found = found.map_err(|error: DbError| web::Stop::from(error))?.items;
    let eyes = Eyes::new(&town, t.language());
    let rows: Vec<_> = found.iter().map(|request| (eyes.row(request), request.opened_at)).collect();
    let line = |(row, opened): &(crate::views::RequestRow, Moment)| Line {
        href: row.url.clone(),
        headline: headline(row),
        opened: dates::date(*opened, &visit.zone, t.language()),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
    };
    let count = |open| {
        let which = Which { district: shown.district.as_deref(), categories: &shown.categories, open };
        dates::number(books.counts().count(&which), t.language())
    };
    let list_query = Wanted { language: String::new(), ..wanted.clone() }.query();
    let pins = rows.iter().filter_map(|(row, _)| {
        let place = row.place?;
        Some(Pin { lat: place.lat, long: place.long, href: Some(row.url.clone()), label: headline(row) })
    });
    let mut answer = page(&Widget {
        lang: t.language().tag(),
        dir: t.language().direction(),
        css_path: web::assets::APP_CSS,
        hues_path: web::frame::hues_path(town.settings()),
        town_name: town.settings().name.in_language(t.language()).to_owned(),
        town_url: town.url("/"),
        list_url: town.url(&format!("/requests{list_query}")),
        report_url: town.url("/report"),
        heading: heading(&eyes, &t, &wanted),
        map: map(&town, &t, &shown, pins.collect()),
        open: count(Some(true)),
        all: count(None),
        lines: rows.iter().take(LISTED as usize).map(line).collect(),
        t,
    })?;
    answer.extensions_mut().insert(Embeddable);
    Ok(answer)
}

/// What the widget shows, in words.
fn heading(eyes: &Eyes<'_>, t: &Sayings, wanted: &Wanted) -> String {
    let names = [
        wanted
            .category
            .split(',')
            .filter(|code| !code.is_empty())
            .map(|code| eyes.category(code).name)
            .collect::<Vec<_>>()
            .join(", "),
        if wanted.district.is_empty() { String::new() } else { eyes.district(&wanted.district).name },
    ];
    let names: Vec<_> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { t.say("list-title").to_owned() } else { names.join(" · ") }
}

/// The town by numbers; one district with its newest reports as pins.
fn map(town: &Town, t: &Sayings, filter: &store::Filter, pins: Vec<Pin>) -> String {
    let Some(district) = &filter.district else {
        let what = Drawing { language: t.language(), categories: filter.categories.clone(), open: None };
        return super::front::district_map_in(town, t, &what);
    };
    let shapes: Vec<MapShape> = town
        .part::<Districts>()
        .shapes()
        .into_iter()
        .filter(|shape| shape.code == *district)
        .map(|shape| MapShape { href: None, ..shape })
        .collect();
    if shapes.is_empty() {
        return String::new();
    }
    let desc = t.with1("embed-pins", "count", pins.len());
    let view = MapView {
        id: "districts",
        title: t.say("list-map"),
        desc: &desc,
        shapes: &shapes,
        pins: &pins,
        selected: None,
    };
    map_svg(&view, &Steps::of([]))
}

#[derive(askama::Template)]
#[template(path = "embed_explain.html")]
struct ExplainPage {
    frame: Frame,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    languages: Vec<Choice>,
    snippet: String,
    preview: String,
    has_districts: bool,
}

/// GET /embed: chooses what a widget shows, and gives the words to copy.
pub async fn explain(State(town): State<Town>, visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    // The same refusals as the widget's.
    filter_of(&wanted.asked(), &town.part::<Books>().categories(), town.part::<Districts>(), &visit.zone, visit.at)?;
    let preview = format!("/embed/requests{}", wanted.query());
    let title = frame_title(&town, &visit);
    page(&ExplainPage {
        categories: category_choices(&town, &visit, &wanted.category),
        districts: district_choices(&town, &visit, &wanted.district),
        languages: language_choices(&town, &visit, &wanted.language),
        snippet: embed_snippet(&town.url(&preview), &title, ("100%", WIDEST), HEIGHT),
        has_districts: !town.part::<Districts>().is_empty(),
        frame: Frame::new(&town, &visit, visit.t.say("embed-title")),
        preview,
    })
}

fn language_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let named = town.settings().languages.iter().map(|one| (one.tag().to_owned(), one.own_name().to_owned()));
    super::list::choices(visit.t.say("embed-language-any"), named, chosen)
}

/// What a frame is called, for those who hear the page around it.
fn frame_title(town: &Town, visit: &Visit) -> String {
    visit.t.with1("embed-frame-title", "town", town.settings().name.in_language(visit.t.language()))
}
