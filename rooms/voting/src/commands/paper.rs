//! Voters who come in person are marked before they get their paper; two clerks together can take a mark back.

use super::{
    clerks::must_be_clerk,
    sheets::readings,
    vote_of,
    voter::{Known, Voter, known},
};
use crate::{
    areas::VotesIn,
    ballot::normal_code,
    boxes::{BallotBoxes, BoxKey},
    decide,
    model::{Channel, State, TEXT_LIMIT, Vote, Voters},
    paper,
    store::{self, AskedBack},
};
use civic::Actor;
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Why neither a mark nor a sheet has an entry of its own.
pub(super) const OFF_RECORD: OffRecord = OffRecord(
    "an entry for each voter marked and each sheet read would join the two by clerk and time; the record has their numbers \
     when the clerks are done",
);

/// Marks a voter who comes in person as having voted, before the paper goes into the urn. Answers the district whose paper she
/// is to get, where the roll decides that. Who is not known, not eligible or has voted gets one answer: a clerk need not know
/// which.
///
/// # Errors
/// `NotFound` for who is no clerk of the vote; refusals: not open, cannot be marked; faults of the database.
pub async fn mark_paper_voter(
    town: &Town,
    actor: Actor,
    code: &str,
    who: &str,
    channel: Channel,
) -> Result<Option<String>, Stop> {
    let vote = on_paper(town, code).await?;
    let voter = voter_named(&vote, who)?;
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code) = (town.clone(), code.to_owned());
    let marked = town.db().write(move |tx| {
        let vote = store::vote_to_cast(tx, &code)?.ok_or(Stop::NotFound)?;
        must_be_clerk(tx, &code, &actor)?;
        decide::may_cast(&vote, own.now())?;
        let cannot = || Stop::from(Refusal::conflict("vote-who-cannot").at("who"));
        let known = found(tx, &vote, &voter, &key)?.ok_or_else(cannot)?;
        decide::may_by_roll(&vote.definition, &known.facts, &own.settings().zone).map_err(|_| cannot())?;
        if !store::mark(tx, &code, &known.mark, channel, &actor.handle)? {
            return Err(cannot());
        }
        let district = known.facts.district.filter(|_| is_by_own_district(&vote));
        Ok(tx.commit(OFF_RECORD, district)?)
    });
    marked.await
}

/// What became of asking for a mark to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// It stays until another clerk asks for it too.
    Asked,
    /// Two clerks asked: it is gone.
    Taken,
}

/// Asks for the mark of a voter to be taken back; it is gone when another clerk asks for it too, while the vote is open. Nobody
/// but people can know that her paper is not in the urn, so two of them answer for it: who marked her may be one. There must
/// stay at least as many marks as sheets were entered, and what was cast online cannot be taken back.
///
/// # Errors
/// `NotFound` for who is no clerk of the vote; refusals: no reason, not open, no such mark, as many sheets; faults.
pub async fn take_back_mark(town: &Town, actor: Actor, code: &str, who: &str, why: &str) -> Result<Back, Stop> {
    let why = reason(why)?;
    let vote = on_paper(town, code).await?;
    let voter = voter_named(&vote, who)?;
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let taken = town.db().write(move |tx| {
        let now = own.now();
        let vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        must_be_clerk(tx, &code, &actor)?;
        decide::may_cast(&vote, now)?;
        let none = || Stop::from(Refusal::conflict("vote-mark-none").at("back"));
        let known = found(tx, &vote, &voter, &key)?.ok_or_else(none)?;
        let mark = store::mark_of(tx, &code, &known.mark)?.ok_or_else(none)?;
        let channel = mark.channel;
        if channel == Channel::Online {
            return Err(none());
        }
        let marked = store::turnout(tx, &code)?.get(&channel).copied().unwrap_or(0);
        if paper::entered(readings(tx, &vote, &key)?, channel) >= marked {
            return Err(Refusal::conflict("vote-mark-sheets").at("back").into());
        }
        let clerks = store::clerks(tx, &code)?;
        let Some(first) = mark.asked.filter(|one| one.by != actor.handle && clerks.contains(&one.by)) else {
            store::ask_back(tx, &code, &known.mark, &AskedBack { by: actor.handle, why })?;
            return Ok(tx.commit(OFF_RECORD, Back::Asked)?);
        };
        store::unmark(tx, &code, &known.mark)?;
        let entry = Entry::about(vote.subject(), "vote.mark-taken-back", &actor, now, &*chance)
            .publicly(&json!({ "channel": channel, "marked_by": mark.clerk, "asked_by": first.by }))?
            .privately(&json!({ "why": [first.why, why] }), &*chance)?;
        Ok(tx.commit(entry, Back::Taken)?)
    });
    taken.await
}

/// A reason, as it must be given.
pub(super) fn reason(why: &str) -> Result<String, Stop> {
    let why = why.trim();
    if why.is_empty() || why.chars().count() > TEXT_LIMIT {
        return Err(Refusal::new("vote-why").at("why").into());
    }
    Ok(why.to_owned())
}

pub(super) fn is_by_own_district(vote: &Vote) -> bool {
    vote.definition.areas.as_ref().is_some_and(|areas| areas.votes_in == VotesIn::Own)
}

/// The voter whom a clerk named, if the vote knows one.
fn found(tx: &mut Tx<'_>, vote: &Vote, named: &Named, key: &BoxKey) -> Result<Option<Known>, Stop> {
    let voter = match named {
        Named::Voter(voter) => voter.clone(),
        Named::Account(email) => match people::accounts::by_email(tx, email)? {
            Some(person) => Voter::Person(person.id),
            None => return Ok(None),
        },
    };
    match known(tx, vote, &voter, key) {
        Ok(known) => Ok(Some(known)),
        Err(Stop::Refused(_) | Stop::NotAllowed) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Whom a clerk named.
enum Named {
    Voter(Voter),
    Account(people::EmailAddress),
}

/// Reads whom a clerk names; a refusal only of what can name nobody, by its form alone.
fn voter_named(vote: &Vote, who: &str) -> Result<Named, Stop> {
    let who = who.trim();
    let unreadable = || Stop::from(Refusal::new("vote-who").at("who"));
    let email = who.parse::<people::EmailAddress>();
    match vote.definition.voters {
        Voters::Codes => {
            let code = normal_code(who).ok_or_else(|| Stop::from(Refusal::new("vote-code").at("who")))?;
            Ok(Named::Voter(Voter::Code(code)))
        }
        Voters::Roll => match email {
            Ok(email) => Ok(Named::Voter(Voter::Address(email))),
            Err(_) if who.is_empty() => Err(unreadable()),
            Err(_) => Ok(Named::Voter(Voter::Number(who.to_uppercase()))),
        },
        Voters::Residents => email.map(Named::Account).map_err(|_| unreadable()),
    }
}

pub(super) async fn on_paper(town: &Town, code: &str) -> Result<Vote, Stop> {
    let vote = vote_of(town, code).await?;
    if vote.definition.paper && vote.state != State::Draft { Ok(vote) } else { Err(Stop::NotFound) }
}

/// Whether this actor is a clerk of the vote.
///
/// # Errors
/// Those of the database.
pub async fn is_clerk(town: &Town, code: &str, actor: &Actor) -> Result<bool, Stop> {
    let (code, handle) = (code.to_owned(), actor.handle.clone());
    let clerks = town.db().read(move |tx| store::clerks(tx, &code)).await;
    Ok(clerks.map_err(|error: DbError| Stop::from(error))?.contains(&handle))
}
