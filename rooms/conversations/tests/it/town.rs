//! A town with somebody who leads conversations.

use crate::machine::{KEY, Machine};
use axum::http::StatusCode;
use civic::{Actor, Language, Role};
use conversations::{Assistant, AssistantSettings, React, Stance, Who};
use testing::{Browser, Plan, TestTown};

/// The town, with a facilitator for one agency.
pub struct Room {
    pub town: TestTown,
    pub lead: Browser,
}

/// Two squares side by side: Mill (west) and Docks (east).
const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

/// Statements to begin with, one a line.
pub const SEEDS: &str = "Buses should run until midnight\nThe market square needs more trees\nParking in the centre should cost more\nSchools should open their yards at weekends";

/// One on each database of this run.
pub async fn rooms() -> Vec<Room> {
    furnished(|db, installed| {
        install(db, installed);
        installed.add(Assistant::default());
    })
    .await
}

/// The same with a language model, which a server of ours plays.
pub async fn rooms_with_machine() -> Vec<Room> {
    furnished(|db, installed| {
        install(db, installed);
        let settings = AssistantSettings {
            address: Machine::get().url.clone(),
            model: "small".to_owned(),
            key: Some(KEY.to_owned()),
            nearby: true,
            patience_seconds: Some(2),
        };
        installed.add(Assistant::at(settings).unwrap());
    })
    .await
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(conversations::Books::load).unwrap());
    installed.add(people::boxes::BallotBoxes::in_memory());
    installed.add(web::stopping::Stopping::default());
}

async fn furnished(install: fn(&database::Db, &mut web::town::Installed)) -> Vec<Room> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), conversations::room()],
        install,
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        let streets = town.agency("streets", "Streets").await;
        places::set_boundaries(&town.town, &testing::steward(), DISTRICTS.as_bytes()).await.unwrap();
        let lead = town.holder("lead@example.org", Role::Officer, Some(&streets)).await;
        rooms.push(Room { town, lead });
    }
    rooms
}

/// How a conversation is set up, but for what a test says otherwise.
pub fn setting<'s>(more: &[(&'s str, &'s str)]) -> Vec<(&'s str, &'s str)> {
    let usual = [
        ("question[en]", "How should we move about town?"),
        ("question[es]", "¿Cómo movernos por la ciudad?"),
        ("introduction[en]", "The council decides in spring."),
        ("organisation", "streets"),
        ("moderation", "open"),
        ("entry", "anybody"),
    ];
    let other = |field: &&(&str, &str)| !more.iter().any(|one| one.0 == field.0);
    usual.iter().filter(other).copied().chain(more.iter().copied()).collect()
}

impl Room {
    /// A draft with statements; its code.
    pub async fn draft(&self, more: &[(&str, &str)]) -> String {
        let seen = self.lead.post("/desk/conversations", &setting(more)).await.sees(StatusCode::SEE_OTHER);
        let code = seen.location().rsplit('/').next().unwrap().to_owned();
        let seeds = format!("/desk/conversations/{code}/seeds");
        self.lead.post(&seeds, &[("language", "en"), ("seeds", SEEDS)]).await.sees(StatusCode::SEE_OTHER);
        code
    }

    /// A conversation that is open; its code.
    pub async fn open(&self, more: &[(&str, &str)]) -> String {
        let code = self.draft(more).await;
        self.advance(&code, "publish").await;
        code
    }

    /// Publishes, closes or reopens it.
    pub async fn advance(&self, code: &str, to: &str) {
        let path = format!("/desk/conversations/{code}/advance");
        self.lead.post(&path, &[("to", to)]).await.sees(StatusCode::SEE_OTHER);
    }

    /// Somebody new with a voice.
    pub async fn visitor(&self, code: &str) -> Browser {
        let browser = self.town.browser();
        browser.get(&format!("/conversations/{code}/take-part")).await.sees(StatusCode::OK);
        browser
    }

    /// Answers a statement; the status.
    pub async fn vote(&self, browser: &Browser, code: &str, statement: &str, vote: &str) -> StatusCode {
        let path = format!("/conversations/{code}/take-part");
        browser.post(&path, &[("statement", statement), ("vote", vote)]).await.status
    }

    /// Somebody of a program of ours answers; for crowds, which no one network can be.
    pub async fn answers_as(&self, code: &str, name: &str, answers: &[(i64, Stance)]) {
        self.town.clock.advance_seconds(3);
        for (statement, stance) in answers {
            let who = Who::named(Actor::visitor(Language::En), format!("test:{name}"));
            let react = React {
                conversation: code.to_owned(),
                statement: *statement,
                stance: *stance,
                important: false,
                challenge: None,
                crowded: false,
            };
            conversations::react(&self.town.town, who, react).await.unwrap();
        }
    }

    /// Every answer that counts: participant, statement, stance.
    pub async fn answers(&self) -> Vec<String> {
        self.town
            .column("select participant || ' ' || statement || ' ' || coalesce(stance, 9) from conversation_reactions order by participant, statement")
            .await
    }

    /// Draws the maps that were asked for.
    pub async fn drawn(&self) {
        self.town.clock.advance_seconds(2);
        self.town.settle().await;
    }
}
