//! The sheet of paper of one district: an A4 page to pin to a board.

use super::{
    Adjusted, DistrictView, FiguresRow, as_i64,
    line::{self, reached},
    period, time, verdict,
};
use crate::figures::{Figures, backlog::Backlog};
use fairness::Share;
use print::{A4, Anchor, Color, Mark, PrintError, Role, Sheet, Style};
use web::{Town, Visit, dates, map::Projection};

const FIELD: Color = Color(11, 59, 54);
const ACTION: Color = Color(15, 91, 82);
const GROUND: Color = Color(239, 244, 241);
const LAND: Color = Color(207, 226, 220);
const INK: Color = Color(16, 32, 30);
const MUTED: Color = Color(78, 98, 93);
const PAPER: Color = Color(255, 255, 255);
const MARIGOLD: Color = Color(255, 193, 69);
/// Points of margin at each side, and the width between them.
const MARGIN: f32 = 40.0;
const WIDTH: f32 = 515.0;
/// Categories that have room.
const CATEGORIES: usize = 6;

fn style(size: f32, is_bold: bool, color: Color) -> Style {
    Style::new(size, is_bold, color)
}

/// Draws it.
pub fn sheet(
    town: &Town,
    visit: &Visit,
    figures: &Figures,
    view: &DistrictView,
    backlog: &Backlog,
) -> Result<Sheet, PrintError> {
    let t = &visit.t;
    let name = view.district.named.name.as_str();
    let title = t.with1("district-title", "district", name);
    let mut sheet =
        Sheet { size: A4, language: t.language(), description: summary(visit, view), title, marks: Vec::new() };
    sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 112.0, color: FIELD });
    sheet.marks.push(Mark::Bar { x: 0.0, y: 112.0, width: A4.0, height: 4.0, color: MARIGOLD });
    let town_name = town.settings().name.in_language(t.language());
    sheet.text(
        (MARGIN, 40.0),
        format!("{town_name} · {}", t.say("figures-title")),
        style(11.0, false, PAPER),
        Anchor::Begin,
    );
    sheet.fitted((MARGIN, 72.0), name, style(27.0, true, PAPER).of(Role::Title), WIDTH)?;
    sheet.text((MARGIN, 96.0), period(visit, figures, view.district.reports), style(10.0, false, PAPER), Anchor::Begin);
    map(&mut sheet, town, &view.district.named.code);
    let y = numbers(&mut sheet, visit, view)?;
    let y = compared(&mut sheet, visit, &view.district, y)?;
    let y = promises(&mut sheet, visit, &view.district, y)?;
    let y = categories(&mut sheet, visit, &view.categories, y)?;
    let y = outlook(&mut sheet, visit, backlog, y)?;
    heading(&mut sheet, t.say("reporting-title"), y);
    sheet.words((MARGIN, y + 18.0), &reporting_sentence(visit, view), style(9.5, false, INK), WIDTH)?;
    foot(&mut sheet, town, visit, (view, figures.as_of))?;
    Ok(sheet)
}

/// What the sheet says, in a sentence for those who cannot see it.
fn summary(visit: &Visit, view: &DistrictView) -> String {
    let row = &view.district;
    let number = |count: u64| dates::number(as_i64(count), visit.t.language());
    let values = [
        ("reports", number(row.reports).into()),
        ("median", reached(visit, row.median_seconds, row.reports).into()),
        ("p90", reached(visit, row.p90_seconds, row.reports).into()),
        ("open", number(row.open).into()),
        ("overdue", number(row.overdue).into()),
    ];
    visit.t.with("district-summary", &values)
}

