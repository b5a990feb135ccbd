//! The hidden words.

use super::reasons::{reason_of, words_text};
use crate::moderation::{model::Withheld, reasons::Reason};
use civic::{FileId, Moment, Subject};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

const COLUMNS: &str = "part, key, kind, kept, shown, held, whole, reason, at, case_id, reason_words, \
    exists (select 1 from moderation_cases c where c.id = case_id and c.cause = 'desk')";

/// Keeps a part aside. Where it is hidden in part already, the first words stay: they are the author's.
pub fn keep(tx: &mut Tx<'_>, subject: &Subject, one: &Withheld) -> Result<(), DbError> {
    tx.execute(
        "insert into moderation_withheld (subject_kind, subject_id, part, case_id, key, kind, kept, shown, held, whole, reason, at, \
         reason_words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (subject_kind, subject_id, part) do update set \
         case_id = excluded.case_id, held = excluded.held, whole = excluded.whole, reason = excluded.reason, at = excluded.at, \
         reason_words = excluded.reason_words",
        &params![
            &subject.kind,
            &subject.id,
            &one.part,
            &one.case,
            &one.key,
            if one.photo { "photo" } else { "text" },
            &one.kept,
            &one.shown,
            one.held,
            one.whole,
            one.reason.as_ref().map_or("", |reason| reason.code.as_str()),
            one.at.micros(),
            &words_text(one.reason.as_ref())?
        ],
    )
    .map(|_| ())
}

/// What is held of a subject becomes what is hidden, for this reason: it stays where it is.
pub fn give_reason(tx: &mut Tx<'_>, subject: &Subject, reason: Option<&Reason>, at: Moment) -> Result<(), DbError> {
    let sql = "update moderation_withheld set reason = $3, at = $4, reason_words = $5 \
               where subject_kind = $1 and subject_id = $2 and held = true \
               and case_id not in (select id from moderation_cases where cause = 'desk')";
    let code = reason.map_or("", |reason| reason.code.as_str());
    let words = words_text(reason)?;
    let values = params![&subject.kind, &subject.id, code, at.micros(), &words];
    tx.execute(sql, &values).map(|_| ())
}

/// What is hidden of a subject, by part.
pub fn of_subject(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Withheld>, DbError> {
    let sql = format!(
        "select {COLUMNS} from moderation_withheld where subject_kind = $1 and subject_id = $2 order by at, part"
    );
    tx.query(&sql, &params![&subject.kind, &subject.id])?.iter().map(withheld_of).collect()
}

/// What a case hides.
pub fn of_case(tx: &mut Tx<'_>, subject: &Subject, case: &str) -> Result<Vec<Withheld>, DbError> {
    Ok(of_subject(tx, subject)?.into_iter().filter(|one| one.case == case).collect())
}

/// What is hidden of each of these subjects of one kind.
pub fn of_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<BTreeMap<String, Vec<Withheld>>, DbError> {
    let mut found: BTreeMap<String, Vec<Withheld>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let places: Vec<String> = (2..ids.len() + 2).map(|number| format!("${number}")).collect();
    let values: Vec<Param<'_>> = std::iter::once(kind).chain(ids.iter().copied()).map(Param::Text).collect();
    let sql = format!(
        "select {COLUMNS}, subject_id from moderation_withheld where subject_kind = $1 and subject_id in ({}) order by at, part",
        places.join(", ")
    );
    for row in tx.query(&sql, &values)? {
        found.entry(row.get(12)?).or_default().push(withheld_of(&row)?);
    }
    Ok(found)
}

/// The subjects of a kind of which something is hidden.
pub fn hidden_ids(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = "select distinct subject_id from moderation_withheld where subject_kind = $1";
    tx.query(sql, &params![kind])?.iter().map(|row| row.get(0)).collect()
}

/// Forgets that a part is hidden, after the room has got it back.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, part: &str) -> Result<(), DbError> {
    let sql = "delete from moderation_withheld where subject_kind = $1 and subject_id = $2 and part = $3";
    tx.execute(sql, &params![&subject.kind, &subject.id, part]).map(|_| ())
}

/// Notes whether a part that is with the desk waits, or is left out.
pub fn set_desk_waiting(tx: &mut Tx<'_>, subject: &Subject, part: &str, waits: bool) -> Result<(), DbError> {
    let sql = "update moderation_withheld set held = $4 where subject_kind = $1 and subject_id = $2 and part = $3 \
               and case_id in (select id from moderation_cases where cause = 'desk')";
    tx.execute(sql, &params![&subject.kind, &subject.id, part, waits]).map(|_| ())
}

/// Forgets what is with the desk of a subject, and the case that keeps it.
pub fn forget_desk_case(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let values = params![&subject.kind, &subject.id];
    let sql = "delete from moderation_withheld where subject_kind = $1 and subject_id = $2 \
               and case_id in (select id from moderation_cases where cause = 'desk')";
    tx.execute(sql, &values)?;
    let sql = "delete from moderation_cases where subject_kind = $1 and subject_id = $2 and cause = 'desk'";
    tx.execute(sql, &values).map(|_| ())
}

/// Puts other words in the place of a text that is with the desk.
pub fn rewrite_desk_text(tx: &mut Tx<'_>, subject: &Subject, part: &str, text: &str) -> Result<(), DbError> {
    let sql = "update moderation_withheld set kept = $4, shown = $4 where subject_kind = $1 and subject_id = $2 and part = $3 \
               and kind = 'text' and case_id in (select id from moderation_cases where cause = 'desk')";
    tx.execute(sql, &params![&subject.kind, &subject.id, part, text]).map(|_| ())
}

/// The subject whose photo this is, when it is hidden.
pub fn hidden_photo(tx: &mut Tx<'_>, file: FileId) -> Result<Option<Subject>, DbError> {
    let row = tx.query_opt(
        "select subject_kind, subject_id from files where id = $1 and hidden = true",
        &params![&file.text()],
    )?;
    row.map(|row| Ok(Subject { kind: row.get(0)?, id: row.get(1)? })).transpose()
}

fn withheld_of(row: &Row) -> Result<Withheld, DbError> {
    Ok(Withheld {
        part: row.get(0)?,
        key: row.get(1)?,
        photo: row.get::<String>(2)? == "photo",
        kept: row.get(3)?,
        shown: row.get(4)?,
        held: row.get(5)?,
        whole: row.get(6)?,
        reason: reason_of(&row.get::<String>(7)?, &row.get::<String>(10)?)?,
        at: Moment(row.get(8)?),
        case: row.get(9)?,
        desk: row.get(11)?,
    })
}
