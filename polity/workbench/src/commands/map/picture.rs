use super::{read::Read, table};
use crate::{
    svg::{Anchor, Svg},
    words::Words,
};
use fluent_bundle::FluentValue;
use opinion_map::{Group, OpinionMap, Warning};

/// Colours that also people who see few colours tell apart (Okabe, Ito), dark enough for text on white; groups have shapes too.
const COLOURS: [&str; 9] =
    ["#0060a0", "#b04a00", "#00704f", "#8a3f78", "#6b5b00", "#404040", "#9c1c1c", "#3d3d99", "#5c4033"];
const SIDE: f64 = 620.0;
const MARGIN: f64 = 28.0;
const TEXT_X: f64 = 700.0;
const WIDTH: f64 = 1280.0;
const LINE: f64 = 17.0;
/// Letters in a line of the list.
const LETTERS: usize = 82;
/// Letters of a line that is never cut.
const WHOLE: usize = 10_000;
/// Dots in the picture, at most; of more people every second, third … is drawn.
const DOTS_MAX: usize = 6_000;

/// The map as SVG: people as dots with the shape and colour of their group, and beside it the same in words.
pub fn draw(map: &OpinionMap, read: &Read, words: &Words) -> String {
    let lines = lines(map, read, words);
    let bottom = lines.iter().map(|line| line.space + LINE).sum::<f64>() + 2.0 * MARGIN + 10.0;
    let size = (WIDTH, bottom.max(SIDE + 2.0 * MARGIN + 60.0));
    let groups = if map.groups.len() > 1 { map.groups.len() } else { 0 };
    let title =
        words.say("map-title", &[people(map.people_on_map()).as_slice(), &[("groups", groups.into())]].concat());
    let mut svg = Svg::new(size, words.language, &title, &description(map, read, words));
    dots(&mut svg, map, words);
    list(&mut svg, &lines);
    svg.finished()
}

fn description(map: &OpinionMap, read: &Read, words: &Words) -> String {
    let mut said: Vec<String> = map.warnings.iter().map(|warning| warned(warning, words)).collect();
    for group in divided(map) {
        let marks: Vec<String> = group.representative.iter().map(|one| mark(one, read, 120, words)).collect();
        said.push(format!("{}: {}.", heading(group, words), marks.join("; ")));
    }
    said.push(words.say("map-near", &[]));
    said.join(" ")
}

/// So many people: the number as it is shown, and as grammar counts it.
fn people(count: usize) -> [(&'static str, FluentValue<'static>); 2] {
    [("people", count.to_string().into()), ("count", count.into())]
}

/// The groups, where people are divided at all.
fn divided(map: &OpinionMap) -> &[Group] {
    if map.groups.len() > 1 { &map.groups } else { &[] }
}

/// A warning in the reader's language. The figures behind it stand in the table and in the JSON.
fn warned(warning: &Warning, words: &Words) -> String {
    let values = match warning {
        Warning::TooFewPeople { people: few } => people(*few).to_vec(),
        Warning::GroupNotStable { group, .. } => vec![("group", group.to_string().into())],
        _ => Vec::new(),
    };
    words.say(&format!("warning-{}", warning.code()), &values)
}

fn mark(one: &opinion_map::Representative, read: &Read, most: usize, words: &Words) -> String {
    let agrees = one.agrees || (one.best_agree && !one.marks());
    let stance = words.say(if agrees { "map-agrees" } else { "map-disagrees" }, &[]);
    format!("{stance} {}", table::short(read, &one.statement, most))
}

fn dots(svg: &mut Svg, map: &OpinionMap, words: &Words) {
    let on_map: Vec<_> = map.people.iter().filter_map(|one| Some((one.place, one.group?))).collect();
    let largest = on_map.iter().flat_map(|(place, _)| place.map(f64::abs)).fold(1e-9, f64::max);
    // The axes are no language: they keep their sides, whichever way the words run.
    let left = if words.language.is_rtl() { svg.across(MARGIN + SIDE) } else { MARGIN };
    let spot = |place: [f64; 2]| {
        let along = |value: f64| SIDE / 2.0 + value / largest * (SIDE / 2.0 - 8.0);
        (left + along(place[0]), MARGIN + along(-place[1]))
    };
    let middle = MARGIN + SIDE / 2.0;
    let grey = "stroke=\"#d8d8d8\"";
    svg.line((MARGIN, middle), (MARGIN + SIDE, middle), grey);
    svg.line((middle, MARGIN), (middle, MARGIN + SIDE), grey);
    let step = on_map.len().div_ceil(DOTS_MAX).max(1);
    for group in &map.groups {
        svg.put(format_args!("<g fill=\"{}\" fill-opacity=\"0.55\">", COLOURS[group.id % COLOURS.len()]));
        for (place, _) in on_map.iter().filter(|one| one.1 == group.id).step_by(step) {
            let (x, y) = spot(*place);
            svg.put(shape(group.id, x, y, 4.0));
        }
        svg.put("</g>");
    }
    for group in divided(map) {
        let (x, y) = spot(group.centre);
        let style =
            "font-size=\"22\" font-weight=\"bold\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\"";
        let named = words.say("map-group", &[("group", group.id.to_string().into())]);
        svg.text((svg.across(x), y), Anchor::Middle, &named, WHOLE, style);
    }
    for (line, text) in under(map, step, words).iter().enumerate() {
        let y = SIDE + MARGIN + 24.0 + LINE * line as f64;
        svg.text((MARGIN, y), Anchor::Start, text, WHOLE, "fill=\"#404040\"");
    }
}

