//! What is late is carried up: once for each rung of the town's ladder.

use crate::{
    category::Promise,
    commands::{Applied, apply, letters},
    decide::{Change, time_out},
    model::{ServiceRequest, TOWN},
    room::Books,
    store::{self, LateWindow},
    views::{Eyes, headline},
};
use civic::{Actor, Language, Moment};
use database::{DbError, OffRecord, Tx};
use record::{Entries, Entry};
use serde_json::Value;
use service_clock::Calendar;
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
const AT_ONCE: usize = 300;
/// How often the days are doubled in which an agency that seldom works may have passed a rung.
const DOUBLINGS: u32 = 6;
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
        let own = town.clone();
        move |tx| candidates(tx, &own)
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

/// Requests that have passed a rung, the highest rung first.
fn candidates(tx: &mut Tx<'_>, town: &Town) -> Result<Vec<(String, i64, Rung)>, DbError> {
    let now = town.now();
    let calendars = town.part::<Books>().calendars(&town.settings().calendar);
    let mut found = Vec::new();
    for (below, rung) in (1..).zip(town.settings().escalation.iter().copied()).collect::<Vec<_>>().into_iter().rev() {
        let window = window(&calendars, below, rung, now);
        let late = late_in(tx, &window, |request| is_late(town, request, rung, now))?;
        found.extend(late.into_iter().map(|code| (code, below, rung)));
    }
    Ok(found)
}

/// The first [`AT_ONCE`] codes of what is late in a window: what is not does not stand in the way of what comes after it.
fn late_in(
    tx: &mut Tx<'_>,
    window: &LateWindow,
    is_late: impl Fn(&ServiceRequest) -> bool,
) -> Result<Vec<String>, DbError> {
    let (mut found, mut from) = (Vec::new(), None);
    loop {
        let page = store::late_page(tx, window, from.as_ref(), AT_ONCE as i64)?;
        found.extend(page.iter().filter(|request| is_late(request)).map(|request| request.code.to_string()));
        found.truncate(AT_ONCE);
        from = page.last().and_then(|last| Some((last.due_at?, last.id.text())));
        if page.len() < AT_ONCE || found.len() == AT_ONCE || from.is_none() {
            return Ok(found);
        }
    }
}

/// Between which promised ends everything lies that has passed a rung and is news, by the slowest of these calendars.
fn window(calendars: &[Calendar], below: i64, rung: Rung, now: Moment) -> LateWindow {
    let promised_after = now.plus_days(-NEWS_DAYS);
    let days = working_days(rung);
    let (after, until) = if rung.days < 0 {
        let ends = calendars.iter().filter_map(|calendar| days.due(calendar, now));
        (promised_after, ends.max().unwrap_or(now).max(now))
    } else {
        let first = calendars.iter().map(|calendar| last_old(calendar, rung, promised_after)).min();
        // The first working day after an end may close on the next day by the calendar.
        (first.unwrap_or(promised_after), now.plus_days((1 - rung.days).min(0)))
    };
    LateWindow { below, after, promised_after, until }
}

/// A promised end that passed a rung by `old`, as had every earlier one.
fn last_old(calendar: &Calendar, rung: Rung, old: Moment) -> Moment {
    if rung.days == 0 {
        return old;
    }
    let passed = |back: &i64| working_days(rung).due(calendar, old.plus_days(-back)).is_none_or(|end| end <= old);
    let first = 2 * rung.days + 14;
    let back = (0..DOUBLINGS).map(|doubled| first << doubled).find(passed);
    old.plus_days(-back.unwrap_or(first << DOUBLINGS))
}

