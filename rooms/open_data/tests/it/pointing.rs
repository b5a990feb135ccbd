//! Foreign keys: tables of one dataset that point to one another, handed in file by file.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::Part;

const KINDS: &str = "Code,Name\nQ,oak\nU,elm\nU,smooth elm\n";
const TREES: &str = "id,kind,of\n1,Q,\n2,X,1\n3,U,9\n4,,1\n";

async fn add(room: &Room, file: &str, text: &str, schema: &Value) {
    let schema = if schema.is_null() { String::new() } else { schema.to_string() };
    let parts = [Part::File("file", file, text.as_bytes()), Part::Text("schema", &schema)];
    room.parks.post_files("/data/trees/add", &parts).await.sees(StatusCode::SEE_OTHER);
}

/// The report of the resource with this file: row, column and value of each cell, and what was not checked.
async fn told(room: &Room, at: usize) -> (Vec<(u64, String, String)>, Value) {
    let view = room.parks.get("/data/trees.json").await.sees(StatusCode::OK).json();
    let name = view["resources"][at]["name"].as_str().unwrap().to_owned();
    let report = room.parks.get(&format!("/data/trees/{name}/report.json")).await.sees(StatusCode::OK).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let cells = report["cells"].as_array().unwrap();
    assert_eq!(report["misfits"], cells.len());
    let cells = cells.iter().map(|one| (one["row"].as_u64().unwrap(), text(&one["column"]), text(&one["value"])));
    (cells.collect(), report["unchecked"].clone())
}

fn cell(row: u64, column: &str, value: &str) -> (u64, String, String) {
    (row, column.to_owned(), value.to_owned())
}

fn frictionless(resource: &str) -> Value {
    json!({
        "fields": [{"name": "id", "type": "integer"}, {"name": "kind", "type": "string"}, {"name": "of", "type": "integer"}],
        "foreignKeys": [
            {"fields": "kind", "reference": {"resource": resource, "fields": "Code"}},
            {"fields": ["of"], "reference": {"resource": "", "fields": ["id"]}},
        ],
    })
}

#[tokio::test]
async fn a_frictionless_schema_points_to_resources_by_their_names() {
    for room in rooms().await {
        room.draft("trees").await;
        add(&room, "trees.csv", TREES, &frictionless("kinds")).await;
        let (cells, unchecked) = told(&room, 0).await;
        assert_eq!(cells, [cell(3, "of", "9")], "only the table itself is there; nothing points to nothing");
        assert_eq!(unchecked[0]["to"], "kinds");
        assert_eq!(unchecked[0]["reason"], "the table that it points to is not in this dataset");

        add(&room, "kinds.csv", KINDS, &Value::Null).await;
        add(&room, "trees.csv", TREES, &frictionless("kinds")).await;
        let (cells, unchecked) = told(&room, 2).await;
        assert_eq!(cells, [cell(2, "kind", "X"), cell(3, "of", "9")]);
        assert_eq!(unchecked, json!([]));

        let view = room.parks.get("/data/trees.json").await.sees(StatusCode::OK).json();
        let own = view["resources"][2]["name"].as_str().unwrap();
        let page = room.parks.get(&format!("/data/trees/{own}/report")).await.sees(StatusCode::OK);
        page.says("2 cells do not fit").says("no row of it has this value");
        let csv = room.parks.get(&format!("/data/trees/{own}.csv")).await.sees(StatusCode::OK);
        assert_eq!(csv.text, TREES, "nothing is lost");
        let first = view["resources"][0]["name"].as_str().unwrap();
        room.parks.get(&format!("/data/trees/{first}/report")).await.says("that were not checked").says("kinds");
        room.parks
            .get(&format!("/data/trees/{first}/report.csv"))
            .await
            .says(",kind,kinds,the table that it points to");
    }
}

#[tokio::test]
async fn a_package_names_its_files_and_what_is_wrong_in_it_is_said() {
    for room in rooms().await {
        room.draft("trees").await;
        add(&room, "arten-2026.csv", KINDS, &Value::Null).await;
        let mut schema = frictionless("kinds");
        schema["foreignKeys"][1]["reference"] = json!({"resource": "", "fields": ["id", "kind"]});
        schema["foreignKeys"]
            .as_array_mut()
            .unwrap()
            .push(json!({"fields": "gone", "reference": {"resource": "kinds", "fields": "Code"}}));
        schema["foreignKeys"]
            .as_array_mut()
            .unwrap()
            .push(json!({"fields": "kind", "reference": {"resource": "kinds", "fields": "Gone"}}));
        let package = json!({"resources": [
            {"name": "kinds", "path": "data/arten-2026.csv", "schema": {"fields": [{"name": "Code"}]}},
            {"name": "trees", "path": "data/trees.csv", "schema": schema},
        ]});
        add(&room, "trees.csv", TREES, &package).await;
        let (cells, unchecked) = told(&room, 1).await;
        assert_eq!(cells, [cell(2, "kind", "X")]);
        let reasons: Vec<&str> =
            unchecked.as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap()).collect();
        assert_eq!(
            reasons,
            [
                "it names no fields, or not as many here as there",
                "the schema has no such field",
                "the table that it points to does not have all of the columns"
            ]
        );
    }
}

