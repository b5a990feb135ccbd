//! A town with two agencies, two categories and two districts.

use civic::{LocalText, Role};
use requests::{Attribute, Category, Choice, Datatype, Definition, define_category};
use testing::{Browser, Plan, TestTown, steward};

/// Two squares side by side: Mill (west) and Docks (east).
pub const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

/// The town, with somebody who answers for each agency.
pub struct Room {
    pub town: TestTown,
    pub lamps: Browser,
    pub bins: Browser,
}

/// One on each database of this run.
pub async fn rooms() -> Vec<Room> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), requests::room()],
        install,
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        rooms.push(furnish(town).await);
    }
    rooms
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    // Agencies that answer elsewhere are served by the tests themselves.
    let policy = outgoing::Policy { plain_http: true, private_addresses: true, ..outgoing::Policy::default() };
    installed.add(outgoing::Client::new(policy));
    installed.add(db.read_blocking(requests::Books::load).unwrap());
}

async fn furnish(town: TestTown) -> Room {
    let lights = town.agency("lights", "Street lights").await;
    let waste = town.agency("waste", "Waste and recycling").await;
    for (code, organisation, attributes) in [("lamp", lights.id, Vec::new()), ("bin", waste.id, vec![size()])] {
        let definition = Definition {
            name: LocalText::plain(format!("Broken {code}")),
            description: LocalText::plain("When it does not work."),
            group: None,
            keywords: vec![code.to_owned()],
            promise: (code == "lamp").then_some(requests::Promise::Days(3)),
            rules: requests::Rules::default(),
            attributes,
        };
        let category = Category { code: code.to_owned(), organisation, position: 1, active: true, definition };
        define_category(&town.town, steward(), category).await.unwrap();
    }
    places::set_boundaries(&town.town, &steward(), DISTRICTS.as_bytes()).await.unwrap();
    let lamps = town.holder("lamps@example.org", Role::Officer, Some(&lights)).await;
    let bins = town.holder("bins@example.org", Role::Officer, Some(&waste)).await;
    Room { town, lamps, bins }
}

/// How large the bin is: must be answered.
fn size() -> Attribute {
    let choice = |key: &str| Choice { key: key.to_owned(), name: LocalText::plain(key) };
    Attribute {
        code: "size".to_owned(),
        datatype: Datatype::SingleValueList,
        required: true,
        description: LocalText::plain("How large?"),
        values: vec![choice("S"), choice("L")],
    }
}

impl Room {
    /// Reports a broken lamp by JSON; its code and its private link.
    pub async fn lamp(&self, description: &str) -> (String, String) {
        let body = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "description": description});
        let seen = self.town.browser().post_json("/requests.json", &body).await.sees(axum::http::StatusCode::CREATED);
        let own = seen.json()["own_url"].as_str().unwrap().to_owned();
        let own = own.strip_prefix(testing::ADDRESS).unwrap().to_owned();
        (seen.json()["code"].as_str().unwrap().to_owned(), own)
    }

    /// The same by somebody who left an address.
    pub async fn reachable_lamp(&self, description: &str) -> (String, String) {
        let body = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "description": description, "email": "amina@example.org"});
        let seen = self.town.browser().post_json("/requests.json", &body).await.sees(axum::http::StatusCode::CREATED);
        let own = seen.json()["own_url"].as_str().unwrap().to_owned();
        let own = own.strip_prefix(testing::ADDRESS).unwrap().to_owned();
        (seen.json()["code"].as_str().unwrap().to_owned(), own)
    }

    /// The version that a form at the desk would carry.
    pub async fn version(&self, code: &str) -> String {
        self.town.browser().get(&format!("/requests/{code}.json")).await.json()["version"].to_string()
    }
}
