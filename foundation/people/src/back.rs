//! Where to go after signing in: never to another site.

/// Characters such a path may have.
const BACK_LIMIT: usize = 500;

/// The path `text` when it leads to a page of this town, else `None`.
///
/// It must begin with exactly one slash: browsers read `//evil`, `/\evil` and a path
/// with a tab or newline in it as addresses of other sites (WHATWG URL, section 4.4).
pub fn local_path(text: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_graphic() && c != '\\';
    let is_local = text.starts_with('/') && !text.starts_with("//");
    (is_local && text.len() <= BACK_LIMIT && text.chars().all(is_plain)).then_some(text)
}
