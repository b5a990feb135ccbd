//! Decision tables.

use super::{Cell, Place, Ran, Run};
use crate::{
    decimal::Decimal,
    model::{self, Table, TableRow, Test},
    outcome::FaultKind,
    syntax::{Comparison, Hit},
    value::Raw,
};

/// Rows that apply, and rows of which that is not yet known, in their order.
struct Rows<'a> {
    apply: Vec<&'a TableRow>,
    open: Vec<&'a TableRow>,
    /// Which row is the last in order that can matter under `first`.
    ends: bool,
}

impl<'a> Run<'a> {
    /// The value of a table and the lines of the rows that gave it.
    pub(super) fn table(&mut self, table: &'a Table, place: Place) -> Ran<(Cell, Vec<u32>)> {
        let before = self.needed.len();
        let mut inputs = Vec::new();
        let mut needs = Vec::new();
        for input in &table.inputs {
            // What an input needs counts only where a row tests it.
            let from = self.needed.len();
            inputs.push(self.node(input, place)?);
            needs.push(self.needed.split_off(from));
        }
        let rows = self.matching(table, &inputs, &needs, place)?;
        let lines = |rows: &[&TableRow]| rows.iter().map(|row| row.spot.line).collect::<Vec<_>>();
        match table.hit {
            Hit::Unique | Hit::First | Hit::Any => {
                let mut able: Vec<&TableRow> = rows.apply.iter().chain(&rows.open).copied().collect();
                if table.hit == Hit::Unique && rows.apply.len() > 1 {
                    return self.several(&rows, place, "; a “unique” table allows one");
                }
                if rows.apply.is_empty() && !rows.ends {
                    able.extend(&table.otherwise);
                }
                self.agreed_row(table, &rows, &able, before, place)
            }
            _ if !rows.open.is_empty() => Ok((Cell::Unknown, Vec::new())),
            Hit::Number => Ok((number(Decimal::from(rows.apply.len() as i64)), lines(&rows.apply))),
            _ => self.collected(table, &rows.apply, place),
        }
    }

    fn matching(&mut self, table: &'a Table, inputs: &[Cell], needs: &[Vec<u32>], place: Place) -> Ran<Rows<'a>> {
        let mut rows = Rows { apply: Vec::new(), open: Vec::new(), ends: false };
        let mut asked = vec![false; inputs.len()];
        for row in &table.rows {
            let mark = self.needed.len();
            let mut open_inputs = Vec::new();
            let mut applies = Some(true);
            for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.tests.is_empty()) {
                match self.cell(cell, &inputs[at], place)? {
                    Some(false) => {
                        applies = Some(false);
                        break;
                    }
                    Some(true) => {}
                    None => {
                        open_inputs.push(at);
                        applies = None;
                    }
                }
            }
            match applies {
                Some(true) => {
                    rows.apply.push(row);
                    if table.hit == Hit::First {
                        rows.ends = true;
                        break;
                    }
                }
                Some(false) => self.needed.truncate(mark),
                None => {
                    rows.open.push(row);
                    for at in open_inputs.into_iter().filter(|at| !std::mem::replace(&mut asked[*at], true)) {
                        self.needed.extend_from_slice(&needs[at]);
                    }
                }
            }
        }
        Ok(rows)
    }

