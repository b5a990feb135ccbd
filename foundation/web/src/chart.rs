//! Charts drawn on the server as SVG: bars, a line, a stacked bar, a spark. Each has a title,
//! a description and its numbers written at the marks; put a table and a CSV under each.
//! Widths are percentages, so text keeps its size on every screen. Everything is escaped.

mod outlook;

pub use outlook::{Expected, OutlookWords, outlook_svg, scale};

use crate::map::escape;
use std::fmt::Write as _;

// Writing to a String cannot fail; `let _` says so throughout.

/// What every chart says of itself.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Begins the ids inside, its own on the page.
    pub id: &'a str,
    /// What the chart shows.
    pub title: &'a str,
    /// What one sees in it.
    pub desc: &'a str,
    /// Whether the page runs from right to left.
    pub rtl: bool,
}

/// One mark of a chart.
#[derive(Debug, Clone)]
pub struct Datum {
    /// What it is.
    pub label: String,
    /// How much, not negative for bars.
    pub value: f64,
    /// How much, as people read it.
    pub text: String,
}

/// Height of a row of bars: a line of text and the bar.
const ROW_PX: usize = 46;
/// Height of the drawing of a line chart, without its labels.
const LINE_PX: usize = 160;

/// Horizontal bars, one per datum in the order given, with label and number above each.
pub fn bars_svg(about: &About<'_>, data: &[Datum], hue: u8) -> String {
    let most = greatest(data);
    let mut svg = open(about, data.len() * ROW_PX, &format!("chart hue-{hue}"));
    let [(start, start_class), (end, end_class)] = sides(about);
    for (index, datum) in data.iter().enumerate() {
        let (top, share) = (index * ROW_PX, percent(datum.value, most));
        let x = if about.rtl { 100.0 - share } else { 0.0 };
        let _ = write!(
            svg,
            "<text class=\"{start_class}\" x=\"{start}\" y=\"{}\">{}</text><text class=\"strong {end_class}\" x=\"{end}\" y=\"{}\">{}</text>\
             <rect class=\"mark\" x=\"{x:.2}%\" y=\"{}\" width=\"{share:.2}%\" height=\"14\" rx=\"3\"/>",
            top + 16,
            escape(&datum.label),
            top + 16,
            escape(&datum.text),
            top + 23,
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A ratio with its interval.
#[derive(Debug, Clone)]
pub struct Interval {
    /// What it is of.
    pub label: String,
    /// The ratio and the ends of its interval, all above 0.
    pub low: f64,
    /// See `low`.
    pub value: f64,
    /// See `low`.
    pub high: f64,
    /// As people read it.
    pub text: String,
}

/// Room below the rows for the axis and its numbers.
const AXIS_PX: usize = 26;
/// How far apart numbers of an axis stand at the least, in percent of its width.
const TICKS_APART: f64 = 11.0;

/// Ratios as points on lines as long as their intervals, around 1 in the middle: half as much is as far away as twice as much. Of the `ticks`,
/// ratios as people read them, those are drawn that lie within reach and leave room for each other, the farthest first.
pub fn intervals_svg(about: &About<'_>, data: &[Interval], ticks: &[(f64, String)], hue: u8) -> String {
    let reach = data.iter().flat_map(|one| [one.low, one.high]).map(|end| end.ln().abs()).fold(0.1, f64::max);
    let place = |ratio: f64| {
        let share = 50.0 + ratio.ln() / reach * 48.0;
        if about.rtl { 100.0 - share } else { share }
    };
    let height = data.len() * ROW_PX;
    let mut svg = open(about, height + AXIS_PX, &format!("chart hue-{hue}"));
    let [(start, start_class), (end, end_class)] = sides(about);
    let _ = write!(
        svg,
        "<line class=\"axis\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"{height}\"/><line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{height}\" y2=\"{height}\"/>"
    );
    let mut taken: Vec<f64> = Vec::new();
    let mut within: Vec<&(f64, String)> = ticks.iter().filter(|(ratio, _)| ratio.ln().abs() <= reach).collect();
    // The middle first, then from the ends inwards.
    let rank = |ratio: f64| if ratio == 1.0 { f64::NEG_INFINITY } else { -ratio.ln().abs() };
    within.sort_by(|one, other| rank(one.0).total_cmp(&rank(other.0)));
    for (ratio, text) in within {
        let x = place(*ratio);
        if taken.iter().all(|other| (other - x).abs() >= TICKS_APART) {
            let _ = write!(
                svg,
                "<line class=\"axis\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{height}\" y2=\"{}\"/><text class=\"soft mid\" x=\"{x:.2}%\" y=\"{}\">{}</text>",
                height + 5,
                height + 20,
                escape(text)
            );
            taken.push(x);
        }
    }
    for (index, one) in data.iter().enumerate() {
        let (top, y) = (index * ROW_PX, index * ROW_PX + 31);
        let _ = write!(
            svg,
            "<text class=\"{start_class}\" x=\"{start}\" y=\"{}\">{}</text><text class=\"strong {end_class}\" x=\"{end}\" y=\"{}\">{}</text>\
             <line class=\"line\" x1=\"{:.2}%\" x2=\"{:.2}%\" y1=\"{y}\" y2=\"{y}\"/><circle class=\"dot\" cx=\"{:.2}%\" cy=\"{y}\" r=\"5\"/>",
            top + 16,
            escape(&one.label),
            top + 16,
            escape(&one.text),
            place(one.low),
            place(one.high),
            place(one.value),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A line through the data in order, with the first, the last and the extreme numbers written.
pub fn line_svg(about: &About<'_>, data: &[Datum], hue: u8) -> String {
    let mut svg = open(about, LINE_PX + 52, &format!("chart hue-{hue}"));
    let (least, most) = extent(data);
    let place = |index: usize| {
        (across(index, data.len()), 24.0 + (1.0 - level(data[index].value, least, most)) * LINE_PX as f64)
    };
    let bottom = LINE_PX + 28;
    let _ = write!(svg, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{bottom}\" y2=\"{bottom}\"/>");
    for index in 1..data.len() {
        let ((x1, y1), (x2, y2)) = (place(index - 1), place(index));
        let _ = write!(svg, "<line class=\"line\" x1=\"{x1:.2}%\" y1=\"{y1:.1}\" x2=\"{x2:.2}%\" y2=\"{y2:.1}\"/>");
    }
    for index in spoken(data) {
        let (x, y) = place(index);
        let anchor = anchor(index, data.len());
        let _ = write!(
            svg,
            "<circle class=\"dot\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"4\"/><text class=\"strong {anchor}\" x=\"{x:.2}%\" y=\"{:.1}\">{}</text>",
            y - 9.0,
            escape(&data[index].text)
        );
    }
    for index in [0, data.len().saturating_sub(1)].into_iter().take(data.len().min(2)) {
        let (x, anchor) = (across(index, data.len()), anchor(index, data.len()));
        let _ = write!(
            svg,
            "<text class=\"soft {anchor}\" x=\"{x:.2}%\" y=\"{}\">{}</text>",
            bottom + 18,
            escape(&data[index].label)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Parts of a whole in one bar, hues in turn. Put [`key_html`] under it.
pub fn stacked_svg(about: &About<'_>, data: &[Datum]) -> String {
    let whole: f64 = data.iter().map(|datum| datum.value.max(0.0)).sum();
    let mut svg = open(about, 24, "chart");
    let mut at = 0.0;
    for (index, datum) in data.iter().enumerate() {
        let share = percent(datum.value, whole);
        let x = if about.rtl { 100.0 - at - share } else { at };
        let _ = write!(
            svg,
            "<rect class=\"mark hue-{}\" x=\"{x:.2}%\" y=\"2\" width=\"{share:.2}%\" height=\"20\"><title>{}: {}</title></rect>",
            hue_of(index),
            escape(&datum.label),
            escape(&datum.text)
        );
        at += share;
    }
    svg.push_str("</svg>");
    svg
}

/// The key of a stacked bar: each hue, its label and its number.
pub fn key_html(data: &[Datum]) -> String {
    let mut html = String::from("<ul class=\"key\">");
    for (index, datum) in data.iter().enumerate() {
        let _ = write!(
            html,
            "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"mark hue-{}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{} <b>{}</b></li>",
            hue_of(index),
            escape(&datum.label),
            escape(&datum.text)
        );
    }
    html.push_str("</ul>");
    html
}

/// A line the size of a word, without numbers: the figure it stands under has them.
pub fn spark_svg(values: &[f64], hue: u8) -> String {
    let data: Vec<Datum> =
        values.iter().map(|value| Datum { label: String::new(), value: *value, text: String::new() }).collect();
    let (least, most) = extent(&data);
    let place =
        |index: usize| (3.0 + across(index, data.len()) * 1.42, 34.0 - level(data[index].value, least, most) * 30.0);
    let points: Vec<String> = (0..data.len()).map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let mut svg = format!(
        "<svg class=\"spark hue-{hue}\" viewBox=\"0 0 150 38\" width=\"150\" height=\"38\" aria-hidden=\"true\"><polyline class=\"line\" points=\"{}\"/>",
        points.join(" ")
    );
    if let Some(last) = data.len().checked_sub(1) {
        let (x, y) = place(last);
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>");
    }
    svg.push_str("</svg>");
    svg
}

/// A bar for the cell of a table whose greatest value is `most`; the number stands beside it.
pub fn cell_bar_svg(value: f64, most: f64, rtl: bool) -> String {
    let share = percent(value, most);
    let x = if rtl { 100.0 - share } else { 0.0 };
    format!(
        "<svg class=\"barc\" aria-hidden=\"true\"><rect x=\"{x:.2}%\" width=\"{share:.2}%\" height=\"100%\" rx=\"3\"/></svg>"
    )
}

fn open(about: &About<'_>, height: usize, class: &str) -> String {
    let id = escape(about.id);
    format!(
        "<svg class=\"{class}\" width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(about.title),
        escape(about.desc)
    )
}

/// Label and number of a bar: where each is anchored and the class that says which way it runs.
/// The stylesheet keeps the direction of chart text left to right, whatever the page's.
fn sides(about: &About<'_>) -> [(&'static str, &'static str); 2] {
    if about.rtl { [("100%", "end"), ("0", "begin")] } else { [("0", "begin"), ("100%", "end")] }
}

fn greatest(data: &[Datum]) -> f64 {
    data.iter().map(|datum| datum.value).fold(0.0, f64::max)
}

fn extent(data: &[Datum]) -> (f64, f64) {
    data.iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), datum| (low.min(datum.value), high.max(datum.value)))
}

fn percent(value: f64, whole: f64) -> f64 {
    if whole > 0.0 { (value.max(0.0) / whole * 100.0).min(100.0) } else { 0.0 }
}

/// 0 for the least, 1 for the most, the middle when all are the same.
fn level(value: f64, least: f64, most: f64) -> f64 {
    if most > least { (value - least) / (most - least) } else { 0.5 }
}

#[expect(clippy::cast_precision_loss, reason = "a chart has far fewer points than a float counts exactly")]
fn across(index: usize, count: usize) -> f64 {
    if count < 2 { 50.0 } else { index as f64 / (count - 1) as f64 * 100.0 }
}

fn anchor(index: usize, count: usize) -> &'static str {
    match index {
        0 if count > 1 => "begin",
        last if count > 1 && last + 1 == count => "end",
        _ => "mid",
    }
}

fn hue_of(index: usize) -> usize {
    index % 6
}

/// The first, the last, the least and the greatest, each once, unless neighbours would collide.
fn spoken(data: &[Datum]) -> Vec<usize> {
    let by = |wanted: fn(&f64, &f64) -> std::cmp::Ordering| {
        (0..data.len()).max_by(|a, b| wanted(&data[*a].value, &data[*b].value))
    };
    let mut all: Vec<usize> = Vec::new();
    let edges = [data.len().checked_sub(1), (!data.is_empty()).then_some(0)];
    for index in edges.into_iter().chain([by(f64::total_cmp), by(|a, b| b.total_cmp(a))]).flatten() {
        let room = data.len().div_ceil(8);
        if all.iter().all(|other| other.abs_diff(index) >= room.max(1)) {
            all.push(index);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{
        About, Datum, Interval, bars_svg, cell_bar_svg, intervals_svg, key_html, line_svg, spark_svg, stacked_svg,
    };

    const ABOUT: About<'_> = About { id: "wait", title: "Days <to> fix", desc: "By \"district\"", rtl: false };

    fn data(values: &[f64]) -> Vec<Datum> {
        values
            .iter()
            .map(|value| Datum { label: format!("D&{value}"), value: *value, text: format!("{value} d") })
            .collect()
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        let svg = bars_svg(&ABOUT, &data(&[2.0, 8.0, 4.0]), 0);
        for width in ["width=\"25.00%\"", "width=\"100.00%\"", "width=\"50.00%\""] {
            assert!(svg.contains(width), "{width} in {svg}");
        }
        assert!(svg.contains("D&amp;2</text>") && svg.contains(">2 d</text>") && svg.contains("Days &lt;to&gt; fix"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn from_right_to_left_bars_begin_at_the_right() {
        let svg = bars_svg(&About { rtl: true, ..ABOUT }, &data(&[1.0, 4.0]), 0);
        assert!(svg.contains("x=\"75.00%\""), "{svg}");
    }

    fn ticks() -> Vec<(f64, String)> {
        [0.25, 0.5, 1.0, 1.1, 2.0, 4.0].map(|ratio| (ratio, format!("×{ratio}"))).to_vec()
    }

    #[test]
    fn twice_and_half_are_equally_far_from_the_middle() {
        let one =
            |value: f64| Interval { label: "<D>".into(), low: value / 2.0, value, high: value * 2.0, text: "t".into() };
        let svg = intervals_svg(&ABOUT, &[one(2.0), one(0.5), one(1.0)], &ticks(), 0);
        for place in ["cx=\"74.00%\"", "cx=\"26.00%\"", "cx=\"50.00%\"", "x2=\"98.00%\"", "x1=\"2.00%\"", "&lt;D&gt;"] {
            assert!(svg.contains(place), "{place} in {svg}");
        }
        // 1.1 would stand on 1, and all others are within reach.
        for tick in ["×0.25", "×0.5", "×1<", "×2", "×4"] {
            assert!(svg.contains(tick), "{tick} in {svg}");
        }
        assert!(!svg.contains("×1.1"), "{svg}");
        let mirrored = intervals_svg(&About { rtl: true, ..ABOUT }, &[one(2.0)], &ticks(), 0);
        assert!(mirrored.contains("cx=\"26.00%\"") && !intervals_svg(&ABOUT, &[], &ticks(), 0).contains("NaN"));
    }

    #[test]
    fn parts_make_the_whole() {
        let parts = data(&[61.0, 22.0, 17.0]);
        let svg = stacked_svg(&ABOUT, &parts);
        assert!(svg.contains("x=\"61.00%\"") && svg.contains("x=\"83.00%\"") && svg.contains("width=\"17.00%\""));
        assert_eq!(key_html(&parts).matches("<li>").count(), 3);
    }

    #[test]
    fn a_line_rises_where_the_numbers_do_and_names_its_ends() {
        let svg = line_svg(&ABOUT, &data(&[1.0, 2.0, 3.0]), 1);
        assert!(svg.contains("x1=\"0.00%\" y1=\"184.0\"") && svg.contains("x2=\"100.00%\" y2=\"24.0\""), "{svg}");
        assert!(svg.contains("class=\"soft end\"") && svg.contains("class=\"soft begin\""));
    }

    #[test]
    fn nothing_one_and_equal_numbers_draw_without_nonsense() {
        for values in [&[][..], &[5.0], &[3.0, 3.0], &[0.0, 0.0]] {
            let all = [
                bars_svg(&ABOUT, &data(values), 0),
                line_svg(&ABOUT, &data(values), 0),
                stacked_svg(&ABOUT, &data(values)),
                spark_svg(values, 0),
            ];
            assert!(
                all.iter().all(|svg| !svg.contains("NaN") && !svg.contains("inf") && svg.ends_with("</svg>")),
                "{all:?}"
            );
        }
        assert!(cell_bar_svg(1.0, 0.0, false).contains("width=\"0.00%\""));
    }
}
