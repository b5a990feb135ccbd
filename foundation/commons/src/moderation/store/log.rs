//! The public log.

use super::reasons::{reason_of, words_text};
use crate::moderation::model::LogLine;
use civic::{Moment, Subject};
use database::{Cursor, DbError, Page, Param, Row, Tx, params};

/// Lines one subject shows.
const LINES_SHOWN: i64 = 100;

const COLUMNS: &str = "l.id, l.at, l.case_id, l.subject_kind, l.subject_id, l.about_kind, l.about_id, l.act, l.reason, l.parts, \
    l.role, l.handle, case when c.appealed_at is null then '' when c.appeal_outcome is null then 'waiting' else c.appeal_outcome end, \
    l.reason_words";
const FROM: &str = "from moderation_log l left join moderation_cases c on c.id = l.case_id";

/// Adds a line.
pub fn add_line(tx: &mut Tx<'_>, line: &LogLine) -> Result<(), DbError> {
    tx.execute(
        "insert into moderation_log (id, case_id, at, subject_kind, subject_id, about_kind, about_id, act, reason, parts, role, handle, \
         reason_words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &params![
            &line.id,
            &line.case,
            line.at.micros(),
            &line.subject.kind,
            &line.subject.id,
            &line.about.kind,
            &line.about.id,
            &line.act,
            line.reason.as_ref().map_or("", |reason| reason.code.as_str()),
            &line.parts.join(" "),
            &line.role,
            &line.handle,
            &words_text(line.reason.as_ref())?
        ],
    )
    .map(|_| ())
}

/// A page of the log, newest first; of one kind of act where one is given.
pub fn page_of_log(
    tx: &mut Tx<'_>,
    act: Option<&str>,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<LogLine>, DbError> {
    let (mut conditions, mut values) = (Vec::new(), vec![Param::Int(i64::from(limit) + 1)]);
    if let Some(act) = act {
        values.push(Param::Text(act));
        conditions.push(format!("l.act = ${}", values.len()));
    }
    if let Some(after) = after {
        values.extend([Param::Int(after.at()), Param::Text(after.id())]);
        conditions.push(format!("(l.at, l.id) < (${}, ${})", values.len() - 1, values.len()));
    }
    let conditions = if conditions.is_empty() { String::new() } else { format!("where {}", conditions.join(" and ")) };
    let sql = format!("select {COLUMNS} {FROM} {conditions} order by l.at desc, l.id desc limit $1");
    let lines: Vec<LogLine> = tx.query(&sql, &values)?.iter().map(line_of).collect::<Result<_, _>>()?;
    Ok(Page::cut(lines, limit, |line| Cursor::new(line.at.micros(), line.id.as_str())))
}

/// What was done about a subject, oldest first.
pub fn lines_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<LogLine>, DbError> {
    let sql =
        format!("select {COLUMNS} {FROM} where l.subject_kind = $1 and l.subject_id = $2 order by l.at, l.id limit $3");
    tx.query(&sql, &params![&subject.kind, &subject.id, LINES_SHOWN])?.iter().map(line_of).collect()
}

fn line_of(row: &Row) -> Result<LogLine, DbError> {
    Ok(LogLine {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        case: row.get(2)?,
        subject: Subject { kind: row.get(3)?, id: row.get(4)? },
        about: Subject { kind: row.get(5)?, id: row.get(6)? },
        act: row.get(7)?,
        reason: reason_of(&row.get::<String>(8)?, &row.get::<String>(13)?)?,
        parts: row.get::<String>(9)?.split_whitespace().map(str::to_owned).collect(),
        role: row.get(10)?,
        handle: row.get(11)?,
        appeal: row.get(12)?,
    })
}
