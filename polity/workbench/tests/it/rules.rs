//! `polity rules` at the terminal.

use crate::{Folder, polity};

const RULES: &str = r#"
entity person
entity household of person with adults, children
input wage: money of person, each month ask "What do you earn?"
input in_town: yesno of household, each month ask "Do you live here?"
entitlement grant: money of household, each month law "Grants Act, s. 1"
  from 2024-01-01:
    requires in_town because "it is for residents"
    requires (sum of wage over adults) at most 1000 law "Grants Act, s. 2"
    amount 100 + 25.50 * number of children
rule tax: money of person, each month law "Tax Act, s. 3"
  from 2024-01-01: rounded(wage * 12.5%, 2)
"#;

const TESTS: &str = r#"
- name: A single person
  period: 2024-05
  input: {wage: 900, in_town: true}
  output: {grant: 100, tax: 112.5}
- name: A family
  period: 2024-05
  input:
    person: {a: {wage: 400}, b: {wage: 600.01}, c: {}}
    household: {home: {adults: [a, b], children: [c], in_town: yes}}
  output:
    grant: not entitled
    person: {b: {tax: 75.00}}
- name: What to ask
  period: 2024-05
  input: {wage: 900}
  output: {grant: {ask: in_town}}
- name: Before the law
  period: 2023-12
  input: {wage: 900, in_town: true}
  output: {tax: fault, grant: not entitled}
"#;

fn town() -> Folder {
    let folder = Folder::make();
    folder.put("town.rules", RULES);
    folder.put("town.yaml", TESTS);
    folder
}

#[test]
fn rules_are_checked() {
    let folder = town();
    assert_eq!(
        polity(&["rules", "check", &folder.path("")]).unwrap(),
        "1 file is in order: 2 inputs, 0 parameters, 1 rules, 1 entitlements.\n"
    );
    let json = polity(&["rules", "check", &folder.path("town.rules"), "--json"]).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["variables"][0]["name"], "grant");
    folder.put("town.rules", &RULES.replace("law \"Tax Act, s. 3\"", ""));
    let refused = polity(&["rules", "check", &folder.path("")]).unwrap_err();
    assert!(refused.contains("town.rules:11:6: The rule “tax” names no law."), "{refused}");
}

#[test]
fn tests_beside_the_rules_pass_and_can_fail() {
    let folder = town();
    let said = polity(&["rules", "test", &folder.path("")]).unwrap();
    assert_eq!(said, "town.yaml: 4 of 4 tests pass\nAll 4 tests pass; 7 outcomes were compared.\n");
    folder.put("town.yaml", &TESTS.replace("grant: 100,", "grant: 101,").replace("ask: in_town", "ask: wage"));
    assert_eq!(polity(&["rules", "test", &folder.path("town.yaml")]).unwrap_err(), "2 of 4 tests fail.");
    folder.put("town.yaml", "- name: [");
    assert!(polity(&["rules", "test", &folder.path("")]).unwrap_err().contains("town.yaml is no YAML of tests"));
    folder.put("town.yaml", "- {name: x, period: 2024-05, outputs: {}}");
    assert!(polity(&["rules", "test", &folder.path("")]).is_err());
    let bomb = format!(
        "a: &a [x,x,x,x,x,x,x,x,x]\n{}",
        (1..30)
            .map(|at| format!(
                "b{at}: &b{at} [*{0},*{0},*{0},*{0},*{0},*{0}]\n",
                if at == 1 { "a".to_owned() } else { format!("b{}", at - 1) }
            ))
            .collect::<String>()
    );
    folder.put("town.yaml", &bomb);
    assert!(polity(&["rules", "test", &folder.path("")]).unwrap_err().contains("is no YAML of tests"));
}

#[test]
fn somebody_is_told_what_and_why() {
    let folder = town();
    let facts = folder.put("facts.json", r#"{"wage": 2000, "in_town": true}"#);
    let asked = |command: &str, more: &[&str]| {
        let path = folder.path("town.rules");
        polity(&[&["rules", command, &path, "--variable", "grant", "--period", "2024-05"], more].concat())
    };
    let said = asked("explain", &["--facts", &facts]).unwrap();
    assert!(
        said.starts_with("not entitled\n  because a requirement is not met (Grants Act, s. 2; town.rules:9)\n"),
        "{said}"
    );
    assert!(said.contains("  wage of person for 2024-05 = 2000.00"), "{said}");
    let said = asked("ask", &[]).unwrap();
    assert!(said.starts_with("Ask next: in_town of household for 2024-05 (“Do you live here?”)\n1 more may matter after it.\n  wage of person"), "{said}");
    assert!(asked("ask", &["--facts", &facts]).unwrap().starts_with("Nothing more is to be asked: not entitled"));
    let json: serde_json::Value =
        serde_json::from_str(&asked("explain", &["--facts", &facts, "--json"]).unwrap()).unwrap();
    assert_eq!(json["outcome"]["is"], "not_entitled");
    folder.put("facts.json", r#"{"wages": 2000}"#);
    let refused = asked("explain", &["--facts", &facts]).unwrap_err();
    assert!(refused.contains("There is no input or rule “wages”. Did you mean “wage”?"), "{refused}");
}

#[test]
fn a_population_goes_through_in_csv() {
    let folder = town();
    let persons = folder.put(
        "persons.csv",
        "id,household,role,wage\np1,h2,adults,500\np2,h1,adults,100.50\np3,h1,children,\np4,h3,adults,\n",
    );
    let homes = folder.put("homes.csv", "id,in_town\nh1,yes\nh2,no\nh3,true\n");
    let path = folder.path("town.rules");
    let run = |variables: &str| {
        polity(&[
            "rules",
            "run",
            &path,
            "--persons",
            &persons,
            "--groups",
            &homes,
            "--period",
            "2024-05",
            "--variables",
            variables,
        ])
    };
    assert_eq!(run("grant").unwrap(), "id,grant\nh1,125.50\nh2,not entitled\nh3,not yet known: wage\n");
    assert_eq!(run("tax").unwrap(), "id,tax\np2,12.56\np3,not yet known: wage\np1,62.50\np4,not yet known: wage\n");
    assert!(run("tax,grant").unwrap_err().contains("ask for them in two runs"));
    folder.put("persons.csv", "id,household,role,wage\np1,h9,adults,500\n");
    assert!(run("grant").unwrap_err().contains("line 2: there is no household “h9”"));
    folder.put("persons.csv", "id,household,role,wage\np1,h1,aunt,500\n");
    assert!(run("grant").unwrap_err().contains("line 2: “aunt” is no role; expected adults or children."));
    folder.put("persons.csv", "id,household,role,wage\np1,h1,adults,five\n");
    assert!(run("grant").unwrap_err().contains("line 2: “wage” expects a value of type money, found “five”."));
    folder.put("persons.csv", "id,household,role,wag\np1,h1,adults,5\n");
    assert!(run("grant").unwrap_err().contains("the column “wag” is no input or rule"));
}

#[test]
fn the_guide_is_right() {
    let guide = include_str!("../../../../docs/guides/rules.md");
    let block = |kind: &str| {
        let begin = guide.find(&format!("```{kind}\n")).unwrap() + kind.len() + 4;
        &guide[begin..begin + guide[begin..].find("```").unwrap()]
    };
    let folder = Folder::make();
    folder.put("grant.rules", block("rules"));
    folder.put("grant.yaml", block("yaml"));
    let said = polity(&["rules", "test", &folder.path("")]).unwrap();
    assert!(said.ends_with("All 6 tests pass; 7 outcomes were compared.\n"), "{said}");
}
