//! Witnesses: others who watch that this record only grows, and cosign its checkpoints (c2sp.org/tlog-witness).
//!
//! What waits for another machine is apart from what the database does: [`next_question`] and [`keep_cosignature`]
//! read and write, [`ask`] and [`seen_by`] wait.

use crate::read::{SignedCheckpoint, last_checkpoint, natural, stored_tile, whole};
use civic::Moment;
use database::{DbError, Row, Tx, params};
use outgoing::{Client, OutgoingRefusal};
use sha2::{Digest as _, Sha256};
use std::str::FromStr;
use transparency_log::{AddCheckpoint, Checkpoint, KeyKind, Signed, VerifierKey, consistency_proof, signatures_of};

/// Witnesses a record may have.
pub const WITNESSES_LIMIT: usize = 16;

/// A witness of this record, as the settings name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The address before `/add-checkpoint` and `/<origin hash>/checkpoint`.
    pub address: String,
    /// The key it cosigns with.
    pub key: VerifierKey,
}

/// A cosignature that a witness gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The name of the witness' key.
    pub witness: String,
    /// Entries of the checkpoint it cosigned.
    pub size: u64,
    /// The log's own note that it cosigned.
    pub note: String,
    /// Its line in the note.
    pub line: String,
    /// When it cosigned, by its own clock.
    pub cosigned_at: Moment,
}

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It cosigned.
    Cosigned(Signed),
    /// It knows a checkpoint of this size, and wants a proof from there.
    Knows(u64),
}

/// Why there is no cosignature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// It was not reached, or what it answered cannot be taken.
    #[error(transparent)]
    Outgoing(#[from] OutgoingRefusal),
    /// It refused.
    #[error("it answered with status {0}")]
    Refused(u16),
    /// Its answer is not what it should be.
    #[error("its answer cannot be believed: {0}")]
    Unbelievable(String),
}

impl FromStr for Witness {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (address, key) = text
            .trim()
            .split_once(' ')
            .ok_or("a witness is its address, a blank, and its key, as it prints it at /key")?;
        let key: VerifierKey = key.trim().parse().map_err(|error| format!("the witness {address}: {error}"))?;
        if key.kind() != KeyKind::Cosigner {
            return Err(format!("the witness {address}: this is the key of a log, not of a witness"));
        }
        Ok(Self { address: address.trim_end_matches('/').to_owned(), key })
    }
}

/// Where a witness shows what it knows of the log with this name: the hex of its SHA-256.
pub fn origin_hash(origin: &str) -> String {
    hex::encode(Sha256::digest(origin.as_bytes()))
}

/// What to ask of a witness: the newest checkpoint, with the proof from what it cosigned last (or from `knows`, when it
/// said so). `None` when it has cosigned the newest, or knows more than there is.
///
/// # Errors
/// Those of the database.
pub fn next_question(tx: &mut Tx<'_>, key: &VerifierKey, knows: Option<u64>) -> Result<Option<AddCheckpoint>, DbError> {
    let Some(SignedCheckpoint { size, note, .. }) = last_checkpoint(tx)? else { return Ok(None) };
    let old_size = match knows {
        Some(knows) => knows,
        None => match cosignature_of(tx, key)? {
            Some(last) if last.size >= size => return Ok(None),
            Some(last) => last.size,
            None => 0,
        },
    };
    if old_size > size {
        return Ok(None);
    }
    let proof =
        if old_size == 0 { Vec::new() } else { consistency_proof(old_size, size, &mut |id| stored_tile(tx, id))? };
    Ok(Some(AddCheckpoint { old_size, proof, note }))
}

/// Asks a witness. It waits: call it on a thread that may.
///
/// # Errors
/// [`WitnessError`].
pub fn ask(client: &Client, witness: &Witness, question: &AddCheckpoint) -> Result<Answered, WitnessError> {
    let address = format!("{}/add-checkpoint", witness.address);
    let answer =
        client.post(&address, &[("content-type", "text/plain; charset=utf-8")], question.to_string().as_bytes())?;
    let body = String::from_utf8_lossy(&answer.body);
    match answer.status {
        200 => {
            let cosigned = format!("{}{body}", question.note);
            let (_, signed) = signatures_of(&cosigned, std::slice::from_ref(&witness.key)).map_err(unbelievable)?;
            signed
                .into_iter()
                .next()
                .map(Answered::Cosigned)
                .ok_or_else(|| unbelievable("it holds no cosignature of this witness"))
        }
        409 => body.trim().parse().map(Answered::Knows).map_err(|_| unbelievable("its size is no number")),
        status => Err(WitnessError::Refused(status)),
    }
}

