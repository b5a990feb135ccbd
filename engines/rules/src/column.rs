//! The executor by column: blocks of whole groups, in parallel, in 64-bit whole numbers.
//!
//! A row that does not fit (a number too large, a fact not known, a fault, a conflict) is marked, and the executor by row answers it.
//! So both cannot disagree about what is special.

mod arithmetic;
mod expression;
mod members;
mod rule;
mod scale;
mod vector;

use crate::{
    model::{Rules, What},
    outcome::{Fault, FaultKind},
    period::{Period, Unit},
    population::{Column, Population, PopulationAnswer, unanswerable},
};
use rayon::prelude::*;
use std::{collections::BTreeMap, ops::Range, rc::Rc};
use vector::{NOTHING, REDO, Vector};

/// Persons in a block, about; whole groups stay together.
const BLOCK_PERSONS: usize = 2_048;
/// Blocks for each thread that are worked out before they are put together, so that they are still in its cache.
const WAVE_BLOCKS: usize = 4;
/// Rows of one variable that may be answered one by one before the whole is given up.
pub const OTHERS_MAX: usize = 200_000;

/// A stretch of groups with their persons.
#[derive(Clone)]
struct Stretch {
    groups: Range<usize>,
    persons: Range<usize>,
}

struct Block<'a> {
    rules: &'a Rules,
    population: &'a Population,
    stretch: Stretch,
    memo: Vec<Vec<(Period, Rc<Vector>)>>,
}

/// Where an expression is worked out.
#[derive(Clone, Copy)]
struct Seat {
    /// The entity whose values the expression sees.
    entity: usize,
    period: Period,
}

impl<'a> Block<'a> {
    fn len(&self, entity: usize) -> usize {
        self.rows(entity).len()
    }

    fn rows(&self, entity: usize) -> Range<usize> {
        if Some(entity) == self.population.group { self.stretch.groups.clone() } else { self.stretch.persons.clone() }
    }

    fn variable(&mut self, variable: usize, period: Period) -> Rc<Vector> {
        if let Some((_, known)) = self.memo[variable].iter().find(|(when, _)| *when == period) {
            return known.clone();
        }
        let found = Rc::new(self.decide(variable, period));
        self.memo[variable].push((period, found.clone()));
        found
    }

    fn decide(&mut self, variable: usize, period: Period) -> Vector {
        let rules = self.rules;
        let found = &rules.variables[variable];
        let rows = self.rows(found.entity);
        let otherwise = if let What::Input { otherwise, .. } = &found.what { otherwise.as_ref() } else { None };
        if let Some(given) = self.population.columns.get(&(variable, period)) {
            let vector = Vector::of_column(given, rows.clone());
            let unknown = vector.state.is_some();
            return match (&found.what, otherwise) {
                (What::Input { .. }, Some(value)) if unknown => vector.filled(value),
                // A rule whose value is given for some only is left to the rows.
                _ => vector,
            };
        }
        match (&found.what, otherwise) {
            (What::Rule(rule), _) => self.rule(rule, Seat { entity: found.entity, period }),
            (_, Some(value)) => Vector::same(value.clone()),
            (_, None) => Vector::redo(rows.len()),
        }
    }
}

impl Rules {
    /// Works variables out for a whole population, in parallel.
    ///
    /// # Errors
    /// No such variable, a period that is too long, or more than [`OTHERS_MAX`] rows that are not known or have a fault.
    pub fn evaluate_population(
        &self,
        population: &Population,
        variables: &[&str],
        period: Period,
    ) -> Result<Vec<PopulationAnswer>, Fault> {
        let mut asked = Vec::new();
        for name in variables {
            let at = self.variable_named(name).map_err(unanswerable)?;
            let unit = self.variables[at].unit;
            if period.unit() > unit && unit != Unit::Forever {
                return Err(unanswerable(format!(
                    "“{name}” has a value {}, but {period} is no such period.",
                    unit.words()
                )));
            }
            asked.push((at, Period::of(unit, period.start())));
        }
        let stretches = stretches(population);
        let mut joints: Vec<Joint> = asked.iter().map(|(at, _)| Joint::new(self, population, *at)).collect();
        for wave in stretches.chunks(WAVE_BLOCKS * rayon::current_num_threads()) {
            let blocks: Vec<Vec<Vector>> =
                wave.par_iter().map(|stretch| self.block(population, stretch, &asked)).collect();
            let mut by_variable: Vec<Vec<Vector>> = asked.iter().map(|_| Vec::with_capacity(blocks.len())).collect();
            for block in blocks {
                by_variable.iter_mut().zip(block).for_each(|(all, vector)| all.push(vector));
            }
            let both = joints.par_iter_mut().zip(by_variable);
            both.for_each(|(joint, vectors)| {
                wave.iter().zip(vectors).for_each(|(stretch, vector)| joint.take(stretch, vector))
            });
        }
        let both = joints.into_par_iter().zip(&asked);
        both.map(|(joint, (at, period))| self.joined(population, *at, *period, joint)).collect()
    }

