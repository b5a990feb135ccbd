//! JSON as it is written: values as parts of their text, so that no digit of a number and no key that stands twice is lost.
//!
//! Only for text that was found to be well formed before.

/// The text of a value with what is within a list or an object, without the white space around.
pub(super) fn end_of_value(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (from, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' | b':' if depth == 0 => return at,
            byte if depth == 0 && byte.is_ascii_whitespace() && at > from => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn skip(text: &str, mut at: usize) -> usize {
    while text.as_bytes().get(at).is_some_and(|byte| byte.is_ascii_whitespace() || b",:".contains(byte)) {
        at += 1;
    }
    at
}

/// The values of a list, each with where it begins; `None` where it is none.
pub(super) fn items(text: &str) -> Option<Vec<(usize, &str)>> {
    let mut at = skip(text, 0);
    if text.as_bytes().get(at) != Some(&b'[') {
        return None;
    }
    let mut items = Vec::new();
    at = skip(text, at + 1);
    while at < text.len() && text.as_bytes()[at] != b']' {
        let end = end_of_value(text, at);
        items.push((at, &text[at..end]));
        at = skip(text, end);
    }
    Some(items)
}

/// The names and values of an object in the order of the file; `None` where it is none, or a name cannot be read.
pub(super) fn pairs(text: &str) -> Option<Vec<(String, &str)>> {
    let mut at = skip(text, 0);
    if text.as_bytes().get(at) != Some(&b'{') {
        return None;
    }
    let mut pairs = Vec::new();
    at = skip(text, at + 1);
    while at < text.len() && text.as_bytes()[at] != b'}' {
        let end = end_of_string(text.as_bytes(), at);
        let name = serde_json::from_str(text.get(at..end)?).ok()?;
        at = skip(text, end);
        let end = end_of_value(text, at);
        pairs.push((name, &text[at..end]));
        at = skip(text, end);
    }
    Some(pairs)
}

/// Without the white space between its parts.
pub(super) fn compact(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = if *byte == b'"' { end_of_string(bytes, at) } else { at + 1 };
        if !byte.is_ascii_whitespace() {
            out.push_str(&text[at..end.min(text.len())]);
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{compact, items, pairs};

    #[test]
    fn parts_are_found_as_they_are_written() {
        let text = r#" { "a" : 1.50 , "b\"" : [ 1, {"c": "]},"} ], "a":"é\\" } "#;
        let wanted = [("a", "1.50"), ("b\"", r#"[ 1, {"c": "]},"} ]"#), ("a", r#""é\\""#)];
        let found = pairs(text).unwrap();
        assert_eq!(found.iter().map(|(name, value)| (name.as_str(), *value)).collect::<Vec<_>>(), wanted);
        let values: Vec<&str> = items(found[1].1).unwrap().into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, ["1", r#"{"c": "]},"}"#]);
        assert_eq!(compact(r#"{ "a b" : [ 1 , 2.0 ] }"#), r#"{"a b":[1,2.0]}"#);
        assert_eq!((items("{}"), pairs("[]"), items("[]").unwrap().len()), (None, None, 0));
    }
}
