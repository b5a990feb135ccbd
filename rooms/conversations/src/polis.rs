//! The export of a conversation that was held with Polis: files in, a conversation out, and what was set aside.

mod folder;
mod summary;

pub use folder::read_folder;

use crate::model::{ELSEWHERE, Standing, Statement, StatementWords, built_in};
use civic::Moment;
use opinion_map::{
    Conversation,
    polis::{self, Faults},
};
use std::collections::{BTreeMap, HashMap};
use summary::Summary;

/// The file of all answers that count.
pub const TABLE: &str = "participants-votes.csv";
/// The file of every answer in time order.
pub const VOTES: &str = "votes.csv";
/// The file of statements.
pub const COMMENTS: &str = "comments.csv";
/// The file of what the conversation is called.
pub const SUMMARY: &str = "summary.csv";

/// A row or cell that was not taken over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// The column, from 1.
    pub column: Option<usize>,
    /// Why, as a sentence in English.
    pub reason: String,
}

/// What an export holds.
#[derive(Debug, Clone, Default)]
pub struct Export {
    /// What it was called.
    pub topic: String,
    /// Where it was.
    pub url: String,
    /// What was said of it.
    pub description: String,
    /// Its statements, by number.
    pub statements: Vec<Statement>,
    /// The number of each of the people of `conversation`.
    pub people: Vec<i64>,
    /// The group in which Polis placed each of them.
    pub groups: Vec<Option<String>>,
    /// Every answer, by positions.
    pub conversation: Conversation,
    /// In how many cells the two files of answers differ, when both are there.
    pub cells_apart: Option<usize>,
    /// What was set aside, the first of each file.
    pub asides: Vec<Aside>,
    /// How many things were set aside in all.
    pub set_aside: usize,
}

/// Reads the files of an export, by their names; at least one with answers must be there.
///
/// # Errors
/// What stands against reading a file at all.
pub fn read_export(files: &BTreeMap<String, Vec<u8>>) -> Result<Export, Aside> {
    let mut export = Export::default();
    let mut noted = |file: &str, faults: Faults| {
        export.set_aside += faults.count;
        export.asides.extend(faults.shown.into_iter().map(|fault| aside(file, fault)));
    };
    let table = match files.get(TABLE) {
        Some(bytes) => {
            let (table, faults) = polis::read_participants_votes(bytes).map_err(|fault| aside(TABLE, fault))?;
            noted(TABLE, faults);
            Some(table)
        }
        None => None,
    };
    let votes = match files.get(VOTES) {
        Some(bytes) => {
            let (votes, faults) = polis::read_votes(bytes).map_err(|fault| aside(VOTES, fault))?;
            noted(VOTES, faults);
            Some(votes)
        }
        None => None,
    };
    if table.is_none() && votes.is_none() {
        return Err(whole(TABLE, format!("Neither {TABLE} nor {VOTES} is there.")));
    }
    let mut comments = Vec::new();
    if let Some(bytes) = files.get(COMMENTS) {
        let (read, faults) = polis::read_comments(bytes).map_err(|fault| aside(COMMENTS, fault))?;
        noted(COMMENTS, faults);
        comments = read;
    }
    let times = files.get(COMMENTS).map(|bytes| summary::times(bytes)).unwrap_or_default();
    let authors: HashMap<String, String> =
        comments.iter().filter_map(|one| Some((one.id.clone(), one.author.clone()?))).collect();
    let imported = polis::assemble(table, votes, comments).map_err(|refusal| whole(TABLE, refusal.to_string()))?;
    let said = files.get(SUMMARY).map(|bytes| Summary::read(bytes)).unwrap_or_default();
    (export.topic, export.url, export.description) = (said.topic, said.url, said.description);
    export.people = numbered(imported.conversation.people.iter());
    let people: HashMap<&str, i64> =
        imported.conversation.people.iter().map(String::as_str).zip(export.people.iter().copied()).collect();
    let numbers = numbered(imported.conversation.statements.iter().map(|one| &one.id));
    for (one, number) in imported.conversation.statements.iter().zip(numbers) {
        let original = imported.words.get(&one.id).cloned().unwrap_or_else(|| format!("#{}", one.id));
        let author = authors.get(&one.id).and_then(|author| people.get(author.as_str()).copied());
        let at = times.get(&one.id).copied().unwrap_or(Moment(0));
        export.statements.push(statement(number, original, one.standing, author, at));
    }
    (export.groups, export.cells_apart) = (imported.groups, imported.cells_apart);
    export.conversation = imported.conversation;
    Ok(export)
}

fn statement(
    number: i64,
    original: String,
    standing: opinion_map::Standing,
    author: Option<i64>,
    at: Moment,
) -> Statement {
    let out = standing == opinion_map::Standing::ModeratedOut;
    Statement {
        number,
        // A spreadsheet's apostrophe, as we and others put it before a cell that looks like a formula.
        words: StatementWords { original: without_apostrophe(original), ..StatementWords::default() },
        standing: if out { Standing::Out(built_in(ELSEWHERE)) } else { Standing::Open },
        meta: standing == opinion_map::Standing::Meta,
        pinned: false,
        seeded: false,
        split_from: None,
        author,
        at,
    }
}

fn without_apostrophe(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text,
    }
}

/// The numbers of ids: their own where they are whole numbers, and numbers after those for the others.
fn numbered<'i>(ids: impl Iterator<Item = &'i String> + Clone) -> Vec<i64> {
    let own = |id: &String| id.parse::<i64>().ok().filter(|number| (0..=i64::from(u32::MAX)).contains(number));
    let mut next = ids.clone().filter_map(own).max().map_or(0, |most| most + 1);
    ids.map(|id| {
        own(id).unwrap_or_else(|| {
            next += 1;
            next - 1
        })
    })
    .collect()
}

fn aside(file: &str, fault: polis::Fault) -> Aside {
    Aside { file: file.to_owned(), line: fault.line, column: fault.column, reason: fault.sentence }
}

fn whole(file: &str, reason: String) -> Aside {
    Aside { file: file.to_owned(), line: 0, column: None, reason }
}

impl std::fmt::Display for Aside {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(out, "{}: {}", self.file, self.reason),
            (line, Some(column)) => write!(out, "{}, line {line}, column {column}: {}", self.file, self.reason),
            (line, None) => write!(out, "{}, line {line}: {}", self.file, self.reason),
        }
    }
}
