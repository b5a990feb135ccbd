//! When a group fares clearly worse than the others for the same mix of services, lastingly: said once, to the record and by mail.

use super::{
    Counted,
    fair::{self, FairView},
    tally::By,
};
use crate::store::{self, KeptGap};
use civic::{Actor, Language, Moment, Role, Subject, SubjectKind, words};
use database::{DbError, OffRecord, Tx};
use fairness::{GAP_MARGIN, GAP_PERIODS, Gap};
use people::{accounts, mail, mandates};
use record::Entry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use web::{Stop, Town, dates};

/// What an entry about figures of services is about; its id names measure, kind of group and group, as `wait.district.9`.
pub const SERVICE_FIGURES: SubjectKind = SubjectKind("service-figures");

words! {
    /// What is compared.
    Measure {
        /// How long the first decision takes: a tenth longer is a gap.
        Wait = "wait",
        /// How often something is missing: ten of a hundred more are a gap.
        Incomplete = "incomplete",
        /// How often it is granted: ten of a hundred fewer are a gap.
        Granted = "granted",
        /// How often an appeal overturns the first decision: ten of a hundred more are a gap, for the first decisions were wrong more often.
        Overturned = "overturned",
        /// How often the first decision is upheld on appeal: ten of a hundred more are a gap, for appeals help less.
        Upheld = "upheld",
    }
}

impl Measure {
    /// Whether the comparison shows a gap, with all but 2.5% certainty; `None` where there is no comparison.
    fn shows(self, view: &FairView) -> Option<bool> {
        match self {
            Self::Wait => view.wait.map(|one| one.low > 1.0 + GAP_MARGIN),
            Self::Incomplete => view.incomplete.map(|one| one.low > GAP_MARGIN),
            Self::Granted => view.granted.map(|one| one.high < -GAP_MARGIN),
            Self::Overturned => view.appeals_changed.map(|one| one.low > GAP_MARGIN),
            Self::Upheld => view.appeals_changed.map(|one| one.high < -GAP_MARGIN),
        }
    }

    /// Ratio or difference in hundredths, with its interval.
    fn hundredths(self, view: &FairView) -> Option<(i64, i64, i64)> {
        let one = match self {
            Self::Wait => view.wait,
            Self::Incomplete => view.incomplete,
            Self::Granted => view.granted,
            Self::Overturned | Self::Upheld => view.appeals_changed,
        }?;
        let hundredths = |value: f64| (value * 100.0).round() as i64;
        Some((hundredths(one.value), hundredths(one.low), hundredths(one.high)))
    }
}

/// A gap that is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GapView {
    /// What is compared: `wait`, `incomplete`, `granted`, `overturned` or `upheld`.
    pub measure: String,
    /// By what groups are told apart.
    pub by: String,
    /// The group.
    pub group: String,
    /// Since when the town knows.
    pub opened_at: String,
    /// Ratio or difference in the last period before, in hundredths.
    pub hundredths: i64,
    /// The lower end of its 95% interval.
    pub low_hundredths: i64,
    /// The upper end.
    pub high_hundredths: i64,
}

impl GapView {
    /// For programs and the page.
    pub fn of(one: &KeptGap) -> Self {
        let (hundredths, low_hundredths, high_hundredths) = one.hundredths;
        Self {
            measure: one.measure.clone(),
            by: one.by.clone(),
            group: one.group.clone(),
            opened_at: one.opened_at.rfc3339(),
            hundredths,
            low_hundredths,
            high_hundredths,
        }
    }
}

/// What is to be done about gaps: those to open, and those to close.
fn decide(counted: &Counted, open: &[KeptGap]) -> (Vec<KeptGap>, Vec<KeptGap>) {
    let (mut opens, mut closes) = (Vec::new(), Vec::new());
    for by in By::ALL {
        let periods: Vec<Vec<FairView>> =
            counted.periods.iter().map(|tallies| fair::compare(*by, tallies.iter())).collect();
        let of = |at: usize, group: &str| periods[at].iter().find(|view| view.group == group);
        let known = periods.iter().flatten().map(|view| view.group.as_str());
        let kept = open.iter().filter(|gap| gap.by == by.word()).map(|gap| gap.group.as_str());
        for group in known.chain(kept).collect::<BTreeSet<_>>() {
            for measure in Measure::ALL {
                let is = |gap: &&KeptGap| gap.measure == measure.word() && gap.by == by.word() && gap.group == group;
                let kept = open.iter().find(is);
                let shown: Vec<Option<bool>> =
                    (0..GAP_PERIODS).map(|at| of(at, group).and_then(|view| measure.shows(view))).collect();
                // A group of which nothing can be said any more has no gap any more.
                let is_over = shown.iter().all(Option::is_none);
                let last = of(GAP_PERIODS - 1, group).and_then(|view| measure.hundredths(view));
                match (fairness::watch(kept.is_some(), &shown), kept, last) {
                    (Gap::Opens, None, Some(hundredths)) => opens.push(KeptGap {
                        measure: measure.word().to_owned(),
                        by: by.word().to_owned(),
                        group: group.to_owned(),
                        opened_at: counted.now,
                        hundredths,
                    }),
                    (Gap::Closes, Some(kept), _) => closes.push(kept.clone()),
                    (_, Some(kept), _) if is_over => closes.push(kept.clone()),
                    _ => {}
                }
            }
        }
    }
    (opens, closes)
}

