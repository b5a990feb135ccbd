//! How good a dataset is for those who use it, and what would make it better.

use crate::{
    links::Link,
    model::Dataset,
    vocabulary::{FREQUENCIES, licence},
};
use civic::Moment;

/// One thing that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The Fluent key of what is looked at; with `-advice` behind it, of what to do.
    pub key: &'static str,
    /// Points it gives.
    pub points: i64,
    /// Whether it is so.
    pub good: bool,
}

/// Everything that is looked at, with what is known of its links; the points come to 100. Links that were not asked yet count as good.
pub fn checks(dataset: &Dataset, links: &[Link], now: Moment) -> Vec<Check> {
    let meta = &dataset.meta;
    let tables = || dataset.resources.iter().filter_map(|one| Some((one, one.body.info.as_ref()?)));
    let has_tables = tables().next().is_some();
    let is_described = has_tables
        && tables().all(|(one, info)| {
            info.columns
                .iter()
                .all(|column| one.body.words.get(&column.name).is_some_and(|words| !words.notes.is_empty()))
        });
    let is_clean = tables().all(|(one, info)| {
        info.set_aside == 0
            && one.body.report.as_ref().is_none_or(|report| report.misfits == 0 && report.absent.is_empty())
    });
    let check = |key, points, good| Check { key, points, good };
    vec![
        check("quality-table", 15, has_tables),
        check("quality-licence", 15, licence(&meta.licence).is_some_and(|one| one.open)),
        check(
            "quality-notes",
            10,
            meta.notes.as_ref().is_some_and(|notes| notes.in_language(civic::Language::En).len() >= 80),
        ),
        check("quality-contact", 10, !meta.contact_email.is_empty()),
        check("quality-dictionary", 10, is_described),
        check("quality-coverage", 10, !meta.spatial.is_empty() && !meta.from.is_empty()),
        check("quality-tags", 5, meta.tags.len() >= 2),
        check("quality-themes", 5, !meta.themes.is_empty()),
        check("quality-frequency", 5, !meta.frequency.is_empty()),
        check("quality-fresh", 5, is_fresh(dataset, now)),
        check("quality-clean", 5, has_tables && is_clean),
        check("quality-links", 5, !links.iter().any(Link::is_failing)),
    ]
}

/// Points of 100.
pub fn score(checks: &[Check]) -> i64 {
    checks.iter().filter(|check| check.good).map(|check| check.points).sum()
}

/// Whether it was brought up to date as often as it says.
fn is_fresh(dataset: &Dataset, now: Moment) -> bool {
    let days = FREQUENCIES.iter().find(|(code, ..)| *code == dataset.meta.frequency).and_then(|(.., days)| *days);
    let newest = dataset.resources.iter().map(|one| one.updated_at).max().unwrap_or(dataset.updated_at);
    days.is_none_or(|days| newest.plus_days(days) > now)
}
