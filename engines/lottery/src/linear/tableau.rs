//! The revised simplex method with bounded variables (Dantzig 1955; Chvátal, Linear Programming, 1983, chapter 8).
//!
//! Each row gets a logical variable that equals the row's sum and carries its bounds, so that every equation has the right side nought
//! and the logical variables alone are a first basis. Phase one lowers the sum of the missed bounds.

use super::{Bounds, Column, FEASIBLE_WITHIN, FORGIVEN_WITHIN, PRICED_WITHIN, Program};

/// Pivots after which the inverse is made anew.
const REFRESH_PIVOTS: usize = 100;
/// Pivots that change nothing after which the smallest index decides (Bland 1977), which cannot cycle.
const PATIENCE_PIVOTS: usize = 200;

/// What became of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Solved {
    /// The values are the best there are, to the tolerances.
    Best,
    /// No values keep all bounds.
    Impossible,
    /// The limit of pivots was reached, or no end to the gain; nothing is claimed.
    Unknown,
}

/// A program with its basis: solving it again after a change of bounds or costs begins where it stood.
#[derive(Debug, Clone)]
pub(crate) struct Tableau {
    pub(super) height: usize,
    pub(super) columns: Vec<Column>,
    pub(super) logical: Vec<Bounds>,
    /// The variable of each place of the basis: a column, or `usize::MAX - row` for a logical one.
    pub(super) basis: Vec<Variable>,
    /// Row by row, `height` × `height`.
    pub(super) inverse: Vec<f64>,
    pub(super) column_at: Vec<Standing>,
    pub(super) logical_at: Vec<Standing>,
    pub(super) values: Vec<f64>,
    pub(super) pivots: usize,
    pub(super) stale: bool,
    /// How far a bound may be missed in this solution.
    within: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variable {
    Column(usize),
    Logical(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Low,
    High,
    Basic(usize),
}

impl Tableau {
    pub(crate) fn new(program: Program) -> Self {
        let height = program.rows.len();
        let mut inverse = vec![0.0; height * height];
        for row in 0..height {
            inverse[row * height + row] = -1.0;
        }
        Self {
            height,
            column_at: program.columns.iter().map(|column| resting(column.bounds)).collect(),
            columns: program.columns,
            logical: program.rows,
            basis: (0..height).map(Variable::Logical).collect(),
            inverse,
            logical_at: (0..height).map(Standing::Basic).collect(),
            values: vec![0.0; height],
            pivots: 0,
            stale: false,
            within: FEASIBLE_WITHIN,
        }
    }

    pub(crate) fn set_bounds(&mut self, column: usize, bounds: Bounds) {
        self.columns[column].bounds = bounds;
        self.column_at[column] = still_resting(self.column_at[column], bounds);
    }

    pub(crate) fn bounds(&self, column: usize) -> Bounds {
        self.columns[column].bounds
    }

    pub(crate) fn set_row(&mut self, row: usize, bounds: Bounds) {
        self.logical[row] = bounds;
        self.logical_at[row] = still_resting(self.logical_at[row], bounds);
    }

    pub(crate) fn set_cost(&mut self, column: usize, cost: f64) {
        self.columns[column].cost = cost;
    }

    /// Changes what a column adds to the rows; the inverse is made anew when the column is in the basis.
    pub(crate) fn set_entries(&mut self, column: usize, entries: Vec<(usize, f64)>) {
        self.columns[column].entries = entries;
        self.stale |= matches!(self.column_at[column], Standing::Basic(_));
    }

    pub(crate) fn add_column(&mut self, column: Column) {
        self.column_at.push(resting(column.bounds));
        self.columns.push(column);
    }

    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The value of a column after [`Tableau::solve`].
    pub(crate) fn value(&self, column: usize) -> f64 {
        match self.column_at[column] {
            Standing::Basic(place) => self.values[place],
            Standing::Low => self.columns[column].bounds.low,
            Standing::High => self.columns[column].bounds.high,
        }
    }

    /// What the best total is worth.
    pub(crate) fn total(&self) -> f64 {
        (0..self.width()).map(|column| self.columns[column].cost * self.value(column)).sum()
    }

    /// What one more unit of each row's sum would be worth (the dual values), after [`Tableau::solve`].
    pub(crate) fn prices(&self) -> Vec<f64> {
        self.prices_of(|place| match self.basis[place] {
            Variable::Column(column) => self.columns[column].cost,
            Variable::Logical(_) => 0.0,
        })
    }

    /// What a unit of the column is worth beyond what its rows cost.
    pub(crate) fn reduced_cost(&self, column: usize, prices: &[f64]) -> f64 {
        self.columns[column].entries.iter().fold(self.columns[column].cost, |left, &(row, by)| left - prices[row] * by)
    }

    /// Maximises. Begins at the basis where the last call ended.
    pub(crate) fn solve(&mut self) -> Solved {
        if self.stale && !self.refresh() {
            self.restart();
        }
        self.place_values();
        self.within = FEASIBLE_WITHIN;
        let limit = 2_000 + 20 * (self.height + self.width());
        let mut idle = 0;
        for _ in 0..limit {
            let missed = self.missed();
            let (prices, phase_one) = if missed > 0 { (self.missing_prices(), true) } else { (self.prices(), false) };
            let Some((entering, upwards)) = self.entering(&prices, phase_one, idle > PATIENCE_PIVOTS) else {
                match phase_one {
                    false => return Solved::Best,
                    true if self.forgive() => continue,
                    true => return Solved::Impossible,
                }
            };
            let Some(length) = self.step(entering, upwards, idle > PATIENCE_PIVOTS) else { return Solved::Unknown };
            idle = if length > FEASIBLE_WITHIN { 0 } else { idle + 1 };
            if self.pivots >= REFRESH_PIVOTS.max(self.height) {
                if !self.refresh() {
                    self.restart();
                }
                self.place_values();
            }
        }
        Solved::Unknown
    }

    /// Works the values of the basis out anew, without what many pivots add up to.
    pub(crate) fn polish(&mut self) {
        if self.pivots > 0 && self.refresh() {
            self.place_values();
        }
    }

    /// Bounds missed by no more than errors of the numbers count as kept in this solution; `false` when they are missed by more.
    fn forgive(&mut self) -> bool {
        let by = |place: usize| {
            let bounds = self.bounds_of(self.basis[place]);
            (bounds.low - self.values[place]).max(self.values[place] - bounds.high)
        };
        let worst = (0..self.height).map(by).fold(0.0, f64::max);
        let forgiven = worst <= FORGIVEN_WITHIN && self.within < FORGIVEN_WITHIN;
        if forgiven {
            self.within = (2.0 * worst).max(2.0 * self.within);
        }
        forgiven
    }

    fn missed(&self) -> usize {
        (0..self.height).filter(|&place| self.missing(place) != 0.0).count()
    }

    /// 1 when the value of this place must rise to keep its bounds, -1 when it must fall, 0 when it keeps them.
    pub(super) fn missing(&self, place: usize) -> f64 {
        let bounds = self.bounds_of(self.basis[place]);
        let scale = self.within * (1.0 + self.values[place].abs());
        if self.values[place] < bounds.low - scale {
            1.0
        } else if self.values[place] > bounds.high + scale {
            -1.0
        } else {
            0.0
        }
    }

    fn missing_prices(&self) -> Vec<f64> {
        self.prices_of(|place| self.missing(place))
    }

    fn prices_of(&self, cost: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut prices = vec![0.0; self.height];
        for place in 0..self.height {
            let cost = cost(place);
            if cost != 0.0 {
                let row = &self.inverse[place * self.height..(place + 1) * self.height];
                prices.iter_mut().zip(row).for_each(|(price, by)| *price += cost * by);
            }
        }
        prices
    }

    /// The variable to bring into the basis, and whether it rises; the one of greatest worth, or, patiently, the first of any.
    fn entering(&self, prices: &[f64], phase_one: bool, patient: bool) -> Option<(Variable, bool)> {
        let mut best: Option<(Variable, bool)> = None;
        let mut worth = PRICED_WITHIN;
        let mut consider = |variable, standing, bounds: Bounds, cost: f64| {
            let gain = match standing {
                Standing::Basic(_) => return,
                _ if bounds.low == bounds.high => return,
                Standing::Low => cost,
                Standing::High => -cost,
            };
            if gain > worth && !(patient && best.is_some()) {
                worth = gain;
                best = Some((variable, standing == Standing::Low));
            }
        };
        for (index, column) in self.columns.iter().enumerate() {
            let own = if phase_one { 0.0 } else { column.cost };
            let cost = column.entries.iter().fold(own, |left, &(row, by)| left - prices[row] * by);
            consider(Variable::Column(index), self.column_at[index], column.bounds, cost);
        }
        for (row, price) in prices.iter().enumerate() {
            consider(Variable::Logical(row), self.logical_at[row], self.logical[row], *price);
        }
        best
    }

    pub(super) fn bounds_of(&self, variable: Variable) -> Bounds {
        match variable {
            Variable::Column(column) => self.columns[column].bounds,
            Variable::Logical(row) => self.logical[row],
        }
    }
}

/// Where a variable outside the basis stands: at its lower bound, or at the upper when there is no lower.
fn resting(bounds: Bounds) -> Standing {
    if bounds.low.is_finite() { Standing::Low } else { Standing::High }
}

fn still_resting(now: Standing, bounds: Bounds) -> Standing {
    match now {
        Standing::Basic(_) => now,
        Standing::High if bounds.high.is_finite() => now,
        _ => resting(bounds),
    }
}
