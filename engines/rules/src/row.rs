//! One value for one member, in three values: known, nothing, or not yet known. Every step is kept.

mod answer;
mod expression;
mod function;
mod rule;
mod table;

pub use answer::Answer;
pub(crate) use expression::total_span;
pub(crate) use function::{applied, compare, holds, years_between};

use crate::{
    limits::STEPS_MAX,
    model::{Reference, Rules, What},
    outcome::{Fault, FaultKind},
    period::{Period, Unit},
    situation::Situation,
    value::Raw,
};

/// What an expression came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Known(Raw),
    /// Not entitled, or the least of nobody.
    Nothing,
    Unknown,
}

type Ran<T> = Result<T, Fault>;

/// What decided a variable; places in the lists of its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decided {
    Given,
    Otherwise,
    Missing,
    Formula,
    Rows(Vec<u32>),
    Exception(usize),
    Requirements(Vec<u32>),
    NotInForce,
    Unknown,
}

/// One variable that was worked out.
#[derive(Debug, Clone)]
struct Done {
    variable: u32,
    who: u32,
    period: Period,
    cell: Cell,
    version: u32,
    decided: Decided,
    uses: (u32, u32),
    needs: (u32, u32),
    /// The same for another period that was worked out before.
    before: u32,
}

/// No such place in a list.
const NONE: u32 = u32::MAX;
/// Steps for which there is room from the beginning.
const STEPS_USUAL: usize = 24;

/// Works out values about one situation, all within [`STEPS_MAX`] steps.
pub(crate) struct Run<'a> {
    rules: &'a Rules,
    situation: &'a Situation,
    done: Vec<Done>,
    /// For each variable where its members begin in `latest`.
    begins: Vec<u32>,
    /// For each variable and member what was worked out last; from there a chain leads to other periods.
    latest: Vec<u32>,
    /// What the variable at work has used so far, on top of what those around it have.
    used: Vec<u32>,
    uses: Vec<u32>,
    /// Missing facts that still matter, in the order of asking.
    needed: Vec<u32>,
    needs: Vec<u32>,
    parameters: Vec<(bool, u32, u32)>,
    steps: u64,
}

/// Where an expression is worked out.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The variable whose rule it is.
    variable: u32,
    /// Whose value the rule makes.
    owner: u32,
    /// Who the expression sees: the owner, or one of its members.
    who: u32,
    period: Period,
}

impl<'a> Run<'a> {
    pub(crate) fn new(rules: &'a Rules, situation: &'a Situation) -> Self {
        let mut count = 0;
        let mut begin = |variable: &crate::model::Variable| {
            let begins = count;
            count += situation.names[variable.entity].len() as u32;
            begins
        };
        let begins = rules.variables.iter().map(&mut begin).collect();
        Self {
            rules,
            situation,
            done: Vec::with_capacity(STEPS_USUAL),
            begins,
            latest: vec![NONE; count as usize],
            used: Vec::with_capacity(STEPS_USUAL),
            uses: Vec::with_capacity(STEPS_USUAL),
            needed: Vec::new(),
            needs: Vec::new(),
            parameters: Vec::new(),
            steps: 0,
        }
    }

