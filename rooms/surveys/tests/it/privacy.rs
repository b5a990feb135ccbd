//! What somebody takes along, what is erased, and how who answered is forgotten while what was answered stays.

use crate::town::{CLOSES, rooms};
use axum::http::StatusCode;
use database::{DbError, OffRecord};
use serde_json::json;
use surveys::Who;
use testing::START;

#[tokio::test]
async fn answers_are_taken_along_and_who_answered_is_forgotten_after_the_close() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.crowd("parks", 0, 6, &json!({"go": "no", "why": "Quokka"})).await;
        let one = room.town.signed_in("crowd0@example.org").await;
        one.get("/me/export").await.sees(StatusCode::OK).says("Quokka");
        room.over().await;
        let rule = surveys::room().retention.iter().find(|rule| rule.name == "surveys.answerers").unwrap();
        let end = START.plus_days(CLOSES + 1);
        let forgotten = room.town.town.db().write(move |tx| {
            let count = (rule.run)(tx, end, 100)?;
            tx.commit(OffRecord("a test"), count)
        });
        assert_eq!(forgotten.await.map_err(|error: DbError| error).unwrap(), 6);
        one.get("/me/export").await.sees(StatusCode::OK).never_says("Quokka");
        let who = room.town.column("select who from survey_answers order by who").await;
        assert_eq!(who, ["x:0", "x:1", "x:2", "x:3", "x:4", "x:5"]);
        assert!(
            room.town
                .column("select coalesce(person_id, '') || draft from survey_answers")
                .await
                .iter()
                .all(|one| one == "{}")
        );
        assert_eq!(room.results("parks").await["answers"], 6, "what was counted stays");
    }
}
