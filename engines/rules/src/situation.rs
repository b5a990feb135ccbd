//! Who is there, and what is known about them.

use crate::{
    limits::{FACTS_MAX, MEMBERS_MAX},
    model::Rules,
    period::{Period, Unit},
    trouble::nearest,
    value::{Raw, Type, Value},
};
use std::collections::BTreeMap;

/// The persons and groups of one case with the facts about them.
///
/// A fact can be about an input; it can also fix the value of a rule, as tests do. Whoever lets people fill in facts offers them the
/// inputs only.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// Names, for each entity.
    pub(crate) names: Vec<Vec<String>>,
    /// For each entity where the names stand in that list.
    places: Vec<BTreeMap<String, u32>>,
    /// For each group entity and group: role and person.
    pub(crate) members: Vec<Vec<Vec<(u8, u32)>>>,
    /// For each group entity and person: the group.
    pub(crate) group_of: Vec<Vec<Option<u32>>>,
    /// For each variable, ordered: whose, when, what.
    pub(crate) facts: Vec<Vec<(u32, Period, Raw)>>,
    count: usize,
}

impl Situation {
    /// Nobody yet.
    pub fn new(rules: &Rules) -> Self {
        let entities = rules.entities.len();
        Self {
            names: vec![Vec::new(); entities],
            places: vec![BTreeMap::new(); entities],
            members: vec![Vec::new(); entities],
            group_of: vec![Vec::new(); entities],
            facts: vec![Vec::new(); rules.variables.len()],
            count: 0,
        }
    }

    /// One member of each single entity and one group of each kind, in which they have the first role.
    /// Their names are those of the entities.
    pub fn single(rules: &Rules) -> Self {
        let mut one = Self::new(rules);
        for (at, entity) in rules.entities.iter().enumerate() {
            one.name(at, entity.name.clone());
        }
        for (at, entity) in rules.entities.iter().enumerate() {
            if let Some((member, _)) = entity.group {
                one.members[at].push(vec![(0, 0)]);
                one.group_of[at] = vec![Some(0); one.names[member].len()];
            }
        }
        one
    }

    /// Adds a single member, as a person.
    ///
    /// # Errors
    /// A sentence: no such entity, the name is taken, a limit.
    pub fn add(&mut self, rules: &Rules, entity: &str, name: &str) -> Result<(), String> {
        let at = rules.entity_named(entity)?;
        if rules.entities[at].group.is_some() {
            return Err(format!("“{entity}” is a group; add it with its members."));
        }
        self.room(at, entity, name)?;
        self.name(at, name.to_owned());
        Ok(())
    }

    /// Adds a group of members that are there, each with a role.
    ///
    /// # Errors
    /// A sentence: no such entity, role or member; somebody is in another such group; a limit.
    pub fn add_group(
        &mut self,
        rules: &Rules,
        entity: &str,
        name: &str,
        members: &[(&str, &str)],
    ) -> Result<(), String> {
        let at = rules.entity_named(entity)?;
        let Some((member, roles)) = &rules.entities[at].group else {
            return Err(format!("“{entity}” is no group."));
        };
        self.room(at, entity, name)?;
        let group = self.names[at].len() as u32;
        self.group_of[at].resize(self.names[*member].len(), None);
        let mut list = Vec::new();
        for (role, who) in members {
            let role_at = roles.iter().position(|known| known == role);
            let near = || nearest(role, roles.iter().map(String::as_str));
            let role_at = role_at.ok_or_else(|| format!("A {entity} has no role “{role}”.{}", near()))?;
            let place =
                self.place(*member, who).ok_or_else(|| format!("“{who}” is in “{name}”, but is not described."))?;
            if self.group_of[at][place as usize].replace(group).is_some() {
                return Err(format!("“{who}” is in a {entity} twice."));
            }
            list.push((role_at as u8, place));
        }
        self.name(at, name.to_owned());
        self.members[at].push(list);
        Ok(())
    }

    /// Names one more of an entity.
    pub(crate) fn name(&mut self, entity: usize, name: String) {
        self.places[entity].insert(name.clone(), self.names[entity].len() as u32);
        self.names[entity].push(name);
    }

    fn room(&self, at: usize, entity: &str, name: &str) -> Result<(), String> {
        if self.place(at, name).is_some() {
            return Err(format!("There are two of the name “{name}” ({entity})."));
        }
        let all: usize = self.names.iter().map(Vec::len).sum();
        if all >= MEMBERS_MAX { Err(format!("A situation may have {MEMBERS_MAX} members at most.")) } else { Ok(()) }
    }

    /// The place of somebody among those of an entity.
    pub(crate) fn place(&self, entity: usize, name: &str) -> Option<u32> {
        self.places[entity].get(name).copied()
    }

    /// Adds a fact. A fact for a longer or shorter period than the variable's own is refused; a variable that never changes takes any.
    /// A fact that was there is replaced.
    ///
    /// # Errors
    /// A sentence: no such variable or member, a value of another type, a limit.
    pub fn set(
        &mut self,
        rules: &Rules,
        variable: &str,
        who: &str,
        period: Period,
        value: &Value,
    ) -> Result<(), String> {
        let at = rules.variable_named(variable)?;
        let found = &rules.variables[at];
        let entity = rules.entity_of(found);
        let place = self.place(found.entity, who).ok_or_else(|| format!("There is no {} “{who}”.", entity.name))?;
        let period = if found.unit == Unit::Forever { Period::FOREVER } else { period };
        if period.unit() != found.unit {
            return Err(format!("“{variable}” has a value {}, but {period} is no such period.", found.unit.words()));
        }
        let raw = rules.raw(found.kind, value).map_err(|wrong| format!("“{variable}” of {who}: {wrong}"))?;
        self.fix(at, place, period, raw)
    }

