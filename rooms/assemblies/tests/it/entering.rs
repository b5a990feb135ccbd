//! Whoever holds an assembly enters a table of people: looked at first, faults set aside, taken back whole.

use crate::town::{plan, rooms, table};
use axum::http::StatusCode;
use testing::Part;

#[tokio::test]
async fn a_table_is_looked_at_entered_and_undone() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let desk = format!("/admin/assemblies/{}/pool", assembly.code);
        let text = table(12) + "n3,Twice,,40+,south\nx1,<img src=x onerror=alert(1)>,,40+,east\nx2,short\n";
        let file = |keep: bool| {
            let mut parts = vec![Part::File("file", "people.csv", text.as_bytes())];
            if keep {
                parts.push(Part::Text("keep", "yes"));
            }
            parts
        };
        room.officer.get(&desk).await.sees(StatusCode::OK).says("id,name,email,Age,Area");
        let looked = room.officer.post_files(&desk, &file(false)).await.sees(StatusCode::OK);
        looked.says("12").says("east").says("already").never_says("<img src=x");
        assert!(room.town.column("select ticket from assembly_pool").await.is_empty(), "a look keeps nothing");
        room.officer.post_files(&desk, &file(true)).await.sees(StatusCode::OK).says("east");
        assert_eq!(room.town.column("select ticket from assembly_pool").await.len(), 12);
        let again = room.officer.post_files(&desk, &file(true)).await.sees(StatusCode::OK);
        again.says("already");
        assert_eq!(room.town.column("select ticket from assembly_pool").await.len(), 12, "nobody is in it twice");
        let undo = [("table", "1")];
        room.officer.post(&format!("{desk}/undo"), &undo).await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.column("select ticket from assembly_pool").await.is_empty());
        room.officer.post(&format!("{desk}/undo"), &undo).await.sees(StatusCode::NOT_FOUND);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("assembly.pool_entered") && record.contains("assembly.pool_undone"));
        assert!(!record.contains("Person 1") && !record.contains("in1@example.org"));
    }
}

#[tokio::test]
async fn a_file_that_is_no_table_gets_a_sentence() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let desk = format!("/admin/assemblies/{}/pool", assembly.code);
        for (bytes, said) in [(&b"id,Hair\na,red\n"[..], "Age"), (b"\xff\xfe", "UTF-8")] {
            let seen = room.officer.post_files(&desk, &[Part::File("file", "x.csv", bytes)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(said);
        }
        let none = room.officer.post_files(&desk, &[Part::Text("keep", "yes")]).await;
        none.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a file");
    }
}

#[tokio::test]
async fn counts_stand_beside_quotas_at_the_desk_and_small_ones_nowhere_else() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 12).await;
        let code = &assembly.code;
        room.officer.get(&format!("/admin/assemblies/{code}/pool")).await.says("12");
        room.drawn(&assembly, assemblies::Begin::default()).await;
        let json = room.town.browser().get(&format!("/assemblies/{code}/draws/1.json")).await.json();
        let pool: Vec<_> = json["quotas"].as_array().unwrap().iter().map(|one| one["pool"].clone()).collect();
        assert_eq!(pool, [6.into(), 6.into(), serde_json::Value::Null, serde_json::Value::Null], "4 in the north");
    }
}
