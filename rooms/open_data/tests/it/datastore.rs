//! The datastore, changed by programs: what is there stays, what does not fit is named and nothing of it stored.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use civic::Role;
use serde_json::{Value, json};

async fn rows(room: &Room, id: &str) -> Value {
    let all = json!({"resource_id": id});
    room.act("", "datastore_search", &all).await.sees(StatusCode::OK).json()["result"].clone()
}

#[tokio::test]
async fn a_table_that_is_created_again_keeps_its_rows_and_its_key() {
    for room in rooms().await {
        room.trees().await;
        let token = room.town.token(Role::Administrator).await;
        let act = async |action: &str, params: Value| room.act(&token, action, &params).await;
        let fields = json!([{"id": "id", "type": "int"}, {"id": "note", "type": "text"}]);
        let made = act(
            "datastore_create",
            json!({"resource": {"package_id": "trees", "name": "readings"}, "primary_key": ["id"], "fields": fields,
                "records": [{"id": 1, "note": "a"}, {"id": 2, "note": "b"}]}),
        )
        .await
        .sees(StatusCode::OK)
        .json();
        let id = made["result"]["resource_id"].as_str().unwrap().to_owned();
        act("datastore_create", json!({"resource_id": id, "fields": fields})).await.sees(StatusCode::OK);
        assert_eq!(rows(&room, &id).await["total"], 2, "created again without rows");
        let wider = json!([{"id": "id", "type": "int"}, {"id": "height", "type": "numeric"}]);
        let wide =
            act("datastore_create", json!({"resource_id": id, "fields": wider, "records": [{"id": 3, "height": 2.5}]}));
        let wide = wide.await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!((&wide["primary_key"], wide["fields"].as_array().unwrap().len()), (&json!(["id"]), 3));
        let all = rows(&room, &id).await;
        assert_eq!(all["total"], 3);
        assert_eq!(all["records"][0], json!({"_id": 1, "id": 1, "note": "a", "height": null}));
        assert_eq!(all["records"][2], json!({"_id": 3, "id": 3, "note": null, "height": 2.5}));
        act("datastore_upsert", json!({"resource_id": id, "records": [{"id": 1, "note": "c"}]}))
            .await
            .sees(StatusCode::OK);
        assert_eq!(rows(&room, &id).await["records"][0]["note"], "c", "it still has its key");
        for (params, why) in [
            (json!({"fields": fields, "records": [{"id": 1}]}), "duplicate key"),
            (json!({"fields": [{"id": "note", "type": "int"}]}), "is text and stays so"),
            (json!({"records": [{"note": "x"}]}), "needed as key"),
            (json!({"primary_key": ["nothing"]}), "not in table"),
        ] {
            let mut params = params;
            params["resource_id"] = json!(id);
            act("datastore_create", params).await.sees(StatusCode::CONFLICT).says(why);
        }
        assert_eq!(rows(&room, &id).await["total"], 3);
        // The table of a file is no other: rows are added to it.
        let trees =
            room.act("", "package_show", &json!({"id": "trees"})).await.json()["result"]["resources"][0]["id"].clone();
        let more = json!({"resource_id": trees, "records": [{"kind": "yew", "height": 3}], "force": true});
        act("datastore_create", more).await.sees(StatusCode::OK);
        let all = rows(&room, trees.as_str().unwrap()).await;
        assert_eq!(
            (&all["total"], &all["records"][3]["kind"], &all["records"][0]["height"]),
            (&json!(4), &json!("yew"), &json!(12.5))
        );
    }
}

#[tokio::test]
async fn a_cell_that_does_not_fit_is_named_and_nothing_is_stored() {
    for room in rooms().await {
        room.trees().await;
        let token = room.town.token(Role::Administrator).await;
        let act = async |action: &str, params: Value| room.act(&token, action, &params).await;
        let fields = json!([{"id": "id", "type": "int"}, {"id": "day", "type": "date"}]);
        let create = json!({"resource": {"package_id": "trees"}, "primary_key": "id", "fields": fields, "records": [{"id": 1, "day": "2026-01-01"}]});
        let made = act("datastore_create", create).await.sees(StatusCode::OK).json();
        let id = made["result"]["resource_id"].as_str().unwrap().to_owned();
        for method in ["upsert", "insert"] {
            let records = json!([{"id": 2, "day": null}, {"id": "abc", "day": "2026-01-02"}]);
            let seen = act("datastore_upsert", json!({"resource_id": id, "method": method, "records": records})).await;
            let seen = seen.sees(StatusCode::CONFLICT).json()["error"].clone();
            let said = seen["records"][0].as_str().unwrap();
            assert!(said.starts_with("row 2: \"abc\" does not fit the column \"id\" (int)"), "{said}");
            assert_eq!((&seen["records_row"], &seen["__type"]), (&json!(1), &json!("Validation Error")));
        }
        let dry = json!({"resource_id": id, "records": [{"id": 2, "day": "2026-02-30"}], "dry_run": true});
        act("datastore_upsert", dry).await.sees(StatusCode::CONFLICT).says("2026-02-30");
        let dry = json!({"resource_id": id, "records": [{"id": 2, "day": "2026-02-28"}], "dry_run": true});
        act("datastore_upsert", dry).await.sees(StatusCode::OK);
        assert_eq!(rows(&room, &id).await["total"], 1);
    }
}

