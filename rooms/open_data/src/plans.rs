//! What happens later and by itself: files are fetched again, catalogues are harvested again, drafts become public.

mod pages;

pub use pages::{every, fetch_by_form, fetched, local, planned, publish_by_form, rhythms, routes};

use crate::{
    books::Books,
    commands::{self, fetch_file, may_alter, town_itself},
    decide::is_web_address,
    harvest,
    model::Dataset,
    own,
    store::{self, Fetch, Plan},
};
use civic::{Actor, Language, Moment, OrganisationId};
use database::{DbError, OffRecord};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use web::{Refusal, Stop, Town, manifest::JobKind};

/// The kind of the job.
const LATER: &str = "long.open-data-later";
/// How often it looks.
const EVERY_SECONDS: i64 = 300;
/// Things of each kind that are done at one look.
const AT_ONCE: u32 = 20;
/// Seconds after which what did not come is asked for again.
const AGAIN_SECONDS: i64 = 3_600;
/// After how many days something can be fetched again.
pub const RHYTHMS: [(i64, &str); 3] = [(1, "frequency-daily"), (7, "frequency-weekly"), (30, "frequency-monthly")];
/// Days ahead for which a publication can be planned.
const PLANNED_DAYS: i64 = 366;

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| async move { run_due(&town).await.map_err(|stop| format!("{stop:?}")) };
    JobKind::every(LATER, EVERY_SECONDS, Arc::new(move |town, payload| Box::pin(run(town, payload))))
}

/// Does what is due. One that fails is noted with its reason, and stops no other.
///
/// # Errors
/// Those of the database.
pub async fn run_due(town: &Town) -> Result<(), Stop> {
    let now = town.now();
    let read = town.db().read(move |tx| {
        let fetches = store::due_fetches(tx, now, AT_ONCE)?;
        let sources = store::due_sources(tx, now, AT_ONCE)?;
        Ok((fetches, sources, store::due_plans(tx, now, AT_ONCE)?))
    });
    let (fetches, sources, plans) = read.await.map_err(|error: DbError| Stop::from(error))?;
    for fetch in fetches {
        fetch_again(town, fetch).await?;
    }
    for source in sources {
        harvest::run(town, &town_itself(), &source, None).await?;
        let (id, every) = (source.id.clone(), source.every_days);
        off_record(town, move |tx| store::set_every(tx, &id, every, Some(now.plus_days(every)))).await?;
    }
    for (dataset, plan) in plans {
        publish_planned(town, dataset, plan).await?;
    }
    Ok(())
}

