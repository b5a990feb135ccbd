//! What came of each version. Pure.

use super::{
    model::{Arm, Pilot},
    store::Filed,
};
use crate::{
    figures::{ComparedView, SMALL, ShareView, Spread},
    model::Outcome,
};
use fairness::{Pair, difference, sample_ratio, share};
use schemars::JsonSchema;
use serde::Serialize;

/// What came of one version; nothing is said of fewer than ten.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct ArmView {
    /// The number of the version.
    pub number: i64,
    /// Applications that were begun with it.
    pub begun: i64,
    /// The share of them that was sent.
    pub sent: Option<ShareView>,
    /// The share of those sent of which something was missing.
    pub incomplete: Option<ShareView>,
    /// The share of those decided that was granted.
    pub granted: Option<ShareView>,
    /// Half took at most so many minutes to write.
    pub minutes_median: Option<i64>,
    /// The ends between which the true median lies with 95% certainty; none for fewer than 20.
    pub minutes_low: Option<i64>,
    /// See `minutes_low`.
    pub minutes_high: Option<i64>,
}

/// A pilot with what came of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct PilotView {
    /// The code of the service.
    pub service: String,
    /// Since when.
    pub begun_at: String,
    /// Until when; empty while it goes on.
    pub ended_at: String,
    /// What came of it: `adopted` or `kept`; empty while it goes on.
    pub outcome: String,
    /// So many of a hundred get the other version.
    pub share_percent: i64,
    /// The version in force.
    pub a: ArmView,
    /// The other.
    pub b: ArmView,
    /// How likely chance alone gives out the two so; under 0.001 the comparison is not to be trusted.
    pub ratio_chance: Option<f64>,
    /// Whether it is under 0.001.
    pub mismatch: bool,
    /// The share that was sent with the other, less that with the version in force.
    pub sent_difference: Option<ComparedView>,
    /// The same of those of which something was missing.
    pub incomplete_difference: Option<ComparedView>,
    /// The same of those granted: it should hold nought, for the rules are the same.
    pub granted_difference: Option<ComparedView>,
}

/// Counts.
#[derive(Clone, Default)]
struct Counts {
    begun: u64,
    sent: u64,
    incomplete: u64,
    decided: u64,
    granted: u64,
    minutes: Spread,
}

impl Counts {
    fn of(arm: Arm, begun: i64, filed: &[Filed]) -> Self {
        let mut counts = Self { begun: begun.unsigned_abs(), ..Self::default() };
        for one in filed.iter().filter(|one| one.arm == arm) {
            counts.sent += 1;
            counts.incomplete += u64::from(one.was_incomplete);
            counts.decided += u64::from(one.first.is_some());
            counts.granted += u64::from(one.first == Some(Outcome::Granted));
            counts.minutes.add(one.minutes);
        }
        counts
    }

    fn view(&self, number: i64) -> ArmView {
        let of = |part: u64, n: u64| {
            let one = share(part, n).filter(|_| n >= SMALL)?;
            Some(ShareView { value: one.value, low: one.low, high: one.high, n })
        };
        let enough = self.sent >= SMALL;
        let ends = fairness::median_places(self.sent).filter(|_| enough);
        ArmView {
            number,
            begun: self.begun.cast_signed(),
            sent: of(self.sent, self.begun),
            incomplete: of(self.incomplete, self.sent),
            granted: of(self.granted, self.decided),
            minutes_median: self.minutes.tenths(5).filter(|_| enough),
            minutes_low: ends.and_then(|(low, _)| self.minutes.at(low)),
            minutes_high: ends.and_then(|(_, high)| self.minutes.at(high)),
        }
    }
}

/// A pilot with what came of it.
pub fn view(pilot: &Pilot, filed: &[Filed]) -> PilotView {
    let (a, b) = (Counts::of(Arm::A, pilot.begun_a, filed), Counts::of(Arm::B, pilot.begun_b, filed));
    let compared = |of: fn(&Counts) -> (u64, u64)| {
        let ((part, n), (other_part, other_n)) = (of(&b), of(&a));
        let one = difference(&[Pair { part, n, other_part, other_n }])?;
        Some(ComparedView { value: one.value, low: one.low, high: one.high, n: one.n })
    };
    let ratio_chance = sample_ratio(b.begun, a.begun + b.begun, pilot.share_percent as f64 / 100.0);
    PilotView {
        service: pilot.service.clone(),
        begun_at: pilot.begun_at.rfc3339(),
        ended_at: pilot.ended.map(|(at, _)| at.rfc3339()).unwrap_or_default(),
        outcome: pilot.ended.map(|(_, ending)| ending.word().to_owned()).unwrap_or_default(),
        share_percent: pilot.share_percent,
        mismatch: ratio_chance.is_some_and(|chance| chance < fairness::MISMATCH),
        ratio_chance,
        sent_difference: compared(|counts| (counts.sent.min(counts.begun), counts.begun)),
        incomplete_difference: compared(|counts| (counts.incomplete, counts.sent)),
        granted_difference: compared(|counts| (counts.granted, counts.decided)),
        a: a.view(pilot.number_a),
        b: b.view(pilot.number_b),
    }
}

#[cfg(test)]
mod tests {
    use super::view;
    use crate::{
        model::Outcome,
        pilot::{Arm, model::Pilot, store::Filed},
    };
    use civic::Moment;

    fn pilot(begun_a: i64, begun_b: i64) -> Pilot {
        Pilot {
            id: "one".to_owned(),
            service: "parking".to_owned(),
            number_a: 1,
            number_b: 2,
            share_percent: 50,
            why: civic::LocalText::plain("To see"),
            begun_at: Moment(0),
            begun_a,
            begun_b,
            ended: None,
        }
    }

    fn filed(arm: Arm, count: usize, incomplete: usize) -> Vec<Filed> {
        let one = |at: usize| Filed {
            arm,
            minutes: at as i64,
            was_incomplete: at < incomplete,
            first: Some(if at.is_multiple_of(2) { Outcome::Granted } else { Outcome::Refused }),
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn the_outcome_is_measured_with_its_interval() {
        let all = [filed(Arm::A, 60, 30), filed(Arm::B, 80, 10)].concat();
        let found = view(&pilot(100, 100), &all);
        assert_eq!((found.a.sent.unwrap().value, found.b.sent.unwrap().value), (0.6, 0.8));
        let sent = found.sent_difference.unwrap();
        // 0.2 ± 1.96 √(0.24/100 + 0.16/100).
        assert!((sent.value - 0.2).abs() < 1e-12 && (sent.low - 0.076_04).abs() < 1e-4, "{sent:?}");
        assert!(found.incomplete_difference.unwrap().high < 0.0);
        let granted = found.granted_difference.unwrap();
        assert!(granted.low < 0.0 && granted.high > 0.0, "the same rules: {granted:?}");
        assert_eq!((found.a.minutes_median, found.mismatch), (Some(29), false));
        assert!((found.ratio_chance.unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_given_out_wrongly_is_said_and_few_are_not_told() {
        assert!(view(&pilot(300, 200), &[]).mismatch);
        assert!(!view(&pilot(260, 240), &[]).mismatch);
        let few = view(&pilot(9, 9), &[filed(Arm::A, 9, 1), filed(Arm::B, 9, 9)].concat());
        assert_eq!((few.a.sent, few.a.minutes_median, few.b.granted, few.sent_difference), (None, None, None, None));
    }
}
