//! The bytes of a file are kept, and fetched.

use super::FileIn;
use crate::{model::PARQUET_LIMIT_BYTES, store};
use civic::Moment;
use database::{DbError, OffRecord};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tables::{Progress, Step};
use web::{Refusal, Stop, Town};

/// Bytes of one piece of a file.
const CHUNK_BYTES: usize = 1024 * 1024;
/// Pieces that are written in one transaction.
const CHUNKS_AT_ONCE: usize = 4;

/// Fetches a file from an address that somebody chose, kept away from our own network.
///
/// # Errors
/// `data-fetch` with why there is no file.
pub async fn fetch_file(town: &Town, url: &str) -> Result<FileIn, Stop> {
    fetch_watched(town, url, Arc::default()).await
}

/// The same, saying how far it is.
///
/// # Errors
/// As [`fetch_file`]; `data-fetch` too where it was stopped.
pub async fn fetch_watched(town: &Town, url: &str, progress: Arc<Progress>) -> Result<FileIn, Stop> {
    let policy = outgoing::Policy {
        redirects: true,
        body_limit_bytes: PARQUET_LIMIT_BYTES as u64,
        patience: std::time::Duration::from_secs(60),
        ..town.part::<outgoing::Client>().policy().clone()
    };
    let asked = url.to_owned();
    let got = tokio::task::spawn_blocking(move || {
        progress.begin(Step::Fetching, 0);
        let mut announced = 0;
        outgoing::Client::new(policy).get_watched(&asked, &[], &mut |done, whole| {
            if whole.is_some_and(|whole| whole != announced) {
                announced = whole.unwrap_or(0);
                progress.begin(Step::Fetching, announced);
            }
            progress.reach(done).is_ok()
        })
    });
    let refused = |why: String| Stop::from(Refusal::new("data-fetch").at("address").with("why", why));
    let answer = got.await.map_err(Stop::fault)?.map_err(|why| refused(why.to_string()))?;
    if !answer.is_success() {
        return Err(refused(format!("HTTP {}", answer.status)));
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let file_name = path.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(FileIn { file_name, bytes: answer.body.into(), ..FileIn::default() })
}

/// Keeps the bytes, some pieces at a time, so that nobody waits long for their own act.
pub async fn keep(town: &Town, id: &str, file: &FileIn, now: Moment) -> Result<(), Stop> {
    let (file_id, name, bytes) = (id.to_owned(), file.file_name.replace('\0', ""), file.bytes.clone());
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let begun = town.db().write(move |tx| {
        store::add_file(tx, &file_id, &name, &bytes, &sha256, now)?;
        tx.commit(OffRecord("a file is recorded with the act it belongs to"), ())
    });
    begun.await.map_err(|error: DbError| Stop::from(error))?;
    for (group, at) in (0_i64..).zip((0..file.bytes.len()).step_by(CHUNK_BYTES * CHUNKS_AT_ONCE)) {
        let part = file.bytes.slice(at..(at + CHUNK_BYTES * CHUNKS_AT_ONCE).min(file.bytes.len()));
        let file_id = id.to_owned();
        let written = town.db().write(move |tx| {
            for (number, chunk) in (0_i64..).zip(part.chunks(CHUNK_BYTES)) {
                store::add_chunk(tx, &file_id, group * i64::try_from(CHUNKS_AT_ONCE).unwrap_or(1) + number, chunk)?;
            }
            tx.commit(OffRecord("a file is recorded with the act it belongs to"), ())
        });
        written.await.map_err(|error: DbError| Stop::from(error))?;
    }
    Ok(())
}
