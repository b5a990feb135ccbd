//! What the open-data portal reads: everything public, without words.

use super::{
    broken,
    proposals::{COLUMNS, proposal_of},
};
use crate::model::Proposal;
use civic::Moment;
use database::{DbError, Tx};
use std::collections::BTreeMap;

/// Public proposals of each process, and how often they were supported, by the code of the process.
pub fn counts_of_processes(tx: &mut Tx<'_>) -> Result<BTreeMap<String, (i64, i64)>, DbError> {
    let sql = "select process, count(*), cast(sum(supports) as bigint) from proposals where submitted_at is not null group by process";
    tx.query(sql, &[])?.iter().map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).collect()
}

/// Hands every public proposal on, in the order in which they were handed in.
pub fn each_public(tx: &mut Tx<'_>, take: &mut dyn FnMut(Proposal)) -> Result<(), DbError> {
    let sql = format!("select {COLUMNS} from proposals where submitted_at is not null order by submitted_at, code");
    tx.each(&sql, &[], |row| {
        take(proposal_of(&row)?);
        Ok(())
    })
}

/// What was decided of a proposal.
pub struct Decision {
    /// Of which proposal.
    pub proposal: String,
    /// Of which process.
    pub process: String,
    /// When the proposal was handed in.
    pub submitted_at: Moment,
    /// When it was decided.
    pub at: Moment,
    /// The word of the verdict.
    pub verdict: String,
    /// What it costs, in cents.
    pub cost_cents: Option<i64>,
    /// Whether no later one takes its place.
    pub is_last: bool,
}

/// Every decision, proposal by proposal, oldest first.
pub fn decisions(tx: &mut Tx<'_>) -> Result<Vec<Decision>, DbError> {
    let sql = "select e.proposal, p.process, p.submitted_at, e.at, e.verdict, e.cost_cents from proposal_evaluations e \
               join proposals p on p.code = e.proposal where p.submitted_at is not null order by e.proposal, e.at, e.id";
    let mut all: Vec<Decision> = Vec::new();
    for row in tx.query(sql, &[])? {
        let one = Decision {
            proposal: row.get(0)?,
            process: row.get(1)?,
            submitted_at: Moment(row.get::<Option<i64>>(2)?.ok_or_else(|| broken("no day of submission"))?),
            at: Moment(row.get(3)?),
            verdict: row.get(4)?,
            cost_cents: row.get(5)?,
            is_last: true,
        };
        if let Some(before) = all.last_mut().filter(|before| before.proposal == one.proposal) {
            before.is_last = false;
        }
        all.push(one);
    }
    Ok(all)
}
