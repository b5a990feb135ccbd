//! PostgreSQL: a fixed number of threads, each with its own connection, taking acts from one queue.

use crate::{DbError, Param, Tx, waiting::Waiting};
use postgres::{Client, NoTls, Statement, types::ToSql};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

/// Connections one process opens.
const CONNECTIONS: usize = 8;
/// Prepared statements each connection keeps.
const STATEMENTS_KEPT: usize = 256;
/// Pause before connecting again, growing to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// How a write and a read begin.
const WRITE: &str = "begin";
const READ: &str = "begin isolation level repeatable read read only";

pub(crate) struct Postgres {
    queue: Mutex<Option<mpsc::SyncSender<Turn>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    commits: Arc<AtomicU64>,
}

/// A write or a read that waits for a connection.
struct Turn {
    act: Waiting,
    begin: &'static str,
}

pub(crate) struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Postgres {
    pub(crate) fn open(url: &str) -> Result<Self, DbError> {
        let config: postgres::Config = url
            .parse()
            .map_err(|error: postgres::Error| DbError::Unavailable(format!("the address of the database: {error}")))?;
        // The first connection is made here, so that a wrong address is told at once.
        let first = connect(&config)?;
        let (queue, waiting) = mpsc::sync_channel(crate::sqlite_side::QUEUE_LIMIT);
        let waiting = Arc::new(Mutex::new(waiting));
        let mut first = Some(first);
        let mut threads = Vec::new();
        let commits = Arc::new(AtomicU64::new(0));
        for number in 0..CONNECTIONS {
            let (config, waiting, ready) = (config.clone(), Arc::clone(&waiting), first.take());
            let counted = Arc::clone(&commits);
            let thread = std::thread::Builder::new()
                .name(format!("postgres-{number}"))
                .spawn(move || take_turns(&config, &waiting, ready, &counted))
                .map_err(|error| DbError::Unavailable(error.to_string()))?;
            threads.push(thread);
        }
        Ok(Self { queue: Mutex::new(Some(queue)), threads: Mutex::new(threads), commits })
    }

    pub(crate) fn enqueue(&self, act: Waiting, read: bool) -> Result<(), (DbError, Waiting)> {
        let begin = if read { READ } else { WRITE };
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(queue) = queue else {
            return Err((DbError::Unavailable("the database is closed".to_owned()), act));
        };
        queue.try_send(Turn { act, begin }).map_err(|error| match error {
            mpsc::TrySendError::Full(turn) => (DbError::Busy, turn.act),
            mpsc::TrySendError::Disconnected(turn) => {
                (DbError::Unavailable("no connection is left".to_owned()), turn.act)
            }
        })
    }

    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    pub(crate) fn close(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        for thread in self.threads.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.close();
    }
}

fn connect(config: &postgres::Config) -> Result<Connection, DbError> {
    let client = config.connect(NoTls).map_err(|error| DbError::Unavailable(error.to_string()))?;
    Ok(Connection { client, statements: HashMap::new() })
}

/// One thread's life: take a turn, run it in a transaction, answer; connect again when the server went away.
fn take_turns(
    config: &postgres::Config,
    waiting: &Mutex<mpsc::Receiver<Turn>>,
    mut ready: Option<Connection>,
    commits: &AtomicU64,
) {
    let mut pause = FIRST_PAUSE;
    loop {
        let turn = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Turn { mut act, begin }) = turn else { return };
        if ready.as_ref().is_none_or(|connection| connection.client.is_closed()) {
            ready = connect(config).ok();
        }
        let Some(connection) = ready.as_mut() else {
            act.answer(Err(DbError::Unavailable("PostgreSQL does not answer".to_owned())));
            std::thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
            continue;
        };
        pause = FIRST_PAUSE;
        let committed = connection.in_transaction(&mut act, begin);
        if begin == WRITE {
            // Before the answer, so that whoever was answered finds the count changed.
            commits.fetch_add(1, Ordering::Release);
        }
        act.answer(committed);
    }
}

impl Connection {
    fn in_transaction(&mut self, act: &mut Waiting, begin: &'static str) -> Result<(), DbError> {
        self.batch(begin)?;
        if act.run(&mut Tx::postgres(self)) {
            return self.batch("commit");
        }
        self.batch("rollback")
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.client.batch_execute(sql).map_err(DbError::from)
    }

    pub(crate) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, DbError> {
        let statement = self.statement(sql)?;
        self.client.execute(&statement, &bound(params)).map_err(DbError::from)
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Vec<postgres::Row>, DbError> {
        let statement = self.statement(sql)?;
        self.client.query(&statement, &bound(params)).map_err(DbError::from)
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        if self.statements.len() >= STATEMENTS_KEPT {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn bound<'p>(params: &'p [Param<'_>]) -> Vec<&'p (dyn ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn ToSql + Sync)).collect()
}
