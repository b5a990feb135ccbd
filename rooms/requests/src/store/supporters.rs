//! Who said “me too”. Private: the public sees how many.

use crate::model::ServiceRequest;
use civic::{Moment, PersonId, RequestId};
use database::{DbError, Param, Tx, params};
use std::collections::BTreeSet;

/// By what somebody is known again, so that they count once. At least one is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supporter {
    /// Their account.
    pub person: Option<PersonId>,
    /// The hash of the secret their browser keeps.
    pub browser: Option<String>,
    /// The hash of the address they left.
    pub email_hash: Option<String>,
}

impl Supporter {
    /// By what this one is counted: the account, else the browser, else the address.
    fn who(&self) -> Option<String> {
        let person = self.person.map(|person| format!("person:{}", person.text()));
        let browser = || self.browser.as_ref().map(|hash| format!("browser:{hash}"));
        let email = || self.email_hash.as_ref().map(|hash| format!("email:{hash}"));
        person.or_else(browser).or_else(email)
    }

    /// Every name under which they may be counted already.
    fn names(&self) -> [String; 3] {
        let alone = |one: Self| one.who().unwrap_or_default();
        [
            alone(Self { person: self.person, ..Self::default() }),
            alone(Self { browser: self.browser.clone(), ..Self::default() }),
            alone(Self { email_hash: self.email_hash.clone(), ..Self::default() }),
        ]
    }
}

/// Counts somebody, unless they are counted already. Whoever calls holds the request against change, so two at once are one.
///
/// Returns whether they are new; also not for somebody without any name.
pub fn add_supporter(tx: &mut Tx<'_>, request: RequestId, supporter: &Supporter, now: Moment) -> Result<bool, DbError> {
    let Some(who) = supporter.who() else { return Ok(false) };
    if is_supporter(tx, request, supporter)? {
        return Ok(false);
    }
    let sql = "insert into request_supporters (request_id, who, person_id, email_hash, at) values ($1, $2, $3, $4, $5) \
               on conflict do nothing";
    let person = supporter.person.map(|person| person.text());
    let email = supporter.email_hash.as_deref();
    Ok(tx.execute(sql, &params![&request.text(), &who, person.as_deref(), email, now.micros()])? == 1)
}

/// Whether they are counted already.
pub fn is_supporter(tx: &mut Tx<'_>, request: RequestId, supporter: &Supporter) -> Result<bool, DbError> {
    let [person, browser, email] = supporter.names();
    let hash = supporter.email_hash.as_deref().unwrap_or_default();
    let sql =
        "select 1 from request_supporters where request_id = $1 and (who in ($2, $3, $4) or email_hash = $5) limit 1";
    Ok(tx.query_opt(sql, &params![&request.text(), &person, &browser, &email, hash])?.is_some())
}

/// Takes somebody out of the count. Returns whether they were in it.
pub fn remove_supporter(tx: &mut Tx<'_>, request: RequestId, supporter: &Supporter) -> Result<bool, DbError> {
    let [person, browser, _] = supporter.names();
    let sql = "delete from request_supporters where request_id = $1 and who in ($2, $3)";
    Ok(tx.execute(sql, &params![&request.text(), &person, &browser])? > 0)
}

/// How many others are affected: who said “me too” to this request or to one merged into it, and who reported one of those.
/// Each account and each browser counts once; whoever reported this one does not count.
pub fn count_affected(tx: &mut Tx<'_>, request: &ServiceRequest, merged: &[ServiceRequest]) -> Result<i64, DbError> {
    let ids: Vec<String> = std::iter::once(request).chain(merged).map(|one| one.id.text()).collect();
    let places: Vec<String> = (1..=ids.len()).map(|number| format!("${number}")).collect();
    let places = places.join(", ");
    let values: Vec<Param<'_>> = ids.iter().map(|id| Param::Text(id)).collect();
    let sql = format!("select count(distinct who) from request_supporters where request_id in ({places})");
    let supporters: i64 = tx.query_one(&sql, &values)?.get(0)?;
    let sql = format!(
        "select distinct person_id from request_supporters where request_id in ({places}) and person_id is not null"
    );
    let mut known: BTreeSet<String> = if merged.is_empty() { BTreeSet::new() } else { people(tx, &sql, &values)? };
    let own = request.reporter_id.map(|person| person.text());
    // Who reported this one and said “me too” to another before the two were merged.
    let twice = own.as_ref().is_some_and(|own| known.contains(own));
    known.extend(own);
    let reporters =
        merged.iter().filter(|one| one.reporter_id.is_none_or(|person| known.insert(person.text()))).count();
    Ok(supporters + i64::try_from(reporters).unwrap_or(i64::MAX) - i64::from(twice))
}

fn people(tx: &mut Tx<'_>, sql: &str, values: &[Param<'_>]) -> Result<BTreeSet<String>, DbError> {
    tx.query(sql, values)?.iter().map(|row| row.get(0)).collect()
}

/// The codes of what somebody said “me too” to.
pub fn supported_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>, DbError> {
    let sql = "select r.code from request_supporters s join requests r on r.id = s.request_id where s.person_id = $1 order by s.at, r.code";
    tx.query(sql, &params![&person.text()])?.iter().map(|row| row.get(0)).collect()
}

/// Takes a person out of every count.
pub fn erase_supporter(tx: &mut Tx<'_>, person: PersonId, email_hash: Option<&str>) -> Result<(), DbError> {
    let sql = "delete from request_supporters where person_id = $1 or email_hash = $2";
    tx.execute(sql, &params![&person.text(), email_hash.unwrap_or_default()]).map(|_| ())
}
