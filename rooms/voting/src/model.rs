//! What a vote is: its question, who may answer it and how it is counted.

use crate::{areas::Areas, paper::PaperCounts, roll::Eligible, rule::Rule};
use civic::{Code, Currency, LocalText, Moment, Subject, SubjectKind, words};
use serde::{Deserialize, Serialize};

/// The kind of subject that votes are.
pub const VOTE: SubjectKind = SubjectKind("vote");
/// The kind of subject that what is voted on is: `V-7K2M.03`.
pub const OPTION: SubjectKind = SubjectKind("vote-option");

/// What one can vote on in one vote that the town holds itself.
pub const OPTIONS_LIMIT: usize = 150;
/// The same in a vote of the past that is taken over.
pub const IMPORTED_OPTIONS_LIMIT: usize = 2_000;
/// Ballots in a vote of the past that is taken over.
pub const IMPORTED_BALLOTS_LIMIT: usize = 500_000;
/// Characters of a title.
pub const TITLE_LIMIT: usize = 160;
/// Characters of an explanation.
pub const TEXT_LIMIT: usize = 4_000;
/// The largest budget and the largest cost, in cents.
pub const AMOUNT_LIMIT_CENTS: i64 = 1_000_000_000_000;
/// Days a vote may be open.
pub const OPEN_DAYS_LIMIT: i64 = 366;
/// Points a voter may have to give.
pub const POINTS_LIMIT: u16 = 1_000;
/// The grades of majority judgment, the best first; their names are messages `grade-0` to `grade-5`.
pub const GRADES: u16 = 6;
/// The highest score of score voting.
pub const HIGHEST_SCORE: u16 = 5;

words! {
    /// Who may vote.
    Voters {
        /// Everybody with an account.
        Residents = "residents",
        /// People whose accounts the town put on the roll.
        Roll = "roll",
        /// Whoever holds a code that the town made and handed out.
        Codes = "codes",
    }
}

impl Voters {
    /// Whether one must be on the roll to vote.
    pub fn needs_roll(self) -> bool {
        matches!(self, Self::Roll | Self::Codes)
    }
}

words! {
    /// By which way a ballot came.
    Channel {
        /// On these pages.
        Online = "online",
        /// On paper, entered by two clerks.
        Paper = "paper",
        /// Spoken to a clerk who wrote it down, entered by two clerks.
        Assisted = "assisted",
    }
}

words! {
    /// Where a vote comes from.
    Origin {
        /// It was held here.
        Held = "held",
        /// It was held elsewhere and taken over from its file.
        Imported = "imported",
        /// Its ballots were made up by a program, to show what a vote looks like.
        Simulated = "simulated",
    }
}

/// What a voter can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BallotKind {
    /// Exactly one.
    One,
    /// Any of them, at most so many.
    Approval {
        /// At most.
        most: u16,
    },
    /// Any of them, as long as their costs fit the budget together.
    Cart,
    /// An order, the best first, of at most so many.
    Ranking {
        /// At most.
        most: u16,
    },
    /// Points, so many in all.
    Points {
        /// In all.
        total: u16,
    },
    /// A score for each, from 0.
    Score {
        /// The highest.
        highest: u16,
    },
    /// A grade for each, of [`GRADES`].
    Grades,
}

impl BallotKind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Approval { .. } => "approval",
            Self::Cart => "cart",
            Self::Ranking { .. } => "ranking",
            Self::Points { .. } => "points",
            Self::Score { .. } => "score",
            Self::Grades => "grades",
        }
    }

    /// The number that goes with it: how many at most, or points in all.
    pub fn number(self) -> Option<u16> {
        match self {
            Self::Approval { most: number } | Self::Ranking { most: number } | Self::Points { total: number } => {
                Some(number)
            }
            Self::Score { highest } => Some(highest),
            Self::One | Self::Cart | Self::Grades => None,
        }
    }

    /// Whether entries carry a number (points, scores, grades).
    pub fn has_values(self) -> bool {
        matches!(self, Self::Points { .. } | Self::Score { .. } | Self::Grades)
    }
}

/// Something to vote for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VoteOption {
    /// Its id on ballots and in files, as `03`; never used twice in a vote.
    pub id: String,
    /// What people call it.
    pub title: LocalText,
    /// It in a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalText>,
    /// What it costs, in cents; 0 in a poll.
    #[serde(default)]
    pub cost_cents: i64,
    /// The code of its district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// What it grew from, as a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Subject>,
    /// What offered it among others, as a process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_by: Option<Subject>,
}