    fn block(&self, population: &Population, stretch: &Stretch, asked: &[(usize, Period)]) -> Vec<Vector> {
        let memo = vec![Vec::new(); self.variables.len()];
        let mut block = Block { rules: self, population, stretch: stretch.clone(), memo };
        let found: Vec<Rc<Vector>> = asked.iter().map(|(at, period)| block.variable(*at, *period)).collect();
        drop(block);
        found.into_iter().map(Rc::unwrap_or_clone).collect()
    }

    /// The column of one variable; marked rows are answered by row.
    fn joined(
        &self,
        population: &Population,
        at: usize,
        period: Period,
        joint: Joint,
    ) -> Result<PopulationAnswer, Fault> {
        let variable = &self.variables[at];
        let Joint { values, not_entitled, redo, .. } = joint;
        if redo.len() > OTHERS_MAX {
            let row = redo[0];
            let first = self.by_row(population, at, period, row)?;
            let said = first.map_or_else(|fault| fault.sentence, |outcome| outcome.to_string());
            let sentence = format!(
                "“{}” has no plain value for {} rows; {OTHERS_MAX} is the limit. Row {}: {said}",
                variable.name,
                redo.len(),
                row + 1
            );
            return Err(Fault { kind: FaultKind::Limit, sentence });
        }
        let others: Result<BTreeMap<_, _>, Fault> =
            redo.par_iter().map(|row| Ok((*row, self.by_row(population, at, period, *row)?))).collect();
        let (kind, entitlement) = (variable.kind, self.is_entitlement(at));
        Ok(PopulationAnswer {
            variable: variable.name.clone(),
            values,
            not_entitled,
            others: others?,
            kind,
            entitlement,
        })
    }

    fn by_row(
        &self,
        population: &Population,
        variable: usize,
        period: Period,
        row: usize,
    ) -> Result<Result<crate::Outcome, Fault>, Fault> {
        let (home, who) = population.home(self.variables[variable].entity, row);
        let situation = population.situation(self, home).map_err(unanswerable)?;
        Ok(self.evaluate_at(&situation, variable, who, period).map(|answer| answer.outcome))
    }
}

/// A column that grows block by block.
struct Joint {
    by_group: bool,
    count: usize,
    values: Column,
    not_entitled: Vec<bool>,
    redo: Vec<usize>,
}

impl Joint {
    fn new(rules: &Rules, population: &Population, at: usize) -> Self {
        let variable = &rules.variables[at];
        let count = population.count(variable.entity);
        let values = vector::empty_column(variable.kind, count);
        Self {
            by_group: Some(variable.entity) == population.group,
            count,
            values,
            not_entitled: Vec::new(),
            redo: Vec::new(),
        }
    }

    fn take(&mut self, stretch: &Stretch, vector: Vector) {
        let rows = if self.by_group { stretch.groups.clone() } else { stretch.persons.clone() };
        if let Some(state) = &vector.state {
            if state.contains(&NOTHING) {
                self.not_entitled.resize(self.count, false);
                let own = self.not_entitled[rows.clone()].iter_mut().zip(state);
                own.for_each(|(nothing, state)| *nothing = *state == NOTHING);
            }
            if state.contains(&REDO) {
                self.redo.extend(rows.clone().zip(state).filter(|(_, state)| **state == REDO).map(|(row, _)| row));
            }
        }
        self.redo.extend(vector.append_to(&mut self.values, rows));
    }
}

fn stretches(population: &Population) -> Vec<Stretch> {
    let mut all = Vec::new();
    if population.group.is_none() {
        let mut begin = 0;
        while begin < population.persons {
            let end = (begin + BLOCK_PERSONS).min(population.persons);
            all.push(Stretch { groups: 0..0, persons: begin..end });
            begin = end;
        }
        return all;
    }
    let groups = population.first.len() - 1;
    let mut begin = 0;
    while begin < groups {
        let from = population.first[begin] as usize;
        let full = |group: &usize| {
            population.first[*group] as usize >= from + BLOCK_PERSONS || *group >= begin + BLOCK_PERSONS
        };
        let end = (begin + 1..groups).find(full).unwrap_or(groups);
        all.push(Stretch { groups: begin..end, persons: from..population.first[end] as usize });
        begin = end;
    }
    all
}

/// Marks of rows that need one: REDO wins.
fn worse(one: u8, two: u8) -> u8 {
    if one == REDO || two == REDO { REDO } else { one.max(two) }
}
