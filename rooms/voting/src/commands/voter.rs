//! Who votes: how a voter is found on the roll and marked, and how a reader stands to a vote.

use crate::{
    ballot::{Choices, normal_code},
    boxes::{BallotBoxes, BoxKey},
    decide,
    model::{Channel, Vote, Voters},
    roll::RollFacts,
    store,
};
use civic::{Actor, PersonId};
use database::Tx;
use jiff::tz::TimeZone;
use web::{Refusal, Stop, Town};

/// Who votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voter {
    /// A person with an account. She is known by the address of the account, so that one who closes it and opens another with
    /// the same address is the same voter.
    Person(PersonId),
    /// Whoever holds this code, in its one form.
    Code(String),
    /// Whoever has this number on the town's own roll; only clerks find voters by it.
    Number(String),
    /// Whoever has this address, with or without an account yet; only clerks find voters by it.
    Address(people::EmailAddress),
}

/// A voter as the vote knows her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The name by which she is marked to have voted.
    pub mark: String,
    /// What the roll says of her.
    pub facts: RollFacts,
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

    /// The text from which the key of the box makes her name.
    fn text(&self, tx: &mut Tx<'_>) -> Result<String, Stop> {
        Ok(match self {
            Self::Person(person) => {
                let person = people::accounts::by_id(tx, *person)?.and_then(|person| person.email);
                format!("email:{}", person.ok_or(Stop::NotAllowed)?)
            }
            Self::Code(code) => format!("code:{code}"),
            Self::Number(number) => format!("number:{number}"),
            Self::Address(email) => format!("email:{email}"),
        })
    }
}

/// The voter as the vote knows her, when she is on its roll or it has none.
///
/// # Errors
/// A refusal of who is not on the roll: one sentence, whether the town knows them or not; faults.
pub(super) fn known(tx: &mut Tx<'_>, vote: &Vote, voter: &Voter, key: &BoxKey) -> Result<Known, Stop> {
    let name = key.voter(&voter.text(tx)?);
    if !vote.definition.voters.needs_roll() {
        return Ok(Known { mark: name, facts: RollFacts::default() });
    }
    let code = vote.code.as_str();
    match store::roll_line(tx, code, &name)? {
        Some(found) => Ok(Known { mark: found.line, facts: RollFacts::opened(&found.facts, key, code)? }),
        None => Err(match voter {
            Voter::Code(_) => Refusal::new("vote-code-unknown").at("code"),
            _ => Refusal::new("vote-not-on-roll"),
        }
        .into()),
    }
}

/// Whether this voter may cast this ballot, before she is asked to be sure. Whether she has voted is seen when it is cast.
///
/// # Errors
/// Refusals as when it is cast; faults.
pub async fn may_cast_this(town: &Town, vote: &Vote, voter: &Voter, choices: &Choices) -> Result<(), Stop> {
    let key = town.part::<BallotBoxes>().key(vote.code.as_str(), &vote.key_print)?;
    let (vote, voter, choices, zone) = (vote.clone(), voter.clone(), choices.clone(), town.settings().zone.clone());
    let allowed = town.db().read(move |tx| {
        let known = known(tx, &vote, &voter, &key)?;
        decide::may_by_roll(&vote.definition, &known.facts, &zone)?;
        Ok::<_, Stop>(decide::judge_own_district(&vote.definition, &choices, &known.facts)?)
    });
    allowed.await
}

/// How a reader stands to a vote.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// An account is needed.
    SignIn,
    /// This reader is a program, or otherwise nobody who votes.
    Nobody,
    /// May vote; the district that the roll names for her, where it names one.
    May(Option<String>),
    /// Has voted, this way.
    Has(Channel),
    /// May not, for this reason.
    Not(Refusal),
    /// A code is needed, by which the vote knows its voters.
    NeedsCode,
}

/// What somebody is told who has voted, this way: who is marked on paper and did not come can have that put right.
pub fn has_voted(channel: Option<Channel>) -> Refusal {
    match channel {
        Some(Channel::Paper | Channel::Assisted) => Refusal::conflict("vote-cast-paper"),
        _ => Refusal::conflict("vote-cast"),
    }
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
    let key = town.part::<BallotBoxes>().key(vote.code.as_str(), &vote.key_print)?;
    let (vote, zone) = (vote.clone(), town.settings().zone.clone());
    town.db().read(move |tx| stands(tx, &vote, &Voter::Person(person), &key, &zone)).await
}

fn stands(tx: &mut Tx<'_>, vote: &Vote, voter: &Voter, key: &BoxKey, zone: &TimeZone) -> Result<Standing, Stop> {
    let known = match known(tx, vote, voter, key) {
        Err(Stop::Refused(mut refusals)) => return Ok(refusals.pop().map_or(Standing::Nobody, Standing::Not)),
        Err(Stop::NotAllowed) => return Ok(Standing::Nobody),
        other => other?,
    };
    if let Some(mark) = store::mark_of(tx, vote.code.as_str(), &known.mark)? {
        return Ok(Standing::Has(mark.channel));
    }
    Ok(match decide::may_by_roll(&vote.definition, &known.facts, zone) {
        Ok(()) => Standing::May(known.facts.district),
        Err(refusal) => Standing::Not(refusal),
    })
}
