//! PURE: what a moderator or an author does to a case, decided from facts alone.

use super::{
    model::{APPEAL_LIMIT, APPEAL_OPEN_DAYS, AppealOutcome, Case, NOTE_LIMIT, Outcome, PASSAGE_LIMIT, Standing},
    reasons::Reason,
};
use civic::{Moment, PersonId};
use web::{Refusal, moderated::Contents, moderated::PartWords};

/// What a moderator does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Hides parts, or a passage in them.
    Hide {
        /// The names of the parts.
        parts: Vec<String>,
        /// Only this passage; `None` for the whole parts.
        passage: Option<String>,
    },
    /// Shows again what was hidden.
    Restore,
    /// Shows what was held back.
    Release,
    /// Lets it stand.
    Dismiss,
    /// Lets it stand and warns its author.
    Warn,
    /// Decides an appeal.
    Judge(AppealOutcome),
}

/// A moderator's act as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What to do.
    pub deed: Deed,
    /// Why.
    pub reason: Option<Reason>,
    /// Words to the author.
    pub note: String,
}

/// What the decision needs to know.
pub struct Facts<'f> {
    /// The case as it is now.
    pub case: &'f Case,
    /// What is public of the subject now; `None` when it is gone.
    pub contents: Option<&'f Contents>,
    /// Whether anything of it is hidden by this case.
    pub hides: bool,
    /// Who decides.
    pub by: PersonId,
}

/// What an act changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These parts are hidden: whole, or the passage in them.
    Hide {
        /// The names of the parts.
        parts: Vec<String>,
        /// Only this passage.
        passage: Option<String>,
    },
    /// What this case hides is shown again.
    Show,
    /// Nothing of the words changes.
    Nothing,
}

/// A decision to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What happens to the words.
    pub change: Change,
    /// What the record and the log say, as `hidden`.
    pub act: &'static str,
    /// What stands in the case: the outcome, or that of the appeal.
    pub outcome: Result<Outcome, AppealOutcome>,
    /// Why.
    pub reason: Option<Reason>,
    /// Words to the author.
    pub note: String,
}

/// Decides what a moderator's act changes.
///
/// # Errors
/// Refusals: `moderation-own`, `moderation-decided`, `moderation-reason`, `moderation-parts`, `moderation-passage…`,
/// `moderation-note-long`, `moderation-same-moderator`, `moderation-not-hidden`, `moderation-gone`.
pub fn decide(facts: &Facts<'_>, act: Act) -> Result<Decided, Refusal> {
    let Act { deed, reason, note } = act;
    let note = within(&note, "note", "moderation-note-long", NOTE_LIMIT)?;
    if facts.contents.is_some_and(|contents| contents.author.person == Some(facts.by)) {
        return Err(Refusal::conflict("moderation-own"));
    }
    let case = facts.case;
    let waiting = case.standing == Standing::Waiting;
    let reasoned = || reason.clone().map(Some).ok_or_else(|| Refusal::new("moderation-reason").at("reason"));
    let decided = |change, outcome: Outcome, reason| {
        Ok(Decided { change, act: outcome.word(), outcome: Ok(outcome), reason, note: note.clone() })
    };
    match deed {
        Deed::Judge(outcome) => judge(facts, outcome, note),
        Deed::Restore if facts.hides && !case.held && case.standing == Standing::Closed => {
            decided(Change::Show, Outcome::Restored, None)
        }
        Deed::Restore => Err(Refusal::conflict("moderation-not-hidden")),
        _ if !waiting => Err(Refusal::conflict("moderation-decided")),
        Deed::Release if case.held => decided(Change::Show, Outcome::Released, None),
        Deed::Release => Err(Refusal::conflict("moderation-not-held")),
        Deed::Hide { .. } if case.held => {
            decided(Change::Hide { parts: Vec::new(), passage: None }, Outcome::Hidden, reasoned()?)
        }
        Deed::Hide { parts, passage } => {
            let reason = reasoned()?;
            let (parts, passage) = hideable(facts, parts, passage)?;
            decided(Change::Hide { parts, passage }, Outcome::Hidden, reason)
        }
        Deed::Dismiss | Deed::Warn if case.held => Err(Refusal::conflict("moderation-held")),
        Deed::Dismiss => decided(Change::Nothing, Outcome::Dismissed, None),
        Deed::Warn => decided(Change::Nothing, Outcome::Warned, reasoned()?),
    }
}

