//! The thread as a drawn line: a dot for each step, in the order of the list beside it, and a curve for each link.

use super::walk::Thread;
use civic::Subject;
use std::fmt::Write as _;

/// Units between two steps.
const ROW: usize = 48;
/// Units between two lanes.
const LANE: usize = 30;
/// Lanes that are drawn; further ones share the last.
const LANES_LIMIT: usize = 5;
/// Units around the drawing.
const MARGIN: usize = 20;
/// Units for the reference beside a dot.
const WORDS: usize = 190;

/// What a drawing says besides its lines.
pub(super) struct Words<'w> {
    /// What it is.
    pub title: &'w str,
    /// What one sees in it.
    pub desc: &'w str,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// The label of each step, in order.
    pub labels: &'w [String],
}

/// Draws it. All links also stand as words in the list, so the drawing is an image.
pub(super) fn thread_svg(thread: &Thread, words: &Words<'_>) -> String {
    let lanes = lanes(thread);
    let across = lanes.iter().max().map_or(1, |most| most + 1);
    let width = 2 * MARGIN + across * LANE + WORDS;
    let height = 2 * MARGIN + thread.steps.len().saturating_sub(1) * ROW;
    let mirrored = |x: usize| if words.rtl { width - x } else { x };
    let at = |step: usize| (mirrored(MARGIN + lanes[step] * LANE), MARGIN + step * ROW);
    let mut svg = format!(
        "<svg class=\"threadline\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"threadline-title threadline-desc\">\
         <title id=\"threadline-title\">{}</title><desc id=\"threadline-desc\">{}</desc>",
        escape(words.title),
        escape(words.desc)
    );
    for (cause, effect) in thread.links.iter().map(|link| link.flow()) {
        let (Some(from), Some(to)) = (place(thread, cause), place(thread, effect)) else { continue };
        let ((x1, y1), (x2, y2)) = (at(from), at(to));
        let middle = (y1 + y2) / 2;
        // Writing to a String cannot fail.
        let _ = write!(svg, "<path d=\"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}\"/>");
    }
    for (number, step) in thread.steps.iter().enumerate() {
        let (x, y) = at(number);
        let (class, radius) = if step.here { ("here", 12) } else { ("dot", 9) };
        let beside = mirrored(MARGIN + across * LANE);
        let label = words.labels.get(number).map_or("", String::as_str);
        let _ = write!(
            svg,
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/><text x=\"{beside}\" y=\"{}\">{}</text>",
            y + 5,
            escape(label)
        );
    }
    svg.push_str("</svg>");
    svg
}

fn place(thread: &Thread, subject: &Subject) -> Option<usize> {
    thread.steps.iter().position(|step| step.brief.subject == *subject)
}

/// The lane of each step: that of its first cause which nobody has gone on from yet, else a new one.
fn lanes(thread: &Thread) -> Vec<usize> {
    let mut lanes: Vec<usize> = Vec::new();
    let mut gone_on = vec![false; thread.steps.len()];
    let mut next = 0;
    for step in &thread.steps {
        let causes = thread.links.iter().map(|link| link.flow()).filter(|(_, effect)| **effect == step.brief.subject);
        let free =
            causes.filter_map(|(cause, _)| place(thread, cause)).find(|cause| *cause < lanes.len() && !gone_on[*cause]);
        let lane = match free {
            Some(cause) => {
                gone_on[cause] = true;
                lanes[cause]
            }
            None => {
                next += 1;
                (next - 1).min(LANES_LIMIT - 1)
            }
        };
        lanes.push(lane);
    }
    lanes
}

fn escape(text: &str) -> String {
    web::feed::escape(text)
}

#[cfg(test)]
mod tests {
    use super::{Words, lanes, thread_svg};
    use crate::{
        links::{Link, Relation},
        thread::walk::{Step, Thread},
    };
    use civic::{Moment, Subject, SubjectKind};
    use web::manifest::Brief;

    fn thread() -> Thread {
        let subject = |id: &str| Subject::new(SubjectKind("stone"), id);
        let step = |id: &str, here| Step {
            brief: Brief { subject: subject(id), title: String::new(), state: None, at: Moment(0) },
            here,
        };
        let grew = |from, to| Link { from: subject(from), relation: Relation::GrewOutOf, to: subject(to) };
        Thread {
            steps: vec![step("a", false), step("b", false), step("c", true), step("d", false)],
            links: vec![grew("c", "a"), grew("c", "b"), grew("d", "c")],
            cut: false,
        }
    }

    #[test]
    fn what_goes_on_stays_in_its_lane() {
        assert_eq!(lanes(&thread()), [0, 1, 0, 0]);
    }

    #[test]
    fn every_step_and_link_is_drawn_and_words_stay_words() {
        let labels: Vec<String> = ["<script>", "b", "c", "d"].map(str::to_owned).into();
        for rtl in [false, true] {
            let svg = thread_svg(&thread(), &Words { title: "T & t", desc: "", rtl, labels: &labels });
            assert_eq!(svg.matches("<circle").count(), 4);
            assert_eq!(svg.matches("<path").count(), 3);
            assert_eq!(svg.matches("class=\"here\"").count(), 1);
            assert!(svg.contains("&lt;script&gt;") && svg.contains("T &amp; t"));
        }
    }
}
