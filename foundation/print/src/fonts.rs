//! The fonts of the program: DejaVu Sans Condensed in two weights, from the crate `dejavu`, in every edition alike.

use crate::PrintError;
use rustybuzz::Face;
use std::sync::LazyLock;

/// One font.
pub(crate) struct Font {
    /// Its PostScript name.
    pub name: &'static str,
    pub is_bold: bool,
    /// The OpenType file.
    pub bytes: &'static [u8],
    /// Read once, for it has more tables than a line of text has letters.
    face: Option<Face<'static>>,
}

static REGULAR: LazyLock<Font> =
    LazyLock::new(|| Font::of("DejaVuSansCondensed", false, dejavu::sans_condensed::regular()));
static BOLD: LazyLock<Font> =
    LazyLock::new(|| Font::of("DejaVuSansCondensed-Bold", true, dejavu::sans_condensed::bold()));

/// The font of a weight. One font has every script of the town, so that a line never changes it.
pub(crate) fn font(is_bold: bool) -> &'static Font {
    if is_bold { &BOLD } else { &REGULAR }
}

impl Font {
    fn of(name: &'static str, is_bold: bool, bytes: &'static [u8]) -> Self {
        Self { name, is_bold, bytes, face: Face::from_slice(bytes, 0) }
    }

    /// Its letters, measures and rules of shaping.
    pub(crate) fn face(&self) -> Result<&Face<'static>, PrintError> {
        self.face.as_ref().ok_or(PrintError::Font(self.name))
    }
}
