//! oEmbed 1.0 (oembed.com): who pastes the address of a list of reports into a page that knows it, gets the map.

use super::{WIDEST, Wanted, frame_title};
use crate::{pages::list::filter_of, room::Books};
use axum::{extract::State, http::StatusCode};
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Answer, Refusal, Stop, Town, Visit, answer::json, parts::embed_snippet, visit::Query};

/// Pixels of a frame, where its page sets no narrower ones.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 560;
/// Pixels below which the map cannot be read.
const LEAST: u32 = 300;

/// What a consumer asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    url: String,
    format: String,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// A frame, as section 2.3.4.4 of the specification has it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rich {
    /// `rich`.
    r#type: &'static str,
    /// `1.0`.
    version: &'static str,
    /// What it shows.
    title: String,
    /// The town.
    provider_name: String,
    /// Its address.
    provider_url: String,
    /// The element to put into the page.
    html: String,
    /// Its width in pixels.
    width: u32,
    /// Its height in pixels.
    height: u32,
}

/// GET /oembed
pub async fn oembed(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    if !matches!(asked.format.as_str(), "" | "json") {
        return Err(Refusal::new("oembed-format").status(StatusCode::NOT_IMPLEMENTED).into());
    }
    let wanted = wanted(&town, &asked.url).ok_or(Stop::NotFound)?;
    let known =
        filter_of(&wanted.asked(), &town.part::<Books>().categories(), town.part::<Districts>(), &visit.zone, visit.at);
    known.map_err(|_| Stop::NotFound)?;
    let title = frame_title(&town, &visit);
    let pixels = |most: Option<u32>, usual: u32| most.map_or(usual, |most| most.clamp(LEAST, usual));
    let (width, height) = (pixels(asked.maxwidth, WIDTH), pixels(asked.maxheight, HEIGHT));
    let address = town.url(&format!("/embed/requests{}", wanted.query()));
    json(&Rich {
        r#type: "rich",
        version: "1.0",
        html: embed_snippet(&address, &title, (&width.to_string(), WIDEST), height),
        title,
        provider_name: town.settings().name.in_language(visit.t.language()).to_owned(),
        provider_url: town.url("/"),
        width,
        height,
    })
}

/// What the address of a list of ours shows; `None` for any other address.
fn wanted(town: &Town, address: &str) -> Option<Wanted> {
    let path = address.strip_prefix(&town.settings().address)?;
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    (path == "/requests").then(|| serde_urlencoded::from_str(query).ok()).flatten()
}
