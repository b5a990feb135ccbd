//! What a pilot is, and which version a case gets.

use civic::{LocalText, Moment, words};
use sha2::{Digest as _, Sha256};

words! {
    /// Which of the two.
    Arm {
        /// The version in force.
        A = "a",
        /// The other.
        B = "b",
    }
}

words! {
    /// What comes of a pilot.
    Ending {
        /// The other version is in force from now on.
        Adopted = "adopted",
        /// What is in force stays.
        Kept = "kept",
    }
}

/// A pilot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilot {
    /// Its id.
    pub id: String,
    /// The code of the service.
    pub service: String,
    /// The number of the version in force when it began.
    pub number_a: i64,
    /// The number of the other.
    pub number_b: i64,
    /// So many of a hundred get the other.
    pub share_percent: i64,
    /// Why, in words.
    pub why: LocalText,
    /// When it began.
    pub begun_at: Moment,
    /// How many applications were begun with the version in force.
    pub begun_a: i64,
    /// How many with the other.
    pub begun_b: i64,
    /// When it ended, and what came of it.
    pub ended: Option<(Moment, Ending)>,
}

impl Pilot {
    /// The version that a case gets: drawn from the id of the pilot and the hash of its draft, so that nobody chooses, and anybody who has
    /// both can work it out again.
    pub fn arm_of(&self, draft_hash: &str) -> Arm {
        let digest = Sha256::digest(format!("{}:{draft_hash}", self.id));
        let drawn = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)) % 10_000;
        if drawn < self.share_percent.unsigned_abs() * 100 { Arm::B } else { Arm::A }
    }

    /// What is kept with a case that this version was given to.
    pub fn mark(&self, arm: Arm) -> String {
        format!("{}.{}", self.id, arm.word())
    }
}

#[cfg(test)]
mod tests {
    use super::{Arm, Pilot};
    use civic::{LocalText, Moment};

    #[test]
    fn cases_are_drawn_by_their_share_and_the_same_every_time() {
        let pilot = |id: &str, share_percent: i64| Pilot {
            id: id.to_owned(),
            service: "parking".to_owned(),
            number_a: 1,
            number_b: 2,
            share_percent,
            why: LocalText::plain("To see"),
            begun_at: Moment(0),
            begun_a: 0,
            begun_b: 0,
            ended: None,
        };
        for share in [5, 30, 50, 95] {
            let one = pilot("one", share);
            let others = (0..20_000).filter(|case| one.arm_of(&format!("{case:x}")) == Arm::B).count();
            let found = fairness::sample_ratio(others as u64, 20_000, share as f64 / 100.0).unwrap();
            assert!(found > 0.001, "{share}: {others} of 20,000");
        }
        let (one, two) = (pilot("one", 50), pilot("two", 50));
        let same = (0..1_000).filter(|case| one.arm_of(&case.to_string()) == two.arm_of(&case.to_string())).count();
        assert!((400..600).contains(&same), "pilots draw apart from each other: {same}");
        assert_eq!(one.arm_of("x"), one.arm_of("x"));
    }
}
