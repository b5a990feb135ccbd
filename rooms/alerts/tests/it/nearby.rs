use crate::town::towns;
use axum::http::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn an_area_is_read_as_a_page_as_json_and_as_a_feed() {
    for town in towns().await {
        let spot = json!({"district": "mill", "place": {"lat_micro": 50_050_000, "long_micro": 50_000}});
        town.tree("T-1", "tree.opened", spot).await;
        town.tree("T-2", "tree.opened", json!({"district": "docks"})).await;
        town.town.settle().await;
        let reader = town.town.browser();
        reader.get("/alerts").await.sees(StatusCode::OK).says("The tree T-1").says("The tree T-2");
        let mill = reader.get("/alerts?district=mill").await.sees(StatusCode::OK);
        mill.says("The tree T-1").never_says("The tree T-2");
        let news = reader.get("/alerts.json?lat=50.05&long=0.05&radius=200").await.sees(StatusCode::OK).json();
        assert_eq!(news["news"].as_array().unwrap().len(), 1);
        assert_eq!(news["news"][0]["what"], "began");
        let feed = reader.get("/alerts.rss?district=docks").await.sees(StatusCode::OK);
        assert!(feed.text.contains("<title>New: The tree T-2</title>"), "{}", feed.text);
        let arabic = town.town.browser().reading("ar").get("/alerts").await.sees(StatusCode::OK);
        arabic.says("dir=\"rtl\"").says("بالقرب منك");
    }
}

#[tokio::test]
async fn a_calendar_has_works_and_promised_ends_of_its_area() {
    for town in towns().await {
        let due = town.town.town.now().plus_days(3).rfc3339();
        town.tree("T-1", "tree.opened", json!({"district": "mill", "due": due})).await;
        town.tree("T-2", "tree.opened", json!({"district": "docks", "due": due})).await;
        town.tree("T-3", "tree.opened", json!({"district": "mill", "due": due})).await;
        town.tree("T-3", "tree.resolved", json!({"district": "mill"})).await;
        let form = [
            ("organisation", "water"),
            ("title", "New pipes; cold, though"),
            ("district", "mill"),
            ("from", "2026-09-25T08:00"),
            ("until", "2026-09-26T16:00"),
        ];
        town.water.post("/works", &form).await.sees(StatusCode::SEE_OTHER);
        town.town.settle().await;
        let seen = town.town.browser().get("/alerts/calendar.ics?district=mill").await.sees(StatusCode::OK);
        assert_eq!(seen.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        let text = seen.text.replace("\r\n ", "");
        assert!(text.contains("SUMMARY:New pipes\\; cold\\, though\r\n"), "{text}");
        assert!(text.contains("DTSTART:20260925T080000Z\r\n") && text.contains("@town.test\r\n"));
        assert!(
            text.contains("SUMMARY:Promised end: \u{2068}The tree T-1\u{2069}")
                || text.contains("SUMMARY:Promised end: The tree T-1"),
            "{text}"
        );
        assert!(text.contains("DTSTART;VALUE=DATE:20260924") && !text.contains("T-2") && !text.contains("T-3"));
        // A promise that is moved moves its day.
        let later = town.town.town.now().plus_days(10).rfc3339();
        town.tree("T-1", "tree.extended", json!({"district": "mill", "detail": {"due": later}})).await;
        town.town.settle().await;
        let text = town.town.browser().get("/alerts/calendar.ics?district=mill").await.text;
        assert!(text.contains("DTSTART;VALUE=DATE:20261001") && !text.contains("DATE:20260924"), "{text}");
    }
}
