//! The attack list of RELIABILITY, as far as this room goes.

use crate::town::{TREES, page_sends_json, rooms, rooms_at_home, server};
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;
use testing::Part;

const EVIL: &str = "<script>alert(1)</script>\"onload=x";

/// Script in every word, in the name of a file, in the names of columns and in cells.
#[tokio::test]
async fn script_stays_words() {
    for room in rooms().await {
        let draft = json!({
            "organisation": "parks", "name": "evil", "title[en]": EVIL, "notes[en]": EVIL, "spatial": EVIL, "origin": EVIL,
            "licence": "cc-by", "contact_name": EVIL,
        });
        page_sends_json(&room.parks, "/data.json", &draft).await.sees(StatusCode::CREATED);
        let file = format!(
            "\"{}\",b\n\"{}\",1\n\"{}\",2\n",
            EVIL.replace('"', "\"\""),
            EVIL.replace('"', "\"\""),
            EVIL.replace('"', "\"\"")
        );
        let parts = [Part::Text("title", EVIL), Part::File("file", "<script>.csv", file.as_bytes())];
        room.parks.post_files("/data/evil/add", &parts).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/evil/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let encoded = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3Dx";
        for page in [
            "/data",
            "/data/evil",
            "/data/evil/evil",
            "/data/evil/evil/row/1",
            "/data/evil/evil/report",
            "/data.rss",
            "/data/evil.rss",
            &format!("/data?q={encoded}"),
            &format!("/data?tags={encoded}"),
            &format!("/data/evil/evil?q={encoded}"),
            "/data/sql",
            &format!("/data/sql?sql={encoded}"),
            "/data/evil/evil?group=b",
            "/data/catalog.rdf",
            "/",
        ] {
            let seen = room.town.browser().get(page).await;
            assert!(!seen.text.contains("<script>alert") && !seen.text.contains("\"onload=x"), "{page}");
        }
        room.parks.get("/data/evil/edit").await.sees(StatusCode::OK).never_says("<script>alert");
        room.parks.get("/data/evil/evil/columns").await.sees(StatusCode::OK).never_says("<script>alert");
    }
}

