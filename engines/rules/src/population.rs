//! A whole population in columns.

use crate::{
    decimal::Decimal,
    limits::POPULATION_MAX,
    model::Rules,
    outcome::{Fault, FaultKind, Outcome},
    period::{Period, Unit},
    situation::Situation,
    value::{Raw, Type, Value},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Values of one variable for everybody, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Yes or no.
    Yesno(Vec<bool>),
    /// Numbers or money in whole units; `decimals` of them are behind the point.
    Number {
        /// The units.
        units: Vec<i64>,
        /// Decimals, up to [`crate::DECIMALS_MAX`].
        decimals: u8,
    },
    /// Days.
    Date(Vec<Date>),
    /// Options of a choice, by their place in its list.
    Choice(Vec<u16>),
    /// Texts.
    Text(Vec<Arc<str>>),
}

impl Column {
    /// How many values it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Yesno(all) => all.len(),
            Self::Number { units, .. } => units.len(),
            Self::Date(all) => all.len(),
            Self::Choice(all) => all.len(),
            Self::Text(all) => all.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn raw(&self, at: usize) -> Raw {
        match self {
            Self::Yesno(all) => Raw::Yesno(all[at]),
            Self::Number { units, decimals } => Raw::Number(Decimal::new(i128::from(units[at]), *decimals)),
            Self::Date(all) => Raw::Day(all[at]),
            Self::Choice(all) => Raw::Choice(all[at]),
            Self::Text(all) => Raw::Text(all[at].clone()),
        }
    }

