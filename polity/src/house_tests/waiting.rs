//! Who is asked to wait is told how long.

use super::towns;
use axum::http::{StatusCode, header};
use testing::Seen;

fn seconds(seen: &Seen) -> u32 {
    seen.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_hourly_limit_does_not_say_two_seconds() {
    let town = towns().remove(0);
    let visitor = town.browser();
    let ask = async || visitor.post("/sign-in.json", &[("email", "amina@example.org")]).await;
    let mut last = ask().await;
    for _ in 0..12 {
        last = ask().await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS, "{}", last.text);
    assert!((200..=300).contains(&seconds(&last)), "twelve an hour: the next in five minutes, not {}", seconds(&last));
}

#[tokio::test]
async fn whoever_watches_learns_that_the_record_does_not_sign() {
    for town in towns() {
        let watcher = town.browser();
        let health = async || watcher.get("/health").await;
        let well = health().await.sees(StatusCode::OK).json();
        assert_eq!((&well["status"], &well["problems"]), (&"ok".into(), &serde_json::json!([])));
        let signing = town.town.part::<crate::operations::Signing>();
        signing.begun(town.town.now());
        town.clock.advance_seconds(59);
        health().await.sees(StatusCode::OK);
        town.clock.advance_seconds(2);
        let late = health().await.sees(StatusCode::SERVICE_UNAVAILABLE).json();
        assert_eq!((&late["status"], &late["problems"][0]["code"]), (&"failing".into(), &"record-waits".into()));
        signing.refused("the record will not sign: an older backup was restored".to_owned());
        let refuses = health().await.sees(StatusCode::SERVICE_UNAVAILABLE).json();
        assert_eq!(refuses["problems"][0]["code"], "record-refuses");
        assert!(refuses["problems"][0]["detail"].as_str().unwrap().contains("older backup"), "{refuses}");
        signing.well(town.town.now());
        health().await.sees(StatusCode::OK);
    }
}
