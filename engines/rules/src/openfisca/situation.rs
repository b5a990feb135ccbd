//! Reading a situation.

use super::{Misfit, plural};
use crate::{
    limits::WANTED_MAX,
    model::Rules,
    period::{Period, Unit},
    situation::Situation,
};
use serde_json::{Map, Value as Json};

/// A situation, and what is asked of it.
pub(super) struct Asked {
    pub situation: Situation,
    /// In the order of the JSON.
    pub wanted: Vec<Wanted>,
}

/// One value that is asked for.
pub(super) struct Wanted {
    /// Where it stands: plural, who, variable, period, as they were written.
    pub path: [String; 4],
    pub variable: usize,
    pub who: u32,
    pub period: Period,
}

impl Wanted {
    pub(super) fn misfit(&self, sentence: String) -> Misfit {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        Misfit::at(&path, sentence)
    }
}

type Read<T> = Result<T, Misfit>;
type Members = Map<String, Json>;

pub(super) fn read(rules: &Rules, json: &Json) -> Read<Asked> {
    let Json::Object(json) = json else {
        return Err(Misfit::at(&["error"], "A situation is an object of entities, as {\"persons\": {…}}."));
    };
    let mut entities: Vec<(usize, &str, &Members)> = Vec::new();
    for (key, about) in json {
        let at = rules.entities.iter().position(|entity| *key == plural(&entity.name) || *key == entity.name);
        let Some(at) = at else {
            if key == "axes" {
                let sentence = "Axes are not answered, as OpenFisca's own server does not fill them in: send what should differ as members of their own.";
                return Err(Misfit::at(&[key], sentence));
            }
            let known: Vec<String> = rules.entities.iter().map(|entity| plural(&entity.name)).collect();
            return Err(Misfit::at(&[key], format!("There is no such entity; there are {}.", known.join(", "))));
        };
        if entities.iter().any(|(other, ..)| *other == at) {
            return Err(Misfit::at(&[key], "These are described twice."));
        }
        entities.push((at, key.as_str(), members(about, &[key])?));
    }
    let mut situation = Situation::new(rules);
    for (at, key, all) in entities.iter().filter(|(at, ..)| rules.entities[*at].group.is_none()) {
        for who in all.keys() {
            situation.add(rules, &rules.entities[*at].name, who).map_err(|said| Misfit::at(&[key, who], said))?;
        }
    }
    if situation.names.iter().all(Vec::is_empty) {
        let single = rules.entities.iter().find(|entity| entity.group.is_none());
        let key = single.map_or_else(|| "error".to_owned(), |entity| plural(&entity.name));
        return Err(Misfit::at(&[&key], "Nobody is described; at least one must be, for groups have members."));
    }
    for (at, key, all) in entities.iter().filter(|(at, ..)| rules.entities[*at].group.is_some()) {
        groups(rules, &mut situation, *at, key, all)?;
    }
    alone(rules, &mut situation)?;
    let mut asked = Asked { situation, wanted: Vec::new() };
    for (at, key, all) in &entities {
        facts(rules, &mut asked, *at, key, all)?;
    }
    Ok(asked)
}

fn members<'j>(json: &'j Json, path: &[&str]) -> Read<&'j Members> {
    json.as_object().ok_or_else(|| Misfit::at(path, format!("An object is expected here, not {json}.")))
}

/// The roles of a group, each with a list of names or one name.
fn groups(rules: &Rules, situation: &mut Situation, at: usize, key: &str, all: &Members) -> Read<()> {
    let entity = &rules.entities[at];
    let Some((member, roles)) = &entity.group else { return Ok(()) };
    for (group, about) in all {
        let about = members(about, &[key, group])?;
        let mut list = Vec::new();
        for role in roles {
            let names = match about.get(role) {
                None | Some(Json::Null) => continue,
                Some(Json::Array(names)) => names.as_slice(),
                Some(one) => std::slice::from_ref(one),
            };
            for name in names {
                let wrong = || Misfit::at(&[key, group, role], format!("A name is expected here, not {name}."));
                let name = name.as_str().ok_or_else(wrong)?;
                if situation.place(*member, name).is_none() {
                    let sentence =
                        format!("“{name}” is not described among {}.", plural(&rules.entities[*member].name));
                    return Err(Misfit::at(&[key, group, role], sentence));
                }
                list.push((role.as_str(), name));
            }
        }
        let added = situation.add_group(rules, &entity.name, group, &list);
        added.map_err(|said| Misfit::at(&[key, group], said))?;
    }
    Ok(())
}

