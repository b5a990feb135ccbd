//! What many read at once is made once, and yet nobody reads what is old or not for them.

use crate::town::rooms;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn an_answer_is_seen_by_everybody_at_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let page = format!("/requests/{code}");
        let visitor = room.town.browser();
        for _ in 0..2 {
            visitor.get(&page).await.says("It flickers").never_says("We come on Monday");
            visitor.get("/requests").await.says(&code);
        }
        room.lamps
            .post(&format!("/desk/{code}/answer"), &[("text", "We come on Monday")])
            .await
            .sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.says("We come on Monday");
        // Programs do not turn the clock of this test: only the commit makes what is remembered old.
        let asked = serde_json::json!({"category": "lamp", "address": "Quay", "description": "It is dark"});
        visitor.get("/requests").await.sees(StatusCode::OK);
        let second = visitor.post_json("/requests.json", &asked).await.sees(StatusCode::CREATED).json();
        visitor.get("/requests").await.says(second["code"].as_str().unwrap());
    }
}

#[tokio::test]
async fn each_reader_gets_their_own() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let page = format!("/requests/{code}");
        // The clock stands still in between, so nothing is forgotten for its age.
        room.lamps.get(&page).await.says(&format!("/desk/{code}"));
        let visitor = room.town.browser();
        visitor.get(&page).await.never_says("/desk/").says("<html lang=\"en\"");
        room.lamps.get(&page).await.says(&format!("/desk/{code}"));
        room.town.browser().reading("es").get(&page).await.says("<html lang=\"es\"");
        visitor.get(&format!("{page}.json")).await.json();
        visitor.get(&page).await.says("<html lang=\"en\"");
        // What is said once is said to one, and to nobody after.
        let message = "class=\"flash\"";
        visitor.get("/requests").await.never_says(message);
        let told = room.town.browser();
        told.set_cookie(web::serve::FLASH_COOKIE, "people-signed-out");
        told.get("/requests").await.says(message);
        visitor.get("/requests").await.never_says(message);
    }
}

#[tokio::test]
async fn of_the_forms_a_reader_takes_the_first_that_is_there() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let visitor = room.town.browser();
        let kind = async |path: &str, accept: &str| {
            let request = Request::builder().uri(path).header(header::ACCEPT, accept);
            let seen = visitor.send(request, Vec::new()).await;
            let kind = seen.headers[header::CONTENT_TYPE].to_str().unwrap().split(';').next().unwrap().to_owned();
            (seen.status, kind)
        };
        let ok = |kind: &str| (StatusCode::OK, kind.to_owned());
        let page = format!("/requests/{code}");
        // The list has points on a map, the page of one request has none.
        let points = "application/geo+json, application/json;q=0.4, text/html;q=0.6, */*;q=0.1";
        assert_eq!(kind("/requests", points).await, ok("application/geo+json"));
        assert_eq!(kind(&page, points).await, ok("text/html"));
        assert_eq!(kind(&page, "application/geo+json, application/json;q=0.4").await, ok("application/json"));
        assert_eq!(kind("/report", "application/rss+xml, */*;q=0.1").await, ok("text/html"));
        assert_eq!(kind("/report", "text/csv, text/*;q=0.1").await, ok("text/html"));
        // Whoever takes nothing else is told that there is none, also after somebody was answered.
        let none = (StatusCode::NOT_FOUND, "application/problem+json".to_owned());
        assert_eq!(kind("/report", "application/rss+xml").await, none);
        assert_eq!(kind(&page, "application/geo+json").await, none);
        assert_eq!(kind(&format!("{page}.geojson"), "text/html").await, none);
        assert_eq!(kind(&page, "application/json, text/plain, */*").await, ok("application/json"));
    }
}

#[tokio::test]
async fn a_message_is_not_lost_when_an_older_one_is_unread() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let (desk, message) = (format!("/desk/{code}"), "class=\"flash\"");
        // Two forms in a row, from two tabs: nobody has read the first message when the second one is left.
        let take = [("version", &*room.version(&code).await)];
        room.lamps.post(&format!("{desk}/take"), &take).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("{desk}/note"), &[("text", "Ladder")]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.says(message).says("The note is kept for colleagues.");
        room.lamps.get(&desk).await.never_says(message);
    }
}
