//! Files that are being taken in.

use crate::intakes::{Doing, Intake, Outcome};
use civic::{Language, Moment};
use database::{DbError, Row, Tx, params};
use tables::Step;

const COLUMNS: &str = "id, dataset_id, organisation_id, resource_id, file_id, url, body, actor, language, state, step, done, \
                       whole, percent, attempts, runner, trouble, made_at";

/// Begins one, held by its runner until a moment.
pub fn add_intake(tx: &mut Tx<'_>, new: &Intake, held_until: Moment) -> Result<(), DbError> {
    let sql = format!(
        "insert into data_intakes ({COLUMNS}, held_until) values \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 'waiting', 0, 0, 0, 1, $10, '', $11, $12)"
    );
    let body = serde_json::to_string(&new.doing).map_err(|error| DbError::Other(error.to_string()))?;
    tx.execute(
        &sql,
        &params![
            &new.id,
            &new.dataset,
            &new.organisation.text(),
            new.resource.as_deref(),
            new.file_id.as_deref(),
            &new.url,
            &body,
            &new.actor,
            new.language.tag(),
            &new.runner,
            new.made_at.micros(),
            held_until.micros()
        ],
    )
    .map(|_| ())
}

/// One of them.
pub fn intake(tx: &mut Tx<'_>, id: &str) -> Result<Option<Intake>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from data_intakes where id = $1"), &params![id])?;
    row.as_ref().map(intake_of).transpose()
}

/// Those of a dataset that are not done or were refused since a moment, newest first, at most `limit`.
pub fn intakes_of(tx: &mut Tx<'_>, dataset: &str, since: Moment, limit: u32) -> Result<Vec<Intake>, DbError> {
    let sql = format!(
        "select {COLUMNS} from data_intakes where dataset_id = $1 and (state = 'waiting' or (state = 'refused' and made_at >= $2)) \
         order by made_at desc, id desc limit $3"
    );
    tx.query(&sql, &params![dataset, since.micros(), limit])?.iter().map(intake_of).collect()
}

/// The files of those that wait.
pub fn waiting_files(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let sql = "select file_id from data_intakes where state = 'waiting' and file_id is not null";
    tx.query(sql, &params![])?.iter().map(|row| row.get(0)).collect()
}

/// Whether one waits that nobody is at.
pub fn is_intake_left(tx: &mut Tx<'_>, now: Moment) -> Result<bool, DbError> {
    let sql = "select 1 from data_intakes where state = 'waiting' and held_until <= $1 limit 1";
    Ok(tx.query_opt(sql, &params![now.micros()])?.is_some())
}

/// Takes over the one that nobody has been at for longest.
pub fn claim_intake(tx: &mut Tx<'_>, runner: &str, now: Moment, held_until: Moment) -> Result<Option<Intake>, DbError> {
    let lock = tx.dialect().for_update_skip_locked();
    let sql = format!(
        "update data_intakes set runner = $1, held_until = $2, attempts = attempts + 1 where id = (select id from data_intakes \
         where state = 'waiting' and held_until <= $3 order by held_until, id limit 1{lock}) returning {COLUMNS}"
    );
    tx.query_opt(&sql, &params![runner, held_until.micros(), now.micros()])?.as_ref().map(intake_of).transpose()
}

/// Says that its runner is still at it, and how far; answers whether it still is that runner's.
pub fn hold_intake(
    tx: &mut Tx<'_>,
    id: &str,
    runner: &str,
    how_far: (Step, u64, u64, u64),
    held_until: Moment,
) -> Result<bool, DbError> {
    let (step, done, whole, percent) = how_far;
    let small = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let sql = "update data_intakes set step = $1, done = $2, whole = $3, percent = $4, held_until = $5 \
               where id = $6 and runner = $7 and state = 'waiting'";
    let values = params![step.word(), small(done), small(whole), small(percent), held_until.micros(), id, runner];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Says where its bytes are kept now; answers whether it still is that runner's.
pub fn set_intake_file(tx: &mut Tx<'_>, id: &str, runner: &str, file_id: &str, doing: &Doing) -> Result<bool, DbError> {
    let body = serde_json::to_string(doing).map_err(|error| DbError::Other(error.to_string()))?;
    let sql = "update data_intakes set file_id = $1, body = $2 where id = $3 and runner = $4 and state = 'waiting'";
    Ok(tx.execute(sql, &params![file_id, &body, id, runner])? == 1)
}

/// Ends one that waits; with a runner only where it still is that runner's. Answers whether it was ended.
pub fn end_intake(
    tx: &mut Tx<'_>,
    id: &str,
    runner: Option<&str>,
    outcome: Outcome,
    trouble: &str,
    now: Moment,
) -> Result<bool, DbError> {
    let sql = "update data_intakes set state = $1, trouble = $2, ended_at = $3 \
               where id = $4 and state = 'waiting' and ($5 = '' or runner = $5)";
    let values = params![outcome.word(), trouble, now.micros(), id, runner.unwrap_or_default()];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Lets one go at once, for somebody else to take over.
pub fn leave_intake(tx: &mut Tx<'_>, id: &str, runner: &str, until: Moment) -> Result<(), DbError> {
    let sql = "update data_intakes set held_until = $1 where id = $2 and runner = $3 and state = 'waiting'";
    tx.execute(sql, &params![until.micros(), id, runner]).map(|_| ())
}

/// Forgets one whose outcome was told.
pub fn drop_intake(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute("delete from data_intakes where id = $1 and state <> 'waiting'", &params![id]).map(|_| ())
}

/// Forgets those that ended before, at most `limit`; answers how many.
pub fn forget_intakes(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from data_intakes where id in (select id from data_intakes where ended_at < $1 order by ended_at, id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn intake_of(row: &Row) -> Result<Intake, DbError> {
    let broken = |what: String| DbError::Other(format!("an intake cannot be read: {what}"));
    let (language, state, step): (String, String, String) = (row.get(8)?, row.get(9)?, row.get(10)?);
    let body: String = row.get(6)?;
    Ok(Intake {
        id: row.get(0)?,
        dataset: row.get(1)?,
        organisation: row.get::<String>(2)?.parse().map_err(|error| broken(format!("{error}")))?,
        resource: row.get(3)?,
        file_id: row.get(4)?,
        url: row.get(5)?,
        doing: serde_json::from_str(&body).map_err(|error| broken(error.to_string()))?,
        actor: row.get(7)?,
        language: Language::ALL.into_iter().find(|one| one.tag() == language).unwrap_or(Language::En),
        outcome: Outcome::of(&state).ok_or_else(|| broken(state))?,
        step: Step::of(&step).ok_or_else(|| broken(step))?,
        done: row.get(11)?,
        whole: row.get(12)?,
        percent: row.get(13)?,
        attempts: row.get(14)?,
        runner: row.get(15)?,
        trouble: row.get(16)?,
        made_at: Moment(row.get(17)?),
    })
}