/// Nobody changes what another agency publishes, by page or by program; drafts are seen by nobody else, by name or by id.
#[tokio::test]
async fn only_who_holds_the_mandate_publishes() {
    for room in rooms().await {
        room.draft("trees").await;
        room.add("trees", "trees.csv", TREES.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        let view = room.parks.get("/data/trees.json").await.sees(StatusCode::OK).json();
        let (id, resource) = (view["id"].as_str().unwrap(), view["resources"][0]["id"].as_str().unwrap());
        let resident = room.town.signed_in("amina@example.org").await;
        for browser in [&room.town.browser(), &resident, &room.roads] {
            for path in [
                format!("/data/{id}"),
                "/data/trees".into(),
                "/data/trees/trees".into(),
                format!("/data/trees/{resource}/file/original"),
                "/data/trees/trees.csv".into(),
                "/data/catalog/trees/ttl".into(),
                "/data/catalog/trees/datapackage".into(),
            ] {
                browser.get(&path).await.sees(StatusCode::NOT_FOUND);
            }
        }
        for (action, params) in [
            ("package_show", json!({"id": id})),
            ("resource_show", json!({"id": resource})),
            ("datastore_search", json!({"resource_id": resource})),
            ("datastore_info", json!({"id": resource})),
        ] {
            room.act("", action, &params).await.sees(StatusCode::NOT_FOUND);
        }
        let everything = room.act("", "package_search", &json!({"include_private": true})).await.json();
        assert_eq!(everything["result"]["count"], 0);
        room.roads.post("/data/trees/publish", &[]).await.sees(StatusCode::NOT_FOUND);
        room.roads.get("/data/trees/edit").await.sees(StatusCode::NOT_FOUND);
        resident.post("/data/trees/publish", &[]).await.sees(StatusCode::FORBIDDEN);
        let auditor = room.town.token(Role::Auditor).await;
        for token in ["", "nonsense", auditor.as_str()] {
            for action in
                ["package_create", "package_delete", "datastore_create", "resource_create", "datastore_delete"]
            {
                room.act(token, action, &json!({"id": id, "name": "x", "owner_org": "parks"}))
                    .await
                    .sees(StatusCode::FORBIDDEN);
            }
        }
        let sql = room
            .town
            .browser()
            .get("/data/sql.json?sql=select+*+from+trees")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        sql.says("no such table");
    }
}

/// A draft that is thrown away leaves nothing that others could see.
#[tokio::test]
async fn a_draft_that_is_thrown_away_was_never_there() {
    for room in rooms().await {
        room.draft("trees").await;
        room.add("trees", "trees.csv", TREES.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        room.roads.post("/data/trees/withdraw", &[]).await.sees(StatusCode::NOT_FOUND);
        let to = room.parks.post("/data/trees/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(to.location(), "/data");
        room.town.settle().await;
        for browser in [&room.town.browser(), &room.parks] {
            browser.get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        }
        assert!(!room.town.record().await.concat().contains("dataset/trees"));
        room.draft("trees").await;
    }
}

/// Addresses into our own network, by name, number and redirect; and what is no address.
#[tokio::test]
async fn our_own_network_is_not_asked() {
    for room in rooms().await {
        room.draft("trees").await;
        for url in [
            "https://127.0.0.1/a.csv",
            "https://localhost/a.csv",
            "https://[::1]/a.csv",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/a.csv",
            "http://example.org/a.csv",
            "file:///etc/passwd",
            "https://user:pw@example.org/a.csv",
            "https://0x7f000001/a.csv",
        ] {
            let seen =
                room.parks.post("/data/trees/add", &[("address", url)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            seen.says("Nothing was taken from this address");
        }
        let source = json!({"url": "https://127.0.0.1/", "kind": "ckan", "organisation": "parks"});
        let id = page_sends_json(&room.admin, "/data/harvest.json", &source).await.sees(StatusCode::OK).json()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let report = page_sends_json(&room.admin, &format!("/data/harvest/{id}/run.json"), &json!({}))
            .await
            .sees(StatusCode::OK)
            .json();
        assert!(report["broken"].as_str().unwrap().contains("not in the public network"), "{report}");
        assert_eq!(report["gone"], 0);
    }
}

/// What an address leads on to is judged like the address, and what it claims is not waited for; nothing is stored of either.
#[tokio::test]
async fn redirects_and_claims_of_ten_gigabytes_are_refused() {
    for room in rooms_at_home().await {
        room.draft("trees").await;
        let to = |where_to: &str| {
            format!("HTTP/1.1 302 Found\r\nlocation: {where_to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        };
        for (answer, why) in [
            (to("file:///etc/passwd"), "address"),
            (to("http://user:pw@example.org/a.csv"), "name or password"),
            (to("/a.csv"), "redirects"),
            ("HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\na,b\n".to_owned(), "large"),
        ] {
            let (address, _) = server(&answer);
            let url = format!("{address}/a.csv");
            let seen = room.parks.post("/data/trees/add", &[("address", url.as_str())]).await;
            let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Nothing was taken from this address");
            assert!(seen.text.contains(why), "{why} of {answer}: {}", seen.text);
        }
        assert!(room.parks.get("/data/trees.json").await.json()["resources"].as_array().unwrap().is_empty());
        assert!(room.town.column("select id from dataset_files").await.is_empty());
    }
}

/// Files that are something else than they say, and paths in names.
#[tokio::test]
async fn what_a_file_says_that_it_is_is_not_believed() {
    for room in rooms().await {
        room.draft("trees").await;
        for (file, bytes, says) in [
            ("a.csv", &b"PK\x03\x04zip"[..], "called something else"),
            ("a.xlsx", b"a,b\n1,2\n", "called something else"),
            ("a.json", b"a,b\n1,2\n", "called something else"),
            ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0", "no table"),
            ("a.zip", b"PK\x03\x04zip", "broken"),
        ] {
            room.add("trees", file, bytes).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        room.add("trees", "../../../etc/passwd", b"root:x:0:0").await.sees(StatusCode::SEE_OTHER);
        room.add("trees", "page.html", b"<script>alert(1)</script>").await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let view = room.town.browser().get("/data/trees.json").await.json();
        for resource in view["resources"].as_array().unwrap() {
            let path = resource["download_url"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap().to_owned();
            let seen = room.town.browser().get(&path).await.sees(StatusCode::OK);
            let disposition = seen.headers["content-disposition"].to_str().unwrap();
            assert!(disposition.starts_with("attachment") && !disposition.contains('/'), "{disposition}");
            assert_eq!(seen.headers["x-content-type-options"], "nosniff");
            assert!(!seen.headers["content-type"].to_str().unwrap().contains("html"));
        }
        for path in [
            "/data/..%2f..%2fetc",
            "/data/trees/..%2f..%2fx",
            "/data/trees/x/file/..%2foriginal",
            "/data/%00",
            "/data/trees/x/row/1e9",
        ] {
            room.town.browser().get(path).await.sees(StatusCode::NOT_FOUND);
        }
    }
}
