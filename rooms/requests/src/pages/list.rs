//! The list and the map.

use crate::{
    category::CategoryBook,
    counts::Which,
    model::{ServiceRequest, StateWord},
    room::{Books, Drawing},
    store::{self, Filter, Order},
    views::{Eyes, RequestRow, headline},
};
use axum::response::Response;
use civic::{Language, Moment};
use database::{Cursor, Page};
use jiff::{civil::Date, tz::TimeZone};
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Town, Visit, Wants,
    answer::{json, page, text},
    dates,
    feed::{Item, rss_answer},
    paging,
    parts::Choice,
    visit::Query,
};

mod csv;

pub(super) use web::parts::choices;

use csv::csv;

/// Requests that a search by words looks through.
const FOUND_LIMIT: u32 = 500;

/// What an address asks for, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) q: String,
    pub(super) category: String,
    pub(super) district: String,
    pub(super) state: String,
    /// The code of an agency; only the desk asks for it.
    pub(super) agency: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) after: String,
    pub(super) limit: String,
}

/// What the address of the public list asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskedInPublic {
    q: String,
    category: String,
    district: String,
    state: String,
    from: String,
    until: String,
    after: String,
    limit: String,
}

impl From<AskedInPublic> for Asked {
    fn from(asked: AskedInPublic) -> Self {
        let AskedInPublic { q, category, district, state, from, until, after, limit } = asked;
        Self { q, category, district, state, agency: String::new(), from, until, after, limit }
    }
}

/// A page of requests, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// The requests.
    pub requests: Vec<RequestRow>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
    /// How many there are in all; absent where words or days narrow the list.
    pub total: Option<i64>,
}

struct Line {
    row: RequestRow,
    headline: String,
    opened: String,
    state: String,
    chip: &'static str,
    overdue: bool,
}

#[derive(askama::Template)]
#[template(path = "list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    lines: Vec<Line>,
    total: Option<String>,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    states: Vec<Choice>,
    map: String,
    geojson: String,
    bounds: String,
    oembed: String,
    narrowed: bool,
    table: Vec<super::front::DistrictRow>,
    first: String,
    next: String,
}

/// GET /requests
pub async fn list(
    axum::extract::State(town): axum::extract::State<Town>,
    visit: Visit,
    Query(asked): Query<AskedInPublic>,
) -> Answer {
    let asked = Asked::from(asked);
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let books = town.part::<Books>();
    let filter = filter_of(&asked, &books.categories(), town.part::<Districts>(), &visit.zone, visit.at)?;
    let total = total_of(books, &asked, &filter);
    let shown = filter.clone();
    let found = find(&town, asked.q.trim().to_owned(), filter, after, limit).await?;
    match visit.wants {
        Wants::Html => html(&town, &visit, asked, &shown, &found, total),
        Wants::Json => json(&machine_view(&town, &visit, &found, total)),
        Wants::Csv => csv(&town, &visit, &found),
        Wants::GeoJson => Ok(geojson(&town, &visit, &found)),
        Wants::Rss => Ok(rss(&town, &visit, &found)),
    }
}

/// Reads the filter of an address.
///
/// # Errors
/// A refusal for each word that names nothing.
pub(super) fn filter_of(
    asked: &Asked,
    book: &CategoryBook,
    districts: &Districts,
    zone: &TimeZone,
    now: Moment,
) -> Result<Filter, web::Stop> {
    let mut refusals = Vec::new();
    let mut filter = Filter::default();
    for code in asked.category.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        match book.get(code) {
            Some(_) => filter.categories.push(code.to_owned()),
            None => refusals.push(Refusal::new("category-unknown").at("category")),
        }
    }
    if !asked.district.is_empty() {
        match districts.name(&asked.district) {
            Some(_) => filter.district = Some(asked.district.clone()),
            None => refusals.push(Refusal::new("district-unknown").at("district")),
        }
    }
    match asked.state.as_str() {
        "" | "all" => {}
        "open" => filter.open = Some(true),
        "closed" => filter.open = Some(false),
        "overdue" => filter.due_before = Some(now),
        word if word.parse::<StateWord>().is_ok() => filter.state = Some(word.to_owned()),
        _ => refusals.push(Refusal::new("state-unknown").at("state")),
    }
    let mut day = |text: &str, field, plus| match day_start(text, plus, zone) {
        Ok(moment) => moment,
        Err(()) => {
            refusals.push(Refusal::new("day-unreadable").at(field));
            None
        }
    };
    filter.from = day(&asked.from, "from", 0);
    filter.until = day(&asked.until, "until", 1);
    if refusals.is_empty() { Ok(filter) } else { Err(web::Stop::Refused(refusals)) }
}

