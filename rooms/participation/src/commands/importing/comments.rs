//! Comments of another platform hang on the proposals that were taken over from there.

use super::{BATCH, ImportReport, begin, end, led, name_aside, readable, set_aside};
use crate::{
    imports::{About, CommentColumns, ImportedComment, in_order, read_comment},
    model::{PROPOSAL, Process},
    store::{self, CommentOrigin},
};
use civic::{Actor, Subject};
use commons::comments::elsewhere::{self, Elsewhere};
use database::{DbError, OffRecord, Tx};
use importing::Table;
use record::{Entries, Entry};
use serde_json::json;
use std::collections::BTreeSet;
use web::{Refusal, Stop, Town};

/// Takes the comments of a table over, each to the proposal or the comment of this process that it is about. One that came
/// before is passed over, so that the same file once more completes what broke off.
///
/// # Errors
/// `NotAllowed` for who does not lead the process; `proposals-import-columns`; those of the database, where what was stored stays.
pub async fn import_comments(
    town: &Town,
    actor: Actor,
    process: String,
    origin: String,
    table: Table,
    dry_run: bool,
) -> Result<ImportReport, Stop> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let columns = CommentColumns::find(table.header(), language);
    let columns = columns.ok_or_else(|| Refusal::new("proposals-import-columns").at("file"))?;
    let process = led(town, &actor, process).await?;
    let mut report = ImportReport::default();
    let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
    for (line, cells) in readable(&table, &mut report) {
        match read_comment(&columns, &cells) {
            Ok(read) if seen.insert(read.id.clone()) => rows.push((line, read)),
            Ok(_) => report.tally.already += 1,
            Err((column, reason)) => set_aside(&mut report, line, column, &cells[0], reason),
        }
    }
    let (rows, circle) = in_order(rows);
    for (line, row) in circle {
        set_aside(&mut report, line, "commentable_id", &row.id, "comment-aside-circle");
    }
    if !dry_run {
        report.code = Some(begin(town, &process, origin).await?);
    }
    let mut tried = BTreeSet::new();
    let mut place = 0;
    for batch in rows.chunks(BATCH) {
        let stored = Batch { process: &process, import: report.code.clone(), first: place };
        let (new, already, lost) = store_batch(town, &actor, stored, batch.to_vec(), &mut tried).await?;
        report.tally.stored += new;
        report.tally.already += already;
        for (line, id) in lost {
            report.tally.set_aside += 1;
            name_aside(&mut report, line, "commentable_id", &id, "comment-aside-about");
        }
        place += i64::try_from(batch.len()).unwrap_or(0);
    }
    end(town, actor, &process, &report, "process.comments-imported").await?;
    Ok(report)
}

struct Batch<'p> {
    process: &'p Process,
    /// `None` where it is only tried.
    import: Option<String>,
    /// The place of its first row among all.
    first: i64,
}

/// How many are new, how many came before, and with their lines those about something that was not taken over.
type Stored = (u64, u64, Vec<(u64, String)>);

async fn store_batch(
    town: &Town,
    actor: &Actor,
    batch: Batch<'_>,
    rows: Vec<(u64, ImportedComment)>,
    tried: &mut BTreeSet<String>,
) -> Result<Stored, Stop> {
    let (own, actor, process, import) = (town.clone(), actor.clone(), batch.process.code.clone(), batch.import);
    let (first, mut would_be) = (batch.first, std::mem::take(tried));
    let done = town.db().write(move |tx| {
        let (mut entries, mut done, mut proposals) = (Vec::new(), (0, 0, Vec::new()), BTreeSet::new());
        for ((line, row), place) in rows.iter().zip(first..) {
            if store::comment_origin(tx, &process, &row.id)?.is_some() {
                done.1 += 1;
                continue;
            }
            let home = home(tx, &process, &row.about)?;
            let is_tried = matches!(&row.about, About::Comment(parent) if would_be.contains(parent));
            match (home, &import) {
                (Some((proposal, parent)), Some(import)) => {
                    let origin = CommentOrigin { process: process.clone(), proposal, import: import.clone(), place };
                    entries.push(keep(&own, tx, &actor, row, &origin, parent)?);
                    proposals.insert(origin.proposal);
                }
                (home, _) if home.is_none() && !is_tried => {
                    done.2.push((*line, row.id.clone()));
                    continue;
                }
                _ => {
                    would_be.insert(row.id.clone());
                }
            }
            done.0 += 1;
        }
        count_again(tx, &proposals)?;
        let done = (done, would_be);
        match entries.is_empty() {
            true => tx.commit(OffRecord("nothing was stored"), done),
            false => tx.commit(Entries(entries), done),
        }
    });
    let (done, would_be) = done.await.map_err(|error: DbError| Stop::from(error))?;
    *tried = would_be;
    Ok(done)
}

