//! Who takes part. The number is public, who is behind it is not.

use crate::model::{Level, Participant};
use civic::{Moment, PersonId};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

/// Somebody new.
#[derive(Debug, Clone, Copy)]
pub struct NewParticipant<'p> {
    /// By what they are known again.
    pub who: &'p str,
    /// Their account.
    pub person: Option<PersonId>,
    /// The opinion group in which another system placed them.
    pub given_group: Option<&'p str>,
    /// How sure the town is of who they are.
    pub level: Option<Level>,
}

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// Whoever is known by one of these names, the first that counts; held against change, so that two answers of one person come
/// one after the other.
pub fn by_names(
    tx: &mut Tx<'_>,
    conversation: &str,
    names: &[String],
    hold: bool,
) -> Result<Option<(String, Participant)>, DbError> {
    let lock = if hold { tx.dialect().for_update() } else { "" };
    let sql = format!(
        "select number, district, level, who from conversation_participants where conversation = $1 and who = $2{lock}"
    );
    for name in names {
        if let Some(row) = tx.query_opt(&sql, &params![conversation, name])? {
            return Ok(Some((row.get(3)?, read(&row)?)));
        }
    }
    Ok(None)
}

fn read(row: &Row) -> Result<Participant, DbError> {
    Ok(Participant { number: row.get(0)?, district: row.get(1)?, level: Level::of_word(&row.get::<String>(2)?) })
}

/// Adds somebody under the next number. Whoever joins at the same time waits.
pub fn join(tx: &mut Tx<'_>, conversation: &str, new: NewParticipant<'_>, now: Moment) -> Result<Participant, DbError> {
    let lock = tx.dialect().for_update();
    tx.query_one(&format!("select 1 from conversations where code = $1{lock}"), &params![conversation])?;
    // They may have joined while we waited.
    if let Some((_, known)) = by_names(tx, conversation, &[new.who.to_owned()], true)? {
        return Ok(known);
    }
    let sql = "select coalesce(max(number), -1) + 1 from conversation_participants where conversation = $1";
    let number: i64 = tx.query_one(sql, &params![conversation])?.get(0)?;
    tx.execute(
        "insert into conversation_participants (conversation, number, who, person_id, district, given_group, joined_at, level) \
         values ($1, $2, $3, $4, null, $5, $6, $7)",
        &params![
            conversation,
            number,
            new.who,
            new.person.map(|person| person.text()).as_deref(),
            new.given_group,
            now.micros(),
            new.level.map_or("", Level::word)
        ],
    )?;
    Ok(Participant { number, district: None, level: new.level })
}

/// Adds many with their numbers: those that were taken over or simulated.
pub fn join_many(
    tx: &mut Tx<'_>,
    conversation: &str,
    many: &[(i64, String, Option<String>, Option<Moment>)],
) -> Result<(), DbError> {
    for some in many.chunks(AT_ONCE) {
        let mut sql = String::from(
            "insert into conversation_participants (conversation, number, who, given_group, joined_at) values ",
        );
        let mut values: Vec<Param<'_>> = vec![Param::Text(conversation)];
        for (index, (number, who, group, at)) in some.iter().enumerate() {
            let first = values.len() + 1;
            let comma = if index == 0 { "" } else { ", " };
            sql.push_str(&format!("{comma}($1, ${first}, ${}, ${}, ${})", first + 1, first + 2, first + 3));
            values.extend(params![*number, who, group.as_deref(), at.map(Moment::micros)]);
        }
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Lets somebody who was known by a voice be known by their account from now on.
pub fn adopt(tx: &mut Tx<'_>, conversation: &str, number: i64, who: &str, person: PersonId) -> Result<(), DbError> {
    let sql = "update conversation_participants set who = $3, person_id = $4, level = 'account' \
               where conversation = $1 and number = $2";
    tx.execute(sql, &params![conversation, number, who, &person.text()]).map(|_| ())
}

/// Notes that somebody was found on the roll.
pub fn is_on_roll(tx: &mut Tx<'_>, conversation: &str, number: i64) -> Result<(), DbError> {
    let sql = "update conversation_participants set level = 'roll' where conversation = $1 and number = $2";
    tx.execute(sql, &params![conversation, number]).map(|_| ())
}

/// How many people of each level answer, and how many answers they give that count.
pub fn of_level(tx: &mut Tx<'_>, conversation: &str) -> Result<BTreeMap<String, (i64, i64)>, DbError> {
    let sql = "select p.level, count(distinct p.number), count(*) from conversation_participants p \
               join conversation_reactions r on r.conversation = p.conversation and r.participant = p.number \
               where p.conversation = $1 and r.stance is not null group by p.level";
    tx.query(sql, &params![conversation])?.iter().map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).collect()
}

/// How many take part.
pub fn count(tx: &mut Tx<'_>, conversation: &str) -> Result<i64, DbError> {
    let sql = "select count(*) from conversation_participants where conversation = $1";
    tx.query_one(sql, &params![conversation])?.get(0)
}

/// How many joined since then.
pub fn arrivals_since(tx: &mut Tx<'_>, conversation: &str, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from conversation_participants where conversation = $1 and joined_at > $2";
    tx.query_one(sql, &params![conversation, since.micros()])?.get(0)
}

/// Says in which district somebody lives; `None` takes it back.
pub fn set_district(tx: &mut Tx<'_>, conversation: &str, number: i64, district: Option<&str>) -> Result<(), DbError> {
    let sql = "update conversation_participants set district = $3 where conversation = $1 and number = $2";
    tx.execute(sql, &params![conversation, number, district]).map(|_| ())
}

/// How many said that they live in each district.
pub fn of_district(tx: &mut Tx<'_>, conversation: &str) -> Result<BTreeMap<String, i64>, DbError> {
    let sql = "select district, count(*) from conversation_participants \
               where conversation = $1 and district is not null group by district";
    tx.query(sql, &params![conversation])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The groups in which another system placed people, by number; empty where none did.
pub fn given_groups(tx: &mut Tx<'_>, conversation: &str) -> Result<BTreeMap<i64, String>, DbError> {
    let sql =
        "select number, given_group from conversation_participants where conversation = $1 and given_group is not null";
    tx.query(sql, &params![conversation])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The conversations in which somebody takes part with their account, and their numbers there.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, Participant)>, DbError> {
    let sql = "select number, district, level, conversation from conversation_participants \
               where person_id = $1 order by conversation";
    tx.query(sql, &params![&person.text()])?.iter().map(|row| Ok((row.get(3)?, read(row)?))).collect()
}

/// Lets nothing lead from a number to a person any more. The answers stay: they are nobody's.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for (conversation, participant) in of_person(tx, person)? {
        tx.execute(
            "update conversation_participants set who = $3, person_id = null, district = null where conversation = $1 and number = $2",
            &params![&conversation, participant.number, &format!("erased:{}", participant.number)],
        )?;
    }
    Ok(())
}
