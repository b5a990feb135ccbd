//! What is decided on: projects, a budget, ballots.

use crate::{
    limits::{AMOUNT_MAX, ENTRIES_MAX, POINTS_MAX, PROJECTS_MAX, VOTERS_MAX},
    refusal::Refusal,
};
use std::collections::BTreeMap;

/// How people vote (Pabulib, field `vote_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteType {
    /// A set of projects.
    Approval,
    /// One project.
    ChooseOne,
    /// A ranking of projects, best first.
    Ordinal,
    /// Points out of a fixed sum.
    Cumulative,
    /// Points for each project apart.
    Scoring,
}

impl VoteType {
    /// The word in a Pabulib file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Ordinal => "ordinal",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
        }
    }

    /// The type of that word.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Approval, Self::ChooseOne, Self::Ordinal, Self::Cumulative, Self::Scoring]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    /// Whether ballots carry points.
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

/// Something that may be funded, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    /// The id on the ballots; ids are ordered as strings.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its cost, in smallest units.
    pub cost: i64,
    /// The categories it belongs to, for caps.
    pub categories: Vec<String>,
    /// The district it belongs to, for caps.
    pub district: Option<String>,
    /// Whether the file says it was selected: 0 no, 1 yes, 2 by an 80% rule, 3 from other money.
    pub selected: Option<u8>,
    /// The place by which the file's own order goes: its `score` if it has that column, else its `votes`.
    pub declared_result: Option<i64>,
}

/// All ballots, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ballots {
    /// Where each ballot begins in `projects`; one more at the end.
    starts: Vec<usize>,
    /// Indices of projects; for rankings, best first.
    projects: Vec<u16>,
    /// Points for each entry, in smallest units; empty where ballots have none.
    points: Vec<i64>,
}

impl Ballots {
    /// No ballots yet.
    pub fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// One more entry on the ballot that is being written.
    pub(crate) fn enter(&mut self, project: u16, points: Option<i64>) {
        self.projects.push(project);
        self.points.extend(points);
    }

    /// Whether the ballot that is being written names that project already.
    pub(crate) fn names(&self, project: u16) -> bool {
        self.starts.last().is_some_and(|start| self.projects[*start..].contains(&project))
    }

    /// Ends the ballot that is being written.
    pub(crate) fn close(&mut self) {
        self.starts.push(self.projects.len());
    }

    /// How many voters.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether nobody voted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The projects and the points on one ballot; the points are empty where ballots have none.
    pub fn ballot(&self, voter: usize) -> (&[u16], &[i64]) {
        let range = self.starts[voter]..self.starts[voter + 1];
        (&self.projects[range.clone()], if self.points.is_empty() { &[] } else { &self.points[range] })
    }

    /// Entries on all ballots together.
    pub fn entries(&self) -> usize {
        self.projects.len()
    }
}

/// An election as one can decide it. Make it with [`Election::new`] or [`crate::pabulib::Document::election`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// The budget, in smallest units.
    pub budget: i64,
    /// A unit of the currency has ten to this power of smallest units.
    pub decimals: u32,
    /// The projects, in the order of the file.
    pub projects: Vec<Project>,
    /// How people voted.
    pub vote_type: VoteType,
    /// What they voted.
    pub ballots: Ballots,
    /// The file's other facts by name.
    pub meta: BTreeMap<String, String>,
    /// What in the file does not agree with itself.
    pub warnings: Vec<String>,
}

impl Election {
    /// An election from ballots of (project, points); points are taken as 1 unless the type has them.
    ///
    /// # Errors
    /// Amounts that are negative or too large, ids that are not unique, entries that name no project.
    pub fn new(
        budget: i64,
        projects: Vec<Project>,
        vote_type: VoteType,
        ballots: &[Vec<(usize, i64)>],
    ) -> Result<Self, Refusal> {
        let mut kept = Ballots::new();
        for ballot in ballots {
            for (project, points) in ballot {
                let known = u16::try_from(*project).ok().filter(|_| *project < projects.len());
                let project = known.ok_or_else(|| Refusal::UnknownProject(project.to_string()))?;
                kept.enter(project, vote_type.has_points().then_some(*points));
            }
            kept.close();
        }
        let made =
            Self { budget, decimals: 0, projects, vote_type, ballots: kept, meta: BTreeMap::new(), warnings: vec![] };
        made.checked()
    }

    /// The same election, if it keeps the limits.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let too_many = |what, most: usize| Err(Refusal::TooMany { what, most });
        if self.projects.len() > PROJECTS_MAX {
            return too_many("projects", PROJECTS_MAX);
        }
        if self.ballots.len() > VOTERS_MAX {
            return too_many("voters", VOTERS_MAX);
        }
        if self.ballots.entries() > ENTRIES_MAX {
            return too_many("entries on ballots", ENTRIES_MAX);
        }
        let amounts = self.projects.iter().map(|project| project.cost).chain([self.budget]);
        if let Some(amount) = amounts.into_iter().find(|amount| !(0..=AMOUNT_MAX).contains(amount)) {
            return Err(Refusal::Amount(amount));
        }
        if self.ballots.points.iter().any(|points| points.abs() > POINTS_MAX) {
            return Err(Refusal::Points);
        }
        let mut ids: Vec<&str> = self.projects.iter().map(|project| project.id.as_str()).collect();
        ids.sort_unstable();
        match ids.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Refusal::SameId(pair[0].to_owned())),
            None => Ok(self),
        }
    }

    /// The index of the project with that id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.projects.iter().position(|project| project.id == id)
    }

    /// The cost of those projects together.
    pub fn cost_of(&self, projects: &[usize]) -> i64 {
        projects.iter().map(|project| self.projects[*project].cost).sum()
    }

    /// The ids of those projects.
    pub fn ids(&self, projects: &[usize]) -> Vec<String> {
        projects.iter().map(|project| self.projects[*project].id.clone()).collect()
    }
}