/// How many working days lie between an end and a rung, on either side.
fn working_days(rung: Rung) -> Promise {
    Promise::Days(u32::try_from(rung.days.unsigned_abs()).unwrap_or(u32::MAX))
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
    let until = town.now();
    let old = town.db().read(store::waits_of_old).await?;
    let mut after: Option<(Moment, String)> = None;
    loop {
        let begin = after.clone();
        let found = town.db().read(move |tx| store::waiting_since(tx, begin.as_ref(), until, AT_ONCE as i64)).await?;
        let (books, calendar) = (town.part::<Books>(), town.settings().calendar.clone());
        let over = |request: &&ServiceRequest| books.wait_ends(request, &calendar).is_some_and(|end| end <= until);
        for request in found.iter().filter(over) {
            end_wait(town, request.code.to_string(), old.contains(&request.id.text())).await?;
        }
        after = found.last().and_then(|request| Some((request.waiting?.since, request.id.text())));
        if found.len() < AT_ONCE || after.is_none() {
            break;
        }
    }
    if old.is_empty() {
        return Ok(());
    }
    let forget = town.db().write(|tx| {
        store::forget_waits_of_old(tx)?;
        tx.commit(OffRecord("only how an upgrade reckons"), ())
    });
    forget.await
}

/// Lets the clock of one request run again from when it should have, if it still stands still; where nobody could know that when it `is_old`, from now.
async fn end_wait(town: &Town, code: String, is_old: bool) -> Result<(), DbError> {
    let (own, now) = (town.clone(), town.now());
    let ended = town.db().write(move |tx| -> Result<_, Stop> {
        let (books, calendar) = (own.part::<Books>(), &own.settings().calendar);
        let found = store::by_code_to_change(tx, &code)?;
        let end = found.as_ref().and_then(|request| books.wait_ends(request, calendar)).filter(|end| *end <= now);
        let (Some(mut request), Some(end)) = (found, end) else {
            return tx.commit(OffRecord("nobody waits any more"), ()).map_err(Stop::from);
        };
        let from = if is_old { now } else { end };
        let change = time_out(&request, books.due_after_waiting(&request, calendar, from))?;
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
/// the last. What passed it long ago is old news, unless it was promised since.
fn is_late(town: &Town, request: &ServiceRequest, rung: Rung, now: Moment) -> bool {
    let Some(due) = request.due_at.filter(|_| request.state.is_open()) else { return false };
    let calendar = town.part::<Books>().calendar_of(request.organisation, &town.settings().calendar);
    let days = working_days(rung);
    let passed = match rung.days {
        0 => Some(due),
        1.. => days.due(&calendar, due),
        _ if due <= now || days.due(&calendar, now).is_some_and(|end| due <= end) => Some(now),
        _ => None,
    };
    // What was promised only later, as after a wait that ended long ago, nobody could be told of before.
    let since = request.due_since.unwrap_or(due);
    passed.is_some_and(|passed| passed <= now && now.plus_days(-NEWS_DAYS) < passed.max(due).max(since))
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

#[cfg(test)]
mod tests {
    use super::{NEWS_DAYS, window, working_days};
    use civic::Moment;
    use service_clock::Calendar;
    use web::escalation::{Rung, Told};

    /// Twenty working days of an agency that works on Wednesdays are twenty weeks.
    #[test]
    fn the_window_is_as_wide_as_the_slowest_agency_needs() {
        let town = Calendar::read(&["mon-fri 08:00-16:00"], &["2026-12-25"], jiff::tz::TimeZone::UTC).unwrap();
        let seldom = town.changed(&["wed 09:00-12:00"], &[] as &[&str]).unwrap();
        let now = Moment(1_790_000_000_000_000);
        for days in [1, 11, 20, 60] {
            let rung = Rung { days, told: Told::Agency };
            let due = now.plus_days(-7 * days - 8);
            let passed = working_days(rung).due(&seldom, due).unwrap();
            assert!(passed <= now && passed > now.plus_days(-NEWS_DAYS), "{passed:?} is news");
            let found = window(&[town.clone(), seldom.clone()], 1, rung, now);
            assert!(found.after < due && due <= found.until, "{days}: {found:?}");
            let before = window(&[town.clone(), seldom.clone()], 1, Rung { days: -days, ..rung }, now);
            assert!(before.until >= now.plus_days(7 * days - 7), "{days}: {before:?}");
        }
    }
}
