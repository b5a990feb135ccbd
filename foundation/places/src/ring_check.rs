//! Whether a ring crosses itself, and where.

use geo::{Coord, Intersects, Line};

/// The first place found where two sides of a closed ring meet that are not neighbours.
///
/// Rings that touch themselves at a corner pass: real files have them, and they enclose what they seem to.
/// Sides are swept from west to east, so long rings cost little more than short ones.
pub(crate) fn crossing(ring: &[Coord]) -> Option<Coord> {
    let mut sides: Vec<Line> = ring.windows(2).map(|ends| Line::new(ends[0], ends[1])).collect();
    sides.sort_by(|a, b| west(a).total_cmp(&west(b)));
    for (number, side) in sides.iter().enumerate() {
        let beside = sides[number + 1..].iter().take_while(|other| west(other) <= east(side));
        for other in beside {
            if reach_the_same_latitude(side, other) && !share_an_end(side, other) && side.intersects(other) {
                return Some(middle(side, other));
            }
        }
    }
    None
}

fn west(side: &Line) -> f64 {
    side.start.x.min(side.end.x)
}

fn east(side: &Line) -> f64 {
    side.start.x.max(side.end.x)
}

/// A cheap look that spares most exact tests.
fn reach_the_same_latitude(one: &Line, two: &Line) -> bool {
    let (south, north) = (one.start.y.min(one.end.y), one.start.y.max(one.end.y));
    two.start.y.max(two.end.y) >= south && two.start.y.min(two.end.y) <= north
}

fn share_an_end(one: &Line, two: &Line) -> bool {
    [two.start, two.end].iter().any(|end| *end == one.start || *end == one.end)
}

/// A corner of the shorter side: near enough to find the crossing on a map.
fn middle(one: &Line, two: &Line) -> Coord {
    let length = |side: &Line| (side.end.x - side.start.x).abs() + (side.end.y - side.start.y).abs();
    if length(one) < length(two) { one.start } else { two.start }
}
