//! Mails: written in the transaction of the act that causes them, sent afterwards.

mod send;

pub use send::{MAIL_SEND, MailSettings, job_kind};

use crate::{EmailAddress, kept::kept};
use civic::{Chance, JobId, MailId, Moment};
use database::{
    DbError, Row, Tx,
    jobs::{self, NewJob},
    params,
};
use serde_json::json;

/// Characters of a subject; longer ones are cut.
pub const SUBJECT_LIMIT: usize = 200;
/// Bytes of a text; longer ones are cut.
pub const BODY_LIMIT_BYTES: usize = 32 * 1024;

/// A mail to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// To whom.
    pub to: EmailAddress,
    /// What about. Line breaks in it become blanks, so that it can never add a header.
    pub subject: String,
    /// The plain text.
    pub body_text: String,
}

/// A mail that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMail {
    /// Its id.
    pub id: MailId,
    /// The mail; the text is empty once it has left by SMTP.
    pub mail: Mail,
    /// When it was written.
    pub made_at: Moment,
    /// When it left (or was laid into the outbox, where there is no SMTP).
    pub sent_at: Option<Moment>,
    /// Where such mails can be stopped in one click; empty for a mail that answers an act, and once it has left by SMTP.
    pub unsubscribe: String,
}

/// Writes a mail and the job that sends it.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, mail: &Mail, now: Moment, chance: &dyn Chance) -> Result<MailId, DbError> {
    put_listed(tx, mail, "", now, chance)
}

/// The same for a mail of a list: `unsubscribe` is the full address that stops such mails when it is sent
/// `List-Unsubscribe=One-Click` (RFC 2369, RFC 8058).
///
/// # Errors
/// Those of the database.
pub fn put_listed(
    tx: &mut Tx<'_>,
    mail: &Mail,
    unsubscribe: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<MailId, DbError> {
    let id = MailId::new(now, chance);
    tx.execute(
        "insert into mails (id, recipient, subject, body, made_at, unsubscribe) values ($1, $2, $3, $4, $5, $6)",
        &params![
            &id.text(),
            mail.to.as_str(),
            &one_line(&mail.subject),
            cut(&mail.body_text, BODY_LIMIT_BYTES),
            now.micros(),
            unsubscribe
        ],
    )?;
    let job = NewJob {
        id: JobId::new(now, chance).text(),
        kind: MAIL_SEND,
        payload: &json!({ "mail": id }),
        not_before: now,
    };
    jobs::put(tx, &job)?;
    Ok(id)
}

/// The newest mails, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn newest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<WrittenMail>, DbError> {
    let rows = tx.query(&format!("{COLUMNS} order by made_at desc, id desc limit $1"), &params![limit])?;
    rows.iter().map(read).collect()
}

/// The mail `id`.
///
/// # Errors
/// Those of the database.
pub fn by_id(tx: &mut Tx<'_>, id: MailId) -> Result<Option<WrittenMail>, DbError> {
    tx.query_opt(&format!("{COLUMNS} where id = $1"), &params![&id.text()])?.as_ref().map(read).transpose()
}

/// How mail stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailCounts {
    /// Written and not sent.
    pub waiting: i64,
    /// Sent since the moment asked about.
    pub sent: i64,
    /// When the last one left.
    pub last_sent_at: Option<Moment>,
}

/// How mail stands, with what was sent since `since`.
///
/// # Errors
/// Those of the database.
pub fn counts(tx: &mut Tx<'_>, since: Moment) -> Result<MailCounts, DbError> {
    let sql = "select count(*) filter (where sent_at is null), count(*) filter (where sent_at >= $1), max(sent_at) from mails";
    let row = tx.query_one(sql, &params![since.micros()])?;
    let last: Option<i64> = row.get(2)?;
    Ok(MailCounts { waiting: row.get(0)?, sent: row.get(1)?, last_sent_at: last.map(Moment) })
}

/// The newest mails to one address, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn newest_to(tx: &mut Tx<'_>, address: &EmailAddress, limit: u32) -> Result<Vec<WrittenMail>, DbError> {
    let sql = format!("{COLUMNS} where recipient = $1 order by made_at desc, id desc limit $2");
    tx.query(&sql, &params![address.as_str(), limit])?.iter().map(read).collect()
}

const COLUMNS: &str = "select id, recipient, subject, body, made_at, sent_at, unsubscribe from mails";

fn read(row: &Row) -> Result<WrittenMail, DbError> {
    let sent_at: Option<i64> = row.get(5)?;
    Ok(WrittenMail {
        id: kept(row, 0)?,
        mail: Mail { to: kept(row, 1)?, subject: row.get(2)?, body_text: row.get(3)? },
        made_at: Moment(row.get(4)?),
        sent_at: sent_at.map(Moment),
        unsubscribe: row.get(6)?,
    })
}

/// The words of a subject on one line.
fn one_line(subject: &str) -> String {
    let words: Vec<_> =
        subject.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(SUBJECT_LIMIT).collect()
}

/// At most `bytes` of a text, cut between characters.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0);
    &text[..end]
}
