//! What was published can be read again as it was, compared, and told apart row by row.

use crate::town::{TREES, rooms};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::Part;

pub const OLD: &[u8] = b"id,kind,height\n1,oak,12\n2,elm,4\n3,ash,7\n";
pub const NEW: &[u8] = b"id,kind,height\n4,fir,3\n2,elm,5\n1,oak,12\n";

pub async fn replaced(room: &crate::town::Room, bytes: &[u8]) {
    let view = room.town.browser().get("/data/trees.json").await.json();
    let id = view["resources"][0]["id"].as_str().unwrap().to_owned();
    let parts = [Part::Text("resource", &id), Part::File("file", "trees.csv", bytes)];
    room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
}

pub async fn published(room: &crate::town::Room) {
    room.draft("trees").await;
    room.add("trees", "trees.csv", OLD).await.sees(StatusCode::SEE_OTHER);
    room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_older_version_is_read_as_it_was() {
    for room in rooms().await {
        published(&room).await;
        replaced(&room, NEW).await;
        let visitor = room.town.browser();
        let old = String::from_utf8(OLD.to_vec()).unwrap();
        assert_eq!(visitor.get("/data/trees.json").await.json()["version"], 4);
        for path in ["/data/trees/trees/file/original", "/data/trees/trees/file/csv", "/data/trees/trees.csv"] {
            assert_eq!(visitor.get(&format!("{path}?version=3")).await.sees(StatusCode::OK).text, old, "{path}");
            assert_ne!(visitor.get(&format!("{path}?version=4")).await.sees(StatusCode::OK).text, old, "{path}");
            for none in ["1", "5", "0", "x"] {
                let seen = visitor.get(&format!("{path}?version={none}")).await;
                assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path} {none}");
            }
        }
        let rows = visitor.get("/data/trees/trees.json?version=3&where=kind+%3D+ash").await.sees(StatusCode::OK).json();
        assert_eq!(rows["count"], 1);
        let page = visitor.get("/data/trees/trees?version=3").await.sees(StatusCode::OK);
        page.says("You see version 3").says("/data/trees/trees/row/by/3?version=3").says("file/csv?version=3");

        // What is only said of it is no other file.
        let words = [("notes[kind]", "What it is")];
        room.parks.post("/data/trees/trees/columns", &words).await.sees(StatusCode::SEE_OTHER);
        let all = visitor.get("/data/trees/versions.json").await.sees(StatusCode::OK).json();
        let files = |at: usize| all["versions"][at]["files"].as_array().unwrap().len();
        assert_eq!((files(0), files(1), files(2)), (0, 1, 1), "{all}");
        let sha = all["versions"][2]["files"][0]["sha256"].as_str().unwrap();
        assert_eq!(sha, sha256(OLD));
        visitor
            .get("/data/trees/versions")
            .await
            .sees(StatusCode::OK)
            .says("v3")
            .never_says("for good")
            .says("changes?to=4");
        visitor.get("/data/trees").await.sees(StatusCode::OK).says("/data/trees/versions");

        // The rule for files that belong to nothing leaves them; that for versions takes them once it is their time.
        let count = || room.town.column("select cast(count(*) as text) from dataset_files");
        let run = |name: &'static str, days: i64| {
            let town = room.town.town.clone();
            async move {
                let rule = open_data::room().retention.iter().find(|rule| rule.name == name).unwrap().run;
                let before = town.now().plus_days(days);
                let run = town.db().write(move |tx| {
                    let gone = rule(tx, before, 100)?;
                    tx.commit(database::OffRecord("a test"), gone)
                });
                run.await.map_err(|error: database::DbError| error).unwrap()
            }
        };
        assert_eq!((run("open_data.loose-files", 9).await, count().await[0].as_str()), (0, "2"));
        assert_eq!((run("open_data.versions", -9).await, run("open_data.own-versions", 9).await), (0, 0));
        assert_eq!((run("open_data.versions", 9).await, count().await[0].as_str()), (1, "1"));
        visitor.get("/data/trees/trees/file/original?version=3").await.sees(StatusCode::NOT_FOUND).says("not kept");
        visitor.get("/data/trees/trees/file/original").await.sees(StatusCode::OK);
    }
}

