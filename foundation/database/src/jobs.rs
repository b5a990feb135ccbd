//! Work to do after an act: an outbox written in the act's own transaction.

use crate::{DbError, Migration, MigrationSet, OffRecord, Row, Tx, params};
use civic::Moment;
use serde_json::Value;

/// The tables of this module.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "jobs",
    migrations: &[
        Migration { number: 1, name: "jobs", sql: include_str!("../migrations/0001_jobs.sql") },
        Migration { number: 2, name: "job schedule", sql: include_str!("../migrations/0002_job_schedule.sql") },
    ],
};

/// Tries before a job is laid aside for the administrator.
pub const ATTEMPTS_LIMIT: i64 = 8;
/// Pause after the first failure; it doubles each time.
const FIRST_PAUSE_SECONDS: i64 = 10;
/// The longest pause.
const LONGEST_PAUSE_SECONDS: i64 = 6 * 3_600;
/// A runner that says nothing for so long is taken for dead, and its job is given to another.
const CLAIM_SECONDS: i64 = 600;
/// Characters of an error that are kept.
const ERROR_LIMIT: usize = 500;

/// A job to put into the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob<'j> {
    /// Its id (a UUIDv7 as text).
    pub id: String,
    /// Its kind, as `mail.send`.
    pub kind: &'j str,
    /// What the runner needs to know.
    pub payload: &'j Value,
    /// Not to be done before.
    pub not_before: Moment,
}

/// A job a runner has claimed, or one that was laid aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What the runner needs to know.
    pub payload: Value,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last; empty before the first failure.
    pub last_error: String,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// Waiting or being done.
    pub waiting: i64,
    /// Laid aside.
    pub dead: i64,
}

const COLUMNS: &str = "id, kind, payload, attempts, last_error";

/// Puts a job into the outbox, in the transaction of the act that causes it.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<(), DbError> {
    tx.execute(
        "insert into jobs (id, kind, payload, not_before, attempts, state, last_error) values ($1, $2, $3, $4, 0, 'waiting', '')",
        &params![&job.id, job.kind, &job.payload.to_string(), job.not_before.micros()],
    )
    .map(|_| ())
}

/// Whether a job of this kind waits that nobody has begun.
///
/// # Errors
/// Those of the database.
pub fn is_waiting(tx: &mut Tx<'_>, kind: &str) -> Result<bool, DbError> {
    let sql = "select 1 from jobs where kind = $1 and state = 'waiting' and attempts = 0 limit 1";
    Ok(tx.query_opt(sql, &params![kind])?.is_some())
}

/// When work of this kind, which comes again and again, is put into the outbox next; `None` before the first time.
///
/// # Errors
/// Those of the database.
pub fn next_time(tx: &mut Tx<'_>, kind: &str) -> Result<Option<Moment>, DbError> {
    let row = tx.query_opt("select next_at from job_schedule where kind = $1", &params![kind])?;
    row.map(|row| row.get(0).map(Moment)).transpose()
}

/// Puts a job of this kind into the outbox when its time has come, and says when it comes next. However many processes
/// ask, one job is put. Returns whether it was.
///
/// # Errors
/// Those of the database.
pub fn put_again(tx: &mut Tx<'_>, kind: &str, every_seconds: i64, now: Moment, id: String) -> Result<bool, DbError> {
    let won = tx.execute(
        "insert into job_schedule (kind, next_at) values ($1, $2) \
         on conflict (kind) do update set next_at = excluded.next_at where job_schedule.next_at <= $3",
        &params![kind, now.plus_seconds(every_seconds).micros(), now.micros()],
    )?;
    if won == 1 {
        put(tx, &NewJob { id, kind, payload: &Value::Null, not_before: now })?;
    }
    Ok(won == 1)
}

/// What jobs of kinds that wait for other machines begin with: they have workers of their own, so that somebody
/// else's slow answer never holds up a mail.
pub const OUTGOING: &str = "outgoing.";

/// What jobs of kinds that take long begin with; they go where the outgoing ones go.
pub const LONG: &str = "long.";

/// Which jobs a worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// All of them.
    Any,
    /// Those that need nobody but us, and are soon done.
    Own,
    /// Those whose kind begins with [`OUTGOING`] or [`LONG`].
    Outgoing,
}

impl Lane {
    fn condition(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Own => " and kind not like 'outgoing.%' and kind not like 'long.%'",
            Self::Outgoing => " and (kind like 'outgoing.%' or kind like 'long.%')",
        }
    }
}

/// Whether a job is due: a cheap look before [`claim`], which writes.
///
/// # Errors
/// Those of the database.
pub fn is_any_due(tx: &mut Tx<'_>, now: Moment, lane: Lane) -> Result<bool, DbError> {
    let lane = lane.condition();
    let sql = format!("select 1 from jobs where state = 'waiting' and not_before <= $1{lane} limit 1");
    Ok(tx.query_opt(&sql, &params![now.micros()])?.is_some())
}

/// Claims the job that has waited longest. While a runner holds it, `not_before` says until when.
///
/// # Errors
/// Those of the database.
pub fn claim(tx: &mut Tx<'_>, now: Moment) -> Result<Option<Job>, DbError> {
    claim_in(tx, now, Lane::Any)
}

