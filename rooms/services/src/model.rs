//! Services and applications.

use crate::joint::Joint;
use civic::{Code, LocalText, Moment, OrganisationId, PersonId, Subject, SubjectKind, words};
use forms::{Answers, Form, FormPage};
use serde::{Deserialize, Serialize};

/// The kind of a service as a subject; its id is the code.
pub const SERVICE: SubjectKind = SubjectKind("service");
/// The kind of an application as a subject.
pub const APPLICATION: SubjectKind = SubjectKind("application");
/// Services a town may have.
pub const SERVICES_LIMIT: i64 = 500;

words! {
    /// What happens in a life that leads people to a service.
    LifeEvent {
        /// Moving house.
        Moving = "moving",
        /// Having a child.
        Child = "child",
        /// Going to school.
        School = "school",
        /// Work, and losing it.
        Work = "work",
        /// Too little money.
        Money = "money",
        /// Illness or a disability.
        Health = "health",
        /// Growing old.
        Age = "age",
        /// Running a business.
        Business = "business",
        /// Getting around.
        Traffic = "traffic",
        /// Building and living.
        Home = "home",
        /// A death.
        Death = "death",
    }
}

words! {
    /// How an application came.
    Channel {
        /// Written by the applicant.
        Online = "online",
        /// Entered by a clerk, with the applicant present.
        Counter = "counter",
        /// Entered by a clerk on the telephone.
        Phone = "phone",
    }
}

words! {
    /// What was decided.
    Outcome {
        /// Granted.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
    }
}

words! {
    /// When a service asks for its fee.
    Charges {
        /// Never.
        Never = "never",
        /// With the application.
        Filing = "filing",
        /// When it is granted.
        Grant = "grant",
    }
}

/// What a service is: the words of its page, how it is handled, its form and its rules. Published as one, with one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// What it is called.
    pub title: LocalText,
    /// It in one or two sentences.
    pub summary: LocalText,
    /// Who it is for.
    pub who: Option<LocalText>,
    /// What one needs, one thing a line.
    pub need: Option<LocalText>,
    /// What it costs, in words.
    pub cost: Option<LocalText>,
    /// What it costs in cents, where that is one amount; 0 for nothing.
    pub cost_cents: Option<i64>,
    /// The law it rests on, in words.
    pub law: Option<LocalText>,
    /// The address of that law; may be empty.
    pub law_url: String,
    /// Where to complain.
    pub complaints: Option<LocalText>,
    /// Where and when it can be had at a counter; `None` where it cannot.
    pub counter: Option<LocalText>,
    /// The number to call; empty where one cannot.
    pub phone: String,
    /// What else people type when they look for it, in any language.
    pub keywords: String,
    /// The events in a life that lead to it.
    pub events: Vec<LifeEvent>,
    /// Whether it can be applied for here.
    pub online: bool,
    /// Working days until an answer is promised.
    pub answer_days: u32,
    /// Days for an appeal.
    pub appeal_days: u32,
    /// Whether two officers decide.
    pub four_eyes: bool,
    /// What is asked.
    pub form: Form,
    /// Who is entitled, in the language of the engine `rules`; empty for none.
    pub rules: String,
    /// Tests of the rules, a JSON list of cases as the engine takes them; they run before anything is published.
    #[serde(default)]
    pub rule_tests: String,
    /// When its fee is asked for. How much: the rule `fee` of its rules, else [`Definition::cost_cents`].
    #[serde(default = "never")]
    pub charges: Charges,
    /// How many may and must apply together.
    #[serde(default)]
    pub joint: Joint,
    /// The id of the page of its form that each joint applicant answers for themselves too; empty for none.
    #[serde(default)]
    pub each_page: String,
}

impl Definition {
    /// The page that each joint applicant answers for themselves.
    pub fn page_of_each(&self) -> Option<&FormPage> {
        self.form.page(&self.each_page)
    }
}

/// What was published before there were fees asks for none.
fn never() -> Charges {
    Charges::Never
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name in addresses.
    pub code: String,
    /// The UUID by which HSDS knows it.
    pub id: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What is being written.
    pub draft: Definition,
    /// What is in force.
    pub published: Option<Definition>,
    /// The number of what is in force; 0 before the first.
    pub number: i64,
    /// Counts changes.
    pub version: i64,
    /// When it last changed.
    pub updated_at: Moment,
    /// When what is in force was published.
    pub published_at: Option<Moment>,
}

