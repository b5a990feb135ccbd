//! A rule for a whole block.

use super::{
    Block, Seat,
    arithmetic::compared,
    vector::{GOOD, NOTHING, REDO, Vector, picked},
};
use crate::{
    model::{Body, Cell, Formula, Rule, Table, Test, in_force},
    syntax::{Comparison, Hit},
};
use std::rc::Rc;

/// The place of the usual case among the ways of a rule.
const USUAL: u16 = 0;
const TO_REDO: u16 = u16::MAX;

impl<'a> Block<'a> {
    pub(super) fn rule(&mut self, rule: &'a Rule, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let version =
            in_force(&rule.versions, seat.period.start()).filter(|(_, version)| version.what.formula.is_some());
        match version {
            Some((_, version)) => self.body(&version.what, seat),
            None if rule.entitlement => Vector::nothing(len),
            None => Vector::redo(len),
        }
    }

    fn body(&mut self, body: &'a Body, seat: Seat) -> Vector {
        if body.exceptions.is_empty() {
            return self.usual(body, seat);
        }
        let len = self.len(seat.entity);
        let mut which = vec![USUAL; len];
        for (exception, way) in body.exceptions.iter().zip(1..) {
            let condition = self.node(&exception.condition, seat);
            for (at, chosen) in which.iter_mut().enumerate() {
                if body.in_order && *chosen != USUAL {
                    continue;
                }
                match condition.yes(at) {
                    Some(false) => {}
                    // Whether several agree is for the row to say.
                    Some(true) if *chosen == USUAL => *chosen = way,
                    _ => *chosen = TO_REDO,
                }
            }
        }
        let usual = if which.contains(&USUAL) { self.usual(body, seat) } else { Vector::redo(len) };
        let mut ways = vec![Rc::new(usual)];
        for (exception, way) in body.exceptions.iter().zip(1..) {
            ways.push(match &exception.value {
                _ if !which.contains(&way) => Rc::new(Vector::redo(len)),
                None => Rc::new(Vector::nothing(len)),
                Some(value) => self.node(value, seat),
            });
        }
        picked(&ways.iter().map(Rc::as_ref).collect::<Vec<_>>(), &which)
    }

    fn usual(&mut self, body: &'a Body, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let mut states: Option<Vec<u8>> = None;
        for requirement in &body.requirements {
            let condition = self.node(&requirement.condition, seat);
            if let Some(all) = condition.plain_yesno() {
                if all.contains(&false) {
                    let states = states.get_or_insert_with(|| vec![GOOD; len]);
                    for (state, yes) in states.iter_mut().zip(all) {
                        // Only what is good so far can come to nothing here.
                        *state |= u8::from(!*yes & (*state == GOOD)) * NOTHING;
                    }
                }
                continue;
            }
            for at in 0..len {
                let found = match condition.yes(at) {
                    Some(true) => continue,
                    Some(false) => NOTHING,
                    None => REDO,
                };
                let state = &mut states.get_or_insert_with(|| vec![GOOD; len])[at];
                if *state == GOOD {
                    *state = found;
                }
            }
        }
        let formula = match (&body.formula, &states) {
            (None, _) => Vector::nothing(len),
            (_, Some(states)) if !states.contains(&GOOD) => Vector::redo(len),
            (Some(Formula::Node(node)), _) => Rc::unwrap_or_clone(self.node(node, seat)),
            (Some(Formula::Table(table)), _) => self.table(table, seat),
        };
        let Some(mut states) = states else { return formula };
        if let Some(found) = &formula.state {
            states
                .iter_mut()
                .zip(found)
                .filter(|(state, _)| **state == GOOD)
                .for_each(|(state, found)| *state = *found);
        }
        let most = formula.bound();
        Vector::bounded(formula.data, Some(states), most)
    }

    fn table(&mut self, table: &'a Table, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        // Tables that collect are left to the rows.
        if !matches!(table.hit, Hit::Unique | Hit::First | Hit::Any) {
            return Vector::redo(len);
        }
        let inputs: Vec<Rc<Vector>> = table.inputs.iter().map(|input| self.node(input, seat)).collect();
        // Place 0 is “otherwise”.
        let mut which = vec![USUAL; len];
        for (row, way) in table.rows.iter().zip(1..) {
            let mut held: Vec<Option<bool>> = vec![Some(true); len];
            for (cell, input) in row.cells.iter().zip(&inputs).filter(|(cell, _)| !cell.tests.is_empty()) {
                self.cell(cell, input, &mut held, seat);
            }
            for (chosen, held) in which.iter_mut().zip(held) {
                if table.hit == Hit::First && *chosen != USUAL {
                    continue;
                }
                match held {
                    Some(false) => {}
                    Some(true) if *chosen == USUAL => *chosen = way,
                    _ => *chosen = TO_REDO,
                }
            }
        }
        let otherwise = match &table.otherwise {
            Some(row) if which.contains(&USUAL) => self.node(&row.value, seat),
            _ => Rc::new(Vector::redo(len)),
        };
        let mut ways = vec![otherwise];
        for (row, way) in table.rows.iter().zip(1..) {
            ways.push(if which.contains(&way) { self.node(&row.value, seat) } else { Rc::new(Vector::redo(len)) });
        }
        picked(&ways.iter().map(Rc::as_ref).collect::<Vec<_>>(), &which)
    }

    /// Where a row still may apply, whether this cell holds.
    fn cell(&mut self, cell: &'a Cell, input: &Vector, held: &mut [Option<bool>], seat: Seat) {
        let len = held.len();
        let mut any = vec![Some(false); len];
        for test in &cell.tests {
            let mut all: Vec<Vector> = Vec::new();
            match test {
                Test::Compare(how, node) => {
                    let against = self.node(node, seat);
                    all.push(compared(*how, input, &against, len));
                }
                Test::Between(low, high) => {
                    for (how, node) in [(Comparison::AtLeast, low), (Comparison::AtMost, high)] {
                        let against = self.node(node, seat);
                        all.push(compared(how, input, &against, len));
                    }
                }
            }
            for (at, any) in any.iter_mut().enumerate().filter(|(_, any)| **any == Some(false)) {
                *any = all.iter().try_fold(true, |held, vector| Some(held && vector.yes(at)?));
            }
        }
        for (held, any) in held.iter_mut().zip(any).filter(|(held, _)| **held == Some(true)) {
            *held = any.map(|any| any != cell.negated);
        }
    }
}
