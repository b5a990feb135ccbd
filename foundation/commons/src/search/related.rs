//! What shares words with a text that somebody is writing.

use super::{Found, words_of};
use civic::{Moment, Subject, SubjectKind};
use database::{DbError, Tx, params};
use std::collections::BTreeMap;

/// Something that shares words with a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What it is.
    pub found: Found,
    /// How much it shares: each word counts the natural logarithm of how many times fewer documents than all have it.
    pub weight: f64,
    /// How many words it shares.
    pub words: usize,
}

/// Letters a word must have to say what a text is about.
const TELLING_LETTERS: usize = 4;
/// Words of a text that are looked up.
const TELLING_WORDS_LIMIT: usize = 24;
/// Documents that are looked at for one word, the newest; a word with so many tells little.
const WITH_WORD_LIMIT: u32 = 300;
/// Documents whose kind is looked at, those that share most first.
const RANKED_LIMIT: usize = 200;

/// Subjects of these kinds that share at least two words with a text, what shares most first. For “is there one like it
/// already?” while somebody writes; a look by index for each word, whatever the size of the town.
///
/// # Errors
/// Those of the database.
pub fn related(tx: &mut Tx<'_>, text: &str, kinds: &[SubjectKind], limit: usize) -> Result<Vec<Related>, DbError> {
    let mut telling: Vec<String> = Vec::new();
    for word in words_of(text).filter(|word| word.chars().count() >= TELLING_LETTERS) {
        if !telling.contains(&word) && telling.len() < TELLING_WORDS_LIMIT {
            telling.push(word);
        }
    }
    let all: i64 = tx.query_one("select coalesce(max(number), 0) from search_documents", &[])?.get(0)?;
    let mut shared: BTreeMap<i64, (f64, usize)> = BTreeMap::new();
    for word in &telling {
        let sql = "select number from search_words where word = $1 order by number desc limit $2";
        let rows = tx.query(sql, &params![word, WITH_WORD_LIMIT])?;
        let weight = (1.0 + all as f64 / (rows.len().max(1)) as f64).ln();
        for row in rows {
            let entry = shared.entry(row.get(0)?).or_default();
            *entry = (entry.0 + weight, entry.1 + 1);
        }
    }
    let mut ranked: Vec<(i64, (f64, usize))> = shared.into_iter().filter(|(_, (_, words))| *words > 1).collect();
    ranked.sort_by(|one, other| other.1.0.total_cmp(&one.1.0).then(other.0.cmp(&one.0)));
    let mut related = Vec::new();
    for (number, (weight, words)) in ranked.into_iter().take(RANKED_LIMIT) {
        let sql = "select subject_kind, subject_id, title, at from search_documents where number = $1";
        let Some(row) = tx.query_opt(sql, &params![number])? else { continue };
        let subject = Subject { kind: row.get(0)?, id: row.get(1)? };
        if !kinds.iter().any(|kind| kind.0 == subject.kind) {
            continue;
        }
        related.push(Related { found: Found { subject, title: row.get(2)?, at: Moment(row.get(3)?) }, weight, words });
        if related.len() == limit {
            break;
        }
    }
    Ok(related)
}
