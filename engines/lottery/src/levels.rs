//! The fairest chances if a seat could be divided: an upper bound for every lottery over whole panels, and mostly attained.
//!
//! Leximin by levels (Flanigan, Gölz, Gupta, Hennig & Procaccia, Nature 596, 2021, Methods): raise the smallest chance as far as it
//! goes, hold those who stop it, go on with the rest. Who stops it is told by the dual values: a kind whose lower bound has a price
//! is at that level in every best solution. A level takes at least one more row into account, so there are at most as many
//! levels as rows, and one.

use crate::{
    Fairness,
    linear::{Bounds, Column, Solved, Tableau},
    shape::Shape,
};

/// A price of a kind's lower bound above this is one.
const PRICE_AT_LEAST: f64 = 1e-9;
/// A chance above this is a chance at all.
pub(crate) const CHANCE_AT_LEAST: f64 = 1e-9;

/// A point of the shape with divided seats.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    /// Seats of each kind, on average.
    pub seats: Vec<f64>,
    /// The chance that each kind must have; with [`Fairness::Maximin`] the common floor.
    pub floor: Vec<f64>,
}

struct Rising<'s> {
    shape: &'s Shape,
    /// The level at which a kind was stopped.
    held: Vec<Option<f64>>,
    /// Kinds whose chance would pass 1 without a row of their own.
    capped: Vec<usize>,
}

/// `None` when no point keeps the quotas even with divided seats, or the numbers failed.
pub(crate) fn levels(shape: &Shape, fairness: Fairness) -> Option<Levels> {
    let mut rising = Rising { shape, held: vec![None; shape.kinds()], capped: Vec::new() };
    let mut tableau = rising.tableau();
    // Each turn holds a kind or caps one.
    for _ in 0..=2 * shape.kinds() + 1 {
        if tableau.solve() != Solved::Best {
            return None;
        }
        tableau.polish();
        let level = tableau.value(shape.kinds());
        if rising.cap(&tableau, level) {
            tableau = rising.tableau();
            continue;
        }
        rising.hold(&tableau, level);
        let enough = fairness == Fairness::Maximin && level > CHANCE_AT_LEAST;
        if enough || rising.held.iter().all(Option::is_some) {
            let seats = (0..shape.kinds()).map(|kind| rising.seats_before(&tableau, kind, level)).collect();
            let floor = rising.held.iter().map(|held| held.unwrap_or(level)).collect();
            return Some(Levels { seats, floor });
        }
        rising.refit(&mut tableau);
    }
    None
}

impl Rising<'_> {
    /// Columns: what each kind has above its level; last, the level of all that are not held.
    fn tableau(&self) -> Tableau {
        let mut program = self.shape.program();
        for (place, &kind) in self.capped.iter().enumerate() {
            program.rows.push(Bounds::new(f64::NEG_INFINITY, self.shape.sizes[kind] as f64));
            program.columns[kind].entries.push((self.shape.rows.len() + place, 1.0));
        }
        program.columns.push(Column { entries: self.level_entries(), bounds: Bounds::new(0.0, 1.0), cost: 1.0 });
        let mut tableau = Tableau::new(program);
        self.fit_bounds(&mut tableau);
        tableau
    }

    fn level_entries(&self) -> Vec<(usize, f64)> {
        let mut sums = vec![0.0; self.shape.rows.len() + self.capped.len()];
        for kind in (0..self.shape.kinds()).filter(|&kind| self.held[kind].is_none()) {
            self.shape.rows_of[kind].iter().for_each(|&row| sums[row] += self.shape.sizes[kind] as f64);
        }
        for (place, &kind) in self.capped.iter().enumerate().filter(|(_, kind)| self.held[**kind].is_none()) {
            sums[self.shape.rows.len() + place] = self.shape.sizes[kind] as f64;
        }
        sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0.0).collect()
    }

    /// What is held leaves that much less to the rows.
    fn fit_bounds(&self, tableau: &mut Tableau) {
        let held: Vec<f64> =
            self.held.iter().zip(&self.shape.sizes).map(|(held, &size)| held.unwrap_or(0.0) * size as f64).collect();
        for (row, (sum, &(low, high))) in self.shape.sums(&held).into_iter().zip(&self.shape.rows).enumerate() {
            tableau.set_row(row, Bounds::new(low as f64 - sum, high as f64 - sum));
        }
        for (kind, held) in held.iter().enumerate() {
            tableau.set_bounds(kind, Bounds::new(0.0, (self.shape.sizes[kind] as f64 - held).max(0.0)));
        }
        for (place, &kind) in self.capped.iter().enumerate() {
            let left = self.shape.sizes[kind] as f64 - held[kind];
            tableau.set_row(self.shape.rows.len() + place, Bounds::new(f64::NEG_INFINITY, left));
        }
    }

    fn refit(&self, tableau: &mut Tableau) {
        tableau.set_entries(self.shape.kinds(), self.level_entries());
        self.fit_bounds(tableau);
    }

    fn seats_before(&self, tableau: &Tableau, kind: usize, level: f64) -> f64 {
        tableau.value(kind) + self.held[kind].unwrap_or(level) * self.shape.sizes[kind] as f64
    }

    /// Gives a row of their own to kinds whose chance passed 1.
    fn cap(&mut self, tableau: &Tableau, level: f64) -> bool {
        let before = self.capped.len();
        for kind in 0..self.shape.kinds() {
            let most = self.shape.sizes[kind] as f64 + 1e-9;
            if self.held[kind].is_none()
                && self.seats_before(tableau, kind, level) > most
                && !self.capped.contains(&kind)
            {
                self.capped.push(kind);
            }
        }
        self.capped.len() > before
    }

    /// Holds the kinds whose lower bound has a price: at the best level there is one, if only the greatest of all.
    fn hold(&mut self, tableau: &Tableau, level: f64) {
        let prices = tableau.prices();
        let mut greatest: Option<(f64, usize)> = None;
        for kind in 0..self.shape.kinds() {
            if self.held[kind].is_some() || tableau.value(kind) > 1e-9 {
                continue;
            }
            let price = -tableau.reduced_cost(kind, &prices);
            if greatest.is_none_or(|(before, _)| price > before) {
                greatest = Some((price, kind));
            }
            if price > PRICE_AT_LEAST {
                self.held[kind] = Some(level);
            }
        }
        if let Some((_, kind)) = greatest {
            self.held[kind] = Some(level);
        }
    }
}