/// Opens and closes what has to be.
///
/// # Errors
/// Those of the database.
pub async fn watch(town: &Town, counted: &Counted) -> Result<(), Stop> {
    let open = town.db().read(store::open_gaps).await.map_err(|error: DbError| Stop::from(error))?;
    let (opens, closes) = decide(counted, &open);
    for gap in opens {
        change(town, gap, true).await?;
    }
    for gap in closes {
        change(town, gap, false).await?;
    }
    Ok(())
}

/// Opens or closes a gap: its row, its entry and, when it opens, its mails, once.
async fn change(town: &Town, gap: KeptGap, opens: bool) -> Result<(), Stop> {
    let (own, now) = (town.clone(), town.now());
    let act = town.db().write(move |tx| -> Result<_, DbError> {
        let is_new = if opens { store::open_gap(tx, &gap)? } else { store::close_gap(tx, &gap)? };
        if !is_new {
            return tx.commit(OffRecord("another process did it"), ());
        }
        if opens {
            tell(tx, &own, &gap, now)?;
        }
        let (hundredths, low, high) = gap.hundredths;
        let group = format!("{}.{}", gap.by, gap.group);
        let mut view = json!({"measure": gap.measure, "group": group});
        if opens {
            view = json!({
                "measure": gap.measure, "group": group,
                "hundredths": hundredths, "low_hundredths": low, "high_hundredths": high,
            });
        }
        let saying = if opens { "services.gap-opened" } else { "services.gap-closed" };
        let about = Subject::new(SERVICE_FIGURES, format!("{}.{group}", gap.measure));
        let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(Language::En) };
        let entry = Entry::about(about, saying, &town_itself, now, own.chance()).publicly(&view)?;
        tx.commit(entry, ())
    });
    act.await.map_err(Stop::from)
}

