//! Requests are taken over from elsewhere.

mod judge;
mod undo;

pub use undo::{Undone, undo_import};

use super::{change_view, hash_of, open};
use crate::{
    imports::{Mapping, MappingError, Reading},
    model::{Contact, HistoryStep, ServiceRequest, State, StateWord},
    room::Books,
    store::{self, Origin},
};
use civic::{Actor, Chance, Code, Language, Moment, Subject, SubjectKind};
use database::{DbError, Done, OffRecord, Tx};
use importing::{Aside, Table, Tally};
use judge::{Judge, Ready};
use record::{Entries, Entry};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use web::{Stop, Town};

/// The kind of an import as a subject.
pub const IMPORT: SubjectKind = SubjectKind("request-import");

/// Rows that share one transaction: acts of others wait no longer than these take.
const BATCH: usize = 1_000;
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
    });
    let mut judge = Judge::new(town, &reading, order.mapping.promises, actor.language);
    let mut under_way = std::collections::VecDeque::new();
    let mut rows = order.table.rows().peekable();
    while rows.peek().is_some() {
        let batch = judge.take(&mut rows, BATCH, &mut report);
        let before = report.asides.len() - batch.asides;
        let asides = report.asides[before..].to_vec();
        under_way.push_back((store(town, &import, batch.ready, asides, batch.tally), batch.tally));
        if under_way.len() >= UNDER_WAY
            && let Some((answer, tally)) = under_way.pop_front()
        {
            count(&mut report.tally, tally, answer.await?);
            progress(&report.tally);
        }
    }
    for (answer, tally) in under_way {
        count(&mut report.tally, tally, answer.await?);
        progress(&report.tally);
    }
    assert!(report.tally.is_even(), "every row is stored, already there or set aside: {}", report.tally);
    if let Some(code) = &code {
        end(town, actor, code, &report.tally).await?;
    }
    report.code = code;
    Ok(report)
}

/// What all batches of an import share.
struct Import {
    source: String,
    code: Option<Code>,
    actor: Actor,
    chance: Arc<dyn Chance>,
    words: [String; 2],
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

type Counted = Result<(u64, u64), DbError>;

/// Stores a batch, or counts what of it would be stored. It is in the queue when this returns.
fn store(
    town: &Town,
    import: &Arc<Import>,
    ready: Vec<Ready>,
    asides: Vec<Aside>,
    tally: Tally,
) -> futures_util::future::BoxFuture<'static, Counted> {
    let import = Arc::clone(import);
    let Some(code) = import.code.clone() else {
        let db = town.db().clone();
        return Box::pin(async move { db.read(move |tx| would_store(tx, &import.source, &ready)).await });
    };
    Box::pin(town.db().write(move |tx| store_batch(tx, &import, &code, ready, &asides, tally)))
}

fn would_store(tx: &mut Tx<'_>, source: &str, ready: &[Ready]) -> Counted {
    let ids: Vec<&str> = ready.iter().map(|one| one.source_id.as_str()).collect();
    let already = store::origins_known(tx, source, &ids)?.len() as u64;
    Ok((ready.len() as u64 - already, already))
}

fn store_batch(
    tx: &mut Tx<'_>,
    import: &Import,
    code: &Code,
    ready: Vec<Ready>,
    asides: &[Aside],
    mut tally: Tally,
) -> Result<Done<(u64, u64)>, DbError> {
    let ids: Vec<&str> = ready.iter().map(|one| one.source_id.as_str()).collect();
    let known = store::origins_known(tx, &import.source, &ids)?;
    let mut codes = open::free_codes(tx, ready.len(), &*import.chance)?.into_iter();
    let mut batch = Vec::with_capacity(ready.len());
    for one in ready {
        match codes.next() {
            Some(free) if !known.contains(&one.source_id) => batch.push(taken_over(import, code, free, one)?),
            _ => tally.already += 1,
        }
    }
    tally.stored += batch.len() as u64;
    keep(tx, import, code, &batch)?;
    store::count_import(tx, code.as_str(), &tally)?;
    store::keep_asides(tx, code.as_str(), asides)?;
    let counted = (tally.stored, tally.already);
    if batch.is_empty() {
        return tx.commit(OffRecord("nothing of this batch was new"), counted);
    }
    let entries = batch.into_iter().flat_map(|one| one.entries).collect();
    tx.commit(Entries(entries), counted)
}

