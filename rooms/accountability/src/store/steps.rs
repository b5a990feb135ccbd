//! Steps and milestones.

use super::rows::broken;
use crate::{
    model::{Commitment, Milestone, Step},
    yearly::{Past, Turn},
};
use civic::{Code, Moment};
use database::{DbError, Param, Row, Tx, params};
use std::collections::BTreeMap;

/// Steps of one commitment that are shown, the newest.
const STEPS_SHOWN: i64 = 500;

/// Adds a step; its id is that of its entry in the record.
pub fn add_step(tx: &mut Tx<'_>, code: &Code, step: &Step) -> Result<(), DbError> {
    let detail = serde_json::to_string(&step.detail).map_err(broken)?;
    tx.execute(
        "insert into commitment_steps (id, code, at, saying, actor, agency, body, link, detail) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &step.id,
            code.as_str(),
            step.at.micros(),
            &step.saying,
            &step.actor,
            &step.agency,
            &step.body,
            &step.link,
            &detail
        ],
    )
    .map(|_| ())
}

const COLUMNS: &str = "id, at, saying, actor, agency, body, link, detail";

/// The steps of a commitment, oldest first.
pub fn steps(tx: &mut Tx<'_>, code: &Code) -> Result<Vec<Step>, DbError> {
    let sql = format!("select {COLUMNS} from commitment_steps where code = $1 order by at desc, id desc limit $2");
    let mut steps: Vec<Step> =
        tx.query(&sql, &params![code.as_str(), STEPS_SHOWN])?.iter().map(step_of).collect::<Result<_, _>>()?;
    steps.reverse();
    Ok(steps)
}

fn step_of(row: &Row) -> Result<Step, DbError> {
    Ok(Step {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        saying: row.get(2)?,
        actor: row.get(3)?,
        agency: row.get(4)?,
        body: row.get(5)?,
        link: row.get(6)?,
        detail: serde_json::from_str(&row.get::<String>(7)?).map_err(broken)?,
    })
}

/// The turns in the lives of these commitments, oldest first, by code.
pub fn pasts(tx: &mut Tx<'_>, of: &[Commitment]) -> Result<BTreeMap<String, Past>, DbError> {
    let mut pasts: BTreeMap<String, Past> = of.iter().map(|one| (one.code.as_str().to_owned(), Past::new())).collect();
    let sql = "select code, at, saying, detail from commitment_steps where saying in ('commitment.postponed', \
               'commitment.kept', 'commitment.broken', 'commitment.dropped', 'commitment.reopened') order by at, id";
    tx.each(sql, &[], |row| {
        let Some(past) = pasts.get_mut(&row.get::<String>(0)?) else { return Ok(()) };
        let turn = match row.get::<String>(2)?.as_str() {
            "commitment.kept" => Turn::Kept,
            "commitment.broken" => Turn::Broken,
            "commitment.dropped" => Turn::Dropped,
            "commitment.reopened" => Turn::Reopened,
            _ => {
                let detail: BTreeMap<String, String> = serde_json::from_str(&row.get::<String>(3)?).map_err(broken)?;
                let from = detail.get("from_due").and_then(|due| Moment::parse(due).ok());
                Turn::Postponed { from_due: from.ok_or_else(|| broken("a day was moved from no day"))? }
            }
        };
        past.push((Moment(row.get(1)?), turn));
        Ok(())
    })?;
    Ok(pasts)
}

/// The last step with words of each of these commitments that says one of these things, by code.
pub fn last_words(tx: &mut Tx<'_>, codes: &[&str], sayings: &[&str]) -> Result<BTreeMap<String, Step>, DbError> {
    if codes.is_empty() || sayings.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = |from: usize, count: usize| {
        (from..from + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
    };
    let sql = format!(
        "select {COLUMNS}, code from commitment_steps where code in ({}) and saying in ({}) and body <> '' order by at, id",
        places(1, codes.len()),
        places(1 + codes.len(), sayings.len())
    );
    let values: Vec<Param<'_>> = codes.iter().chain(sayings).map(|text| Param::Text(text)).collect();
    // Later steps take the place of earlier ones.
    tx.query(&sql, &values)?.iter().map(|row| Ok((row.get::<String>(8)?, step_of(row)?))).collect()
}

/// Keeps the milestones of a new commitment.
pub fn add_milestones(tx: &mut Tx<'_>, code: &Code, milestones: &[Milestone]) -> Result<(), DbError> {
    let sql = "insert into commitment_milestones (code, position, title, due_at) values ($1, $2, $3, $4)";
    for milestone in milestones {
        let values = params![code.as_str(), milestone.position, &milestone.title, milestone.due_at.micros()];
        tx.execute(sql, &values)?;
    }
    Ok(())
}

/// The milestones of a commitment, in order.
pub fn milestones(tx: &mut Tx<'_>, code: &Code) -> Result<Vec<Milestone>, DbError> {
    let sql = "select position, title, due_at, done_at from commitment_milestones where code = $1 order by position";
    let milestone = |row: &Row| {
        Ok(Milestone {
            position: row.get(0)?,
            title: row.get(1)?,
            due_at: Moment(row.get(2)?),
            done_at: row.get::<Option<i64>>(3)?.map(Moment),
        })
    };
    tx.query(sql, &params![code.as_str()])?.iter().map(milestone).collect()
}

/// How many milestones each commitment has, and how many were reached, by code.
pub fn milestone_counts(tx: &mut Tx<'_>) -> Result<BTreeMap<String, (i64, i64)>, DbError> {
    let sql = "select code, count(*), count(done_at) from commitment_milestones group by code";
    tx.query(sql, &[])?.iter().map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).collect()
}

/// Notes that a milestone was reached.
pub fn reach_milestone(tx: &mut Tx<'_>, code: &Code, position: i64, now: Moment) -> Result<(), DbError> {
    let sql = "update commitment_milestones set done_at = $1 where code = $2 and position = $3 and done_at is null";
    tx.execute(sql, &params![now.micros(), code.as_str(), position]).map(|_| ())
}
