//! A dataset, its whole way: drafted, filled, published, found, asked, brought up to date, withdrawn.

use crate::town::{TREES, page_sends_json, rooms};
use axum::http::{StatusCode, header};
use serde_json::json;
use testing::Part;

#[tokio::test]
async fn from_a_draft_to_a_table_and_back() {
    for room in rooms().await {
        room.draft("trees").await;
        let visitor = room.town.browser();
        visitor.get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data").await.sees(StatusCode::OK).never_says("Trees of the parks");
        room.parks.get("/data").await.sees(StatusCode::OK).says("Trees of the parks").says("Draft");
        room.parks
            .post("/data/trees/publish", &[])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Add a file before");
        room.add("trees", "trees.csv", TREES.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees/trees").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/trees/trees/file/original").await.sees(StatusCode::NOT_FOUND);
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);

        let page = visitor.get("/data/trees").await.sees(StatusCode::OK);
        page.says("3 rows")
            .says("1 rows set aside")
            .says("CC BY 4.0")
            .says("Parks and trees")
            .says("Say what every column means");
        let view = visitor.get("/data/trees.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (view["state"].as_str(), view["resources"][0]["rows"].as_u64(), view["resources"][0]["set_aside"].as_u64()),
            (Some("published"), Some(3), Some(1))
        );
        assert_eq!(view["resources"][0]["columns"][1]["kind"], "number");
        let report = visitor.get("/data/trees/trees/report.json").await.sees(StatusCode::OK).json();
        assert_eq!((report["rows_in"].as_u64(), report["asides"][0]["line"].as_u64()), (Some(4), Some(5)));
        visitor
            .get("/data/trees/trees/report")
            .await
            .sees(StatusCode::OK)
            .says("it has 5 cells where there are 4 columns");

        visitor.get("/data/trees/trees").await.sees(StatusCode::OK).says("3 rows").says("=SUM(A1)").says("aria-label");
        let found = visitor
            .get("/data/trees/trees.json?where=kind+%3D+oak&sort=-height&facet=kind")
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!(
            (found["count"].as_u64(), found["all"].as_u64(), found["rows"][0]["height"].as_f64()),
            (Some(2), Some(3), Some(12.5))
        );
        assert_eq!(found["facets"][0]["values"][0], json!({"value": "oak", "count": 2}));
        for (query, left) in [("sort=height&after=4", 0), ("sort=-kind&after=9223372036854775807", 0), ("after=99", 0)]
        {
            let page = visitor.get(&format!("/data/trees/trees.json?{query}")).await.sees(StatusCode::OK).json();
            assert_eq!((page["count"].as_u64(), page["rows"].as_array().unwrap().len()), (Some(3), left), "{query}");
        }
        let csv = visitor.get("/data/trees/trees.csv?where=kind+%3D+oak").await.sees(StatusCode::OK);
        assert_eq!(csv.text, "kind,height,planted,note\noak,12.5,2019-03-01,old\noak,7,2019-11-30,'=SUM(A1)\n");
        let raw = visitor.get("/data/trees/trees/file/original").await.sees(StatusCode::OK);
        assert_eq!(raw.text, TREES);
        assert!(raw.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        let workbook = visitor.get("/data/trees/trees/file/xlsx").await.sees(StatusCode::OK);
        let again = tables::read(&workbook.bytes, &importing::Wish::default()).unwrap();
        assert_eq!(again[0].table.rows().count(), 3);
        let grouped =
            visitor.get("/data/trees/trees.json?group=planted:year&sum=mean:height").await.sees(StatusCode::OK).json();
        assert_eq!(grouped["grouped"]["groups"][0], json!({"keys": ["2019"], "count": 2, "sums": [9.75]}));
        visitor.get("/data/trees/trees?group=kind").await.sees(StatusCode::OK).says("<svg class=\"chart");
        let to = visitor.get("/data/trees/trees?column=height&op=%3E%3D&value=7").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(to.location(), "/data/trees/trees?where=height+%3E%3D+7");
        visitor.get("/data/trees/trees/row/1").await.sees(StatusCode::OK).says("12.5");
        visitor.get("/data/trees/trees/row/9").await.sees(StatusCode::NOT_FOUND);

        room.parks.post("/data/trees/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees").await.sees(StatusCode::GONE).says("was withdrawn").never_says("/file/csv");
        visitor.get("/data/trees/trees.csv").await.sees(StatusCode::GONE);
        visitor.get("/data").await.sees(StatusCode::OK).never_says("Trees of the parks");
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(
            record.contains("dataset.published")
                && record.contains("dataset.withdrawn")
                && !record.contains("Trees of"),
            "{record}"
        );
    }
}

