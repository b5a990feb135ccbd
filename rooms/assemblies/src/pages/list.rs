//! The list of assemblies.

use super::views::{AssemblyList, Matter};
use crate::{acts, store};
use axum::extract::State;
use database::{DbError, Tx};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
};

/// An assembly as a line.
pub(super) struct Card {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub state: String,
    pub chip: &'static str,
    pub when: String,
}

#[derive(askama::Template)]
#[template(path = "assemblies.html")]
struct ListPage {
    frame: Frame,
    cards: Vec<Card>,
    keeps: bool,
}

pub(super) fn card(visit: &Visit, matter: &Matter, href: String) -> Card {
    let (one, t) = (&matter.assembly, &visit.t);
    let standing = one.standing(matter.is_drawn(), visit.at);
    let (from, until) = (visit.date_time(one.opens_at), visit.date_time(one.closes_at));
    Card {
        href,
        title: one.plan.title.in_language(t.language()).to_owned(),
        summary: one.plan.summary.in_language(t.language()).to_owned(),
        state: t.say(standing.key()).to_owned(),
        chip: standing.chip(),
        when: t.with2("assembly-times", "from", from, "until", until),
    }
}

/// GET /assemblies
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let look = |tx: &mut Tx<'_>| {
        let all = store::list(tx, false)?;
        all.into_iter().map(|one| Matter::of(tx, one)).collect::<Result<Vec<_>, DbError>>()
    };
    let found = town.db().read(look).await.map_err(Stop::from)?;
    if visit.wants != Wants::Html {
        return json(&AssemblyList { assemblies: found.iter().map(|one| one.view(&town, &visit)).collect() });
    }
    page(&ListPage {
        frame: Frame::new(&town, &visit, visit.t.say("assemblies-title")).twins(&visit, super::JSON),
        cards: found.iter().map(|one| card(&visit, one, format!("/assemblies/{}", one.assembly.code))).collect(),
        keeps: visit.actor.may(&acts::KEEP),
    })
}
