//! What an evaluation says: an outcome, what is still to be asked, and why.

use crate::{period::Period, value::Value};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

/// The answer to “what is this, for whom, when?”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    /// The value of an input or a rule that is no entitlement.
    Value {
        /// The value.
        value: Value,
    },
    /// Entitled, to this. The amount may be nought: that is still something else than not being entitled.
    Entitled {
        /// To what.
        amount: Value,
    },
    /// Not entitled, and all reasons that are certain.
    NotEntitled {
        /// At least one.
        because: Vec<Reason>,
    },
    /// What is known does not decide it.
    NotYetKnown {
        /// What could still change the result; the first is to be asked next.
        needed: Vec<Fact>,
    },
}

/// Why somebody is not entitled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The law that decided.
    pub law: String,
    /// The sentence of the rule's author, if there is one.
    pub sentence: Option<String>,
    /// Where the rule stands, as `grants.rules:12`.
    pub place: String,
}

/// Something about somebody that can be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The name of the input.
    pub variable: String,
    /// What entity it is of, as `person`.
    pub entity: String,
    /// Of whom.
    pub who: String,
    /// For which period.
    pub period: Period,
    /// The question of the rule's author.
    pub ask: Option<String>,
}

/// One step of the way to an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The input, rule or entitlement.
    pub variable: String,
    /// Its label, if it has one.
    pub label: Option<String>,
    /// Of whom.
    pub who: String,
    /// For which period.
    pub period: Period,
    /// Its value; `None` for not entitled and for not yet known.
    pub value: Option<Value>,
    /// What kind of step it was.
    pub by: By,
    /// The law that decided; empty for a fact.
    pub law: Vec<String>,
    /// Where it stands, as `grants.rules:12`.
    pub place: String,
    /// Places in the list of steps that this one used.
    pub uses: Vec<usize>,
}

/// What decided a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// It was given.
    Given,
    /// It was not given, and the rules say what counts then.
    Otherwise,
    /// It was not given and has to be asked.
    Missing,
    /// The formula.
    Formula,
    /// Rows of a table, by their lines.
    Rows(Vec<u32>),
    /// An exception, by its name.
    Exception(String),
    /// Requirements that are not met, by their lines.
    Requirements(Vec<u32>),
    /// No law is in force.
    NotInForce,
    /// Something that it rests on is not known.
    NotYetKnown,
}

/// How an outcome came about; the first step is what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trace {
    /// All steps, each once.
    pub steps: Vec<Step>,
    /// The parameters that were read, as name, value and the day since which it holds.
    pub parameters: Vec<ParameterRead>,
}

/// A parameter or scale that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterRead {
    /// Its name.
    pub name: String,
    /// Its label, if it has one.
    #[serde(default)]
    pub label: Option<String>,
    /// Its value in words; for a scale its brackets.
    pub value: String,
    /// Since when, as a date or “the beginning”.
    pub since: String,
    /// Its law.
    pub law: String,
}

/// The law gives no answer, or a limit was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct Fault {
    /// What kind of fault.
    pub kind: FaultKind,
    /// A sentence that names the rule.
    pub sentence: String,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// What was asked does not exist.
    Unknown,
    /// No value is in force on that day.
    NotInForce,
    /// Two exceptions, or two rows of a table, say different things.
    Conflict,
    /// No row of a table applies.
    NoRow,
    /// A number does not fit.
    Overflow,
    /// Division by nought.
    DividedByNought,
    /// A person is in no group, so the group's value cannot be found.
    NoGroup,
    /// A limit was reached.
    Limit,
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { value } => write!(out, "{value}"),
            Self::Entitled { amount } => write!(out, "entitled: {amount}"),
            Self::NotEntitled { because } => {
                out.write_str("not entitled")?;
                for reason in because {
                    let sentence = reason.sentence.as_deref().unwrap_or("a requirement is not met");
                    write!(out, "\n  because {sentence} ({}; {})", reason.law, reason.place)?;
                }
                Ok(())
            }
            Self::NotYetKnown { needed } => {
                out.write_str("not yet known")?;
                needed.iter().try_for_each(|fact| write!(out, "\n  needed: {fact}"))
            }
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of {}{}", self.variable, self.who, for_when(self.period))?;
        self.ask.as_ref().map_or(Ok(()), |ask| write!(out, " (“{ask}”)"))
    }
}

/// What never changes is for no period.
fn for_when(period: Period) -> String {
    if period == Period::FOREVER { String::new() } else { format!(" for {period}") }
}

impl Trace {
    /// Lines for people, indented by what rests on what; a step that was shown before is not unfolded again.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut shown = vec![false; self.steps.len()];
        if !self.steps.is_empty() {
            self.line(0, 0, &mut shown, &mut text);
        }
        if !self.parameters.is_empty() {
            text.push_str("\nWith\n");
        }
        for read in &self.parameters {
            let label = read.label.as_ref().map_or_else(String::new, |label| format!(" ({label})"));
            let _ = writeln!(text, "  {}{label} = {}, since {} ({})", read.name, read.value, read.since, read.law);
        }
        text
    }

    fn line(&self, at: usize, depth: usize, shown: &mut [bool], text: &mut String) {
        let step = &self.steps[at];
        let value = step.value.as_ref().map_or_else(|| step.by.nothing().to_owned(), ToString::to_string);
        let again = if shown[at] && !step.uses.is_empty() { " (as above)" } else { "" };
        let _ = writeln!(
            text,
            "{}{} of {}{} = {value}{}{again}",
            "  ".repeat(depth),
            step.variable,
            step.who,
            for_when(step.period),
            step.said()
        );
        if std::mem::replace(&mut shown[at], true) {
            return;
        }
        for &used in &step.uses {
            self.line(used, depth + 1, shown, text);
        }
    }
}

impl Step {
    fn said(&self) -> String {
        let law = self.law.join("; ");
        let lines = |lines: &[u32]| lines.iter().map(|line| format!("line {line}")).collect::<Vec<_>>().join(", ");
        match &self.by {
            By::Given => String::new(),
            By::Otherwise => ", which counts when it is not given".to_owned(),
            By::Missing => ", to be asked".to_owned(),
            By::Formula | By::NotInForce | By::NotYetKnown => format!(", by {law} ({})", self.place),
            By::Rows(rows) => format!(", by {law} ({}, {})", self.place, lines(rows)),
            By::Exception(name) => format!(", by the exception “{name}”, {law} ({})", self.place),
            By::Requirements(rows) => format!(", by {law} ({}, {})", self.place, lines(rows)),
        }
    }
}

impl By {
    const fn nothing(&self) -> &'static str {
        match self {
            Self::Missing | Self::NotYetKnown => "not yet known",
            _ => "not entitled",
        }
    }
}
