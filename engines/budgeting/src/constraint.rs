//! What must, and what must not, be funded together.

use crate::{election::Election, refusal::Refusal};
use std::collections::BTreeMap;

/// What binds a selection besides the budget. Empty by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Constraints {
    /// Ids that are funded first, in this order, out of the budget and before any shares are given.
    pub mandatory: Vec<String>,
    /// In each list of ids at most one is funded.
    pub exclusive: Vec<Vec<String>>,
    /// The most that may be spent on the projects of a category, in smallest units.
    pub category_caps: BTreeMap<String, i64>,
    /// The most that may be spent on the projects of a district, in smallest units.
    pub district_caps: BTreeMap<String, i64>,
}

impl Constraints {
    /// Whether nothing binds but the budget.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a project can no longer be funded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Another of its list of alternatives was funded: its index.
    Alternative(usize),
    /// It would pass the cap of a category or a district: the name, and what is left of the cap in smallest units.
    Cap {
        /// The name of the category or the district.
        of: String,
        /// What is left of its cap.
        left: i64,
    },
}

/// Keeps what was spent against the constraints.
#[derive(Debug, Clone)]
pub(crate) struct Keeper {
    /// The lists of alternatives each project is in.
    lists_of: Vec<Vec<usize>>,
    /// The project that each list went to.
    taken: Vec<Option<usize>>,
    /// The caps each project falls under.
    caps_of: Vec<Vec<usize>>,
    caps: Vec<(String, i64)>,
}

impl Keeper {
    pub(crate) fn new(election: &Election, constraints: &Constraints) -> Result<Self, Refusal> {
        let mut lists_of = vec![Vec::new(); election.projects.len()];
        for (list, ids) in constraints.exclusive.iter().enumerate() {
            for id in ids {
                lists_of[index_of(election, id)?].push(list);
            }
        }
        let all = constraints.category_caps.iter().map(|cap| (false, cap));
        let all = all.chain(constraints.district_caps.iter().map(|cap| (true, cap)));
        let (mut caps, mut caps_of) = (Vec::new(), vec![Vec::new(); election.projects.len()]);
        for (of_district, (name, most)) in all {
            for (project, caps_of) in election.projects.iter().zip(&mut caps_of) {
                let falls = if of_district {
                    project.district.as_ref() == Some(name)
                } else {
                    project.categories.contains(name)
                };
                if falls {
                    caps_of.push(caps.len());
                }
            }
            caps.push((name.clone(), *most));
        }
        Ok(Self { lists_of, taken: vec![None; constraints.exclusive.len()], caps_of, caps })
    }

    /// What stands against funding a project now, besides the budget.
    pub(crate) fn block(&self, project: usize, cost: i64) -> Option<Block> {
        let other = self.lists_of[project].iter().find_map(|list| self.taken[*list]);
        if let Some(other) = other {
            return Some(Block::Alternative(other));
        }
        let mut caps = self.caps_of[project].iter().map(|cap| &self.caps[*cap]);
        caps.find(|(_, left)| *left < cost).map(|(of, left)| Block::Cap { of: of.clone(), left: *left })
    }

    pub(crate) fn fund(&mut self, project: usize, cost: i64) {
        for list in &self.lists_of[project] {
            self.taken[*list] = Some(project);
        }
        for cap in &self.caps_of[project] {
            self.caps[*cap].1 -= cost;
        }
    }
}

fn index_of(election: &Election, id: &str) -> Result<usize, Refusal> {
    election.find(id).ok_or_else(|| Refusal::UnknownProject(id.to_owned()))
}

/// A selection in the making: what was funded, what is left, and what binds.
#[derive(Debug, Clone)]
pub(crate) struct Purse<'election> {
    election: &'election Election,
    keeper: Keeper,
    /// What is left of the budget.
    pub(crate) left: i64,
    /// Funded so far, in order.
    pub(crate) funded: Vec<usize>,
    is_funded: Vec<bool>,
}

impl<'election> Purse<'election> {
    /// The whole budget, less the mandatory projects, which are funded first.
    pub(crate) fn open(election: &'election Election, constraints: &Constraints) -> Result<Self, Refusal> {
        let mut purse = Self {
            election,
            keeper: Keeper::new(election, constraints)?,
            left: election.budget,
            funded: Vec::new(),
            is_funded: vec![false; election.projects.len()],
        };
        for id in &constraints.mandatory {
            let project = index_of(election, id)?;
            if purse.is_funded[project] {
                continue;
            }
            if purse.cost(project) > purse.left {
                return Err(Refusal::Mandatory(format!("{id} costs more than is left of the budget")));
            }
            if purse.block(project).is_some() {
                return Err(Refusal::Mandatory(format!("{id} is against a cap or a list of alternatives")));
            }
            purse.fund(project);
        }
        Ok(purse)
    }

    pub(crate) fn cost(&self, project: usize) -> i64 {
        self.election.projects[project].cost
    }

    pub(crate) fn is_funded(&self, project: usize) -> bool {
        self.is_funded[project]
    }

    pub(crate) fn block(&self, project: usize) -> Option<Block> {
        self.keeper.block(project, self.cost(project))
    }

    /// Whether no cap and no list of alternatives concerns a project.
    pub(crate) fn is_unbound(&self, project: usize) -> bool {
        self.keeper.lists_of[project].is_empty() && self.keeper.caps_of[project].is_empty()
    }

    /// Funds a project. The money may pass the budget only in rounds that a completion tries out and throws away.
    pub(crate) fn fund(&mut self, project: usize) {
        self.left -= self.cost(project);
        self.keeper.fund(project, self.cost(project));
        self.is_funded[project] = true;
        self.funded.push(project);
    }

    /// Projects not funded.
    pub(crate) fn others(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.is_funded.len()).filter(|project| !self.is_funded[*project])
    }

    /// Whether some project that is not funded still fits and is not blocked.
    pub(crate) fn has_room_for(&self, projects: &[usize]) -> bool {
        projects.iter().any(|p| !self.is_funded[*p] && self.cost(*p) <= self.left && self.block(*p).is_none())
    }
}
