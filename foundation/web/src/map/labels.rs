//! Where the numbers go: inside their district when they fit, else beside it with a line,
//! never over another.

use super::{MapShape, Projection};

/// A number to print.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// Index of its district.
    pub(super) shape: usize,
    /// Middle of the number's baseline.
    pub(super) x: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// How it fits.
    pub(super) fit: Fit,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fit {
    /// Number and name.
    Both,
    /// The number alone.
    Number,
    /// The number in small type.
    Small,
    /// Beside the district, with a line from this point.
    Beside(f64, f64),
}

const NUMBER_PX: f64 = 23.0;
const SMALL_PX: f64 = 17.0;
const NAME_PX: f64 = 12.5;
/// Width of a character relative to the type size, on the wide side.
const CHARACTER: f64 = 0.6;

/// A box: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// Places all numbers, large districts first; a number for which there is no room is left to
/// the table and the tooltip.
pub(super) fn place(shapes: &[MapShape], view: &Projection) -> Vec<Label> {
    let mut taken: Vec<Area> = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    let mut later = Vec::new();
    for (index, shape) in shapes.iter().enumerate() {
        match inside(shape, view) {
            Some((x, y, fit, area)) if !taken.iter().any(|other| overlap(*other, area)) => {
                taken.push(area);
                labels.push(Label { shape: index, x, y, fit });
            }
            _ => later.push(index),
        }
    }
    for index in later {
        let from = view.place(shapes[index].label_point);
        if let Some((x, y, area)) = beside(from, &shapes[index].value_text, view, &taken) {
            taken.push(area);
            labels.push(Label { shape: index, x, y, fit: Fit::Beside(from.0, from.1) });
        }
    }
    labels
}

fn inside(shape: &MapShape, view: &Projection) -> Option<(f64, f64, Fit, Area)> {
    let (x, y) = view.place(shape.label_point);
    let (left, right) = chord(shape, view, x, y, false)?;
    let (above, below) = chord(shape, view, x, y, true)?;
    let room = 2.0 * (x - left).min(right - x) - 6.0;
    let height = 2.0 * (y - above).min(below - y);
    let number = width(&shape.value_text, NUMBER_PX);
    let name = width(&shape.name, NAME_PX);
    let box_of = |wide: f64, up: f64, down: f64| (x - wide / 2.0, y - up, x + wide / 2.0, y + down);
    if room >= number.max(name) && height >= 46.0 {
        return Some((x, y + 2.0, Fit::Both, box_of(number.max(name), 16.0, 20.0)));
    }
    if room >= number && height >= NUMBER_PX + 4.0 {
        return Some((x, y + 8.0, Fit::Number, box_of(number, 10.0, 9.0)));
    }
    let small = width(&shape.value_text, SMALL_PX);
    (room + 4.0 >= small && height >= SMALL_PX).then(|| (x, y + 6.0, Fit::Small, box_of(small, 8.0, 7.0)))
}

/// Looks around the district, nearest first, for a free place in the picture.
fn beside(from: (f64, f64), text: &str, view: &Projection, taken: &[Area]) -> Option<(f64, f64, Area)> {
    const DIRECTIONS: [(f64, f64); 8] =
        [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7)];
    let wide = width(text, SMALL_PX);
    [26.0, 40.0, 56.0, 74.0].iter().find_map(|distance| {
        DIRECTIONS.iter().find_map(|(dx, dy)| {
            let (x, y) = (from.0 + dx * (distance + wide / 2.0), from.1 + dy * distance);
            let area = (x - wide / 2.0, y - 9.0, x + wide / 2.0, y + 9.0);
            let shown = area.0 >= 0.0 && area.1 >= 0.0 && area.2 <= view.width && area.3 <= view.height;
            (shown && !taken.iter().any(|other| overlap(*other, area))).then_some((x, y + 6.0, area))
        })
    })
}

pub(super) fn width(text: &str, size: f64) -> f64 {
    // Texts of labels are short; a count of characters is exact as a float.
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)) * size * CHARACTER
}

fn overlap(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// The piece of the line through `x`, `y` (across, or `down`) that lies in the district.
fn chord(shape: &MapShape, view: &Projection, x: f64, y: f64, down: bool) -> Option<(f64, f64)> {
    let (along, level) = if down { (y, x) } else { (x, y) };
    let turn = |(x, y): (f64, f64)| if down { (y, x) } else { (x, y) };
    let (mut before, mut after) = (f64::NEG_INFINITY, f64::INFINITY);
    for ring in &shape.polygons {
        for pair in ring.windows(2) {
            let (a, b) = (turn(view.place(pair[0])), turn(view.place(pair[1])));
            if (a.1 > level) == (b.1 > level) {
                continue;
            }
            let crossing = a.0 + (level - a.1) / (b.1 - a.1) * (b.0 - a.0);
            if crossing <= along {
                before = before.max(crossing);
            } else {
                after = after.min(crossing);
            }
        }
    }
    (before.is_finite() && after.is_finite()).then_some((before, after))
}

#[cfg(test)]
mod tests {
    use super::{super::examples::square, Fit, place};
    use crate::map::Projection;

    #[test]
    fn large_districts_hold_number_and_name_and_tiny_ones_stand_beside() {
        let shapes = [square("Docks", 0.0, 0.0, 0.1, Some(45)), square("Speck", 0.1, 0.0, 0.002, Some(7))];
        let labels = place(&shapes, &Projection::of_shapes(&shapes));
        assert_eq!(labels[0].fit, Fit::Both);
        assert!(matches!(labels[1].fit, Fit::Beside(..)), "{labels:?}");
    }

    #[test]
    fn no_two_numbers_overlap_in_a_crowd() {
        let shapes: Vec<_> = (0..400)
            .map(|n| square("Lot", f64::from(n % 20) * 0.01, f64::from(n / 20) * 0.01, 0.01, Some(12_345)))
            .collect();
        let labels = place(&shapes, &Projection::of_shapes(&shapes));
        for (index, one) in labels.iter().enumerate() {
            for other in &labels[index + 1..] {
                assert!((one.x - other.x).abs() > 40.0 || (one.y - other.y).abs() > 12.0, "{one:?} {other:?}");
            }
        }
    }
}