/// The town's districts, this one filled.
fn map(sheet: &mut Sheet, town: &Town, code: &str) {
    const SIDE: f32 = 150.0;
    let shapes = town.part::<places::Districts>().shapes();
    let projection = Projection::of_shapes(&shapes);
    let scale = f64::from(SIDE) / projection.width.max(projection.height);
    let draws = |is_own: bool| shapes.iter().filter(move |shape| (shape.code == code) == is_own);
    for shape in draws(false).chain(draws(true)) {
        let point = |point: &(f64, f64)| {
            let (x, y) = projection.place(*point);
            ((x * scale) as f32, (y * scale) as f32)
        };
        let rings = shape.polygons.iter().map(|ring| ring.iter().map(point).collect()).collect();
        let color = if shape.code == code { ACTION } else { LAND };
        sheet.marks.push(Mark::Outline {
            at: (MARGIN + WIDTH - SIDE, 130.0),
            width: SIDE,
            rings,
            color,
            line: Some((0.7, PAPER)),
            alt: String::new(),
        });
    }
}

/// The key figures.
fn numbers(sheet: &mut Sheet, visit: &Visit, view: &DistrictView) -> Result<f32, PrintError> {
    /// Points from one column to the next, and of a text in it.
    const COLUMN: (f32, f32) = (184.0, 174.0);
    let (t, row) = (&visit.t, &view.district);
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let until = |seconds: Option<u32>| reached(visit, seconds, row.reports);
    let of_all = t.with2("district-of-all", "count", number(row.reports), "ended", number(row.ended));
    let median = row.median_low_seconds.map(|low| {
        let values = [
            ("count", number(row.reports).into()),
            ("low", time(visit, Some(low)).into()),
            ("high", until(row.median_high_seconds).into()),
        ];
        t.with("district-median-between", &values)
    });
    let answers = t.with1("district-answer-p90", "time", until(row.answer_p90_seconds));
    let open = t.with2("district-of-open", "count", number(row.overdue), "age", time(visit, row.age_median_seconds));
    let cells = [
        (until(row.median_seconds), t.say("figures-median-long"), median.unwrap_or_else(|| of_all.clone())),
        (until(row.p90_seconds), t.say("figures-p90-long"), of_all),
        (until(row.answer_median_seconds), t.say("district-answer"), answers),
        (number(row.open), t.say("district-open"), open),
    ];
    for (place, (value, label, below)) in cells.into_iter().enumerate() {
        let (x, y) = (MARGIN + (place % 2) as f32 * COLUMN.0, 158.0 + (place / 2) as f32 * 68.0);
        sheet.fitted((x, y), &value, style(23.0, true, ACTION), COLUMN.1)?;
        sheet.fitted((x, y + 16.0), label, style(9.5, false, INK).of(Role::Continued), COLUMN.1)?;
        sheet.fitted((x, y + 29.0), &below, style(9.0, false, MUTED).of(Role::Continued), COLUMN.1)?;
    }
    Ok(304.0)
}

fn heading(sheet: &mut Sheet, text: &str, y: f32) {
    sheet.marks.push(Mark::Rule { from: (MARGIN, y - 14.0), to: (MARGIN + WIDTH, y - 14.0), width: 0.7, color: LAND });
    sheet.text((MARGIN, y + 2.0), text, style(12.0, true, FIELD).of(Role::Heading), Anchor::Begin);
}

