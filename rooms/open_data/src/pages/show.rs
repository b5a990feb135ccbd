//! The page of a dataset.

mod facts;

use facts::facts;
pub(super) use facts::step_of;

use crate::{
    books::Books,
    links::{self, Link},
    model::{Dataset, Resource, State, Version},
    notes::{self, Note, NoteKind},
    quality, store,
    usage::{self, UsageView},
    views,
};
use axum::{extract::State as Extract, http::StatusCode, response::Response};
use commons::{comments::SeenComment, thread::Near};
use database::DbError;
use std::sync::Arc;
use tables::Shelf;
use web::{
    Answer, Frame, Town, Visit, Wants,
    answer::{json, json_with, page, page_with},
    dates::number,
    feed::{Item, rss_answer},
    parts::{Crumb, Step},
    visit::Path,
};

/// Reuses that a page shows.
const REUSES_SHOWN: u32 = 12;
/// Versions that a page shows.
const VERSIONS_SHOWN: u32 = 40;
/// Rows of a preview.
const PREVIEW_ROWS: usize = 5;
/// Columns of a preview.
const PREVIEW_COLUMNS: usize = 8;

struct Matter {
    versions: Vec<Version>,
    comments: Vec<SeenComment>,
    followers: i64,
    near: Vec<Near>,
    beside: Beside,
}

/// What others made of it, say of it, and how often it is used.
struct Beside {
    reuses: Vec<Note>,
    issues_open: i64,
    usage: Vec<UsageView>,
    links: Vec<Link>,
}

struct ResourcePart {
    title: String,
    slug: String,
    description: String,
    format: String,
    size: String,
    rows: String,
    aside: String,
    rechecked: String,
    table: bool,
    download: String,
    columns: Vec<views::ColumnView>,
    preview: Vec<Vec<String>>,
}

#[derive(askama::Template)]
#[template(path = "show.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    title: String,
    notes: String,
    state: String,
    chip: &'static str,
    withdrawn: String,
    why: String,
    replaced_by: (String, String),
    organisation: (String, String),
    origin: String,
    url: String,
    resources: Vec<ResourcePart>,
    facts: Vec<(String, String, String)>,
    tags: Vec<(String, String)>,
    citation: String,
    score: i64,
    advice: Vec<String>,
    links: links::Lines,
    history: Vec<Step>,
    standards: Vec<(&'static str, String)>,
    reuses: Vec<(String, String)>,
    issues: String,
    used: String,
    usage: Vec<[String; 3]>,
    is_public: bool,
    near: String,
    follow: String,
    comments: String,
    may_edit: bool,
}

/// GET /data/{name}
pub async fn show(Extract(town): Extract<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    let filed = super::seen(&town, &visit, &name)?;
    if filed.dataset.name != name {
        return web::answer::see_other(&format!("/data/{}", filed.dataset.name));
    }
    let own_filed = Arc::clone(&filed);
    let (own, id, subject, reader) = (town.clone(), filed.dataset.id.clone(), filed.dataset.subject(), visit.clone());
    let since = usage::day(&town, visit.at.plus_days(-usage::DAYS_SHOWN));
    let matter = town
        .db()
        .read(move |tx| {
            Ok::<_, DbError>(Matter {
                versions: store::versions(tx, &id, VERSIONS_SHOWN)?,
                comments: commons::comments::seen_by(tx, &subject, &reader.actor)?,
                followers: commons::followers::count(tx, &subject)?,
                near: commons::thread::near(&own, tx, &subject, reader.t.language())?,
                beside: Beside {
                    reuses: notes::with_dataset(tx, &subject.id, REUSES_SHOWN)?,
                    issues_open: notes::open_issues(tx, &subject.id)?,
                    usage: store::uses_since(tx, &id, &since)?,
                    links: links::of_dataset(tx, &own_filed.dataset)?,
                },
            })
        })
        .await?;
    let shelves = town.part::<Books>().now();
    let gone = matches!(filed.dataset.state, State::Withdrawn { .. });
    let (versions, links) = (&matter.versions, &matter.beside.links);
    let mut view = views::dataset(&town, &shelves, &filed, versions, links, visit.t.language(), visit.at);
    let may_edit = visit.actor.may_for(&crate::acts::PUBLISH, Some(filed.dataset.organisation));
    if gone && !may_edit {
        view.resources.clear();
    }
    let beside = &matter.beside;
    let language = visit.t.language();
    let reuse = |note: &Note| notes::view(&town, &shelves, note, &[], language, visit.at);
    (view.reuses, view.issues_open) = (beside.reuses.iter().map(reuse).collect(), beside.issues_open);
    view.usage.clone_from(&beside.usage);
    match visit.wants {
        Wants::Json if gone => json_with(StatusCode::GONE, &view),
        Wants::Json => json(&view),
        Wants::Rss => Ok(rss(&town, &visit, &view)),
        _ => {
            let previews = previews(&town, &filed.dataset, gone).await;
            let composed = compose(&town, &visit, &filed.dataset, view, matter, previews, may_edit);
            if gone { page_with(StatusCode::GONE, &composed) } else { page(&composed) }
        }
    }
}

