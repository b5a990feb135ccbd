//! The map as a picture: each person a mark, whose shape and colour are those of the group. Colours are classes of the stylesheet.

use crate::map_view::{MapView, STEPS};
use std::fmt::Write as _;
use web::feed::escape;

/// Marks in a picture at most; of more people every second, third … is drawn.
pub const MARKS_LIMIT: usize = 2_000;
/// Half the width of the picture.
const HALF: i32 = 300;
const MARGIN: i32 = 24;

// Writing to a String cannot fail; `let _` says so throughout.

/// What the picture says of itself.
pub struct Labels<'l> {
    /// What it shows.
    pub title: &'l str,
    /// What one sees in it.
    pub desc: &'l str,
    /// What each group is called.
    pub groups: &'l [String],
    /// At the place of the reader.
    pub you: &'l str,
}

/// Draws a map, with the reader's own place where they are on it.
pub fn map_svg(map: &MapView, you: Option<(i32, i32)>, labels: &Labels<'_>) -> String {
    let side = 2 * (HALF + MARGIN);
    let mut svg = format!(
        "<svg class=\"omap\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-labelledby=\"omap-title omap-desc\"><title id=\"omap-title\">{}</title><desc id=\"omap-desc\">{}</desc>",
        escape(labels.title),
        escape(labels.desc)
    );
    let middle = HALF + MARGIN;
    let _ = write!(svg, "<path class=\"axes\" d=\"M{MARGIN} {middle}h{}M{middle} {MARGIN}v{}\"/>", 2 * HALF, 2 * HALF);
    marks(&mut svg, map);
    for (group, name) in map.groups.iter().zip(labels.groups) {
        let (x, y) = spot(group.centre.0, group.centre.1);
        let _ = write!(svg, "<text class=\"gname\" x=\"{x}\" y=\"{y}\">{}</text>", escape(name));
    }
    if let Some((x, y)) = you {
        let (x, y) = spot(x, y);
        let _ = write!(
            svg,
            "<circle class=\"you\" cx=\"{x}\" cy=\"{y}\" r=\"9\"/><text class=\"you-name\" x=\"{x}\" y=\"{}\">{}</text>",
            if y < 40 { y + 26 } else { y - 15 },
            escape(labels.you)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// How many people one mark stands for.
pub fn people_a_mark(map: &MapView) -> usize {
    map.people_on_map.div_ceil(MARKS_LIMIT).max(1)
}

fn spot(x: i32, y: i32) -> (i32, i32) {
    (MARGIN + HALF + x * HALF / STEPS, MARGIN + HALF - y * HALF / STEPS)
}

fn marks(svg: &mut String, map: &MapView) {
    let step = people_a_mark(map);
    for group in 0..map.groups.len().max(1) {
        let id = i32::try_from(group).unwrap_or(0);
        let _ = write!(svg, "<path class=\"g g-{}\" d=\"", group % 6);
        for one in map.places.iter().filter(|one| one.3 == id).step_by(step) {
            let (x, y) = spot(one.1, one.2);
            mark(svg, group, x, y);
        }
        svg.push_str("\"/>");
    }
}

/// A round dot, a square, a triangle, a diamond, a cross; then again.
fn mark(svg: &mut String, group: usize, x: i32, y: i32) {
    let _ = match group % 5 {
        0 => write!(svg, "M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", x - 4),
        1 => write!(svg, "M{} {}h7v7h-7z", x - 3, y - 3),
        2 => write!(svg, "M{x} {}l5 8h-10z", y - 5),
        3 => write!(svg, "M{x} {}l5 5l-5 5l-5-5z", y - 5),
        _ => write!(svg, "M{} {}h3v-3h3v3h3v3h-3v3h-3v-3h-3z", x - 4, y - 1),
    };
}

/// The mark of a group by itself, for the key beside the picture.
pub fn key_svg(group: usize) -> String {
    let mut svg = format!(
        "<svg class=\"omap-key\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"g g-{}\" d=\"",
        group % 6
    );
    mark(&mut svg, group, 7, 7);
    svg.push_str("\"/></svg>");
    svg
}