/// Everything that must not change once a vote is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// What people call the vote.
    pub title: LocalText,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalText>,
    /// From when on ballots are taken.
    pub opens_at: Moment,
    /// From when on none are taken.
    pub closes_at: Moment,
    /// Who may vote.
    pub voters: Voters,
    /// What the roll must say of a voter besides.
    #[serde(default, skip_serializing_if = "Eligible::is_everybody")]
    pub eligible: Eligible,
    /// Whether ballots on paper are entered too.
    pub paper: bool,
    /// What may be spent in all, in cents, and its currency; `None` in a poll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// The budget in parts, where districts have sums of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<Areas>,
    /// What a voter can say.
    pub ballot: BallotKind,
    /// How it is counted.
    pub rule: Rule,
    /// What is voted on, in the order of the ballot.
    pub options: Vec<VoteOption>,
    /// The number of the next option.
    pub next_option: u32,
}

/// What may be spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// In cents.
    pub cents: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Definition {
    /// The place of the option with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.options.iter().position(|option| option.id == id)
    }

    /// What the budget is, 0 in a poll.
    pub fn budget_cents(&self) -> i64 {
        self.budget.map_or(0, |budget| budget.cents)
    }

    /// Its SHA-256 in hexadecimal, by which the record pins it.
    pub fn sha256(&self) -> String {
        use sha2::Digest as _;
        let text = serde_json::to_value(self).map(|value| value.to_string()).unwrap_or_default();
        hex::encode(sha2::Sha256::digest(text))
    }
}

/// Where a vote stands in the database; see [`Phase`] for where it stands on the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Only its makers see it.
    Draft,
    /// Everybody sees it; it opens and closes by the clock.
    Published,
    /// The clock has closed it for good; its ballots wait to be counted.
    Closed,
    /// It has a result.
    Decided,
    /// It was counted, and the rule gives no result, for this reason.
    Undecided {
        /// The engine's sentence, in English.
        why: String,
    },
    /// It was taken back before it opened, for this reason.
    Withdrawn {
        /// The reason, in the town's words.
        why: String,
    },
}

impl State {
    /// Its word in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Closed => "closed",
            Self::Decided => "decided",
            Self::Undecided { .. } => "undecided",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The text that goes with it.
    pub fn text(&self) -> &str {
        match self {
            Self::Undecided { why } | Self::Withdrawn { why } => why,
            _ => "",
        }
    }

    /// The state of this word and text.
    pub fn of(word: &str, text: String) -> Option<Self> {
        Some(match word {
            "draft" => Self::Draft,
            "published" => Self::Published,
            "closed" => Self::Closed,
            "decided" => Self::Decided,
            "undecided" => Self::Undecided { why: text },
            "withdrawn" => Self::Withdrawn { why: text },
            _ => return None,
        })
    }
}

words! {
    /// Where a vote stands now.
    Phase {
        /// Only its makers see it.
        Draft = "draft",
        /// It opens later.
        Announced = "announced",
        /// Ballots are taken.
        Open = "open",
        /// No more ballots are taken; they are being counted.
        Counting = "counting",
        /// There is a result.
        Decided = "decided",
        /// It was counted without a result.
        Undecided = "undecided",
        /// It was taken back before it opened.
        Withdrawn = "withdrawn",
    }
}

/// How many voted, by channel, in the order of [`Channel::ALL`].
pub type Turnout = std::collections::BTreeMap<Channel, i64>;

/// A vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Vote {
    /// Its reference, as `V-7K2M`.
    pub code: Code,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: Moment,
    /// What must not change once it is open.
    pub definition: Definition,
    /// Where it comes from.
    pub origin: Origin,
    /// The fingerprint of the key of its ballot box.
    pub key_print: String,
    /// Whether the clerks are done with the ballots on paper.
    pub paper_done: bool,
    /// What became of the ballots on paper, once the clerks are done.
    pub paper_counts: PaperCounts,
    /// How many voted; known from the close on.
    pub turnout: Turnout,
    /// When it was begun.
    pub created_at: Moment,
    /// Counts its changes.
    pub version: i64,
}

impl Vote {
    /// As a subject.
    pub fn subject(&self) -> Subject {
        Subject::new(VOTE, self.code.as_str())
    }

    /// An option as a subject.
    pub fn option_subject(&self, option: &str) -> Subject {
        Subject::new(OPTION, format!("{}.{option}", self.code))
    }

    /// Whether it is about a budget.
    pub fn is_budget(&self) -> bool {
        self.definition.budget.is_some()
    }

    /// All who voted.
    pub fn voted(&self) -> i64 {
        self.turnout.values().sum()
    }

    /// The ballots that are counted: all that were cast but those on paper that are blank, spoilt or not there.
    pub fn counted(&self) -> i64 {
        self.voted() - self.paper_counts.values().map(|counts| counts.marked - counts.counted).sum::<i64>()
    }
}
