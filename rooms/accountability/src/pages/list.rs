//! The list and the map.

use crate::{
    model::{COMMITMENT, Commitment, Standing},
    store::{self, Count, Filter},
    views::{CommitmentRow, Eyes, Organisations, organisations},
};
use axum::{extract::State, response::Response};
use civic::Moment;
use database::{Cursor, Page, Tx};
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    dates,
    feed::{Item, rss_answer},
    map::{MapView, Pin, Steps, legend_html, map_svg},
    money::money,
    paging,
    parts::Choice,
    table::csv_answer,
    visit::Query,
};

pub(super) use web::parts::choices;

/// Commitments that a search by words looks through.
const FOUND_LIMIT: u32 = 500;

/// What an address asks for, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    pub(super) district: String,
    pub(super) organisation: String,
    state: String,
    after: String,
    limit: String,
}

/// A page of commitments, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// The commitments.
    pub commitments: Vec<CommitmentRow>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// A commitment as lists show it.
pub(super) struct Line {
    pub code: String,
    pub title: String,
    pub organisation: String,
    pub amount: String,
    pub when: String,
    pub state: String,
    pub chip: &'static str,
}

/// A district in the table beside the map.
struct DistrictRow {
    code: String,
    name: String,
    open: String,
    late: String,
    kept: String,
}

#[derive(askama::Template)]
#[template(path = "list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    lines: Vec<Line>,
    numbers: Vec<(String, String, String)>,
    districts: Vec<Choice>,
    organisations: Vec<Choice>,
    states: Vec<Choice>,
    map: String,
    table: Vec<DistrictRow>,
    geojson: String,
    bounds: String,
    has_pins: bool,
    calendar: String,
    narrowed: bool,
    may_make: bool,
    first: String,
    next: String,
}

/// What one read of the database found.
struct Found {
    page: Page<Commitment>,
    organisations: Organisations,
    counts: Vec<Count>,
}

/// GET /commitments
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let found = find(&town, &asked, after, limit, visit.at).await?;
    let eyes = Eyes::new(&town, visit.t.language(), found.organisations.clone());
    match visit.wants {
        Wants::Html => html(&town, &visit, &eyes, asked, &found),
        Wants::Json => json(&view(&eyes, &found.page)),
        Wants::Csv => csv(&town, &visit, &eyes, &found.page),
        Wants::GeoJson => Ok(geojson(&town, &visit, &eyes, &found.page)),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &found.page)),
    }
}

pub(super) fn view(eyes: &Eyes<'_>, page: &Page<Commitment>) -> ListView {
    let commitments = page.items.iter().map(|one| eyes.row(one)).collect();
    ListView { commitments, next: page.next.as_ref().map(Cursor::encode) }
}

async fn find(town: &Town, asked: &Asked, after: Option<Cursor>, limit: u32, now: Moment) -> Result<Found, Stop> {
    let asked = asked.clone();
    let districts = town.part::<Districts>().clone();
    let look = move |tx: &mut Tx<'_>| {
        let organisations = organisations(tx)?;
        let mut filter = filter_of(&asked, &organisations, &districts, now)?;
        let words = asked.q.trim();
        if !words.is_empty() {
            filter.codes = Some(commons::search::ids_of_kind(tx, words, COMMITMENT, FOUND_LIMIT)?);
        }
        let page = store::page_of(tx, &filter, after.as_ref(), limit)?;
        Ok::<_, Stop>(Found { page, organisations, counts: store::counts(tx, now)? })
    };
    let db = town.db();
    if limit > paging::PAGE_SIZE { db.read_long(look).await } else { db.read(look).await }
}

/// Reads the filter of an address.
///
/// # Errors
/// A refusal for each word that names nothing.
pub(super) fn filter_of(
    asked: &Asked,
    organisations: &Organisations,
    districts: &Districts,
    now: Moment,
) -> Result<Filter, Stop> {
    let mut refusals = Vec::new();
    let mut filter = Filter::default();
    if !asked.district.is_empty() {
        match districts.name(&asked.district) {
            Some(_) => filter.district = Some(asked.district.clone()),
            None => refusals.push(Refusal::new("commitment-district").at("district")),
        }
    }
    if !asked.organisation.is_empty() {
        match organisations.values().find(|one| one.code == asked.organisation) {
            Some(one) => filter.organisation = Some(one.id),
            None => refusals.push(Refusal::new("commitment-organisation-unknown").at("organisation")),
        }
    }
    match asked.state.as_str() {
        "" | "all" => {}
        "open" => filter.open = Some(true),
        "closed" => filter.open = Some(false),
        word => match word.parse::<Standing>() {
            Ok(standing) => filter.standing = Some((standing, now)),
            Err(()) => refusals.push(Refusal::new("commitment-state-unknown").at("state")),
        },
    }
    if refusals.is_empty() { Ok(filter) } else { Err(Stop::Refused(refusals)) }
}

