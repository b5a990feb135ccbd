//! What is to be done: the requests an officer answers for, what is due first.

use crate::{
    pages::list::{Asked, ListView, category_choices, chip, choices, district_choices, filter_of},
    room::Books,
    store::{self, DeskView, Filter, Order},
    views::{Eyes, RequestRow},
};
use axum::extract::State;
use civic::{Actor, Moment, OrganisationId, Role, Scope};
use database::{Cursor, DbError, Page};
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    paging,
    parts::Choice,
    visit::Query,
};

/// Requests that a search by words looks through.
const FOUND_LIMIT: u32 = 500;
/// The tab of what waits for the desk to publish it; shown where a category says so.
const UNPUBLISHED: &str = "unpublished";
/// The tabs: what they are called in addresses, and their words.
const TABS: [(&str, &str); 7] = [
    ("", "desk-tab-open"),
    ("overdue", "desk-tab-overdue"),
    ("new", "desk-tab-new"),
    ("mine", "desk-tab-mine"),
    ("waiting", "desk-tab-waiting"),
    (UNPUBLISHED, "desk-tab-unpublished"),
    ("closed", "desk-tab-closed"),
];

struct Line {
    row: RequestRow,
    opened: String,
    age: String,
    due: String,
    state: String,
    chip: &'static str,
    officer: String,
    words: String,
    version: i64,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "desk.html")]
struct InboxPage {
    frame: Frame,
    tabs: Vec<Tab>,
    views: Vec<Tab>,
    may_keep: bool,
    state: String,
    q: String,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    agencies: Vec<Choice>,
    back: String,
    acts: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
    narrowed: bool,
    gaps: Vec<(String, String)>,
}

/// GET /desk
pub async fn inbox(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let filter = scoped(&town, &visit, &asked)?;
    let order = if asked.state == "closed" { Order::Newest } else { Order::Due };
    let words = asked.q.trim().to_owned();
    let person = visit.actor.person;
    let look = move |tx: &mut database::Tx<'_>| {
        let mut filter = filter;
        if !words.is_empty() {
            filter.codes = Some(commons::search::ids_of_kind(tx, &words, crate::model::REQUEST, FOUND_LIMIT)?);
        }
        let kept = person.map_or_else(|| Ok(Vec::new()), |person| store::views_of(tx, person))?;
        Ok((store::page_of(tx, &filter, order, after.as_ref(), limit)?, kept, store::open_gaps(tx)?))
    };
    let (found, kept, gaps): (Page<_>, Vec<DeskView>, Vec<_>) =
        town.db().read(look).await.map_err(|error: DbError| Stop::from(error))?;
    let eyes = Eyes::new(&town, visit.t.language());
    if visit.wants == Wants::Json {
        let requests = found.items.iter().map(|request| eyes.row(request)).collect();
        return json(&ListView { requests, next: found.next.as_ref().map(Cursor::encode), total: None });
    }
    let lines = found.items.iter().map(|request| line(&town, &visit, &eyes, request)).collect();
    page(&InboxPage {
        tabs: tabs(&town, &asked).map(|(state, key)| tab(&visit, &asked, state, key)).collect(),
        may_keep: person.is_some(),
        views: kept.into_iter().map(|view| view_tab(&asked, view)).collect(),
        categories: category_choices(&town, &visit, &asked.category),
        districts: district_choices(&town, &visit, &asked.district),
        agencies: agency_choices(&town, &visit, &asked.agency),
        back: address(&asked, &asked.state, Some(&asked.after)),
        acts: super::bulk::act_choices(&visit),
        first: if asked.after.is_empty() { String::new() } else { address(&asked, &asked.state, None) },
        next: found.next.as_ref().map(|next| address(&asked, &asked.state, Some(&next.encode()))).unwrap_or_default(),
        narrowed: !(asked.q.is_empty()
            && asked.category.is_empty()
            && asked.district.is_empty()
            && asked.agency.is_empty()),
        frame: Frame::new(&town, &visit, visit.t.say("desk-title")).twins(&visit, &[Wants::Json]),
        q: asked.q.clone(),
        state: asked.state.clone(),
        gaps: gaps.iter().map(|gap| gap_line(&town, &visit, gap)).collect(),
        lines,
    })
}

/// A district that has waited longer than the town: where its figures are, and what they say.
fn gap_line(town: &Town, visit: &Visit, gap: &crate::figures::gaps::OpenGap) -> (String, String) {
    let href = format!("/requests/figures/districts/{}", gap.district);
    (href, crate::pages::figures::gap_sentence(town, visit, gap))
}

