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

#[derive(Clone)]
struct Input {
    cell: Cell,
    needs: Vec<u32>,
}

impl<'a> Run<'a> {
    /// The value of a table and the lines of the rows that gave it.
    pub(super) fn table(&mut self, table: &'a Table, place: Place) -> Ran<(Cell, Vec<u32>)> {
        let before = self.needed.len();
        let rows = self.matching(table, place)?;
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

    fn matching(&mut self, table: &'a Table, place: Place) -> Ran<Rows<'a>> {
        let mut rows = Rows { apply: Vec::new(), open: Vec::new(), ends: false };
        let mut inputs = vec![None; table.inputs.len()];
        for row in &table.rows {
            let mark = self.needed.len();
            let applies = match self.applies(table, row, &mut inputs, place) {
                // An earlier row may win before this one is looked at.
                Err(_) if table.hit == Hit::First && !rows.open.is_empty() => None,
                other => other?,
            };
            match applies {
                Some(true) => {
                    rows.apply.push(row);
                    if table.hit == Hit::First {
                        rows.ends = true;
                        break;
                    }
                }
                Some(false) => self.needed.truncate(mark),
                None => rows.open.push(row),
            }
        }
        Ok(rows)
    }

    /// Whether a row applies; its cells are looked at from the left, until one does not hold.
    fn applies(
        &mut self,
        table: &'a Table,
        row: &'a TableRow,
        inputs: &mut [Option<Input>],
        place: Place,
    ) -> Ran<Option<bool>> {
        let mut applies = Some(true);
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.tests.is_empty()) {
            let held =
                self.input(&table.inputs[at], &mut inputs[at], place).and_then(|input| self.cell(cell, &input, place));
            match held {
                Ok(Some(false)) => return Ok(Some(false)),
                Ok(Some(true)) => {}
                Ok(None) => applies = None,
                Err(fault) if applies.is_some() => return Err(fault),
                // A cell before it may yet keep the row from applying.
                Err(_) => {}
            }
        }
        Ok(applies)
    }

    /// The value of a column, worked out when a row first tests it; what it needs is needed by every row that it leaves open.
    fn input(&mut self, node: &'a model::Node, known: &mut Option<Input>, place: Place) -> Ran<Cell> {
        if let Some(known) = known {
            self.needed.extend_from_slice(&known.needs);
            return Ok(known.cell.clone());
        }
        let from = self.needed.len();
        let cell = self.node(node, place)?;
        *known = Some(Input { cell: cell.clone(), needs: self.needed[from..].to_vec() });
        Ok(cell)
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
            let held = match self.test(test, input, place) {
                Err(_) if any.is_none() => None,
                other => other?,
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

    fn test(&mut self, test: &'a Test, input: &Cell, place: Place) -> Ran<Option<bool>> {
        match test {
            Test::Compare(how, node) => self.tested(*how, input, node, place),
            Test::Between(low, high) => {
                let low = self.tested(Comparison::AtLeast, input, low, place)?;
                let high = self.tested(Comparison::AtMost, input, high, place)?;
                Ok(match (low, high) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                })
            }
        }
    }

    fn tested(&mut self, how: Comparison, input: &Cell, node: &'a model::Node, place: Place) -> Ran<Option<bool>> {
        let against = self.node(node, place)?;
        Ok(match (input, &against) {
            (Cell::Known(one), Cell::Known(two)) => Some(super::function::compare(how, one, two)),
            _ => None,
        })
    }
}

fn number(number: Decimal) -> Cell {
    Cell::Known(Raw::Number(number))
}
