//! Whether the rings of one district fit together.

use crate::{BoundaryRefusal, Spot};
use geo::{
    MultiPolygon,
    algorithm::validation::{InvalidMultiPolygon, InvalidPolygon, RingRole, Validation},
};

/// Holes lie in their outer ring, and neither holes nor polygons overlap or share a side (OGC 06-103r4, 6.1.11 and
/// 6.1.14). Touching at a point is fine.
///
/// One ring alone cannot clash with another; the check compares every pair of its sides, so it is spared then.
pub(crate) fn refuse_clashes(shape: &MultiPolygon, feature: usize) -> Result<(), BoundaryRefusal> {
    if shape.0.len() == 1 && shape.0[0].interiors().is_empty() {
        return Ok(());
    }
    shape.check_validation().map_err(|found| to_refusal(found, Spot::feature(feature)))
}

fn to_refusal(found: InvalidMultiPolygon, at: Spot) -> BoundaryRefusal {
    match found {
        InvalidMultiPolygon::InvalidPolygon(polygon, found) => ring_refusal(&found, at.polygon(polygon.0 + 1)),
        InvalidMultiPolygon::ElementsOverlaps(one, two) => BoundaryRefusal::PartsClash {
            at: at.polygon(one.0 + 1),
            reason: format!("it overlaps polygon {} of the same district", two.0 + 1),
        },
        InvalidMultiPolygon::ElementsTouchOnALine(one, two) => BoundaryRefusal::PartsClash {
            at: at.polygon(one.0 + 1),
            reason: format!("it shares a side with polygon {} of the same district; join them", two.0 + 1),
        },
    }
}

fn ring_refusal(found: &InvalidPolygon, at: Spot) -> BoundaryRefusal {
    let (ring, reason) = match found {
        InvalidPolygon::TooFewPointsInRing(ring) => (ring, "it has too few positions".to_owned()),
        InvalidPolygon::SelfIntersection(ring) => (ring, "it crosses itself".to_owned()),
        InvalidPolygon::NonFiniteCoord(ring, _) => (ring, "it has a position that is no number".to_owned()),
        InvalidPolygon::InteriorRingNotContainedInExteriorRing(ring) => {
            (ring, "it is a hole, but not inside the outer ring".to_owned())
        }
        InvalidPolygon::IntersectingRingsOnALine(one, two) => {
            (two, format!("it shares a side with ring {}", number(one)))
        }
        InvalidPolygon::IntersectingRingsOnAnArea(one, two) => (two, format!("it overlaps ring {}", number(one))),
    };
    BoundaryRefusal::PartsClash { at: at.ring(number(ring)), reason }
}

/// Ring 1 is the outer one.
fn number(ring: &RingRole) -> usize {
    match ring {
        RingRole::Exterior => 1,
        RingRole::Interior(index) => index + 2,
    }
}
