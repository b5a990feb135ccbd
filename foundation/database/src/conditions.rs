//! The conditions of a query whose parts depend on what is asked.

use crate::{Cursor, Param};

/// Conditions that must all hold, and their values. Only fixed text of ours ever becomes SQL: what somebody asked is always a
/// value. Column names and texts are therefore `&'static str`, or made of places that were bound here.
#[derive(Debug, Default)]
pub struct Conditions {
    texts: Vec<String>,
    values: Vec<Value>,
}

#[derive(Debug)]
enum Value {
    Int(i64),
    Text(String),
}

impl Conditions {
    /// The place of a number, as `$3`.
    pub fn int(&mut self, number: i64) -> String {
        self.bind(Value::Int(number))
    }

    /// The place of a text.
    pub fn text(&mut self, text: impl Into<String>) -> String {
        self.bind(Value::Text(text.into()))
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// This holds: SQL of ours, with places that were bound here.
    pub fn holds(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    /// The column has this value, where one is asked for.
    pub fn equal(&mut self, column: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            let place = self.text(value);
            self.holds(format!("{column} = {place}"));
        }
    }

    /// The column has one of these values; none where there are none.
    pub fn one_of(&mut self, column: &'static str, values: impl IntoIterator<Item = impl Into<String>>) {
        let places: Vec<String> = values.into_iter().map(|value| self.text(value)).collect();
        let list = if places.is_empty() { "null".to_owned() } else { places.join(", ") };
        self.holds(format!("{column} in ({list})"));
    }

    /// `expression compare number`, where one is asked for: `int_is("opened_at", ">=", from)`.
    pub fn int_is(&mut self, expression: &str, compare: &'static str, number: Option<i64>) {
        if let Some(number) = number {
            let place = self.int(number);
            self.holds(format!("{expression} {compare} {place}"));
        }
    }

    /// Beyond a cursor of a list in the order of a number, then an id; `<` where it goes down, `>` where it goes up.
    pub fn beyond(&mut self, by: &str, id: &'static str, compare: &'static str, after: Option<&Cursor>) {
        if let Some(after) = after {
            let (at, last) = (self.int(after.at()), self.text(after.id()));
            self.holds(format!("({by}, {id}) {compare} ({at}, {last})"));
        }
    }

    /// `where …`, or nothing where everything is asked for.
    pub fn clause(&self) -> String {
        if self.texts.is_empty() { String::new() } else { format!("where {}", self.texts.join(" and ")) }
    }

    /// The values, in the order of their places.
    pub fn params(&self) -> Vec<Param<'_>> {
        let param = |value| match value {
            &Value::Int(number) => Param::Int(number),
            Value::Text(text) => Param::Text(text),
        };
        self.values.iter().map(param).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_a_value_and_never_sql() {
        let mut asked = Conditions::default();
        assert_eq!(asked.clause(), "");
        asked.equal("district", None::<String>);
        asked.equal("state", Some("x' or 1=1 --"));
        asked.one_of("code", Vec::<String>::new());
        asked.one_of("category", ["a", "b"]);
        asked.int_is("opened_at", ">=", Some(7));
        asked.beyond("opened_at", "id", "<", Some(&Cursor::new(9, "z")));
        assert_eq!(
            asked.clause(),
            "where state = $1 and code in (null) and category in ($2, $3) and opened_at >= $4 and (opened_at, id) < ($5, $6)"
        );
        assert_eq!(asked.params().len(), 6);
        assert!(matches!(asked.params()[0], Param::Text("x' or 1=1 --")));
    }
}
