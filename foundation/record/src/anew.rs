//! A new record in the same town, when the old one cannot go on. Nothing of the old one is deleted: its entries are the first of
//! the new one, in their places, and what was signed of it stays beside.

use crate::{
    Entry,
    read::{last_checkpoint, natural, whole},
    sequencer::{SequenceError, refuse_to_go_back, save_checkpoint, take_the_lock, tree_hash},
    witnesses::{cosignatures, with_lines},
};
use civic::{Actor, Chance, Moment, Subject, SubjectKind};
use database::{DbError, Done, Row, Tx, params};
use serde_json::json;
use transparency_log::{Checkpoint, SigningKey, VerifierKey};

/// The kind of the record itself as a subject; its id is the number of the record that ended.
pub const RECORD: SubjectKind = SubjectKind("record");
/// What a new record says first.
pub const BEGUN_ANEW: &str = "record.begun-anew";

civic::words! {
    /// Why a record cannot go on.
    Why {
        /// Its key is lost.
        KeyLost = "key-lost",
        /// Entries that were signed are lost, as with an older backup.
        EntriesLost = "entries-lost",
        /// Others may have its key.
        KeyExposed = "key-exposed",
    }
}

/// A record that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedRecord {
    /// Counts them, from 1.
    pub number: u32,
    /// Its name.
    pub origin: String,
    /// The key that signed it; empty where nobody here knows it any more.
    pub verifier: String,
    /// Why it ended.
    pub why: Why,
    /// When.
    pub ended_at: Moment,
    /// Its entries that are here: the first of the record now.
    pub size: u64,
    /// What was signed of them, with the lines of those who cosigned just this; empty for none.
    pub note: String,
    /// Entries that were signed, as far as anybody here knows; more than `size` where some are lost.
    pub signed_size: u64,
    /// The newest checkpoint that was kept outside the database; empty for none.
    pub signed_note: String,
    /// What witnesses cosigned last, a note after the other.
    pub cosigned: String,
}

impl EndedRecord {
    /// Entries that were signed and are lost.
    pub fn lost(&self) -> u64 {
        self.signed_size.saturating_sub(self.size)
    }
}

/// How a new record begins.
pub struct BeginAnew {
    /// Why.
    pub why: Why,
    /// Its key, under a name that no record had: see [`next_name`].
    pub key: SigningKey,
    /// The key of the old one, where somebody knows it.
    pub old_key: Option<VerifierKey>,
    /// The newest checkpoint kept outside the database, as it was written.
    pub outside: Option<String>,
}

/// Why there is no new record.
#[derive(Debug, thiserror::Error)]
pub enum AnewError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
    /// Somebody serves the town.
    #[error("the town is being served: stop it everywhere first")]
    Served,
    /// There is nothing to end.
    #[error("nothing was signed in this town yet, so its record needs no end: `polity serve` begins it")]
    NothingSigned,
    /// The record can go on.
    #[error(
        "the database contains everything that was signed as far as is known here: no entry is lost, and the record goes on as it is. Who knows a newer          checkpoint, as a witness, gives it with --checkpoint"
    )]
    NothingLost,
    /// The old key is another.
    #[error("the last checkpoint in the database was not signed by this key: {0}")]
    OtherKey(String),
    /// What would be signed anew is not what was signed.
    #[error(
        "the entries in the database are not those that were signed: it was changed. Restore a copy from before, with `polity restore`"
    )]
    Changed,
    /// What is kept outside cannot be read, or is not of this record.
    #[error("the checkpoint kept outside the database cannot be used: {0}")]
    Outside(String),
}

/// The name of the next record of a town whose first one is called `first`: a number that no record had, neither one that ended here nor one
/// of `known`, names that are known from outside the database, which may be older than they are.
///
/// # Errors
/// Those of the database.
pub fn next_name(tx: &mut Tx<'_>, first: &str, known: &[String]) -> Result<String, DbError> {
    let numbers = known.iter().filter(|name| first_name(name) == first).map(|name| number_of(name));
    let taken = numbers.max().unwrap_or(1).max(last_number(tx)? + 1);
    Ok(format!("{first}/{}", taken + 1))
}

/// The number of a record by its name; the first one has none.
fn number_of(name: &str) -> u32 {
    name.strip_prefix(first_name(name))
        .and_then(|end| end.strip_prefix('/'))
        .and_then(|end| end.parse().ok())
        .unwrap_or(1)
}

/// The name of a town's first record, which never changes: the next ones have a number behind it. Keys for programs are bound to it.
pub fn first_name(origin: &str) -> &str {
    match origin.rsplit_once('/') {
        Some((first, number)) if first.ends_with("/record") && number.parse::<u32>().is_ok() => first,
        _ => origin,
    }
}

