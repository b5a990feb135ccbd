//! Who registered finds it under their account.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn a_registration_stands_under_the_account_until_it_is_given_back() {
    for room in rooms().await {
        let meeting = room.meeting(Some(1)).await;
        let amina = room.comes("amina", &meeting).await;
        let seen = amina.get("/me/activity.json").await.sees(StatusCode::OK).json();
        let one = &seen["activity"][0];
        assert_eq!(one["kind"], "registration");
        assert!(one["url"].as_str().unwrap().ends_with(&format!("/meetings/{}", meeting.code)), "{seen}");
        amina.get("/me/activity").await.sees(StatusCode::OK).says("You registered for a meeting");
        amina.post(&format!("/meetings/{}/leave", meeting.code), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(amina.get("/me/activity.json").await.json()["activity"], serde_json::json!([]));
    }
}
