//! What may become of an application. Pure: facts and an act in, a change or a refusal out.

mod grant;
mod letter;
mod service;
#[cfg(test)]
mod tests;

pub use grant::{Decision, granted};
pub use letter::{LETTERS_LIMIT, decide_letter, fields_in, fill, nothing_left};
pub use service::{check_definition, is_code};

use crate::{
    model::{Appeal, Application, Grant, State, Stood},
    rules::RulesSay,
};
use civic::Moment;
use web::Refusal;

/// Characters of reasons, letters, notes and appeals.
pub const WORDS_LIMIT: usize = 4_000;
/// The fewest characters of reasons: a word is no reason.
pub const REASONS_LEAST: usize = 20;

/// What an officer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficerAct {
    /// Looks after it from now on.
    Take,
    /// Asks the applicant for what is missing; the clock stands still.
    Ask {
        /// What is missing.
        missing: String,
        /// The names of questions that are opened again.
        asked: Vec<String>,
    },
    /// Decides, or proposes where two decide.
    Decide(Decision),
    /// Agrees with the other officer.
    Confirm,
    /// Does not agree.
    SendBack {
        /// Why.
        why: String,
    },
    /// Writes a note for the office.
    Note {
        /// It.
        text: String,
    },
    /// Writes to the applicant.
    Letter {
        /// It.
        text: String,
    },
    /// Decides the appeal.
    DecideAppeal(Decision),
}

impl OfficerAct {
    /// Whether it only adds words, so that it fits whatever happened meanwhile.
    pub fn adds_only(&self) -> bool {
        matches!(self, Self::Note { .. } | Self::Letter { .. })
    }
}

/// What an applicant does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicantAct {
    /// Gives what was missing.
    Answer {
        /// In words.
        text: String,
    },
    /// Takes the application back.
    Withdraw,
    /// Appeals.
    Appeal {
        /// Why.
        text: String,
    },
}

/// What changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands from now on.
    pub state: Option<State>,
    /// The word of the step.
    pub what: &'static str,
    /// The words of the step.
    pub body: String,
    /// Whether only the office reads them.
    pub is_internal: bool,
    /// Whether the applicant gets a letter.
    pub letter: bool,
    /// Whether the deadline is counted anew.
    pub recount: bool,
    /// How much is granted by it.
    pub grant: Grant,
}

impl Change {
    fn of(what: &'static str, body: String) -> Self {
        Self { state: None, what, body, is_internal: false, letter: false, recount: false, grant: Grant::default() }
    }

    fn to(self, state: State) -> Self {
        Self { state: Some(state), ..self }
    }

    fn granting(self, grant: Grant) -> Self {
        Self { grant, ..self }
    }

    fn with_letter(self) -> Self {
        Self { letter: true, ..self }
    }
}

/// What must be known of an application to decide what an officer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Whether the version at filing asks that two decide.
    pub four_eyes: bool,
    /// Whether this officer entered the application for the applicant.
    pub has_entered: bool,
    /// What the rules of the version at filing say.
    pub say: RulesSay,
}

/// What an officer's act changes; `by` is the officer's pseudonym.
///
/// # Errors
/// Why it cannot be done.
pub fn decide_officer(one: &Application, act: OfficerAct, given: Given, by: &str) -> Result<Change, Refusal> {
    match act {
        OfficerAct::Note { text } => Ok(Change { is_internal: true, ..Change::of("note", words(text, "note")?) }),
        OfficerAct::Letter { text } => Ok(Change::of("letter", words(text, "letter")?).with_letter()),
        OfficerAct::DecideAppeal(decision) => decide_appeal(one, decision, given, by),
        _ if !one.state.is_open() || matches!(one.state, State::InAppeal { .. }) => {
            Err(Refusal::conflict("application-decided"))
        }
        OfficerAct::Take => {
            let state = if matches!(one.state, State::Received) { Some(State::UnderReview) } else { None };
            Ok(Change { state, is_internal: true, ..Change::of("assigned", String::new()) })
        }
        OfficerAct::Ask { missing, .. } => {
            let missing = words(missing, "missing")?;
            Ok(Change::of("asked", missing.clone()).to(State::Incomplete { missing }).with_letter())
        }
        OfficerAct::Decide(decision) => {
            if matches!(one.state, State::Proposed { .. }) {
                return Err(Refusal::conflict("application-proposed"));
            }
            if given.four_eyes && given.has_entered {
                return Err(Refusal::new("four-eyes-entered"));
            }
            let (outcome, grant) = granted(&decision, given.say)?;
            let reasons = reasons_of(decision.reasons)?;
            if given.four_eyes {
                let state = State::Proposed { outcome, by: by.to_owned() };
                return Ok(Change { is_internal: true, ..Change::of("proposed", reasons) }.to(state).granting(grant));
            }
            Ok(Change::of("decided", reasons).to(State::Decided { outcome }).granting(grant).with_letter())
        }
        OfficerAct::Confirm | OfficerAct::SendBack { .. } => second(one, act, given, by),
    }
}