    pub(crate) fn fix(&mut self, variable: usize, who: u32, period: Period, value: Raw) -> Result<(), String> {
        let facts = &mut self.facts[variable];
        match facts.binary_search_by_key(&(who, period), |(who, period, _)| (*who, *period)) {
            Ok(at) => facts[at].2 = value,
            Err(at) => {
                if self.count >= FACTS_MAX {
                    return Err(format!("A situation may have {FACTS_MAX} facts at most."));
                }
                self.count += 1;
                facts.insert(at, (who, period, value));
            }
        }
        Ok(())
    }

    pub(crate) fn fact(&self, variable: usize, who: u32, period: Period) -> Option<&Raw> {
        let facts = &self.facts[variable];
        let at = facts.binary_search_by_key(&(who, period), |(who, period, _)| (*who, *period)).ok()?;
        Some(&facts[at].2)
    }

    /// The names of those of an entity, in the order in which they were added.
    pub fn names(&self, rules: &Rules, entity: &str) -> &[String] {
        rules.entity_named(entity).map_or(&[], |at| &self.names[at])
    }
}

impl Rules {
    pub(crate) fn entity_named(&self, name: &str) -> Result<usize, String> {
        let near = || nearest(name, self.entities.iter().map(|entity| entity.name.as_str()));
        let at = self.entities.iter().position(|entity| entity.name == name);
        at.ok_or_else(|| format!("There is no entity “{name}”.{}", near()))
    }

    pub(crate) fn variable_named(&self, name: &str) -> Result<usize, String> {
        let near = || nearest(name, self.by_name.keys().map(String::as_str));
        self.by_name.get(name).copied().ok_or_else(|| format!("There is no input or rule “{name}”.{}", near()))
    }

    /// A value as the executors keep it.
    pub(crate) fn raw(&self, kind: Type, value: &Value) -> Result<Raw, String> {
        let expected = || Err(format!("expected a value of type {}, found “{value}”", self.type_name(kind)));
        match (kind, value) {
            (Type::Yesno, Value::Yesno(yes)) => Ok(Raw::Yesno(*yes)),
            (Type::Integer, Value::Number(number)) if !number.is_whole() => {
                Err(format!("expected a whole number, found {number}"))
            }
            (Type::Integer | Type::Number | Type::Money, Value::Number(number) | Value::Money(number)) => {
                Ok(Raw::Number(*number))
            }
            (Type::Day, Value::Date(day)) => Ok(Raw::Day(*day)),
            (Type::Text, Value::Text(text) | Value::Choice(text)) => Ok(Raw::Text(text.as_str().into())),
            (Type::Choice(at), Value::Choice(text) | Value::Text(text)) => {
                let options = &self.choices[at].options;
                let found = options.iter().position(|option| option == text);
                let near = || {
                    format!(
                        "“{text}” is no option of {}.{}",
                        self.choices[at].name,
                        nearest(text, options.iter().map(String::as_str))
                    )
                };
                found.map(|at| Raw::Choice(at as u16)).ok_or_else(near)
            }
            _ => expected(),
        }
    }

    /// A value as people see it.
    pub(crate) fn shown(&self, kind: Type, raw: &Raw) -> Value {
        match (kind, raw) {
            (_, Raw::Yesno(yes)) => Value::Yesno(*yes),
            (Type::Money, Raw::Number(number)) => Value::Money(*number),
            (_, Raw::Number(number)) => Value::Number(*number),
            (_, Raw::Day(day)) => Value::Date(*day),
            (Type::Choice(choice), Raw::Choice(at)) => {
                Value::Choice(self.choices[choice].options[usize::from(*at)].clone())
            }
            (_, Raw::Choice(at)) => Value::Number(Decimal::from(i64::from(*at))),
            (_, Raw::Text(text)) => Value::Text(text.to_string()),
        }
    }

    /// Reads a value from what somebody wrote: `yes`/`no`/`true`/`false`, `12.50`, `2024-01-31`, an option, a text.
    ///
    /// # Errors
    /// A sentence: no such variable, or what was expected.
    pub fn value_from_text(&self, variable: &str, text: &str) -> Result<Value, String> {
        let kind = self.variables[self.variable_named(variable)?].kind;
        let wrong = || format!("“{variable}” expects a value of type {}, found “{text}”.", self.type_name(kind));
        let value = match kind {
            Type::Yesno => match text {
                "yes" | "true" => Value::Yesno(true),
                "no" | "false" => Value::Yesno(false),
                _ => return Err(wrong()),
            },
            Type::Integer | Type::Number => Value::Number(text.parse().map_err(|_| wrong())?),
            Type::Money => Value::Money(text.parse().map_err(|_| wrong())?),
            Type::Day => Value::Date(text.parse().map_err(|_| wrong())?),
            Type::Text => Value::Text(text.to_owned()),
            Type::Choice(_) => Value::Choice(text.to_owned()),
        };
        self.raw(kind, &value).map_err(|wrong| format!("“{variable}”: {wrong}"))?;
        Ok(value)
    }
}

use crate::decimal::Decimal;