async fn off_record(
    town: &Town,
    change: impl FnOnce(&mut database::Tx<'_>) -> Result<(), DbError> + Send + 'static,
) -> Result<(), Stop> {
    let written = town.db().write(move |tx| {
        change(tx)?;
        tx.commit(OffRecord("what is planned is nobody else's yet; what comes of it is on the record"), ())
    });
    written.await.map_err(|error: DbError| error.into())
}

/// Fetches a file again. Where its bytes are those that are there, nothing of the dataset changes.
async fn fetch_again(town: &Town, mut fetch: Fetch) -> Result<(), Stop> {
    let shelves = town.part::<Books>().now();
    let found = shelves.find(&fetch.dataset).map(|filed| filed.dataset.clone());
    let resource = found.as_ref().and_then(|one| one.resource(&fetch.resource).cloned());
    let (Some(dataset), Some(resource)) = (found, resource) else {
        return off_record(town, move |tx| store::drop_fetch(tx, &fetch.resource)).await;
    };
    let now = town.now();
    let came = match fetch_file(town, &fetch.url).await {
        Ok(file) if hex::encode(Sha256::digest(&file.bytes)) == resource.body.sha256 => Ok(()),
        Ok(mut file) => {
            file.schema.clone_from(&resource.body.schema);
            commands::renew_file(town, &town_itself(), &dataset.name, &resource.id, file).await.map(|_| ())
        }
        Err(stop) => Err(stop),
    };
    fetch.trouble = match came {
        Ok(()) => String::new(),
        Err(Stop::Refused(refusals)) => sentences(town, &refusals),
        Err(Stop::NotFound | Stop::NotAllowed) => return Ok(()),
        Err(stop) => return Err(stop),
    };
    if fetch.trouble.is_empty() {
        (fetch.fetched_at, fetch.next_at) = (Some(now), now.plus_days(fetch.every_days));
    } else {
        fetch.next_at = now.plus_seconds(AGAIN_SECONDS);
    }
    off_record(town, move |tx| store::put_fetch(tx, &fetch)).await
}

fn sentences(town: &Town, refusals: &[Refusal]) -> String {
    let t = town.words().of(town.settings().languages.first().copied().unwrap_or(Language::En));
    refusals.iter().map(|refusal| refusal.sentence(&t)).collect::<Vec<_>>().join(" ")
}

/// Publishes a draft whose time has come; where it cannot be, that is noted and it stays a draft.
async fn publish_planned(town: &Town, dataset: String, plan: Plan) -> Result<(), Stop> {
    let name = town.part::<Books>().now().find(&dataset).map(|filed| filed.dataset.name.clone());
    let Some(name) = name else { return off_record(town, move |tx| store::drop_plan(tx, &dataset)).await };
    let trouble = match commands::publish(town, &town_itself(), &name, None).await {
        Ok(_) => return Ok(()),
        Err(Stop::Refused(refusals)) => sentences(town, &refusals),
        Err(Stop::NotFound | Stop::NotAllowed) => String::new(),
        Err(stop) => return Err(stop),
    };
    let plan = Plan { publish_at: None, trouble, ..plan };
    off_record(town, move |tx| store::put_plan(tx, &dataset, &plan)).await
}

/// Plans that a file is fetched again from an address every so many days; 0 for never again.
///
/// # Errors
/// `NotFound` where the mandate does not reach; `dataset-url`; `dataset-every`.
pub async fn plan_fetch(
    town: &Town,
    actor: &Actor,
    name: &str,
    resource: &str,
    url: &str,
    every_days: i64,
) -> Result<(), Stop> {
    let dataset = may_alter(town, actor, name)?;
    let resource = dataset.resource(resource).ok_or(Stop::NotFound)?.id.clone();
    if every_days == 0 && !own::is_own(&dataset) {
        return off_record(town, move |tx| store::drop_fetch(tx, &resource)).await;
    }
    let fetch = fetch_of(&dataset, resource, url, every_days, town.now())?;
    off_record(town, move |tx| store::put_fetch(tx, &fetch)).await
}

/// The plan to fetch a resource again. Pure.
///
/// # Errors
/// As [`plan_fetch`].
pub(crate) fn fetch_of(
    dataset: &Dataset,
    resource: String,
    url: &str,
    every_days: i64,
    now: Moment,
) -> Result<Fetch, Stop> {
    // What a room declares comes from the room.
    if own::is_own(dataset) {
        return Err(Stop::NotFound);
    }
    if !is_rhythm(every_days) {
        return Err(Refusal::new("dataset-every").at("every").into());
    }
    if !is_web_address(url) || url.len() > crate::model::LINE_LIMIT {
        return Err(Refusal::new("dataset-url").at("address").into());
    }
    Ok(Fetch {
        resource,
        dataset: dataset.id.clone(),
        url: url.to_owned(),
        every_days,
        next_at: now.plus_days(every_days),
        fetched_at: None,
        trouble: String::new(),
    })
}

/// Whether it is one of [`RHYTHMS`].
pub fn is_rhythm(days: i64) -> bool {
    RHYTHMS.iter().any(|(known, _)| *known == days)
}

/// Plans when a draft becomes public; `None` for not by itself.
///
/// # Errors
/// `NotFound` where the mandate does not reach; `dataset-publish-at` for what is past, too far off, or no draft.
pub async fn plan_publication(town: &Town, actor: &Actor, name: &str, at: Option<Moment>) -> Result<(), Stop> {
    let (dataset, now) = (may_alter(town, actor, name)?, town.now());
    if at.is_some_and(|at| at <= now || at > now.plus_days(PLANNED_DAYS)) || (at.is_some() && dataset.is_public()) {
        return Err(Refusal::new("dataset-publish-at").at("publish_at").into());
    }
    let (id, organisation, handle) = (dataset.id.clone(), dataset.organisation, actor.handle.clone());
    off_record(town, move |tx| {
        let mut plan = store::plan(tx, &id)?.unwrap_or_default();
        (plan.publish_at, plan.trouble) = (at, String::new());
        // Another moment is another plan: who agreed, agreed to the one before.
        plan.approved_by = String::new();
        if store::needs_approval(tx, organisation)? {
            plan.submitted_by = handle;
        }
        store::put_plan(tx, &id, &plan)
    })
    .await
}

/// Says whether in an agency one submits and another one publishes.
///
/// # Errors
/// Those of the database.
pub async fn set_approval(town: &Town, organisation: OrganisationId, approves: bool) -> Result<(), Stop> {
    off_record(town, move |tx| store::set_approval(tx, organisation, approves)).await
}

/// What becomes of a wish to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// It becomes public now.
    Now,
    /// Another one of the agency must agree first.
    Waits,
    /// It is agreed, and becomes public when its time comes.
    AtItsTime,
}

