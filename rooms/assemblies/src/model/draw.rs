//! Draws and who was drawn.

use civic::Moment;
use serde::{Deserialize, Serialize};

civic::words! {
    /// What a draw is for.
    Kind {
        /// The first of the assembly.
        First = "first",
        /// All members anew, for a public reason.
        Again = "again",
        /// Seats that fell free.
        Vacancies = "vacancies",
    }
}

civic::words! {
    /// How far a draw is.
    State {
        /// Its seed is made and committed to.
        Committed = "committed",
        /// Its lottery is worked out.
        Working = "working",
        /// Its panels are committed to.
        Prepared = "prepared",
        /// There is no lottery; the engine says why.
        Failed = "failed",
        /// A panel was drawn.
        Drawn = "drawn",
    }
}

civic::words! {
    /// Where somebody stands who was drawn.
    MemberState {
        /// They were written to.
        Asked = "asked",
        /// They take part.
        Accepted = "accepted",
        /// They do not, or do not any more.
        Declined = "declined",
        /// They did not answer in time.
        Silent = "silent",
        /// All members were drawn anew.
        Dismissed = "dismissed",
    }
}

/// What is public of a lottery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Facts {
    /// Seats to fill.
    pub seats: u32,
    /// People in its pool.
    pub volunteers: u64,
    /// SHA-256 of the pool without names.
    pub pool_sha256: String,
    /// SHA-256 of the quotas.
    pub quotas_sha256: String,
    /// SHA-256 of the panels: what was committed to before the draw.
    pub panels_sha256: String,
    /// Panels, each equally likely.
    pub panels: u32,
    /// The smallest chance, in panels.
    pub least: u32,
    /// The greatest chance, in panels.
    pub greatest: u32,
    /// Gini coefficient of the chances, from 0 (all equal) to 1.
    pub gini: f64,
    /// The smallest chance of the fairest lottery there can be, from 0 to 1.
    pub ideal: f64,
    /// Whether it was shown that no lottery is fairer.
    pub proved: bool,
    /// How many people have which chance: tenths of the panels (0 up to 10 %, 10 up to 20 %, …) and people.
    pub spread: Vec<u64>,
    /// Those who declined and those who did not answer, whose seats are filled.
    pub declined: u32,
    /// See `declined`.
    pub silent: u32,
    /// People in the pool by category and feature, where no group is so small that it could name somebody.
    pub pool: Vec<Option<Vec<u32>>>,
    /// Who was drawn, by category and feature, with those who stay.
    pub drawn: Vec<Vec<u32>>,
}

/// A draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// Its number, from 1.
    pub number: i64,
    /// What it is for.
    pub kind: Kind,
    /// Why all members are drawn anew.
    pub reason: String,
    /// The public value that is mixed in, as it was named beforehand; empty for none.
    pub source: String,
    /// The town's part of the seed; secret until the draw.
    pub seed: String,
    /// Its SHA-256, on the record beforehand.
    pub seed_sha256: String,
    /// When that was put on the record.
    pub committed_at: Moment,
    /// How far it is.
    pub state: State,
    /// Since when.
    pub state_at: Moment,
    /// The engine's sentence where there is no lottery.
    pub fault: String,
    /// The public value, once it is known.
    pub value: String,
    /// What is public of its lottery.
    pub facts: Facts,
    /// The number of the panel that was drawn.
    pub panel: Option<i64>,
}

impl Draw {
    /// The words that decide: the town's seed, and behind a blank the public value.
    pub fn whole_seed(&self) -> String {
        if self.value.is_empty() { self.seed.clone() } else { format!("{} {}", self.seed, self.value) }
    }

    /// Whether a panel was drawn.
    pub fn is_drawn(&self) -> bool {
        self.state == State::Drawn
    }
}

/// Somebody who was drawn. Private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// In which draw.
    pub draw: i64,
    /// Their ticket.
    pub ticket: String,
    /// Where they stand.
    pub state: MemberState,
    /// When they were written to.
    pub asked_at: Moment,
    /// Before this moment they answer.
    pub answer_by: Moment,
    /// The draw in which their seat was filled again.
    pub replaced_in: Option<i64>,
}

impl Member {
    /// Where they stand at a moment: who did not answer in time is silent.
    pub fn at(&self, now: Moment) -> MemberState {
        if self.state == MemberState::Asked && self.answer_by <= now { MemberState::Silent } else { self.state }
    }

    /// Whether they hold a seat, or may still take it.
    pub fn sits(&self, now: Moment) -> bool {
        matches!(self.at(now), MemberState::Asked | MemberState::Accepted)
    }

    /// Whether their seat is free and nobody was drawn for it yet.
    pub fn left(&self, now: Moment) -> bool {
        self.replaced_in.is_none() && matches!(self.at(now), MemberState::Declined | MemberState::Silent)
    }
}
