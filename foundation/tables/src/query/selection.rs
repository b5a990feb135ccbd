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

    /// Takes every row out.
    pub(crate) fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Of the rows from `first` (a multiple of 64) on, keeps those of which this holds, told by how far behind it they are; the others stay.
    pub(crate) fn keep_within(&mut self, first: usize, rows: usize, holds: impl Fn(usize) -> bool) {
        let rows = rows.min(self.rows.saturating_sub(first));
        let words = self.words.iter_mut().skip(first / 64).take(rows.div_ceil(64));
        for (at, word) in words.enumerate() {
            if *word == 0 {
                continue;
            }
            let from = at * 64;
            let mut found = 0_u64;
            for bit in 0..64.min(rows - from) {
                found |= u64::from(holds(from + bit)) << bit;
            }
            *word &= found;
        }
    }

    /// The rows of so many from `first` (a multiple of 64) on in order, told by how far behind it they are.
    pub(crate) fn each_within(&self, first: usize, rows: usize, mut take: impl FnMut(usize)) {
        for (at, word) in self.words.iter().skip(first / 64).take(rows.div_ceil(64)).enumerate() {
            let mut left = *word;
            while left != 0 {
                take(at * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }

    /// Whether any of so many rows from `first` (a multiple of 64) on is in it.
    pub(crate) fn has_any(&self, first: usize, rows: usize) -> bool {
        self.words.iter().skip(first / 64).take(rows.div_ceil(64)).any(|word| *word != 0)
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
        // A word at a time, because there may be many without any.
        let words = self.words.iter().enumerate().skip(first / 64).filter(|(_, word)| **word != 0);
        words.flat_map(|(at, _)| at * 64..at * 64 + 64).filter(move |row| *row >= first && self.has(*row))
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
            one.keep_within(0, rows, |row| wanted.contains(&row));
            let mut two = Selection::none(rows);
            wanted.iter().for_each(|row| two.add(*row));
            let mut seen = Vec::new();
            one.each(|row| seen.push(row));
            prop_assert_eq!(&seen, &wanted);
            prop_assert_eq!(two.from(0).collect::<Vec<_>>(), wanted.clone());
            let behind: Vec<usize> = wanted.iter().copied().filter(|row| *row >= 70).collect();
            prop_assert_eq!(two.from(70).collect::<Vec<_>>(), behind);
            let middle: Vec<usize> = wanted.iter().filter(|row| (64..192).contains(*row)).map(|row| row - 64).collect();
            let mut within = Vec::new();
            two.each_within(64, 128, |row| within.push(row));
            prop_assert_eq!(&within, &middle);
            prop_assert_eq!(two.has_any(64, 128), !middle.is_empty());
            let mut kept = Selection::all(rows);
            kept.keep_within(64, 128, |row| middle.contains(&row));
            let left: Vec<usize> = (0..rows).filter(|row| !(64..192).contains(row) || middle.contains(&(row - 64))).collect();
            prop_assert_eq!(kept.from(0).collect::<Vec<_>>(), left);
            prop_assert_eq!(one.count(), wanted.len() as u64);
            one.and(&two);
            one.or(&two);
            prop_assert_eq!(one.count(), wanted.len() as u64);
        }
    }
}
