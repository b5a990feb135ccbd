//! What was withdrawn, removed or replaced: what its addresses say, and which of its older files stay.

use crate::{
    town::rooms,
    versions::{NEW, OLD, published, publisher, replaced, sha256},
};
use axum::http::StatusCode;
use testing::Part;

#[tokio::test]
async fn what_was_withdrawn_says_so_at_every_address_and_why() {
    for room in rooms().await {
        published(&room).await;
        let version = || async { room.parks.get("/data/trees.json").await.json()["version"].to_string() };
        let now = version().await;
        let page = room.parks.get("/data/trees/edit").await.sees(StatusCode::OK);
        page.says(&format!(
            "action=\"/data/trees/withdraw\" novalidate><input type=\"hidden\" name=\"version\" value=\"{now}\""
        ));
        let told = [("version", "1"), ("why", "Counted twice"), ("replaced_by", "better-trees")];
        room.parks.post("/data/trees/withdraw", &told).await.sees(StatusCode::CONFLICT).says("Counted twice");
        let bad = [("version", now.as_str()), ("why", "Counted twice"), ("replaced_by", "javascript:alert(1)")];
        room.parks
            .post("/data/trees/withdraw", &bad)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Counted twice");
        let told = [("version", now.as_str()), ("why", "Counted twice"), ("replaced_by", "better-trees")];
        room.parks.post("/data/trees/withdraw", &told).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        for path in [
            "/data/trees/trees",
            "/data/trees/trees.json",
            "/data/trees/trees.csv?version=3",
            "/data/trees/trees/row/1.json",
            "/data/trees/trees/row/by/1.json",
            "/data/trees/trees/file/original",
            "/data/trees/trees/file/parquet",
            "/data/trees/versions.json",
            "/data/trees/trees/changes.json",
            "/data/catalog/trees/ttl",
            "/data/catalog/trees/datapackage",
            "/resource/trees.json",
            "/api/3/action/package_show?id=trees",
        ] {
            let seen = visitor.get(path).await.sees(StatusCode::GONE);
            seen.says("This dataset was withdrawn. Counted twice See instead: /data/better-trees");
        }
        let view = visitor.get("/data/trees.json").await.sees(StatusCode::GONE).json();
        assert_eq!(view["withdrawn_why"], "Counted twice");
        assert!(view["replaced_by"].as_str().unwrap().ends_with("/data/better-trees"));
        visitor.get("/data/trees").await.sees(StatusCode::GONE).says("Counted twice").says("/data/better-trees");
        for (language, says) in [("es", "retirado"), ("ar", "سُحبت")] {
            room.town.browser().reading(language).get("/data/trees/trees").await.sees(StatusCode::GONE).says(says);
        }
        let stale = [("version", "2")];
        room.parks.post("/data/trees/publish", &stale).await.sees(StatusCode::CONFLICT);
        let now = version().await;
        room.parks.post("/data/trees/publish", &[("version", now.as_str())]).await.sees(StatusCode::SEE_OTHER);
        let view = visitor.get("/data/trees.json").await.sees(StatusCode::OK).json();
        assert_eq!((view["withdrawn_why"].as_str(), view["replaced_by"].as_str()), (Some(""), Some("")));
        visitor.get("/data/trees/trees.csv?version=3").await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_removed_or_replaced_is_taken_away_for_good_where_that_is_ticked() {
    for room in rooms().await {
        published(&room).await;
        for (language, says) in [("en", "stays public"), ("es", "sigue siendo público"), ("ar", "يبقى متاحًا للجميع")]
        {
            let publisher = publisher(&room, language).await;
            let page = publisher.get("/data/trees/edit").await.sees(StatusCode::OK);
            page.says(says).says("name=\"forget\"").never_says("⟦");
        }
        let visitor = room.town.browser();
        let files = || room.town.column("select cast(count(*) as text) from dataset_files");
        let view = visitor.get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap().to_owned();
        let parts = [Part::Text("resource", &id), Part::Text("forget", "yes"), Part::File("file", "trees.csv", NEW)];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees/trees.csv?version=3").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/trees/trees.csv?version=4").await.sees(StatusCode::OK).says("fir");
        assert_eq!(files().await, ["1"]);
        let versions = visitor.get("/data/trees/versions.json").await.sees(StatusCode::OK);
        assert!(!versions.text.contains(&sha256(OLD)));
        // Without the tick it stays.
        replaced(&room, OLD).await;
        visitor.get("/data/trees/trees.csv?version=4").await.sees(StatusCode::OK).says("fir");
        let gone = [("resource", id.as_str()), ("forget", "yes")];
        room.parks.post("/data/trees/remove", &gone).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/data/trees/{id}/file/original?version=5")).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(files().await, ["1"], "that of version 4");
    }
}

#[tokio::test]
async fn files_of_before_a_withdrawal_are_public_again_only_where_that_is_ticked() {
    for room in rooms().await {
        published(&room).await;
        replaced(&room, NEW).await;
        let visitor = room.town.browser();
        let status = async |version: i64| visitor.get(&format!("/data/trees/trees.csv?version={version}")).await.status;
        let withdraw = async || room.parks.post("/data/trees/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(status(3).await, StatusCode::OK);
        withdraw().await;
        for (language, says) in [("en", "stay closed"), ("es", "siguen cerradas"), ("ar", "مغلقة")] {
            let publisher = publisher(&room, language).await;
            publisher.get("/data/trees/edit").await.sees(StatusCode::OK).says(says).says("name=\"older\"");
        }
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        // The file that is here now is public, under its older number too; the other is not.
        assert_eq!(
            [status(3).await, status(4).await, status(6).await],
            [404, 200, 200].map(|one| StatusCode::from_u16(one).unwrap())
        );
        let told = visitor.get("/data/trees/versions.json").await.sees(StatusCode::OK);
        assert!(!told.text.contains(&sha256(OLD)) && !told.text.contains("trees.csv?version=3"), "{}", told.text);
        visitor.get("/data/trees/versions").await.sees(StatusCode::OK).never_says("version=3");
        room.parks.get("/data/trees/versions").await.sees(StatusCode::OK).says("not public since").says("for good");
        visitor.get("/data/trees/trees/changes.json?from=3&to=4").await.sees(StatusCode::NOT_FOUND);
        // What is published from then on is kept as before.
        replaced(&room, b"id,kind,height\n5,yew,1\n").await;
        assert_eq!(
            [status(3).await, status(6).await, status(7).await],
            [404, 200, 200].map(|one| StatusCode::from_u16(one).unwrap())
        );
        visitor.get("/data/trees/trees.csv?version=6").await.sees(StatusCode::OK).says("fir");
        withdraw().await;
        room.parks.post("/data/trees/publish", &[("older", "yes")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees/trees.csv?version=3").await.sees(StatusCode::OK).says("ash");
        visitor.get("/data/trees/trees.csv?version=6").await.sees(StatusCode::OK).says("fir");
    }
}
