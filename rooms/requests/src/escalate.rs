//! What is late is carried up: once for each rung of the town's ladder.

use crate::{
    category::Promise,
    commands::{Applied, apply, letters},
    decide::{Change, time_out},
    model::{ServiceRequest, TOWN},
    room::Books,
    store,
    views::{Eyes, headline},
};
use civic::{Actor, Language, Moment};
use database::{DbError, OffRecord, Tx};
use record::{Entries, Entry};
use serde_json::Value;
use std::sync::Arc;
use web::{
    Stop, Town,
    escalation::{Rung, Told},
    manifest::JobKind,
};

/// The kind of the job.
pub const ESCALATE: &str = "requests.escalate";
/// How often the town looks for what is late.
const EVERY_SECONDS: i64 = 900;
/// Requests that are carried up at a time, for each rung.
const AT_ONCE: i64 = 300;
/// What passed a rung longer ago is old news: it was late before the ladder stood, or came by import.
const NEWS_DAYS: i64 = 30;

/// The job that lets clocks run again that stood still for too long, and then carries up what is late.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| -> futures_util::future::BoxFuture<'static, Result<(), String>> {
        Box::pin(async move {
            end_waits(&town).await.map_err(|error| error.to_string())?;
            escalate(&town).await.map_err(|error| error.to_string())
        })
    };
    JobKind::every(ESCALATE, EVERY_SECONDS, Arc::new(run))
}

/// Carries up everything that is late at the town's now, highest rung first, so that nobody below is told of what is above them already. Everybody
/// gets one mail of all that concerns them.
///
/// # Errors
/// Those of the database.
pub async fn escalate(town: &Town) -> Result<(), DbError> {
    let due = town.db().read({
        let (ladder, now) = (town.settings().escalation.clone(), town.now());
        move |tx| candidates(tx, &ladder, now)
    });
    let due = due.await?;
    if due.is_empty() {
        return Ok(());
    }
    let own = town.clone();
    let carried = town.db().write(move |tx| -> Result<_, Stop> {
        let mut digests = letters::Digests::default();
        let mut entries = Vec::new();
        for (code, height, rung) in &due {
            entries.extend(carry_up(tx, &own, code, *height, *rung, &mut digests)?.map(|entry| entry.made()));
        }
        digests.send(tx, &own)?;
        if entries.is_empty() {
            return tx.commit(OffRecord("reminders before the end are for colleagues only"), ()).map_err(Stop::from);
        }
        tx.commit(Entries(entries), ()).map_err(Stop::from)
    });
    carried.await.map_err(|stop| DbError::Other(format!("{stop:?}")))
}

/// Requests that may have passed a rung, the highest rung first; [`is_late`] says whether they have.
fn candidates(tx: &mut Tx<'_>, ladder: &[Rung], now: Moment) -> Result<Vec<(String, i64, Rung)>, DbError> {
    let mut found = Vec::new();
    let rungs: Vec<(i64, Rung)> = (1..).zip(ladder.iter().copied()).collect();
    for (height, rung) in rungs.into_iter().rev() {
        // Working days are never fewer by the calendar, and hardly ever more than twice as many and two weeks.
        let (first, last) = if rung.days >= 0 { (3 * rung.days + 14, -rung.days) } else { (0, -2 * rung.days + 14) };
        let (after, until) = (now.plus_days(-NEWS_DAYS - first), now.plus_days(last));
        let codes = store::late_codes(tx, height, after, until, AT_ONCE)?;
        found.extend(codes.into_iter().map(|code| (code, height, rung)));
    }
    Ok(found)
}

/// Carries one request up to a rung, if it still has to be; with its line in mails and, once it is overdue, an entry.
fn carry_up(
    tx: &mut Tx<'_>,
    town: &Town,
    code: &str,
    height: i64,
    rung: Rung,
    digests: &mut letters::Digests,
) -> Result<Option<Entry>, Stop> {
    let now = town.now();
    let Some(mut request) = store::by_code_to_change(tx, code)?.filter(|request| is_late(town, request, rung, now))
    else {
        return Ok(None);
    };
    if !store::raise(tx, request.id, height)? {
        return Ok(None);
    }
    tell(tx, town, &request, rung.told, digests)?;
    let mut change = Change::saying("request.escalated");
    change.detail.insert("told", rung.told.word().to_owned());
    change.internal = rung.days < 0;
    Ok(match apply(tx, &mut request, change, &town_itself(), "", now, town.chance())? {
        Applied::Public(entry) => Some(*entry),
        _ => None,
    })
}

