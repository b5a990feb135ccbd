//! What suggestions are learned from, and which were rejected.

use super::rows::broken;
use civic::{Moment, OrganisationId, RequestId};
use database::{DbError, Row, Tx, params};
use std::collections::{BTreeMap, BTreeSet};

/// Cases that are learned from: the newest.
pub const LEARNED_LIMIT: i64 = 20_000;

/// A request that an officer decided about: ended, corrected, passed on, or kept where it is against a suggestion.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidedCase {
    /// The category it has.
    pub category: String,
    /// The category it was filed under.
    pub filed: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// Its district; empty for none.
    pub district: String,
    /// What was written.
    pub description: String,
}

/// What is known of suggestions for one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownSuggestions {
    /// What was rejected, as kind and value.
    pub rejected: BTreeSet<(String, String)>,
    /// Whether an officer corrected the category.
    pub recategorised: bool,
    /// Whether an officer passed it on.
    pub passed: bool,
}

/// The first correction of a request's category, by the index of its steps.
const FIRST_CORRECTION: &str = "(select h.detail from request_history h where h.request_id = r.id \
    and h.saying = 'request.recategorised' order by h.at, h.id limit 1)";

/// The newest decided cases, the earliest reported first.
pub fn decided_cases(tx: &mut Tx<'_>) -> Result<Vec<DecidedCase>, DbError> {
    let sql = format!(
        "select r.category, r.organisation_id, coalesce(r.district, ''), r.description, {FIRST_CORRECTION} \
         from requests r where r.state in ('resolved', 'declined') \
         or exists (select 1 from request_suggestions_rejected s where s.request_id = r.id) \
         or exists (select 1 from request_history h where h.request_id = r.id \
                    and h.saying in ('request.recategorised', 'request.passed')) \
         order by r.opened_at desc, r.id desc limit $1"
    );
    let rows = tx.query(&sql, &params![LEARNED_LIMIT])?;
    rows.iter().rev().map(case_of).collect()
}

fn case_of(row: &Row) -> Result<DecidedCase, DbError> {
    let category: String = row.get(0)?;
    let detail: Option<BTreeMap<String, String>> =
        row.get::<Option<String>>(4)?.map(|text| serde_json::from_str(&text)).transpose().map_err(broken)?;
    let filed = detail.and_then(|mut detail| detail.remove("from_category"));
    Ok(DecidedCase {
        filed: filed.unwrap_or_else(|| category.clone()),
        category,
        organisation: row.get::<String>(1)?.parse().map_err(broken)?,
        district: row.get(2)?,
        description: row.get(3)?,
    })
}

/// What is known of suggestions for a request.
pub fn known_suggestions(tx: &mut Tx<'_>, request: RequestId) -> Result<KnownSuggestions, DbError> {
    let id = request.text();
    let sql = "select kind, value from request_suggestions_rejected where request_id = $1 order by kind, value";
    let rejected = tx
        .query(sql, &params![&id])?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect::<Result<_, DbError>>()?;
    let sql = "select distinct saying from request_history where request_id = $1 and saying in ('request.recategorised', 'request.passed')";
    let said: Vec<String> = tx.query(sql, &params![&id])?.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    let has = |saying: &str| said.iter().any(|one| one == saying);
    Ok(KnownSuggestions { rejected, recategorised: has("request.recategorised"), passed: has("request.passed") })
}

/// Remembers that a suggestion was rejected.
pub fn reject_suggestion(
    tx: &mut Tx<'_>,
    request: RequestId,
    kind: &str,
    value: &str,
    now: Moment,
) -> Result<(), DbError> {
    tx.execute(
        "insert into request_suggestions_rejected (request_id, kind, value, at) values ($1, $2, $3, $4) on conflict do nothing",
        &params![&request.text(), kind, value, now.micros()],
    )
    .map(|_| ())
}

/// Forgets that a suggestion was rejected.
pub fn unreject_suggestion(tx: &mut Tx<'_>, request: RequestId, kind: &str, value: &str) -> Result<(), DbError> {
    let sql = "delete from request_suggestions_rejected where request_id = $1 and kind = $2 and value = $3";
    tx.execute(sql, &params![&request.text(), kind, value]).map(|_| ())
}
