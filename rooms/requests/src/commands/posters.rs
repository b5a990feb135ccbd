//! An officer makes a notice for a spot, and takes it down.

use super::open::locate;
use crate::{
    acts,
    decide::{self, Where},
    room::Books,
    store::{self, Poster},
};
use civic::{Actor, Chance, Code, Subject, SubjectKind};
use database::{DbError, Tx};
use places::Districts;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

pub use crate::decide::PosterOrder;

/// The kind of a notice as a subject.
pub const POSTER: SubjectKind = SubjectKind("request-poster");

/// The shortest code, in characters after `P-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;

/// Makes a notice.
///
/// # Errors
/// All there is to put right; `NotAllowed` for a category that another agency answers for.
pub async fn make_poster(town: &Town, actor: Actor, order: PosterOrder) -> Result<Poster, Stop> {
    let category = town.part::<Books>().categories().get(&order.category).filter(|category| category.active).cloned();
    let pin = decide::pin_of(order.lat.as_deref(), order.long.as_deref()).ok().flatten();
    let located = pin.map_or(Where::NoPin, |pin| locate(town.part::<Districts>(), pin));
    let spot = decide::decide_poster(&order, category.is_some(), &located).map_err(Stop::Refused)?;
    let category = category.ok_or(Stop::NotFound)?;
    if !actor.may_for(&acts::POSTERS, Some(category.organisation)) {
        return Err(Refusal::new("poster-other-agency").at("category").into());
    }
    let (now, chance) = (town.now(), town.chance_handle());
    let made = town.db().write(move |tx| {
        let poster = Poster {
            code: free_code(tx, &*chance)?,
            category: category.code.clone(),
            organisation: category.organisation,
            district: spot.district,
            place: spot.place,
            address: spot.address,
            asset: spot.asset,
            made_at: now,
            made_by: actor.handle.clone(),
            withdrawn_at: None,
        };
        store::insert_poster(tx, &poster)?;
        let subject = Subject::new(POSTER, poster.code.as_str());
        let what = json!({"category": poster.category, "district": poster.district});
        let entry = Entry::about(subject, "request-poster.made", &actor, now, &*chance).publicly(&what)?;
        let words = json!({"address": poster.address, "asset": poster.asset});
        tx.commit(entry.privately(&words, &*chance)?, poster)
    });
    made.await.map_err(|error: DbError| error.into())
}

/// Takes a notice down: its code opens an empty report from now on.
///
/// # Errors
/// `NotFound` for one that is not there or hangs no more; `NotAllowed` for another agency's.
pub async fn withdraw_poster(town: &Town, actor: Actor, code: String) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let poster = store::poster(tx, &code)?.ok_or(Stop::NotFound)?;
            if !actor.may_for(&acts::POSTERS, Some(poster.organisation)) {
                return Err(Stop::NotAllowed);
            }
            if !store::withdraw_poster(tx, &code, now)? {
                return Err(Stop::NotFound);
            }
            let what = json!({"category": poster.category, "district": poster.district});
            let subject = Subject::new(POSTER, code);
            let entry = Entry::about(subject, "request-poster.withdrawn", &actor, now, &*chance).publicly(&what)?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'P', CODE_LENGTH, chance, |tx, code| store::poster(tx, code).map(|found| found.is_some()))
}
