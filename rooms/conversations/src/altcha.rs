//! Proof of work in the altcha protocol (altcha.org/docs/v2/server-integration): a machine looks for a number whose hash with a
//! salt is given. It costs one person a second and a crowd of machines much, and asks nobody to read crooked letters.

use crate::voice::Key;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use civic::{Chance, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The number to find is at most this: about a second of a telephone.
pub const NUMBER_MAX: u64 = 100_000;
/// Seconds for which a challenge is good.
pub const GOOD_SECONDS: i64 = 1_200;
/// Characters a solution may have.
const SOLUTION_LIMIT: usize = 2_000;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Challenge {
    /// Always `SHA-256`.
    pub algorithm: &'static str,
    /// The hash of salt and number, in hexadecimal.
    pub challenge: String,
    /// The largest number to try.
    pub maxnumber: u64,
    /// What stands before the number; says until when it is good.
    pub salt: String,
    /// Our HMAC-SHA-256 of the challenge.
    pub signature: String,
}

/// What was found.
#[derive(Debug, Deserialize)]
struct Solution {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

/// A fresh challenge.
pub fn challenge(key: &Key, now: Moment, chance: &dyn Chance) -> Challenge {
    let mut bytes = [0_u8; 24];
    chance.fill(&mut bytes);
    let (salt, number) = bytes.split_at(16);
    let number = number.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)) % (NUMBER_MAX + 1);
    let expires = now.plus_seconds(GOOD_SECONDS).micros() / 1_000_000;
    let salt = format!("{}?expires={expires}", hex::encode(salt));
    let challenge = hash(&salt, number);
    let signature = key.sign(&["altcha", &challenge]);
    Challenge { algorithm: "SHA-256", challenge, maxnumber: NUMBER_MAX, salt, signature }
}

/// Looks at a solution (Base64 of JSON) and gives the challenge it solves, to be used once; `None` when it is wrong, forged or
/// too late.
pub fn solved(key: &Key, payload: &str, now: Moment) -> Option<String> {
    if payload.len() > SOLUTION_LIMIT {
        return None;
    }
    let found: Solution = serde_json::from_slice(&STANDARD.decode(payload).ok()?).ok()?;
    let expires: i64 = found.salt.split_once("?expires=")?.1.parse().ok()?;
    let good = found.algorithm == "SHA-256"
        && now.micros() / 1_000_000 <= expires
        && hash(&found.salt, found.number) == found.challenge
        && key.is_signed(&["altcha", &found.challenge], &found.signature);
    good.then_some(found.challenge)
}

fn hash(salt: &str, number: u64) -> String {
    hex::encode(Sha256::digest(format!("{salt}{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use civic::SeededChance;
    use serde_json::json;

    fn payload(challenge: &Challenge, number: u64) -> String {
        let Challenge { algorithm, challenge, salt, signature, .. } = challenge;
        STANDARD.encode(
            json!({"algorithm": algorithm, "challenge": challenge, "number": number, "salt": salt, "signature": signature})
                .to_string(),
        )
    }

    #[test]
    fn only_work_of_today_on_our_own_challenge_counts() {
        let (key, now) = (Key::new(&"k".repeat(64)), Moment(1_790_000_000_000_000));
        let asked = challenge(&key, now, &SeededChance::new(3));
        let number = (0..=NUMBER_MAX).find(|number| hash(&asked.salt, *number) == asked.challenge).unwrap();
        let right = payload(&asked, number);
        assert_eq!(solved(&key, &right, now), Some(asked.challenge.clone()));
        assert_eq!(solved(&key, &right, now.plus_seconds(GOOD_SECONDS + 1)), None, "too late");
        assert_eq!(solved(&key, &payload(&asked, number + 1), now), None, "wrong");
        assert_eq!(solved(&Key::new("other"), &right, now), None, "forged");
        let later = Challenge { salt: asked.salt.replace("expires=1", "expires=9"), ..asked };
        assert_eq!(solved(&key, &payload(&later, number), now), None, "a salt of one's own");
        for nonsense in ["", "e30=", "%%%", &"A".repeat(3_000)] {
            assert_eq!(solved(&key, nonsense, now), None);
        }
    }
}