#[tokio::test]
async fn csvw_points_to_tables_by_their_addresses_and_to_exactly_one_row() {
    for room in rooms().await {
        room.draft("trees").await;
        let kinds = json!({"url": "http://example.org/the%20kinds.csv", "tableSchema": {
            "@id": "http://example.org/kinds.json",
            "columns": [{"name": "code", "titles": "Code"}, {"name": "name", "titles": "Name"}]}});
        let trees = |reference: Value| {
            json!({"url": "http://example.org/trees.csv", "tableSchema": {
                "columns": [{"name": "id", "datatype": "integer"}, {"name": "kind"}, {"name": "of", "datatype": "integer"}],
                "foreignKeys": [{"columnReference": "kind", "reference": reference}]}})
        };
        let context = "http://www.w3.org/ns/csvw";
        let own = |mut table: Value| {
            table["@context"] = json!(context);
            table
        };
        add(&room, "the kinds.csv", KINDS, &own(kinds.clone())).await;
        let by_table = json!({"resource": "http://example.org/the%20kinds.csv", "columnReference": "code"});
        let by_schema = json!({"schemaReference": "http://example.org/kinds.json", "columnReference": ["code"]});
        let group = json!({"@context": context, "tables": [kinds, trees(by_schema.clone())]});
        let elsewhere = json!({"resource": "http://example.org/others.csv", "columnReference": "code"});
        for (at, schema) in [(1, own(trees(by_table))), (2, own(trees(by_schema))), (3, group)] {
            add(&room, "trees.csv", TREES, &schema).await;
            let (cells, unchecked) = told(&room, at).await;
            // Two rows are called U, and an empty cell points to no row (as in the tests of the W3C).
            assert_eq!(cells, [cell(2, "kind", "X"), cell(3, "kind", "U"), cell(4, "kind", "")], "{schema}");
            assert_eq!(unchecked, json!([]));
        }
        add(&room, "trees.csv", TREES, &own(trees(elsewhere))).await;
        let (cells, unchecked) = told(&room, 4).await;
        assert_eq!((cells.len(), unchecked[0]["to"].as_str()), (0, Some("http://example.org/others.csv")));
    }
}

#[tokio::test]
async fn a_newer_file_is_held_against_the_newest_tables() {
    for room in rooms().await {
        room.draft("trees").await;
        add(&room, "kinds.csv", KINDS, &Value::Null).await;
        add(&room, "trees.csv", "id,kind,of\n1,Q,1\n", &frictionless("kinds")).await;
        assert_eq!(told(&room, 1).await.0, []);
        let view = room.parks.get("/data/trees.json").await.json();
        let id = view["resources"][1]["id"].as_str().unwrap().to_owned();
        let schema = frictionless("kinds").to_string();
        let parts = [
            Part::Text("resource", &id),
            Part::File("file", "trees.csv", "id,kind,of\n5,Z,5\n6,Q,1\n".as_bytes()),
            Part::Text("schema", &schema),
        ];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            told(&room, 1).await.0,
            [cell(1, "kind", "Z"), cell(2, "of", "1")],
            "row 1 of the older file is gone"
        );
    }
}

#[tokio::test]
async fn when_the_table_that_is_pointed_to_is_another_one_the_report_is_made_anew() {
    for room in rooms().await {
        room.draft("trees").await;
        add(&room, "kinds.csv", KINDS, &Value::Null).await;
        add(&room, "trees.csv", "id,kind,of\n1,Q,\n2,X,1\n3,U,x\n", &frictionless("kinds")).await;
        room.town.settle().await;
        let before = [cell(3, "of", "x"), cell(2, "kind", "X"), cell(3, "of", "x")];
        assert_eq!(told(&room, 1).await.0, before);
        let view = room.parks.get("/data/trees.json").await.json();
        assert_eq!(view["resources"][1]["rechecked_at"], Value::Null, "it says what it said");
        let (id, version) =
            (view["resources"][0]["id"].as_str().unwrap().to_owned(), view["version"].as_i64().unwrap());

        let newer = [Part::Text("resource", &id), Part::File("file", "kinds.csv", b"Code,Name\nX,yew\nU,elm\n")];
        room.parks.post_files("/data/trees/replace", &newer).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(
            told(&room, 1).await.0,
            [cell(3, "of", "x"), cell(1, "kind", "Q"), cell(3, "of", "x")],
            "what is of the file alone stays"
        );
        let view = room.parks.get("/data/trees.json").await.sees(StatusCode::OK).json();
        assert!(view["resources"][1]["rechecked_at"].is_string() && view["resources"][0]["rechecked_at"].is_null());
        assert_eq!(view["version"].as_i64(), Some(version + 2), "the newer file, and the report");
        let own = view["resources"][1]["name"].as_str().unwrap();
        let page = format!("/data/trees/{own}/report");
        room.parks.get(&page).await.sees(StatusCode::OK).says("the report was made anew on");
        room.parks.get("/data/trees").await.sees(StatusCode::OK).says("the report was made anew on");
        for (language, sentence) in [("es", "el informe se hizo de nuevo"), ("ar", "أُعيد إعداد التقرير")]
        {
            let reader = room.town.holder(&format!("{language}@example.org"), civic::Role::Administrator, None).await;
            reader.reading(language).get(&page).await.says(sentence);
        }

        room.parks.post("/data/trees/remove", &[("resource", &id)]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let (cells, unchecked) = told(&room, 0).await;
        assert_eq!((cells, unchecked[0]["to"].as_str()), (vec![cell(3, "of", "x"), cell(3, "of", "x")], Some("kinds")));
        // A report that says the same is left as it is.
        let settled = room.parks.get("/data/trees.json").await.json()["version"].clone();
        add(&room, "other.csv", "a,b\n1,2\n", &Value::Null).await;
        room.town.settle().await;
        let after = room.parks.get("/data/trees.json").await.json()["version"].as_i64();
        assert_eq!(after, settled.as_i64().map(|version| version + 1));
    }
}
