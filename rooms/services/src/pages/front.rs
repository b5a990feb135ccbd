//! The panel on the front page.

use super::list::{Card, card};
use crate::{figures, store, views};
use askama::Template as _;
use database::DbError;
use futures_util::future::BoxFuture;
use people::organisations;
use web::{Sayings, Town, Visit, manifest::Html};

/// Services on the front page: those that most people apply for.
const SHOWN: usize = 3;

#[derive(askama::Template)]
#[template(path = "services_front.html")]
struct Panel {
    t: Sayings,
    cards: Vec<Card>,
}

/// The services that most people apply for. Nothing where there is none.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<Html, DbError>> {
    Box::pin(async move {
        let language = visit.t.language();
        let rows = town
            .db()
            .read(move |tx| {
                let (mut rows, organisations) = (Vec::new(), organisations::list(tx)?);
                for one in store::published(tx)? {
                    let figures = figures::last(tx, &one.code)?;
                    let by = organisations.iter().find(|by| by.id == one.organisation);
                    let count = figures.as_ref().and_then(|figures| figures.all.applications).unwrap_or(0);
                    rows.extend(views::row(&one, by, figures.as_ref(), language).map(|row| (count, row)));
                }
                Ok::<_, DbError>(rows)
            })
            .await;
        let mut rows = rows?;
        if rows.is_empty() {
            return Ok(Html::new());
        }
        rows.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let cards = rows.into_iter().take(SHOWN).map(|(_, row)| card(row, &visit.t)).collect();
        Panel { cards, t: visit.t.clone() }.render().map_err(|error| DbError::Other(error.to_string()))
    })
}
