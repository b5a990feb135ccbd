//! Roots and proofs, computed from tiles and checked without them.

use crate::{Hash, TILE_WIDTH, TileId, node_hash};

/// Reads a tile: `width * 32` bytes.
type Read<'r, E> = dyn FnMut(TileId) -> Result<Vec<u8>, E> + 'r;

/// Largest power of two smaller than `n`, for `n` of at least 2.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// The root of the first `size` entries (MTH of RFC 6962 section 2.1).
///
/// # Errors
/// Those of `read`. A tile with fewer bytes than it should have is an all-zero hash, which no
/// proof and no checkpoint agrees with.
pub fn root<E>(size: u64, read: &mut Read<'_, E>) -> Result<Hash, E> {
    if size == 0 { Ok(Hash::of_nothing()) } else { range(0, size, size, read) }
}

/// The hash over entries `from..to` of a tree of `size`.
fn range<E>(from: u64, to: u64, size: u64, read: &mut Read<'_, E>) -> Result<Hash, E> {
    let n = to - from;
    if n.is_power_of_two() && from.is_multiple_of(n) {
        return complete(from, n.trailing_zeros(), size, read);
    }
    let middle = from + split(n);
    let left = range(from, middle, size, read)?;
    Ok(node_hash(&left, &range(middle, to, size, read)?))
}

/// The hash over `2^height` entries beginning with `from`, out of one tile.
fn complete<E>(from: u64, height: u32, size: u64, read: &mut Read<'_, E>) -> Result<Hash, E> {
    let level = height / 8;
    let first = from >> (8 * level);
    let count = 1_u64 << (height % 8);
    // A subtree of a whole tile's height stands in the level above, or is the whole tile itself.
    let level = u8::try_from(level).unwrap_or(u8::MAX);
    let Some(tile) = TileId::in_tree(level, first / TILE_WIDTH, size) else { return Ok(Hash([0; 32])) };
    let bytes = read(tile)?;
    let start = usize::try_from(first % TILE_WIDTH).unwrap_or(0) * 32;
    let end = start + usize::try_from(count).unwrap_or(0) * 32;
    let mut hashes: Vec<Hash> =
        bytes.get(start..end).unwrap_or_default().chunks_exact(32).filter_map(Hash::from_slice).collect();
    while hashes.len() > 1 {
        hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    Ok(hashes.first().copied().unwrap_or(Hash([0; 32])))
}

/// The proof that entry `index` is in the tree of `size`: siblings from the leaf upward (RFC 6962 section 2.1.1).
///
/// # Errors
/// Those of `read`. For an index outside the tree the proof is empty.
pub fn inclusion_proof<E>(index: u64, size: u64, read: &mut Read<'_, E>) -> Result<Vec<Hash>, E> {
    let mut proof = Vec::new();
    if index < size {
        path(index, 0, size, size, read, &mut proof)?;
    }
    Ok(proof)
}

fn path<E>(index: u64, from: u64, to: u64, size: u64, read: &mut Read<'_, E>, proof: &mut Vec<Hash>) -> Result<(), E> {
    if to - from == 1 {
        return Ok(());
    }
    let middle = from + split(to - from);
    if index < middle {
        path(index, from, middle, size, read, proof)?;
        proof.push(range(middle, to, size, read)?);
    } else {
        path(index, middle, to, size, read, proof)?;
        proof.push(range(from, middle, size, read)?);
    }
    Ok(())
}

/// The proof that the tree of `size` begins with the tree of `old_size` (RFC 6962 section 2.1.2).
///
/// # Errors
/// Those of `read`. The proof is empty when one of the trees is empty or both are the same.
pub fn consistency_proof<E>(old_size: u64, size: u64, read: &mut Read<'_, E>) -> Result<Vec<Hash>, E> {
    let mut proof = Vec::new();
    if old_size > 0 && old_size < size {
        subproof(old_size, 0, size, true, size, read, &mut proof)?;
    }
    Ok(proof)
}

fn subproof<E>(
    old: u64,
    from: u64,
    to: u64,
    whole: bool,
    size: u64,
    read: &mut Read<'_, E>,
    proof: &mut Vec<Hash>,
) -> Result<(), E> {
    if old == to {
        if !whole {
            proof.push(range(from, to, size, read)?);
        }
        return Ok(());
    }
    let middle = from + split(to - from);
    if old <= middle {
        subproof(old, from, middle, whole, size, read, proof)?;
        proof.push(range(middle, to, size, read)?);
    } else {
        subproof(old, middle, to, false, size, read, proof)?;
        proof.push(range(from, middle, size, read)?);
    }
    Ok(())
}

/// Whether the proof shows that `leaf` is entry `index` of the tree with this root (RFC 9162 section 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether the proof shows that the newer tree begins with the older (RFC 9162 section 2.1.4.2).
pub fn verify_consistency(old_size: u64, size: u64, proof: &[Hash], old_root: &Hash, root: &Hash) -> bool {
    if old_size == size {
        return proof.is_empty() && old_root == root;
    }
    if old_size == 0 || old_size > size {
        return old_size == 0 && proof.is_empty() && *old_root == Hash::of_nothing();
    }
    let (mut node, mut last) = (old_size - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // Where the old tree is complete, its root is not repeated in the proof.
    let (first, rest) = if old_size.is_power_of_two() {
        (*old_root, proof)
    } else {
        let Some((first, rest)) = proof.split_first() else { return false };
        (*first, rest)
    };
    let (mut old_hash, mut hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && hash == *root
}
