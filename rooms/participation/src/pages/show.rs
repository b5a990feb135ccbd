//! The page of one proposal.

mod compose;
mod matter;
mod parts;
mod twin;

pub(super) use compose::{DocumentLine, document_lines};
pub use twin::ProposalView;

use crate::views::Eyes;
use axum::{extract::State as Extract, response::Response};
use matter::Matter;
use web::{
    Answer, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    visit::Path,
};

/// Entries of the record that the page leads to.
const ENTRIES_SHOWN: u32 = 100;

/// GET /proposals/{code}
pub async fn show(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let matter = town.db().read(move |tx| matter::read(&own, tx, &code, &actor, language)).await?;
    let eyes = Eyes::new(&town, visit.t.language(), [matter.scene.process.clone()]);
    match visit.wants {
        Wants::Html => page(&compose::compose(&town, &visit, &eyes, matter)),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &matter)),
        _ => json(&twin::view(&town, &visit, &eyes, &matter)),
    }
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Response {
    let row = eyes.row(&matter.proposal);
    let receipts = parts::receipts(town, visit, &matter.entries);
    let at = |position: u64| matter.entries.iter().find(|entry| entry.position == position).map(|entry| entry.said_at);
    let item = |(position, sentence): &(u64, String)| Item {
        title: sentence.clone(),
        link: row.url.clone(),
        description: String::new(),
        at: at(*position).unwrap_or(matter.proposal.updated_at),
        id: town.url(&format!("/record/{position}")),
    };
    let items: Vec<Item> = receipts.iter().rev().map(item).collect();
    let title = format!("{} {}", row.code, row.title);
    rss_answer(&title, &row.url, &title, visit.t.language().tag(), &items)
}
