//! How much a service costs, by the rule `fee` of its rules.

use super::{Law, facts, kept};
use crate::model::Definition;
use forms::Answers;
use jiff::civil::Date;
use rules::{Outcome, Period, Sort};
use std::collections::BTreeMap;

/// What is owed. Nothing is something else than not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fee {
    /// So much, more than nothing.
    Owed {
        /// How much.
        amount_cents: i64,
        /// How it came about.
        trace: String,
    },
    /// Nothing.
    Nothing {
        /// How it came about: the exemption, or the price of nought.
        trace: String,
    },
    /// The answers or the rules do not say it.
    NotKnown {
        /// What is missing, or why the rules have no answer.
        why: String,
    },
}

/// The rule that says how much a service costs, where its rules have one.
const FEE: &str = "fee";

/// What is owed for these answers on this day: by the rule `fee`, else the one amount that the service names.
pub fn fee(definition: &Definition, answers: &Answers, day: Date) -> Fee {
    let law = if definition.rules.trim().is_empty() { None } else { kept(&definition.rules).ok() };
    match law.filter(|law| law.has_fee()) {
        Some(law) => law.fee(&facts(&law, &definition.form, answers), day),
        None => match definition.cost_cents {
            Some(0) => Fee::Nothing { trace: String::new() },
            Some(amount_cents) => Fee::Owed { amount_cents, trace: String::new() },
            None => Fee::NotKnown { why: String::new() },
        },
    }
}

/// An amount that the engine wrote, in cents; `None` for one below nought or with fractions of a cent.
pub(super) fn whole_cents(text: &str) -> Option<i64> {
    if text.starts_with('-') {
        return None;
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    let cents: i64 = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

impl Law {
    /// Whether there is a rule that says how much.
    pub fn has_fee(&self) -> bool {
        self.rules.variable(FEE).is_some()
    }

    /// Whether that rule can say it: a rule for money.
    pub fn fee_is_money(&self) -> bool {
        self.rules.variable(FEE).is_some_and(|fee| fee.kind == "money" && fee.sort == Sort::Rule)
    }

    /// How much is owed by the rule `fee` on these facts.
    pub fn fee(&self, facts: &BTreeMap<String, String>, day: Date) -> Fee {
        let Some(fee) = self.rules.variable(FEE) else { return Fee::NotKnown { why: String::new() } };
        let situation = match self.situation(facts, day) {
            Ok(situation) => situation,
            Err(why) => return Fee::NotKnown { why },
        };
        let answer = match self.rules.evaluate(&situation, FEE, &fee.entity, Period::of(fee.unit, day)) {
            Ok(answer) => answer,
            Err(fault) => return Fee::NotKnown { why: fault.sentence },
        };
        let trace = || answer.trace().to_text();
        match &answer.outcome {
            Outcome::Value { value } | Outcome::Entitled { amount: value } => match whole_cents(&value.to_string()) {
                Some(0) => Fee::Nothing { trace: trace() },
                Some(amount_cents) if amount_cents <= crate::fees::FEE_MOST_CENTS => {
                    Fee::Owed { amount_cents, trace: trace() }
                }
                _ => Fee::NotKnown { why: trace() },
            },
            Outcome::NotEntitled { .. } => Fee::NotKnown { why: trace() },
            Outcome::NotYetKnown { needed } => {
                Fee::NotKnown { why: needed.iter().map(|fact| fact.variable.as_str()).collect::<Vec<_>>().join(", ") }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::whole_cents;

    #[test]
    fn an_amount_is_read_to_the_cent_or_not_at_all() {
        for (text, cents) in [
            ("0.00", Some(0)),
            ("25", Some(2_500)),
            ("25.5", Some(2_550)),
            ("12.340", Some(1_234)),
            ("12.345", None),
            ("-1.00", None),
            ("-0.50", None),
            ("much", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_cents(text), cents, "{text}");
        }
    }
}
