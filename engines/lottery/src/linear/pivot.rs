//! Steps from one basis to the next, and the inverse that belongs to it.

use super::tableau::{Standing, Tableau, Variable};

/// A pivot smaller than this would spoil the inverse.
const PIVOT_AT_LEAST: f64 = 1e-9;
/// Lengths of step this close are the same; the larger pivot is taken.
const SAME_LENGTH: f64 = 1e-12;

/// Who stops the step.
struct Block {
    place: usize,
    length: f64,
    pivot: f64,
    at: Standing,
}

impl Tableau {
    /// Moves the entering variable as far as the bounds allow; gives the length of the step, or `None` when nothing stops it.
    pub(super) fn step(&mut self, entering: Variable, upwards: bool, patient: bool) -> Option<f64> {
        let change = self.changes(entering);
        let sign = if upwards { 1.0 } else { -1.0 };
        let own = self.bounds_of(entering);
        let span = own.high - own.low;
        let block = self.blocking(&change, sign, patient);
        let length = block.as_ref().map_or(f64::INFINITY, |block| block.length);
        if span <= length {
            if span.is_infinite() {
                return None;
            }
            self.values.iter_mut().zip(&change).for_each(|(value, by)| *value -= sign * span * by);
            self.stand(entering, if upwards { Standing::High } else { Standing::Low });
            return Some(span);
        }
        let block = block?;
        let begin = if upwards { own.low } else { own.high };
        self.values.iter_mut().zip(&change).for_each(|(value, by)| *value -= sign * length * by);
        self.stand(self.basis[block.place], block.at);
        self.basis[block.place] = entering;
        self.stand(entering, Standing::Basic(block.place));
        self.values[block.place] = begin + sign * length;
        self.eliminate(block.place, &change);
        Some(length)
    }

    fn stand(&mut self, variable: Variable, at: Standing) {
        match variable {
            Variable::Column(column) => self.column_at[column] = at,
            Variable::Logical(row) => self.logical_at[row] = at,
        }
    }

    /// How much each value of the basis falls when the variable rises by one.
    fn changes(&self, entering: Variable) -> Vec<f64> {
        (0..self.height)
            .map(|place| {
                let row = &self.inverse[place * self.height..(place + 1) * self.height];
                match entering {
                    Variable::Column(column) => self.columns[column].entries.iter().map(|&(at, by)| row[at] * by).sum(),
                    Variable::Logical(at) => -row[at],
                }
            })
            .collect()
    }

    /// The first of the basis to reach a bound. One that misses a bound stops when it reaches that bound.
    fn blocking(&self, change: &[f64], sign: f64, patient: bool) -> Option<Block> {
        let mut first: Option<Block> = None;
        for (place, by) in change.iter().enumerate() {
            let falling = sign * by;
            if falling.abs() < PIVOT_AT_LEAST {
                continue;
            }
            let bounds = self.bounds_of(self.basis[place]);
            let missing = self.missing(place);
            let (bound, at) = match (falling > 0.0, missing) {
                (true, 1.0) | (false, -1.0) => continue,
                (true, -1.0) => (bounds.high, Standing::High),
                (false, 1.0) => (bounds.low, Standing::Low),
                (true, _) => (bounds.low, Standing::Low),
                (false, _) => (bounds.high, Standing::High),
            };
            if bound.is_infinite() {
                continue;
            }
            let length = ((self.values[place] - bound) / falling).max(0.0);
            let better = first.as_ref().is_none_or(|first| {
                let nearer = length < first.length - SAME_LENGTH;
                let tied = (length - first.length).abs() <= SAME_LENGTH;
                let preferred =
                    if patient { self.basis[place] < self.basis[first.place] } else { by.abs() > first.pivot.abs() };
                nearer || (tied && preferred)
            });
            if better {
                first = Some(Block { place, length, pivot: *by, at });
            }
        }
        first
    }

