//! The rules asked of everybody at once, by the executor by column.

use super::Law;
use jiff::civil::Date;
use rules::{Column, Outcome, Period, Population, Sort, Value, VariableView};
use std::collections::BTreeMap;

/// What the rules say of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Entitled.
    Entitled,
    /// Not entitled.
    NotEntitled,
    /// The facts of this row do not decide it, or the law has no answer.
    NotKnown,
}

impl Law {
    /// The names of the facts that the rules ask for.
    pub fn inputs(&self) -> Vec<String> {
        let is_input = |one: &VariableView| one.sort == Sort::Input;
        self.rules.variables().into_iter().filter(is_input).map(|one| one.name).collect()
    }

    /// What the rules say of so many rows, each a household of one or more that answers for itself, by the law of a day. Columns are facts
    /// by name as people write them; what is empty or cannot be read is not known.
    ///
    /// # Errors
    /// A sentence: what the engine cannot work out at all.
    pub fn ask_all(
        &self,
        columns: &BTreeMap<String, Vec<String>>,
        rows: usize,
        day: Date,
    ) -> Result<Vec<Verdict>, String> {
        // Where the rules know groups, each row is one with its first member.
        let has_groups = self.rules.entities().iter().any(|entity| entity.members.is_some());
        let count = u32::try_from(rows).map_err(|error| error.to_string())?;
        let groups: Vec<(u32, u8)> = if has_groups { (0..count).map(|at| (at, 0)).collect() } else { Vec::new() };
        let mut population = Population::new(&self.rules, rows, if has_groups { rows } else { 0 }, &groups)?;
        for (name, texts) in columns {
            let Some(input) = self.rules.variable(name).filter(|one| one.sort == Sort::Input) else { continue };
            let values: Vec<Option<Value>> = texts.iter().map(|text| self.value(name, text)).collect();
            let Some((column, known)) = column(&input, &values) else { continue };
            population.set(&self.rules, name, Period::of(input.unit, day), column, Some(known))?;
        }
        let period = Period::of(self.entitlement.unit, day);
        let asked = [self.entitlement.name.as_str()];
        let answers = self.rules.evaluate_population(&population, &asked, period).map_err(|fault| fault.sentence)?;
        let Some(answer) = answers.first() else { return Ok(Vec::new()) };
        let verdict = |row: usize| match answer.outcome(&self.rules, row) {
            Ok(Outcome::Entitled { .. } | Outcome::Value { .. }) => Verdict::Entitled,
            Ok(Outcome::NotEntitled { .. }) => Verdict::NotEntitled,
            Ok(Outcome::NotYetKnown { .. }) | Err(_) => Verdict::NotKnown,
        };
        Ok((0..rows).map(verdict).collect())
    }

    fn value(&self, name: &str, text: &str) -> Option<Value> {
        let text = text.trim();
        self.rules.value_from_text(name, &self.normal(name, text).filter(|_| !text.is_empty())?).ok()
    }
}

/// Values of one fact as the engine takes them, and which of them are known.
fn column(input: &VariableView, values: &[Option<Value>]) -> Option<(Column, Vec<bool>)> {
    let mut known: Vec<bool> = values.iter().map(Option::is_some).collect();
    let column = match input.kind.as_str() {
        "yesno" => Column::Yesno(values.iter().map(|value| matches!(value, Some(Value::Yesno(true)))).collect()),
        "integer" | "number" | "money" => numbers(values, &mut known),
        "date" => {
            let day = |value: &Option<Value>| if let Some(Value::Date(day)) = value { *day } else { Date::ZERO };
            Column::Date(values.iter().map(day).collect())
        }
        "text" => {
            let text = |value: &Option<Value>| match value {
                Some(Value::Text(text)) => text.as_str().into(),
                _ => "".into(),
            };
            Column::Text(values.iter().map(text).collect())
        }
        _ => {
            let option = |value: &Option<Value>| {
                let Some(Value::Choice(word)) = value else { return 0 };
                let place = input.options.iter().position(|option| option == word);
                place.and_then(|place| u16::try_from(place).ok()).unwrap_or_default()
            };
            Column::Choice(values.iter().map(option).collect())
        }
    };
    known.contains(&true).then_some((column, known))
}

/// Numbers at one number of decimals for all; what does not fit is not known.
fn numbers(values: &[Option<Value>], known: &mut [bool]) -> Column {
    let parts = |value: &Option<Value>| match value {
        Some(Value::Number(number) | Value::Money(number)) => Some(number.parts()),
        _ => None,
    };
    let decimals = values.iter().filter_map(parts).map(|(_, scale)| scale).max().unwrap_or_default();
    let decimals = decimals.min(rules::DECIMALS_MAX);
    let mut units = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let whole = parts(value).and_then(|(units, scale)| {
            let times = 10_i128.checked_pow(u32::from(decimals.checked_sub(scale)?))?;
            i64::try_from(units.checked_mul(times)?).ok()
        });
        known[at] &= whole.is_some();
        units.push(whole.unwrap_or_default());
    }
    Column::Number { units, decimals }
}
