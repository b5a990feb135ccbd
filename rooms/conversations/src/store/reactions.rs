//! Answers: the one that counts of each person to each statement, and beside it those it took the place of.

use crate::{decide::Change, model::Reaction};
use civic::Moment;
use database::{DbError, Param, Row, Tx, params};
use opinion_map::Stance;
use std::collections::BTreeMap;

const COLUMNS: &str = "participant, statement, stance, important, at";
/// Rows of one statement.
const AT_ONCE: usize = 150;

/// How somebody answers a statement now.
pub fn current(
    tx: &mut Tx<'_>,
    conversation: &str,
    participant: i64,
    statement: i64,
) -> Result<Option<Reaction>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_reactions where conversation = $1 and participant = $2 and statement = $3"
    );
    tx.query_opt(&sql, &params![conversation, participant, statement])?.as_ref().map(read).transpose()
}

/// Writes an answer; the one before is kept beside it.
pub fn change(tx: &mut Tx<'_>, conversation: &str, new: &Reaction, change: Change) -> Result<(), DbError> {
    if change == Change::Nothing {
        return Ok(());
    }
    if change == Change::Instead {
        tx.execute(
            &format!(
                "insert into conversation_reactions_before (conversation, {COLUMNS}) select conversation, {COLUMNS} \
                 from conversation_reactions where conversation = $1 and participant = $2 and statement = $3"
            ),
            &params![conversation, new.participant, new.statement],
        )?;
    }
    let sql = format!(
        "insert into conversation_reactions (conversation, {COLUMNS}) values ($1, $2, $3, $4, $5, $6) \
         on conflict (conversation, participant, statement) do update set stance = excluded.stance, \
         important = excluded.important, at = excluded.at"
    );
    tx.execute(&sql, &values(conversation, new)).map(|_| ())
}

/// Takes an answer back: the one it took the place of counts again, else none.
pub fn take_back(tx: &mut Tx<'_>, conversation: &str, last: &Reaction, now: Moment) -> Result<(), DbError> {
    let key = params![conversation, last.participant, last.statement];
    let before = "from conversation_reactions_before where conversation = $1 and participant = $2 and statement = $3";
    let sql = format!("select {COLUMNS} {before} order by at desc limit 1");
    let earlier = tx.query_opt(&sql, &key)?.as_ref().map(read).transpose()?;
    let gone = Reaction { stance: None, important: false, ..*last };
    if let Some(at) = earlier.as_ref().and_then(|one| one.at) {
        let sql = format!("delete {before} and at = $4");
        tx.execute(&sql, &params![conversation, last.participant, last.statement, at.micros()])?;
    }
    // The map takes what changed by its time, so what counts again has the present one.
    let restored = Reaction { at: Some(now), ..earlier.unwrap_or(gone) };
    change(tx, conversation, &restored, Change::First)
}

fn values<'v>(conversation: &'v str, one: &Reaction) -> [Param<'v>; 6] {
    let stance = one.stance.map(|stance| i64::from(stance.value()));
    params![conversation, one.participant, one.statement, stance, one.important, one.at.map(Moment::micros)]
}

/// Writes many first answers: those that were taken over or simulated.
pub fn give_many(tx: &mut Tx<'_>, conversation: &str, many: &[Reaction]) -> Result<(), DbError> {
    insert_many(tx, "conversation_reactions", conversation, many)
}

/// Writes many answers that others took the place of.
pub fn give_many_before(tx: &mut Tx<'_>, conversation: &str, many: &[Reaction]) -> Result<(), DbError> {
    insert_many(tx, "conversation_reactions_before", conversation, many)
}

fn insert_many(tx: &mut Tx<'_>, table: &str, conversation: &str, many: &[Reaction]) -> Result<(), DbError> {
    for some in many.chunks(AT_ONCE) {
        let mut sql = format!("insert into {table} (conversation, {COLUMNS}) values ");
        let mut all: Vec<Param<'_>> = vec![Param::Text(conversation)];
        for (index, one) in some.iter().enumerate() {
            let first = all.len() + 1;
            let comma = if index == 0 { "" } else { ", " };
            sql.push_str(&format!(
                "{comma}($1, ${first}, ${}, ${}, ${}, ${})",
                first + 1,
                first + 2,
                first + 3,
                first + 4
            ));
            all.extend_from_slice(&values(conversation, one)[1..]);
        }
        tx.execute(&sql, &all)?;
    }
    Ok(())
}

