//! The columns of a file from elsewhere, found by their names.

use civic::Language;

/// The names in the first line of a file.
pub(super) struct Names<'h> {
    header: &'h [String],
    language: Language,
}

impl<'h> Names<'h> {
    /// Names of which those in this language come first.
    pub(super) fn of(header: &'h [String], language: Language) -> Self {
        Self { header, language }
    }

    /// The first of these that is there.
    pub(super) fn one(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|of| of.eq_ignore_ascii_case(name)))
    }

    /// All of these that are there, in the town's language first, then in any: `title/en`, `title`, `title/es`.
    pub(super) fn local(&self, names: &[&str]) -> Vec<usize> {
        let mut found = Vec::new();
        for name in names {
            found.extend(self.one(&[&format!("{name}/{}", self.language.tag())]));
            found.extend(self.one(&[name]));
            let inner = format!("{name}/");
            found.extend((0..self.header.len()).filter(|index| self.header[*index].starts_with(&inner)));
        }
        found
    }
}

/// A cell without the blanks around it; empty where there is no such column.
pub(super) fn cell(cells: &[String], index: Option<usize>) -> &str {
    index.and_then(|index| cells.get(index)).map(|text| text.trim()).unwrap_or_default()
}

/// The first of these cells that says something.
pub(super) fn first<'c>(cells: &'c [String], of: &[usize]) -> &'c str {
    of.iter().map(|index| cell(cells, Some(*index))).find(|text| !text.is_empty()).unwrap_or_default()
}
