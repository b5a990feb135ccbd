//! How fairly and how soon services are given: the same figures for the public and for the office.

mod fair;
mod gaps;
mod held;
mod outlook;
mod spread;
mod tally;

pub use fair::{ComparedView, FairView};
pub use gaps::{GapView, Measure, SERVICE_FIGURES};
pub use outlook::{HISTORY_DAYS, Moves, OutlookView, OutlookWeek};
pub use spread::Spread;
pub use tally::{By, Counted, Key};

use crate::{
    fees::{self, Sums},
    store, take_up,
};
use civic::Moment;
use database::{DbError, OffRecord, Tx};
use held::Prints;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use tally::Cell;
use web::{Stop, Town, manifest::JobKind};

/// Days that are counted: two years. However many applications that are, all of them are counted.
const COUNTED_DAYS: i64 = 731;
/// Applications below which nothing is said of a group, so that nobody can be recognised in it.
pub const SMALL: u64 = 10;
/// Seconds from one counting to the next.
const EVERY_SECONDS: i64 = 600;

/// A share with its 95% interval, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareView {
    /// The share.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Of how many.
    pub n: u64,
}

/// Times in days of 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaitView {
    /// Half were decided within so many days.
    pub median_days: f64,
    /// Nine of ten were.
    pub p90_days: f64,
    /// The ends between which the true median lies with 95% certainty; none for fewer than 20.
    pub median_low_days: Option<f64>,
    /// See `median_low_days`.
    pub median_high_days: Option<f64>,
    /// Of how many.
    pub n: u64,
}

/// What is known of one group of applications. Where `applications` is none, there are fewer than ten and nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupView {
    /// The group: a district's code, a channel, a language; empty for all.
    pub group: String,
    /// Applications.
    pub applications: Option<u64>,
    /// From filing to the first decision.
    pub wait: Option<WaitView>,
    /// Those of which something was missing.
    pub incomplete: Option<ShareView>,
    /// Those that were granted at first, of those decided.
    pub granted: Option<ShareView>,
    /// Appeals whose end changed the decision, of those decided.
    pub appeals_changed: Option<ShareView>,
}

/// What applying costs people in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaxView {
    /// Half took at most so many minutes to write.
    pub minutes_median: i64,
    /// Half filled in at most so many pages.
    pub pages_median: i64,
    /// Half had to come at most so many times: to the counter, or to an appointment.
    #[serde(default)]
    pub visits_median: i64,
    /// Half got at most so many letters.
    pub letters_median: i64,
}

/// What applying for one service costs people in time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceTaxView {
    /// The code of the service.
    pub service: String,
    /// Of how many applications.
    pub n: u64,
    /// The medians.
    #[serde(flatten)]
    pub tax: TaxView,
}

/// What was paid, in sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeesView {
    /// Fees that were worked out.
    pub count: i64,
    /// Paid and kept, in cents.
    pub paid_cents: i64,
    /// Given back, in cents.
    pub refunded_cents: i64,
    /// Done without, in cents.
    pub waived_cents: i64,
    /// Not yet paid, in cents.
    pub due_cents: i64,
}

/// The figures of one service, or of all.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresView {
    /// When they were counted.
    pub as_of: String,
    /// All of them.
    pub all: GroupView,
    /// By district.
    pub districts: Vec<GroupView>,
    /// By channel.
    pub channels: Vec<GroupView>,
    /// By language.
    pub languages: Vec<GroupView>,
    /// What applying costs; none for fewer than ten.
    pub time_tax: Option<TaxView>,
    /// How many of them were made up for a demo.
    pub simulated: u64,
    /// Fees in sums; none for fewer than ten.
    #[serde(default)]
    pub fees: Option<FeesView>,
    /// Groups against all others, for the same mix of services.
    #[serde(default)]
    pub fair: Vec<FairView>,
    /// What applying costs, service by service; only in the figures of all services.
    #[serde(default)]
    pub time_tax_by_service: Vec<ServiceTaxView>,
    /// Gaps that are open; only in the figures of all services.
    #[serde(default)]
    pub gaps: Vec<GapView>,
    /// What is likely to wait for a decision; none where fewer than ten do, or the history is too short.
    #[serde(default)]
    pub outlook: Option<OutlookView>,
}