    /// Multiplies the inverse by the elementary matrix of the pivot.
    fn eliminate(&mut self, place: usize, change: &[f64]) {
        let height = self.height;
        let pivot = change[place];
        let mut own: Vec<f64> = self.inverse[place * height..(place + 1) * height].to_vec();
        own.iter_mut().for_each(|entry| *entry /= pivot);
        for (other, by) in change.iter().enumerate() {
            if other != place && *by != 0.0 {
                let row = &mut self.inverse[other * height..(other + 1) * height];
                row.iter_mut().zip(&own).for_each(|(entry, own)| *entry -= by * own);
            }
        }
        self.inverse[place * height..(place + 1) * height].copy_from_slice(&own);
        self.pivots += 1;
    }

    /// The values of the basis from those of all else.
    pub(super) fn place_values(&mut self) {
        let mut left = vec![0.0; self.height];
        for (column, at) in self.columns.iter().zip(&self.column_at) {
            let value = match at {
                Standing::Basic(_) => continue,
                Standing::Low => column.bounds.low,
                Standing::High => column.bounds.high,
            };
            if value != 0.0 {
                column.entries.iter().for_each(|&(row, by)| left[row] -= by * value);
            }
        }
        for (row, at) in self.logical_at.iter().enumerate() {
            match at {
                Standing::Basic(_) => {}
                Standing::Low => left[row] += self.logical[row].low,
                Standing::High => left[row] += self.logical[row].high,
            }
        }
        for place in 0..self.height {
            let row = &self.inverse[place * self.height..(place + 1) * self.height];
            self.values[place] = row.iter().zip(&left).map(|(by, left)| by * left).sum();
        }
    }

    /// Makes the inverse anew by Gauss and Jordan with row pivoting; `false` when the basis has become singular.
    pub(super) fn refresh(&mut self) -> bool {
        let height = self.height;
        let mut matrix = vec![0.0; height * height];
        for (place, variable) in self.basis.iter().enumerate() {
            match *variable {
                Variable::Column(column) => {
                    for &(row, by) in &self.columns[column].entries {
                        matrix[row * height + place] += by;
                    }
                }
                Variable::Logical(row) => matrix[row * height + place] = -1.0,
            }
        }
        let Some(inverse) = inverted(matrix, height) else { return false };
        self.inverse = inverse;
        self.pivots = 0;
        self.stale = false;
        true
    }

    /// Begins again at the basis of logical variables.
    pub(super) fn restart(&mut self) {
        for place in 0..self.height {
            if let Variable::Column(column) = self.basis[place] {
                self.column_at[column] =
                    if self.columns[column].bounds.low.is_finite() { Standing::Low } else { Standing::High };
            }
        }
        self.inverse = vec![0.0; self.height * self.height];
        for row in 0..self.height {
            self.inverse[row * self.height + row] = -1.0;
            self.basis[row] = Variable::Logical(row);
            self.logical_at[row] = Standing::Basic(row);
        }
        self.pivots = 0;
        self.stale = false;
    }
}

fn inverted(mut matrix: Vec<f64>, height: usize) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; height * height];
    for row in 0..height {
        inverse[row * height + row] = 1.0;
    }
    for place in 0..height {
        let pivot_row = (place..height).max_by(|&one, &other| {
            let size = |row: usize| matrix[row * height + place].abs();
            size(one).total_cmp(&size(other)).then(other.cmp(&one))
        })?;
        if matrix[pivot_row * height + place].abs() < PIVOT_AT_LEAST {
            return None;
        }
        if pivot_row != place {
            for at in 0..height {
                matrix.swap(pivot_row * height + at, place * height + at);
                inverse.swap(pivot_row * height + at, place * height + at);
            }
        }
        let pivot = matrix[place * height + place];
        for at in 0..height {
            matrix[place * height + at] /= pivot;
            inverse[place * height + at] /= pivot;
        }
        for row in 0..height {
            let by = matrix[row * height + place];
            if row == place || by == 0.0 {
                continue;
            }
            for at in 0..height {
                matrix[row * height + at] -= by * matrix[place * height + at];
                inverse[row * height + at] -= by * inverse[place * height + at];
            }
        }
    }
    Some(inverse)
}