/// Where an application stands, with what is true only then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It came.
    Received,
    /// It waits for the applicant; the clock stands still.
    Incomplete {
        /// What is missing.
        missing: String,
    },
    /// Somebody looks at it.
    UnderReview,
    /// One officer has decided; another must agree.
    Proposed {
        /// What was decided.
        outcome: Outcome,
        /// By whom.
        by: String,
    },
    /// It is decided, and can be appealed against.
    Decided {
        /// What was decided.
        outcome: Outcome,
    },
    /// The applicant appealed.
    InAppeal {
        /// What was decided at first.
        outcome: Outcome,
    },
    /// It is over.
    Closed {
        /// What holds.
        outcome: Outcome,
    },
    /// The applicant took it back.
    Withdrawn,
}

impl State {
    /// The words of all of them, those where the office has something to do or waits first; with whether they are such.
    pub const WORDS: [(&'static str, bool); 8] = [
        ("received", true),
        ("incomplete", true),
        ("under-review", true),
        ("proposed", true),
        ("in-appeal", true),
        ("decided", false),
        ("closed", false),
        ("withdrawn", false),
    ];

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Incomplete { .. } => "incomplete",
            Self::UnderReview => "under-review",
            Self::Proposed { .. } => "proposed",
            Self::Decided { .. } => "decided",
            Self::InAppeal { .. } => "in-appeal",
            Self::Closed { .. } => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the office has something to do, or waits.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Decided { .. } | Self::Closed { .. } | Self::Withdrawn)
    }

    /// What was decided, where something was that holds or is appealed against.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Decided { outcome } | Self::InAppeal { outcome } | Self::Closed { outcome } => Some(*outcome),
            _ => None,
        }
    }
}

/// A time in which the clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// From when.
    pub from: Moment,
    /// Until when; `None` while it stands.
    pub to: Option<Moment>,
}

/// How much was granted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grant {
    /// The amount in cents; `None` where no money was granted.
    pub cents: Option<i64>,
    /// Why it is another amount than the rules say; empty where it is theirs.
    pub why: String,
}

/// What became of an appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// When it came.
    pub at: Moment,
    /// Why.
    pub words: String,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// What holds since.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reasons: String,
}

/// An application.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// Its reference, as A-7K2M.
    pub code: Code,
    /// The code of the service.
    pub service: String,
    /// The version of form and rules at filing.
    pub number: i64,
    /// Who answers.
    pub organisation: OrganisationId,
    /// The district that was answered, where one was asked.
    pub district: Option<String>,
    /// How it came.
    pub channel: Channel,
    /// The language in which it was written.
    pub language: civic::Language,
    /// The pseudonym of the clerk who entered it for the applicant; empty where the applicant wrote it.
    pub clerk: String,
    /// The account, where somebody was signed in.
    pub person: Option<PersonId>,
    /// Where letters go.
    pub email: Option<people::EmailAddress>,
    /// What was answered.
    pub answers: Answers,
    /// What the rules of this version said of it, as JSON; empty where there are none.
    pub finding: String,
    /// When it was filed.
    pub filed_at: Moment,
    /// By when an answer is promised.
    pub due_at: Moment,
    /// When the clock stood still.
    pub stood: Vec<Stood>,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: Moment,
    /// Who looks after it; empty for nobody.
    pub officer: String,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// By whom.
    pub decided_by: String,
    /// Why, in words for the applicant.
    pub reasons: String,
    /// How much is granted, where the rules of the version give money: also while it is proposed or appealed against.
    pub grant: Grant,
    /// Until when it can be appealed against.
    pub appeal_until: Option<Moment>,
    /// The appeal.
    pub appeal: Option<Appeal>,
    /// Whether anything was ever missing.
    pub was_incomplete: bool,
    /// Minutes that writing it took.
    pub minutes: i64,
    /// Pages that were filled in.
    pub pages: i64,
    /// Letters that were sent.
    pub letters: i64,
    /// Whether it was made up for the demo.
    pub is_simulated: bool,
    /// Whether what was answered is erased.
    pub is_erased: bool,
    /// Counts changes.
    pub version: i64,
}

impl Application {
    /// It as a subject.
    pub fn subject(&self) -> Subject {
        Subject::new(APPLICATION, self.code.as_str())
    }
}

/// Something that was said or done about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Moment,
    /// What, as a word: `filed`, `asked`, `answered`, `assigned`, `proposed`, `sent-back`, `decided`, `letter`, `note`, `appealed`,
    /// `appeal-decided`, `withdrawn`, `closed`.
    pub what: String,
    /// By whom: the officer's pseudonym (of `filed` that of the clerk who entered it), or `applicant`.
    pub actor: String,
    /// In which words.
    pub body: String,
    /// Whether only the office reads it.
    pub is_internal: bool,
}

/// Somebody opened an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// Why, as one of the words of [`LOOKS`], or what the room notes by itself: `entered` (the clerk who filed it for the applicant) or `reused`
    /// (the applicant took answers over).
    pub why: String,
}

/// Why somebody at the office opens an application.
pub const LOOKS: [&str; 4] = ["working", "covering", "asked", "checking"];
