//! What the front page shows of conversations: those that are open.

use super::list::{Line, line};
use crate::{books::Books, model::Phase};
use askama::Template as _;
use database::DbError;
use futures_util::future::BoxFuture;
use web::{Sayings, Town, Visit};

/// Conversations on the front page.
const SHOWN: usize = 3;

#[derive(askama::Template)]
#[template(path = "conversations_front.html")]
struct Panel {
    t: Sayings,
    lines: Vec<Line>,
}

/// The panel; empty while nothing is open.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<String, DbError>> {
    Box::pin(async move {
        let all = town.part::<Books>().all();
        let open = all.iter().filter(|known| known.conversation.phase(visit.at) == Phase::Open);
        let lines: Vec<Line> = open.take(SHOWN).map(|known| line(&visit, known)).collect();
        if lines.is_empty() {
            return Ok(String::new());
        }
        let panel = Panel { t: visit.t.clone(), lines };
        panel.render().map_err(|error| DbError::Other(error.to_string()))
    })
}
