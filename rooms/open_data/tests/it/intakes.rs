//! Large files are taken in beside everything else: watched, stopped, gone on with; and workbooks are renewed sheet by sheet.

use crate::town::{Folder, Room, fine, rooms, rooms_at_home, server};
use axum::http::StatusCode;
use database::{DbError, OffRecord, params};
use serde_json::Value;
use std::{
    io::{Cursor, Read as _, Write as _},
    net::TcpListener,
    time::Duration,
};
use testing::{Part, Seen};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A table of more than 4 MiB, with one row that has a cell too many.
fn large() -> Vec<u8> {
    let mut text = String::from("number,street,note\n");
    for number in 0..120_000 {
        text.push_str(&format!("{number},Street of the long name {},as it was counted\n", number % 50));
    }
    text.push_str("1,2,3,4\n");
    assert!(text.len() > 4 * 1024 * 1024 + 1);
    text.into_bytes()
}

async fn hands_in(room: &Room, name: &str, file: &str, bytes: &[u8]) -> Seen {
    room.parks.post_files(&format!("/data/{name}/add.json"), &[Part::File("file", file, bytes)]).await
}

/// How far it is, once it is over.
async fn over(room: &Room, url: &str) -> Value {
    for _ in 0..600 {
        let now = room.parks.get(url).await.sees(StatusCode::OK).json();
        if now["state"] != "waiting" {
            // The catalogue in memory follows within a second.
            open_data::refresh(room.town.town.clone()).await.unwrap();
            return now;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{url} does not come to its end");
}

fn path_of(seen: &Seen) -> String {
    format!("{}.json", seen.json()["url"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap())
}

async fn count(room: &Room, sql: &'static str) -> usize {
    room.town.column(sql).await.len()
}

/// Bytes are thrown away a moment after it is said that they are.
async fn cleared(room: &Room) {
    for _ in 0..100 {
        if count(room, "select id from dataset_files").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn does(room: &Room, sql: &'static str) {
    let done = room.town.town.db().write(move |tx| {
        tx.execute(sql, &params![])?;
        tx.commit(OffRecord("a test"), ())
    });
    done.await.map_err(|error: DbError| error).unwrap();
}

#[tokio::test]
async fn a_large_file_is_taken_in_beside_everything_else() {
    for room in rooms().await {
        room.draft("counts").await;
        let seen = hands_in(&room, "counts", "counts.csv", &large()).await.sees(StatusCode::ACCEPTED);
        let path = path_of(&seen);
        assert!(seen.location().ends_with(&path), "{}", seen.location());
        let page = path.strip_suffix(".json").unwrap();
        room.parks
            .get(page)
            .await
            .sees(StatusCode::OK)
            .says("counts.csv")
            .says("http-equiv=\"refresh\"")
            .says("Stop it");
        room.parks.get("/data/counts/edit").await.sees(StatusCode::OK).says(page);
        room.roads.get(page).await.sees(StatusCode::NOT_FOUND);
        room.roads.post(&format!("{page}/cancel"), &[]).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().get(page).await.sees(StatusCode::SEE_OTHER);
        let last = over(&room, &path).await;
        assert_eq!((&last["state"], &last["percent"]), (&"done".into(), &100.into()), "{last}");
        room.parks.get(page).await.sees(StatusCode::OK).says("Every row is stored").never_says("http-equiv");
        let dataset = room.parks.get("/data/counts.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (&dataset["resources"][0]["rows"], &dataset["resources"][0]["set_aside"]),
            (&120_000.into(), &1.into())
        );
        room.parks.post(&format!("{page}/cancel"), &[]).await.sees(StatusCode::CONFLICT);
        room.parks.get("/data/counts/edit").await.never_says(page);

        // A node that died while it was at it: nothing of the table is there, the bytes are.
        does(&room, "delete from dataset_resources").await;
        does(&room, "update datasets set version = version + 1").await;
        does(&room, "update data_intakes set state = 'waiting', runner = 'dead', held_until = 0, ended_at = null")
            .await;
        open_data::refresh(room.town.town.clone()).await.unwrap();
        room.town.settle().await;
        let last = over(&room, &path).await;
        assert_eq!(last["state"], "done", "{last}");
        let dataset = room.parks.get("/data/counts.json").await.json();
        assert_eq!(dataset["resources"].as_array().unwrap().len(), 1);
        assert_eq!(dataset["resources"][0]["rows"], 120_000);
        let attempts = room.town.column("select cast(attempts as text) from data_intakes").await;
        assert_eq!(attempts, ["2"]);
    }
}

#[tokio::test]
async fn what_is_stopped_leaves_nothing() {
    for room in rooms().await {
        room.draft("counts").await;
        // One reads at a time: the second waits, and is stopped while it does; the first while it reads.
        let bytes = large();
        let first = path_of(&hands_in(&room, "counts", "first.csv", &bytes).await.sees(StatusCode::ACCEPTED));
        let second = path_of(&hands_in(&room, "counts", "second.csv", &bytes).await.sees(StatusCode::ACCEPTED));
        for path in [&second, &first] {
            let cancel = path.replace(".json", "/cancel.json");
            let seen = room.parks.post(&cancel, &[]).await.sees(StatusCode::OK);
            assert_eq!(seen.json()["state"], "cancelled");
        }
        cleared(&room).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(count(&room, "select id from dataset_files").await, 0);
        assert_eq!(count(&room, "select file_id from dataset_bytes").await, 0);
        assert_eq!(count(&room, "select id from dataset_resources").await, 0);
        let states = room.town.column("select state from data_intakes").await;
        assert_eq!(states, ["cancelled", "cancelled"]);
        room.parks.get("/data/counts/edit").await.sees(StatusCode::OK).never_says("first.csv");
        room.town.clock.advance_seconds(8 * 86_400);
        room.town.settle().await;
    }
}

#[tokio::test]
async fn what_cannot_be_taken_in_says_why_and_leaves_nothing() {
    for room in rooms().await {
        room.draft("counts").await;
        let lies = path_of(&hands_in(&room, "counts", "counts.xlsx", &large()).await.sees(StatusCode::ACCEPTED));
        let last = over(&room, &lies).await;
        assert_eq!(last["state"], "refused");
        assert!(last["trouble"].as_str().unwrap().contains("its bytes are CSV"), "{last}");
        room.parks.get("/data/counts/edit").await.sees(StatusCode::OK).says("its bytes are CSV");
        cleared(&room).await;
        assert_eq!(count(&room, "select id from dataset_files").await, 0);
        let schema = [Part::Text("schema", "{"), Part::File("file", "counts.csv", &large())];
        room.parks.post_files("/data/counts/add", &schema).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(&room, "select id from data_intakes").await, 1);
    }
}

/// A server that takes its time.
fn slow(body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let answer = fine(body);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head);
            std::thread::sleep(Duration::from_secs(4));
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[tokio::test]
async fn an_address_that_is_slow_is_not_waited_for() {
    for room in rooms_at_home().await {
        room.draft("counts").await;
        let (quick, _says) = server(&fine("a,b\n1,2\n"));
        let form = [("address", format!("{quick}/quick.csv")), ("every", "7".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        room.parks.post("/data/counts/add", &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(count(&room, "select id from data_intakes").await, 0, "what was told is not kept");
        assert_eq!(count(&room, "select resource_id from resource_fetches").await, 1);
        let address = format!("{}/slow.csv", slow("a,b\n1,2\n3,4\n"));
        let seen =
            room.parks.post("/data/counts/add", &[("address", address.as_str())]).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        assert!(page.starts_with("/data/counts/intakes/"), "{page}");
        let last = over(&room, &format!("{page}.json")).await;
        assert_eq!((&last["state"], &last["file_name"]), (&"done".into(), &"slow.csv".into()), "{last}");
        let dataset = room.parks.get("/data/counts.json").await.json();
        assert_eq!(dataset["resources"][1]["rows"], 2);
    }
}

/// The files on the town's shelf that belong to a file.
fn on_shelf(room: &Room, file_id: &str) -> Vec<String> {
    let folder = &room.town.town.part::<Folder>().0;
    let files = std::fs::read_dir(folder).unwrap().flatten();
    files.filter_map(|file| file.path().to_str().map(str::to_owned)).filter(|name| name.contains(file_id)).collect()
}

fn answer_of(body: Vec<u8>) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.into_bytes(), body].concat()
}

/// The database fails at the last step, soon enough for an answer: the file waits, is told as waiting, and is done once, with its plan.
#[tokio::test]
async fn what_failed_and_goes_on_is_not_told_as_a_failure() {
    for room in rooms_at_home().await {
        room.draft("counts").await;
        let (address, _says) = server(&fine("a,b\n1,2\n"));
        let url = format!("{address}/counts.csv");
        does(&room, "alter table resource_fetches rename to away").await;
        let form = [("address", url.as_str()), ("every", "7")];
        let seen = room.parks.post("/data/counts/add", &form).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        assert!(page.starts_with("/data/counts/intakes/"), "{page}");
        assert_eq!(count(&room, "select id from dataset_resources").await, 0, "the plan belongs to the same step");
        does(&room, "alter table away rename to resource_fetches").await;
        does(&room, "update data_intakes set held_until = 0").await;
        room.town.settle().await;
        let last = over(&room, &format!("{page}.json")).await;
        assert_eq!(last["state"], "done", "{last}");
        assert_eq!(count(&room, "select id from dataset_resources").await, 1);
        assert_eq!(count(&room, "select resource_id from resource_fetches").await, 1);
    }
}

#[tokio::test]
async fn a_workbook_that_was_given_up_leaves_no_table_of_any_of_its_sheets() {
    for room in rooms_at_home().await {
        room.draft("book").await;
        let first = workbook(&[("Trees", &[&["kind"], &["oak"]]), ("Paths", &[&["name"], &["Mill"]])]);
        room.add("book", "book.xlsx", &first).await.sees(StatusCode::SEE_OTHER);
        let id = room.town.column("select id from dataset_resources order by position").await.remove(0);
        let (address, says) = server("");
        let more = workbook(&[
            ("Trees", &[&["kind"], &["elm"]]),
            ("Paths", &[&["name"], &["Hill"]]),
            ("Lamps", &[&["code"], &["a"]]),
        ]);
        *says.lock().unwrap() = answer_of(more);
        does(&room, "alter table resource_fetches rename to away").await;
        let url = format!("{address}/book.xlsx");
        let form = [("resource", id.as_str()), ("address", url.as_str()), ("every", "7")];
        let page = room.parks.post("/data/book/replace", &form).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        does(&room, "alter table away rename to resource_fetches").await;
        let file = room.town.column("select file_id from data_intakes").await.remove(0);
        assert_eq!(
            on_shelf(&room, &file).len(),
            3,
            "the tables of three sheets, two under the ids of those they renew"
        );

        does(&room, "update data_intakes set held_until = 0, attempts = 5").await;
        room.town.settle().await;
        let last = over(&room, &format!("{page}.json")).await;
        assert_eq!(last["state"], "refused", "{last}");
        for _ in 0..50 {
            if on_shelf(&room, &file).is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(on_shelf(&room, &file), Vec::<String>::new());
        assert_eq!(tables(&room).await.len(), 2);
        let rows = room.parks.get("/data/book.json").await.json()["resources"][0]["rows"].clone();
        assert_eq!(rows, 1);
    }
}

/// Each node looks at its shelf every hour.
#[tokio::test]
async fn what_a_crash_left_on_the_shelf_is_swept_away() {
    for room in rooms().await {
        room.draft("counts").await;
        room.add("counts", "counts.csv", b"a,b\n1,2\n").await.sees(StatusCode::SEE_OTHER);
        let file = room.town.column("select file_id from dataset_resources").await.remove(0);
        let kept = on_shelf(&room, &file).remove(0);
        let now = std::time::SystemTime::UNIX_EPOCH
            + Duration::from_micros(u64::try_from(room.town.town.now().micros()).unwrap());
        let old = now - Duration::from_secs(3 * 86_400);
        let (left, young) = (kept.replace(".table", "-left.table"), kept.replace(".table", "-new.table"));
        for (path, at) in [(&left, old), (&young, now), (&kept, old)] {
            let file = std::fs::File::options().append(true).create(true).open(path).unwrap();
            file.set_modified(at).unwrap();
        }
        room.town.clock.advance_seconds(3_700);
        room.town.settle().await;
        let there = [&left, &young, &kept].map(|path| std::path::Path::new(path).exists());
        assert_eq!(there, [false, true, true]);
    }
}

#[tokio::test]
async fn a_sheet_that_was_taken_away_is_not_published_again_by_itself() {
    for room in rooms_at_home().await {
        room.draft("book").await;
        let two = |rows: &[&[&str]]| workbook(&[("Staff", &[&["name"], &["Ana"]]), ("Trees", rows)]);
        room.add("book", "book.xlsx", &two(&[&["kind"], &["oak"]])).await.sees(StatusCode::SEE_OTHER);
        let ids = room.town.column("select id from dataset_resources order by position").await;
        room.parks.post("/data/book/remove", &[("resource", ids[0].as_str())]).await.sees(StatusCode::SEE_OTHER);
        let (address, says) = server("");
        *says.lock().unwrap() = answer_of(two(&[&["kind"], &["oak"], &["elm"]]));
        let url = format!("{address}/book.xlsx");
        let fetch = [("resource", ids[1].as_str()), ("address", url.as_str()), ("every", "1")];
        room.parks.post("/data/book/fetch", &fetch).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(86_400 + 60);
        room.town.settle().await;
        let room = Room { parks: room.town.signed_in("parks@example.org").await, ..room };
        assert_eq!(tables(&room).await, [("book.xlsx: Trees".to_owned(), 2)]);

        // Its own sheet is gone: nothing takes its place, and the form says so.
        let other = workbook(&[("Staff", &[&["name"], &["Ana"]]), ("Lamps", &[&["code"], &["a"]])]);
        *says.lock().unwrap() = answer_of(other);
        room.town.clock.advance_seconds(86_400 + 60);
        room.town.settle().await;
        let room = Room { parks: room.town.signed_in("parks@example.org").await, ..room };
        assert_eq!(tables(&room).await, [("book.xlsx: Trees".to_owned(), 2)]);
        room.parks.get("/data/book/edit").await.sees(StatusCode::OK).says("is not in the file any more");

        // By hand it can be added again.
        let parts = [Part::Text("resource", &ids[1]), Part::File("file", "book.xlsx", &two(&[&["kind"], &["fir"]]))];
        room.parks.post_files("/data/book/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(tables(&room).await.len(), 2);
    }
}

#[tokio::test]
async fn a_workbook_of_too_many_sheets_is_refused_and_not_cut() {
    for room in rooms().await {
        room.draft("book").await;
        let names: Vec<String> = (0..51).map(|number| format!("S{number}")).collect();
        let rows: &[&[&str]] = &[&["a"], &["1"]];
        let sheets: Vec<(&str, &[&[&str]])> = names.iter().map(|name| (name.as_str(), rows)).collect();
        let parts = |bytes| [Part::File("file", "book.xlsx", bytes)];
        let (all, fewer) = (workbook(&sheets), workbook(&sheets[..50]));
        room.parks
            .post_files("/data/book/add", &parts(&all))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("more than 50 sheets");
        assert_eq!(count(&room, "select id from dataset_resources").await, 0);
        room.parks.post_files("/data/book/add", &parts(&fewer)).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(count(&room, "select id from dataset_resources").await, 50);
    }
}

/// A workbook of sheets, each with its name and rows.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        book.start_file(name, SimpleFileOptions::default()).unwrap();
        book.write_all(text.as_bytes()).unwrap();
    };
    let numbered = |one: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(at, (name, _))| one(at + 1, name)).collect()
    };
    put("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    put(
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    );
    put(
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{}</sheets></workbook>",
            numbered(&|at, name| format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>"))
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
            numbered(&|at, _| format!(
                "<Relationship Id=\"rId{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
            ))
        ),
    );
    for (at, (_, rows)) in sheets.iter().enumerate() {
        let cells = |row: &&[&str]| -> String {
            row.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect()
        };
        let rows: String = rows.iter().map(|row| format!("<row>{}</row>", cells(row))).collect();
        put(
            &format!("xl/worksheets/sheet{}.xml", at + 1),
            &format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            ),
        );
    }
    book.finish().unwrap().into_inner()
}

async fn tables(room: &Room) -> Vec<(String, u64)> {
    let dataset = room.parks.get("/data/book.json").await.sees(StatusCode::OK).json();
    let all = dataset["resources"].as_array().unwrap();
    all.iter().map(|one| (one["title"].as_str().unwrap().to_owned(), one["rows"].as_u64().unwrap())).collect()
}

#[tokio::test]
async fn every_sheet_of_a_workbook_is_renewed_by_hand_and_by_address() {
    for room in rooms_at_home().await {
        room.draft("book").await;
        let first = workbook(&[("Trees", &[&["kind"], &["oak"]]), ("Paths", &[&["name"], &["Mill"], &["Hill"]])]);
        room.add("book", "book.xlsx", &first).await.sees(StatusCode::SEE_OTHER);
        let named = |title: &str, rows| (title.to_owned(), rows);
        assert_eq!(tables(&room).await, [named("book.xlsx: Trees", 1), named("book.xlsx: Paths", 2)]);
        let dataset = room.parks.get("/data/book.json").await.json();
        let ids: Vec<String> =
            dataset["resources"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        let slugs = [&dataset["resources"][0]["name"], &dataset["resources"][1]["name"]].map(Clone::clone);

        // In another order, with a sheet more.
        let second = workbook(&[
            ("Paths", &[&["name"], &["Mill"]]),
            ("Lamps", &[&["code"], &["a"], &["b"], &["c"]]),
            ("Trees", &[&["kind"], &["oak"], &["elm"]]),
        ]);
        let parts = [Part::Text("resource", &ids[0]), Part::File("file", "book.xlsx", &second)];
        room.parks.post_files("/data/book/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            tables(&room).await,
            [named("book.xlsx: Trees", 2), named("book.xlsx: Paths", 1), named("book.xlsx: Lamps", 3)]
        );
        let after = room.parks.get("/data/book.json").await.json();
        assert_eq!([&after["resources"][0]["name"], &after["resources"][1]["name"]].map(Clone::clone), slugs);
        let rows =
            room.parks.get(&format!("/data/book/{}.json", slugs[1].as_str().unwrap())).await.sees(StatusCode::OK);
        assert_eq!(rows.json()["rows"][0]["name"], "Mill");

        // By address, with a sheet less: its rows stay as they were.
        let third = workbook(&[("Trees", &[&["kind"], &["fir"], &["oak"], &["ash"]]), ("Lamps", &[&["code"], &["z"]])]);
        let body = [
            format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", third.len()).into_bytes(),
            third,
        ]
        .concat();
        let (address, says) = server("");
        *says.lock().unwrap() = body;
        let url = format!("{address}/book.xlsx");
        let fetch = [("resource", ids[0].as_str()), ("address", url.as_str()), ("every", "1")];
        room.parks.post("/data/book/fetch", &fetch).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(86_400 + 60);
        room.town.settle().await;
        let parks = room.town.signed_in("parks@example.org").await;
        let after = parks.get("/data/book.json").await.json();
        let rows: Vec<u64> =
            after["resources"].as_array().unwrap().iter().map(|one| one["rows"].as_u64().unwrap()).collect();
        assert_eq!(rows, [3, 1, 1]);
        let paths = parks.get(&format!("/data/book/{}.json", slugs[1].as_str().unwrap())).await.sees(StatusCode::OK);
        assert_eq!(paths.json()["rows"][0]["name"], "Mill", "the sheet that is gone keeps its rows");

        // A file without sheets takes one place only.
        let parts = [Part::Text("resource", &ids[1]), Part::File("file", "paths.csv", b"name\nOld\nNew\n")];
        parks.post_files("/data/book/replace", &parts).await.sees(StatusCode::SEE_OTHER);
        let after = parks.get("/data/book.json").await.json();
        let rows: Vec<u64> =
            after["resources"].as_array().unwrap().iter().map(|one| one["rows"].as_u64().unwrap()).collect();
        assert_eq!(rows, [3, 2, 1]);
    }
}
