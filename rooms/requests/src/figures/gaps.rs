//! When a district waits longer than the town for the same mix of categories, lastingly: said once, to the record and to those who answer for it.

use super::{
    Compared,
    block::{Counted, Promised},
    compared::{Logs, compare, differences},
};
use crate::{commands::letters, store};
use civic::{Actor, Language, Moment, Role, Subject, SubjectKind};
use database::{DbError, OffRecord, Tx};
use fairness::{Difference, GAP_MARGIN, GAP_PERIODS, Gap};
use people::mail::{self, Mail};
use record::Entry;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use web::{Town, dates};

/// What an entry about a district's figures is about.
pub const DISTRICT_FIGURES: SubjectKind = SubjectKind("district-figures");
/// Days of a period: four weeks, so that each has as many weekends.
const PERIOD_DAYS: i64 = 28;
const PERIOD_SECONDS: i64 = PERIOD_DAYS * super::block::DAY_SECONDS;

/// A district that waits longer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenGap {
    /// Its code.
    pub district: String,
    /// Since when the town knows.
    pub opened_at: Moment,
    /// What showed it in the last period before.
    pub sign: Sign,
}

/// What shows a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// An end took longer: values are ratios.
    Time,
    /// Promises were broken more often: values are differences of shares.
    Broken,
}

/// A comparison with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sign {
    /// Of what.
    pub measure: Measure,
    /// How much.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Reports of the district that were compared; unknown where the gap was opened before that was kept.
    pub n: Option<u64>,
}

impl Measure {
    /// As in the database and for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Broken => "broken",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Self {
        if word == "broken" { Self::Broken } else { Self::Time }
    }
}

impl Sign {
    fn of_time(Compared { estimate, n }: Compared) -> Self {
        Self { measure: Measure::Time, value: estimate.ratio, low: estimate.low, high: estimate.high, n: Some(n) }
    }

    fn of_broken(Difference { value, low, high, n }: Difference) -> Self {
        Self { measure: Measure::Broken, value, low, high, n: Some(n) }
    }

    /// How far the interval lies beyond what is alike: a tenth longer weighs as much as ten more broken promises of a hundred.
    fn beyond(&self) -> f64 {
        match self.measure {
            Measure::Time => self.low - 1.0,
            Measure::Broken => self.low,
        }
    }

    /// The worse of the two.
    fn worse(time: Option<Compared>, broken: Option<Difference>) -> Option<Self> {
        let both = [time.map(Self::of_time), broken.map(Self::of_broken)];
        both.into_iter().flatten().max_by(|one, other| one.beyond().total_cmp(&other.beyond()))
    }
}

/// What ended in the last complete periods, and what was promised for them; the latest last.
pub struct Periods {
    first: i64,
    now: i64,
    cells: [BTreeMap<(String, String), Cell>; GAP_PERIODS],
}

/// One district and category in one period.
#[derive(Default)]
struct Cell {
    /// Times to the end, in seconds, of what ended in it.
    took: Vec<u32>,
    /// Of the promises that ran out in it: broken, and all.
    broken: (u64, u64),
}

impl Periods {
    /// The last complete ones before now.
    pub fn before(now: Moment) -> Self {
        let current = now.micros().div_euclid(PERIOD_SECONDS * 1_000_000);
        let now = now.micros().div_euclid(1_000_000);
        Self { first: current - GAP_PERIODS as i64, now, cells: Default::default() }
    }

    /// Counts reports that ended in them, or whose promise ran out in them, ended or not.
    pub fn add(&mut self, district: &str, category: &str, reports: &mut dyn Iterator<Item = Counted>) {
        for report in reports {
            if let (Some(took), Some(cell)) = (report.took, self.cell(&report, report.took, district, category)) {
                cell.took.push(took);
            }
            let (due, is_broken) = match report.promise {
                Promised::Nothing => continue,
                Promised::Kept { within, .. } => (within, false),
                Promised::Broken { within, .. } => (within, true),
                Promised::Within(within) => (within, report.opened_at + i64::from(within) < self.now),
            };
            if let Some(cell) = self.cell(&report, Some(due), district, category) {
                cell.broken = (cell.broken.0 + u64::from(is_broken), cell.broken.1 + 1);
            }
        }
    }

