//! What leaves the portal for programs: said to be cut where it is, read by pages of other sites, known again, and read in parts.

use crate::town::rooms;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use testing::Seen;

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[tokio::test]
async fn soda_says_where_it_is_cut_and_goes_on() {
    for room in rooms().await {
        room.draft("numbers").await;
        let rows: String = (0..12_345).map(|n| format!("{n},{}\n", n % 7)).collect();
        room.add("numbers", "numbers.csv", format!("n,seven\n{rows}").as_bytes()).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/numbers/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let get = async |query: &str| room.town.browser().get(&format!("/resource/numbers.json?{query}")).await;
        let rows = |seen: &Seen| seen.json().as_array().unwrap().len();
        let usual = get("").await.sees(StatusCode::OK);
        assert_eq!((rows(&usual), usual.headers["x-answer-cut"].to_str().unwrap()), (1_000, "true"));
        let next = usual.headers[header::LINK].to_str().unwrap().to_owned();
        assert!(next.ends_with("/resource/numbers.json?%24offset=1000>; rel=\"next\""), "{next}");
        let whole = get("$limit=50000&$order=:id").await.sees(StatusCode::OK);
        assert_eq!((rows(&whole), whole.headers.get("x-answer-cut")), (12_345, None), "in pages of its own");
        assert_eq!(whole.json()[12_344], json!({"n": "12344", "seven": "3"}), "the number of a row is no column");
        let exact = get("$limit=345&$offset=12000").await.sees(StatusCode::OK);
        assert_eq!((rows(&exact), exact.headers.get("x-answer-cut")), (345, None));
        let cut = get("$limit=11000&$order=n+desc").await.sees(StatusCode::OK);
        assert_eq!((rows(&cut), cut.headers["x-answer-cut"].to_str().unwrap()), (11_000, "true"));
        let csv = room.town.browser().get("/resource/numbers.csv?$limit=11000").await.sees(StatusCode::OK);
        assert_eq!((csv.text.lines().count(), csv.headers["x-answer-cut"].to_str().unwrap()), (11_001, "true"));
        for (bad, says) in
            [("$limit=50001", "at most 50000"), ("$jsonp=x", "not known here"), ("$order=:created_at", ":created_at")]
        {
            let seen = get(bad).await.sees(StatusCode::BAD_REQUEST).json();
            assert!(seen["message"].as_str().unwrap().contains(says), "{seen}");
        }
    }
}

#[tokio::test]
async fn soda_answers_what_clients_of_socrata_ask() {
    for room in rooms().await {
        room.trees().await;
        let get = async |query: &str| room.town.browser().get(&format!("/resource/trees.json?{query}")).await;
        let asked = async |soql: &str| get(&format!("$query={}", encoded(soql))).await;
        let sums = asked("select kind, count(*) as n where height > 1 group by kind order by n desc limit 5").await;
        assert_eq!(sums.sees(StatusCode::OK).json(), json!([{"kind": "oak", "n": "2"}]));
        assert_eq!(asked("where kind = 'elm'").await.sees(StatusCode::OK).json()[0]["kind"], "elm");
        assert_eq!(asked("search 'old'").await.sees(StatusCode::OK).json().as_array().unwrap().len(), 1);
        let last = get("$select=:id,+kind&$order=:id+desc&$limit=1").await.sees(StatusCode::OK).json();
        assert_eq!(last, json!([{":id": "3", "kind": "oak"}]));
        let elms = get("$where=starts_with(kind,+%27el%27)").await.sees(StatusCode::OK).json();
        assert_eq!(elms.as_array().unwrap().len(), 1);
        let months =
            get("$select=date_trunc_ym(planted)+as+month&$where=kind=%27elm%27").await.sees(StatusCode::OK).json();
        assert_eq!(months[0]["month"], "2020-05-01T00:00:00.000");
        let near =
            get("$where=within_circle(st_point(1,+2),+2,+1,+10)&$$app_token=x").await.sees(StatusCode::OK).json();
        assert_eq!(near.as_array().unwrap().len(), 3);
        for bad in ["select kind |> select kind", "select kind select kind", "select kind where", "delete from trees"] {
            asked(bad).await.sees(StatusCode::BAD_REQUEST);
        }
        let both = format!("$query={}&$limit=1", encoded("select kind"));
        get(&both).await.sees(StatusCode::BAD_REQUEST).says("$limit is asked in $query");
    }
}

