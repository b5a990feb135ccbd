//! Links of the thread: how one matter grew out of another.

use civic::{Moment, Subject};
use database::{DbError, Row, Tx, params};
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

    /// Whether the first comes before the second in a thread: money before what it pays for, a duplicate before the matter
    /// that goes on. Else it came after.
    pub fn leads_on(self) -> bool {
        matches!(self, Self::Funds | Self::DuplicateOf)
    }

    /// The Fluent key of how the first stands to the second.
    pub fn key(self) -> &'static str {
        match self {
            Self::GrewOutOf => "relation-grew-out-of",
            Self::Answers => "relation-answers",
            Self::Funds => "relation-funds",
            Self::Measures => "relation-measures",
            Self::DuplicateOf => "relation-duplicate-of",
        }
    }

    /// The Fluent key of how the second stands to the first.
    pub fn key_back(self) -> &'static str {
        match self {
            Self::GrewOutOf => "relation-led-to",
            Self::Answers => "relation-answered-by",
            Self::Funds => "relation-funded-by",
            Self::Measures => "relation-measured-by",
            Self::DuplicateOf => "relation-duplicated-by",
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

/// Duplicates of one subject that are gone through.
pub const DUPLICATES_LIMIT: usize = 200;

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

impl Link {
    /// What came before and what came after, as a thread tells it.
    pub fn flow(&self) -> (&Subject, &Subject) {
        if self.relation.leads_on() { (&self.from, &self.to) } else { (&self.to, &self.from) }
    }
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

/// Takes a link away. Returns whether it was there.
///
/// # Errors
/// Those of the database.
pub fn unlink(tx: &mut Tx<'_>, link: &Link) -> Result<bool, DbError> {
    let sql =
        "delete from links where from_kind = $1 and from_id = $2 and relation = $3 and to_kind = $4 and to_id = $5";
    let values = params![&link.from.kind, &link.from.id, link.relation.word(), &link.to.kind, &link.to.id];
    Ok(tx.execute(sql, &values)? == 1)
}

/// The subjects that say the same as this one, directly or through others, nearest first; at most [`DUPLICATES_LIMIT`].
///
/// # Errors
/// Those of the database.
pub fn duplicates_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Subject>, DbError> {
    let sql = "select from_kind, from_id from links where to_kind = $1 and to_id = $2 and relation = $3 \
               order by made_at, from_id limit $4";
    let (mut found, mut looked): (Vec<Subject>, usize) = (Vec::new(), 0);
    let mut next = Some(subject.clone());
    while let Some(of) = next.filter(|_| found.len() < DUPLICATES_LIMIT) {
        let values = params![&of.kind, &of.id, Relation::DuplicateOf.word(), DUPLICATES_LIMIT as i64];
        for row in tx.query(sql, &values)? {
            let one = Subject { kind: row.get(0)?, id: row.get(1)? };
            // Once each, whatever the links say.
            if one != *subject && !found.contains(&one) && found.len() < DUPLICATES_LIMIT {
                found.push(one);
            }
        }
        next = found.get(looked).cloned();
        looked += 1;
    }
    Ok(found)
}

/// Links of one subject that are read at once.
pub const LINKS_LIMIT: usize = 1_000;

/// The links of a subject in both directions, oldest first; at most [`LINKS_LIMIT`].
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Link>, DbError> {
    let rows = tx.query(
        "select from_kind, from_id, relation, to_kind, to_id from links \
         where (from_kind = $1 and from_id = $2) or (to_kind = $1 and to_id = $2) order by made_at, from_id, to_id limit $3",
        &params![&subject.kind, &subject.id, LINKS_LIMIT as i64],
    )?;
    rows.iter().map(|row| read(row, 0)).collect()
}

/// A link from five columns, beginning at `first`.
fn read(row: &Row, first: usize) -> Result<Link, DbError> {
    Ok(Link {
        from: Subject { kind: row.get(first)?, id: row.get(first + 1)? },
        relation: row.get::<String>(first + 2)?.parse()?,
        to: Subject { kind: row.get(first + 3)?, id: row.get(first + 4)? },
    })
}

/// A link that somebody made or took away by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub link: Link,
    /// Whether it was made; else it was taken away.
    pub made: bool,
    /// When.
    pub at: Moment,
    /// Why, in public.
    pub reason: String,
    /// The pseudonym of who did it.
    pub handle: String,
}

/// Keeps who changed a link by hand, and why; `id` is that of the entry in the record.
///
/// # Errors
/// Those of the database.
pub fn keep_change(tx: &mut Tx<'_>, id: &str, change: &Change) -> Result<(), DbError> {
    let Change { link, made, at, reason, handle } = change;
    tx.execute(
        "insert into link_changes (id, at, made, from_kind, from_id, relation, to_kind, to_id, reason, handle) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            id,
            at.micros(),
            *made,
            &link.from.kind,
            &link.from.id,
            link.relation.word(),
            &link.to.kind,
            &link.to.id,
            reason,
            handle
        ],
    )
    .map(|_| ())
}

/// What was changed by hand about a subject's links, newest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn changes_of(tx: &mut Tx<'_>, subject: &Subject, limit: u32) -> Result<Vec<Change>, DbError> {
    let rows = tx.query(
        "select from_kind, from_id, relation, to_kind, to_id, made, at, reason, handle from link_changes \
         where (from_kind = $1 and from_id = $2) or (to_kind = $1 and to_id = $2) order by at desc, id desc limit $3",
        &params![&subject.kind, &subject.id, limit],
    )?;
    let change = |row: &Row| {
        let (at, reason, handle) = (Moment(row.get(6)?), row.get(7)?, row.get(8)?);
        Ok(Change { link: read(row, 0)?, made: row.get(5)?, at, reason, handle })
    };
    rows.iter().map(change).collect()
}
