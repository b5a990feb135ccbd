//! Is it one of these? Requests that may be about the same, with why.

pub mod words;

use crate::{
    model::{REQUEST, ServiceRequest},
    store::{self, NearRequest},
};
use civic::{FileId, Moment, Place};
use database::{DbError, Tx};
use likeness::{Candidate, Match, Report};
use std::collections::BTreeMap;

/// For how long something that has ended is still shown, in days.
pub const ENDED_DAYS: i64 = 14;
/// Matches that are shown.
pub const SHOWN_LIMIT: usize = 5;

/// What is asked about.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The code of its category.
    pub category: String,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// What was written.
    pub text: String,
    /// The hash of its photo.
    pub photo: Option<u64>,
    /// Codes that are not wanted: its own, and what was said not to be the same.
    pub without: Vec<String>,
    /// Whether what has ended is left out.
    pub open_only: bool,
}

/// A request that may be the same.
#[derive(Debug, Clone)]
pub struct Found {
    /// The request.
    pub request: ServiceRequest,
    /// Why it may be the same, and how sure that is.
    pub why: Match,
    /// Its first photo.
    pub photo: Option<FileId>,
}

/// Finds what may be the same as something reported at `at`, the likeliest first.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx<'_>, asked: &Asked, at: Moment, now: Moment) -> Result<Vec<Found>, DbError> {
    let since = if asked.open_only { Moment(i64::MAX) } else { now.plus_days(-ENDED_DAYS) };
    let mut near = store::near(tx, asked.place, &asked.address, since)?;
    near.retain(|one| !asked.without.contains(&one.code));
    let hashes = match asked.photo {
        Some(_) => photo_hashes(tx, &near)?,
        None => BTreeMap::new(),
    };
    let candidates: Vec<Candidate<'_>> = near.iter().map(|one| candidate(one, &hashes)).collect();
    let new = Report {
        category: &asked.category,
        place: asked.place.map(store::point_of),
        address: &asked.address,
        text: &asked.text,
        at: at.micros().div_euclid(1_000_000),
        photo: asked.photo,
    };
    let mut matches = likeness::alike(&new, &candidates).map_err(|error| DbError::Other(error.to_string()))?;
    matches.truncate(SHOWN_LIMIT);
    let codes: Vec<&str> = matches.iter().map(|one| near[one.index].code.as_str()).collect();
    let photos: BTreeMap<_, _> = commons::files::first_of_each(tx, REQUEST.0, &codes)?.into_iter().collect();
    let mut found = Vec::new();
    for why in matches {
        let code = &near[why.index].code;
        if let Some(request) = store::by_code(tx, code)? {
            found.push(Found { photo: photos.get(code).copied(), request, why });
        }
    }
    Ok(found)
}

/// The first photo's hash of each.
fn photo_hashes(tx: &mut Tx<'_>, near: &[NearRequest]) -> Result<BTreeMap<String, u64>, DbError> {
    let codes: Vec<&str> = near.iter().map(|one| one.code.as_str()).collect();
    let mut first = BTreeMap::new();
    for (code, hash) in commons::files::hashes_of_each(tx, REQUEST.0, &codes)? {
        first.entry(code).or_insert(hash);
    }
    Ok(first)
}

fn candidate<'n>(one: &'n NearRequest, hashes: &BTreeMap<String, u64>) -> Candidate<'n> {
    let report = Report {
        category: &one.category,
        place: one.place,
        address: &one.address,
        text: &one.description,
        at: one.opened_at.micros().div_euclid(1_000_000),
        photo: hashes.get(&one.code).copied(),
    };
    Candidate { key: &one.code, report, ended: one.ended }
}
