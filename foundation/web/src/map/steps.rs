//! Steps of a coloured map: five at most, with about as many districts each, at round numbers.

use super::escape;
use std::fmt::Write as _;

/// Colours there are.
const CLASSES: usize = 5;

/// Where one colour ends and the next begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The least value of the second and each later step, rising.
    limits: Vec<i64>,
    least: i64,
}

impl Steps {
    /// Steps for these values.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Self {
        let mut sorted: Vec<i64> = values.into_iter().collect();
        sorted.sort_unstable();
        let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else {
            return Self { limits: Vec::new(), least: 0 };
        };
        let unit = round_unit(most.saturating_sub(least) / 20);
        let mut limits: Vec<i64> = (1..CLASSES)
            .map(|step| sorted[step * (sorted.len() - 1) / CLASSES + usize::from(sorted.len() > 1)])
            .map(|value| (value + unit / 2).div_euclid(unit) * unit)
            .filter(|limit| *limit > least && *limit <= most)
            .collect();
        limits.dedup();
        Self { limits, least: least.div_euclid(unit) * unit }
    }

    /// The class of a value: 0 to 4, spread over the colours when there are fewer steps.
    pub fn class(&self, value: i64) -> usize {
        self.spread(self.limits.iter().filter(|limit| value >= **limit).count())
    }

    fn spread(&self, step: usize) -> usize {
        if self.limits.is_empty() { 1 } else { step * (CLASSES - 1) / self.limits.len() }
    }

    /// Each step: its class, its least value and its greatest; the last has none.
    pub fn ranges(&self) -> Vec<(usize, i64, Option<i64>)> {
        (0..=self.limits.len())
            .map(|step| {
                let low = if step == 0 { self.least } else { self.limits[step - 1] };
                (self.spread(step), low, self.limits.get(step).map(|limit| limit - 1))
            })
            .collect()
    }
}

/// The smallest of 1, 2, 5, 10, 20, 50, … that is at least `wanted`.
fn round_unit(wanted: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        if let Some(unit) = [1, 2, 5].iter().map(|digit| digit * power).find(|unit| *unit >= wanted) {
            return unit;
        }
        power = power.saturating_mul(10);
    }
}

/// The legend of a map as a list; `number` writes a number in the reader's language and
/// `no_data` is what a district without one is called, empty when each has one.
pub fn legend_html(steps: &Steps, title: &str, no_data: &str, number: &dyn Fn(i64) -> String) -> String {
    let mut html = format!("<ul class=\"legend\"><li>{}</li>", escape(title));
    for (class, low, high) in steps.ranges() {
        let range = match high {
            Some(high) if high == low => number(low),
            Some(high) => format!("{}–{}", number(low), number(high)),
            None if steps.limits.is_empty() => number(low),
            None => format!("≥ {}", number(low)),
        };
        // Writing to a String cannot fail.
        let _ = write!(html, "<li><i class=\"ramp-{class}\"></i><bdi dir=\"ltr\">{}</bdi></li>", escape(&range));
    }
    if !no_data.is_empty() {
        let _ = write!(html, "<li><i class=\"ramp-none\"></i>{}</li>", escape(no_data));
    }
    html.push_str("</ul>");
    html
}

#[cfg(test)]
mod tests {
    use super::{Steps, legend_html, round_unit};

    #[test]
    fn every_value_lies_in_the_range_of_its_class() {
        for values in [vec![11, 33, 43, 44, 45, 45, 47, 53, 58, 59, 65, 69], vec![0, 0, 0, 1], vec![-40, 5_000, 12]] {
            let steps = Steps::of(values.clone());
            for value in values {
                let class = steps.class(value);
                let fits = steps
                    .ranges()
                    .into_iter()
                    .any(|(of, low, high)| of == class && value >= low && high.is_none_or(|high| value <= high));
                assert!(fits && class < 5, "{value} in {steps:?}");
            }
        }
    }

    #[test]
    fn steps_are_round_and_no_more_than_five() {
        let steps = Steps::of((0..1000).map(|n| n * 7));
        assert_eq!(steps.ranges().len(), 5);
        assert!(steps.limits.iter().all(|limit| limit % 500 == 0), "{steps:?}");
        assert_eq!([0, 1, 2, 3, 11, 60].map(round_unit), [1, 1, 2, 5, 20, 100]);
    }

    #[test]
    fn equal_values_and_none_need_one_step() {
        assert_eq!(Steps::of([7, 7, 7]).ranges().len(), 1);
        assert_eq!(Steps::of([]).class(3), 1);
    }

    #[test]
    fn the_legend_names_each_step_and_escapes() {
        let html = legend_html(&Steps::of([1, 5, 9, 14, 20, 31]), "a < b", "none", &|n| n.to_string());
        assert!(
            html.contains("a &lt; b") && html.contains("ramp-4") && html.contains("≥ ") && html.contains("ramp-none")
        );
    }

    /// Relative luminance (WCAG 2.2, definition) of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    /// The numbers on the coloured districts can be read: 4.5 to 1 at least.
    #[test]
    fn numbers_stand_out_from_their_district() {
        let css = include_str!("../../../../web/src/civic/6-data.css");
        let fill = |class: &str| {
            let (_, rest) = css.split_once(&format!(".{class} {{ fill: ")).expect("the class is there");
            rest.split(';').next().expect("a colour").to_owned()
        };
        let ink = |class: usize| if class >= 3 { "#ffffff".to_owned() } else { "#10201e".to_owned() };
        assert!(
            css.contains(".ramp-ink-3, .ramp-ink-4 { fill: #fff; }")
                && css.contains(".ramp-ink-none { fill: #10201e; }")
        );
        for class in 0..5 {
            let (ground, ink) = (luminance(&fill(&format!("ramp-{class}"))), luminance(&ink(class)));
            let ratio = (ground.max(ink) + 0.05) / (ground.min(ink) + 0.05);
            assert!(ratio >= 4.5, "class {class}: {ratio:.2}");
        }
    }
}