/// The proposal a comment belongs to, and the comment it answers, if they were taken over into this process.
fn home(tx: &mut Tx<'_>, process: &str, about: &About) -> Result<Option<(String, Option<String>)>, DbError> {
    Ok(match about {
        About::Proposal(id) => store::proposal_of_origin(tx, process, id)?.map(|proposal| (proposal, None)),
        About::Comment(id) => {
            store::comment_origin(tx, process, id)?.map(|(proposal, comment)| (proposal, Some(comment)))
        }
    })
}

fn keep(
    town: &Town,
    tx: &mut Tx<'_>,
    actor: &Actor,
    row: &ImportedComment,
    origin: &CommentOrigin,
    parent: Option<String>,
) -> Result<Entry, DbError> {
    let (now, chance) = (town.now(), town.chance());
    let subject = Subject::new(PROPOSAL, origin.proposal.clone());
    // An answer to what was erased meanwhile begins a thread of its own.
    let parent = match &parent {
        Some(id) => elsewhere::stored(tx, id)?,
        None => None,
    };
    let written = Elsewhere {
        text: &row.text,
        author: &row.author,
        at: row.at.filter(|at| *at <= now).unwrap_or(now),
        side: row.side,
        answers: parent.as_ref(),
    };
    let id = elsewhere::take_over(tx, &subject, &written, chance)?;
    store::keep_comment_origin(tx, origin, &row.id, &id.text())?;
    let entry = Entry::about(subject, "proposal.comment-imported", actor, now, chance);
    let entry = entry.publicly(&json!({"comment": id, "import": origin.import}))?;
    let entry = entry.privately(&json!({"text": row.text}), chance)?;
    elsewhere::seal(tx, id, &entry.id().text())?;
    Ok(entry)
}

/// Counts the comments of these proposals again.
fn count_again(tx: &mut Tx<'_>, proposals: &BTreeSet<String>) -> Result<(), DbError> {
    for proposal in proposals {
        let comments = commons::comments::count(tx, &Subject::new(PROPOSAL, proposal.clone()))?;
        store::keep_comments(tx, proposal, comments)?;
    }
    Ok(())
}

/// Takes the comments of an import away, the last first, so that answers go before what they answer. Returns how many went and
/// how many stayed.
///
/// # Errors
/// Those of the database, where the same undo once more completes it.
pub(super) async fn undo(town: &Town, actor: &Actor, import: &str) -> Result<(i64, i64), Stop> {
    let (mut removed, mut stayed, mut before) = (0, 0, i64::MAX);
    loop {
        let (own, actor, import) = (town.clone(), actor.clone(), import.to_owned());
        let batch = town.db().write(move |tx| {
            let rows = store::imported_comments(tx, &import, before, u32::try_from(BATCH).unwrap_or(u32::MAX))?;
            let last = rows.last().map(|(place, ..)| *place);
            let (mut entries, mut left, mut proposals) = (Vec::new(), 0, BTreeSet::new());
            for (_, proposal, comment) in rows {
                if !elsewhere::take_away(tx, &comment)? {
                    left += 1;
                    continue;
                }
                store::forget_comment_origin(tx, &comment)?;
                let subject = Subject::new(PROPOSAL, proposal.clone());
                let entry = Entry::about(subject, "proposal.comment-removed", &actor, own.now(), own.chance());
                entries.push(entry.publicly(&json!({"comment": comment, "import": import}))?);
                proposals.insert(proposal);
            }
            count_again(tx, &proposals)?;
            let done = (i64::try_from(entries.len()).unwrap_or(i64::MAX), left, last);
            match entries.is_empty() {
                true => tx.commit(OffRecord("nothing was taken away"), done),
                false => tx.commit(Entries(entries), done),
            }
        });
        let (gone, left, last) = batch.await.map_err(|error: DbError| Stop::from(error))?;
        (removed, stayed) = (removed + gone, stayed + left);
        match last {
            Some(last) => before = last,
            None => return Ok((removed, stayed)),
        }
    }
}