/// How much longer or shorter its residents wait, for the same mix.
fn compared(sheet: &mut Sheet, visit: &Visit, row: &FiguresRow, y: f32) -> Result<f32, PrintError> {
    let t = &visit.t;
    heading(sheet, t.say("district-compared"), y);
    let (word, _) = verdict(row.adjusted);
    let Some(adjusted) = row.adjusted else {
        return Ok(sheet.words((MARGIN, y + 20.0), t.say(word), style(9.5, false, INK), WIDTH)? + 12.0);
    };
    let said = format!("{} · {}", t.say(word), line::compared(visit, row));
    sheet.fitted((MARGIN, y + 22.0), &said, style(12.0, true, INK), 230.0)?;
    let Adjusted { ratio, low, high } = adjusted;
    let reach = [low, high, 0.5, 2.0].map(|end| end.ln().abs()).into_iter().fold(0.0, f64::max);
    let (middle, half) = (MARGIN + 375.0, 130.0);
    let at = |ratio: f64| middle + (ratio.ln() / reach) as f32 * half;
    let axis = y + 20.0;
    sheet.marks.push(Mark::Rule { from: (middle - half, axis), to: (middle + half, axis), width: 0.7, color: LAND });
    sheet.marks.push(Mark::Rule { from: (middle, axis - 9.0), to: (middle, axis + 9.0), width: 1.0, color: MUTED });
    sheet.marks.push(Mark::Rule { from: (at(low), axis), to: (at(high), axis), width: 4.0, color: ACTION });
    sheet.marks.push(Mark::Dot { at: (at(ratio), axis), radius: 5.0, color: ACTION });
    sheet.text((middle, axis + 20.0), t.say("district-average"), style(8.0, false, MUTED), Anchor::Middle);
    Ok(sheet.words((MARGIN, y + 36.0), t.say("district-compared-text"), style(8.5, false, MUTED), 220.0)? + 14.0)
}

/// What was promised and what was kept.
fn promises(sheet: &mut Sheet, visit: &Visit, row: &FiguresRow, y: f32) -> Result<f32, PrintError> {
    let t = &visit.t;
    heading(sheet, t.say("district-promises"), y);
    let Some(Share { value, low, high }) = fairness::share(row.on_time, row.promised) else {
        return Ok(
            sheet.words((MARGIN, y + 20.0), t.say("district-no-promises"), style(9.5, false, INK), WIDTH)? + 14.0
        );
    };
    let percent = |share: f64| dates::decimal(share * 100.0, 1, t.language());
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let values = [
        ("kept", number(row.on_time).into()),
        ("promised", number(row.promised).into()),
        ("share", percent(value).into()),
        ("low", percent(low).into()),
        ("high", percent(high).into()),
    ];
    sheet.marks.push(Mark::Bar { x: MARGIN, y: y + 12.0, width: WIDTH, height: 12.0, color: LAND });
    sheet.marks.push(Mark::Bar { x: MARGIN, y: y + 12.0, width: WIDTH * value as f32, height: 12.0, color: ACTION });
    let mut said = t.with("district-kept", &values);
    if row.broken_more.is_some() {
        let (word, _) = line::broken_verdict(row.broken_more);
        let more = line::broken(visit, row.broken_more);
        said = format!("{said} {}", t.with2("district-broken", "word", t.say(word), "value", more));
    }
    Ok(sheet.words((MARGIN, y + 39.0), &said, style(9.5, false, INK), WIDTH)? + 14.0)
}

/// The categories that are reported most.
fn categories(sheet: &mut Sheet, visit: &Visit, rows: &[FiguresRow], y: f32) -> Result<f32, PrintError> {
    let t = &visit.t;
    heading(sheet, t.say("district-categories"), y);
    let columns = [300.0, 400.0, WIDTH].map(|x| MARGIN + x);
    let heads = ["figures-reports", "figures-median", "figures-on-time"];
    for (x, head) in columns.into_iter().zip(heads) {
        sheet.text((x, y + 2.0), t.say(head), style(8.5, false, MUTED).of(Role::ColumnHead), Anchor::End);
    }
    let mut y = y + 19.0;
    for row in rows.iter().take(CATEGORIES) {
        let share = (row.promised > 0).then(|| row.on_time as f64 * 100.0 / row.promised as f64);
        let share = share.map(|share| t.with1("figures-percent", "number", dates::decimal(share, 0, t.language())));
        let cells = [
            dates::number(as_i64(row.reports), t.language()),
            reached(visit, row.median_seconds, row.reports),
            share.unwrap_or_else(super::none),
        ];
        sheet.fitted((MARGIN, y), row.named.name.as_str(), style(9.5, false, INK).of(Role::RowHead), 250.0)?;
        for (x, cell) in columns.into_iter().zip(cells) {
            sheet.text((x, y), cell, style(9.5, false, INK).of(Role::Cell), Anchor::End);
        }
        y += 14.5;
    }
    Ok(y + 12.0)
}

