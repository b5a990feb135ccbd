//! Branch and bound (Land & Doig 1960), depth first, over the linear programs of [`Tableau`].

use super::{Bounds, Solved, Tableau, WHOLE_WITHIN};

/// What is searched for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search {
    /// Only totals greater than this are of interest.
    pub above: f64,
    /// Stop at the first whole solution instead of the best.
    pub first: bool,
    /// Linear programs that may be solved.
    pub programs_max: usize,
    /// All costs are whole numbers, so a better total is better by one.
    pub whole_costs: bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The best whole solution of interest.
    pub values: Option<Vec<i64>>,
    /// Whether the search ended: then there is no better one.
    pub ended: bool,
}

/// Seeks whole values of the first `whole` columns; the bounds are afterwards as before.
pub(crate) fn search(tableau: &mut Tableau, search: Search) -> Found {
    let mut state = State { best: None, above: search.above, left: search.programs_max, search, ended: true };
    state.visit(tableau);
    Found { values: state.best, ended: state.ended }
}

struct State {
    best: Option<Vec<i64>>,
    above: f64,
    left: usize,
    search: Search,
    ended: bool,
}

impl State {
    /// Gives whether to stop altogether. The depth is at most the number of bounds that can be halved, in practice some dozens.
    fn visit(&mut self, tableau: &mut Tableau) -> bool {
        if self.left == 0 {
            self.ended = false;
            return true;
        }
        self.left -= 1;
        match tableau.solve() {
            Solved::Impossible => return false,
            Solved::Unknown => {
                self.ended = false;
                return false;
            }
            Solved::Best => {}
        }
        let total = tableau.total();
        let reachable = if self.search.whole_costs { (total + WHOLE_WITHIN).floor() } else { total };
        if reachable <= self.above {
            return false;
        }
        let Some((column, value)) = most_broken(tableau) else {
            self.above = reachable;
            self.best = Some((0..tableau.width()).map(|column| tableau.value(column).round() as i64).collect());
            return self.search.first;
        };
        self.branch(tableau, column, value)
    }

    fn branch(&mut self, tableau: &mut Tableau, column: usize, value: f64) -> bool {
        let whole = tableau.bounds(column);
        let below = Bounds::new(whole.low, value.floor());
        let beyond = Bounds::new(value.floor() + 1.0, whole.high);
        let nearer_first = if value - value.floor() < 0.5 { [below, beyond] } else { [beyond, below] };
        for part in nearer_first {
            tableau.set_bounds(column, part);
            if self.visit(tableau) {
                tableau.set_bounds(column, whole);
                return true;
            }
        }
        tableau.set_bounds(column, whole);
        false
    }
}

/// The column farthest from whole, the first among equals.
fn most_broken(tableau: &Tableau) -> Option<(usize, f64)> {
    let mut worst = None;
    let mut by = WHOLE_WITHIN;
    for column in 0..tableau.width() {
        let value = tableau.value(column);
        let broken = (value - value.round()).abs();
        if broken > by {
            by = broken + 1e-9;
            worst = Some((column, value));
        }
    }
    worst
}
