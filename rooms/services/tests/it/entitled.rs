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
        visitor.post(path, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("cannot be read").says("much");
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
            .says("permit.most_rent = 900");
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