fn html(town: &Town, visit: &Visit, eyes: &Eyes<'_>, asked: Asked, found: &Found) -> Answer {
    let t = &visit.t;
    let next = found.page.next.as_ref().map(|next| address("/commitments", &asked, Some(&next.encode())));
    let bare = Asked { after: String::new(), limit: String::new(), ..asked.clone() };
    let all = Asked { limit: paging::PAGE_SIZE_LIMIT.to_string(), ..bare.clone() };
    page(&ListPage {
        frame: Frame::new(town, visit, t.say("commitments-title"))
            .describe(t.say("commitments-lead"))
            .twins(visit, super::LIST_TWINS),
        lines: found.page.items.iter().map(|one| line(visit, eyes, one)).collect(),
        numbers: numbers(visit, &found.counts),
        districts: choices(t.say("commitments-all-districts"), town.part::<Districts>().all(), &asked.district),
        organisations: organisation_choices(visit, &found.organisations, &asked.organisation),
        states: state_choices(visit, &asked.state),
        map: map(town, visit, found),
        table: table(town, visit, &found.counts),
        geojson: address("/commitments.geojson", &all, None),
        bounds: town.part::<Districts>().bounds_text(),
        has_pins: found.page.items.iter().any(|one| one.place.is_some()),
        calendar: calendar_address(&asked),
        narrowed: address("/commitments", &bare, None) != "/commitments",
        may_make: visit.actor.may(&crate::acts::MAKE),
        first: if asked.after.is_empty() { String::new() } else { address("/commitments", &bare, None) },
        next: next.unwrap_or_default(),
        asked,
    })
}

/// A commitment as a line.
pub(super) fn line(visit: &Visit, eyes: &Eyes<'_>, one: &Commitment) -> Line {
    let t = &visit.t;
    let standing = one.standing(eyes.now());
    let budgeted = one.spending.budgeted_cents;
    Line {
        code: one.code.to_string(),
        title: one.title.in_language(t.language()).to_owned(),
        organisation: eyes.organisation(one.organisation).name,
        amount: budgeted.map(|cents| money(one.spending.money(cents), t.language())).unwrap_or_default(),
        when: match one.state.closed_at() {
            Some(at) => t.with1("commitment-ended-on", "date", visit.date(at)),
            None => t.with1("commitment-by-date", "date", visit.date(one.due_at)),
        },
        state: t.say(standing.key()).to_owned(),
        chip: standing.chip(),
    }
}

/// How many stand where, for the figures on top: number, word, address.
fn numbers(visit: &Visit, counts: &[Count]) -> Vec<(String, String, String)> {
    let of =
        |standing: Standing| counts.iter().filter(|count| count.standing == standing).map(|count| count.count).sum();
    let shown = [Standing::Late, Standing::UnderWay, Standing::Promised, Standing::Kept];
    shown
        .map(|standing| {
            let number = dates::number(of(standing), visit.t.language());
            (number, visit.t.say(standing.key()).to_owned(), format!("/commitments?state={}", standing.word()))
        })
        .to_vec()
}

fn map(town: &Town, visit: &Visit, found: &Found) -> String {
    let districts = town.part::<Districts>();
    if districts.is_empty() {
        return String::new();
    }
    let language = visit.t.language();
    let mut shapes = districts.shapes();
    for shape in &mut shapes {
        let value = found.counts.iter().filter(|count| count.district == shape.code).map(|count| count.count).sum();
        shape.value = Some(value);
        shape.value_text = dates::number(value, language);
        shape.href = Some(format!("/commitments?district={}", shape.code));
    }
    let pin = |one: &Commitment| {
        let place = one.place?;
        let label = one.title.in_language(language).to_owned();
        Some(Pin { lat: place.lat(), long: place.long(), href: Some(format!("/commitments/{}", one.code)), label })
    };
    let pins: Vec<Pin> = found.page.items.iter().filter_map(pin).collect();
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let t = &visit.t;
    let view = MapView {
        id: "commitments",
        title: t.say("commitments-map"),
        desc: t.say("commitments-map-desc"),
        shapes: &shapes,
        pins: &pins,
        selected: None,
    };
    let legend = legend_html(&steps, t.say("commitments-map-legend"), "", &|value| dates::number(value, language));
    format!("{}{legend}", map_svg(&view, &steps))
}

/// The same numbers as the map, most open ones first; districts without any are left out.
fn table(town: &Town, visit: &Visit, counts: &[Count]) -> Vec<DistrictRow> {
    let of = |code: &str, which: &[Standing]| -> i64 {
        counts.iter().filter(|one| one.district == code && which.contains(&one.standing)).map(|one| one.count).sum()
    };
    let open = [Standing::Promised, Standing::UnderWay, Standing::Late];
    let mut rows: Vec<_> = town.part::<Districts>().all();
    rows.retain(|(code, _)| counts.iter().any(|one| one.district == *code));
    rows.sort_by_key(|(code, name)| (-of(code, &open), name.clone()));
    let number = |count| dates::number(count, visit.t.language());
    rows.into_iter()
        .map(|(code, name)| DistrictRow {
            open: number(of(&code, &open)),
            late: number(of(&code, &[Standing::Late])),
            kept: number(of(&code, &[Standing::Kept])),
            code,
            name,
        })
        .collect()
}

