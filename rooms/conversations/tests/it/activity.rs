//! What somebody wrote stands under their account; how they answered others, and that they did, does not.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn words_are_listed_for_their_author_and_answers_for_nobody() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let (amina, ben) =
            (room.town.signed_in("amina@example.org").await, room.town.signed_in("ben@example.org").await);
        for person in [&amina, &ben] {
            let answer = [("statement", "0"), ("vote", "agree")];
            let seen = person.post(&format!("/conversations/{code}/take-part"), &answer).await;
            assert!(seen.status.is_redirection() || seen.status.is_success(), "{} {}", seen.status, seen.text);
        }
        let words = [("words", "Dogs should be allowed on trams"), ("sure", "yes")];
        amina.post(&format!("/conversations/{code}/write"), &words).await.sees(StatusCode::SEE_OTHER);
        let seen = amina.get("/me/activity.json").await.sees(StatusCode::OK).json();
        let all = seen["activity"].as_array().unwrap();
        assert_eq!(all.len(), 1, "{seen}");
        assert_eq!(
            (&all[0]["kind"], &all[0]["words"]),
            (&"statement".into(), &"Dogs should be allowed on trams".into())
        );
        assert!(all[0]["url"].as_str().unwrap().contains(&format!("/conversations/{code}/statements#s")), "{seen}");
        assert_eq!(ben.get("/me/activity.json").await.json()["activity"], serde_json::json!([]), "only answered");
    }
}
