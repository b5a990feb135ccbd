//! From what was thrown, drawn or said to a number.

use lottery::Seed;
use sha2::{Digest, Sha256};

#[test]
fn every_throw_of_dice_that_counts_is_one_panel_equally_often() {
    for panels in [1_u32, 2, 5, 6, 7, 36, 100, 215] {
        let throws = (1..).find(|throws| 6_u32.pow(*throws) >= panels).unwrap();
        let mut counts = vec![0; panels as usize];
        for number in 0..6_u32.pow(throws) {
            let eyes = (0..throws).rev().map(|place| ((number / 6_u32.pow(place) % 6) + 1).to_string());
            let seed = Seed::read(&format!("dice:{}", eyes.collect::<Vec<_>>().join("-"))).unwrap();
            match seed.number(panels, "") {
                Ok(panel) => counts[panel as usize] += 1,
                Err(again) => assert!(again.to_string().contains("more"), "{again}"),
            }
        }
        assert!(counts.iter().all(|count| *count == counts[0] && *count > 0), "{panels}: {counts:?}");
    }
}

#[test]
fn digits_are_the_number_itself() {
    assert_eq!(Seed::read("digits:417").unwrap().number(1000, "").unwrap(), 417);
    assert_eq!(Seed::read("digits: 0 0 7").unwrap().number(1000, "").unwrap(), 7);
    assert!(Seed::read("digits:41").unwrap().number(1000, "").is_err());
    assert!(Seed::read("digits:950").unwrap().number(900, "").is_err());
    assert!(Seed::read("digits:4x7").is_err());
}

#[test]
fn dice_decide_once() {
    assert_eq!(Seed::read("dice:1-1-1-4").unwrap().number(1000, "").unwrap(), 3);
    assert!(Seed::read("dice:1-1-1-4-2").unwrap().number(1000, "").is_err());
    assert!(Seed::read("dice:1-7").is_err());
    // 6-6-6-6 is 1295, past the last full thousand: the next four dice count.
    assert_eq!(Seed::read("dice:6-6-6-6 1-1-1-4").unwrap().number(1000, "").unwrap(), 3);
}

#[test]
fn a_beacon_is_checked_against_its_signature() {
    let signature = "ab".repeat(48);
    let bytes: Vec<u8> = vec![0xab; 48];
    let randomness: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let seed = Seed::read(&format!("drand:4711:{}:{signature}", randomness.to_uppercase())).unwrap();
    assert_eq!(seed.to_string(), format!("drand:4711:{randomness}"));
    assert!(Seed::read(&format!("drand:4711:{}:{signature}", "0".repeat(64))).is_err());
    assert!(Seed::read("drand:4711:abc").is_err());
    assert!(Seed::read("drand:x").is_err());
}

#[test]
fn words_are_hashed_with_the_commitment_as_the_readme_says() {
    let hash = |words: &[&str]| {
        let mut hasher = Sha256::new();
        for word in words {
            hasher.update((word.len() as u64).to_be_bytes());
            hasher.update(word.as_bytes());
        }
        u64::from_be_bytes(hasher.finalize()[..8].try_into().unwrap())
    };
    for seed in ["4711", "the closing price was 13,104.22", "ünï"] {
        let number = Seed::read(seed).unwrap().number(1000, "abc").unwrap();
        assert_eq!(u64::from(number), hash(&["polity lottery 1", "abc", seed, "0"]) % 1000);
    }
    assert_eq!(Seed::read("4711").unwrap().commitment(), lottery::sha256_hex("4711"));
}
