//! Texts of residents with a little form: a safe part of CommonMark 0.31, as HTML.
//!
//! Paragraphs, headings, emphasis, lists, quotes, code and links. HTML in the text is text. Pictures are their description: an
//! address of theirs would tell strangers who reads. Links lead to the web or to our own pages, and tell search engines nothing.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Lists and quotes inside one another that are shown as such; what lies deeper stands in the last.
const DEPTH_LIMIT: usize = 8;

/// The text as HTML that can stand in a page: every tag is one of ours.
pub fn html(text: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len() * 5 / 4), ..Writer::default() };
    for event in Parser::new_ext(text, Options::empty()) {
        writer.take(event);
    }
    writer.out
}

/// The same text in plain words, in one line: for summaries and lists.
pub fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(piece) | Event::Code(piece) | Event::Html(piece) | Event::InlineHtml(piece) => {
                words.push_str(&piece);
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Blocks that are open; those beyond [`DEPTH_LIMIT`] are counted and not written.
    depth: usize,
    /// For each link that is open, whether it was written.
    links: Vec<bool>,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // What looks like HTML is what somebody wrote.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => escape(&mut self.out, &text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                escape(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            // A new line is a new line: people end lines where they mean it.
            Event::SoftBreak | Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => self.out.push_str(&format!("<h{}>", number(level))),
            Tag::BlockQuote(_) => self.open("<blockquote>\n"),
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::List(Some(first)) if first < 1_000_000 => self.open(&format!("<ol start=\"{first}\">\n")),
            Tag::List(Some(_)) => self.open("<ol>\n"),
            Tag::Item if self.depth <= DEPTH_LIMIT => self.out.push_str("<li>"),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.out.push_str(&format!("</h{}>\n", number(level))),
            TagEnd::BlockQuote(_) => self.close("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::Item if self.depth <= DEPTH_LIMIT => self.out.push_str("</li>\n"),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Link if self.links.pop() == Some(true) => self.out.push_str("</a>"),
            _ => {}
        }
    }

    fn open(&mut self, tag: &str) {
        self.depth += 1;
        if self.depth <= DEPTH_LIMIT {
            self.out.push_str(tag);
        }
    }

    fn close(&mut self, tag: &str) {
        if self.depth <= DEPTH_LIMIT {
            self.out.push_str(tag);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn link(&mut self, address: &CowStr<'_>) {
        let leads = is_safe(address);
        if leads {
            self.out.push_str("<a href=\"");
            escape(&mut self.out, address);
            self.out.push_str("\" rel=\"nofollow ugc noopener\">");
        }
        self.links.push(leads);
    }
}

/// Whether an address leads to the web, or to a page of ours: nothing that a browser would run.
fn is_safe(address: &str) -> bool {
    let plain = address.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '\\');
    let lower = address.to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    let own = address.starts_with('/') && !address.starts_with("//");
    plain && (web || own)
}

/// Headings of a text stand under that of its page.
fn number(level: HeadingLevel) -> usize {
    (level as usize + 1).min(6)
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{html, plain};
    use proptest::prelude::*;

    #[test]
    fn a_little_form() {
        assert_eq!(
            html("Two *benches*\nby **the** pond"),
            "<p>Two <em>benches</em><br>\nby <strong>the</strong> pond</p>\n"
        );
        assert_eq!(html("# Why\n\n- shade\n- rest"), "<h2>Why</h2>\n<ul>\n<li>shade</li>\n<li>rest</li>\n</ul>\n");
        assert_eq!(html("3. three"), "<ol start=\"3\">\n<li>three</li>\n</ol>\n");
        assert_eq!(
            html("[the report](/requests/R-7K2M) and [elsewhere](https://example.org/?a=1&b=2)"),
            "<p><a href=\"/requests/R-7K2M\" rel=\"nofollow ugc noopener\">the report</a> and \
             <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow ugc noopener\">elsewhere</a></p>\n"
        );
        assert_eq!(plain("# Why\n\n- *shade* and `x < y`\n- rest"), "Why shade and x < y rest");
    }

    #[test]
    fn nothing_that_a_browser_would_run() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "<svg/onload=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java&#115;cript:alert(1))",
            "[x](&#x6A;avascript:alert(1))",
            "[x](<java\tscript:alert(1)>)",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:msgbox)",
            "[x](//evil.example/x)",
            "[x](/\\evil.example)",
            "<javascript:alert(1)>",
            "![x](https://evil.example/pixel.png)",
            "![x](x\"onerror=alert(1))",
            "[x](https://example.org/\"onmouseover=alert(1))",
            "[x]: javascript:alert(1)\n\n[x]",
            "```\"><script>alert(1)</script>\nx\n```",
        ] {
            let shown = html(evil);
            let known = only_known_tags(&shown);
            assert!(known.is_ok(), "{evil} became {shown}: {known:?}");
        }
    }

    #[test]
    fn what_is_nested_deep_stays_small() {
        let deep = format!("{} x", ">".repeat(9_000));
        assert_eq!(html(&deep).matches("<blockquote>").count(), 8);
        let deep: String = (0..200).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
        let shown = html(&deep);
        assert_eq!(shown.matches("<ul>").count(), shown.matches("</ul>").count());
        assert_eq!(shown.matches("<li>").count(), shown.matches("</li>").count());
    }

    /// Every tag must be one that this file writes, just as it writes it.
    fn only_known_tags(shown: &str) -> Result<(), String> {
        const KNOWN: [&str; 24] = [
            "p",
            "/p",
            "h2",
            "/h2",
            "h3",
            "/h3",
            "blockquote",
            "/blockquote",
            "pre",
            "/pre",
            "code",
            "/code",
            "ul",
            "/ul",
            "ol",
            "/ol",
            "li",
            "/li",
            "em",
            "/em",
            "strong",
            "/strong",
            "br",
            "hr",
        ];
        for piece in shown.split('<').skip(1) {
            let tag = piece.split('>').next().unwrap_or_default();
            let link =
                tag.strip_prefix("a href=\"").and_then(|rest| rest.strip_suffix("\" rel=\"nofollow ugc noopener"));
            let link = link.or_else(|| tag.strip_prefix("a href=\"")?.strip_suffix("\" rel=\"nofollow ugc noopener\""));
            let leads = link.is_some_and(|to| {
                let lower = to.to_ascii_lowercase();
                let safe = lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with('/');
                safe && !lower.starts_with("//") && !to.contains(['"', '\'', ' '])
            });
            let heading = tag.trim_start_matches('/').strip_prefix('h').is_some_and(|n| ["4", "5", "6"].contains(&n));
            let start =
                tag.strip_prefix("ol start=\"").is_some_and(|rest| rest.trim_end_matches('"').parse::<u64>().is_ok());
            if !(KNOWN.contains(&tag) || tag == "/a" || leads || heading || start) {
                return Err(tag.to_owned());
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_text_makes_a_tag_of_its_own(text in "[<>&\"'()\\[\\]!*_`#:/a-c \n\\-\\\\]{0,120}") {
            prop_assert!(only_known_tags(&html(&text)).is_ok(), "{}", html(&text));
        }

        #[test]
        fn tags_are_closed(text in "[<>*_`#a \n\\-1.\\[\\]()/]{0,120}") {
            let shown = html(&text);
            for tag in ["p", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a"] {
                let opened = shown.matches(&format!("<{tag}>")).count() + shown.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(opened, shown.matches(&format!("</{tag}>")).count(), "{} in {}", tag, shown);
            }
        }
    }
}
