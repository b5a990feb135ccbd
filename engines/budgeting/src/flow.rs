//! The least greatest load: how evenly the costs of some projects can be spread over those who support any of them.
//!
//! It is the greatest `cost(S) / supporters(S)` over sets `S` of the projects (by the duality of flows), and is found by
//! Dinkelbach's method: each maximum flow either spreads the costs at the load tried, or its least cut is a set with a greater
//! one.

use crate::{limits::FLOW_STEPS_MAX, profile::Profile, refusal::Refusal};
use std::collections::BTreeMap;

/// A load as a fraction: cost of so many smallest units over so many voters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) cost: i128,
    pub(crate) voters: i128,
}

impl Load {
    pub(crate) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        (self.cost * other.voters).cmp(&(other.cost * self.voters))
    }
}

/// Voters by the projects of a set that they support.
struct Spread {
    costs: Vec<i128>,
    /// Places in `costs`, and how many voters have them.
    groups: Vec<(Vec<usize>, i128)>,
}

/// The least greatest load of those projects. Each must have a supporter.
pub(crate) fn least_load(
    profile: &Profile,
    projects: &[usize],
    cost: impl Fn(usize) -> i64,
    steps: &mut u64,
) -> Result<Load, Refusal> {
    let spread = Spread::new(profile, projects, cost);
    let mut set: Vec<bool> = vec![true; spread.costs.len()];
    loop {
        let load = spread.load_of(&set);
        match spread.heavier(load, steps)? {
            Some(heavier) => set = heavier,
            None => return Ok(load),
        }
    }
}

impl Spread {
    fn new(profile: &Profile, projects: &[usize], cost: impl Fn(usize) -> i64) -> Self {
        let mut place_of = BTreeMap::new();
        let mut groups_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, project) in projects.iter().enumerate() {
            place_of.insert(*project, place);
            for (group, ..) in profile.supporting(*project) {
                groups_of.entry(group).or_default().push(place);
            }
        }
        let mut groups: BTreeMap<Vec<usize>, i128> = BTreeMap::new();
        for (group, places) in groups_of {
            *groups.entry(places).or_default() += i128::from(profile.multiplicity[group]);
        }
        Self { costs: projects.iter().map(|p| i128::from(cost(*p))).collect(), groups: groups.into_iter().collect() }
    }

    fn load_of(&self, set: &[bool]) -> Load {
        let cost = self.costs.iter().zip(set).filter(|(_, is_in)| **is_in).map(|(cost, _)| cost).sum();
        let touched = self.groups.iter().filter(|(places, _)| places.iter().any(|place| set[*place]));
        Load { cost, voters: touched.map(|(_, voters)| voters).sum() }
    }

    /// A set with a load above that, if there is one: the projects on the near side of the least cut.
    fn heavier(&self, load: Load, steps: &mut u64) -> Result<Option<Vec<bool>>, Refusal> {
        let (projects, groups) = (self.costs.len(), self.groups.len());
        let (source, sink) = (projects + groups, projects + groups + 1);
        let mut flow = Flow::new(sink + 1);
        let mut wanted = 0;
        for (place, cost) in self.costs.iter().enumerate() {
            flow.edge(source, place, cost * load.voters);
            wanted += cost * load.voters;
        }
        for (group, (places, voters)) in self.groups.iter().enumerate() {
            for place in places {
                flow.edge(*place, projects + group, i128::MAX);
            }
            flow.edge(projects + group, sink, voters * load.cost);
        }
        if flow.most(source, sink, steps)? >= wanted {
            return Ok(None);
        }
        Ok(Some(flow.levels[..projects].iter().map(|level| *level != UNREACHED).collect()))
    }
}

const UNREACHED: u32 = u32::MAX;

/// Dinic's algorithm.
struct Flow {
    /// Edges out of each node; an edge and its reverse are neighbours in `edges`.
    out: Vec<Vec<u32>>,
    edges: Vec<(u32, i128)>,
    levels: Vec<u32>,
    next: Vec<usize>,
}

impl Flow {
    fn new(nodes: usize) -> Self {
        Self { out: vec![Vec::new(); nodes], edges: Vec::new(), levels: vec![UNREACHED; nodes], next: vec![0; nodes] }
    }

    fn edge(&mut self, from: usize, to: usize, capacity: i128) {
        for (from, to, capacity) in [(from, to, capacity), (to, from, 0)] {
            self.out[from].push(self.edges.len() as u32);
            self.edges.push((to as u32, capacity));
        }
    }

    fn most(&mut self, source: usize, sink: usize, steps: &mut u64) -> Result<i128, Refusal> {
        let mut total = 0;
        while self.levelled(source, sink, steps)? {
            self.next.iter_mut().for_each(|next| *next = 0);
            loop {
                let pushed = self.push(source, sink, i128::MAX, steps)?;
                if pushed == 0 {
                    break;
                }
                total += pushed;
            }
        }
        Ok(total)
    }

    fn levelled(&mut self, source: usize, sink: usize, steps: &mut u64) -> Result<bool, Refusal> {
        self.levels.iter_mut().for_each(|level| *level = UNREACHED);
        self.levels[source] = 0;
        let mut queue = std::collections::VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            count(steps, self.out[node].len() as u64)?;
            for edge in &self.out[node] {
                let (to, capacity) = self.edges[*edge as usize];
                if capacity > 0 && self.levels[to as usize] == UNREACHED {
                    self.levels[to as usize] = self.levels[node] + 1;
                    queue.push_back(to as usize);
                }
            }
        }
        Ok(self.levels[sink] != UNREACHED)
    }

    /// Pushes along one path. The depth is that of the levels: at most twice the number of projects.
    fn push(&mut self, node: usize, sink: usize, most: i128, steps: &mut u64) -> Result<i128, Refusal> {
        if node == sink {
            return Ok(most);
        }
        while self.next[node] < self.out[node].len() {
            count(steps, 1)?;
            let edge = self.out[node][self.next[node]] as usize;
            let (to, capacity) = self.edges[edge];
            if capacity > 0 && self.levels[to as usize] == self.levels[node] + 1 {
                let pushed = self.push(to as usize, sink, most.min(capacity), steps)?;
                if pushed > 0 {
                    self.edges[edge].1 -= pushed;
                    self.edges[edge ^ 1].1 += pushed;
                    return Ok(pushed);
                }
            }
            self.next[node] += 1;
        }
        Ok(0)
    }
}

fn count(steps: &mut u64, more: u64) -> Result<(), Refusal> {
    *steps += more;
    let what = "spreading the loads for maximin support";
    let advice = "use sequential Phragmén, which is close to it";
    if *steps > FLOW_STEPS_MAX { Err(Refusal::TooLong { what, most: FLOW_STEPS_MAX, advice }) } else { Ok(()) }
}
