//! What happens later and by itself: files are fetched again, catalogues harvested again, drafts become public.

use crate::town::{Room, fine, page_sends_json, rooms, rooms_at_home, server};
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;

const DAY: i64 = 86_400;

async fn version(room: &Room, name: &str) -> i64 {
    room.parks.get(&format!("/data/{name}.json")).await.sees(StatusCode::OK).json()["version"].as_i64().unwrap()
}

async fn rows(room: &Room, name: &str) -> u64 {
    room.parks.get(&format!("/data/{name}.json")).await.json()["resources"][0]["rows"].as_u64().unwrap()
}

/// Who publishes signs in anew, as after days.
async fn anew(mut room: Room) -> Room {
    room.parks = room.town.signed_in("parks@example.org").await;
    room.admin = room.town.signed_in("admin@example.org").await;
    room
}

#[tokio::test]
async fn a_file_is_fetched_again_and_a_new_version_is_made_only_of_other_bytes() {
    for room in rooms_at_home().await {
        let (address, says) = server(&fine("kind,height\noak,12\n"));
        let url = format!("{address}/trees.csv");
        room.draft("trees").await;
        let form = [("address", url.as_str()), ("every", "2")];
        room.parks
            .post("/data/trees/add", &form)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Choose from the list how often");
        room.parks.get("/data/trees.json").await.sees(StatusCode::OK);
        for resource in room.parks.get("/data/trees.json").await.json()["resources"].as_array().unwrap() {
            let id = resource["id"].as_str().unwrap();
            room.parks.post("/data/trees/remove", &[("resource", id)]).await.sees(StatusCode::SEE_OTHER);
        }
        room.parks
            .post("/data/trees/add", &[("address", url.as_str()), ("every", "1")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let first = version(&room, "trees").await;
        room.town.settle().await;
        assert_eq!(version(&room, "trees").await, first, "its time has not come");

        room.town.clock.advance_seconds(DAY + 60);
        room.town.settle().await;
        let room = anew(room).await;
        assert_eq!(version(&room, "trees").await, first, "the same bytes are no new version");
        room.parks.get("/data/trees/edit").await.sees(StatusCode::OK).says("It came on").says(&url);

        *says.lock().unwrap() = fine("kind,height\noak,12\nelm,9\n").into_bytes();
        room.town.clock.advance_seconds(DAY + 60);
        room.town.settle().await;
        let room = anew(room).await;
        assert_eq!((version(&room, "trees").await, rows(&room, "trees").await), (first + 1, 2));

        *says.lock().unwrap() = b"HTTP/1.1 500 Oh\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
        room.town.clock.advance_seconds(DAY + 60);
        room.town.settle().await;
        let room = anew(room).await;
        assert_eq!((version(&room, "trees").await, rows(&room, "trees").await), (first + 1, 2), "what is there stays");
        room.parks.get("/data/trees/edit").await.sees(StatusCode::OK).says("HTTP 500");

        *says.lock().unwrap() = fine("kind,height\nfir,30\n").into_bytes();
        room.town.clock.advance_seconds(3_700);
        room.town.settle().await;
        assert_eq!(rows(&room, "trees").await, 1, "after an hour it is asked for again");
        let id = room.town.column("select resource_id from resource_fetches").await.remove(0);
        room.roads.post("/data/trees/fetch", &[("resource", &id), ("every", "0")]).await;
        assert_eq!(room.town.column("select resource_id from resource_fetches").await.len(), 1);
        room.parks.post("/data/trees/fetch", &[("resource", &id), ("every", "0")]).await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.column("select resource_id from resource_fetches").await.is_empty());
    }
}

#[tokio::test]
async fn a_catalogue_is_harvested_by_itself() {
    for room in rooms_at_home().await {
        let catalogue = |title: &str| {
            fine(&json!({"dataset": [{"identifier": "a", "title": title, "description": "Bridges and their loads, one row each.",
                "license": "https://creativecommons.org/publicdomain/zero/1.0/", "distribution": [{"downloadURL": "https://x.example/a.csv", "format": "CSV"}]}]}).to_string())
        };
        let (address, says) = server(&catalogue("Bridges"));
        let source = json!({"url": format!("{address}/data.json"), "kind": "datajson", "organisation": "parks"});
        let seen = page_sends_json(&room.admin, "/data/harvest.json", &source).await.sees(StatusCode::OK);
        let id = seen.json()["id"].as_str().unwrap().to_owned();
        let every = format!("/data/harvest/{id}/every");
        room.admin.post(&every, &[("every", "3")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.parks.post(&every, &[("every", "7")]).await.sees(StatusCode::FORBIDDEN);
        room.admin.post(&every, &[("every", "7")]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(7 * DAY + 60);
        room.town.settle().await;
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK).says("Bridges");
        *says.lock().unwrap() = catalogue("Bridges and fords").into_bytes();
        room.town.clock.advance_seconds(DAY);
        room.town.settle().await;
        room.town.browser().get("/data/bridges").await.never_says("Bridges and fords");
        room.town.clock.advance_seconds(6 * DAY + 600);
        room.town.settle().await;
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK).says("Bridges and fords");
        *says.lock().unwrap() = b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
        room.town.clock.advance_seconds(7 * DAY + 600);
        room.town.settle().await;
        room.town.browser().get("/data/bridges").await.sees(StatusCode::OK).says("Bridges and fords");
        let room = anew(room).await;
        let report = room.admin.get("/data/harvest.json").await.sees(StatusCode::OK).json();
        assert!(report["sources"][0]["report"]["broken"].as_str().unwrap().contains("503"), "{report}");
        assert_eq!(report["sources"][0]["every_days"], 7);
    }
}

async fn filled(room: &Room) {
    room.draft("trees").await;
    room.add("trees", "trees.csv", b"kind,height\noak,12\n").await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_draft_becomes_public_when_its_time_comes() {
    for room in rooms().await {
        filled(&room).await;
        for wrong in ["yesterday", "2026-01-01T08:00", "2031-01-01T08:00"] {
            let seen = room.parks.post("/data/trees/later", &[("publish_at", wrong)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a moment within the next year");
        }
        let at = room.town.town.now().plus_days(2).rfc3339()[..16].to_owned();
        room.roads.post("/data/trees/later", &[("publish_at", &at)]).await.sees(StatusCode::NOT_FOUND);
        room.parks.post("/data/trees/later", &[("publish_at", &at)]).await.sees(StatusCode::SEE_OTHER);
        room.parks.get("/data/trees/edit").await.sees(StatusCode::OK).says("It becomes public on").says(&at);
        room.town.settle().await;
        room.town.browser().get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        room.town.clock.advance_seconds(2 * DAY + 60);
        room.town.settle().await;
        room.town.browser().get("/data/trees").await.sees(StatusCode::OK).says("Trees of the parks");
        assert!(room.town.column("select dataset_id from dataset_plans").await.is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_public_stays_a_draft_and_says_why() {
    for room in rooms().await {
        room.draft("trees").await;
        let at = room.town.town.now().plus_days(1).rfc3339()[..16].to_owned();
        room.parks.post("/data/trees/later", &[("publish_at", &at)]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(DAY + 60);
        room.town.settle().await;
        let room = anew(room).await;
        room.town.browser().get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        room.parks.get("/data/trees/edit").await.sees(StatusCode::OK).says("Add a file before you publish it");
    }
}

#[tokio::test]
async fn where_two_are_needed_one_submits_and_another_one_publishes() {
    for room in rooms().await {
        room.parks.get("/data/approval").await.sees(StatusCode::FORBIDDEN);
        room.parks.post("/data/approval", &[("organisation", "parks")]).await.sees(StatusCode::FORBIDDEN);
        let form = [("organisation", "parks"), ("approves", "yes")];
        room.admin.post("/data/approval", &form).await.sees(StatusCode::SEE_OTHER);
        room.admin.get("/data/approval").await.sees(StatusCode::OK).says("Two are needed.");
        filled(&room).await;
        for _ in 0..2 {
            room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
            room.town.browser().get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        }
        room.parks.get("/data/trees/edit").await.sees(StatusCode::OK).says("You submitted it");
        room.roads.post("/data/trees/publish", &[]).await.sees(StatusCode::NOT_FOUND);
        let agency = room.town.town.db().read(|tx| people::organisations::by_code(tx, "parks")).await;
        let agency = agency.map_err(|error: database::DbError| error).unwrap().unwrap();
        let second = room.town.holder("second@example.org", Role::Officer, Some(&agency)).await;
        second.get("/data/trees/edit").await.sees(StatusCode::OK).says("Publish it if you agree");
        second.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get("/data/trees").await.sees(StatusCode::OK);
        let history = room.parks.get("/data/trees.json").await.json()["history"].clone();
        let said: Vec<_> = history.as_array().unwrap().iter().map(|step| step["saying"].as_str().unwrap()).collect();
        assert_eq!(said[..2], ["dataset.published", "dataset.submitted"]);
    }
}

#[tokio::test]
async fn a_plan_waits_for_the_second_person_and_a_program_does_not_go_round_it() {
    for room in rooms().await {
        let form = [("organisation", "parks"), ("approves", "yes")];
        room.admin.post("/data/approval", &form).await.sees(StatusCode::SEE_OTHER);
        filled(&room).await;
        let at = room.town.town.now().plus_days(1).rfc3339()[..16].to_owned();
        room.parks.post("/data/trees/later", &[("publish_at", &at)]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(DAY + 60);
        room.town.settle().await;
        room.town.browser().get("/data/trees").await.sees(StatusCode::NOT_FOUND);
        let token = room.town.token(Role::Administrator).await;
        let new = json!({"name": "paths", "title": "Paths", "owner_org": "parks", "notes": "Every path.", "license_id": "cc-zero",
            "resources": [{"name": "a", "url": "https://x.example/a.csv", "format": "CSV"}]});
        room.act(&token, "package_create", &new).await;
        room.town.browser().get("/data/paths").await.sees(StatusCode::NOT_FOUND);
        let room = anew(room).await;
        room.admin.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get("/data/trees").await.sees(StatusCode::OK);
    }
}
