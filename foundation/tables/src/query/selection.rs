//! Rows that were chosen, a bit each.

/// Some rows of a table, counting from 0.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    words: Vec<u64>,
    rows: usize,
}

impl Selection {
    /// Every row.
    pub(crate) fn all(rows: usize) -> Self {
        let mut words = vec![u64::MAX; rows.div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_| !rows.is_multiple_of(64)) {
            *last = (1 << (rows % 64)) - 1;
        }
        Self { words, rows }
    }

    /// No row.
    pub(crate) fn none(rows: usize) -> Self {
        Self { words: vec![0; rows.div_ceil(64)], rows }
    }

    /// Keeps the rows of which this holds.
    pub(crate) fn keep(&mut self, holds: impl Fn(usize) -> bool) {
        for (at, word) in self.words.iter_mut().enumerate() {
            if *word == 0 {
                continue;
            }
            let first = at * 64;
            let mut found = 0_u64;
            for bit in 0..64.min(self.rows - first) {
                found |= u64::from(holds(first + bit)) << bit;
            }
            *word &= found;
        }
    }

    /// Keeps what another has too.
    pub(crate) fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Adds what another has.
    pub(crate) fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: usize) {
        if row < self.rows {
            self.words[row / 64] |= 1 << (row % 64);
        }
    }

    /// Whether a row is in it.
    pub(crate) fn has(&self, row: usize) -> bool {
        row < self.rows && self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// How many rows are in it.
    pub(crate) fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Whether every row is in it.
    pub(crate) fn is_all(&self) -> bool {
        self.count() == self.rows as u64
    }

    /// The rows in order.
    pub(crate) fn each(&self, mut take: impl FnMut(usize)) {
        for (at, word) in self.words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                take(at * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }

    /// The rows in order, from one on.
    pub(crate) fn from(&self, first: usize) -> impl Iterator<Item = usize> + '_ {
        (first..self.rows).filter(|row| self.has(*row))
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_set_it_says(rows in 0_usize..300, wanted in prop::collection::btree_set(0_usize..300, 0..80)) {
            let wanted: Vec<usize> = wanted.into_iter().filter(|row| *row < rows).collect();
            let mut one = Selection::all(rows);
            prop_assert!(one.is_all());
            one.keep(|row| wanted.contains(&row));
            let mut two = Selection::none(rows);
            wanted.iter().for_each(|row| two.add(*row));
            let mut seen = Vec::new();
            one.each(|row| seen.push(row));
            prop_assert_eq!(&seen, &wanted);
            prop_assert_eq!(two.from(0).collect::<Vec<_>>(), wanted.clone());
            prop_assert_eq!(one.count(), wanted.len() as u64);
            one.and(&two);
            one.or(&two);
            prop_assert_eq!(one.count(), wanted.len() as u64);
        }
    }
}
