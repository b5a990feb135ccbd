//! The inbox of the office: what is due first.

use super::own::chip;
use crate::{
    model::{Application, State as Standing},
    store::{self, Inbox, Named},
};
use axum::extract::State;
use civic::{Actor, Mandate, OrganisationId, Role, Scope};
use database::{Cursor, DbError};
use serde::Deserialize;
use web::{Answer, Frame, Stop, Town, Visit, answer::page, paging, parts::Choice, visit::Query};

/// Which applications.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    service: String,
    after: String,
}

struct Line {
    code: String,
    title: String,
    filed: String,
    due: String,
    is_late: bool,
    state: String,
    chip: &'static str,
    officer: String,
    channel: String,
    version: i64,
    is_free: bool,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "services_desk.html")]
struct InboxPage {
    frame: Frame,
    show: String,
    tabs: Vec<Tab>,
    services: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// What somebody answers for as an officer; `None` for the whole town.
pub(crate) fn own_organisations(actor: &Actor) -> Option<Vec<OrganisationId>> {
    let is_wide = |mandate: &Mandate| mandate.role == Role::Officer && mandate.scope == Scope::Town;
    (!actor.mandates.iter().any(is_wide)).then(|| actor.organisations(Role::Officer).collect())
}

/// GET /desk/services
pub async fn inbox(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), None)?;
    let actor = visit.actor();
    let filter = Inbox {
        organisations: own_organisations(actor),
        is_open: asked.show != "done",
        service: Some(asked.service.clone()).filter(|service| !service.is_empty()),
        officer: match asked.show.as_str() {
            "mine" => Some((actor.handle.clone(), crate::team::today(&town, visit.at))),
            "free" => Some((String::new(), String::new())),
            _ => None,
        },
    };
    let begun = after.is_some();
    let found = town
        .db()
        .read(move |tx| Ok((store::inbox(tx, &filter, after.as_ref(), limit)?, store::named(tx)?)))
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    let (found, services) = found;
    let t = &visit.t;
    let query = |show: &str| {
        serde_urlencoded::to_string([("show", show), ("service", asked.service.as_str())]).unwrap_or_default()
    };
    let tab = |show: &str| Tab {
        href: format!("/desk/services?{}", query(show)),
        label: t.say(&format!("sv-tab-{show}")).to_owned(),
        current: asked.show == show || (asked.show.is_empty() && show == "open"),
    };
    let own =
        services.iter().filter(|one| one.is_published && actor.may_for(&crate::acts::HANDLE, Some(one.organisation)));
    let choice = |one: &Named| Choice {
        value: one.code.clone(),
        label: one.title.in_language(t.language()).to_owned(),
        detail: String::new(),
        chosen: one.code == asked.service,
    };
    let any = Choice {
        value: String::new(),
        label: t.say("sv-figures-all").to_owned(),
        detail: String::new(),
        chosen: false,
    };
    let line = |one: &Application| Line {
        code: one.code.to_string(),
        title: Named::title(&services, &one.service, t.language()),
        filed: visit.date(one.filed_at),
        due: visit.date(one.due_at),
        is_late: one.state.is_open() && one.due_at < visit.at && !matches!(one.state, Standing::Incomplete { .. }),
        state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
        chip: chip(one),
        officer: one.officer.clone(),
        channel: t.say(&format!("sv-channel-{}", one.channel.word())).to_owned(),
        version: one.version,
        is_free: one.officer.is_empty() && one.state.is_open(),
    };
    let next = found.next.as_ref().map(Cursor::encode);
    page(&InboxPage {
        frame: Frame::new(&town, &visit, t.say("sv-desk-title")),
        tabs: ["open", "free", "mine", "done"].map(tab).into_iter().collect(),
        services: std::iter::once(any).chain(own.map(choice)).collect(),
        lines: found.items.iter().map(line).collect(),
        first: if begun { format!("/desk/services?{}", query(&asked.show)) } else { String::new() },
        next: next.map(|next| format!("/desk/services?{}&after={next}", query(&asked.show))).unwrap_or_default(),
        show: asked.show,
    })
}
