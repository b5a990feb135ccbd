use crate::twin;
use proptest::prelude::*;
use std::{collections::BTreeMap, convert::Infallible};
use transparency_log::*;

type Tiles = BTreeMap<(u8, u64), Vec<u8>>;

fn build(steps: &[u64]) -> (Tiles, u64, Hash) {
    let (mut tiles, mut size, mut root) = (Tiles::new(), 0, Hash::of_nothing());
    for step in steps {
        let leaves: Vec<Hash> = (size..size + step).map(|number| leaf_hash(&twin::entry(number))).collect();
        let Ok(appended) = append::<Infallible>(size, &leaves, &mut |id| Ok(tiles[&(id.level, id.index)].clone()));
        for update in appended.tiles {
            assert_eq!(update.hashes.len(), usize::from(update.id.width) * 32);
            tiles.insert((update.id.level, update.id.index), update.hashes);
        }
        (size, root) = (appended.size, appended.root);
    }
    (tiles, size, root)
}

/// As a server gives them: cut to the width asked for.
fn read(tiles: &Tiles) -> impl FnMut(TileId) -> Result<Vec<u8>, Infallible> + '_ {
    |id| Ok(tiles[&(id.level, id.index)][..usize::from(id.width) * 32].to_vec())
}

#[test]
fn the_roots_of_certificate_transparency_s_test_leaves() {
    let leaves: Vec<Vec<u8>> =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
            .iter()
            .map(|hex| (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect())
            .collect();
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    for (count, expected) in (1..).zip(roots) {
        let Ok(appended) = append::<Infallible>(0, &hashes[..count], &mut |_| unreachable!("the log is empty"));
        let hex: String = appended.root.0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected, "{count} leaves");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn tiles_roots_and_proofs_are_those_of_the_definitions(steps in prop::collection::vec(0_u64..400, 1..5), pick: u64, old: u64) {
        let (tiles, size, found) = build(&steps);
        let leaves = twin::leaves(size);
        prop_assert_eq!(found, twin::root(&leaves));
        prop_assert_eq!(root(size, &mut read(&tiles)).unwrap(), found);
        for ((level, index), bytes) in &tiles {
            let id = TileId::in_tree(*level, *index, size).unwrap();
            prop_assert_eq!(bytes, &twin::tile(id, &leaves));
        }
        prop_assume!(size > 0);
        let index = pick % size;
        let proof = inclusion_proof(index, size, &mut read(&tiles)).unwrap();
        prop_assert_eq!(&proof, &twin::inclusion(index as usize, &leaves));
        prop_assert!(verify_inclusion(&leaves[index as usize], index, size, &proof, &found));
        prop_assert!(!verify_inclusion(&leaf_hash(b"another"), index, size, &proof, &found));
        let old = old % (size + 1);
        let old_root = twin::root(&leaves[..old as usize]);
        let proof = consistency_proof(old, size, &mut read(&tiles)).unwrap();
        prop_assert!(verify_consistency(old, size, &proof, &old_root, &found));
        if old > 0 {
            prop_assert!(!verify_consistency(old, size, &proof, &leaf_hash(b"forged"), &found));
            prop_assert!(!verify_consistency(old, size, &proof, &old_root, &leaf_hash(b"forged")));
        }
    }

    #[test]
    fn a_tampered_proof_proves_nothing(size in 2_u64..700, pick: u64, which: usize, bit in 0_usize..256) {
        let (tiles, _, found) = build(&[size]);
        let index = pick % size;
        let mut proof = inclusion_proof(index, size, &mut read(&tiles)).unwrap();
        let which = which % proof.len();
        proof[which].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_inclusion(&leaf_hash(&twin::entry(index)), index, size, &proof, &found));
    }

    #[test]
    fn every_flipped_bit_is_found(size in 1_u64..1_500, place: usize, bit in 0_u8..8, in_entry: bool) {
        let (mut tiles, _, found) = build(&[size]);
        let mut bundles: Vec<Vec<u8>> = (0..size.div_ceil(256)).map(|b| {
            let entries: Vec<Vec<u8>> = (b * 256..((b + 1) * 256).min(size)).map(twin::entry).collect();
            encode_bundle(entries.iter().map(Vec::as_slice)).unwrap()
        }).collect();
        prop_assert_eq!(check(&bundles, &tiles, size, found), Ok(()));
        if in_entry {
            let bundle = place % bundles.len();
            let byte = place % bundles[bundle].len();
            bundles[bundle][byte] ^= 1 << bit;
        } else {
            let key = *tiles.keys().nth(place % tiles.len()).unwrap();
            let tile = tiles.get_mut(&key).unwrap();
            let byte = place % tile.len();
            tile[byte] ^= 1 << bit;
        }
        prop_assert!(check(&bundles, &tiles, size, found).is_err());
    }

    #[test]
    fn a_path_comes_back_as_it_went(level in 0_u8..64, index: u64, width in 1_u16..=256) {
        for path in [TilePath::Hashes(TileId { level, index, width }), TilePath::Entries { index, width }] {
            prop_assert_eq!(TilePath::parse(&path.to_string()), Ok(path));
        }
    }

    #[test]
    fn no_path_and_no_bundle_brings_a_parser_down(path in "(tile/)?[ -~]{0,40}", bytes: Vec<u8>) {
        if let Ok(parsed) = TilePath::parse(&path) {
            prop_assert_eq!(parsed.to_string(), path);
        }
        if let Ok(entries) = decode_bundle(&bytes) {
            prop_assert_eq!(encode_bundle(entries).unwrap(), bytes);
        }
    }
}

fn check(bundles: &[Vec<u8>], tiles: &Tiles, size: u64, root: Hash) -> Result<(), LogFault> {
    let mut check = LogCheck::new(Checkpoint { origin: "test".into(), size, root });
    let mut compared = 0;
    for (index, bundle) in (0..).zip(bundles) {
        for (id, follows) in check.take_bundle(bundle, &tiles[&(0, index)])? {
            LogCheck::compare(id, &follows, &tiles[&(id.level, id.index)])?;
            compared += 1;
        }
    }
    assert_eq!(compared, tiles.keys().filter(|(level, _)| *level > 0).count(), "every higher tile is compared once");
    check.finish().map(|_| ())
}

#[test]
fn the_paths_of_the_specification() {
    let path = TilePath::Hashes(TileId { level: 0, index: 1_234_067, width: 256 });
    assert_eq!(path.to_string(), "tile/0/x001/x234/067");
    for wrong in [
        "tile/0/1",
        "tile/00/001",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/64/001",
        "tile/0/001.p/01",
        "/tile/0/001",
    ] {
        assert_eq!(TilePath::parse(wrong), Err(PathError), "{wrong}");
    }
    let widths = |level, index| TileId::in_tree(level, index, 70_000).map(|id| id.width);
    assert_eq!(
        (widths(0, 273), widths(1, 0), widths(1, 1), widths(2, 0), widths(2, 1)),
        (Some(112), Some(256), Some(17), Some(1), None)
    );
}
