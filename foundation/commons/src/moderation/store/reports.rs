//! Who reported what. Private.

use crate::moderation::{
    model::Report,
    reasons::{Reason, Templates},
};
use civic::{Code, Moment, PersonId, Subject};
use database::{DbError, Param, Tx, params};
use std::collections::BTreeMap;

/// Reports one case shows.
const REPORTS_SHOWN: i64 = 100;

/// Keeps a report, unless this somebody reported this subject before. Returns whether it is new.
pub fn add_report(
    tx: &mut Tx<'_>,
    case: &Code,
    subject: &Subject,
    who: &str,
    person: Option<PersonId>,
    report: &Report,
) -> Result<bool, DbError> {
    let person = person.map(|person| person.text());
    let sql = "insert into moderation_reports (subject_kind, subject_id, who, case_id, person_id, reason, note, at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    let values = params![
        &subject.kind,
        &subject.id,
        who,
        case.as_str(),
        person.as_deref(),
        &report.reason.code,
        &report.note,
        report.at.micros()
    ];
    Ok(tx.execute(sql, &values)? == 1)
}

/// The reports of a case, oldest first, with the present words of their reasons.
pub fn reports_of(tx: &mut Tx<'_>, case: &Code, templates: &Templates) -> Result<Vec<Report>, DbError> {
    let sql = "select reason, note, at from moderation_reports where case_id = $1 order by at, who limit $2";
    let rows = tx.query(sql, &params![case.as_str(), REPORTS_SHOWN])?;
    rows.iter()
        .map(|row| {
            let reason = templates.reason(&row.get::<String>(0)?);
            Ok(Report { reason, note: row.get(1)?, at: Moment(row.get(2)?) })
        })
        .collect()
}

/// The reasons of each of these cases, the most frequent first.
pub fn reasons_of_each(
    tx: &mut Tx<'_>,
    codes: &[&str],
    templates: &Templates,
) -> Result<BTreeMap<String, Vec<(Reason, i64)>>, DbError> {
    let mut reasons: BTreeMap<String, Vec<(Reason, i64)>> = BTreeMap::new();
    if codes.is_empty() {
        return Ok(reasons);
    }
    let places: Vec<String> = (1..=codes.len()).map(|number| format!("${number}")).collect();
    let values: Vec<Param<'_>> = codes.iter().map(|code| Param::Text(code)).collect();
    let sql = format!(
        "select case_id, reason, count(*) from moderation_reports where case_id in ({}) group by case_id, reason \
         order by count(*) desc, reason",
        places.join(", ")
    );
    for row in tx.query(&sql, &values)? {
        let reason = templates.reason(&row.get::<String>(1)?);
        reasons.entry(row.get(0)?).or_default().push((reason, row.get(2)?));
    }
    Ok(reasons)
}
