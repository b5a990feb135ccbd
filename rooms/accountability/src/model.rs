//! The nouns of the room.

use civic::{Code, Currency, LocalText, Moment, Money, OrganisationId, Place, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

/// The kind of this room's subjects.
pub const COMMITMENT: SubjectKind = SubjectKind("commitment");
/// The kind of the steps of a commitment: a photo of what was done hangs under its step.
pub const STEP: SubjectKind = SubjectKind("commitment-step");

/// Characters a title may have, in each language.
pub const TITLE_LIMIT: usize = 140;
/// Characters a summary may have, in each language.
pub const SUMMARY_LIMIT: usize = 3_000;
/// Characters the words of a step may have.
pub const WORDS_LIMIT: usize = 4_000;
/// Characters the address of some evidence may have.
pub const LINK_LIMIT: usize = 1_000;
/// Milestones one commitment may have.
pub const MILESTONES_LIMIT: usize = 20;
/// Years ahead for which something may be promised.
pub const YEARS_LIMIT: i64 = 30;
/// Answers below which it is not shown how many said that something helped.
pub const SMALL_COUNT: i64 = 5;
/// Days after something was kept in which people may say whether it helped.
pub const HELPED_DAYS: i64 = 365;

/// Something a public body promised to do by a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// What people call it, as `K-7K2M`.
    pub code: Code,
    /// Who promised it.
    pub organisation: OrganisationId,
    /// What was promised, in the words in which it was promised: these are never changed.
    pub title: LocalText,
    /// More about it.
    pub summary: Option<LocalText>,
    /// The code of its district, where it is in one.
    pub district: Option<String>,
    /// Where it is.
    pub place: Option<Place>,
    /// What it costs.
    pub spending: Spending,
    /// Where it stands, as far as people said so.
    pub state: State,
    /// When it was promised.
    pub promised_at: Moment,
    /// The end of the day by which it is promised.
    pub due_at: Moment,
    /// When something public last changed.
    pub updated_at: Moment,
    /// Counts changes; a form made from an older version is stale.
    pub version: i64,
}

impl Commitment {
    /// The subject under which comments, followers, links and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(COMMITMENT, self.code.as_str())
    }

    /// Where it stands at `now`: late by the clock, whatever was said.
    pub fn standing(&self, now: Moment) -> Standing {
        match self.state {
            State::Promised | State::UnderWay { .. } if self.due_at < now => Standing::Late,
            State::Promised => Standing::Promised,
            State::UnderWay { .. } => Standing::UnderWay,
            State::Kept { .. } => Standing::Kept,
            State::Broken { .. } => Standing::Broken,
            State::Dropped { .. } => Standing::Dropped,
        }
    }
}

/// Money of a commitment, each in cents and known or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// What it is counted in.
    pub currency: Currency,
    /// What may be spent.
    pub budgeted_cents: Option<i64>,
    /// What was ordered.
    pub contracted_cents: Option<i64>,
    /// What was paid.
    pub paid_cents: Option<i64>,
}

impl Spending {
    /// An amount in this currency.
    pub fn money(&self, amount_cents: i64) -> Money {
        Money { amount_cents, currency: self.currency }
    }

    /// Whether more was ordered or paid than may be spent.
    pub fn is_over(&self) -> bool {
        let most = self.contracted_cents.max(self.paid_cents);
        self.budgeted_cents.zip(most).is_some_and(|(budgeted, spent)| spent > budgeted)
    }
}

/// Where a commitment stands, with what is true only then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was promised, and not begun.
    Promised,
    /// Somebody works on it.
    UnderWay {
        /// Since when.
        since: Moment,
    },
    /// It was done.
    Kept {
        /// When.
        at: Moment,
    },
    /// It was not done, and will not be as it was promised.
    Broken {
        /// When the town said so.
        at: Moment,
    },
    /// It is no longer wanted or possible.
    Dropped {
        /// When.
        at: Moment,
    },
}

impl State {
    /// As in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Promised => "promised",
            Self::UnderWay { .. } => "under-way",
            Self::Kept { .. } => "kept",
            Self::Broken { .. } => "broken",
            Self::Dropped { .. } => "dropped",
        }
    }

    /// When it ended, if it did.
    pub fn closed_at(&self) -> Option<Moment> {
        match self {
            Self::Promised | Self::UnderWay { .. } => None,
            Self::Kept { at } | Self::Broken { at } | Self::Dropped { at } => Some(*at),
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(&self) -> bool {
        self.closed_at().is_none()
    }
}

/// The word of where a commitment stands, with lateness: for filters, chips and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// See [`State::Promised`].
    Promised,
    /// See [`State::UnderWay`].
    UnderWay,
    /// Open although its day has passed.
    Late,
    /// See [`State::Kept`].
    Kept,
    /// See [`State::Broken`].
    Broken,
    /// See [`State::Dropped`].
    Dropped,
}

impl Standing {
    /// All of them, in the order of a commitment's life.
    pub const ALL: [Self; 6] = [Self::Promised, Self::UnderWay, Self::Late, Self::Kept, Self::Broken, Self::Dropped];

    /// As in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Promised => "promised",
            Self::UnderWay => "under-way",
            Self::Late => "late",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Dropped => "dropped",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Promised => "commitment-promised",
            Self::UnderWay => "commitment-under-way",
            Self::Late => "commitment-late",
            Self::Kept => "commitment-kept",
            Self::Broken => "commitment-broken",
            Self::Dropped => "commitment-dropped",
        }
    }

    /// The colour of its chip.
    pub fn chip(self) -> &'static str {
        match self {
            Self::Promised => "p",
            Self::UnderWay => "b",
            Self::Late | Self::Broken => "r",
            Self::Kept => "g",
            Self::Dropped => "k",
        }
    }
}

impl FromStr for Standing {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|standing| standing.word() == text).ok_or(())
    }
}

/// A part of a commitment with a day of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Its place among the others, counting from 1.
    pub position: i64,
    /// What it is.
    pub title: String,
    /// The end of the day by which it is to be reached.
    pub due_at: Moment,
    /// When it was reached.
    pub done_at: Option<Moment>,
}

/// One step of a commitment's life. Never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The id of its entry in the record.
    pub id: String,
    /// When.
    pub at: Moment,
    /// What was said, as `commitment.kept`.
    pub saying: String,
    /// The pseudonym of who acted.
    pub actor: String,
    /// The code of the organisation they spoke for; empty for the town's own clock.
    pub agency: String,
    /// The words that came with it; may be empty.
    pub body: String,
    /// The address of evidence elsewhere; may be empty.
    pub link: String,
    /// What changed, as pairs of codes and numbers.
    pub detail: BTreeMap<String, String>,
}

/// Whether it helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Helped {
    /// It did.
    Yes,
    /// Only in part.
    Partly,
    /// It did not.
    No,
}

impl Helped {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// As in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "helped-yes",
            Self::Partly => "helped-partly",
            Self::No => "helped-no",
        }
    }
}

impl FromStr for Helped {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|answer| answer.word() == text).ok_or(())
    }
}

/// What those who asked said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opinions {
    /// How many said that it helped.
    pub yes: i64,
    /// How many said that it helped in part.
    pub partly: i64,
    /// How many said that it did not.
    pub no: i64,
}

impl Opinions {
    /// How many answered.
    pub fn all(&self) -> i64 {
        self.yes + self.partly + self.no
    }

    /// The same, where enough answered that nobody's own answer shows.
    pub fn shown(self) -> Option<Self> {
        (self.all() >= SMALL_COUNT).then_some(self)
    }
}
