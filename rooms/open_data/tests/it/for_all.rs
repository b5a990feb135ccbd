//! What everybody may read: by pages of other sites, known again by its tag, and in parts.

use crate::town::{Room, rooms};
use axum::http::{Method, Request, StatusCode, header};
use serde_json::Value;
use testing::Seen;

/// Reads with headers of its own.
pub async fn read_with(room: &Room, path: &str, headers: &[(&str, &str)]) -> Seen {
    let request = Request::builder().method(Method::GET).uri(path);
    let request = headers.iter().fold(request, |all, (name, value)| all.header(*name, *value));
    room.town.browser().send(request, Vec::new()).await
}

/// An address of each public route that is read.
fn addresses() -> Vec<(&'static str, &'static str)> {
    vec![
        ("/data", "/data.json"),
        ("/data/sql", "/data/sql.json?sql=select+1"),
        ("/data/{name}", "/data/trees.json"),
        ("/data/{name}/{resource}", "/data/trees/trees.json"),
        ("/data/{name}/{resource}", "/data/trees/trees.csv"),
        ("/data/{name}/{resource}", "/data/trees/trees.json?sort=nothing"),
        ("/data/{name}/versions", "/data/trees/versions.json"),
        ("/data/{name}/{resource}/view/{view}", "/data/trees/trees/view/nothing.json"),
        ("/data/{name}/{resource}/changes", "/data/trees/trees/changes.json"),
        ("/data/{name}/{resource}/row/{number}", "/data/trees/trees/row/1.json"),
        ("/data/{name}/{resource}/row/by/{key}", "/data/trees/trees/row/by/2019-03-01.json"),
        ("/data/{name}/{resource}/file/{form}", "/data/trees/trees/file/ndjson"),
        ("/data/{name}/{resource}/report", "/data/trees/trees/report.json"),
        ("/data/catalog.ttl", "/data/catalog.ttl"),
        ("/data/catalog.jsonld", "/data/catalog.jsonld"),
        ("/data/catalog.rdf", "/data/catalog.rdf"),
        ("/data/catalog/{name}/{form}", "/data/catalog/trees/ttl"),
        ("/data/catalog/{name}/datapackage", "/data/catalog/trees/datapackage"),
        ("/api/3/action/{action}", "/api/3/action/package_list"),
        ("/api/action/{action}", "/api/action/package_list"),
        ("/api/3", "/api/3"),
        ("/resource/{table}", "/resource/trees.json"),
        ("/data/requests", "/data/requests.json"),
        ("/data/requests/{code}", "/data/requests/D-7777.json"),
        ("/data/showcase", "/data/showcase.json"),
        ("/data/showcase/{code}", "/data/showcase/U-7777.json"),
        ("/data/issues", "/data/issues.json"),
        ("/data/issues/{code}", "/data/issues/F-7777.json"),
        ("/data/{name}/issues", "/data/trees/issues.json"),
        ("/data/stories/{story}", "/data/stories/nothing.json"),
        ("/ogc/features", "/ogc/features"),
        ("/ogc/features/", "/ogc/features/"),
        ("/ogc/features/conformance", "/ogc/features/conformance"),
        ("/ogc/features/collections", "/ogc/features/collections"),
        ("/ogc/features/collections/{collection}", "/ogc/features/collections/nothing"),
        ("/ogc/features/collections/{collection}/items", "/ogc/features/collections/nothing/items"),
        ("/ogc/features/collections/{collection}/items/{feature}", "/ogc/features/collections/nothing/items/1"),
    ]
}

