//! One area of a budget in parts: its result, its file of ballots, its outcome. Nothing before the count.

use super::{published::file_answer, result};
use crate::{
    areas::WHOLE_TOWN,
    model::{State as Stands, Vote},
    store::{self, Area},
};
use axum::extract::State;
use database::DbError;
use web::{
    Answer, Refusal, Sayings, Stop, Town, Visit, Wants,
    answer::{see_other, text},
    visit::Path,
};

/// What people call an area.
pub(super) fn name(town: &Town, area: &str, t: &Sayings) -> String {
    if area == WHOLE_TOWN {
        return t.say("area-town").to_owned();
    }
    town.part::<places::Districts>().name(area).unwrap_or_else(|| area.to_owned())
}

/// GET /votes/{code}/areas/{area}
pub async fn results(State(town): State<Town>, visit: Visit, Path((code, area)): Path<(String, String)>) -> Answer {
    let (vote, found) = counted_area(&town, &code, &area).await?;
    if !found.why.is_empty() {
        return Err(Refusal::conflict("vote-undecided").into());
    }
    let definition = vote.definition.in_area(&found.area).ok_or(Stop::NotFound)?;
    result::of_area(&town, &visit, &Vote { definition, ..vote }, &found.area, found.kept)
}

/// GET /votes/{code}/areas/{area}/ballots.pb
pub async fn pabulib(State(town): State<Town>, Path((code, area)): Path<(String, String)>) -> Answer {
    let (vote, found) = counted_area(&town, &code, &area).await?;
    let (asked, here) = (vote.code.as_str().to_owned(), found.area.clone());
    let kept = town.db().read_long(move |tx| store::area_file_of(tx, &asked, &here)).await;
    let kept = kept.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?;
    let plain: String = found.area.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    file_answer(kept, &format!("{}-{plain}.pb", vote.code))
}

/// GET /votes/{code}/areas/{area}/outcome: byte for byte as its hash stands on the record.
pub async fn outcome(State(town): State<Town>, visit: Visit, Path((code, area)): Path<(String, String)>) -> Answer {
    let (vote, found) = counted_area(&town, &code, &area).await?;
    if visit.wants == Wants::Html {
        return see_other(&format!("/votes/{}/areas/{}", vote.code, found.area));
    }
    if !found.why.is_empty() {
        return Err(Refusal::conflict("vote-undecided").into());
    }
    Ok(text(Wants::Json.media_type(), found.kept.outcome))
}

/// The area of a vote that was counted.
async fn counted_area(town: &Town, code: &str, area: &str) -> Result<(Vote, Area), Stop> {
    let vote = super::public_vote(town, code).await?;
    if !matches!(vote.state, Stands::Decided | Stands::Undecided { .. }) {
        return Err(Stop::NotFound);
    }
    let (asked, area) = (vote.code.as_str().to_owned(), area.to_owned());
    let found = town.db().read(move |tx| store::area_result_of(tx, &asked, &area)).await;
    Ok((vote, found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?))
}
