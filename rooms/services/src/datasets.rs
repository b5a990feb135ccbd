//! What the town publishes of its services: how soon and how fairly each is given, in figures of groups that are large enough.

use crate::{
    figures::{self, FiguresView, GroupView, ShareView},
    store,
};
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
    let cases = store::cases(tx, figures::counted_since(town.now()), None)?;
    for (service, figures) in figures::each(&cases, town.now()) {
        let minutes = figures.time_tax.map(|tax| tax.minutes_median.to_string()).unwrap_or_default();
        let mut all = line(&service, "all", &figures.all);
        all.extend([minutes, is_left_out(&figures.all).to_string()]);
        take(all);
        for (by, groups) in breakdowns(&figures) {
            for group in without_differences(groups) {
                let mut row = line(&service, by, &group);
                row.extend([String::new(), is_left_out(&group).to_string()]);
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

/// Where only one group is left out, what it is could be told by taking the others from the whole: then the smallest of these is left
/// out too.
fn without_differences(groups: &[GroupView]) -> Vec<GroupView> {
    let mut groups = groups.to_vec();
    if groups.iter().filter(|group| is_left_out(group)).count() == 1 {
        let smallest = groups.iter_mut().filter(|group| !is_left_out(group)).min_by_key(|group| group.applications);
        if let Some(smallest) = smallest {
            *smallest = GroupView { group: std::mem::take(&mut smallest.group), ..GroupView::default() };
        }
    }
    groups
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

#[cfg(test)]
mod tests {
    use super::{is_left_out, without_differences};
    use crate::figures::GroupView;

    fn group(name: &str, applications: Option<u64>) -> GroupView {
        GroupView { group: name.to_owned(), applications, ..GroupView::default() }
    }

    #[test]
    fn what_one_small_group_is_cannot_be_told_from_the_rest() {
        let left = without_differences(&[group("1", Some(40)), group("2", None), group("3", Some(12))]);
        assert_eq!(left.iter().map(is_left_out).collect::<Vec<_>>(), [false, true, true]);
        let two = without_differences(&[group("1", Some(40)), group("2", None), group("3", None)]);
        assert_eq!(two.iter().map(is_left_out).collect::<Vec<_>>(), [false, true, true]);
        let none = without_differences(&[group("1", Some(40)), group("2", Some(11))]);
        assert!(!none.iter().any(is_left_out));
    }
}