/// Writes to the administrators and analysts of the town.
fn tell(tx: &mut Tx<'_>, town: &Town, gap: &KeptGap, now: Moment) -> Result<(), DbError> {
    let mut told = BTreeSet::new();
    for role in [Role::Administrator, Role::Analyst] {
        for holder in mandates::holders_in_town(tx, role, now)? {
            let Some(account) = accounts::by_id(tx, holder)? else { continue };
            let Some(to) = account.email.filter(|to| told.insert(to.as_str().to_owned())) else { continue };
            let t = town.words().of(account.language);
            let code = format!("{}.{}", gap.by, gap.group);
            let group = crate::joining::name_of(town, "group", &code, account.language).unwrap_or(code);
            let places = |hundredths: i64| dates::decimal(hundredths as f64 / 100.0, 2, account.language);
            let (middle, low, high) = gap.hundredths;
            let values = [
                ("measure", t.say(&format!("sv-gap-{}", gap.measure)).into()),
                ("group", group.into()),
                ("value", places(middle).into()),
                ("low", places(low).into()),
                ("high", places(high).into()),
                ("link", town.url("/services/figures").into()),
            ];
            let (subject, body_text) = (t.with("mail-sv-gap-subject", &values), t.with("mail-sv-gap-body", &values));
            mail::put(tx, &mail::Mail { to, subject, body_text }, now, town.chance())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Counted, KeptGap, decide};
    use crate::{
        figures::Key,
        model::{Channel, Outcome},
        store::Case,
    };
    use civic::Moment;

    const NOW: Moment = Moment(1_790_000_000_000_000);

    /// Applications of two districts that were decided so many days ago, the second waiting so many times as long.
    fn decided(counted: &mut Counted, days_ago: i64, times: i64, granted_of_ten: usize) {
        appealed(counted, days_ago, (times, granted_of_ten), None);
    }

    /// The same; of the second, so many appeals of ten change the decision, and four of the first.
    fn appealed(
        counted: &mut Counted,
        days_ago: i64,
        (times, granted_of_ten): (i64, usize),
        changed_of_ten: Option<usize>,
    ) {
        for at in 0..80 {
            for (district, times, granted) in [("1", 1, 8), ("2", times, granted_of_ten)] {
                let changed = changed_of_ten.map(|changed| if district == "1" { 4 } else { changed });
                let decided_at = NOW.plus_days(-days_ago).plus_seconds(at);
                let outcome = if at as usize % 10 < granted { Outcome::Granted } else { Outcome::Refused };
                let case = Case {
                    filed_at: decided_at.plus_seconds(-(40_000 + at * 500) * times),
                    decided_at: Some(decided_at),
                    first: Some(outcome),
                    appeal: changed.map(|changed| {
                        let other = if outcome == Outcome::Granted { Outcome::Refused } else { Outcome::Granted };
                        Some(if (at as usize / 10 + at as usize) % 10 < changed { other } else { outcome })
                    }),
                    was_incomplete: at % 3 == 0,
                    minutes: 1,
                    pages: 1,
                    visits: 0,
                    letters: 0,
                    is_simulated: false,
                };
                let (channel, language) = (Channel::Online.word(), "en".to_owned());
                let key = Key { service: "parking".to_owned(), district: district.to_owned(), channel, language };
                counted.add(key, &case);
            }
        }
    }

    fn gaps(one: (i64, usize), two: (i64, usize), open: &[KeptGap]) -> (Vec<String>, Vec<String>) {
        let mut counted = Counted::new(NOW);
        // The last complete periods of four weeks, wherever in the current one this day lies.
        let into = NOW.micros().div_euclid(86_400_000_000) % 28;
        decided(&mut counted, into + 40, one.0, one.1);
        decided(&mut counted, into + 14, two.0, two.1);
        let (opens, closes) = decide(&counted, open);
        let names = |gaps: Vec<KeptGap>| {
            gaps.iter().map(|gap| format!("{}.{}.{}", gap.measure, gap.by, gap.group)).collect::<Vec<_>>()
        };
        (names(opens), names(closes))
    }

    #[test]
    fn appeals_that_succeed_more_often_or_less_are_gaps() {
        let opened = |changed_of_ten| {
            let mut counted = Counted::new(NOW);
            let into = NOW.micros().div_euclid(86_400_000_000) % 28;
            for days_ago in [into + 40, into + 14] {
                appealed(&mut counted, days_ago, (1, 8), Some(changed_of_ten));
            }
            let opens = decide(&counted, &[]).0;
            opens.iter().map(|gap| format!("{}.{} {}", gap.measure, gap.group, gap.hundredths.0)).collect::<Vec<_>>()
        };
        // Everybody else here is the other district, which fares the other way round.
        assert_eq!(opened(8), ["upheld.1 -40", "overturned.2 40"]);
        assert_eq!(opened(0), ["overturned.1 40", "upheld.2 -40"]);
        assert!(opened(4).is_empty() && opened(5).is_empty(), "the same, or not clearly another");
    }

    #[test]
    fn it_opens_when_two_periods_show_it_and_closes_when_two_do_not() {
        assert_eq!(gaps((3, 8), (3, 8), &[]).0, ["wait.district.2"]);
        assert_eq!(gaps((1, 4), (1, 4), &[]).0, ["granted.district.2"], "quick, but refused more often");
        assert!(gaps((1, 8), (3, 8), &[]).0.is_empty(), "once may be chance");
        let open = KeptGap {
            measure: "wait".to_owned(),
            by: "district".to_owned(),
            group: "2".to_owned(),
            opened_at: NOW,
            hundredths: (150, 120, 180),
        };
        let (opens, closes) = gaps((3, 8), (3, 8), std::slice::from_ref(&open));
        assert!(opens.is_empty() && closes.is_empty(), "it is open already: {opens:?} {closes:?}");
        assert_eq!(gaps((1, 8), (1, 8), std::slice::from_ref(&open)).1, ["wait.district.2"]);
        let gone = KeptGap { group: "99".to_owned(), ..open };
        assert_eq!(gaps((1, 8), (1, 8), &[gone]).1, ["wait.district.99"], "a district that is no more");
    }
}
