//! The proof of a decision as one file, for its applicant.

use super::{
    apply::private,
    status::{Key, own},
};
use crate::{
    commands::sealed,
    proof::{FORMAT, ProofFile},
};
use axum::{extract::State, http::header};
use database::DbError;
use serde_json::json;
use web::{
    Answer, Stop, Town, Visit,
    answer::text,
    manifest::Doc,
    openapi::text_schema,
    visit::{Path, Query},
};

/// GET /applications/{code}/proof: nothing before the decision that holds has its place in the record, and nothing once its salt is erased.
pub(super) async fn file(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Key>,
) -> Answer {
    let own = own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?;
    let (position, salt) = own.position.zip(own.salt).ok_or(Stop::NotFound)?;
    let found = town.db().read(move |tx| {
        let entry = record::at(tx, position)?;
        let proof = record::receipt(tx, position)?;
        Ok(entry.zip(proof).zip(Some(record::last_verifier(tx)?)))
    });
    let found = found.await.map_err(|error: DbError| Stop::from(error))?;
    let ((entry, proof), key) = found.ok_or(Stop::NotFound)?;
    let file = ProofFile {
        format: FORMAT.to_owned(),
        town: town.url("/"),
        code: own.one.code.to_string(),
        key,
        entry: entry.body,
        proof: proof.to_string(),
        salt,
        sealed: sealed(&own.one, &own.sealed_reasons, &own.earlier)?.to_string(),
    };
    let body = serde_json::to_string_pretty(&file).map_err(Stop::fault)?;
    let mut answer = text("application/json", body);
    let name = format!("attachment; filename=\"{}.proof.json\"", own.one.code);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(private(answer))
}

pub(super) fn doc() -> Doc {
    Doc::new("services", "The proof of a decision as one file, which `polity verify --receipt` checks")
        .path("code", "The reference.", text_schema())
        .query("key", "The key of the private link.", text_schema())
        .answers(
            200,
            "application/json",
            "Entry, proof of the record, salt and what was sealed.",
            json!({"type": "object"}),
        )
}
