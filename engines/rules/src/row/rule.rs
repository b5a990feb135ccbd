//! A rule: which version, which exceptions, which requirements, then the formula.

use super::{Cell, Decided, Place, Ran, Run};
use crate::{
    model::{Body, Formula, Rule, in_force},
    outcome::FaultKind,
    value::Raw,
};

/// One thing that a rule can come to.
#[derive(Clone)]
struct Way {
    cell: Cell,
    decided: Decided,
}

impl<'a> Run<'a> {
    pub(super) fn rule(&mut self, rule: &'a Rule, place: Place) -> Ran<(Cell, u32, Decided)> {
        let version = in_force(&rule.versions, place.period.start());
        let Some((at, version)) = version.filter(|(_, version)| version.what.formula.is_some()) else {
            if rule.entitlement {
                return Ok((Cell::Nothing, version.map_or(u32::MAX, |(at, _)| at as u32), Decided::NotInForce));
            }
            return self.fault(
                FaultKind::NotInForce,
                place,
                &format!("{} has no value on {}", rule.law, place.period.start()),
            );
        };
        let way = self.body(&version.what, place)?;
        let decided = if way.cell == Cell::Unknown { Decided::Unknown } else { way.decided };
        Ok((way.cell, at as u32, decided))
    }

    fn body(&mut self, body: &'a Body, place: Place) -> Ran<Way> {
        if body.exceptions.is_empty() {
            return self.usual(body, place);
        }
        let before = self.needed.len();
        let (mut sure, mut open) = (Vec::new(), Vec::new());
        for (at, exception) in body.exceptions.iter().enumerate() {
            let condition = match self.node(&exception.condition, place) {
                // An earlier exception that is not yet known may win before this one is looked at.
                Err(_) if body.in_order && !open.is_empty() => Cell::Unknown,
                other => other?,
            };
            match condition {
                Cell::Known(Raw::Yesno(true)) => {
                    sure.push(at);
                    if body.in_order {
                        break;
                    }
                }
                Cell::Known(_) => {}
                _ => open.push(at),
            }
        }
        let asked = self.needed.len();
        let first = if sure.is_empty() { Some(self.usual(body, place)) } else { None };
        // What was needed on the way to a fault leads nowhere: only an exception can lead around it. How far one comes hangs on the order of members.
        if matches!(first, Some(Err(_))) {
            self.needed.truncate(asked);
        }
        // What the usual case needs is asked before what only an exception needs.
        self.needed[before..].rotate_left(asked - before);
        let mut ways = Vec::new();
        match first {
            Some(Ok(way)) => ways.push(way),
            Some(Err(fault)) if open.is_empty() => return Err(fault),
            // An exception that is not yet known may lead around the fault.
            Some(Err(_)) => ways.push(Way { cell: Cell::Unknown, decided: Decided::Unknown }),
            None => {}
        }
        for &at in sure.iter().chain(&open) {
            ways.push(match self.exception(body, at, place) {
                // What is not yet known may lead around the fault.
                Err(_) if !open.is_empty() => Way { cell: Cell::Unknown, decided: Decided::Unknown },
                other => other?,
            });
        }
        if sure.len() > 1 {
            self.no_conflict(body, &sure, &ways, place)?;
        }
        Ok(self.agreed(ways, before))
    }

    /// What all ways come to, if they come to the same; then nothing more is to be asked.
    fn agreed(&mut self, ways: Vec<Way>, before: usize) -> Way {
        let mut ways = ways.into_iter();
        let Some(first) = ways.next() else { return Way { cell: Cell::Unknown, decided: Decided::Unknown } };
        if first.cell != Cell::Unknown && ways.all(|way| way.cell == first.cell) {
            self.needed.truncate(before);
            return first;
        }
        Way { cell: Cell::Unknown, decided: Decided::Unknown }
    }

    fn exception(&mut self, body: &'a Body, at: usize, place: Place) -> Ran<Way> {
        let decided = Decided::Exception(at);
        let cell = match &body.exceptions[at].value {
            None => Cell::Nothing,
            Some(value) => self.node(value, place)?,
        };
        Ok(Way { cell, decided })
    }

    /// Exceptions that apply together must say the same.
    fn no_conflict(&self, body: &Body, sure: &[usize], ways: &[Way], place: Place) -> Ran<()> {
        let known: Vec<_> = sure.iter().zip(ways).filter(|(_, way)| way.cell != Cell::Unknown).collect();
        let Some(other) = known.iter().find(|(_, way)| way.cell != known[0].1.cell) else { return Ok(()) };
        let named = |at: usize| {
            let exception = &body.exceptions[at];
            format!("“{}” ({}, {})", exception.name, exception.law, self.rules.place_of(exception.spot))
        };
        let what = format!(
            "the exceptions {} and {} both apply and say different things; write “exceptions in order” if the first shall win",
            named(*known[0].0),
            named(*other.0)
        );
        self.fault(FaultKind::Conflict, place, &what)
    }

    /// Without exceptions.
    fn usual(&mut self, body: &'a Body, place: Place) -> Ran<Way> {
        let before = self.needed.len();
        let mut failed = Vec::new();
        for (requirement, at) in body.requirements.iter().zip(0..) {
            let cell = self.node(&requirement.condition, place);
            match cell {
                Ok(Cell::Known(Raw::Yesno(false))) => failed.push(at),
                Err(fault) if failed.is_empty() && self.needed.len() == before => return Err(fault),
                _ => {}
            }
        }
        if !failed.is_empty() {
            self.needed.truncate(before);
            return Ok(Way { cell: Cell::Nothing, decided: Decided::Requirements(failed) });
        }
        let open = self.needed.len() > before;
        let way = match &body.formula {
            Some(Formula::Node(node)) => self.node(node, place).map(|cell| Way { cell, decided: Decided::Formula }),
            Some(Formula::Table(table)) => {
                self.table(table, place).map(|(cell, rows)| Way { cell, decided: Decided::Rows(rows) })
            }
            None => Ok(Way { cell: Cell::Nothing, decided: Decided::NotInForce }),
        };
        if !open {
            return way;
        }
        // The amount may fail where the requirement would not have let it come to that.
        Ok(Way { cell: Cell::Unknown, decided: Decided::Unknown })
    }
}
