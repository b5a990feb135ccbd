//! What residents say about a subject, and to each other.

pub mod elsewhere;
mod lists;
mod own;
mod seen;
mod sides;

pub use lists::{ANSWERS_SHOWN, Discussion, Order, THREAD_PAGE, discussion, place_of, thread};
pub use own::{erase_person, of_person};
pub use seen::{count, one_seen_by, seen_by};
pub use sides::{Side, Sides, has_sides, read_side, sides};

use crate::moderation::{self, MODERATED_COMMENTS, Notice, Seen};
use civic::{Actor, Chance, CommentId, Moment, PersonId, Subject, SubjectKind};
use database::{DbError, Tx, params};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop};

/// Characters a comment may have.
pub const COMMENT_LIMIT: usize = 3_000;
/// Comments one subject shows.
pub const COMMENTS_SHOWN: u32 = 500;
/// How deep answers stand under the first comment of a thread; an answer to one that stands so deep stands beside it.
pub const DEPTH_LIMIT: i64 = 4;
/// Comments an account of a few days may add in an hour.
pub const NEW_ACCOUNT_PER_HOUR: i64 = 5;
/// Comments any other account may add in an hour.
pub const ACCOUNT_PER_HOUR: i64 = 60;
/// What the record says of a comment.
pub const ADDED: &str = "comment.added";
/// The kind of a comment as a subject.
pub const KIND: SubjectKind = SubjectKind("comment");

/// A public comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// When it was written.
    pub at: Moment,
    /// The pseudonym of its author.
    pub author: String,
    /// What its author is called.
    pub author_name: String,
    /// The words; empty where they are hidden.
    pub text: String,
    /// The account of its author. Private.
    pub author_id: Option<PersonId>,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The first comment of its thread; itself for one that answers nobody.
    pub root: CommentId,
    /// How deep it stands in its thread: 0 for the first, at most [`DEPTH_LIMIT`].
    pub depth: i64,
    /// Its author was erased; it is kept, empty, because others answered it.
    pub gone: bool,
    /// The side it takes, where it does.
    pub side: Option<Side>,
}

/// A comment that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its id.
    id: String,
    /// The first comment of its thread.
    root: String,
    /// The ids down to it, with dots between.
    path: String,
}

impl Parent {
    /// Where an answer stands: under the comment, or beside it where that stands as deep as can be.
    fn path_of_answer(&self, id: &str) -> (String, i64) {
        let above: Vec<&str> = self.path.split('.').take(DEPTH_LIMIT as usize).collect();
        let depth = i64::try_from(above.len()).unwrap_or(DEPTH_LIMIT);
        (format!("{}.{id}", above.join(".")), depth)
    }
}

/// A comment as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenComment {
    /// The comment; its author reads their own words even where they are hidden.
    pub comment: Comment,
    /// Why its words are hidden, or held back; `None` for a comment that everybody reads.
    pub hidden: Option<Notice>,
    /// Whether the reader wrote it.
    pub own: bool,
}

/// What a comment says.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// Its words.
    pub text: &'w str,
    /// The side it takes.
    pub side: Option<Side>,
    /// The comment it answers.
    pub answers: Option<&'w Parent>,
}

/// A comment that was added.
#[must_use = "the record takes its entry"]
pub struct Said {
    /// Its id.
    pub id: CommentId,
    /// What the record keeps: that it was made (or held back), and a seal of its words.
    pub entry: Entry,
    /// Whether it is public.
    pub seen: Seen,
}

/// Reads the words of a comment.
///
/// # Errors
/// A refusal when there are none, or too many.
pub fn read_words(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(Refusal::new("comment-empty").at("text"));
    }
    if text.chars().count() > COMMENT_LIMIT {
        return Err(Refusal::new("comment-too-long").at("text").with("most", COMMENT_LIMIT));
    }
    Ok(text)
}

/// Whether an account may comment once more now; programs are limited by their keys.
///
/// # Errors
/// `comment-too-often-new` or `comment-too-often`, with how many an hour are possible; those of the database.
pub fn check_pace(tx: &mut Tx<'_>, author: &Actor, now: Moment) -> Result<(), Stop> {
    let Some(person) = author.person else { return Ok(()) };
    let sql = "select count(*) from comments where author_id = $1 and at > $2";
    let said: i64 = tx.query_one(sql, &params![&person.text(), now.plus_seconds(-3_600).micros()])?.get(0)?;
    let new = moderation::is_new(tx, author, now)?;
    let (most, code) = match new {
        true => (NEW_ACCOUNT_PER_HOUR, "comment-too-often-new"),
        false => (ACCOUNT_PER_HOUR, "comment-too-often"),
    };
    if said < most {
        return Ok(());
    }
    // When that many of the last hour are left that one more fits.
    let sql = "select at from comments where author_id = $1 order by at desc limit 1 offset $2";
    let first = tx.query_opt(sql, &params![&person.text(), most - 1])?.map_or(Ok(now), |row| row.get(0).map(Moment))?;
    let left = first.plus_seconds(3_600).seconds_since(now) + 1;
    Err(Refusal::new(code).again_in(u32::try_from(left).unwrap_or(1)).with("most", most).into())
}