#[tokio::test]
async fn rows_are_read_in_every_format_of_ckan() {
    for room in rooms().await {
        room.trees().await;
        let trees =
            room.act("", "package_show", &json!({"id": "trees"})).await.json()["result"]["resources"][0]["id"].clone();
        let read = async |format: &str| {
            let asked = json!({"resource_id": trees, "records_format": format, "fields": "kind,height", "limit": 2});
            room.act("", "datastore_search", &asked).await
        };
        let records = async |format: &str| read(format).await.sees(StatusCode::OK).json()["result"].clone();
        assert_eq!(records("csv").await["records"], "oak,12.5\nelm,\n");
        assert_eq!(records("tsv").await["records"], "oak\t12.5\nelm\t\n");
        assert_eq!(records("lists").await["records"], json!([["oak", 12.5], ["elm", null]]));
        assert_eq!(records("objects").await["records"][1], json!({"kind": "elm", "height": null}));
        assert_eq!(records("csv").await["records_format"], "csv");
        read("xml").await.sees(StatusCode::CONFLICT).says("must be one of");
    }
}

#[tokio::test]
async fn columns_that_a_schema_does_not_name_stay_with_all_of_their_cells() {
    for room in rooms().await {
        room.draft("lamps").await;
        let schema = r#"{"fields":[{"name":"id","type":"integer"}],"primaryKey":"id"}"#;
        let file = testing::Part::File("file", "lamps.csv", b"id,kind,watts\n1,led,20\n2,gas,40\n");
        let parts = [file, testing::Part::Text("schema", schema)];
        room.parks.post_files("/data/lamps/add", &parts).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/lamps/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let token = room.town.token(Role::Administrator).await;
        let shown = room.act("", "package_show", &json!({"id": "lamps"})).await.json();
        let id = shown["result"]["resources"][0]["id"].as_str().unwrap().to_owned();
        let insert = json!({"resource_id": id, "method": "insert", "records": [{"id": 3, "kind": "led"}]});
        room.act(&token, "datastore_upsert", &insert).await.sees(StatusCode::OK);
        let keyed = json!({"resource_id": id, "primary_key": "id"});
        room.act(&token, "datastore_create", &keyed).await.sees(StatusCode::OK);
        let upsert = json!({"resource_id": id, "records": [{"id": 2, "watts": 45}]});
        room.act(&token, "datastore_upsert", &upsert).await.sees(StatusCode::OK);
        let all = rows(&room, &id).await["records"].clone();
        assert_eq!(all[0], json!({"_id": 1, "id": 1, "kind": "led", "watts": 20}));
        assert_eq!(all[1], json!({"_id": 2, "id": 2, "kind": "gas", "watts": 45}));
        assert_eq!(all[2], json!({"_id": 3, "id": 3, "kind": "led", "watts": null}));
        let delete = json!({"resource_id": id, "filters": {"id": 3}, "force": true});
        room.act(&token, "datastore_delete", &delete).await.sees(StatusCode::OK);
        assert_eq!(rows(&room, &id).await["records"][1]["kind"], "gas");
    }
}

#[tokio::test]
async fn rows_that_are_sent_at_the_same_time_are_all_there() {
    for room in rooms().await {
        room.trees().await;
        let token = room.town.token(Role::Administrator).await;
        let fields = json!([{"id": "id", "type": "int"}]);
        let create =
            json!({"resource": {"package_id": "trees"}, "primary_key": "id", "fields": fields, "records": [{"id": 0}]});
        let made = room.act(&token, "datastore_create", &create).await.sees(StatusCode::OK).json();
        let id = made["result"]["resource_id"].as_str().unwrap().to_owned();
        let send = async |number: i64| {
            let upsert = json!({"resource_id": id, "records": [{"id": number}]});
            room.act(&token, "datastore_upsert", &upsert).await.sees(StatusCode::OK);
        };
        tokio::join!(send(1), send(2), send(3));
        assert_eq!(rows(&room, &id).await["total"], 4);
    }
}
