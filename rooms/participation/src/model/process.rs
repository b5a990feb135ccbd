//! A process: what it asks residents, in which phases, by which rules.

use civic::{LocalText, Moment, OrganisationId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, str::FromStr};

/// The kind of a process as a subject; its id is its code, as `budget-2027`.
pub const PROCESS: SubjectKind = SubjectKind("process");
/// Phases a process may have.
pub const PHASES_LIMIT: usize = 12;
/// Categories a process may have.
pub const CATEGORIES_LIMIT: usize = 40;

/// What a process begins from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Template {
    /// Residents propose, the town evaluates, residents vote on what money is spent on.
    Budget,
    /// The town asks, residents propose and discuss, the town answers.
    Consultation,
    /// Residents put something on the town's table when enough support it.
    Initiative,
    /// Residents ask for something; from a threshold on an answer is due.
    Petition,
    /// Residents drawn by lot advise on a question others bring ideas to, and the town answers what they recommend.
    Assembly,
    /// The town asks residents by surveys, and says what it learned.
    Survey,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Budget, Self::Consultation, Self::Initiative, Self::Petition, Self::Assembly, Self::Survey];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Consultation => "consultation",
            Self::Initiative => "initiative",
            Self::Petition => "petition",
            Self::Assembly => "assembly",
            Self::Survey => "survey",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Budget => "process-template-budget",
            Self::Consultation => "process-template-consultation",
            Self::Initiative => "process-template-initiative",
            Self::Petition => "process-template-petition",
            Self::Assembly => "process-template-assembly",
            Self::Survey => "process-template-survey",
        }
    }

    /// The acts of its phases, with how many days each lasts.
    pub fn phases(self) -> &'static [(i32, &'static [PhaseAct])] {
        use PhaseAct::{Amend, Discuss, Evaluate, Monitor, Submit, Support, Vote};
        match self {
            Self::Budget => &[
                (28, &[Submit, Discuss, Amend]),
                (21, &[Support, Discuss]),
                (28, &[Evaluate]),
                (14, &[Vote]),
                (182, &[Monitor]),
            ],
            Self::Consultation => &[(42, &[Submit, Discuss, Amend, Support]), (28, &[Evaluate])],
            Self::Initiative => &[(182, &[Submit, Discuss, Amend, Support]), (42, &[Evaluate])],
            Self::Petition => &[(364, &[Submit, Discuss, Support, Evaluate])],
            Self::Assembly => &[(42, &[Submit, Discuss]), (84, &[Discuss]), (42, &[Evaluate]), (182, &[Monitor])],
            Self::Survey => &[(28, &[Discuss]), (28, &[Evaluate]), (84, &[Monitor])],
        }
    }

    /// The Fluent keys of what its phases are called, where their acts do not say it.
    pub fn titles(self) -> &'static [&'static str] {
        match self {
            Self::Budget | Self::Consultation | Self::Initiative | Self::Petition => &[],
            Self::Assembly => {
                &["phase-assembly-ideas", "phase-assembly-meets", "phase-assembly-answer", "phase-assembly-after"]
            }
            Self::Survey => &["phase-survey-asks", "phase-survey-read", "phase-survey-after"],
        }
    }
}

impl FromStr for Template {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|template| template.word() == word).ok_or(())
    }
}

/// What may be done while a phase lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PhaseAct {
    /// Residents vote; how, the voting room says.
    Vote,
    /// Officers say what is feasible, what it costs, and why.
    Evaluate,
    /// Residents hand in proposals and correct their own.
    Submit,
    /// Residents support proposals.
    Support,
    /// Residents propose other words for a proposal; its authors decide.
    Amend,
    /// Residents argue and comment.
    Discuss,
    /// Nothing but to see what becomes of it.
    Monitor,
}

impl PhaseAct {
    /// All of them, the one that names a phase first.
    pub const ALL: [Self; 7] =
        [Self::Vote, Self::Evaluate, Self::Submit, Self::Support, Self::Amend, Self::Discuss, Self::Monitor];

    /// As in forms and in the record.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vote => "vote",
            Self::Evaluate => "evaluate",
            Self::Submit => "submit",
            Self::Support => "support",
            Self::Amend => "amend",
            Self::Discuss => "discuss",
            Self::Monitor => "monitor",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Vote => "phase-vote",
            Self::Evaluate => "phase-evaluate",
            Self::Submit => "phase-submit",
            Self::Support => "phase-support",
            Self::Amend => "phase-amend",
            Self::Discuss => "phase-discuss",
            Self::Monitor => "phase-monitor",
        }
    }
}

impl FromStr for PhaseAct {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|act| act.word() == word).ok_or(())
    }
}

/// A stretch of time in which some things may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// What it is called, where not after its first act.
    pub title: Option<LocalText>,
    /// From this moment on.
    pub opens_at: Moment,
    /// Before this moment.
    pub closes_at: Moment,
    /// What may be done.
    pub acts: BTreeSet<PhaseAct>,
}

