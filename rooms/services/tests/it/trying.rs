//! A draft is shown: residents try it, say something about one question or rule, and propose a rule that runs.

use crate::town::{Hall, halls, hidden};
use axum::http::StatusCode;
use testing::{Browser, Seen};

const RULES: &str = r#"entity person

parameter most_rent: money
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
      because "a permit is for one's own car"
    amount if rent at most most_rent then 0 else 25
"#;
const TESTS: &str = r#"[{"name": "free for low rents", "period": "2026-09", "input": {"own_car": true, "rent": 800}, "output": {"permit": 0}}]"#;
const DRAFT: &str = "/services/parking/draft";
/// A rule that a resident would rather have.
const KINDER: &str = "parameter most_rent: money\n  law \"Parking ordinance, section 5\"\n  from 2010-01-01: 950.00";

async fn does(hall: &Hall, officer: &Browser, act: &str, more: &[(&str, &str)]) -> Seen {
    let version = hall.stamp(officer, "parking").await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(more);
    officer.post(&format!("/admin/services/parking/draft/{act}"), &all).await
}

/// Parking in force, and a draft with a lower limit that is shown.
async fn shown(hall: &Hall) -> Browser {
    let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
    let stricter = RULES.replace("900.00", "850.00");
    hall.keep(&olga, "parking", &[("rules", &stricter), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
    does(hall, &olga, "show", &[]).await.sees(StatusCode::SEE_OTHER);
    olga
}

async fn rows(hall: &Hall) -> usize {
    let drafts = hall.town.column("select secret_hash from service_drafts").await.len();
    drafts + hall.town.column("select code from applications").await.len()
}

#[tokio::test]
async fn residents_try_form_and_rules_and_nothing_is_kept() {
    for hall in halls().await {
        let visitor = hall.town.browser();
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        visitor.get(DRAFT).await.sees(StatusCode::NOT_FOUND);
        visitor.get("/services/parking").await.never_says("A draft to try");
        let stricter = RULES.replace("900.00", "850.00");
        hall.keep(&olga, "parking", &[("rules", &stricter), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "show", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/services/parking").await.says("A draft to try");
        visitor.get(DRAFT).await.sees(StatusCode::OK).says("Do you own the car?").says("input rent: money");
        let view = visitor.get(&format!("{DRAFT}.json")).await.sees(StatusCode::OK).json();
        let parts: Vec<_> = view["parts"].as_array().unwrap().iter().map(|one| one["part"].as_str().unwrap()).collect();
        assert!(parts.contains(&"q-rent") && parts.contains(&"r-most_rent"), "{parts:?}");
        // The two answer side by side.
        let rules = format!("{DRAFT}/rules");
        visitor.get(&rules).await.sees(StatusCode::OK).says("Monthly rent");
        let facts = [("facts[own_car]", "yes"), ("facts[rent]", "880")];
        let asked = visitor.post(&rules, &facts).await.sees(StatusCode::OK);
        let (in_force, draft) = asked.text.split_once("The draft").unwrap();
        assert!(in_force.contains("In force (version 1)") && in_force.contains("entitled to EUR 0"), "{in_force}");
        assert!(draft.contains("entitled to EUR 25"), "{draft}");
        let wrong = [("facts[own_car]", "yes"), ("facts[rent]", "much")];
        visitor.post(&rules, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("cannot be read");
        // The form, page by page, with what was answered in its own hidden field.
        let form = format!("{DRAFT}/form");
        let mut page = visitor.get(&form).await.sees(StatusCode::OK).says("Your name").text;
        let missing = [("page", "page_full_name"), ("state", "{}"), ("q1", "")];
        visitor.post(&form, &missing).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Answer: Your name");
        for answer in ["Amina <b>", "yes", "880", "", "amina@example.org", "Amina"] {
            let (id, state) = (hidden(&page, "page"), unescaped(&hidden(&page, "state")));
            let sent = [("page", id.as_str()), ("state", state.as_str()), ("q1", answer)];
            page = visitor.post(&form, &sent).await.sees(StatusCode::OK).never_says("Amina <b>").text;
        }
        assert!(page.contains("This is what you answered") && page.contains("entitled to EUR 25"), "{page}");
        assert!(page.contains("EUR 10,560"), "the sum is worked out: {page}");
        for state in ["nonsense", "[]", &format!("{{\"a\":\"{}\"}}", "x".repeat(50_000))] {
            let sent = [("page", "page_rent"), ("state", state), ("q1", "5")];
            visitor.post(&form, &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Begin again");
        }
        visitor.post(&form, &[("page", "nothing")]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(rows(&hall).await, 0, "nothing is kept");
        // What is shown stays as it was shown, until it is shown anew; then it is closed.
        hall.keep(&olga, "parking", &[("rules", RULES), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&rules, &facts).await.says("entitled to EUR 25");
        does(&hall, &olga, "show", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&rules, &facts).await.never_says("entitled to EUR 25");
        does(&hall, &olga, "close", &[]).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "close", &[]).await.sees(StatusCode::NOT_FOUND);
        visitor.get(DRAFT).await.sees(StatusCode::NOT_FOUND);
        visitor.post(&rules, &facts).await.sees(StatusCode::NOT_FOUND);
        hall.town.settle().await;
        let said = hall.town.record().await.into_iter().filter(|entry| entry.contains("service.draft-")).count();
        assert_eq!(said, 3, "shown twice and closed once");
    }
}

/// A value of a page as it was before it was written into the page.
fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&")
}

#[tokio::test]
async fn one_question_is_talked_about_while_the_draft_is_shown() {
    for hall in halls().await {
        let olga = shown(&hall).await;
        let (rosa, visitor) = (hall.town.signed_in("rosa@example.org").await, hall.town.browser());
        let part = format!("{DRAFT}/parts/q-rent");
        visitor.get(&part).await.sees(StatusCode::OK).says("Monthly rent").says("Sign in to say something");
        visitor.get(&format!("{DRAFT}/parts/q-nothing")).await.sees(StatusCode::NOT_FOUND);
        let say = format!("{part}/say");
        visitor.post(&say, &[("text", "Hello")]).await.sees(StatusCode::SEE_OTHER);
        rosa.post(&say, &[("text", "  ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        rosa.post(&say, &[("text", "With or without heating?")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&part).await.says("With or without heating?");
        visitor.get(DRAFT).await.says("one comment");
        // From then on by the form that all subjects have.
        hall.town.settle().await;
        let fields = [("kind", "service-draft"), ("id", "parking.q-rent"), ("text", "I wondered too.")];
        rosa.post("/comments", &fields).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&part).await.says("I wondered too.");
        visitor.get(&format!("{DRAFT}/parts/q-own_car")).await.never_says("I wondered too.");
        does(&hall, &olga, "close", &[]).await.sees(StatusCode::SEE_OTHER);
        rosa.post("/comments", &fields).await.sees(StatusCode::CONFLICT);
        rosa.post(&say, &[("text", "Too late")]).await.sees(StatusCode::NOT_FOUND);
        // Whoever leaves takes their words along.
        rosa.get("/me/export").await.says("With or without heating?");
        rosa.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        does(&hall, &olga, "show", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&part).await.never_says("With or without heating?");
    }
}

#[tokio::test]
async fn a_proposed_rule_runs_before_it_is_proposed_and_can_be_taken_over() {
    for hall in halls().await {
        let olga = shown(&hall).await;
        let (rosa, visitor) = (hall.town.signed_in("rosa@example.org").await, hall.town.browser());
        let part = format!("{DRAFT}/parts/r-most_rent");
        visitor.get(&part).await.sees(StatusCode::OK).says("from 2010-01-01: 850.00").says("Check and try it");
        let broken = [("text", "parameter most_rent: money\n  from 2010-01-01: 950.00"), ("why", "Rents rose")];
        visitor.post(&part, &broken).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("line").never_says("Propose it");
        let other = [("text", "input most_rent: money of person, each month\n  ask \"x\""), ("why", "x")];
        visitor.post(&part, &other).await.says("free for low rents").says("do not hold any more");
        let long = "x".repeat(2_501);
        visitor.post(&part, &[("text", &long)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("2500");
        let good = [("text", KINDER), ("why", "Rents <rose>"), ("facts[own_car]", "yes"), ("facts[rent]", "920")];
        let tried =
            visitor.post(&part, &good).await.sees(StatusCode::OK).says("1 tests hold").never_says("Propose it in");
        let (before, proposed) = tried.text.split_once("The proposed change").unwrap();
        assert!(before.contains("entitled to EUR 25") && proposed.contains("entitled to EUR 0"), "{proposed}");
        let tried = rosa.post(&part, &good).await.sees(StatusCode::OK).says("Propose it in public").text;
        let text = unescaped(&hidden(&tried, "text"));
        rosa.post(&format!("{part}/say"), &[("text", &text)]).await.sees(StatusCode::SEE_OTHER);
        // Anybody finds it, and it runs.
        let page = visitor.get(&part).await.says("Proposed changes that anybody can try").never_says("<rose>").text;
        let (_, link) = page.split_once("?change=").unwrap();
        let change = link.split('"').next().unwrap().to_owned();
        let looked = format!("{part}?change={change}");
        visitor.get(&looked).await.sees(StatusCode::OK).says("1 tests hold").says("950.00").never_says("Take it over");
        visitor.get(&format!("{part}?change=nothing")).await.sees(StatusCode::NOT_FOUND);
        rosa.post("/admin/services/parking/draft/take", &[("change", &change), ("version", "1")])
            .await
            .sees(StatusCode::FORBIDDEN);
        // The officer takes it over; the draft has it, what is shown stays.
        olga.get(&looked).await.says("Take it over into the draft");
        let stale = [("change", change.as_str()), ("version", "1")];
        olga.post("/admin/services/parking/draft/take", &stale).await.sees(StatusCode::CONFLICT);
        does(&hall, &olga, "take", &[("change", "nothing")]).await.sees(StatusCode::NOT_FOUND);
        does(&hall, &olga, "take", &[("change", &change)]).await.sees(StatusCode::SEE_OTHER);
        olga.get("/admin/services/parking").await.says("950.00").never_says("850.00");
        visitor.get(&part).await.says("850.00");
        // An officer of another agency has no say.
        let parks = hall.town.agency("parks", "Parks").await;
        let paula = hall.town.holder("paula@example.org", civic::Role::Officer, Some(&parks)).await;
        paula.post("/admin/services/parking/draft/close", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_proposed_question_is_seen_and_filled_in_before_it_is_proposed_and_can_be_taken_over() {
    for hall in halls().await {
        let olga = shown(&hall).await;
        let (rosa, visitor) = (hall.town.signed_in("rosa@example.org").await, hall.town.browser());
        let (part, form) = (format!("{DRAFT}/parts/q-full_name"), format!("{DRAFT}/form"));
        visitor.get(&part).await.sees(StatusCode::OK).says("Another way to ask it").says("before all other questions");
        let same = [("label", "Your name"), ("hint", ""), ("required", "yes"), ("after", "")];
        visitor.post(&part, &same).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("This changes nothing");
        let empty = [("label", " "), ("required", "yes")];
        visitor.post(&part, &empty).await.sees(StatusCode::UNPROCESSABLE_ENTITY).never_says("Propose it");
        let long = "x".repeat(301);
        visitor.post(&part, &[("label", &long)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("300");
        // A page hangs on whether the car is one's own, so that question cannot go behind it.
        let own_car = format!("{DRAFT}/parts/q-own_car");
        let behind = [("label", "Do you own the car?"), ("required", "yes"), ("after", "rent")];
        visitor.post(&own_car, &behind).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let good = [
            ("label", "What are you <called>?"),
            ("hint", "As in your papers"),
            ("required", "no"),
            ("after", "own_car"),
            ("why", "Friendlier"),
        ];
        let tried =
            visitor.post(&part, &good).await.sees(StatusCode::OK).says("How it would be").says("As in your papers");
        tried.says("It would stand after “Do you own the car?”").never_says("Propose it in").never_says("<called>");
        let tried = rosa.post(&part, &good).await.sees(StatusCode::OK).says("Propose it in public").text;
        // The whole form with it, before anybody is told.
        let with = unescaped(&hidden(&tried, "with"));
        let first = visitor.post(&form, &[("on", "q-full_name"), ("with", &with)]).await.sees(StatusCode::OK);
        let page = first.says("Do you own the car?").says("What are you").text;
        let (id, state) = (hidden(&page, "page"), unescaped(&hidden(&page, "state")));
        let sent =
            [("page", id.as_str()), ("state", state.as_str()), ("on", "q-full_name"), ("with", &with), ("q1", "yes")];
        visitor.post(&form, &sent).await.sees(StatusCode::OK).says("Monthly rent").says("One question is changed");
        for wrong in ["nonsense", "label en: x\ncolour: red", "after: nowhere", "leave out\nafter: own_car"] {
            let wrong = visitor.post(&form, &[("on", "q-nothing"), ("with", wrong)]).await;
            assert!(wrong.status.is_client_error(), "{}", wrong.text);
        }
        let text = unescaped(&hidden(&tried, "text"));
        rosa.post(&format!("{part}/say"), &[("text", &text)]).await.sees(StatusCode::SEE_OTHER);
        let page = visitor.get(&part).await.says("Proposed changes that anybody can try").text;
        let (_, link) = page.split_once("?change=").unwrap();
        let change = link.split('"').next().unwrap().to_owned();
        let looked = format!("{part}?change={change}");
        visitor.get(&looked).await.sees(StatusCode::OK).says("As in your papers").never_says("Take it over");
        visitor.get(&format!("{form}?change={change}")).await.sees(StatusCode::OK).says("One question is changed");
        visitor.get(&format!("{form}?change=nothing")).await.sees(StatusCode::NOT_FOUND);
        olga.get(&looked).await.says("Take it over into the draft");
        does(&hall, &olga, "take", &[("change", &change)]).await.sees(StatusCode::SEE_OTHER);
        olga.get("/admin/services/parking/form").await.says("What are you").never_says("<called>");
        visitor.get(DRAFT).await.says("Your name").never_says("What are you");
        // What was taken over once changes nothing a second time.
        does(&hall, &olga, "take", &[("change", &change)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(rows(&hall).await, 0, "nothing is kept");
    }
}

#[tokio::test]
async fn words_of_another_language_are_not_taken_for_a_translation() {
    for hall in halls().await {
        let olga = shown(&hall).await;
        let part = format!("{DRAFT}/parts/q-full_name");
        hall.town.browser().get(&part).await.says("name=\"label\" value=\"Your name\"");
        // It has no words in Spanish: nothing is offered as such, and nothing becomes of an empty field.
        let reader = hall.town.browser().reading("es");
        reader.get(&part).await.sees(StatusCode::OK).never_says("name=\"label\" value=\"Your name\"");
        let same = [("label", ""), ("hint", ""), ("required", "yes"), ("after", "")];
        reader.post(&part, &same).await.sees(StatusCode::UNPROCESSABLE_ENTITY).never_says("label es");
        let own = [("label", "¿Su nombre?"), ("hint", ""), ("required", "yes"), ("after", "")];
        reader.post(&part, &own).await.sees(StatusCode::OK).says("label es: ¿Su nombre?").never_says("hint es");
        drop(olga);
    }
}
