//! The list of proposals and its map.

use super::chip;
use crate::{
    acts,
    model::{PROPOSAL, PhaseAct, Process, Proposal, StateWord},
    store::{self, Filter, Order, SHUFFLE_PRIME},
    views::{Eyes, ProposalRow},
};
use axum::{extract::State, response::Response};
use civic::Moment;
use database::{Cursor, DbError, Page, Tx};
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    dates,
    feed::{Item, rss_answer},
    map::{MapView, Steps, legend_html, map_svg},
    paging,
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::Query,
};

/// Proposals that a search by words looks through.
const FOUND_LIMIT: u32 = 500;

/// What an address asks for, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    process: String,
    district: String,
    category: String,
    state: String,
    sort: String,
    seed: String,
    after: String,
    limit: String,
}

/// A page of proposals, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// The proposals.
    pub proposals: Vec<ProposalRow>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// The seed of a random order.
    pub seed: Option<i64>,
}

/// What was found.
struct Found {
    page: Page<Proposal>,
    total: i64,
    processes: Vec<Process>,
    by_district: BTreeMap<String, i64>,
}

/// GET /proposals
pub async fn list(State(town): State<Town>, visit: Visit, Query(mut asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let order = order_of(&town, &mut asked)?;
    let filter = filter_of(&asked, town.part::<Districts>(), visit.at)?;
    let html = visit.wants == Wants::Html;
    let found = find(&town, asked.q.trim().to_owned(), filter.clone(), order, after, limit, html).await?;
    let eyes = Eyes::new(&town, visit.t.language(), found.processes.iter().cloned());
    let rows: Vec<ProposalRow> = found.page.items.iter().map(|proposal| eyes.row(proposal)).collect();
    match visit.wants {
        Wants::Html => self::html(&town, &visit, asked, &filter, &found, rows),
        Wants::Json => {
            let seed = if let Order::Random(seed) = order { Some(seed) } else { None };
            let next = found.page.next.as_ref().map(Cursor::encode);
            json(&ListView { proposals: rows, next, total: found.total, seed })
        }
        Wants::Csv => csv(&town, &visit, &found, rows),
        Wants::GeoJson => Ok(geojson(&town, &visit, &found, rows)),
        Wants::Rss => Ok(rss(&town, &visit, &found, rows)),
    }
}

/// Reads the order of an address. A random one without a seed draws it, so that the next page goes on in the same order.
fn order_of(town: &Town, asked: &mut Asked) -> Result<Order, Refusal> {
    match asked.sort.as_str() {
        "" | "newest" => Ok(Order::Newest),
        "supported" => Ok(Order::Supported),
        "discussed" => Ok(Order::Discussed),
        "random" if asked.seed.is_empty() => {
            let mut bytes = [0_u8; 8];
            town.chance().fill(&mut bytes);
            let seed = i64::from_le_bytes(bytes).rem_euclid(SHUFFLE_PRIME - 1) + 1;
            asked.seed = seed.to_string();
            Ok(Order::Random(seed))
        }
        "random" => match asked.seed.parse::<i64>() {
            Ok(seed) if (1..SHUFFLE_PRIME).contains(&seed) => Ok(Order::Random(seed)),
            _ => Err(Refusal::new("proposals-seed").at("seed").with("most", SHUFFLE_PRIME - 1)),
        },
        _ => Err(Refusal::new("proposals-sort").at("sort")),
    }
}

/// Reads the filter of an address. A process or category that is not there finds nothing.
fn filter_of(asked: &Asked, districts: &Districts, now: Moment) -> Result<Filter, Stop> {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut filter = Filter { process: given(&asked.process), category: given(&asked.category), ..Filter::default() };
    let mut refusals = Vec::new();
    if !asked.district.is_empty() {
        match districts.name(&asked.district) {
            Some(_) => filter.district = Some(asked.district.clone()),
            None => refusals.push(Refusal::new("proposal-district").at("district")),
        }
    }
    match asked.state.as_str() {
        "" | "all" => {}
        "overdue" => filter.due_before = Some(now),
        word => match word.parse::<StateWord>() {
            Ok(word) if word != StateWord::Draft => filter.state = Some(word.as_str().to_owned()),
            _ => refusals.push(Refusal::new("proposals-state").at("state")),
        },
    }
    if refusals.is_empty() { Ok(filter) } else { Err(Stop::Refused(refusals)) }
}

async fn find(
    town: &Town,
    words: String,
    mut filter: Filter,
    order: Order,
    after: Option<Cursor>,
    limit: u32,
    html: bool,
) -> Result<Found, Stop> {
    let look = move |tx: &mut Tx<'_>| {
        if !words.is_empty() {
            filter.codes = Some(commons::search::ids_of_kind(tx, &words, PROPOSAL, FOUND_LIMIT)?);
        }
        Ok::<_, DbError>(Found {
            page: store::page_of(tx, &filter, order, after.as_ref(), limit)?,
            total: store::count(tx, &filter)?,
            processes: store::processes(tx, false)?,
            by_district: if html { store::by_district(tx, &filter)? } else { BTreeMap::new() },
        })
    };
    let db = town.db();
    let found = if limit > paging::PAGE_SIZE { db.read_long(look).await } else { db.read(look).await };
    found.map_err(Stop::from)
}