/// The backlog, drawn where there are days to draw, and what is expected of it.
fn outlook(sheet: &mut Sheet, visit: &Visit, backlog: &Backlog, y: f32) -> Result<f32, PrintError> {
    heading(sheet, visit.t.say("backlog-title"), y);
    let section = super::outlook::section(visit, backlog);
    let text = if section.sentence.is_empty() { super::none() } else { section.sentence };
    let end = sheet.words((MARGIN, y + 18.0), &text, style(9.5, false, INK), 255.0)?;
    let expected = backlog.expected();
    if backlog.days.len() > 1 {
        let most = backlog.days.iter().map(|(_, open)| *open as f64).chain(expected.iter().map(|(_, step)| step.high));
        let most = most.fold(1.0, f64::max);
        let steps = (backlog.days.len() + expected.len() - 1) as f32;
        let at = |index: usize, value: f64| {
            (MARGIN + 275.0 + index as f32 / steps * 240.0, y + 52.0 - (value / most) as f32 * 44.0)
        };
        let known: Vec<_> = backlog.days.iter().enumerate().map(|(index, (_, open))| at(index, *open as f64)).collect();
        for (index, (_, step)) in expected.iter().enumerate() {
            let index = backlog.days.len() + index;
            sheet.marks.push(Mark::Rule {
                from: at(index, step.low),
                to: at(index, step.high),
                width: 2.2,
                color: LAND,
            });
            let (x, y) = at(index, step.value);
            sheet.marks.push(Mark::Dot { at: (x, y), radius: 1.0, color: ACTION });
        }
        for pair in known.windows(2) {
            sheet.marks.push(Mark::Rule { from: pair[0], to: pair[1], width: 1.3, color: ACTION });
        }
        let (begin, finish) = (at(0, 0.0), at(steps as usize, 0.0));
        sheet.marks.push(Mark::Rule { from: begin, to: finish, width: 0.7, color: MUTED });
    }
    Ok(end.max(y + 60.0) + 14.0)
}

/// How long matters are likely to stay unreported here.
pub fn reporting_sentence(visit: &Visit, view: &DistrictView) -> String {
    let t = &visit.t;
    let Some((row, days)) =
        view.district.reporting.as_ref().and_then(|row| Some((row, super::reporting::days(visit, row)?)))
    else {
        return t.say("district-reporting-not").to_owned();
    };
    let number = |count: u64| dates::number(as_i64(count), t.language());
    let values =
        [("days", days.into()), ("matters", number(row.matters).into()), ("repeats", number(row.repeats).into())];
    t.with("reporting-all", &values)
}

/// Where it comes from, with a code that leads there.
fn foot(
    sheet: &mut Sheet,
    town: &Town,
    visit: &Visit,
    (view, as_of): (&DistrictView, civic::Moment),
) -> Result<(), PrintError> {
    const SIDE: f32 = 78.0;
    let t = &visit.t;
    let address = town.url(&format!("/requests/figures/districts/{}", view.district.named.code));
    let top = A4.1 - 104.0;
    sheet.marks.push(Mark::Bar { x: 0.0, y: top, width: A4.0, height: 104.0, color: GROUND });
    sheet.code((MARGIN + WIDTH - SIDE, top + 13.0), SIDE, &address)?;
    let end = sheet.words((MARGIN, top + 24.0), t.say("district-how"), style(8.5, false, INK), WIDTH - SIDE - 30.0)?;
    let source = t.with("district-source", &[("date", visit.date_time(as_of).into()), ("link", address.into())]);
    sheet.words((MARGIN, end + 4.0), &source, style(8.5, true, FIELD), WIDTH - SIDE - 30.0)?;
    Ok(())
}