/// What stands under the map.
fn under(map: &OpinionMap, step: usize, words: &Words) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", share * 100.0).into();
    let [across, up] = map.axes.variance_share.map(percent);
    let axes = words.say("map-axes", &[("across", across), ("up", up), ("seed", map.seed.to_string().into())]);
    let mut said = vec![words.say("map-near", &[]), axes];
    if step > 1 {
        said.push(words.say("map-dots", &people(step)));
    }
    said
}

/// Circle, square, triangle, diamond, cross; then again.
fn shape(group: usize, x: f64, y: f64, r: f64) -> String {
    match group % 5 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\"/>"),
        1 => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{w}\" height=\"{w}\"/>",
            x - r * 0.9,
            y - r * 0.9,
            w = r * 1.8
        ),
        2 => format!("<path d=\"M{x:.1} {:.1}l{r} {h}h-{w}z\"/>", y - r, h = r * 1.8, w = r * 2.0),
        3 => format!("<path d=\"M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z\"/>", y - r),
        _ => format!(
            "<path d=\"M{x:.1} {:.1}v{w}M{:.1} {y:.1}h{w}\" stroke=\"currentColor\" stroke-width=\"2\"/>",
            y - r,
            x - r,
            w = r * 2.0
        ),
    }
}

/// A line of the list beside the map.
struct Line {
    text: String,
    is_bold: bool,
    colour: &'static str,
    /// Empty space above it.
    space: f64,
}

const BLACK: &str = "#202020";

fn lines(map: &OpinionMap, read: &Read, words: &Words) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    let mut add = |text: &str, is_bold: bool, colour: &'static str, is_first: bool| {
        for (at, text) in wrapped(text).into_iter().enumerate() {
            let space = if is_first && at == 0 { LINE / 2.0 } else { 0.0 };
            all.push(Line { text, is_bold, colour, space });
        }
    };
    for warning in &map.warnings {
        add(&warned(warning, words), true, BLACK, false);
    }
    for group in divided(map) {
        add(&heading(group, words), true, COLOURS[group.id % COLOURS.len()], true);
        for one in &group.representative {
            add(&mark(one, read, 2 * LETTERS - 30, words), false, BLACK, false);
        }
    }
    for (key, list) in [("map-most-agree", &map.consensus.agree), ("map-most-disagree", &map.consensus.disagree)] {
        if list.is_empty() {
            continue;
        }
        add(&words.say(key, &[]), true, BLACK, true);
        for one in list {
            add(&table::short(read, &one.statement, 2 * LETTERS - 30), false, BLACK, false);
        }
    }
    all
}

fn list(svg: &mut Svg, lines: &[Line]) {
    let mut y = MARGIN + 10.0;
    for line in lines {
        y += line.space;
        let weight = if line.is_bold { " font-weight=\"bold\"" } else { "" };
        svg.text((TEXT_X, y), Anchor::Start, &line.text, WHOLE, &format!("fill=\"{}\"{weight}", line.colour));
        y += LINE;
    }
}

fn heading(group: &Group, words: &Words) -> String {
    let sign = ["●", "■", "▲", "◆", "✚"][group.id % 5];
    let values = [[("group", group.id.to_string().into())].as_slice(), &people(group.members.len())].concat();
    format!("{sign} {}", words.say("map-heading", &values))
}

/// A text in lines of about [`LETTERS`]; wide letters (Chinese, Japanese, Korean) count twice.
fn wrapped(text: &str) -> Vec<String> {
    let width = |letter: char| if letter >= '\u{1100}' { 2 } else { 1 };
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_inclusive(|letter: char| letter.is_whitespace() || letter >= '\u{2e80}') {
        let length: usize = word.chars().map(width).sum();
        if used > 0 && used + length > LETTERS {
            lines.push("    ".to_owned());
            used = 4;
        }
        used += length;
        lines.last_mut().expect("there is a first line").push_str(word);
    }
    lines
}
