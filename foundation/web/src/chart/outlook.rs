//! A series so far and what is expected of it, with its interval as a band.

use super::{About, open};
use crate::map::escape;
use std::fmt::Write as _;

// Writing to a String cannot fail; `let _` says so throughout.

/// Height of the drawing, without the line of dates below.
const HEIGHT: f64 = 220.0;
/// Space above the greatest value, for its number.
const ABOVE: f64 = 26.0;

/// One day to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The lower end of the interval.
    pub low: f64,
    /// The middle.
    pub value: f64,
    /// The upper end.
    pub high: f64,
}

/// The words at the marks.
#[derive(Debug, Clone)]
pub struct OutlookWords {
    /// Under the first value, the last known one, and the last expected one.
    pub dates: [String; 3],
    /// At the last known value.
    pub now: String,
    /// At the last expected one: the middle and its interval.
    pub then: String,
    /// Values of the vertical axis, as [`scale`] chooses them, and as people read them.
    pub scale: Vec<(f64, String)>,
}

/// Values of an axis from zero, which has no label, to the greatest: two to five round ones, as 20, 40, 60.
pub fn scale(most: f64) -> Vec<f64> {
    const MARKS: f64 = 2.0;
    if !most.is_finite() || most < 1.0 {
        return Vec::new();
    }
    let power = 10_f64.powf((most / MARKS).log10().floor());
    let step = [5.0, 2.0, 1.0].map(|times| times * power).into_iter().find(|step| *step <= most / MARKS);
    let step = step.unwrap_or(power).max(1.0);
    std::iter::successors(Some(step), |mark| Some(mark + step)).take_while(|mark| *mark <= most).collect()
}

