//! Somebody votes: one mark that she has, and one sealed ballot, in one transaction.

use super::voter::{Voter, known};
use crate::{
    ballot::{Choices, draw_receipt},
    boxes::BallotBoxes,
    decide,
    model::{Channel, Vote},
    store,
};
use civic::secret;
use database::OffRecord;
use web::{Stop, Town};

/// Why casting a ballot has no entry of its own: entries have an order and a time, and those would tell who voted when.
const OFF_RECORD: OffRecord =
    OffRecord("an entry for each ballot would tell when it was cast; the record has their number when the vote closes");

/// A ballot that was cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The code by which its voter finds it among the published ones. Kept nowhere but in the sealed ballot.
    pub receipt: String,
}

/// Casts a ballot. When this answers, it is on the disk, and counts exactly once.
///
/// The clock is read inside the transaction, and the vote's row is locked against being closed meanwhile: no ballot gets in
/// after the count began, on whichever machine.
///
/// # Errors
/// Refusals: not open, not on the roll, not eligible, in another district than her own, has voted; faults of the database.
pub async fn cast_ballot(town: &Town, vote: &Vote, voter: &Voter, choices: &Choices) -> Result<Cast, Stop> {
    let chance = town.chance_handle();
    let code = vote.code.as_str().to_owned();
    let key = town.part::<BallotBoxes>().key(&code, &vote.key_print)?;
    let receipt = draw_receipt(&*chance);
    let plain = [receipt.as_bytes(), &choices.bytes(vote.definition.options.len())].concat();
    let sealed = key.seal(&code, &plain, &*chance);
    let (id, read_version) = (secret(&*chance), vote.version);
    let (own, voter, choices) = (town.clone(), voter.clone(), choices.clone());
    let cast = town.db().write(move |tx| {
        let vote = store::vote_to_cast(tx, &code)?.ok_or(Stop::NotFound)?;
        decide::may_cast(&vote, own.now())?;
        if vote.version != read_version {
            return Err(super::stale());
        }
        let known = known(tx, &vote, &voter, &key)?;
        decide::may_by_roll(&vote.definition, &known.facts, &own.settings().zone)?;
        decide::judge_own_district(&vote.definition, &choices, &known.facts)?;
        if !store::mark(tx, &code, &known.mark, Channel::Online, "")? {
            return Err(
                super::voter::has_voted(store::mark_of(tx, &code, &known.mark)?.map(|mark| mark.channel)).into()
            );
        }
        store::put_into_box(tx, &code, &id, &sealed)?;
        Ok(tx.commit(OFF_RECORD, ())?)
    });
    cast.await?;
    Ok(Cast { receipt })
}