/// The newest checkpoint of the log that a witness has cosigned; it may be newer than a restored database. It waits.
///
/// # Errors
/// [`WitnessError`].
pub fn seen_by(client: &Client, witness: &Witness, log: &VerifierKey) -> Result<Option<Checkpoint>, WitnessError> {
    let answer = client.get(&format!("{}/{}/checkpoint", witness.address, origin_hash(log.name())), &[])?;
    match answer.status {
        200 => {}
        404 => return Ok(None),
        status => return Err(WitnessError::Refused(status)),
    }
    let note = String::from_utf8_lossy(&answer.body);
    let (_, signed) = signatures_of(&note, std::slice::from_ref(&witness.key)).map_err(unbelievable)?;
    if signed.is_empty() {
        return Err(unbelievable("the witness itself did not cosign it"));
    }
    // Our own signature is in it: nobody can make us believe in entries that we never signed.
    Checkpoint::open(&note, log).map(Some).map_err(unbelievable)
}

fn unbelievable(why: impl ToString) -> WitnessError {
    WitnessError::Unbelievable(why.to_string())
}

/// Keeps what a witness cosigned last.
///
/// # Errors
/// Those of the database.
pub fn keep_cosignature(
    tx: &mut Tx<'_>,
    key: &VerifierKey,
    question: &AddCheckpoint,
    signed: &Signed,
) -> Result<(), DbError> {
    let checkpoint = question.note.split_once("\n\n").map(|(text, _)| format!("{text}\n"));
    let size = checkpoint.and_then(|text| Checkpoint::parse(&text).ok()).map_or(0, |checkpoint| checkpoint.size);
    let at = i64::try_from(signed.at_seconds.unwrap_or(0)).unwrap_or(i64::MAX).saturating_mul(1_000_000);
    tx.execute(
        "insert into record_cosignatures (witness, size, note, line, cosigned_at) values ($1, $2, $3, $4, $5) \
         on conflict (witness) do update set size = excluded.size, note = excluded.note, line = excluded.line, \
         cosigned_at = excluded.cosigned_at where record_cosignatures.size <= excluded.size",
        &params![&key.to_string(), whole(size), &question.note, &signed.line, at],
    )?;
    Ok(())
}

/// What each witness cosigned last.
///
/// # Errors
/// Those of the database.
pub fn cosignatures(tx: &mut Tx<'_>) -> Result<Vec<Cosignature>, DbError> {
    let sql = "select witness, size, note, line, cosigned_at from record_cosignatures order by witness";
    tx.query(sql, &[])?.iter().map(cosignature).collect()
}

fn cosignature_of(tx: &mut Tx<'_>, key: &VerifierKey) -> Result<Option<Cosignature>, DbError> {
    let sql = "select witness, size, note, line, cosigned_at from record_cosignatures where witness = $1";
    tx.query_opt(sql, &params![&key.to_string()])?.as_ref().map(cosignature).transpose()
}

fn cosignature(row: &Row) -> Result<Cosignature, DbError> {
    let key: String = row.get(0)?;
    Ok(Cosignature {
        witness: key.split('+').next().unwrap_or_default().to_owned(),
        size: natural(row.get(1)?),
        note: row.get(2)?,
        line: row.get(3)?,
        cosigned_at: Moment(row.get(4)?),
    })
}

/// The newest checkpoint that a witness cosigned, with the lines of all who cosigned the same.
///
/// # Errors
/// Those of the database.
pub fn witnessed_checkpoint(tx: &mut Tx<'_>) -> Result<Option<String>, DbError> {
    let all = cosignatures(tx)?;
    let newest = all.iter().max_by_key(|one| one.size).map(|one| one.note.clone());
    Ok(newest.map(|note| with_lines(&note, &all)))
}

/// A note with the lines of those who cosigned just this one.
pub fn with_lines(note: &str, cosignatures: &[Cosignature]) -> String {
    let lines = cosignatures.iter().filter(|one| one.note == note).map(|one| one.line.as_str());
    std::iter::once(note).chain(lines).collect()
}