#[tokio::test]
async fn nobody_writes_over_what_they_have_not_seen() {
    for room in rooms().await {
        room.trees().await;
        let version = || async {
            room.parks.get("/data/trees.json").await.sees(StatusCode::OK).json()["version"]
                .as_i64()
                .unwrap()
                .to_string()
        };
        let save = async |version: Option<&str>, origin: &str| {
            let notes =
                "Every tree that the parks look after, with its kind, its height in metres and the day it was planted.";
            let mut form = vec![
                ("title[en]", "Trees of the parks"),
                ("notes[en]", notes),
                ("licence", "cc-by"),
                ("tags", "trees, parks"),
                ("themes", "ENVI"),
                ("contact_email", "trees@example.org"),
                ("spatial", "Testburg"),
                ("from", "2019-01-01"),
                ("until", "2021-12-31"),
                ("frequency", "ANNUAL"),
                ("origin", origin),
            ];
            form.extend(version.map(|version| ("version", version)));
            room.parks.post("/data/trees/save", &form).await
        };
        let first = version().await;
        save(Some(&first), "Counted by hand").await.sees(StatusCode::SEE_OTHER);
        let now = version().await;
        let told = save(Some(&first), "Guessed").await.sees(StatusCode::CONFLICT);
        told.says("What is kept now")
            .says("Counted by hand")
            .says("Guessed")
            .says(&format!("name=\"version\" value=\"{now}\""));
        for version in [None, Some("x")] {
            let told = save(version, "Guessed").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            told.says("did not say which version").says("Counted by hand").says("Guessed");
        }
        assert_eq!(version().await, now);
        save(Some(&now), "Guessed").await.sees(StatusCode::SEE_OTHER);
        room.parks.get("/data/trees").await.sees(StatusCode::OK).says("Guessed").never_says("Counted by hand");
    }
}

#[tokio::test]
async fn found_in_every_language_with_a_typo_and_by_facet() {
    for room in rooms().await {
        room.trees().await;
        let visitor = room.town.browser();
        for query in
            ["q=trees", "q=arboles", "q=tre", "organization=parks", "tags=trees", "res_format=CSV", "groups=envi"]
        {
            visitor.get(&format!("/data?{query}")).await.sees(StatusCode::OK).says("/data/trees\"");
        }
        visitor.get("/data?q=treees").await.sees(StatusCode::OK).says("Shown instead: trees").says("/data/trees\"");
        visitor.get("/data?q=zebra").await.sees(StatusCode::OK).says("No dataset was found");
        visitor.get("/data?organization=roads").await.sees(StatusCode::OK).says("No dataset was found");
        visitor.get("/data.rss").await.sees(StatusCode::OK).says("<title>Trees of the parks</title>");
        visitor.get("/data.csv").await.sees(StatusCode::OK).says("trees,Trees of the parks,parks,cc-by");
        room.town
            .browser()
            .reading("ar")
            .get("/data/trees")
            .await
            .sees(StatusCode::OK)
            .says("dir=\"rtl\"")
            .never_says("⟦");
        room.town
            .browser()
            .reading("es")
            .get("/data/trees/trees")
            .await
            .sees(StatusCode::OK)
            .says("3 filas")
            .never_says("⟦");
    }
}

#[tokio::test]
async fn a_newer_file_keeps_the_address_and_the_table_comes_back_from_its_bytes() {
    for room in rooms().await {
        room.trees().await;
        let visitor = room.town.browser();
        let view = visitor.get("/data/trees.json").await.json();
        let id = view["resources"][0]["id"].as_str().unwrap().to_owned();
        let words = [("notes[kind]", "What it is"), ("label[kind]", "Kind")];
        room.parks.post("/data/trees/trees/columns", &words).await.sees(StatusCode::SEE_OTHER);
        let parts = [Part::Text("resource", &id), Part::File("file", "trees.csv", b"kind,height\nfir,30\n")];
        room.parks.post_files("/data/trees/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        let view = visitor.get("/data/trees.json").await.json();
        assert_eq!(
            (view["resources"][0]["rows"].as_u64(), view["resources"][0]["columns"][0]["notes"].as_str()),
            (Some(1), Some("What it is"))
        );
        assert_eq!(view["history"].as_array().unwrap().len(), 4);
        let shelf = room.town.town.part::<tables::Shelf>();
        let file = room.town.column("select file_id from dataset_resources").await.remove(0);
        let kept = format!("{id}-{file}");
        assert!(shelf.has(&kept));
        shelf.remove(&kept).unwrap();
        visitor.get("/data/trees/trees.json").await.sees(StatusCode::OK).says("\"fir\"");
        assert!(shelf.has(&kept), "made anew of its bytes");
    }
}

#[tokio::test]
async fn declared_columns_are_checked_and_every_kind_of_file_comes_in() {
    for room in rooms().await {
        room.draft("trees").await;
        let schema = r#"{"fields": [{"name": "kind", "type": "string"}, {"name": "height", "type": "integer"}]}"#;
        let parts = [Part::Text("schema", schema), Part::File("file", "a.csv", b"kind,height\noak,tall\nelm,3\n")];
        room.parks.post_files("/data/trees/add", &parts).await.sees(StatusCode::SEE_OTHER);
        let report = room.parks.get("/data/trees/trees/report.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            report["cells"][0],
            json!({"row": 1, "column": "height", "value": "tall", "reason": "it is no whole number"})
        );
        for (file, bytes) in [
            ("b.json", &br#"[{"a": 1}, {"a": 2}]"#[..]),
            ("c.ndjson", b"{\"a\": 1}\n{\"a\": 2}\n"),
            ("d.geojson", br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[0,50]}}]}"#),
            ("e.tsv", b"a\tb\n1\t2\n"),
            ("plan.pdf", b"%PDF-1.7 a plan"),
        ] {
            room.add("trees", file, bytes).await.sees(StatusCode::SEE_OTHER);
        }
        let view = room.parks.get("/data/trees.json").await.json();
        let formats: Vec<&str> =
            view["resources"].as_array().unwrap().iter().map(|one| one["format"].as_str().unwrap()).collect();
        assert_eq!(formats, ["CSV", "JSON", "JSON", "GeoJSON", "CSV", "PDF"]);
    }
}

