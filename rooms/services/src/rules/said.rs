//! What the rules said of an application, as far as its decision needs it.

use super::{Finding, kept};
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
        Ok(Finding::Entitled { amount, is_money: true, .. }) => say(Some(true), web::money::read_amount(&amount).ok()),
        Ok(Finding::Entitled { .. }) => say(Some(true), None),
        Ok(Finding::NotEntitled { .. }) => say(Some(false), None),
        _ => say(None, None),
    }
}