    fn fits(&self, rules: &Rules, kind: Type) -> bool {
        match (self, kind) {
            (Self::Yesno(_), Type::Yesno) | (Self::Date(_), Type::Day) | (Self::Text(_), Type::Text) => true,
            (Self::Number { decimals, .. }, Type::Integer) => *decimals == 0,
            (Self::Number { decimals, .. }, Type::Number | Type::Money) => *decimals <= crate::DECIMALS_MAX,
            (Self::Choice(all), Type::Choice(at)) => {
                all.iter().all(|option| usize::from(*option) < rules.choices[at].options.len())
            }
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub column: Column,
    /// Which of the values are known; `None`: all.
    pub known: Option<Vec<bool>>,
}

/// Persons in their groups, with columns of facts. Persons are ordered by group.
#[derive(Debug, Clone)]
pub struct Population {
    /// The entity of single members.
    pub(crate) single: usize,
    pub(crate) persons: usize,
    /// The group entity, if the rules have one.
    pub(crate) group: Option<usize>,
    /// For each person the role.
    pub(crate) roles: Vec<u8>,
    /// For each person the group.
    pub(crate) group_of: Vec<u32>,
    /// For each group its first person; one more at the end.
    pub(crate) first: Vec<u32>,
    pub(crate) columns: BTreeMap<(usize, Period), Given>,
}

impl Population {
    /// So many persons; `groups` gives for each the number of the group, from 0 and never falling, and the role by its place in the
    /// list of the entity. It is empty when the rules know no group. Groups need not have anybody in them.
    ///
    /// # Errors
    /// A sentence: the rules have several kinds of groups, numbers that fall, a role that is none, a limit.
    pub fn new(rules: &Rules, persons: usize, group_count: usize, groups: &[(u32, u8)]) -> Result<Self, String> {
        let kinds: Vec<usize> = (0..rules.entities.len()).filter(|at| rules.entities[*at].group.is_some()).collect();
        let single = rules.entities.iter().position(|entity| entity.group.is_none());
        let single = single.ok_or("These rules have no entity.")?;
        if kinds.len() > 1 || rules.entities.len() > kinds.len() + 1 {
            return Err(
                "A population has one kind of members and one kind of groups; these rules have more.".to_owned()
            );
        }
        if persons.max(group_count) > POPULATION_MAX {
            return Err(format!("A population may have {POPULATION_MAX} persons at most."));
        }
        let mut all = Self {
            single,
            persons,
            group: kinds.first().copied(),
            roles: Vec::new(),
            group_of: Vec::new(),
            first: Vec::new(),
            columns: BTreeMap::new(),
        };
        if let Some(entity) = all.group {
            all.place(rules, entity, group_count, groups)?;
        } else if !groups.is_empty() {
            return Err("These rules know no groups.".to_owned());
        }
        Ok(all)
    }

    fn place(&mut self, rules: &Rules, entity: usize, group_count: usize, groups: &[(u32, u8)]) -> Result<(), String> {
        let roles = rules.entities[entity].group.as_ref().map_or(0, |(_, roles)| roles.len());
        if groups.len() != self.persons {
            return Err(format!("There are {} persons, but groups for {}.", self.persons, groups.len()));
        }
        self.first = vec![0; group_count + 1];
        let mut before = 0;
        for &(group, role) in groups {
            if group < before || group as usize >= group_count || usize::from(role) >= roles {
                return Err(
                    "Persons must be in the order of their groups, with groups and roles that exist.".to_owned()
                );
            }
            before = group;
            self.first[group as usize + 1] += 1;
        }
        for at in 1..self.first.len() {
            self.first[at] += self.first[at - 1];
        }
        (self.group_of, self.roles) = groups.iter().copied().unzip();
        Ok(())
    }

    /// How many there are of the entity of a variable.
    pub(crate) fn count(&self, entity: usize) -> usize {
        if Some(entity) == self.group { self.first.len() - 1 } else { self.persons }
    }

    /// Gives a variable its values for a period; `known` says which of them are known.
    ///
    /// # Errors
    /// A sentence: no such variable, another length, type or period.
    pub fn set(
        &mut self,
        rules: &Rules,
        variable: &str,
        period: Period,
        column: Column,
        known: Option<Vec<bool>>,
    ) -> Result<(), String> {
        let at = rules.variable_named(variable)?;
        let found = &rules.variables[at];
        let count = self.count(found.entity);
        if column.len() != count || known.as_ref().is_some_and(|known| known.len() != count) {
            return Err(format!(
                "The column “{variable}” has {} values; there are {count} of {}.",
                column.len(),
                rules.entity_of(found).name
            ));
        }
        if !column.fits(rules, found.kind) {
            return Err(format!("The column “{variable}” must have values of type {}.", rules.type_name(found.kind)));
        }
        let period = if found.unit == Unit::Forever { Period::FOREVER } else { period };
        if period.unit() != found.unit {
            return Err(format!("“{variable}” has a value {}, but {period} is no such period.", found.unit.words()));
        }
        self.columns.insert((at, period), Given { column, known });
        Ok(())
    }

    /// The situation of one group (or of one single member where there are no groups), for the executor by row.
    pub(crate) fn situation(&self, rules: &Rules, at: usize) -> Result<Situation, String> {
        let mut one = Situation::new(rules);
        let persons =
            if self.group.is_some() { self.first[at] as usize..self.first[at + 1] as usize } else { at..at + 1 };
        persons.clone().for_each(|person| one.name(self.single, format!("row {}", person + 1)));
        if let Some(group) = self.group {
            one.name(group, format!("row {}", at + 1));
            one.members[group]
                .push(persons.clone().map(|person| (self.roles[person], (person - persons.start) as u32)).collect());
            one.group_of[group] = vec![Some(0); persons.len()];
        }
        for ((variable, period), given) in &self.columns {
            let own = if Some(rules.variables[*variable].entity) == self.group { at..at + 1 } else { persons.clone() };
            for row in own.clone().filter(|row| given.known.as_ref().is_none_or(|known| known[*row])) {
                one.fix(*variable, (row - own.start) as u32, *period, given.column.raw(row))?;
            }
        }
        Ok(one)
    }

    /// The group of somebody of an entity, and the place within its situation.
    pub(crate) fn home(&self, entity: usize, row: usize) -> (usize, u32) {
        if self.group.is_none() || Some(entity) == self.group {
            return (row, 0);
        }
        let group = self.group_of[row] as usize;
        (group, row as u32 - self.first[group])
    }
}

/// What a population came to for one variable.
#[derive(Debug, Clone)]
pub struct PopulationAnswer {
    /// The variable.
    pub variable: String,
    /// The values; where a row has none, what stands here means nothing.
    pub values: Column,
    /// Rows that are not entitled; empty when nobody is.
    pub not_entitled: Vec<bool>,
    /// Rows that are not yet known, that have a fault, or whose numbers are too large for columns.
    pub others: BTreeMap<usize, Result<Outcome, Fault>>,
    pub(crate) kind: Type,
    pub(crate) entitlement: bool,
}

impl PopulationAnswer {
    /// The outcome of one row; that of somebody not entitled has no reasons here (ask [`Rules::evaluate`] for them).
    pub fn outcome(&self, rules: &Rules, row: usize) -> Result<Outcome, Fault> {
        if let Some(other) = self.others.get(&row) {
            return other.clone();
        }
        if self.not_entitled.get(row) == Some(&true) {
            return Ok(Outcome::NotEntitled { because: Vec::new() });
        }
        let value: Value = rules.shown(self.kind, &self.values.raw(row));
        Ok(if self.entitlement { Outcome::Entitled { amount: value } } else { Outcome::Value { value } })
    }
}

pub(crate) fn unanswerable(sentence: String) -> Fault {
    Fault { kind: FaultKind::Unknown, sentence }
}
