//! The record as verifiers read it: receipts, key, checkpoints and tiles.

use super::super::ended;
use super::PLAIN;
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use record::{TilePath, witnesses};
use serde_json::json;
use web::{Answer, Doc, Stop, Town, answer::text, openapi::text_schema, visit::Path};

/// GET /record/receipt/{position}: c2sp.org/tlog-proof
pub async fn receipt(State(town): State<Town>, Path(position): Path<u64>) -> Answer {
    let proof = town
        .db()
        .read(move |tx| record::receipt(tx, position))
        .await
        .map_err(|error: database::DbError| Stop::from(error))?;
    let proof = proof.ok_or(Stop::NotFound)?;
    let mut answer = text(PLAIN, proof.to_string());
    let name = format!("attachment; filename=\"entry-{position}.tlog-proof\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Stop::fault)?);
    Ok(answer)
}

/// GET /record/key: the verifier key, as a note's first line names it (c2sp.org/signed-note).
pub async fn key(State(town): State<Town>) -> Answer {
    Ok(text(PLAIN, format!("{}\n", town.record().verifier())))
}

/// GET /record/checkpoint: the newest signed checkpoint.
pub async fn checkpoint(State(town): State<Town>) -> Answer {
    let shown = town.record().checkpoint();
    let look = move |tx: &mut database::Tx<'_>| {
        let note = match shown {
            Some(shown) => Some(shown.note.clone()),
            None => record::last_checkpoint(tx)?.map(|kept| kept.note),
        };
        let cosigned = witnesses::cosignatures(tx)?;
        Ok::<_, database::DbError>(note.map(|note| witnesses::with_lines(&note, &cosigned)))
    };
    Ok(fresh_note(town.db().read(look).await.map_err(Stop::from)?.ok_or(Stop::NotFound)?))
}

/// GET /record/witnessed: the newest checkpoint that a witness has cosigned.
pub async fn witnessed(State(town): State<Town>) -> Answer {
    let note = town.db().read(witnesses::witnessed_checkpoint).await;
    Ok(fresh_note(note.map_err(|error: database::DbError| Stop::from(error))?.ok_or(Stop::NotFound)?))
}

fn fresh_note(note: String) -> axum::response::Response {
    let mut answer = text(PLAIN, note);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer
}

/// GET /record/tile/…: tiles of hashes and bundles of entries.
pub async fn tile(State(town): State<Town>, Path(path): Path<String>) -> Answer {
    let path = TilePath::parse(&format!("tile/{path}")).map_err(|_| Stop::NotFound)?;
    let look = move |tx: &mut database::Tx<'_>| {
        let Some(checkpoint) = record::last_checkpoint(tx)? else { return Ok::<_, database::DbError>(None) };
        ended::tile_of(tx, path, checkpoint.size)
    };
    let bytes = town.db().read(look).await.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    let mut answer = text("application/octet-stream", bytes);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(answer)
}

/// How a receipt is described.
pub fn receipt_doc() -> Doc {
    Doc::new("record", "The receipt of an entry (c2sp.org/tlog-proof)")
        .path("position", "Its place, counting from 0.", json!({"type": "integer"}))
        .answers(200, "text/plain", "The proof, with the checkpoint it leads to.", text_schema())
}

/// How the key is described.
pub fn key_doc() -> Doc {
    Doc::new("record", "The key by which checkpoints are checked").answers(
        200,
        "text/plain",
        "A verifier key (c2sp.org/signed-note).",
        text_schema(),
    )
}

/// How the checkpoint is described.
pub fn checkpoint_doc() -> Doc {
    Doc::new("record", "The newest signed checkpoint (c2sp.org/tlog-checkpoint)").answers(
        200,
        "text/plain",
        "A signed note.",
        text_schema(),
    )
}

/// How the witnessed checkpoint is described.
pub fn witnessed_doc() -> Doc {
    Doc::new("record", "The newest checkpoint that a witness has cosigned (c2sp.org/tlog-cosignature)")
        .answers(200, "text/plain", "A signed note with the lines of the witnesses.", text_schema())
        .answers(404, "application/problem+json", "No witness has cosigned yet.", json!({"type": "object"}))
}

/// How a tile is described.
pub fn tile_doc() -> Doc {
    Doc::new("record", "Tiles and entry bundles (c2sp.org/tlog-tiles)")
        .path("path", "As the standard writes it: 0/x001/067, entries/000.p/5.", text_schema())
        .answers(200, "application/octet-stream", "The tile.", json!({"type": "string", "format": "binary"}))
}
