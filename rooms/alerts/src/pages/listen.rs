//! What is new in an area, and the form to hear of it.

use super::{area_name, area_query};
use crate::{
    commands::{Ask, ask as ask_for},
    decide::{AskedArea, read_area},
    model::{Area, NEWS_LIMIT, News, Pace, RADII_M, What},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::DbError;
use people::EmailAddress;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    dates,
    feed::{Item, rss_answer},
    forms::{FormErrors, Submission},
    limits::Gates,
    manifest::{Brief, Catalogue},
    parts::Choice,
    visit::Query,
};

/// The radius that is chosen where nothing is.
const USUAL_RADIUS: &str = "500";

/// Pieces of news the page shows; the feed has more.
const SHOWN: usize = 15;

/// An area in an address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct InQuery {
    pub(super) district: String,
    pub(super) lat: String,
    pub(super) long: String,
    pub(super) radius: String,
}

impl From<InQuery> for AskedArea {
    fn from(InQuery { district, lat, long, radius }: InQuery) -> Self {
        Self { district, lat, long, radius }
    }
}

/// A piece of news, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NewsView {
    /// The id of its entry in the record.
    entry: String,
    /// What it is about, as `request`.
    kind: String,
    /// Its code.
    id: String,
    /// What happened.
    what: What,
    /// What people call it.
    title: String,
    /// Where it stands.
    state: Option<String>,
    /// When (RFC 3339).
    at: String,
    /// Its page.
    url: String,
}

/// The newest news of an area.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NewsList {
    /// The area in words; absent for the whole town.
    area: Option<String>,
    /// The news, newest first.
    news: Vec<NewsView>,
}

struct Line {
    date: String,
    what: String,
    title: String,
    state: String,
    href: String,
}

#[derive(askama::Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    frame: Frame,
    errors: FormErrors,
    asked: AskedArea,
    email: String,
    paces: Vec<Choice>,
    districts: Vec<Choice>,
    radii: Vec<Choice>,
    bounds: String,
    area: Option<String>,
    query: String,
    lines: Vec<Line>,
}

/// The area of an address.
pub(super) fn area_of(town: &Town, asked: &AskedArea) -> Result<Option<Area>, Refusal> {
    read_area(asked, town.part::<Districts>().name(&asked.district).is_some())
}

