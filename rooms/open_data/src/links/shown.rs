//! Links on the page of their dataset, in its twin, and at the desk.

use super::{Link, model::named_by, store};
use crate::{books::Books, model::Dataset};
use civic::OrganisationId;
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Town, Visit,
    manifest::{AskedWork, Work},
};

/// Links that fail and are looked at for a desk.
const DESK_LIMIT: u32 = 5_000;

/// An address that a dataset names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkView {
    /// The address.
    pub url: String,
    /// When it was last asked (RFC 3339); nothing for not yet.
    pub asked_at: Option<String>,
    /// The HTTP status of the last answer; nothing where none came.
    pub status: Option<u16>,
    /// Since when it has not answered (RFC 3339); nothing where it does.
    pub failing_since: Option<String>,
    /// Why it does not answer: status, private, unknown, redirected, slow, address or broken; empty where it does.
    pub trouble: String,
}

/// What is known of the links of a dataset, in the order of their addresses.
///
/// # Errors
/// Those of the database.
pub fn of_dataset(tx: &mut Tx<'_>, dataset: &Dataset) -> Result<Vec<Link>, DbError> {
    let urls: Vec<String> = named_by(dataset).into_keys().map(str::to_owned).collect();
    store::some(tx, &urls)
}

/// The same for programs.
pub fn views(links: &[Link]) -> Vec<LinkView> {
    let view = |one: &Link| LinkView {
        url: one.url.clone(),
        asked_at: one.asked_at.map(civic::Moment::rfc3339),
        status: one.status,
        failing_since: one.failing_since.map(civic::Moment::rfc3339),
        trouble: one.trouble.clone(),
    };
    links.iter().map(view).collect()
}

/// What a page says of links.
#[derive(Debug, Default)]
pub struct Lines {
    /// How many do not answer; empty for none.
    pub failing: String,
    /// Those that do not answer: address, and what it is, since when and why.
    pub each: Vec<(String, String)>,
    /// How many there are, and when one was last asked; empty where there are none.
    pub asked: String,
}

/// The links of a dataset for a page.
pub fn lines(visit: &Visit, dataset: &Dataset, links: &[Link]) -> Lines {
    let (t, named) = (&visit.t, named_by(dataset));
    let failing: Vec<&Link> = links.iter().filter(|one| one.is_failing()).collect();
    let line = |one: &&Link| {
        let status = one.status.map(|status| status.to_string()).unwrap_or_default();
        let values = [
            ("what", t.say(named.get(one.url.as_str()).copied().unwrap_or("data-link-file")).into()),
            ("date", one.failing_since.map(|since| visit.date(since)).unwrap_or_default().into()),
            ("why", t.with1(&format!("data-link-{}", one.trouble), "status", status).into()),
        ];
        (one.url.clone(), t.with("data-links-since", &values))
    };
    let last = links.iter().filter_map(|one| one.asked_at).max();
    Lines {
        failing: match failing.len() {
            0 => String::new(),
            count => t.with1("data-links-failing", "count", i64::try_from(count).unwrap_or(i64::MAX)),
        },
        each: failing.iter().map(line).collect(),
        asked: match (named.len(), last) {
            (0, _) => String::new(),
            (_, None) => t.say("data-links-not-yet").to_owned(),
            (count, Some(at)) => {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                t.with("data-links-asked", &[("count", count.into()), ("date", visit.date_time(at).into())])
            }
        },
    }
}

/// Datasets with links that do not answer, as lines of the desk in the order of their places; they are never due.
///
/// # Errors
/// Those of the database.
pub fn desk(
    town: &Town,
    tx: &mut Tx<'_>,
    asked: &AskedWork<'_>,
    own: Option<&[OrganisationId]>,
) -> Result<Vec<Work>, DbError> {
    let failing = store::failing(tx, DESK_LIMIT)?;
    if failing.is_empty() {
        return Ok(Vec::new());
    }
    let failing: BTreeMap<&str, &Link> = failing.iter().map(|one| (one.url.as_str(), one)).collect();
    let (shelves, t) = (town.part::<Books>().now(), town.words().of(asked.language));
    let is_own = |dataset: &&Dataset| own.is_none_or(|own| own.contains(&dataset.organisation)) && !dataset.is_gone();
    let line = |dataset: &Dataset| {
        let links: Vec<&&Link> = named_by(dataset).into_keys().filter_map(|url| failing.get(url)).collect();
        let since = links.iter().filter_map(|one| one.failing_since).min()?;
        let count = i64::try_from(links.len()).unwrap_or(i64::MAX);
        let date = web::dates::date(since, &town.settings().zone, asked.language);
        Some(Work {
            code: dataset.name.clone(),
            title: dataset.meta.title.in_language(asked.language).to_owned(),
            state: t.with("data-links-desk", &[("count", count.into()), ("date", date.into())]),
            due_at: None,
            since,
            is_mine: false,
            href: format!("/data/{}/edit#links", dataset.name),
            place: format!("links/{}", dataset.name),
        })
    };
    let is_after =
        |work: &Work| asked.after.as_ref().is_none_or(|(due, place)| (work.due_micros(), &work.place) > (*due, place));
    let datasets = shelves.datasets.values().map(|filed| &filed.dataset).filter(is_own);
    Ok(datasets.filter_map(line).filter(is_after).take(asked.limit as usize).collect())
}
