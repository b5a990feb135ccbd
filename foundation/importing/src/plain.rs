//! Texts that editors wrote as HTML, as plain text.

/// Tags that end a line.
const BREAKS: [&str; 8] = ["br", "p", "div", "li", "h1", "h2", "h3", "h4"];

/// The words of a text without its tags; what is no tag stays. Nothing of it is ever read as HTML again.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match after.find('>').filter(|_| is_tag) {
            Some(end) => {
                let name: String = after[..end]
                    .trim_start_matches('/')
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect::<String>()
                    .to_ascii_lowercase();
                if BREAKS.contains(&name.as_str()) && !out.ends_with("\n\n") {
                    out.push('\n');
                }
                rest = &after[end + 1..];
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let words = entities.into_iter().fold(out, |text, (name, meant)| text.replace(name, meant));
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;
    use proptest::prelude::*;

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(plain("<p>One &amp; two</p><p>three<br>four</p>"), "One & two\n\nthree\nfour");
        assert_eq!(plain("a < b and 3<4"), "a < b and 3<4");
        assert_eq!(plain("<script>alert(1)</script>x"), "alert(1)x");
        assert_eq!(plain("open <b"), "open <b");
    }

    proptest! {
        #[test]
        fn nothing_stops_it(text in "\\PC{0,200}") {
            let _ = plain(&text);
        }
    }
}
