//! The Action API: read and written as clients of CKAN do.

use crate::town::{TREES, page_sends_json, rooms};
use axum::http::{Request, StatusCode};
use civic::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn the_catalogue_is_read() {
    for room in rooms().await {
        room.trees().await;
        let read = async |action: &str, params: Value| {
            room.act("", action, &params).await.sees(StatusCode::OK).json()["result"].clone()
        };
        assert_eq!(read("package_list", json!({})).await, json!(["trees"]));
        let package = read("package_show", json!({"id": "trees"})).await;
        assert_eq!(
            (package["title"].as_str(), package["license_id"].as_str(), package["organization"]["name"].as_str()),
            (Some("Trees of the parks"), Some("cc-by"), Some("parks"))
        );
        let resource = package["resources"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(read("resource_show", json!({"id": resource})).await["datastore_active"], true);
        let search = json!({"q": "trees", "fq": "organization:parks AND tags:trees", "facet.field": ["organization", "tags"], "rows": 5});
        let found = read("package_search", search).await;
        assert_eq!((found["count"].as_u64(), found["facets"]["organization"]["parks"].as_u64()), (Some(1), Some(1)));
        assert_eq!(found["search_facets"]["tags"]["items"].as_array().unwrap().len(), 2);
        assert_eq!(read("package_search", json!({"start": 1})).await["results"], json!([]));
        assert_eq!(read("package_search", json!({"fq": "-res_format:CSV"})).await["count"], 0);
        assert_eq!(read("organization_list", json!({})).await, json!(["parks", "roads"]));
        assert_eq!(read("organization_show", json!({"id": "parks"})).await["package_count"], 1);
        assert_eq!(read("tag_list", json!({})).await, json!(["parks", "trees"]));
        assert!(read("group_list", json!({})).await.as_array().unwrap().contains(&json!("envi")));
        let rows = read(
            "datastore_search",
            json!({"resource_id": resource, "filters": {"kind": "oak"}, "sort": "height desc", "limit": 1}),
        )
        .await;
        assert_eq!(
            (rows["total"].as_u64(), rows["records"][0]["_id"].as_u64(), rows["records"].as_array().unwrap().len()),
            (Some(2), Some(1), 1)
        );
        assert_eq!(rows["fields"][2], json!({"id": "height", "type": "numeric"}));
        let beyond = json!({"resource_id": resource, "filters": {"_id": 99}, "sort": "height desc"});
        assert_eq!(read("datastore_search", beyond).await["records"], json!([]));
        let far = json!({"resource_id": resource, "sort": "height desc", "offset": 100_001});
        let far = room.act("", "datastore_search", &far).await;
        assert!(far.status.is_client_error(), "{}", far.status);
        far.says("at most 100,000 rows are passed over");
        let sql = format!("SELECT count(*) AS n FROM \"{resource}\"");
        assert_eq!(read("datastore_search_sql", json!({"sql": sql})).await["records"][0]["n"], 3);
        let get = room.town.browser().get("/api/action/package_show?id=trees").await.sees(StatusCode::OK).json();
        assert_eq!((get["success"].as_bool(), get["result"]["name"].as_str()), (Some(true), Some("trees")));
    }
}

#[tokio::test]
async fn the_catalogue_is_written() {
    for room in rooms().await {
        let token = room.town.token(Role::Administrator).await;
        let act = async |action: &str, params: Value| room.act(&token, action, &params).await;
        let made = act("package_create", json!({
            "name": "lamps", "title": "Lamps", "owner_org": "roads", "notes": "All lamps", "license_id": "cc-zero",
            "tags": [{"name": "light"}], "extras": [{"key": "height", "value": "tall"}], "resources": [{"name": "list", "url": "https://example.org/l.csv", "format": "CSV"}],
        })).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!(
            (made["private"].as_bool(), made["num_resources"].as_u64(), made["extras"][0]["key"].as_str()),
            (Some(false), Some(1), Some("height"))
        );
        room.town.browser().get("/data/lamps").await.sees(StatusCode::OK).says("Lamps");
        let patched =
            act("package_patch", json!({"id": "lamps", "title": "Street lamps"})).await.sees(StatusCode::OK).json();
        assert_eq!(
            (
                patched["result"]["title"].as_str(),
                patched["result"]["notes"].as_str(),
                patched["result"]["num_resources"].as_u64()
            ),
            (Some("Street lamps"), Some("All lamps"), Some(1))
        );
        let stored = act(
            "datastore_create",
            json!({
                "resource": {"package_id": "lamps", "name": "readings"}, "primary_key": ["id"],
                "fields": [{"id": "id", "type": "int"}, {"id": "dark", "type": "bool"}, {"id": "note", "type": "text"}],
            }),
        )
        .await
        .sees(StatusCode::OK)
        .json()["result"]
            .clone();
        let id = stored["resource_id"].as_str().unwrap().to_owned();
        let rows = async |what: &str| {
            act("datastore_search", json!({"resource_id": id, "q": what})).await.sees(StatusCode::OK).json()["result"]
                .clone()
        };
        assert_eq!(rows("").await["total"], 0);
        let records = json!([{"id": 1, "dark": true, "note": "bulb"}, {"id": 2, "dark": false, "note": null}]);
        act("datastore_upsert", json!({"resource_id": id, "records": records})).await.sees(StatusCode::OK);
        act(
            "datastore_upsert",
            json!({"resource_id": id, "records": [{"id": 2, "note": "fine"}, {"id": 3, "dark": true, "note": "=1"}]}),
        )
        .await
        .sees(StatusCode::OK);
        let all = rows("").await;
        assert_eq!(
            (all["total"].as_u64(), all["records"][1].clone()),
            (Some(3), json!({"_id": 2, "id": 2, "dark": false, "note": "fine"}))
        );
        act("datastore_upsert", json!({"resource_id": id, "method": "insert", "records": [{"id": 1}]}))
            .await
            .sees(StatusCode::CONFLICT)
            .says("duplicate key");
        act("datastore_upsert", json!({"resource_id": id, "records": [{"id": 9, "unknown": 1}]}))
            .await
            .sees(StatusCode::CONFLICT)
            .says("extra keys");
        act("datastore_delete", json!({"resource_id": id, "filters": {"id": 1}})).await.sees(StatusCode::OK);
        assert_eq!(rows("").await["total"], 2);
        let info = act("datastore_info", json!({"id": id})).await.sees(StatusCode::OK).json();
        assert_eq!(
            (info["result"]["meta"]["count"].as_u64(), info["result"]["fields"][1]["type"].as_str()),
            (Some(2), Some("bool"))
        );
        act("datastore_delete", json!({"resource_id": id})).await.sees(StatusCode::OK);
        act("datastore_search", json!({"resource_id": id})).await.sees(StatusCode::NOT_FOUND);
        act("resource_delete", json!({"id": id})).await.sees(StatusCode::OK);
        act("package_delete", json!({"id": "lamps"})).await.sees(StatusCode::OK);
        room.town.browser().get("/data/lamps").await.sees(StatusCode::GONE);
        room.act("", "package_show", &json!({"id": "lamps"})).await.sees(StatusCode::GONE);
    }
}

#[tokio::test]
async fn errors_have_the_shape_of_ckan() {
    for room in rooms().await {
        let token = room.town.token(Role::Administrator).await;
        for (action, params, status, kind) in [
            ("package_show", json!({"id": "nothing"}), StatusCode::NOT_FOUND, "Not Found Error"),
            ("package_show", json!({}), StatusCode::CONFLICT, "Validation Error"),
            ("package_create", json!({"name": "a b", "owner_org": "parks"}), StatusCode::CONFLICT, "Validation Error"),
            ("package_create", json!({"name": "x1"}), StatusCode::CONFLICT, "Validation Error"),
            ("package_create", json!({"name": "x1", "owner_org": "nobody"}), StatusCode::CONFLICT, "Validation Error"),
            ("datastore_search", json!({"resource_id": "nothing"}), StatusCode::NOT_FOUND, "Not Found Error"),
            ("datastore_search_sql", json!({"sql": "drop table x"}), StatusCode::CONFLICT, "Validation Error"),
            ("make_tea", json!({}), StatusCode::BAD_REQUEST, "Bad Request"),
        ] {
            let seen = room.act(&token, action, &params).await.sees(status).json();
            assert_eq!(
                (seen["success"].as_bool(), seen["error"]["__type"].as_str()),
                (Some(false), Some(kind)),
                "{action}: {seen}"
            );
        }
        for body in ["{", "[1]", "{\"id\": \"a\\u0000\"}"] {
            let request = Request::builder()
                .method("POST")
                .uri("/api/3/action/package_show")
                .header("content-type", "application/json");
            let seen = room.town.browser().send(request, body.as_bytes().to_vec()).await.sees(StatusCode::BAD_REQUEST);
            assert_eq!(seen.json()["success"], false);
        }
        room.town.browser().get("/api/3/action/package_create?name=x").await.sees(StatusCode::BAD_REQUEST);
        let big = TREES.repeat(2);
        room.act(&token, "datastore_create", &json!({"resource_id": "x", "records": big}))
            .await
            .sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn catalogues_that_harvest_this_one_ask_as_solr_does() {
    for room in rooms().await {
        let token = room.town.token(Role::Administrator).await;
        room.trees().await;
        for (name, tag) in [("weather", "sky"), ("votes", "town")] {
            room.town.clock.advance_seconds(86_400);
            let made = json!({"name": name, "title": name, "owner_org": "roads", "notes": "All of it", "license_id": "OGL-UK-3.0",
                "tags": [{"name": tag}], "extras": [{"key": "height", "value": "tall"}]});
            room.act(&token, "package_create", &made).await.sees(StatusCode::OK);
        }
        let found = async |params: Value| -> Vec<String> {
            let seen = room.act("", "package_search", &params).await.sees(StatusCode::OK).json()["result"].clone();
            assert_eq!(seen["count"].as_u64(), Some(seen["results"].as_array().unwrap().len() as u64));
            seen["results"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
        };
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        let oldest = found(json!({"sort": "metadata_modified asc"})).await;
        assert_eq!(oldest, ["trees", "weather", "votes"]);
        assert_eq!(found(json!({"sort": "metadata_modified desc"})).await, ["votes", "weather", "trees"]);
        assert_eq!(found(json!({"sort": "metadata_created desc"})).await, ["votes", "weather", "trees"]);
        assert_eq!(found(json!({"sort": "id asc"})).await.len(), 3);
        assert_eq!(sorted(found(json!({"q": "weather OR votes"})).await), ["votes", "weather"]);
        assert_eq!(sorted(found(json!({"fq": "tags:sky OR tags:town"})).await), ["votes", "weather"]);
        assert_eq!(sorted(found(json!({"fq": "tags:sky OR organization:parks"})).await), ["trees", "weather"]);
        assert_eq!(found(json!({"fq": "height:tall -tags:sky"})).await, ["votes"]);
        let shown = room.act("", "package_show", &json!({"id": "weather"})).await.json()["result"].clone();
        assert_eq!((&shown["license_id"], &shown["isopen"]), (&json!("uk-ogl"), &json!(true)));
        let since = shown["metadata_modified"].as_str().unwrap().get(..19).unwrap();
        assert_eq!(
            found(json!({"fq": format!("metadata_modified:[{since}Z TO *]"), "sort": "name asc"})).await,
            ["votes", "weather"]
        );
        assert_eq!(found(json!({"fq": format!("metadata_modified:{{{since}Z TO *]")})).await, ["votes"]);
        assert_eq!(found(json!({"fq": "metadata_modified:[* TO 2001-01-01]"})).await, Vec::<String>::new());
        let places = "name,lat,lon\na,50.5,0.5\nb,50.7,0.6\n";
        room.add("trees", "places.csv", places.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(found(json!({"ext_bbox": "0.55,50.6,2,52"})).await, ["trees"]);
        assert_eq!(found(json!({"extras": {"ext_bbox": "10,50,11,52"}})).await, Vec::<String>::new());
        assert_eq!(sorted(found(json!({"q": "weather OR votes", "fq": "sky"})).await), ["weather"]);
        assert_eq!(found(json!({"q": "12:30"})).await, Vec::<String>::new(), "words, and none is there");
        assert_eq!(found(json!({"q": "nowhere:weather OR http://votes"})).await, Vec::<String>::new());
        assert_eq!(found(json!({"q": "all:of weather"})).await, ["weather"]);
        assert_eq!(
            found(json!({"fq": "metadata_modified:[NOW-1HOUR TO NOW]"})).await.len(),
            2,
            "votes, and trees with places"
        );
        // What has no tables with places, but says what it is about.
        let springs = json!({
            "organisation": "parks", "name": "springs", "title[en]": "Springs", "licence": "cc-by", "bbox": "30,10,31,11",
            "notes[en]": "Every spring of the parks, with its name and what it gives in litres each second.",
            "tags": "water", "themes": "ENVI", "contact_email": "trees@example.org", "spatial": "Testburg",
        });
        page_sends_json(&room.parks, "/data.json", &springs).await.sees(StatusCode::CREATED);
        room.add("springs", "springs.csv", b"name,litres\nold,2\nnew,3\n").await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/springs/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(found(json!({"ext_bbox": "30.5,10.5,40,20"})).await, ["springs"]);
        for (params, why) in [
            (json!({"fq": "colour:red"}), "undefined field colour"),
            (json!({"fq_list": ["colour:red"]}), "fq_list"),
            (json!({"fq": "metadata_modified:[yesterday TO *]"}), "no day"),
            (json!({"sort": "colour asc"}), "nothing to sort by"),
            (json!({"q": "weather OR tags:town"}), "OR is understood"),
            (json!({"ext_bbox": "1,2,3"}), "four degrees"),
        ] {
            room.act("", "package_search", &params).await.sees(StatusCode::CONFLICT).says(why);
        }
        let other = json!({"name": "rivers", "owner_org": "roads", "license_id": "house", "license_url": "https://example.org/rules"});
        let other = room.act(&token, "package_create", &other).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!(
            (&other["license_id"], &other["license_url"], &other["isopen"]),
            (&json!("other"), &json!("https://example.org/rules"), &json!(false))
        );
        let open = json!({"id": "rivers", "license_id": "other-open", "license_url": "https://example.org/open"});
        let open = room.act(&token, "package_patch", &open).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!((&open["license_url"], &open["isopen"]), (&json!("https://example.org/open"), &json!(true)));
        room.town
            .browser()
            .get("/data/rivers")
            .await
            .sees(StatusCode::OK)
            .says("Other, open")
            .says("https://example.org/open");
    }
}

#[tokio::test]
async fn smaller_actions_are_done_and_others_say_what_is_instead() {
    for room in rooms().await {
        room.trees().await;
        let token = room.town.token(Role::Administrator).await;
        let act = async |action: &str, params: Value| room.act(&token, action, &params).await;
        let read =
            async |action: &str, params: Value| act(action, params).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!(read("tag_autocomplete", json!({"query": "ree"})).await, json!(["trees"]));
        assert_eq!(read("organization_autocomplete", json!({"q": "road"})).await[0]["name"], "roads");
        assert_eq!(read("vocabulary_list", json!({})).await, json!([]));
        let found = read("resource_search", json!({"query": ["format:csv", "name:tree"]})).await;
        assert_eq!((found["count"].as_u64(), found["results"][0]["format"].as_str()), (Some(1), Some("CSV")));
        act("resource_search", json!({"query": "colour:red"})).await.sees(StatusCode::CONFLICT).says("field:words");
        let link = json!({"package_id": "trees", "name": "map", "url": "https://example.org/map.pdf"});
        let link = read("resource_create", link).await["id"].clone();
        let order = read("package_resource_reorder", json!({"id": "trees", "order": [link]})).await;
        assert_eq!(order["order"].as_array().unwrap().len(), 2);
        assert_eq!(read("package_show", json!({"id": "trees"})).await["resources"][0]["id"], link);
        act("package_resource_reorder", json!({"id": "trees", "order": ["x"]})).await.sees(StatusCode::CONFLICT);
        act("dataset_purge", json!({"id": "trees"}))
            .await
            .sees(StatusCode::FORBIDDEN)
            .says("package_delete withdraws it");
        read("package_create", json!({"name": "sketch", "owner_org": "parks", "private": true})).await;
        act("dataset_purge", json!({"id": "sketch"})).await.sees(StatusCode::OK);
        act("package_show", json!({"id": "sketch"})).await.sees(StatusCode::NOT_FOUND);
        for (action, why) in
            [("group_create", "data themes"), ("organization_create", "agencies"), ("package_revise", "package_patch")]
        {
            act(action, json!({"name": "x"})).await.sees(StatusCode::BAD_REQUEST).says(why);
        }
    }
}