/// The first rows of each table that is there; what must be made anew is not waited for.
async fn previews(town: &Town, dataset: &Dataset, gone: bool) -> Vec<Vec<Vec<String>>> {
    let (shelf, resources) = (town.part::<Shelf>().clone(), dataset.resources.clone());
    let look = move || {
        let preview = |one: &Resource| {
            let plan = tables::Plan { limit: PREVIEW_ROWS, ..tables::Plan::default() };
            let rows = shelf
                .open(&one.shelf())
                .and_then(|table| table.ask(&plan))
                .map(|answer| answer.rows)
                .unwrap_or_default();
            let cut = |text: String| text.chars().take(60).collect();
            rows.iter()
                .map(|(_, cells)| cells.iter().take(PREVIEW_COLUMNS).map(|cell| cut(cell.text())).collect())
                .collect()
        };
        resources.iter().map(|one| if gone || one.body.info.is_none() { Vec::new() } else { preview(one) }).collect()
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_default()
}

fn compose(
    town: &Town,
    visit: &Visit,
    one: &Dataset,
    view: views::DatasetView,
    matter: Matter,
    previews: Vec<Vec<Vec<String>>>,
    may_edit: bool,
) -> ShowPage {
    let t = &visit.t;
    let path = format!("/data/{}", one.name);
    let subject = one.subject();
    let checks = quality::checks(one, &matter.beside.links, visit.at);
    let mut previews = previews.into_iter();
    ShowPage {
        frame: Frame::new(town, visit, view.title.clone())
            .describe(view.notes.chars().take(200).collect::<String>())
            .twins(visit, super::PAGE_TWINS),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: view.title.clone() },
        ],
        name: one.name.clone(),
        state: t.say(one.state.key()).to_owned(),
        chip: match one.state {
            State::Draft => "k",
            State::Published { .. } => "g",
            State::Withdrawn { .. } => "r",
        },
        withdrawn: match one.state {
            State::Withdrawn { since } => t.with1("dataset-withdrawn-since", "date", visit.date(since)),
            _ => String::new(),
        },
        why: one.meta.withdrawn_why.clone(),
        replaced_by: replacement(town, visit, one),
        organisation: (view.organisation.code.clone(), view.organisation.name.clone()),
        origin: view.origin.clone(),
        url: one.meta.url.clone(),
        resources: view
            .resources
            .iter()
            .map(|resource| resource_part(visit, resource, previews.next().unwrap_or_default(), one))
            .collect(),
        facts: facts(visit, one),
        tags: view
            .tags
            .iter()
            .map(|tag| (serde_urlencoded::to_string([("tags", tag)]).unwrap_or_default(), tag.clone()))
            .collect(),
        citation: view.citation.clone(),
        score: view.quality,
        advice: checks
            .iter()
            .filter(|check| !check.good)
            .map(|check| t.say(&format!("{}-advice", check.key)).to_owned())
            .collect(),
        links: links::lines(visit, one, &matter.beside.links),
        history: matter.versions.iter().map(|one| step_of(visit, one)).collect(),
        standards: ["ttl", "jsonld", "rdf"]
            .map(|end| (end, format!("/data/catalog/{}/{end}", one.name)))
            .into_iter()
            .chain([("datapackage.json", format!("/data/catalog/{}/datapackage", one.name))])
            .collect(),
        reuses: matter
            .beside
            .reuses
            .iter()
            .map(|note| (NoteKind::Reuse.page(note.code.as_str()), note.headline().to_owned()))
            .collect(),
        issues: t.with1("data-issues-open", "count", matter.beside.issues_open),
        used: used(visit, &matter.beside.usage),
        usage: matter
            .beside
            .usage
            .iter()
            .map(|one| [one.day.clone(), number(one.downloads, t.language()), number(one.api, t.language())])
            .collect(),
        is_public: one.is_public(),
        near: commons::thread::panel(town, visit, &subject, &matter.near),
        follow: commons::talk::follow(visit, &subject, &path, matter.followers, true),
        comments: commons::talk::comments(visit, &subject, &path, matter.comments),
        title: view.title,
        notes: view.notes,
        may_edit,
    }
}