/// Who is in no group is in one of their own, in its first role, as OpenFisca has it.
fn alone(rules: &Rules, situation: &mut Situation) -> Read<()> {
    for (at, entity) in rules.entities.iter().enumerate() {
        let Some((member, roles)) = &entity.group else { continue };
        situation.group_of[at].resize(situation.names[*member].len(), None);
        let names = situation.names[*member].clone();
        for (place, name) in names.iter().enumerate() {
            if situation.group_of[at][place].is_some() {
                continue;
            }
            let taken = |group: &String| situation.place(at, group).is_some();
            let group = std::iter::successors(Some(name.clone()), |before| Some(format!("{before}_")))
                .find(|name| !taken(name));
            let Some((group, role)) = group.zip(roles.first()) else { continue };
            let added = situation.add_group(rules, &entity.name, &group, &[(role.as_str(), name.as_str())]);
            added.map_err(|said| Misfit::at(&[&plural(&entity.name)], said))?;
        }
    }
    Ok(())
}

fn facts(rules: &Rules, asked: &mut Asked, at: usize, key: &str, all: &Members) -> Read<()> {
    let entity = &rules.entities[at];
    let is_role = |name: &str| entity.group.as_ref().is_some_and(|(_, roles)| roles.iter().any(|role| role == name));
    for (who, about) in all {
        for (name, by_period) in members(about, &[key, who])?.iter().filter(|(name, _)| !is_role(name)) {
            let path = [key, who.as_str(), name.as_str()];
            let found = rules.variable_named(name);
            let variable = found.map_err(|said| Misfit { status: 404, ..Misfit::at(&path, said) })?;
            let own = &rules.variables[variable];
            if own.entity != at {
                let of = plural(&rules.entity_of(own).name);
                return Err(Misfit::at(&path, format!("“{name}” is of {of}, not of {key}.")));
            }
            let Json::Object(by_period) = by_period else {
                let example = Period::of(own.unit, jiff::civil::date(2024, 1, 1));
                let sentence =
                    format!("A value is given for a period, as {{\"{}\": {by_period}}}.", super::period_text(example));
                return Err(Misfit::at(&path, sentence));
            };
            for (period, value) in by_period {
                fact(rules, asked, variable, &[key, who, name, period], value)?;
            }
        }
    }
    Ok(())
}

fn fact(rules: &Rules, asked: &mut Asked, variable: usize, path: &[&str; 4], value: &Json) -> Read<()> {
    let [_, who, name, written] = *path;
    let own = &rules.variables[variable];
    let period = period(written).map_err(|said| Misfit::at(path, said))?;
    let period = if own.unit == Unit::Forever { Period::FOREVER } else { period };
    if period.unit() != own.unit {
        return Err(Misfit::at(
            path,
            format!("“{name}” has a value {}, but {written} is no such period.", own.unit.words()),
        ));
    }
    let Some(place) = asked.situation.place(own.entity, who) else { return Ok(()) };
    if !value.is_null() {
        let value = rules.value_from_json(own, value).map_err(|said| Misfit::at(path, said))?;
        let Some(value) = value else { return Ok(()) };
        let set = asked.situation.set(rules, name, who, period, &value);
        return set.map_err(|said| Misfit::at(path, said));
    }
    if asked.wanted.len() >= WANTED_MAX {
        return Err(Misfit::at(path, format!("A situation may ask for {WANTED_MAX} values at most.")));
    }
    let path = path.map(str::to_owned);
    asked.wanted.push(Wanted { path, variable, who: place, period });
    Ok(())
}

/// `2017`, `2017-01`, `2017-01-31`, `eternity`; also with its unit before it and a size of one behind it, as `month:2017-01:1`.
fn period(text: &str) -> Result<Period, String> {
    if text.eq_ignore_ascii_case("eternity") || text == "forever" {
        return Ok(Period::FOREVER);
    }
    let parts: Vec<&str> = text.split(':').collect();
    let wrong =
        || format!("“{text}” is no period of one day, month or year; expected as 2024, 2024-05 or month:2024-05.");
    match parts[..] {
        [start] => start.parse().map_err(|_| wrong()),
        [unit, start] | [unit, start, "1"] => {
            let unit = match unit {
                "day" => Unit::Day,
                "month" => Unit::Month,
                "year" => Unit::Year,
                _ => return Err(wrong()),
            };
            let period: Period = start.parse().map_err(|_| wrong())?;
            // A year from another day than its first is none of ours.
            let same = Period::of(unit, period.start());
            if same.start() == period.start() && period.unit() <= unit { Ok(same) } else { Err(wrong()) }
        }
        _ => Err(wrong()),
    }
}
