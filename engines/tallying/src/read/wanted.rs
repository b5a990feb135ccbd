use super::ReadError;
use crate::requirement::{Base, Requirement, Share};
use serde_json::Value;

/// What must hold for the result to bind, as a configuration says it: `"eligible": 4000, "requirements": [{"quorum": "1/5"}, {"quorum": 100},
/// {"winner": "> 1/2", "of": "valid"}, {"winner": 50}]`. A quorum as a share is of those eligible; `>` asks for more than the share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// All who may vote, when it is known.
    pub eligible: Option<u64>,
    /// What must hold.
    pub requirements: Vec<Requirement>,
}

impl Wanted {
    pub(super) fn read(rules: &Value) -> Result<Self, ReadError> {
        let eligible = match rules.get("eligible") {
            None => None,
            Some(said) => {
                let expected = || ReadError::new("eligible", "how many may vote, a whole number, is expected");
                Some(said.as_u64().ok_or_else(expected)?)
            }
        };
        let said = match rules.get("requirements") {
            None => &[][..],
            Some(said) => {
                said.as_array().ok_or_else(|| ReadError::new("requirements", "a list is expected here"))?.as_slice()
            }
        };
        let requirements: Vec<Requirement> = said.iter().map(requirement).collect::<Result<_, _>>()?;
        let of_eligible = |one: &Requirement| {
            matches!(one, Requirement::QuorumOfEligible(_) | Requirement::WinnerShare(_, Base::Eligible))
        };
        if eligible.is_none() && requirements.iter().any(of_eligible) {
            return Err(ReadError::new("eligible", "a share of those eligible is asked for; say how many may vote"));
        }
        Ok(Self { eligible, requirements })
    }
}

fn requirement(said: &Value) -> Result<Requirement, ReadError> {
    let expected = |key: &str| {
        ReadError::new(key, format!("{said}: a number of votes, or a share such as \"1/2\" or \"> 1/2\", is expected"))
    };
    if let Some(quorum) = said.get("quorum") {
        if let Some(votes) = quorum.as_u64() {
            return Ok(Requirement::QuorumOfVotes(votes));
        }
        return Ok(Requirement::QuorumOfEligible(share(quorum).ok_or_else(|| expected("quorum"))?));
    }
    let winner = said.get("winner").ok_or_else(|| expected("requirements"))?;
    if let Some(votes) = winner.as_u64() {
        return Ok(Requirement::WinnerVotes(votes));
    }
    let of = match said.get("of").and_then(Value::as_str) {
        Some("eligible") => Base::Eligible,
        Some("cast") => Base::Cast,
        Some("valid") | None => Base::Valid,
        Some(other) => {
            return Err(ReadError::new("of", format!("“{other}” is none of eligible, cast, valid")));
        }
    };
    Ok(Requirement::WinnerShare(share(winner).ok_or_else(|| expected("winner"))?, of))
}

/// `1/2`, or `> 1/2` where more than that is needed; at most the whole.
fn share(said: &Value) -> Option<Share> {
    let text = said.as_str()?.trim();
    let (exceeded, text) = text.strip_prefix('>').map_or((false, text), |rest| (true, rest.trim()));
    let (top, bottom) = text.split_once('/')?;
    let (numerator, denominator): (u64, u64) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    (denominator > 0 && numerator <= denominator).then_some(Share { numerator, denominator, exceeded })
}
