//! Linear and integer programs, behind two functions: [`Tableau::solve`] and [`integer::search`].
//!
//! Our own, and not a library's, for one reason: the same input must give the same bytes on every machine. Here every sum of
//! floats is made in one written order, with no threads, no fused multiply-add, no table that depends on the processor.
//! The programs are small (rows: quotas; columns: kinds of people), so a dense inverse of the basis is enough.

pub(crate) mod integer;
mod pivot;
mod tableau;
#[cfg(test)]
mod twin;

pub(crate) use tableau::{Solved, Tableau};

/// How far a bound may be missed, in units of the row (people).
pub(crate) const FEASIBLE_WITHIN: f64 = 1e-9;
/// How far it may be missed when nothing can be done about it.
pub(crate) const FORGIVEN_WITHIN: f64 = 1e-7;
/// A reduced cost below this counts as nothing.
pub(crate) const PRICED_WITHIN: f64 = 1e-10;
/// A value this close to a whole number is one.
pub(crate) const WHOLE_WITHIN: f64 = 1e-6;

/// Maximise `cost · x` where each row's sum and each column's value stay within their bounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub rows: Vec<Bounds>,
    pub columns: Vec<Column>,
}

/// From where to where, both included; infinite where there is no bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub low: f64,
    pub high: f64,
}

impl Bounds {
    pub(crate) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    pub(crate) fn exactly(value: f64) -> Self {
        Self { low: value, high: value }
    }

    pub(crate) fn at_least(low: f64) -> Self {
        Self { low, high: f64::INFINITY }
    }
}

/// One variable: what it adds to which rows, its bounds, and what a unit of it is worth.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub entries: Vec<(usize, f64)>,
    pub bounds: Bounds,
    pub cost: f64,
}
