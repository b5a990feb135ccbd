//! Whether anybody left something at a subject.

use civic::Subject;
use database::{DbError, Param, Tx};
use std::collections::BTreeSet;

/// Subjects that one statement names.
const SUBJECTS_AT_ONCE: usize = 100;
/// Every table in which somebody leaves something at a subject, with the columns of its kind and its id.
const TABLES: [(&str, &str, &str); 7] = [
    ("comments", "subject_kind", "subject_id"),
    ("followers", "subject_kind", "subject_id"),
    ("files", "subject_kind", "subject_id"),
    ("moderation_cases", "subject_kind", "subject_id"),
    ("moderation_reports", "subject_kind", "subject_id"),
    ("links", "from_kind", "from_id"),
    ("links", "to_kind", "to_id"),
];

/// Whether there is a comment, a follower, a photo, a case of moderators, a report to them, or a link of this subject.
///
/// # Errors
/// Those of the database.
pub fn any_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    Ok(!about_each(tx, &subject.kind, &[&subject.id])?.is_empty())
}

/// The ids of those of one kind of which there is any of these.
///
/// # Errors
/// Those of the database.
pub fn about_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<BTreeSet<String>, DbError> {
    let mut found = BTreeSet::new();
    for some in ids.chunks(SUBJECTS_AT_ONCE) {
        let places: Vec<String> = (2..some.len() + 2).map(|number| format!("${number}")).collect();
        let places = places.join(", ");
        let looks = TABLES.map(|(table, of_kind, of_id)| {
            // That something waits for the desk is nobody's doing.
            let by_somebody = if table == "moderation_cases" { " and cause <> 'desk'" } else { "" };
            format!("select {of_id} as id from {table} where {of_kind} = $1 and {of_id} in ({places}){by_somebody}")
        });
        let values: Vec<Param<'_>> =
            [Param::Text(kind)].into_iter().chain(some.iter().map(|id| Param::Text(id))).collect();
        for row in tx.query(&looks.join(" union "), &values)? {
            found.insert(row.get(0)?);
        }
    }
    Ok(found)
}
