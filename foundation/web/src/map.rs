//! The town's map, drawn on the server as SVG: districts coloured by a number that is also
//! printed in them, pins, the town's mark and pattern, and the picture on which a pin is
//! placed without a script. Everything that comes from outside is escaped.

mod art;
mod draw;
mod labels;
mod projection;
mod steps;

pub use art::{mark_svg, pattern_svg};
pub use draw::{MapView, Pin, Trace, image_svg, map_svg, map_svg_with};
pub use projection::{IMAGE_WIDTH, Projection, locate};
pub use steps::{Steps, legend_html};

/// A district to draw.
#[derive(Debug, Clone)]
pub struct MapShape {
    /// Its code, its own in the town.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The page it leads to, if any.
    pub href: Option<String>,
    /// Its rings as (longitude, latitude) in degrees; holes are rings inside a ring.
    pub polygons: Vec<Vec<(f64, f64)>>,
    /// Where its number is printed, (longitude, latitude).
    pub label_point: (f64, f64),
    /// The number that chooses its colour; none draws it as "no data".
    pub value: Option<i64>,
    /// The number as people read it.
    pub value_text: String,
}

/// `text` where HTML or SVG expects text or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The `d` of a path through these rings, leaving out points nearer than `grain` to the last.
fn path_data(rings: &[Vec<(f64, f64)>], grain: f64, place: impl Fn((f64, f64)) -> (f64, f64)) -> String {
    use std::fmt::Write as _;
    let mut data = String::new();
    for ring in rings {
        let mut last: Option<(f64, f64)> = None;
        for (x, y) in ring.iter().map(|point| place(*point)) {
            if last.is_some_and(|(a, b)| (a - x).hypot(b - y) < grain) {
                continue;
            }
            let command = if last.is_none() { 'M' } else { 'L' };
            // Writing to a String cannot fail.
            let _ = write!(data, "{command}{x:.1} {y:.1}");
            last = Some((x, y));
        }
        if last.is_some() {
            data.push('Z');
        }
    }
    data
}

#[cfg(test)]
pub(crate) mod examples {
    use super::MapShape;

    /// A square district of a tenth of a degree with its south-west corner here.
    pub(crate) fn square(name: &str, west: f64, south: f64, side: f64, value: Option<i64>) -> MapShape {
        let ring =
            vec![(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)];
        MapShape {
            code: name.to_lowercase(),
            name: name.into(),
            href: Some(format!("/districts/{}", name.to_lowercase())),
            polygons: vec![ring],
            label_point: (west + side / 2.0, south + side / 2.0),
            value,
            value_text: value.map_or_else(|| "–".into(), |value| value.to_string()),
        }
    }
}
