//! Expressions, where what is not known may not matter.

use super::{
    Cell, Place, Ran, Run,
    function::{compare, order},
};
use crate::{
    decimal::Decimal,
    model::{Members, Node, Reference, in_force},
    outcome::FaultKind,
    period::{Period, Unit},
    syntax::{Arithmetic, Over, Span, When},
    value::Raw,
};
use jiff::civil::Date;
use std::cmp::Ordering;

const YES: Cell = Cell::Known(Raw::Yesno(true));
const NO: Cell = Cell::Known(Raw::Yesno(false));

fn yesno(yes: bool) -> Cell {
    if yes { YES } else { NO }
}

fn is_zero(cell: &Cell) -> bool {
    matches!(cell, Cell::Known(Raw::Number(number)) if *number == Decimal::ZERO)
}

impl<'a> Run<'a> {
    pub(super) fn node(&mut self, node: &'a Node, place: Place) -> Ran<Cell> {
        self.step(place)?;
        match node {
            Node::Constant(value) => Ok(Cell::Known(value.clone())),
            Node::Variable(reference, when) => self.at_time(*reference, *when, place),
            Node::Total(reference, span) => self.total(*reference, *span, place),
            Node::Parameter(at) => self.parameter(*at, place),
            Node::Scale(at, base) => match self.node(base, place)? {
                Cell::Known(Raw::Number(base)) => self.scale(*at, base, place),
                other => Ok(other),
            },
            Node::Start => Ok(Cell::Known(Raw::Day(place.period.start()))),
            Node::End => Ok(Cell::Known(Raw::Day(place.period.end()))),
            Node::Not(inner) => Ok(match self.node(inner, place)? {
                Cell::Known(Raw::Yesno(yes)) => yesno(!yes),
                other => other,
            }),
            Node::Negative(inner) => match self.node(inner, place)? {
                Cell::Known(Raw::Number(number)) => Ok(Cell::Known(Raw::Number(self.fits(number.negated(), place)?))),
                other => Ok(other),
            },
            Node::And(two) => self.junction(&two.0, &two.1, &NO, place),
            Node::Or(two) => self.junction(&two.0, &two.1, &YES, place),
            Node::Arithmetic(how, two) => self.arithmetic(*how, &two.0, &two.1, place),
            Node::Compare(how, two) => {
                let (one, two) = (self.node(&two.0, place)?, self.node(&two.1, place)?);
                Ok(match (&one, &two) {
                    (Cell::Known(one), Cell::Known(two)) => yesno(compare(*how, one, two)),
                    _ => Cell::Unknown,
                })
            }
            Node::OneOf(one, list) => self.one_of(one, list, place),
            Node::If(three) => self.choose(&three.0, &three.1, &three.2, place),
            Node::OrElse(two) => match self.node(&two.0, place)? {
                Cell::Nothing => self.node(&two.1, place),
                other => Ok(other),
            },
            Node::Entitled(inner) => Ok(match self.node(inner, place)? {
                Cell::Known(_) => YES,
                Cell::Nothing => NO,
                Cell::Unknown => Cell::Unknown,
            }),
            Node::Members(members) => self.members(members, place),
            Node::Function(function, arguments) => self.function(*function, arguments, place),
        }
    }

    pub(super) fn fits(&self, number: Option<Decimal>, place: Place) -> Ran<Decimal> {
        match number {
            Some(number) => Ok(number),
            None => self.fault(FaultKind::Overflow, place, "a number has more digits than can be counted with"),
        }
    }

    /// “And” and “or”: one side that decides is enough, whatever the other is.
    fn junction(&mut self, one: &'a Node, two: &'a Node, decides: &Cell, place: Place) -> Ran<Cell> {
        let before = self.needed.len();
        let left = self.node(one, place)?;
        if left == *decides {
            return Ok(left);
        }
        if left != Cell::Unknown {
            return self.node(two, place);
        }
        match self.node(two, place) {
            Ok(right) if right == *decides => {
                self.needed.truncate(before);
                Ok(right)
            }
            // A fault on the right may never be reached.
            _ => Ok(Cell::Unknown),
        }
    }

    fn choose(&mut self, condition: &'a Node, yes: &'a Node, no: &'a Node, place: Place) -> Ran<Cell> {
        let before = self.needed.len();
        match self.node(condition, place)? {
            Cell::Known(Raw::Yesno(true)) => self.node(yes, place),
            Cell::Known(_) => self.node(no, place),
            _ => {
                let both = (self.node(yes, place), self.node(no, place));
                match both {
                    (Ok(one), Ok(two)) if one == two && one != Cell::Unknown => {
                        self.needed.truncate(before);
                        Ok(one)
                    }
                    _ => Ok(Cell::Unknown),
                }
            }
        }
    }