#[tokio::test]
async fn pages_of_other_sites_read_whatever_everybody_may_read() {
    for room in rooms().await {
        room.trees().await;
        let all = addresses();
        let public = open_data::room().routes.into_iter().filter(|route| {
            let is_read = route.method == Method::GET && route.act.roles.contains(&civic::Role::Visitor);
            is_read && (route.machine || !route.twins.is_empty())
        });
        for route in public {
            assert!(all.iter().any(|(path, _)| *path == route.path), "give an address of {}", route.path);
        }
        for (_, address) in &all {
            let seen = room.town.browser().get(address).await;
            assert_eq!(
                seen.headers.get("access-control-allow-origin").map(|value| value.as_bytes()),
                Some(&b"*"[..]),
                "{address}"
            );
            assert!(!seen.headers.contains_key("access-control-allow-credentials"), "{address}");
        }
        for page in ["/data", "/data/trees", "/data/trees/trees", "/data/sql", "/data/trees/trees/row/1"] {
            let seen = read_with(&room, page, &[("accept", "text/html")]).await.sees(StatusCode::OK);
            assert!(!seen.headers.contains_key("access-control-allow-origin"), "a page is for people: {page}");
        }
        for path in ["/api/3/action/package_search", "/resource/trees.json", "/data/trees/trees/file/parquet"] {
            let asked = room.town.browser().preflight(path, Method::GET).await.sees(StatusCode::NO_CONTENT);
            assert!(asked.headers["access-control-allow-headers"].to_str().unwrap().ends_with("range"), "{path}");
        }
        room.town.browser().preflight("/api/3/action/package_search", Method::POST).await.sees(StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn what_a_reader_has_already_is_not_sent_again() {
    for room in rooms().await {
        room.trees().await;
        let all = [
            "/data.json",
            "/data/trees.json",
            "/data/trees/trees.json?where=kind+%3D+oak",
            "/data/trees/trees.csv",
            "/data/trees/trees/row/1.json",
            "/data/trees/trees/file/csv",
            "/data/trees/trees/file/xlsx",
            "/data/trees/trees/file/parquet",
            "/data/trees/trees/file/original",
            "/data/catalog.ttl",
            "/data/catalog/trees/datapackage",
            "/data/sql.json?sql=select+kind+from+trees",
            "/resource/trees.json",
        ];
        let mut tags = Vec::new();
        for path in all {
            let seen = room.town.browser().get(path).await.sees(StatusCode::OK);
            let tag = seen.headers.get(header::ETAG).unwrap_or_else(|| panic!("{path}")).to_str().unwrap().to_owned();
            let again = read_with(&room, path, &[("if-none-match", &format!("\"other\", {tag}"))]).await;
            assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
            assert_eq!(again.headers[header::ETAG], tag, "{path}");
            read_with(&room, path, &[("if-none-match", "\"other\"")]).await.sees(StatusCode::OK);
            tags.push(tag);
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), all.len(), "each has its own");
        let csv = room.town.browser().get("/data/trees/trees/file/csv").await;
        let day = csv.headers[header::LAST_MODIFIED].to_str().unwrap().to_owned();
        let since = read_with(&room, "/data/trees/trees/file/csv", &[("if-modified-since", &day)]).await;
        assert_eq!(since.status, StatusCode::NOT_MODIFIED);

        // Another file is another answer.
        let view = room.town.browser().get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap().to_owned();
        let tag = csv.headers[header::ETAG].to_str().unwrap().to_owned();
        let parts = [testing::Part::Text("resource", &id), testing::Part::File("file", "trees.csv", b"kind\nfir\n")];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        let newer = read_with(&room, "/data/trees/trees/file/csv", &[("if-none-match", &tag)]).await;
        assert_eq!((newer.status, newer.text.as_str()), (StatusCode::OK, "kind\nfir\n"));

        // A draft is known again by nobody, and nobody learns that it is there.
        room.draft("hidden").await;
        room.add("hidden", "a.csv", b"a\n1\n").await.sees(StatusCode::SEE_OTHER);
        let own = room.parks.get("/data/hidden/hidden/file/csv").await.sees(StatusCode::OK);
        assert!(!own.headers.contains_key(header::ETAG));
        let star = read_with(&room, "/data/hidden/hidden/file/csv", &[("if-none-match", "*")]).await;
        assert_eq!(star.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_part_of_the_parquet_of_any_table_can_be_read() {
    for room in rooms().await {
        room.trees().await;
        let path = "/data/trees/trees/file/parquet";
        let whole = room.town.browser().get(path).await.sees(StatusCode::OK);
        assert_eq!(whole.headers[header::ACCEPT_RANGES], "bytes");
        assert_eq!(whole.headers[header::CONTENT_LENGTH], whole.bytes.len().to_string().as_str());
        assert!(whole.bytes.starts_with(b"PAR1") && whole.bytes.ends_with(b"PAR1"));
        let foot = read_with(&room, path, &[("range", "bytes=-8")]).await.sees(StatusCode::PARTIAL_CONTENT);
        assert_eq!(foot.bytes, whole.bytes[whole.bytes.len() - 8..]);
        let middle = read_with(&room, path, &[("range", "bytes=4-9"), ("accept-encoding", "gzip")]).await;
        assert_eq!((middle.status, &middle.bytes[..]), (StatusCode::PARTIAL_CONTENT, &whole.bytes[4..10]));
        let tag = whole.headers[header::ETAG].to_str().unwrap().to_owned();
        let same = read_with(&room, path, &[("range", "bytes=0-3"), ("if-range", &tag)]).await;
        assert_eq!(same.status, StatusCode::PARTIAL_CONTENT);
        read_with(&room, path, &[("range", "bytes=0-3"), ("if-range", "\"x\"")]).await.sees(StatusCode::OK);
        read_with(&room, path, &[("range", "bytes=999999-")]).await.sees(StatusCode::RANGE_NOT_SATISFIABLE);
        let head = Request::builder().method(Method::HEAD).uri(path).header("accept-encoding", "gzip");
        let head = room.town.browser().send(head, Vec::new()).await.sees(StatusCode::OK);
        assert_eq!(head.headers[header::CONTENT_LENGTH], whole.bytes.len().to_string().as_str());
        let again = tables::read(&whole.bytes, &importing::Wish::default()).unwrap();
        assert_eq!(again[0].table.rows().count(), 3);
        // What is chosen of it is streamed as before, and it goes with its table.
        let some = room.town.browser().get(&format!("{path}?where=kind+%3D+oak")).await.sees(StatusCode::OK);
        assert!(!some.headers.contains_key(header::ACCEPT_RANGES));
        let folder = room.town.town.part::<crate::town::Folder>().0.clone();
        let kept = || {
            std::fs::read_dir(&folder)
                .unwrap()
                .filter(|one| one.as_ref().unwrap().path().extension().is_some_and(|end| end == "parquet"))
                .count()
        };
        assert_eq!(kept(), 1, "made once");
        let id = room.town.browser().get("/data/trees.json").await.json()["resources"][0]["id"].clone();
        let id = Value::as_str(&id).unwrap().to_owned();
        let parts = [testing::Part::Text("resource", &id), testing::Part::File("file", "trees.csv", b"kind\nfir\n")];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept(), 0);
    }
}
