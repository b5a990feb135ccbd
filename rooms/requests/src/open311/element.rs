//! What the standard writes as XML and as JSON: the same tree, two pens.

use std::{borrow::Cow, fmt::Write as _};

/// Bytes set aside for a document before its size is known.
const FIRST_BYTES: usize = 16_384;

/// A node of an answer.
pub enum Element<'e> {
    /// No value: an empty element, null.
    Empty,
    /// Text.
    Text(Cow<'e, str>),
    /// A truth value.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number of millionths of a degree.
    Degrees(i64),
    /// Named parts.
    Parts(Vec<(&'static str, Element<'e>)>),
    /// A list; in XML each item is an element of this name.
    List(&'static str, Vec<Element<'e>>),
    /// The whole document: in XML an element of this name around it, in JSON nothing.
    Root(&'static str, Box<Element<'e>>),
}

impl<'e> Element<'e> {
    /// Text, or nothing where it is empty.
    pub fn text(text: impl Into<Cow<'e, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Text, where there is one.
    pub fn maybe(text: Option<impl Into<Cow<'e, str>>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A document whose root in XML has this name.
    pub fn root(name: &'static str, inner: Self) -> Self {
        Self::Root(name, Box::new(inner))
    }

    /// As an XML 1.0 document.
    pub fn to_xml(&self) -> String {
        let mut out = String::with_capacity(FIRST_BYTES);
        out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        self.write_xml(&mut out);
        out
    }

    fn write_xml(&self, out: &mut String) {
        match self {
            Self::Empty => {}
            Self::Text(text) => out.push_str(&quick_xml::escape::escape(without_control(text))),
            Self::Parts(parts) => parts.iter().for_each(|(name, part)| part.write_named(name, out)),
            Self::List(name, items) => items.iter().for_each(|item| item.write_named(name, out)),
            Self::Root(name, inner) => inner.write_named(name, out),
            Self::Truth(_) | Self::Whole(_) | Self::Degrees(_) => self.write_plain(out),
        }
    }

    fn write_named(&self, name: &str, out: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(out, "<{name}>");
        self.write_xml(out);
        let _ = write!(out, "</{name}>");
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(FIRST_BYTES);
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Empty => out.push_str("null"),
            Self::Text(text) => write_json_text(text, out),
            Self::Parts(parts) => {
                write_many(out, '{', '}', parts, |(name, part), out| {
                    out.push('"');
                    out.push_str(name);
                    out.push_str("\":");
                    part.write_json(out);
                });
            }
            Self::List(_, items) => write_many(out, '[', ']', items, |item, out| item.write_json(out)),
            Self::Root(_, inner) => inner.write_json(out),
            Self::Truth(_) | Self::Whole(_) | Self::Degrees(_) => self.write_plain(out),
        }
    }

    /// What is written the same in both.
    fn write_plain(&self, out: &mut String) {
        let _ = match self {
            Self::Truth(truth) => write!(out, "{truth}"),
            Self::Whole(number) => write!(out, "{number}"),
            Self::Degrees(micro) => {
                let sign = if *micro < 0 { "-" } else { "" };
                write!(out, "{sign}{}.{:06}", micro.unsigned_abs() / 1_000_000, micro.unsigned_abs() % 1_000_000)
            }
            _ => Ok(()),
        };
    }
}

fn write_many<T>(out: &mut String, open: char, close: char, items: &[T], write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(close);
}

fn write_json_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("text is always JSON"));
}

/// XML 1.0 has no way to write most control characters, so they are left out.
fn without_control(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn the_same_tree_in_both_forms() {
        let item = Element::Parts(vec![
            ("name", Element::text("Tom & \"Jo\" <b>\u{1}")),
            ("lat", Element::Degrees(-1_500_001)),
            ("none", Element::text("")),
            ("yes", Element::Truth(true)),
        ]);
        let tree = Element::root("items", Element::List("item", vec![item]));
        let xml = "<items><item><name>Tom &amp; &quot;Jo&quot; &lt;b&gt;</name><lat>-1.500001</lat><none></none><yes>true</yes></item></items>";
        assert_eq!(tree.to_xml().lines().nth(1), Some(xml));
        let json: serde_json::Value = serde_json::from_str(&tree.to_json()).expect("it is JSON");
        assert_eq!(
            json,
            serde_json::json!([{"name": "Tom & \"Jo\" <b>\u{1}", "lat": -1.500001, "none": null, "yes": true}])
        );
    }
}
