//! Agencies that answer elsewhere: sent on once, followed, and answered by letter.

mod later;
mod letters;
pub mod server;

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use database::{DbError, OffRecord};
use server::{Mood, serve};
use testing::Browser;

const KEY: &str = "s3cret-api-key";
const ADMIN: &str = "/admin/agencies/lights";

/// Street lights answer by this server from now on.
pub async fn reached(room: &Room, url: &str) -> Browser {
    let administrator = room.town.administrator().await;
    let form =
        [("way", "open311"), ("url", url), ("jurisdiction", "lights.example"), ("key", KEY), ("service-lamp", "L-1")];
    administrator.post(ADMIN, &form).await.sees(StatusCode::SEE_OTHER);
    administrator
}

async fn later(room: &Room) {
    room.town.clock.advance_seconds(301);
    room.town.settle().await;
}

/// What a fall leaves behind after a report was sent and before its id was kept.
async fn fall(room: &Room) {
    let fallen = room.town.town.db().write(|tx| {
        tx.execute("update request_forwards set state = 'sending', their_id = null", &[])?;
        tx.commit(OffRecord("a test"), ())
    });
    fallen.await.map_err(|error: DbError| error).unwrap();
}

async fn job_again(room: &Room) {
    let (now, id) = (room.town.town.now(), civic::JobId::new(room.town.town.now(), room.town.town.chance()).text());
    let put = room.town.town.db().write(move |tx| {
        let row = tx.query_one("select request_id, organisation_id from request_forwards", &[])?;
        let payload = serde_json::json!({"request": row.get::<String>(0)?, "organisation": row.get::<String>(1)?});
        let kind = "outgoing.forward-request";
        database::jobs::put(tx, &database::jobs::NewJob { id, kind, payload: &payload, not_before: now })?;
        tx.commit(OffRecord("a test"), ())
    });
    put.await.map_err(|error: DbError| error).unwrap();
}

#[tokio::test]
async fn a_report_goes_to_the_agency_once_and_its_words_come_back() {
    for room in rooms().await {
        let (url, shelf) = serve();
        reached(&room, &url).await;
        let body = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "description": "It flickers", "email": "amina@example.org", "name": "Amina"});
        let seen = room.town.browser().post_json("/requests.json", &body).await.sees(StatusCode::CREATED).json();
        let code = seen["code"].as_str().unwrap().to_owned();
        room.town.settle().await;
        later(&room).await;
        let post = {
            let shelf = shelf.lock().unwrap();
            assert_eq!(shelf.posts.len(), 1);
            shelf.posts[0].clone()
        };
        assert_eq!((post["service_code"].as_str(), post["api_key"].as_str()), ("L-1", KEY));
        assert_eq!((post["lat"].as_str(), post["jurisdiction_id"].as_str()), ("50.05", "lights.example"));
        assert!(
            post["description"].starts_with("It flickers")
                && post["description"].ends_with(&format!("/requests/{code}"))
        );
        assert!(!format!("{post:?}").to_lowercase().contains("amina"), "who reported is nobody's business there");
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("Sent on to the agency");
        room.lamps.get(&format!("/desk/{code}")).await.says("Arrived").says("101");
        // They say something, and later end it; each comes onto the thread once.
        shelf.lock().unwrap().updates.push(serde_json::json!({
            "update_id": "u1", "service_request_id": "101", "status": "open",
            "updated_datetime": "2026-09-23T00:00:00Z", "description": "A crew is on its way",
        }));
        later(&room).await;
        later(&room).await;
        let page = visitor.get(&format!("/requests/{code}")).await.says("A crew is on its way");
        assert_eq!(page.text.matches("A crew is on its way").count(), 1);
        shelf.lock().unwrap().states.insert("101".to_owned(), ("closed".to_owned(), "New bulb put in".to_owned()));
        later(&room).await;
        later(&room).await;
        let seen = visitor.get(&format!("/requests/{code}.json")).await.says("New bulb put in").json();
        assert_eq!(seen["state"], "resolved");
        assert_eq!(seen["history"].as_array().unwrap().last().unwrap()["by"], "Street lights");
        let record = room.town.record().await.join("\n");
        for (saying, times) in [("request.forwarded", 1), ("request.answered", 1), ("request.resolved", 1)] {
            assert_eq!(record.matches(saying).count(), times, "{saying}");
        }
        assert!(record.contains(r#""reference":"101""#) && !record.contains("crew") && !record.contains("bulb"));
    }
}

