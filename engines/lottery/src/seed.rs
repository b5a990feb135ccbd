//! The chance of the draw: something public that nobody could know when the panels were published.

use crate::{
    Refusal,
    digest::{hexadecimal, sha256},
};
use sha2::{Digest, Sha256};
use std::fmt;

/// Bytes of a seed as it is entered.
pub const SEED_BYTES_MAX: usize = 2_000;

/// Where the number comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seed {
    /// Randomness of a drand beacon: its round, announced beforehand, and 32 bytes in hexadecimal.
    Drand {
        /// The number of the round.
        round: u64,
        /// 64 hexadecimal digits, lower case.
        randomness: String,
    },
    /// Ordinary dice, thrown one after the other; no hash is needed to follow the draw.
    Dice(Vec<u8>),
    /// Digits from a bowl or ten-sided dice: the number of the panel itself.
    Digits(String),
    /// Any other words that were public; their hash decides.
    Words(String),
}

impl Seed {
    /// Reads `drand:ROUND:RANDOMNESS` (with `:SIGNATURE` its hash is checked), `dice:3-1-6-…`, `digits:417`, or any other text.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() || text.len() > SEED_BYTES_MAX {
            return Err(refused(format!("A seed has between 1 and {SEED_BYTES_MAX} characters.")));
        }
        match text.split_once(':') {
            Some(("drand", rest)) => drand(rest),
            Some(("dice", rest)) => dice(rest),
            Some(("digits", rest)) => digits(rest),
            _ => Ok(Self::Words(text.to_owned())),
        }
    }

    /// The SHA-256 to publish beforehand, in hexadecimal, when somebody keeps the seed in an envelope.
    #[must_use]
    pub fn commitment(&self) -> String {
        crate::digest::sha256_hex(&self.to_string())
    }

    /// The number of a panel, from nought to `panels` - 1, each equally likely.
    ///
    /// # Errors
    /// When dice or digits are too few, too many, or show a number that must be thrown again.
    pub fn number(&self, panels: u32, commitment: &str) -> Result<u32, Refusal> {
        match self {
            Self::Dice(eyes) => from_dice(eyes, panels),
            Self::Digits(digits) => from_digits(digits, panels),
            Self::Drand { .. } | Self::Words(_) => Ok(from_hash(&self.to_string(), panels, commitment)),
        }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drand { round, randomness } => write!(to, "drand:{round}:{randomness}"),
            Self::Dice(eyes) => {
                let eyes: Vec<String> = eyes.iter().map(u8::to_string).collect();
                write!(to, "dice:{}", eyes.join("-"))
            }
            Self::Digits(digits) => write!(to, "digits:{digits}"),
            Self::Words(words) => to.write_str(words),
        }
    }
}

fn refused(sentence: String) -> Refusal {
    Refusal::Seed(sentence)
}

fn drand(rest: &str) -> Result<Seed, Refusal> {
    let mut parts = rest.split(':');
    let round = parts.next().and_then(|round| round.trim().parse().ok());
    let randomness = parts
        .next()
        .map(|part| part.trim().to_ascii_lowercase())
        .filter(|part| bytes(part).is_some_and(|b| b.len() == 32));
    let signature = parts.next();
    let (Some(round), Some(randomness), None) = (round, randomness, parts.next()) else {
        return Err(refused("A drand seed is written drand:ROUND:RANDOMNESS, with 64 hexadecimal digits.".to_owned()));
    };
    if let Some(signature) = signature {
        let signed = bytes(signature.trim()).map(|signature| hexadecimal(&Sha256::digest(signature)));
        if signed.as_ref() != Some(&randomness) {
            return Err(refused(
                "The randomness is not the SHA-256 of the beacon's signature; one of them is mistyped.".to_owned(),
            ));
        }
    }
    Ok(Seed::Drand { round, randomness })
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    if hexadecimal.is_empty() || !hexadecimal.len().is_multiple_of(2) || !hexadecimal.is_ascii() {
        return None;
    }
    (0..hexadecimal.len()).step_by(2).map(|at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).ok()).collect()
}

fn dice(rest: &str) -> Result<Seed, Refusal> {
    let marks = rest.chars().filter(|mark| !matches!(mark, '-' | ',' | ' '));
    let eyes: Option<Vec<u8>> =
        marks.map(|mark| mark.to_digit(10).filter(|eyes| (1..=6).contains(eyes)).map(|eyes| eyes as u8)).collect();
    match eyes {
        Some(eyes) if !eyes.is_empty() => Ok(Seed::Dice(eyes)),
        _ => Err(refused("Dice are written dice:3-1-6, each from 1 to 6, in the order in which they fell.".to_owned())),
    }
}

fn digits(rest: &str) -> Result<Seed, Refusal> {
    let digits: String = rest.chars().filter(|mark| !matches!(mark, '-' | ',' | ' ')).collect();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(refused("Digits are written digits:417, in the order in which they were drawn.".to_owned()));
    }
    Ok(Seed::Digits(digits))
}

/// Throws in one number: the fewest whose outcomes are at least as many as the panels.
fn throws(panels: u32) -> usize {
    let mut outcomes = 1_u64;
    let mut throws = 0;
    while outcomes < u64::from(panels) {
        outcomes *= 6;
        throws += 1;
    }
    throws.max(1)
}

/// Eyes less one are the digits of a number to base six. Numbers from the last full round of panels on do not count: throw again.
fn from_dice(eyes: &[u8], panels: u32) -> Result<u32, Refusal> {
    let throws = throws(panels);
    let outcomes = 6_u64.pow(throws as u32);
    let fair = outcomes - outcomes % u64::from(panels);
    for (attempt, group) in eyes.chunks(throws).enumerate() {
        if group.len() < throws {
            break;
        }
        let number = group.iter().fold(0_u64, |number, &eyes| number * 6 + u64::from(eyes) - 1);
        if number < fair {
            let used = (attempt + 1) * throws;
            if eyes.len() > used {
                return Err(refused(format!("The first {used} dice decide already; give no more than these.")));
            }
            return Ok((number % u64::from(panels)) as u32);
        }
    }
    Err(refused(format!(
        "For {panels} panels {throws} dice make a number, which counts when it is below {fair} (first die first, each less one, to base six). Throw {} more.",
        throws - eyes.len() % throws
    )))
}

fn from_digits(digits: &str, panels: u32) -> Result<u32, Refusal> {
    let wanted = (panels - 1).to_string().len();
    let number = digits.parse::<u64>().ok().filter(|_| digits.len() == wanted);
    match number {
        Some(number) if number < u64::from(panels) => Ok(number as u32),
        Some(_) => Err(refused(format!("The panels end at {}; draw the digits again.", panels - 1))),
        None => Err(refused(format!("For {panels} panels exactly {wanted} digits are drawn."))),
    }
}

/// The first eight bytes of SHA-256, as a number, where it lies below the last full round of panels; else with the next counter.
fn from_hash(seed: &str, panels: u32, commitment: &str) -> u32 {
    let panels = u64::from(panels);
    let fair = u64::MAX - u64::MAX % panels;
    let mut counter = 0_u64;
    loop {
        let hash = sha256(&["polity lottery 1", commitment, seed, &counter.to_string()]);
        let number = hash[..8].iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
        if number < fair {
            return (number % panels) as u32;
        }
        counter += 1;
    }
}
