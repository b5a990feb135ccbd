//! Proposals of another platform, and what was said about them, are taken over into a process, tried first if one likes, and
//! taken away again.

mod comments;

pub use comments::import_comments;

use super::{CODE_LENGTH, writing};
use crate::{
    acts,
    imports::{Columns, Imported, read_row},
    model::{Author, AuthorPart, Evaluation, Process, Proposal, State},
    store,
};
use civic::{Actor, Code, Moment};
use database::{DbError, OffRecord, Tx};
use importing::{Aside, RowFault, Table, Tally};
use places::Districts;
use record::{Entries, Entry};
use serde_json::json;
use std::collections::BTreeSet;
use web::{Refusal, Stop, Town};

/// Rows that share one transaction.
const BATCH: usize = 200;
/// Rows set aside that are named.
pub const ASIDES_LIMIT: usize = 500;
/// Characters of a cell that are named.
const VALUE_LIMIT: usize = 80;

/// What an import came to.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// What it is called; `None` for one that was only tried.
    pub code: Option<String>,
    /// What became of the rows.
    pub tally: Tally,
    /// What was set aside; the reason is a Fluent key. At most [`ASIDES_LIMIT`].
    pub asides: Vec<Aside>,
}

/// Takes the proposals of a table over into a public process. A row that came before is passed over, so that the same file
/// once more completes what broke off.
///
/// # Errors
/// `NotAllowed` for who does not lead the process; `proposals-import-columns`; those of the database, where what was stored stays.
pub async fn import_proposals(
    town: &Town,
    actor: Actor,
    process: String,
    origin: String,
    table: Table,
    dry_run: bool,
) -> Result<ImportReport, Stop> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let columns = Columns::find(table.header(), language);
    let columns = columns.ok_or_else(|| Refusal::new("proposals-import-columns").at("file"))?;
    let process = led(town, &actor, process).await?;
    let mut report = ImportReport::default();
    let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
    for (line, cells) in readable(&table, &mut report) {
        match read_row(&columns, &cells) {
            Ok(read) if seen.insert(read.id.clone()) => rows.push((line, read)),
            Ok(_) => report.tally.already += 1,
            Err((column, reason)) => set_aside(&mut report, line, column, &cells[0], reason),
        }
    }
    if !dry_run {
        report.code = Some(begin(town, &process, origin).await?);
    }
    for batch in rows.chunks(BATCH) {
        store_batch(town, &actor, &process, batch.to_vec(), &mut report).await?;
    }
    end(town, actor, &process, &report, "process.imported").await?;
    Ok(report)
}

/// The rows of a table that can be read, with their lines; the others are set aside.
fn readable(table: &Table, report: &mut ImportReport) -> Vec<(u64, Vec<String>)> {
    let mut found = Vec::new();
    for row in table.rows() {
        match row.cells {
            Err(RowFault::Blank) => {}
            Err(RowFault::Ragged { begins, .. } | RowFault::Unreadable { begins, .. }) => {
                report.tally.rows += 1;
                set_aside(report, row.line, "", &begins, "proposal-aside-ragged");
            }
            Ok(cells) => {
                report.tally.rows += 1;
                found.push((row.line, cells));
            }
        }
    }
    found
}

/// The public process of this code, for who leads it.
async fn led(town: &Town, actor: &Actor, code: String) -> Result<Process, Stop> {
    let process = town.db().read(move |tx| store::published(tx, &code)?.ok_or(Stop::NotFound)).await?;
    if actor.may_for(&acts::STEWARD, process.organisation) { Ok(process) } else { Err(Stop::NotAllowed) }
}

fn set_aside(report: &mut ImportReport, line: u64, column: &str, value: &str, reason: &str) {
    report.tally.set_aside += 1;
    name_aside(report, line, column, value, reason);
}

fn name_aside(report: &mut ImportReport, line: u64, column: &str, value: &str, reason: &str) {
    if report.asides.len() < ASIDES_LIMIT {
        let value = value.chars().take(VALUE_LIMIT).collect();
        report.asides.push(Aside { line, column: column.to_owned(), value, reason: reason.to_owned() });
    }
}

