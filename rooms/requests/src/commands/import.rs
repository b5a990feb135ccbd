//! Requests are taken over from elsewhere.

mod batch;
mod judge;
mod taken_over;
mod undo;

pub use undo::{Undone, undo_import};

use crate::{
    category::CategoryBook,
    imports::{Mapping, MappingError, Reading},
    room::Books,
    store,
};
use batch::Writing;
use civic::{Actor, Chance, Code, Subject, SubjectKind};
use database::DbError;
use importing::{Aside, Table, Tally};
use judge::Judge;
use record::Entry;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};
use web::{Stop, Town};

/// The kind of an import as a subject.
pub const IMPORT: SubjectKind = SubjectKind("request-import");

/// Rows that share the first transaction.
const BATCH: usize = 1_000;
/// Rows that share one transaction at most.
const BATCH_MOST: usize = 4_000;
/// How long a transaction of an import may take: acts of others wait no longer, whatever the disk.
const PATIENCE_MICROS: i64 = 250_000;
/// Batches under way: one is written while the next is read.
const UNDER_WAY: usize = 2;
/// Characters of a code after `I-`.
const CODE_LENGTH: usize = 6;

/// A table to take over.
#[derive(Debug, Clone)]
pub struct ImportOrder {
    /// The rows.
    pub table: Table,
    /// What they mean; nothing is left to ask.
    pub mapping: Mapping,
    /// Where they come from: the name of a file, or an address.
    pub origin: String,
}

/// What came of an import, or would come of it.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// What it is called; `None` for a dry run.
    pub code: Option<Code>,
    /// What became of the rows.
    pub tally: Tally,
    /// What was set aside, with why; several for a row with several reasons.
    pub asides: Vec<Aside>,
    /// Rows that were read with a grain of salt, by the key of a sentence.
    pub oddities: BTreeMap<&'static str, u64>,
}

/// Why there was no import.
#[derive(Debug)]
pub enum ImportStop {
    /// The mapping does not fit the table.
    Mapping(MappingError),
    /// The town did not take it.
    Stop(Stop),
}

impl From<Stop> for ImportStop {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<DbError> for ImportStop {
    fn from(error: DbError) -> Self {
        Self::Stop(error.into())
    }
}

/// Takes requests over, or only tries to. Each batch of rows is one transaction with the entries of its requests; `progress`
/// hears only of what is on the disk. A row that an import had stored before is left as it is.
///
/// # Errors
/// [`ImportStop`]; what was told to `progress` stays stored, and the same import once more completes it.
///
/// # Panics
/// When a row was neither stored nor already there nor set aside, which is a mistake of this program.
pub async fn import_requests(
    town: &Town,
    actor: &Actor,
    order: &ImportOrder,
    dry_run: bool,
    mut progress: impl FnMut(&Tally),
) -> Result<ImportReport, ImportStop> {
    let reading = Reading::of(town, &order.table, &order.mapping).map_err(ImportStop::Mapping)?;
    let source = order.mapping.source.clone().ok_or(ImportStop::Mapping(MappingError::Source))?;
    let mut report = ImportReport::default();
    let code = if dry_run { None } else { Some(begin(town, actor, order, &source).await?) };
    let import = Arc::new(Import {
        source,
        code: code.clone(),
        actor: actor.clone(),
        chance: town.chance_handle(),
        words: closing_words(town, actor),
        desk_publishes: desk_publishes(&town.part::<Books>().categories()),
    });
    let mut judge = Judge::new(town, &reading, order.mapping.promises, actor.language);
    let mut writing = Writing::new(town, import);
    let mut under_way = VecDeque::new();
    let mut rows = order.table.rows().peekable();
    let (mut together, mut last) = (BATCH, town.now());
    while rows.peek().is_some() {
        let batch = judge.take(&mut rows, together, &mut report);
        let tally = batch.tally;
        under_way.push_back((writing.begin(batch).await?, tally));
        if under_way.len() >= UNDER_WAY
            && let Some((begun, tally)) = under_way.pop_front()
        {
            count(&mut report.tally, tally, writing.end(begun).await?);
            progress(&report.tally);
            together = within_patience(tally.rows, town.now().micros() - last.micros());
            last = town.now();
        }
    }
    for (begun, tally) in under_way {
        count(&mut report.tally, tally, writing.end(begun).await?);
        progress(&report.tally);
    }
    assert!(report.tally.is_even(), "every row is stored, already there or set aside: {}", report.tally);
    if let Some(code) = &code {
        end(town, actor, code, &report.tally).await?;
    }
    report.code = code;
    Ok(report)
}

/// How many rows the next transaction takes, when so many took so long (microseconds, with all that waited between them).
fn within_patience(rows: u64, took: i64) -> usize {
    let fit = i64::try_from(rows).unwrap_or(i64::MAX).saturating_mul(PATIENCE_MICROS) / took.max(1);
    usize::try_from(fit).unwrap_or(0).clamp(BATCH / 4, BATCH_MOST)
}

/// What all batches of an import share.
struct Import {
    source: String,
    code: Option<Code>,
    actor: Actor,
    chance: Arc<dyn Chance>,
    words: [String; 2],
    /// Categories whose words the desk publishes.
    desk_publishes: BTreeSet<String>,
}

fn desk_publishes(book: &CategoryBook) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    codes.extend(book.all().iter().filter(|one| one.definition.rules.desk_publishes).map(|one| one.code.clone()));
    codes
}