    /// The cell of the period that lies so many seconds after a report.
    fn cell(&mut self, report: &Counted, after: Option<u32>, district: &str, category: &str) -> Option<&mut Cell> {
        let period = (report.opened_at + i64::from(after?)).div_euclid(PERIOD_SECONDS) - self.first;
        let cells = usize::try_from(period).ok().and_then(|period| self.cells.get_mut(period))?;
        Some(cells.entry((district.to_owned(), category.to_owned())).or_default())
    }

    /// The worse of both comparisons of each district in each period.
    pub fn compared(&self, districts: &[String]) -> BTreeMap<String, Vec<Option<Sign>>> {
        let of = |cells: &BTreeMap<_, Cell>| -> Vec<Option<Sign>> {
            let logs: Vec<_> = cells.iter().map(|(key, cell)| (key, Logs::of(cell.took.iter().copied()))).collect();
            let times = compare(districts, logs.into_iter());
            let broken = differences(districts, cells.iter().map(|(key, cell)| (key, cell.broken)));
            times.into_iter().zip(broken).map(|(time, broken)| Sign::worse(time, broken)).collect()
        };
        let periods: Vec<_> = self.cells.iter().map(of).collect();
        let row = |(at, code): (usize, &String)| (code.clone(), periods.iter().map(|period| period[at]).collect());
        districts.iter().enumerate().map(row).collect()
    }
}