/// Whether somebody who wants a draft public gets it so. Pure.
pub fn consent(plan: &Plan, needs_approval: bool, actor: &Actor, now: Moment) -> Consent {
    let is_town = actor.handle == town_itself().handle && actor.person.is_none();
    let is_later = plan.publish_at.is_some_and(|at| at > now);
    if !needs_approval {
        return Consent::Now;
    }
    if is_town {
        // The town's own datasets were submitted by nobody; a plan counts once somebody agreed to it.
        let is_agreed = plan.submitted_by.is_empty() || !plan.approved_by.is_empty();
        return if is_agreed { Consent::Now } else { Consent::Waits };
    }
    if plan.submitted_by.is_empty() || plan.submitted_by == actor.handle {
        return Consent::Waits;
    }
    if is_later { Consent::AtItsTime } else { Consent::Now }
}

/// What is planned for a dataset, for its form.
#[derive(Debug, Default)]
pub struct Later {
    /// Of the dataset.
    pub plan: Plan,
    /// Of its files.
    pub fetches: Vec<Fetch>,
    /// Whether another one must agree.
    pub needs_approval: bool,
}

/// Reads it.
///
/// # Errors
/// Those of the database.
pub async fn later(town: &Town, dataset: &Dataset) -> Result<Later, Stop> {
    let (id, organisation) = (dataset.id.clone(), dataset.organisation);
    let read = town.db().read(move |tx| {
        let plan = store::plan(tx, &id)?.unwrap_or_default();
        let fetches = store::fetches(tx, &id)?;
        Ok(Later { plan, fetches, needs_approval: store::needs_approval(tx, organisation)? })
    });
    read.await.map_err(|error: DbError| error.into())
}

#[cfg(test)]
mod tests {
    use super::{Consent, Plan, consent, town_itself};
    use civic::{Actor, Language, Moment};

    #[test]
    fn nobody_agrees_with_themselves() {
        let who = |handle: &str| Actor { handle: handle.to_owned(), ..Actor::visitor(Language::En) };
        let plan = |submitted: &str, at| Plan { submitted_by: submitted.to_owned(), publish_at: at, ..Plan::default() };
        let now = Moment(0);
        assert_eq!(consent(&plan("", None), false, &who("a"), now), Consent::Now);
        assert_eq!(consent(&plan("", None), true, &who("a"), now), Consent::Waits);
        assert_eq!(consent(&plan("a", None), true, &who("a"), now), Consent::Waits);
        assert_eq!(consent(&plan("a", None), true, &who("b"), now), Consent::Now);
        assert_eq!(consent(&plan("a", Some(Moment(9))), true, &who("b"), now), Consent::AtItsTime);
        assert_eq!(
            consent(&plan("a", Some(Moment(0))), true, &town_itself(), now),
            Consent::Waits,
            "nobody agreed yet"
        );
        let agreed = Plan { approved_by: "b".to_owned(), ..plan("a", Some(Moment(0))) };
        assert_eq!(consent(&agreed, true, &town_itself(), now), Consent::Now);
    }
}