struct Line {
    row: ProposalRow,
    submitted: String,
    state: String,
    chip: &'static str,
    supports: String,
}

struct DistrictLine {
    code: String,
    name: String,
    count: String,
}

#[derive(askama::Template)]
#[template(path = "proposals.html")]
struct ListPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    asked: Asked,
    lines: Vec<Line>,
    total: String,
    processes: Vec<Choice>,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    states: Vec<Choice>,
    sorts: Vec<Choice>,
    map: String,
    table: Vec<DistrictLine>,
    geojson: String,
    bounds: String,
    narrowed: bool,
    first: String,
    next: String,
    new: String,
    at_desk: bool,
}

fn html(town: &Town, visit: &Visit, asked: Asked, filter: &Filter, found: &Found, rows: Vec<ProposalRow>) -> Answer {
    let t = &visit.t;
    let language = t.language();
    let next = found.page.next.as_ref().map(|next| address("/proposals", &asked, &next.encode())).unwrap_or_default();
    let all = Asked { limit: "1000".to_owned(), ..asked.clone() };
    let plain =
        Asked { sort: String::new(), seed: String::new(), after: String::new(), limit: String::new(), ..asked.clone() };
    let process = found.processes.iter().find(|process| process.code == asked.process);
    let named = |process: &Process| (process.code.clone(), process.definition.title.in_language(language).to_owned());
    let topics = process.map(|process| process.definition.categories.as_slice()).unwrap_or_default();
    let topic = |topic: &crate::model::Topic| (topic.code.clone(), topic.name.in_language(language).to_owned());
    let open = process.is_some_and(|process| process.allows(PhaseAct::Submit, visit.at, 0));
    let crumbs = vec![
        Crumb { href: "/processes".to_owned(), label: t.say("processes-title").to_owned() },
        Crumb { href: String::new(), label: t.say("proposals-title").to_owned() },
    ];
    page(&ListPage {
        frame: Frame::new(town, visit, t.say("proposals-title")).twins(visit, super::LIST_TWINS),
        crumbs,
        lines: rows.into_iter().map(|row| line(visit, row)).collect(),
        total: t.with2("proposals-total", "count", found.total, "shown", dates::number(found.total, language)),
        processes: super::choices(t.say("proposals-all-processes"), found.processes.iter().map(named), &asked.process),
        categories: super::choices(t.say("proposals-all-categories"), topics.iter().map(topic), &asked.category),
        districts: super::choices(
            t.say("proposals-all-districts"),
            town.part::<Districts>().all().into_iter(),
            &asked.district,
        ),
        states: states(visit, &asked.state),
        sorts: sorts(visit, &asked.sort),
        map: map(town, visit, filter, found),
        table: table(town, visit, found),
        geojson: address("/proposals.geojson", &all, ""),
        bounds: town.part::<Districts>().bounds_text(),
        narrowed: address("/proposals", &plain, "") != "/proposals",
        first: if asked.after.is_empty() { String::new() } else { address("/proposals", &asked, "") },
        next,
        new: if open { format!("/proposals/new?process={}", asked.process) } else { "/proposals/new".to_owned() },
        at_desk: visit.actor.may(&acts::EVALUATE),
        asked,
    })
}

fn line(visit: &Visit, row: ProposalRow) -> Line {
    Line {
        submitted: Moment::parse(&row.submitted_at).map(|at| visit.date(at)).unwrap_or_default(),
        state: visit.t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        supports: dates::number(row.supports, visit.t.language()),
        row,
    }
}

fn states(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let overdue = [("overdue".to_owned(), visit.t.say("proposal-overdue").to_owned())];
    let states = super::processes::state_choices(visit);
    super::choices(visit.t.say("proposals-all-states"), states.chain(overdue), chosen)
}

fn sorts(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let sorts = ["newest", "supported", "discussed", "random"]
        .map(|word| (word.to_owned(), visit.t.say(&format!("proposals-sort-{word}")).to_owned()));
    super::choices("", sorts.into_iter(), if chosen.is_empty() { "newest" } else { chosen })
}

