use crate::town::{REASONS, halls};
use axum::http::StatusCode;
use serde_json::json;

pub const RULES: &str = r#"
entity person
parameter permit.most_rent: money
  law "Parking ordinance, section 5"
  from 2010-01-01: 900.00
input own_car: yesno of person, each month
  ask "Is it your car?"
input rent: money of person, each month
  ask "What is your rent?"
entitlement permit: money of person, each month
  law "Parking ordinance, section 4"
  from 2010-01-01:
    requires own_car
      law "Parking ordinance, section 4(2)"
      because "a permit is for one's own car"
    amount if rent at most permit.most_rent then 0 else 25
"#;
pub const TESTS: &str = r#"[
 {"name": "free for low rents", "period": "2026-09", "input": {"own_car": true, "rent": 800}, "output": {"permit": 0}},
 {"name": "not mine", "period": "2026-09", "input": {"own_car": false}, "output": {"permit": "not entitled"}}]"#;

#[tokio::test]
async fn only_the_next_fact_is_asked_and_nought_is_not_a_no() {
    for hall in halls().await {
        hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let visitor = hall.town.browser();
        let path = "/services/parking/entitled";
        visitor.get("/services/parking").await.says("Am I entitled?");
        // The question in the words of the form, which asks the same.
        visitor.get(path).await.sees(StatusCode::OK).says("Do you own the car?").never_says("Monthly rent");
        let no = visitor.post(path, &[("name", "own_car"), ("answer", "no")]).await.sees(StatusCode::OK);
        no.says("you are not entitled").says("section 4(2)").never_says("EUR 0");
        let yes = visitor.post(path, &[("name", "own_car"), ("answer", "yes")]).await.sees(StatusCode::OK);
        yes.says("Monthly rent").says("name=\"facts[own_car]\" value=\"yes\"");
        let wrong = [("facts[own_car]", "yes"), ("name", "rent"), ("answer", "much")];
        visitor.post(path, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("write an amount").says("much");
        let low = [("facts[own_car]", "yes"), ("name", "rent"), ("answer", "1.200,50")];
        visitor.post(path, &low).await.sees(StatusCode::OK).says("entitled to EUR 25");
        let free = [("facts[own_car]", "yes"), ("name", "rent"), ("answer", "500")];
        visitor.post(path, &free).await.sees(StatusCode::OK).says("entitled to EUR 0").never_says("not entitled");
        let back = [("facts[own_car]", "yes"), ("facts[rent]", "500.00"), ("back", "own_car")];
        visitor.post(path, &back).await.sees(StatusCode::OK).says("Do you own the car?");
        let asked = visitor.post_json("/services/parking/entitled.json", &json!({"facts": {}})).await.json();
        assert_eq!((asked["is"].as_str(), asked["next"]["name"].as_str()), (Some("not_yet_known"), Some("own_car")));
        let nought = json!({"facts": {"own_car": "yes", "rent": "500", "nobody": "x", "permit": "9"}});
        let nought = visitor.post_json("/services/parking/entitled.json", &nought).await.json();
        assert_eq!((nought["is"].as_str(), nought["amount"].as_str()), (Some("entitled"), Some("0.00")));
        assert!(hall.town.column("select secret_hash from service_drafts").await.is_empty(), "nothing is kept");
    }
}

#[tokio::test]
async fn how_it_came_about_names_parameters_by_their_label_in_the_readers_language() {
    for hall in halls().await {
        let rules = RULES
            .replace("section 5\"\n", "section 5\"\n  label \"Highest rent\" es \"Alquiler máximo\"\n")
            .replace("input own_car", "parameter permit.full: money\n  law \"Parking ordinance, section 6\"\n  from 2010-01-01: 25.00\ninput own_car")
            .replace("else 25", "else permit.full");
        hall.parking(&[("rules", &rules), ("rule-tests", TESTS)]).await;
        let high = [("facts[own_car]", "yes"), ("name", "rent"), ("answer", "950")];
        let told = hall.town.browser().post("/services/parking/entitled", &high).await.sees(StatusCode::OK);
        told.says("Highest rent: 900.00 (Parking ordinance, section 5)").says("permit full: 25.00");
        let spanish = hall.town.browser().reading("es");
        let told = spanish.post("/services/parking/entitled", &high).await.sees(StatusCode::OK);
        told.says("Alquiler máximo: 900.00").never_says("Highest rent");
    }
}

#[tokio::test]
async fn the_same_rules_speak_of_what_was_filed_and_a_change_comes_too_late_for_it() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        let stricter = RULES.replace("900.00", "100.00");
        let tests = TESTS.replace("800", "80");
        hall.keep(&olga, "parking", &[("rules", &stricter), ("rule-tests", &tests)]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        hall.opens(&olga, &code).await.says("entitled to EUR 0").says("A newer version is in force");
        let now = json!({"facts": {"own_car": "yes", "rent": "700.50"}});
        let now = visitor.post_json("/services/parking/entitled.json", &now).await.json();
        assert_eq!((now["amount"].as_str(), now["number"].as_i64()), (Some("25.00"), Some(2)));
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        visitor
            .get(&format!("/applications/{code}?key={key}"))
            .await
            .says("entitled to EUR 0")
            .says("permit most rent: 900");
    }
}

