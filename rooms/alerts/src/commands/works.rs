//! A public body announces works, changes them, and calls them off.

use crate::{
    acts,
    decide::{AskedWorks, Plan, decide_works, may_change},
    model::Works,
    store,
};
use civic::{Actor, Chance, Code, Moment, OrganisationId, Place};
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use places::Districts;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// The shortest code, in characters after `W-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;

/// Works as they were typed; see [`announce_works`].
pub type Announcement = AskedWorks;

/// Announces works.
///
/// # Errors
/// All there is to put right; `NotAllowed` for another agency's.
pub async fn announce_works(town: &Town, actor: Actor, asked: Announcement) -> Result<Works, Stop> {
    let decided = decide(town, &asked);
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let organisation = own_organisation(tx, &actor, &asked.organisation)?;
            let plan = decided.map_err(Stop::Refused)?;
            let works = planned(plan, organisation.id, free_code(tx, &*chance)?, now);
            store::insert(tx, &works)?;
            let entry = entry(&works, &organisation, "works.announced", &actor, now, &*chance)?;
            tx.commit(entry, works).map_err(Stop::from)
        })
        .await
}

fn decide(town: &Town, asked: &Announcement) -> Result<Plan, Vec<Refusal>> {
    let districts = town.part::<Districts>();
    let degrees = asked.lat.trim().parse().ok().zip(asked.long.trim().parse().ok());
    let pin = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok());
    let district = pin.and_then(|pin| districts.locate(pin));
    let outside_m = pin.filter(|_| district.is_none()).map_or(0, |pin| districts.distance_m(pin));
    let mut refusals = Vec::new();
    if pin.is_none() && !asked.district.is_empty() && districts.name(&asked.district).is_none() {
        refusals.push(Refusal::new("alerts-district").at("district"));
    }
    match decide_works(asked, (district, outside_m), town.now(), &town.settings().zone) {
        Ok(plan) if refusals.is_empty() => Ok(plan),
        Ok(_) => Err(refusals),
        Err(more) => Err(refusals.into_iter().chain(more).collect()),
    }
}

fn planned(plan: Plan, organisation: OrganisationId, code: Code, now: Moment) -> Works {
    let Plan { title, words, place, spot, from_at, until_at } = plan;
    Works {
        code,
        organisation,
        title,
        words,
        place,
        spot,
        from_at,
        until_at,
        made_at: now,
        changed_at: now,
        called_off_at: None,
        version: 1,
    }
}

/// Changes works that are not over.
///
/// # Errors
/// All there is to put right; `works-stale` where somebody changed them since the form was made; `NotAllowed`.
pub async fn change_works(
    town: &Town,
    actor: Actor,
    (code, seen_version): (String, i64),
    asked: Announcement,
) -> Result<Works, Stop> {
    let decided = decide(town, &asked);
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let (was, organisation) = own_works(tx, &actor, &code)?;
            may_change(&was, seen_version, now)?;
            let plan = decided.map_err(Stop::Refused)?;
            let new = planned(plan, was.organisation, was.code.clone(), now);
            let works = Works { made_at: was.made_at, version: was.version + 1, ..new };
            keep(tx, &works, was.version)?;
            let entry = entry(&works, &organisation, "works.changed", &actor, now, &*chance)?;
            tx.commit(entry, works).map_err(Stop::from)
        })
        .await
}

/// Calls works off. They stay in calendars as cancelled.
///
/// # Errors
/// As [`change_works`].
pub async fn call_off_works(town: &Town, actor: Actor, (code, seen_version): (String, i64)) -> Result<Works, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let (was, organisation) = own_works(tx, &actor, &code)?;
            may_change(&was, seen_version, now)?;
            let read_version = was.version;
            let works = Works { called_off_at: Some(now), changed_at: now, version: read_version + 1, ..was };
            keep(tx, &works, read_version)?;
            let entry = entry(&works, &organisation, "works.called-off", &actor, now, &*chance)?;
            tx.commit(entry, works).map_err(Stop::from)
        })
        .await
}

fn keep(tx: &mut Tx<'_>, works: &Works, read_version: i64) -> Result<(), Stop> {
    if store::save(tx, works, read_version)? { Ok(()) } else { Err(Refusal::conflict("works-stale").into()) }
}

fn own_organisation(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Organisation, Stop> {
    let found = organisations::list(tx)?.into_iter().find(|one| one.code == code);
    let organisation = found.ok_or_else(|| Refusal::new("works-organisation").at("organisation"))?;
    if actor.may_for(&acts::WORKS, Some(organisation.id)) { Ok(organisation) } else { Err(Stop::NotAllowed) }
}

fn own_works(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<(Works, Organisation), Stop> {
    let works = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let organisation = organisations::list(tx)?.into_iter().find(|one| one.id == works.organisation);
    let organisation = organisation.ok_or(Stop::NotFound)?;
    if actor.may_for(&acts::WORKS, Some(organisation.id)) { Ok((works, organisation)) } else { Err(Stop::NotAllowed) }
}

/// Public: where, when, whose. Sealed: the words.
fn entry(
    works: &Works,
    organisation: &Organisation,
    saying: &'static str,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let place = works.spot.place.map(|place| json!({"lat_micro": place.lat_micro(), "long_micro": place.long_micro()}));
    let what = json!({
        "organisation": organisation.code, "district": works.spot.district, "place": place,
        "from": works.from_at.rfc3339(), "until": works.until_at.rfc3339(),
    });
    let words = json!({"title": works.title, "words": works.words, "place": works.place});
    Entry::about(works.subject(), saying, actor, now, chance).publicly(&what)?.privately(&words, chance)
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'W', CODE_LENGTH, chance, store::is_code_taken)
}