pub async fn publisher(room: &crate::town::Room, language: &str) -> testing::Browser {
    let email = format!("{language}@example.org");
    room.town.holder(&email, civic::Role::Administrator, None).await.reading(language)
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    hex::encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn a_file_that_should_never_have_been_there_is_taken_away_by_its_publishers_alone() {
    for room in rooms().await {
        published(&room).await;
        replaced(&room, NEW).await;
        let view = room.town.browser().get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap();
        let form = [("resource", id), ("version", "3")];
        room.roads.post("/data/trees/versions/forget", &form).await.sees(StatusCode::NOT_FOUND);
        room.parks.get("/data/trees/versions").await.sees(StatusCode::OK).says("for good");
        room.parks.post("/data/trees/versions/forget", &form).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get("/data/trees/trees.csv?version=3").await.sees(StatusCode::NOT_FOUND);
        assert_eq!(room.town.column("select cast(count(*) as text) from dataset_files").await, ["1"]);
        let form = [("resource", id), ("version", "4")];
        let refused = room.parks.post("/data/trees/versions/forget", &form).await.sees(StatusCode::CONFLICT);
        refused.says("still has this file");
        room.town.browser().get("/data/trees/trees.csv").await.sees(StatusCode::OK);
        assert_eq!(
            room.town.column("select cast(count(*) as text) from dataset_files").await,
            ["1"],
            "it is the newest"
        );
    }
}

#[tokio::test]
async fn a_version_whose_file_was_taken_away_shows_no_other_and_a_workbook_goes_with_all_of_its_tables() {
    for room in rooms().await {
        published(&room).await;
        replaced(&room, NEW).await;
        replaced(&room, b"id,kind,height\n5,yew,1\n").await;
        let view = room.town.browser().get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap();
        let visitor = room.town.browser();
        room.parks
            .post("/data/trees/versions/forget", &[("resource", id), ("version", "4")])
            .await
            .sees(StatusCode::SEE_OTHER);
        // Not that of version 3, as if it had been there.
        visitor.get("/data/trees/trees.csv?version=4").await.sees(StatusCode::NOT_FOUND).says("not kept");
        visitor.get("/data/trees/trees.csv?version=3").await.sees(StatusCode::OK).says("ash");
        visitor.get("/data/trees/trees.csv?version=5").await.sees(StatusCode::OK).says("yew");
        let bodies = room.town.column("select body from dataset_version_files where version = 4").await;
        assert!(!bodies[0].contains("trees.csv") && !bodies[0].contains("height"), "{bodies:?}");
        let page = visitor.get("/data/trees/versions").await.sees(StatusCode::OK);
        page.says("taken away");

        // Two sheets of one file are one file.
        let (one, two): (&[&[&str]], &[&[&str]]) = (&[&["id", "a"], &["1", "b"]], &[&["id", "c"], &["1", "d"]]);
        let bytes = crate::intakes::workbook(&[("One", one), ("Two", two)]);
        room.draft("book").await;
        room.add("book", "book.xlsx", &bytes).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/book/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let view = visitor.get("/data/book.json").await.json();
        let ids: Vec<String> =
            view["resources"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), 2);
        room.parks.post("/data/book/remove", &[("resource", &ids[0])]).await.sees(StatusCode::SEE_OTHER);
        let form = [("resource", ids[0].as_str()), ("version", "3")];
        room.parks.post("/data/book/versions/forget", &form).await.sees(StatusCode::CONFLICT);
        room.parks.post("/data/book/remove", &[("resource", &ids[1])]).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/book/versions/forget", &form).await.sees(StatusCode::SEE_OTHER);
        let named = room.town.column("select cast(count(*) as text) from dataset_version_files v join datasets d on d.id = v.dataset_id where d.name = 'book' and v.file_id is not null");
        assert_eq!(named.await, ["0"]);
        let loose = room.town.column("select cast(count(*) as text) from dataset_files where file_name = 'book.xlsx'");
        assert_eq!(loose.await, ["0"]);
    }
}

