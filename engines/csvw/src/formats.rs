//! Formats of texts: regular expressions, compiled once for a document and within a budget, because a short one can stand for megabytes.

use regex::{Error, Regex, RegexBuilder};
use std::{cell::RefCell, collections::BTreeMap};

/// Different ones that a document may have.
pub(crate) const FORMATS_LIMIT: usize = 100;
/// Bytes of the text of one.
pub(crate) const LENGTH_LIMIT: usize = 2_000;
/// Bytes that one may become when it is compiled.
const SIZE_LIMIT_BYTES: usize = 1_000_000;

/// Why a format is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is no regular expression.
    Broken,
    /// It is longer, or becomes larger, than is compiled.
    Large,
    /// The document has too many.
    Many,
}

/// Those of one document.
#[derive(Default)]
pub(crate) struct Formats(RefCell<BTreeMap<String, Result<Regex, Unread>>>);

impl Formats {
    /// The one of this text, that a whole cell must match.
    pub(crate) fn of(&self, text: &str) -> Result<Regex, Unread> {
        if text.len() > LENGTH_LIMIT {
            return Err(Unread::Large);
        }
        let mut known = self.0.borrow_mut();
        if let Some(one) = known.get(text) {
            return one.clone();
        }
        if known.len() >= FORMATS_LIMIT {
            return Err(Unread::Many);
        }
        let one = compiled(text);
        known.insert(text.to_owned(), one.clone());
        one
    }
}

fn compiled(text: &str) -> Result<Regex, Unread> {
    let of = |text: &str| {
        RegexBuilder::new(text).size_limit(SIZE_LIMIT_BYTES).build().map_err(|error| match error {
            Error::CompiledTooBig(_) => Unread::Large,
            _ => Unread::Broken,
        })
    };
    let whole = of(&format!("^(?:{text})$"))?;
    // Only with a bracket of its own can it end the one around it.
    if text.contains(')') { of(text).map(|_| whole) } else { Ok(whole) }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS_LIMIT, Formats, LENGTH_LIMIT, Unread};
    use crate::{Findings, Group};
    use serde_json::json;

    #[test]
    fn a_whole_cell_must_match_and_what_is_large_or_broken_is_not_compiled() {
        let formats = Formats::default();
        let one = formats.of("a|ab").unwrap();
        assert!(one.is_match("ab") && !one.is_match("abc"));
        assert_eq!(formats.of("a)(b").unwrap_err(), Unread::Broken);
        assert_eq!(formats.of("(").unwrap_err(), Unread::Broken);
        assert_eq!(formats.of("\\w{99}").unwrap_err(), Unread::Large);
        assert_eq!(formats.of(&"a".repeat(LENGTH_LIMIT + 1)).unwrap_err(), Unread::Large);
        for number in 0..FORMATS_LIMIT {
            let _any = formats.of(&format!("x{number}"));
        }
        assert_eq!(formats.of("y").unwrap_err(), Unread::Many);
        assert!(formats.of("a|ab").is_ok(), "it is known");
    }

    fn read(formats: impl Fn(usize) -> String) -> Findings {
        let column = |number: usize| json!({"name": format!("c{number}"), "datatype": {"base": "string", "format": formats(number)}});
        let columns: Vec<_> = (0..crate::COLUMNS_LIMIT).map(column).collect();
        // The schema of a group is that of each of its tables.
        let tables: Vec<_> = (0..3).map(|at| json!({"url": format!("{at}.csv")})).collect();
        let group =
            json!({"@context": "http://www.w3.org/ns/csvw", "tableSchema": {"columns": columns}, "tables": tables});
        let mut findings = Findings::default();
        Group::read(&group.to_string(), "", &|_| None, &mut findings);
        findings
    }

    #[test]
    fn a_schema_of_many_formats_is_refused_before_they_take_the_memory() {
        assert!(read(|_| "\\w{99}".to_owned()).listed[0].reason.contains("too large"));
        let many = read(|number| format!("\\w{{4}}{number}"));
        assert!(many.errors > 0 && many.listed[0].reason.contains("different formats"), "{:?}", many.listed[0]);
        assert_eq!(read(|_| "[a-z]+".to_owned()).errors, 0);
    }
}
