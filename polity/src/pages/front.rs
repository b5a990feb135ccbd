//! The front page.

use super::record::Line;
use askama::Template;
use axum::extract::State;
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    icons,
    manifest::Catalogue,
    map::pattern_svg,
};

/// Entries of the record the page shows.
const ENTRIES_SHOWN: u32 = 6;

/// One of the large doors.
struct Door {
    href: &'static str,
    kind: &'static str,
    icon: String,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "town_front.html")]
struct FrontPage {
    frame: Frame,
    pattern: String,
    doors: Vec<Door>,
    panels: Vec<String>,
    entries: Vec<Line>,
}

/// GET /
pub async fn front(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        return json(&about_the_town(&town, &visit));
    }
    let mut panels = Vec::new();
    for panel in &town.part::<Catalogue>().fronts {
        panels.push(panel(town.clone(), visit.clone()).await.map_err(Stop::from)?);
    }
    let entries = super::record::newest(&town, &visit, ENTRIES_SHOWN).await?;
    page(&FrontPage {
        frame: Frame::new(&town, &visit, "").twins(&visit, &[Wants::Json]),
        pattern: pattern_svg(&town.part::<places::Districts>().shapes()),
        doors: doors(&visit),
        panels,
        entries,
    })
}

fn doors(visit: &Visit) -> Vec<Door> {
    let door = |href, kind, icon: &str, title, text| Door {
        href,
        kind,
        icon: icons::icon(icon),
        title: visit.t.say(title).to_owned(),
        text: visit.t.say(text).to_owned(),
    };
    vec![
        door("/report", "report", "pin", "front-door-report", "front-door-report-text"),
        door("/processes", "part", "talk", "front-door-part", "front-door-part-text"),
        door("/services", "apply", "form", "front-door-apply", "front-door-apply-text"),
        door("/data", "explore", "chart", "front-door-explore", "front-door-explore-text"),
    ]
}

fn about_the_town(town: &Town, visit: &Visit) -> serde_json::Value {
    let settings = town.settings();
    let numbers: serde_json::Map<_, _> = town
        .part::<Catalogue>()
        .numbers
        .iter()
        .map(|(room, numbers)| ((*room).to_owned(), numbers(town, visit.t.language())))
        .collect();
    json!({
        "name": settings.name, "tagline": settings.tagline, "address": settings.address,
        "languages": settings.languages, "time_zone": settings.zone.iana_name(), "demo": settings.demo,
        "openapi": town.url("/api/openapi.json"), "record": town.url("/record"), "open311": town.url("/open311/discovery.json"),
        "numbers": numbers,
    })
}