/// The figures of what was counted of these applications.
fn count(cells: &[(&Key, &Cell)], now: Moment) -> FiguresView {
    let all = merged(cells.iter().map(|(_, cell)| *cell));
    FiguresView {
        as_of: now.rfc3339(),
        all: group(String::new(), &all, Told::ALL),
        districts: groups(cells, By::District),
        channels: groups(cells, By::Channel),
        languages: groups(cells, By::Language),
        time_tax: time_tax(&all),
        simulated: all.simulated,
        fees: None,
        fair: By::ALL
            .iter()
            .flat_map(|by| fair::compare(*by, cells.iter().map(|(key, cell)| (*key, &cell.tally))))
            .collect(),
        time_tax_by_service: Vec::new(),
        gaps: Vec::new(),
        outlook: None,
    }
}

fn merged<'c>(cells: impl Iterator<Item = &'c Cell>) -> Cell {
    let mut all = Cell::default();
    cells.for_each(|cell| all.merge(cell));
    all
}

fn time_tax(all: &Cell) -> Option<TaxView> {
    let median = |spread: &Spread| spread.tenths(5).unwrap_or_default();
    (all.tally.n >= SMALL).then(|| TaxView {
        minutes_median: median(&all.minutes),
        pages_median: median(&all.pages),
        visits_median: median(&all.visits),
        letters_median: median(&all.letters),
    })
}

/// Sums of fees of the services that are asked for; none where there are too few to be told.
fn fees_of(sums: &[Sums], is_asked: impl Fn(&Sums) -> bool) -> Option<FeesView> {
    let mut view = FeesView::default();
    for one in sums.iter().filter(|one| is_asked(one)) {
        view.count += one.count;
        match one.state.as_str() {
            "paid" | "refunding" => view.paid_cents += one.amount_cents,
            "refunded" => view.refunded_cents += one.amount_cents,
            "waived" => view.waived_cents += one.amount_cents,
            "due" => view.due_cents += one.amount_cents,
            _ => {}
        }
    }
    (view.count >= SMALL.cast_signed()).then_some(view)
}

fn groups(cells: &[(&Key, &Cell)], by: By) -> Vec<GroupView> {
    let mut all: BTreeMap<&str, Cell> = BTreeMap::new();
    cells.iter().for_each(|(key, cell)| all.entry(key.group(by)).or_default().merge(cell));
    // Who said nothing is no group of the list, but hides others as well as one that is not told.
    let nameless = all.remove("").unwrap_or_default().tally;
    let tallies: Vec<_> = all.values().map(|cell| cell.tally).collect();
    let ns: Vec<u64> = tallies.iter().map(|tally| tally.n).collect();
    let told = told(&ns, nameless.n, &vec![true; ns.len()]);
    let of = |of: fn(&tally::Tally) -> u64| {
        let ns: Vec<u64> = tallies.iter().map(of).collect();
        self::told(&ns, of(&nameless), &told)
    };
    let (decided, appeals) = (of(|tally| tally.decided), of(|tally| tally.appeals));
    let one = |(at, (name, cell)): (usize, (&str, Cell))| {
        group(name.to_owned(), &cell, Told { all: told[at], decided: decided[at], appeals: appeals[at] })
    };
    all.into_iter().enumerate().map(one).collect()
}

/// Which of these groups may be told: none of fewer than [`SMALL`], and none so that those that are not told together are fewer, for
/// then what is said of all, less what is said of the others, would tell them. `untold` are in no group, `may` is false for who may not
/// be told anyway.
pub(crate) fn told(ns: &[u64], untold: u64, may: &[bool]) -> Vec<bool> {
    let mut told: Vec<bool> = ns.iter().zip(may).map(|(n, may)| *n >= SMALL && *may).collect();
    let hidden = |told: &[bool]| untold + ns.iter().zip(told).filter(|(_, told)| !**told).map(|(n, _)| n).sum::<u64>();
    while (1..SMALL).contains(&hidden(&told)) {
        let least = (0..ns.len()).filter(|at| told[*at]).min_by_key(|at| ns[*at]);
        let Some(least) = least else { break };
        told[least] = false;
    }
    told
}

