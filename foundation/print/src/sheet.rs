//! What is drawn on a sheet.

use crate::{PrintError, letters, pdf, svg};
use civic::Language;

/// Marks a sheet may have.
pub(crate) const MARKS_LIMIT: usize = 20_000;
/// An A4 page, upright: width and height in points.
pub const A4: (f32, f32) = (595.28, 841.89);
/// Modules of silence around a QR code (ISO/IEC 18004).
const QUIET: usize = 4;

/// Red, green and blue, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Its colour.
    pub color: Color,
    /// What it is.
    pub role: Role,
}

impl Style {
    /// For plain text.
    pub const fn new(size: f32, is_bold: bool, color: Color) -> Self {
        Self { size, is_bold, color, role: Role::Text }
    }

    /// The same for something else than plain text.
    pub const fn of(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// What a text is. It changes nothing of how it looks: it becomes the structure of a PDF, by which it is read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A text of its own.
    #[default]
    Text,
    /// What the sheet is called.
    Title,
    /// What a part of the sheet is called.
    Heading,
    /// One more line of the text before.
    Continued,
    /// What a column of a table has; a table begins where heads stand.
    ColumnHead,
    /// What a row of a table is about; a row begins there.
    RowHead,
    /// A cell of a row.
    Cell,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Where reading begins: left, or right in languages that run from right to left.
    Begin,
    /// The middle.
    Middle,
    /// Where reading ends.
    End,
}

/// One mark. Places are in points from the corner where reading begins, so a sheet in Arabic is mirrored by itself; what has a shape of its
/// own (an outline, a code) is moved and not mirrored.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line of text standing on `y`.
    Text {
        /// Where the anchor is.
        x: f32,
        /// The foot of the letters.
        y: f32,
        /// What it says.
        text: String,
        /// How.
        style: Style,
        /// Which end is at `x`.
        anchor: Anchor,
    },
    /// A filled rectangle.
    Bar {
        /// The side where reading begins.
        x: f32,
        /// The upper side.
        y: f32,
        /// Its width.
        width: f32,
        /// Its height.
        height: f32,
        /// Its colour.
        color: Color,
    },
    /// A straight line.
    Rule {
        /// From here.
        from: (f32, f32),
        /// To there.
        to: (f32, f32),
        /// How thick.
        width: f32,
        /// Its colour.
        color: Color,
    },
    /// A filled disc.
    Dot {
        /// Its middle.
        at: (f32, f32),
        /// Its radius.
        radius: f32,
        /// Its colour.
        color: Color,
    },
    /// Outlines, filled by the even-odd rule, in a box of this width whose corner where reading begins is at `at`; points count from its
    /// upper left corner.
    Outline {
        /// The corner of the box.
        at: (f32, f32),
        /// Its width.
        width: f32,
        /// The rings.
        rings: Vec<Vec<(f32, f32)>>,
        /// What fills them.
        color: Color,
        /// What is drawn around them.
        line: Option<(f32, Color)>,
        /// What it says to those who cannot see it; empty where texts of the sheet say it.
        alt: String,
    },
}

/// A sheet of paper.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Width and height in points.
    pub size: (f32, f32),
    /// The language of its text.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// What it says, for those who cannot see it.
    pub description: String,
    /// What is on it, the lowest first.
    pub marks: Vec<Mark>,
}

impl Sheet {
    /// Whether it runs from right to left.
    pub fn is_rtl(&self) -> bool {
        self.language == Language::Ar
    }

    /// Writes a line of text.
    pub fn text(&mut self, (x, y): (f32, f32), text: impl Into<String>, style: Style, anchor: Anchor) {
        self.marks.push(Mark::Text { x, y, text: text.into(), style, anchor });
    }

    /// Writes a line of text that begins here and is no wider than `width`: in smaller letters where it would be.
    ///
    /// # Errors
    /// When a font of the program cannot be read.
    pub fn fitted(&mut self, at: (f32, f32), text: &str, style: Style, width: f32) -> Result<(), PrintError> {
        let style = letters::fitted(text, style, width, self.is_rtl())?;
        self.text(at, text, style, Anchor::Begin);
        Ok(())
    }

    /// Writes words in lines no wider than `width`, the first standing on `y`. Returns where the next line would stand.
    ///
    /// # Errors
    /// When a font of the program cannot be read.
    pub fn words(&mut self, (x, y): (f32, f32), text: &str, style: Style, width: f32) -> Result<f32, PrintError> {
        let (mut line, mut y, mut style) = (String::new(), y, style);
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && letters::width_of(&longer, &style, self.is_rtl())? > width {
                self.text((x, y), std::mem::replace(&mut line, word.to_owned()), style, Anchor::Begin);
                (y, style.role) = (y + style.size * 1.35, Role::Continued);
            } else {
                line = longer;
            }
        }
        self.text((x, y), line, style, Anchor::Begin);
        Ok(y + style.size * 1.35)
    }

    /// Draws the code of an address, `side` points wide with its silent border.
    ///
    /// # Errors
    /// When the address is too long.
    pub fn code(&mut self, at: (f32, f32), side: f32, address: &str) -> Result<(), PrintError> {
        let code = qrcode::QrCode::new(address.as_bytes()).map_err(|_| PrintError::Code)?;
        let (modules, width) = (code.to_colors(), code.width());
        let unit = side / (width + 2 * QUIET) as f32;
        let rings = modules.iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark).map(|(place, _)| {
            let (x, y) = ((place % width + QUIET) as f32 * unit, (place / width + QUIET) as f32 * unit);
            vec![(x, y), (x + unit, y), (x + unit, y + unit), (x, y + unit)]
        });
        let rings = rings.collect();
        self.marks.push(Mark::Bar { x: at.0, y: at.1, width: side, height: side, color: Color(255, 255, 255) });
        let alt = address.to_owned();
        self.marks.push(Mark::Outline { at, width: side, rings, color: Color(0, 0, 0), line: None, alt });
        Ok(())
    }

    /// The sheet as an SVG document.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn to_svg(&self) -> Result<String, PrintError> {
        self.check()?;
        svg::draw(self)
    }

    /// The sheet as a PDF document, with the glyphs it needs in it.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn to_pdf(&self) -> Result<Vec<u8>, PrintError> {
        self.check()?;
        pdf::draw(std::slice::from_ref(self))
    }

    pub(crate) fn check(&self) -> Result<(), PrintError> {
        if self.marks.len() > MARKS_LIMIT { Err(PrintError::TooMuch) } else { Ok(()) }
    }

    /// From the corner where reading begins to the left one: of a point, or of a box of this width.
    pub(crate) fn left(&self, x: f32, width: f32) -> f32 {
        if self.is_rtl() { self.size.0 - x - width } else { x }
    }
}
