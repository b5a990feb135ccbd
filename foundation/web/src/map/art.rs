//! The town draws itself: its mark and its pattern, from its own districts.

use super::{MapShape, Projection, path_data};
use std::fmt::Write as _;

/// The colours of the mark, in turn.
const FILLS: [&str; 5] = ["#ffc145", "#8fcdbf", "#ffffff", "#ff8f6b", "#b9b0ff"];
/// Picture units below which two points of the mark are one: it is shown a dozen times smaller than drawn.
const MARK_GRAIN: f64 = 18.0;
/// The same for the pattern, which is coarse on purpose.
const PATTERN_GRAIN: f64 = 9.0;
/// How far each line of the pattern is drawn in towards the middle of its district.
const RINGS: [f64; 5] = [1.0, 0.78, 0.56, 0.34, 0.14];
/// Districts of a very finely divided town beyond this many are left out of the pattern.
const PATTERN_SHAPES_LIMIT: usize = 60;

/// The town's mark: its districts in bright colours. Works inside a page and as a file.
pub fn mark_svg(shapes: &[MapShape]) -> String {
    let view = Projection::of_shapes(shapes);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mark\" viewBox=\"0 0 {} {}\" width=\"44\" height=\"38\" aria-hidden=\"true\">\
         <g stroke=\"#0b3b36\" stroke-width=\"{}\" stroke-linejoin=\"round\" fill-rule=\"evenodd\">",
        view.width,
        view.height,
        if shapes.len() > 40 { 3 } else { 10 },
    );
    for (shape, fill) in shapes.iter().zip(FILLS.iter().cycle()) {
        let data = path_data(&shape.polygons, MARK_GRAIN, |point| view.place(point));
        // Writing to a String cannot fail.
        let _ = write!(svg, "<path fill=\"{fill}\" d=\"{data}\"/>");
    }
    svg.push_str("</g></svg>");
    svg
}

/// The town's pattern for the front page: each district as lines of height.
pub fn pattern_svg(shapes: &[MapShape]) -> String {
    let view = Projection::of_shapes(shapes);
    let mut svg = format!(
        "<svg class=\"pattern\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\">",
        view.width, view.height
    );
    for shape in shapes.iter().take(PATTERN_SHAPES_LIMIT) {
        let (middle_x, middle_y) = view.place(shape.label_point);
        for ring in RINGS {
            let data = path_data(&shape.polygons, PATTERN_GRAIN, |point| {
                let (x, y) = view.place(point);
                (middle_x + (x - middle_x) * ring, middle_y + (y - middle_y) * ring)
            });
            let _ = write!(svg, "<path d=\"{data}\"/>");
        }
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::{super::examples::square, mark_svg, pattern_svg};

    #[test]
    fn every_district_is_in_the_mark_and_five_times_in_the_pattern() {
        let shapes = [square("Docks", 0.0, 0.0, 0.1, None), square("Mill", 0.1, 0.0, 0.1, None)];
        assert_eq!(mark_svg(&shapes).matches("<path").count(), 2);
        assert_eq!(pattern_svg(&shapes).matches("<path").count(), 10);
        assert!(!mark_svg(&shapes).contains("style="));
    }

    #[test]
    fn a_town_without_districts_has_an_empty_mark() {
        assert!(mark_svg(&[]).ends_with("</g></svg>"));
    }
}
