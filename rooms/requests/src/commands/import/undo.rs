//! What one import stored is taken away again, where nobody has acted on it since.

use super::IMPORT;
use crate::{
    model::REQUEST,
    store::{self, ImportedRow},
};
use civic::{Actor, Chance, Code, Moment, Subject};
use commons::moderation::desk;
use database::{DbError, OffRecord, Tx};
use record::{Entries, Entry};
use serde_json::json;
use web::{Stop, Town};

/// Requests that share one transaction.
const BATCH: u32 = 500;
/// Codes of requests that stay which are named.
const NAMED_LIMIT: usize = 20;

/// What came of an undo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Requests that were taken away.
    pub removed: u64,
    /// Requests that stay, because somebody has acted on them since.
    pub stayed: u64,
    /// The codes of some of those.
    pub named: Vec<String>,
}

/// Takes away what an import stored. Each request that goes has an entry on the record; its words are forgotten and the
/// salts of its seals with them. What somebody has acted on since stays.
///
/// # Errors
/// `NotFound` for an import that is not there; those of the database. What is gone by then stays gone, and the same undo
/// once more completes it.
pub async fn undo_import(
    town: &Town,
    actor: &Actor,
    import: &str,
    mut progress: impl FnMut(u64),
) -> Result<Undone, Stop> {
    let code: Code = import.parse().map_err(|_| Stop::NotFound)?;
    let found = code.clone();
    town.db().read(move |tx| store::import(tx, found.as_str())).await?.ok_or(Stop::NotFound)?;
    let mut undone = Undone::default();
    let mut after = String::new();
    loop {
        let (now, chance, actor, code) = (town.now(), town.chance_handle(), actor.clone(), code.clone());
        let from = after.clone();
        let write = town.db().write(move |tx| {
            let rows = store::imported(tx, code.as_str(), &from, BATCH)?;
            let acted_on = store::acted_on(tx, &rows)?;
            let (stays, goes): (Vec<_>, Vec<_>) = rows.iter().partition(|row| acted_on.contains(&row.request));
            let stayed: Vec<String> = stays.iter().map(|row| row.code.clone()).collect();
            let entries = remove(tx, &goes, &code, &actor, now, &*chance)?;
            let last = rows.last().map(|row| row.request.clone());
            let done = (entries.len() as u64, stayed, last);
            match entries.is_empty() {
                true => tx.commit(OffRecord("nothing was taken away"), done),
                false => tx.commit(Entries(entries), done),
            }
        });
        let (removed, stayed, last) = write.await.map_err(|error: DbError| Stop::from(error))?;
        undone.removed += removed;
        undone.stayed += stayed.len() as u64;
        let room = NAMED_LIMIT.saturating_sub(undone.named.len());
        undone.named.extend(stayed.into_iter().take(room));
        progress(undone.removed + undone.stayed);
        let Some(last) = last else { break };
        after = last;
    }
    finish(town, actor, &code, &undone).await?;
    Ok(undone)
}

/// Takes requests away with the salts of their seals; their entries say what went.
fn remove(
    tx: &mut Tx<'_>,
    rows: &[&ImportedRow],
    import: &Code,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Vec<Entry>, DbError> {
    let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let ids: Vec<&str> = rows.iter().map(|row| row.request.as_str()).collect();
    record::forget_salts_about_each(tx, REQUEST.0, &codes)?;
    // The figures' follower finds the day of a request by its row, which is gone when it hears of this.
    store::mark_days(tx, &codes.iter().copied().collect(), i64::MAX)?;
    let unpublished = store::unpublished_of(tx, &ids)?;
    store::remove_imported(tx, &ids)?;
    for code in &unpublished {
        desk::forget(tx, &Subject::new(REQUEST, code))?;
    }
    let entry = |row: &&ImportedRow| {
        let what = json!({
            "category": row.category, "from_district": row.district, "from": row.state, "import": import.as_str(),
        });
        let subject = Subject::new(REQUEST, row.code.as_str());
        Entry::about(subject, "request.removed", actor, now, chance).publicly(&what)
    };
    rows.iter().map(entry).collect()
}

async fn finish(town: &Town, actor: &Actor, code: &Code, undone: &Undone) -> Result<(), DbError> {
    let (now, chance, actor, code, undone) =
        (town.now(), town.chance_handle(), actor.clone(), code.clone(), undone.clone());
    let finished = town.db().write(move |tx| {
        store::undo_import(tx, code.as_str(), undone.removed, undone.stayed, now)?;
        let what = json!({"removed": undone.removed, "stayed": undone.stayed});
        let subject = Subject::new(IMPORT, code.as_str());
        let entry = Entry::about(subject, "request-import.undone", &actor, now, &*chance).publicly(&what)?;
        tx.commit(entry, ())
    });
    finished.await
}