/// A request of another system with all that is kept of it.
struct TakenOver {
    source_id: String,
    request: ServiceRequest,
    contact: Contact,
    steps: Vec<HistoryStep>,
    entries: Vec<Entry>,
}

/// Keeps a batch, table by table: many rows by few statements.
fn keep(tx: &mut Tx<'_>, import: &Import, code: &Code, batch: &[TakenOver]) -> Result<(), DbError> {
    let requests: Vec<&ServiceRequest> = batch.iter().map(|one| &one.request).collect();
    store::insert_all(tx, &requests)?;
    for one in batch.iter().filter(|one| one.contact != Contact::default()) {
        // Nobody knows this secret: the reporter's private link was never made.
        let secret = hash_of(&civic::secret(&*import.chance));
        store::save_reporter(tx, one.request.id, &secret, &one.contact, Language::En.tag())?;
    }
    let steps: Vec<_> = batch.iter().flat_map(|one| one.steps.iter().map(|step| (one.request.id, step))).collect();
    store::add_steps(tx, &steps)?;
    let origin = |one| {
        let TakenOver { source_id, request, steps, .. }: &TakenOver = one;
        Origin {
            source: &import.source,
            source_id,
            request: request.id,
            import: code.as_str(),
            steps: steps.len() as i64,
        }
    };
    let origins: Vec<Origin<'_>> = batch.iter().map(origin).collect();
    store::keep_origins(tx, &origins)
}

/// A request with its true dates, its steps and their entries, marked with where it comes from.
fn taken_over(import: &Import, code: &Code, free: Code, one: Ready) -> Result<TakenOver, DbError> {
    let chance = &*import.chance;
    let reporter = Actor::visitor(Language::En);
    let mut request =
        open::with_code(free, one.opening, one.organisation, one.channel, &reporter, one.opened_at, chance);
    request.due_at = one.due_at;
    let mut opened = open::opening_view(&request);
    opened["import"] = json!(code.as_str());
    let entry = Entry::about(request.subject(), "request.opened", &import.actor, one.opened_at, chance);
    let entry = entry.publicly(&opened)?.privately(&open::private_words(&request), chance)?;
    let mut first = open::first_step(&request, &entry, one.opened_at);
    first.detail = marks(import, code);
    let (mut entries, mut steps) = (vec![entry], vec![first]);
    if let Some(ending) = one.ending {
        let [resolved, declined] = &import.words;
        let words = match (ending.words.is_empty(), ending.declined) {
            (false, _) => ending.words,
            (true, false) => resolved.clone(),
            (true, true) => declined.clone(),
        };
        let (saying, state) = if ending.declined {
            ("request.declined", State::Declined { at: ending.at, reason: words.clone() })
        } else {
            ("request.resolved", State::Resolved { at: ending.at, what_was_done: words.clone() })
        };
        request.state = state;
        request.answered_at = Some(ending.at);
        let (entry, step) = ended(import, code, &request, saying, ending.at, words, one.agency)?;
        entries.push(entry);
        steps.push(step);
    }
    request.updated_at = one.updated_at;
    Ok(TakenOver { source_id: one.source_id, request, contact: one.contact, steps, entries })
}

fn marks(import: &Import, code: &Code) -> BTreeMap<String, String> {
    BTreeMap::from([("import".to_owned(), code.to_string()), ("source".to_owned(), import.source.clone())])
}

fn ended(
    import: &Import,
    code: &Code,
    request: &ServiceRequest,
    saying: &'static str,
    at: Moment,
    words: String,
    agency: String,
) -> Result<(Entry, HistoryStep), DbError> {
    let mut detail = marks(import, code);
    detail.insert("to".to_owned(), request.state.word().as_str().to_owned());
    let what = change_view(request, StateWord::Received, request.district.as_deref(), &detail);
    let entry = Entry::about(request.subject(), saying, &import.actor, at, &*import.chance).publicly(&what)?;
    let entry = entry.privately(&json!({"body": words}), &*import.chance)?;
    let step = HistoryStep {
        id: entry.id().text(),
        at,
        saying: saying.to_owned(),
        actor: import.actor.handle.clone(),
        agency,
        body: words,
        detail,
        state: request.state.word(),
        internal: false,
    };
    Ok((entry, step))
}

/// Reads from memory what the room needs to know of agencies.
fn agency_code(books: &Books, id: civic::OrganisationId) -> String {
    books.organisation_code(id)
}