#[tokio::test]
async fn after_a_fall_it_looks_before_it_sends_again() {
    for room in rooms().await {
        let (url, shelf) = serve();
        reached(&room, &url).await;
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        fall(&room).await;
        job_again(&room).await;
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 1, "it had arrived");
        room.lamps.get(&format!("/desk/{code}.json")).await.says(r#""state":"sent""#).says(r#""reference":"101""#);
        // Had it not arrived, it is sent.
        shelf.lock().unwrap().posts.clear();
        fall(&room).await;
        job_again(&room).await;
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 1);
        // A code that another one begins with is another report.
        let other = shelf.lock().unwrap().posts[0]["description"].clone();
        shelf.lock().unwrap().posts[0].insert("description".to_owned(), format!("{other}Q"));
        fall(&room).await;
        job_again(&room).await;
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 2);
    }
}

#[tokio::test]
async fn what_the_other_server_refuses_is_shown_and_sent_again_on_request() {
    for room in rooms().await {
        let (url, shelf) = serve();
        let administrator = reached(&room, &url).await;
        shelf.lock().unwrap().mood = Mood::Refuses;
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let desk = format!("/desk/{code}");
        room.lamps.get(&desk).await.says("Refused there").says("no such service").never_says(KEY);
        administrator.get("/admin/agencies.json").await.says(r#""refused":1"#).never_says(KEY);
        shelf.lock().unwrap().mood = Mood::GivesToken;
        room.bins.post(&format!("{desk}/forward"), &[]).await.sees(StatusCode::NOT_FOUND);
        room.lamps.post(&format!("{desk}/forward"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("{desk}/forward"), &[]).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn only_what_is_open_here_and_new_goes_there() {
    for room in rooms().await {
        let (url, shelf) = serve();
        let (before, _) = room.lamp("Before the server").await;
        room.town.settle().await;
        let administrator = reached(&room, &url).await;
        let (done, _) = room.lamp("Done at once").await;
        let form = [("version", &*room.version(&done).await), ("text", "Done")];
        room.lamps.post(&format!("/desk/{done}/resolve"), &form).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert!(shelf.lock().unwrap().posts.is_empty(), "what was there before stays, and what has ended too");
        // Passed away and back again it goes there, once.
        for (officer, to) in [(&room.lamps, "waste"), (&room.bins, "lights")] {
            let form = [("version", &*room.version(&before).await), ("organisation", to)];
            officer.post(&format!("/desk/{before}/pass"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 1);
        administrator.post(ADMIN, &[("way", "here")]).await.sees(StatusCode::SEE_OTHER);
        room.lamp("After the server").await;
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 1);
        assert!(room.town.column("select api_key from request_channels").await.is_empty(), "the key is gone with it");
    }
}

#[tokio::test]
async fn the_page_tries_the_server_and_never_shows_the_key() {
    for room in rooms().await {
        let (url, shelf) = serve();
        let administrator = reached(&room, &url).await;
        administrator.get("/admin/agencies").await.sees(StatusCode::OK).says("Server of its own").never_says(KEY);
        let page = administrator.get(ADMIN).await.sees(StatusCode::OK).says("A key is kept").never_says(KEY);
        page.says(&url).says("L-1");
        let tested = administrator.post(&format!("{ADMIN}/test"), &[]).await.sees(StatusCode::OK).never_says(KEY);
        tested.says("It has 2 services").never_says("These have no service");
        assert!(shelf.lock().unwrap().posts.is_empty(), "a test reports nothing");
        // Saved without a key the key stays; for another host it does not go along.
        let same = [("way", "open311"), ("url", url.as_str()), ("service-lamp", "L-2")];
        administrator.post(ADMIN, &same).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select api_key from request_channels").await, [KEY]);
        administrator.post(&format!("{ADMIN}/test"), &[]).await.says("These have no service").says("lamp → L-2");
        let other = [("way", "open311"), ("url", "http://127.0.0.1:9/open311")];
        administrator.post(ADMIN, &other).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select api_key from request_channels").await, [""]);
        administrator.post(&format!("{ADMIN}/test"), &[]).await.sees(StatusCode::OK).says("It does not work");
        for wrong in ["ftp://x.example/", "http://a@b.example/", "x", "http://one.example/?key=1"] {
            let form = [("way", "open311"), ("url", wrong)];
            administrator.post(ADMIN, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        administrator.post(ADMIN, &[("way", "letter"), ("email", "no")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        administrator.post(ADMIN, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.lamps.get("/admin/agencies").await.sees(StatusCode::FORBIDDEN);
        let record = room.town.record().await.join("\n");
        assert!(record.contains("organisation.reached-by") && !record.contains(KEY) && !record.contains("127.0.0.1"));
    }
}
