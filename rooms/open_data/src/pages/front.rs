//! The panel on the front page.

use crate::books::Books;
use askama::Template as _;
use database::DbError;
use futures_util::future::BoxFuture;
use web::{Sayings, Town, Visit, manifest::Html};

/// Datasets of the panel.
const SHOWN: usize = 4;

#[derive(askama::Template)]
#[template(path = "front.html")]
struct Front {
    t: Sayings,
    count: usize,
    lines: Vec<(String, String, String)>,
}

/// The newest datasets.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<Html, DbError>> {
    Box::pin(async move {
        let shelves = town.part::<Books>().now();
        let mut newest: Vec<_> = shelves.public().collect();
        newest.sort_by_key(|one| std::cmp::Reverse(one.dataset.updated_at));
        let line = |one: &&std::sync::Arc<crate::books::Filed>| {
            let title = one.dataset.meta.title.in_language(visit.t.language()).to_owned();
            (one.dataset.name.clone(), title, visit.date(one.dataset.updated_at))
        };
        let lines: Vec<_> = newest.iter().take(SHOWN).map(line).collect();
        if lines.is_empty() {
            return Ok(String::new());
        }
        let front = Front { t: visit.t.clone(), count: newest.len(), lines };
        front.render().map_err(|error| DbError::Other(error.to_string()))
    })
}
