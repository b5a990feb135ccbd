//! Files as people write them: with titles above, odd quotes, odd dialects; what becomes of each line is said.

use crate::town::{Room, rooms, rooms_with};
use axum::http::StatusCode;
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use testing::Part;
use web::manifest::OwnDataset;

async fn added(room: &Room, parts: &[Part<'_>]) -> testing::Seen {
    room.parks.post_files("/data/trees/add", parts).await
}

async fn report(room: &Room, name: &str) -> Value {
    room.parks.get(&format!("/data/trees/{name}/report.json")).await.sees(StatusCode::OK).json()
}

#[tokio::test]
async fn titles_and_faulty_quotes_are_told_in_the_report() {
    for room in rooms().await {
        room.draft("trees").await;
        let text = "Trees of the town\n# made in 2026\nid,kind,height\n1,oak,2\n\"2\"x,elm,3\n3,ash,4\n";
        room.add("trees", "trees.csv", text.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        let said = report(&room, "trees").await;
        assert_eq!(
            (said["rows_in"].as_u64(), said["stored"].as_u64(), said["set_aside"].as_u64()),
            (Some(3), Some(2), Some(1))
        );
        assert_eq!(
            (said["passed"][1]["text"].as_str(), said["asides"][0]["line"].as_u64()),
            (Some("# made in 2026"), Some(5))
        );
        room.parks
            .get("/data/trees/trees/report")
            .await
            .sees(StatusCode::OK)
            .says("Lines above the table")
            .says("Trees of the town")
            .says("a quote is closed before its cell ends");
        room.parks.get("/data/trees/trees/report.csv").await.sees(StatusCode::OK).says("it stands above the table");
    }
}

#[tokio::test]
async fn how_a_file_is_written_can_be_said_and_stays_said() {
    for room in rooms().await {
        room.draft("trees").await;
        // Ragged as it looks by itself: the report says that nothing is stored, and nothing of cells that fit.
        let bad = "a b,c\n1 2\n3 4\n";
        let file = |text: &'static str| Part::File("file", "odd.csv", text.as_bytes());
        added(&room, &[file("one\n1,2\n3,4\n")]).await.sees(StatusCode::SEE_OTHER);
        let page = room.parks.get("/data/trees/trees/report").await.sees(StatusCode::OK);
        page.says("No row of the file is stored").never_says("Every cell fits");
        let said = [
            file(bad),
            Part::Text("delimiter", "space"),
            Part::Text("header", "none"),
            Part::Text("encoding", "utf-8"),
        ];
        added(&room, &said).await.sees(StatusCode::SEE_OTHER);
        let id = room.parks.get("/data/trees.json").await.json()["resources"][1]["id"].as_str().unwrap().to_owned();
        let rows = async || room.parks.get(&format!("/data/trees/{id}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((rows().await["all"].as_u64(), rows().await["rows"][1]["column 1"].as_str()), (Some(3), Some("1")));
        // A newer file in its place is written in the same way.
        let replace = [file("5 6\n7 8\n"), Part::Text("resource", &id)];
        room.parks.post_files("/data/trees/replace", &replace).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(rows().await["rows"][0]["column 2"], 6);
        for (field, value, why) in [
            ("delimiter", "ab", "no letter, digit or quote"),
            ("delimiter", "x", "no letter, digit or quote"),
            ("header", "0", "a number from 1"),
            ("encoding", "klingon", "There is no such encoding"),
        ] {
            let seen = added(&room, &[file("a,b\n1,2\n"), Part::Text(field, value)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(why);
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_said_by_its_name() {
    for room in rooms().await {
        room.draft("trees").await;
        for (name, bytes, why) in [
            ("trees.csv", &b""[..], "The file is empty."),
            ("trees.json", b"[{\"a\":1},{\"a\":", "breaks off or is not well formed"),
        ] {
            let seen = room.add("trees", name, bytes).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY)
                .says(why)
                .never_says("Choose a file")
                .never_says("bytes are CSV");
        }
        room.add("trees", "trees.ndjson", b"{\"a\":1}\n{\"a\":\n{\"a\":2}\n").await.sees(StatusCode::SEE_OTHER);
        let said = report(&room, "trees").await;
        assert_eq!((said["stored"].as_u64(), said["asides"][0]["line"].as_u64()), (Some(2), Some(2)));
    }
}

/// How many rows the town has of its own of what `counted` publishes.
static COUNTED: AtomicU64 = AtomicU64::new(2);

const OWN: &[OwnDataset] = &[OwnDataset {
    name: "counted",
    title: "own-districts-title",
    notes: "own-districts-notes",
    tags: &["one", "two"],
    themes: &["REGI"],
    columns: &[("number", "own-districts-district")],
    rows: |_, _, take| {
        (0..COUNTED.load(Ordering::Relaxed)).for_each(|number| take(vec![format!("row {number}")]));
        Ok(())
    },
}];

#[tokio::test]
async fn a_dataset_of_a_room_that_becomes_empty_is_empty() {
    for room in rooms_with(|| {
        let counting = web::Room { name: "counting", datasets: OWN, ..web::Room::default() };
        vec![people::room(), places::room(), commons::room(), open_data::room(), counting]
    })
    .await
    {
        let visitor = room.town.browser();
        COUNTED.store(2, Ordering::Relaxed);
        open_data::publish_own(&room.town.town).await.unwrap();
        visitor.get("/data/counted/counted.csv").await.sees(StatusCode::OK).says("row 1");
        COUNTED.store(0, Ordering::Relaxed);
        room.admin.post("/data/counted/renew", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/counted/counted.csv").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/counted/counted/file/csv").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/counted").await.sees(StatusCode::OK).never_says("row 1");
        COUNTED.store(3, Ordering::Relaxed);
        room.admin.post("/data/counted/renew", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/counted/counted.csv").await.sees(StatusCode::OK).says("row 2");
    }
}
