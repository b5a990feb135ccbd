//! Expressions of whole blocks.

use super::{
    Block, Seat,
    arithmetic::{arithmetic, compared, numbers_of, rounded, states},
    vector::{Data, GOOD, NOTHING, REDO, Vector, picked, replaced},
};
use crate::{
    decimal::Decimal,
    model::{Function, Node, Reference, in_force},
    period::{Period, Unit},
    row::{applied, total_span, years_between},
    syntax::{Arithmetic, Span, When},
    value::Raw,
};
use std::rc::Rc;

impl<'a> Block<'a> {
    /// An expression; a variable that is named comes as it is, without a copy.
    pub(super) fn node(&mut self, node: &'a Node, seat: Seat) -> Rc<Vector> {
        match node {
            Node::Variable(reference, when) => self.at_time(*reference, *when, seat),
            other => Rc::new(self.made(other, seat)),
        }
    }

    fn made(&mut self, node: &'a Node, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        match node {
            Node::Constant(value) => Vector::same(value.clone()),
            Node::Variable(reference, when) => self.at_time(*reference, *when, seat).as_ref().clone(),
            Node::Total(reference, span) => self.total(*reference, *span, seat),
            Node::Parameter(at) => {
                let found = in_force(&self.rules.parameters[*at].versions, seat.period.start());
                let value = found.and_then(|(_, version)| version.what.clone());
                value.map_or_else(|| Vector::redo(len), Vector::same)
            }
            Node::Scale(at, base) => {
                let base = self.node(base, seat);
                super::scale::looked_up(&self.rules.scales[*at], seat.period, &base, len)
            }
            Node::Start => Vector::same(Raw::Day(seat.period.start())),
            Node::End => Vector::same(Raw::Day(seat.period.end())),
            Node::Not(inner) => {
                let inner = self.node(inner, seat);
                let all = (0..len).map(|at| inner.yes(at) == Some(false)).collect();
                Vector::new(Data::Yesno(all), inner.state.clone())
            }
            Node::Negative(inner) => {
                let inner = self.node(inner, seat);
                numbers_of(&inner, &Vector::same(Raw::Number(Decimal::ZERO)), len, |units, _| units.checked_neg())
            }
            Node::And(two) => self.junction(&two.0, &two.1, false, seat),
            Node::Or(two) => self.junction(&two.0, &two.1, true, seat),
            Node::Arithmetic(how, two) => {
                let (one, other) = (self.node(&two.0, seat), self.node(&two.1, seat));
                arithmetic(*how, &one, &other, len)
            }
            Node::Compare(how, two) => {
                let (one, other) = (self.node(&two.0, seat), self.node(&two.1, seat));
                compared(*how, &one, &other, len)
            }
            Node::OneOf(one, list) => {
                let one = self.node(one, seat);
                let mut all = Vector::same(Raw::Yesno(false));
                for item in list {
                    let item = self.node(item, seat);
                    all = either(&all, &compared(crate::syntax::Comparison::Is, &one, &item, len), true, len);
                }
                all
            }
            Node::If(three) => self.choose(&three.0, &three.1, &three.2, seat),
            Node::OrElse(two) => self.or_else(&two.0, &two.1, seat),
            Node::Entitled(inner) => {
                let inner = self.node(inner, seat);
                let yes = (0..len).map(|at| inner.state(at) == GOOD).collect();
                let state = inner
                    .state
                    .as_ref()
                    .map(|state| state.iter().map(|state| if *state == REDO { REDO } else { GOOD }).collect());
                Vector::new(Data::Yesno(yes), state)
            }
            Node::Members(members) => self.members(members, seat),
            Node::Function(function, arguments) => self.function(*function, arguments, seat),
        }
    }

    fn junction(&mut self, one: &'a Node, two: &'a Node, decides: bool, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let left = self.node(one, seat);
        if left.state.is_none() && (0..len).all(|at| left.yes(at) == Some(decides)) {
            return left.as_ref().clone();
        }
        let right = self.node(two, seat);
        either(&left, &right, decides, len)
    }

    fn choose(&mut self, condition: &'a Node, yes: &'a Node, no: &'a Node, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let condition = self.node(condition, seat);
        let which: Vec<u16> = match condition.plain_yesno() {
            Some(all) => all.iter().map(|yes| u16::from(!yes)).collect(),
            None => (0..len).map(|at| condition.yes(at).map_or(u16::MAX, |yes| u16::from(!yes))).collect(),
        };
        let wanted = |at: u16| which.contains(&at);
        let yes = if wanted(0) { self.node(yes, seat) } else { Rc::new(Vector::redo(len)) };
        let no = if wanted(1) { self.node(no, seat) } else { Rc::new(Vector::redo(len)) };
        picked(&[&yes, &no], &which)
    }

    fn or_else(&mut self, one: &'a Node, two: &'a Node, seat: Seat) -> Vector {
        let one = self.node(one, seat);
        let Some(state) = one.state.as_ref().filter(|state| state.contains(&NOTHING)) else {
            return one.as_ref().clone();
        };
        let two = self.node(two, seat);
        if two.state.is_none() && !state.contains(&REDO) {
            return replaced(&one, &two, state);
        }
        let which: Vec<u16> = (0..self.len(seat.entity)).map(|at| u16::from(one.state(at) == NOTHING)).collect();
        picked(&[&one, &two], &which)
    }

    fn at_time(&mut self, reference: Reference, when: When, seat: Seat) -> Rc<Vector> {
        let period = match when {
            When::Same | When::First(_) => Some(seat.period),
            When::Last(_) => Some(Period::of(Unit::Day, seat.period.end())),
            When::Before(unit) => Period::of(unit, seat.period.start()).later(-1),
        };
        match period {
            Some(period) => self.named(reference, period),
            None => Rc::new(Vector::redo(self.len(seat.entity))),
        }
    }

    fn named(&mut self, reference: Reference, period: Period) -> Rc<Vector> {
        let variable = &self.rules.variables[reference.variable];
        let found = self.variable(reference.variable, Period::of(variable.unit, period.start()));
        if !reference.up {
            return found;
        }
        let begin = self.stretch.groups.start;
        let group_of = &self.population.group_of[self.stretch.persons.clone()];
        let at = |group: &u32| *group as usize - begin;
        let data = match &found.data {
            Data::Same(value) => Data::Same(value.clone()),
            Data::Yesno(all) => Data::Yesno(group_of.iter().map(|group| all[at(group)]).collect()),
            Data::Number(all, decimals) => {
                Data::Number(group_of.iter().map(|group| all[at(group)]).collect(), *decimals)
            }
            Data::Day(all) => Data::Day(group_of.iter().map(|group| all[at(group)]).collect()),
            Data::Choice(all) => Data::Choice(group_of.iter().map(|group| all[at(group)]).collect()),
            Data::Text(all) => Data::Text(group_of.iter().map(|group| all[at(group)].clone()).collect()),
        };
        let state = found.state.as_ref().map(|state| group_of.iter().map(|group| state[at(group)]).collect());
        Rc::new(Vector::bounded(data, state, found.bound()))
    }

    fn total(&mut self, reference: Reference, span: Span, seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let own = self.rules.variables[reference.variable].unit;
        let (first, (count, back)) = total_span(span, own, seat.period);
        let Some(mut at) = Period::of(own, first).later(-back) else { return Vector::redo(len) };
        let mut sum = Vector::same(Raw::Number(Decimal::ZERO));
        for _ in 0..count {
            sum = arithmetic(Arithmetic::Plus, &sum, &self.named(reference, at), len);
            let Some(next) = at.later(1) else { return Vector::redo(len) };
            at = next;
        }
        sum
    }

    fn function(&mut self, function: Function, arguments: &'a [Node], seat: Seat) -> Vector {
        let len = self.len(seat.entity);
        let values: Vec<Rc<Vector>> = arguments.iter().map(|argument| self.node(argument, seat)).collect();
        if let Some((decimals, how)) = function.rounding() {
            return rounded(&values[0], decimals, how, len);
        }
        let numeric = values.iter().all(|value| value.numbers().is_some());
        match function {
            Function::Min if numeric => numbers_of_all(&values, len, i64::min),
            Function::Max if numeric => numbers_of_all(&values, len, i64::max),
            // Dates, which are rare here.
            Function::Min | Function::Max => Vector::redo(len),
            Function::Absolute if numeric => {
                numbers_of(&values[0], &Vector::same(Raw::Number(Decimal::ZERO)), len, |units, _| units.checked_abs())
            }
            Function::YearsBetween => years(&values[0], &values[1], len),
            _ => by_value(function, &values, len),
        }
    }
}

