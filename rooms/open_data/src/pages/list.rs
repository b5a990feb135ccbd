//! The catalogue: search, facets, paging.

use crate::{
    books::{Books, Filed, Shelves},
    datajson,
    model::Dataset,
    search::{self, Found, Term, Wanted},
    stories,
    vocabulary::{LICENCES, THEMES},
};
use axum::extract::State;
use std::sync::Arc;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates::number,
    feed::{Item, rss_answer},
    parts::Choice,
    table::csv_answer,
    visit::Query,
};

/// Datasets of a page.
const PAGE: usize = 20;
/// Values of a facet that a page shows.
const FACET_SHOWN: usize = 8;
/// Datasets of a feed.
const FEED: usize = 50;
/// Characters of a description in a list.
const NOTES_SHOWN: usize = 220;

struct Line {
    name: String,
    title: String,
    notes: String,
    organisation: String,
    updated: String,
    formats: Vec<String>,
    draft: bool,
}

struct FacetPart {
    title: String,
    values: Vec<(String, String, String, bool)>,
}

#[derive(askama::Template)]
#[template(path = "list.html")]
struct ListPage {
    frame: Frame,
    words: String,
    picked: Vec<(String, String)>,
    orders: Vec<Choice>,
    count: String,
    instead: String,
    lines: Vec<Line>,
    facets: Vec<FacetPart>,
    may_publish: bool,
    first: String,
    next: String,
    stories: Vec<(String, String)>,
}

/// GET /data
pub async fn list(State(town): State<Town>, visit: Visit, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let shelves = town.part::<Books>().now();
    let wanted = wanted(&pairs);
    let start = start(&pairs)?;
    // Who publishes sees their own drafts; programs see what everybody sees.
    let own = |dataset: &Dataset| {
        visit.wants == Wants::Html
            && dataset.state == crate::model::State::Draft
            && visit.actor.may_for(&crate::acts::PUBLISH, Some(dataset.organisation))
    };
    let found = search::search(&shelves, &wanted, own);
    match visit.wants {
        Wants::Json => json(&datajson::catalogue(&town, &shelves, &found.datasets)),
        Wants::Csv => csv(&town, &shelves, &found.datasets),
        Wants::Rss => Ok(rss(&town, &visit, found.datasets)),
        _ => {
            let written = stories::listed(&town, &visit).await?;
            page(&compose(&town, &visit, &shelves, (&pairs, &wanted, start), &found, written))
        }
    }
}

fn wanted(pairs: &[(String, String)]) -> Wanted {
    let mut wanted = Wanted::default();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.trim().is_empty()) {
        match name.as_str() {
            "q" => wanted.words.clone_from(value),
            "order" => wanted.order.clone_from(value),
            field if search::FIELDS.contains(&field) => {
                wanted.terms.push(Term { field: field.to_owned(), values: vec![value.clone()], not: false });
            }
            _ => {}
        }
    }
    wanted
}

fn start(pairs: &[(String, String)]) -> Result<usize, Stop> {
    let text = pairs.iter().find(|(name, _)| name == "start").map_or("", |(_, value)| value.as_str());
    if text.is_empty() { Ok(0) } else { text.parse().map_err(|_| Refusal::new("paging-cursor").at("start").into()) }
}

fn address(pairs: &[(String, String)], add: Option<(&str, &str)>, drop: &dyn Fn(&str, &str) -> bool) -> String {
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let kept: Vec<(&str, &str)> =
        kept.filter(|(name, value)| !value.is_empty() && !drop(name, value)).chain(add).collect();
    let query = serde_urlencoded::to_string(kept).unwrap_or_default();
    if query.is_empty() { "/data".to_owned() } else { format!("/data?{query}") }
}

fn compose(
    town: &Town,
    visit: &Visit,
    shelves: &Shelves,
    (pairs, wanted, start): (&[(String, String)], &Wanted, usize),
    found: &Found,
    written: Vec<(String, String)>,
) -> ListPage {
    let t = &visit.t;
    let all = found.datasets.len();
    let at = |start: usize| address(pairs, Some(("start", &start.to_string())), &|name, _| name == "start");
    let order = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: t.say(key).to_owned(),
        detail: String::new(),
        chosen: wanted.order == value,
    };
    ListPage {
        frame: Frame::new(town, visit, t.say("open-data-title"))
            .describe(t.say("data-lead"))
            .twins(visit, super::LIST_TWINS),
        words: wanted.words.clone(),
        picked: wanted
            .terms
            .iter()
            .filter_map(|term| Some((term, term.values.first()?)))
            .map(|(term, value)| {
                let drop = |name: &str, is: &str| (name == term.field && is == value) || name == "start";
                (value_name(visit, shelves, &term.field, value), address(pairs, None, &drop))
            })
            .collect(),
        orders: vec![
            order("", "data-order-best"),
            order("updated", "data-order-updated"),
            order("title", "data-order-title"),
        ],
        count: t.with1("data-found", "count", all),
        instead: found.instead.clone().unwrap_or_default(),
        stories: stories::told(shelves)
            .into_iter()
            .map(|(name, key)| (format!("/data/stories/{name}"), t.say(&key).to_owned()))
            .chain(written)
            .collect(),
        lines: found.datasets.iter().skip(start).take(PAGE).map(|one| line(visit, shelves, one)).collect(),
        facets: facets(visit, shelves, pairs, wanted, found),
        may_publish: visit.actor.may(&crate::acts::PUBLISH),
        first: if start > 0 { address(pairs, None, &|name, _| name == "start") } else { String::new() },
        next: if start + PAGE < all { at(start + PAGE) } else { String::new() },
    }
}

