//! Checking a whole log: every entry against its tile, every tile against the root.

use crate::{BundleError, Checkpoint, Hash, TILE_WIDTH, TileId, TilePath, append, decode_bundle, leaf_hash};
use std::{collections::BTreeMap, convert::Infallible};

/// What does not fit, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// A bundle cannot be read.
    #[error("bundle {index}: {fault}")]
    Bundle {
        /// Which bundle.
        index: u64,
        /// Why.
        fault: BundleError,
    },
    /// A bundle has another number of entries than the size asks for.
    #[error("bundle {index} has {found} entries where {expected} belong")]
    Width {
        /// Which bundle.
        index: u64,
        /// How many there are.
        found: u64,
        /// How many there should be.
        expected: u64,
    },
    /// An entry is not the one whose hash the tree holds.
    #[error("entry {0} is not the one whose hash the log holds")]
    Entry(u64),
    /// A tile holds other hashes than those its entries give.
    #[error("{0} does not follow from the entries below it")]
    Tile(String),
    /// The root is another.
    #[error("the entries give another root than the signed checkpoint")]
    Root,
    /// There are fewer entries than the checkpoint says.
    #[error("only {found} of {expected} entries are there")]
    Missing {
        /// Entries that were given.
        found: u64,
        /// Entries the checkpoint speaks of.
        expected: u64,
    },
}

/// Reads a log from its first entry to its last, with memory for one tile per level.
#[derive(Debug)]
pub struct LogCheck {
    checkpoint: Checkpoint,
    size: u64,
    /// The rightmost, not yet full tile of each level.
    edge: BTreeMap<u8, Vec<u8>>,
}

impl LogCheck {
    /// Begins to check the log of this checkpoint, which is already opened.
    pub fn new(checkpoint: Checkpoint) -> Self {
        Self { checkpoint, size: 0, edge: BTreeMap::new() }
    }

    /// How many bundles the log has.
    pub fn bundles(&self) -> u64 {
        self.checkpoint.size.div_ceil(TILE_WIDTH)
    }

    /// Entries that were checked so far.
    pub fn checked(&self) -> u64 {
        self.size
    }

    /// Takes the next bundle and the level-0 tile of the same number; returns the tiles of all levels
    /// that follow from what was read so far and are complete now (or are the last of the log), for
    /// comparison with those that the log serves.
    ///
    /// # Errors
    /// [`LogFault`], naming the first entry that does not fit.
    pub fn take_bundle(&mut self, bundle: &[u8], tile: &[u8]) -> Result<Vec<(TileId, Vec<u8>)>, LogFault> {
        let index = self.size / TILE_WIDTH;
        let entries = decode_bundle(bundle).map_err(|fault| LogFault::Bundle { index, fault })?;
        let expected = (self.checkpoint.size - self.size).min(TILE_WIDTH);
        if entries.len() as u64 != expected {
            return Err(LogFault::Width { index, found: entries.len() as u64, expected });
        }
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        for (number, (leaf, held)) in leaves.iter().zip(tile.chunks(32).chain(std::iter::repeat(&[][..]))).enumerate() {
            if leaf.0[..] != *held {
                return Err(LogFault::Entry(self.size + number as u64));
            }
        }
        if tile.len() != leaves.len() * 32 {
            return Err(LogFault::Tile(format!("tile 0/{index}")));
        }
        Ok(self.add(&leaves))
    }

    fn add(&mut self, leaves: &[Hash]) -> Vec<(TileId, Vec<u8>)> {
        let edge = std::mem::take(&mut self.edge);
        let appended =
            append::<Infallible>(self.size, leaves, &mut |tile| Ok(edge.get(&tile.level).cloned().unwrap_or_default()));
        let Ok(appended) = appended;
        self.size = appended.size;
        let last = self.size == self.checkpoint.size;
        self.edge = edge;
        let mut done = Vec::new();
        for update in appended.tiles {
            let full = u64::from(update.id.width) == TILE_WIDTH;
            if full {
                self.edge.remove(&update.id.level);
            } else {
                self.edge.insert(update.id.level, update.hashes.clone());
            }
            if (full || last) && update.id.level > 0 {
                done.push((update.id, update.hashes));
            }
        }
        if last {
            for (level, hashes) in &self.edge {
                let id = TileId::in_tree(*level, (self.size >> (8 * u32::from(*level))) / TILE_WIDTH, self.size);
                done.extend(
                    id.filter(|id| id.level > 0 && !done.iter().any(|(known, _)| known == id))
                        .map(|id| (id, hashes.clone())),
                );
            }
        }
        done
    }

    /// Compares a tile that the log serves with the one that follows from its entries.
    ///
    /// # Errors
    /// [`LogFault::Tile`].
    pub fn compare(id: TileId, follows: &[u8], served: &[u8]) -> Result<(), LogFault> {
        if follows == served { Ok(()) } else { Err(LogFault::Tile(TilePath::Hashes(id).to_string())) }
    }

    /// Ends the check: all entries were there and give the signed root.
    ///
    /// # Errors
    /// [`LogFault::Missing`] or [`LogFault::Root`].
    pub fn finish(self) -> Result<Checkpoint, LogFault> {
        if self.size != self.checkpoint.size {
            return Err(LogFault::Missing { found: self.size, expected: self.checkpoint.size });
        }
        let edge = &self.edge;
        let Ok(root) =
            crate::root::<Infallible>(self.size, &mut |tile| Ok(edge.get(&tile.level).cloned().unwrap_or_default()));
        if root == self.checkpoint.root { Ok(self.checkpoint) } else { Err(LogFault::Root) }
    }
}
