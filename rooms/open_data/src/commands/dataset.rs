//! A dataset is drafted, changed, published, withdrawn.

use super::{Changed, alter, new_id};
use crate::{
    acts, books,
    decide::{self, Draft, Farewell},
    model::{Dataset, State},
    plans::{self, Consent},
    store,
};
use civic::{Actor, Moment};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use web::{Refusal, Stop, Town};

/// Names that are tried for a dataset whose title others have too.
const NAMES_TRIED: usize = 50;

/// Where a dataset comes from, when it is taken over.
#[derive(Debug, Clone, Default)]
pub struct From {
    /// The catalogue; empty for none.
    pub source: String,
    /// What it is called there.
    pub source_id: String,
}

/// Makes a dataset that only its publishers see.
///
/// # Errors
/// Refusals, one for each thing to put right; `dataset-organisation` where the mandate does not reach; `dataset-name`.
pub async fn draft(town: &Town, actor: &Actor, organisation: &str, draft: &Draft, from: From) -> Result<Dataset, Stop> {
    let meta = decide::read_meta(draft).map_err(Stop::Refused)?;
    let wanted = draft.name.trim().to_owned();
    if !wanted.is_empty() && !decide::is_name(&wanted) {
        return Err(Refusal::new("dataset-name").at("name").into());
    }
    let (now, actor, code) = (town.now(), actor.clone(), organisation.to_owned());
    let id = new_id(now, town.chance());
    let made = town.db().write(move |tx| {
        let found = organisations::by_code(tx, &code)?.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.id)));
        let organisation = found.ok_or_else(|| Refusal::new("dataset-organisation").at("organisation"))?;
        let name = if wanted.is_empty() {
            free_name(tx, &decide::name_of(meta.title.in_language(civic::Language::En)))?
        } else if store::name_is_taken(tx, &wanted)? {
            return Err(Refusal::conflict("dataset-name-taken").at("name").with("name", wanted).into());
        } else {
            wanted
        };
        let dataset = Dataset {
            id,
            name,
            organisation: organisation.id,
            state: State::Draft,
            meta,
            made_at: now,
            updated_at: now,
            version: 1,
            source: from.source,
            source_id: from.source_id,
            resources: Vec::new(),
        };
        store::insert(tx, &dataset)?;
        tx.commit(OffRecord("a draft is nobody else's yet"), dataset).map_err(Stop::from)
    });
    let dataset = made.await?;
    books::refresh(town.clone()).await?;
    Ok(dataset)
}

fn free_name(tx: &mut Tx<'_>, wanted: &str) -> Result<String, DbError> {
    for number in 1..=NAMES_TRIED {
        let name = if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
        if !store::name_is_taken(tx, &name)? && decide::is_name(&name) {
            return Ok(name);
        }
    }
    Err(DbError::Other("no free name was found for a dataset".to_owned()))
}

/// Changes what is said of a dataset.
///
/// # Errors
/// As [`draft`]; `changed-meanwhile` (409); `NotFound` where the mandate does not reach.
pub async fn change(town: &Town, actor: &Actor, name: &str, seen: Option<i64>, draft: &Draft) -> Result<Dataset, Stop> {
    let meta = decide::read_meta(draft).map_err(Stop::Refused)?;
    let change = move |_: &mut Tx<'_>, dataset: &mut Dataset, _: Moment| {
        let what = decide::differences(&dataset.meta, &meta);
        let before = std::mem::replace(&mut dataset.meta, meta);
        (dataset.meta.withdrawn_why, dataset.meta.replaced_by) = (before.withdrawn_why, before.replaced_by);
        if dataset.is_public() {
            decide::may_publish(dataset).map_err(Stop::Refused)?;
        }
        Ok(Changed { saying: "dataset.changed", what, ..Changed::default() })
    };
    alter(town, actor, name, seen, change).await
}

/// Shows a dataset to everybody; where it was withdrawn before, without the files of before, but for those it still has. In an agency where one submits and another one publishes, the first time it is submitted.
///
/// # Errors
/// What is missing, one refusal each; `changed-meanwhile` (409) where it is not as it was seen; `NotFound` where the mandate does not
/// reach.
pub async fn publish(town: &Town, actor: &Actor, name: &str, seen: Option<i64>) -> Result<Dataset, Stop> {
    make_public(town, actor, name, seen, false).await
}

