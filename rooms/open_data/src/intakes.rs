//! Files that take longer than anybody waits: kept first, then taken in beside everything else, to be watched, stopped, and gone on
//! with after a restart.

mod pages;
mod run;

pub use pages::{Line, lines, routes, see};
pub use run::{begin, go_on, sweep, told_within};

use civic::{Language, Moment, OrganisationId};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicI64, Ordering};
use tables::{Step, Wish};
use tokio::sync::Semaphore;

/// Bytes from which on a file that is handed in is not waited for.
pub const AT_ONCE_BYTES: usize = 4 * 1024 * 1024;
/// Intakes of one node that read at a time: each may need some times the memory of its file.
const TURNS: usize = 1;

/// A file that is being taken in, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// Its id (a UUID).
    pub id: String,
    /// The id of the dataset.
    pub dataset: String,
    /// For whom it was handed in.
    pub organisation: OrganisationId,
    /// The resource whose file is replaced; `None` where one is added.
    pub resource: Option<String>,
    /// Its bytes, once they are kept.
    pub file_id: Option<String>,
    /// From where they are fetched before; empty for what was handed in.
    pub url: String,
    /// What is said of it.
    pub doing: Doing,
    /// The pseudonym of who handed it in.
    pub actor: String,
    /// In which language it is answered.
    pub language: Language,
    /// What came of it.
    pub outcome: Outcome,
    /// What is being done.
    pub step: Step,
    /// How many parts of the step are done: bytes while fetching, lines and rows otherwise.
    pub done: i64,
    /// Of how many; 0 where that is not known.
    pub whole: i64,
    /// How much of all the work is done.
    pub percent: i64,
    /// How often it was begun.
    pub attempts: i64,
    /// Who is at it, another name for each beginning.
    pub runner: String,
    /// Why it was refused, in the language of who handed it in; empty otherwise.
    pub trouble: String,
    /// When it was handed in.
    pub made_at: Moment,
}

/// What is said of a file that is being taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doing {
    /// What its sender calls it.
    pub file_name: String,
    /// How many bytes it has; 0 while they are not here.
    pub size_bytes: u64,
    /// What people call what is in it.
    pub name: String,
    /// What is in it.
    pub description: String,
    /// What its columns are declared to be.
    pub schema: String,
    /// How its sender says that it is written.
    pub wish: Wish,
    /// After how many days it is fetched again; 0 for never.
    pub every_days: i64,
    /// Whether the file whose place it takes is taken away for good.
    pub forgets: bool,
    /// The ids of its tables to be: the same each time it is begun, so that nothing is left of a time before.
    pub ids: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Waiting,
    /// Its tables stand in the dataset.
    Done,
    /// Somebody stopped it; nothing of it is kept.
    Cancelled,
    /// It cannot be taken in; nothing of it is kept.
    Refused,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Waiting, Self::Done, Self::Cancelled, Self::Refused];

    /// As in the database and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }

    /// The outcome of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Seconds between two looks at what is left on the shelf.
const SWEEP_SECONDS: i64 = 3_600;

/// Whose turn it is to read on this node, and when its shelf was last looked at.
pub struct Turns(Semaphore, AtomicI64);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(TURNS), AtomicI64::new(0))
    }
}

impl Turns {
    /// Whether the shelf is to be looked at now; true once an hour.
    fn is_time_to_sweep(&self, now: Moment) -> bool {
        let last = self.1.load(Ordering::Relaxed);
        let is_time = now >= Moment(last).plus_seconds(SWEEP_SECONDS);
        if is_time {
            self.1.store(now.micros(), Ordering::Relaxed);
        }
        is_time
    }
}
