//! What goes on beside the answers: giving entries their places, telling followers, doing jobs, keeping fresh.

use civic::Clock as _;
use database::{DbError, OffRecord, jobs};
use record::{SequenceError, Sequencer};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet, time::MissedTickBehavior};
use web::{
    Town,
    limits::Gates,
    manifest::{Catalogue, JobKind, Subscriber},
};

/// How often waiting entries get their places: a checkpoint is at most this and one transaction old.
const SEQUENCE_EVERY: Duration = Duration::from_millis(250);
/// How often the outbox is looked at.
const JOBS_EVERY: Duration = Duration::from_millis(500);
/// How often what is kept in memory is read anew.
const REFRESH_EVERY: Duration = Duration::from_secs(1);
/// How often quiet addresses are forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(300);
/// Entries a follower takes at a time.
const TAKEN_AT_ONCE: u32 = 500;
/// How long to wait after the database did not answer.
const PAUSE: Duration = Duration::from_secs(2);

/// Starts everything; it ends when `stop` turns true.
pub fn start(
    town: &Town,
    sequencer: Sequencer,
    subscribers: Vec<Subscriber>,
    kinds: Vec<JobKind>,
    stop: &watch::Receiver<bool>,
) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(sequence(sequencer, stop.clone()));
    for subscriber in subscribers {
        tasks.spawn(follow(town.clone(), subscriber, stop.clone()));
    }
    tasks.spawn(work(town.clone(), kinds, stop.clone()));
    tasks.spawn(keep_fresh(town.clone(), stop.clone()));
    tasks
}

/// Waits for the next tick; false when it is time to stop.
async fn tick(every: &mut tokio::time::Interval, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        _ = every.tick() => {}
        _ = stop.wait_for(|stop| *stop) => return false,
    }
    !*stop.borrow()
}

fn interval(every: Duration) -> tokio::time::Interval {
    let mut interval = tokio::time::interval(every);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

async fn sequence(sequencer: Sequencer, mut stop: watch::Receiver<bool>) {
    let mut every = interval(SEQUENCE_EVERY);
    let mut complained = false;
    while tick(&mut every, &mut stop).await {
        match sequencer.catch_up(crate::shell::SystemClock.now()).await {
            Ok(()) => complained = false,
            // Acts are still taken and kept; nothing is signed until it agrees again.
            Err(error @ (SequenceError::WouldGoBack { .. } | SequenceError::OtherKey(_))) => {
                if !complained {
                    tracing::error!(%error, "the record does not sign");
                }
                complained = true;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the record waits for the database");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // The last acts before the end get their places too.
    if let Err(error) = sequencer.catch_up(crate::shell::SystemClock.now()).await {
        tracing::warn!(%error, "the last entries get their places at the next start");
    }
}

async fn follow(town: Town, subscriber: Subscriber, mut stop: watch::Receiver<bool>) {
    let mut news = town.record().news();
    loop {
        if let Err(error) = take_all(&town, subscriber).await {
            tracing::warn!(%error, subscriber = subscriber.name, "a follower of the record waits");
            tokio::time::sleep(PAUSE).await;
        }
        tokio::select! {
            changed = news.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Lets a follower take all there is.
///
/// # Errors
/// Those of the database.
pub async fn take_all(town: &Town, subscriber: Subscriber) -> Result<(), DbError> {
    while is_behind(town, subscriber).await? && take_some(town, subscriber).await? > 0 {}
    Ok(())
}

/// Asked before the lock is taken, so that an idle town writes nothing.
async fn is_behind(town: &Town, subscriber: Subscriber) -> Result<bool, DbError> {
    let size = town.db().read(record::last_checkpoint).await?.map_or(0, |checkpoint| checkpoint.size);
    let at = town.db().read(move |tx| record::cursor_of(tx, subscriber.name)).await?;
    Ok(at < size)
}

async fn take_some(town: &Town, subscriber: Subscriber) -> Result<usize, DbError> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let entries = record::take_next(tx, subscriber.name, TAKEN_AT_ONCE)?;
            (subscriber.take)(&own, tx, &entries)?;
            tx.commit(OffRecord("following the record says nothing new"), entries.len())
        })
        .await
}

async fn work(town: Town, kinds: Vec<JobKind>, mut stop: watch::Receiver<bool>) {
    let mut every = interval(JOBS_EVERY);
    let kinds = Arc::new(kinds);
    while tick(&mut every, &mut stop).await {
        while !*stop.borrow() {
            match do_next(&town, &kinds).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "the outbox waits for the database");
                    tokio::time::sleep(PAUSE).await;
                    break;
                }
            }
        }
    }
}

/// Does the job that has waited longest. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn do_next(town: &Town, kinds: &[JobKind]) -> Result<bool, DbError> {
    let now = town.now();
    if !town.db().read(move |tx| jobs::is_any_due(tx, now)).await? {
        return Ok(false);
    }
    let claimed = town.db().write(move |tx| {
        let job = jobs::claim(tx, now)?;
        tx.commit(OffRecord("who does a job is no act"), job)
    });
    let Some(job) = claimed.await? else { return Ok(false) };
    let done = match kinds.iter().find(|kind| kind.kind == job.kind) {
        Some(kind) => (kind.run)(town.clone(), job.payload.clone()).await,
        None => Err(format!("no room does jobs of the kind {}", job.kind)),
    };
    let now = town.now();
    town.db()
        .write(move |tx| {
            match done {
                Ok(()) => jobs::finish(tx, &job.id)?,
                Err(error) => jobs::fail(tx, &job, &error, now)?,
            }
            tx.commit(OffRecord("what came of a job is no act"), true)
        })
        .await
}

async fn keep_fresh(town: Town, mut stop: watch::Receiver<bool>) {
    let mut every = interval(REFRESH_EVERY);
    let mut since_tidy = Duration::ZERO;
    while tick(&mut every, &mut stop).await {
        refresh(&town).await;
        since_tidy += REFRESH_EVERY;
        if since_tidy >= TIDY_EVERY {
            town.part::<Gates>().tidy();
            since_tidy = Duration::ZERO;
        }
    }
}

/// Reads anew what the rooms keep in memory.
pub async fn refresh(town: &Town) {
    for refresh in &town.part::<Catalogue>().refreshes {
        if let Err(error) = refresh(town.clone()).await {
            tracing::warn!(%error, "what is kept in memory could not be read anew");
        }
    }
}
