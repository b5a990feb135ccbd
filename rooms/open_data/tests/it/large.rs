//! A table that is kept in parts goes through every page that a table has.

use crate::town::{Folder, rooms};
use axum::http::StatusCode;
use tables::{Form, Out, Shelf, Value};

/// Two columns of them are more cells than become texts.
const ROWS: i64 = 2_600_000;

fn file() -> Vec<u8> {
    let folder = std::env::temp_dir().join(format!("polity-large-{}", std::process::id()));
    let shelf = Shelf::new(&folder);
    let sheets = tables::read(b"kind,n\noak,1\n", &importing::Wish::default()).unwrap();
    shelf.take_in("small", &sheets[0], None).unwrap();
    let mut out = Out::new(Vec::new(), Form::Parquet, shelf.open("small").unwrap().info()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    for n in 0..ROWS {
        let kind = Value::Text(["oak", "elm", "ash"][usize::try_from(n % 3).unwrap()].to_owned());
        out.row(u64::try_from(n + 1).unwrap(), &[kind, Value::Int(n % 1_000)]).unwrap();
    }
    out.finish().unwrap()
}

#[tokio::test]
async fn a_large_table_is_handed_in_seen_asked_and_made_anew() {
    let bytes = file();
    for room in rooms().await {
        room.draft("trees").await;
        room.add("trees", "trees.parquet", &bytes).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        visitor.get("/data/trees").await.sees(StatusCode::OK).says("2,600,000 rows").says("<bdi>oak</bdi>");
        visitor.get("/data/trees/trees").await.sees(StatusCode::OK).says("2,600,000").says("elm");
        let page = "/data/trees/trees.json?where=kind+%3D+elm&where=n+%3C+10&sort=-n&facet=kind&group=kind&sum=mean:n";
        for turn in 0..2 {
            let found = visitor.get(page).await.sees(StatusCode::OK).json();
            let wanted = (0..ROWS).filter(|n| n % 3 == 1 && n % 1_000 < 10).count();
            assert_eq!(found["count"], wanted, "turn {turn}");
            assert_eq!(found["rows"][0]["n"], 9);
            assert_eq!(found["facets"][0]["values"][0]["count"], wanted);
            assert_eq!(found["grouped"]["groups"][0]["count"], wanted);
            // What is on the shelf is derived: once forgotten, it is made anew from the file.
            let folder = &room.town.town.part::<Folder>().0;
            for table in std::fs::read_dir(folder).unwrap() {
                let path = table.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap();
                room.town.town.part::<Shelf>().remove(name).unwrap();
            }
        }
        let csv = visitor.get("/data/trees/trees.csv?where=n+%3D+999&where=kind+%3D+ash").await.sees(StatusCode::OK);
        let wanted = (0..ROWS).filter(|n| n % 3 == 2 && n % 1_000 == 999).count();
        assert_eq!(csv.text.lines().count(), wanted + 1);
        for after in ["2600001", "9223372036854775807"] {
            let none = visitor.get(&format!("/data/trees/trees.json?sort=n&after={after}")).await.sees(StatusCode::OK);
            assert_eq!((none.json()["count"].as_i64(), none.json()["rows"].as_array().unwrap().len()), (Some(ROWS), 0));
        }
        let told = visitor.get("/data/trees/trees.csv?sort=n").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        told.says("more than 1 million rows to put in order");
        let csv = visitor.get("/data/trees/trees.csv?where=kind+%3D+elm&sort=-n").await.sees(StatusCode::OK);
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!((lines.len(), lines[1], lines[lines.len() - 1]), (866_668, "elm,999", "elm,0"));
        visitor.get("/data/trees/trees/row/2600000").await.sees(StatusCode::OK).says("999");
        visitor.get("/data/trees/trees/report").await.sees(StatusCode::OK).says("2,600,000 are stored");
        let told = visitor.get("/data/sql?sql=select+count(*)+from+trees").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        told.says("too large for SQL");
        let told = visitor.get("/data/trees/trees/file/xlsx").await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