/// Where what takes the place of a dataset is, and what it is called; empty for nothing.
fn replacement(town: &Town, visit: &Visit, one: &Dataset) -> (String, String) {
    let to = one.meta.replaced_by.as_str();
    if to.is_empty() || to.contains("://") {
        return (to.to_owned(), to.to_owned());
    }
    let shelves = town.part::<Books>().now();
    let known = shelves.find(to).filter(|one| one.dataset.is_public());
    let title = known.map_or(to, |one| one.dataset.meta.title.in_language(visit.t.language()));
    (format!("/data/{to}"), title.to_owned())
}

/// How often it was used in the days that are shown.
fn used(visit: &Visit, usage: &[UsageView]) -> String {
    let count = |of: fn(&UsageView) -> i64| number(usage.iter().map(of).sum(), visit.t.language());
    let values = [
        ("days", usage::DAYS_SHOWN.into()),
        ("downloads", count(|one| one.downloads).into()),
        ("calls", count(|one| one.api).into()),
    ];
    visit.t.with("data-used", &values)
}

fn resource_part(visit: &Visit, view: &views::ResourceView, preview: Vec<Vec<String>>, one: &Dataset) -> ResourcePart {
    let count = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), visit.t.language());
    let body = one.resource(&view.id).map(|resource| resource.body.clone()).unwrap_or_default();
    ResourcePart {
        title: if view.title.is_empty() { view.name.clone() } else { view.title.clone() },
        slug: view.name.clone(),
        description: body.description,
        rechecked: body
            .rechecked_at
            .map(|at| visit.t.with1("data-report-rechecked", "date", visit.date_time(at)))
            .unwrap_or_default(),
        format: view.format.clone(),
        size: if view.size_bytes == 0 {
            String::new()
        } else {
            format!("{} kB", count(view.size_bytes.div_ceil(1_000)))
        },
        rows: view.rows.map(|rows| visit.t.with1("data-rows-of", "count", count(rows))).unwrap_or_default(),
        aside: view
            .set_aside
            .filter(|aside| *aside > 0)
            .map(|aside| visit.t.with1("data-set-aside", "count", count(aside)))
            .unwrap_or_default(),
        table: view.url.is_some(),
        download: view.download_url.clone(),
        columns: view.columns.clone(),
        preview,
    }
}

fn rss(town: &Town, visit: &Visit, view: &views::DatasetView) -> Response {
    let item = |one: &views::VersionView| Item {
        title: format!("{} v{}", view.title, one.version),
        link: view.url.clone(),
        description: one.changed.join(", "),
        at: civic::Moment::parse(&one.at).unwrap_or(visit.at),
        id: format!("{}#{}", view.url, one.version),
    };
    let items: Vec<Item> = view.history.iter().map(item).collect();
    let link = town.url(&format!("/data/{}", view.name));
    rss_answer(&view.title, &link, &view.notes, visit.t.language().tag(), &items)
}
