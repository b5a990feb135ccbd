//! Rules as programs that speak the Web API of OpenFisca ask them (openfisca-core 46, `openfisca_web_api`): situations in, values and traces out.
//!
//! Entities are named by their plural (`persons`) or as they are; a group names its members by role. Every value is an object by period, and `null`
//! is what is to be worked out. Three things differ, all because there 0 stands for several things: somebody who is not entitled has `null` and
//! not 0; a fact without an `otherwise` that is not given leaves `null` and is not taken to be 0; and where the law has no value, that is an error.
//! A trace says which of them it was.

mod describe;
mod situation;
mod trace;
mod views;

pub use describe::describe;
pub use trace::trace;
pub use views::{entities, parameter, parameters, variable, variables};

use crate::{
    decimal::Decimal,
    limits::STEPS_MAX,
    model::Rules,
    outcome::Outcome,
    row::{Answer, Run},
    value::Value,
};
use serde_json::{Map, Value as Json, json};
use situation::Wanted;

/// Why a situation cannot be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// 404 for a variable that does not exist, 400 for all else.
    pub status: u16,
    /// A sentence at the place of the trouble, as `{"persons": {"bill": {"age": "…"}}}`.
    pub body: Json,
}

impl Misfit {
    fn at(path: &[&str], sentence: impl Into<String>) -> Self {
        let sentence = Json::String(sentence.into());
        let body = path.iter().rev().fold(sentence, |inner, name| json!({*name: inner}));
        Self { status: 400, body }
    }
}

/// Fills in every `null` of a situation.
///
/// # Errors
/// See [`Misfit`]: what is not a situation, names that do not exist, values of another type or period, too much at once, no law for a case.
pub fn calculate(rules: &Rules, situation: &Json) -> Result<Json, Misfit> {
    let asked = situation::read(rules, situation)?;
    let mut run = Run::new(rules, &asked.situation);
    let mut filled = situation.clone();
    for wanted in &asked.wanted {
        let [plural, who, variable, period] = &wanted.path;
        filled[plural.as_str()][who.as_str()][variable.as_str()][period.as_str()] = worked_out(&mut run, wanted)?;
    }
    Ok(filled)
}

/// One value, on the account of the whole request.
fn answered<'a>(run: &mut Run<'a>, wanted: &Wanted, who: u32) -> Result<Answer<'a>, Misfit> {
    run.ask(wanted.variable, who, wanted.period).map_err(|fault| {
        let too_much = || format!("All values of a request may take {STEPS_MAX} steps together; ask for less at once.");
        wanted.misfit(if run.is_spent() { too_much() } else { fault.sentence })
    })
}

fn worked_out(run: &mut Run<'_>, wanted: &Wanted) -> Result<Json, Misfit> {
    Ok(match &answered(run, wanted, wanted.who)?.outcome {
        Outcome::Value { value } | Outcome::Entitled { amount: value } => plain(value),
        Outcome::NotEntitled { .. } | Outcome::NotYetKnown { .. } => Json::Null,
    })
}

/// A value as JSON writes it; numbers become 64-bit floats where they are not whole, as everywhere in this API.
fn plain(value: &Value) -> Json {
    match value {
        Value::Yesno(yes) => json!(yes),
        Value::Number(number) | Value::Money(number) => number_of(*number),
        Value::Date(day) => json!(day.to_string()),
        Value::Choice(text) | Value::Text(text) => json!(text),
    }
}

fn number_of(number: Decimal) -> Json {
    match number.as_i64() {
        Some(whole) => json!(whole),
        None => number.to_text(0).parse::<f64>().map_or(Json::Null, |number| json!(number)),
    }
}

/// How many of a name are called, in English, as OpenFisca's entities are.
fn plural(name: &str) -> String {
    let vowel_before_y = name.ends_with("ay") || name.ends_with("ey") || name.ends_with("oy") || name.ends_with("uy");
    if let Some(stem) = name.strip_suffix('y').filter(|_| !vowel_before_y) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| name.ends_with(end));
    format!("{name}{}", if hisses { "es" } else { "s" })
}

/// Periods as OpenFisca writes them.
fn period_text(period: crate::period::Period) -> String {
    if period == crate::period::Period::FOREVER { "eternity".to_owned() } else { period.to_string() }
}

/// An object of these members.
fn object(members: impl Iterator<Item = (String, Json)>) -> Json {
    Json::Object(members.collect::<Map<String, Json>>())
}