/// What may be said of a group.
#[derive(Clone, Copy)]
struct Told {
    all: bool,
    decided: bool,
    appeals: bool,
}

impl Told {
    /// Everything, as far as there are enough.
    const ALL: Self = Self { all: true, decided: true, appeals: true };
}

fn group(name: String, cell: &Cell, told: Told) -> GroupView {
    let tally = &cell.tally;
    if tally.n < SMALL || !told.all {
        return GroupView { group: name, ..GroupView::default() };
    }
    GroupView {
        group: name,
        applications: Some(tally.n),
        wait: wait(&cell.wait).filter(|_| told.decided),
        incomplete: share(tally.incomplete, tally.n),
        granted: share(tally.granted, tally.decided).filter(|_| told.decided),
        appeals_changed: share(tally.changed, tally.appeals).filter(|_| told.appeals),
    }
}

fn share(part: u64, n: u64) -> Option<ShareView> {
    let share = fairness::share(part, n).filter(|_| n >= SMALL)?;
    Some(ShareView { value: share.value, low: share.low, high: share.high, n })
}

fn wait(tenths: &Spread) -> Option<WaitView> {
    let n = tenths.n();
    let days = |tenths: i64| tenths as f64 / 10.0;
    let between = fairness::median_places(n);
    let (median, p90) = tenths.tenths(5).zip(tenths.tenths(9)).filter(|_| n >= SMALL)?;
    Some(WaitView {
        median_days: days(median),
        p90_days: days(p90),
        median_low_days: between.and_then(|(low, _)| tenths.at(low)).map(days),
        median_high_days: between.and_then(|(_, high)| tenths.at(high)).map(days),
        n,
    })
}

/// The figures of all services, and of each: by the code, the empty one for all. Services of which nothing may be told, and that are
/// fewer than ten applications together, are left out of the figures of all, which would tell them otherwise.
fn all_figures(counted: &Counted, sums: &[Sums]) -> BTreeMap<String, FiguresView> {
    let mut by_service: BTreeMap<&str, Vec<(&Key, &Cell)>> = BTreeMap::new();
    counted.cells.iter().for_each(|one| by_service.entry(&one.0.service).or_default().push(one));
    let n = |cells: &[(&Key, &Cell)]| cells.iter().map(|(_, cell)| cell.tally.n).sum::<u64>();
    let few: u64 = by_service.values().map(|cells| n(cells)).filter(|n| *n < SMALL).sum();
    let is_counted = |cells: &[(&Key, &Cell)]| n(cells) >= SMALL || few >= SMALL;
    let together: Vec<_> = by_service.values().filter(|cells| is_counted(cells)).flatten().copied().collect();
    let mut all = count(&together, counted.now);
    all.time_tax_by_service = by_service
        .iter()
        .filter_map(|(service, cells)| {
            let cell = merged(cells.iter().map(|(_, cell)| *cell));
            let tax = time_tax(&cell)?;
            Some(ServiceTaxView { service: (*service).to_owned(), n: cell.tally.n, tax })
        })
        .collect();
    let each = by_service.iter().map(|(code, cells)| ((*code).to_owned(), count(cells, counted.now)));
    let mut figures: BTreeMap<String, FiguresView> = each.collect();
    figures.insert(String::new(), all);
    for (name, view) in &mut figures {
        view.fees = fees_of(sums, |one| name.is_empty() || one.service == *name);
    }
    figures
}

/// All applications of the time that is counted, and the fees.
fn counted(tx: &mut Tx<'_>, now: Moment) -> Result<(Counted, Vec<Sums>), DbError> {
    let mut counted = Counted::new(now);
    store::count_cases(tx, now.plus_days(-COUNTED_DAYS), &mut counted)?;
    Ok((counted, fees::sums(tx)?))
}

