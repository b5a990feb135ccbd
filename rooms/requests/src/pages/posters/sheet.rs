//! The sheet of a notice: an A4 page whose code a telephone reads from two metres.

use crate::{store::Poster, views::Eyes};
use print::{A4, Anchor, Color, Mark, PrintError, Role, Sheet, Style};
use web::{Sayings, Town};

const FIELD: Color = Color(11, 59, 54);
const INK: Color = Color(16, 32, 30);
const MUTED: Color = Color(78, 98, 93);
const PAPER: Color = Color(255, 255, 255);
const MARIGOLD: Color = Color(255, 193, 69);
/// Points of margin at each side, and the width between them.
const MARGIN: f32 = 48.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;
/// The side of the code: 11 cm, read from ten times as far.
const CODE: f32 = 312.0;

fn style(size: f32, is_bold: bool, color: Color) -> Style {
    Style::new(size, is_bold, color)
}

/// Draws it.
pub fn draw(town: &Town, t: &Sayings, poster: &Poster) -> Result<Sheet, PrintError> {
    let category = Eyes::new(town, t.language()).category(&poster.category).name;
    let address = town.url(&format!("/report/at/{}", poster.code));
    let title = t.with1("poster-sheet-title", "category", &category);
    let description = t.with2("poster-sheet-description", "category", &category, "link", &address);
    let mut sheet = Sheet { size: A4, language: t.language(), title, description, marks: Vec::new() };
    sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 196.0, color: FIELD });
    sheet.marks.push(Mark::Bar { x: 0.0, y: 196.0, width: A4.0, height: 8.0, color: MARIGOLD });
    let town_name = town.settings().name.in_language(t.language());
    sheet.fitted((MARGIN, 54.0), town_name, style(15.0, true, MARIGOLD), WIDTH)?;
    sheet.fitted((MARGIN, 112.0), t.say("poster-sheet-heading"), style(44.0, true, PAPER).of(Role::Title), WIDTH)?;
    sheet.fitted((MARGIN, 164.0), &category, style(30.0, false, PAPER), WIDTH)?;
    sheet.code(((A4.0 - CODE) / 2.0, 236.0), CODE, &address)?;
    let y = sheet.words((MARGIN, 588.0), t.say("poster-sheet-how"), style(19.0, true, INK), WIDTH)?;
    let y = sheet.words((MARGIN, y + 4.0), t.say("poster-sheet-easy"), style(14.0, false, INK), WIDTH)?;
    foot(&mut sheet, t, poster, &address, y + 24.0)?;
    Ok(sheet)
}

/// Where it hangs, and the address for those who type.
fn foot(sheet: &mut Sheet, t: &Sayings, poster: &Poster, address: &str, y: f32) -> Result<(), PrintError> {
    let rule = |y| Mark::Rule { from: (MARGIN, y), to: (MARGIN + WIDTH, y), width: 0.7, color: MUTED };
    sheet.marks.push(rule(y - 14.0));
    let mut y = y + 6.0;
    for (key, words) in [("poster-place", &poster.address), ("poster-asset", &poster.asset)] {
        if !words.is_empty() {
            sheet.text((MARGIN, y), t.say(key), style(10.0, false, MUTED), Anchor::Begin);
            sheet.fitted((MARGIN + 130.0, y), words, style(14.0, true, INK), WIDTH - 130.0)?;
            y += 22.0;
        }
    }
    sheet.text((MARGIN, y), t.say("poster-sheet-type"), style(10.0, false, MUTED), Anchor::Begin);
    sheet.fitted((MARGIN + 130.0, y), address, style(12.0, true, FIELD), WIDTH - 130.0)
}
