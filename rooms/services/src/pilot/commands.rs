//! A pilot begins and ends.

use super::{
    model::{Ending, Pilot},
    store,
};
use crate::{
    acts,
    decide::check_definition,
    model::{Definition, SERVICE, Service},
};
use civic::{Actor, EntryId, Language, LocalText, Subject};
use database::Tx;
use people::organisations;
use record::{Entries, Entry};
use serde_json::json;
use web::{Refusal, Stop, Town};

/// The least and the most of a hundred that get the other version.
pub const SHARE_LEAST: i64 = 5;
/// See [`SHARE_LEAST`].
pub const SHARE_MOST: i64 = 95;
/// Characters of why.
const WHY_LIMIT: usize = 1_000;

fn own(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Service, Stop> {
    let found = crate::store::service_to_change(tx, code)?;
    found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation))).ok_or(Stop::NotFound)
}

/// Whether two versions decide alike: chance may choose how somebody is asked, never what they are entitled to, what they pay, or how long
/// they may appeal.
fn decides_alike(one: &Definition, other: &Definition) -> bool {
    one.rules == other.rules
        && one.rule_tests == other.rule_tests
        && one.charges == other.charges
        && one.cost_cents == other.cost_cents
        && one.four_eyes == other.four_eyes
        && one.appeal_days == other.appeal_days
        && one.answer_days == other.answer_days
        && one.online == other.online
        && one.joint == other.joint
}

/// Begins a pilot: so many of a hundred new applications are written with the draft.
///
/// # Errors
/// `NotFound` where the mandate does not reach; `service-stale`; `pilot-open`; `pilot-share`; `pilot-why`; `words-long` at each language of it; `pilot-rules` where the two would decide
/// differently; `service-same`; what is missing for the public.
pub async fn begin(
    town: &Town,
    actor: Actor,
    code: String,
    seen_version: i64,
    (share_percent, why): (i64, Option<LocalText>),
) -> Result<Pilot, Stop> {
    if !(SHARE_LEAST..=SHARE_MOST).contains(&share_percent) {
        return Err(Refusal::new("pilot-share").at("share").with("least", SHARE_LEAST).with("most", SHARE_MOST).into());
    }
    let why = why.ok_or_else(|| Refusal::new("pilot-why").at("pilot-why-en"))?;
    let is_long = |one: &Language| why.exactly(*one).is_some_and(|text| text.chars().count() > WHY_LIMIT);
    let long = |one: Language| Refusal::new("words-long").at(why_field(one)).with("most", WHY_LIMIT);
    let too_long: Vec<Refusal> = Language::ALL.into_iter().filter(is_long).map(long).collect();
    if !too_long.is_empty() {
        return Err(Stop::Refused(too_long));
    }
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let service = own(tx, &actor, &code)?;
            if service.version != seen_version {
                return Err(Refusal::conflict("service-stale").into());
            }
            let in_force = service.published.as_ref().ok_or_else(|| Refusal::new("pilot-unpublished"))?;
            if store::open_pilot(tx, &code)?.is_some() {
                return Err(Refusal::conflict("pilot-open").into());
            }
            check_definition(&service.draft, true).map_err(Stop::Refused)?;
            if *in_force == service.draft {
                return Err(Refusal::new("service-same").into());
            }
            if !decides_alike(in_force, &service.draft) {
                return Err(Refusal::new("pilot-rules").into());
            }
            let number_b = crate::store::next_number(tx, &code)?;
            crate::store::add_version_as(tx, &code, number_b, &service.draft, &actor.handle, now)?;
            let pilot = Pilot {
                id: EntryId::new(now, &*chance).text(),
                service: code.clone(),
                number_a: service.number,
                number_b,
                share_percent,
                why,
                begun_at: now,
                begun_a: 0,
                begun_b: 0,
                ended: None,
            };
            store::add(tx, &pilot, &actor.handle)?;
            let what = json!({"service": code, "number": number_b, "share": share_percent});
            let about = Subject::new(SERVICE, code);
            let entry = Entry::about(about, "service.pilot-begun", &actor, now, &*chance).publicly(&what)?;
            tx.commit(entry, pilot).map_err(Stop::from)
        })
        .await
}

/// The field in which is said why, in a language.
fn why_field(language: Language) -> &'static str {
    match language {
        Language::En => "pilot-why-en",
        Language::Es => "pilot-why-es",
        Language::Ar => "pilot-why-ar",
    }
}

/// Ends the pilot; what was begun goes on with its version.
///
/// # Errors
/// `NotFound` where the mandate does not reach, or there is none.
pub async fn end(town: &Town, actor: Actor, code: String, ending: Ending) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let mut service = own(tx, &actor, &code)?;
            let pilot = store::open_pilot(tx, &code)?.ok_or(Stop::NotFound)?;
            store::end(tx, &pilot.id, ending, now)?;
            let about = || Subject::new(SERVICE, code.clone());
            let what = json!({"service": code, "number": pilot.number_b, "ending": ending.word()});
            let mut entries =
                vec![Entry::about(about(), "service.pilot-ended", &actor, now, &*chance).publicly(&what)?];
            if ending == Ending::Adopted {
                service.published = crate::store::version_of(tx, &code, pilot.number_b)?;
                (service.number, service.version) = (pilot.number_b, service.version + 1);
                (service.published_at, service.updated_at) = (Some(now), now);
                crate::store::update_service(tx, &service)?;
                let by = organisations::by_id(tx, service.organisation)?.ok_or(Stop::NotFound)?;
                let what = json!({"organisation": by.code, "service": code, "number": service.number});
                entries.push(Entry::about(about(), "service.published", &actor, now, &*chance).publicly(&what)?);
            }
            tx.commit(Entries(entries), ()).map_err(Stop::from)
        })
        .await
}
