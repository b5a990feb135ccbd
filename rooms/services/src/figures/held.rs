//! When what was counted is told: figures that are counted every ten minutes must not tell of a single case to somebody who asks every
//! ten minutes. A change is held back until every group that changed has changed by enough cases, or the town's day is over.

use super::{By, Cell, Counted, SMALL, Sums, merged, tally::Tally};
use civic::Moment;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Under which name the state of what is told is kept; what begins so is no service.
pub const TOLD: &str = "/told";

/// What a group was when it was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Numbers of which one case changes each by at most one.
    counts: Vec<u64>,
    /// A hash of everything that is shown of it.
    whole: String,
}

/// All groups in which something is told: by service, by kind of group and group, and the fees of each service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prints(BTreeMap<String, Print>);

impl Prints {
    /// Of what was counted now.
    pub fn of(counted: &Counted, sums: &[Sums]) -> Self {
        let mut cells: BTreeMap<String, Vec<&Cell>> = BTreeMap::new();
        for (key, cell) in &counted.cells {
            cells.entry(key.service.clone()).or_default().push(cell);
            for by in By::ALL {
                let group = key.group(*by);
                cells.entry(format!("{} {} {group}", key.service, by.word())).or_default().push(cell);
                // The same over all services, whose figures are shown, too.
                cells.entry(format!("* {} {group}", by.word())).or_default().push(cell);
            }
        }
        let mut prints: BTreeMap<String, Print> =
            cells.into_iter().map(|(name, cells)| (name, print_of(&merged(cells.into_iter())))).collect();
        let mut fees: BTreeMap<&str, Vec<&Sums>> = BTreeMap::new();
        sums.iter().for_each(|one| fees.entry(&one.service).or_default().push(one));
        for (service, sums) in fees {
            let counts = sums.iter().map(|one| one.count.max(0).unsigned_abs()).collect();
            let lines: Vec<_> = sums.iter().map(|one| (&one.state, one.count, one.amount_cents)).collect();
            prints.insert(format!("{service} fees"), Print { counts, whole: hash(&format!("{lines:?}")) });
        }
        Self(prints)
    }
}

fn print_of(cell: &Cell) -> Print {
    let Tally { n, incomplete, decided, granted, appeals, changed, .. } = cell.tally;
    // Sums of logarithms depend on the order in which they were added up; what they are made of is in the spread of waits.
    let shown = (&cell.wait, &cell.minutes, &cell.pages, &cell.visits, &cell.letters, cell.simulated);
    let counts = vec![n, incomplete, decided, granted, appeals, changed];
    let whole = hash(&format!("{counts:?} {shown:?}"));
    Print { counts, whole }
}

fn hash(text: &str) -> String {
    hex::encode(&Sha256::digest(text)[..16])
}

/// What is told, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When it was told.
    pub at: Moment,
    /// What of.
    pub prints: Prints,
}

/// Whether what is counted `now` may be told: nothing was told yet, the town's day is over, or every group that changed did so by at
/// least [`SMALL`] cases. Of how many cases a group changed is not known; that it were at least so many is, by the count that changed most.
pub fn may_tell(told: Option<&Told>, prints: &Prints, now: Moment, zone: &TimeZone) -> bool {
    let Some(told) = told else { return true };
    let day = |at: Moment| at.in_zone(zone).date();
    if day(told.at) != day(now) {
        return true;
    }
    let names = told.prints.0.keys().chain(prints.0.keys());
    names.into_iter().all(|name| match (told.prints.0.get(name), prints.0.get(name)) {
        (Some(before), Some(after)) if before.whole == after.whole => true,
        (before, after) => least_changed(before, after) >= SMALL,
    })
}

fn least_changed(before: Option<&Print>, after: Option<&Print>) -> u64 {
    let counts = |print: Option<&Print>| print.map(|print| print.counts.clone()).unwrap_or_default();
    let (before, after) = (counts(before), counts(after));
    let at = |counts: &[u64], place: usize| counts.get(place).copied().unwrap_or_default();
    (0..before.len().max(after.len()))
        .map(|place| at(&before, place).abs_diff(at(&after, place)))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Prints, Told, may_tell};
    use crate::{
        figures::{Counted, Key},
        model::{Channel, Outcome},
        store::Case,
    };
    use civic::Moment;
    use jiff::tz::TimeZone;

    /// Noon of a day.
    const NOON: Moment = Moment(1_790_000_000_000_000 - 1_790_000_000_000_000 % 86_400_000_000 + 43_200_000_000);

    /// Applications of two districts, so many of each decided.
    fn counted(decided: [usize; 2]) -> Prints {
        let mut counted = Counted::new(NOON);
        for (district, decided) in ["1", "2"].into_iter().zip(decided) {
            for at in 0..60_usize {
                let filed_at = NOON.plus_days(-30);
                let case = Case {
                    filed_at,
                    decided_at: (at < decided).then(|| filed_at.plus_days(3)),
                    first: (at < decided).then_some(Outcome::Granted),
                    appeal: None,
                    was_incomplete: false,
                    minutes: 5,
                    pages: 2,
                    visits: 0,
                    letters: 1,
                    is_simulated: false,
                };
                let (channel, language) = (Channel::Online.word(), "en".to_owned());
                counted.add(
                    Key { service: "parking".to_owned(), district: district.to_owned(), channel, language },
                    &case,
                );
            }
        }
        Prints::of(&counted, &[])
    }

    fn told(decided: [usize; 2], after: Moment) -> bool {
        let told = Told { at: NOON, prints: counted([20, 20]) };
        may_tell(Some(&told), &counted(decided), after, &TimeZone::UTC)
    }

    #[test]
    fn a_change_is_told_when_no_single_case_can_be_read_out_of_it() {
        let soon = NOON.plus_seconds(600);
        assert!(may_tell(None, &counted([20, 20]), soon, &TimeZone::UTC), "nothing was told before");
        assert!(told([20, 20], soon), "nothing changed");
        assert!(!told([21, 20], soon), "one decision would be told");
        assert!(!told([29, 20], soon), "nine are too few");
        assert!(told([30, 20], soon), "ten are enough");
        assert!(!told([30, 21], soon), "the one of the other district would be told");
        assert!(told([30, 30], soon));
        assert!(!told([21, 20], NOON.plus_seconds(11 * 3_600)), "the day is not over");
        assert!(told([21, 20], NOON.plus_seconds(12 * 3_600)), "it is over");
    }

    #[test]
    fn what_is_told_is_kept_as_text() {
        let told = Told { at: NOON, prints: counted([20, 20]) };
        let text = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Told>(&text).unwrap(), told);
    }
}
