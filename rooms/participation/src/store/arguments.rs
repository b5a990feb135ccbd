//! Arguments for and against.

use super::{parsed, parsed_if_any};
use crate::model::Argument;
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "id, proposal, side, body, author, author_id, author_name, at";
/// Arguments one proposal shows.
const ARGUMENTS_SHOWN: u32 = 400;

/// Keeps an argument with the id of its entry.
pub fn add_argument(tx: &mut Tx<'_>, argument: &Argument, entry: &str) -> Result<(), DbError> {
    let sql = "insert into proposal_arguments (id, proposal, side, body, author, author_id, author_name, at, entry_id) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let side = if argument.in_favour { "for" } else { "against" };
    tx.execute(
        sql,
        &params![
            &argument.id.text(),
            &argument.proposal,
            side,
            &argument.text,
            &argument.author,
            argument.author_id.map(|id| id.text()).as_deref(),
            &argument.author_name,
            argument.at.micros(),
            entry
        ],
    )
    .map(|_| ())
}

/// The arguments of a proposal, oldest first.
pub fn arguments_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<Argument>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_arguments where proposal = $1 order by at, id limit $2");
    tx.query(&sql, &params![proposal, ARGUMENTS_SHOWN])?.iter().map(argument_of).collect()
}

/// One argument.
pub fn argument(tx: &mut Tx<'_>, id: &str) -> Result<Option<Argument>, DbError> {
    let sql = format!("select {COLUMNS} from proposal_arguments where id = $1");
    tx.query_opt(&sql, &params![id])?.as_ref().map(argument_of).transpose()
}

/// How many arguments somebody added since.
pub fn arguments_since(tx: &mut Tx<'_>, person: PersonId, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from proposal_arguments where author_id = $1 and at > $2";
    tx.query_one(sql, &params![&person.text(), since.micros()])?.get(0)
}

fn argument_of(row: &Row) -> Result<Argument, DbError> {
    Ok(Argument {
        id: parsed(row, 0)?,
        proposal: row.get(1)?,
        in_favour: row.get::<String>(2)? == "for",
        text: row.get(3)?,
        author: row.get(4)?,
        author_id: parsed_if_any(row, 5)?,
        author_name: row.get(6)?,
        at: Moment(row.get(7)?),
    })
}
