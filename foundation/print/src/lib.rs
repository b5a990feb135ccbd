//! Draws one sheet of paper as SVG or PDF, in any language of the town: with letters that are joined and lines that run from right to left
//! where the language wants it, and with fonts of its own, so that a machine without any gives the same sheet. See the README.

mod fonts;
mod form;
mod letters;
mod pdf;
mod sheet;
mod structure;
mod svg;

pub use form::{Form, FormFrame};
pub use letters::width_of;
pub use sheet::{A4, Anchor, Color, Mark, Role, Sheet, Style};

/// Sheets of one language as one PDF document, a page each, with the glyphs they need in it once.
///
/// # Errors
/// [`PrintError`].
pub fn pdf_of(sheets: &[Sheet]) -> Result<Vec<u8>, PrintError> {
    sheets.iter().try_for_each(Sheet::check)?;
    pdf::draw(sheets)
}

/// Why a sheet cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// A font of the program itself cannot be read: the build is broken.
    #[error("the font {0} cannot be read")]
    Font(&'static str),
    /// More marks than a sheet may have.
    #[error("a sheet has at most {} marks", sheet::MARKS_LIMIT)]
    TooMuch,
    /// A document without a sheet.
    #[error("a document needs at least one sheet")]
    Empty,
    /// An address too long for a code.
    #[error("the address is too long for a QR code")]
    Code,
}
