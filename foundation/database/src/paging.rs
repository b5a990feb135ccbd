//! Keyset paging: a page begins after the last item of the one before.

use std::fmt::Write as _;

/// Where a page begins: after the item with this sort key and id. Opaque to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    at: i64,
    id: String,
}

/// The text was not given out by a list of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in a list")]
pub struct CursorError;

/// Bytes an id in a cursor may have.
const ID_LIMIT_BYTES: usize = 64;

impl Cursor {
    /// After the item with this sort key (usually a moment's microseconds) and id.
    pub fn new(at: i64, id: impl Into<String>) -> Self {
        Self { at, id: id.into() }
    }

    /// The sort key.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// As it stands in an address: 16 hexadecimal digits and the id's bytes in hexadecimal.
    pub fn encode(&self) -> String {
        let mut text = format!("{:016x}", self.at);
        self.id.bytes().for_each(|byte| {
            let _ = write!(text, "{byte:02x}");
        });
        text
    }

    /// Reads what [`Cursor::encode`] wrote.
    ///
    /// # Errors
    /// [`CursorError`] for anything else.
    pub fn decode(text: &str) -> Result<Self, CursorError> {
        if !text.is_ascii() || text.len() < 16 || text.len() > 16 + 2 * ID_LIMIT_BYTES {
            return Err(CursorError);
        }
        let (at, id) = text.split_at(16);
        let at = u64::from_str_radix(at, 16).map_err(|_| CursorError)?;
        let id = hex::decode(id).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(CursorError)?;
        let printable = id.bytes().all(|byte| byte.is_ascii_graphic());
        if printable { Ok(Self { at: at.cast_signed(), id }) } else { Err(CursorError) }
    }
}

/// Some items of a list, and where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins, if there is more.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of at most `limit` items from a query that asked for one more.
    pub fn cut(mut items: Vec<T>, limit: u32, cursor_of: impl Fn(&T) -> Cursor) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(cursor_of) } else { None };
        Self { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, CursorError, Page};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back_as_it_went(at: i64, id in "[a-zA-Z0-9-]{0,36}") {
            let cursor = Cursor::new(at, id);
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Ok(cursor));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(text in ".{0,80}") {
            if let Ok(cursor) = Cursor::decode(&text) {
                prop_assert_eq!(cursor.encode(), text.to_lowercase());
            }
        }
    }

    #[test]
    fn a_page_knows_whether_there_is_more() {
        let of = |item: &i64| Cursor::new(*item, "x");
        assert_eq!(Page::cut(vec![1, 2, 3], 2, of), Page { items: vec![1, 2], next: Some(Cursor::new(2, "x")) });
        assert_eq!(Page::cut(vec![1, 2], 2, of), Page { items: vec![1, 2], next: None });
        assert_eq!(Cursor::decode("zz"), Err(CursorError));
    }
}