    /// Works one value out. What was worked out for another is worked out anew, so that the answer tells of this one alone; the steps of all add up.
    pub(crate) fn ask(&mut self, variable: usize, who: u32, period: Period) -> Ran<Answer<'a>> {
        let found = self.variable(variable as u32, who, period);
        for done in &self.done {
            self.latest[(self.begins[done.variable as usize] + done.who) as usize] = NONE;
        }
        let answer = self.answer();
        found.map(|_| answer)
    }

    /// Whether all steps are used up.
    pub(crate) fn is_spent(&self) -> bool {
        self.steps > STEPS_MAX
    }

    fn fault<T>(&self, kind: FaultKind, place: Place, what: &str) -> Ran<T> {
        let variable = &self.rules.variables[place.variable as usize];
        let at = self.rules.place_of(variable.spot);
        let who = &self.situation.names[variable.entity];
        let who = who.get(place.owner as usize).map_or("", String::as_str);
        let sentence = format!("“{}” ({at}) of {who} for {}: {what}.", variable.name, place.period);
        Err(Fault { kind, sentence })
    }

    fn step(&mut self, place: Place) -> Ran<()> {
        self.steps += 1;
        if self.steps <= STEPS_MAX {
            return Ok(());
        }
        self.fault(FaultKind::Limit, place, &format!("more than {STEPS_MAX} steps are needed, which is the limit"))
    }

    /// A variable of somebody for a period, worked out once.
    fn variable(&mut self, variable: u32, who: u32, period: Period) -> Ran<Cell> {
        self.step(Place { variable, owner: who, who, period })?;
        let slot = (self.begins[variable as usize] + who) as usize;
        let mut known = self.latest[slot];
        while known != NONE && self.done[known as usize].period != period {
            known = self.done[known as usize].before;
        }
        if known != NONE {
            self.used.push(known);
            let done = &self.done[known as usize];
            self.needed.extend_from_slice(&self.needs[done.needs.0 as usize..done.needs.1 as usize]);
            return Ok(done.cell.clone());
        }
        let (used, needed) = (self.used.len(), self.needed.len());
        let place = Place { variable, owner: who, who, period };
        let (cell, version, decided) = match self.decide(place) {
            Ok(decided) => decided,
            Err(fault) => {
                // What was needed on the way to a fault is needed no more.
                self.used.truncate(used);
                self.needed.truncate(needed);
                return Err(fault);
            }
        };
        let at = self.done.len() as u32;
        if cell != Cell::Unknown {
            self.needed.truncate(needed);
        }
        if decided == Decided::Missing {
            self.needed.push(at);
        }
        let from = (self.uses.len() as u32, self.needs.len() as u32);
        self.uses.extend(self.used.drain(used..));
        self.needs.extend_from_slice(&self.needed[needed..]);
        let to = (self.uses.len() as u32, self.needs.len() as u32);
        let (uses, needs) = ((from.0, to.0), (from.1, to.1));
        let before = std::mem::replace(&mut self.latest[slot], at);
        self.done.push(Done { variable, who, period, cell: cell.clone(), version, decided, uses, needs, before });
        self.used.push(at);
        Ok(cell)
    }

    fn decide(&mut self, place: Place) -> Ran<(Cell, u32, Decided)> {
        let at = place.variable as usize;
        if let Some(fact) = self.situation.fact(at, place.who, place.period) {
            return Ok((Cell::Known(fact.clone()), 0, Decided::Given));
        }
        let rules = self.rules;
        match &rules.variables[at].what {
            What::Input { otherwise: Some(value), .. } => Ok((Cell::Known(value.clone()), 0, Decided::Otherwise)),
            What::Input { .. } => Ok((Cell::Unknown, 0, Decided::Missing)),
            What::Rule(rule) => self.rule(rule, place),
        }
    }

    /// A variable that an expression names, for a period of its own unit around or in that of the expression.
    fn named(&mut self, reference: Reference, place: Place, period: Period) -> Ran<Cell> {
        let variable = &self.rules.variables[reference.variable];
        let mut who = place.who;
        if reference.up {
            let group = self.situation.group_of[variable.entity].get(who as usize).copied().flatten();
            let Some(group) = group else {
                let entity = &self.rules.entities[variable.entity].name;
                return self.fault(
                    FaultKind::NoGroup,
                    place,
                    &format!("“{}” is of a {entity}, and somebody is in none", variable.name),
                );
            };
            who = group;
        }
        self.variable(reference.variable as u32, who, Period::of(variable.unit, period.start()))
    }

    fn period_later(&self, period: Period, by: i32, place: Place) -> Ran<Period> {
        match period.later(by) {
            Some(period) => Ok(period),
            None => self.fault(FaultKind::Limit, place, "the calendar ends here"),
        }
    }
}

impl Rules {
    pub(crate) fn place_of(&self, spot: crate::trouble::Spot) -> String {
        format!("{}:{}", self.sources[spot.source as usize], spot.line)
    }

    /// Works one variable out for somebody.
    ///
    /// A period that is longer than the variable's own is refused; a shorter one means the period around it.
    ///
    /// # Errors
    /// The law has no answer (nothing in force, exceptions in conflict, no row of a table, division by nought), a number does not fit, a
    /// limit is reached, or there is no such variable or member; each with a sentence.
    pub fn evaluate<'a>(
        &'a self,
        situation: &'a Situation,
        variable: &str,
        who: &str,
        period: Period,
    ) -> Result<Answer<'a>, Fault> {
        let unknown = |sentence: String| Fault { kind: FaultKind::Unknown, sentence };
        let at = self.variable_named(variable).map_err(unknown)?;
        let found = &self.variables[at];
        let entity = self.entity_of(found);
        let place = situation.place(found.entity, who);
        let place = place.ok_or_else(|| unknown(format!("There is no {} “{who}”.", entity.name)))?;
        if period.unit() > found.unit && found.unit != Unit::Forever {
            return Err(unknown(format!(
                "“{variable}” has a value {}, but {period} is no such period.",
                found.unit.words()
            )));
        }
        self.evaluate_at(situation, at, place, Period::of(found.unit, period.start()))
    }

    pub(crate) fn evaluate_at<'a>(
        &'a self,
        situation: &'a Situation,
        variable: usize,
        who: u32,
        period: Period,
    ) -> Result<Answer<'a>, Fault> {
        Run::new(self, situation).ask(variable, who, period)
    }
}
