//! Who said whether it helped. Private: the public sees counts.

use crate::model::{Commitment, Helped, Opinions, State};
use civic::{Code, Moment, PersonId};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

/// What stands before the part of `who` that leads to nobody.
const NOBODY: &str = "nobody:";

/// Keeps an answer. Returns whether it is this person's first.
pub fn add_opinion(
    tx: &mut Tx<'_>,
    code: &Code,
    kept_at: Moment,
    person: PersonId,
    answer: Helped,
    now: Moment,
) -> Result<bool, DbError> {
    let sql = "insert into commitment_opinions (code, kept_at, who, answer, at) values ($1, $2, $3, $4, $5) on conflict do nothing";
    let who = person.text();
    let values = params![code.as_str(), kept_at.micros(), &who, answer.word(), now.micros()];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Whether a person has answered.
pub fn has_answered(tx: &mut Tx<'_>, commitment: &Commitment, person: PersonId) -> Result<bool, DbError> {
    let State::Kept { at } = commitment.state else { return Ok(false) };
    let sql = "select 1 from commitment_opinions where code = $1 and kept_at = $2 and who = $3";
    Ok(tx.query_opt(sql, &params![commitment.code.as_str(), at.micros(), &person.text()])?.is_some())
}

/// What those who asked said of it, since it was last kept.
pub fn opinions(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<Opinions, DbError> {
    let mut all = opinions_of_each(tx, std::slice::from_ref(commitment))?;
    Ok(all.remove(commitment.code.as_str()).unwrap_or_default())
}

/// The same for several, by code.
pub fn opinions_of_each(tx: &mut Tx<'_>, kept: &[Commitment]) -> Result<BTreeMap<String, Opinions>, DbError> {
    let mut counted: BTreeMap<String, Opinions> = BTreeMap::new();
    if kept.is_empty() {
        return Ok(counted);
    }
    let places: Vec<String> = (1..=kept.len()).map(|number| format!("${number}")).collect();
    let sql = format!(
        "select o.code, o.answer, count(*) from commitment_opinions o join commitments c on c.code = o.code and c.state_at = o.kept_at \
         where c.state = 'kept' and o.code in ({}) group by o.code, o.answer",
        places.join(", ")
    );
    let values: Vec<Param<'_>> = kept.iter().map(|one| Param::Text(one.code.as_str())).collect();
    for row in tx.query(&sql, &values)? {
        let of = counted.entry(row.get(0)?).or_default();
        let count: i64 = row.get(2)?;
        match row.get::<String>(1)?.parse::<Helped>() {
            Ok(Helped::Yes) => of.yes += count,
            Ok(Helped::Partly) => of.partly += count,
            Ok(Helped::No) => of.no += count,
            Err(()) => {}
        }
    }
    Ok(counted)
}

/// What a person said: code, answer, when.
pub fn opinions_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, String, Moment)>, DbError> {
    let sql = "select code, answer, at from commitment_opinions where who = $1 order by at, code";
    let line = |row: &Row| Ok((row.get(0)?, row.get(1)?, Moment(row.get(2)?)));
    tx.query(sql, &params![&person.text()])?.iter().map(line).collect()
}

/// Takes a person out of every count.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from commitment_opinions where who = $1", &params![&person.text()]).map(|_| ())
}

/// Forgets of answers from before who gave them, at most `limit`; answers how many. What was counted stays counted.
pub fn forget_who(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select code, kept_at, who from commitment_opinions where at < $1 and who not like 'nobody:%' order by at, code, who limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (code, kept_at, who): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let sql = "select count(*) from commitment_opinions where code = $1 and kept_at = $2 and who like 'nobody:%'";
        let nobodies: i64 = tx.query_one(sql, &params![&code, kept_at])?.get(0)?;
        let sql = "update commitment_opinions set who = $1 where code = $2 and kept_at = $3 and who = $4";
        tx.execute(sql, &params![&format!("{NOBODY}{nobodies}"), &code, kept_at, &who])?;
    }
    Ok(rows.len() as u64)
}
