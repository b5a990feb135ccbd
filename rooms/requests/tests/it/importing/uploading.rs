//! A table is uploaded, its meaning asked, tried without storing anything, stored, and undone.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::{Browser, Part, Seen};

const TABLE: &[u8] =
    "ref,what,first day,address\n1,lamp,01/02/2017,Main St\n2,dead zebra,03/04/2017,Main St\n3,lamp,25/12/2016,Quay\n"
        .as_bytes();

async fn upload(administrator: &Browser, name: &str, source: &str, bytes: &[u8]) -> Seen {
    let parts = [Part::Text("source", source), Part::File("file", name, bytes)];
    administrator.post_files("/admin/imports", &parts).await
}

/// The hash of the questions that the page asks.
fn asked(page: &Seen) -> String {
    let (_, rest) = page.text.split_once("name=\"asked\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_table_is_understood_tried_stored_and_undone() {
    for room in rooms().await {
        let administrator = room.town.administrator().await;
        let seen = upload(&administrator, "old.csv", "old-town", TABLE).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        let shown = administrator.get(&page).await.sees(StatusCode::OK).says("3 rows, 4 columns");
        administrator.post(&format!("{page}/try"), &[]).await.sees(StatusCode::CONFLICT);
        administrator.post(&format!("{page}/store"), &[]).await.sees(StatusCode::CONFLICT);
        // Which column is the category, and which the day?
        assert!(shown.text.contains("the category") && shown.text.contains("when it was reported"), "{}", shown.text);
        let hash = asked(&shown);
        let wrong = [("asked", hash.as_str()), ("question-0", "no such column")];
        administrator.post(&page, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let stale = [("asked", "0"), ("question-0", "what")];
        administrator.post(&page, &stale).await.sees(StatusCode::CONFLICT);
        let answers = [("asked", hash.as_str()), ("question-0", "what"), ("question-1", "first day")];
        administrator.post(&page, &answers).await.sees(StatusCode::SEE_OTHER);
        let mut shown = administrator.get(&page).await;
        for _ in 0..4 {
            // A value that means nothing here is set aside.
            let hash = asked(&shown);
            let values = [("asked", hash.as_str()), ("question-0", "-")];
            administrator.post(&page, &values).await;
            shown = administrator.get(&page).await;
            if !shown.text.contains("question-0") {
                break;
            }
        }
        shown.says("Columns that are not used").never_says("question-0").says("Try it, storing nothing");
        let unused = administrator.get(&format!("{page}.json")).await.json()["unused"].clone();
        assert_eq!(unused, serde_json::json!([{"column": "ref", "example": "1", "filled": 3}]));
        administrator.post(&format!("{page}/try"), &[]).await.sees(StatusCode::SEE_OTHER);
        administrator.post(&format!("{page}/forget"), &[]).await.sees(StatusCode::CONFLICT);
        room.town.settle().await;
        let tried = administrator.get(&page).await.says("What would become of it").says("dead zebra");
        tried.says("Store 2 reports");
        assert!(room.town.column("select code from requests").await.is_empty(), "nothing is stored by trying");
        administrator.post(&format!("{page}/store"), &[]).await.sees(StatusCode::SEE_OTHER);
        administrator.post(&format!("{page}/store"), &[]).await.sees(StatusCode::CONFLICT);
        room.town.settle().await;
        assert_eq!(room.town.column("select code from requests").await.len(), 2);
        let to = administrator.get(&page).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        administrator.get(&to).await.sees(StatusCode::OK).says("old.csv").says("dead zebra");
        administrator.post(&format!("{to}/undo"), &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert!(room.town.column("select code from requests").await.is_empty());
        room.lamps.get(&page).await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn what_is_no_table_ends_in_a_sentence() {
    for room in rooms().await {
        let administrator = room.town.administrator().await;
        for (bytes, sentence) in [
            (&b""[..], "Choose a file"),
            (b"only,a,header\n", "no rows under its first line"),
            (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "spreadsheet"),
            (b"\x00\x01\x02\x03\x00\x00\x00\x00\xff\xfe\x00", "no table"),
        ] {
            let seen = upload(&administrator, "x.csv", "old", bytes).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        for source in ["", "Old Town!"] {
            let seen = upload(&administrator, "x.csv", source, TABLE).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Name the other system");
        }
        let seen = upload(&administrator, "<b>\u{202e}.csv", "old", TABLE).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        administrator.get(&page).await.sees(StatusCode::OK).never_says("<b>.csv");
        administrator.post(&format!("{page}/forget"), &[]).await.sees(StatusCode::SEE_OTHER);
        administrator.get(&page).await.sees(StatusCode::NOT_FOUND);
        for _ in 0..10 {
            upload(&administrator, "x.csv", "old", TABLE).await.sees(StatusCode::SEE_OTHER);
        }
        upload(&administrator, "x.csv", "old", TABLE).await.sees(StatusCode::CONFLICT);
    }
}
