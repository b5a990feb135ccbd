//! What the rules said of an application, as far as its decision needs it.

use super::{Finding, fee::whole_cents, kept};
use crate::model::Definition;

/// What the rules say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RulesSay {
    /// Whether there is an entitlement; `None` where there are no rules or they cannot say it.
    pub entitled: Option<bool>,
    /// To how much, in cents; `None` where that is no money.
    pub amount_cents: Option<i64>,
    /// Whether what the rules give is money.
    pub grants_money: bool,
}

/// What the rules of a version said in a kept finding.
pub fn said(definition: &Definition, finding: &str) -> RulesSay {
    let is_money = kept(&definition.rules).is_ok_and(|law| law.entitlement.kind == "money");
    let say = |entitled, amount_cents| RulesSay { entitled, amount_cents, grants_money: is_money };
    match serde_json::from_str(finding) {
        // As the engine writes it: 234.567 is no 234,567.
        Ok(Finding::Entitled { amount, is_money: true, .. }) => say(Some(true), whole_cents(&amount)),
        Ok(Finding::Entitled { .. }) => say(Some(true), None),
        Ok(Finding::NotEntitled { .. }) => say(Some(false), None),
        _ => say(None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn an_amount_is_read_as_the_engine_writes_it() {
        let definition = crate::commands::fresh(civic::LocalText::plain("A grant"));
        let cents = |amount: &str| {
            let finding = format!(r#"{{"is":"entitled","amount":"{amount}","is_money":true,"trace":""}}"#);
            let say = said(&definition, &finding);
            assert_eq!(say.entitled, Some(true));
            say.amount_cents
        };
        assert_eq!((cents("25"), cents("1234.5"), cents("0")), (Some(2_500), Some(123_450), Some(0)));
        assert_eq!(cents("234.567"), None, "fractions of a cent are the officer's to round");
        assert_eq!(said(&definition, "").entitled, None);
    }
}
