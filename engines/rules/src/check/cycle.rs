//! No rule may rest on itself, for an earlier period neither: such a chain would have no beginning.

use crate::{
    model::{Node, Rules, What},
    trouble::At,
};

impl Rules {
    /// The variables that a rule names, in all its versions.
    pub(crate) fn names_of(&self, variable: usize) -> Vec<usize> {
        fn gather(node: &Node, found: &mut Vec<usize>) {
            if let Node::Variable(reference, _) | Node::Total(reference, _) = node {
                found.push(reference.variable);
            }
            node.below(&mut |below| gather(below, found));
        }
        let mut found = Vec::new();
        if let What::Rule(rule) = &self.variables[variable].what {
            rule.versions.iter().for_each(|version| version.what.nodes(&mut |node| gather(node, &mut found)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Each variable after all that it rests on; without cycles.
    pub(crate) fn in_order(&self) -> Result<Vec<usize>, Vec<usize>> {
        let mut state = vec![0_u8; self.variables.len()];
        let mut order = Vec::new();
        for begin in 0..self.variables.len() {
            // A path that is walked by hand, so that a long chain cannot exhaust the stack.
            let mut path = vec![(begin, self.names_of(begin), 0)];
            if state[begin] != 0 {
                continue;
            }
            state[begin] = 1;
            while let Some((at, names, next)) = path.last_mut() {
                let Some(&name) = names.get(*next) else {
                    state[*at] = 2;
                    order.push(*at);
                    path.pop();
                    continue;
                };
                *next += 1;
                if state[name] == 1 {
                    let from = path.iter().position(|(at, ..)| *at == name).unwrap_or(0);
                    return Err(path[from..].iter().map(|(at, ..)| *at).collect());
                }
                if state[name] == 0 {
                    state[name] = 1;
                    let names = self.names_of(name);
                    path.push((name, names, 0));
                }
            }
        }
        Ok(order)
    }

    /// The first cycle, as a sentence.
    pub(crate) fn cycles(&self) -> Option<At> {
        let cycle = self.in_order().err()?;
        let first = *cycle.iter().min()?;
        let from = cycle.iter().position(|at| *at == first)?;
        let round = cycle[from..].iter().chain(&cycle[..=from]);
        let named = |at: &usize| {
            let variable = &self.variables[*at];
            format!("{} ({}:{})", variable.name, self.sources[variable.spot.source as usize], variable.spot.line)
        };
        let chain: Vec<String> = round.map(named).collect();
        let sentence = format!("A rule may not rest on itself, for another period neither: {}.", chain.join(" → "));
        Some(At::new(self.variables[first].spot, sentence))
    }

    /// The first rule whose chain of rules and expressions is deeper than the limit.
    pub(crate) fn too_deep(&self, limit: usize) -> Option<At> {
        fn depth(node: &Node, heights: &[usize]) -> usize {
            let mut most = 0;
            if let Node::Variable(reference, _) | Node::Total(reference, _) = node {
                most = heights[reference.variable];
            }
            node.below(&mut |below| most = most.max(depth(below, heights)));
            most + 1
        }
        let mut heights = vec![1; self.variables.len()];
        for at in self.in_order().ok()? {
            let What::Rule(rule) = &self.variables[at].what else { continue };
            let mut most = 0;
            rule.versions
                .iter()
                .for_each(|version| version.what.nodes(&mut |node| most = most.max(depth(node, &heights))));
            heights[at] = most + 2;
            if heights[at] > limit {
                let sentence = format!(
                    "“{}” rests on a chain of rules and expressions deeper than {limit}.",
                    self.variables[at].name
                );
                return Some(At::new(self.variables[at].spot, sentence));
            }
        }
        None
    }
}
