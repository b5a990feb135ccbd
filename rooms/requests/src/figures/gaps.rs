//! When a district waits longer than the town for the same mix of categories, lastingly: said once, to the record and to those who answer for it.

use super::{Logs, block::Counted, compare};
use crate::{commands::letters, store};
use civic::{Actor, Language, Moment, Role, Subject, SubjectKind};
use database::{DbError, OffRecord, Tx};
use fairness::{Estimate, GAP_PERIODS, Gap};
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
    /// How many times as long it waited in the last period before.
    pub estimate: Estimate,
}

/// Times to the end of what ended in the last complete periods, the latest last.
pub struct Periods {
    first: i64,
    took: [BTreeMap<(String, String), Vec<u32>>; GAP_PERIODS],
}

impl Periods {
    /// The last complete ones before now.
    pub fn before(now: Moment) -> Self {
        let current = now.micros().div_euclid(PERIOD_SECONDS * 1_000_000);
        Self { first: current - GAP_PERIODS as i64, took: Default::default() }
    }

    /// Counts reports that ended in them.
    pub fn add(&mut self, district: &str, category: &str, reports: &mut dyn Iterator<Item = Counted>) {
        for (report, took) in reports.filter_map(|report| Some((report, report.took?))) {
            let period = (report.opened_at + i64::from(took)).div_euclid(PERIOD_SECONDS) - self.first;
            if let Some(cells) = usize::try_from(period).ok().and_then(|period| self.took.get_mut(period)) {
                cells.entry((district.to_owned(), category.to_owned())).or_default().push(took);
            }
        }
    }

    /// How much longer each district waited in each period.
    pub fn compared(&self, districts: &[String]) -> BTreeMap<String, Vec<Option<Estimate>>> {
        let of = |cells: &BTreeMap<_, Vec<u32>>| {
            let logs: Vec<_> = cells.iter().map(|(key, took)| (key, Logs::of(took))).collect();
            compare(districts, logs.into_iter())
        };
        let periods: Vec<_> = self.took.iter().map(of).collect();
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
    for (district, estimates) in compared {
        match (fairness::watch_gap(open.contains(&district), &estimates), estimates.last().copied().flatten()) {
            (Gap::Opens, Some(estimate)) => {
                self::open(town, OpenGap { district, opened_at: town.now(), estimate }).await?
            }
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
        let hundredths = |ratio: f64| (ratio * 100.0).round() as i64;
        let Estimate { ratio, low, high } = gap.estimate;
        let view = json!({
            "district": gap.district,
            "hundredths": hundredths(ratio), "low_hundredths": hundredths(low), "high_hundredths": hundredths(high),
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

fn tell(
    tx: &mut Tx<'_>,
    town: &Town,
    gap: &OpenGap,
    to: people::EmailAddress,
    language: Language,
) -> Result<(), DbError> {
    let t = town.words().of(language);
    let name = town.part::<places::Districts>().name(&gap.district).unwrap_or_else(|| gap.district.clone());
    let places = |value| dates::decimal(value, 2, language);
    let link = town.url(&format!("/requests/figures/districts/{}", gap.district));
    let values = [
        ("district", name.into()),
        ("ratio", places(gap.estimate.ratio).into()),
        ("low", places(gap.estimate.low).into()),
        ("high", places(gap.estimate.high).into()),
        ("link", link.into()),
    ];
    let (subject, body_text) = (t.with("mail-gap-subject", &values), t.with("mail-gap-body", &values));
    mail::put(tx, &Mail { to, subject, body_text }, gap.opened_at, town.chance()).map(|_| ())
}
