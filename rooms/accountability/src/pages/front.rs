//! The panel on the front page.

use super::outcomes::{Card, card, tell};
use crate::{
    model::Standing,
    store::{self, Filter},
    views::{Eyes, organisations},
};
use askama::Template as _;
use database::{DbError, Tx};
use futures_util::future::BoxFuture;
use web::{Sayings, Town, Visit};

/// Outcomes that the panel shows.
const SHOWN: usize = 3;

#[derive(askama::Template)]
#[template(path = "front.html")]
struct Panel {
    t: Sayings,
    cards: Vec<Card>,
}

/// The panel on the front page: the newest that was kept, and what is late; nothing where nothing was promised.
pub fn front_panel(town: Town, visit: Visit) -> BoxFuture<'static, Result<String, DbError>> {
    Box::pin(async move {
        let (own, language, now) = (town.clone(), visit.t.language(), visit.at);
        let look = move |tx: &mut Tx<'_>| {
            let late = Filter { standing: Some((Standing::Late, now)), ..Filter::default() };
            let mut some = store::newest_ended(tx, Standing::Kept, 2)?;
            some.extend(store::page_of(tx, &late, None, 1)?.items);
            some.extend(store::newest_ended(tx, Standing::Broken, 1)?);
            some.truncate(SHOWN);
            let told = tell(&own, tx, some, language)?;
            let organisations = if told.is_empty() { Default::default() } else { organisations(tx)? };
            Ok::<_, DbError>((told, organisations))
        };
        let (told, organisations) = town.db().read(look).await?;
        if told.is_empty() {
            return Ok(String::new());
        }
        let eyes = Eyes::new(&town, language, organisations);
        let cards = told.iter().map(|outcome| card(&visit, &eyes, outcome)).collect();
        Panel { t: visit.t.clone(), cards }.render().map_err(|error| DbError::Other(error.to_string()))
    })
}
