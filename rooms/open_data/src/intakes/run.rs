//! Taking a file in beside everything else. Who is at it says so every half second in the database; whoever finds one that nobody is at
//! any more, after a crash or a restart, begins it again from the bytes that were kept.

use super::{Doing, Intake, Outcome};
use crate::{
    books::Books,
    commands::{self, FileIn, Goal, alter, fetch_watched, keep, new_id, read_goal},
    model::{Dataset, FILE_LIMIT_BYTES, Resource},
    plans, store,
};
use bytes::Bytes;
use civic::{Actor, Language, Mandate, Moment, Role, Scope};
use database::{DbError, OffRecord, Tx};
use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tables::{Progress, SHEETS_LIMIT, Shelf, Step};
use tokio::task::JoinHandle;
use web::{Refusal, Stop, Town};

/// How often it is said how far it is.
const BEAT: Duration = Duration::from_millis(500);
/// Seconds after which one of which nothing was said is begun again by whoever sees it.
const HELD_SECONDS: i64 = 10;
/// How often one is begun before it is given up.
const ATTEMPTS_LIMIT: i64 = 5;
/// How long what belongs to nothing stays on the shelf.
const LEFT: Duration = Duration::from_secs(2 * 86_400);
/// Files that may wait in one dataset.
const WAITING_LIMIT: u32 = 20;
/// Why moving an intake on is not in the public record.
const OFF: OffRecord = OffRecord("a file that is being taken in belongs to nothing yet; what comes of it is recorded");

/// An intake that was begun here.
pub struct Begun {
    /// Its id.
    pub id: String,
    work: JoinHandle<Result<Dataset, Stop>>,
}

/// Keeps a file, or notes its address, and begins to take it in.
///
/// # Errors
/// A sentence about what can be seen at once; `NotFound` where the mandate does not reach.
pub async fn begin(
    town: &Town,
    actor: &Actor,
    dataset: &Dataset,
    resource: Option<String>,
    file: FileIn,
    from: (String, i64),
) -> Result<Begun, Stop> {
    let (url, every_days) = from;
    commands::check(&file, url.is_empty()).await?;
    if every_days > 0 && !plans::is_rhythm(every_days) {
        return Err(Refusal::new("dataset-every").at("every").into());
    }
    if url.len() > crate::model::LINE_LIMIT {
        return Err(Refusal::new("dataset-url").at("address").into());
    }
    let now = town.now();
    let (id, dataset_id) = (new_id(now, town.chance()), dataset.id.clone());
    let waiting = town.db().read(move |tx| store::intakes_of(tx, &dataset_id, now, WAITING_LIMIT)).await;
    let waiting = waiting.map_err(|error: DbError| Stop::from(error))?;
    if waiting.len() >= WAITING_LIMIT as usize {
        return Err(Refusal::new("data-intakes").at("file").with("most", i64::from(WAITING_LIMIT)).into());
    }
    let mut file_id = None;
    if url.is_empty() {
        let kept = new_id(now, town.chance());
        keep(town, &kept, &file, now).await?;
        file_id = Some(kept);
    }
    let intake = Intake {
        id: id.clone(),
        dataset: dataset.id.clone(),
        organisation: dataset.organisation,
        resource,
        file_id,
        url,
        doing: Doing {
            size_bytes: file.bytes.len() as u64,
            file_name: file.file_name.replace('\0', ""),
            name: file.name,
            description: file.description,
            schema: file.schema,
            wish: file.wish,
            every_days,
            forgets: file.forgets,
            ids: (0..SHEETS_LIMIT).map(|_| new_id(now, town.chance())).collect(),
        },
        actor: actor.handle.clone(),
        language: actor.language,
        outcome: Outcome::Waiting,
        step: Step::Waiting,
        done: 0,
        whole: 0,
        percent: 0,
        attempts: 1,
        runner: new_id(now, town.chance()),
        trouble: String::new(),
        made_at: now,
    };
    let new = intake.clone();
    let written = town.db().write(move |tx| {
        store::add_intake(tx, &new, now.plus_seconds(HELD_SECONDS))?;
        tx.commit(OFF, ())
    });
    written.await.map_err(|error: DbError| Stop::from(error))?;
    Ok(Begun { id, work: tokio::spawn(run(town.clone(), intake)) })
}

