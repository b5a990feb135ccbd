//! How well we serve: the figures that everybody sees.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

async fn resolve(room: &Room, code: &str) {
    let done = [("text", "A new bulb"), ("version", &*room.version(code).await)];
    room.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_empty_town_says_so() {
    for room in rooms().await {
        let visitor = room.town.browser();
        visitor.get("/requests/figures").await.sees(StatusCode::OK).says("Nothing to count yet");
        let view = visitor.get("/requests/figures.json").await.json();
        assert_eq!((view["all"]["reports"].as_u64(), view["all"]["median_seconds"].as_u64()), (Some(0), None));
        visitor.get("/requests/figures.csv").await.sees(StatusCode::OK).says("adjusted_high");
    }
}

#[tokio::test]
async fn times_promises_and_what_is_left_out() {
    for room in rooms().await {
        // Three lamps on Monday; one is done after an hour, one after a day, one is never; a fourth is taken back.
        let mut codes = Vec::new();
        for words in ["one", "two", "three", "four"] {
            codes.push(room.lamp(words).await);
        }
        let visitor = room.town.browser();
        let key = codes[3].1.split("key=").nth(1).unwrap();
        visitor.post(&format!("/requests/{}/withdraw", codes[3].0), &[("key", key)]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(3_600);
        room.lamps
            .post(&format!("/desk/{}/answer", codes[1].0), &[("text", "We come tomorrow")])
            .await
            .sees(StatusCode::SEE_OTHER);
        resolve(&room, &codes[0].0).await;
        room.town.clock.advance_seconds(86_400);
        resolve(&room, &codes[1].0).await;
        // The promise of three working days runs out on Thursday at 16:00.
        room.town.clock.advance_seconds(4 * 86_400);
        let view = visitor.get("/requests/figures.json").await.json();
        let lamps = &view["categories"].as_array().unwrap().iter().find(|row| row["code"] == "lamp").unwrap();
        for row in [&view["all"], lamps] {
            let count = |field: &str| row[field].as_u64().unwrap();
            let counts = ["reports", "ended", "open", "overdue", "on_time", "promised"].map(count);
            assert_eq!(counts, [3, 2, 1, 1, 2, 3], "{row}");
            // The third is open: two of three have ended after a day and an hour, and nine of ten have not yet.
            assert!((90_000..90_100).contains(&count("median_seconds")) && row["p90_seconds"].is_null(), "{row}");
            assert!((3_600..3_700).contains(&count("answer_median_seconds")), "two had their answer at once: {row}");
            assert!(row["answer_p90_seconds"].is_null(), "and one has none yet: {row}");
            assert!(row["adjusted"].is_null(), "too few to compare");
        }
        visitor
            .get("/requests/figures")
            .await
            .says("66.7%")
            .says("60 min")
            .says("not yet")
            .says("Not comparable")
            .says("3 reports of residents");
        visitor.get("/requests/figures.csv").await.says("category,lamp,");
        // Within a minute the figures stand; then they are counted anew.
        resolve(&room, &codes[2].0).await;
        assert_eq!(visitor.get("/requests/figures.json").await.json()["all"]["ended"], 2);
        room.town.clock.advance_seconds(61);
        let again = visitor.get("/requests/figures.json").await.json();
        assert_eq!((again["all"]["ended"].as_u64(), again["all"]["on_time"].as_u64()), (Some(3), Some(2)));
    }
}
