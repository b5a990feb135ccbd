//! How fairly and how soon services are given: the same figures for the public and for the office.

use crate::{
    fees::{self, Sums},
    model::Outcome,
    store::{self, Case},
};
use civic::Moment;
use database::{DbError, OffRecord};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use web::{Stop, Town, manifest::JobKind};

/// Days that are counted: two years.
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
    /// Half got at most so many letters.
    pub letters_median: i64,
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
}

/// Counts applications.
pub fn count(cases: &[&Case], now: Moment) -> FiguresView {
    let by = |of: &dyn Fn(&Case) -> String| {
        let mut groups: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
        cases.iter().for_each(|case| groups.entry(of(case)).or_default().push(case));
        groups.into_iter().filter(|(group, _)| !group.is_empty()).map(|(name, cases)| group(name, &cases)).collect()
    };
    FiguresView {
        as_of: now.rfc3339(),
        all: group(String::new(), cases),
        districts: by(&|case| case.district.clone()),
        channels: by(&|case| case.channel.word().to_owned()),
        languages: by(&|case| case.language.clone()),
        time_tax: (cases.len() as u64 >= SMALL).then(|| TaxView {
            minutes_median: median(cases.iter().map(|case| case.minutes).collect()),
            pages_median: median(cases.iter().map(|case| case.pages).collect()),
            letters_median: median(cases.iter().map(|case| case.letters).collect()),
        }),
        simulated: cases.iter().filter(|case| case.is_simulated).count() as u64,
        fees: None,
    }
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

fn group(name: String, cases: &[&Case]) -> GroupView {
    let n = cases.len() as u64;
    if n < SMALL {
        return GroupView { group: name, ..GroupView::default() };
    }
    let decided: Vec<&&Case> = cases.iter().filter(|case| case.decided_at.is_some()).collect();
    let granted = decided.iter().filter(|case| case.first == Some(Outcome::Granted)).count() as u64;
    let appeals: Vec<bool> =
        cases.iter().filter_map(|case| case.appeal.flatten().map(|outcome| Some(outcome) != case.first)).collect();
    let changed = appeals.iter().filter(|changed| **changed).count() as u64;
    let waits = decided.iter().filter_map(|case| case.decided_at.map(|at| at.seconds_since(case.filed_at).max(0)));
    GroupView {
        group: name,
        applications: Some(n),
        wait: wait(waits.collect()),
        incomplete: share(cases.iter().filter(|case| case.was_incomplete).count() as u64, n),
        granted: share(granted, decided.len() as u64),
        appeals_changed: share(changed, appeals.len() as u64),
    }
}

fn share(part: u64, n: u64) -> Option<ShareView> {
    let share = fairness::share(part, n).filter(|_| n >= SMALL)?;
    Some(ShareView { value: share.value, low: share.low, high: share.high, n })
}

fn wait(mut seconds: Vec<i64>) -> Option<WaitView> {
    let n = seconds.len() as u64;
    if n < SMALL {
        return None;
    }
    seconds.sort_unstable();
    let days = |place: usize| (seconds[place.min(seconds.len() - 1)] as f64 / 8_640.0).round() / 10.0;
    // By the nearest rank: the least time within which so many were decided.
    let rank = |tenths: usize| (seconds.len() * tenths).div_ceil(10).saturating_sub(1);
    let between = fairness::median_places(n);
    Some(WaitView {
        median_days: days(rank(5)),
        p90_days: days(rank(9)),
        median_low_days: between.map(|(low, _)| days(low as usize)),
        median_high_days: between.map(|(_, high)| days(high as usize)),
        n,
    })
}

fn median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    values.get(values.len().div_ceil(2).saturating_sub(1)).copied().unwrap_or_default()
}

/// From when on applications are counted.
pub fn counted_since(now: Moment) -> Moment {
    now.plus_days(-COUNTED_DAYS)
}