/// The first moment of a day (or of one `plus` days later), in the town's zone.
fn day_start(text: &str, plus: i32, zone: &TimeZone) -> Result<Option<Moment>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: Date = text.parse().map_err(|_| ())?;
    let date = date.checked_add(jiff::Span::new().days(plus)).map_err(|_| ())?;
    date.to_zoned(zone.clone()).map(|zoned| Some(zoned.timestamp().into())).map_err(|_| ())
}

/// Known only where the counts answer it.
fn total_of(books: &Books, asked: &Asked, filter: &Filter) -> Option<i64> {
    let narrowed = !asked.q.trim().is_empty()
        || filter.from.is_some()
        || filter.until.is_some()
        || filter.state.is_some()
        || filter.due_before.is_some();
    let which = Which { district: filter.district.as_deref(), categories: &filter.categories, open: filter.open };
    (!narrowed).then(|| books.counts().count(&which))
}

async fn find(
    town: &Town,
    words: String,
    mut filter: Filter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Page<ServiceRequest>, web::Stop> {
    let look = move |tx: &mut database::Tx<'_>| {
        if !words.is_empty() {
            filter.codes = Some(commons::search::ids_of_kind(tx, &words, crate::model::REQUEST, FOUND_LIMIT)?);
        }
        let order = if filter.due_before.is_some() { Order::Due } else { Order::Newest };
        store::page_of(tx, &filter, order, after.as_ref(), limit)
    };
    let db = town.db();
    let found = if limit > paging::PAGE_SIZE { db.read_long(look).await } else { db.read(look).await };
    found.map_err(|error: database::DbError| error.into())
}

fn machine_view(town: &Town, visit: &Visit, found: &Page<ServiceRequest>, total: Option<i64>) -> ListView {
    let eyes = Eyes::new(town, visit.t.language());
    let requests = found.items.iter().map(|request| eyes.row(request)).collect();
    ListView { requests, next: found.next.as_ref().map(Cursor::encode), total }
}

/// What of the filter the map can show: it counts by category and openness.
fn drawing(filter: &Filter) -> Drawing {
    let by_due = filter.due_before.map(|_| true);
    let by_state = filter.state.as_deref().and_then(|word| word.parse::<StateWord>().ok()).map(StateWord::is_open);
    Drawing { open: filter.open.or(by_state).or(by_due), categories: filter.categories.clone(), ..Drawing::default() }
}

fn html(
    town: &Town,
    visit: &Visit,
    asked: Asked,
    filter: &Filter,
    found: &Page<ServiceRequest>,
    total: Option<i64>,
) -> Answer {
    let eyes = Eyes::new(town, visit.t.language());
    let lines = found.items.iter().map(|request| line(visit, eyes.row(request))).collect();
    let next = found.next.as_ref().map(|next| address(&asked, Some(&next.encode()))).unwrap_or_default();
    let geojson = address(&Asked { limit: "1000".to_owned(), ..asked.clone() }, None).replacen(
        "/requests",
        "/requests.geojson",
        1,
    );
    page(&ListPage {
        frame: Frame::new(town, visit, visit.t.say("list-title")).twins(visit, super::LIST_TWINS),
        lines,
        total: total.map(|total| {
            visit.t.with(
                "list-total",
                &[("count", total.into()), ("shown", dates::number(total, visit.t.language()).into())],
            )
        }),
        categories: category_choices(town, visit, &asked.category),
        districts: district_choices(town, visit, &asked.district),
        states: state_choices(visit, &asked.state),
        map: super::front::district_map(town, visit, &drawing(filter)),
        table: super::front::district_table(town, visit, &filter.categories),
        geojson,
        bounds: town.part::<Districts>().bounds_text(),
        oembed: serde_urlencoded::to_string([("url", town.url(&address(&asked, None)))]).unwrap_or_default(),
        narrowed: address(&Asked { after: String::new(), limit: String::new(), ..asked.clone() }, None) != "/requests",
        first: if asked.after.is_empty() { String::new() } else { address(&asked, None) },
        next,
        asked,
    })
}

