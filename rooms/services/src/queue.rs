//! The queue of an office: what was measured, and what another plan of work would change (engine `queueing`).

use civic::Moment;
use queueing::{Band, Day, Mean, Office, Outcome, QueueingError};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whole weeks that are measured, and as many that are looked ahead.
pub const WEEKS: i64 = 12;
const WEEK_DAYS: usize = 7;
/// Days of clerks under which it is not said how much one does in a day.
pub const CLERK_DAYS_LEAST: usize = 30;
/// Clerks that can be planned for a weekday, and matters that one can be said to finish in a day.
pub const MOST: f64 = 500.0;
/// Runs that are made, as far as there is room.
const RUNS: (f64, f64) = (20.0, 200.0);
/// Matters over all runs that a page lives through.
const MATTERS_ROOM: f64 = 400_000.0;
/// The seed: the same numbers answer the same.
const SEED: u64 = 1_909;

/// A number for each day of the week, Monday first.
pub type Week = [f64; WEEK_DAYS];

/// What was counted, by the day since 1970 in the town's time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// Applications that came.
    pub came: Vec<(i64, i64)>,
    /// Decisions: the officers who decided, apart by blanks, and how many.
    pub decided: Vec<(i64, String, i64)>,
    /// What waits for the office now.
    pub backlog: i64,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Applications that come on a weekday, on average.
    pub arrivals: Week,
    /// Officers who decide something on a weekday, on average.
    pub clerks: Week,
    /// What an officer decides in a fuller day: three of four days have at most this. None where too few were counted. Not the average:
    /// whoever has nothing to do decides little, and could decide more.
    pub per_clerk_day: Option<f64>,
    /// Days of officers that were counted.
    pub clerk_days: usize,
    /// What waits.
    pub backlog: u32,
}

/// The number of a moment's day since 1970, in a zone so many seconds ahead of UTC.
pub fn day_of(at: Moment, ahead_seconds: i64) -> i64 {
    at.plus_seconds(ahead_seconds).micros().div_euclid(86_400_000_000)
}

/// Monday is 0; 1970 began on a Thursday.
fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// Works out what is usual.
pub fn measured(days: &Days) -> Measured {
    let mut arrivals = Week::default();
    days.came.iter().for_each(|(day, count)| arrivals[weekday(*day)] += *count as f64);
    let mut by_clerk: BTreeMap<(i64, &str), f64> = BTreeMap::new();
    for (day, officers, count) in &days.decided {
        let names: Vec<&str> = officers.split_whitespace().collect();
        // Whoever decides with another does half of it.
        names.iter().for_each(|name| *by_clerk.entry((*day, name)).or_default() += *count as f64 / names.len() as f64);
    }
    let mut clerks = Week::default();
    by_clerk.keys().for_each(|(day, _)| clerks[weekday(*day)] += 1.0);
    let mut amounts: Vec<f64> = by_clerk.into_values().collect();
    amounts.sort_unstable_by(f64::total_cmp);
    let full = (amounts.len() * 3).div_ceil(4).saturating_sub(1);
    Measured {
        arrivals: arrivals.map(|count| count / WEEKS as f64),
        clerks: clerks.map(|count| count / WEEKS as f64),
        per_clerk_day: amounts.get(full).copied().filter(|_| amounts.len() >= CLERK_DAYS_LEAST),
        clerk_days: amounts.len(),
        backlog: u32::try_from(days.backlog).unwrap_or(u32::MAX),
    }
}

/// So many weeks from a day on. One and a half clerks are one in one week and two in the next.
fn office(measured: &Measured, per_clerk_day: f64, clerks: &Week, today: i64) -> Office {
    let day = |at: i64| {
        let on = weekday(today + at);
        let until = |week: i64| (week as f64 * clerks[on] + 1e-9).floor();
        let whole = until(at / 7 + 1) - until(at / 7);
        Day { arrivals: measured.arrivals[on], clerks: whole as u32 }
    };
    Office { days: (0..WEEKS * 7).map(day).collect(), backlog: measured.backlog, per_clerk_day }
}

/// The middle of many runs, and the ends between which nine of ten lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BandView {
    /// One of twenty runs is below.
    pub low: f64,
    /// Half are below.
    pub middle: f64,
    /// One of twenty is above.
    pub high: f64,
}

impl BandView {
    fn of(band: Band) -> Self {
        Self { low: band.low, middle: band.middle, high: band.high }
    }
}

/// A mean with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct MeanView {
    /// The mean.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl MeanView {
    fn of(mean: Mean) -> Self {
        Self { value: mean.value, low: mean.low, high: mean.high }
    }
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanView {
    /// Officers on each day of the week, Monday first.
    pub clerks: Vec<f64>,
    /// What waits at the end of each week.
    pub weeks: Vec<BandView>,
    /// Days from coming to the decision, of what was decided.
    pub wait_days: Option<BandView>,
}

