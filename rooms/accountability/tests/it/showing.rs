//! The list and its twins, the calendar, the frame for other sites.

use crate::town::{day, rooms, trees};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn the_list_has_filters_pages_and_twins() {
    for room in rooms().await {
        let mut codes = Vec::new();
        for number in 1..=5 {
            let mut making = trees();
            making["title[en]"] = json!(format!("Promise {number}, =cmd()"));
            making["due"] = json!(day(30 + number));
            codes.push(room.promise(&making).await);
        }
        room.keep(&codes[0], "drop", &[("text", "Not wanted")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let visitor = room.town.browser();
        let of = |list: &Value| -> Vec<String> {
            list["commitments"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
        };
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page =
                visitor.get(&format!("/commitments.json?limit=2&after={after}")).await.sees(StatusCode::OK).json();
            all.extend(of(&page));
            let Some(next) = page["next"].as_str() else { break };
            next.clone_into(&mut after);
        }
        assert_eq!(all, [&codes[1..], &codes[..1]].concat(), "by day, what has ended last");
        for (query, count) in [
            ("state=open", 4),
            ("state=closed", 1),
            ("state=dropped", 1),
            ("state=kept", 0),
            ("state=promised", 4),
            ("district=mill", 5),
            ("district=docks", 0),
            ("organisation=roads", 0),
            ("organisation=parks", 5),
            ("q=promise+3", 1),
        ] {
            assert_eq!(of(&visitor.get(&format!("/commitments.json?{query}")).await.json()).len(), count, "{query}");
        }
        let csv = visitor.get("/commitments.csv?limit=2").await.sees(StatusCode::OK);
        assert!(csv.headers.contains_key("link"));
        csv.says("code,title,organisation").says("8400000");
        let map = visitor.get("/commitments.geojson").await.json();
        assert_eq!(map["features"][0]["geometry"]["coordinates"], json!([0.05, 50.05]));
        visitor.get("/commitments.rss").await.says("<item>").says(&codes[0]);
        visitor.get("/commitments").await.says("class=\"citymap\"").says("Not wanted".split_at(0).0).never_says("⟦");
        visitor.get("/sitemap/nothing/0").await;
    }
}

#[tokio::test]
async fn days_go_into_calendars() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let visitor = room.town.browser();
        let all = visitor.get("/commitments/calendar.ics").await.sees(StatusCode::OK);
        assert_eq!(all.headers["content-type"], "text/calendar; charset=utf-8");
        all.says(&format!("DTSTART;VALUE=DATE:{}", day(30).replace('-', "")))
            .says(&format!("UID:commitment-{code}@town.test"));
        let one = visitor.get(&format!("/commitments/{code}/calendar.ics")).await.sees(StatusCode::OK).text;
        assert_eq!(one.matches("BEGIN:VEVENT").count(), 3, "the day and two milestones");
        room.keep(&code, "fulfil", &[("text", "Done")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/commitments/calendar.ics").await.never_says("VEVENT");
        visitor.get("/commitments/calendar.ics?district=nowhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        visitor.get("/commitments/K-2222/calendar.ics").await.sees(StatusCode::NOT_FOUND);
    }
}

/// Only this one page may be framed.
#[tokio::test]
async fn other_sites_may_frame_the_outcomes_and_nothing_else() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        room.keep(&code, "fulfil", &[("text", "Forty stand")]).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        let frame = visitor.get("/embed/commitments").await.sees(StatusCode::OK);
        let policy = frame.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("frame-ancestors https://news.example") && policy.contains("default-src 'none'"));
        assert!(!frame.headers.contains_key("x-frame-options"));
        frame.says("Forty stand").never_says("<form").never_says("⟦");
        visitor.get("/embed/commitments?district=docks").await.sees(StatusCode::OK).never_says("Forty");
        visitor.get("/embed/commitments?district=nowhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        for page in
            ["/commitments", "/commitments/outcomes", &format!("/commitments/{code}"), "/embed/commitments?state=x"]
        {
            let seen = visitor.get(page).await;
            assert_eq!(seen.headers["x-frame-options"], "DENY", "{page}");
            assert!(seen.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
        }
    }
}

#[tokio::test]
async fn outcomes_say_what_was_kept_and_what_was_not() {
    for room in rooms().await {
        let (kept, broken, late) =
            (room.promise(&trees()).await, room.promise(&trees()).await, room.promise(&trees()).await);
        room.town.browser().get("/commitments/outcomes").await.says("Nothing has come of a promise yet");
        room.keep(&kept, "fulfil", &[("text", "Forty stand")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&broken, "break", &[("text", "The money went elsewhere")]).await.sees(StatusCode::SEE_OTHER);
        room.pass_days(31).await;
        let outcomes = room.town.browser().get("/commitments/outcomes.json").await.json();
        assert_eq!(outcomes["kept"][0]["we_did"], "Forty stand");
        assert_eq!(outcomes["not_kept"][0]["code"], broken.as_str());
        assert_eq!(outcomes["late"][0]["code"], late.as_str());
        let page = room.town.browser().get("/commitments/outcomes").await.sees(StatusCode::OK);
        page.says("The money went elsewhere").says("&#60;iframe").never_says("<iframe");
        room.town.browser().get("/commitments/outcomes.rss").await.says("Forty stand").says(&late);
    }
}