/// What came of it, when that is known so soon; then it is told now, and its page is not needed. Otherwise its id, for its page.
///
/// # Errors
/// Those with which the intake ended for good.
pub async fn told_within(town: &Town, begun: Begun, patience: Duration) -> Result<Result<Dataset, String>, Stop> {
    let Begun { id, work } = begun;
    let Ok(outcome) = tokio::time::timeout(patience, work).await else { return Ok(Err(id)) };
    let told = outcome.map_err(Stop::fault).flatten();
    // What failed here may be begun again, or another may have done it: told as a failure, it would be handed in a second time. So it is too
    // where nobody can say.
    if told.is_err() && may_be_done(town, &id).await.unwrap_or(true) {
        return Ok(Err(id));
    }
    let off = town.db().write(move |tx| {
        store::drop_intake(tx, &id)?;
        tx.commit(OFF, ())
    });
    if let Err(error) = off.await.map_err(|error: DbError| error) {
        tracing::warn!(%error, "what was told of a file is forgotten later");
    }
    told.map(Ok)
}

async fn may_be_done(town: &Town, id: &str) -> Result<bool, DbError> {
    let id = id.to_owned();
    let read = town.db().read(move |tx| store::intake(tx, &id)).await?;
    Ok(read.is_some_and(|intake| matches!(intake.outcome, Outcome::Waiting | Outcome::Done)))
}

/// Takes over what nobody is at any more; asked every second, on every node.
///
/// # Errors
/// Those of the database.
pub async fn go_on(town: &Town) -> Result<(), DbError> {
    let now = town.now();
    if town.part::<Books>().turns().0.available_permits() == 0
        || !town.db().read(move |tx| store::is_intake_left(tx, now)).await?
    {
        return Ok(());
    }
    let runner = new_id(now, town.chance());
    let claimed = town.db().write(move |tx| {
        let claimed = store::claim_intake(tx, &runner, now, now.plus_seconds(HELD_SECONDS))?;
        tx.commit(OFF, claimed)
    });
    if let Some(intake) = claimed.await? {
        tokio::spawn(run(town.clone(), intake));
    }
    Ok(())
}

/// Takes away what stopped and refused intakes, files that were replaced and crashes left on this node's shelf; looked at every hour, on
/// every node, because each has a shelf of its own.
///
/// # Errors
/// Those of the database.
pub async fn sweep(town: &Town) -> Result<(), DbError> {
    let books = town.part::<Books>();
    if !books.turns().is_time_to_sweep(town.now()) {
        return Ok(());
    }
    let waiting = town.db().read(store::waiting_files).await?;
    let (shelf, shelves) = (town.part::<Shelf>().clone(), books.now());
    let now = Duration::from_micros(u64::try_from(town.now().micros()).unwrap_or_default());
    let before = SystemTime::UNIX_EPOCH + now.saturating_sub(LEFT);
    let swept = tokio::task::spawn_blocking(move || {
        let all = shelves.datasets.values().flat_map(|filed| &filed.dataset.resources);
        let kept: HashSet<String> = all.map(Resource::shelf).collect();
        let is_kept = |name: &str| kept.contains(name) || waiting.iter().any(|file| name.ends_with(file.as_str()));
        shelf.sweep(before, &is_kept)
    });
    match swept.await.map_err(|error| DbError::Other(error.to_string()))? {
        Ok(()) => {}
        Err(error) => tracing::warn!(%error, "what is left on the shelf of tables stays for now"),
    }
    Ok(())
}

/// Stops an intake, whoever is at it. Nothing of it is kept.
///
/// # Errors
/// `NotFound` where there is none; `data-intake-over` (409) where it has come to its end before.
pub async fn cancel(town: &Town, intake: Intake) -> Result<(), Stop> {
    let (now, id) = (town.now(), intake.id.clone());
    let ended = town.db().write(move |tx| {
        let ended = store::end_intake(tx, &id, None, Outcome::Cancelled, "", now)?;
        tx.commit(OFF, ended)
    });
    if !ended.await.map_err(|error: DbError| Stop::from(error))? {
        return Err(Refusal::conflict("data-intake-over").into());
    }
    clear(town, &intake).await
}

