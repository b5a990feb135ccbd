//! What officers found, and which organisations endorse what.

use super::broken;
use crate::model::Evaluation;
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// Keeps an answer; earlier ones stay.
pub fn add_evaluation(tx: &mut Tx<'_>, proposal: &str, evaluation: &Evaluation) -> Result<(), DbError> {
    let sql = "insert into proposal_evaluations (id, proposal, verdict, cost_cents, reasons, organisation, at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    tx.execute(
        sql,
        &params![
            &evaluation.id,
            proposal,
            evaluation.verdict.word(),
            evaluation.cost_cents,
            &evaluation.reasons,
            &evaluation.organisation,
            evaluation.at.micros()
        ],
    )
    .map(|_| ())
}

/// The answers to a proposal, newest first.
pub fn evaluations_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<Evaluation>, DbError> {
    let sql = "select id, verdict, cost_cents, reasons, organisation, at from proposal_evaluations where proposal = $1 \
               order by at desc, id desc limit 50";
    tx.query(sql, &params![proposal])?.iter().map(evaluation_of).collect()
}

fn evaluation_of(row: &Row) -> Result<Evaluation, DbError> {
    Ok(Evaluation {
        id: row.get(0)?,
        verdict: row.get::<String>(1)?.parse().map_err(|()| broken("unknown verdict"))?,
        cost_cents: row.get(2)?,
        reasons: row.get(3)?,
        organisation: row.get(4)?,
        at: Moment(row.get(5)?),
    })
}

/// Keeps that an organisation endorses a proposal. Returns whether that is new.
pub fn endorse(tx: &mut Tx<'_>, proposal: &str, organisation: &str, now: Moment) -> Result<bool, DbError> {
    let sql =
        "insert into proposal_endorsements (proposal, organisation, at) values ($1, $2, $3) on conflict do nothing";
    Ok(tx.execute(sql, &params![proposal, organisation, now.micros()])? == 1)
}

/// Takes that back. Returns whether it was there.
pub fn unendorse(tx: &mut Tx<'_>, proposal: &str, organisation: &str) -> Result<bool, DbError> {
    let sql = "delete from proposal_endorsements where proposal = $1 and organisation = $2";
    Ok(tx.execute(sql, &params![proposal, organisation])? == 1)
}

/// The codes of the organisations that endorse a proposal, the first first.
pub fn endorsements_of(tx: &mut Tx<'_>, proposal: &str) -> Result<Vec<String>, DbError> {
    let sql = "select organisation from proposal_endorsements where proposal = $1 order by at, organisation limit 200";
    tx.query(sql, &params![proposal])?.iter().map(|row| row.get(0)).collect()
}
