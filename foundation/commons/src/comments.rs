//! What residents say about a subject.

use crate::moderation::{self, MODERATED_COMMENTS, Notice, Seen};
use axum::http::StatusCode;
use civic::{Actor, Chance, CommentId, Moment, PersonId, Subject, SubjectKind};
use database::{DbError, Row, Tx, params};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop};

/// Characters a comment may have.
pub const COMMENT_LIMIT: usize = 3_000;
/// Comments one subject shows.
pub const COMMENTS_SHOWN: u32 = 500;
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
    Err(Refusal::new(code).status(StatusCode::TOO_MANY_REQUESTS).with("most", most).into())
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
    say(tx, subject, author, text, now, chance).map(|said| said.entry)
}

/// Adds a comment, unless its words look so much like advertising that a moderator looks first; see [`moderation::spam`].
///
/// # Errors
/// Those of the database.
pub fn say(
    tx: &mut Tx<'_>,
    subject: &Subject,
    author: &Actor,
    text: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Said, DbError> {
    let id = CommentId::new(now, chance);
    let own = Subject::new(KIND, id.text());
    let sent_before = same_before(tx, author, text, now)?;
    let insert = "insert into comments (id, subject_kind, subject_id, at, author, author_id, author_name, body, entry_id) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, '')";
    let (id_text, person) = (id.text(), author.person.map(|person| person.text()));
    let values = params![
        &id_text,
        &subject.kind,
        &subject.id,
        now.micros(),
        &author.handle,
        person.as_deref(),
        &author.name,
        text
    ];
    tx.execute(insert, &values)?;
    let new = moderation::Text { text, author, sent_before, parts: &["text"] };
    let seen = moderation::watch(tx, MODERATED_COMMENTS, &own, &new, now, chance)?;
    let entry = match seen {
        Seen::Held => Entry::about(own, "moderation.held", author, now, chance)
            .publicly(&json!({"about": subject.to_string(), "on": subject.id}))?,
        _ => Entry::about(subject.clone(), ADDED, author, now, chance).publicly(&json!({"comment": id}))?,
    };
    let entry = entry.privately(&json!({"text": text}), chance)?;
    tx.execute("update comments set entry_id = $1 where id = $2", &params![&entry.id().text(), &id_text])?;
    Ok(Said { id, entry, seen })
}

/// How often somebody with an account said exactly this within a day.
fn same_before(tx: &mut Tx<'_>, author: &Actor, text: &str, now: Moment) -> Result<u32, DbError> {
    let Some(person) = author.person else { return Ok(0) };
    let sql = "select count(*) from comments where author_id = $1 and at > $2 and body = $3";
    let same: i64 = tx.query_one(sql, &params![&person.text(), now.plus_days(-1).micros(), text])?.get(0)?;
    Ok(u32::try_from(same).unwrap_or(u32::MAX))
}

const COLUMNS: &str = "id, at, author, author_name, body, author_id";

/// The comments on a subject as a reader sees them, oldest first: in place of hidden words the reason; what is held back only
/// for its author.
///
/// # Errors
/// Those of the database.
pub fn seen_by(tx: &mut Tx<'_>, subject: &Subject, reader: &Actor) -> Result<Vec<SeenComment>, DbError> {
    let sql =
        format!("select {COLUMNS} from comments where subject_kind = $1 and subject_id = $2 order by at, id limit $3");
    let rows = tx.query(&sql, &params![&subject.kind, &subject.id, COMMENTS_SHOWN])?;
    let comments: Vec<Comment> = rows.iter().map(comment_of).collect::<Result<_, _>>()?;
    seen(tx, comments, reader)
}

/// How many comments on a subject everybody reads.
///
/// # Errors
/// Those of the database.
pub fn count(tx: &mut Tx<'_>, subject: &Subject) -> Result<i64, DbError> {
    let sql = "select count(*) from comments where subject_kind = $1 and subject_id = $2 and body <> ''";
    tx.query_one(sql, &params![&subject.kind, &subject.id])?.get(0)
}

/// One comment as a reader sees it, and what it is on.
///
/// # Errors
/// Those of the database.
pub fn one_seen_by(tx: &mut Tx<'_>, id: &str, reader: &Actor) -> Result<Option<(Subject, SeenComment)>, DbError> {
    let sql = format!("select {COLUMNS}, subject_kind, subject_id from comments where id = $1");
    let Some(row) = tx.query_opt(&sql, &params![id])? else { return Ok(None) };
    let subject = Subject { kind: row.get(6)?, id: row.get(7)? };
    let comment = comment_of(&row)?;
    Ok(seen(tx, vec![comment], reader)?.pop().map(|seen| (subject, seen)))
}

fn seen(tx: &mut Tx<'_>, comments: Vec<Comment>, reader: &Actor) -> Result<Vec<SeenComment>, DbError> {
    let ids: Vec<String> = comments.iter().map(|comment| comment.id.text()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut notices = moderation::notices_of_each(tx, KIND.0, &ids)?;
    let mut seen = Vec::new();
    for mut comment in comments {
        let hidden = notices.remove(&comment.id.text()).and_then(|mut notices| notices.pop());
        let own = reader.person.is_some() && reader.person == comment.author_id;
        match &hidden {
            Some(notice) if notice.held && !own => continue,
            Some(_) if own => {
                let words = moderation::own_words(tx, &Subject::new(KIND, comment.id.text()))?;
                comment.text = words.into_iter().map(|(_, text)| text).next().unwrap_or_default();
            }
            _ => {}
        }
        seen.push(SeenComment { comment, hidden, own });
    }
    Ok(seen)
}

/// The comments of a person, with what they are about.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(Subject, Comment)>, DbError> {
    let sql = format!("select {COLUMNS}, subject_kind, subject_id from comments where author_id = $1 order by at, id");
    let rows = tx.query(&sql, &params![&person.text()])?;
    rows.iter().map(|row| Ok((Subject { kind: row.get(6)?, id: row.get(7)? }, comment_of(row)?))).collect()
}

/// Takes a person's comments away, with the salts of their seals.
///
/// # Errors
/// Those of the database.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let person = person.text();
    for row in tx.query("select entry_id, id from comments where author_id = $1", &params![&person])? {
        record::forget_salt(tx, &row.get::<String>(0)?)?;
        moderation::privacy::erase_words_about(tx, &Subject::new(KIND, row.get::<String>(1)?))?;
    }
    tx.execute("delete from comments where author_id = $1", &params![&person]).map(|_| ())
}

fn comment_of(row: &Row) -> Result<Comment, DbError> {
    let id =
        row.get::<String>(0)?.parse().map_err(|error| DbError::Other(format!("a comment cannot be read: {error}")))?;
    Ok(Comment {
        id,
        at: Moment(row.get(1)?),
        author: row.get(2)?,
        author_name: row.get(3)?,
        text: row.get(4)?,
        author_id: row.get::<Option<String>>(5)?.and_then(|id| id.parse().ok()),
    })
}
