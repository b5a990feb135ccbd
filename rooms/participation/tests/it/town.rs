//! A town with two districts, one agency, and a process whose five phases last five days each.

use axum::http::{Request, StatusCode};
use civic::{LocalText, Moment, Role};
use participation::{
    Definition, Moved, NewProcess, Phase, PhaseAct, Rules, Template, Topic, create_process, publish_process,
    save_process,
};
use people::organisations::Organisation;
use serde_json::{Value, json};
use testing::{Browser, Plan, START, Seen, TestTown, steward};

/// Two squares side by side: Mill (west) and Docks (east).
pub const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

/// Submit, support, evaluate, vote, monitor: five days each, from `START` on.
pub const PHASE_DAYS: i64 = 5;

/// The town, with who answers and who leads.
pub struct Room {
    pub town: TestTown,
    pub agency: Organisation,
    pub officer: Browser,
    pub steward: Browser,
    pub amina: Browser,
    pub jon: Browser,
}

/// One on each database of this run.
pub async fn rooms() -> Vec<Room> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), participation::room()],
        install: |db, installed| installed.add(db.read_blocking(places::Districts::load).unwrap()),
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        rooms.push(furnish(town).await);
    }
    rooms
}

async fn furnish(town: TestTown) -> Room {
    places::set_boundaries(&town.town, &steward(), DISTRICTS.as_bytes()).await.unwrap();
    let agency = town.agency("parks", "Parks").await;
    let officer = town.holder("officer@example.org", Role::Officer, Some(&agency)).await;
    let lead = town.holder("steward@example.org", Role::Steward, None).await;
    let amina = named(&town, "amina@example.org", "Amina").await;
    let jon = named(&town, "jon@example.org", "Jon").await;
    let room = Room { town, agency, officer, steward: lead, amina, jon };
    room.process("budget", rules()).await;
    room
}

/// Signed in, with a name.
pub async fn named(town: &TestTown, email: &str, name: &str) -> Browser {
    let browser = town.signed_in(email).await;
    browser.post("/me", &[("name", name), ("language", "en")]).await.sees(StatusCode::SEE_OTHER);
    browser
}

pub fn rules() -> Rules {
    Rules { supports_min: 2, supports_most: Some(2), asks_cost: true, ..Rules::default() }
}

/// The phases of the process of the tests.
pub fn phases() -> Vec<Phase> {
    use PhaseAct::{Amend, Discuss, Evaluate, Monitor, Submit, Support, Vote};
    let acts: [&[PhaseAct]; 5] = [&[Submit, Discuss, Amend], &[Support, Discuss], &[Evaluate], &[Vote], &[Monitor]];
    let phase = |(number, acts): (i64, &&[PhaseAct])| Phase {
        title: None,
        opens_at: START.plus_days(number * PHASE_DAYS),
        closes_at: START.plus_days((number + 1) * PHASE_DAYS),
        acts: acts.iter().copied().collect(),
    };
    (0..).zip(&acts).map(phase).collect()
}

/// What the process of the tests is.
pub fn definition(rules: Rules) -> Definition {
    Definition {
        title: LocalText::plain("People’s budget"),
        summary: LocalText::plain("What should the money be spent on?"),
        about: None,
        phases: phases(),
        categories: vec![
            Topic { code: "parks".to_owned(), name: LocalText::plain("Parks") },
            Topic { code: "streets".to_owned(), name: LocalText::plain("Streets") },
        ],
        districts: Vec::new(),
        budget_cents: Some(10_000_000),
        rules,
    }
}

impl Room {
    /// Publishes a process of this code with these rules.
    pub async fn process(&self, code: &str, rules: Rules) {
        let (town, by) = (&self.town.town, steward());
        let new = NewProcess {
            code: code.to_owned(),
            title: LocalText::plain("x"),
            from: Moved::Template(Template::Budget),
            organisation: Some(self.agency.id),
        };
        create_process(town, by.clone(), new).await.unwrap();
        let saved = save_process(town, by.clone(), code.to_owned(), 1, definition(rules), Some(self.agency.id));
        saved.await.unwrap();
        publish_process(town, by, code.to_owned()).await.unwrap();
    }

    /// Turns the clock into a phase, counting from 0.
    pub fn turn_to_phase(&self, number: i64) {
        self.town.clock.turn_to(START.plus_days(number * PHASE_DAYS).plus_seconds(3_600));
    }

    /// What a good proposal says.
    pub fn words(title: &str) -> Value {
        json!({"process": "budget", "title": title, "text": "There is nowhere to sit by the old mill pond.",
            "category": "parks", "district": "mill", "cost": "1200"})
    }

    /// Hands a proposal in as JSON; its code.
    pub async fn proposal(&self, by: &Browser, title: &str) -> String {
        self.town.clock.advance_seconds(1);
        let seen = send(by, &Self::words(title)).await.sees(StatusCode::CREATED);
        self.town.settle().await;
        seen.json()["code"].as_str().unwrap().to_owned()
    }

    /// Supports a proposal by so many people; they are made as needed.
    pub async fn supported(&self, code: &str, people: usize) {
        for number in 0..people {
            let browser = self.town.signed_in(&format!("s{number}@example.org")).await;
            browser.post(&format!("/proposals/{code}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        }
    }

    /// How many support it, as everybody reads it.
    pub async fn supports(&self, code: &str) -> i64 {
        self.town.browser().get(&format!("/proposals/{code}.json")).await.json()["supports"].as_i64().unwrap()
    }

    /// Gives the answer of the town.
    pub async fn answered(&self, code: &str, verdict: &str, cost: &str) {
        let form = [("verdict", verdict), ("cost", cost), ("reasons", "We looked at the ground."), ("version", "1")];
        self.officer.post(&format!("/proposals/{code}/answer"), &form).await.sees(StatusCode::SEE_OTHER);
    }
}

/// Sends a proposal as JSON from one of our pages, as an island would.
pub async fn send(by: &Browser, words: &Value) -> Seen {
    let request = Request::post("/proposals.json")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json");
    by.send(request, words.to_string().into_bytes()).await
}

/// The present moment of the town.
pub fn now(room: &Room) -> Moment {
    room.town.town.now()
}
