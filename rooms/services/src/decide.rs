//! What may become of an application. Pure: facts and an act in, a change or a refusal out.

mod letter;
mod service;

pub use letter::{LETTERS_LIMIT, decide_letter, fields_in, fill, nothing_left};
pub use service::{check_definition, is_code};

use crate::model::{Appeal, Application, Outcome, State, Stood};
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
    Decide {
        /// What.
        outcome: Outcome,
        /// Why.
        reasons: String,
    },
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
    DecideAppeal {
        /// What holds from now on.
        outcome: Outcome,
        /// Why.
        reasons: String,
    },
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
}

impl Change {
    fn of(what: &'static str, body: String) -> Self {
        Self { state: None, what, body, is_internal: false, letter: false, recount: false }
    }

    fn to(self, state: State) -> Self {
        Self { state: Some(state), ..self }
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
    /// Whether a letter reaches anybody who applies.
    pub is_reachable: bool,
}

/// What an officer's act changes; `by` is the officer's pseudonym.
///
/// # Errors
/// Why it cannot be done.
pub fn decide_officer(
    one: &Application,
    act: OfficerAct,
    given: Given,
    by: &str,
    now: Moment,
) -> Result<Change, Refusal> {
    match act {
        OfficerAct::Note { text } => Ok(Change { is_internal: true, ..Change::of("note", words(text, "note")?) }),
        OfficerAct::Letter { text } if !given.is_reachable => {
            Err(Refusal::new("letter-no-address").at("letter").with("letter", text.len()))
        }
        OfficerAct::Letter { text } => Ok(Change::of("letter", words(text, "letter")?).with_letter()),
        OfficerAct::DecideAppeal { outcome, reasons } => decide_appeal(one, outcome, reasons, by),
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
        OfficerAct::Decide { outcome, reasons } => {
            let reasons = reasons_of(reasons)?;
            if matches!(one.state, State::Proposed { .. }) {
                return Err(Refusal::conflict("application-proposed"));
            }
            if given.four_eyes {
                let state = State::Proposed { outcome, by: by.to_owned() };
                return Ok(Change { is_internal: true, ..Change::of("proposed", reasons) }.to(state));
            }
            Ok(Change::of("decided", reasons).to(State::Decided { outcome }).with_letter())
        }
        OfficerAct::Confirm | OfficerAct::SendBack { .. } => second(one, act, by, now),
    }
}

/// The second pair of eyes.
fn second(one: &Application, act: OfficerAct, by: &str, _now: Moment) -> Result<Change, Refusal> {
    let State::Proposed { outcome, by: first } = &one.state else {
        return Err(Refusal::conflict("application-not-proposed"));
    };
    match act {
        OfficerAct::SendBack { why } => {
            Ok(Change { is_internal: true, ..Change::of("sent-back", words(why, "why")?) }.to(State::UnderReview))
        }
        _ if first == by => Err(Refusal::new("four-eyes")),
        _ => Ok(Change::of("decided", one.reasons.clone()).to(State::Decided { outcome: *outcome }).with_letter()),
    }
}

fn decide_appeal(one: &Application, outcome: Outcome, reasons: String, by: &str) -> Result<Change, Refusal> {
    if !matches!(one.state, State::InAppeal { .. }) {
        return Err(Refusal::conflict("application-no-appeal"));
    }
    if one.decided_by.split(' ').any(|before| before == by) {
        return Err(Refusal::new("appeal-same-officer"));
    }
    Ok(Change::of("appeal-decided", reasons_of(reasons)?).to(State::Closed { outcome }).with_letter())
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
            Ok(change.to(State::InAppeal { outcome }))
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
    one.letters += i64::from(change.letter && one.email.is_some());
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

#[cfg(test)]
mod tests {
    use super::{ApplicantAct, Given, OfficerAct, apply, decide_applicant, decide_officer};
    use crate::model::{Application, Channel, Outcome, State};
    use civic::{Moment, SeededChance};
    use forms::Answers;

    const WHY: &str = "You live in the street and own the car.";

    fn application() -> Application {
        let (now, chance) = (Moment(0), SeededChance::new(1));
        Application {
            code: civic::Code::draw('A', 4, &chance),
            service: "parking".to_owned(),
            number: 1,
            organisation: civic::OrganisationId::new(now, &chance),
            district: None,
            channel: Channel::Online,
            language: civic::Language::En,
            person: None,
            email: None,
            answers: Answers::default(),
            finding: String::new(),
            filed_at: now,
            due_at: now,
            stood: Vec::new(),
            state: State::Received,
            state_at: now,
            officer: String::new(),
            decided_at: None,
            decided_by: String::new(),
            reasons: String::new(),
            appeal_until: None,
            appeal: None,
            was_incomplete: false,
            minutes: 0,
            pages: 0,
            letters: 0,
            is_simulated: false,
            is_erased: false,
            version: 1,
        }
    }

    fn officer(one: &mut Application, act: OfficerAct, four_eyes: bool, by: &str, at: i64) -> Result<(), &'static str> {
        let given = Given { four_eyes, is_reachable: one.email.is_some() };
        let change = decide_officer(one, act, given, by, Moment(at)).map_err(|refusal| refusal.code)?;
        apply(one, &change, by, Moment(at));
        Ok(())
    }

    fn decided(outcome: Outcome) -> OfficerAct {
        OfficerAct::Decide { outcome, reasons: WHY.to_owned() }
    }

    #[test]
    fn two_pairs_of_eyes_are_two_people() {
        let mut one = application();
        officer(&mut one, decided(Outcome::Granted), true, "o-1", 1).unwrap();
        assert_eq!(officer(&mut one, OfficerAct::Confirm, true, "o-1", 2), Err("four-eyes"));
        assert_eq!(officer(&mut one, decided(Outcome::Refused), true, "o-2", 2), Err("application-proposed"));
        officer(&mut one, OfficerAct::Confirm, true, "o-2", 3).unwrap();
        assert_eq!(one.state, State::Decided { outcome: Outcome::Granted });
        assert_eq!(officer(&mut one, decided(Outcome::Refused), true, "o-2", 4), Err("application-decided"));
    }

    #[test]
    fn a_decision_needs_reasons() {
        let mut one = application();
        for (reasons, code) in [("", "words-none"), ("No.", "reasons-short")] {
            let act = OfficerAct::Decide { outcome: Outcome::Refused, reasons: reasons.to_owned() };
            assert_eq!(officer(&mut one, act, false, "o-1", 1), Err(code));
        }
    }

    #[test]
    fn the_clock_stands_while_the_applicant_is_asked() {
        let mut one = application();
        officer(&mut one, OfficerAct::Ask { missing: "A photo".to_owned(), asked: Vec::new() }, false, "o-1", 10)
            .unwrap();
        officer(&mut one, OfficerAct::Ask { missing: "Two photos".to_owned(), asked: Vec::new() }, false, "o-1", 20)
            .unwrap();
        assert_eq!(one.stood.len(), 1, "asked twice, it stands once");
        let change = decide_applicant(&one, ApplicantAct::Answer { text: "Here".to_owned() }, Moment(30)).unwrap();
        assert!(change.recount);
        apply(&mut one, &change, "applicant", Moment(30));
        assert_eq!((one.stood[0].from, one.stood[0].to), (Moment(10), Some(Moment(30))));
        assert!(one.was_incomplete);
    }

    #[test]
    fn an_appeal_is_decided_by_somebody_else_and_in_time() {
        let mut one = application();
        officer(&mut one, decided(Outcome::Refused), false, "o-1", 1).unwrap();
        one.appeal_until = Some(Moment(100));
        let appeal = || ApplicantAct::Appeal { text: "I do live there".to_owned() };
        assert_eq!(decide_applicant(&one, appeal(), Moment(101)).unwrap_err().code, "appeal-over");
        let change = decide_applicant(&one, appeal(), Moment(100)).unwrap();
        apply(&mut one, &change, "applicant", Moment(100));
        let act = || OfficerAct::DecideAppeal { outcome: Outcome::Granted, reasons: WHY.to_owned() };
        assert_eq!(officer(&mut one, act(), false, "o-1", 110), Err("appeal-same-officer"));
        officer(&mut one, act(), false, "o-2", 120).unwrap();
        assert_eq!(one.state, State::Closed { outcome: Outcome::Granted });
        assert_eq!(one.appeal.as_ref().unwrap().outcome, Some(Outcome::Granted));
        assert_eq!(decide_applicant(&one, appeal(), Moment(130)).unwrap_err().code, "appeal-nothing");
    }
}
