//! Cases.

use super::{
    broken,
    reasons::{reason_of, words_text},
};
use crate::moderation::model::{Appeal, AppealEnd, Case, Cause, Decision, Standing};
use civic::{Moment, OrganisationId, PersonId, Subject};
use database::{Cursor, DbError, Page, Param, Row, Tx, params};

const COLUMNS: &str = "id, subject_kind, subject_id, about_kind, about_id, organisation_id, cause, opened_at, queued_at, \
    standing, held, reports, points, evidence, version, outcome, reason, note, decided_at, decided_by, decided_handle, \
    appeal, appealed_at, appeal_due_at, appeal_outcome, appeal_at, appeal_by, appeal_handle, appeal_note, \
    reason_words";

/// Opens a case, unless one waits already for its subject. Returns whether it was opened; two at once are one.
pub fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<bool, DbError> {
    let organisation = case.organisation.map(|id| id.text());
    let opened = tx.execute(
        "insert into moderation_cases (id, subject_kind, subject_id, about_kind, about_id, organisation_id, cause, opened_at, \
         queued_at, standing, held, reports, points, evidence, version, note, decided_handle, appeal, appeal_handle, appeal_note) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', '', '', '') on conflict do nothing",
        &params![
            case.code.as_str(),
            &case.subject.kind,
            &case.subject.id,
            &case.about.kind,
            &case.about.id,
            organisation.as_deref(),
            case.cause.word(),
            case.opened_at.micros(),
            case.queued_at.micros(),
            case.standing.word(),
            case.held,
            case.reports,
            case.points,
            &serde_json::to_string(&case.evidence).map_err(broken)?,
            case.version
        ],
    )?;
    Ok(opened == 1)
}

/// Saves a case that is held against change.
pub fn update(tx: &mut Tx<'_>, case: &Case) -> Result<(), DbError> {
    let decision = case.decision.as_ref();
    let appeal = case.appeal.as_ref();
    let ended = appeal.and_then(|appeal| appeal.ended.as_ref());
    let organisation = case.organisation.map(|id| id.text());
    tx.execute(
        "update moderation_cases set organisation_id = $1, cause = $2, queued_at = $3, standing = $4, held = $5, reports = $6, \
         points = $7, evidence = $8, version = $9, outcome = $10, reason = $11, note = $12, decided_at = $13, decided_by = $14, \
         decided_handle = $15, appeal = $16, appealed_at = $17, appeal_due_at = $18, appeal_outcome = $19, appeal_at = $20, \
         appeal_handle = $21, appeal_note = $22, appeal_by = $23, reason_words = $24 where id = $25",
        &params![
            organisation.as_deref(),
            case.cause.word(),
            case.queued_at.micros(),
            case.standing.word(),
            case.held,
            case.reports,
            case.points,
            &serde_json::to_string(&case.evidence).map_err(broken)?,
            case.version,
            decision.map(|one| one.outcome.word()),
            decision.and_then(|one| one.reason.as_ref()).map(|reason| reason.code.as_str()),
            decision.map_or("", |one| one.note.as_str()),
            decision.map(|one| one.at.micros()),
            decision.and_then(|one| one.by).map(|by| by.text()).as_deref(),
            decision.map_or("", |one| one.handle.as_str()),
            appeal.map_or("", |one| one.text.as_str()),
            appeal.map(|one| one.at.micros()),
            appeal.and_then(|one| one.due_at).map(Moment::micros),
            ended.map(|one| one.outcome.word()),
            ended.map(|one| one.at.micros()),
            ended.map_or("", |one| one.handle.as_str()),
            ended.map_or("", |one| one.note.as_str()),
            ended.and_then(|one| one.by).map(|by| by.text()).as_deref(),
            &words_text(decision.and_then(|one| one.reason.as_ref()))?,
            case.code.as_str()
        ],
    )
    .map(|_| ())
}

/// The case of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Case>, DbError> {
    one(tx, "where id = $1", &params![code])
}

/// The same, held against change by others until the transaction ends.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Case>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, &format!("where id = $1{lock}"), &params![code])
}

