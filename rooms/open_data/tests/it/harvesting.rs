//! Other catalogues: twice without doubles, gone means gone, each failure by its title.

use crate::town::{Room, page_sends_json, rooms};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::{fs, path::Path};
use testing::Part;

async fn source(room: &Room, kind: &str, url: &str) -> String {
    let source = json!({"url": url, "kind": kind, "organisation": "parks"});
    let seen = page_sends_json(&room.admin, "/data/harvest.json", &source).await.sees(StatusCode::OK);
    seen.json()["id"].as_str().unwrap().to_owned()
}

async fn harvest(room: &Room, id: &str, bytes: &[u8]) -> Value {
    room.admin
        .post_files(&format!("/data/harvest/{id}/run.json"), &[Part::File("file", "catalogue", bytes)])
        .await
        .sees(StatusCode::OK)
        .json()
}

fn counts(report: &Value) -> [u64; 5] {
    ["made", "changed", "same", "gone", "failed"].map(|name| report[name].as_u64().unwrap())
}

#[tokio::test]
async fn a_catalogue_of_ckan_is_taken_over_twice_and_followed() {
    for room in rooms().await {
        let id = source(&room, "ckan", "https://other.example").await;
        let package = |id: &str, title: Value| {
            json!({"id": id, "title": title, "notes": "n", "license_id": "cc-by", "tags": [{"name": "a"}],
            "resources": [{"id": format!("r{id}"), "url": "https://other.example/x.csv", "name": "x", "format": "CSV"}, {"url": "not an address"}]})
        };
        let catalogue =
            |packages: Vec<Value>| json!({"success": true, "result": {"count": 9, "results": packages}}).to_string();
        let first = catalogue(vec![
            package("1", json!("Bridges")),
            package("2", json!("Tunnels")),
            package("3", json!(null)),
            package("", json!("Lost")),
            package("5", json!("x".repeat(300))),
        ]);
        let report = harvest(&room, &id, first.as_bytes()).await;
        assert_eq!(counts(&report), [3, 0, 0, 0, 2], "{report}");
        let failures: Vec<&str> =
            report["failures"].as_array().unwrap().iter().map(|one| one["dataset"].as_str().unwrap()).collect();
        assert_eq!(failures, ["3", "Lost"]);
        assert_eq!(counts(&harvest(&room, &id, first.as_bytes()).await), [0, 0, 3, 0, 2]);
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK).says("https://other.example/x.csv");
        let second = catalogue(vec![package("1", json!("Bridges and fords")), package("5", json!("x".repeat(300)))]);
        assert_eq!(counts(&harvest(&room, &id, second.as_bytes()).await), [0, 1, 1, 1, 0]);
        room.town.browser().get("/data/tunnels").await.sees(StatusCode::GONE);
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK).says("Bridges and fords");
        let broken = harvest(&room, &id, b"{ nothing").await;
        assert!(!broken["broken"].as_str().unwrap().is_empty());
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK);
        assert_eq!(
            counts(&harvest(&room, &id, first.as_bytes()).await),
            [0, 2, 1, 0, 2],
            "what comes back is shown again"
        );
        room.admin.get("/data/harvest").await.sees(StatusCode::OK).says("it has no title");
        page_sends_json(
            &room.admin,
            "/data/harvest.json",
            &json!({"url": "https://other.example", "kind": "ckan", "organisation": "parks"}),
        )
        .await
        .sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn what_is_said_of_a_dataset_comes_along_or_is_named() {
    for room in rooms().await {
        let id = source(&room, "ckan", "https://other.example/portal").await;
        let package = json!({"id": "1", "title": "Bridges", "notes": "n", "license_id": "uk-ogl", "metadata_modified": "2025-03-04T05:06:07",
            "organization": {"title": "City of Other"}, "groups": [{"name": "tran"}, {"name": "rivers"}],
            "extras": [{"key": "spatial_text", "value": "Otherville"}, {"key": "hvd_category", "value": "http://data.europa.eu/bna/c_b79e35eb"},
                {"key": "harvest_note", "value": "x"}, {"key": "frequency", "value": "http://publications.europa.eu/resource/authority/frequency/DAILY"}],
            "resources": [{"id": "a", "name": "a", "url": "/files/a.csv"}, {"id": "b", "name": "b", "url": "https://other.example/my file.csv"},
                {"id": "c", "name": "c", "url": "ftp://other.example/c.csv"}, {"id": "d", "name": "d", "url": "d.csv"}]});
        let house = json!({"id": "2", "title": "Fords", "notes": "n", "license_id": "house", "license_title": "House rules",
            "license_url": "https://other.example/rules", "resources": []});
        let words =
            json!({"id": "3", "title": "Ferries", "license_id": "words", "license_title": "Ask us", "resources": []});
        let catalogue = json!({"result": {"results": [package, house, words]}}).to_string();
        let report = harvest(&room, &id, catalogue.as_bytes()).await;
        assert_eq!((counts(&report), report["warned"].as_u64()), ([3, 0, 0, 0, 0], Some(2)), "{report}");
        let warned: Vec<(&str, &str)> = report["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["dataset"].as_str().unwrap(), one["why"].as_str().unwrap()))
            .collect();
        assert!(
            warned[0].0 == "Bridges" && warned[0].1.contains("“c” was left out") && warned[0].1.contains("(ftp)"),
            "{warned:?}"
        );
        assert!(warned[1].0 == "Ferries" && warned[1].1.contains("Ask us"), "{warned:?}");
        let shown =
            room.act("", "package_show", &json!({"id": "bridges"})).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!(shown["license_id"], "uk-ogl");
        let urls: Vec<&str> =
            shown["resources"].as_array().unwrap().iter().map(|one| one["url"].as_str().unwrap()).collect();
        assert_eq!(
            urls,
            ["https://other.example/files/a.csv", "https://other.example/my%20file.csv", "https://other.example/d.csv"]
        );
        let extras: std::collections::BTreeMap<&str, &str> = shown["extras"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["key"].as_str().unwrap(), one["value"].as_str().unwrap()))
            .collect();
        for (key, value) in [
            ("spatial_text", "Otherville"),
            ("hvd_category", "mobility"),
            ("frequency", "DAILY"),
            ("harvest_note", "x"),
            ("publisher_name", "City of Other"),
            ("modified", "2025-03-04T05:06:07"),
            ("groups", "rivers"),
        ] {
            assert_eq!(extras.get(key), Some(&value), "{extras:?}");
        }
        let visitor = room.town.browser();
        visitor
            .get("/data/bridges")
            .await
            .sees(StatusCode::OK)
            .says("Taken over from")
            .says("https://other.example/portal")
            .says("City of Other");
        let view = visitor.get("/data/bridges.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (view["source"]["id"].as_str(), view["source"]["publisher"].as_str()),
            (Some("1"), Some("City of Other"))
        );
        visitor
            .get("/data/catalog/bridges/ttl")
            .await
            .sees(StatusCode::OK)
            .says("Taken over from the catalogue https://other.example/portal");
        let fords = visitor.get("/data/fords.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (fords["licence"].as_str(), &visitor.get("/data/trees.json").await.status),
            (Some("https://other.example/rules"), &StatusCode::NOT_FOUND)
        );
        room.admin
            .get("/data/harvest")
            .await
            .sees(StatusCode::OK)
            .says("2 datasets were taken over without something")
            .says("Ask us");
        assert_eq!(counts(&harvest(&room, &id, catalogue.as_bytes()).await), [0, 0, 3, 0, 0], "nothing changed");
    }
}

