//! What goes on beside the answers: giving entries their places, telling followers, doing jobs, keeping fresh.

use crate::{assemble::Assembled, operations::Signing, witnessing};
use civic::{JobId, Moment};
use database::{
    DbError, OffRecord,
    jobs::{self, Lane},
};
use record::{SequenceError, Sequencer};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet, time::MissedTickBehavior};
use web::{
    Town,
    limits::Gates,
    manifest::{Catalogue, JobKind, Subscriber},
    slow::What,
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
/// Workers for what waits for other machines: so many may be slow before others wait for them.
const OUTGOING_WORKERS: usize = 4;
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
    tasks.spawn(witnessing::go_on(town.clone(), sequencer.outside(), stop.clone()));
    tasks.spawn(sequence(town.clone(), sequencer, stop.clone()));
    for subscriber in subscribers {
        tasks.spawn(follow(town.clone(), subscriber, stop.clone()));
    }
    let kinds: Arc<[JobKind]> = kinds.into();
    let lanes = std::iter::once(Lane::Own).chain(std::iter::repeat_n(Lane::Outgoing, OUTGOING_WORKERS));
    for lane in lanes {
        tasks.spawn(work(town.clone(), Arc::clone(&kinds), lane, stop.clone()));
    }
    tasks.spawn(keep_fresh(town.clone(), stop.clone()));
    tasks
}

/// Gives what waits its places, lets every follower take all there is, and reads anew what is in memory: for a town that is
/// built or filled while nobody serves it.
///
/// # Errors
/// Those of the record and of the database.
pub async fn settle(assembled: &Assembled, now: Moment) -> anyhow::Result<()> {
    assembled.sequencer.catch_up(now).await?;
    for subscriber in &assembled.subscribers {
        take_all(&assembled.town, *subscriber).await?;
    }
    requests::renew_figures(&assembled.town.at(now)).await?;
    refresh(&assembled.town).await;
    Ok(())
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

async fn sequence(town: Town, sequencer: Sequencer, mut stop: watch::Receiver<bool>) {
    let mut every = interval(SEQUENCE_EVERY);
    let mut complained = false;
    let signing = town.part::<Signing>().clone();
    signing.begun(town.now());
    witnessing::hear(&town, &sequencer.outside()).await;
    while tick(&mut every, &mut stop).await {
        match sequencer.catch_up(town.now()).await {
            Ok(()) => {
                signing.well(town.now());
                complained = false;
            }
            // Acts are still taken and kept; nothing is signed until it agrees again.
            Err(error @ (SequenceError::WouldGoBack { .. } | SequenceError::OtherKey(_))) => {
                if !complained {
                    tracing::error!(%error, "the record does not sign");
                }
                complained = true;
                signing.refused(error.to_string());
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the record waits for the database");
                signing.failed();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // The last acts before the end get their places too.
    if let Err(error) = sequencer.catch_up(town.now()).await {
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

async fn work(town: Town, kinds: Arc<[JobKind]>, lane: Lane, mut stop: watch::Receiver<bool>) {
    let mut every = interval(JOBS_EVERY);
    while tick(&mut every, &mut stop).await {
        if lane == Lane::Own
            && let Err(error) = put_again(&town, &kinds).await
        {
            tracing::warn!(%error, "what comes again waits for the database");
        }
        while !*stop.borrow() {
            match do_next(&town, &kinds, lane).await {
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

/// Puts work into the outbox whose time has come again.
async fn put_again(town: &Town, kinds: &[JobKind]) -> Result<(), DbError> {
    for (kind, every) in kinds.iter().filter_map(|kind| Some((kind.kind, kind.every_seconds?))) {
        let now = town.now();
        let next = town.db().read(move |tx| jobs::next_time(tx, kind)).await?;
        if next.is_some_and(|next| next > now) {
            continue;
        }
        let id = JobId::new(now, town.chance()).text();
        let put = town.db().write(move |tx| {
            let put = jobs::put_again(tx, kind, every, now, id)?;
            tx.commit(jobs::OFF_RECORD, put)
        });
        put.await?;
    }
    Ok(())
}

/// Does the job of this lane that has waited longest. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn do_next(town: &Town, kinds: &[JobKind], lane: Lane) -> Result<bool, DbError> {
    let now = town.now();
    if !town.db().read(move |tx| jobs::is_any_due(tx, now, lane)).await? {
        return Ok(false);
    }
    let claimed = town.db().write(move |tx| {
        let job = jobs::claim_in(tx, now, lane)?;
        tx.commit(OffRecord("who does a job is no act"), job)
    });
    let Some(job) = claimed.await? else { return Ok(false) };
    let begun = town.now();
    let done = match kinds.iter().find(|kind| kind.kind == job.kind) {
        Some(kind) => {
            let done = (kind.run)(town.clone(), job.payload.clone()).await;
            town.slow().note(What::Job(kind.kind), begun, town.now());
            done
        }
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
