//! The definitions of RFC 6962 section 2.1, written down without any cleverness.

use transparency_log::{Hash, TileId, leaf_hash, node_hash};

pub fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(&entry(number))).collect()
}

pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_nothing(),
        [one] => *one,
        many => {
            let split = many.len().next_power_of_two() / 2;
            node_hash(&root(&many[..split]), &root(&many[split..]))
        }
    }
}

pub fn inclusion(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let split = leaves.len().next_power_of_two() / 2;
    let (mut proof, sibling) = if index < split {
        (inclusion(index, &leaves[..split]), root(&leaves[split..]))
    } else {
        (inclusion(index - split, &leaves[split..]), root(&leaves[..split]))
    };
    proof.push(sibling);
    proof
}

/// A tile, straight from its definition.
pub fn tile(id: TileId, leaves: &[Hash]) -> Vec<u8> {
    let span = 256_usize.pow(u32::from(id.level));
    let first = id.index as usize * 256;
    (first..first + usize::from(id.width))
        .flat_map(|number| root(&leaves[number * span..(number + 1) * span]).0)
        .collect()
}
