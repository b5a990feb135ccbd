//! The inbox of the office: what is due first.

mod asked;
mod kept;
mod machines;

pub use kept::{act as act_on_views, act_doc, doc as views_doc, list as views};
pub use machines::doc;

use super::own::chip;
use crate::{
    model::{Application, State as Standing},
    store::{self, DeskView, Inbox, Named},
};
use asked::{Asked, Known, OFFICERS, ORDERS, PATH};
use axum::extract::State;
use civic::{Actor, Language, Mandate, OrganisationId, Role, Scope};
use database::{Cursor, Page};
use machines::{InboxRow, InboxView, row};
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    paging,
    parts::{Choice, choices},
    visit::Query,
};

struct Line {
    row: InboxRow,
    filed: String,
    due: String,
    state: String,
    chip: &'static str,
    channel: String,
    /// In which language and from which district, in words.
    whence: String,
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
    views: Vec<Tab>,
    /// The query under which this view can be kept; empty where programs ask.
    query: String,
    q: String,
    is_overdue: bool,
    is_narrow: bool,
    /// Each a menu: its name in the address, its label, its choices.
    menus: Vec<(&'static str, String, Vec<Choice>)>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// What the inbox found.
struct Found {
    /// The address, as it is written from now on.
    asked: Asked,
    services: Vec<Named>,
    page: Page<Application>,
    views: Vec<DeskView>,
}

/// What somebody answers for as an officer; `None` for the whole town.
pub(crate) fn own_organisations(actor: &Actor) -> Option<Vec<OrganisationId>> {
    let is_wide = |mandate: &Mandate| mandate.role == Role::Officer && mandate.scope == Scope::Town;
    (!actor.mandates.iter().any(is_wide)).then(|| actor.organisations(Role::Officer).collect())
}

/// GET /desk/services
pub async fn inbox(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    if let Some(first) = kept::opens_at(&town, &visit).await? {
        return Ok(first);
    }
    let found = find(&town, &visit, asked).await?;
    let (districts, language) = (town.part::<Districts>(), visit.t.language());
    let row = |one: &Application| row(one, &found.services, districts, language, visit.at);
    let next = found.page.next.as_ref().map(Cursor::encode);
    match visit.wants {
        Wants::Json => json(&InboxView { applications: found.page.items.iter().map(row).collect(), next }),
        Wants::Csv => {
            let mut answer = machines::csv(found.page.items.iter().map(row).collect())?;
            paging::link_next(&town, &visit, PATH, found.page.next.as_ref(), &mut answer);
            Ok(answer)
        }
        _ => html(&town, &visit, &found),
    }
}

async fn find(town: &Town, visit: &Visit, asked: Asked) -> Result<Found, Stop> {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let actor = visit.actor();
    let (own, organisations) = (town.clone(), own_organisations(actor));
    let (officer, today, now) = (actor.handle.clone(), crate::team::today(town, visit.at), visit.at);
    let person = actor.person.filter(|_| visit.wants == Wants::Html);
    // Whoever looks for a part of a reference, or for many, waits with others who do.
    let is_long = !asked.q.is_empty() || limit > paging::PAGE_SIZE;
    let look = move |tx: &mut database::Tx<'_>| {
        let services = store::named(tx)?;
        let districts = own.part::<Districts>();
        let known = Known { services: &services, districts, officer: &officer, today: &today, now };
        let (asked, filter) = asked::read(&asked, &known)?;
        let page = store::inbox(tx, &Inbox { organisations, ..filter }, after.as_ref(), limit)?;
        let views = person.map_or_else(|| Ok(Vec::new()), |person| store::views_of(tx, person))?;
        Ok::<_, Stop>(Found { asked, services, page, views })
    };
    if is_long { town.db().read_long(look).await } else { town.db().read(look).await }
}

fn html(town: &Town, visit: &Visit, found: &Found) -> Answer {
    let (t, asked) = (&visit.t, &found.asked);
    let next = found.page.next.as_ref().map(|next| asked.address(Some(&next.encode())));
    page(&InboxPage {
        frame: Frame::new(town, visit, t.say("sv-desk-title")).twins(visit, super::LIST_TWINS),
        tabs: tabs(visit, asked),
        views: found.views.iter().map(|view| view_tab(asked, view)).collect(),
        query: visit.actor.person.map(|_| query_of(asked)).unwrap_or_default(),
        menus: menus(town, visit, found),
        lines: found.page.items.iter().map(|one| line(town, visit, &found.services, one)).collect(),
        first: if asked.after.is_empty() { String::new() } else { asked.address(None) },
        next: next.unwrap_or_default(),
        show: asked.show.clone(),
        q: asked.q.clone(),
        is_overdue: !asked.overdue.is_empty(),
        is_narrow: asked.is_narrow(),
    })
}

/// The tabs keep what else is asked for, but the state, which says by itself whether it is open.
fn tabs(visit: &Visit, asked: &Asked) -> Vec<Tab> {
    let tab = |(name, show, officer): (&str, &str, &str)| Tab {
        href: Asked { show: show.to_owned(), officer: officer.to_owned(), state: String::new(), ..asked.clone() }
            .address(None),
        label: visit.t.say(&format!("sv-tab-{name}")).to_owned(),
        current: asked.show == show && (show == "done" || asked.officer == officer),
    };
    let all = [("open", "open", ""), ("free", "open", "nobody"), ("mine", "open", "mine"), ("done", "done", "")];
    all.into_iter().map(tab).collect()
}

/// The query of the list, as a view keeps it.
fn query_of(asked: &Asked) -> String {
    let whole = Asked { limit: String::new(), ..asked.clone() };
    whole.address(None).split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}

fn view_tab(asked: &Asked, view: &DeskView) -> Tab {
    Tab { href: view.address(), label: view.name.clone(), current: view.query == query_of(asked) }
}

fn menus(town: &Town, visit: &Visit, found: &Found) -> Vec<(&'static str, String, Vec<Choice>)> {
    let (t, asked, actor) = (&visit.t, &found.asked, visit.actor());
    let say = |key: &str| t.say(key).to_owned();
    let said = |(value, key): (&str, &str)| (value.to_owned(), say(key));
    let own = found.services.iter().filter(|one| {
        let is_own = one.is_published && actor.may_for(&crate::acts::HANDLE, Some(one.organisation));
        is_own || one.code == asked.service
    });
    let services = own.map(|one| (one.code.clone(), one.title.in_language(t.language()).to_owned()));
    let states = Standing::WORDS.map(|(word, _)| (word.to_owned(), say(&format!("sv-state-{word}"))));
    let languages = Language::ALL.map(|one| (one.tag().to_owned(), one.own_name().to_owned()));
    let mut orders = choices("", ORDERS.map(said), if asked.sort.is_empty() { "due" } else { &asked.sort });
    orders.remove(0);
    let districts = town.part::<Districts>().all();
    let mut all = vec![
        ("service", say("sv-service"), choices(t.say("sv-figures-all"), services, &asked.service)),
        ("state", say("sv-standing"), choices(t.say("sv-inbox-any"), states, &asked.state)),
        ("officer", say("sv-officer"), choices(t.say("sv-inbox-any-officer"), OFFICERS.map(said), &asked.officer)),
        ("language", say("sv-language"), choices(t.say("sv-inbox-any-language"), languages, &asked.language)),
        ("sort", say("sv-inbox-sort"), orders),
    ];
    if !districts.is_empty() {
        let districts = choices(t.say("sv-inbox-any-district"), districts, &asked.district);
        all.insert(3, ("district", say("sv-district"), districts));
    }
    all
}

fn line(town: &Town, visit: &Visit, services: &[Named], one: &Application) -> Line {
    let t = &visit.t;
    let row = row(one, services, town.part::<Districts>(), t.language(), visit.at);
    let whence = [one.language.own_name(), row.district_name.as_str()];
    Line {
        filed: visit.date(one.filed_at),
        due: visit.date(one.due_at),
        state: t.say(&format!("sv-state-{}", row.state)).to_owned(),
        chip: chip(one),
        channel: t.say(&format!("sv-channel-{}", row.channel)).to_owned(),
        whence: whence.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        is_free: one.officer.is_empty() && one.state.is_open(),
        row,
    }
}