async fn begin(town: &Town, process: &Process, origin: String) -> Result<String, Stop> {
    let (own, process) = (town.clone(), process.code.clone());
    let code = Code::draw('I', CODE_LENGTH + 2, town.chance()).to_string();
    town.db()
        .write(move |tx| {
            store::begin_import(tx, &code, &process, &origin, own.now())?;
            tx.commit(OffRecord("each proposal and the end of the import have entries"), code).map_err(Stop::from)
        })
        .await
}

async fn store_batch(
    town: &Town,
    actor: &Actor,
    process: &Process,
    rows: Vec<(u64, Imported)>,
    report: &mut ImportReport,
) -> Result<(), Stop> {
    let (own, actor, process, import) = (town.clone(), actor.clone(), process.clone(), report.code.clone());
    let done = town.db().write(move |tx| {
        let (mut entries, mut already, mut odd) = (Vec::new(), 0_u64, Vec::new());
        let mut new = 0_u64;
        for (line, row) in &rows {
            if store::is_origin_known(tx, &process.code, &row.id)? {
                already += 1;
                continue;
            }
            new += 1;
            if row.verdict.is_some() && row.answer.is_empty() {
                odd.push((*line, row.id.clone()));
            }
            if let Some(import) = &import {
                entries.push(keep(&own, tx, &actor, &process, import, row)?);
            }
        }
        let done = (new, already, odd);
        match entries.is_empty() {
            true => tx.commit(OffRecord("nothing was stored"), done),
            false => tx.commit(Entries(entries), done),
        }
    });
    let (new, already, odd) = done.await.map_err(|error: DbError| Stop::from(error))?;
    report.tally.stored += new;
    report.tally.already += already;
    for (line, id) in odd {
        name_aside(report, line, "answer", &id, "proposal-aside-answer");
    }
    Ok(())
}

/// Keeps one proposal as it was elsewhere. An answer without reasons is none: then it is open here.
fn keep(
    town: &Town,
    tx: &mut Tx<'_>,
    actor: &Actor,
    process: &Process,
    import: &str,
    row: &Imported,
) -> Result<Entry, DbError> {
    let now = town.now();
    let verdict = row.verdict.filter(|_| !row.answer.is_empty());
    let at = row.at.filter(|at| *at <= now).unwrap_or(now);
    let state = match verdict {
        Some(verdict) => verdict.state(at),
        None if row.withdrawn => State::Withdrawn { at },
        None => State::Open,
    };
    let mut proposal = writing::blank(writing::free_code(tx, town.chance())?, process.code.clone(), now, town.chance());
    proposal.title.clone_from(&row.title);
    proposal.text.clone_from(&row.text);
    proposal.address.clone_from(&row.address);
    proposal.district = row.place.and_then(|place| town.part::<Districts>().locate(place));
    proposal.place = row.place;
    proposal.state = state;
    proposal.submitted_at = Some(at);
    proposal.estimate_cents = row.cost_cents.filter(|_| verdict.is_some());
    store::insert(tx, &proposal)?;
    store::keep_supports(tx, proposal.code.as_str(), row.votes)?;
    let author = Author { handle: "import".to_owned(), person: None, name: row.author.clone(), part: AuthorPart::Lead };
    store::add_author(tx, proposal.code.as_str(), &author, at)?;
    store::keep_origin(tx, &proposal, &row.id, import)?;
    let what = json!({"process": process.code, "import": import, "district": proposal.district, "version": 1});
    let entry = Entry::about(proposal.subject(), "proposal.submitted", actor, now, town.chance());
    let entry = entry.publicly(&what)?.privately(&json!({"title": row.title, "text": row.text}), town.chance())?;
    if let Some(verdict) = verdict {
        let evaluation = Evaluation {
            id: entry.id().text(),
            verdict,
            cost_cents: row.cost_cents,
            reasons: row.answer.clone(),
            organisation: people::organisations::WHOLE_TOWN.to_owned(),
            at,
        };
        store::add_evaluation(tx, proposal.code.as_str(), &evaluation)?;
    }
    Ok(entry)
}

