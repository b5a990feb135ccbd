//! OGC API Features, and a story that joins three tables.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use serde_json::{Value, json};

const LAMPS: &str = "code,lat,long,day,watts\na,50.05,0.05,2026-01-01,70\nb,50.06,0.15,2026-01-02,90\nc,,,2026-01-03,70\nd,50.07,0.16,2026-02-01,70\n";
const ITEMS: &str = "/ogc/features/collections/lamps/items";

async fn lamps(room: &Room) {
    room.draft("lamps").await;
    room.add("lamps", "lamps.csv", LAMPS.as_bytes()).await.sees(StatusCode::SEE_OTHER);
    room.parks.post("/data/lamps/publish", &[]).await.sees(StatusCode::SEE_OTHER);
}

fn codes(page: &Value) -> Vec<&str> {
    page["features"].as_array().unwrap().iter().map(|one| one["properties"]["code"].as_str().unwrap()).collect()
}

fn linked(page: &Value, rel: &str) -> Option<String> {
    let links = page["links"].as_array().unwrap();
    let found = links.iter().find(|link| link["rel"] == rel)?;
    Some(found["href"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap().to_owned())
}

#[tokio::test]
async fn points_are_features_in_pages_by_box_time_and_property() {
    for room in rooms().await {
        lamps(&room).await;
        room.trees().await;
        let visitor = room.town.browser();
        let get = async |path: &str| visitor.get(path).await.sees(StatusCode::OK).json();
        let landing = get("/ogc/features").await;
        assert_eq!(get("/ogc/features/").await, landing, "with a line at its end, as owslib asks");
        for rel in ["self", "service-desc", "conformance", "data"] {
            assert!(linked(&landing, rel).is_some(), "{rel}");
        }
        let conforms = get(&linked(&landing, "conformance").unwrap()).await;
        assert!(conforms["conformsTo"].to_string().contains("conf/geojson"));
        let collections = get(&linked(&landing, "data").unwrap()).await;
        let [one] = collections["collections"].as_array().unwrap().as_slice() else { panic!("{collections}") };
        assert_eq!([&one["id"], &one["itemType"]], ["lamps", "feature"]);
        assert_eq!(one["extent"]["spatial"]["bbox"][0], json!([0.05, 50.05, 0.16, 50.07]));
        assert_eq!(one["extent"]["temporal"]["interval"][0], json!(["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]));

        let first = get(&format!("{ITEMS}?limit=3")).await;
        assert_eq!((codes(&first), first["numberMatched"].as_u64()), (vec!["a", "b", "c"], Some(4)));
        assert_eq!(first["features"][0]["geometry"], json!({"type": "Point", "coordinates": [0.05, 50.05]}));
        assert_eq!(first["features"][2]["geometry"], Value::Null);
        let next = get(&linked(&first, "next").unwrap()).await;
        assert_eq!((codes(&next), linked(&next, "next")), (vec!["d"], None));
        assert!(linked(&next, "prev").is_some());
        for (query, wanted) in [
            ("bbox=0.1,50,0.2,51", vec!["b", "d"]),
            ("bbox=0.1,50,-5,0.2,51,100", vec!["b", "d"]),
            ("datetime=2026-01-02", vec!["b"]),
            ("datetime=../2026-01-02T00:00:00Z", vec!["a", "b"]),
            ("datetime=2026-01-03/..", vec!["c", "d"]),
            ("watts=70&bbox=0,50,1,51", vec!["a", "d"]),
            ("bbox=10,10,11,11", vec![]),
        ] {
            assert_eq!(codes(&get(&format!("{ITEMS}?{query}")).await), wanted, "{query}");
        }
        for bad in [
            "bbox=1,2,3",
            "bbox=a,b,c,d",
            "bbox=0,9,1,2",
            "bbox=170,0,-170,1",
            "limit=0",
            "limit=-1",
            "offset=x",
            "datetime=../..",
            "datetime=soon",
            "unheard=1",
            "f=xml",
        ] {
            let seen = visitor.get(&format!("{ITEMS}?{bad}")).await.sees(StatusCode::BAD_REQUEST);
            assert!(!seen.json()["description"].as_str().unwrap().is_empty(), "{bad}");
        }
        assert_eq!(get(&format!("{ITEMS}/2")).await["properties"]["code"], "b");
        for missing in [
            &format!("{ITEMS}/9"),
            &format!("{ITEMS}/x"),
            "/ogc/features/collections/trees/items",
            "/ogc/features/collections/none",
        ] {
            visitor.get(missing).await.sees(StatusCode::NOT_FOUND);
        }
        room.parks.post("/data/lamps/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(ITEMS).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn lines_and_areas_are_features_by_a_box_they_meet() {
    for room in rooms().await {
        let ways = "name,way\nslope,\"LINESTRING (0 50, 0.2 50.2)\"\ngreen,\"POLYGON ((0.3 50, 0.4 50, 0.4 50.1, 0.3 50))\"\nnone,\n";
        table(&room, "ways", ways).await;
        let visitor = room.town.browser();
        let path = "/ogc/features/collections/ways";
        let one = visitor.get(path).await.sees(StatusCode::OK).json();
        assert_eq!(one["extent"]["spatial"]["bbox"][0], json!([0.0, 50.0, 0.4, 50.2]));
        let all = visitor.get(&format!("{path}/items")).await.sees(StatusCode::OK).json();
        assert_eq!(all["features"][0]["geometry"]["type"], "LineString");
        assert_eq!(all["features"][0]["properties"], json!({"name": "slope"}));
        assert_eq!(all["features"][2]["geometry"], Value::Null);
        for (bounds, wanted) in [
            ("0.09,50.09,0.11,50.11", vec!["slope"]),
            ("0.01,50.15,0.05,50.19", vec![]),
            ("0.38,50.01,0.39,50.02", vec!["green"]),
            ("-1,49,1,51", vec!["slope", "green"]),
        ] {
            let found = visitor.get(&format!("{path}/items?bbox={bounds}")).await.sees(StatusCode::OK).json();
            let features = found["features"].as_array().unwrap();
            let names: Vec<_> = features.iter().map(|one| one["properties"]["name"].as_str().unwrap()).collect();
            assert_eq!(
                (names, found["numberMatched"].as_u64()),
                (wanted.clone(), Some(wanted.len() as u64)),
                "{bounds}"
            );
        }
        visitor.get(&format!("{path}/items?bbox=1,2,3")).await.sees(StatusCode::BAD_REQUEST);
    }
}

async fn table(room: &Room, name: &str, rows: &str) {
    room.draft(name).await;
    room.add(name, &format!("{name}.csv"), rows.as_bytes()).await.sees(StatusCode::SEE_OTHER);
    room.parks.post(&format!("/data/{name}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_story_is_worked_out_from_three_tables_as_they_are_now() {
    for room in rooms().await {
        let visitor = room.town.browser();
        visitor.get("/data/stories/lamps").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/stories/nothing").await.sees(StatusCode::NOT_FOUND);
        let mut reports = "category,district,closed_at,days_open\n".to_owned();
        for (district, days) in
            [("1", [1, 2, 3, 4, 50].as_slice()), ("2", &[9, 9, 8, 9, 9, 10]), ("3", &[90, 90, 90, 90])]
        {
            days.iter()
                .for_each(|days| reports.push_str(&format!("streetlight,{district},2026-01-01T00:00:00Z,{days}\n")));
        }
        (0..5).for_each(|_| reports.push_str("streetlights,4,,\n"));
        reports.push_str("streetlight,4,2026-01-01T00:00:00Z,2\nstreetlight,1,,\nstreetlights,1,,\ngraffiti,1,2026-01-01T00:00:00Z,400\n");
        table(&room, "service-requests", &reports).await;
        table(&room, "districts", "district,name,area_km2\n1,Mill,2.5\n2,Docks,3\n3,Hill,1\n4,Cape,1\n").await;
        visitor.get("/data/stories/lamps").await.sees(StatusCode::NOT_FOUND);
        table(&room, "commitments", "code,district,closed_at\nK-1,2,\nK-2,2,2026-01-01T00:00:00Z\nK-3,2,\n").await;
        let told = visitor.get("/data/stories/lamps.json").await.sees(StatusCode::OK).json();
        let rows: Vec<Value> = told["rows"].as_array().unwrap().clone();
        let cells = |row: &Value| {
            ["name", "reported", "median_days", "still_dark", "reported_per_100_km2", "promises"]
                .map(|name| row[name].clone())
        };
        assert_eq!(
            rows.iter().map(cells).collect::<Vec<_>>(),
            [
                [json!("Cape"), json!(6), Value::Null, json!(5), json!(600.0), json!(0)],
                [json!("Docks"), json!(6), json!(9), json!(0), json!(200.0), json!(2)],
                [json!("Mill"), json!(7), json!(4), json!(2), json!(280.0), json!(0)],
            ],
            "what is open counts as longer than what ended; fewer than five lamps are left out"
        );
        let page = visitor.get("/data/stories/lamps").await.sees(StatusCode::OK);
        page.says("In Cape, 5 of 6 lamps reported are still dark; in Mill half were lit again within 4.0 days")
            .says("<svg class=\"chart")
            .says("row_number()")
            .says("/data/commitments\"");
        visitor.get("/data").await.sees(StatusCode::OK).says("Where do lamps stay dark longest?");
        visitor.get("/data/stories/lamps.csv").await.sees(StatusCode::OK).says("district,name,reported,median_days");
        for language in ["es", "ar"] {
            room.town.browser().reading(language).get("/data/stories/lamps").await.sees(StatusCode::OK).never_says("⟦");
        }
        let id = visitor.get("/data/districts.json").await.json()["resources"][0]["id"].as_str().unwrap().to_owned();
        let parts = [
            testing::Part::Text("resource", &id),
            testing::Part::File("file", "d.csv", b"district,name,area_km2\n1,The Mill,2.5\n2,Docks,3\n"),
        ];
        room.parks.post_files("/data/districts/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/stories/lamps").await.sees(StatusCode::OK).says("The Mill");
    }
}