/// Takes one in, saying how far it is, until it is done, refused, stopped, or taken over by another.
async fn run(town: Town, intake: Intake) -> Result<Dataset, Stop> {
    let progress = Arc::new(Progress::default());
    let mut work = Box::pin(work(&town, intake.clone(), Arc::clone(&progress)));
    let outcome = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(BEAT) => {
                let is_ours = beat(&town, &intake, &progress).await.unwrap_or(true);
                if !is_ours {
                    progress.stop();
                    if progress.now().0 == Step::Waiting {
                        break Err(Stop::NotFound);
                    }
                }
            }
        }
    };
    drop(work);
    match &outcome {
        Ok(_) => {}
        Err(stop) => {
            if let Err(error) = give_up(&town, &intake, stop).await {
                tracing::warn!(%error, "what came of a file is noted later");
            }
        }
    }
    outcome
}

async fn beat(town: &Town, intake: &Intake, progress: &Progress) -> Result<bool, DbError> {
    let (id, runner, until) = (intake.id.clone(), intake.runner.clone(), town.now().plus_seconds(HELD_SECONDS));
    let ((step, done, whole), percent) = (progress.now(), progress.percent());
    let held = town.db().write(move |tx| {
        let held = store::hold_intake(tx, &id, &runner, (step, done, whole, percent), until)?;
        tx.commit(OFF, held)
    });
    held.await
}

/// What is done with one that did not come to its end.
async fn give_up(town: &Town, intake: &Intake, stop: &Stop) -> Result<(), DbError> {
    let trouble = match stop {
        Stop::Refused(refusals) => sentences(town, intake.language, refusals),
        Stop::Fault(why) | Stop::Busy(why) if intake.attempts < ATTEMPTS_LIMIT => {
            tracing::warn!(%why, intake = intake.id, "a file was not taken in; it is begun again");
            let (id, runner) = (intake.id.clone(), intake.runner.clone());
            let until = town.now().plus_seconds(HELD_SECONDS);
            let left = town.db().write(move |tx| {
                store::leave_intake(tx, &id, &runner, until)?;
                tx.commit(OFF, ())
            });
            return left.await;
        }
        Stop::Fault(_) | Stop::Busy(_) => sentences(town, intake.language, &[Refusal::new("data-storage")]),
        _ => sentences(town, intake.language, &[Refusal::new("data-intake-gone")]),
    };
    let (id, runner, now) = (intake.id.clone(), intake.runner.clone(), town.now());
    let ended = town.db().write(move |tx| {
        let ended = store::end_intake(tx, &id, Some(&runner), Outcome::Refused, &trouble, now)?;
        let now_is = store::intake(tx, &id)?;
        tx.commit(OFF, (ended, now_is))
    });
    let (ended, now_is) = ended.await?;
    // Where it is somebody else's by now, so are its tables and bytes.
    let is_over = ended || now_is.as_ref().is_none_or(|one| one.outcome == Outcome::Cancelled);
    if is_over && let Err(stop) = clear(town, &now_is.unwrap_or_else(|| intake.clone())).await {
        tracing::warn!(?stop, "what is left of a file goes with the rule for loose files");
    }
    Ok(())
}

fn sentences(town: &Town, language: Language, refusals: &[Refusal]) -> String {
    let t = town.words().of(language);
    refusals.iter().map(|refusal| refusal.sentence(&t)).collect::<Vec<_>>().join(" ")
}

/// Throws away what was made of a file that was not taken in, and its bytes.
async fn clear(town: &Town, intake: &Intake) -> Result<(), Stop> {
    let Some(file_id) = intake.file_id.clone() else { return Ok(()) };
    let (shelf, ending) = (town.part::<Shelf>().clone(), format!("-{file_id}"));
    // Its tables stand under the ids of whatever they were to renew, so they are found by the file.
    let removed = tokio::task::spawn_blocking(move || shelf.remove_ending(&ending));
    removed.await.map_err(Stop::fault)?.map_err(commands::stop_of)?;
    let gone = town.db().write(move |tx| {
        store::forget_file(tx, &file_id)?;
        tx.commit(OFF, ())
    });
    gone.await.map_err(|error: DbError| error.into())
}

