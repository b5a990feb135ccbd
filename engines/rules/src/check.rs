//! Items into checked rules: names are found, types hold, nothing rests on itself.

mod cycle;
mod expression;
mod function;
mod item;

use crate::{
    limits::{DEPTH_MAX, ITEMS_MAX, TEXT_BYTES_MAX, TROUBLES_MAX},
    model::{Entity, Rules, Variable, What},
    parse::{Translation, items},
    syntax::{Item, Name},
    trouble::{At, Trouble, nearest},
    value::Type,
};
use std::collections::BTreeMap;

/// One text of rules, and the name that troubles and traces give it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name, for example of a file.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

type Checked<T> = Result<T, At>;

impl Rules {
    /// Reads and checks texts that together are one set of rules.
    ///
    /// # Errors
    /// All that is wrong, up to [`crate::limits::TROUBLES_MAX`] things, each with its place and a sentence: what cannot be read,
    /// unknown names, types that do not fit, rules without a law, rules that rest on themselves.
    pub fn read(sources: &[Source<'_>]) -> Result<Self, Vec<Trouble>> {
        let named = |at: At| Trouble {
            source_name: sources.get(at.spot.source as usize).map_or("rules", |source| source.name).to_owned(),
            line: at.spot.line,
            column: at.spot.column,
            sentence: at.sentence,
        };
        let found =
            read(sources).map_err(|troubles| troubles.into_iter().take(TROUBLES_MAX).map(named).collect::<Vec<_>>())?;
        Ok(found)
    }
}

fn read(sources: &[Source<'_>]) -> Result<Rules, Vec<At>> {
    let whole = |sentence: String| vec![At::new(crate::trouble::Spot::default(), sentence)];
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    if bytes > TEXT_BYTES_MAX {
        return Err(whole(format!("The rules have {bytes} bytes; {TEXT_BYTES_MAX} is the limit.")));
    }
    let (mut all, mut words, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    for (source, number) in sources.iter().zip(0..) {
        let (found, other, wrong) = items(number, source.text);
        all.extend(found);
        words.extend(other);
        troubles.extend(wrong);
    }
    if all.len() > ITEMS_MAX {
        return Err(whole(format!("There are {} items; {ITEMS_MAX} is the limit.", all.len())));
    }
    if all.is_empty() && troubles.is_empty() {
        return Err(whole("There is no rule in these texts.".to_owned()));
    }
    let mut checker = Checker::new(sources);
    checker.declare(&all, &mut troubles);
    checker.fill(&all, &mut troubles);
    checker.translate(words, &mut troubles);
    if troubles.is_empty() {
        troubles.extend(checker.rules.cycles());
    }
    if troubles.is_empty() {
        troubles.extend(checker.rules.too_deep(DEPTH_MAX));
    }
    if troubles.is_empty() { Ok(checker.rules) } else { Err(troubles) }
}

struct Checker {
    rules: Rules,
    parameters: BTreeMap<String, usize>,
    scales: BTreeMap<String, usize>,
}

impl Checker {
    fn new(sources: &[Source<'_>]) -> Self {
        let rules = Rules {
            sources: sources.iter().map(|source| source.name.to_owned()).collect(),
            entities: Vec::new(),
            choices: Vec::new(),
            parameters: Vec::new(),
            scales: Vec::new(),
            variables: Vec::new(),
            by_name: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        Self { rules, parameters: BTreeMap::new(), scales: BTreeMap::new() }
    }

    /// First all names with their types, so that the order of items does not matter.
    fn declare(&mut self, items: &[Item], troubles: &mut Vec<At>) {
        let mut seen: BTreeMap<&str, &Name> = BTreeMap::new();
        for item in items {
            let name = item.name();
            if let Some(before) = seen.insert(&name.text, name) {
                let sentence = format!("“{}” has already been said in line {}.", name.text, before.spot.line);
                troubles.push(At::new(name.spot, sentence));
            }
        }
        // Entities before groups, choices before what has their type.
        for rank in 0..3 {
            for item in items.iter().filter(|item| rank_of(item) == rank) {
                if let Err(trouble) = self.declare_item(item) {
                    troubles.push(trouble);
                }
            }
        }
    }

    /// A text is said once in each language: what is the same in the rules is the same for readers.
    fn translate(&mut self, words: Vec<Translation>, troubles: &mut Vec<At>) {
        for Translation { text, language, words, spot } in words {
            let before = self.rules.words.insert((text.clone(), language.clone()), words.clone());
            if before.is_some_and(|before| before != words) {
                let sentence = format!("“{text}” has already been said otherwise in “{language}”.");
                troubles.push(At::new(spot, sentence));
            }
        }
    }

    fn entity(&self, name: &Name) -> Checked<usize> {
        let found = self.rules.entities.iter().position(|entity| entity.name == name.text);
        found.ok_or_else(|| {
            let near = nearest(&name.text, self.rules.entities.iter().map(|entity| entity.name.as_str()));
            At::new(name.spot, format!("There is no entity “{}”.{near}", name.text))
        })
    }

    fn type_of(&self, name: &Name) -> Checked<Type> {
        let plain = match name.text.as_str() {
            "yesno" => Some(Type::Yesno),
            "integer" => Some(Type::Integer),
            "number" => Some(Type::Number),
            "money" => Some(Type::Money),
            "date" => Some(Type::Day),
            "text" => Some(Type::Text),
            _ => None,
        };
        let choice = || self.rules.choices.iter().position(|choice| choice.name == name.text).map(Type::Choice);
        plain.or_else(choice).ok_or_else(|| {
            let known = ["yesno", "integer", "number", "money", "date", "text"];
            let near = nearest(
                &name.text,
                known.into_iter().chain(self.rules.choices.iter().map(|choice| choice.name.as_str())),
            );
            let sentence = format!(
                "“{}” is no type: yesno, integer, number, money, date, text or the name of a choice.{near}",
                name.text
            );
            At::new(name.spot, sentence)
        })
    }
}

fn rank_of(item: &Item) -> usize {
    match item {
        Item::Entity { group: None, .. } | Item::Choice { .. } => 0,
        Item::Entity { .. } => 1,
        _ => 2,
    }
}

impl Rules {
    /// A type as the language names it.
    pub(crate) fn type_name(&self, kind: Type) -> &str {
        match kind {
            Type::Yesno => "yesno",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::Money => "money",
            Type::Day => "date",
            Type::Text => "text",
            Type::Choice(at) => &self.choices[at].name,
        }
    }

    pub(crate) fn entity_of(&self, variable: &Variable) -> &Entity {
        &self.entities[variable.entity]
    }

    pub(crate) fn is_entitlement(&self, variable: usize) -> bool {
        matches!(&self.variables[variable].what, What::Rule(rule) if rule.entitlement)
    }
}