#[tokio::test]
async fn bad_input_is_a_sentence() {
    for room in rooms().await {
        room.trees().await;
        for (fields, says) in [
            (json!({"organisation": "parks"}), "Give the dataset a title"),
            (json!({"organisation": "roads", "title[en]": "x"}), "for which you may publish"),
            (json!({"organisation": "parks", "title[en]": "x", "name": "../etc"}), "small letters"),
            (json!({"organisation": "parks", "title[en]": "x", "name": "trees"}), "Another dataset is called"),
            (json!({"organisation": "parks", "title[en]": "x", "licence": "mine"}), "Choose a licence"),
            (json!({"organisation": "parks", "title[en]": "x", "from": "yesterday"}), "Write a day"),
            (
                json!({"organisation": "parks", "title[en]": "x", "from": "2020-01-02", "until": "2020-01-01"}),
                "lies before",
            ),
            (json!({"organisation": "parks", "title[en]": "x", "url": "javascript:alert(1)"}), "no address"),
            (json!({"organisation": "parks", "title[en]": "x", "contact_email": "a b"}), "no mail address"),
        ] {
            let seen = page_sends_json(&room.parks, "/data.json", &fields).await;
            assert!(seen.status.is_client_error(), "{}", seen.status);
            seen.says(says);
        }
        for (query, says) in [
            ("where=nothing", "is no condition"),
            ("sort=nothing", "There is no column"),
            ("facet=nothing", "There is no column"),
            ("group=nothing", "There is no column"),
            ("limit=100000", "1"),
            ("after=x", ""),
            ("group=kind&sum=mean:note", "has no numbers"),
        ] {
            room.town
                .browser()
                .get(&format!("/data/trees/trees.json?{query}"))
                .await
                .sees(StatusCode::UNPROCESSABLE_ENTITY)
                .says(says);
        }
        room.add("trees", "empty.csv", b"a,b\n").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no rows");
        room.parks.post("/data/trees/add", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a file");
        room.parks.post("/data/trees/nothing", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn ninety_columns_are_described_at_once_in_three_languages() {
    for room in rooms().await {
        room.draft("wide").await;
        // As long as a name may be, the first of them.
        let column = |number: usize| if number == 0 { "c".repeat(100) } else { format!("c{number}") };
        let names: Vec<String> = (0..92).map(column).collect();
        let row = vec!["1"; 92].join(",");
        room.add("wide", "wide.csv", format!("{}\n{row}\n{row}\n", names.join(",")).as_bytes())
            .await
            .sees(StatusCode::SEE_OTHER);
        let last = [("label[c91]", "the last")];
        room.parks.post("/data/wide/wide/columns", &last).await.sees(StatusCode::SEE_OTHER);
        let page = room.parks.get("/data/wide/wide/columns").await.sees(StatusCode::OK);
        let fields: Vec<String> =
            page.text.split(" name=\"").skip(1).filter_map(|part| part.split('"').next()).map(str::to_owned).collect();
        let fields: Vec<(&str, &str)> =
            fields.iter().filter(|name| name.contains('[')).map(|name| (name.as_str(), "said")).collect();
        assert_eq!(fields.len(), 543);
        room.parks.post("/data/wide/wide/columns", &fields).await.sees(StatusCode::SEE_OTHER);
        let page = room.parks.get("/data/wide/wide/columns").await.sees(StatusCode::OK);
        assert_eq!(page.text.matches("value=\"said\"").count(), 543);
        let view = room.parks.get("/data/wide.json").await.sees(StatusCode::OK).text;
        assert!(view.contains("the last"), "what the form does not show stays: {view}");
        let many: Vec<(&str, &str)> = fields.iter().chain([&("more[c]", "x"), &("from", "0")]).copied().collect();
        room.parks.post("/data/wide/wide/columns", &many).await.sees(StatusCode::PAYLOAD_TOO_LARGE);
    }
}
