//! What moderation keeps about people: to take along, and to erase.

use civic::{Moment, PersonId, Subject};
use database::{DbError, Tx, params};
use serde_json::{Value, json};

/// What a person reported and decided.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let person = person.text();
    let sql =
        "select subject_kind, subject_id, reason, note, at from moderation_reports where person_id = $1 order by at";
    let mut reports = Vec::new();
    for row in tx.query(sql, &params![&person])? {
        let about = Subject { kind: row.get(0)?, id: row.get(1)? };
        let (reason, note): (String, String) = (row.get(2)?, row.get(3)?);
        let at = Moment(row.get(4)?).rfc3339();
        reports.push(json!({"about": about.to_string(), "reason": reason, "note": note, "at": at}));
    }
    let sql =
        "select id, outcome, reason, note, decided_at from moderation_cases where decided_by = $1 order by decided_at";
    let mut decisions = Vec::new();
    for row in tx.query(sql, &params![&person])? {
        let (case, outcome, reason): (String, Option<String>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (note, at): (String, Option<i64>) = (row.get(3)?, row.get(4)?);
        let at = at.map(|at| Moment(at).rfc3339());
        decisions.push(json!({"case": case, "outcome": outcome, "reason": reason, "note": note, "at": at}));
    }
    Ok(json!({"reports": reports, "decisions": decisions}))
}

/// Takes the words of somebody who reported or decided away; that something was reported, and what was decided, stays.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let person = person.text();
    // They stay counted in their case.
    tx.execute("delete from moderation_reports where person_id = $1", &params![&person])?;
    tx.execute("update moderation_cases set note = '', decided_by = null where decided_by = $1", &params![&person])?;
    tx.execute("update moderation_cases set appeal_note = '', appeal_by = null where appeal_by = $1", &params![&person])
        .map(|_| ())
}

/// Takes every word about a subject away: what is hidden of it, what was said in reports, notes and appeals.
pub fn erase_words_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let values = params![&subject.kind, &subject.id];
    tx.execute("delete from moderation_withheld where subject_kind = $1 and subject_id = $2", &values)?;
    tx.execute("update moderation_reports set note = '' where subject_kind = $1 and subject_id = $2", &values)?;
    tx.execute(
        "update moderation_cases set note = '', appeal = '', appeal_note = '' where subject_kind = $1 and subject_id = $2",
        &values,
    )
    .map(|_| ())
}
