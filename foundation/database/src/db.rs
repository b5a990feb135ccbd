//! The handle on the database.

use crate::{
    DbError, Dialect, Done, MigrationSet, OffRecord, Tx, migrate,
    postgres_side::Postgres,
    sqlite_side::Sqlite,
    waiting::{Answer, Boxed, Waiting, envelope, gone},
};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::Semaphore;

/// Reads without a bound on their length that may run at once.
const LONG_READS: usize = 2;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    Sqlite(PathBuf),
    /// A file that goes away with the handle and need not survive a power cut: for tests.
    Memory,
    /// `postgres://user@host/name`.
    Postgres(String),
}

impl Source {
    /// An address that begins with `postgres:` or `postgresql:`, else a path.
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(PathBuf::from(text))
        }
    }
}

/// The town's database; clones share it.
#[derive(Clone)]
pub struct Db(Arc<Shared>);

struct Shared {
    side: Side,
    long_reads: Semaphore,
}

enum Side {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Opens the database, making the file where there is none.
    ///
    /// # Errors
    /// When the file cannot be opened or the server does not answer.
    pub fn open(source: &Source) -> Result<Self, DbError> {
        let side = match source {
            Source::Sqlite(path) => Side::Sqlite(Sqlite::open(path, false)?),
            Source::Memory => Side::Sqlite(Sqlite::open(&temporary_path(), true)?),
            Source::Postgres(url) => Side::Postgres(Postgres::open(url)?),
        };
        Ok(Self(Arc::new(Shared { side, long_reads: Semaphore::new(LONG_READS) })))
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        match self.0.side {
            Side::Sqlite(_) => Dialect::Sqlite,
            Side::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Brings the tables to what this program needs, forward only.
    ///
    /// # Errors
    /// [`DbError::Migration`] with a sentence when an applied migration was changed, or the database
    /// is newer than this program.
    pub fn migrate(&self, sets: &[MigrationSet]) -> Result<(), DbError> {
        let sets = sets.to_vec();
        self.write_blocking(move |tx| {
            migrate::run(tx, &sets)?;
            tx.commit(OffRecord("tables are not an act of the town"), ())
        })
    }

    /// Runs an act and commits it; answers after the commit has reached the disk.
    ///
    /// The act is in the queue when this function returns, before its future is first polled, so
    /// callers that do not wait for each answer still keep their order (on SQLite).
    ///
    /// # Errors
    /// Those of the act, which then is rolled back alone; those of the database.
    pub fn write<T, E, A>(&self, act: A) -> impl Future<Output = Result<T, E>> + Send + use<T, E, A>
    where
        A: FnOnce(&mut Tx<'_>) -> Result<Done<T>, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.enqueue(Box::new(act), false).heard()
    }

    /// The same for a thread that may wait (never on the runtime's own).
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E>(
        &self,
        act: impl FnOnce(&mut Tx<'_>) -> Result<Done<T>, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.enqueue(Box::new(act), false).heard_here()
    }

    /// A short look by index, in one snapshot. On SQLite it runs on the thread that asks.
    ///
    /// # Errors
    /// Those of the look and of the database.
    pub fn read<T, E, L>(&self, look: L) -> impl Future<Output = Result<T, E>> + Send + use<'_, T, E, L>
    where
        L: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.look(Box::new(look))
    }

    async fn look<T, E>(&self, look: Boxed<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.side {
            Side::Sqlite(sqlite) => look_here(sqlite, look),
            Side::Postgres(_) => self.enqueue(Box::new(move |tx| look(tx).map(Done)), true).heard().await,
        }
    }

    /// A look that may take long, as an export: on threads of its own, a few at once.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_long<T, E>(&self, look: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let _turn = self.0.long_reads.acquire().await;
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.read_blocking(look)).await.unwrap_or_else(|_| Err(gone().into()))
    }

    /// The same for a thread that may wait.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E>(&self, look: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.side {
            Side::Sqlite(sqlite) => look_here(sqlite, Box::new(look)),
            Side::Postgres(_) => self.enqueue(Box::new(move |tx| look(tx).map(Done)), true).heard_here(),
        }
    }

    /// Counts the commits of this process. Other processes are not heard: on PostgreSQL there may be some.
    pub fn commits(&self) -> u64 {
        match &self.0.side {
            Side::Sqlite(sqlite) => sqlite.commits(),
            Side::Postgres(postgres) => postgres.commits(),
        }
    }

    /// Reads all of the database and checks that its pages and indexes belong together. PostgreSQL has its own tools for that.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check_integrity(&self) -> Result<(), DbError> {
        match &self.0.side {
            Side::Sqlite(sqlite) => sqlite.check_integrity(),
            Side::Postgres(_) => Err(DbError::Other("check PostgreSQL with pg_amcheck".to_owned())),
        }
    }

    /// Makes what was deleted impossible to find in the file: SQLite writes its file anew and empties its log, while acts wait.
    /// It needs as much free disk again as the file has. PostgreSQL frees the space by itself and reuses it (`vacuum`); when
    /// its old bytes are overwritten is not in our hands.
    ///
    /// # Errors
    /// When somebody reads all the time, or the disk is full; nothing is lost then, and it can be tried again.
    pub async fn scrub(&self) -> Result<(), DbError> {
        let db = self.clone();
        let scrubbed = tokio::task::spawn_blocking(move || match &db.0.side {
            Side::Sqlite(sqlite) => sqlite.scrub(),
            Side::Postgres(_) => Ok(()),
        });
        scrubbed.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Finishes what waits, then closes.
    pub fn close(&self) {
        match &self.0.side {
            Side::Sqlite(sqlite) => sqlite.close(),
            Side::Postgres(postgres) => postgres.close(),
        }
    }

    fn enqueue<T, E>(&self, act: Boxed<Done<T>, E>, read: bool) -> Answer<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (act, answer) = envelope(act);
        self.queue(act, read);
        answer
    }

    fn queue(&self, act: Waiting, read: bool) {
        let queued = match &self.0.side {
            Side::Sqlite(sqlite) => sqlite.enqueue(act),
            Side::Postgres(postgres) => postgres.enqueue(act, read),
        };
        if let Err((error, act)) = queued {
            act.answer(Err(error));
        }
    }
}

/// Looks on this thread.
fn look_here<T, E: From<DbError>>(sqlite: &Sqlite, look: Boxed<T, E>) -> Result<T, E> {
    let (mut look, mut found) = (Some(look), None);
    sqlite.read(&mut |tx| found = look.take().map(|look| look(tx)))?;
    found.unwrap_or_else(|| Err(gone().into()))
}

/// A name no other handle of this machine uses: process, and a number that only grows.
fn temporary_path() -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("polity-{}-{number}.db", std::process::id()))
}
