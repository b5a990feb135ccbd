//! The administrator sets the districts, in public.

use crate::{
    Boundaries, BoundaryRefusal, District, Districts, Spot, acts, read_boundaries,
    store::{self, SetFacts},
};
use civic::{Actor, EntryId, Subject, SubjectKind};
use database::OffRecord;
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{Refusal, Stop, Town, frame::Mark, map::mark_svg};

/// The kind of the districts as a subject.
pub const DISTRICTS: SubjectKind = SubjectKind("districts");
/// What the record says when they are set.
pub const SET: &str = "districts.set";

/// Checks a boundary file.
///
/// # Errors
/// A refusal that says what is wrong, and where.
pub fn check_boundaries(bytes: &[u8]) -> Result<Boundaries, Refusal> {
    read_boundaries(bytes).map_err(|refusal| sentence_of(&refusal))
}

/// Keeps the districts of a file for looking at, not yet in force. Returns the id to agree to.
///
/// # Errors
/// Those of [`check_boundaries`]; `NotAllowed` without the mandate; those of the database.
pub async fn keep_boundaries(town: &Town, actor: &Actor, bytes: &[u8]) -> Result<(String, Boundaries), Stop> {
    if !actor.may_for(&acts::SET, None) {
        return Err(Stop::NotAllowed);
    }
    let boundaries = check_boundaries(bytes)?;
    let facts = SetFacts { sha256: hex::encode(Sha256::digest(bytes)), districts: boundaries.districts.clone() };
    let (now, id) = (town.now(), EntryId::new(town.now(), town.chance()).text());
    let kept = id.clone();
    town.db()
        .write(move |tx| {
            store::keep_set(tx, &id, &facts, now)?;
            tx.commit(OffRecord("looking at a file changes nothing"), ()).map_err(Stop::from)
        })
        .await?;
    Ok((kept, boundaries))
}

/// Puts kept districts in force, in public. Returns how many there are.
///
/// # Errors
/// `districts-gone` when they are in force already or were thrown away; `NotAllowed`; those of the database.
pub async fn agree_boundaries(town: &Town, actor: &Actor, id: String) -> Result<usize, Stop> {
    if !actor.may_for(&acts::SET, None) {
        return Err(Stop::NotAllowed);
    }
    let (now, chance, actor) = (town.now(), town.chance_handle(), actor.clone());
    let count = town
        .db()
        .write(move |tx| {
            let facts = store::kept_set(tx, &id)?.ok_or_else(|| Refusal::conflict("districts-gone"))?;
            let codes: Vec<&str> = facts.districts.iter().map(District::code).take(CODES_SHOWN).collect();
            let what = json!({"districts": facts.districts.len(), "sha256": facts.sha256, "codes": codes});
            let entry = Entry::about(Subject::new(DISTRICTS, "all"), SET, &actor, now, &*chance).publicly(&what)?;
            store::put_in_force(tx, &id, now)?;
            tx.commit(entry, facts.districts.len()).map_err(Stop::from)
        })
        .await?;
    refresh(town).await?;
    Ok(count)
}

/// Keeps the districts of a file and puts them in force at once.
///
/// # Errors
/// Those of [`keep_boundaries`] and [`agree_boundaries`].
pub async fn set_boundaries(town: &Town, actor: &Actor, bytes: &[u8]) -> Result<usize, Stop> {
    let (id, _) = keep_boundaries(town, actor, bytes).await?;
    agree_boundaries(town, actor, id).await
}

/// Codes of districts an entry of the record lists, so that it stays small.
const CODES_SHOWN: usize = 500;

/// Reads the districts anew when they changed, and redraws the town's mark.
///
/// # Errors
/// Those of the database.
pub async fn refresh(town: &Town) -> Result<(), database::DbError> {
    let districts = town.part::<Districts>().clone();
    let changed = town.db().read(move |tx| districts.refresh(tx)).await?;
    if changed {
        draw_mark(town);
    }
    Ok(())
}

/// Draws the town's mark from its districts.
pub fn draw_mark(town: &Town) {
    let shapes = town.part::<Districts>().shapes();
    let mark = mark_svg(&shapes).into();
    *town.part::<Mark>().0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = mark;
}

/// The refusal with the variables of its sentence.
fn sentence_of(refusal: &BoundaryRefusal) -> Refusal {
    use BoundaryRefusal as B;
    let plain = Refusal::new(refusal.code()).at("file");
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let at = |refusal: Refusal, spot: &Spot| refusal.with("at", place_in_file(spot));
    match refusal {
        B::EmptyFile | B::NoFeatures => plain,
        B::TooManyPositions => plain.with("most", whole(crate::MAX_POSITIONS)),
        B::TooManyBytes { bytes } => plain.with("bytes", whole(*bytes)).with("most", whole(crate::MAX_BYTES)),
        B::NotJson { reason } | B::RepeatedKey { reason } | B::NotGeoJson { reason } => {
            plain.with("reason", reason.clone())
        }
        B::TooManyFeatures { features } => {
            plain.with("features", whole(*features)).with("most", whole(crate::MAX_DISTRICTS))
        }
        B::RingTooLong { at: spot, positions } => {
            at(plain, spot).with("positions", whole(*positions)).with("most", whole(crate::MAX_RING_POSITIONS))
        }
        B::NoGeometry { at: spot } | B::RingEnclosesNothing { at: spot } | B::RingNotClosed { at: spot } => {
            at(plain, spot)
        }
        B::WrongGeometry { at: spot, found } => at(plain, spot).with("found", found.clone()),
        B::BadCoordinates { at: spot, reason } => at(plain, spot).with("reason", *reason),
        B::RingTooShort { at: spot, positions } => at(plain, spot).with("positions", whole(*positions)),
        B::Projected { at: spot, x, y }
        | B::LooksSwapped { at: spot, x, y }
        | B::OutsideEarth { at: spot, x, y }
        | B::CrossesItself { at: spot, x, y } => at(plain, spot).with("x", x.to_string()).with("y", y.to_string()),
        B::OtherReferenceSystem { name } => plain.with("name", name.clone()),
        B::PartsClash { at: spot, reason } => at(plain, spot).with("reason", reason.clone()),
        B::RepeatedCode { code, first, second } => {
            plain.with("code", code.clone()).with("first", whole(*first)).with("second", whole(*second))
        }
    }
}

/// Feature, polygon, ring and position, as `3/1/2/17`.
fn place_in_file(spot: &Spot) -> String {
    let parts = [Some(spot.feature), spot.polygon, spot.ring, spot.position];
    parts.into_iter().flatten().map(|number| number.to_string()).collect::<Vec<_>>().join("/")
}