impl Phase {
    /// Whether the moment lies within it: its beginning does, its end does not.
    pub fn lasts_at(&self, now: Moment) -> bool {
        self.opens_at <= now && now < self.closes_at
    }
}

/// A category of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// What holds for proposals and people of a process. Fixed once its first phase has begun.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Supports from which on a proposal must be answered.
    pub supports_min: u32,
    /// Supports one person may give in the process; `None` for any number.
    pub supports_most: Option<u32>,
    /// Supports one person must give in the process before any of them counts; `None` for one.
    pub supports_least: Option<u32>,
    /// The highest grade of a support, from 1 on; `None` where a support has no grade.
    pub grades: Option<u32>,
    /// Days an account must have existed before its owner may propose or support.
    pub account_days: u32,
    /// Whether a proposal needs a place or a district.
    pub needs_place: bool,
    /// Whether proposals are about money: authors may say what they think it costs, officers must.
    pub asks_cost: bool,
    /// The most a proposal may cost, in cents.
    pub cost_most_cents: Option<i64>,
    /// Working days in which an answer is due once `supports_min` is reached.
    pub answer_days: Option<u32>,
}

/// What an administrator or steward writes down of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// What it is called.
    pub title: LocalText,
    /// It in one or two sentences.
    pub summary: LocalText,
    /// All there is to say; plain text.
    pub about: Option<LocalText>,
    /// In order of time, none over another.
    pub phases: Vec<Phase>,
    /// What proposals can be about; none for no question.
    pub categories: Vec<Topic>,
    /// The codes of its districts; none for the whole town.
    pub districts: Vec<String>,
    /// The money there is, in cents of the town's currency.
    pub budget_cents: Option<i64>,
    /// What holds for everybody.
    pub rules: Rules,
}

/// A process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its public name in addresses.
    pub code: String,
    /// What it began from.
    pub template: Template,
    /// What it is.
    pub definition: Definition,
    /// Who answers; the town itself where nobody is named.
    pub organisation: Option<OrganisationId>,
    /// Since when it is public.
    pub published_at: Option<Moment>,
    /// When it was written down first.
    pub made_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Counts changes.
    pub version: i64,
}

/// Where a process stands; numbers count its phases from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing has begun.
    Coming,
    /// In this phase.
    Open(usize),
    /// Held in this phase beyond its end, because answers are missing: only they can be given.
    Held(usize),
    /// Before this phase, after another.
    Between(usize),
    /// After the last.
    Over,
}

impl Process {
    /// The subject under which its followers and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(PROCESS, self.code.clone())
    }

    /// When its first phase begins.
    pub fn opens_at(&self) -> Moment {
        self.definition.phases.first().map_or(Moment(i64::MAX), |phase| phase.opens_at)
    }

    /// When its last phase ends.
    pub fn closes_at(&self) -> Moment {
        self.definition.phases.last().map_or(Moment(i64::MAX), |phase| phase.closes_at)
    }

    /// The last phase of evaluation whose time is over: what comes after it waits until every proposal that must be answered is.
    pub fn evaluated_before(&self, now: Moment) -> Option<usize> {
        let over = |phase: &Phase| phase.acts.contains(&PhaseAct::Evaluate) && phase.closes_at <= now;
        self.definition.phases.iter().rposition(over)
    }

    /// Where it stands, while so many proposals wait for the answer they must have.
    pub fn standing(&self, now: Moment, waiting: i64) -> Standing {
        let phases = &self.definition.phases;
        if let Some(held) = self.evaluated_before(now).filter(|_| waiting > 0) {
            return Standing::Held(held);
        }
        if let Some(open) = phases.iter().position(|phase| phase.lasts_at(now)) {
            return Standing::Open(open);
        }
        match phases.iter().position(|phase| now < phase.opens_at) {
            Some(0) => Standing::Coming,
            Some(next) => Standing::Between(next),
            None => Standing::Over,
        }
    }

    /// Whether this may be done now.
    pub fn allows(&self, act: PhaseAct, now: Moment, waiting: i64) -> bool {
        match self.standing(now, waiting) {
            Standing::Open(phase) => self.definition.phases[phase].acts.contains(&act),
            Standing::Held(_) => act == PhaseAct::Evaluate,
            Standing::Coming | Standing::Between(_) | Standing::Over => false,
        }
    }

    /// Whether a phase with this act is still to come or lasts.
    pub fn will_allow(&self, act: PhaseAct, now: Moment) -> bool {
        self.definition.phases.iter().any(|phase| now < phase.closes_at && phase.acts.contains(&act))
    }

    /// The category of this code.
    pub fn topic(&self, code: &str) -> Option<&Topic> {
        self.definition.categories.iter().find(|topic| topic.code == code)
    }
}
