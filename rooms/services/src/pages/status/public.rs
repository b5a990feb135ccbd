//! What everybody may know of a decided application.

use super::{super::PAGE_TWINS, crumbs, recorded};
use crate::{
    pages::own::title_of,
    store,
    views::{self, DecidedView},
};
use database::DbError;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
};

#[derive(askama::Template)]
#[template(path = "application_public.html")]
struct PublicPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    view: DecidedView,
    title: String,
    outcome: String,
    date: String,
    position: Option<u64>,
    simulated: bool,
}

/// What everybody may know, once it is decided; before that, there is nothing here.
pub(super) async fn public(town: &Town, visit: &Visit, code: &str) -> Answer {
    let asked = code.to_owned();
    let found = town
        .db()
        .read(move |tx| {
            let Some(one) = store::by_code(tx, &asked)? else { return Ok(None) };
            let position = recorded(tx, &one)?.0;
            Ok(Some((one, store::services_all(tx)?, position)))
        })
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let (one, services, position) = found.ok_or(Stop::NotFound)?;
    let view = views::decided(&one).ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Json {
        return json(&view);
    }
    let t = &visit.t;
    let title = title_of(&services, &one.service, t.language());
    page(&PublicPage {
        frame: Frame::new(town, visit, t.with1("sv-application", "code", view.code.as_str())).twins(visit, PAGE_TWINS),
        crumbs: crumbs(visit, &one, &title),
        outcome: t.say(&format!("sv-outcome-{}", view.outcome)).to_owned(),
        date: visit
            .date(one.appeal.as_ref().and_then(|appeal| appeal.decided_at).or(one.decided_at).unwrap_or(one.state_at)),
        position,
        simulated: one.is_simulated,
        title,
        view,
    })
}
