//! What is late is carried up: once for each rung of the town's ladder.

use crate::{
    commands::{Applied, apply, letters},
    decide::{Change, time_out},
    model::ServiceRequest,
    model::TOWN,
    room::Books,
    store,
    views::{Eyes, headline},
};
use civic::{Actor, Language, Moment};
use database::{DbError, OffRecord, Tx};
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
const AT_ONCE: i64 = 500;
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

/// Carries up everything that is late at the town's now, highest rung first, so that nobody below is told of what is above them already.
///
/// # Errors
/// Those of the database.
pub async fn escalate(town: &Town) -> Result<(), DbError> {
    let ladder = town.settings().escalation.clone();
    let rungs: Vec<(i64, Rung)> = (1..).zip(ladder).collect();
    for (height, rung) in rungs.into_iter().rev() {
        let late_before = town.now().plus_days(-rung.days);
        let look = move |tx: &mut Tx<'_>| {
            store::late_codes(tx, height, late_before.plus_days(-NEWS_DAYS), late_before, AT_ONCE)
        };
        for code in town.db().read(look).await? {
            carry_up(town, code, height, rung).await?;
        }
    }
    Ok(())
}

/// Carries one request up to a rung, if it still has to be; with its mails and, once it is overdue, an entry.
async fn carry_up(town: &Town, code: String, height: i64, rung: Rung) -> Result<(), DbError> {
    let own = town.clone();
    let now = town.now();
    let carried = town.db().write(move |tx| -> Result<_, Stop> {
        let found = store::by_code_to_change(tx, &code)?.filter(|request| is_late(request, rung, now));
        let Some(mut request) = found else {
            return tx.commit(OffRecord("it is late no more"), ()).map_err(Stop::from);
        };
        if !store::raise(tx, request.id, height)? {
            return tx.commit(OffRecord("somebody else carried it up"), ()).map_err(Stop::from);
        }
        tell(tx, &own, &request, rung.told, now)?;
        let mut change = Change::saying("request.escalated");
        change.detail.insert("told", rung.told.word().to_owned());
        change.internal = rung.days < 0;
        match apply(tx, &mut request, change, &town_itself(), "", now, own.chance())? {
            Applied::Public(entry) => tx.commit(*entry, ()),
            _ => tx.commit(OffRecord("a reminder before the end is for colleagues only"), ()),
        }
        .map_err(Stop::from)
    });
    carried.await.map_err(|stop| DbError::Other(format!("{stop:?}")))
}

/// Lets the clock run again of every request whose reporter did not answer for as long as it may stand still.
///
/// # Errors
/// Those of the database.
pub async fn end_waits(town: &Town) -> Result<(), DbError> {
    let mut after: Option<(Moment, String)> = None;
    loop {
        // A working day is never over before as many hours of the calendar are.
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

fn is_late(request: &ServiceRequest, rung: Rung, now: Moment) -> bool {
    request.state.is_open() && request.due_at.is_some_and(|due| due.plus_days(rung.days) <= now)
}

/// Writes to everybody whom the rung names.
fn tell(tx: &mut Tx<'_>, town: &Town, request: &ServiceRequest, told: Told, now: Moment) -> Result<(), DbError> {
    let recipients = match told {
        Told::Officer => letters::officer_of(tx, town, request, now)?,
        Told::Agency => letters::agency_of(tx, town, request, now)?,
        Told::Administrator => letters::administrators(tx, now)?,
    };
    let Some(due) = request.due_at else { return Ok(()) };
    for (to, language) in recipients {
        let eyes = Eyes::new(town, language);
        let what = headline(&eyes.row(request));
        letters::tell_late(tx, town, &letters::Late { request, what, due, to, language }, now)?;
    }
    Ok(())
}