#[tokio::test]
async fn columns_of_the_same_name_lose_no_cell() {
    for room in rooms().await {
        room.trees().await;
        let sql = encoded(
            "select a.kind, b.kind, a.kind as kind_2, b.height from trees a join trees b on a.note = 'old' and b.kind = 'elm'",
        );
        let seen = room.town.browser().get(&format!("/data/sql.json?sql={sql}")).await.sees(StatusCode::OK).json();
        assert_eq!(seen["columns"], json!(["kind", "kind_3", "kind_2", "height"]));
        assert_eq!(seen["rows"][0], json!({"kind": "oak", "kind_3": "elm", "kind_2": "oak", "height": null}));
        let csv = room.town.browser().get(&format!("/data/sql.csv?sql={sql}")).await.sees(StatusCode::OK);
        assert_eq!(csv.text, "kind,kind_3,kind_2,height\noak,elm,oak,\n");
        room.town.browser().get(&format!("/data/sql?sql={sql}")).await.sees(StatusCode::OK).says("kind_3");
    }
}

#[tokio::test]
async fn functions_of_the_portal_answer_in_sql() {
    for room in rooms().await {
        room.trees().await;
        let ask = async |sql: &str| room.town.browser().get(&format!("/data/sql.json?sql={}", encoded(sql))).await;
        let sql =
            "select median(height) as m, round(stddev(height), 2) as s, sqrt(9) as r from trees where kind regexp '^o'";
        let seen = ask(sql).await.sees(StatusCode::OK).json();
        assert_eq!(seen["rows"][0], json!({"m": 9.75, "s": 3.89, "r": 3.0}));
        let sql =
            "select date_trunc('month', planted) as month, count(*) as n from trees group by 1 order by 1 limit 1";
        assert_eq!(ask(sql).await.sees(StatusCode::OK).json()["rows"][0], json!({"month": "2019-03-01", "n": 1}));
        let sql = "select st_within(st_point(1, 1), 'POLYGON ((0 0, 2 0, 2 2, 0 0))') as inside";
        assert_eq!(ask(sql).await.sees(StatusCode::OK).json()["rows"][0]["inside"], 1);
        ask("select kind from trees where kind regexp '('").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("regex");
        ask("select date_trunc('moon', planted) from trees")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("quarter");
    }
}