fn line(visit: &Visit, row: RequestRow) -> Line {
    let opened = Moment::parse(&row.opened_at).map(|at| visit.date(at)).unwrap_or_default();
    Line {
        headline: headline(&row),
        opened,
        state: visit.t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        overdue: row.overdue,
        row,
    }
}

/// The colour of a state's chip.
pub(super) fn chip(state: StateWord) -> &'static str {
    match state {
        StateWord::Received => "y",
        StateWord::Assigned => "p",
        StateWord::Resolved => "g",
        StateWord::Declined => "r",
        StateWord::Withdrawn | StateWord::Duplicate => "",
    }
}

/// The same list from its beginning, or from a place on.
fn address(asked: &Asked, after: Option<&str>) -> String {
    let fields = [
        ("q", asked.q.as_str()),
        ("category", &asked.category),
        ("district", &asked.district),
        ("state", &asked.state),
        ("from", &asked.from),
        ("until", &asked.until),
        ("limit", &asked.limit),
        ("after", after.unwrap_or_default()),
    ];
    let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(&given).unwrap_or_default();
    if query.is_empty() { "/requests".to_owned() } else { format!("/requests?{query}") }
}

/// The categories to choose from, with one for all.
pub(super) fn category_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let book = town.part::<Books>().categories();
    let language = visit.t.language();
    let named = book.all().into_iter().map(|c| (c.code.clone(), c.definition.name.in_language(language).to_owned()));
    choices(visit.t.say("list-all-categories"), named, chosen)
}

pub(super) fn district_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    choices(visit.t.say("list-all-districts"), town.part::<Districts>().all(), chosen)
}

fn state_choices(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let groups = [("open", "list-open"), ("overdue", "list-overdue"), ("closed", "list-closed")]
        .map(|(code, key)| (code.to_owned(), visit.t.say(key).to_owned()));
    let states = StateWord::ALL.map(|word| (word.as_str().to_owned(), visit.t.say(word.key()).to_owned()));
    choices(visit.t.say("list-all-states"), groups.into_iter().chain(states), chosen)
}

fn geojson(town: &Town, visit: &Visit, found: &Page<ServiceRequest>) -> Response {
    let eyes = Eyes::new(town, visit.t.language());
    let features: Vec<_> = found
        .items
        .iter()
        .map(|request| eyes.row(request))
        .map(|row| {
            let geometry = row.place.map(|place| json!({"type": "Point", "coordinates": [place.long, place.lat]}));
            let headline = headline(&row);
            json!({"type": "Feature", "id": row.code, "geometry": geometry, "properties": {
                "title": headline, "href": format!("/requests/{}", row.code), "code": row.code, "category": row.category.code, "state": row.state,
                "open": row.open, "opened_at": row.opened_at}})
        })
        .collect();
    let mut answer =
        text(Wants::GeoJson.media_type(), json!({"type": "FeatureCollection", "features": features}).to_string());
    paging::link_next(town, visit, "/requests", found.next.as_ref(), &mut answer);
    answer
}

fn rss(town: &Town, visit: &Visit, found: &Page<ServiceRequest>) -> Response {
    let language: Language = visit.t.language();
    let eyes = Eyes::new(town, language);
    let items: Vec<Item> = found
        .items
        .iter()
        .map(|request| {
            let row = eyes.row(request);
            Item {
                title: headline(&row),
                description: request.description.clone(),
                at: request.opened_at,
                id: row.url.clone(),
                link: row.url,
            }
        })
        .collect();
    let title = format!("{} – {}", visit.t.say("list-title"), town.settings().name.in_language(language));
    rss_answer(&title, &town.url("/requests"), visit.t.say("list-feed"), language.tag(), &items)
}