/// Lets the clock run again of every request whose reporter did not answer for as long as it may stand still.
///
/// # Errors
/// Those of the database.
pub async fn end_waits(town: &Town) -> Result<(), DbError> {
    let mut after: Option<(Moment, String)> = None;
    loop {
        let until = town.now();
        let begin = after.clone();
        let found = town.db().read(move |tx| store::waiting_since(tx, begin.as_ref(), until, AT_ONCE)).await?;
        let (books, calendar) = (town.part::<Books>(), town.settings().calendar.clone());
        let over = |request: &&ServiceRequest| books.wait_ends(request, &calendar).is_some_and(|end| end <= until);
        for request in found.iter().filter(over) {
            end_wait(town, request.code.to_string()).await?;
        }
        let last = found.last().and_then(|request| Some((request.waiting?.since, request.id.text())));
        if (found.len() as i64) < AT_ONCE || last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

/// Lets the clock of one request run again from when it should have, if it still stands still.
async fn end_wait(town: &Town, code: String) -> Result<(), DbError> {
    let (own, now) = (town.clone(), town.now());
    let ended = town.db().write(move |tx| -> Result<_, Stop> {
        let (books, calendar) = (own.part::<Books>(), &own.settings().calendar);
        let found = store::by_code_to_change(tx, &code)?;
        let end = found.as_ref().and_then(|request| books.wait_ends(request, calendar)).filter(|end| *end <= now);
        let (Some(mut request), Some(end)) = (found, end) else {
            return tx.commit(OffRecord("nobody waits any more"), ()).map_err(Stop::from);
        };
        let change = time_out(&request, books.due_after_waiting(&request, calendar, end))?;
        match apply(tx, &mut request, change, &town_itself(), "", now, own.chance())? {
            Applied::Public(entry) => tx.commit(*entry, ()),
            _ => tx.commit(OffRecord("somebody acted meanwhile"), ()),
        }
        .map_err(Stop::from)
    });
    ended.await.map_err(|stop| DbError::Other(format!("{stop:?}")))
}

/// The town as who acts.
fn town_itself() -> Actor {
    Actor { handle: TOWN.to_owned(), ..Actor::visitor(Language::En) }
}

/// Whether a request has passed a rung, in working days of its agency: before the end on the working day so many before, after it at the close of
/// the last. What passed it long ago is old news.
fn is_late(town: &Town, request: &ServiceRequest, rung: Rung, now: Moment) -> bool {
    let Some(due) = request.due_at.filter(|_| request.state.is_open()) else { return false };
    let calendar = town.part::<Books>().calendar_of(request.organisation, &town.settings().calendar);
    let days = Promise::Days(u32::try_from(rung.days.unsigned_abs()).unwrap_or(u32::MAX));
    let passed = match rung.days {
        0 => Some(due),
        1.. => days.due(&calendar, due),
        _ if due <= now || days.due(&calendar, now).is_some_and(|end| due <= end) => Some(now),
        _ => None,
    };
    passed.is_some_and(|passed| passed <= now && now.plus_days(-NEWS_DAYS) < passed.max(due))
}

/// Puts a request into the mail of everybody whom the rung names.
fn tell(
    tx: &mut Tx<'_>,
    town: &Town,
    request: &ServiceRequest,
    told: Told,
    digests: &mut letters::Digests,
) -> Result<(), DbError> {
    let now = town.now();
    let recipients = match told {
        Told::Officer => letters::officer_of(tx, town, request, now)?,
        Told::Agency => letters::agency_of(tx, town, request, now)?,
        Told::Administrator => letters::administrators(tx, now)?,
    };
    let Some(due) = request.due_at else { return Ok(()) };
    for (to, language) in recipients {
        let what = headline(&Eyes::new(town, language).row(request));
        digests.add((to, language), letters::Late { code: request.code.to_string(), what, due });
    }
    Ok(())
}
