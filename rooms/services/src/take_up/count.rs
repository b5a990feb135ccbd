//! The gap between who is entitled and who got it. Pure.

use super::Described;
use crate::{
    figures::{SMALL, ShareView, told},
    rules::Verdict,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An area: a district, or all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AreaView {
    /// The district's code; empty for all.
    pub district: String,
    /// Households that the town describes.
    pub households: u64,
    /// Those that the rules entitle.
    pub entitled: u64,
    /// Those of which the description says too little.
    pub not_known: u64,
    /// Applications of the last year; none where fewer than ten would be told.
    pub applied: Option<u64>,
    /// Those that were granted; none where fewer than ten would be told.
    pub granted: Option<u64>,
    /// The share of the entitled who got it, with what chance alone allows; none where more got it than are described as entitled.
    pub take_up: Option<ShareView>,
    /// How many are entitled and did not get it; less than nought where more got it than are described as entitled.
    pub gap: Option<i64>,
}

/// Who takes up one service.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakeUpView {
    /// The code of the service.
    pub service: String,
    /// The version whose rules were asked.
    pub number: i64,
    /// The whole town.
    pub all: AreaView,
    /// Its districts.
    pub districts: Vec<AreaView>,
    /// Facts that the rules ask for and the description does not name.
    pub facts_missing: Vec<String>,
}

/// Who takes up what, in the whole town.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TownTakeUp {
    /// When it was counted.
    pub as_of: String,
    /// The day whose law was asked.
    pub law_of: String,
    /// Where the description of the households comes from.
    pub source: String,
    /// When it was brought.
    pub described_at: String,
    /// Whether it is made up.
    pub is_simulated: bool,
    /// Rows of the description.
    pub rows: u64,
    /// Services with rules.
    pub services: Vec<TakeUpView>,
}

/// Applications of the last year: how many, and how many of them were granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Applications.
    pub n: u64,
    /// Those that were granted.
    pub granted: u64,
}

/// Households, of whom the rules say something.
#[derive(Clone, Copy, Default)]
struct Weighed {
    households: u64,
    entitled: u64,
    not_known: u64,
}

/// Counts one service: what the rules say of each row, and what was applied for in each district (the empty one where none was said).
pub fn count(
    described: &Described,
    verdicts: &[Verdict],
    applied: &BTreeMap<String, Applied>,
) -> (AreaView, Vec<AreaView>) {
    let mut areas: BTreeMap<&str, Weighed> = BTreeMap::new();
    let mut all = Weighed::default();
    for (row, verdict) in described.rows.iter().zip(verdicts) {
        for area in [areas.entry(&row.district).or_default(), &mut all] {
            area.households += row.households;
            area.entitled += if *verdict == Verdict::Entitled { row.households } else { 0 };
            area.not_known += if *verdict == Verdict::NotKnown { row.households } else { 0 };
        }
    }
    areas.remove("");
    let of = |district: &str| applied.get(district).copied().unwrap_or_default();
    let total = applied
        .values()
        .fold(Applied::default(), |sum, one| Applied { n: sum.n + one.n, granted: sum.granted + one.granted });
    // Who applied in a district that is not described is as good as without one.
    let (mut here, mut granted_here) = (Vec::new(), Vec::new());
    areas.keys().for_each(|district| {
        here.push(of(district).n);
        granted_here.push(of(district).granted);
    });
    let elsewhere = |sum: u64, own: &[u64]| sum - own.iter().sum::<u64>();
    let may_n = told(&here, elsewhere(total.n, &here), &vec![true; here.len()]);
    let may_granted = told(&granted_here, elsewhere(total.granted, &granted_here), &vec![true; here.len()]);
    let districts = areas
        .iter()
        .enumerate()
        .map(|(at, (district, weighed))| area(district, *weighed, of(district), (may_n[at], may_granted[at])));
    let districts = districts.collect();
    (area("", all, total, (total.n >= SMALL, total.granted >= SMALL)), districts)
}

fn area(district: &str, weighed: Weighed, applied: Applied, (may_n, may_granted): (bool, bool)) -> AreaView {
    let granted = may_granted.then_some(applied.granted);
    let share = granted.and_then(|granted| fairness::share(granted, weighed.entitled));
    AreaView {
        district: district.to_owned(),
        households: weighed.households,
        entitled: weighed.entitled,
        not_known: weighed.not_known,
        applied: may_n.then_some(applied.n),
        granted,
        take_up: share.map(|one| ShareView { value: one.value, low: one.low, high: one.high, n: weighed.entitled }),
        gap: granted.map(|granted| weighed.entitled.cast_signed() - granted.cast_signed()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Applied, count};
    use crate::{
        rules::Verdict,
        take_up::{Described, read::Row},
    };
    use std::collections::BTreeMap;

    fn described(rows: &[(&str, u64)]) -> Described {
        let row = |(district, households): &(&str, u64)| Row {
            district: (*district).to_owned(),
            households: *households,
            facts: Vec::new(),
        };
        Described { names: Vec::new(), rows: rows.iter().map(row).collect() }
    }

    fn applied(all: &[(&str, u64, u64)]) -> BTreeMap<String, Applied> {
        all.iter()
            .map(|(district, n, granted)| ((*district).to_owned(), Applied { n: *n, granted: *granted }))
            .collect()
    }

    #[test]
    fn the_gap_is_who_is_entitled_less_who_got_it() {
        let town = described(&[("1", 100), ("1", 50), ("2", 200), ("2", 30)]);
        let verdicts = [Verdict::Entitled, Verdict::NotEntitled, Verdict::Entitled, Verdict::NotKnown];
        let (all, districts) = count(&town, &verdicts, &applied(&[("1", 30, 25), ("2", 60, 40)]));
        assert_eq!((all.households, all.entitled, all.not_known), (380, 300, 30));
        assert_eq!((all.applied, all.granted, all.gap), (Some(90), Some(65), Some(235)));
        assert_eq!((districts[0].entitled, districts[0].granted, districts[0].gap), (100, Some(25), Some(75)));
        let share = districts[1].take_up.unwrap();
        assert_eq!((share.value, share.n), (0.2, 200));
        assert!(share.low < 0.2 && share.high > 0.2);
    }

    #[test]
    fn few_are_not_told_and_do_not_follow_from_the_others() {
        let town = described(&[("1", 100), ("2", 100), ("3", 100)]);
        let (all, districts) =
            count(&town, &[Verdict::Entitled; 3], &applied(&[("1", 30, 9), ("2", 60, 40), ("3", 40, 30)]));
        assert_eq!((all.granted, all.applied), (Some(79), Some(130)));
        let granted: Vec<_> = districts.iter().map(|one| one.granted).collect();
        assert_eq!(granted, [None, Some(40), None], "79 less 70 would be the nine");
        assert_eq!(districts[0].gap, None);
        assert_eq!(districts[0].applied, Some(30));
    }

    #[test]
    fn more_than_are_described_have_no_share() {
        let (all, _) = count(&described(&[("1", 20)]), &[Verdict::Entitled], &applied(&[("1", 40, 35)]));
        assert_eq!((all.take_up, all.gap), (None, Some(-15)));
        let (none, _) = count(&described(&[("1", 20)]), &[Verdict::NotEntitled], &applied(&[]));
        assert_eq!((none.entitled, none.granted, none.take_up), (0, None, None));
    }
}
