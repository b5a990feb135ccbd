//! The panel on the front page: where one can take part now.

use super::processes::{Card, card, counted};
use crate::{
    model::Standing,
    store::{self, Filter},
};
use askama::Template as _;
use database::{DbError, Tx};
use futures_util::future::BoxFuture;
use web::{Sayings, Town, Visit, dates};

/// Processes that the panel shows.
const SHOWN_LIMIT: usize = 3;

#[derive(askama::Template)]
#[template(path = "participation_front.html")]
struct Panel {
    t: Sayings,
    cards: Vec<Card>,
    proposals: String,
    overdue: i64,
    overdue_shown: String,
}

/// Makes the panel; nothing where the town has no process.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<String, DbError>> {
    Box::pin(async move {
        let own = town.clone();
        let look = move |tx: &mut Tx<'_>| {
            let all = store::count(tx, &Filter::default())?;
            let overdue = store::count(tx, &Filter { due_before: Some(own.now()), ..Filter::default() })?;
            Ok::<_, DbError>((counted(&own, tx)?, all, overdue))
        };
        let (found, all, overdue) = town.db().read(look).await?;
        if found.is_empty() {
            return Ok(String::new());
        }
        let open = found
            .iter()
            .filter(|one| !matches!(one.process.standing(visit.at, one.waiting), Standing::Over | Standing::Coming));
        let panel = Panel {
            cards: open.take(SHOWN_LIMIT).map(|one| card(&visit, one)).collect(),
            proposals: dates::number(all, visit.t.language()),
            overdue_shown: dates::number(overdue, visit.t.language()),
            overdue,
            t: visit.t.clone(),
        };
        panel.render().map_err(|error| DbError::Other(error.to_string()))
    })
}