/// The same within a lane.
///
/// # Errors
/// Those of the database.
pub fn claim_in(tx: &mut Tx<'_>, now: Moment, lane: Lane) -> Result<Option<Job>, DbError> {
    let lane = lane.condition();
    let lock = tx.dialect().for_update_skip_locked();
    let sql = format!(
        "update jobs set not_before = $2, attempts = attempts + 1 where id = (select id from jobs \
         where state = 'waiting' and not_before <= $1{lane} order by not_before, id limit 1{lock}) returning {COLUMNS}"
    );
    let row = tx.query_opt(&sql, &params![now.micros(), now.plus_seconds(CLAIM_SECONDS).micros()])?;
    row.as_ref().map(job_of).transpose()
}

/// Takes a job out of the outbox: it is done.
///
/// # Errors
/// Those of the database.
pub fn finish(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute("delete from jobs where id = $1", &params![id]).map(|_| ())
}

/// Puts a job back after a failure, with a growing pause; after [`ATTEMPTS_LIMIT`] tries it is laid aside.
///
/// # Errors
/// Those of the database.
pub fn fail(tx: &mut Tx<'_>, job: &Job, error: &str, now: Moment) -> Result<(), DbError> {
    let doublings = u32::try_from(job.attempts.clamp(1, 20) - 1).unwrap_or(0);
    let pause = (FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS);
    let state = if job.attempts >= ATTEMPTS_LIMIT { "dead" } else { "waiting" };
    let error: String = error.chars().filter(|c| *c != '\0').take(ERROR_LIMIT).collect();
    tx.execute(
        "update jobs set state = $1, not_before = $2, last_error = $3 where id = $4",
        &params![state, now.plus_seconds(pause).micros(), &error, &job.id],
    )
    .map(|_| ())
}

/// Jobs that were laid aside, oldest first.
///
/// # Errors
/// Those of the database.
pub fn dead_letters(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Job>, DbError> {
    let sql = format!("select {COLUMNS} from jobs where state = 'dead' order by not_before, id limit $1");
    tx.query(&sql, &params![limit])?.iter().map(job_of).collect()
}

/// Gives a job that was laid aside another chance. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub fn retry_dead(tx: &mut Tx<'_>, id: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "update jobs set state = 'waiting', attempts = 0, not_before = $1 where id = $2 and state = 'dead'";
    Ok(tx.execute(sql, &params![now.micros(), id])? == 1)
}

/// Throws away a job that was laid aside. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub fn discard_dead(tx: &mut Tx<'_>, id: &str) -> Result<bool, DbError> {
    Ok(tx.execute("delete from jobs where id = $1 and state = 'dead'", &params![id])? == 1)
}

/// How many jobs there are.
///
/// # Errors
/// Those of the database.
pub fn counts(tx: &mut Tx<'_>) -> Result<JobCounts, DbError> {
    let mut counts = JobCounts::default();
    for row in tx.query("select state, count(*) from jobs group by state", &[])? {
        match row.get::<String>(0)?.as_str() {
            "dead" => counts.dead = row.get(1)?,
            _ => counts.waiting = row.get(1)?,
        }
    }
    Ok(counts)
}

/// The jobs of one kind, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCounts {
    /// The kind.
    pub kind: String,
    /// Waiting or being done, those that failed before among them.
    pub waiting: i64,
    /// Of these, those that failed before and are tried again.
    pub retried: i64,
    /// Laid aside.
    pub dead: i64,
    /// Since when the oldest one that waits could have been done.
    pub oldest_due_at: Option<Moment>,
}

/// How many jobs of each kind there are, by name.
///
/// # Errors
/// Those of the database.
pub fn counts_by_kind(tx: &mut Tx<'_>) -> Result<Vec<KindCounts>, DbError> {
    let sql = "select kind, count(*) filter (where state = 'waiting'), \
               count(*) filter (where state = 'waiting' and last_error <> ''), count(*) filter (where state = 'dead'), \
               min(not_before) filter (where state = 'waiting') from jobs group by kind order by kind";
    let rows = tx.query(sql, &[])?;
    rows.iter()
        .map(|row| {
            let oldest: Option<i64> = row.get(4)?;
            Ok(KindCounts {
                kind: row.get(0)?,
                waiting: row.get(1)?,
                retried: row.get(2)?,
                dead: row.get(3)?,
                oldest_due_at: oldest.map(Moment),
            })
        })
        .collect()
}

/// A job that failed, with what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Troubled {
    /// The job.
    pub job: Job,
    /// When it is tried next; `None` for one that was laid aside.
    pub next_at: Option<Moment>,
}

/// Jobs of a kind that failed, those laid aside first.
///
/// # Errors
/// Those of the database.
pub fn troubled(tx: &mut Tx<'_>, kind: &str, limit: u32) -> Result<Vec<Troubled>, DbError> {
    let sql = format!(
        "select {COLUMNS}, state, not_before from jobs where kind = $1 and (state = 'dead' or last_error <> '') \
         order by state, not_before, id limit $2"
    );
    let rows = tx.query(&sql, &params![kind, limit])?;
    rows.iter()
        .map(|row| {
            let waits = row.get::<String>(5)? == "waiting";
            let next_at = row.get(6).map(Moment)?;
            Ok(Troubled { job: job_of(row)?, next_at: waits.then_some(next_at) })
        })
        .collect()
}

/// Why moving jobs about is not in the public record.
pub const OFF_RECORD: OffRecord =
    OffRecord("the outbox is machinery; what it does is recorded by the act that asked for it");

fn job_of(row: &Row) -> Result<Job, DbError> {
    let payload = row.get::<String>(2)?;
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: serde_json::from_str(&payload)
            .map_err(|error| DbError::Other(format!("a job cannot be read: {error}")))?,
        attempts: row.get(3)?,
        last_error: row.get(4)?,
    })
}
