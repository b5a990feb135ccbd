//! Answers page by page and all at once, branches, one answer each, and what is told of it.

use crate::town::{CLOSES, rooms};
use axum::http::StatusCode;
use serde_json::json;
use surveys::Who;
use testing::START;

#[tokio::test]
async fn somebody_without_an_account_answers_page_by_page_along_a_branch() {
    for room in rooms().await {
        room.survey("parks", Who::Anyone).await;
        let ben = room.town.browser();
        ben.get("/surveys/parks").await.sees(StatusCode::OK).says("Answer the questions");
        let begin = ben.get("/surveys/parks/answer").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(begin.location(), "/surveys/parks/answer/start");
        ben.get("/surveys/parks/answer/start").await.says("Question go");
        let empty = ben.post("/surveys/parks/answer/start", &[("q1", "")]).await;
        empty.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Answer: Question go");
        let next = ben.post("/surveys/parks/answer/start", &[("q1", "no")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(next.location(), "/surveys/parks/answer/others", "the page of the other branch is left out");
        let early = ben.post("/surveys/parks/send", &[]).await;
        early.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Questions that must still be answered: 1");
        ben.post("/surveys/parks/answer/others", &[("q1", "Too far away")]).await.sees(StatusCode::SEE_OTHER);
        let last = ben.post("/surveys/parks/answer/end", &[("q1", "")]).await;
        assert_eq!(last.location(), "/surveys/parks/send");
        ben.get("/surveys/parks/send").await.says("Too far away").never_says("Question often");
        ben.post("/surveys/parks/send", &[]).await.sees(StatusCode::SEE_OTHER);
        ben.get("/surveys/parks").await.says("your answers have arrived").says("Change your answers");
        assert_eq!(room.town.browser().get("/surveys/parks.json").await.json()["answers"], 1);
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("Too far"), "nothing of an answer is on the record");
    }
}

#[tokio::test]
async fn who_changes_their_mind_counts_once_and_leaves_no_answers_of_the_other_branch() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        let amina = room.town.signed_in("amina@example.org").await;
        let yes = json!({"go": "yes", "often": "daily", "missing": ["shade"]});
        room.send(&amina, "parks", &yes).await.sees(StatusCode::OK);
        let no = json!({"go": "no", "why": "It rained", "often": "daily"});
        room.send(&amina, "parks", &no).await.sees(StatusCode::OK);
        assert_eq!(room.town.browser().get("/surveys/parks.json").await.json()["answers"], 1);
        let sent = room.town.column("select sent from survey_answers").await.remove(0);
        assert_eq!(sent, r#"{"go":false,"why":"It rained"}"#);
        let wrong = json!({"go": "yes", "often": "hourly"});
        room.send(&amina, "parks", &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("answer-choice");
    }
}

#[tokio::test]
async fn results_come_after_the_close_and_hide_small_counts() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.crowd("parks", 0, 12, &json!({"go": "yes", "often": "daily", "missing": ["shade"], "age": "30"})).await;
        room.crowd("parks", 12, 8, &json!({"go": "yes", "often": "weekly", "age": "50"})).await;
        room.crowd("parks", 20, 2, &json!({"go": "yes", "often": "rarely"})).await;
        room.crowd("parks", 22, 6, &json!({"go": "no", "why": "quokka"})).await;
        let visitor = room.town.browser();
        visitor.get("/surveys/parks/results.json").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/surveys/parks").await.never_says("Results");
        room.over().await;
        let found = room.results("parks").await;
        assert_eq!(found["answers"], 28);
        assert_eq!(found["questions"][0]["cells"], json!([{"value": "yes", "count": 22}, {"value": "no", "count": 6}]));
        let often = &found["questions"][1];
        assert_eq!((&often["asked"], &often["answered"]), (&json!(22), &json!(22)));
        assert_eq!(
            often["cells"],
            json!([{"value": "daily", "count": 12}, {"value": "weekly", "count": null}, {"value": "rarely", "count": null}]),
            "two went rarely: they are hidden, and those beside them, for 22 - 12 - 8 is 2"
        );
        let age = &found["questions"][4];
        assert_eq!((&age["mean"], &age["median"]), (&json!(38.0), &json!(30.0)));
        visitor.get("/surveys/parks").await.says("Results").says("Not told").never_says("quokka");
        let csv = visitor.get("/surveys/parks/results.csv").await.sees(StatusCode::OK);
        csv.says("often,Question often,22,22,daily,DAILY,12").never_says("quokka").says("weekly,WEEKLY,,");
        room.town.record().await.iter().find(|entry| entry.contains("survey.counted")).unwrap();
    }
}

#[tokio::test]
async fn of_fewer_than_five_nothing_is_told() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.crowd("parks", 0, 4, &json!({"go": "no", "why": "x"})).await;
        room.over().await;
        assert_eq!(room.results("parks").await, json!({"answers": null, "questions": []}));
        room.town.browser().get("/surveys/parks").await.says("Fewer than 5 people answered");
    }
}

#[tokio::test]
async fn a_survey_closes_at_its_very_moment_and_may_be_put_off_before() {
    for room in rooms().await {
        room.prepared("parks", Who::Account).await;
        let amina = room.town.signed_in("amina@example.org").await;
        let answers = json!({"go": "no", "why": "x"});
        room.send(&amina, "parks", &answers).await.sees(StatusCode::CONFLICT).says("survey-not-yet");
        let end = START.plus_days(CLOSES);
        room.town.clock.turn_to(civic::Moment(end.micros() - 1));
        room.send(&amina, "parks", &answers).await.sees(StatusCode::OK);
        let ben = room.town.signed_in("ben@example.org").await;
        room.town.clock.turn_to(end);
        room.send(&ben, "parks", &answers).await.sees(StatusCode::CONFLICT).says("survey-over");
        ben.get("/surveys/parks/answer").await.sees(StatusCode::CONFLICT);
        let late = [("closes", "2030-01-01T00:00")];
        room.steward.post("/admin/surveys/parks/prolong", &late).await.sees(StatusCode::CONFLICT);
    }
}
