//! Readers, types, three values, traces, both executors, known answers.
#![allow(clippy::unwrap_used, missing_docs)]

mod country;
mod decimals;
mod evaluating;
mod openfisca;
mod reading;
mod twin;

use rules::{Answer, Fault, Outcome, Period, Rules, Situation, Source};

pub const HARDSHIP: &str = include_str!("texts/hardship.rules");

pub fn read(text: &str) -> Rules {
    Rules::read(&[Source { name: "t.rules", text }]).unwrap_or_else(|troubles| {
        panic!("{}", troubles.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    })
}

/// What is wrong with a text, line by line.
pub fn troubles(text: &str) -> Vec<String> {
    let Err(troubles) = Rules::read(&[Source { name: "t.rules", text }]) else {
        panic!("nothing is wrong with this text")
    };
    troubles.iter().map(ToString::to_string).collect()
}

pub fn situation(rules: &Rules, facts: &str, period: &str) -> Situation {
    rules.situation_from_json(&serde_json::from_str(facts).unwrap(), month(period)).unwrap()
}

pub fn month(text: &str) -> Period {
    text.parse().unwrap()
}

pub fn outcome(rules: &Rules, facts: &str, variable: &str, period: &str) -> Result<Outcome, Fault> {
    let situation = situation(rules, facts, period);
    let view = rules.variable(variable).unwrap();
    let who = situation.names(rules, &view.entity)[0].clone();
    let answer: Answer<'_> = rules.evaluate(&situation, variable, &who, month(period))?;
    Ok(answer.outcome)
}

/// In short: `entitled: 150.00`, `not entitled (law)`, `ask: a, b`, `fault: …`.
pub fn short(rules: &Rules, facts: &str, variable: &str, period: &str) -> String {
    match outcome(rules, facts, variable, period) {
        Ok(Outcome::Value { value }) => value.to_string(),
        Ok(Outcome::Entitled { amount }) => format!("entitled: {amount}"),
        Ok(Outcome::NotEntitled { because }) => {
            let laws: Vec<String> = because.iter().map(|reason| reason.law.clone()).collect();
            format!("not entitled ({})", laws.join("; "))
        }
        Ok(Outcome::NotYetKnown { needed }) => {
            let names: Vec<String> = needed.iter().map(|fact| fact.variable.clone()).collect();
            format!("ask: {}", names.join(", "))
        }
        Err(fault) => format!("fault: {}", fault.sentence),
    }
}
