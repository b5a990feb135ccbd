//! What a reader may want to know of the town and the program.

use crate::demo::ORIGIN;
use askama::Template;
use axum::extract::State;
use civic::Moment;
use database::{DbError, Tx};
use web::{Answer, Frame, Town, Visit, answer::page};

/// Pages of the house, and the first page of each room: what the rooms' own files of the sitemap do not name.
const PUBLIC: [&str; 30] = [
    "/",
    "/about/data",
    "/about/retention",
    "/accessibility",
    "/alerts",
    "/assemblies",
    "/commitments",
    "/commitments/outcomes",
    "/conversations",
    "/data",
    "/data/sql",
    "/developers",
    "/districts",
    "/help",
    "/mandates",
    "/meetings",
    "/moderation/log",
    "/privacy",
    "/processes",
    "/proposals",
    "/record",
    "/recount",
    "/report",
    "/requests",
    "/requests/figures",
    "/services",
    "/services/figures",
    "/source",
    "/surveys",
    "/votes",
];

/// Public pages that belong to no room's file of the sitemap, with the districts; everything on the first page.
///
/// # Errors
/// Those of the database.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let districts = places::Districts::load(tx)?.all();
    let districts = districts.into_iter().map(|(code, _)| format!("/districts/{code}"));
    Ok(PUBLIC.iter().map(|path| (*path).to_owned()).chain(districts).map(|path| (path, Moment(0))).collect())
}

struct Source {
    what: String,
    publisher: &'static str,
    source: &'static str,
    licence: &'static str,
    changes: String,
}

#[derive(Template)]
#[template(path = "town_data.html")]
struct DataPage {
    frame: Frame,
    demo: bool,
    sources: Vec<Source>,
}

/// GET /about/data
pub async fn data(State(town): State<Town>, visit: Visit) -> Answer {
    let demo = town.settings().demo;
    let source = |origin: &crate::demo::Origin| Source {
        what: visit.t.say(origin.what).to_owned(),
        publisher: origin.publisher,
        source: origin.source,
        licence: origin.licence,
        changes: visit.t.say(origin.changes).to_owned(),
    };
    page(&DataPage {
        frame: Frame::new(&town, &visit, visit.t.say("data-title")),
        sources: if demo { ORIGIN.iter().map(source).collect() } else { Vec::new() },
        demo,
    })
}

/// A page of headed paragraphs.
#[derive(Template)]
#[template(path = "town_text.html")]
struct TextPage {
    frame: Frame,
    title: String,
    parts: Vec<(String, String)>,
}

fn text_page(town: &Town, visit: &Visit, name: &str, parts: &[&str]) -> Answer {
    let say = |part: &str| {
        visit.t.with2(
            &format!("{name}-{part}"),
            "email",
            &town.settings().contact_email,
            "version",
            env!("CARGO_PKG_VERSION"),
        )
    };
    let title = say("title");
    page(&TextPage {
        frame: Frame::new(town, visit, title.clone()),
        parts: parts.iter().map(|part| (say(part), say(&format!("{part}-text")))).collect(),
        title,
    })
}

/// GET /help
pub async fn help(State(town): State<Town>, visit: Visit) -> Answer {
    text_page(&town, &visit, "help", &["report", "follow", "correct", "check", "contact"])
}

/// GET /accessibility
pub async fn accessibility(State(town): State<Town>, visit: Visit) -> Answer {
    text_page(&town, &visit, "accessibility", &["aim", "ways", "limits", "contact"])
}

/// GET /privacy
pub async fn privacy(State(town): State<Town>, visit: Visit) -> Answer {
    text_page(&town, &visit, "privacy", &["kept", "public", "cookies", "erase"])
}

/// GET /source
pub async fn source(State(town): State<Town>, visit: Visit) -> Answer {
    text_page(&town, &visit, "source", &["licence", "get", "version"])
}