    /// The rows that can still apply must agree; where all is known there is one, or they are of an “any” table.
    fn agreed_row(
        &mut self,
        table: &'a Table,
        rows: &Rows<'a>,
        able: &[&'a TableRow],
        before: usize,
        place: Place,
    ) -> Ran<(Cell, Vec<u32>)> {
        if able.is_empty() {
            return self.fault(
                FaultKind::NoRow,
                place,
                "no row of its table applies; a row “otherwise” would say what holds then",
            );
        }
        let undecided = !rows.open.is_empty();
        let mut found: Option<Cell> = None;
        for row in able {
            let cell = match self.node(&row.value, place) {
                Ok(cell) => cell,
                Err(_) if undecided => Cell::Unknown,
                Err(fault) => return Err(fault),
            };
            match &found {
                Some(other) if *other != cell && !undecided && cell != Cell::Unknown && *other != Cell::Unknown => {
                    return self.several(rows, place, " and say different things");
                }
                Some(other) if *other != cell => found = Some(Cell::Unknown),
                _ => found = Some(cell),
            }
        }
        let cell = found.unwrap_or(Cell::Unknown);
        // Without a row that surely applies, and without “otherwise”, the table may still have no answer.
        let sure = !undecided || !rows.apply.is_empty() || table.otherwise.is_some();
        if cell == Cell::Unknown || !sure || (undecided && table.hit == Hit::Unique) {
            return Ok((Cell::Unknown, Vec::new()));
        }
        self.needed.truncate(before);
        Ok((cell, able.iter().map(|row| row.spot.line).collect()))
    }

    fn several<T>(&self, rows: &Rows<'_>, place: Place, what: &str) -> Ran<T> {
        let lines: Vec<String> = rows.apply.iter().map(|row| self.rules.place_of(row.spot)).collect();
        self.fault(FaultKind::Conflict, place, &format!("the rows at {} all apply{what}", lines.join(", ")))
    }

    fn collected(&mut self, table: &'a Table, rows: &[&'a TableRow], place: Place) -> Ran<(Cell, Vec<u32>)> {
        let mut all: Option<Decimal> = if table.hit == Hit::Sum { Some(Decimal::ZERO) } else { None };
        let mut unknown = false;
        let otherwise = if rows.is_empty() { table.otherwise.as_ref() } else { None };
        let lines = rows.iter().copied().chain(otherwise).map(|row| row.spot.line).collect();
        for row in rows.iter().copied().chain(otherwise) {
            let Cell::Known(Raw::Number(found)) = self.node(&row.value, place)? else {
                unknown = true;
                continue;
            };
            all = match (all, table.hit) {
                (None, _) => Some(found),
                (Some(all), Hit::Sum) => Some(self.fits(all.plus(found), place)?),
                (Some(all), Hit::Least) => Some(all.min(found)),
                (Some(all), _) => Some(all.max(found)),
            };
        }
        match all {
            _ if unknown => Ok((Cell::Unknown, Vec::new())),
            Some(all) => Ok((number(all), lines)),
            None => self.fault(
                FaultKind::NoRow,
                place,
                "no row of its table applies; a row “otherwise” would say what holds then",
            ),
        }
    }

    /// Whether a cell holds; `None` when that is not yet known.
    fn cell(&mut self, cell: &'a model::Cell, input: &Cell, place: Place) -> Ran<Option<bool>> {
        let mut any = Some(false);
        for test in &cell.tests {
            let held = match test {
                Test::Compare(how, node) => self.tested(*how, input, node, place)?,
                Test::Between(low, high) => {
                    let low = self.tested(Comparison::AtLeast, input, low, place)?;
                    let high = self.tested(Comparison::AtMost, input, high, place)?;
                    match (low, high) {
                        (Some(false), _) | (_, Some(false)) => Some(false),
                        (Some(true), Some(true)) => Some(true),
                        _ => None,
                    }
                }
            };
            match held {
                Some(true) => {
                    any = held;
                    break;
                }
                None => any = None,
                Some(false) => {}
            }
        }
        Ok(any.map(|held| held != cell.negated))
    }

    fn tested(&mut self, how: Comparison, input: &Cell, node: &'a model::Node, place: Place) -> Ran<Option<bool>> {
        let against = self.node(node, place)?;
        Ok(match (input, &against) {
            (Cell::Known(one), Cell::Known(two)) => Some(super::expression::compare(how, one, two)),
            _ => None,
        })
    }
}

fn number(number: Decimal) -> Cell {
    Cell::Known(Raw::Number(number))
}
