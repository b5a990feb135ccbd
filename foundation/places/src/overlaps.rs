//! Whether two districts claim the same ground.

use crate::{District, district::area_m2};
use geo::BooleanOps;
use std::fmt;

/// Overlaps smaller than this, in square metres, are the slivers of two careful drawings of one border.
pub const OVERLAP_WORTH_SAYING_M2: f64 = 100.0;
/// The most pairs of neighbouring districts that are compared.
pub const MAX_COMPARISONS: usize = 20_000;

/// Two districts that overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// Code of the district that comes first in the file.
    pub one: String,
    /// Code of the other.
    pub other: String,
    /// The ground both claim, in square metres.
    pub area_m2: f64,
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { one, other, area_m2 } = self;
        write!(f, "Districts {one} and {other} overlap on {area_m2:.0} m²; there the lower code counts.")
    }
}

pub(crate) struct Comparison {
    /// The largest first.
    pub overlaps: Vec<Overlap>,
    /// False when [`MAX_COMPARISONS`] was reached.
    pub is_complete: bool,
}

pub(crate) fn compare(districts: &[District]) -> Comparison {
    let mut overlaps = Vec::new();
    let mut compared = 0;
    for (i, one) in districts.iter().enumerate() {
        for other in districts[i + 1..].iter().filter(|other| one.bounds().touches(other.bounds())) {
            compared += 1;
            if compared > MAX_COMPARISONS {
                return Comparison { overlaps: sorted(overlaps), is_complete: false };
            }
            overlaps.extend(overlap(one, other));
        }
    }
    Comparison { overlaps: sorted(overlaps), is_complete: true }
}

fn overlap(one: &District, other: &District) -> Option<Overlap> {
    let area_m2 = area_m2(&one.shape().intersection(other.shape()));
    (area_m2 >= OVERLAP_WORTH_SAYING_M2).then(|| Overlap {
        one: one.code().to_owned(),
        other: other.code().to_owned(),
        area_m2,
    })
}

fn sorted(mut overlaps: Vec<Overlap>) -> Vec<Overlap> {
    overlaps.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    overlaps
}
