//! Works, as everybody reads them.

use super::calendars;
use crate::{acts, model::Works, store};
use axum::extract::State;
use database::{Cursor, DbError, Page};
use people::organisations::{self, Organisation};
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    paging,
    parts::Crumb,
    table::csv_answer,
    visit::{Path, Query},
};

/// Works, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WorksView {
    /// The reference.
    pub code: String,
    /// The page.
    pub url: String,
    /// The code of the agency.
    pub organisation: String,
    /// What is done.
    pub title: String,
    /// What residents should know.
    pub words: String,
    /// The place in words.
    pub place: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub long: Option<f64>,
    /// The code of the district.
    pub district: Option<String>,
    /// When they begin (RFC 3339).
    pub from: String,
    /// When they end (RFC 3339).
    pub until: String,
    /// Whether they were called off.
    pub called_off: bool,
    /// Counts changes.
    pub version: i64,
}

/// A page of works.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WorksList {
    /// The works.
    works: Vec<WorksView>,
    /// The value of `after` for the next page, if there is more.
    next: Option<String>,
}

/// Works as a page shows them.
pub(super) struct Shown {
    pub works: WorksView,
    pub agency: String,
    pub district: String,
    pub from: String,
    pub until: String,
    pub state: String,
    pub chip: &'static str,
}

#[derive(askama::Template)]
#[template(path = "works_list.html")]
struct ListPage {
    frame: Frame,
    works: Vec<Shown>,
    may_announce: bool,
    first: String,
    next: String,
}

#[derive(askama::Template)]
#[template(path = "works_show.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    one: Shown,
    picture: String,
    may_change: bool,
}

/// Where a list begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
    limit: String,
}

pub(super) fn view(town: &Town, works: &Works, agencies: &[Organisation]) -> WorksView {
    let agency = agencies.iter().find(|one| one.id == works.organisation);
    WorksView {
        code: works.code.to_string(),
        url: town.url(&format!("/works/{}", works.code)),
        organisation: agency.map(|one| one.code.clone()).unwrap_or_default(),
        title: works.title.clone(),
        words: works.words.clone(),
        place: works.place.clone(),
        lat: works.spot.place.map(civic::Place::lat),
        long: works.spot.place.map(civic::Place::long),
        district: works.spot.district.clone(),
        from: works.from_at.rfc3339(),
        until: works.until_at.rfc3339(),
        called_off: works.called_off_at.is_some(),
        version: works.version,
    }
}

fn shown(town: &Town, visit: &Visit, works: &Works, agencies: &[Organisation]) -> Shown {
    let agency = agencies.iter().find(|one| one.id == works.organisation);
    let key = works.state_key(visit.at);
    Shown {
        works: view(town, works, agencies),
        agency: agency.map(|one| one.name.in_language(visit.t.language()).to_owned()).unwrap_or_default(),
        district: works
            .spot
            .district
            .as_deref()
            .and_then(|code| town.part::<Districts>().name(code))
            .unwrap_or_default(),
        from: visit.date_time(works.from_at),
        until: visit.date_time(works.until_at),
        state: visit.t.say(key).to_owned(),
        chip: match key {
            "works-planned" => "y",
            "works-under-way" => "p",
            "works-called-off" => "r",
            _ => "",
        },
    }
}

/// GET /works
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let now = visit.at;
    let found = town.db().read(move |tx| Ok((store::page(tx, now, after.as_ref(), limit)?, organisations::list(tx)?)));
    let (found, agencies): (Page<Works>, Vec<Organisation>) =
        found.await.map_err(|error: DbError| Stop::from(error))?;
    let views = || found.items.iter().map(|works| view(&town, works, &agencies));
    let next = found.next.as_ref().map(Cursor::encode);
    match visit.wants {
        Wants::Json => json(&WorksList { works: views().collect(), next }),
        Wants::Csv => csv(views()),
        Wants::Rss => {
            let item = |works: &Works| Item {
                title: works.title.clone(),
                link: town.url(&format!("/works/{}", works.code)),
                description: works.words.clone(),
                at: works.changed_at,
                id: format!("{} {}", works.code, works.version),
            };
            let items: Vec<_> = found.items.iter().map(item).collect();
            let title = visit.t.say("works-title");
            Ok(rss_answer(title, &town.url("/works"), title, visit.t.language().tag(), &items))
        }
        _ => page(&ListPage {
            frame: Frame::new(&town, &visit, visit.t.say("works-title")).twins(&visit, super::WORKS_TWINS),
            works: found.items.iter().map(|works| shown(&town, &visit, works, &agencies)).collect(),
            may_announce: visit.actor.may(&acts::WORKS),
            first: if asked.after.is_empty() { String::new() } else { "/works".to_owned() },
            next: next.map(|next| format!("/works?after={next}")).unwrap_or_default(),
        }),
    }
}

fn csv(views: impl Iterator<Item = WorksView>) -> Answer {
    let header =
        ["code", "organisation", "title", "place", "lat", "long", "district", "from", "until", "called_off", "url"];
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    csv_answer(
        &header,
        views.map(|one| {
            let called_off = one.called_off.to_string();
            let (lat, long) = (number(one.lat), number(one.long));
            let district = one.district.unwrap_or_default();
            [
                one.code,
                one.organisation,
                one.title,
                one.place,
                lat,
                long,
                district,
                one.from,
                one.until,
                called_off,
                one.url,
            ]
        }),
    )
}

/// GET /works/{code}, and with .ics for a calendar.
pub async fn show(State(town): State<Town>, visit: Visit, Path(asked): Path<String>) -> Answer {
    let (code, is_calendar) = asked.strip_suffix(".ics").map_or((asked.as_str(), false), |code| (code, true));
    let code = code.to_owned();
    let found = town.db().read(move |tx| Ok((store::by_code(tx, &code)?, organisations::list(tx)?)));
    let (works, agencies) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let works = works.ok_or(Stop::NotFound)?;
    if is_calendar {
        return Ok(calendars::of_works(&town, &works));
    }
    if visit.wants == Wants::Json {
        return json(&view(&town, &works, &agencies));
    }
    let one = shown(&town, &visit, &works, &agencies);
    let zoom = works.spot.district.clone().unwrap_or_default();
    let picture = works
        .spot
        .place
        .map(|place| format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", place.lat(), place.long()));
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    page(&ShowPage {
        frame: Frame::new(&town, &visit, works.title.clone()).twins(&visit, &[Wants::Json]),
        crumbs: vec![crumb("/works", visit.t.say("works-title")), crumb("", &one.works.code)],
        picture: picture.unwrap_or_default(),
        may_change: visit.actor.may_for(&acts::WORKS, Some(works.organisation))
            && works.called_off_at.is_none()
            && works.until_at > visit.at,
        one,
    })
}