async fn end(
    town: &Town,
    actor: Actor,
    process: &Process,
    report: &ImportReport,
    saying: &'static str,
) -> Result<(), Stop> {
    let Some(code) = report.code.clone() else { return Ok(()) };
    let (own, subject, tally) = (town.clone(), process.subject(), report.tally);
    town.db()
        .write(move |tx| {
            store::count_import(tx, &code, &tally)?;
            let what =
                json!({"import": code, "stored": tally.stored, "already": tally.already, "set_aside": tally.set_aside});
            let entry = Entry::about(subject, saying, &actor, own.now(), own.chance()).publicly(&what)?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await
}

/// Takes away what an import stored, where nobody has acted on it since. Returns how many went and how many stayed.
///
/// # Errors
/// `NotFound`; `NotAllowed`; those of the database, where the same undo once more completes it.
pub async fn undo_import(town: &Town, actor: Actor, import: String) -> Result<(i64, i64), Stop> {
    let asked = import.clone();
    let found = town.db().read(move |tx| store::import(tx, &asked)?.ok_or(Stop::NotFound)).await?;
    led(town, &actor, found.process.clone()).await?;
    // What was said first: a proposal on which a comment hangs stays.
    let (mut removed, mut stayed) = comments::undo(town, &actor, &import).await?;
    let mut after = String::new();
    loop {
        let (own, actor, import, from, begun) = (town.clone(), actor.clone(), import.clone(), after.clone(), found.at);
        let batch = town.db().write(move |tx| {
            let rows = store::imported(tx, &import, &from, u32::try_from(BATCH).unwrap_or(u32::MAX))?;
            let last = rows.last().map(|row| row.code.to_string());
            let (mut entries, mut left) = (Vec::new(), 0);
            for proposal in rows {
                if is_touched(tx, &proposal, begun)? {
                    left += 1;
                } else {
                    entries.push(remove(&own, tx, &actor, &proposal, &import)?);
                }
            }
            let done = (i64::try_from(entries.len()).unwrap_or(i64::MAX), left, last);
            match entries.is_empty() {
                true => tx.commit(OffRecord("nothing was taken away"), done),
                false => tx.commit(Entries(entries), done),
            }
        });
        let (gone, left, last) = batch.await.map_err(|error: DbError| Stop::from(error))?;
        (removed, stayed) = (removed + gone, stayed + left);
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    end_undo(town, actor, found, removed, stayed).await?;
    Ok((removed, stayed))
}

/// Whether anybody has acted on it since, or said something about it.
fn is_touched(tx: &mut Tx<'_>, proposal: &Proposal, begun: Moment) -> Result<bool, DbError> {
    let code = proposal.code.as_str();
    // What changes a proposal moves this moment; the import itself took place within the hour after it began.
    let changed = proposal.updated_at > begun.plus_seconds(3_600) || proposal.version != 1;
    Ok(changed || store::is_touched(tx, code)? || commons::traces::any_about(tx, &proposal.subject())?)
}

fn remove(town: &Town, tx: &mut Tx<'_>, actor: &Actor, proposal: &Proposal, import: &str) -> Result<Entry, DbError> {
    let subject = proposal.subject();
    record::forget_salts_about(tx, &subject)?;
    commons::search::remove(tx, &subject)?;
    store::remove_imported(tx, proposal.code.as_str())?;
    let what = json!({"process": proposal.process, "import": import});
    Entry::about(subject, "proposal.removed", actor, town.now(), town.chance()).publicly(&what)
}

async fn end_undo(town: &Town, actor: Actor, import: store::ImportRow, removed: i64, stayed: i64) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            store::end_undo(tx, &import.code, removed, stayed, own.now())?;
            let subject = civic::Subject::new(crate::model::PROCESS, import.process.clone());
            let what = json!({"import": import.code, "removed": removed, "stayed": stayed});
            let entry = Entry::about(subject, "process.import-undone", &actor, own.now(), own.chance());
            tx.commit(entry.publicly(&what)?, ()).map_err(Stop::from)
        })
        .await
}
