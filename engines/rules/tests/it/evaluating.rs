//! Three values, exceptions, tables, periods.

use crate::{HARDSHIP, month, outcome, read, short, situation};
use rules::Outcome;

const FAMILY: &str = r#"{
  "person": {"amina": {"salary": 900, "birth": "1985-03-01"}, "bo": {"salary": 700.50, "birth": "1984-01-01"},
             "cleo": {"birth": "2015-06-30"}, "dan": {"birth": "2004-01-01"}},
  "household": {"home": {"adults": ["amina", "bo"], "children": ["cleo", "dan"], "lives_in_town": true, "status": "tenant",
                         "lost_home": false, "receives_state_aid": false}}}"#;

fn with(changes: &[(&str, serde_json::Value)]) -> String {
    let mut facts: serde_json::Value = serde_json::from_str(FAMILY).unwrap();
    for (path, value) in changes {
        *facts.pointer_mut(path).unwrap() = value.clone();
    }
    facts.to_string()
}

#[test]
fn a_family_is_entitled() {
    let rules = read(HARDSHIP);
    assert_eq!(short(&rules, FAMILY, "hardship_grant", "2024-05"), "entitled: 195.50");
    assert_eq!(short(&rules, FAMILY, "hardship_grant", "2025-05"), "entitled: 205.50");
    assert_eq!(short(&rules, FAMILY, "income", "2024-05"), "1600.50");
}

#[test]
fn who_is_not_entitled_learns_every_reason() {
    let rules = read(HARDSHIP);
    let facts = with(&[("/household/home/lives_in_town", false.into()), ("/person/bo/salary", 70_000.into())]);
    let said = "not entitled (Hardship Grant Order 2024, s. 2(1); Hardship Grant Order 2024, s. 2(2))";
    assert_eq!(short(&rules, &facts, "hardship_grant", "2024-05"), said);
    assert_eq!(short(&rules, FAMILY, "hardship_grant", "2026-05"), "not entitled (Hardship Grant Order 2024)");
    assert_eq!(short(&rules, FAMILY, "hardship_grant", "2023-05"), "not entitled (Hardship Grant Order 2024)");
}

#[test]
fn exceptions_go_before_requirements() {
    let rules = read(HARDSHIP);
    let lost = with(&[("/household/home/lost_home", true.into()), ("/household/home/lives_in_town", false.into())]);
    assert_eq!(short(&rules, &lost, "hardship_grant", "2024-05"), "entitled: 500.00");
    let both = with(&[("/household/home/lost_home", true.into()), ("/household/home/receives_state_aid", true.into())]);
    assert_eq!(short(&rules, &both, "hardship_grant", "2024-05"), "not entitled (Hardship Grant Order 2024, s. 6)");
}

#[test]
fn unordered_exceptions_conflict_unless_they_agree() {
    let text = HARDSHIP.replace("    exceptions in order\n", "");
    let rules = read(&text);
    let both = with(&[("/household/home/lost_home", true.into()), ("/household/home/receives_state_aid", true.into())]);
    let said = short(&rules, &both, "hardship_grant", "2024-05");
    assert!(said.contains("“double_aid”") && said.contains("“lost_home_at_once”") && said.contains("s. 6"), "{said}");
    let agreed = read(&text.replace(": 500.00", ": not entitled"));
    assert!(short(&agreed, &both, "hardship_grant", "2024-05").starts_with("not entitled"));
}