/// Every answer that counts, one after the other.
pub fn each_current(tx: &mut Tx<'_>, conversation: &str, mut take: impl FnMut(Reaction)) -> Result<(), DbError> {
    let sql =
        format!("select {COLUMNS} from conversation_reactions where conversation = $1 order by participant, statement");
    tx.each(&sql, &params![conversation], |row| {
        take(read(&row)?);
        Ok(())
    })
}

/// The answers that changed since then, those that were taken back among them.
pub fn changed_since(tx: &mut Tx<'_>, conversation: &str, since: Moment) -> Result<Vec<Reaction>, DbError> {
    let sql = format!("select {COLUMNS} from conversation_reactions where conversation = $1 and at >= $2");
    tx.query(&sql, &params![conversation, since.micros()])?.iter().map(read).collect()
}

/// Every answer that another took the place of.
pub fn before_of_all(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<Reaction>, DbError> {
    let sql = format!("select {COLUMNS} from conversation_reactions_before where conversation = $1");
    tx.query(&sql, &params![conversation])?.iter().map(read).collect()
}

/// When the answer was given that the present one took the place of.
pub fn at_before(tx: &mut Tx<'_>, conversation: &str, one: &Reaction) -> Result<Option<Moment>, DbError> {
    let sql = "select max(at) from conversation_reactions_before where conversation = $1 and participant = $2 and statement = $3";
    let row = tx.query_one(sql, &params![conversation, one.participant, one.statement])?;
    Ok(row.get::<Option<i64>>(0)?.map(Moment))
}

/// The answers of one person that count.
pub fn of_participant(
    tx: &mut Tx<'_>,
    conversation: &str,
    participant: i64,
) -> Result<BTreeMap<i64, Reaction>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_reactions where conversation = $1 and participant = $2 and stance is not null"
    );
    let rows = tx.query(&sql, &params![conversation, participant])?;
    rows.iter().map(|row| read(row).map(|one| (one.statement, one))).collect()
}

/// The answer somebody gave last.
pub fn last_of(tx: &mut Tx<'_>, conversation: &str, participant: i64) -> Result<Option<Reaction>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversation_reactions where conversation = $1 and participant = $2 and stance is not null \
         and at is not null order by at desc, statement desc limit 1"
    );
    tx.query_opt(&sql, &params![conversation, participant])?.as_ref().map(read).transpose()
}

/// Answers counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Who agreed.
    pub agrees: i64,
    /// Who disagreed.
    pub disagrees: i64,
    /// Who passed.
    pub passes: i64,
    /// To how many of those who agreed or disagreed it is important.
    pub important: i64,
}

/// The answers to every statement, counted.
pub fn tally(tx: &mut Tx<'_>, conversation: &str) -> Result<BTreeMap<i64, Tally>, DbError> {
    let sql = "select statement, count(*) filter (where stance = 1), count(*) filter (where stance = -1), \
               count(*) filter (where stance = 0), count(*) filter (where important and stance <> 0) \
               from conversation_reactions where conversation = $1 group by statement";
    tx.query(sql, &params![conversation])?
        .iter()
        .map(|row| {
            let tally =
                Tally { agrees: row.get(1)?, disagrees: row.get(2)?, passes: row.get(3)?, important: row.get(4)? };
            Ok((row.get(0)?, tally))
        })
        .collect()
}

/// To how many of those who agreed or disagreed each statement is important, by number; none that nobody marked.
pub fn important(tx: &mut Tx<'_>, conversation: &str) -> Result<Vec<(i64, i64)>, DbError> {
    let sql = "select statement, count(*) from conversation_reactions where conversation = $1 and important and stance <> 0 \
               group by statement order by statement";
    tx.query(sql, &params![conversation])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

fn read(row: &Row) -> Result<Reaction, DbError> {
    let stance: Option<i64> = row.get(2)?;
    Ok(Reaction {
        participant: row.get(0)?,
        statement: row.get(1)?,
        stance: stance.and_then(|stance| Stance::of_value(i8::try_from(stance).ok()?)),
        important: row.get(3)?,
        at: row.get::<Option<i64>>(4)?.map(Moment),
    })
}