/// Draws what was and what is expected, from zero on, time from left to right in every language. Without anything expected only what was
/// is drawn.
pub fn outlook_svg(about: &About<'_>, past: &[f64], ahead: &[Expected], words: &OutlookWords, hue: u8) -> String {
    let mut svg = open(about, (HEIGHT + ABOVE) as usize + 48, &format!("chart hue-{hue}"));
    let most = past.iter().copied().chain(ahead.iter().map(|day| day.high)).fold(1.0, f64::max);
    let steps = (past.len() + ahead.len()).saturating_sub(1).max(1) as f64;
    let x = |index: usize| index as f64 / steps * 100.0;
    let y = |value: f64| ABOVE + (1.0 - value / most) * HEIGHT;
    let line = |points: &mut dyn Iterator<Item = (usize, f64)>| {
        points.map(|(index, value)| format!("{:.2},{:.1}", x(index), y(value))).collect::<Vec<_>>().join(" ")
    };
    let last = past.len().saturating_sub(1);
    let days = || ahead.iter().enumerate().map(|(day, expected)| (past.len() + day, expected));
    let from = || past.last().map(|value| (last, *value)).into_iter();
    let upper = line(&mut from().chain(days().map(|(at, day)| (at, day.high))));
    let lower = line(&mut days().rev().map(|(at, day)| (at, day.low)));
    let bottom = ABOVE + HEIGHT;
    for (value, _) in &words.scale {
        let _ = write!(svg, "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>", y(*value));
    }
    let _ = write!(
        svg,
        "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{bottom}\" y2=\"{bottom}\"/>\
         <svg viewBox=\"0 0 100 {0}\" width=\"100%\" height=\"{0}\" preserveAspectRatio=\"none\">",
        bottom
    );
    if !ahead.is_empty() {
        let _ = write!(svg, "<polygon class=\"band\" points=\"{upper} {lower}\"/>");
    }
    let known = line(&mut past.iter().copied().enumerate());
    let expected = line(&mut from().chain(days().map(|(at, day)| (at, day.value))));
    let _ = write!(
        svg,
        "<polyline class=\"line\" points=\"{known}\"/><polyline class=\"line ahead\" points=\"{expected}\"/></svg>"
    );
    for (value, text) in &words.scale {
        let _ = write!(svg, "<text class=\"soft begin\" x=\"0\" y=\"{:.1}\">{}</text>", y(*value) - 4.0, escape(text));
    }
    // The words of now stand below its dot, those of the end above the band: so neither lies on a line nor on the other.
    let mut dot = |index: usize, value: f64, text: &str, foot: f64| {
        let _ = write!(
            svg,
            "<circle class=\"dot\" cx=\"{0:.2}%\" cy=\"{1:.1}\" r=\"4\"/><text class=\"strong end\" x=\"{0:.2}%\" y=\"{2:.1}\">{3}</text>",
            x(index),
            y(value),
            foot.clamp(14.0, bottom - 6.0),
            escape(text)
        );
    };
    if let Some(value) = past.last() {
        dot(last, *value, &words.now, y(*value) + 20.0);
    }
    if let Some((at, day)) = days().next_back() {
        dot(at, day.value, &words.then, y(day.high) - 8.0);
    }
    let ends = [(0, "begin", 18.0, 0), (last, "end", 18.0, 1), (last + ahead.len(), "end", 36.0, 2)];
    for (index, anchor, below, word) in ends.into_iter().take(if ahead.is_empty() { 2 } else { 3 }) {
        let text = escape(&words.dates[word]);
        let _ = write!(
            svg,
            "<text class=\"soft {anchor}\" x=\"{:.2}%\" y=\"{:.1}\">{text}</text>",
            x(index),
            bottom + below
        );
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::{About, Expected, OutlookWords, outlook_svg, scale};

    fn drawn(past: &[f64], ahead: &[Expected]) -> String {
        let about = About { id: "outlook", title: "Open", desc: "Open & expected", rtl: false };
        let dates = ["1 May", "2 May", "4 May"].map(str::to_owned);
        let words = OutlookWords {
            dates,
            now: "20 open".into(),
            then: "<30> (10–40)".into(),
            scale: vec![(20.0, "20 & up".into())],
        };
        outlook_svg(&about, past, ahead, &words, 1)
    }

    #[test]
    fn the_band_goes_from_now_to_the_ends_of_the_interval() {
        let day = |low, value, high| Expected { low, value, high };
        let svg = drawn(&[10.0, 20.0], &[day(15.0, 25.0, 35.0), day(10.0, 30.0, 40.0)]);
        // 40 is the top (26), 0 the bottom (246): 20 is in the middle.
        assert!(svg.contains("points=\"33.33,136.0 66.67,53.5 100.00,26.0 100.00,191.0 66.67,163.5\""), "{svg}");
        assert!(svg.contains("y1=\"136.0\" y2=\"136.0\"") && svg.contains(">20 &amp; up</text>"), "{svg}");
        assert!(svg.contains("&lt;30&gt; (10–40)</text>") && svg.contains("20 open") && svg.contains("4 May"));
        assert!(svg.contains("class=\"line ahead\" points=\"33.33,136.0 66.67,108.5 100.00,81.0\""));
    }

    #[test]
    fn the_axis_has_a_few_round_marks() {
        assert_eq!(scale(43.0), [20.0, 40.0]);
        assert_eq!(scale(100.0), [50.0, 100.0]);
        assert_eq!(scale(1_234.0), [500.0, 1_000.0]);
        assert_eq!(scale(1.0), [1.0]);
        assert!(scale(0.0).is_empty() && scale(f64::NAN).is_empty());
        for most in 1..3_000 {
            assert!((1..=5).contains(&scale(f64::from(most)).len()), "{most}");
        }
    }

    #[test]
    fn nothing_is_expected_of_too_little() {
        let svg = drawn(&[3.0, 1.0], &[]);
        assert!(!svg.contains("band") && !svg.contains("4 May") && svg.contains("2 May"));
        assert!(!drawn(&[], &[]).contains("NaN") && !drawn(&[0.0], &[]).contains("NaN"));
    }
}
