//! A town with two agencies, two districts, and a room of wishes.

use crate::wishes;
use axum::http::{Method, Request, StatusCode, header};
use civic::Role;
use serde_json::{Value, json};
use testing::{Browser, Plan, Seen, TestTown, steward};

/// Two squares side by side: Mill (west) and Docks (east).
const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

/// The town, with somebody who answers for each agency.
pub struct Room {
    pub town: TestTown,
    pub parks: Browser,
    pub roads: Browser,
}

/// One on each database of this run.
pub async fn rooms() -> Vec<Room> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), accountability::room(), wishes::room()],
        install: |db, installed| installed.add(db.read_blocking(places::Districts::load).unwrap()),
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        let parks = town.agency("parks", "Parks and trees").await;
        let roads = town.agency("roads", "Roads").await;
        places::set_boundaries(&town.town, &steward(), DISTRICTS.as_bytes()).await.unwrap();
        let parks = town.holder("parks@example.org", Role::Officer, Some(&parks)).await;
        let roads = town.holder("roads@example.org", Role::Officer, Some(&roads)).await;
        rooms.push(Room { town, parks, roads });
    }
    rooms
}

/// A day so many days after the town begins, as people write it.
pub fn day(after: i64) -> String {
    testing::START.plus_days(after).rfc3339()[..10].to_owned()
}

/// Forty trees in thirty days.
pub fn trees() -> Value {
    json!({
        "organisation": "parks", "title[en]": "Forty trees on Mill Lane", "title[es]": "Cuarenta árboles", "due": day(30),
        "budgeted": "84,000", "lat": 50.05, "long": 0.05, "milestones": format!("{} Places chosen\n{} Ordered", day(5), day(10)),
    })
}

/// JSON from a page of ours.
pub async fn page_sends_json(browser: &Browser, path: &str, body: &Value) -> Seen {
    let request = Request::builder().method(Method::POST).uri(path).header("sec-fetch-site", "same-origin");
    browser.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string().into_bytes()).await
}

impl Room {
    /// Promises something; its code.
    pub async fn promise(&self, making: &Value) -> String {
        let seen = page_sends_json(&self.parks, "/commitments.json", making).await.sees(StatusCode::CREATED);
        seen.json()["code"].as_str().unwrap().to_owned()
    }

    /// What everybody sees of it.
    pub async fn seen(&self, code: &str) -> Value {
        self.town.browser().get(&format!("/commitments/{code}.json")).await.sees(StatusCode::OK).json()
    }

    /// The parks act on it, with the version that is there.
    pub async fn keep(&self, code: &str, act: &str, fields: &[(&str, &str)]) -> Seen {
        let version = self.seen(code).await["version"].to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend(fields);
        self.parks.post(&format!("/commitments/{code}/{act}"), &all).await
    }

    /// The officers sign in anew, as after a month.
    pub async fn signed_in_anew(mut self) -> Self {
        self.parks = self.town.signed_in("parks@example.org").await;
        self
    }

    /// Lets days pass.
    pub async fn pass_days(&self, days: i64) {
        self.town.clock.advance_seconds(days * 86_400);
        self.town.settle().await;
    }
}