/// The comment that somebody wants to answer.
///
/// # Errors
/// `comment-reply-gone` when it is not there for them, on another subject, or has no words any more; those of the database.
pub fn parent(tx: &mut Tx<'_>, subject: &Subject, id: &str, who: &Actor) -> Result<Parent, Stop> {
    let gone = || Stop::from(Refusal::conflict("comment-reply-gone"));
    let (about, seen) = one_seen_by(tx, id, who)?.ok_or_else(gone)?;
    if about != *subject || seen.hidden.is_some() || seen.comment.gone {
        return Err(gone());
    }
    let row = tx.query_one("select path from comments where id = $1", &params![id])?;
    Ok(Parent { id: id.to_owned(), root: seen.comment.root.text(), path: row.get(0)? })
}

/// Adds a comment; see [`say`], which also tells whether it is public.
///
/// # Errors
/// Those of the database.
pub fn add(
    tx: &mut Tx<'_>,
    subject: &Subject,
    author: &Actor,
    text: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let words = Words { text, side: None, answers: None };
    say(tx, subject, &words, author, now, chance).map(|said| said.entry)
}

/// Adds a comment, or an answer to one, unless its words look so much like advertising that a moderator looks first; see [`moderation::spam`].
///
/// # Errors
/// Those of the database.
pub fn say(
    tx: &mut Tx<'_>,
    subject: &Subject,
    words: &Words<'_>,
    author: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Said, DbError> {
    let text = words.text;
    let id = CommentId::new(now, chance);
    let own = Subject::new(KIND, id.text());
    let sent_before = same_before(tx, author, text, now)?;
    insert(tx, id, subject, words, author, now)?;
    let new = moderation::Text { text, author, sent_before, parts: &["text"] };
    let seen = moderation::watch(tx, MODERATED_COMMENTS, &own, &new, now, chance)?;
    let entry = match seen {
        Seen::Held => Entry::about(own, "moderation.held", author, now, chance)
            .publicly(&json!({"about": subject.to_string(), "on": subject.id}))?,
        _ => Entry::about(subject.clone(), ADDED, author, now, chance).publicly(&view(id, words))?,
    };
    let entry = entry.privately(&json!({"text": text}), chance)?;
    tx.execute("update comments set entry_id = $1 where id = $2", &params![&entry.id().text(), &id.text()])?;
    Ok(Said { id, entry, seen })
}

/// What the record says of a comment: its id, the one it answers, its side.
fn view(id: CommentId, words: &Words<'_>) -> serde_json::Value {
    let mut view = json!({ "comment": id });
    if let Some(parent) = words.answers {
        view["answers"] = parent.id.as_str().into();
    }
    if let Some(side) = words.side {
        view["side"] = side.word().into();
    }
    view
}

fn insert(
    tx: &mut Tx<'_>,
    id: CommentId,
    subject: &Subject,
    words: &Words<'_>,
    author: &Actor,
    now: Moment,
) -> Result<(), DbError> {
    let answers = words.answers;
    let (id, person) = (id.text(), author.person.map(|person| person.text()));
    let (path, depth) = answers.map_or_else(|| (id.clone(), 0), |parent| parent.path_of_answer(&id));
    let root = answers.map_or(&id, |parent| &parent.root);
    let values = params![
        &id,
        &subject.kind,
        &subject.id,
        now.micros(),
        &author.handle,
        person.as_deref(),
        &author.name,
        words.text,
        answers.map(|parent| parent.id.as_str()),
        root,
        &path,
        depth,
        words.side.map_or("", Side::word)
    ];
    let insert = "insert into comments (id, subject_kind, subject_id, at, author, author_id, author_name, body, entry_id, \
                  parent_id, root_id, path, depth, side) values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $11, $12, $13)";
    tx.execute(insert, &values).map(|_| ())
}

/// How often somebody with an account said exactly this within a day.
fn same_before(tx: &mut Tx<'_>, author: &Actor, text: &str, now: Moment) -> Result<u32, DbError> {
    let Some(person) = author.person else { return Ok(0) };
    let sql = "select count(*) from comments where author_id = $1 and at > $2 and body = $3";
    let same: i64 = tx.query_one(sql, &params![&person.text(), now.plus_days(-1).micros(), text])?.get(0)?;
    Ok(u32::try_from(same).unwrap_or(u32::MAX))
}
