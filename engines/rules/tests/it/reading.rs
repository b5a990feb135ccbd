//! What is refused at load, with place and sentence.

use crate::{HARDSHIP, read, troubles};

const HEAD: &str = "entity person\nentity household of person with adults, children\ninput wage: money of person, each month\ninput size: number of household, each month\n";

fn one(rule: &str) -> String {
    let all = troubles(&format!("{HEAD}{rule}"));
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn the_example_is_read() {
    let rules = read(HARDSHIP);
    assert_eq!(rules.variables().len(), 10);
    assert_eq!(rules.parameters().len(), 2);
    let inputs: Vec<String> = rules.inputs_of("parking_fee").into_iter().map(|input| input.name).collect();
    assert_eq!(inputs, ["salary", "status"]);
}

#[test]
fn a_rule_without_law_is_refused() {
    let said = one("rule r: money of person, each month\n  from 2024-01-01: wage");
    assert_eq!(
        said,
        "t.rules:5:6: The rule “r” names no law. Write where it is laid down, as: law \"Grants Act, s. 2\"."
    );
    assert!(one("parameter p: money from 2024-01-01: 5").contains("names no law"));
    let exception = "rule r: money of person, each month law \"A\" from 2024-01-01: wage exception e when wage > 5: 3";
    assert!(one(exception).contains("The exception “e” names no law"));
}

#[test]
fn cycles_are_named_with_their_lines() {
    let rule = |name: &str, other: &str| {
        format!("rule {name}: money of person, each month law \"A\" from 2024-01-01: {other}\n")
    };
    let text = rule("a", "b + 1") + &rule("b", "if wage > 5 then c else wage") + &rule("c", "a in the month before");
    let said = "t.rules:5:6: A rule may not rest on itself, for another period neither: a (t.rules:5) → b (t.rules:6) → c (t.rules:7) → a (t.rules:5).";
    assert_eq!(one(&text), said);
    assert!(one(&rule("self", "self")).contains("self (t.rules:5) → self (t.rules:5)"));
}

#[test]
fn unknown_names_suggest_the_nearest() {
    let rule = |text: &str| one(&format!("rule r: money of person, each month law \"A\" from 2024-01-01: {text}"));
    assert_eq!(rule("wagee"), "t.rules:5:62: There is no input, rule or parameter “wagee”. Did you mean “wage”?");
    assert!(rule("maxx(wage, 5)").ends_with("Did you mean “max”?"));
    assert!(troubles("entity person\ninput a: mony of person, each month")[0].ends_with("Did you mean “money”?"));
    assert!(troubles("entity person\ninput a: money of persn, each month")[0].ends_with("Did you mean “person”?"));
    assert!(troubles("entity person\nruel a: money of persn, each month")[0].ends_with("Did you mean “rule”?"));
}

#[test]
fn types_must_hold() {
    let rule = |kind: &str, text: &str| {
        one(&format!("rule r: {kind} of person, each month law \"A\" from 2024-01-01: {text}"))
    };
    for (kind, text, said) in [
        ("money", "wage * wage", "Money cannot be multiplied by money."),
        ("number", "wage", "Expected a value of type number, found one of type money."),
        ("integer", "5 / 2", "Round it with rounded(…)"),
        ("money", "wage + size", "Values of type money and number do not go together."),
        ("yesno", "wage = \"a\"", "A value of type money cannot be compared with one of type text."),
        ("yesno", "wage and yes", "Expected a value of type yesno, found one of type money."),
        ("date", "days_after(2024-01-01, 1.5)", "“days_after” needs a date and a whole number."),
        ("money", "sum of wage over members", "Only a group has members"),
        ("money", "wage in the year before", "the one before must be of the same kind"),
        ("money", "wage or else 5", "always has a value"),
        ("yesno", "entitled to wage", "this is none"),
        ("money", "rounded(wage, 99)", "up to 12"),
    ] {
        assert!(rule(kind, text).contains(said), "{text}: {}", rule(kind, text));
    }
    read(&format!(
        "{HEAD}rule r: money of household, each month law \"A\" from 2024-01-01: 100 + 25.50 * number of children + size * 2 / 3"
    ));
    let whose = one("rule r: money of household, each month law \"A\" from 2024-01-01: wage");
    assert!(whose.contains("Say whose it is, as in “sum of wage over members”"), "{whose}");
    let least = one("rule r: money of household, each month law \"A\" from 2024-01-01: least of wage over children");
    assert!(least.contains("or else 0"), "{least}");
    let year = one("rule r: money of person, each year law \"A\" from 2024-01-01: wage");
    assert!(year.contains("total of wage over the year"), "{year}");
    let help = "entitlement h: money of person, each month law \"A\" from 2024-01-01: amount wage\nrule r: money of person, each month law \"A\" from 2024-01-01: h + 1";
    assert!(one(help).contains("There may be nothing here"));
}

#[test]
fn several_troubles_are_told_at_once() {
    let text = "rule a: money of person, each month law \"A\" from 2024-01-01: +\nrule b: money of person, each month law \"A\" from 2024-01-01: wag\n";
    let all = troubles(&format!("{HEAD}{text}"));
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[0].starts_with("t.rules:5:62: Expected a value, a name or “(”, found “+”"), "{all:?}");
}

