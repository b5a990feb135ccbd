//! When what was counted is told: figures that are counted every ten minutes must not tell of a single case to somebody who asks every
//! ten minutes. A change is held back until every number that changed has changed by enough cases, or the town's day is over.

use super::{By, Cell, Counted, SMALL, Sums, merged, tally::Tally};
use crate::fees::PaymentState;
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
    /// Numbers of which one case changes each by at most one, then the sums of its visits and letters, which grow by themselves while a case
    /// stays what it is.
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
            // By state, each at its place: a state that is new moves no other.
            let count = |word: &&str| sums.iter().filter(|one| one.state == **word).map(|one| one.count).sum::<i64>();
            let counts = PaymentState::WORDS.iter().map(|word| count(word).max(0).unsigned_abs()).collect();
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
    let counts = vec![n, incomplete, decided, granted, appeals, changed, cell.visits.sum(), cell.letters.sum()];
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

/// Whether what is counted `now` may be told: nothing was told yet, the town's day is over, or in every group that changed each number that
/// changed did so by at least [`SMALL`] cases. A number that changed by less is a few cases that can be read out of it, however many others
/// came in beside them: ten new applications do not hide the one decision, nor the one letter. What is told besides (waits, minutes, pages) is fixed
/// when a case is filed or decided, so it changes only with these numbers; if it ever changed alone, it would be held back, for no number did.
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

/// By how much that of the numbers changed that changed least; 0 where none did.
fn least_changed(before: Option<&Print>, after: Option<&Print>) -> u64 {
    let counts = |print: Option<&Print>| print.map(|print| print.counts.clone()).unwrap_or_default();
    let (before, after) = (counts(before), counts(after));
    let at = |counts: &[u64], place: usize| counts.get(place).copied().unwrap_or_default();
    (0..before.len().max(after.len()))
        .map(|place| at(&before, place).abs_diff(at(&after, place)))
        .filter(|changed| *changed > 0)
        .min()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Prints, Told, may_tell};
    use crate::{
        figures::{Counted, Key, Sums},
        model::{Channel, Outcome},
        store::Case,
    };
    use civic::Moment;
    use jiff::tz::TimeZone;

    /// Noon of a day.
    const NOON: Moment = Moment(1_790_000_000_000_000 - 1_790_000_000_000_000 % 86_400_000_000 + 43_200_000_000);

    /// Sixty applications of each of two districts, so many of each decided.
    fn counted(decided: [usize; 2]) -> Prints {
        of([(60, decided[0]), (60, decided[1])])
    }

    /// So many applications of two districts, and how many of each are decided.
    fn of(districts: [(usize, usize); 2]) -> Prints {
        written(districts, (0, 0))
    }

    /// The same, with so many visits and letters of the first application of all.
    fn written(districts: [(usize, usize); 2], first: (i64, i64)) -> Prints {
        let mut counted = Counted::new(NOON);
        for (district, (all, decided)) in ["1", "2"].into_iter().zip(districts) {
            for at in 0..all {
                let filed_at = NOON.plus_days(-30);
                let (visits, letters) = if (district, at) == ("1", 0) { first } else { (0, 0) };
                let case = Case {
                    filed_at,
                    decided_at: (at < decided).then(|| filed_at.plus_days(3)),
                    first: (at < decided).then_some(Outcome::Granted),
                    appeal: None,
                    was_incomplete: false,
                    minutes: 5,
                    pages: 2,
                    visits,
                    letters,
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
    fn many_new_applications_do_not_hide_the_one_decision() {
        let (soon, told) = (NOON.plus_seconds(600), Told { at: NOON, prints: counted([20, 20]) });
        let told = |districts| may_tell(Some(&told), &of(districts), soon, &TimeZone::UTC);
        assert!(told([(70, 20), (60, 20)]), "ten came in");
        assert!(!told([(70, 21), (60, 20)]), "beside them one was decided");
        assert!(!told([(61, 30), (60, 20)]), "beside ten decisions one came in");
        assert!(told([(75, 32), (60, 20)]), "of each enough");
    }

    #[test]
    fn many_new_applications_do_not_hide_the_one_letter_nor_the_one_visit() {
        let (soon, told) = (NOON.plus_seconds(600), Told { at: NOON, prints: written([(60, 20), (60, 20)], (1, 1)) });
        let told = |districts, first| may_tell(Some(&told), &written(districts, first), soon, &TimeZone::UTC);
        assert!(told([(70, 20), (60, 20)], (1, 1)), "ten came in");
        for first in [(1, 2), (2, 1)] {
            assert!(!told([(60, 20), (60, 20)], first), "alone: {first:?}");
            assert!(!told([(70, 20), (60, 20)], first), "beside ten that came in: {first:?}");
        }
    }

    #[test]
    fn a_payment_in_a_new_state_is_counted_by_itself() {
        let prints = |states: &[(&str, i64)]| {
            let sum = |(state, count): &(&str, i64)| Sums {
                service: "parking".to_owned(),
                state: (*state).to_owned(),
                count: *count,
                amount_cents: 2_500 * count,
            };
            Prints::of(&Counted::new(NOON), &states.iter().map(sum).collect::<Vec<_>>())
        };
        let told = Told { at: NOON, prints: prints(&[("due", 30), ("waived", 50)]) };
        let may =
            |states: &[(&str, i64)]| may_tell(Some(&told), &prints(states), NOON.plus_seconds(600), &TimeZone::UTC);
        assert!(!may(&[("due", 30), ("nothing", 1), ("waived", 50)]), "the one is told by nothing beside it");
        assert!(may(&[("due", 20), ("paid", 10), ("waived", 50)]));
    }

    #[test]
    fn the_states_of_payments_are_all_there() {
        let source = include_str!("../fees/model.rs");
        let (_, words) = source.split_once("pub fn word(&self)").unwrap();
        let (words, _) = words.split_once("    }\n\n").unwrap();
        let words: Vec<&str> = words.lines().filter_map(|line| line.split('"').nth(1)).collect();
        assert_eq!(words, crate::fees::PaymentState::WORDS);
    }

    #[test]
    fn what_is_told_is_kept_as_text() {
        let told = Told { at: NOON, prints: counted([20, 20]) };
        let text = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Told>(&text).unwrap(), told);
    }
}
