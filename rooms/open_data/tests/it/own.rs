//! What the rooms declare becomes datasets of the town: every day, and on demand.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::steward;

const ONE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}}]}"#;
const TWO: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

#[tokio::test]
async fn made_every_day_and_anew_on_demand_and_written_only_when_it_changed() {
    for room in rooms().await {
        places::set_boundaries(&room.town.town, &steward(), ONE.as_bytes()).await.unwrap();
        room.town.settle().await;
        let visitor = room.town.browser();
        let rows = || async { visitor.get("/data/districts/districts.json").await.sees(StatusCode::OK).json() };
        assert_eq!(rows().await["count"], 1);
        let page = visitor.get("/data/districts").await.sees(StatusCode::OK);
        page.says("The code of the district").never_says("Make it anew now");
        let version = || async { visitor.get("/data/districts.json").await.json()["version"].as_i64().unwrap() };
        let first = version().await;
        visitor.post("/data/districts/renew", &[]).await.sees(StatusCode::SEE_OTHER);
        room.admin.get("/data/districts/edit").await.sees(StatusCode::OK).says("Make it anew now");
        room.admin.post("/data/districts/renew", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(version().await, first, "nothing changed, so nothing is written");
        places::set_boundaries(&room.town.town, &steward(), TWO.as_bytes()).await.unwrap();
        room.roads.post("/data/districts/renew", &[]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(rows().await["count"], 1);
        room.admin.post("/data/districts/renew", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(rows().await["count"], 2);
        assert_eq!(version().await, first + 1);
        let id = visitor.get("/data/districts.json").await.json()["resources"][0]["id"].as_str().unwrap().to_owned();
        let fetch = [("resource", id.as_str()), ("address", "https://x.example/a.csv"), ("every", "1")];
        room.admin.post("/data/districts/fetch", &fetch).await.sees(StatusCode::NOT_FOUND);
        room.trees().await;
        room.admin.post("/data/trees/renew", &[]).await.sees(StatusCode::NOT_FOUND);
        room.admin.post("/data/districts/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(90_000);
        room.town.settle().await;
        visitor.get("/data/districts").await.sees(StatusCode::GONE);
    }
}