#[test]
fn only_what_matters_is_asked() {
    let rules = read(HARDSHIP);
    let asked = |facts: &str| short(&rules, facts, "hardship_grant", "2024-05");
    assert_eq!(asked("{}"), "ask: lives_in_town, salary, receives_state_aid, lost_home");
    // Whoever gets state aid is not entitled, whatever else is true.
    assert_eq!(asked(r#"{"receives_state_aid": true}"#), "not entitled (Hardship Grant Order 2024, s. 6)");
    // Not living in town still leaves the exception for those who lost their home, which state aid would undo.
    assert_eq!(asked(r#"{"lives_in_town": false}"#), "ask: receives_state_aid, lost_home");
    assert_eq!(
        asked(r#"{"lives_in_town": false, "lost_home": false}"#),
        "not entitled (Hardship Grant Order 2024, s. 2(1))"
    );
    assert_eq!(
        asked(r#"{"lives_in_town": true, "salary": 5000, "lost_home": false}"#),
        "not entitled (Hardship Grant Order 2024, s. 2(2))"
    );
    assert_eq!(
        asked(r#"{"lives_in_town": true, "salary": 1200, "lost_home": false, "receives_state_aid": false}"#),
        "entitled: 150.00"
    );
    assert_eq!(asked(r#"{"lives_in_town": null}"#), asked("{}"));
}

#[test]
fn questions_come_with_who_and_when() {
    let rules = read(HARDSHIP);
    let facts = with(&[("/person/bo/salary", serde_json::Value::Null)]);
    let Outcome::NotYetKnown { needed } = outcome(&rules, &facts, "hardship_grant", "2024-05").unwrap() else {
        panic!()
    };
    assert_eq!(needed.len(), 1);
    assert_eq!(needed[0].to_string(), "salary of bo for 2024-05 (“What did the person earn in this month?”)");
}

#[test]
fn tables_ask_for_the_columns_that_can_decide() {
    let rules = read(HARDSHIP);
    let fee = |facts: &str| short(&rules, facts, "parking_fee", "2024-05");
    assert_eq!(fee(r#"{"status": "owner"}"#), "30.00");
    assert_eq!(fee("{}"), "ask: status, salary");
    assert_eq!(fee(r#"{"status": "guest"}"#), "20.00");
    assert_eq!(fee(r#"{"status": "tenant", "salary": 999.99}"#), "5.00");
    assert_eq!(fee(r#"{"status": "tenant", "salary": 1000}"#), "12.50");
    assert_eq!(fee(r#"{"status": "tenant", "salary": 2000.01}"#), "20.00");
    assert_eq!(fee(r#"{"status": "tenant"}"#), "ask: salary");
}

#[test]
fn the_trace_says_law_line_and_values() {
    let rules = read(HARDSHIP);
    let situation = situation(&rules, FAMILY, "2024-05");
    let answer = rules.evaluate(&situation, "hardship_grant", "home", month("2024-05")).unwrap();
    let text = answer.trace().to_text();
    for line in [
        "hardship_grant of home for 2024-05 = 195.50, by Hardship Grant Order 2024 (t.rules:53)",
        "  income of home for 2024-05 = 1600.50, by Hardship Grant Order 2024, s. 2(3) (t.rules:48)",
        "    salary of bo for 2024-05 = 700.50",
        "  age of dan for 2024-05 = 20, by Civil Code, s. 9 (t.rules:44)",
        "  hardship.per_child = 45.50, since 2024-01-01 (Hardship Grant Order 2024, s. 3(2))",
    ] {
        assert!(text.contains(line), "{line}\nnot in\n{text}");
    }
    assert!(answer.trace().steps[0].variable == "hardship_grant");
    let again: rules::Trace = serde_json::from_str(&serde_json::to_string(&answer.trace()).unwrap()).unwrap();
    assert_eq!(again, answer.trace());
}

#[test]
fn the_trace_has_the_label_of_a_parameter_beside_its_name() {
    let rules = read(
        "entity person\nparameter rate: number law \"R\" label \"the rate\" from 2024-01-01: 0.5\n\
         rule half: number of person, each month law \"A\" from the beginning: rate",
    );
    let facts = situation(&rules, "{}", "2024-01");
    let trace = rules.evaluate(&facts, "half", "person", month("2024-01")).unwrap().trace();
    let read = &trace.parameters[0];
    assert_eq!((read.name.as_str(), read.label.as_deref()), ("rate", Some("the rate")));
    assert!(trace.to_text().contains("rate (the rate) = 0.5, since 2024-01-01 (R)"), "{}", trace.to_text());
}

const PERIODS: &str = r#"
entity person
input wage: money of person, each month
input floor_area: number of person, each month
input bonus: money of person, each year otherwise 0
rule yearly: money of person, each year law "A" from the beginning: total of wage over the year + bonus
rule quarter: money of person, each month law "B" from the beginning: total of wage over the 3 months before
rule january: number of person, each year law "C" from the beginning: floor_area in the first month
rule december: number of person, each year law "C" from the beginning: floor_area in the last month
rule rise: money of person, each month law "D" from the beginning: wage - wage in the month before
rule monthly: money of person, each month law "E" from the beginning: yearly / 12
rule leap: integer of person, each month law "F" from the beginning: years_between(2000-02-29, start of period)
"#;

#[test]
fn periods_are_those_that_are_named() {
    let rules = read(PERIODS);
    let wages: Vec<String> = (1..=12).map(|month| format!("\"2023-{month:02}\": {}", month * 100)).collect();
    let facts = format!(
        r#"{{"wage": {{{}, "2022-12": 50}}, "bonus": {{"2023": 12}}, "floor_area": {{"2023-01": 40.5, "2023-12": 50}}}}"#,
        wages.join(", ")
    );
    let value = |variable: &str, period: &str| short(&rules, &facts, variable, period);
    assert_eq!(value("yearly", "2023"), "7812.00");
    assert_eq!(value("monthly", "2023-07"), "651.00");
    assert_eq!(value("quarter", "2023-05"), "900.00");
    assert_eq!(value("january", "2023"), "40.5");
    assert_eq!(value("december", "2023"), "50");
    assert_eq!(value("rise", "2023-01"), "50.00");
    assert_eq!(value("rise", "2022-12"), "ask: wage");
    assert_eq!((value("leap", "2001-02"), value("leap", "2001-03")), ("0".to_owned(), "1".to_owned()));
    assert_eq!(value("yearly", "2023-05"), "7812.00");
}

#[test]
fn faults_name_the_rule_and_never_wrap() {
    let text = r#"
entity person
input wage: money of person, each month
parameter rate: number law "R" from 2024-01-01: 0.5 from 2025-01-01: none
rule big: money of person, each month law "A" from 2000-01-01: wage * 99999999999999999999 * 99999999999999999999
rule share: money of person, each month law "B" from the beginning: wage / (1 - 1)
rule rated: money of person, each month law "C" from the beginning: wage * rate
"#;
    let rules = read(text);
    let value = |variable: &str, period: &str| short(&rules, r#"{"wage": 10}"#, variable, period);
    assert_eq!(
        value("big", "2024-01"),
        "fault: “big” (t.rules:5) of person for 2024-01: a number has more digits than can be counted with."
    );
    assert_eq!(
        value("big", "1999-01"),
        "fault: “big” (t.rules:5) of person for 1999-01: A has no value on 1999-01-01."
    );
    assert_eq!(value("share", "2024-01"), "fault: “share” (t.rules:6) of person for 2024-01: it divides by nought.");
    assert_eq!(value("rated", "2024-06"), "5.00");
    assert_eq!(
        value("rated", "2025-06"),
        "fault: “rated” (t.rules:7) of person for 2025-06: the parameter “rate” (R) has no value on 2025-06-01."
    );
}

#[test]
fn nothing_is_not_nought() {
    let text = r#"
entity person
input need: money of person, each month
entitlement help: money of person, each month law "A" from 2024-01-01: requires need more than 0 amount need - 10
rule all_help: money of person, each month law "B" from 2024-01-01: (help or else 7) + 1
rule has_help: yesno of person, each month law "C" from 2024-01-01: entitled to help
"#;
    let rules = read(text);
    assert_eq!(short(&rules, r#"{"need": 10}"#, "help", "2024-01"), "entitled: 0.00");
    assert_eq!(short(&rules, r#"{"need": 0}"#, "help", "2024-01"), "not entitled (A)");
    assert_eq!(short(&rules, r#"{"need": 10}"#, "all_help", "2024-01"), "1.00");
    assert_eq!(short(&rules, r#"{"need": 0}"#, "all_help", "2024-01"), "8.00");
    assert_eq!(short(&rules, r#"{"need": 0}"#, "has_help", "2024-01"), "no");
    assert_eq!(short(&rules, "{}", "has_help", "2024-01"), "ask: need");
}

const DAYS: &str = r#"
entity person
choice kind: red, blue
input colour: kind of person, each month
input word: text of person, each month
input since: date of person, forever
input present: integer of person, each day otherwise 0
rule days_here: integer of person, each month law "A" from the beginning: total of present over the month
rule first_day: integer of person, each month law "A" from the beginning: present in the first day
rule week: integer of person, each day law "A" from the beginning: total of present over the 7 days before
rule is_red: yesno of person, each month law "A" from the beginning: colour is not blue and word is "x"
rule listed: yesno of person, each month law "A" from the beginning: colour is one of (blue, red) and word is not one of ("y", "z")
rule later: date of person, each month law "A" from the beginning: max(months_after(since, 1), 2024-01-15)
rule parts: integer of person, each month law "A" from the beginning: year_of(since) * 10000 + month_of(since) * 100 + day_of(since)
rule spans: integer of person, each month law "A" from the beginning: days_between(since, end of period) * 1000 + months_between(since, end of period)
rule far: date of person, each month law "A" from the beginning: years_after(since, 9000)
"#;

#[test]
fn days_texts_choices_and_dates() {
    let rules = read(DAYS);
    let facts = r#"{"colour": "red", "word": "x", "since": "2024-01-31", "present": {"2024-02-01": 1, "2024-02-28": 1, "2024-02-29": 1, "2024-03-01": 1}}"#;
    let value = |variable: &str, period: &str| short(&rules, facts, variable, period);
    assert_eq!((value("days_here", "2024-02"), value("first_day", "2024-02")), ("3".to_owned(), "1".to_owned()));
    assert_eq!((value("week", "2024-03-01"), value("week", "2024-03-08")), ("2".to_owned(), "1".to_owned()));
    assert_eq!((value("is_red", "2024-02"), value("listed", "2024-02")), ("yes".to_owned(), "yes".to_owned()));
    assert_eq!(
        (value("later", "2024-02"), value("parts", "2024-02")),
        ("2024-02-29".to_owned(), "20240131".to_owned())
    );
    assert_eq!(value("spans", "2024-03"), "60002");
    assert_eq!(value("far", "2024-03"), "fault: “far” (t.rules:16) of person for 2024-03: the calendar ends here.");
    let json =
        |facts: &str| rules.situation_from_json(&serde_json::from_str(facts).unwrap(), month("2024-02")).unwrap_err();
    assert!(json(r#"{"colour": "rad"}"#).ends_with("Did you mean “red”?"));
    assert!(json(r#"{"present": 1}"#).contains("“present” has a value each day"));
    assert!(json(r#"{"since": "2024-02-30"}"#).contains("expects a value of type date"));
    assert!(json(r#"{"person": {"a": {"word": ["x"]}}}"#).contains("is a single value"));
}

#[test]
fn no_digit_is_lost_in_json() {
    let rules = read(HARDSHIP);
    let json = |facts: &str| rules.situation_from_json(&serde_json::from_str(facts).unwrap(), month("2024-02"));
    assert!(json(r#"{"salary": 12345678901234567.89}"#).unwrap_err().contains("write it in quotation marks"));
    assert_eq!(short(&rules, r#"{"salary": "12345678901234567.89"}"#, "income", "2024-02"), "12345678901234567.89");
    assert!(json(r#"{"salary": 1e300}"#).is_err() && json(r#"{"salary": "1e3"}"#).is_err());
    assert!(json(r#"{"household": {"h": {"adults": ["x"]}}}"#).unwrap_err().contains("is not described"));
    assert!(
        json(r#"{"person": {"x": {}}, "household": {"h": {"adults": ["x", "x"]}}}"#).unwrap_err().contains("twice")
    );
    let many: Vec<String> = (0..1_100).map(|at| format!("\"p{at}\": {{}}")).collect();
    assert!(json(&format!("{{\"person\": {{{}}}}}", many.join(","))).unwrap_err().contains("1000 members at most"));
}
