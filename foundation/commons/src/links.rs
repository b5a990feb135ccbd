//! Links of the thread: how one matter grew out of another.

use civic::{Moment, Subject};
use database::{DbError, Tx, params};
use std::str::FromStr;

/// How one subject stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The first came out of the second.
    GrewOutOf,
    /// The first answers the second.
    Answers,
    /// The first pays for the second.
    Funds,
    /// The first measures the second.
    Measures,
    /// The first says the same as the second, which goes on.
    DuplicateOf,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::GrewOutOf, Self::Answers, Self::Funds, Self::Measures, Self::DuplicateOf];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::GrewOutOf => "grew-out-of",
            Self::Answers => "answers",
            Self::Funds => "funds",
            Self::Measures => "measures",
            Self::DuplicateOf => "duplicate-of",
        }
    }
}

impl FromStr for Relation {
    type Err = DbError;
    fn from_str(word: &str) -> Result<Self, DbError> {
        let found = Self::ALL.into_iter().find(|relation| relation.word() == word);
        found.ok_or_else(|| DbError::Other(format!("“{word}” is no relation")))
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// From here.
    pub from: Subject,
    /// How.
    pub relation: Relation,
    /// To there.
    pub to: Subject,
}

/// Makes a link; making it again changes nothing.
///
/// # Errors
/// Those of the database.
pub fn link(tx: &mut Tx<'_>, link: &Link, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into links (from_kind, from_id, relation, to_kind, to_id, made_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        &params![&link.from.kind, &link.from.id, link.relation.word(), &link.to.kind, &link.to.id, now.micros()],
    )
    .map(|_| ())
}

/// The links of a subject in both directions, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Link>, DbError> {
    let rows = tx.query(
        "select from_kind, from_id, relation, to_kind, to_id from links \
         where (from_kind = $1 and from_id = $2) or (to_kind = $1 and to_id = $2) order by made_at, from_id, to_id",
        &params![&subject.kind, &subject.id],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Link {
                from: Subject { kind: row.get(0)?, id: row.get(1)? },
                relation: row.get::<String>(2)?.parse()?,
                to: Subject { kind: row.get(3)?, id: row.get(4)? },
            })
        })
        .collect()
}