/// The samples of other people, messy ones among them: none stops the rest, none is a fault.
#[tokio::test]
async fn samples_of_dcat_and_data_json_come_in() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/open");
    assert!(data.is_dir(), "the samples are missing: ../shared/data/open beside the repository");
    for room in rooms().await {
        let (mut seen, mut made, mut number) = (0, 0, 0);
        for (folder, kind) in [("dcat/dcat-ap-3.0.1", "dcat"), ("dcat/ckanext-dcat", "dcat"), ("datajson", "datajson")]
        {
            let mut paths: Vec<_> =
                fs::read_dir(data.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            for path in paths {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                let is_sample = ["ttl", "rdf", "jsonld", "xml"].iter().any(|end| name.ends_with(end))
                    || name.ends_with("data.json");
                if !is_sample || name.starts_with("pod_schema") {
                    continue;
                }
                number += 1;
                let id = source(&room, kind, &format!("https://sample{number}.example/{number}")).await;
                let report = harvest(&room, &id, &fs::read(&path).unwrap()).await;
                let [new, ..] = counts(&report);
                (seen, made) = (seen + 1, made + new);
                let again = harvest(&room, &id, &fs::read(&path).unwrap()).await;
                assert_eq!(counts(&again)[..2], [0, 0], "{name}: {again}");
                assert_eq!(counts(&again)[2], new, "{name}: {again}");
            }
        }
        assert!(seen > 20 && made > 20, "{seen} samples, {made} datasets");
    }
}
