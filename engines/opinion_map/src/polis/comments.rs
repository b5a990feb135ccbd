use super::{
    fault::{Fault, Faults, quoted},
    table::Table,
    votes::no_id,
};
use crate::{conversation::Standing, limits};
use std::collections::HashSet;

/// A statement with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Who wrote it, when known.
    pub author: Option<String>,
    /// Whether it counts.
    pub standing: Standing,
    /// Its words.
    pub body: String,
}

/// Reads `comments.csv`: `comment-id`, `moderated` (−1 out; 0 and 1 in), and when there `comment-body`, `author-id` and
/// `is-meta`. Its counts of votes are not read: they count changed votes too.
///
/// # Errors
/// When the column `comment-id` is missing.
pub fn read_comments(bytes: &[u8]) -> Result<(Vec<Comment>, Faults), Fault> {
    let mut table = Table::open(bytes)?;
    let id = table.needed("comment-id")?;
    let [author, moderated, body, meta] =
        ["author-id", "moderated", "comment-body", "is-meta"].map(|name| table.column(name));
    let mut faults = Faults::default();
    let mut known = HashSet::new();
    let mut comments = Vec::new();
    while let Some((line, row)) = table.next() {
        let field = |at: usize| row.get(at).unwrap_or_default().trim_ascii();
        let text = |at: Option<usize>| at.map(|at| String::from_utf8_lossy(field(at)).into_owned()).unwrap_or_default();
        let own = text(Some(id));
        if own.is_empty() || own.len() > limits::ID_BYTES_MAX {
            faults.add(line, Some(id + 1), || no_id("statement", field(id)));
            continue;
        }
        let is_meta = matches!(text(meta).to_ascii_lowercase().as_str(), "1" | "t" | "true");
        let standing = match text(moderated).as_str() {
            "-1" => Standing::ModeratedOut,
            "" | "0" | "1" if is_meta => Standing::Meta,
            "" | "0" | "1" => Standing::Open,
            other => {
                let column = moderated.map(|at| at + 1);
                faults.add(line, column, || format!("1, 0 or -1 was expected, not {}.", quoted(other.as_bytes())));
                continue;
            }
        };
        if !known.insert(own.clone()) {
            faults.add(line, Some(id + 1), || format!("{} has a row already.", quoted(own.as_bytes())));
            continue;
        }
        let author = Some(text(author)).filter(|author| !author.is_empty());
        comments.push(Comment { id: own, author, standing, body: text(body) });
    }
    Ok((comments, faults))
}
