//! Adding entries: which tiles change, and the root afterwards.

use crate::{Hash, TILE_WIDTH, TileId, node_hash, root};
use std::collections::BTreeMap;

/// What adding entries came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Entries there are now.
    pub size: u64,
    /// The root over all of them.
    pub root: Hash,
    /// The tiles that are new or longer, each with all its hashes, lowest level first.
    pub tiles: Vec<TileUpdate>,
}

/// A tile as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileUpdate {
    /// Which, with its present width.
    pub id: TileId,
    /// `width * 32` bytes.
    pub hashes: Vec<u8>,
}

/// Adds the hashes of new entries behind a log of `size`; `read` gives the tiles of that log.
///
/// # Errors
/// Those of `read`.
pub fn append<E>(
    size: u64,
    leaves: &[Hash],
    read: &mut dyn FnMut(TileId) -> Result<Vec<u8>, E>,
) -> Result<Appended, E> {
    let mut changed: BTreeMap<(u8, u64), Vec<u8>> = BTreeMap::new();
    let mut level = 0_u8;
    let mut first = size;
    let mut new: Vec<Hash> = leaves.to_vec();
    while !new.is_empty() {
        let full = lay(level, first, &new, size, &mut changed, read)?;
        first /= TILE_WIDTH;
        new = full;
        level += 1;
    }
    let size = size + leaves.len() as u64;
    let tiles: Vec<TileUpdate> = changed.iter().filter_map(|(key, hashes)| update(*key, hashes, size)).collect();
    let root = root(size, &mut |tile| match changed.get(&(tile.level, tile.index)) {
        Some(hashes) => Ok(hashes.clone()),
        None => read(tile),
    })?;
    Ok(Appended { size, root, tiles })
}

/// Lays hashes into the tiles of one level, from number `first` on; returns the roots of the tiles that became full.
fn lay<E>(
    level: u8,
    first: u64,
    new: &[Hash],
    old_size: u64,
    changed: &mut BTreeMap<(u8, u64), Vec<u8>>,
    read: &mut dyn FnMut(TileId) -> Result<Vec<u8>, E>,
) -> Result<Vec<Hash>, E> {
    let mut full = Vec::new();
    for (number, hash) in (first..).zip(new) {
        let index = number / TILE_WIDTH;
        let tile = match changed.entry((level, index)) {
            std::collections::btree_map::Entry::Occupied(tile) => tile.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let present = TileId::in_tree(level, index, old_size).map(&mut *read).transpose()?;
                place.insert(present.unwrap_or_default())
            }
        };
        tile.extend_from_slice(&hash.0);
        if tile.len() as u64 == TILE_WIDTH * 32 {
            full.push(root_of_tile(tile));
        }
    }
    Ok(full)
}

fn root_of_tile(tile: &[u8]) -> Hash {
    let mut hashes: Vec<Hash> = tile.chunks_exact(32).filter_map(Hash::from_slice).collect();
    while hashes.len() > 1 {
        hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    hashes.first().copied().unwrap_or_else(Hash::of_nothing)
}

fn update((level, index): (u8, u64), hashes: &[u8], size: u64) -> Option<TileUpdate> {
    TileId::in_tree(level, index, size).map(|id| TileUpdate { id, hashes: hashes.to_vec() })
}
