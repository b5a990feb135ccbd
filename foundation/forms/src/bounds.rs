//! What a number may be: whole, no less, no more, and no more than an earlier answer.

use crate::{
    answers::Answers,
    calculate::{amount, hundredths},
    shape::{Field, Form, Kind},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Bounds of a number or an amount, both ends within; all in hundredths (an amount in cents).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Whether only whole numbers count.
    #[serde(default)]
    pub whole: bool,
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// The name of an earlier question whose answer is the most; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at_most: String,
}

impl Bounds {
    /// Whether nothing bounds.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a kind of answer can have these.
    pub fn fits(&self, kind: Kind) -> bool {
        let in_order = self.least.zip(self.most).is_none_or(|(least, most)| least <= most);
        match kind {
            Kind::Number => in_order,
            Kind::Money => in_order && !self.whole,
            _ => self.is_none(),
        }
    }

    /// Which bound (the code of its sentence) an answer of `hundredths` breaks; `other` is the answer to the question `at_most`.
    pub fn broken(&self, hundredths: i64, other: Option<i64>) -> Option<&'static str> {
        if self.whole && hundredths % 100 != 0 {
            Some("answer-whole")
        } else if self.least.is_some_and(|least| hundredths < least) {
            Some("answer-least")
        } else if self.most.is_some_and(|most| hundredths > most) {
            Some("answer-most")
        } else if other.is_some_and(|other| hundredths > other) {
            Some("answer-at-most")
        } else {
            None
        }
    }
}

/// Which bound of its question an answer breaks, given the other answers; the code of its sentence.
pub fn broken(form: &Form, field: &Field, value: &Value, answers: &Answers) -> Option<&'static str> {
    let own = match field.kind {
        Kind::Number => hundredths(value)?,
        Kind::Money => value.as_i64()?,
        _ => return None,
    };
    let other = (!field.bounds.at_most.is_empty()).then(|| amount(form, answers, &field.bounds.at_most)).flatten();
    field.bounds.broken(own, other)
}

/// Hundredths as one writes them: `12`, `12.5`, `-0.25`.
pub fn written(hundredths: i64) -> String {
    let (sign, all) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    match all % 100 {
        0 => format!("{sign}{}", all / 100),
        rest if rest % 10 == 0 => format!("{sign}{}.{}", all / 100, rest / 10),
        rest => format!("{sign}{}.{rest:02}", all / 100),
    }
}

/// A bound as JSON Schema writes it: a number, or an amount in cents.
pub(crate) fn to_schema(hundredths: i64, kind: Kind) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "bounds are read with at most two places, far below 2^53")]
    match kind {
        Kind::Number if hundredths % 100 != 0 => json!(hundredths as f64 / 100.0),
        Kind::Number => json!(hundredths / 100),
        _ => json!(hundredths),
    }
}

/// The same back; `None` for what is no number.
pub(crate) fn of_schema(value: &Value, kind: Kind) -> Option<i64> {
    if kind == Kind::Number { hundredths(value) } else { value.as_i64() }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, of_schema, to_schema, written};
    use crate::shape::Kind;

    #[test]
    fn bounds_hold_at_both_ends() {
        let bounds = Bounds { whole: true, least: Some(100), most: Some(2_000), at_most: "members".to_owned() };
        for (hundredths, other, broken) in [
            (100, None, None),
            (2_000, Some(2_000), None),
            (99, None, Some("answer-whole")),
            (0, None, Some("answer-least")),
            (-300, None, Some("answer-least")),
            (2_100, None, Some("answer-most")),
            (400, Some(300), Some("answer-at-most")),
        ] {
            assert_eq!(bounds.broken(hundredths, other), broken, "{hundredths} {other:?}");
        }
        assert!(bounds.fits(Kind::Number) && !bounds.fits(Kind::Money) && !bounds.fits(Kind::Text));
        assert!(!Bounds { least: Some(2), most: Some(1), ..Bounds::default() }.fits(Kind::Money));
    }

    #[test]
    fn bounds_are_written_and_read_back() {
        for (hundredths, text) in [(1_200, "12"), (1_250, "12.5"), (-25, "-0.25"), (0, "0")] {
            assert_eq!(written(hundredths), text);
            for kind in [Kind::Number, Kind::Money] {
                assert_eq!(of_schema(&to_schema(hundredths, kind), kind), Some(hundredths));
            }
        }
    }
}