/// The same, where the files of before it was withdrawn are public again too.
///
/// # Errors
/// As [`publish`].
pub async fn publish_with_older(town: &Town, actor: &Actor, name: &str, seen: Option<i64>) -> Result<Dataset, Stop> {
    make_public(town, actor, name, seen, true).await
}

async fn make_public(
    town: &Town,
    actor: &Actor,
    name: &str,
    seen: Option<i64>,
    shows_older: bool,
) -> Result<Dataset, Stop> {
    let who = actor.clone();
    let change = move |tx: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        decide::may_publish(dataset).map_err(Stop::Refused)?;
        Ok(Changed { saying: show(tx, dataset, &who, now)?, shows_older, ..Changed::default() })
    };
    alter(town, actor, name, seen, change).await
}

/// Makes a dataset public where that is agreed, else notes who wants it; what is to be said of it.
pub(crate) fn show(
    tx: &mut Tx<'_>,
    dataset: &mut Dataset,
    actor: &Actor,
    now: Moment,
) -> Result<&'static str, DbError> {
    let mut plan = store::plan(tx, &dataset.id)?.unwrap_or_default();
    let needs_approval = !dataset.is_public() && store::needs_approval(tx, dataset.organisation)?;
    let saying = match plans::consent(&plan, needs_approval, actor, now) {
        Consent::Now => {
            dataset.state = decide::published(dataset.state, now);
            (dataset.meta.withdrawn_why, dataset.meta.replaced_by) = (String::new(), String::new());
            store::drop_plan(tx, &dataset.id)?;
            return Ok("dataset.published");
        }
        Consent::Waits => {
            plan.submitted_by.clone_from(&actor.handle);
            "dataset.submitted"
        }
        Consent::AtItsTime => {
            plan.approved_by.clone_from(&actor.handle);
            "dataset.approved"
        }
    };
    store::put_plan(tx, &dataset.id, &plan)?;
    Ok(saying)
}

/// Takes a dataset back. Its address says that it was there; a draft, which nobody else has seen, is gone.
///
/// # Errors
/// `NotFound` where the mandate does not reach; `changed-meanwhile` (409) where it is not as it was seen; as [`Farewell::read`].
pub async fn withdraw(
    town: &Town,
    actor: &Actor,
    name: &str,
    seen: Option<i64>,
    farewell: &Farewell,
) -> Result<Dataset, Stop> {
    let farewell = farewell.read().map_err(Stop::Refused)?;
    if let Some(gone) = discard(town, actor, name, seen).await? {
        return Ok(gone);
    }
    let change = move |_: &mut Tx<'_>, dataset: &mut Dataset, now: Moment| {
        dataset.state = State::Withdrawn { since: now };
        (dataset.meta.withdrawn_why, dataset.meta.replaced_by) = (farewell.why, farewell.replaced_by);
        Ok(Changed { saying: "dataset.withdrawn", what: Vec::new(), ..Changed::default() })
    };
    alter(town, actor, name, seen, change).await
}

/// Throws a draft away; `None` where it is none.
async fn discard(town: &Town, actor: &Actor, name: &str, seen: Option<i64>) -> Result<Option<Dataset>, Stop> {
    let (actor, name) = (actor.clone(), name.to_owned());
    let discarded = town.db().write(move |tx| {
        let found = store::to_change(tx, &name)?.filter(|one| actor.may_for(&acts::PUBLISH, Some(one.organisation)));
        let found = found.filter(|one| matches!(one.state, State::Draft));
        if let Some(draft) = &found {
            if seen.is_some_and(|seen| seen != draft.version) {
                return Err(Refusal::conflict("changed-meanwhile").into());
            }
            store::remove_draft(tx, &draft.id)?;
        }
        tx.commit(OffRecord("a draft is nobody else's yet"), found).map_err(Stop::from)
    });
    let discarded = discarded.await?;
    books::refresh(town.clone()).await?;
    Ok(discarded)
}