#[test]
fn depth_and_length_have_limits() {
    let rule = |text: &str| one(&format!("rule r: money of person, each month law \"A\" from 2024-01-01: {text}"));
    assert!(rule(&format!("{}wage{}", "(".repeat(5000), ")".repeat(5000))).contains("48 deep"));
    assert!(rule(&format!("{}wage", "-".repeat(5000))).contains("48 deep"));
    assert!(rule(&format!("wage{}", " + wage".repeat(5000))).contains("48 parts"));
    let mut chain = String::new();
    for at in 1..300 {
        chain.push_str(&format!(
            "rule r{at}: money of person, each month law \"A\" from 2024-01-01: {} + 1\n",
            if at == 1 { "wage".to_owned() } else { format!("r{}", at - 1) }
        ));
    }
    assert!(one(&chain).contains("deeper than 400"));
    assert!(troubles(&" ".repeat(3_000_000))[0].contains("2000000 is the limit"));
    assert_eq!(troubles("")[0], "t.rules: There is no rule in these texts.");
}

#[test]
fn bad_letters_and_dates_have_a_place() {
    assert_eq!(troubles("entity person\n  §")[0], "t.rules:2:3: The sign “§” means nothing here.");
    assert_eq!(
        troubles("entity person parameter p: date law \"A\" from 2024-02-30: 2024-01-01")[0],
        "t.rules:1:46: There is no day 2024-02-30."
    );
    assert_eq!(troubles("entity \"x")[0], "t.rules:1:8: This text has no closing \".");
}

/// The deepest chain that is allowed is worked out on a thread with the stack that servers give theirs.
#[test]
fn the_deepest_chain_fits_a_small_stack() {
    let mut text = HEAD.to_owned();
    let mut last = "wage".to_owned();
    for at in 0.. {
        let deep = if at == 0 {
            format!("{}wage{}", "max(1, ".repeat(40), ")".repeat(40))
        } else {
            format!("if {last} > 0 then {last} + 1 else 0")
        };
        let more = format!("{text}rule r{at}: money of person, each month law \"A\" from 2024-01-01: {deep}\n");
        let Ok(_) = rules::Rules::read(&[rules::Source { name: "t.rules", text: &more }]) else { break };
        text = more;
        last = format!("r{at}");
    }
    let work = move || {
        let rules = read(&text);
        let found = crate::short(&rules, r#"{"wage": 5}"#, &last, "2024-01");
        assert!(found.parse::<f64>().unwrap() > 50.0, "{found}");
        let mut population = rules::Population::new(&rules, 1, 1, &[(0, 0)]).unwrap();
        let wage = rules::Column::Number { units: vec![5], decimals: 0 };
        population.set(&rules, "wage", crate::month("2024-01"), wage, None).unwrap();
        let all = rules.evaluate_population(&population, &[&last], crate::month("2024-01")).unwrap();
        assert_eq!(all[0].outcome(&rules, 0).unwrap().to_string(), found);
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

proptest::proptest! {
    /// Whatever is cut out of or put into a text, the answer is rules or sentences.
    #[test]
    fn broken_texts_are_answered(at in 0_usize..2_400, cut in 0_usize..30, put in proptest::sample::select(vec!["", "(", ")", "\"", "|", "||", "or else", "law", "from", "-", "99999999999999999999999999999999999999999", "0.0000000000000000001", "%", "is", "é", "\u{0}", "where", "not", "table first"])) {
        let (mut from, mut to) = (at.min(HARDSHIP.len()), (at + cut).min(HARDSHIP.len()));
        while !HARDSHIP.is_char_boundary(from) { from -= 1; }
        while !HARDSHIP.is_char_boundary(to) { to += 1; }
        let text = format!("{}{put}{}", &HARDSHIP[..from], &HARDSHIP[to..]);
        match rules::Rules::read(&[rules::Source { name: "t.rules", text: &text }]) {
            Ok(rules) => {
                let situation = rules.situation_from_json(&serde_json::json!({}), crate::month("2024-05"));
                if let (Ok(situation), Some(_)) = (situation, rules.variable("hardship_grant")) {
                    let _ = rules.evaluate(&situation, "hardship_grant", "household", crate::month("2024-05")).map(|answer| answer.trace().to_text());
                }
            }
            Err(troubles) => proptest::prop_assert!(troubles.iter().all(|trouble| trouble.sentence.ends_with(['.', '?', '”', ')']) || trouble.sentence.contains(' '))),
        }
    }
}

#[test]
fn a_text_has_other_languages_beside_it() {
    let text = r#"
entity person
input here: yesno of person, each month
  ask "Do you live here?" es "¿Vive aquí?" ar "هل تسكن هنا؟"
entitlement grant: money of person, each month
  law "Order, section 1" es "Orden, art. 1"
  from 2020-01-01:
    requires here
      law "Order, section 1"
      because "it is for residents" es "es para residentes"
    amount 10
"#;
    let rules = rules::Rules::read(&[rules::Source { name: "rules", text }]).unwrap();
    assert_eq!(rules.in_language("it is for residents", "es"), "es para residentes");
    assert_eq!(rules.in_language("it is for residents", "ar"), "it is for residents");
    assert_eq!(rules.in_language("Do you live here?", "ar"), "هل تسكن هنا؟");
    assert_eq!(rules.in_language("Order, section 1", "es"), "Orden, art. 1", "said once, meant everywhere");
    let twice = text
        .replace("law \"Order, section 1\"\n      because", "law \"Order, section 1\" es \"Otra cosa\"\n      because");
    let troubles = rules::Rules::read(&[rules::Source { name: "rules", text: &twice }]).unwrap_err();
    assert!(troubles[0].sentence.contains("otherwise in “es”"), "{troubles:?}");
    let empty = text.replace("es \"es para residentes\"", "es \"\"");
    assert!(rules::Rules::read(&[rules::Source { name: "rules", text: &empty }]).is_err());
}
