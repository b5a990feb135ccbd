//! What a machine drafted, and what facilitators made of it.

use civic::{Language, Moment};
use serde::{Deserialize, Serialize};

civic::words! {
    /// Where a draft stands.
    DraftState {
        /// The machine was asked.
        Asked = "asked",
        /// It did not write one.
        Failed = "failed",
        /// A facilitator has to decide.
        Waiting = "waiting",
        /// It is public, as a facilitator left it.
        Published = "published",
        /// A facilitator did not want it, or took it back.
        Rejected = "rejected",
        /// A later one took its place.
        Replaced = "replaced",
    }
}

/// A sentence with the statements it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The sentence.
    pub text: String,
    /// The numbers of the statements, in order, at least one.
    pub statements: Vec<i64>,
}

/// A name for a group of the map a draft was written from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// The group, from 0.
    pub group: usize,
    /// The name.
    pub name: String,
    /// The numbers of the statements it rests on, in order, at least one.
    pub statements: Vec<i64>,
}

/// What a draft says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftContent {
    /// The summary, sentence by sentence.
    pub summary: Vec<Cited>,
    /// Names for groups.
    pub groups: Vec<GroupName>,
}

impl DraftContent {
    /// The same with only what rests on statements of which `stands` is true.
    #[must_use]
    pub fn resting_on(&self, stands: impl Fn(i64) -> bool) -> Self {
        let all = |statements: &[i64]| statements.iter().all(|number| stands(*number));
        Self {
            summary: self.summary.iter().filter(|one| all(&one.statements)).cloned().collect(),
            groups: self.groups.iter().filter(|one| all(&one.statements)).cloned().collect(),
        }
    }
}

/// A draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Counts the drafts of a conversation.
    pub number: i64,
    /// Where it stands.
    pub state: DraftState,
    /// The language it is written in.
    pub language: Language,
    /// When it was asked for.
    pub asked_at: Moment,
    /// The handle of who asked for it.
    pub asked_by: String,
    /// When the machine had done.
    pub done_at: Option<Moment>,
    /// Why there is none, as a code; empty when there is one.
    pub problem: String,
    /// Which machine wrote it: the model, and the host that was asked.
    pub machine: String,
    /// When the map was drawn from which it was written.
    pub map_drawn_at: String,
    /// How many sentences and names were left out.
    pub left_out: i64,
    /// What it says.
    pub content: DraftContent,
    /// When a facilitator decided.
    pub decided_at: Option<Moment>,
}
