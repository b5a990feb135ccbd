//! Views of the inbox that officers keep.

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use testing::{Browser, Seen};

const VIEWS: &str = "/desk/services/views";

async fn keeps(who: &Browser, name: &str, query: &str) -> Seen {
    who.post(VIEWS, &[("name", name), ("query", query)]).await
}

async fn does(who: &Browser, act: &str, view: &str, name: &str) -> Seen {
    who.post(VIEWS, &[("act", act), ("view", view), ("name", name)]).await
}

async fn two(hall: &Hall) -> (Browser, Browser) {
    (hall.parking(&[]).await, hall.officer("peter").await)
}

#[tokio::test]
async fn a_view_is_kept_renamed_put_first_and_forgotten_and_nobody_else_sees_it() {
    for hall in halls().await {
        let (olga, peter) = two(&hall).await;
        olga.get(VIEWS).await.sees(StatusCode::OK).says("You keep no view yet");
        // What the page offers to keep is what it shows, without the place in the list.
        let page = olga.get("/desk/services?language=es&show=free&limit=7").await.says("Keep this view").text;
        let query = crate::town::hidden(&page, "query").replace("&#38;", "&");
        assert_eq!(query, "show=open&officer=nobody&language=es");
        let kept = keeps(&olga, "Español, free", &query).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept.location(), "/desk/services?show=open&officer=nobody&language=es");
        let page = olga.get(kept.location()).await.says("Español, free");
        page.says("href=\"/desk/services?show=open&#38;officer=nobody&#38;language=es\" aria-current=\"page\"");
        peter.get("/desk/services").await.never_says("Español, free");
        peter.get(VIEWS).await.never_says("Español, free");
        does(&peter, "rename", "Español, free", "Mine").await.sees(StatusCode::NOT_FOUND);
        does(&peter, "first", "Español, free", "").await.sees(StatusCode::NOT_FOUND);
        does(&peter, "forget", "Español, free", "").await.sees(StatusCode::SEE_OTHER);

        does(&olga, "rename", "Español, free", "In Spanish").await.sees(StatusCode::SEE_OTHER);
        olga.get(VIEWS).await.says("In Spanish").never_says("Español, free");
        // The bare address opens with it; the tab of all that is open does not.
        does(&olga, "first", "In Spanish", "").await.sees(StatusCode::SEE_OTHER);
        olga.get(VIEWS).await.says("The inbox opens with it");
        let opens = olga.get("/desk/services").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(opens.location(), "/desk/services?show=open&officer=nobody&language=es");
        olga.get("/desk/services?show=open").await.sees(StatusCode::OK);
        olga.get("/desk/services.json").await.sees(StatusCode::OK);
        peter.get("/desk/services").await.sees(StatusCode::OK);
        // Only one is first.
        keeps(&olga, "Late", "overdue=yes").await.sees(StatusCode::SEE_OTHER);
        does(&olga, "first", "Late", "").await.sees(StatusCode::SEE_OTHER);
        let views = olga.get("/desk/services/views.json").await.sees(StatusCode::OK).json();
        let expected = serde_json::json!({"views": [
            {"name": "In Spanish", "query": "show=open&officer=nobody&language=es", "is_first": false},
            {"name": "Late", "query": "show=open&overdue=yes", "is_first": true}]});
        assert_eq!(views, expected);
        olga.get("/me/export.json").await.says("In Spanish").says("show=open&overdue=yes").says("is_first");
        does(&olga, "no-first", "", "").await.sees(StatusCode::SEE_OTHER);
        olga.get(VIEWS).await.says("opens with all that is open");
        olga.get("/desk/services").await.sees(StatusCode::OK);
        does(&olga, "forget", "Late", "").await.sees(StatusCode::SEE_OTHER);
        olga.get("/me/export.json").await.says("In Spanish").never_says("overdue=yes");
        olga.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        assert!(hall.town.column("select name from service_desk_views").await.is_empty());
    }
}

#[tokio::test]
async fn names_and_filters_are_read_and_there_is_a_limit() {
    for hall in halls().await {
        let (olga, _) = two(&hall).await;
        let long = "x".repeat(41);
        for name in ["", &long, "a\u{7}b"] {
            keeps(&olga, name, "show=open").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("up to 40 characters");
        }
        let heavy = format!("q={}", "A".repeat(2_000));
        for query in ["district=nowhere", "sort=x", "show=//evil.example", "q=%25", &heavy] {
            keeps(&olga, "Bad", query).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        does(&olga, "burn", "Bad", "").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("keep, rename, first");
        // What a form does not ask for is not kept.
        let kept = keeps(&olga, "<script>alert(1)</script>", "show=done&next=//evil.example&after=00").await;
        assert_eq!(kept.sees(StatusCode::SEE_OTHER).location(), "/desk/services?show=done");
        olga.get("/desk/services").await.never_says("<script>alert(1)");
        olga.get(VIEWS).await.never_says("<script>alert(1)");
        for number in 1..20 {
            keeps(&olga, &format!("View {number}"), "").await.sees(StatusCode::SEE_OTHER);
        }
        keeps(&olga, "One more", "").await.sees(StatusCode::CONFLICT).says("20 views");
        // One of the same name is kept anew; a name is not given twice.
        keeps(&olga, "View 1", "show=done").await.sees(StatusCode::SEE_OTHER);
        does(&olga, "rename", "View 1", "View 2").await.sees(StatusCode::CONFLICT).says("a view of that name");
        does(&olga, "rename", "View 1", "View 1").await.sees(StatusCode::SEE_OTHER);
        keeps(&hall.town.browser(), "Mine", "").await;
        keeps(&hall.town.signed_in("rosa@example.org").await, "Mine", "").await;
        assert_eq!(hall.town.column("select name from service_desk_views").await.len(), 20);
    }
}

#[tokio::test]
async fn a_first_view_of_what_is_no_more_locks_nobody_out() {
    for hall in halls().await {
        let (olga, _) = two(&hall).await;
        keeps(&olga, "Parking", "service=parking").await.sees(StatusCode::SEE_OTHER);
        does(&olga, "first", "Parking", "").await.sees(StatusCode::SEE_OTHER);
        olga.get(VIEWS).await.sees(StatusCode::OK);
        olga.get("/desk/services").await.sees(StatusCode::SEE_OTHER);
        hall.runs("update service_desk_views set query = 'service=gone'".to_owned()).await;
        olga.get("/desk/services").await.sees(StatusCode::OK).says("Parking");
        olga.get("/desk/services?service=gone").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no such service");
    }
}
