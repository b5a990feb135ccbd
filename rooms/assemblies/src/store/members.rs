//! Who was drawn. Private.

use super::broken;
use crate::model::{Member, MemberState};
use civic::Moment;
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "draw, ticket, state, asked_at, answer_by, replaced_in";

/// Keeps somebody who was drawn, under the hash of their link.
pub fn add_member(tx: &mut Tx<'_>, assembly: &str, one: &Member, secret_sha256: &str) -> Result<(), DbError> {
    tx.execute(
        "insert into assembly_members (assembly, draw, ticket, state, secret_sha256, asked_at, answer_by) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            assembly,
            one.draw,
            &one.ticket,
            one.state.word(),
            secret_sha256,
            one.asked_at.micros(),
            one.answer_by.micros()
        ],
    )
    .map(|_| ())
}

/// Everybody who was drawn, in the order of draws and tickets.
pub fn members(tx: &mut Tx<'_>, assembly: &str) -> Result<Vec<Member>, DbError> {
    let sql = format!("select {COLUMNS} from assembly_members where assembly = $1 order by draw, ticket");
    tx.query(&sql, &params![assembly])?.iter().map(read).collect()
}

/// Whose link this is.
pub fn by_secret(tx: &mut Tx<'_>, assembly: &str, secret_sha256: &str) -> Result<Option<Member>, DbError> {
    let sql = format!("select {COLUMNS} from assembly_members where secret_sha256 = $1 and assembly = $2");
    tx.query_opt(&sql, &params![secret_sha256, assembly])?.as_ref().map(read).transpose()
}

/// Keeps what somebody answered.
pub fn answered(tx: &mut Tx<'_>, assembly: &str, one: &Member, state: MemberState, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "update assembly_members set state = $1, answered_at = $2 where assembly = $3 and draw = $4 and ticket = $5",
        &params![state.word(), now.micros(), assembly, one.draw, &one.ticket],
    )
    .map(|_| ())
}

/// Notes in which draw a seat was filled again, and how it had fallen free.
pub fn replaced(
    tx: &mut Tx<'_>,
    assembly: &str,
    one: &Member,
    state: MemberState,
    in_draw: i64,
) -> Result<(), DbError> {
    tx.execute(
        "update assembly_members set state = $1, replaced_in = $2 where assembly = $3 and draw = $4 and ticket = $5",
        &params![state.word(), in_draw, assembly, one.draw, &one.ticket],
    )
    .map(|_| ())
}

/// Ends the seats of all who were drawn so far.
pub fn dismiss_all(tx: &mut Tx<'_>, assembly: &str) -> Result<(), DbError> {
    let sql = "update assembly_members set state = 'dismissed' where assembly = $1";
    tx.execute(sql, &params![assembly]).map(|_| ())
}

fn read(row: &Row) -> Result<Member, DbError> {
    Ok(Member {
        draw: row.get(0)?,
        ticket: row.get(1)?,
        state: row.get::<String>(2)?.parse().map_err(broken)?,
        asked_at: Moment(row.get(3)?),
        answer_by: Moment(row.get(4)?),
        replaced_in: row.get(5)?,
    })
}
