//! Keeping, changing and retiring letters; and what one says in a case.

use super::{
    LetterTemplate, Written, decide,
    store::{self, TEMPLATES_LIMIT},
};
use crate::{acts, model::Application, store as rooms};
use civic::{Actor, EntryId, OrganisationId};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord =
    OffRecord("a kept letter is the office's own paper; what is sent is kept with each application");

/// Keeps a new letter.
///
/// # Errors
/// `service-organisation` where the actor's mandate does not reach; `letter-template-taken`, `letter-templates-many`; what [`decide::check`] finds.
pub async fn keep(town: &Town, actor: Actor, written: Written) -> Result<LetterTemplate, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = organisations::by_code(tx, &written.organisation)?;
            let organisation = found.filter(|one| actor.may_for(&acts::KEEP, Some(one.id)));
            let organisation = organisation.ok_or_else(|| Refusal::new("service-organisation").at("organisation"))?.id;
            let texts = decide::check(&written, organisation, &rooms::services_all(tx)?).map_err(Stop::Refused)?;
            let one = LetterTemplate {
                id: EntryId::new(now, &*chance).text(),
                organisation,
                service: Some(written.service).filter(|service| !service.is_empty()),
                name: written.name.trim().to_owned(),
                texts,
                version: 1,
                changed_at: now,
                retired_at: None,
            };
            named(tx, &one)?;
            store::add(tx, &one)?;
            tx.commit(PRIVATE, one).map_err(Stop::from)
        })
        .await
}

/// Writes one anew; `seen_version` is that of the page it was written on.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach, or it is retired; `letter-template-stale`; else as [`keep`].
pub async fn change(
    town: &Town,
    actor: Actor,
    id: String,
    seen_version: i64,
    written: Written,
) -> Result<LetterTemplate, Stop> {
    let now = town.now();
    town.db()
        .write(move |tx| {
            let mut one = held(tx, &actor, &id, seen_version)?;
            one.texts = decide::check(&written, one.organisation, &rooms::services_all(tx)?).map_err(Stop::Refused)?;
            one.service = Some(written.service).filter(|service| !service.is_empty());
            written.name.trim().clone_into(&mut one.name);
            (one.version, one.changed_at) = (one.version + 1, now);
            named(tx, &one)?;
            store::update(tx, &one)?;
            tx.commit(PRIVATE, one).map_err(Stop::from)
        })
        .await
}

/// Offers it no more. What was sent with it stays as it is.
///
/// # Errors
/// As [`change`].
pub async fn retire(town: &Town, actor: Actor, id: String, seen_version: i64) -> Result<(), Stop> {
    let now = town.now();
    town.db()
        .write(move |tx| {
            let mut one = held(tx, &actor, &id, seen_version)?;
            (one.version, one.changed_at, one.retired_at) = (one.version + 1, now, Some(now));
            store::update(tx, &one)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// One in use that the actor may write, as it was seen.
fn held(tx: &mut Tx<'_>, actor: &Actor, id: &str, seen_version: i64) -> Result<LetterTemplate, Stop> {
    let found = store::to_change(tx, id)?.filter(|one| one.retired_at.is_none());
    let one = found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation))).ok_or(Stop::NotFound)?;
    if one.version != seen_version {
        return Err(Refusal::conflict("letter-template-stale").into());
    }
    Ok(one)
}

/// Under the lock of the names: whether there is room for it, and its name is free.
fn named(tx: &mut Tx<'_>, one: &LetterTemplate) -> Result<(), Stop> {
    store::lock_names(tx)?;
    let others = store::of_organisations(tx, &[one.organisation])?;
    let mut others = others.iter().filter(|other| other.id != one.id);
    if others.clone().count() >= TEMPLATES_LIMIT {
        return Err(Refusal::new("letter-templates-many").with("most", TEMPLATES_LIMIT).into());
    }
    if others.any(|other| other.name == one.name) {
        return Err(Refusal::conflict("letter-template-taken").at("name").into());
    }
    Ok(())
}

/// Those that are for all of these applications, by name: a letter for one service is not sent to who applied for another.
///
/// # Errors
/// Those of the database.
pub fn offered(tx: &mut Tx<'_>, applications: &[Application]) -> Result<Vec<LetterTemplate>, DbError> {
    let mut agencies: Vec<OrganisationId> = applications.iter().map(|one| one.organisation).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let all = store::of_organisations(tx, &agencies)?;
    Ok(all.into_iter().filter(|one| decide::is_for_all(one, applications)).collect())
}

/// One in use of an agency for which the actor handles applications.
///
/// # Errors
/// `letter-template-none` where there is none for this actor.
fn seen_from_desk(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<LetterTemplate, Stop> {
    let found = store::by_id(tx, id)?.filter(|one| one.retired_at.is_none());
    let own = found.filter(|one| actor.may_for(&acts::HANDLE, Some(one.organisation)));
    own.ok_or_else(|| Refusal::new("letter-template-none").at("template").into())
}

/// One that is for all of these applications.
///
/// # Errors
/// `letter-template-none` where there is none for this actor; `letter-template-other` where it is for another service.
pub fn chosen(tx: &mut Tx<'_>, actor: &Actor, id: &str, applications: &[Application]) -> Result<LetterTemplate, Stop> {
    let one = seen_from_desk(tx, actor, id)?;
    if !decide::is_for_all(&one, applications) {
        return Err(Refusal::new("letter-template-other").at("template").with("name", one.name.as_str()).into());
    }
    Ok(one)
}

/// What it says in the language of an application, with its fields still in braces.
///
/// # Errors
/// As [`chosen`].
pub fn text_for(tx: &mut Tx<'_>, actor: &Actor, id: &str, application: &Application) -> Result<String, Stop> {
    let one = chosen(tx, actor, id, std::slice::from_ref(application))?;
    Ok(one.texts.in_language(application.language).to_owned())
}
