//! Looking at a directory, taking it over, undoing that.

use super::{
    Plan, decide,
    read::{self, Reading},
    store::{self, PastImport},
};
use crate::{acts, commands::fresh, model::Service, store as rooms};
use civic::{Actor, EntryId, Language, LocalText, OrganisationId};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use web::{Refusal, Stop, Town};

/// Days for which an import can be undone.
const UNDO_DAYS: i64 = 30;
/// Bytes of a file.
pub const FILE_LIMIT_BYTES: usize = 4 * 1024 * 1024;
/// Characters of its name that are kept.
const NAME_LIMIT: usize = 120;
const PRIVATE: OffRecord = OffRecord("a draft is not public; publishing is recorded");

/// What is to be taken over.
#[derive(Debug, Clone)]
pub struct Look {
    /// The code of the agency that will answer for the services.
    pub organisation: String,
    /// The language in which the directory is written.
    pub language: Language,
    /// What the file is called.
    pub name: String,
    /// The JSON.
    pub text: String,
}

/// What was taken over.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The id of the import; `None` where nothing was made or changed.
    pub id: Option<String>,
    /// What it did.
    pub plan: Plan,
}

fn planned(tx: &mut Tx<'_>, town: &Town, actor: &Actor, look: &Look) -> Result<(OrganisationId, Plan), Stop> {
    let found = organisations::by_code(tx, &look.organisation)?;
    let organisation = found.filter(|one| actor.may_for(&acts::KEEP, Some(one.id)));
    let organisation = organisation.ok_or_else(|| Refusal::new("service-organisation").at("organisation"))?;
    if look.text.len() > FILE_LIMIT_BYTES {
        return Err(Refusal::new("hsds-large").at("file").with("most", FILE_LIMIT_BYTES / 1_048_576).into());
    }
    let reading = Reading { language: look.language, currency: town.settings().currency };
    let (offered, asides) = read::read(&look.text, reading, &fresh(LocalText::plain("")))?;
    let (services, written) = (rooms::services_all(tx)?, store::written(tx)?);
    let may_keep = |one: &Service| actor.may_for(&acts::KEEP, Some(one.organisation));
    Ok((organisation.id, decide::plan(offered, asides, &services, &written, may_keep)))
}

/// What taking it over would do; nothing is kept.
///
/// # Errors
/// `service-organisation`; what is wrong with the whole file.
pub async fn look(town: &Town, actor: Actor, look: Look) -> Result<Plan, Stop> {
    let own = town.clone();
    town.db().read(move |tx| planned(tx, &own, &actor, &look).map(|(_, plan)| plan)).await
}

/// Takes it over as drafts. Nothing is published by it.
///
/// # Errors
/// As [`look`]; `hsds-edited` where somebody worked on one of the drafts while it was taken over: asked again, that one is set aside.
pub async fn take(town: &Town, actor: Actor, look: Look) -> Result<Imported, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let (organisation, plan) = planned(tx, &own, &actor, &look)?;
            if plan.makes.is_empty() && plan.changes.is_empty() {
                return tx.commit(PRIVATE, Imported { id: None, plan }).map_err(Stop::from);
            }
            for (code, id, draft) in &plan.makes {
                let service = Service {
                    code: code.clone(),
                    id: id.clone(),
                    organisation,
                    draft: draft.clone(),
                    published: None,
                    number: 0,
                    version: 1,
                    updated_at: now,
                    published_at: None,
                };
                // Of two imports at once the second comes here: it finds the codes of the first taken, and does nothing.
                if !rooms::add_service(tx, &service)? {
                    return Err(Refusal::conflict("service-code-taken").at("file").into());
                }
            }
            for (code, before, after) in &plan.changes {
                let mut service = rooms::service_to_change(tx, code)?.ok_or(DbError::NotFound)?;
                // The plan read it without holding it.
                if !actor.may_for(&acts::KEEP, Some(service.organisation)) || !decide::is_untouched(&service, before) {
                    return Err(Refusal::conflict("hsds-edited").at("file").with("code", code.as_str()).into());
                }
                service.draft = after.clone();
                (service.version, service.updated_at) = (service.version + 1, now);
                rooms::update_service(tx, &service)?;
            }
            let count = |all: usize| all as i64;
            let past = PastImport {
                id: EntryId::new(now, &*chance).text(),
                organisation,
                at: now,
                actor: actor.handle.clone(),
                name: look.name.chars().take(NAME_LIMIT).collect(),
                counts: [
                    count(plan.makes.len()),
                    count(plan.changes.len()),
                    count(plan.same.len()),
                    count(plan.asides.len()),
                ],
                undone_at: None,
            };
            store::keep(tx, &past, &plan)?;
            tx.commit(PRIVATE, Imported { id: Some(past.id), plan }).map_err(Stop::from)
        })
        .await
}

/// What undoing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Services that are gone again, or as they were.
    pub undone: Vec<String>,
    /// Services on which somebody worked since, or that another agency keeps by now; they stay.
    pub left: Vec<String>,
}

/// Undoes an import, as far as nobody worked on what it wrote and the actor's mandate reaches.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `hsds-undone`, `hsds-undo-late`.
pub async fn undo(town: &Town, actor: Actor, id: String) -> Result<Undone, Stop> {
    let now = town.now();
    town.db()
        .write(move |tx| {
            let found = store::to_change(tx, &id)?;
            let import =
                found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation))).ok_or(Stop::NotFound)?;
            if import.undone_at.is_some() {
                return Err(Refusal::conflict("hsds-undone").into());
            }
            if now > import.at.plus_days(UNDO_DAYS) {
                return Err(Refusal::conflict("hsds-undo-late").with("days", UNDO_DAYS).into());
            }
            let mut done = Undone::default();
            for (code, before, after) in store::rows(tx, &id)? {
                let Some(mut service) = rooms::service_to_change(tx, &code)? else { continue };
                if !actor.may_for(&acts::KEEP, Some(service.organisation)) {
                    done.left.push(code);
                    continue;
                }
                let is_used = store::is_used(tx, &code)?;
                match decide::undo(&service, before.as_ref(), &after, is_used) {
                    decide::Undo::Leaves => {
                        done.left.push(code);
                        continue;
                    }
                    decide::Undo::Drops => store::drop_service(tx, &code)?,
                    decide::Undo::Restores(before) => {
                        service.draft = *before;
                        (service.version, service.updated_at) = (service.version + 1, now);
                        rooms::update_service(tx, &service)?;
                    }
                }
                done.undone.push(code);
            }
            store::set_undone(tx, &id, now)?;
            tx.commit(PRIVATE, done).map_err(Stop::from)
        })
        .await
}
