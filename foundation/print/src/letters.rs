//! From a line of text to glyphs in their places: direction by the Unicode bidirectional algorithm (UAX #9), joined letters by HarfBuzz's rules.

use crate::{PrintError, fonts, sheet::Style};
use rustybuzz::{Direction, Face, UnicodeBuffer, shape};
use unicode_bidi::{BidiInfo, Level};

/// A glyph of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    /// Its number in the font of its line.
    pub id: u16,
    /// Where it begins, from the left end of the line, and above its foot, in points.
    pub x: f32,
    pub y: f32,
}

/// A line of glyphs.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub glyphs: Vec<Glyph>,
    /// In points.
    pub width: f32,
}

/// How wide a line is, in points.
///
/// # Errors
/// When a font of the program cannot be read.
pub fn width_of(text: &str, style: &Style, is_rtl: bool) -> Result<f32, PrintError> {
    lay(text, style, is_rtl).map(|line| line.width)
}

/// The style, smaller where a line would be wider than `width` points.
///
/// # Errors
/// When a font of the program cannot be read.
pub(crate) fn fitted(text: &str, style: Style, width: f32, is_rtl: bool) -> Result<Style, PrintError> {
    let wanted = width_of(text, &style, is_rtl)?;
    // A line is as wide as its letters are tall, in proportion.
    Ok(if wanted > width { Style { size: style.size * width / wanted, ..style } } else { style })
}

/// Lays out one line. What the font does not have is drawn as its empty box.
pub(crate) fn lay(text: &str, style: &Style, is_rtl: bool) -> Result<Line, PrintError> {
    let face = fonts::font(style.is_bold).face()?;
    let level = if is_rtl { Level::rtl() } else { Level::ltr() };
    let bidi = BidiInfo::new(text, Some(level));
    let mut line = Line::default();
    for paragraph in bidi.paragraphs.iter().take(1) {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let run_is_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let seen: String = text[run].chars().filter(|character| !is_unseen(*character)).collect();
            set(face, &mut line, &seen, style.size, run_is_rtl);
        }
    }
    Ok(line)
}

/// Signs that only say how the text runs, as Fluent puts them around values.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || character.is_control()
}

/// Sets a run at the end of a line.
fn set(face: &Face<'_>, line: &mut Line, run: &str, size: f32, is_rtl: bool) {
    let scale = size / face.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = shape(face, &[], buffer);
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        line.glyphs.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            x: line.width + position.x_offset as f32 * scale,
            y: position.y_offset as f32 * scale,
        });
        line.width += position.x_advance as f32 * scale;
    }
}
