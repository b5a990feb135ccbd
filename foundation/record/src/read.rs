//! Reading the record.

use crate::witnesses::{cosignatures, with_lines};
use civic::{Moment, Subject};
use database::{DbError, Row, Tx, params};
use serde_json::Value;
use std::borrow::Cow;
use transparency_log::{Checkpoint, Hash, LogProof, TILE_WIDTH, TileId, encode_bundle, inclusion_proof};

/// An entry that has its place in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequenced {
    /// Its place, counting from 0.
    pub position: u64,
    /// Its id.
    pub id: String,
    /// When it was said.
    pub said_at: Moment,
    /// What it is about.
    pub subject: Subject,
    /// What was said, as `request.opened`.
    pub saying: String,
    /// Its canonical bytes: the leaf.
    pub body: String,
}

impl Sequenced {
    /// The whole entry as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// The public view: what happened.
    pub fn what(&self) -> Value {
        self.json().get("what").cloned().unwrap_or(Value::Null)
    }

    /// The pseudonym of who said it.
    pub fn by(&self) -> String {
        self.json().get("by").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

/// A checkpoint as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// Entries it speaks of.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Moment,
}

impl SignedCheckpoint {
    pub(crate) fn checkpoint(&self, origin: &str) -> Checkpoint {
        Checkpoint { origin: origin.to_owned(), size: self.size, root: self.root }
    }
}

const COLUMNS: &str = "position, id, said_at, subject_kind, subject_id, saying, body";

/// The newest signed checkpoint in the database.
///
/// # Errors
/// Those of the database.
pub fn last_checkpoint(tx: &mut Tx<'_>) -> Result<Option<SignedCheckpoint>, DbError> {
    let row = tx.query_opt("select size, root, note, signed_at from record_checkpoint where only_one = 1", &[])?;
    row.map(|row| {
        Ok(SignedCheckpoint {
            size: natural(row.get(0)?),
            root: row.get::<String>(1)?.parse().map_err(|why| DbError::Other(format!("record_checkpoint: {why}")))?,
            note: row.get(2)?,
            signed_at: Moment(row.get(3)?),
        })
    })
    .transpose()
}

/// The key that signed the newest checkpoint, as it stood beside it; empty before the first, and where it was signed before keys
/// stood there.
///
/// # Errors
/// Those of the database.
pub fn last_verifier(tx: &mut Tx<'_>) -> Result<String, DbError> {
    let row = tx.query_opt("select verifier from record_checkpoint where only_one = 1", &[])?;
    row.map_or_else(|| Ok(String::new()), |row| row.get(0))
}

/// How many entries wait for their place, counting no further than `limit`.
///
/// # Errors
/// Those of the database.
pub fn pending(tx: &mut Tx<'_>, limit: u32) -> Result<u64, DbError> {
    let sql = "select count(*) from (select 1 from record_entries where position is null limit $1) waiting";
    Ok(natural(tx.query_one(sql, &params![limit])?.get(0)?))
}

/// Since when the oldest entry waits for its place; `None` when none waits.
///
/// # Errors
/// Those of the database.
pub fn pending_since(tx: &mut Tx<'_>) -> Result<Option<Moment>, DbError> {
    let sql = "select said_at from record_entries where position is null order by said_at, id limit 1";
    tx.query_opt(sql, &[])?.map(|row| row.get(0).map(Moment)).transpose()
}

/// The entry at a place.
///
/// # Errors
/// Those of the database.
pub fn at(tx: &mut Tx<'_>, position: u64) -> Result<Option<Sequenced>, DbError> {
    let sql = format!("select {COLUMNS} from record_entries where position = $1");
    tx.query_opt(&sql, &params![whole(position)])?.as_ref().map(entry_of).transpose()
}

/// Entries from a place on, in order.
///
/// # Errors
/// Those of the database.
pub fn from(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Vec<Sequenced>, DbError> {
    let sql = format!("select {COLUMNS} from record_entries where position >= $1 order by position limit $2");
    tx.query(&sql, &params![whole(position), limit])?.iter().map(entry_of).collect()
}

/// Entries before a place, newest first.
///
/// # Errors
/// Those of the database.
pub fn before(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Vec<Sequenced>, DbError> {
    let sql = format!("select {COLUMNS} from record_entries where position < $1 order by position desc limit $2");
    tx.query(&sql, &params![whole(position), limit])?.iter().map(entry_of).collect()
}

/// Entries about a subject that have their place, oldest first.
///
/// # Errors
/// Those of the database.
pub fn about(tx: &mut Tx<'_>, subject: &Subject, limit: u32) -> Result<Vec<Sequenced>, DbError> {
    let sql = format!(
        "select {COLUMNS} from record_entries where subject_kind = $1 and subject_id = $2 and position is not null order by position limit $3"
    );
    let found: Result<Vec<Sequenced>, DbError> =
        tx.query(&sql, &params![&subject.kind, &subject.id, limit])?.iter().map(entry_of).collect();
    // The column finds; the bytes decide.
    Ok(found?.into_iter().filter(|entry| entry.subject == *subject).collect())
}

/// Whether anything was said of a subject in public, also what waits for its place.
///
/// # Errors
/// Those of the database.
pub fn is_known(tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    let sql = "select 1 from record_entries where subject_kind = $1 and subject_id = $2 limit 1";
    Ok(tx.query_opt(sql, &params![&subject.kind, &subject.id])?.is_some())
}

/// The canonical bytes of the entry with this id, and its place when it has one.
///
/// # Errors
/// Those of the database.
pub fn entry_bytes(tx: &mut Tx<'_>, id: &str) -> Result<Option<(String, Option<u64>)>, DbError> {
    let row = tx.query_opt("select body, position from record_entries where id = $1", &params![id])?;
    row.map(|row| Ok((row.get(0)?, row.get::<Option<i64>>(1)?.map(natural)))).transpose()
}

/// Of whom the entry with this id speaks.
///
/// # Errors
/// Those of the database.
pub fn subject_of(tx: &mut Tx<'_>, id: &str) -> Result<Option<Subject>, DbError> {
    Ok(entry_bytes(tx, id)?.and_then(|(body, _)| signed(&body)).map(|(subject, _)| subject))
}

/// The bytes of a tile, when the signed log has it at this width.
///
/// # Errors
/// Those of the database.
pub fn tile(tx: &mut Tx<'_>, id: TileId, size: u64) -> Result<Option<Vec<u8>>, DbError> {
    let there = TileId::in_tree(id.level, id.index, size).is_some_and(|present| present.width >= id.width);
    if !there {
        return Ok(None);
    }
    stored_tile(tx, id).map(Some)
}

/// The bytes of an entry bundle, when the signed log has it at this width.
///
/// # Errors
/// Those of the database.
pub fn bundle(tx: &mut Tx<'_>, index: u64, width: u16, size: u64) -> Result<Option<Vec<u8>>, DbError> {
    if TileId::in_tree(0, index, size).is_none_or(|present| present.width < width) {
        return Ok(None);
    }
    let sql = "select body from record_entries where position >= $1 order by position limit $2";
    let rows = tx.query(sql, &params![whole(index * TILE_WIDTH), i64::from(width)])?;
    let bodies: Vec<String> = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    encode_bundle(bodies.iter().map(String::as_bytes)).map(Some).map_err(|fault| DbError::Other(fault.to_string()))
}

/// The receipt of an entry (c2sp.org/tlog-proof) under the newest signed checkpoint, with its cosignatures, once
/// that covers it.
///
/// # Errors
/// Those of the database.
pub fn receipt(tx: &mut Tx<'_>, position: u64) -> Result<Option<LogProof>, DbError> {
    let Some(signed) = last_checkpoint(tx)?.filter(|signed| position < signed.size) else { return Ok(None) };
    let hashes = inclusion_proof(position, signed.size, &mut |id| stored_tile(tx, id))?;
    let checkpoint = with_lines(&signed.note, &cosignatures(tx)?);
    Ok(Some(LogProof { index: position, hashes, checkpoint }))
}

/// A tile out of the table, cut to the width asked for.
pub(crate) fn stored_tile(tx: &mut Tx<'_>, id: TileId) -> Result<Vec<u8>, DbError> {
    let sql = "select hashes from record_tiles where level = $1 and number = $2";
    let mut hashes: Vec<u8> = tx.query_one(sql, &params![i64::from(id.level), whole(id.index)])?.get(0)?;
    hashes.truncate(usize::from(id.width) * 32);
    Ok(hashes)
}

/// An entry as it is told: what was said of whom comes from the bytes that were signed, and not from the columns beside them, which only
/// find it.
fn entry_of(row: &Row) -> Result<Sequenced, DbError> {
    let body: String = row.get(6)?;
    let (subject, saying) = match signed(&body) {
        Some(signed) => signed,
        None => (Subject { kind: row.get(3)?, id: row.get(4)? }, row.get(5)?),
    };
    Ok(Sequenced {
        position: natural(row.get(0)?),
        id: row.get(1)?,
        said_at: Moment(row.get(2)?),
        subject,
        saying,
        body,
    })
}

/// Of whom a body speaks, and what it says.
fn signed(body: &str) -> Option<(Subject, String)> {
    #[derive(serde::Deserialize)]
    struct Line<'l> {
        #[serde(borrow)]
        about: Cow<'l, str>,
        #[serde(borrow)]
        said: Cow<'l, str>,
    }
    let line: Line<'_> = serde_json::from_str(body).ok()?;
    let (kind, id) = line.about.split_once('/')?;
    Some((Subject { kind: kind.to_owned(), id: id.to_owned() }, line.said.into_owned()))
}

/// The first entry from a place on, of `limit`, whose columns say something else than its bytes: a subject's page would miss it, or its time
/// is not the one that was signed.
///
/// # Errors
/// Those of the database.
pub fn misfiled(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Option<u64>, DbError> {
    let sql = format!("select {COLUMNS} from record_entries where position >= $1 order by position limit $2");
    for row in tx.query(&sql, &params![whole(position), limit])? {
        let (kind, id, saying): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let entry = entry_of(&row)?;
        let at = entry.json().get("at").and_then(Value::as_str).unwrap_or_default().to_owned();
        let same = entry.subject == Subject { kind, id } && entry.saying == saying && at == entry.said_at.rfc3339();
        if !same {
            return Ok(Some(entry.position));
        }
    }
    Ok(None)
}

/// Positions are never negative in the table.
pub(crate) fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Positions beyond an i64 are beyond every row.
pub(crate) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
