//! What a drafted sentence must be: one plain sentence that rests on statements that are there.

use super::has_hidden;
use crate::model::{Cited, GroupName};
use web::Refusal;

/// Characters of a sentence.
pub const SENTENCE_LIMIT: usize = 400;
/// Characters of a name.
pub const NAME_LIMIT: usize = 60;

/// A sentence that may be shown.
///
/// # Errors
/// `draft-cites-nothing`; `statement-unknown` for a statement that is not there; `draft-sentence` for what is no plain sentence.
pub fn draft_sentence(text: &str, statements: &[i64], known: impl Fn(i64) -> bool) -> Result<Cited, Refusal> {
    let text = plain(text, SENTENCE_LIMIT)?;
    Ok(Cited { text, statements: cited(statements, known)? })
}

/// A name of a group that may be shown.
///
/// # Errors
/// As [`draft_sentence`].
pub fn draft_name(
    group: usize,
    name: &str,
    statements: &[i64],
    known: impl Fn(i64) -> bool,
) -> Result<GroupName, Refusal> {
    let name = plain(name, NAME_LIMIT)?;
    Ok(GroupName { group, name, statements: cited(statements, known)? })
}

fn plain(text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let is_web = ["http://", "https://", "www."].iter().any(|sign| lower.contains(sign));
    if text.is_empty() || text.chars().count() > most || has_hidden(&text) || is_web || text.contains(['<', '>']) {
        return Err(Refusal::new("draft-sentence").at("draft").with("most", most));
    }
    Ok(text)
}

fn cited(statements: &[i64], known: impl Fn(i64) -> bool) -> Result<Vec<i64>, Refusal> {
    if statements.is_empty() {
        return Err(Refusal::new("draft-cites-nothing").at("draft"));
    }
    if let Some(number) = statements.iter().find(|number| !known(**number)) {
        return Err(Refusal::new("statement-unknown").at("draft").with("number", *number));
    }
    let mut statements = statements.to_vec();
    statements.sort_unstable();
    statements.dedup();
    Ok(statements)
}
