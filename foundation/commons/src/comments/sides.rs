//! For, against or neutral: where people argue about a subject, a comment may take a side.

use civic::Subject;
use database::{DbError, Tx, params};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Refusal, manifest::Catalogue};

civic::words! {
    /// The side that a comment takes.
    Side {
        /// In favour of what its subject wants.
        For = "for",
        /// Against it.
        Against = "against",
        /// Neither.
        Neutral = "neutral",
    }
}

impl Side {
    /// Its Fluent key.
    pub fn key(self) -> &'static str {
        match self {
            Self::For => "talk-side-for",
            Self::Against => "talk-side-against",
            Self::Neutral => "talk-side-neutral",
        }
    }
}

/// How many comments that everybody reads take each side. Comments, not people: one may write several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sides {
    /// In favour.
    #[serde(rename = "for")]
    pub in_favour: i64,
    /// Against.
    pub against: i64,
    /// Neither, as their authors say.
    pub neutral: i64,
}

impl Sides {
    /// How many take this one.
    pub fn of(&self, side: Side) -> i64 {
        match side {
            Side::For => self.in_favour,
            Side::Against => self.against,
            Side::Neutral => self.neutral,
        }
    }
}

/// Counts the sides of the comments on a subject.
///
/// # Errors
/// Those of the database.
pub fn sides(tx: &mut Tx<'_>, subject: &Subject) -> Result<Sides, DbError> {
    let sql = "select count(*) filter (where side = 'for'), count(*) filter (where side = 'against'), \
               count(*) filter (where side = 'neutral') from comments \
               where subject_kind = $1 and subject_id = $2 and side <> '' and body <> ''";
    let row = tx.query_one(sql, &params![&subject.kind, &subject.id])?;
    Ok(Sides { in_favour: row.get(0)?, against: row.get(1)?, neutral: row.get(2)? })
}

/// Whether comments on subjects of this kind may take a side.
pub fn has_sides(catalogue: &Catalogue, kind: &str) -> bool {
    catalogue.sided.contains(&kind)
}

/// Reads a side; nothing for an empty word.
///
/// # Errors
/// `comment-side` for another word; `comment-no-sides` where the subject has none.
pub fn read_side(catalogue: &Catalogue, kind: &str, word: &str) -> Result<Option<Side>, Refusal> {
    if word.is_empty() {
        return Ok(None);
    }
    if !has_sides(catalogue, kind) {
        return Err(Refusal::new("comment-no-sides").at("side"));
    }
    Side::of_word(word).map(Some).ok_or_else(|| Refusal::new("comment-side").at("side"))
}