fn line(visit: &Visit, shelves: &Shelves, filed: &Arc<Filed>) -> Line {
    let (one, language) = (&filed.dataset, visit.t.language());
    let notes = one.meta.notes.as_ref().map_or("", |notes| notes.in_language(language));
    let cut: String = notes.chars().take(NOTES_SHOWN).collect();
    Line {
        name: one.name.clone(),
        title: one.meta.title.in_language(language).to_owned(),
        notes: if cut.len() < notes.len() { format!("{cut}…") } else { cut },
        organisation: shelves.agency_name(one.organisation, language).to_owned(),
        updated: visit.date(one.updated_at),
        formats: search::values(shelves, one, "res_format"),
        draft: !one.is_public(),
    }
}

fn facets(
    visit: &Visit,
    shelves: &Shelves,
    pairs: &[(String, String)],
    wanted: &Wanted,
    found: &Found,
) -> Vec<FacetPart> {
    let titles = [
        ("organization", "data-organisation"),
        ("groups", "data-theme"),
        ("res_format", "data-format"),
        ("tags", "data-tags"),
        ("license_id", "open-data-licence"),
    ];
    let part = |(field, key): (&str, &str)| {
        let value = |(value, count): (String, usize)| {
            let chosen = wanted.terms.iter().any(|term| term.field == field && term.values.contains(&value));
            let drop = |name: &str, is: &str| name == "start" || (chosen && name == field && is == value);
            let add = (!chosen).then_some((field, value.as_str()));
            let href = address(pairs, add, &drop);
            let count = number(i64::try_from(count).unwrap_or(0), visit.t.language());
            (value_name(visit, shelves, field, &value), count, href, chosen)
        };
        let values: Vec<_> = search::facet(shelves, found, field).into_iter().take(FACET_SHOWN).map(value).collect();
        FacetPart { title: visit.t.say(key).to_owned(), values }
    };
    titles.into_iter().map(part).filter(|part| !part.values.is_empty()).collect()
}

/// What a value of a field is called.
fn value_name(visit: &Visit, shelves: &Shelves, field: &str, value: &str) -> String {
    let named = match field {
        "organization" => shelves
            .organisations
            .values()
            .find(|one| one.code == value)
            .map(|one| one.name.in_language(visit.t.language()).to_owned()),
        "groups" => {
            THEMES.iter().find(|(code, _)| code.eq_ignore_ascii_case(value)).map(|(_, key)| visit.t.say(key).to_owned())
        }
        "license_id" => LICENCES.iter().find(|one| one.code == value).map(|one| one.label(&visit.t)),
        _ => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}

fn csv(town: &Town, shelves: &Shelves, datasets: &[Arc<Filed>]) -> Answer {
    let row = |filed: &Arc<Filed>| {
        let one = &filed.dataset;
        [
            one.name.clone(),
            one.meta.title.in_language(civic::Language::En).to_owned(),
            shelves.agency_code(one.organisation).to_owned(),
            one.meta.licence.clone(),
            one.meta.tags.join(" "),
            search::values(shelves, one, "res_format").join(" "),
            one.updated_at.rfc3339(),
            town.url(&format!("/data/{}", one.name)),
        ]
    };
    let header = ["name", "title", "organisation", "licence", "tags", "formats", "updated_at", "url"];
    csv_answer(&header, datasets.iter().map(row))
}

fn rss(town: &Town, visit: &Visit, mut datasets: Vec<Arc<Filed>>) -> axum::response::Response {
    let t = &visit.t;
    datasets.sort_by_key(|one| std::cmp::Reverse(one.dataset.updated_at));
    let item = |filed: &Arc<Filed>| {
        let one = &filed.dataset;
        let link = town.url(&format!("/data/{}", one.name));
        Item {
            title: one.meta.title.in_language(t.language()).to_owned(),
            description: one
                .meta
                .notes
                .as_ref()
                .map(|notes| notes.in_language(t.language()).to_owned())
                .unwrap_or_default(),
            at: one.updated_at,
            id: format!("{link}#{}", one.version),
            link,
        }
    };
    let items: Vec<Item> = datasets.iter().take(FEED).map(item).collect();
    let title = format!("{} – {}", t.say("open-data-title"), town.settings().name.in_language(t.language()));
    rss_answer(&title, &town.url("/data"), t.say("data-lead"), t.language().tag(), &items)
}
