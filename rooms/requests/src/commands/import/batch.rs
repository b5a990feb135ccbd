//! Batches on their way to the disk: made ready while the one before is written.

use super::{
    Import,
    judge::{Batch, Ready},
    taken_over::{TakenOver, keep},
};
use crate::{commands::open, store};
use civic::Code;
use database::{DbError, Done, OffRecord, Tx};
use futures_util::future::BoxFuture;
use importing::{Aside, Tally};
use record::Entries;
use std::{collections::BTreeSet, sync::Arc};
use web::Town;

/// How often a batch is made anew because somebody else took one of its codes, or stored one of its rows, meanwhile.
const TRIES: usize = 6;

/// How many rows of a batch were stored, and how many were there already.
pub(super) type Counted = (u64, u64);

/// Writes the batches of one import.
pub(super) struct Writing<'t> {
    town: &'t Town,
    import: Arc<Import>,
    /// Codes of batches that others cannot see yet.
    in_flight: BTreeSet<Code>,
}

/// A batch that is being written.
pub(super) struct Begun {
    batch: Arc<Batch>,
    codes: Vec<Code>,
    answer: BoxFuture<'static, Result<Counted, DbError>>,
}

impl<'t> Writing<'t> {
    pub(super) fn new(town: &'t Town, import: Arc<Import>) -> Self {
        Self { town, import, in_flight: BTreeSet::new() }
    }

    /// Makes a batch ready and hands it to the database: it is in the queue when this returns. A dry run only counts.
    pub(super) async fn begin(&mut self, batch: Batch) -> Result<Begun, DbError> {
        self.hand_over(Arc::new(batch)).await
    }

    /// Waits until a batch is on the disk.
    pub(super) async fn end(&mut self, begun: Begun) -> Result<Counted, DbError> {
        let mut begun = begun;
        for _ in 1..TRIES {
            let answer = begun.answer.await;
            begun.codes.iter().for_each(|code| {
                self.in_flight.remove(code);
            });
            let Err(DbError::Unique(_)) = answer else { return answer };
            begun = self.hand_over(begun.batch).await?;
        }
        begun.answer.await
    }

    async fn hand_over(&mut self, batch: Arc<Batch>) -> Result<Begun, DbError> {
        let (import, asked) = (Arc::clone(&self.import), Arc::clone(&batch));
        let known = self.town.db().read(move |tx| known_of(tx, &import, &asked.ready)).await?;
        let new: Vec<usize> =
            (0..batch.ready.len()).filter(|row| !known.contains(&batch.ready[*row].source_id)).collect();
        let counted = (new.len() as u64, (batch.ready.len() - new.len()) as u64);
        let Some(import_code) = self.import.code.clone() else {
            return Ok(Begun { batch, codes: Vec::new(), answer: Box::pin(async move { Ok(counted) }) });
        };
        let (chance, count, in_flight) = (Arc::clone(&self.import.chance), new.len(), self.in_flight.clone());
        let codes = self.town.db().read(move |tx| open::free_codes(tx, count, &in_flight, &*chance)).await?;
        self.in_flight.extend(codes.iter().cloned());
        let made = codes
            .iter()
            .zip(new)
            .map(|(free, row)| TakenOver::of(&self.import, &import_code, free.clone(), &batch.ready[row]));
        let made: Vec<TakenOver> = made.collect::<Result<_, _>>()?;
        let (import, asides) = (Arc::clone(&self.import), batch.asides.clone());
        let tally = Tally { stored: counted.0, already: counted.1, ..batch.tally };
        let write = self.town.db().write(move |tx| write(tx, &import, &import_code, made, &asides, &tally));
        Ok(Begun { batch, codes, answer: Box::pin(write) })
    }
}

/// Which rows an import had stored before.
fn known_of(tx: &mut Tx<'_>, import: &Import, ready: &[Ready]) -> Result<BTreeSet<String>, DbError> {
    let ids: Vec<&str> = ready.iter().map(|one| one.source_id.as_str()).collect();
    store::origins_known(tx, &import.source, &ids)
}

/// Keeps what was made. What somebody else did since it was made shows by a key that is there already: nothing of the batch
/// is kept then.
fn write(
    tx: &mut Tx<'_>,
    import: &Import,
    code: &Code,
    made: Vec<TakenOver>,
    asides: &[Aside],
    tally: &Tally,
) -> Result<Done<Counted>, DbError> {
    keep(tx, import, code, &made)?;
    store::count_import(tx, code.as_str(), tally)?;
    store::keep_asides(tx, code.as_str(), asides)?;
    let counted = (tally.stored, tally.already);
    if made.is_empty() {
        return tx.commit(OffRecord("nothing of this batch was new"), counted);
    }
    let entries = made.into_iter().flat_map(|one| one.entries).collect();
    tx.commit(Entries(entries), counted)
}
