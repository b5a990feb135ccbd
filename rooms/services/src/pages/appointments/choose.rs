//! Free times, two weeks at a time.

use crate::appointments::{self, Free, Plan};
use civic::Moment;
use database::{DbError, Tx};
use jiff::{Span, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Sayings, Stop, Town, Visit};

/// Days that are shown at once.
const DAYS_SHOWN: i32 = 14;

/// What is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) key: String,
    pub(super) plan: String,
    pub(super) from: String,
}

/// The free times of a service.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FreeView {
    /// Where people are seen.
    pub places: Vec<PlaceView>,
    /// The place whose times these are; empty where there is none.
    pub plan: String,
    /// Its free times, in order.
    pub free: Vec<TimeView>,
    /// From which day on there is more; empty where not.
    pub next_from: String,
}

/// A place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceView {
    /// Its id.
    pub plan: String,
    /// It in the reader's language.
    pub place: String,
}

/// A free time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimeView {
    /// What is sent as `slot` to book it.
    pub slot: String,
    /// When it begins.
    pub begins_at: String,
    /// When it ends.
    pub ends_at: String,
    /// How many can still come.
    pub places: i64,
}

/// A day with its free times.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) free: Vec<Free>,
}

/// What one can choose from.
pub(super) struct Choice {
    pub(super) plans: Vec<Plan>,
    pub(super) plan: Option<Plan>,
    /// Days on which there are times that could be booked, if they are not taken.
    pub(super) days: Vec<Day>,
    pub(super) earlier: Option<Date>,
    pub(super) later: Option<Date>,
}

/// Reads what is free at a service.
pub(super) fn read(tx: &mut Tx<'_>, town: &Town, service: &str, asked: &Asked, now: Moment) -> Result<Choice, Stop> {
    let mut plans = appointments::plans_of(tx, service)?;
    plans.retain(|plan| plan.is_open);
    let found = plans.iter().find(|plan| plan.id == asked.plan).or_else(|| plans.first()).cloned();
    let Some(plan) = found else {
        return Ok(Choice { plans, plan: None, days: Vec::new(), earlier: None, later: None });
    };
    let hours = appointments::hours_of(town, tx, service, &plan)?;
    let (today, last) = (hours.day_of(now), appointments::last_day(&plan, &hours, now));
    let first = asked.from.parse::<Date>().unwrap_or(today).clamp(today, last);
    let end = after(first, DAYS_SHOWN);
    let mut days = Vec::new();
    for date in (0..DAYS_SHOWN).map(|more| after(first, more)).take_while(|date| *date <= last) {
        let slots = hours.slots(date);
        let (Some(begin), Some(close)) = (slots.iter().find(|slot| slot.begins_at > now), slots.last()) else {
            continue;
        };
        let taken = appointments::taken_between(tx, &plan.id, begin.begins_at, close.ends_at, "")?;
        days.push(Day { date, free: appointments::free_of(&plan, &hours, date, &taken, now) });
    }
    Ok(Choice {
        plans,
        earlier: (first > today).then(|| after(first, -DAYS_SHOWN).max(today)),
        later: (end <= last).then_some(end),
        plan: Some(plan),
        days,
    })
}

fn after(date: Date, days: i32) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// It for programs.
pub(super) fn view(choice: &Choice, visit: &Visit) -> FreeView {
    let plan = choice.plan.as_ref().map(|plan| plan.id.clone()).unwrap_or_default();
    let time = |free: &Free| TimeView {
        slot: slot_word(&plan, free.slot.begins_at),
        begins_at: free.slot.begins_at.rfc3339(),
        ends_at: free.slot.ends_at.rfc3339(),
        places: free.places,
    };
    FreeView {
        places: choice
            .plans
            .iter()
            .map(|one| PlaceView { plan: one.id.clone(), place: one.place.in_language(visit.t.language()).to_owned() })
            .collect(),
        free: choice.days.iter().flat_map(|day| &day.free).map(time).collect(),
        next_from: choice.later.map(|date| date.to_string()).unwrap_or_default(),
        plan,
    }
}

/// A time as a form sends it.
fn slot_word(plan: &str, begins_at: Moment) -> String {
    format!("{plan} {}", begins_at.rfc3339())
}

/// A time as a form sent it: the plan, and when it begins.
pub(super) fn slot_of(word: &str) -> Option<(String, Moment)> {
    let (plan, at) = word.split_once(' ')?;
    Some((plan.to_owned(), Moment::parse(at).ok()?))
}

/// A time to press.
pub(super) struct Button {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) left: String,
}