    fn one_of(&mut self, one: &'a Node, list: &'a [Node], place: Place) -> Ran<Cell> {
        let before = self.needed.len();
        let Cell::Known(one) = self.node(one, place)? else { return Ok(Cell::Unknown) };
        let mut unknown = false;
        for item in list {
            let item = match self.node(item, place) {
                Err(_) if unknown => Cell::Unknown,
                other => other?,
            };
            match item {
                Cell::Known(item) if item == one => {
                    self.needed.truncate(before);
                    return Ok(YES);
                }
                Cell::Known(_) => {}
                _ => unknown = true,
            }
        }
        Ok(if unknown { Cell::Unknown } else { NO })
    }

    fn arithmetic(&mut self, how: Arithmetic, one: &'a Node, two: &'a Node, place: Place) -> Ran<Cell> {
        let before = self.needed.len();
        let left = self.node(one, place)?;
        let times = how == Arithmetic::Times;
        if times && is_zero(&left) {
            return Ok(left);
        }
        let right = match self.node(two, place) {
            // Nought on the left would have led around the fault.
            Err(_) if times && left == Cell::Unknown => return Ok(Cell::Unknown),
            other => other?,
        };
        if times && is_zero(&right) {
            self.needed.truncate(before);
            return Ok(right);
        }
        let (Cell::Known(Raw::Number(left)), Cell::Known(Raw::Number(right))) = (&left, &right) else {
            return Ok(Cell::Unknown);
        };
        let number = match how {
            Arithmetic::Plus => left.plus(*right),
            Arithmetic::Minus => left.minus(*right),
            Arithmetic::Times => left.times(*right),
            Arithmetic::Over if *right == Decimal::ZERO => {
                return self.fault(FaultKind::DividedByNought, place, "it divides by nought");
            }
            Arithmetic::Over => left.over(*right),
        };
        Ok(Cell::Known(Raw::Number(self.fits(number, place)?)))
    }

    fn at_time(&mut self, reference: Reference, when: When, place: Place) -> Ran<Cell> {
        let period = match when {
            When::Same | When::First(_) => place.period,
            When::Last(_) => Period::of(Unit::Day, place.period.end()),
            When::Before(unit) => self.period_later(Period::of(unit, place.period.start()), -1, place)?,
        };
        self.named(reference, place, period)
    }

    fn total(&mut self, reference: Reference, span: Span, place: Place) -> Ran<Cell> {
        let own = self.rules.variables[reference.variable].unit;
        let (first, count) = total_span(span, own, place.period);
        let mut sum = Some(Decimal::ZERO);
        let mut at = self.period_later(Period::of(own, first), -count.1, place)?;
        for _ in 0..count.0 {
            match self.named(reference, place, at)? {
                Cell::Known(Raw::Number(number)) => {
                    if let Some(before) = sum {
                        sum = Some(self.fits(before.plus(number), place)?);
                    }
                }
                _ => sum = None,
            }
            at = self.period_later(at, 1, place)?;
        }
        Ok(sum.map_or(Cell::Unknown, |sum| Cell::Known(Raw::Number(sum))))
    }

    fn parameter(&mut self, at: usize, place: Place) -> Ran<Cell> {
        let parameter = &self.rules.parameters[at];
        let day = place.period.start();
        if let Some((version, found)) = in_force(&parameter.versions, day)
            && let Some(value) = &found.what
        {
            self.read(false, at, version);
            return Ok(Cell::Known(value.clone()));
        }
        self.fault(
            FaultKind::NotInForce,
            place,
            &format!("the parameter “{}” ({}) has no value on {day}", parameter.name, parameter.law),
        )
    }

    fn read(&mut self, scale: bool, at: usize, version: usize) {
        let read = (scale, at as u32, version as u32);
        if !self.parameters.contains(&read) {
            self.parameters.push(read);
        }
    }

    fn scale(&mut self, at: usize, base: Decimal, place: Place) -> Ran<Cell> {
        let scale = &self.rules.scales[at];
        let day = place.period.start();
        let Some((version, found)) = in_force(&scale.versions, day).filter(|(_, found)| !found.what.is_empty()) else {
            return self.fault(
                FaultKind::NotInForce,
                place,
                &format!("the scale “{}” ({}) has no value on {day}", scale.name, scale.law),
            );
        };
        self.read(true, at, version);
        let value = scale.look_up(&found.what, base);
        match value {
            Ok(Some(value)) => Ok(Cell::Known(value)),
            Ok(None) => {
                self.fault(FaultKind::NoRow, place, &format!("the scale “{}” has no bracket for {base}", scale.name))
            }
            Err(()) => self.fault(FaultKind::Overflow, place, "a number has more digits than can be counted with"),
        }
    }

