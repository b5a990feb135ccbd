//! Symmetric positive definite systems, small and dense.

/// A square matrix, row by row.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    size: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    pub(crate) fn get(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.size + column] += value;
    }

    /// The inverse by Cholesky's decomposition; `None` when it is not positive definite.
    pub(crate) fn inverse(&self) -> Option<Self> {
        let lower = self.cholesky()?;
        let mut inverse = Self::zero(self.size);
        for column in 0..self.size {
            let mut solution = vec![0.0; self.size];
            solution[column] = 1.0;
            for row in 0..self.size {
                let known: f64 = (0..row).map(|k| lower.get(row, k) * solution[k]).sum();
                solution[row] = (solution[row] - known) / lower.get(row, row);
            }
            for row in (0..self.size).rev() {
                let known: f64 = (row + 1..self.size).map(|k| lower.get(k, row) * solution[k]).sum();
                solution[row] = (solution[row] - known) / lower.get(row, row);
            }
            solution.iter().enumerate().for_each(|(row, value)| inverse.add(row, column, *value));
        }
        Some(inverse)
    }

    fn cholesky(&self) -> Option<Self> {
        let mut lower = Self::zero(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower.get(row, k) * lower.get(column, k)).sum();
                let rest = self.get(row, column) - known;
                let value =
                    if row == column { (rest > 0.0).then(|| rest.sqrt())? } else { rest / lower.get(column, column) };
                lower.add(row, column, value);
            }
        }
        Some(lower)
    }
}
