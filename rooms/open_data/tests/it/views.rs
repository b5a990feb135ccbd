//! Views with a name, and frames on other sites.

use crate::town::rooms;
use axum::http::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn a_view_is_kept_for_everybody_by_publishers_and_for_oneself_by_anybody() {
    for room in rooms().await {
        room.trees().await;
        let (visitor, amina) = (room.town.browser(), room.town.signed_in("amina@example.org").await);
        let keep = async |who: &testing::Browser, title: &str, query: &str, shared: &str| {
            let form = [("title", title), ("query", query), ("shared", shared)];
            who.post("/data/trees/trees/views", &form).await
        };
        let to = keep(&room.parks, "Tall oaks", "where=kind+%3D+oak&sort=-height&after=2", "yes").await;
        assert_eq!(to.sees(StatusCode::SEE_OTHER).location(), "/data/trees/trees?where=kind+%3D+oak&sort=-height");
        keep(&amina, "My elms", "where=kind+%3D+elm", "").await.sees(StatusCode::SEE_OTHER);
        let led = visitor.get("/data/trees/trees/view/tall-oaks").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(led.location(), "/data/trees/trees?where=kind+%3D+oak&sort=-height");
        let led = visitor.get("/data/trees/trees/view/tall-oaks.csv").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(led.location(), "/data/trees/trees.csv?where=kind+%3D+oak&sort=-height");
        visitor.get("/data/trees/trees").await.says("Tall oaks").never_says("My elms").never_says("Keep this view");
        amina
            .get("/data/trees/trees")
            .await
            .says("Tall oaks")
            .says("My elms")
            .says("yours alone")
            .says("Keep this view");
        amina.get("/data/trees/trees/view/my-elms").await.sees(StatusCode::SEE_OTHER);
        for other in [&visitor, &room.roads, &room.parks] {
            other.get("/data/trees/trees/view/my-elms").await.sees(StatusCode::NOT_FOUND);
        }
        // What is wrong, and what is not theirs.
        keep(&amina, "For all", "", "yes").await.sees(StatusCode::FORBIDDEN);
        keep(&room.roads, "For all", "", "yes").await.sees(StatusCode::FORBIDDEN);
        keep(&amina, " ", "", "").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Give the view a name");
        keep(&amina, "Tall oaks", "", "").await.sees(StatusCode::CONFLICT).says("tall-oaks");
        keep(&amina, "Odd", "sort=nothing", "").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no column");
        let long = format!("q={}", "x".repeat(5_000));
        keep(&amina, "Long", &long, "").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let ids = room.town.column("select id from dataset_saved_views order by name").await;
        let drop =
            async |who: &testing::Browser, id: &str| who.post("/data/trees/trees/views/remove", &[("id", id)]).await;
        drop(&amina, &ids[1]).await.sees(StatusCode::NOT_FOUND);
        drop(&room.parks, &ids[0]).await.sees(StatusCode::NOT_FOUND);
        // What a person keeps for themselves is theirs, in their export, and goes with them.
        let person = room.town.column("select person_id from dataset_saved_views where person_id is not null").await;
        let person: civic::PersonId = person[0].parse().unwrap();
        let privacy = open_data::room().privacy.unwrap();
        let town = room.town.town.clone();
        let told = town.db().write(move |tx| {
            let told = (privacy.export)(tx, person)?;
            (privacy.erase)(tx, person)?;
            tx.commit(database::OffRecord("a test"), told)
        });
        let told = told.await.map_err(|error: database::DbError| error).unwrap();
        assert_eq!(told["saved_views"][0]["query"], "where=kind+%3D+elm");
        assert_eq!(room.town.column("select name from dataset_saved_views").await, ["tall-oaks"]);
        drop(&room.parks, &ids[1]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees/trees/view/tall-oaks").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn other_sites_show_a_chart_a_map_or_rows_in_a_frame_and_no_draft() {
    for room in rooms().await {
        room.trees().await;
        let visitor = room.town.browser();
        let page = visitor.get("/data/trees/trees?group=kind").await.sees(StatusCode::OK);
        let page = page.says("Code for the chart").says("Code for the rows").never_says("Code for the map");
        page.says("/data/trees/trees/embed?group=kind&#38;amp;show=chart");
        let framed = async |query: &str| visitor.get(&format!("/data/trees/trees/embed?{query}")).await;
        let chart = framed("show=chart&group=kind&language=es").await.sees(StatusCode::OK);
        let policy = chart.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(!policy.contains("frame-ancestors 'none'") && !chart.headers.contains_key(header::X_FRAME_OPTIONS));
        assert!(!chart.headers.contains_key(header::SET_COOKIE));
        chart.says("<svg class=\"chart").says("lang=\"es\"").never_says("<form");
        framed("where=kind+%3D+elm").await.sees(StatusCode::OK).says("elm").never_says("oak");
        framed("show=table&group=kind&sum=max:height").await.sees(StatusCode::OK).says("12.5");
        for (bad, says) in
            [("show=film", "chart, map or table"), ("show=chart", "needs a column"), ("sort=x", "no column")]
        {
            framed(bad).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        assert!(visitor.get("/data/trees/trees").await.headers.contains_key(header::X_FRAME_OPTIONS));
        room.draft("hidden").await;
        room.add("hidden", "a.csv", b"a\n1\n").await.sees(StatusCode::SEE_OTHER);
        for who in [&visitor, &room.parks] {
            who.get("/data/hidden/hidden/embed").await.sees(StatusCode::NOT_FOUND);
        }
        let json = json!({"title": "By kind", "query": "group=kind"});
        let kept = crate::town::page_sends_json(&room.parks, "/data/trees/trees/views.json", &json).await;
        assert_eq!(kept.sees(StatusCode::CREATED).json()["name"], "by-kind");
    }
}
