//! A row of figures as people read it.

use super::{Adjusted, BrokenMore, FiguresRow};
use web::{Visit, dates};

/// A row of a table.
pub struct Line {
    pub href: String,
    pub name: String,
    pub reports: String,
    pub median: String,
    pub p90: String,
    pub answer: String,
    pub answer_p90: String,
    pub open: String,
    pub age: String,
    pub over_90: String,
    pub overdue: String,
    pub on_time: String,
    pub compared: String,
    pub word: &'static str,
    pub chip: &'static str,
    /// The same of broken promises.
    pub broken: String,
    pub broken_word: &'static str,
    pub broken_chip: &'static str,
    /// How old what is open is, in a sentence; empty where nothing is.
    pub ages: String,
    /// How many promises were kept only by moving them, in a sentence; empty where none were.
    pub moved: String,
}

pub(super) fn line(visit: &Visit, href: &str, row: &FiguresRow) -> Line {
    let t = &visit.t;
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let (word, chip) = verdict(row.adjusted);
    let (broken_word, broken_chip) = broken_verdict(row.broken_more);
    let share = (row.promised > 0).then(|| row.on_time as f64 * 100.0 / row.promised as f64);
    let until = |seconds: Option<u32>| reached(visit, seconds, row.reports);
    Line {
        href: format!("{href}{}", row.named.code),
        name: row.named.name.clone(),
        reports: number(row.reports),
        median: until(row.median_seconds),
        p90: until(row.p90_seconds),
        answer: until(row.answer_median_seconds),
        answer_p90: until(row.answer_p90_seconds),
        open: number(row.open),
        age: time(visit, row.age_median_seconds),
        over_90: number(row.open_over_90_days),
        overdue: number(row.overdue),
        on_time: share
            .map(|share| t.with1("figures-percent", "number", dates::decimal(share, 1, t.language())))
            .unwrap_or_else(none),
        compared: compared(visit, row),
        word,
        chip,
        broken: broken(visit, row.broken_more),
        broken_word,
        broken_chip,
        ages: ages(visit, row),
        moved: moved(visit, row),
    }
}

/// How old what is open is, in a sentence; empty where nothing is.
pub(super) fn ages(visit: &Visit, row: &FiguresRow) -> String {
    if row.open == 0 {
        return String::new();
    }
    let number = |count: u64| dates::number(as_i64(count), visit.t.language());
    let values = [
        ("open", number(row.open).into()),
        ("median", time(visit, row.age_median_seconds).into()),
        ("p90", time(visit, row.age_p90_seconds).into()),
        ("month", number(row.open_over_30_days).into()),
        ("quarter", number(row.open_over_90_days).into()),
    ];
    visit.t.with("figures-ages", &values)
}

/// How many promises were kept only by moving them, and how many broken ones were moved; empty where none were.
pub(super) fn moved(visit: &Visit, row: &FiguresRow) -> String {
    if row.on_time_moved == 0 && row.moved == 0 {
        return String::new();
    }
    let number = |count: u64| dates::number(as_i64(count), visit.t.language());
    let values = [
        ("kept", number(row.on_time).into()),
        ("moved", number(row.on_time_moved).into()),
        ("broken", number(row.moved).into()),
    ];
    visit.t.with("figures-kept-moved", &values)
}

/// The ratio of a district with its interval and n; empty where there is none.
pub(super) fn compared(visit: &Visit, row: &FiguresRow) -> String {
    let Some((adjusted, n)) = row.adjusted.zip(row.adjusted_n) else { return String::new() };
    let n = dates::number(as_i64(n), visit.t.language());
    visit.t.with2("figures-with-n", "value", interval(visit, adjusted), "count", n)
}

/// How much more often promises are broken, in points of a hundred, with interval and n; empty where there is nothing to say.
pub(super) fn broken(visit: &Visit, more: Option<BrokenMore>) -> String {
    let Some(BrokenMore { difference, low, high, n }) = more else { return String::new() };
    let points = |value: f64| {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{}", dates::decimal(value * 100.0, 1, visit.t.language()))
    };
    let values = [
        ("value", points(difference).into()),
        ("low", points(low).into()),
        ("high", points(high).into()),
        ("count", dates::number(as_i64(n), visit.t.language()).into()),
    ];
    visit.t.with("figures-points", &values)
}

/// What an estimate says, as a message and a chip.
pub(super) fn verdict(adjusted: Option<Adjusted>) -> (&'static str, &'static str) {
    match adjusted {
        None => ("figures-not-compared", ""),
        Some(Adjusted { low, .. }) if low > 1.0 => ("figures-slower", "r"),
        Some(Adjusted { high, .. }) if high < 1.0 => ("figures-faster", "g"),
        Some(_) => ("figures-alike", ""),
    }
}

/// The same of broken promises.
pub(super) fn broken_verdict(more: Option<BrokenMore>) -> (&'static str, &'static str) {
    match more {
        None => ("figures-not-compared", ""),
        Some(BrokenMore { low, .. }) if low > 0.0 => ("figures-broken-more", "r"),
        Some(BrokenMore { high, .. }) if high < 0.0 => ("figures-broken-less", "g"),
        Some(_) => ("figures-alike", ""),
    }
}

/// A ratio and its interval as people read them.
pub(super) fn interval(visit: &Visit, Adjusted { ratio, low, high }: Adjusted) -> String {
    let places = |value| dates::decimal(value, 2, visit.t.language());
    let values = [("ratio", places(ratio).into()), ("low", places(low).into()), ("high", places(high).into())];
    visit.t.with("figures-ratio", &values)
}

/// What stands where there is nothing to count.
pub(super) fn none() -> String {
    "–".to_owned()
}

/// A time within which some share of so many reports was done: that it is not yet, where there are reports and no time.
pub(super) fn reached(visit: &Visit, seconds: Option<u32>, reports: u64) -> String {
    if seconds.is_none() && reports > 0 { visit.t.say("figures-not-yet").to_owned() } else { time(visit, seconds) }
}

/// A time as people say it: minutes up to two hours, hours up to two days, then days.
pub(super) fn time(visit: &Visit, seconds: Option<u32>) -> String {
    let Some(seconds) = seconds.map(f64::from) else { return none() };
    let (key, value, places) = match seconds {
        short if short < 7_200.0 => ("figures-minutes", short / 60.0, 0),
        hours if hours < 172_800.0 => ("figures-hours", hours / 3_600.0, 1),
        days => ("figures-days", days / 86_400.0, 1),
    };
    visit.t.with1(key, "number", dates::decimal(value, places, visit.t.language()))
}

pub(super) fn as_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
