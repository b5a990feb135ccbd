//! What somebody has handed in lately: the same form sent twice, and how many in an hour.

use super::proposals::{COLUMNS, proposal_of};
use crate::model::Proposal;
use civic::{Moment, PersonId};
use database::{DbError, Tx, params};

/// Lets a person hand in one thing at a time, until the transaction ends. On SQLite whoever writes is alone anyway.
pub fn lock_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let key = person
        .text()
        .bytes()
        .fold(0x70_726f_706f_7365_i64, |key, byte| key.wrapping_mul(0x100_0000_01b3).wrapping_add(i64::from(byte)));
    let sql = tx.dialect().lock_sql(key);
    tx.query_opt(&sql, &[]).map(|_| ())
}

/// What a person began and handed in since, with exactly these words, in any process; the oldest first.
pub fn same_since(
    tx: &mut Tx<'_>,
    person: PersonId,
    draft: &Proposal,
    since: Moment,
) -> Result<Vec<Proposal>, DbError> {
    let sql = format!(
        "select {COLUMNS} from proposals where submitted_at > $1 and title = $2 and body = $3 and code in \
         (select proposal from proposal_authors where person_id = $4 and part = 'lead') order by submitted_at, code limit 50"
    );
    let person = person.text();
    let values = params![since.micros(), &draft.title, &draft.text, &person];
    tx.query(&sql, &values)?.iter().map(proposal_of).collect()
}

/// How many a person began and handed in since.
pub fn handed_in_since(tx: &mut Tx<'_>, person: PersonId, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from proposals p join proposal_authors a on a.proposal = p.code \
               where a.person_id = $1 and a.part = 'lead' and p.submitted_at > $2";
    tx.query_one(sql, &params![&person.text(), since.micros()])?.get(0)
}