/// The second pair of eyes.
fn second(one: &Application, act: OfficerAct, given: Given, by: &str) -> Result<Change, Refusal> {
    let State::Proposed { outcome, by: first } = &one.state else {
        return Err(Refusal::conflict("application-not-proposed"));
    };
    match act {
        OfficerAct::SendBack { why } => {
            Ok(Change { is_internal: true, ..Change::of("sent-back", words(why, "why")?) }.to(State::UnderReview))
        }
        _ if first == by => Err(Refusal::new("four-eyes")),
        _ if given.has_entered => Err(Refusal::new("four-eyes-entered")),
        _ => {
            let change = Change::of("decided", one.reasons.clone()).to(State::Decided { outcome: *outcome });
            Ok(change.granting(one.grant.clone()).with_letter())
        }
    }
}

fn decide_appeal(one: &Application, decision: Decision, given: Given, by: &str) -> Result<Change, Refusal> {
    if !matches!(one.state, State::InAppeal { .. }) {
        return Err(Refusal::conflict("application-no-appeal"));
    }
    if one.decided_by.split(' ').any(|before| before == by) {
        return Err(Refusal::new("appeal-same-officer"));
    }
    let (outcome, grant) = granted(&decision, given.say)?;
    let change = Change::of("appeal-decided", reasons_of(decision.reasons)?).to(State::Closed { outcome });
    Ok(change.granting(grant).with_letter())
}

/// What an applicant's act changes.
///
/// # Errors
/// Why it cannot be done.
pub fn decide_applicant(one: &Application, act: ApplicantAct, now: Moment) -> Result<Change, Refusal> {
    match act {
        ApplicantAct::Answer { text } => {
            let State::Incomplete { .. } = one.state else { return Err(Refusal::conflict("application-not-waiting")) };
            let change = Change { recount: true, ..Change::of("answered", words(text, "text")?) };
            Ok(change.to(State::UnderReview))
        }
        ApplicantAct::Withdraw if one.state.is_open() && !matches!(one.state, State::InAppeal { .. }) => {
            Ok(Change::of("withdrawn", String::new()).to(State::Withdrawn))
        }
        ApplicantAct::Withdraw => Err(Refusal::conflict("application-decided")),
        ApplicantAct::Appeal { text } => {
            let State::Decided { outcome } = one.state else { return Err(Refusal::conflict("appeal-nothing")) };
            if one.appeal_until.is_none_or(|until| now > until) {
                return Err(Refusal::conflict("appeal-over"));
            }
            let change = Change { recount: true, ..Change::of("appealed", words(text, "text")?) };
            Ok(change.to(State::InAppeal { outcome }).with_letter())
        }
    }
}

/// Writes a change into the application; the deadline is the caller's.
pub fn apply(one: &mut Application, change: &Change, by: &str, now: Moment) {
    let was_waiting = matches!(one.state, State::Incomplete { .. });
    if let Some(state) = change.state.clone() {
        let waits = matches!(state, State::Incomplete { .. });
        if waits && !was_waiting {
            one.stood.push(Stood { from: now, to: None });
        }
        if was_waiting && !waits {
            one.stood.iter_mut().filter(|stood| stood.to.is_none()).for_each(|stood| stood.to = Some(now));
        }
        one.was_incomplete |= waits;
        (one.state, one.state_at) = (state, now);
    }
    if matches!(change.what, "proposed" | "sent-back" | "decided" | "appeal-decided") {
        one.grant = change.grant.clone();
    }
    // What was proposed and never decided goes with the proposal.
    let is_new = change.state.is_some() && one.state.outcome().is_none();
    if is_new && !matches!(one.state, State::Proposed { .. }) {
        one.grant = Grant::default();
        one.reasons.clear();
    }
    match change.what {
        "assigned" => by.clone_into(&mut one.officer),
        "proposed" => one.reasons.clone_from(&change.body),
        "sent-back" => one.reasons.clear(),
        "decided" => {
            one.reasons.clone_from(&change.body);
            one.decided_at = Some(now);
            by.clone_into(&mut one.decided_by);
        }
        "appealed" => {
            let words = change.body.clone();
            one.appeal = Some(Appeal { at: now, words, decided_at: None, outcome: None, reasons: String::new() });
        }
        "appeal-decided" => {
            if let (Some(appeal), Some(outcome)) = (one.appeal.as_mut(), one.state.outcome()) {
                (appeal.decided_at, appeal.outcome) = (Some(now), Some(outcome));
                appeal.reasons.clone_from(&change.body);
            }
        }
        _ => {}
    }
    one.letters += i64::from(change.letter);
    one.version += 1;
}

fn reasons_of(text: String) -> Result<String, Refusal> {
    let text = words(text, "reasons")?;
    if text.chars().count() < REASONS_LEAST {
        return Err(Refusal::new("reasons-short").at("reasons").with("least", REASONS_LEAST));
    }
    Ok(text)
}

/// Words that must be there, within their limit.
fn words(text: String, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim().to_owned();
    match text.chars().count() {
        0 => Err(Refusal::new("words-none").at(field)),
        count if count > WORDS_LIMIT => Err(Refusal::new("words-long").at(field).with("most", WORDS_LIMIT)),
        _ => Ok(text),
    }
}
