use super::{ApplicantAct, Decision, Given, OfficerAct, apply, decide_applicant, decide_officer};
use crate::{
    model::{Application, Channel, Outcome, State},
    rules::RulesSay,
};
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
        clerk: String::new(),
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
        grant: crate::model::Grant::default(),
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
    let given = Given { four_eyes, has_entered: one.clerk == by, say: RulesSay::default() };
    let change = decide_officer(one, act, given, by).map_err(|refusal| refusal.code)?;
    apply(one, &change, by, Moment(at));
    Ok(())
}

fn decided(outcome: Outcome) -> OfficerAct {
    OfficerAct::Decide(Decision::of(outcome, WHY))
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
fn who_entered_it_is_neither_of_the_two_who_decide() {
    let mut one = application();
    "o-1".clone_into(&mut one.clerk);
    assert_eq!(officer(&mut one, decided(Outcome::Granted), true, "o-1", 1), Err("four-eyes-entered"));
    officer(&mut one, decided(Outcome::Granted), true, "o-2", 2).unwrap();
    assert_eq!(officer(&mut one, OfficerAct::Confirm, true, "o-1", 3), Err("four-eyes-entered"));
    officer(&mut one, OfficerAct::Confirm, true, "o-3", 4).unwrap();
    let mut alone = application();
    "o-1".clone_into(&mut alone.clerk);
    officer(&mut alone, decided(Outcome::Granted), false, "o-1", 1).unwrap();
}

#[test]
fn a_decision_needs_reasons() {
    let mut one = application();
    for (reasons, code) in [("", "words-none"), ("No.", "reasons-short")] {
        let act = OfficerAct::Decide(Decision::of(Outcome::Refused, reasons));
        assert_eq!(officer(&mut one, act, false, "o-1", 1), Err(code));
    }
}

#[test]
fn the_clock_stands_while_the_applicant_is_asked() {
    let mut one = application();
    officer(&mut one, OfficerAct::Ask { missing: "A photo".to_owned(), asked: Vec::new() }, false, "o-1", 10).unwrap();
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
    let act = || OfficerAct::DecideAppeal(Decision::of(Outcome::Granted, WHY));
    assert_eq!(officer(&mut one, act(), false, "o-1", 110), Err("appeal-same-officer"));
    officer(&mut one, act(), false, "o-2", 120).unwrap();
    assert_eq!(one.state, State::Closed { outcome: Outcome::Granted });
    assert_eq!(one.appeal.as_ref().unwrap().outcome, Some(Outcome::Granted));
    assert_eq!(decide_applicant(&one, appeal(), Moment(130)).unwrap_err().code, "appeal-nothing");
}