/// The figures of all services, under no name, then of each that somebody applied for.
pub fn each(cases: &[Case], now: Moment) -> Vec<(String, FiguresView)> {
    let mut by_service: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    cases.iter().for_each(|case| by_service.entry(&case.service).or_default().push(case));
    let all = (String::new(), count(&cases.iter().collect::<Vec<_>>(), now));
    std::iter::once(all)
        .chain(by_service.into_iter().map(|(code, cases)| (code.to_owned(), count(&cases, now))))
        .collect()
}

/// Counts anew, for all services and for each.
///
/// # Errors
/// Those of the database.
pub async fn measure(town: &Town) -> Result<(), Stop> {
    let now = town.now();
    let read = town.db().read(move |tx| Ok((store::cases(tx, counted_since(now), None)?, fees::sums(tx)?)));
    let (cases, sums): (Vec<Case>, Vec<Sums>) = read.await.map_err(|error: DbError| Stop::from(error))?;
    let mut counted = each(&cases, now);
    for (name, figures) in &mut counted {
        figures.fees = fees_of(&sums, |one| name.is_empty() || one.service == *name);
    }
    town.db()
        .write(move |tx| {
            for (name, figures) in &counted {
                let body = serde_json::to_string(figures).map_err(|error| DbError::Other(error.to_string()))?;
                store::keep_figures(tx, name, &body, now)?;
            }
            tx.commit(OffRecord("figures are worked out from what is recorded"), ()).map_err(Stop::from)
        })
        .await
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
pub fn last(tx: &mut database::Tx<'_>, name: &str) -> Result<Option<FiguresView>, DbError> {
    let kept = store::kept_figures(tx, name)?;
    Ok(kept.and_then(|body| serde_json::from_str(&body).ok()))
}

#[cfg(test)]
mod tests {
    use super::{SMALL, count};
    use crate::{
        model::{Channel, Outcome},
        store::Case,
    };
    use civic::Moment;

    fn case(day: i64, first: Option<Outcome>, district: &str) -> Case {
        Case {
            service: "parking".to_owned(),
            district: district.to_owned(),
            channel: Channel::Online,
            language: "en".to_owned(),
            filed_at: Moment(0),
            decided_at: first.map(|_| Moment(0).plus_days(day)),
            first,
            appeal: None,
            was_incomplete: day % 2 == 0,
            minutes: day,
            pages: 5,
            letters: 2,
            is_simulated: true,
        }
    }

    #[test]
    fn known_answers() {
        let cases: Vec<Case> = (1..=20)
            .map(|day| case(day, Some(if day <= 15 { Outcome::Granted } else { Outcome::Refused }), "1"))
            .collect();
        let figures = count(&cases.iter().collect::<Vec<_>>(), Moment(0));
        let wait = figures.all.wait.unwrap();
        assert_eq!((wait.median_days, wait.p90_days, wait.n), (10.0, 18.0, 20));
        assert_eq!(figures.all.granted.unwrap().value, 0.75);
        assert_eq!(figures.all.incomplete.unwrap().value, 0.5);
        assert_eq!(figures.time_tax.unwrap().minutes_median, 10);
        assert_eq!(figures.all.appeals_changed, None, "no appeal");
    }

    #[test]
    fn nothing_is_said_of_a_few() {
        let mut cases: Vec<Case> = (1..=20).map(|day| case(day, Some(Outcome::Granted), "1")).collect();
        cases.extend((1..SMALL as i64).map(|day| case(day, Some(Outcome::Refused), "2")));
        let figures = count(&cases.iter().collect::<Vec<_>>(), Moment(0));
        let few = &figures.districts[1];
        assert_eq!((few.group.as_str(), few.applications, few.granted, few.wait), ("2", None, None, None));
        assert!(figures.districts[0].wait.is_some());
    }

    #[test]
    fn a_changed_decision_is_a_success_of_the_appeal() {
        let mut cases: Vec<Case> = (1..=12).map(|day| case(day, Some(Outcome::Refused), "1")).collect();
        for (at, case) in cases.iter_mut().enumerate() {
            case.appeal = Some(Some(if at < 3 { Outcome::Granted } else { Outcome::Refused }));
        }
        let figures = count(&cases.iter().collect::<Vec<_>>(), Moment(0));
        assert_eq!(figures.all.appeals_changed.unwrap().value, 0.25);
    }
}
