//! What was decided is published and linked to what it answers.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn decisions_are_linked_to_what_they_answer() {
    for room in rooms().await {
        let meeting = room.meeting(None).await;
        let admin = format!("/admin/meetings/{}/minutes", meeting.code);
        let page = format!("/meetings/{}", meeting.code);
        let early = room.officer.post(&admin, &[("text-en", "x")]).await;
        early.sees(StatusCode::CONFLICT).says("once the meeting has begun");
        room.town.clock.turn_to(meeting.ends_at);
        let wrong = [("text-en", "We talked."), ("decisions", "Build it | idea/P-NONE"), ("attended", "few")];
        let refused = room.officer.post(&admin, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("as a number").says("We talked.").says("Build it | idea/P-NONE");
        let wrong = [("text-en", "We talked."), ("decisions", "Build it | idea/P-NONE")];
        room.officer.post(&admin, &wrong).await.says("Nobody can find idea/P-NONE");
        let good = [("text-en", "We talked."), ("decisions", "Build it | idea/P-1\nAsk again"), ("attended", "12")];
        room.officer.post(&admin, &good).await.sees(StatusCode::SEE_OTHER);
        let seen = room.town.browser().get(&page).await.sees(StatusCode::OK);
        seen.says("Build it").says("The idea P-1").says("/ideas/P-1").says("12 people were there");
        let links = room.town.column("select relation || ' ' || to_kind || '/' || to_id from links").await;
        assert_eq!(links, ["answers idea/P-1"]);
        let better = [("text-en", "We talked long."), ("decisions", "Build the other | idea/P-2")];
        room.officer.post(&admin, &better).await.sees(StatusCode::SEE_OTHER);
        let links = room.town.column("select relation || ' ' || to_kind || '/' || to_id from links").await;
        assert_eq!(links, ["answers idea/P-2"], "a link that is not said any more is gone");
        room.town.settle().await;
        let record = room.town.record().await;
        assert_eq!(record.iter().filter(|entry| entry.contains("meeting.minuted")).count(), 2);
        assert!(!record.join("\n").contains("We talked"), "the words are on the page, their hash on the record");
    }
}
