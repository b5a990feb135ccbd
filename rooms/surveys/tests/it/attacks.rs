//! What should not come through.

use crate::town::{CLOSES, rooms};
use axum::http::StatusCode;
use serde_json::json;
use surveys::{Answering, Who, answer_all};
use testing::START;
use web::forms::Submission;

fn fields() -> Submission {
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Submission::from_pairs([("go", "no"), ("why", "x")].map(pair).to_vec()).unwrap()
}

#[tokio::test]
async fn sixty_four_submissions_at_once_count_once() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.town.signed_in("amina@example.org").await;
        let person = room.town.column("select id from people where email = 'amina@example.org'").await.remove(0);
        let one = Answering {
            code: "parks".to_owned(),
            person: person.parse().ok(),
            browser: None,
            language: civic::Language::En,
        };
        let sends = (0..64).map(|_| {
            let (town, one) = (room.town.town.clone(), one.clone());
            tokio::spawn(async move { answer_all(&town, one, fields()).await.is_ok() })
        });
        for send in sends.collect::<Vec<_>>() {
            assert!(send.await.unwrap());
        }
        assert_eq!(room.town.browser().get("/surveys/parks.json").await.json()["answers"], 1);
    }
}

#[tokio::test]
async fn what_waited_in_the_queue_does_not_slip_in_behind_the_close() {
    for room in rooms().await {
        room.survey("parks", Who::Anyone).await;
        let one = Answering {
            code: "parks".to_owned(),
            person: None,
            browser: Some("a".repeat(64)),
            language: civic::Language::En,
        };
        let asked = answer_all(&room.town.town, one, fields());
        room.town.clock.turn_to(START.plus_days(CLOSES));
        assert!(asked.await.is_err(), "the clock that counts is the one inside the transaction");
        assert!(room.town.column("select survey from survey_answers").await.is_empty());
    }
}

#[tokio::test]
async fn a_survey_that_is_not_public_is_nowhere() {
    for room in rooms().await {
        let by = testing::steward();
        let title = civic::LocalText::plain("Quokka plans");
        let new = surveys::NewSurvey { code: "secret".to_owned(), title, organisation: None };
        surveys::create(&room.town.town, by, new).await.unwrap();
        room.town.settle().await;
        let visitor = room.town.signed_in("eve@example.org").await;
        for door in ["/surveys", "/surveys.json", "/search?q=quokka", "/sitemap-0.xml"] {
            visitor.get(door).await.never_says("Quokka plans").never_says("secret\"");
        }
        for door in ["", ".json", "/results.json", "/schema", "/answer", "/answer/start", "/send"] {
            visitor.get(&format!("/surveys/secret{door}")).await.sees(StatusCode::NOT_FOUND);
        }
        room.send(&visitor, "secret", &json!({"go": "no"})).await.sees(StatusCode::NOT_FOUND);
        for door in ["/admin/surveys/secret", "/admin/surveys/secret/form", "/admin/surveys/secret/answers.csv"] {
            visitor.get(door).await.sees(StatusCode::FORBIDDEN).never_says("Quokka");
        }
    }
}

#[tokio::test]
async fn who_has_no_account_answers_no_survey_that_asks_for_one_and_without_a_cookie_none() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.survey("open", Who::Anyone).await;
        let eve = room.town.browser();
        let answers = json!({"go": "no", "why": "x"});
        room.send(&eve, "parks", &answers).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("survey-needs-account");
        room.send(&eve, "open", &answers).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("survey-needs-cookie");
        eve.get("/surveys/parks/answer").await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.column("select survey from survey_answers").await.is_empty());
    }
}

#[tokio::test]
async fn words_of_strangers_are_words_everywhere() {
    const EVIL: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.crowd("parks", 0, 5, &json!({"go": "no", "why": EVIL})).await;
        let one = room.town.signed_in("crowd0@example.org").await;
        one.get("/surveys/parks/send").await.says("&#60;script&#62;").never_says("<script>alert");
        one.get("/surveys/parks/answer/others").await.never_says("<script>alert").never_says("\"><img");
        room.over().await;
        room.steward.get("/admin/surveys/parks/answers").await.says("&#60;script&#62;").never_says("<script>alert");
        room.town.browser().get("/surveys/parks/results").await.never_says("alert(1)");
    }
}