/// GET /alerts
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<InQuery>) -> Answer {
    let asked = AskedArea::from(asked);
    match area_of(&town, &asked) {
        Ok(area) => answer(&town, &visit, asked, area).await,
        Err(refusal) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&[refusal], &visit.t);
            let typed = Typed { asked, email: String::new(), pace: Pace::Daily };
            page_of(&town, &visit, typed, None, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn answer(town: &Town, visit: &Visit, asked: AskedArea, area: Option<Area>) -> Answer {
    if visit.wants == Wants::Html {
        let typed = Typed { asked, email: String::new(), pace: Pace::Daily };
        return page_of(town, visit, typed, area, FormErrors::default(), StatusCode::OK).await;
    }
    let name = area.as_ref().map(|area| area_name(town, &visit.t, area));
    let query = area.as_ref().map(area_query).unwrap_or_default();
    let found = titled(town, visit, area).await?;
    let news: Vec<_> = found.into_iter().map(|(news, brief)| view(town, news, brief)).collect();
    if visit.wants == Wants::Json {
        return json(&NewsList { area: name, news });
    }
    let t = &visit.t;
    let items: Vec<Item> = news
        .into_iter()
        .map(|one| Item {
            title: format!("{}: {}", t.say(one.what.key()), one.title),
            link: one.url,
            description: one.state.unwrap_or_default(),
            at: Moment::parse(&one.at).unwrap_or(Moment(0)),
            id: one.entry,
        })
        .collect();
    let place = name.unwrap_or_else(|| town.settings().name.in_language(t.language()).to_owned());
    let title = t.with1("alerts-feed-title", "area", place);
    Ok(rss_answer(&title, &town.url(&format!("/alerts?{query}")), &title, t.language().tag(), &items))
}

/// The newest news of an area, each with the line of its subject; what is not public any more is left out.
async fn titled(town: &Town, visit: &Visit, area: Option<Area>) -> Result<Vec<(News, Brief)>, Stop> {
    let (own, language) = (town.clone(), visit.t.language());
    let found = town.db().read(move |tx| {
        let news = store::newest(tx, area.as_ref(), NEWS_LIMIT)?;
        let mut subjects: Vec<_> = news.iter().map(|one| one.subject.clone()).collect();
        subjects.sort();
        subjects.dedup();
        let briefs = own.part::<Catalogue>().briefs(&own, tx, &subjects, language)?;
        let named =
            |one: News| briefs.iter().find(|brief| brief.subject == one.subject).cloned().map(|brief| (one, brief));
        Ok(news.into_iter().filter_map(named).collect())
    });
    found.await.map_err(|error: DbError| error.into())
}

fn view(town: &Town, news: News, brief: Brief) -> NewsView {
    let page = town.part::<Catalogue>().page_of(&news.subject.kind, &news.subject.id).unwrap_or_default();
    NewsView {
        entry: news.entry,
        kind: news.subject.kind,
        id: news.subject.id,
        what: news.what,
        title: brief.title,
        state: brief.state,
        at: news.at.rfc3339(),
        url: town.url(&page),
    }
}

/// What was typed into the form.
struct Typed {
    asked: AskedArea,
    email: String,
    pace: Pace,
}

async fn page_of(
    town: &Town,
    visit: &Visit,
    Typed { mut asked, email, pace }: Typed,
    area: Option<Area>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    if asked.radius.is_empty() {
        USUAL_RADIUS.clone_into(&mut asked.radius);
    }
    let (name, query) = (area.as_ref().map(|area| area_name(town, &visit.t, area)), area.as_ref().map(area_query));
    let catalogue = town.part::<Catalogue>();
    let line = |(news, brief): (News, Brief)| Line {
        date: visit.date(news.at),
        what: visit.t.say(news.what.key()).to_owned(),
        href: catalogue.page_of(&news.subject.kind, &news.subject.id).unwrap_or_default(),
        title: brief.title,
        state: brief.state.unwrap_or_default(),
    };
    let lines = titled(town, visit, area).await?.into_iter().take(SHOWN).map(line).collect();
    page_with(
        status,
        &AlertsPage {
            frame: Frame::new(town, visit, visit.t.say("alerts-title")).twins(visit, super::NEWS_TWINS),
            paces: pace_choices(visit, pace),
            districts: district_choices(town, visit.t.say("alerts-no-district"), &asked.district),
            radii: radius_choices(visit, &asked.radius),
            bounds: town.part::<Districts>().bounds_text(),
            area: name,
            query: query.unwrap_or_default(),
            errors,
            asked,
            email,
            lines,
        },
    )
}

pub(super) fn pace_choices(visit: &Visit, chosen: Pace) -> Vec<Choice> {
    let choice = |pace: Pace| Choice {
        value: pace.as_str().to_owned(),
        label: visit.t.say(pace.key()).to_owned(),
        detail: String::new(),
        chosen: pace == chosen,
    };
    Pace::ALL.map(choice).into()
}

/// The districts, behind a choice of none.
pub(super) fn district_choices(town: &Town, none: &str, chosen: &str) -> Vec<Choice> {
    let none = (String::new(), none.to_owned());
    std::iter::once(none)
        .chain(town.part::<Districts>().all())
        .map(|(value, label)| Choice { chosen: value == chosen, value, label, detail: String::new() })
        .collect()
}

fn radius_choices(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice = |metres: i64| Choice {
        value: metres.to_string(),
        label: visit.t.with1("alerts-metres", "metres", dates::number(metres, visit.t.language())),
        detail: String::new(),
        chosen: chosen.parse() == Ok(metres),
    };
    RADII_M.map(choice).into()
}

/// POST /alerts
pub async fn ask(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let asked =
        AskedArea { district: field("district"), lat: field("lat"), long: field("long"), radius: field("radius") };
    let typed = Typed { email: field("email"), pace: field("pace").parse().unwrap_or(Pace::Daily), asked };
    match asked_for(&town, &visit, &typed).await {
        Ok(()) => see_other_saying("/alerts", "flash-alerts-asked"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let area = area_of(&town, &typed.asked).ok().flatten();
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            page_of(&town, &visit, typed, area, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn asked_for(town: &Town, visit: &Visit, typed: &Typed) -> Result<(), Stop> {
    let area = area_of(town, &typed.asked)?.ok_or_else(|| Refusal::new("alerts-area").at("district"))?;
    let email: EmailAddress = typed.email.parse().map_err(|_| Stop::from(Refusal::new("alerts-email").at("email")))?;
    town.part::<Gates>().mail(visit.address)?;
    ask_for(town, Ask { email, language: visit.t.language(), area, pace: typed.pace }).await
}
