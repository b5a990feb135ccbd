//! A whole panel near a divided one.

use crate::{
    linear::{
        Bounds, Tableau,
        integer::{Found, Search, search},
    },
    shape::{Mix, Shape},
};

/// Linear programs in the search for a panel near a point.
pub(crate) const PROGRAMS_NEAR_MAX: usize = 400;
/// Linear programs in the search for any panel at all.
pub(crate) const PROGRAMS_ANY_MAX: usize = 200_000;

/// Finds panels of one shape; each search begins at the basis where the last one ended.
#[derive(Debug, Clone)]
pub(crate) struct Finder<'s> {
    pub shape: &'s Shape,
    pub tableau: Tableau,
}

/// A box around a point: whole bounds for each kind and for each row's sum.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    pub kinds: Vec<(i64, i64)>,
    pub rows: Vec<(i64, i64)>,
}

impl<'s> Finder<'s> {
    pub(crate) fn new(shape: &'s Shape) -> Self {
        Self { shape, tableau: Tableau::new(shape.program()) }
    }

    /// A panel within the box, preferring what is worth most; gives up after so many programs.
    pub(crate) fn within(&mut self, around: &Around, worth: &[f64], programs_max: usize) -> Option<Vec<i64>> {
        self.fit(around, worth);
        let wanted = Search { above: f64::NEG_INFINITY, first: true, programs_max, whole_costs: false };
        search(&mut self.tableau, wanted).values
    }

    /// A panel worth more than `above`; when the search ended without one, there is none.
    pub(crate) fn first_above(&mut self, worth: &[f64], above: f64, programs_max: usize) -> Found {
        self.fit(&self.shape.whole(), worth);
        let mut found = search(&mut self.tableau, Search { above, first: true, programs_max, whole_costs: false });
        found.values = found.values.filter(|mix| self.shape.holds(mix));
        found
    }

    /// Any panel that meets all quotas.
    pub(crate) fn any(&mut self) -> Found {
        self.fit(&self.shape.whole(), &vec![0.0; self.shape.kinds()]);
        let wanted =
            Search { above: f64::NEG_INFINITY, first: true, programs_max: PROGRAMS_ANY_MAX, whole_costs: true };
        let mut found = search(&mut self.tableau, wanted);
        found.values = found.values.filter(|mix| self.shape.holds(mix));
        found
    }

    fn fit(&mut self, around: &Around, worth: &[f64]) {
        for (kind, &(low, high)) in around.kinds.iter().enumerate() {
            self.tableau.set_bounds(kind, Bounds::new(low as f64, high as f64));
            self.tableau.set_cost(kind, worth[kind]);
        }
        for (row, &(low, high)) in around.rows.iter().enumerate() {
            self.tableau.set_row(row, Bounds::new(low as f64, high as f64));
        }
    }
}

impl Shape {
    pub(crate) fn whole(&self) -> Around {
        Around { kinds: self.sizes.iter().map(|&size| (0, size)).collect(), rows: self.rows.clone() }
    }
}

/// A mix of whole seats, kept small.
pub(crate) fn kept(mix: &[i64]) -> Mix {
    mix.iter().map(|&seats| u16::try_from(seats).unwrap_or(u16::MAX)).collect()
}