/// The districts, coloured by how many proposals are there.
fn map(town: &Town, visit: &Visit, filter: &Filter, found: &Found) -> String {
    let mut shapes = town.part::<Districts>().shapes();
    if shapes.is_empty() {
        return String::new();
    }
    let (t, language) = (&visit.t, visit.t.language());
    for shape in &mut shapes {
        let value = found.by_district.get(&shape.code).copied().unwrap_or(0);
        shape.value = Some(value);
        shape.value_text = dates::number(value, language);
        let process = filter.process.as_deref().unwrap_or_default();
        let asked = Asked { process: process.to_owned(), district: shape.code.clone(), ..Asked::default() };
        shape.href = Some(address("/proposals", &asked, ""));
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let most = shapes.iter().max_by_key(|shape| shape.value);
    let desc = most.map(|most| t.with2("proposals-map-desc", "most", &most.name, "count", &most.value_text));
    let view = MapView {
        id: "proposals-map",
        title: t.say("proposals-map"),
        desc: &desc.unwrap_or_default(),
        shapes: &shapes,
        pins: &[],
        selected: filter.district.as_deref(),
    };
    let legend = legend_html(&steps, t.say("proposals-map-legend"), "", &|value| dates::number(value, language));
    format!("{}{legend}", map_svg(&view, &steps))
}

/// The same numbers as the map, most first.
fn table(town: &Town, visit: &Visit, found: &Found) -> Vec<DistrictLine> {
    let mut all = town.part::<Districts>().all();
    let count = |code: &str| found.by_district.get(code).copied().unwrap_or(0);
    all.sort_by_key(|(code, _)| std::cmp::Reverse(count(code)));
    let language = visit.t.language();
    all.into_iter()
        .map(|(code, name)| DistrictLine { count: dates::number(count(&code), language), code, name })
        .collect()
}

/// The same list from its beginning, or from a place on.
fn address(path: &str, asked: &Asked, after: &str) -> String {
    let fields = [
        ("q", asked.q.as_str()),
        ("process", &asked.process),
        ("district", &asked.district),
        ("category", &asked.category),
        ("state", &asked.state),
        ("sort", &asked.sort),
        ("seed", &asked.seed),
        ("limit", &asked.limit),
        ("after", after),
    ];
    let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(&given).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn csv(town: &Town, visit: &Visit, found: &Found, rows: Vec<ProposalRow>) -> Answer {
    let header = [
        "code",
        "title",
        "process",
        "state",
        "category",
        "district",
        "lat",
        "long",
        "address",
        "cost_cents",
        "estimate_cents",
        "supports",
        "supports_elsewhere",
        "comments",
        "submitted_at",
        "updated_at",
        "answer_due_at",
        "url",
        "text",
    ];
    let cents = |cents: Option<i64>| cents.map(|cents| cents.to_string()).unwrap_or_default();
    let code = |named: Option<crate::views::Named>| named.map(|named| named.code).unwrap_or_default();
    let cells = rows.into_iter().zip(&found.page.items).map(|(row, proposal)| {
        let (lat, long) = row.place.map(|p| (p.lat.to_string(), p.long.to_string())).unwrap_or_default();
        [
            row.code,
            row.title,
            row.process.code,
            row.state.as_str().to_owned(),
            code(row.category),
            code(row.district),
            lat,
            long,
            row.address,
            cents(row.cost_cents),
            cents(row.estimate_cents),
            row.supports.to_string(),
            row.supports_elsewhere.to_string(),
            row.comments.to_string(),
            row.submitted_at,
            row.updated_at,
            row.answer_due_at.unwrap_or_default(),
            row.url,
            proposal.text.clone(),
        ]
    });
    let mut answer = csv_answer(&header, cells)?;
    paging::link_next(town, visit, "/proposals", found.page.next.as_ref(), &mut answer);
    Ok(answer)
}

fn geojson(town: &Town, visit: &Visit, found: &Found, rows: Vec<ProposalRow>) -> Response {
    let feature = |row: ProposalRow| {
        let geometry = row.place.map(|place| json!({"type": "Point", "coordinates": [place.long, place.lat]}));
        json!({"type": "Feature", "id": row.code, "geometry": geometry, "properties": {
            "title": row.title, "href": format!("/proposals/{}", row.code), "code": row.code, "process": row.process.code,
            "state": row.state, "supports": row.supports, "submitted_at": row.submitted_at}})
    };
    let features: Vec<_> = rows.into_iter().map(feature).collect();
    let body = json!({"type": "FeatureCollection", "features": features}).to_string();
    let mut answer = text(Wants::GeoJson.media_type(), body);
    paging::link_next(town, visit, "/proposals", found.page.next.as_ref(), &mut answer);
    answer
}

fn rss(town: &Town, visit: &Visit, found: &Found, rows: Vec<ProposalRow>) -> Response {
    let item = |(proposal, row): (&Proposal, ProposalRow)| Item {
        title: row.title,
        link: row.url.clone(),
        description: proposal.text.clone(),
        at: proposal.submitted_at.unwrap_or(proposal.made_at),
        id: row.url,
    };
    let items: Vec<Item> = found.page.items.iter().zip(rows).map(item).collect();
    let title = visit.t.say("proposals-feed");
    rss_answer(title, &town.url("/proposals"), title, visit.t.language().tag(), &items)
}