async fn work(town: &Town, mut intake: Intake, progress: Arc<Progress>) -> Result<Dataset, Stop> {
    let books = town.part::<Books>().clone();
    let _turn = books.turns().0.acquire().await.map_err(Stop::fault)?;
    if intake.attempts > ATTEMPTS_LIMIT {
        return Err(Refusal::new("data-storage").into());
    }
    let bytes = match intake.file_id.clone() {
        Some(file) => {
            town.db().read_long(move |tx| store::bytes_of(tx, &file)).await.map_err(|e: DbError| Stop::from(e))?.into()
        }
        None => fetch(town, &mut intake, &progress).await?,
    };
    let actor = acting(&intake);
    let name = books.now().find(&intake.dataset).map(|filed| filed.dataset.name.clone()).ok_or(Stop::NotFound)?;
    let dataset = commands::may_alter(town, &actor, &name)?;
    let goal = Goal::of(&dataset, intake.resource.as_deref())?;
    let file_id = intake.file_id.clone().ok_or(Stop::NotFound)?;
    let own = file_in(&intake.doing, bytes);
    let sheets = read_goal(town, own, &file_id, intake.doing.ids.clone(), (&goal, &dataset), progress).await?;
    let (id, runner) = (intake.id.clone(), intake.runner.clone());
    let put = goal.clone();
    let (url, every_days, forgets) = (intake.url.clone(), intake.doing.every_days, intake.doing.forgets);
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        // Tables appear in the same moment as the intake ends, so it is never done twice and never half.
        if !store::end_intake(tx, &id, Some(&runner), Outcome::Done, "", now)? {
            return Err(Stop::NotFound);
        }
        let before: Vec<String> = dataset.resources.iter().map(|one| one.id.clone()).collect();
        let changed = put.put(tx, dataset, sheets)?;
        let new = dataset.resources.iter().find(|one| !before.contains(&one.id)).map(|one| one.id.clone());
        if let Some(resource) = new.filter(|_| every_days > 0 && !url.is_empty()) {
            store::put_fetch(tx, &plans::fetch_of(dataset, resource, &url, every_days, now)?)?;
        }
        Ok(commands::Changed { forgets, ..changed })
    };
    let changed = alter(town, &actor, &name, None, change).await?;
    goal.clear(town, &changed);
    Ok(changed)
}

/// Who handed it in, for that agency alone: what their mandate was when they did, was looked at then.
fn acting(intake: &Intake) -> Actor {
    let mandates = vec![Mandate { role: Role::Officer, scope: Scope::Organisation(intake.organisation) }];
    Actor { handle: intake.actor.clone(), mandates, ..Actor::visitor(intake.language) }
}

fn file_in(doing: &Doing, bytes: Bytes) -> FileIn {
    FileIn {
        file_name: doing.file_name.clone(),
        bytes,
        name: doing.name.clone(),
        description: doing.description.clone(),
        schema: doing.schema.clone(),
        wish: doing.wish.clone(),
        ..FileIn::default()
    }
}

/// Fetches the bytes and keeps them: from then on they are not fetched again.
async fn fetch(town: &Town, intake: &mut Intake, progress: &Arc<Progress>) -> Result<Bytes, Stop> {
    let came = fetch_watched(town, &intake.url, Arc::clone(progress)).await?;
    if came.bytes.is_empty() || came.bytes.len() > FILE_LIMIT_BYTES {
        commands::check(&came, true).await?;
    }
    let (file_id, now) = (new_id(town.now(), town.chance()), town.now());
    keep(town, &file_id, &came, now).await?;
    (intake.doing.file_name, intake.doing.size_bytes) = (came.file_name.replace('\0', ""), came.bytes.len() as u64);
    let (id, runner, doing, own) = (intake.id.clone(), intake.runner.clone(), intake.doing.clone(), file_id.clone());
    let noted = town.db().write(move |tx| {
        let noted = store::set_intake_file(tx, &id, &runner, &own, &doing)?;
        if !noted {
            store::forget_file(tx, &own)?;
        }
        tx.commit(OFF, noted)
    });
    if !noted.await.map_err(|error: DbError| Stop::from(error))? {
        return Err(Stop::NotFound);
    }
    intake.file_id = Some(file_id);
    Ok(came.bytes)
}
