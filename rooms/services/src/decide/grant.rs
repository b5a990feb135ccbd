//! What is decided against what the rules say: confirmed once, and how much is granted. Pure.

use super::{REASONS_LEAST, WORDS_LIMIT};
use crate::model::{Grant, Outcome};
use crate::rules::RulesSay;
use web::Refusal;

/// A decision as an officer sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What; `None` where nothing was chosen.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reasons: String,
    /// How much is granted, in cents; `None` for what the rules say.
    pub amount_cents: Option<i64>,
    /// Why it is another amount than the rules say.
    pub amount_why: String,
    /// Whether the officer has read that the rules say otherwise.
    pub is_confirmed: bool,
}

impl Decision {
    /// A decision with the amount that the rules say, by who knows what they say.
    pub fn of(outcome: Outcome, reasons: impl Into<String>) -> Self {
        Self {
            outcome: Some(outcome),
            reasons: reasons.into(),
            amount_cents: None,
            amount_why: String::new(),
            is_confirmed: true,
        }
    }
}

/// What was chosen, and how much is granted by it; the reasons are the caller's.
///
/// # Errors
/// `outcome-none`; `against-finding` as long as it is not confirmed; `grant-none` where nothing says how much; `grant-why` for another amount
/// than the rules say, without a reason; `words-long`.
pub fn granted(decision: &Decision, say: RulesSay) -> Result<(Outcome, Grant), Refusal> {
    let outcome = decision.outcome.ok_or_else(|| Refusal::new("outcome-none").at("outcome"))?;
    let is_against = say.entitled.is_some_and(|entitled| entitled != (outcome == Outcome::Granted));
    if is_against && !decision.is_confirmed {
        return Err(Refusal::new("against-finding").at("against"));
    }
    if outcome == Outcome::Refused || !say.grants_money {
        return Ok((outcome, Grant::default()));
    }
    let cents = decision.amount_cents.or(say.amount_cents).ok_or_else(|| Refusal::new("grant-none").at("grant"))?;
    let is_other = say.amount_cents.is_some_and(|proposed| proposed != cents);
    let why = decision.amount_why.trim();
    if is_other && why.chars().count() < REASONS_LEAST {
        return Err(Refusal::new("grant-why").at("grant-why").with("least", REASONS_LEAST));
    }
    if why.chars().count() > WORDS_LIMIT {
        return Err(Refusal::new("words-long").at("grant-why").with("most", WORDS_LIMIT));
    }
    Ok((outcome, Grant { cents: Some(cents), why: if is_other { why.to_owned() } else { String::new() } }))
}

#[cfg(test)]
mod tests {
    use super::{Decision, granted};
    use crate::{
        model::{Grant, Outcome},
        rules::RulesSay,
    };

    const WHY: &str = "The rent was paid twice in May.";

    fn say(entitled: Option<bool>, amount_cents: Option<i64>) -> RulesSay {
        RulesSay { entitled, amount_cents, grants_money: true }
    }

    fn decision(outcome: Outcome, amount_cents: Option<i64>, why: &str, is_confirmed: bool) -> Decision {
        Decision {
            outcome: Some(outcome),
            reasons: String::new(),
            amount_cents,
            amount_why: why.to_owned(),
            is_confirmed,
        }
    }

    #[test]
    fn what_the_rules_say_is_granted_and_another_amount_needs_a_reason() {
        let yes = say(Some(true), Some(25_000));
        let ask = |amount, why| granted(&decision(Outcome::Granted, amount, why, false), yes).map_err(|no| no.code);
        let of = |cents, why: &str| Ok((Outcome::Granted, Grant { cents: Some(cents), why: why.to_owned() }));
        assert_eq!(ask(None, ""), of(25_000, ""));
        assert_eq!(ask(Some(25_000), "no reason is kept for the same"), of(25_000, ""));
        assert_eq!(ask(Some(0), ""), Err("grant-why"), "nought is an amount");
        assert_eq!(ask(Some(30_000), "Because."), Err("grant-why"));
        assert_eq!(ask(Some(30_000), WHY), of(30_000, WHY));
        assert_eq!(ask(Some(30_000), &"x".repeat(4_001)), Err("words-long"));
    }

    #[test]
    fn against_the_rules_is_confirmed_once() {
        let code = |outcome, entitled, confirmed| {
            let say = say(entitled, entitled.filter(|yes| *yes).map(|_| 100));
            granted(&decision(outcome, Some(100), "", confirmed), say).map_err(|no| no.code).err()
        };
        assert_eq!(code(Outcome::Granted, Some(false), false), Some("against-finding"));
        assert_eq!(code(Outcome::Refused, Some(true), false), Some("against-finding"));
        assert_eq!(code(Outcome::Granted, Some(false), true), None);
        assert_eq!(code(Outcome::Refused, Some(true), true), None);
        for (outcome, entitled) in
            [(Outcome::Granted, Some(true)), (Outcome::Refused, Some(false)), (Outcome::Refused, None)]
        {
            assert_eq!(code(outcome, entitled, false), None);
        }
    }

    #[test]
    fn how_much_is_said_where_money_is_granted_and_nowhere_else() {
        let ask = |say, amount| granted(&decision(Outcome::Granted, amount, "", true), say).map_err(|no| no.code);
        assert_eq!(ask(say(Some(false), None), None), Err("grant-none"));
        assert_eq!(ask(say(None, None), Some(500)).unwrap().1.cents, Some(500));
        assert_eq!(ask(RulesSay::default(), Some(500)).unwrap().1, Grant::default());
        let refused = granted(&decision(Outcome::Refused, Some(500), "", true), say(Some(true), Some(500)));
        assert_eq!(refused.unwrap(), (Outcome::Refused, Grant::default()));
        let none = Decision { outcome: None, ..decision(Outcome::Granted, None, "", true) };
        assert_eq!(granted(&none, RulesSay::default()).unwrap_err().code, "outcome-none");
    }
}