/// The case of a subject that nobody has decided, held against change by others until the transaction ends.
pub fn waiting_of_to_change(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Case>, DbError> {
    let lock = tx.dialect().for_update();
    let condition = format!("where subject_kind = $1 and subject_id = $2 and standing = 'waiting'{lock}");
    one(tx, &condition, &params![&subject.kind, &subject.id])
}

/// The case that keeps what the desk has of a subject.
pub fn desk_case(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Case>, DbError> {
    one(tx, "where subject_kind = $1 and subject_id = $2 and cause = 'desk'", &params![&subject.kind, &subject.id])
}

/// The decided case of a subject that concerns its author most: the last that hides and was not appealed, else the last that
/// hides, else the last.
pub fn latest_decided(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Case>, DbError> {
    let condition = "where subject_kind = $1 and subject_id = $2 and decided_at is not null order by case when outcome <> 'hidden' then 2 \
         when appealed_at is not null then 1 else 0 end, decided_at desc, id desc limit 1";
    one(tx, condition, &params![&subject.kind, &subject.id])
}

/// Which cases.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only in this standing; `None` for all that are not closed.
    pub standing: Option<Standing>,
    /// Only those the score holds back.
    pub held: bool,
    /// Only of this kind of subject.
    pub kind: Option<String>,
    /// Only those somebody reported for this reason.
    pub reason: Option<String>,
    /// Only what these organisations answer for; `None` for the whole town.
    pub organisations: Option<Vec<OrganisationId>>,
}

/// A page of cases, those that wait longest first; closed ones newest first.
pub fn page_of(tx: &mut Tx<'_>, filter: &Filter, after: Option<&Cursor>, limit: u32) -> Result<Page<Case>, DbError> {
    let closed = filter.standing == Some(Standing::Closed);
    let mut conditions = vec![match filter.standing {
        None => "standing <> 'closed'".to_owned(),
        Some(standing) => format!("standing = '{}'", standing.word()),
    }];
    let mut texts: Vec<String> = Vec::new();
    let mut bind = |text: String| {
        texts.push(text);
        format!("${}", texts.len())
    };
    conditions.push("cause <> 'desk'".to_owned());
    if filter.held {
        conditions.push("held = true".to_owned());
    }
    if let Some(kind) = &filter.kind {
        conditions.push(format!("subject_kind = {}", bind(kind.clone())));
    }
    if let Some(reason) = &filter.reason {
        let reason = bind(reason.clone());
        conditions.push(format!("id in (select case_id from moderation_reports where reason = {reason})"));
    }
    if let Some(organisations) = &filter.organisations {
        let places: Vec<String> = organisations.iter().map(|id| bind(id.text())).collect();
        let list = if places.is_empty() { "null".to_owned() } else { places.join(", ") };
        conditions.push(format!("organisation_id in ({list})"));
    }
    let (compare, direction) = if closed { ("<", "desc") } else { (">", "asc") };
    let id = after.map(|after| bind(after.id().to_owned()));
    let mut values: Vec<Param<'_>> = texts.iter().map(|text| Param::Text(text)).collect();
    if let (Some(after), Some(id)) = (after, id) {
        values.push(Param::Int(after.at()));
        conditions.push(format!("(queued_at, id) {compare} (${}, {id})", values.len()));
    }
    values.push(Param::Int(i64::from(limit) + 1));
    let sql = format!(
        "select {COLUMNS} from moderation_cases where {} order by queued_at {direction}, id {direction} limit ${}",
        conditions.join(" and "),
        values.len()
    );
    let items: Vec<Case> = tx.query(&sql, &values)?.iter().map(case_of).collect::<Result<_, _>>()?;
    Ok(Page::cut(items, limit, |case| Cursor::new(case.queued_at.micros(), case.code.as_str())))
}

fn one(tx: &mut Tx<'_>, condition: &str, values: &[Param<'_>]) -> Result<Option<Case>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from moderation_cases {condition}"), values)?;
    row.as_ref().map(case_of).transpose()
}

fn case_of(row: &Row) -> Result<Case, DbError> {
    Ok(Case {
        code: word(row, 0)?,
        subject: Subject { kind: row.get(1)?, id: row.get(2)? },
        about: Subject { kind: row.get(3)?, id: row.get(4)? },
        organisation: maybe(row, 5)?,
        cause: word::<Cause>(row, 6)?,
        opened_at: Moment(row.get(7)?),
        queued_at: Moment(row.get(8)?),
        standing: word(row, 9)?,
        held: row.get(10)?,
        reports: row.get(11)?,
        points: row.get(12)?,
        evidence: serde_json::from_str(&row.get::<String>(13)?).map_err(broken)?,
        version: row.get(14)?,
        decision: decision_of(row)?,
        appeal: appeal_of(row)?,
    })
}

fn decision_of(row: &Row) -> Result<Option<Decision>, DbError> {
    let Some((outcome, at)) = maybe(row, 15)?.zip(row.get::<Option<i64>>(18)?) else { return Ok(None) };
    let code: Option<String> = row.get(16)?;
    let reason = reason_of(code.as_deref().unwrap_or_default(), &row.get::<String>(29)?)?;
    let by = maybe::<PersonId>(row, 19)?;
    Ok(Some(Decision { outcome, reason, note: row.get(17)?, at: Moment(at), by, handle: row.get(20)? }))
}

fn appeal_of(row: &Row) -> Result<Option<Appeal>, DbError> {
    let Some(at) = row.get::<Option<i64>>(22)? else { return Ok(None) };
    let ended = match maybe(row, 24)?.zip(row.get::<Option<i64>>(25)?) {
        Some((outcome, at)) => {
            Some(AppealEnd { outcome, at: Moment(at), by: maybe(row, 26)?, handle: row.get(27)?, note: row.get(28)? })
        }
        None => None,
    };
    let due_at = row.get::<Option<i64>>(23)?.map(Moment);
    Ok(Some(Appeal { text: row.get(21)?, at: Moment(at), due_at, ended }))
}

fn word<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row, index: usize) -> Result<T, DbError> {
    row.get::<String>(index)?.parse().map_err(broken)
}

fn maybe<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row, index: usize) -> Result<Option<T>, DbError> {
    row.get::<Option<String>>(index)?.map(|text| text.parse()).transpose().map_err(broken)
}
