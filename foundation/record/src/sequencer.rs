//! Giving entries their place, and signing.

use crate::{
    KeptOutside, OutsideError,
    read::{SignedCheckpoint, last_checkpoint, stored_tile, whole},
};
use civic::Moment;
use database::{Db, DbError, OffRecord, Tx, params};
use std::sync::Arc;
use tokio::sync::watch;
use transparency_log::{Appended, Checkpoint, Hash, SigningKey, VerifierKey, append, leaf_hash, root};

/// Entries that one step takes: bounds the time of its transaction.
const STEP_LIMIT: i64 = 2_000;
/// Only one process at a time gives places.
const LOCK: i64 = 7_310_002;

/// A handle on the record, for reading pages and for waiting for news. Cheap to clone.
#[derive(Clone)]
pub struct Record {
    verifier: VerifierKey,
    news: watch::Receiver<Option<Arc<SignedCheckpoint>>>,
}

impl Record {
    /// The key by which everybody can check the checkpoints.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The newest checkpoint that may be shown.
    pub fn checkpoint(&self) -> Option<Arc<SignedCheckpoint>> {
        self.news.borrow().clone()
    }

    /// Tells when there is a newer checkpoint.
    pub fn news(&self) -> watch::Receiver<Option<Arc<SignedCheckpoint>>> {
        self.news.clone()
    }
}

/// The one who gives places and signs.
pub struct Sequencer {
    db: Db,
    key: SigningKey,
    outside: Arc<KeptOutside>,
    tell: watch::Sender<Option<Arc<SignedCheckpoint>>>,
}

/// What one step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// So many entries got their places.
    Sequenced(u64),
    /// Nothing waits.
    Idle,
    /// Another process does it; its newest checkpoint was taken over.
    Elsewhere,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SequenceError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The checkpoint could not be kept outside.
    #[error(transparent)]
    Outside(#[from] OutsideError),
    /// The database is older than, or differs from, what was signed before. Nothing is signed until
    /// it agrees again.
    #[error(
        "the record will not sign: the last checkpoint kept outside the database, or cosigned by a witness, has {outside} entries, and the database, with {inside}, \
         does not contain it. An older backup was restored, or the record was changed. Restore the newest database; \
         if entries are lost for good, say so publicly, and begin a new record: polity record begin-anew."
    )]
    WouldGoBack {
        /// Entries of the checkpoint kept outside.
        outside: u64,
        /// Entries that have their place in the database.
        inside: u64,
    },
    /// The key is another than the one that signed before.
    #[error(
        "the record will not sign: its last checkpoint was signed by another key than the one in the key file: {0}"
    )]
    OtherKey(String),
}

impl Sequencer {
    /// A sequencer, and the handle for everybody else.
    pub fn new(db: Db, key: SigningKey, outside: KeptOutside) -> (Self, Record) {
        let (tell, news) = watch::channel(None);
        let record = Record { verifier: key.verifier(), news };
        (Self { db, key, outside: Arc::new(outside), tell }, record)
    }

    /// The newest checkpoint seen outside the database, to be told what witnesses have seen.
    pub fn outside(&self) -> Arc<KeptOutside> {
        Arc::clone(&self.outside)
    }

    /// Takes the waiting entries, gives them their places, extends the tree, signs, keeps the
    /// checkpoint outside the database, and only then shows it.
    ///
    /// # Errors
    /// [`SequenceError`]. Then nothing has changed.
    pub async fn step(&self, now: Moment) -> Result<Step, SequenceError> {
        let (key, outside) = (self.key.clone(), Arc::clone(&self.outside));
        let (step, signed) = self
            .db
            .write(move |tx| {
                let done = sequence(tx, &key, &outside, now)?;
                tx.commit(OffRecord("giving entries their place is how the record is made"), done)
                    .map_err(SequenceError::from)
            })
            .await?;
        if let Some(signed) = signed {
            self.outside.keep(&signed.checkpoint(self.key.name()), &signed.note)?;
            let newer = self.tell.borrow().as_ref().is_none_or(|shown| signed.size > shown.size);
            if newer {
                self.tell.send_replace(Some(Arc::new(signed)));
            }
        }
        Ok(step)
    }

    /// Steps until nothing waits.
    ///
    /// # Errors
    /// As [`Sequencer::step`].
    pub async fn catch_up(&self, now: Moment) -> Result<(), SequenceError> {
        while let Step::Sequenced(_) = self.step(now).await? {}
        Ok(())
    }
}

type Done = (Step, Option<SignedCheckpoint>);

