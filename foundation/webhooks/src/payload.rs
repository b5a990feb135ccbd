//! What is sent: the public entry and links, nothing else.

use civic::Language;
use record::Sequenced;
use serde_json::{Value, json};
use web::{Town, manifest::Catalogue};

/// The kind of a test, which no room says.
pub const TEST: &str = "webhook.test";

/// A message: its id, which stays the same however often it is sent, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The `webhook-id`.
    pub id: String,
    /// The body.
    pub body: String,
}

/// The message of an entry.
pub fn of_entry(town: &Town, entry: &Sequenced) -> Message {
    let catalogue = town.part::<Catalogue>();
    let page = catalogue.page_of(&entry.subject.kind, &entry.subject.id);
    let sentence = catalogue.saying_key(&entry.saying).map(|key| catalogue.sentence(town, key, entry, Language::En));
    let data = json!({
        "position": entry.position,
        "id": entry.id,
        "subject_kind": entry.subject.kind,
        "subject_id": entry.subject.id,
        "by": entry.by(),
        "what": entry.what(),
        "sentence": sentence,
        "url": page.map(|path| town.url(&path)),
        "entry_url": town.url(&format!("/record/{}.json", entry.position)),
        "receipt_url": town.url(&format!("/record/receipt/{}", entry.position)),
    });
    message(format!("entry_{}", entry.id), &entry.saying, &entry.said_at.rfc3339(), data)
}

/// The message of a test.
pub fn of_test(town: &Town, position: i64) -> Message {
    let data = json!({ "sentence": "This is a test", "url": town.url("/record") });
    message(format!("test_{}", position.unsigned_abs()), TEST, &town.now().rfc3339(), data)
}

fn message(id: String, kind: &str, at: &str, data: Value) -> Message {
    Message { id, body: json!({ "type": kind, "timestamp": at, "data": data }).to_string() }
}
