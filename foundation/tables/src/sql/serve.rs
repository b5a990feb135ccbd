//! The worker: one question in, one answer out, and the process ends.

use super::{Cut, Found, Job, MARK, Unanswered, functions, judge, numbered};
use crate::ingest::quoted;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, fallible_iterator::FallibleIterator as _, hooks::AuthContext, types::ValueRef,
};
use serde_json::{Value as Json, json};
use std::{
    collections::HashSet,
    io::{Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Steps of the engine between two looks at the time.
const STEPS_BETWEEN_LOOKS: i32 = 5_000;
/// Characters of the engine's words that are passed on.
const WORDS_LIMIT: usize = 300;

/// Reads a question, answers it, and is done.
///
/// # Errors
/// Where the answer cannot be written.
pub fn serve(from: impl Read, mut to: impl Write) -> std::io::Result<()> {
    let answer = match serde_json::from_reader::<_, Job>(from) {
        Ok(job) => answer(&job),
        Err(error) => Err(Unanswered::Broken(error.to_string())),
    };
    writeln!(to, "{MARK}{}", serde_json::to_string(&answer)?)?;
    to.flush()
}

fn answer(job: &Job) -> Result<Found, Unanswered> {
    if !judge::is_question(&job.sql) {
        return Err(Unanswered::NotOneSelect);
    }
    let over = Arc::new(AtomicBool::new(false));
    let limits = job.limits;
    let bell = Arc::clone(&over);
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(limits.milliseconds));
        bell.store(true, Ordering::Relaxed);
    });
    bound_memory(limits.memory_bytes);
    let connection = prepare(job, &over).map_err(|error| Unanswered::Broken(error.to_string()))?;
    ask(&connection, job).map_err(|error| match error {
        Asked::Engine(error) => unanswered(&error, job, over.load(Ordering::Relaxed)),
        Asked::Several => Unanswered::NotOneSelect,
    })
}

/// Lets this process take so much memory more than it has, and no more: the engine's own count of its memory is switched off in
/// this house's build, and a limit of the machine holds for everything.
fn bound_memory(more_bytes: u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmData:"));
    let taken_kb: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    // Where the machine does not tell, the time limit alone holds.
    if let Some(taken_kb) = taken_kb {
        let most = taken_kb * 1024 + more_bytes;
        let _bounded = rlimit::setrlimit(rlimit::Resource::DATA, most, most);
    }
}

/// An engine with the tables of the question in it, that only reads.
fn prepare(job: &Job, over: &Arc<AtomicBool>) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(":memory:", flags)?;
    connection
        .execute_batch("pragma temp_store = memory; pragma trusted_schema = off; pragma cell_size_check = on;")?;
    for (at, table) in job.tables.iter().enumerate() {
        let path = table.path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        connection.execute(&format!("attach ?1 as t{at}"), [format!("file:{path}?mode=ro&immutable=1")])?;
        let columns: Vec<String> = table.columns.iter().map(|name| quoted(name)).collect();
        let view = format!("create temp view {} as select {} from t{at}.data", quoted(&table.name), columns.join(", "));
        connection.execute_batch(&view)?;
        // The same with the number of each row, for standards that ask for it.
        let numbered = format!(
            "create temp view {} as select _id as \":id\", {} from t{at}.data",
            quoted(&numbered(&table.name)),
            columns.join(", ")
        );
        connection.execute_batch(&numbered)?;
    }
    functions::register(&connection)?;
    connection.execute_batch("pragma cache_size = -16000; pragma query_only = on;")?;
    let over = Arc::clone(over);
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || over.load(Ordering::Relaxed)))?;
    let names: Vec<String> =
        job.tables.iter().flat_map(|table| [table.name.to_lowercase(), numbered(&table.name).to_lowercase()]).collect();
    connection.authorizer(Some(move |context: AuthContext<'_>| judge::judge(&names, &context)))?;
    Ok(connection)
}

enum Asked {
    Engine(rusqlite::Error),
    Several,
}

impl From<rusqlite::Error> for Asked {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error)
    }
}

fn ask(connection: &Connection, job: &Job) -> Result<Found, Asked> {
    let mut statements = rusqlite::Batch::new(connection, &job.sql);
    let mut statement = statements.next()?.ok_or(Asked::Several)?;
    // What stands behind it and cannot even be read is something else too.
    if !matches!(statements.next(), Ok(None)) || !statement.readonly() {
        return Err(Asked::Several);
    }
    let columns = each_once(statement.column_names().map(str::to_owned));
    let (mut rows, mut bytes, mut cut) = (Vec::new(), 0_usize, None);
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        if rows.len() >= job.limits.rows {
            cut = Some(Cut::Rows);
            break;
        }
        let mut cells = Vec::with_capacity(columns.len());
        for at in 0..columns.len() {
            let cell = row.get_ref(at)?;
            bytes += match cell {
                ValueRef::Text(text) => text.len() + 8,
                _ => 16,
            };
            // Looked at before it is copied: one cell may be as large as the memory.
            if bytes > job.limits.bytes {
                break;
            }
            cells.push(json_of(cell));
        }
        if bytes > job.limits.bytes {
            cut = Some(Cut::Bytes);
            break;
        }
        rows.push(cells);
    }
    Ok(Found { columns, rows, cut })
}

/// Names of an answer, each once: where one is taken, it counts on until one is free. A row as JSON would lose a cell otherwise.
fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let all: Vec<String> = names.collect();
    let mut taken: HashSet<String> = all.iter().cloned().collect();
    let mut own = HashSet::new();
    let mut count_on = |name: String| {
        if own.insert(name.clone()) {
            return name;
        }
        let mut number = 2;
        loop {
            let next = format!("{name}_{number}");
            if taken.insert(next.clone()) {
                return next;
            }
            number += 1;
        }
    };
    all.into_iter().map(&mut count_on).collect()
}

fn json_of(cell: ValueRef<'_>) -> Json {
    match cell {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(value) => json!(value),
        ValueRef::Real(value) => json!(value),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => json!(format!("{} bytes", bytes.len())),
    }
}

fn unanswered(error: &rusqlite::Error, job: &Job, over: bool) -> Unanswered {
    let code = error.sqlite_error_code();
    match code {
        Some(ErrorCode::OperationInterrupted) => Unanswered::TooSlow(job.limits.milliseconds),
        Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => Unanswered::TooLarge(job.limits.memory_bytes),
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => Unanswered::NotAllowed,
        _ if over => Unanswered::TooSlow(job.limits.milliseconds),
        _ => {
            let words = error.to_string();
            if words.contains("not authorized") || words.contains("prohibited") {
                return Unanswered::NotAllowed;
            }
            // The engine says the name it gave a table; people know theirs.
            Unanswered::Misread(words.chars().take(WORDS_LIMIT).collect())
        }
    }
}
