//! Somebody answers a statement, changes an answer, takes it back.

use super::Gate;
use crate::{
    decide::{self, ReactFacts, change_of},
    drawing,
    model::{Level, Participant, Reaction},
    store,
    voice::{Who, by_account, is_voice},
};
use civic::{Chance, Moment};
use database::{DbError, OffRecord, Tx};
use opinion_map::Stance;
use places::Districts;
use web::{Refusal, Stop, Town};

/// Why an answer has no entry.
const OFF_RECORD: OffRecord =
    OffRecord("how one person answers is theirs; all answers are counted in the open when the conversation ended");

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct React {
    /// The code of the conversation.
    pub conversation: String,
    /// The number of the statement.
    pub statement: i64,
    /// The answer.
    pub stance: Stance,
    /// Whether it is important to them.
    pub important: bool,
    /// A challenge they solved; see [`crate::altcha`].
    pub challenge: Option<String>,
    /// Whether many new voices came from their network.
    pub crowded: bool,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reacted {
    /// The number by which they are known here.
    pub participant: i64,
    /// Whether anything changed.
    pub changed: bool,
}

/// Takes an answer. The same sent often, and at once, counts once.
///
/// # Errors
/// `NotFound` for what is not in this conversation; those of [`decide::react`].
pub fn react(
    town: &Town,
    who: Who,
    react: React,
) -> impl Future<Output = Result<Reacted, Stop>> + Send + 'static + use<> {
    let (now, chance) = (town.now(), town.chance_handle());
    let gate = Gate::of(town, &react.conversation);
    town.db().write(move |tx| {
        let code = react.conversation.as_str();
        let conversation = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
        let statement = store::of_number(tx, code, react.statement)?.ok_or(Stop::NotFound)?;
        let known = store::by_names(tx, code, &who.names, true)?;
        let line = gate?.line(tx, &conversation, &who.actor)?;
        let entrance = Entrance { code, who: &who, line: line.as_deref(), challenge: react.challenge.as_deref(), now };
        decide::react(&ReactFacts {
            conversation: &conversation,
            statement: &statement,
            actor: &who.actor,
            is_known: who.is_known(),
            on_roll: line.is_some(),
            has_joined: known.is_some(),
            arrivals: entrance.arrivals(tx, known.is_some())?,
            crowded: react.crowded,
            solved: entrance.solved(tx, known.is_some())?,
            now,
        })?;
        let participant = entrance.enter(tx, known)?.number;
        let important = react.important && react.stance != Stance::Pass;
        let new =
            Reaction { participant, statement: react.statement, stance: Some(react.stance), important, at: Some(now) };
        let changed = give(tx, code, &new, now, &*chance)?;
        tx.commit(OFF_RECORD, Reacted { participant, changed }).map_err(Stop::from)
    })
}

/// Writes an answer and asks for the map, when it is another one.
pub(super) fn give(
    tx: &mut Tx<'_>,
    code: &str,
    new: &Reaction,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let before = store::current(tx, code, new.participant, new.statement)?;
    let change = change_of(before.as_ref(), new.stance, new.important);
    if change == decide::Change::Nothing {
        return Ok(false);
    }
    store::change(tx, code, new, change)?;
    drawing::ask(tx, code, now, chance)?;
    Ok(true)
}

/// How somebody comes in who may be new.
pub(super) struct Entrance<'e> {
    pub code: &'e str,
    pub who: &'e Who,
    /// Their name on the roll, where they are on one.
    pub line: Option<&'e str>,
    pub challenge: Option<&'e str>,
    pub now: Moment,
}