/// The words of an end whose own words were not taken over: resolved, declined.
fn closing_words(town: &Town, actor: &Actor) -> [String; 2] {
    let language = town.settings().languages.first().copied().unwrap_or(actor.language);
    let t = town.words().of(language);
    ["import-resolved", "import-declined"].map(|key| t.say(key).to_owned())
}

fn count(all: &mut Tally, batch: Tally, (stored, already): (u64, u64)) {
    all.rows += batch.rows;
    all.set_aside += batch.set_aside;
    all.stored += stored;
    all.already += already;
}

async fn begin(town: &Town, actor: &Actor, order: &ImportOrder, source: &str) -> Result<Code, DbError> {
    let (now, chance, actor) = (town.now(), town.chance_handle(), actor.clone());
    let code = Code::draw('I', CODE_LENGTH, &*chance);
    let row = store::NewImport {
        code: code.clone(),
        source: source.to_owned(),
        origin: order.origin.clone(),
        mapping: order.mapping.text(),
    };
    let begun = town.db().write(move |tx| {
        store::begin_import(tx, &row, &actor.handle, now)?;
        let what = json!({"source": row.source});
        let subject = Subject::new(IMPORT, row.code.as_str());
        let entry = Entry::about(subject, "request-import.begun", &actor, now, &*chance).publicly(&what)?;
        tx.commit(entry, ())
    });
    begun.await.map(|()| code)
}

async fn end(town: &Town, actor: &Actor, code: &Code, tally: &Tally) -> Result<(), DbError> {
    let (now, chance, actor, code, tally) = (town.now(), town.chance_handle(), actor.clone(), code.clone(), *tally);
    let ended = town.db().write(move |tx| {
        store::end_import(tx, code.as_str(), now)?;
        let what = json!({
            "rows": tally.rows, "stored": tally.stored, "already": tally.already, "set_aside": tally.set_aside,
        });
        let subject = Subject::new(IMPORT, code.as_str());
        let entry = Entry::about(subject, "request-import.ended", &actor, now, &*chance).publicly(&what)?;
        tx.commit(entry, ())
    });
    ended.await
}

/// Reads from memory what the room needs to know of agencies.
fn agency_code(books: &Books, id: civic::OrganisationId) -> String {
    books.organisation_code(id)
}

#[cfg(test)]
mod tests {
    use super::{BATCH, BATCH_MOST, within_patience};

    #[test]
    fn a_slow_disk_takes_fewer_rows_at_once() {
        assert_eq!(within_patience(1_000, 250_000), 1_000);
        assert_eq!(within_patience(1_000, 100_000), 2_500);
        assert_eq!(within_patience(2_000, 1_000_000), 500);
        assert_eq!(within_patience(1_000, 60_000_000), BATCH / 4, "it goes on, however slowly");
        assert_eq!((within_patience(1_000, 0), within_patience(1_000, -5)), (BATCH_MOST, BATCH_MOST));
    }
}
