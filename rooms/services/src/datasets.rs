//! What the town publishes of its services: how soon and how fairly each is given, in figures of groups that are large enough.

use crate::figures::{self, FiguresView, GroupView, ShareView};
use database::{DbError, Tx};
use web::{Town, manifest::OwnDataset};

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[OwnDataset {
    name: "service-performance",
    title: "own-performance-title",
    notes: "own-performance-notes",
    tags: &["services", "waiting times", "fairness"],
    themes: &["GOVE", "SOCI"],
    columns: &[
        ("service", "own-performance-service"),
        ("by", "own-performance-by"),
        ("group", "own-performance-group"),
        ("applications", "own-performance-applications"),
        ("decided", "own-performance-decided"),
        ("median_days", "own-performance-median"),
        ("p90_days", "own-performance-p90"),
        ("incomplete_share", "own-performance-incomplete"),
        ("granted_share", "own-performance-granted"),
        ("appeals_changed_share", "own-performance-appeals"),
        ("minutes_median", "own-performance-minutes"),
        ("suppressed", "own-performance-suppressed"),
    ],
    rows,
}];

fn rows(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    for (service, figures) in figures::all_told(tx, town.now())? {
        let minutes = figures.time_tax.map(|tax| tax.minutes_median.to_string()).unwrap_or_default();
        let mut all = line(&service, "all", &figures.all);
        all.extend([minutes, is_left_out(&figures.all).to_string()]);
        take(all);
        for (by, groups) in breakdowns(&figures) {
            for group in groups {
                let mut row = line(&service, by, group);
                row.extend([String::new(), is_left_out(group).to_string()]);
                take(row);
            }
        }
    }
    Ok(())
}

fn breakdowns(figures: &FiguresView) -> [(&'static str, &[GroupView]); 3] {
    [("district", &figures.districts), ("channel", &figures.channels), ("language", &figures.languages)]
}

fn is_left_out(group: &GroupView) -> bool {
    group.applications.is_none()
}

fn line(service: &str, by: &str, group: &GroupView) -> Vec<String> {
    let share = |share: Option<ShareView>| share.map(|share| format!("{:.3}", share.value)).unwrap_or_default();
    let wait = group.wait;
    let days = |of: fn(&figures::WaitView) -> f64| wait.as_ref().map(|wait| of(wait).to_string()).unwrap_or_default();
    vec![
        service.to_owned(),
        by.to_owned(),
        group.group.clone(),
        group.applications.map(|count| count.to_string()).unwrap_or_default(),
        wait.map(|wait| wait.n.to_string()).unwrap_or_default(),
        days(|wait| wait.median_days),
        days(|wait| wait.p90_days),
        share(group.incomplete),
        share(group.granted),
        share(group.appeals_changed),
    ]
}