#[tokio::test]
async fn the_explorer_refuses_what_it_would_drop_and_takes_what_is_written_in_its_description() {
    for room in rooms().await {
        room.trees().await;
        let get = async |query: &str| room.town.browser().get(&format!("/data/trees/trees.json?{query}")).await;
        get("group=kind&group=planted:year&group=height")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("at most 2 columns");
        let sums = "sum=sum:height&sum=mean:height&sum=min:height&sum=max:height&sum=median:height";
        get(&format!("group=kind&{sums}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("At most 4 sums");
        get(&["facet=kind"; 11].join("&")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("At most 10 columns");
        for among in ["kind+in+(oak%7Celm)", "kind+in+oak%7Celm"] {
            assert_eq!(get(&format!("where={among}")).await.sees(StatusCode::OK).json()["count"], 3, "{among}");
        }
        let medians = get("group=kind&sum=median:height").await.sees(StatusCode::OK).json();
        assert_eq!(medians["grouped"]["groups"][1], json!({"keys": ["oak"], "count": 2, "sums": [9.75]}));
        assert_eq!(medians["grouped"]["groups"][0]["sums"], json!([null]), "no elm has a height");

        let words = [("label[kind]", "Species"), ("notes[kind]", "What it is")];
        room.parks.post("/data/trees/trees/columns", &words).await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get("/data/trees/trees?where=kind+in+(oak%7Celm)").await.sees(StatusCode::OK);
        let page = page.says("title=\"kind: What it is\"><bdi>Species</bdi>").says("href=\"/data/trees/trees\"");
        page.says("name=\"facet\" value=\"planted\"").says("value=\"median:height\"");
        let chosen = room.town.browser().get("/data/trees/trees?facet=planted").await.sees(StatusCode::OK);
        chosen.says("value=\"planted\" checked").says("where=planted+%3D+2019-03-01");
        let pairs = room.town.browser().get("/data/trees/trees?group=kind&group=planted:year").await;
        pairs.sees(StatusCode::OK).says("<svg class=\"chart").says("oak · 2019");
    }
}

#[tokio::test]
async fn rows_that_lie_elsewhere_have_a_map_of_their_own() {
    for room in rooms().await {
        room.draft("peaks").await;
        let csv = "name,latitude,longitude\nA,-45.1,170.2\nB,-45.3,170.9\n";
        room.add("peaks", "peaks.csv", csv.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/peaks/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get("/data/peaks/peaks").await.sees(StatusCode::OK);
        page.says("Where the rows of this page lie.").says("class=\"citymap\"");
    }
}

#[tokio::test]
async fn the_box_of_a_dataset_is_that_of_its_tables_until_another_is_said() {
    for room in rooms().await {
        room.draft("wells").await;
        let csv = "name,latitude,longitude\nA,42.1,-71.2\nB,42.3,-70.9\n";
        room.add("wells", "wells.csv", csv.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/wells/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        let view = visitor.get("/data/wells.json").await.sees(StatusCode::OK).json();
        assert_eq!(view["bbox"], json!([-71.2, 42.1, -70.9, 42.3]));
        room.parks
            .get("/data/wells/edit")
            .await
            .sees(StatusCode::OK)
            .says("Its tables lie in -71.2, 42.1, -70.9, 42.3");
        let turtle = visitor.get("/data/catalog/wells/ttl").await.sees(StatusCode::OK).text;
        assert!(turtle.contains("POLYGON((-71.2 42.1, -70.9 42.1, -70.9 42.3, -71.2 42.3, -71.2 42.1))"), "{turtle}");
        let package = visitor.get("/api/3/action/package_show?id=wells").await.sees(StatusCode::OK).json();
        let extras = package["result"]["extras"].as_array().unwrap();
        let spatial = extras.iter().find(|one| one["key"] == "spatial").unwrap()["value"].as_str().unwrap();
        let spatial: Value = serde_json::from_str(spatial).unwrap();
        assert_eq!((spatial["type"].as_str(), &spatial["coordinates"][0][2]), (Some("Polygon"), &json!([-70.9, 42.3])));
        let save = async |bbox: &str| {
            let form = json!({
                "title[en]": "Wells", "notes[en]": "Every well, with its place in degrees, measured by hand in the year 2020, twice.",
                "licence": "cc-by", "bbox": bbox,
            });
            crate::town::page_sends_json(&room.parks, "/data/wells/save.json", &form).await
        };
        save("1,2,0,3").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("west, south, east, north");
        save("-72, 42, -70, 43").await.sees(StatusCode::OK);
        assert_eq!(visitor.get("/data/wells.json").await.json()["bbox"], json!([-72.0, 42.0, -70.0, 43.0]));
    }
}

#[tokio::test]
async fn examples_of_sql_join_what_belongs_together_and_have_an_answer() {
    for room in rooms().await {
        room.trees().await;
        room.draft("kinds").await;
        room.add("kinds", "kinds.csv", b"kind,latin\noak,Quercus\nelm,Ulmus\n").await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/kinds/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get("/data/sql").await.sees(StatusCode::OK);
        let page = page.says("from trees a join kinds b on a.kind = b.kind").says("st_distance(g, h)");
        let links: Vec<&str> = page.text.split("href=\"").filter_map(|rest| rest.split('"').next()).collect();
        let examples: Vec<&&str> = links.iter().filter(|link| link.starts_with("/data/sql?sql=")).collect();
        assert!(examples.len() >= 2, "{links:?}");
        for link in examples {
            let link = link.replace("&amp;", "&").replace("&#39;", "'");
            room.town.browser().get(&link).await.sees(StatusCode::OK).says("<td>");
        }
    }
}

#[tokio::test]
async fn what_columns_mean_is_told_in_the_readers_language() {
    for room in rooms().await {
        room.trees().await;
        let words = [
            ("title[en]", "Trees"),
            ("title[es]", "Árboles"),
            ("label[kind]", "Species"),
            ("label-es[kind]", "Especie"),
            ("notes[kind]", "What it is"),
            ("notes-ar[kind]", "ما هو"),
        ];
        room.parks.post("/data/trees/trees/columns", &words).await.sees(StatusCode::SEE_OTHER);
        let read = async |language: &str| {
            room.town.browser().reading(language).get("/data/trees/trees").await.sees(StatusCode::OK)
        };
        read("es").await.says("<bdi>Especie</bdi>").says("<h1><bdi>Árboles</bdi>").says("kind: What it is");
        read("ar").await.says("kind: ما هو").says("<bdi>Species</bdi>");
        let view = room.town.browser().reading("es").get("/data/trees.json").await.json();
        assert_eq!(view["resources"][0]["title"], "Árboles");
        assert_eq!(view["resources"][0]["columns"][0]["label"], "Especie");
        let form = room.parks.get("/data/trees/trees/columns").await.sees(StatusCode::OK);
        form.says("name=\"label-es[kind]\" value=\"Especie\" lang=\"es\"")
            .says("name=\"notes-ar[kind]\" value=\"ما هو\" lang=\"ar\" dir=\"rtl\"");
        let described = room.town.browser().get("/data/trees/trees/file/csv-metadata.json").await.json();
        assert_eq!(
            described["tableSchema"]["columns"][0]["schema:name"][1],
            json!({"@value": "Especie", "@language": "es"})
        );
        let turtle = room.town.browser().get("/data/catalog/trees/ttl").await.sees(StatusCode::OK).text;
        assert!(turtle.contains("\"Árboles\"@es") && turtle.contains("\"Trees\"@en"), "{turtle}");
    }
}
