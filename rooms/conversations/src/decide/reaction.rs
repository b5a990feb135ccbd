//! Whether somebody's answer counts, and what it changes.

use crate::model::{Conversation, Entry, Phase, Reaction, Statement};
use axum::http::StatusCode;
use civic::{Actor, Moment};
use opinion_map::Stance;
use web::{Refusal, Stop};

/// New participants of one conversation within a minute from which each must show that a machine worked for it.
pub const ARRIVALS_PER_MINUTE: i64 = 30;

/// What is known when somebody answers.
pub struct ReactFacts<'f> {
    /// The conversation.
    pub conversation: &'f Conversation,
    /// The statement.
    pub statement: &'f Statement,
    /// Who answers.
    pub actor: &'f Actor,
    /// Whether they can be known again: by an account or by a voice.
    pub is_known: bool,
    /// Whether their account is on the roll of the conversation.
    pub on_roll: bool,
    /// Whether they answered anything here before.
    pub has_joined: bool,
    /// How many joined within the last minute.
    pub arrivals: i64,
    /// Whether many new voices came from their network within an hour.
    pub crowded: bool,
    /// Whether they solved a challenge.
    pub solved: bool,
    /// The present moment.
    pub now: Moment,
}

/// Decides whether an answer is taken.
///
/// # Errors
/// `NotFound` for a draft; those of [`may_enter`]; `conversation-not-begun`, `conversation-closed`,
/// `statement-not-open`, `voice-missing`; `challenge-needed` for somebody new while many are.
pub fn react(facts: &ReactFacts<'_>) -> Result<(), Stop> {
    match facts.conversation.phase(facts.now) {
        Phase::Draft => return Err(Stop::NotFound),
        Phase::Coming(_) => return Err(Refusal::conflict("conversation-not-begun").into()),
        Phase::Closed(_) => return Err(Refusal::conflict("conversation-closed").into()),
        Phase::Open => {}
    }
    may_enter(facts.conversation.entry, facts.actor, facts.on_roll)?;
    if !facts.is_known {
        return Err(Refusal::new("voice-missing").into());
    }
    if !facts.statement.is_asked() {
        return Err(Refusal::conflict("statement-not-open").into());
    }
    may_join(facts.actor, facts.has_joined, facts.crowded, facts.arrivals, facts.solved)?;
    Ok(())
}

/// Decides whether somebody is who the conversation is for.
///
/// # Errors
/// `SignIn` where an account is needed; `conversation-not-on-roll` for an account that is not on the roll.
pub fn may_enter(entry: Entry, actor: &Actor, on_roll: bool) -> Result<(), Stop> {
    match entry {
        Entry::Anybody => Ok(()),
        Entry::Account | Entry::Roll if actor.person.is_none() => Err(Stop::SignIn),
        Entry::Roll if !on_roll => Err(Refusal::conflict("conversation-not-on-roll").into()),
        Entry::Account | Entry::Roll => Ok(()),
    }
}

/// Decides whether somebody may come in: a new visitor, while many come at once, only after a machine worked for it.
///
/// # Errors
/// `challenge-needed` (429).
pub fn may_join(actor: &Actor, has_joined: bool, crowded: bool, arrivals: i64, solved: bool) -> Result<(), Refusal> {
    let many = crowded || arrivals >= ARRIVALS_PER_MINUTE;
    let new_visitor = !has_joined && actor.person.is_none();
    if new_visitor && many && !solved {
        return Err(Refusal::new("challenge-needed").status(StatusCode::TOO_MANY_REQUESTS));
    }
    Ok(())
}

/// What an answer does to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is the first.
    First,
    /// It takes the place of another, which is kept beside it.
    Instead,
    /// It is the same again.
    Nothing,
}

/// Compares an answer with the one before.
pub fn change_of(before: Option<&Reaction>, stance: Option<Stance>, important: bool) -> Change {
    match before {
        None if stance.is_none() => Change::Nothing,
        None => Change::First,
        Some(before) if before.stance == stance && before.important == important => Change::Nothing,
        Some(_) => Change::Instead,
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, change_of};
    use crate::model::Reaction;
    use opinion_map::Stance;

    #[test]
    fn the_same_answer_again_changes_nothing() {
        let before = Reaction { participant: 0, statement: 1, stance: Some(Stance::Agree), important: false, at: None };
        assert_eq!(change_of(None, Some(Stance::Pass), false), Change::First);
        assert_eq!(change_of(None, None, false), Change::Nothing);
        assert_eq!(change_of(Some(&before), Some(Stance::Agree), false), Change::Nothing);
        assert_eq!(change_of(Some(&before), Some(Stance::Agree), true), Change::Instead);
        assert_eq!(change_of(Some(&before), None, false), Change::Instead);
    }
}