/// The same list from its beginning, or from a place on.
fn address(path: &str, asked: &Asked, after: Option<&str>) -> String {
    let fields = [
        ("q", asked.q.as_str()),
        ("district", &asked.district),
        ("organisation", &asked.organisation),
        ("state", &asked.state),
        ("limit", &asked.limit),
        ("after", after.unwrap_or_default()),
    ];
    web::parts::with_query(path, &fields)
}

fn calendar_address(asked: &Asked) -> String {
    let fields = [("district", asked.district.as_str()), ("organisation", &asked.organisation)];
    web::parts::with_query("/commitments/calendar.ics", &fields)
}

pub(super) fn organisation_choices(visit: &Visit, organisations: &Organisations, chosen: &str) -> Vec<Choice> {
    let language = visit.t.language();
    let mut named: Vec<_> =
        organisations.values().map(|one| (one.code.clone(), one.name.in_language(language).to_owned())).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    choices(visit.t.say("commitments-all-organisations"), named, chosen)
}

fn state_choices(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let groups = [("open", "commitments-open"), ("closed", "commitments-closed")]
        .map(|(code, key)| (code.to_owned(), visit.t.say(key).to_owned()));
    let states = Standing::ALL.map(|one| (one.word().to_owned(), visit.t.say(one.key()).to_owned()));
    choices(visit.t.say("commitments-all-states"), groups.into_iter().chain(states), chosen)
}

const HEADER: [&str; 16] = [
    "code",
    "title",
    "organisation",
    "state",
    "open",
    "district",
    "lat",
    "long",
    "currency",
    "budgeted_cents",
    "contracted_cents",
    "paid_cents",
    "promised_at",
    "due_at",
    "closed_at",
    "url",
];

fn csv(town: &Town, visit: &Visit, eyes: &Eyes<'_>, found: &Page<Commitment>) -> Answer {
    let cents = |cents: Option<i64>| cents.map(|cents| cents.to_string()).unwrap_or_default();
    let cells = |row: CommitmentRow| {
        let (lat, long) = row.place.map(|p| (p.lat.to_string(), p.long.to_string())).unwrap_or_default();
        [
            row.code,
            row.title,
            row.organisation.code,
            row.state.word().to_owned(),
            row.open.to_string(),
            row.district.map(|district| district.code).unwrap_or_default(),
            lat,
            long,
            row.currency,
            cents(row.budgeted_cents),
            cents(row.contracted_cents),
            cents(row.paid_cents),
            row.promised_at,
            row.due_at,
            row.closed_at.unwrap_or_default(),
            row.url,
        ]
    };
    let mut answer = csv_answer(&HEADER, view(eyes, found).commitments.into_iter().map(cells))?;
    paging::link_next(town, visit, "/commitments", found.next.as_ref(), &mut answer);
    Ok(answer)
}

fn geojson(town: &Town, visit: &Visit, eyes: &Eyes<'_>, found: &Page<Commitment>) -> Response {
    let feature = |one: &Commitment| {
        let row = eyes.row(one);
        let geometry = row.place.map(|place| json!({"type": "Point", "coordinates": [place.long, place.lat]}));
        json!({"type": "Feature", "id": row.code, "geometry": geometry, "properties": {
            "title": row.title, "href": format!("/commitments/{}", row.code), "code": row.code,
            "state": visit.t.say(row.state.key()), "standing": row.state, "open": row.open, "due_at": row.due_at,
        }})
    };
    let features: Vec<_> = found.items.iter().map(feature).collect();
    let collection = json!({"type": "FeatureCollection", "features": features});
    let mut answer = text(Wants::GeoJson.media_type(), collection.to_string());
    paging::link_next(town, visit, "/commitments", found.next.as_ref(), &mut answer);
    answer
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, found: &Page<Commitment>) -> Response {
    let t = &visit.t;
    let item = |one: &Commitment| {
        let row = eyes.row(one);
        Item {
            title: format!("{} – {}", row.title, t.say(row.state.key())),
            description: one.summary.as_ref().map(|text| text.in_language(t.language()).to_owned()).unwrap_or_default(),
            at: one.updated_at,
            id: format!("{}#{}", row.url, one.version),
            link: row.url,
        }
    };
    let mut newest: Vec<&Commitment> = found.items.iter().collect();
    newest.sort_by_key(|one| std::cmp::Reverse(one.updated_at));
    let items: Vec<Item> = newest.into_iter().map(item).collect();
    let title = format!("{} – {}", t.say("commitments-title"), town.settings().name.in_language(t.language()));
    rss_answer(&title, &town.url("/commitments"), t.say("commitments-lead"), t.language().tag(), &items)
}