#[tokio::test]
async fn what_was_published_before_versions_were_kept_is_read_as_long_as_its_file_stands() {
    for room in rooms().await {
        published(&room).await;
        let words = [("notes[kind]", "What it is")];
        room.parks.post("/data/trees/trees/columns", &words).await.sees(StatusCode::SEE_OTHER);
        let emptied = room.town.town.db().write(|tx| {
            tx.execute("delete from dataset_version_files", &database::params![])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        emptied.await.map_err(|error: database::DbError| error).unwrap();
        let visitor = room.town.browser();
        for (version, status) in
            [(4, StatusCode::OK), (3, StatusCode::OK), (2, StatusCode::NOT_FOUND), (1, StatusCode::NOT_FOUND)]
        {
            let seen = visitor.get(&format!("/data/trees/trees.csv?version={version}")).await;
            assert_eq!(seen.status, status, "{version}");
        }
        replaced(&room, NEW).await;
        visitor.get("/data/trees/trees.csv?version=4").await.sees(StatusCode::OK).says("ash");
        visitor.get("/data/trees/trees.csv?version=2").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_changed_is_told_row_by_row() {
    for room in rooms().await {
        published(&room).await;
        room.town
            .browser()
            .get("/data/trees/trees/changes")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("no earlier file");
        replaced(&room, NEW).await;
        let visitor = room.town.browser();
        let found = visitor.get("/data/trees/trees/changes.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (found["from"].clone(), found["to"].clone(), found["key"].clone()),
            (json!(3), json!(4), json!(["id"]))
        );
        assert_eq!([&found["added"], &found["changed"], &found["removed"]], [&json!(1), &json!(1), &json!(1)]);
        assert_eq!(found["rows"][1]["cells"], json!({"height": [4, 5]}));
        let csv = visitor.get("/data/trees/trees/changes.csv?from=3&to=4").await.sees(StatusCode::OK);
        assert!(
            csv.text.contains("changed,2,2,height,4,5\n") && csv.text.contains("removed,3,3,kind,ash,\n"),
            "{}",
            csv.text
        );
        for language in ["en", "es", "ar"] {
            let page = room.town.browser().reading(language).get("/data/trees/trees/changes").await;
            page.sees(StatusCode::OK).says("height").never_says("⟦");
        }
        visitor.get("/data/trees/trees/changes?from=9").await.sees(StatusCode::NOT_FOUND).says("no version");
    }
}

#[tokio::test]
async fn a_row_keeps_its_address_where_it_has_a_key_and_says_so_where_it_has_none() {
    for room in rooms().await {
        published(&room).await;
        let visitor = room.town.browser();
        visitor.get("/data/trees/trees").await.sees(StatusCode::OK).says("/data/trees/trees/row/by/2\"");
        let row = visitor.get("/data/trees/trees/row/by/2.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (row["kind"].as_str(), row["_id"].as_i64(), row["_version"].as_i64()),
            (Some("elm"), Some(2), Some(3))
        );
        visitor.get("/data/trees/trees/row/by/9").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/trees/trees/row/by/1~12").await.sees(StatusCode::NOT_FOUND);
        let resident = room.town.signed_in("amina@example.org").await;
        let form = [("table", "trees"), ("row", "3"), ("version", "3"), ("body", "This ash was felled")];
        let to = resident.post("/data/trees/issues", &form).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let bad = [("table", "trees"), ("row", "3"), ("version", "8"), ("body", "This ash was felled")];
        resident.post("/data/trees/issues", &bad).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        replaced(&room, NEW).await;
        assert_eq!(visitor.get("/data/trees/trees/row/by/2.json").await.json()["height"], 5, "the same tree");
        // The mistake leads to the row that was meant, and not to what stands there now.
        let issue = visitor.get(&format!("{to}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((issue["row"].as_i64(), issue["data_version"].as_i64()), (Some(3), Some(3)));
        visitor.get(&to).await.sees(StatusCode::OK).says("/data/trees/trees/row/3?version=3").says("Version 3");
        visitor.get("/data/trees/trees/row/3?version=3").await.sees(StatusCode::OK).says("ash");
        visitor.get("/data/trees/trees/row/3").await.sees(StatusCode::OK).says("oak");
    }
    for room in rooms().await {
        room.draft("trees").await;
        room.add("trees", "trees.csv", TREES.replace("oak,7", "oak,12.5").as_bytes()).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let schema = r#"{"fields": [{"name": "kind"}, {"name": "note"}], "primaryKey": ["kind", "note"]}"#;
        let visitor = room.town.browser();
        let view = visitor.get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap().to_owned();
        let bytes = b"kind,note\noak,a/b.json\noak,~1\noak,~1\n";
        let parts = [Part::Text("resource", &id), Part::Text("schema", schema), Part::File("file", "trees.csv", bytes)];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        let page = visitor.get("/data/trees/trees").await.sees(StatusCode::OK);
        page.says("/row/by/oak~1a%2Fb%2Ejson\"");
        let row = visitor.get("/data/trees/trees/row/by/oak~1a%2Fb%2Ejson").await.sees(StatusCode::OK);
        row.says("it stays when a newer file comes");
        visitor
            .get("/data/trees/trees/row/by/oak~1~01.json")
            .await
            .sees(StatusCode::CONFLICT)
            .says("2 rows have this key");
        let line = visitor.get("/data/trees/trees/row/1.json").await.sees(StatusCode::OK).json();
        assert!(line["_url"].as_str().unwrap().ends_with("/row/by/oak~1a%2Fb%2Ejson"), "{line}");
        let bare: Value = visitor.get("/data/trees/trees.json").await.json();
        assert_eq!(bare["key"], json!(["kind", "note"]));
    }
}