/// Two plans beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ComparedPlans {
    /// As it is.
    pub now: PlanView,
    /// As it would be.
    pub then: PlanView,
    /// What waits at the end, less that of `now`.
    pub backlog_change: MeanView,
    /// Days to the decision, less those of `now`.
    pub wait_change: Option<MeanView>,
    /// Times that the weeks were lived.
    pub runs: u32,
}

/// Lives the next weeks with each plan, under the same chance.
///
/// # Errors
/// Those of the engine: too much for one page.
pub fn compare_plans(
    measured: &Measured,
    per_clerk_day: f64,
    (now, then): (&Week, &Week),
    today: i64,
) -> Result<ComparedPlans, QueueingError> {
    let expected = f64::from(measured.backlog) + measured.arrivals.iter().sum::<f64>() * WEEKS as f64;
    let runs = (MATTERS_ROOM / expected.max(1.0)).clamp(RUNS.0, RUNS.1) as u32;
    let live = |clerks: &Week| queueing::simulate(&office(measured, per_clerk_day, clerks, today), runs, SEED);
    let (before, after) = (live(now)?, live(then)?);
    let change = queueing::compare(&before, &after).ok_or(QueueingError::Runs)?;
    Ok(ComparedPlans {
        now: plan_view(now, &before),
        then: plan_view(then, &after),
        backlog_change: MeanView::of(change.backlog),
        wait_change: change.wait_days.map(MeanView::of),
        runs,
    })
}

fn plan_view(clerks: &Week, outcome: &Outcome) -> PlanView {
    let weeks = (1..=WEEKS as usize).filter_map(|week| outcome.backlog(week * WEEK_DAYS - 1));
    PlanView {
        clerks: clerks.to_vec(),
        weeks: weeks.map(BandView::of).collect(),
        wait_days: outcome.wait_days().map(BandView::of),
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Measured, Week, compare_plans, measured, office, weekday};

    /// 2026-09-21 was a Monday.
    const MONDAY: i64 = 20_717;

    #[test]
    fn what_is_usual_follows_from_the_days() {
        assert_eq!(weekday(MONDAY), 0);
        let mut days = Days { backlog: 9, ..Days::default() };
        for week in 1..=12 {
            let monday = MONDAY - week * 7;
            days.came.push((monday, 5));
            days.came.push((monday + 6, 1));
            // Alone, and together with another.
            days.decided.push((monday, "olga".to_owned(), 4));
            days.decided.push((monday, "olga peter".to_owned(), 2));
            days.decided.push((monday + 1, "olga".to_owned(), if week % 2 == 0 { 8 } else { 2 }));
        }
        let found = measured(&days);
        assert_eq!((found.arrivals[0], found.arrivals[6], found.arrivals[2]), (5.0, 1.0, 0.0));
        assert_eq!((found.clerks[0], found.clerks[1], found.clerks[2]), (2.0, 1.0, 0.0));
        // Amounts: twelve of 5, twelve of 1, six of 8, six of 2: the 27th of 36 is a 5.
        assert_eq!((found.per_clerk_day, found.clerk_days, found.backlog), (Some(5.0), 36, 9));
        days.decided.truncate(9);
        assert_eq!(measured(&days).per_clerk_day, None, "too few to say");
    }

    #[test]
    fn half_a_clerk_works_every_other_week() {
        let found = Measured {
            arrivals: Week::default(),
            clerks: Week::default(),
            per_clerk_day: None,
            clerk_days: 0,
            backlog: 0,
        };
        let mut clerks = Week::default();
        (clerks[0], clerks[4]) = (1.5, 2.0);
        let office = office(&found, 1.0, &clerks, MONDAY + 2);
        // It begins on a Wednesday: the third day is a Friday, the sixth a Monday.
        let on = |at: usize| office.days[at].clerks;
        assert_eq!((on(2), on(9), on(3)), (2, 2, 0));
        assert_eq!((on(5), on(12), on(19), on(26)), (1, 2, 1, 2));
    }

    #[test]
    fn two_more_clerks_on_monday_make_the_line_shorter() {
        let found = Measured {
            arrivals: [6.0, 6.0, 6.0, 6.0, 6.0, 2.0, 2.0],
            clerks: [2.0, 2.0, 2.0, 2.0, 2.0, 0.0, 0.0],
            per_clerk_day: Some(3.0),
            clerk_days: 100,
            backlog: 30,
        };
        let mut then = found.clerks;
        then[0] += 2.0;
        let compared = compare_plans(&found, 3.0, (&found.clerks, &then), MONDAY).unwrap();
        // 34 come a week and 30 are done: the line grows by about 48. With 36 done it does not grow.
        let end = compared.now.weeks.last().unwrap();
        assert!((end.middle - 78.0).abs() < 15.0 && end.low < end.high, "{end:?}");
        assert!(compared.backlog_change.high < -30.0 && compared.wait_change.unwrap().high < 0.0, "{compared:?}");
        let same = compare_plans(&found, 3.0, (&found.clerks, &found.clerks), MONDAY).unwrap();
        assert_eq!(same.backlog_change.value, 0.0);
    }
}
