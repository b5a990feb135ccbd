//! Facts as JSON: by entity and name, or flat for one person alone.

use crate::{
    model::{Rules, Variable},
    period::{Period, Unit},
    situation::Situation,
    value::Value,
};
use serde_json::{Map, Value as Json};

type Told<T> = Result<T, String>;

impl Rules {
    /// Reads a situation from JSON. Two forms:
    ///
    /// - by entity and name: `{"person": {"amina": {"birth": "1980-01-01", "salary": {"2024-01": 1200}}}, "household": {"home":
    ///   {"adults": ["amina"], "rent": 500}}}`
    /// - flat, for one person in one household, both named as their entity: `{"salary": 1200, "rent": 500}`
    ///
    /// A value without a period is for the one that is asked about. `null` is not known. Numbers can be written as text.
    ///
    /// # Errors
    /// A sentence that says where.
    pub fn situation_from_json(&self, facts: &Json, asked: Period) -> Told<Situation> {
        let Json::Object(facts) = facts else { return Err("Facts are an object, as {\"salary\": 1200}.".to_owned()) };
        let by_entity = facts.keys().any(|key| self.entities.iter().any(|entity| entity.name == *key));
        if by_entity { self.by_entity(facts, asked) } else { self.flat(facts, asked) }
    }

    fn flat(&self, facts: &Map<String, Json>, asked: Period) -> Told<Situation> {
        let mut situation = Situation::single(self);
        for (name, value) in facts {
            let variable = &self.variables[self.variable_named(name)?];
            let who = self.entity_of(variable).name.clone();
            self.fact_from_json(&mut situation, name, &who, value, asked)?;
        }
        Ok(situation)
    }

    fn by_entity(&self, facts: &Map<String, Json>, asked: Period) -> Told<Situation> {
        let mut situation = Situation::new(self);
        let mut groups = Vec::new();
        for (entity, all) in facts {
            let at = self.entity_named(entity)?;
            let Json::Object(all) = all else {
                return Err(format!("“{entity}” is an object of names, as {{\"amina\": {{…}}}}."));
            };
            if self.entities[at].group.is_some() {
                groups.push((entity, at, all));
                continue;
            }
            for name in all.keys() {
                situation.add(self, entity, name)?;
            }
        }
        for (entity, at, all) in groups {
            for (name, about) in all {
                let members = self.members_from_json(at, name, about)?;
                let members: Vec<(&str, &str)> = members.iter().map(|(role, who)| (*role, *who)).collect();
                situation.add_group(self, entity, name, &members)?;
            }
        }
        for (entity, all) in facts {
            let at = self.entity_named(entity)?;
            for (who, about) in all.as_object().into_iter().flatten() {
                let Json::Object(about) = about else {
                    return Err(format!("What is known about “{who}” is an object."));
                };
                for (name, value) in about.iter().filter(|(name, _)| !self.is_role(at, name)) {
                    let variable = &self.variables[self.variable_named(name)?];
                    if variable.entity != at {
                        return Err(format!("“{name}” is of a {}, not of a {entity}.", self.entity_of(variable).name));
                    }
                    self.fact_from_json(&mut situation, name, who, value, asked)?;
                }
            }
        }
        Ok(situation)
    }

    fn is_role(&self, entity: usize, name: &str) -> bool {
        self.entities[entity].group.as_ref().is_some_and(|(_, roles)| roles.iter().any(|role| role == name))
    }

    fn members_from_json<'a>(&'a self, entity: usize, name: &str, about: &'a Json) -> Told<Vec<(&'a str, &'a str)>> {
        let Some((_, roles)) = &self.entities[entity].group else { return Ok(Vec::new()) };
        let mut members = Vec::new();
        for role in roles {
            let wrong = || format!("“{role}” of “{name}” is a list of names, as [\"amina\"].");
            match about.get(role) {
                None | Some(Json::Null) => {}
                Some(Json::String(who)) => members.push((role.as_str(), who.as_str())),
                Some(Json::Array(list)) => {
                    for who in list {
                        members.push((role.as_str(), who.as_str().ok_or_else(wrong)?));
                    }
                }
                Some(_) => return Err(wrong()),
            }
        }
        Ok(members)
    }

    fn fact_from_json(&self, situation: &mut Situation, name: &str, who: &str, json: &Json, asked: Period) -> Told<()> {
        let variable = &self.variables[self.variable_named(name)?];
        let Json::Object(by_period) = json else {
            let Some(value) = self.value_from_json(variable, json)? else { return Ok(()) };
            return situation.set(self, name, who, period_of(variable, asked)?, &value);
        };
        for (period, json) in by_period {
            let Some(value) = self.value_from_json(variable, json)? else { continue };
            situation.set(self, name, who, period.parse()?, &value)?;
        }
        Ok(())
    }

    pub(crate) fn value_from_json(&self, variable: &Variable, json: &Json) -> Told<Option<Value>> {
        let text = match json {
            Json::Null => return Ok(None),
            Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Json::Number(number) if number.is_f64() && digits(&number.to_string()) > JSON_DIGITS_MAX => {
                let sentence = "has more digits than a JSON number keeps; write it in quotation marks";
                return Err(format!("“{}”: {number} {sentence}.", variable.name));
            }
            Json::Number(number) => number.to_string(),
            Json::String(text) => text.clone(),
            _ => return Err(format!("“{}” is a single value, or an object of values by period.", variable.name)),
        };
        // JSON knows no difference between 2.0 and 2.
        let text = if json.is_number() { text.strip_suffix(".0").unwrap_or(&text) } else { &text };
        self.value_from_text(&variable.name, text).map(Some)
    }
}

/// Digits that a number with decimals surely keeps in JSON, where it is a 64-bit float.
const JSON_DIGITS_MAX: usize = 15;

fn digits(number: &str) -> usize {
    number.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count()
}

/// The period of a value that was given without one.
fn period_of(variable: &Variable, asked: Period) -> Told<Period> {
    if variable.unit == Unit::Forever || asked.unit() <= variable.unit {
        return Ok(Period::of(variable.unit, asked.start()));
    }
    let example = Period::of(variable.unit, asked.start());
    Err(format!("“{}” has a value {}; say which, as in {{\"{example}\": …}}.", variable.name, variable.unit.words()))
}
