//! Which rows a question is about.

use super::{
    plan::{Condition, Op, Plan, typed},
    selection::Selection,
};
use crate::{ColumnKind, Refused, Table, Value, columns::Stored, ingest::quoted};
use std::cmp::Ordering;

/// The rows of which everything holds.
pub(super) fn select(table: &Table, plan: &Plan) -> Result<Selection, Refused> {
    let rows = usize::try_from(table.info().rows).unwrap_or(usize::MAX);
    let mut chosen = Selection::all(rows);
    for condition in &plan.conditions {
        let at = table.place(&condition.column)?;
        let test = Test::of(table.info().columns[at].kind, condition);
        narrow(table, &mut chosen, at, &test)?;
    }
    for word in plan.words.split_whitespace().take(10) {
        let test = Test { op: Op::Contains, values: Vec::new(), folded: vec![word.to_lowercase()], kind: None };
        let mut found = Selection::none(rows);
        for at in 0..table.info().columns.len() {
            if is_passed_over(table, at)? {
                continue;
            }
            let mut here = chosen.clone();
            narrow(table, &mut here, at, &test)?;
            found.or(&here);
        }
        chosen.and(&found);
    }
    if let Some(wanted) = plan.within {
        let mut found = Selection::none(rows);
        table.meeting(wanted)?.unwrap_or_default().into_iter().for_each(|row| found.add(row));
        chosen.and(&found);
    }
    Ok(chosen)
}

/// Words do not stand in plain numbers of a table in parts: to look there, each would have to be written out, for each word.
fn is_passed_over(table: &Table, at: usize) -> Result<bool, Refused> {
    Ok(matches!(&*table.0.column(at)?, Stored::Parts(values) if values.is_empty()))
}

fn narrow(table: &Table, chosen: &mut Selection, at: usize, test: &Test) -> Result<(), Refused> {
    table.go_on()?;
    let mut good: Vec<bool> = Vec::new();
    match &*table.0.column(at)? {
        Stored::Rows => return narrow_by_rows(table, chosen, at, test),
        Stored::Parts(values) => good.extend(values.iter().map(|value| test.holds(value))),
        _ => {}
    }
    // Where it holds for none or for all of the different values, no part is read.
    if !good.is_empty() && !good.contains(&true) {
        chosen.clear();
        return Ok(());
    }
    if !good.is_empty() && !good.contains(&false) {
        return Ok(());
    }
    let (parts, part_rows) = table.0.parts();
    for part in 0..parts {
        let first = part * part_rows;
        if !chosen.has_any(first, part_rows) {
            continue;
        }
        match &*table.part(at, part)? {
            Stored::Codes { values, codes } => {
                if good.is_empty() {
                    good = values.iter().map(|value| test.holds(value)).collect();
                }
                chosen.keep_within(first, codes.len(), |row| good[usize::from(codes[row])]);
            }
            Stored::Ints(all) => chosen.keep_within(first, all.len(), |row| test.holds(&crate::columns::int(all[row]))),
            Stored::Reals(all) => {
                chosen.keep_within(first, all.len(), |row| test.holds(&crate::columns::real(all[row])));
            }
            Stored::Rows | Stored::Parts(_) => {}
        }
    }
    Ok(())
}

/// The same where the values are not in memory.
fn narrow_by_rows(table: &Table, chosen: &mut Selection, at: usize, test: &Test) -> Result<(), Refused> {
    let rows = usize::try_from(table.info().rows).unwrap_or(usize::MAX);
    let kind = table.info().columns[at].kind;
    let mut found = Selection::none(rows);
    let name = quoted(&table.info().columns[at].name);
    table.0.with(|connection| {
        let mut statement = connection.prepare_cached(&format!("select _id, {name} from data"))?;
        let mut walked = statement.query([])?;
        while let Some(row) = walked.next()? {
            let value = super::rows::value(row.get_ref(1)?, kind);
            if test.holds(&value) {
                found.add(usize::try_from(row.get::<_, i64>(0)? - 1).unwrap_or(usize::MAX));
            }
        }
        Ok(())
    })?;
    chosen.and(&found);
    Ok(())
}

/// A condition that was understood.
struct Test {
    op: Op,
    values: Vec<Value>,
    folded: Vec<String>,
    kind: Option<ColumnKind>,
}

impl Test {
    fn of(kind: ColumnKind, condition: &Condition) -> Self {
        Self {
            op: condition.op,
            values: condition.values.iter().filter_map(|text| typed(kind, text)).collect(),
            folded: condition.values.iter().map(|text| text.to_lowercase()).collect(),
            kind: Some(kind),
        }
    }

    fn holds(&self, value: &Value) -> bool {
        let first = self.values.first();
        let ordered = |wanted: &[Ordering]| {
            first.is_some_and(|first| is_alike(value, first) && wanted.contains(&value.order(first)))
        };
        match self.op {
            Op::Empty => *value == Value::Null,
            Op::Filled => *value != Value::Null,
            Op::Is | Op::Among => self.values.iter().any(|wanted| is_same(value, wanted)),
            Op::IsNot => !self.values.iter().any(|wanted| is_same(value, wanted)),
            Op::Less => ordered(&[Ordering::Less]),
            Op::AtMost => ordered(&[Ordering::Less, Ordering::Equal]) || self.begins_with(value),
            Op::More => ordered(&[Ordering::Greater]) && !self.begins_with(value),
            Op::AtLeast => ordered(&[Ordering::Greater, Ordering::Equal]),
            Op::Contains => {
                *value != Value::Null && self.folded.iter().any(|word| value.text().to_lowercase().contains(word))
            }
            Op::Starts => {
                *value != Value::Null && self.folded.iter().any(|word| value.text().to_lowercase().starts_with(word))
            }
        }
    }

    /// Whether a moment lies within the day, month or year that was typed: `<= 2013-02` has all of February.
    fn begins_with(&self, value: &Value) -> bool {
        let (Value::Text(text), Some(Value::Text(wanted))) = (value, self.values.first()) else { return false };
        self.kind.is_some_and(ColumnKind::is_time) && !wanted.is_empty() && text.starts_with(wanted.as_str())
    }
}

fn is_alike(one: &Value, other: &Value) -> bool {
    matches!(
        (one, other),
        (Value::Text(_), Value::Text(_))
            | (Value::Bool(_), Value::Bool(_))
            | (Value::Int(_) | Value::Real(_), Value::Int(_) | Value::Real(_))
    )
}

fn is_same(one: &Value, other: &Value) -> bool {
    is_alike(one, other) && one.order(other).is_eq()
}
