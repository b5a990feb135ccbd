//! A town with two districts, two agencies, and a small room of its own that says where things are.

use civic::{Actor, Language, Moment, Role, Subject, SubjectKind};
use database::{DbError, Tx};
use record::Entry;
use serde_json::Value;
use testing::{Browser, Plan, TestTown};
use web::{Room, Saying, SubjectInfo, Town, manifest::Brief};

/// Two squares side by side: Mill (west) and Docks (east).
const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[0.1,50],[0.1,50.1],[0,50.1],[0,50]]]}},
{"type":"Feature","properties":{"code":"docks","name":"Docks"},"geometry":{"type":"Polygon","coordinates":[[[0.1,50],[0.2,50],[0.2,50.1],[0.1,50.1],[0.1,50]]]}}]}"#;

/// What the small room keeps: trees.
const TREE: SubjectKind = SubjectKind("tree");

/// The town, with an officer of each agency.
pub struct Nearby {
    pub town: TestTown,
    pub water: Browser,
    pub power: Browser,
}

/// One on each database of this run.
pub async fn towns() -> Vec<Nearby> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), alerts::room(), trees()],
        install: |db, installed| installed.add(db.read_blocking(places::Districts::load).unwrap()),
        demo: false,
    };
    let mut all = Vec::new();
    for town in testing::towns(&plan) {
        let [water, power] = [town.agency("water", "Water works").await, town.agency("power", "Power").await];
        places::set_boundaries(&town.town, &testing::steward(), DISTRICTS.as_bytes()).await.unwrap();
        let water = town.holder("water@example.org", Role::Officer, Some(&water)).await;
        let power = town.holder("power@example.org", Role::Officer, Some(&power)).await;
        all.push(Nearby { town, water, power });
    }
    all
}

/// A room that alerts know nothing of.
fn trees() -> Room {
    Room {
        name: "trees",
        messages: &[
            (Language::En, "subject-tree = Tree\nsaying-tree = { $subject }"),
            (Language::Es, "subject-tree = Árbol\nsaying-tree = { $subject }"),
            (Language::Ar, "subject-tree = شجرة\nsaying-tree = { $subject }"),
        ],
        sayings: &[
            Saying { name: "tree.opened", key: "saying-tree" },
            Saying { name: "tree.answered", key: "saying-tree" },
            Saying { name: "tree.resolved", key: "saying-tree" },
            Saying { name: "tree.relocated", key: "saying-tree" },
            Saying { name: "tree.extended", key: "saying-tree" },
        ],
        subjects: &[SubjectInfo { kind: TREE.0, key: "subject-tree", page: |id| format!("/trees/{id}") }],
        briefs: Some(briefs),
        ..Room::default()
    }
}

/// A tree whose name ends in `hidden` is not public.
fn briefs(_: &Town, _: &mut Tx<'_>, subjects: &[Subject], _: Language) -> Result<Vec<Brief>, DbError> {
    let trees = subjects.iter().filter(|subject| subject.kind == TREE.0 && !subject.id.ends_with("hidden"));
    let brief = |subject: &Subject| Brief {
        subject: subject.clone(),
        title: format!("The tree {}", subject.id),
        state: Some("Leafy".to_owned()),
        at: testing::START,
    };
    Ok(trees.map(brief).collect())
}

impl Nearby {
    /// Says something of a tree on the record, now.
    pub async fn tree(&self, id: &str, saying: &'static str, view: Value) {
        // The record orders by moment; what is said in the same one has no order.
        self.town.clock.advance_seconds(1);
        self.tree_at(id, saying, view, self.town.town.now()).await;
    }

    /// Says something of a tree on the record, as of then.
    pub async fn tree_at(&self, id: &str, saying: &'static str, view: Value, at: Moment) {
        let (chance, subject) = (self.town.chance(), Subject::new(TREE, id));
        let said = self.town.town.db().write(move |tx| {
            let actor = Actor::visitor(Language::En);
            let entry = Entry::about(subject, saying, &actor, at, &*chance).publicly(&view)?;
            tx.commit(entry, ())
        });
        said.await.map_err(|error: DbError| error).unwrap();
    }

    /// Mails to this address, newest first.
    pub async fn mails_to(&self, email: &str) -> Vec<people::mail::WrittenMail> {
        let mut mails = self.town.mails().await;
        mails.retain(|mail| mail.mail.to.as_str() == email);
        mails
    }
}
