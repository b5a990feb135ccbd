//! How far the taking in of a file is: written by who reads, read by who shows it, and the way to make it stop.

use crate::Refused;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// What is being done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It waits for its turn.
    Waiting,
    /// Its bytes come from an address.
    Fetching,
    /// It is opened: unpacked, and its text or cells are found.
    Opening,
    /// Every cell is looked at, to know what the columns are.
    Looking,
    /// Rows are written.
    Writing,
}

impl Step {
    const ALL: [Self; 5] = [Self::Waiting, Self::Fetching, Self::Opening, Self::Looking, Self::Writing];

    /// The word for it in databases and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Fetching => "fetching",
            Self::Opening => "opening",
            Self::Looking => "looking",
            Self::Writing => "writing",
        }
    }

    /// The step of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// How far it is. Shared between threads; what is read of it may be a moment old.
#[derive(Debug, Default)]
pub struct Progress {
    step: AtomicU8,
    done: AtomicU64,
    whole: AtomicU64,
    sheet: AtomicU64,
    sheets: AtomicU64,
    stopped: AtomicBool,
}

impl Progress {
    /// Begins a step of `whole` parts: bytes while fetching, lines and rows otherwise; 0 where it is not known.
    pub fn begin(&self, step: Step, whole: u64) {
        let number = Step::ALL.iter().position(|one| *one == step).unwrap_or(0);
        self.step.store(u8::try_from(number).unwrap_or(0), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.whole.store(whole, Ordering::Relaxed);
    }

    /// Says which of how many sheets comes now, from 0.
    pub fn turn_to(&self, sheet: u64, sheets: u64) {
        self.sheet.store(sheet, Ordering::Relaxed);
        self.sheets.store(sheets, Ordering::Relaxed);
    }

    /// Roughly how much of all the work is done, in percent. It never says that it is all.
    pub fn percent(&self) -> u64 {
        let (step, done, whole) = self.now();
        let within = |from: u64, to: u64| from + (to - from) * done.min(whole) / whole.max(1);
        let of_sheet = match step {
            Step::Waiting => return 0,
            Step::Fetching => return within(0, 30),
            Step::Opening => return 30,
            Step::Looking => within(0, 40),
            Step::Writing => within(40, 100),
        };
        let sheets = self.sheets.load(Ordering::Relaxed).max(1);
        (35 + 65 * (self.sheet.load(Ordering::Relaxed).min(sheets) * 100 + of_sheet) / (sheets * 100)).min(99)
    }

    /// Says how many parts are done.
    ///
    /// # Errors
    /// [`Refused::Stopped`] once somebody wants it to stop.
    pub fn reach(&self, done: u64) -> Result<(), Refused> {
        self.done.store(done, Ordering::Relaxed);
        self.go_on()
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Refused::Stopped`] once somebody wants it to stop.
    pub fn go_on(&self) -> Result<(), Refused> {
        if self.stopped.load(Ordering::Relaxed) { Err(Refused::Stopped) } else { Ok(()) }
    }

    /// Makes it stop at the next look, which is after some hundred rows; while a file is opened, when it is open.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// The step, how many parts of it are done, and of how many (0 where that is not known).
    pub fn now(&self) -> (Step, u64, u64) {
        let step = Step::ALL.get(usize::from(self.step.load(Ordering::Relaxed))).copied().unwrap_or(Step::Waiting);
        (step, self.done.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, Step};
    use crate::Refused;

    #[test]
    fn what_is_stopped_does_not_go_on() {
        let progress = Progress::default();
        progress.begin(Step::Writing, 10);
        progress.reach(3).unwrap();
        assert_eq!(progress.now(), (Step::Writing, 3, 10));
        progress.turn_to(1, 2);
        assert_eq!(progress.percent(), 35 + 65 * 158 / 200);
        progress.stop();
        assert_eq!(progress.reach(4), Err(Refused::Stopped));
        assert!(Step::ALL.into_iter().all(|step| Step::of(step.word()) == Some(step)));
    }
}