    fn members(&mut self, members: &'a Members, place: Place) -> Ran<Cell> {
        let group = self.rules.variables[place.variable as usize].entity;
        let situation = self.situation;
        let list = &situation.members[group][place.who as usize];
        if let (Over::Any | Over::All, Some(condition)) = (members.over, &members.value) {
            let decides = if members.over == Over::Any { YES } else { NO };
            return self.decided_by(
                condition,
                list.iter().filter(|(role, _)| members.role.is_none_or(|wanted| wanted == *role)),
                &decides,
                place,
            );
        }
        let mut all = Gathered::default();
        for &(_, who) in list.iter().filter(|(role, _)| members.role.is_none_or(|wanted| wanted == *role)) {
            let place = Place { who, ..place };
            let member = match &members.filter {
                Some(filter) => self.node(filter, place)?,
                None => YES,
            };
            if member == NO {
                continue;
            }
            let value = match &members.value {
                Some(value) => self.tolerant(value, place, member == Cell::Unknown)?,
                None => YES,
            };
            if member == Cell::Unknown || value == Cell::Unknown {
                all.unknown = true;
                continue;
            }
            all.count += 1;
            if let Cell::Known(value) = value {
                let fit = all.add(members.over, value);
                if !fit {
                    return self.fault(FaultKind::Overflow, place, "a sum has more digits than can be counted with");
                }
            }
        }
        Ok(all.outcome(members.over))
    }

    /// “Any” and “all”: one member who decides is enough, whatever becomes of the others, and whatever their order.
    fn decided_by<'m>(
        &mut self,
        condition: &'a Node,
        list: impl Iterator<Item = &'m (u8, u32)>,
        decides: &Cell,
        place: Place,
    ) -> Ran<Cell> {
        let before = self.needed.len();
        let (mut unknown, mut fault) = (false, None);
        for &(_, who) in list {
            match self.node(condition, Place { who, ..place }) {
                Ok(found) if found == *decides => {
                    self.needed.truncate(before);
                    return Ok(found);
                }
                Ok(found) => unknown |= found == Cell::Unknown,
                Err(found) => fault = fault.or(Some(found)),
            }
        }
        match fault {
            _ if unknown => Ok(Cell::Unknown),
            Some(fault) => Err(fault),
            None => Ok(yesno(*decides == NO)),
        }
    }

    /// A fault is not yet known where something else may lead around it.
    fn tolerant(&mut self, node: &'a Node, place: Place, may_be_passed: bool) -> Ran<Cell> {
        match self.node(node, place) {
            Err(_) if may_be_passed => Ok(Cell::Unknown),
            other => other,
        }
    }
}

/// The first day of a total's last period, how many periods, and how far before that day's period it begins.
pub(crate) fn total_span(span: Span, own: Unit, period: Period) -> (Date, (u32, i32)) {
    match span {
        Span::Before(count, _) => (period.start(), (count, count as i32)),
        Span::Within(unit) => {
            let around = Period::of(unit, period.start());
            let days = |period: Period| {
                u32::from(period.end().day_of_year().unsigned_abs())
                    - u32::from(period.start().day_of_year().unsigned_abs())
                    + 1
            };
            let count = match own {
                Unit::Month => 12,
                _ => days(around),
            };
            (around.start(), (count, 0))
        }
    }
}

/// What the members of a group have come to so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub unknown: bool,
    count: i64,
    found: Option<Raw>,
}

impl Gathered {
    /// Takes one more; `false` when a sum does not fit.
    pub(super) fn add(&mut self, over: Over, value: Raw) -> bool {
        let found = match (self.found.take(), over) {
            (None, _) => value,
            (Some(Raw::Number(before)), Over::Sum) => {
                let Raw::Number(number) = value else { return false };
                let Some(sum) = before.plus(number) else { return false };
                Raw::Number(sum)
            }
            (Some(before), Over::Least) => {
                if order(&value, &before) == Ordering::Less {
                    value
                } else {
                    before
                }
            }
            (Some(before), Over::Greatest) => {
                if order(&value, &before) == Ordering::Greater {
                    value
                } else {
                    before
                }
            }
            (Some(before), _) => before,
        };
        self.found = Some(found);
        true
    }

    pub(super) fn outcome(self, over: Over) -> Cell {
        if self.unknown {
            return Cell::Unknown;
        }
        match over {
            // “Any” and “all” do not gather.
            Over::Any | Over::All => Cell::Unknown,
            Over::Number => Cell::Known(Raw::Number(Decimal::from(self.count))),
            Over::Sum => Cell::Known(self.found.unwrap_or(Raw::Number(Decimal::ZERO))),
            Over::Least | Over::Greatest => self.found.map_or(Cell::Nothing, Cell::Known),
        }
    }
}
