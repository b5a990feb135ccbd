//! The same as a table for programs: a line for all, for each group, and for what applying for each service costs.

use crate::figures::{ComparedView, FairView, FiguresView, GroupView, TaxView};
use web::{Answer, table::csv_answer};

const HEADER: [&str; 37] = [
    "by",
    "group",
    "applications",
    "median_days",
    "median_low_days",
    "median_high_days",
    "p90_days",
    "waits",
    "incomplete",
    "incomplete_low",
    "incomplete_high",
    "granted",
    "granted_low",
    "granted_high",
    "granted_n",
    "appeals_changed",
    "appeals_n",
    "wait_ratio",
    "wait_ratio_low",
    "wait_ratio_high",
    "wait_ratio_n",
    "incomplete_difference",
    "incomplete_difference_low",
    "incomplete_difference_high",
    "incomplete_difference_n",
    "granted_difference",
    "granted_difference_low",
    "granted_difference_high",
    "granted_difference_n",
    "appeals_changed_difference",
    "appeals_changed_difference_low",
    "appeals_changed_difference_high",
    "appeals_changed_difference_n",
    "minutes_median",
    "pages_median",
    "visits_median",
    "letters_median",
];

/// The answer.
pub fn answer(found: &FiguresView) -> Answer {
    let groups = [("district", &found.districts), ("channel", &found.channels), ("language", &found.languages)];
    let fair = |by: &str, group: &str| found.fair.iter().find(|one| one.by == by && one.group == group);
    let all = line("all", &found.all, None, found.time_tax.as_ref());
    let each = groups.into_iter().flat_map(|(by, groups)| {
        groups.iter().map(move |group| line(by, group, fair(by, &group.group), None)).collect::<Vec<_>>()
    });
    let taxes = found.time_tax_by_service.iter().map(|one| {
        let group = GroupView { group: one.service.clone(), applications: Some(one.n), ..GroupView::default() };
        line("service", &group, None, Some(&one.tax))
    });
    csv_answer(&HEADER, std::iter::once(all).chain(each).chain(taxes))
}

fn line(by: &str, group: &GroupView, fair: Option<&FairView>, tax: Option<&TaxView>) -> Vec<String> {
    let number = |value: Option<f64>| value.map(|value| format!("{value:.4}")).unwrap_or_default();
    let count = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let wait = group.wait;
    let (incomplete, granted, appeals) = (group.incomplete, group.granted, group.appeals_changed);
    let mut cells = vec![
        by.to_owned(),
        group.group.clone(),
        count(group.applications),
        number(wait.map(|wait| wait.median_days)),
        number(wait.and_then(|wait| wait.median_low_days)),
        number(wait.and_then(|wait| wait.median_high_days)),
        number(wait.map(|wait| wait.p90_days)),
        count(wait.map(|wait| wait.n)),
        number(incomplete.map(|share| share.value)),
        number(incomplete.map(|share| share.low)),
        number(incomplete.map(|share| share.high)),
        number(granted.map(|share| share.value)),
        number(granted.map(|share| share.low)),
        number(granted.map(|share| share.high)),
        count(granted.map(|share| share.n)),
        number(appeals.map(|share| share.value)),
        count(appeals.map(|share| share.n)),
    ];
    let compared = |of: fn(&FairView) -> Option<ComparedView>| {
        let one = fair.and_then(of);
        let [value, low, high] =
            [one.map(|one| one.value), one.map(|one| one.low), one.map(|one| one.high)].map(number);
        [value, low, high, count(one.map(|one| one.n))]
    };
    cells.extend(compared(|one| one.wait));
    cells.extend(compared(|one| one.incomplete));
    cells.extend(compared(|one| one.granted));
    cells.extend(compared(|one| one.appeals_changed));
    let median = |of: fn(&TaxView) -> i64| tax.map(|tax| of(tax).to_string()).unwrap_or_default();
    cells.extend([
        median(|tax| tax.minutes_median),
        median(|tax| tax.pages_median),
        median(|tax| tax.visits_median),
        median(|tax| tax.letters_median),
    ]);
    cells
}
