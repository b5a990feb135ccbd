//! Somebody votes: one mark that she has, and one sealed ballot, in one transaction.

use crate::{
    ballot::{Choices, draw_receipt, normal_code},
    boxes::{BallotBoxes, BoxKey},
    decide,
    model::{Channel, Vote, Voters},
    store,
};
use civic::{Actor, PersonId, secret};
use database::{DbError, OffRecord, Tx};
use web::{Refusal, Stop, Town};

/// Why casting a ballot has no entry of its own: entries have an order and a time, and those would tell who voted when.
const OFF_RECORD: OffRecord =
    OffRecord("an entry for each ballot would tell when it was cast; the record has their number when the vote closes");

/// Who votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voter {
    /// A person with an account.
    Person(PersonId),
    /// Whoever holds this code, in its one form.
    Code(String),
}

impl Voter {
    /// The voter that this reader can be in this vote.
    ///
    /// # Errors
    /// [`Stop::SignIn`] where an account is needed; a refusal of what cannot be a code.
    pub fn of(vote: &Vote, actor: &Actor, code: Option<&str>) -> Result<Self, Stop> {
        match vote.definition.voters {
            Voters::Residents | Voters::Roll => match actor.person {
                Some(person) => Ok(Self::Person(person)),
                None if actor.is_known() => Err(Stop::NotAllowed),
                None => Err(Stop::SignIn),
            },
            Voters::Codes => {
                let code = code.and_then(normal_code);
                code.map(Self::Code).ok_or_else(|| Refusal::new("vote-code").at("code").into())
            }
        }
    }

    /// What the roll and the marks know this voter by.
    pub fn name(&self, key: &BoxKey) -> String {
        match self {
            Self::Person(person) => key.voter(&format!("person:{person}")),
            Self::Code(code) => key.voter(&format!("code:{code}")),
        }
    }
}

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
/// Refusals: not open, not on the roll, has voted; faults of the database.
pub async fn cast_ballot(town: &Town, vote: &Vote, voter: &Voter, choices: &Choices) -> Result<Cast, Stop> {
    let chance = town.chance_handle();
    let code = vote.code.as_str().to_owned();
    let key = town.part::<BallotBoxes>().key(&code, &vote.key_print)?;
    let receipt = draw_receipt(&*chance);
    let plain = [receipt.as_bytes(), &choices.bytes(vote.definition.options.len())].concat();
    let sealed = key.seal(&code, &plain, &*chance);
    let (name, id, read_version) = (voter.name(&key), secret(&*chance), vote.version);
    let own = town.clone();
    let cast = town.db().write(move |tx| {
        let vote = store::vote_to_cast(tx, &code)?.ok_or(Stop::NotFound)?;
        decide::may_cast(&vote, own.now())?;
        if vote.version != read_version {
            return Err(super::stale());
        }
        may_vote(tx, &vote, &name)?;
        if !store::mark(tx, &code, &name, Channel::Online)? {
            return Err(Refusal::conflict("vote-cast").into());
        }
        store::put_into_box(tx, &code, &id, &sealed)?;
        Ok(tx.commit(OFF_RECORD, ())?)
    });
    cast.await?;
    Ok(Cast { receipt })
}

pub(super) fn may_vote(tx: &mut Tx<'_>, vote: &Vote, name: &str) -> Result<(), Stop> {
    let voters = vote.definition.voters;
    if !voters.needs_roll() || store::is_on_roll(tx, vote.code.as_str(), name)? {
        return Ok(());
    }
    let refusal = if voters == Voters::Codes {
        Refusal::new("vote-code-unknown").at("code")
    } else {
        Refusal::new("vote-not-on-roll")
    };
    Err(refusal.into())
}

/// How a reader stands to a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An account is needed.
    SignIn,
    /// This reader is a program, or otherwise nobody who votes.
    Nobody,
    /// May vote.
    May,
    /// Has voted.
    Has,
    /// Is not on the roll of this vote.
    NotOnRoll,
    /// A code is needed, by which the vote knows its voters.
    NeedsCode,
}

/// How this reader stands to a vote that is open.
///
/// # Errors
/// Those of the database, and of a key that is not on this machine.
pub async fn standing_of(town: &Town, vote: &Vote, actor: &Actor) -> Result<Standing, Stop> {
    if vote.definition.voters == Voters::Codes {
        return Ok(Standing::NeedsCode);
    }
    let Some(person) = actor.person else {
        return Ok(if actor.is_known() { Standing::Nobody } else { Standing::SignIn });
    };
    let code = vote.code.as_str().to_owned();
    let name = Voter::Person(person).name(&*town.part::<BallotBoxes>().key(&code, &vote.key_print)?);
    let needs_roll = vote.definition.voters.needs_roll();
    let stands = town.db().read(move |tx| {
        if store::has_voted(tx, &code, &name)? {
            return Ok(Standing::Has);
        }
        let may = !needs_roll || store::is_on_roll(tx, &code, &name)?;
        Ok(if may { Standing::May } else { Standing::NotOnRoll })
    });
    stands.await.map_err(|error: DbError| error.into())
}
