//! The job that asks: few of one host at a time, a few hosts beside each other, within the bounds of the house's client.

use super::{Link, letters, model::named_by, store};
use crate::{books::Books, commands::may_alter, model::Dataset};
use civic::{Actor, JobId};
use database::{
    DbError, OffRecord, Tx,
    jobs::{self, NewJob},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use web::{Stop, Town, manifest::JobKind};

/// The kind of the job; what begins with `outgoing.` waits for others and has workers of its own.
const ASK: &str = "outgoing.open-data-links";
/// How often it looks.
const EVERY_SECONDS: i64 = 300;
/// Links of one host that are asked at one look.
const OF_HOST: u32 = 5;
/// Links of all hosts that are asked at one look.
const AT_ONCE: u32 = 60;
/// Hosts that are asked beside each other.
const HOSTS_AT_ONCE: usize = 4;
/// Links of a dataset that are asked on demand.
const ON_DEMAND: usize = 50;
/// Seconds within which a link is not asked again on demand.
const JUST_ASKED_SECONDS: i64 = 60;
/// Answers in a row that take too long, after which a host is left for the next look.
const SLOW_LIMIT: usize = 2;
/// Links that one transaction adds or drops.
const WRITTEN_AT_ONCE: usize = 500;

const MACHINERY: OffRecord = OffRecord("whether other sites answer is no act of the town");

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town, payload: Value| async move {
        let asked = match payload["dataset"].as_str() {
            Some(dataset) => run_of(&town, dataset).await,
            None => run_due(&town).await,
        };
        asked.map_err(|stop| format!("{stop:?}"))
    };
    JobKind::every(ASK, EVERY_SECONDS, Arc::new(move |town, payload| Box::pin(run(town, payload))))
}

/// Asks the links whose time has come, and tells those who publish of what has failed for three days.
async fn run_due(town: &Town) -> Result<(), Stop> {
    keep_in_step(town).await?;
    let now = town.now();
    let due = town.db().read(move |tx| store::due(tx, now, OF_HOST, AT_ONCE)).await;
    ask(town, due.map_err(|error: DbError| Stop::from(error))?).await?;
    letters::tell(town).await
}

/// Asks the links of one dataset, but for those that were asked just now.
async fn run_of(town: &Town, dataset: &str) -> Result<(), Stop> {
    keep_in_step(town).await?;
    let shelves = town.part::<Books>().now();
    let Some(filed) = shelves.find(dataset) else { return Ok(()) };
    let urls: Vec<String> = named_by(&filed.dataset).into_keys().map(str::to_owned).collect();
    let found = town.db().read(move |tx| store::some(tx, &urls)).await.map_err(|error: DbError| Stop::from(error))?;
    let before = town.now().plus_seconds(-JUST_ASKED_SECONDS);
    let mut links: Vec<Link> =
        found.into_iter().filter(|one| one.asked_at.is_none_or(|asked| asked <= before)).collect();
    links.sort_by_key(|one| one.asked_at);
    links.truncate(ON_DEMAND);
    ask(town, links).await
}

/// Has the links of a dataset asked as soon as may be; what comes of it is on its page.
///
/// # Errors
/// `NotFound` where the mandate does not reach; those of the database.
pub async fn check_now(town: &Town, actor: &Actor, name: &str) -> Result<Dataset, Stop> {
    let dataset = may_alter(town, actor, name)?;
    let (now, payload) = (town.now(), json!({"dataset": dataset.id}));
    let id = JobId::new(now, town.chance()).text();
    off_record(town, move |tx| jobs::put(tx, &NewJob { id, kind: ASK, payload: &payload, not_before: now })).await?;
    Ok(dataset)
}

pub(super) async fn off_record(
    town: &Town,
    change: impl FnOnce(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static,
) -> Result<(), Stop> {
    let written = town.db().write(move |tx| {
        change(tx)?;
        tx.commit(MACHINERY, ())
    });
    written.await.map_err(|error: DbError| error.into())
}

/// Adds the addresses that datasets name by now, and drops those that none names any more.
async fn keep_in_step(town: &Town) -> Result<(), Stop> {
    let shelves = town.part::<Books>().now();
    let known = town.db().read(store::all_urls).await.map_err(|error: DbError| Stop::from(error))?;
    let now = town.now();
    let (new, old) = {
        let datasets = shelves.datasets.values().map(|filed| &filed.dataset).filter(|dataset| !dataset.is_gone());
        let named: BTreeSet<&str> = datasets.flat_map(|dataset| named_by(dataset).into_keys()).collect();
        let old: Vec<String> = known.iter().filter(|url| !named.contains(url.as_str())).cloned().collect();
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        let new: Vec<Link> = named.difference(&known).map(|url| Link::new(url, now)).collect();
        (new, old)
    };
    for new in new.chunks(WRITTEN_AT_ONCE).map(<[Link]>::to_vec) {
        off_record(town, move |tx| new.iter().try_for_each(|one| store::add(tx, one))).await?;
    }
    for old in old.chunks(WRITTEN_AT_ONCE).map(<[String]>::to_vec) {
        off_record(town, move |tx| old.iter().try_for_each(|url| store::drop(tx, url))).await?;
    }
    Ok(())
}

/// Asks them, and keeps what comes of it.
async fn ask(town: &Town, links: Vec<Link>) -> Result<(), Stop> {
    let mut hosts: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for link in links {
        hosts.entry(link.host.clone()).or_default().push(link);
    }
    // Whether something is there is all that is asked, and an address of http may well be there.
    let policy =
        outgoing::Policy { redirects: true, plain_http: true, ..town.part::<outgoing::Client>().policy().clone() };
    let client = outgoing::Client::new(policy);
    let (mut waiting, mut running) = (hosts.into_values(), tokio::task::JoinSet::new());
    loop {
        while running.len() < HOSTS_AT_ONCE {
            let Some(links) = waiting.next() else { break };
            let (client, town) = (client.clone(), town.clone());
            running.spawn_blocking(move || ask_host(&client, &town, links));
        }
        let Some(asked) = running.join_next().await else { return Ok(()) };
        let asked = asked.map_err(Stop::fault)?;
        off_record(town, move |tx| asked.iter().try_for_each(|one| store::put(tx, one))).await?;
    }
}

/// Asks links of one host, one after the other; a host that is slow is left alone soon, and its other links stay due.
fn ask_host(client: &outgoing::Client, town: &Town, links: Vec<Link>) -> Vec<Link> {
    let (mut asked, mut slow) = (Vec::new(), 0);
    for link in links {
        let answer = client.status_of(&link.url);
        slow = if answer == Err(outgoing::OutgoingRefusal::TooSlow) { slow + 1 } else { 0 };
        asked.push(link.after(&answer, town.now()));
        if slow == SLOW_LIMIT {
            break;
        }
    }
    asked
}
