//! Tests beside the rules: what goes in, what must come out.

use crate::{
    decimal::Decimal,
    model::Rules,
    outcome::{Fault, Outcome},
    period::Period,
    situation::Situation,
    value::Value,
};
use serde_json::{Map, Value as Json};

/// How one test went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseReport {
    /// Its name.
    pub name: String,
    /// Outcomes that were compared.
    pub checked: usize,
    /// What was wrong, each as a sentence; none if all is well.
    pub failures: Vec<String>,
}

/// One expected outcome: which variable, whose (`None`: of the only one), when, and what.
struct Expected<'a> {
    variable: &'a str,
    who: Option<&'a str>,
    period: Period,
    what: &'a Json,
}

impl Rules {
    /// Runs one test. It is an object:
    ///
    /// - `name`, `period` (as 2024-05)
    /// - `input`: facts, in both forms of [`Rules::situation_from_json`]
    /// - `output`: by variable, or by entity, name and variable; each a value, a value by period, `not entitled`, `fault`, or
    ///   `{"ask": "salary"}` when it is not yet known and this fact is asked first
    /// - `tolerance`: how far a number may be off (nought unless said)
    ///
    /// What cannot be read is a failure, too.
    pub fn run_case(&self, case: &Json) -> CaseReport {
        let name = case["name"].as_str().unwrap_or("(without a name)").to_owned();
        let mut report = CaseReport { name, checked: 0, failures: Vec::new() };
        if let Err(wrong) = self.run(case, &mut report) {
            report.failures.push(wrong);
        }
        if report.checked == 0 && report.failures.is_empty() {
            report.failures.push("nothing is expected, so nothing was tested".to_owned());
        }
        report
    }

    fn run(&self, case: &Json, report: &mut CaseReport) -> Result<(), String> {
        let Json::Object(parts) = case else {
            return Err("a test is an object with name, period, input and output".to_owned());
        };
        let known = ["name", "period", "input", "output", "tolerance", "note"];
        if let Some(other) = parts.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(format!("“{other}” is no part of a test: {}", known.join(", ")));
        }
        let period: Period = text_of(&case["period"]).ok_or("a test needs a period, as 2024-05")?.parse()?;
        let tolerance = match &case["tolerance"] {
            Json::Null => Decimal::ZERO,
            other => text_of(other).and_then(|text| text.parse().ok()).ok_or("the tolerance is a number")?,
        };
        let empty = Json::Object(Map::new());
        let input = if case["input"].is_null() { &empty } else { &case["input"] };
        let situation = self.situation_from_json(input, period)?;
        let Json::Object(output) = &case["output"] else {
            return Err("“output” is an object of variables".to_owned());
        };
        for expected in self.expected(output, period)? {
            report.checked += 1;
            if let Err(wrong) = self.compare(&situation, &expected, tolerance) {
                report.failures.push(wrong);
            }
        }
        Ok(())
    }

    fn expected<'a>(&self, output: &'a Map<String, Json>, period: Period) -> Result<Vec<Expected<'a>>, String> {
        let mut all = Vec::new();
        for (key, what) in output {
            if !self.entities.iter().any(|entity| entity.name == *key) {
                by_period(&mut all, key, None, what, period)?;
                continue;
            }
            for (who, variables) in what.as_object().ok_or_else(|| format!("“{key}” is an object of names"))? {
                for (variable, what) in
                    variables.as_object().ok_or_else(|| format!("“{who}” is an object of variables"))?
                {
                    by_period(&mut all, variable, Some(who), what, period)?;
                }
            }
        }
        Ok(all)
    }

    fn compare(&self, situation: &Situation, expected: &Expected<'_>, tolerance: Decimal) -> Result<(), String> {
        let at = self.variable_named(expected.variable)?;
        let entity = self.variables[at].entity;
        let names = &situation.names[entity];
        let who = match (expected.who, &names[..]) {
            (Some(who), _) => who,
            (None, [one]) => one,
            _ => {
                return Err(format!(
                    "say whose “{}” is expected; there are {} of {}",
                    expected.variable,
                    names.len(),
                    self.entities[entity].name
                ));
            }
        };
        let found = self.evaluate(situation, expected.variable, who, expected.period).map(|answer| answer.outcome);
        let wanted = said(expected.what);
        if self.matches(expected, &found, tolerance) {
            return Ok(());
        }
        let found = found.map_or_else(|fault| format!("fault ({fault})"), |outcome| outcome.to_string());
        Err(format!("{} of {who} for {}: expected {wanted}, found {found}", expected.variable, expected.period))
    }

    fn matches(&self, expected: &Expected<'_>, found: &Result<Outcome, Fault>, tolerance: Decimal) -> bool {
        match (expected.what, found) {
            (Json::String(text), Err(_)) => text == "fault",
            (_, Err(_)) => false,
            (Json::String(text), Ok(Outcome::NotEntitled { .. })) => text == "not entitled",
            (Json::Object(asks), Ok(Outcome::NotYetKnown { needed })) => asks
                .get("ask")
                .and_then(Json::as_str)
                .is_some_and(|ask| needed.first().is_some_and(|fact| fact.variable == ask)),
            (what, Ok(Outcome::Value { value } | Outcome::Entitled { amount: value })) => {
                let wanted = text_of(what).and_then(|text| self.value_from_text(expected.variable, &text).ok());
                wanted.is_some_and(|wanted| near(&wanted, value, tolerance))
            }
            _ => false,
        }
    }
}

fn by_period<'a>(
    all: &mut Vec<Expected<'a>>,
    variable: &'a str,
    who: Option<&'a str>,
    what: &'a Json,
    period: Period,
) -> Result<(), String> {
    let Json::Object(periods) = what else {
        all.push(Expected { variable, who, period, what });
        return Ok(());
    };
    if periods.contains_key("ask") {
        all.push(Expected { variable, who, period, what });
        return Ok(());
    }
    for (period, what) in periods {
        all.push(Expected { variable, who, period: period.parse()?, what });
    }
    Ok(())
}

fn near(one: &Value, two: &Value, tolerance: Decimal) -> bool {
    let (Some(left), Some(right)) = (one.as_decimal(), two.as_decimal()) else { return one == two };
    let off = if left > right { left.minus(right) } else { right.minus(left) };
    off.is_some_and(|off| off <= tolerance)
}

fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Json::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
        }
        _ => None,
    }
}

fn said(json: &Json) -> String {
    text_of(json).unwrap_or_else(|| json.to_string())
}
