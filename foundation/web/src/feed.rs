//! Feeds: RSS 2.0 (rssboard.org/rss-specification).

use crate::{Wants, answer::text, dates::rfc2822};
use axum::response::Response;
use civic::Moment;
use std::fmt::Write as _;

/// One item of a feed.
pub struct Item {
    /// Its headline.
    pub title: String,
    /// Its full address, which also identifies it.
    pub link: String,
    /// Plain text.
    pub description: String,
    /// When it happened.
    pub at: Moment,
    /// What identifies it, when several items share a link.
    pub id: String,
}

/// A feed as an answer.
pub fn rss_answer(title: &str, link: &str, description: &str, language: &str, items: &[Item]) -> Response {
    let mut xml = String::with_capacity(512 + items.len() * 400);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>");
    let _ = write!(
        xml,
        "<title>{}</title><link>{}</link><description>{}</description><language>{language}</language>",
        escape(title),
        escape(link),
        escape(description)
    );
    for item in items {
        let _ = write!(
            xml,
            "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">{}</guid><pubDate>{}</pubDate><description>{}</description></item>",
            escape(&item.title),
            escape(&item.link),
            escape(&item.id),
            rfc2822(item.at),
            escape(&item.description)
        );
    }
    xml.push_str("</channel></rss>\n");
    text(Wants::Rss.media_type(), xml)
}

/// Escapes text for XML and leaves out what XML 1.0 cannot hold (section 2.2).
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(character),
            c if (c as u32) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
