//! A page on which anybody counts an election again, in their own browser, with code that shares nothing with the engines.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{Answer, Frame, Town, Visit, answer::page, visit::Query};

/// Words for the island begin with this.
const ISLAND: &str = "recount-js-";
/// What the words of the island leave open; the island fills it in.
const OPEN: [&str; 13] =
    ["count", "file", "found", "name", "names", "place", "round", "row", "said", "share", "voters", "what", "winners"];
/// The longest address that is taken from a link.
const ADDRESS_BYTES_MAX: usize = 500;

/// Which files a link asks for: addresses of this site, as `/votes/V-7K2M/ballots.pb`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    ballots: String,
    outcome: String,
}

impl Asked {
    fn is_empty(&self) -> bool {
        self.ballots.is_empty() && self.outcome.is_empty()
    }

    fn is_ours(&self) -> bool {
        [&self.ballots, &self.outcome].into_iter().all(|address| is_path(address))
    }
}

/// Whether an address is a path of this site and nothing else: `//elsewhere` and `/\elsewhere` lead away.
fn is_path(address: &str) -> bool {
    let rest = address.strip_prefix('/');
    address.len() <= ADDRESS_BYTES_MAX
        && rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && address.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\')
}

#[derive(Template)]
#[template(path = "town_recount.html")]
struct RecountPage {
    frame: Frame,
    address: String,
    asked: Option<Asked>,
    is_elsewhere: bool,
    /// The words of the island, as JSON.
    words: String,
}

/// GET /recount
pub async fn recount(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let open = OPEN.map(|name| (name, web::words::Value::from(format!("{{{name}}}"))));
    let keys = town.words().keys(visit.t.language()).iter();
    let words: BTreeMap<&str, String> =
        keys.filter_map(|key| Some((key.strip_prefix(ISLAND)?, visit.t.with(key, &open)))).collect();
    let is_elsewhere = !asked.is_empty() && !asked.is_ours();
    page(&RecountPage {
        frame: Frame::new(&town, &visit, visit.t.say("recount-title")).describe(visit.t.say("recount-lead")),
        address: town.settings().address.clone(),
        asked: Some(asked).filter(Asked::is_ours),
        is_elsewhere,
        words: serde_json::to_string(&words).map_err(web::Stop::fault)?,
    })
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn only_paths_of_this_site_are_taken_from_a_link() {
        assert!(is_path("/votes/V-7K2M/ballots.pb"));
        for elsewhere in [
            "",
            "votes",
            "//example.org/x.pb",
            "/\\example.org",
            "https://example.org/x",
            "javascript:alert(1)",
            "/a b",
            "/\u{a0}x",
        ] {
            assert!(!is_path(elsewhere), "{elsewhere}");
        }
    }
}
