//! What facilitators write about a conversation, and the figures that stood when it was published.

use civic::{LocalText, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What it is called.
    pub heading: LocalText,
    /// What the facilitators say, in a small part of CommonMark; empty for nothing.
    pub words: LocalText,
    /// The statements it shows, by number, in this order.
    pub statements: Vec<i64>,
    /// The promises it shows, by number, in this order.
    pub promises: Vec<i64>,
}

/// What a report says, part by part.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReportContent {
    /// The parts, in order.
    pub sections: Vec<Section>,
}

impl ReportContent {
    /// The statements it shows, each once, by number.
    pub fn statements(&self) -> Vec<i64> {
        distinct(self.sections.iter().flat_map(|one| &one.statements))
    }

    /// The promises it shows, each once, by number.
    pub fn promises(&self) -> Vec<i64> {
        distinct(self.sections.iter().flat_map(|one| &one.promises))
    }
}

fn distinct<'n>(numbers: impl Iterator<Item = &'n i64>) -> Vec<i64> {
    let mut all: Vec<i64> = numbers.copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The draft of a report, kept until somebody changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportDraft {
    /// Counts its changes and its publishings; a form made from an older one is stale.
    pub version: i64,
    /// What it says so far.
    pub content: ReportContent,
    /// When it was kept last.
    pub at: Moment,
}

civic::words! {
    /// What an edition says.
    EditionState {
        /// What stands in it.
        Report = "report",
        /// That there is no report any more.
        Withdrawn = "withdrawn",
    }
}

/// An edition of a report. It never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Counts the editions of a conversation, from 1.
    pub number: i64,
    /// Whether it is a report, or takes the one before back.
    pub state: EditionState,
    /// The older edition whose words and figures it puts in force again.
    pub restored: Option<i64>,
    /// Why there is another edition, in the words of a facilitator; empty for the first.
    pub reason: String,
    /// What it says.
    pub content: ReportContent,
    /// The figures that stood when it was published, as JSON of [`Frozen`]; the record has the SHA-256 of these bytes. Empty
    /// where it takes a report back.
    pub figures: String,
    /// When it was published.
    pub at: Moment,
}

impl Edition {
    /// The figures; nothing where it takes a report back.
    pub fn frozen(&self) -> Option<Frozen> {
        serde_json::from_str(&self.figures).ok()
    }
}

/// The figures of a map that a report shows, as they were. What fewer than five people answered is not told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Frozen {
    /// Counts the drawings of the map.
    pub map_version: i64,
    /// When the map was drawn, in UTC.
    pub map_drawn_at: String,
    /// Where all chance in the map comes from.
    pub seed: u64,
    /// How many people answered at least one statement.
    pub people: usize,
    /// How many answered enough to be on the map.
    pub people_on_map: usize,
    /// How many answers counted.
    pub answers: usize,
    /// `clear`, `gradual`, `no-clear-groups` or `not-measured`.
    pub clarity: String,
    /// How many people each group had; empty where one had fewer than five, or there is only one.
    pub groups: Vec<usize>,
    /// The statements that are shown, by number.
    pub statements: Vec<FrozenStatement>,
}

impl Frozen {
    /// The figures of a statement.
    pub fn of(&self, number: i64) -> Option<&FrozenStatement> {
        self.statements.iter().find(|one| one.number == number)
    }
}

/// How a statement had been answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FrozenStatement {
    /// Its number.
    pub number: i64,
    /// Who agreed, who disagreed, who passed; `null` where too few had answered to tell.
    pub counts: Option<[u32; 3]>,
    /// Who agreed, who disagreed, who answered it, of each group; empty where one of the groups has too few to tell.
    pub groups: Vec<[u32; 3]>,
    /// Product over the groups of (agrees + 1) / (seen + 2); `null` where groups are not told.
    pub group_informed: Option<f64>,
}
