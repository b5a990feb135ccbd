//! The one place where the real clock and real randomness enter.
#![expect(clippy::disallowed_methods, reason = "this is the shell that the rest is handed its clock and chance by")]

use civic::{Chance, Clock, Moment};

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment::from(jiff::Timestamp::now())
    }
}

/// The clock of the machine, set back by a fixed time and going on from there: for the demo.
pub struct SetBackClock {
    /// Microseconds between the machine's time and this clock's.
    pub behind_micros: i64,
}

impl Clock for SetBackClock {
    fn now(&self) -> Moment {
        Moment(SystemClock.now().micros() - self.behind_micros)
    }
}

/// The randomness of the operating system.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("a machine without randomness can keep no secret");
    }
}
