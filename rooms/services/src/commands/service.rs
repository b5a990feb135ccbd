//! Services are written, and published by version.

use crate::{
    acts,
    decide::{check_definition, is_code},
    model::{Definition, SERVICE, SERVICES_LIMIT, Service},
    pilot, store,
};
use civic::{Actor, EntryId, LocalText, Subject};
use database::{DbError, OffRecord};
use people::organisations;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// A service to begin.
#[derive(Debug, Clone)]
pub struct NewService {
    /// Its name in addresses.
    pub code: String,
    /// The code of the organisation that answers for it.
    pub organisation: String,
    /// What it is called.
    pub title: Option<LocalText>,
}

/// Begins a service, as yet unpublished.
///
/// # Errors
/// `service-code`, `service-code-taken`, `service-title`, `service-organisation`, `services-many`.
pub async fn create(town: &Town, actor: Actor, new: NewService) -> Result<Service, Stop> {
    let mut refusals = Vec::new();
    if !is_code(&new.code) {
        refusals.push(Refusal::new("service-code").at("code"));
    }
    let Some(title) = new.title.filter(|_| refusals.is_empty()) else {
        refusals.push(Refusal::new("service-title").at("title-en"));
        return Err(Stop::Refused(refusals));
    };
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = organisations::by_code(tx, &new.organisation)?;
            let organisation = found.filter(|one| actor.may_for(&acts::KEEP, Some(one.id)));
            let organisation = organisation.ok_or_else(|| Refusal::new("service-organisation").at("organisation"))?;
            if store::services_all(tx)?.len() as i64 >= SERVICES_LIMIT {
                return Err(Refusal::new("services-many").with("most", SERVICES_LIMIT).into());
            }
            let service = Service {
                code: new.code,
                id: EntryId::new(now, &*chance).text(),
                organisation: organisation.id,
                draft: fresh(title),
                published: None,
                number: 0,
                version: 1,
                updated_at: now,
                published_at: None,
            };
            if !store::add_service(tx, &service)? {
                return Err(Refusal::conflict("service-code-taken").at("code").into());
            }
            tx.commit(OffRecord("a draft is not public; publishing is recorded"), service).map_err(Stop::from)
        })
        .await
}

/// A definition in which nothing is said but the title.
pub(crate) fn fresh(title: LocalText) -> Definition {
    Definition {
        summary: title.clone(),
        title,
        who: None,
        need: None,
        cost: None,
        cost_cents: None,
        law: None,
        law_url: String::new(),
        complaints: None,
        counter: None,
        phone: String::new(),
        keywords: String::new(),
        events: Vec::new(),
        online: true,
        answer_days: 20,
        appeal_days: 30,
        four_eyes: false,
        form: forms::Form::default(),
        rules: String::new(),
        rule_tests: String::new(),
        charges: crate::model::Charges::Never,
        joint: crate::joint::Joint::default(),
        each_page: String::new(),
    }
}

/// Keeps a draft as it is written; `seen_version` is that of the page it was written on.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `service-stale` where somebody else changed it meanwhile; what
/// [`check_definition`] finds.
pub async fn save(
    town: &Town,
    actor: Actor,
    code: String,
    seen_version: i64,
    draft: Definition,
) -> Result<Service, Stop> {
    check_definition(&draft, false).map_err(Stop::Refused)?;
    let now = town.now();
    town.db()
        .write(move |tx| {
            let found =
                store::service_to_change(tx, &code)?.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation)));
            let mut service = found.ok_or(Stop::NotFound)?;
            if service.version != seen_version {
                return Err(Refusal::conflict("service-stale").into());
            }
            service.draft = draft;
            (service.version, service.updated_at) = (service.version + 1, now);
            store::update_service(tx, &service)?;
            tx.commit(OffRecord("a draft is not public; publishing is recorded"), service).map_err(Stop::from)
        })
        .await
}

/// Puts what is written in force, under the next number.
///
/// # Errors
/// As [`save`]; what is missing for the public; `service-same` where nothing changed.
pub async fn publish(town: &Town, actor: Actor, code: String, seen_version: i64) -> Result<Service, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found =
                store::service_to_change(tx, &code)?.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation)));
            let mut service = found.ok_or(Stop::NotFound)?;
            if service.version != seen_version {
                return Err(Refusal::conflict("service-stale").into());
            }
            check_definition(&service.draft, true).map_err(Stop::Refused)?;
            if service.published.as_ref() == Some(&service.draft) {
                return Err(Refusal::new("service-same").into());
            }
            if pilot::open_pilot(tx, &code)?.is_some() {
                return Err(Refusal::conflict("pilot-open").into());
            }
            service.published = Some(service.draft.clone());
            (service.number, service.version) = (store::next_number(tx, &code)?, service.version + 1);
            (service.published_at, service.updated_at) = (Some(now), now);
            store::update_service(tx, &service)?;
            store::add_version(tx, &service, &actor.handle, now)?;
            let organisation = organisations::by_id(tx, service.organisation)?.ok_or(DbError::NotFound)?;
            let subject = Subject::new(SERVICE, service.code.clone());
            let what = json!({"organisation": organisation.code, "service": service.code, "number": service.number});
            let entry = Entry::about(subject, "service.published", &actor, now, &*chance).publicly(&what)?;
            tx.commit(entry, service).map_err(Stop::from)
        })
        .await
}
