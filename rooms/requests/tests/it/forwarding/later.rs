//! What residents say after a report was sent on.

use super::{
    KEY, later, reached,
    server::{Mood, Shelf, serve},
};
use crate::town::{Room, rooms};
use axum::http::StatusCode;
use civic::Role;
use std::sync::Mutex;

/// The words that the agency's server was told, without what stands around them.
fn told(shelf: &Mutex<Shelf>) -> Vec<String> {
    let shelf = shelf.lock().unwrap();
    let told = shelf.told.as_ref().unwrap().iter();
    told.map(|fields| fields["description"].split("\n\n").nth(1).unwrap().to_owned()).collect()
}

async fn comment(room: &Room, who: &str, code: &str, text: &str) {
    let resident = room.town.signed_in(&format!("{who}@example.org")).await;
    let form = [("kind", "request"), ("id", code), ("text", text)];
    resident.post("/comments", &form).await.sees(StatusCode::SEE_OTHER);
}

fn key_of(own: &str) -> String {
    own.split_once("key=").unwrap().1.to_owned()
}

#[tokio::test]
async fn what_residents_say_later_goes_to_the_agency_in_order_and_once() {
    for room in rooms().await {
        let (url, shelf) = serve();
        reached(&room, &url).await;
        let (code, own) = room.lamp("It flickers").await;
        room.town.settle().await;
        let (visitor, key) = (room.town.browser(), key_of(&own));
        comment(&room, "amina", &code, "It is the northern one").await;
        room.town.settle().await;
        let edit = [("key", &*key), ("description", "It is dark")];
        visitor.post(&format!("/requests/{code}/edit"), &edit).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("/requests/{code}/withdraw"), &[("key", &key)]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        later(&room).await;
        let page = format!("{}/requests/{code}", testing::ADDRESS);
        assert_eq!(told(&shelf), ["It is the northern one", "It is dark", &page]);
        let last = shelf.lock().unwrap().told.as_ref().unwrap()[2].clone();
        assert_eq!((last["service_request_id"].as_str(), last["status"].as_str()), ("101", "CLOSED"));
        assert_eq!((last["api_key"].as_str(), last["jurisdiction_id"].as_str()), (KEY, "lights.example"));
        assert!(last["description"].starts_with("The reporter has taken the report back"));
        let all = format!("{:?}", shelf.lock().unwrap().told).to_lowercase();
        assert!(!all.contains("amina"), "who said it is nobody's business there");
        let seen = room.lamps.get(&format!("/desk/{code}.json")).await.json();
        let states: Vec<_> = seen["forward"]["later"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
        assert_eq!(states, ["told", "told", "told"]);
        room.lamps.get(&format!("/desk/{code}")).await.says("Said since then").says("Told");
    }
}

#[tokio::test]
async fn what_is_said_before_the_report_arrives_goes_after_it() {
    for room in rooms().await {
        let (url, shelf) = serve();
        reached(&room, &url).await;
        shelf.lock().unwrap().mood = Mood::Refuses;
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        comment(&room, "amina", &code, "It is the northern one").await;
        room.town.settle().await;
        assert!(told(&shelf).is_empty(), "nothing is said of what is not there");
        shelf.lock().unwrap().mood = Mood::Takes;
        room.lamps.post(&format!("/desk/{code}/forward"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        room.town.settle().await;
        assert_eq!(told(&shelf), ["It is the northern one"]);
    }
}

#[tokio::test]
async fn what_is_hidden_meanwhile_is_not_told() {
    for room in rooms().await {
        let (url, shelf) = serve();
        reached(&room, &url).await;
        shelf.lock().unwrap().mood = Mood::Refuses;
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        comment(&room, "amina", &code, "An insult").await;
        let id = room.town.column("select id from comments").await.remove(0);
        let flagger = room.town.signed_in("ben@example.org").await;
        let report = [("reason", "insult"), ("note", "")];
        flagger.post(&format!("/moderation/report/comment/{id}"), &report).await.sees(StatusCode::SEE_OTHER);
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let moderator = room.town.holder("mireia@example.org", Role::Moderator, None).await;
        let version = room.town.column("select cast(version as text) from moderation_cases").await.remove(0);
        let hide = [("act", "hide"), ("version", &*version), ("reason", "insult"), ("part", "text")];
        moderator.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        shelf.lock().unwrap().mood = Mood::Takes;
        room.lamps.post(&format!("/desk/{code}/forward"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        room.town.settle().await;
        assert!(told(&shelf).is_empty(), "{:?}", told(&shelf));
        room.lamps.get(&format!("/desk/{code}")).await.says("no longer public");
    }
}

#[tokio::test]
async fn a_server_without_updates_is_said_so_at_the_desk() {
    for room in rooms().await {
        let (url, shelf) = serve();
        shelf.lock().unwrap().told = None;
        reached(&room, &url).await;
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        comment(&room, "amina", &code, "It is the northern one").await;
        room.town.settle().await;
        room.lamps.get(&format!("/desk/{code}")).await.says("Not taken there").says("takes no updates").never_says(KEY);
    }
}

#[tokio::test]
async fn an_agency_reached_by_letter_gets_another_letter() {
    for room in rooms().await {
        let administrator = room.town.administrator().await;
        let form = [("way", "letter"), ("email", "office@lights.example")];
        administrator.post("/admin/agencies/lights", &form).await.sees(StatusCode::SEE_OTHER);
        let (code, own) = room.lamp("It flickers").await;
        room.town.settle().await;
        let key = key_of(&own);
        let edit = [("key", &*key), ("description", "It is dark")];
        let visitor = room.town.browser();
        visitor.post(&format!("/requests/{code}/edit"), &edit).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let mails = room.town.mails().await;
        let letters = mails.iter().filter(|mail| mail.mail.to.as_str() == "office@lights.example");
        let bodies: Vec<&str> = letters.map(|mail| mail.mail.body_text.as_str()).collect();
        let about: Vec<&&str> = bodies.iter().filter(|body| body.contains("It is dark")).collect();
        assert_eq!((bodies.len(), about.len()), (2, 1), "{bodies:?}");
        assert!(!about[0].contains("key="), "a private link is written once");
    }
}