/// Opens and closes what has to be. A district that is no more has no gap any more.
///
/// # Errors
/// Those of the database.
pub async fn watch(town: &Town, periods: &Periods) -> Result<(), DbError> {
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let open: BTreeSet<String> = town.db().read(store::open_gaps).await?.into_iter().map(|gap| gap.district).collect();
    let compared = periods.compared(&districts);
    for gone in open.iter().filter(|code| !compared.contains_key(*code)) {
        close(town, gone.clone()).await?;
    }
    for (district, signs) in compared {
        let shown: Vec<Option<bool>> = signs.iter().map(|sign| sign.map(|sign| sign.beyond() > GAP_MARGIN)).collect();
        match (fairness::watch(open.contains(&district), &shown), signs.last().copied().flatten()) {
            (Gap::Opens, Some(sign)) => self::open(town, OpenGap { district, opened_at: town.now(), sign }).await?,
            (Gap::Closes, _) => close(town, district).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Opens a gap: its row, its entry and its mails, once.
async fn open(town: &Town, gap: OpenGap) -> Result<(), DbError> {
    let own = town.clone();
    let act = town.db().write(move |tx| -> Result<_, DbError> {
        if !store::open_gap(tx, &gap)? {
            return tx.commit(OffRecord("another process opened it"), ());
        }
        let mut recipients = letters::administrators(tx, gap.opened_at)?;
        recipients.extend(letters::holders(tx, Role::Analyst, gap.opened_at)?);
        for (to, language) in letters::each_once(recipients) {
            tell(tx, &own, &gap, to, language)?;
        }
        let hundredths = |value: f64| (value * 100.0).round() as i64;
        let Sign { measure, value, low, high, n } = gap.sign;
        let view = json!({
            "district": gap.district, "measure": measure.as_str(), "n": n,
            "hundredths": hundredths(value), "low_hundredths": hundredths(low), "high_hundredths": hundredths(high),
        });
        let entry = entry(&own, &gap.district, "figures.gap-opened", gap.opened_at).publicly(&view)?;
        tx.commit(entry, ())
    });
    act.await
}

async fn close(town: &Town, district: String) -> Result<(), DbError> {
    let (own, now) = (town.clone(), town.now());
    let act = town.db().write(move |tx| -> Result<_, DbError> {
        if !store::close_gap(tx, &district)? {
            return tx.commit(OffRecord("another process closed it"), ());
        }
        tx.commit(entry(&own, &district, "figures.gap-closed", now).publicly(&json!({ "district": district }))?, ())
    });
    act.await
}

fn entry(town: &Town, district: &str, saying: &'static str, now: Moment) -> Entry {
    let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(Language::En) };
    Entry::about(Subject::new(DISTRICT_FIGURES, district), saying, &town_itself, now, town.chance())
}

/// The numbers of a sign as people read them, for the messages `mail-gap-*` and `figures-gap*`: ratios, or points of a hundred.
pub fn sign_values(sign: &Sign, language: Language) -> [(&'static str, web::words::Value); 4] {
    let places = |value: f64| match sign.measure {
        Measure::Time => dates::decimal(value, 2, language),
        Measure::Broken => dates::decimal(value * 100.0, 1, language),
    };
    let n = sign.n.map(|n| dates::number(i64::try_from(n).unwrap_or(i64::MAX), language));
    [
        ("ratio", places(sign.value).into()),
        ("low", places(sign.low).into()),
        ("high", places(sign.high).into()),
        ("n", n.unwrap_or_else(|| "–".to_owned()).into()),
    ]
}

fn tell(
    tx: &mut Tx<'_>,
    town: &Town,
    gap: &OpenGap,
    to: people::EmailAddress,
    language: Language,
) -> Result<(), DbError> {
    let t = town.words().of(language);
    let name = town.part::<places::Districts>().name(&gap.district).unwrap_or_else(|| gap.district.clone());
    let link = town.url(&format!("/requests/figures/districts/{}", gap.district));
    let mut values = sign_values(&gap.sign, language).to_vec();
    values.extend([("district", name.into()), ("link", link.into())]);
    let body = match gap.sign.measure {
        Measure::Time => "mail-gap-body",
        Measure::Broken => "mail-gap-broken-body",
    };
    let (subject, body_text) = (t.with("mail-gap-subject", &values), t.with(body, &values));
    mail::put(tx, &Mail { to, subject, body_text }, gap.opened_at, town.chance()).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::{Measure, PERIOD_SECONDS, Periods};
    use crate::figures::block::{Counted, DAY_SECONDS, Promised};
    use civic::Moment;

    /// Both districts end what they end after a day; the docks leave half of theirs open beyond the promise.
    #[test]
    fn what_is_left_open_opens_a_gap_that_times_do_not_show() {
        let mut periods = Periods::before(Moment(700 * PERIOD_SECONDS * 1_000_000));
        let first = periods.first * PERIOD_SECONDS;
        let report = |number: i64, is_open: bool| Counted {
            opened_at: first + number % 2 * PERIOD_SECONDS + number * 600,
            took: (!is_open).then_some(86_400 + (number % 7) as u32 * 600),
            answered: None,
            promise: if is_open {
                Promised::Within(5 * 86_400)
            } else {
                Promised::Kept { within: 5 * 86_400, moved: false }
            },
        };
        // All promises run out in the period of their report.
        const { assert!(200 * 600 + 5 * DAY_SECONDS < PERIOD_SECONDS) };
        periods.add("mill", "lamp", &mut (0..200).map(|number| report(number, false)));
        periods.add("docks", "lamp", &mut (0..200).map(|number| report(number, number / 2 % 2 == 0)));
        let compared = periods.compared(&["mill".to_owned(), "docks".to_owned()]);
        for sign in &compared["docks"] {
            let sign = sign.unwrap();
            assert_eq!((sign.measure, sign.n), (Measure::Broken, Some(100)));
            assert!((sign.value - 0.5).abs() < 1e-12 && sign.low > 0.3, "{sign:?}");
        }
        assert!(compared["mill"].iter().all(|sign| sign.unwrap().beyond() < 0.05), "{:?}", compared["mill"]);
    }
}
