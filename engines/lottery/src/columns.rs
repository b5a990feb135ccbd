//! A lottery over panels by column generation, for what `peel` cannot reach.
//!
//! The master program weighs the panels known so far: raise `z` where every kind's chance is at least its floor, plus `z` if it is
//! open. Its dual values say which panel would help; branch and bound finds it or shows that none does (Flanigan et al. 2021,
//! Methods; Gilmore & Gomory 1961 for the idea). Level by level this gives the exact leximin of whole panels.

use crate::{
    Fairness,
    levels::CHANCE_AT_LEAST,
    linear::{Bounds, Column, Program, Solved, Tableau},
    near::{Finder, kept},
    shape::{Mix, Shape},
};
use std::collections::BTreeSet;

/// Kinds up to which the master program is solved; its inverse grows with their square.
pub(crate) const MASTER_KINDS_MAX: usize = 300;
/// Panels that may be sought for one lottery.
const ROUNDS_MAX: usize = 3_000;
/// Linear programs in the search for one panel.
const PROGRAMS_PANEL_MAX: usize = 20_000;
/// A panel must raise the level by this rate to be taken in.
const GAIN_AT_LEAST: f64 = 1e-9;
/// A dual value above this tells that a kind is stopped.
const PRICE_AT_LEAST: f64 = 1e-8;
/// The column of `z`, before those of the panels.
const LEVEL: usize = 0;

/// Panels and their weights.
pub(crate) struct Master<'s, 'f> {
    shape: &'s Shape,
    finder: &'f mut Finder<'s>,
    tableau: Tableau,
    mixes: Vec<Mix>,
    known: BTreeSet<Mix>,
    rounds_left: usize,
    /// Whether each search so far ended.
    pub proved: bool,
}

impl<'s, 'f> Master<'s, 'f> {
    pub(crate) fn new(shape: &'s Shape, finder: &'f mut Finder<'s>, mixes: impl IntoIterator<Item = Mix>) -> Self {
        let mut rows = vec![Bounds::exactly(1.0)];
        rows.extend(vec![Bounds::at_least(0.0); shape.kinds()]);
        let level = Column { entries: Vec::new(), bounds: Bounds::new(-1.0, 1.0), cost: 1.0 };
        let tableau = Tableau::new(Program { rows, columns: vec![level] });
        let mut master = Self {
            shape,
            finder,
            tableau,
            mixes: Vec::new(),
            known: BTreeSet::new(),
            rounds_left: ROUNDS_MAX,
            proved: true,
        };
        mixes.into_iter().for_each(|mix| master.add(mix));
        master
    }

    fn add(&mut self, mix: Mix) {
        if !self.known.insert(mix.clone()) {
            return;
        }
        let taken = mix.iter().enumerate().filter(|(_, seats)| **seats > 0);
        let mut entries = vec![(0, 1.0)];
        entries.extend(taken.map(|(kind, &seats)| (kind + 1, f64::from(seats) / self.shape.sizes[kind] as f64)));
        self.tableau.add_column(Column { entries, bounds: Bounds::at_least(0.0), cost: 0.0 });
        self.mixes.push(mix);
    }

    /// The least lack of any kind below its floor, nought when the floors are attained; `None` when the numbers failed.
    pub(crate) fn lack(&mut self, floor: &[f64]) -> Option<f64> {
        let open = vec![true; floor.len()];
        self.fit(floor, &open);
        self.rise(0.0).map(|level| (-level).max(0.0))
    }

    /// Levels over whole panels, from the smallest chance up.
    pub(crate) fn levels(&mut self, fairness: Fairness) -> Option<Vec<f64>> {
        let mut floor = vec![0.0; self.shape.kinds()];
        let mut open = vec![true; self.shape.kinds()];
        while open.contains(&true) {
            self.fit(&floor, &open);
            let level = self.rise(1.0)?.max(0.0);
            let prices = self.tableau.prices();
            let price = |kind: usize| -prices[kind + 1];
            let greatest = (0..open.len())
                .filter(|&kind| open[kind])
                .max_by(|&one, &other| price(one).total_cmp(&price(other)).then(other.cmp(&one)))?;
            if fairness == Fairness::Maximin && level > CHANCE_AT_LEAST {
                open.iter().enumerate().filter(|(_, open)| **open).for_each(|(kind, _)| floor[kind] = level);
                break;
            }
            for kind in 0..open.len() {
                if open[kind] && (kind == greatest || price(kind) > PRICE_AT_LEAST) {
                    open[kind] = false;
                    floor[kind] = level;
                }
            }
        }
        Some(floor)
    }

    /// The weights of the last program, as shares of 1.
    pub(crate) fn weighed(&self) -> Vec<(Mix, f64)> {
        let weights: Vec<f64> = (0..self.mixes.len()).map(|at| self.tableau.value(at + 1).max(0.0)).collect();
        let total: f64 = weights.iter().sum();
        let shares = self.mixes.iter().cloned().zip(weights.into_iter().map(|weight| weight / total));
        shares.filter(|(_, share)| *share > 1e-12).collect()
    }

    fn fit(&mut self, floor: &[f64], open: &[bool]) {
        let entries = (0..open.len()).filter(|&kind| open[kind]).map(|kind| (kind + 1, -1.0)).collect();
        self.tableau.set_entries(LEVEL, entries);
        for (kind, &floor) in floor.iter().enumerate() {
            self.tableau.set_row(kind + 1, Bounds::at_least(floor));
        }
    }

    /// Raises the level as far as whole panels allow, at most to `most`.
    fn rise(&mut self, most: f64) -> Option<f64> {
        self.tableau.set_bounds(LEVEL, Bounds::new(-1.0, most));
        loop {
            if self.tableau.solve() != Solved::Best {
                return None;
            }
            let level = self.tableau.value(LEVEL);
            if level >= most - GAIN_AT_LEAST || self.rounds_left == 0 {
                self.proved &= self.rounds_left > 0;
                return Some(level);
            }
            self.rounds_left -= 1;
            let prices = self.tableau.prices();
            let worth: Vec<f64> = (0..self.shape.kinds())
                .map(|kind| (-prices[kind + 1]).max(0.0) / self.shape.sizes[kind] as f64)
                .collect();
            let found = self.finder.first_above(&worth, prices[0] + GAIN_AT_LEAST, PROGRAMS_PANEL_MAX);
            let before = self.mixes.len();
            if let Some(mix) = found.values {
                self.add(kept(&mix));
            }
            if self.mixes.len() == before {
                self.proved &= found.ended;
                return Some(level);
            }
        }
    }
}