/// The figures as they are at this moment: of all services under no name, then of each.
///
/// # Errors
/// Those of the database.
fn at(tx: &mut Tx<'_>, now: Moment) -> Result<BTreeMap<String, FiguresView>, DbError> {
    let (counted, sums) = counted(tx, now)?;
    Ok(all_figures(&counted, &sums))
}

/// Counts anew, for all services and for each, and watches for gaps. What was counted is told at once only where no single case can be
/// read out of the change; else it is held back until the day is over.
///
/// # Errors
/// Those of the database.
pub async fn measure(town: &Town) -> Result<(), Stop> {
    let now = town.now();
    let read = town.db().read_long(move |tx| counted(tx, now));
    let (counted, sums): (Counted, Vec<Sums>) = read.await.map_err(|error: DbError| Stop::from(error))?;
    gaps::watch(town, &counted).await?;
    let prints = Prints::of(&counted, &sums);
    let told = town.db().read(told_last).await.map_err(|error: DbError| Stop::from(error))?;
    if !held::may_tell(told.as_ref(), &prints, now, &town.settings().zone) {
        return Ok(());
    }
    take_up::measure(town).await?;
    let mut outlooks = outlooks(town).await?;
    town.db()
        .write(move |tx| {
            store::keep_figures(tx, held::TOLD, &store::json(&held::Told { at: now, prints })?, now)?;
            let mut figures = all_figures(&counted, &sums);
            if let Some(all) = figures.get_mut("") {
                all.gaps = store::open_gaps(tx)?.iter().map(GapView::of).collect();
            }
            for (name, figures) in &mut figures {
                figures.outlook = outlooks.remove(name);
                let body = serde_json::to_string(&*figures).map_err(|error| DbError::Other(error.to_string()))?;
                store::keep_figures(tx, name, &body, now)?;
            }
            tx.commit(OffRecord("figures are worked out from what is recorded"), ()).map_err(Stop::from)
        })
        .await
}

/// What is likely to wait, by the code of the service, the empty one for all.
async fn outlooks(town: &Town) -> Result<BTreeMap<String, OutlookView>, Stop> {
    let now = town.now();
    let ahead = i64::from(now.in_zone(&town.settings().zone).offset().seconds());
    let today = crate::queue::day_of(now, ahead);
    let moves = town.db().read_long(move |tx| store::moves(tx, today - HISTORY_DAYS, ahead)).await;
    Ok(outlook::outlooks(&moves.map_err(|error: DbError| Stop::from(error))?, today, ahead))
}

fn told_last(tx: &mut Tx<'_>) -> Result<Option<held::Told>, DbError> {
    let kept = store::kept_figures(tx, held::TOLD)?;
    Ok(kept.and_then(|body| serde_json::from_str(&body).ok()))
}

/// The figures that are told, by the code of their service, the empty one for all; as they are at this moment before anything was told.
///
/// # Errors
/// Those of the database.
pub fn all_told(tx: &mut Tx<'_>, now: Moment) -> Result<BTreeMap<String, FiguresView>, DbError> {
    let kept = store::kept_of_services(tx)?;
    let read = |(name, body): (String, String)| Some((name, serde_json::from_str(&body).ok()?));
    let told: BTreeMap<String, FiguresView> = kept.into_iter().filter_map(read).collect();
    if told.is_empty() { at(tx, now) } else { Ok(told) }
}

/// The job that counts.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _| async move { measure(&town).await.map_err(|stop| format!("{stop:?}")) };
    JobKind::every("services.measure", EVERY_SECONDS, Arc::new(move |town, payload| Box::pin(run(town, payload))))
}

/// What was counted last under a name (the empty one for all services).
///
/// # Errors
/// Those of the database.
pub fn last(tx: &mut Tx<'_>, name: &str) -> Result<Option<FiguresView>, DbError> {
    let kept = store::kept_figures(tx, name)?;
    Ok(kept.and_then(|body| serde_json::from_str(&body).ok()))
}

#[cfg(test)]
mod tests;
