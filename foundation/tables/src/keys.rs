//! Rows told apart by a declared key, or by a column in which nothing stands twice.

use crate::Declared;
use importing::Cells;
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// Why a cell does not fit whose row has the key of another one.
pub(crate) const AGAIN: &str = "another row has the same key";

/// A key and what was seen of it: 128 bits for each row, so that millions fit into memory and no two keys are ever taken for one.
pub(crate) struct Key {
    places: Vec<usize>,
    seen: HashSet<[u64; 2]>,
}

impl Key {
    /// The keys to look at: the declared one, and each column of `alone` by itself.
    pub(crate) fn all(declared: Option<&Declared>, names: &[String], alone: Vec<usize>) -> Vec<Self> {
        let place = |of: &String| {
            let field = declared.and_then(|declared| declared.field(of))?;
            names.iter().position(|name| field.is_called(name))
        };
        let key = declared.map(|declared| declared.key.as_slice()).unwrap_or_default();
        let declared: Option<Vec<usize>> = key.iter().map(place).collect();
        let declared = declared.filter(|places| !places.is_empty());
        let all = declared.into_iter().chain(alone.into_iter().map(|place| vec![place]));
        all.map(|places| Self { places, seen: HashSet::new() }).collect()
    }

    /// The first column of the key, where another row had the same before.
    pub(crate) fn again(&mut self, cells: &Cells<'_>) -> Option<usize> {
        let hash = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            salt.hash(&mut hasher);
            self.places.iter().for_each(|place| cells.get(*place).trim().hash(&mut hasher));
            hasher.finish()
        };
        let print = [hash(0), hash(1)];
        let first = self.places.first().copied();
        if self.seen.insert(print) { None } else { first }
    }
}