/// The one critical place: a signature is made only here, only under the lock, and only over a
/// tree that contains every checkpoint kept outside the database.
fn sequence(tx: &mut Tx<'_>, key: &SigningKey, outside: &KeptOutside, now: Moment) -> Result<Done, SequenceError> {
    let ours = take_the_lock(tx)?;
    let before = agrees(tx, &key.verifier(), outside)?;
    outside.agreed(before.as_ref().map_or(0, |before| before.size));
    if !ours {
        return Ok((Step::Elsewhere, before));
    }
    let waiting = tx.query(
        "select id, body from record_entries where position is null order by said_at, id limit $1",
        &params![STEP_LIMIT],
    )?;
    if waiting.is_empty() && before.is_some() {
        return Ok((Step::Idle, before));
    }
    let size = before.as_ref().map_or(0, |before| before.size);
    let mut leaves = Vec::with_capacity(waiting.len());
    for (position, row) in (size..).zip(&waiting) {
        leaves.push(leaf_hash(row.get::<String>(1)?.as_bytes()));
        let id: String = row.get(0)?;
        tx.execute("update record_entries set position = $1 where id = $2", &params![whole(position), &id])?;
    }
    let appended = append(size, &leaves, &mut |id| stored_tile(tx, id))?;
    save_tiles(tx, &appended)?;
    let signed = save_checkpoint(tx, key, (appended.size, appended.root), now)?;
    Ok((if leaves.is_empty() { Step::Idle } else { Step::Sequenced(leaves.len() as u64) }, Some(signed)))
}

/// The newest checkpoint in the database, where this key signed it and it contains every checkpoint kept outside.
///
/// # Errors
/// [`SequenceError::OtherKey`] for the database of another town, and for a checkpoint that was changed; [`SequenceError::WouldGoBack`] for
/// an older database; those of the database.
pub fn agrees(
    tx: &mut Tx<'_>,
    key: &VerifierKey,
    outside: &KeptOutside,
) -> Result<Option<SignedCheckpoint>, SequenceError> {
    let inside = last_checkpoint(tx)?;
    if let Some(inside) = &inside {
        let signed = Checkpoint::open(&inside.note, key).map_err(|why| SequenceError::OtherKey(why.to_string()))?;
        if (signed.size, signed.root) != (inside.size, inside.root) {
            return Err(SequenceError::OtherKey("what stands beside the signature is not what was signed".to_owned()));
        }
    }
    for seen in outside.all() {
        refuse_to_go_back(tx, inside.as_ref(), &seen)?;
    }
    Ok(inside)
}

/// Whether nobody else gives places until the transaction ends.
pub(crate) fn take_the_lock(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let lock = tx.dialect().try_lock_sql();
    tx.query_one(lock, &params![LOCK])?.get(0)
}

/// The database must contain what was signed and shown before.
pub(crate) fn refuse_to_go_back(
    tx: &mut Tx<'_>,
    inside: Option<&SignedCheckpoint>,
    outside: &Checkpoint,
) -> Result<(), SequenceError> {
    if outside.size == 0 {
        return Ok(());
    }
    let size = inside.map_or(0, |inside| inside.size);
    let contained = match inside {
        Some(inside) if inside.size == outside.size => inside.root == outside.root,
        Some(inside) if inside.size > outside.size => tree_hash(tx, outside.size)? == Some(outside.root),
        _ => false,
    };
    if contained { Ok(()) } else { Err(SequenceError::WouldGoBack { outside: outside.size, inside: size }) }
}

/// The root of the first `size` entries, out of the stored tiles; `None` when one is missing.
pub(crate) fn tree_hash(tx: &mut Tx<'_>, size: u64) -> Result<Option<Hash>, DbError> {
    match root(size, &mut |id| stored_tile(tx, id)) {
        Ok(hash) => Ok(Some(hash)),
        Err(DbError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn save_tiles(tx: &mut Tx<'_>, appended: &Appended) -> Result<(), DbError> {
    for tile in &appended.tiles {
        tx.execute(
            "insert into record_tiles (level, number, hashes) values ($1, $2, $3) \
             on conflict (level, number) do update set hashes = excluded.hashes",
            &params![i64::from(tile.id.level), whole(tile.id.index), &tile.hashes],
        )?;
    }
    Ok(())
}

/// Signs a tree of this size and root, and keeps the checkpoint with the key that checks it.
pub(crate) fn save_checkpoint(
    tx: &mut Tx<'_>,
    key: &SigningKey,
    (size, root): (u64, Hash),
    now: Moment,
) -> Result<SignedCheckpoint, DbError> {
    let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root };
    let signed = SignedCheckpoint { size, root, note: checkpoint.sign(key), signed_at: now };
    tx.execute(
        "insert into record_checkpoint (only_one, size, root, note, signed_at, verifier) values (1, $1, $2, $3, $4, $5) \
         on conflict (only_one) do update set size = excluded.size, root = excluded.root, note = excluded.note, \
         signed_at = excluded.signed_at, verifier = excluded.verifier",
        &params![
            whole(size),
            &signed.root.to_string(),
            &signed.note,
            signed.signed_at.micros(),
            &key.verifier().to_string()
        ],
    )?;
    Ok(signed)
}