/// A day as the template shows it.
pub(super) struct DayShown {
    pub(super) heading: String,
    pub(super) buttons: Vec<Button>,
    /// What is sent to wait for this day.
    pub(super) wait: String,
}

/// A place to choose.
pub(super) struct Tab {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) current: bool,
}

/// What the template `appointment_times.html` shows.
pub(super) struct Times {
    pub(super) tabs: Vec<Tab>,
    pub(super) place: String,
    pub(super) plan: String,
    pub(super) takes: String,
    pub(super) days: Vec<DayShown>,
    pub(super) earlier: String,
    pub(super) later: String,
    /// Whether the times are buttons; else they are only said.
    pub(super) may_book: bool,
    /// Whether one can wait.
    pub(super) may_wait: bool,
}

/// The choice in the reader's words; `base` is the address of the page with what must stay in it, ending in `?` or `&`.
pub(super) fn shown(choice: &Choice, visit: &Visit, base: &str, may_book: bool, may_wait: bool) -> Times {
    let t = &visit.t;
    let id = choice.plan.as_ref().map(|plan| plan.id.as_str()).unwrap_or_default();
    let at = |date: Date| format!("{base}plan={id}&from={date}");
    let language = t.language();
    Times {
        tabs: choice
            .plans
            .iter()
            .map(|plan| Tab {
                href: format!("{base}plan={}", plan.id),
                label: plan.place.in_language(language).to_owned(),
                current: plan.id == id,
            })
            .collect(),
        place: choice.plan.as_ref().map(|plan| plan.place.in_language(language).to_owned()).unwrap_or_default(),
        plan: id.to_owned(),
        takes: choice.plan.as_ref().map(|plan| t.with1("sv-meet-takes", "minutes", plan.minutes)).unwrap_or_default(),
        days: choice.days.iter().map(|day| day_shown(visit, id, day)).collect(),
        earlier: choice.earlier.map(at).unwrap_or_default(),
        later: choice.later.map(at).unwrap_or_default(),
        may_book,
        may_wait,
    }
}

fn day_shown(visit: &Visit, plan: &str, day: &Day) -> DayShown {
    let t = &visit.t;
    let begins = day.date.to_zoned(visit.zone.clone()).map(|midnight| Moment::from(midnight.timestamp()));
    let clock: Vec<String> = day.free.iter().map(|free| time(free.slot.begins_at, &visit.zone)).collect();
    let button = |(at, free): (usize, &Free)| Button {
        value: slot_word(plan, free.slot.begins_at),
        // In the night in which the clocks go back a time comes twice: then its offset tells which.
        label: if clock.iter().filter(|one| **one == clock[at]).count() > 1 {
            let zoned = free.slot.begins_at.in_zone(&visit.zone);
            format!("{} ({})", clock[at], zoned.offset())
        } else {
            clock[at].clone()
        },
        left: if free.places > 1 { t.with1("sv-meet-places", "count", free.places) } else { String::new() },
    };
    DayShown {
        heading: on_weekday(t, day.date, begins.map(|at| visit.date(at)).unwrap_or_default()),
        buttons: day.free.iter().enumerate().map(button).collect(),
        wait: format!("{plan} {}", day.date),
    }
}

/// A day with its weekday, as the language puts them together.
pub(super) fn on_weekday(t: &Sayings, day: Date, words: String) -> String {
    let weekday = t.say(&format!("sv-weekday-{}", day.weekday().to_monday_one_offset()));
    t.with2("sv-weekday-date", "weekday", weekday, "date", words)
}

/// The time of a moment, as 09:20.
pub(super) fn time(at: Moment, zone: &TimeZone) -> String {
    let zoned = at.in_zone(zone);
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// The day and hours of an appointment, in the reader's words.
pub(super) fn when(visit: &Visit, begins_at: Moment, ends_at: Moment) -> String {
    let hours = format!("{}–{}", visit.date_time(begins_at), time(ends_at, &visit.zone));
    on_weekday(&visit.t, begins_at.in_zone(&visit.zone).date(), hours)
}

/// Reads within a transaction of its own.
pub(super) async fn load(town: &Town, service: String, asked: Asked, now: Moment) -> Result<Choice, Stop> {
    let own = town.clone();
    town.db().read(move |tx| read(tx, &own, &service, &asked, now)).await
}

/// Whether there is anything to book at a service.
pub(in crate::pages) async fn exists(town: &Town, service: String) -> Result<bool, Stop> {
    town.db().read(move |tx| appointments::has_plans(tx, &service)).await.map_err(|error: DbError| error.into())
}
