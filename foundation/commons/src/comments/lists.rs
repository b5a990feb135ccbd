//! Long discussions in pages: threads in three orders, and one thread by itself.

use super::{
    Comment, SeenComment, Side,
    seen::{COLUMN_COUNT, COLUMNS, comment_of, prefixed, seen},
};
use civic::{Actor, Subject};
use database::{Conditions, Cursor, DbError, Page, Tx, params};
use std::str::FromStr;

/// Answers that a list shows under the first comment of each thread; the page of the thread has them all.
pub const ANSWERS_SHOWN: i64 = 20;
/// Comments on one page of a single thread.
pub const THREAD_PAGE: u32 = 200;

/// In which order threads stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The oldest first.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
    /// The one with the most answers first.
    Answered,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Oldest, Self::Newest, Self::Answered];

    /// As in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Answered => "answered",
        }
    }

    /// Its Fluent key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Oldest => "talk-order-oldest",
            Self::Newest => "talk-order-newest",
            Self::Answered => "talk-order-answered",
        }
    }

    /// What it sorts by, which way, and on which side of a cursor the rest lies.
    fn sql(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Oldest => ("at", "asc", ">"),
            Self::Newest => ("at", "desc", "<"),
            Self::Answered => (ANSWERS, "desc", "<"),
        }
    }
}

impl FromStr for Order {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|order| order.word() == word).ok_or(())
    }
}

/// How many answers everybody reads in the thread of a first comment.
const ANSWERS: &str =
    "(select count(*) from comments a where a.root_id = comments.id and a.depth > 0 and a.body <> '')";

/// A page of a discussion.
#[derive(Debug, Clone)]
pub struct Discussion {
    /// The comments, threads one after the other, each as it is read.
    pub comments: Vec<SeenComment>,
    /// Threads of which not all answers are shown, by the id of their first comment, with how many are not.
    pub left: Vec<(String, i64)>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// A page of threads about a subject; only those whose first comment takes this side, where one is named.
///
/// # Errors
/// Those of the database.
pub fn discussion(
    tx: &mut Tx<'_>,
    subject: &Subject,
    (order, side): (Order, Option<Side>),
    after: Option<&Cursor>,
    limit: u32,
    reader: &Actor,
) -> Result<Discussion, DbError> {
    let firsts = firsts(tx, subject, (order, side), after, limit)?;
    let next = firsts.next;
    let ids: Vec<String> = firsts.items.iter().map(|(_, first)| first.id.text()).collect();
    let mut answers = answers(tx, &ids)?;
    let (mut comments, mut left) = (Vec::new(), Vec::new());
    for (count, first) in firsts.items {
        let id = first.id.text();
        let below: Vec<Comment> = answers.iter().filter(|one| one.root == first.id).cloned().collect();
        answers.retain(|one| one.root != first.id);
        let more = count - below.iter().filter(|one| !one.text.is_empty()).count() as i64;
        if more > 0 {
            left.push((id, more));
        }
        comments.push(first);
        comments.extend(below);
    }
    Ok(Discussion { comments: seen(tx, comments, reader)?, left, next })
}

fn firsts(
    tx: &mut Tx<'_>,
    subject: &Subject,
    (order, side): (Order, Option<Side>),
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<(i64, Comment)>, DbError> {
    let (by, way, beyond) = order.sql();
    let mut asked = Conditions::default();
    asked.equal("subject_kind", Some(subject.kind.as_str()));
    asked.equal("subject_id", Some(subject.id.as_str()));
    asked.holds("depth = 0");
    asked.equal("side", side.map(Side::word));
    asked.beyond(by, "id", beyond, after);
    let most = asked.int(i64::from(limit) + 1);
    let clause = asked.clause();
    let sql = format!("select {COLUMNS}, {ANSWERS} from comments {clause} order by {by} {way}, id {way} limit {most}");
    let rows = tx.query(&sql, &asked.params())?;
    let items: Vec<(i64, Comment)> =
        rows.iter().map(|row| Ok((row.get(COLUMN_COUNT)?, comment_of(row)?))).collect::<Result<_, DbError>>()?;
    let cursor = |(count, first): &(i64, Comment)| {
        let at = if order == Order::Answered { *count } else { first.at.micros() };
        Cursor::new(at, first.id.text())
    };
    Ok(Page::cut(items, limit, cursor))
}

/// The answers under these first comments, at most [`ANSWERS_SHOWN`] of each, as they are read.
fn answers(tx: &mut Tx<'_>, roots: &[String]) -> Result<Vec<Comment>, DbError> {
    let mut asked = Conditions::default();
    asked.holds("depth > 0");
    asked.one_of("root_id", roots);
    let most = asked.int(ANSWERS_SHOWN);
    let clause = asked.clause();
    let sql = format!(
        "select {COLUMNS} from (select comments.*, row_number() over (partition by root_id order by path) as place \
         from comments {clause}) answers where place <= {most} order by root_id, path"
    );
    tx.query(&sql, &asked.params())?.iter().map(comment_of).collect()
}

/// One thread, from its first comment or from behind a comment of it.
///
/// # Errors
/// Those of the database.
pub fn thread(
    tx: &mut Tx<'_>,
    subject: &Subject,
    root: &str,
    after: Option<&Cursor>,
    reader: &Actor,
) -> Result<Discussion, DbError> {
    let last = after.map_or("", |cursor| cursor.id());
    let columns = prefixed("c");
    let sql = format!(
        "select {columns} from comments c where c.root_id = $1 and c.subject_kind = $2 and c.subject_id = $3 \
         and c.path > coalesce((select path from comments where id = $4), '') order by c.path limit $5"
    );
    let rows = tx.query(&sql, &params![root, &subject.kind, &subject.id, last, i64::from(THREAD_PAGE) + 1])?;
    let items: Vec<Comment> = rows.iter().map(comment_of).collect::<Result<_, _>>()?;
    let page = Page::cut(items, THREAD_PAGE, |comment| Cursor::new(0, comment.id.text()));
    Ok(Discussion { comments: seen(tx, page.items, reader)?, left: Vec::new(), next: page.next })
}

/// How many threads about its subject are older than the thread of this comment, and how many comments of its thread stand
/// before it.
///
/// # Errors
/// Those of the database.
pub fn place_of(tx: &mut Tx<'_>, subject: &Subject, comment: &Comment) -> Result<(i64, i64), DbError> {
    let (root, id) = (comment.root.text(), comment.id.text());
    let older = "select count(*) from comments c join comments f on f.id = $3 \
                 where c.subject_kind = $1 and c.subject_id = $2 and c.depth = 0 and (c.at, c.id) < (f.at, f.id)";
    let threads: i64 = tx.query_one(older, &params![&subject.kind, &subject.id, &root])?.get(0)?;
    let above =
        "select count(*) from comments c join comments own on own.id = $2 where c.root_id = $1 and c.path < own.path";
    let before: i64 = tx.query_one(above, &params![&root, &id])?.get(0)?;
    Ok((threads, before))
}