#[tokio::test]
async fn rules_are_tried_before_they_hold() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let circle = "entity person\nrule a: number of person, each month\n  law \"x\"\n  from 2010-01-01: b\nrule b: number of person, each month\n  law \"x\"\n  from 2010-01-01: a\nentitlement e: number of person, each month\n  law \"x\"\n  from 2010-01-01: amount a\n";
        for (rules, sentence) in [
            ("entity person\nentitlement", "Rules, line 2"),
            (circle, "Rules, line"),
            (&RULES.replace("own_car\n      law", "rent\n      law"), "Rules, line"),
            ("entity person\ninput a: yesno of person, each month\n", "just one entitlement"),
            ("((((((((((((((((((((((((((((((((((((((", "Rules, line 1"),
        ] {
            hall.keep(&olga, "parking", &[("rules", rules)]).await.sees(refused).says(sentence);
        }
        hall.keep(&olga, "parking", &[("rules", RULES)]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(refused).says("at least one test");
        let wrong = TESTS.replace("{\"permit\": 0}", "{\"permit\": 7}");
        hall.keep(&olga, "parking", &[("rules", RULES), ("rule-tests", &wrong)]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(refused).says("free for low rents");
        hall.keep(&olga, "parking", &[("rules", RULES), ("rule-tests", "nonsense")]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(refused).says("no JSON list");
        hall.keep(&olga, "parking", &[("rules", RULES), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        hall.town.browser().get("/services/nothing/entitled").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_one_said_stands_in_words_and_money() {
    for hall in halls().await {
        hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let path = "/services/parking/entitled";
        let said = [("facts[own_car]", "yes"), ("name", "rent"), ("answer", "1.200,50")];
        let visitor = hall.town.browser();
        let page = visitor.post(path, &said).await.sees(StatusCode::OK).says("What you said so far");
        page.says("<dt>Do you own the car?</dt><dd><bdi>Yes</bdi>").says("<bdi>EUR 1,200.50</bdi>");
        let no = visitor.post(path, &[("name", "own_car"), ("answer", "no")]).await.sees(StatusCode::OK);
        no.says("<dd><bdi>No</bdi>");
        let spanish = hall.town.browser().reading("es");
        let page = spanish.post(path, &said).await.sees(StatusCode::OK);
        page.says("<bdi>Sí</bdi>").says("<bdi>1.200,50 EUR</bdi>").never_says("<bdi>yes</bdi>");
    }
}

/// Rules over people of a household, as the hardship grant counts them.
const MEMBERS: &str = r#"
entity person
input members: integer of person, each month
  ask "How many are you?"
input children: integer of person, each month
  ask "How many are children?"
input own_car: yesno of person, each month
entitlement permit: money of person, each month
  law "Parking ordinance, section 4"
  from 2010-01-01:
    requires own_car
    requires members at least 2
    amount 10 * children
"#;
const MEMBER_TESTS: &str = r#"[{"name": "two", "period": "2026-09", "input": {"own_car": true, "members": 2, "children": 1}, "output": {"permit": 10}}]"#;

#[tokio::test]
async fn the_form_and_the_check_refuse_the_same_numbers() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let members = [("kind", "number"), ("label-en", "How many are you?"), ("name", "members")];
        hall.question(&olga, "parking", &members).await.sees(StatusCode::SEE_OTHER);
        hall.keep(&olga, "parking", &[("rules", MEMBERS), ("rule-tests", MEMBER_TESTS)])
            .await
            .sees(StatusCode::SEE_OTHER);
        // A question must fit the input that it feeds.
        let misfit = hall.publish(&olga, "parking").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        misfit.says("How many are you?").says("(members)").says("takes whole numbers").says("Whole numbers only");
        let version = hall.stamp(&olga, "parking").await;
        let bounded = [
            ("version", version.as_str()),
            ("act", "change"),
            ("target", "members"),
            ("kind", "number"),
            ("label-en", "How many are you?"),
            ("required", "yes"),
            ("whole", "yes"),
            ("least", "1"),
            ("most", "30"),
        ];
        olga.post("/admin/services/parking/form", &bounded).await.sees(StatusCode::SEE_OTHER);
        let children = [
            ("kind", "number"),
            ("label-en", "How many are children?"),
            ("name", "children"),
            ("whole", "yes"),
            ("least", "0"),
            ("at-most", "members"),
        ];
        hall.question(&olga, "parking", &children).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let schema = olga.get("/services/parking/schema").await.json();
        let members = &schema["properties"]["members"];
        assert_eq!(
            (&members["type"], &members["minimum"], &members["maximum"]),
            (&json!("integer"), &json!(1), &json!(30))
        );

        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        let (check, json_check) = ("/services/parking/entitled", "/services/parking/entitled.json");
        let cases = [
            ("members", "-3", "1 at the least"),
            ("members", "2.5", "write a whole number"),
            ("members", "31", "30 at the most"),
            ("members", "many", "write a number"),
            ("children", "99", "no more than you answered to"),
            ("own_car", "maybe", "choose one of the answers"),
        ];
        visitor.post(&format!("{draft}/page_members"), &[("q1", "3")]).await.sees(StatusCode::SEE_OTHER);
        for (name, value, sentence) in cases {
            let refused = StatusCode::UNPROCESSABLE_ENTITY;
            visitor.post(&format!("{draft}/page_{name}"), &[("q1", value)]).await.sees(refused).says(sentence);
            let said = [("facts[own_car]", "yes"), ("facts[members]", "3"), ("name", name), ("answer", value)];
            visitor.post(check, &said).await.sees(refused).says(sentence);
            let mut facts = json!({"own_car": "yes", "members": "3"});
            facts[name] = json!(value);
            let problem = visitor.post_json(json_check, &json!({"facts": facts})).await.sees(refused);
            problem.says(sentence);
        }
        let all = json!({"facts": {"own_car": true, "members": 3, "children": 2}});
        let fine = visitor.post_json(json_check, &all).await.sees(StatusCode::OK).json();
        assert_eq!(fine["amount"].as_str(), Some("20.00"));

        // An answer that was fine until an earlier one changed is asked again before it is sent.
        hall.answers(&visitor, &draft).await;
        visitor.post(&format!("{draft}/page_children"), &[("q1", "3")]).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("{draft}/page_members"), &[("q1", "2")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("{draft}/check")).await.says("href=\"/apply/").says("How many are children?</a>");
        visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        visitor.post(&format!("{draft}/page_children"), &[("q1", "2")]).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn the_rules_speak_the_readers_language_and_no_words_of_the_engine() {
    for hall in halls().await {
        let rules = RULES
            .replace("own car\"", "own car\" es \"el permiso es para el coche propio\"")
            .replace("section 4(2)\"", "section 4(2)\" es \"Ordenanza, art. 4.2\"")
            .replace("What is your rent?\"", "What is your rent?\" es \"¿Cuánto paga?\"");
        let fields = [("rules", rules.as_str()), ("rule-tests", TESTS)];
        let olga = hall.parking(&fields).await;
        let path = "/services/parking/entitled";
        let spanish = hall.town.browser().reading("es");
        let no = spanish.post(path, &[("name", "own_car"), ("answer", "no")]).await.sees(StatusCode::OK);
        let mut no = no.says("el permiso es para el coche propio (Ordenanza, art. 4.2)").says("Do you own the car? No");
        for engine in ["a permit is for", "section 4(2)", "rules:", "own_car of person", "not entitled", " line "] {
            no = no.never_says(engine);
        }
        let facts = json!({"facts": {"own_car": "no"}});
        let because = spanish.post_json("/services/parking/entitled.json", &facts).await.json();
        assert_eq!(because["because"][0]["law"], json!("Ordenanza, art. 4.2"));
        let english = hall.town.browser().post(path, &[("name", "own_car"), ("answer", "no")]).await;
        english.says("a permit is for one").says("section 4(2))").says("a requirement is not met");
        // The office reads of somebody else.
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let case = hall.opens(&olga, &code).await.says("By the rules the applicant is entitled to EUR 0");
        case.never_says("you are entitled").never_says("rules:").says("Monthly rent: EUR 700.50");
    }
}
