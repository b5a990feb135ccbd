//! One `select` over public tables, answered in a process of its own: whatever it does there, the town goes on.

mod functions;
mod judge;
mod serve;

pub use serve::serve;

use crate::{Refused, Shelf};
use serde::{Deserialize, Serialize};
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

/// Characters a question may have.
pub const QUESTION_LIMIT: usize = 20_000;
/// Tables one question may name: what SQLite attaches at once.
pub const TABLES_LIMIT: usize = 10;
/// What stands before the answer, so that what else a test's program prints is passed over.
pub(crate) const MARK: &str = "polity-sql-answer:";
/// Time a worker gets beyond its own limit before it is ended from outside.
const GRACE: Duration = Duration::from_millis(700);

/// What a question may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Rows of the answer.
    pub rows: usize,
    /// Bytes of the answer.
    pub bytes: usize,
    /// Milliseconds.
    pub milliseconds: u64,
    /// Bytes of memory that the engine may take.
    pub memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 10_000, bytes: 8 * 1024 * 1024, milliseconds: 3_000, memory_bytes: 96 * 1024 * 1024 }
    }
}

/// A question, as the worker gets it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub sql: String,
    pub tables: Vec<Attached>,
    pub limits: Limits,
}

/// A table that a question names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attached {
    pub name: String,
    pub path: PathBuf,
    pub columns: Vec<String>,
}

/// A limit that cut an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// There are more rows.
    Rows,
    /// There is more than so many bytes.
    Bytes,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The names of its columns, each once.
    pub columns: Vec<String>,
    /// Its rows, as JSON values in the order of the columns.
    pub rows: Vec<Vec<serde_json::Value>>,
    /// The limit that cut it, if one did.
    pub cut: Option<Cut>,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unanswered {
    /// It is no single `select`.
    #[error("write one select")]
    NotOneSelect,
    /// It wants something that is not allowed.
    #[error("only public tables are read here, and nothing else is done")]
    NotAllowed,
    /// It cannot be understood; the engine's words.
    #[error("it cannot be understood: {0}")]
    Misread(String),
    /// It took too long.
    #[error("it took longer than {0} milliseconds and was ended")]
    TooSlow(u64),
    /// It wanted too much memory.
    #[error("it wanted more than {0} bytes of memory and was ended")]
    TooLarge(u64),
    /// It names more tables than can be joined.
    #[error("it names more than {0} tables")]
    TooManyTables(usize),
    /// It names a table that is too large for it.
    #[error("the table “{0}” is too large for it")]
    LargeTable(String),
    /// It is too long.
    #[error("it has more than {0} characters")]
    TooLong(usize),
    /// The worker did not do its work.
    #[error("it could not be asked: {0}")]
    Broken(String),
}

/// A table by the name it has in questions, and its name on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// In questions: small letters, digits and `_`.
    pub name: String,
    /// On the shelf.
    pub shelf: String,
}

/// What a table is called where each row has its number beside it, in the column `:id`.
pub fn numbered(name: &str) -> String {
    format!("{name}:id")
}

/// How a worker is started.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The program.
    pub program: PathBuf,
    /// What it is started with.
    pub arguments: Vec<String>,
    /// Its environment; it has no other.
    pub environment: Vec<(String, String)>,
}

impl Worker {
    /// Asks one question. Waits for it: call it on a thread that may.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask(&self, shelf: &Shelf, sql: &str, known: &[Named], limits: Limits) -> Result<Found, Unanswered> {
        if sql.chars().count() > QUESTION_LIMIT {
            return Err(Unanswered::TooLong(QUESTION_LIMIT));
        }
        let tables = attached(shelf, sql, known)?;
        let job = serde_json::to_vec(&Job { sql: sql.to_owned(), tables, limits }).map_err(broken)?;
        let mut child = self.start().map_err(broken)?;
        let answer = hear(&mut child, job, limits);
        // Ended already, where it has answered; nothing of it is left in either case.
        let _killed = child.kill();
        let _reaped = child.wait();
        answer
    }

    fn start(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

fn broken(error: impl std::fmt::Display) -> Unanswered {
    Unanswered::Broken(error.to_string())
}

/// Sends the question and waits for the answer, no longer than the limit and a moment.
fn hear(child: &mut Child, job: Vec<u8>, limits: Limits) -> Result<Found, Unanswered> {
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(broken("it has no pipes"));
    };
    let (said, heard) = mpsc::channel();
    let most = limits.bytes as u64 * 8 + 1_000_000;
    std::thread::spawn(move || {
        let _sent = to.write_all(&job);
        drop(to);
        let mut text = Vec::new();
        let read = from.take(most).read_to_end(&mut text);
        let _heard = said.send(read.map(|_| text));
    });
    match heard.recv_timeout(Duration::from_millis(limits.milliseconds) + GRACE) {
        Ok(Ok(text)) => {
            let text = String::from_utf8_lossy(&text);
            let answer = text.split(MARK).nth(1).and_then(|rest| rest.lines().next());
            // A worker that ends without a word was ended by the machine, for want of memory.
            let answer = answer.ok_or(Unanswered::TooLarge(limits.memory_bytes))?;
            serde_json::from_str::<Result<Found, Unanswered>>(answer).map_err(broken)?
        }
        Ok(Err(error)) => Err(broken(error)),
        Err(_) => Err(Unanswered::TooSlow(limits.milliseconds)),
    }
}

/// The tables that stand in a question as words.
fn attached(shelf: &Shelf, sql: &str, known: &[Named]) -> Result<Vec<Attached>, Unanswered> {
    let lower = sql.to_lowercase();
    let words: std::collections::BTreeSet<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut tables = Vec::new();
    for named in known.iter().filter(|named| words.contains(named.name.as_str())) {
        if tables.len() == TABLES_LIMIT {
            return Err(Unanswered::TooManyTables(TABLES_LIMIT));
        }
        let table = match shelf.open(&named.shelf) {
            Ok(table) => table,
            Err(Refused::Gone) => continue,
            Err(refused) => return Err(broken(refused)),
        };
        // Its columns are in parts, which the engine of questions does not know.
        if table.0.is_large() {
            return Err(Unanswered::LargeTable(named.name.clone()));
        }
        let columns = table.info().columns.iter().map(|column| column.name.clone()).collect();
        tables.push(Attached { name: named.name.clone(), path: shelf.path(&named.shelf).map_err(broken)?, columns });
    }
    Ok(tables)
}