impl Entrance<'_> {
    /// How many came within the last minute; not counted for somebody who is in already.
    pub fn arrivals(&self, tx: &mut Tx<'_>, is_in: bool) -> Result<i64, DbError> {
        if is_in || self.who.actor.person.is_some() {
            return Ok(0);
        }
        store::arrivals_since(tx, self.code, self.now.plus_seconds(-60))
    }

    /// Whether they solved a challenge nobody used before.
    pub fn solved(&self, tx: &mut Tx<'_>, is_in: bool) -> Result<bool, DbError> {
        match self.challenge.filter(|_| !is_in) {
            Some(challenge) => store::spend(tx, challenge, self.now),
            None => Ok(false),
        }
    }

    /// Lets them in, and lets somebody who was known by a voice be known by their account from now on.
    ///
    /// # Errors
    /// `conversation-roll-taken` when somebody took part by their line before whose account is gone.
    pub fn enter(&self, tx: &mut Tx<'_>, known: Option<(String, Participant)>) -> Result<Participant, Stop> {
        let person = self.who.actor.person;
        if let Some((name, participant)) = known {
            let own = person.map(|person| (by_account(person), person));
            if let Some((account, person)) = own.filter(|(account, _)| *account != name) {
                store::adopt(tx, self.code, participant.number, &account, person)?;
            }
            if participant.level != Some(Level::Roll) && self.line.is_some() {
                self.take_line(tx)?;
                store::is_on_roll(tx, self.code, participant.number)?;
            }
            return Ok(participant);
        }
        self.take_line(tx)?;
        let name = self.who.names.first().map(String::as_str).unwrap_or_default();
        let new = store::NewParticipant { who: name, person, given_group: None, level: self.level(name) };
        store::join(tx, self.code, new, self.now).map_err(Stop::from)
    }

    /// How sure the town is of somebody new; nothing of whom a program of ours brings.
    fn level(&self, name: &str) -> Option<Level> {
        match (self.line, self.who.actor.person) {
            (Some(_), _) => Some(Level::Roll),
            (None, Some(_)) => Some(Level::Account),
            (None, None) => is_voice(name).then_some(Level::Pseudonym),
        }
    }

    /// Each line of the roll lets one person in.
    fn take_line(&self, tx: &mut Tx<'_>) -> Result<(), Stop> {
        match self.line {
            Some(line) if !store::take_line(tx, self.code, line)? => {
                Err(Refusal::conflict("conversation-roll-taken").into())
            }
            _ => Ok(()),
        }
    }
}

/// What was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The statement that is open again.
    pub statement: i64,
}

/// Takes back the last answer somebody gave, which is then kept nowhere: where they had answered otherwise before, that counts
/// again.
///
/// # Errors
/// `undo-nothing`; `conversation-closed`; `NotFound`.
pub async fn undo(town: &Town, who: Who, code: String) -> Result<Undone, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let conversation = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            is_open(&conversation, now)?;
            let nothing = || Stop::from(Refusal::conflict("reaction-undo-nothing"));
            let (_, participant) = store::by_names(tx, &code, &who.names, true)?.ok_or_else(nothing)?;
            let last = store::last_of(tx, &code, participant.number)?.ok_or_else(nothing)?;
            store::take_back(tx, &code, &last, now)?;
            drawing::ask(tx, &code, now, &*chance)?;
            tx.commit(OFF_RECORD, Undone { statement: last.statement }).map_err(Stop::from)
        })
        .await
}

fn is_open(conversation: &crate::model::Conversation, now: Moment) -> Result<(), Stop> {
    match conversation.phase(now) {
        crate::model::Phase::Draft => Err(Stop::NotFound),
        crate::model::Phase::Open => Ok(()),
        crate::model::Phase::Coming(_) => Err(Refusal::conflict("conversation-not-begun").into()),
        crate::model::Phase::Closed(_) => Err(Refusal::conflict("conversation-closed").into()),
    }
}

/// Says in which district somebody lives; `None` takes it back.
///
/// # Errors
/// `conversation-district`; `voice-missing` for whoever has not answered anything; as [`undo`].
pub async fn say_district(town: &Town, who: Who, code: String, district: Option<String>) -> Result<(), Stop> {
    let now = town.now();
    if district.as_deref().is_some_and(|code| town.part::<Districts>().name(code).is_none()) {
        return Err(Refusal::new("conversation-district").at("district").into());
    }
    town.db()
        .write(move |tx| {
            let conversation = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            is_open(&conversation, now)?;
            let known = store::by_names(tx, &code, &who.names, true)?;
            let (_, participant) = known.ok_or_else(|| Stop::from(Refusal::conflict("voice-missing")))?;
            store::set_district(tx, &code, participant.number, district.as_deref())?;
            tx.commit(OFF_RECORD, ()).map_err(Stop::from)
        })
        .await
}
