//! How often each value was seen. Whole numbers lie close together, so any number of them needs little room, and what stands at a place
//! is exact.

use std::collections::BTreeMap;

/// Values with how often each was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread {
    counts: BTreeMap<i64, u64>,
    n: u64,
}

impl Spread {
    /// One more of a value.
    pub fn add(&mut self, value: i64) {
        *self.counts.entry(value).or_default() += 1;
        self.n += 1;
    }

    /// All that another one saw.
    pub fn merge(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            *self.counts.entry(*value).or_default() += count;
        }
        self.n += other.n;
    }

    /// How many there are.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// All values added up; what is below nought counts nothing.
    pub fn sum(&self) -> u64 {
        self.counts.iter().map(|(value, count)| value.max(&0).unsigned_abs() * count).sum()
    }

    /// What stands at a place, from 0 and in order of size; the greatest for a place beyond.
    pub fn at(&self, place: u64) -> Option<i64> {
        let mut left = place.min(self.n.checked_sub(1)?);
        for (value, count) in &self.counts {
            match left.checked_sub(*count) {
                Some(rest) => left = rest,
                None => return Some(*value),
            }
        }
        None
    }

    /// The least value within which so many tenths of all lie (the nearest rank).
    pub fn tenths(&self, tenths: u64) -> Option<i64> {
        self.at((self.n * tenths).div_ceil(10).saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;
    use proptest::prelude::{Strategy as _, prop, proptest};

    proptest! {
        /// The twin: a sorted list.
        #[test]
        fn it_says_what_a_sorted_list_says(values in prop::collection::vec(-20_i64..20, 0..60), cut in (0_usize..60).prop_map(|cut| cut)) {
            let (mut one, mut other) = (Spread::default(), Spread::default());
            values.iter().take(cut).for_each(|value| one.add(*value));
            values.iter().skip(cut).for_each(|value| other.add(*value));
            one.merge(&other);
            let mut sorted = values.clone();
            sorted.sort_unstable();
            for place in 0..sorted.len() + 2 {
                let expected = sorted.get(place.min(sorted.len().saturating_sub(1))).copied();
                assert_eq!(one.at(place as u64), expected);
            }
            assert_eq!(one.tenths(5), sorted.get(sorted.len().div_ceil(2).saturating_sub(1)).copied());
            assert_eq!(one.n(), values.len() as u64);
            assert_eq!(one.sum(), values.iter().filter_map(|value| u64::try_from(*value).ok()).sum::<u64>());
        }
    }
}