/// Another moderator than the one who decided, or that one could as well not have decided.
fn judge(facts: &Facts<'_>, outcome: AppealOutcome, note: String) -> Result<Decided, Refusal> {
    let case = facts.case;
    if case.standing != Standing::Appealed {
        return Err(Refusal::conflict("moderation-no-appeal"));
    }
    if case.decision.as_ref().is_some_and(|decision| decision.by == Some(facts.by)) {
        return Err(Refusal::conflict("moderation-same-moderator"));
    }
    let change = if outcome == AppealOutcome::Overturned { Change::Show } else { Change::Nothing };
    let reason = case.decision.as_ref().and_then(|decision| decision.reason.clone());
    Ok(Decided { change, act: outcome.word(), outcome: Err(outcome), reason, note })
}

/// The parts that are there, and the passage that stands in one of them.
fn hideable(
    facts: &Facts<'_>,
    parts: Vec<String>,
    passage: Option<String>,
) -> Result<(Vec<String>, Option<String>), Refusal> {
    let contents = facts.contents.ok_or_else(|| Refusal::conflict("moderation-gone"))?;
    let mut chosen: Vec<_> = contents.parts.iter().filter(|part| parts.contains(&part.name)).collect();
    if chosen.is_empty() {
        return Err(Refusal::new("moderation-parts").at("part"));
    }
    let passage = passage.map(|passage| passage.trim().to_owned()).filter(|passage| !passage.is_empty());
    if let Some(passage) = &passage {
        if passage.chars().count() > PASSAGE_LIMIT {
            return Err(Refusal::new("moderation-passage-long").at("passage").with("most", PASSAGE_LIMIT));
        }
        chosen.retain(|part| matches!(&part.words, PartWords::Text(text) if text.contains(passage)));
        if chosen.is_empty() {
            return Err(Refusal::new("moderation-passage").at("passage"));
        }
    }
    Ok((chosen.into_iter().map(|part| part.name.clone()).collect(), passage))
}

/// Decides whether an author can appeal, and reads their words.
///
/// # Errors
/// `appeal-nothing-hidden`, `appeal-once`, `appeal-late`, `appeal-empty`, `appeal-too-long`.
pub fn appeal(case: &Case, text: &str, now: Moment) -> Result<String, Refusal> {
    may_appeal(case, now)?;
    let text = within(text, "text", "appeal-too-long", APPEAL_LIMIT)?;
    if text.is_empty() { Err(Refusal::new("appeal-empty").at("text")) } else { Ok(text) }
}

/// Whether an author can appeal.
///
/// # Errors
/// `appeal-nothing-hidden`, `appeal-once`, `appeal-late`.
pub fn may_appeal(case: &Case, now: Moment) -> Result<(), Refusal> {
    let decision = case.decision.as_ref().filter(|decision| decision.outcome == Outcome::Hidden);
    let decision = decision.ok_or_else(|| Refusal::conflict("appeal-nothing-hidden"))?;
    if case.appeal.is_some() {
        return Err(Refusal::conflict("appeal-once"));
    }
    if decision.at.plus_days(APPEAL_OPEN_DAYS) < now {
        return Err(Refusal::conflict("appeal-late").with("days", APPEAL_OPEN_DAYS));
    }
    Ok(())
}

/// A text as it is kept: trimmed, its line ends plain, within its limit.
pub(crate) fn within(text: &str, field: &'static str, code: &'static str, most: usize) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > most { Err(Refusal::new(code).at(field).with("most", most)) } else { Ok(text) }
}
