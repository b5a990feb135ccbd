//! Records of this town that ended: what was signed of them, and the tiles by which anybody checks it.

use super::record::PLAIN;
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::{DbError, Tx};
use record::{EndedRecord, TilePath};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use web::{Answer, Doc, Stop, Town, Visit, answer::text, dates, openapi::text_schema, visit::Path};

/// A record that ended, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EndedView {
    /// Counts them, from 1.
    pub number: u32,
    /// Its name.
    pub origin: String,
    /// The key that signed it; empty where the town does not know it any more.
    pub key: String,
    /// Why it ended: `key-lost`, `entries-lost` or `key-exposed`.
    pub why: String,
    /// When (RFC 3339).
    pub ended_at: String,
    /// Its entries that are here: the first of the record now, in the same places.
    pub kept: u64,
    /// Entries that were signed, as far as the town knows.
    pub signed: u64,
    /// Where its last checkpoint, its key and its tiles are; `polity verify` checks them there.
    pub url: String,
}

/// For machines.
pub fn view(town: &Town, one: &EndedRecord) -> EndedView {
    EndedView {
        number: one.number,
        origin: one.origin.clone(),
        key: one.verifier.clone(),
        why: one.why.word().to_owned(),
        ended_at: one.ended_at.rfc3339(),
        kept: one.size,
        signed: one.signed_size,
        url: town.url(&format!("/record/before/{}", one.number)),
    }
}

/// A record that ended, for people.
pub struct Ended {
    /// What became of it.
    pub sentence: String,
    /// Entries that are lost, in a sentence; empty for none.
    pub lost: String,
    /// What checks it; empty where nothing of it can be checked by what is here.
    pub verify: String,
    /// The path of its checkpoint; empty for none.
    pub checkpoint: String,
    /// The newest checkpoint that was kept outside, where the entries it speaks of are not all here.
    pub outside: String,
}

/// For people.
pub fn shown(town: &Town, visit: &Visit, one: &EndedRecord) -> Ended {
    let t = &visit.t;
    let number = |count: u64| dates::number(i64::try_from(count).unwrap_or(i64::MAX), t.language());
    let values = [
        ("name", one.origin.as_str().into()),
        ("when", visit.date_time(one.ended_at).into()),
        ("why", t.say(&format!("record-ended-{}", one.why.word())).into()),
        ("kept", number(one.size).into()),
        ("signed", number(one.signed_size).into()),
    ];
    let path = format!("/record/before/{}", one.number);
    let is_checked = !one.note.is_empty() && !one.verifier.is_empty();
    Ended {
        sentence: t.with("record-ended", &values),
        lost: if one.lost() > 0 { t.with1("record-ended-lost", "count", number(one.lost())) } else { String::new() },
        verify: if is_checked { format!("polity verify {}", town.url(&path)) } else { String::new() },
        checkpoint: if one.note.is_empty() { String::new() } else { format!("{path}/checkpoint") },
        outside: if one.lost() > 0 { one.signed_note.clone() } else { String::new() },
    }
}

async fn of(town: &Town, number: u32) -> Result<EndedRecord, Stop> {
    let found = town.db().read(move |tx| record::ended_record(tx, number)).await;
    found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)
}

/// GET /record/before/{number}/checkpoint: the last that was signed of it, as far as its entries are here.
pub async fn checkpoint(State(town): State<Town>, Path(number): Path<u32>) -> Answer {
    let note = of(&town, number).await?.note;
    if note.is_empty() { Err(Stop::NotFound) } else { Ok(text(PLAIN, note)) }
}

/// GET /record/before/{number}/key
pub async fn key(State(town): State<Town>, Path(number): Path<u32>) -> Answer {
    let key = of(&town, number).await?.verifier;
    if key.is_empty() { Err(Stop::NotFound) } else { Ok(text(PLAIN, format!("{key}\n"))) }
}

/// GET /record/before/{number}/tile/…: its entries are the first of the record now, so its tiles are, too.
pub async fn tile(State(town): State<Town>, Path((number, path)): Path<(u32, String)>) -> Answer {
    let path = TilePath::parse(&format!("tile/{path}")).map_err(|_| Stop::NotFound)?;
    let size = of(&town, number).await?.size;
    let look = move |tx: &mut Tx<'_>| tile_of(tx, path, size);
    let bytes = town.db().read(look).await.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    let mut answer = text("application/octet-stream", bytes);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(answer)
}

/// A tile of hashes or a bundle of entries of a log of this size.
pub fn tile_of(tx: &mut Tx<'_>, path: TilePath, size: u64) -> Result<Option<Vec<u8>>, DbError> {
    match path {
        TilePath::Hashes(id) => record::tile(tx, id, size),
        TilePath::Entries { index, width } => record::bundle(tx, index, width, size),
    }
}

fn doc(what: &'static str, answers: &'static str) -> Doc {
    Doc::new("record", what)
        .path("number", "Which of the records that ended, from 1.", json!({"type": "integer", "minimum": 1}))
        .answers(200, "text/plain", answers, text_schema())
}

/// How its checkpoint is described.
pub fn checkpoint_doc() -> Doc {
    doc("The last checkpoint of a record that ended", "A signed note.")
}

/// How its key is described.
pub fn key_doc() -> Doc {
    doc("The key of a record that ended", "A verifier key (c2sp.org/signed-note).")
}

/// How its tiles are described.
pub fn tile_doc() -> Doc {
    Doc::new("record", "Tiles of a record that ended (c2sp.org/tlog-tiles)")
        .path("number", "Which of the records that ended, from 1.", json!({"type": "integer", "minimum": 1}))
        .path("path", "As the standard writes it: 0/x001/067, entries/000.p/5.", text_schema())
        .answers(200, "application/octet-stream", "The tile.", json!({"type": "string", "format": "binary"}))
}