/// Ends the record and begins a new one, which contains every entry that is here and says first what became of the old one.
///
/// # Errors
/// [`AnewError`]. Then nothing has changed.
pub fn begin_anew(
    tx: &mut Tx<'_>,
    asked: &BeginAnew,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Done<EndedRecord>, AnewError> {
    if !take_the_lock(tx)? {
        return Err(AnewError::Served);
    }
    let inside = last_checkpoint(tx)?;
    let outside = asked.outside.as_deref().map(|note| unchecked(note).map_err(AnewError::Outside)).transpose()?;
    let origin = match (&inside, &outside) {
        (Some(inside), _) => unchecked(&inside.note).map_err(AnewError::Outside)?.origin,
        (None, Some(outside)) => outside.origin.clone(),
        (None, None) => return Err(AnewError::NothingSigned),
    };
    if let (Some(inside), Some(key)) = (&inside, &asked.old_key) {
        Checkpoint::open(&inside.note, key).map_err(|why| AnewError::OtherKey(why.to_string()))?;
    }
    if let Some(inside) = &inside
        && tree_hash(tx, inside.size)? != Some(inside.root)
    {
        return Err(AnewError::Changed);
    }
    if let (Some(outside), Some(note)) = (&outside, &asked.outside) {
        is_of_this_town(outside, note, &origin, asked.old_key.as_ref()).map_err(AnewError::Outside)?;
    }
    if asked.why == Why::EntriesLost {
        let contained = match &outside {
            Some(outside) => refuse_to_go_back(tx, inside.as_ref(), outside),
            None => Ok(()),
        };
        match contained {
            Ok(()) => return Err(AnewError::NothingLost),
            Err(SequenceError::WouldGoBack { .. }) => {}
            Err(SequenceError::Database(error)) => return Err(error.into()),
            Err(other) => return Err(AnewError::Outside(other.to_string())),
        }
    }
    let size = inside.as_ref().map_or(0, |inside| inside.size);
    let cosigned = cosignatures(tx)?;
    let ended = EndedRecord {
        number: last_number(tx)? + 1,
        origin,
        verifier: asked.old_key.as_ref().map(ToString::to_string).unwrap_or_default(),
        why: asked.why,
        ended_at: now,
        size,
        note: inside.as_ref().map(|inside| with_lines(&inside.note, &cosigned)).unwrap_or_default(),
        signed_size: outside.map_or(0, |outside| outside.size).max(size),
        signed_note: asked.outside.clone().unwrap_or_default(),
        cosigned: cosigned.iter().map(|one| with_lines(&one.note, std::slice::from_ref(one))).collect(),
    };
    keep(tx, &ended)?;
    // They are about the old record; the new one has no witness yet.
    tx.execute("delete from record_cosignatures", &[])?;
    // Also where nothing is here: the new key signs, so that whoever looks finds whose record this is.
    let begins = match inside {
        Some(inside) => (inside.size, inside.root),
        None => (0, tree_hash(tx, 0)?.ok_or(DbError::NotFound)?),
    };
    save_checkpoint(tx, &asked.key, begins, now)?;
    let what = json!({
        "record": asked.key.name(), "before": ended.origin, "why_code": ended.why.word(), "kept": ended.size, "signed": ended.signed_size,
        "lost": ended.lost(), "checkpoint": ended.signed_note, "key": ended.verifier,
    });
    let about = Subject::new(RECORD, ended.number.to_string());
    let entry = Entry::about(about, BEGUN_ANEW, actor, now, chance).publicly(&what)?;
    tx.commit(entry, ended).map_err(AnewError::from)
}

/// Whether a checkpoint from outside was signed for this record, or for another of the same town: a copy may be older than the last new
/// beginning. Its signature is checked where it names the record whose key is known.
fn is_of_this_town(outside: &Checkpoint, note: &str, origin: &str, key: Option<&VerifierKey>) -> Result<(), String> {
    if first_name(&outside.origin) != first_name(origin) {
        return Err(format!("it is of the record {}, and the database has {origin}", outside.origin));
    }
    match key.filter(|_| outside.origin == origin) {
        Some(key) => Checkpoint::open(note, key).map(|_| ()).map_err(|why| why.to_string()),
        None => Ok(()),
    }
}

/// What a note says, unchecked: whose it is is checked where its key is known.
///
/// # Errors
/// Why it is no checkpoint.
pub fn unchecked(note: &str) -> Result<Checkpoint, String> {
    let (text, _) = note.split_once("\n\n").ok_or("it is no signed note")?;
    Checkpoint::parse(&format!("{text}\n")).map_err(|why| why.to_string())
}

fn last_number(tx: &mut Tx<'_>) -> Result<u32, DbError> {
    let number: i64 = tx.query_one("select coalesce(max(number), 0) from record_ended", &[])?.get(0)?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX - 2))
}

const COLUMNS: &str = "number, origin, verifier, why, ended_at, size, note, signed_size, signed_note, cosigned";

fn keep(tx: &mut Tx<'_>, ended: &EndedRecord) -> Result<(), DbError> {
    let sql = format!("insert into record_ended ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    tx.execute(
        &sql,
        &params![
            ended.number,
            &ended.origin,
            &ended.verifier,
            ended.why.word(),
            ended.ended_at.micros(),
            whole(ended.size),
            &ended.note,
            whole(ended.signed_size),
            &ended.signed_note,
            &ended.cosigned
        ],
    )
    .map(|_| ())
}

/// The records of this town that ended, the first one first.
///
/// # Errors
/// Those of the database.
pub fn ended_records(tx: &mut Tx<'_>) -> Result<Vec<EndedRecord>, DbError> {
    tx.query(&format!("select {COLUMNS} from record_ended order by number"), &[])?.iter().map(ended_of).collect()
}

/// The one of this number.
///
/// # Errors
/// Those of the database.
pub fn ended_record(tx: &mut Tx<'_>, number: u32) -> Result<Option<EndedRecord>, DbError> {
    let sql = format!("select {COLUMNS} from record_ended where number = $1");
    tx.query_opt(&sql, &params![number])?.as_ref().map(ended_of).transpose()
}

fn ended_of(row: &Row) -> Result<EndedRecord, DbError> {
    let why: String = row.get(3)?;
    Ok(EndedRecord {
        number: u32::try_from(row.get::<i64>(0)?).unwrap_or_default(),
        origin: row.get(1)?,
        verifier: row.get(2)?,
        why: Why::of_word(&why).ok_or_else(|| DbError::Other(format!("record_ended: “{why}” is no reason")))?,
        ended_at: Moment(row.get(4)?),
        size: natural(row.get(5)?),
        note: row.get(6)?,
        signed_size: natural(row.get(7)?),
        signed_note: row.get(8)?,
        cosigned: row.get(9)?,
    })
}