/// “And” and “or”: `decides` on the left is enough; on the right it is so only where the left is good, for the row knows better.
fn either(left: &Vector, right: &Vector, decides: bool, len: usize) -> Vector {
    if let (Some(left), Some(right)) = (left.plain_yesno(), right.plain_yesno()) {
        let all = left.iter().zip(right).map(|(left, right)| if decides { left | right } else { left & right });
        return Vector::good(Data::Yesno(all.collect()));
    }
    let mut all = Vec::with_capacity(len);
    let mut state = None;
    for at in 0..len {
        let found = match left.yes(at) {
            Some(yes) if yes == decides => Some(yes),
            Some(_) => right.yes(at),
            None => None,
        };
        if found.is_none() {
            state.get_or_insert_with(|| vec![GOOD; len])[at] = REDO;
        }
        all.push(found == Some(true));
    }
    Vector::new(Data::Yesno(all), state)
}

fn numbers_of_all(values: &[Rc<Vector>], len: usize, act: fn(i64, i64) -> i64) -> Vector {
    let Some((first, others)) = values.split_first() else { return Vector::redo(len) };
    others.iter().fold(first.as_ref().clone(), |one, two| numbers_of(&one, two, len, |one, two| Some(act(one, two))))
}

fn years(from: &Vector, to: &Vector, len: usize) -> Vector {
    let units = match (&from.data, &to.data) {
        (Data::Day(from), Data::Same(Raw::Day(to))) => {
            let to = *to;
            from.iter().map(|from| years_between(*from, to)).collect()
        }
        _ => {
            let day = |raw: Raw| if let Raw::Day(day) = raw { day } else { jiff::civil::Date::ZERO };
            (0..len).map(|at| years_between(day(from.raw(at)), day(to.raw(at)))).collect()
        }
    };
    Vector::new(Data::Number(units, 0), states(from, to))
}

/// Functions that are worked out value by value.
fn by_value(function: Function, values: &[Rc<Vector>], len: usize) -> Vector {
    let mut state = values.iter().skip(1).fold(values[0].state.clone(), |state, value| {
        states(&Vector::new(Data::Same(Raw::Yesno(false)), state), value)
    });
    let mut found = Vec::with_capacity(len);
    for at in 0..len {
        let two = values.get(1).map(|value| value.raw(at));
        let value = applied(function, &values[0].raw(at), two.as_ref());
        if value.is_none() {
            state.get_or_insert_with(|| vec![GOOD; len])[at] = REDO;
        }
        found.push(value);
    }
    let days = matches!(function, Function::DaysAfter | Function::MonthsAfter | Function::YearsAfter);
    let data = if days {
        Data::Day(
            found
                .into_iter()
                .map(|value| if let Some(Raw::Day(day)) = value { day } else { jiff::civil::Date::ZERO })
                .collect(),
        )
    } else {
        let whole =
            |value| if let Some(Raw::Number(number)) = value { Decimal::as_i64(number).unwrap_or(0) } else { 0 };
        Data::Number(found.into_iter().map(whole).collect(), 0)
    };
    Vector::new(data, state)
}