/// The filter of the address, never wider than the mandate.
fn scoped(town: &Town, visit: &Visit, asked: &Asked) -> Result<Filter, Stop> {
    let plain = Asked { state: String::new(), ..asked.clone() };
    let mut filter =
        filter_of(&plain, &town.part::<Books>().categories(), town.part::<Districts>(), &visit.zone, visit.at)?;
    match asked.state.as_str() {
        "new" => (filter.state, filter.open) = (Some("received".to_owned()), Some(true)),
        "mine" => (filter.officer, filter.open) = (visit.actor.person, Some(true)),
        "waiting" => filter.waiting = true,
        UNPUBLISHED => filter.unpublished = true,
        "closed" => filter.open = Some(false),
        "overdue" => filter.due_before = Some(visit.at),
        _ => filter.open = Some(true),
    }
    let own = own_organisations(&visit.actor);
    let chosen = match asked.agency.as_str() {
        "" => None,
        code => {
            let agencies = town.part::<Books>().organisations();
            let found = agencies.values().find(|one| one.code == code).map(|one| one.id);
            Some(found.ok_or_else(|| web::Refusal::new("organisation-unknown").at("agency"))?)
        }
    };
    filter.organisations = match (own, chosen) {
        (None, None) => Vec::new(),
        (None, Some(chosen)) => vec![chosen],
        (Some(own), Some(chosen)) if own.contains(&chosen) => vec![chosen],
        // Nothing to answer for finds nothing, rather than everything.
        (Some(own), chosen) if own.is_empty() || chosen.is_some() => {
            return Ok(Filter { codes: Some(Vec::new()), ..filter });
        }
        (Some(own), _) => own,
    };
    Ok(filter)
}

/// What somebody answers for; `None` for the whole town.
pub(crate) fn own_organisations(actor: &Actor) -> Option<Vec<OrganisationId>> {
    let desks = actor.mandates.iter().filter(|mandate| crate::acts::DESK.roles.contains(&mandate.role));
    let everywhere = desks.clone().any(|mandate| mandate.scope == Scope::Town);
    (!everywhere).then(|| actor.organisations(Role::Officer).collect())
}

fn line(town: &Town, visit: &Visit, eyes: &Eyes<'_>, request: &crate::model::ServiceRequest) -> Line {
    let row = eyes.row(request);
    let end = request.state.closed_at().unwrap_or_else(|| town.now());
    let days = end.seconds_since(request.opened_at) / 86_400;
    let officer = match &request.state {
        crate::model::State::Assigned { officer_name, .. } => officer_name.clone(),
        _ => String::new(),
    };
    Line {
        opened: visit.date(Moment(request.opened_at.micros())),
        age: visit.t.with1("desk-days", "count", days),
        due: request.due_at.map(|due| visit.date(due)).unwrap_or_default(),
        state: visit.t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        officer,
        words: first_words(&request.description),
        version: request.version,
        row,
    }
}

/// The tabs of this town.
fn tabs<'t>(town: &Town, asked: &'t Asked) -> impl Iterator<Item = &'t (&'static str, &'static str)> + use<'t> {
    let publishes =
        town.part::<Books>().categories().all().iter().any(|category| category.definition.rules.desk_publishes);
    TABS.iter().filter(move |(state, _)| *state != UNPUBLISHED || publishes || asked.state == UNPUBLISHED)
}

fn tab(visit: &Visit, asked: &Asked, state: &str, key: &str) -> Tab {
    Tab { href: address(asked, state, None), label: visit.t.say(key).to_owned(), current: asked.state == state }
}

fn view_tab(asked: &Asked, view: DeskView) -> Tab {
    let href = if view.query.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", view.query) };
    Tab { current: href == address(asked, &asked.state, None), href, label: view.name }
}

/// The address of the inbox with this filter.
pub(super) fn address(asked: &Asked, state: &str, after: Option<&str>) -> String {
    let fields = [
        ("state", state),
        ("q", asked.q.as_str()),
        ("category", &asked.category),
        ("district", &asked.district),
        ("agency", &asked.agency),
        ("after", after.unwrap_or_default()),
    ];
    let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(&given).unwrap_or_default();
    if query.is_empty() { "/desk".to_owned() } else { format!("/desk?{query}") }
}

/// Characters of what was written that a line shows.
const WORDS_SHOWN: usize = 90;

/// The beginning of what was written, on one line.
fn first_words(description: &str) -> String {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(WORDS_SHOWN).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}

/// The agencies an officer answers for, to look at one alone; nothing where there is only one.
fn agency_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let (organisations, own) = (town.part::<Books>().organisations(), own_organisations(&visit.actor));
    let reached = organisations.values().filter(|one| own.as_ref().is_none_or(|own| own.contains(&one.id)));
    let named: Vec<_> =
        reached.map(|one| (one.code.clone(), one.name.in_language(visit.t.language()).to_owned())).collect();
    if named.len() < 2 { Vec::new() } else { choices(visit.t.say("desk-all-agencies"), named, chosen) }
}

/// An address of the inbox as a form carries it; the inbox itself where it is none.
pub(super) fn back_to_inbox(back: Option<&str>) -> String {
    let is_inbox = |back: &&str| *back == "/desk" || back.starts_with("/desk?");
    back.filter(is_inbox).filter(|back| !back.chars().any(char::is_control)).unwrap_or("/desk").to_owned()
}

/// The agencies to pass a matter to.
pub(in crate::pages) fn organisation_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let organisations = town.part::<Books>().organisations();
    let language = visit.t.language();
    let named = organisations.values().map(|one| (one.code.clone(), one.name.in_language(language).to_owned()));
    choices(visit.t.say("desk-choose"), named, chosen)
}
