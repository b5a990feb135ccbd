//! Finding subjects by words: an inverted index in ordinary tables, the same on both databases.
//!
//! A word is a run of letters or digits, folded to lower case without diacritics, so that
//! `Calle Olvera` finds `calle olvera` and `مُحَطَّة` finds `محطة`. All words of a query must be there; the last may be
//! a beginning. A word is found by its other forms too ([`forms_of`]): with or without the Arabic article, in singular and plural.

mod finding;
mod forms;
mod related;

pub use finding::{RARE_LIMIT, WALK_LIMIT, find};
pub use forms::{beginnings_of, forms_of};
pub use related::{Related, related};

use civic::{Moment, Subject, SubjectKind};
use database::{DbError, Param, Tx, params};
use std::collections::BTreeSet;

/// Different words of one document that are indexed.
const WORDS_LIMIT: usize = 400;
/// Characters of a word that count.
const WORD_LENGTH: usize = 32;

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
    /// What else it can be found by.
    pub text: String,
    /// When it came to be: newer ones are found first.
    pub at: Moment,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
    /// When it came to be.
    pub at: Moment,
}

/// Makes a document findable, or replaces what it was found by.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, document: &Document) -> Result<(), DbError> {
    let subject = &document.subject;
    let number = match number_of(tx, subject)? {
        Some(number) => {
            tx.execute("delete from search_words where number = $1", &params![number])?;
            number
        }
        None => tx.query_one("select coalesce(max(number), 0) + 1 from search_documents", &[])?.get(0)?,
    };
    tx.execute(
        "insert into search_documents (subject_kind, subject_id, title, body, at, number) values ($1, $2, $3, '', $4, $5) \
         on conflict (subject_kind, subject_id) do update set title = excluded.title, at = excluded.at",
        &params![&subject.kind, &subject.id, &document.title, document.at.micros(), number],
    )?;
    let words: BTreeSet<String> = words_of(&document.title).chain(words_of(&document.text)).take(WORDS_LIMIT).collect();
    let rows: Vec<Param<'_>> = words.iter().flat_map(|word| [Param::Text(word), Param::Int(number)]).collect();
    tx.insert_rows("insert into search_words (word, number)", 2, &rows).map(|_| ())
}

/// Makes a document impossible to find.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    if let Some(number) = number_of(tx, subject)? {
        tx.execute("delete from search_words where number = $1", &params![number])?;
        tx.execute("delete from search_documents where number = $1", &params![number])?;
    }
    Ok(())
}

/// The ids of the newest subjects of a kind with all these words.
///
/// # Errors
/// Those of the database.
pub fn ids_of_kind(tx: &mut Tx<'_>, query: &str, kind: SubjectKind, limit: u32) -> Result<Vec<String>, DbError> {
    Ok(find(tx, query, Some(kind), limit)?.into_iter().map(|found| found.subject.id).collect())
}

fn number_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<i64>, DbError> {
    let sql = "select number from search_documents where subject_kind = $1 and subject_id = $2";
    tx.query_opt(sql, &params![&subject.kind, &subject.id])?.map(|row| row.get(0)).transpose()
}

/// The folded words of a text.
pub fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    parts.map(fold).filter(|word| !word.is_empty())
}

/// Lower case, without the marks above and below letters.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).map(plain).take(WORD_LENGTH).collect()
}

/// Combining marks of Latin and Arabic script, and the Arabic stretching stroke.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}')
}

/// The bare letter of the ready-made accented ones that our languages use.
fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_are_folded() {
        let words = |text| words_of(text).collect::<Vec<_>>();
        assert_eq!(words("Calle Ñandú, n.º 5"), ["calle", "nandu", "n", "º", "5"]);
        assert_eq!(words("مُحَطَّة"), words("محطة"));
        assert_eq!(words("R-7K2M \"NEAR\"* %_'"), ["r", "7k2m", "near"]);
    }
}
