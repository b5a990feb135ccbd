//! What a set of rules holds, for pages and programs.

use crate::{
    model::{Rules, Since, What},
    period::Unit,
    value::{Type, Value},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// A fact.
    Input,
    /// A rule with a value.
    Rule,
    /// A rule under which somebody can be entitled or not.
    Entitlement,
}

/// An input, rule or entitlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableView {
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// Its label.
    pub label: Option<String>,
    /// The question for an input.
    pub ask: Option<String>,
    /// Its type as the language names it: yesno, integer, number, money, date, text, or the name of a choice.
    pub kind: String,
    /// The options of a choice.
    pub options: Vec<String>,
    /// Whose it is, as `person`.
    pub entity: String,
    /// How often it changes.
    pub unit: Unit,
    /// Its law; inputs can be without one.
    pub law: Option<String>,
    /// What counts when it is not given.
    pub otherwise: Option<Value>,
    /// Where it stands, as `grants.rules:12`.
    pub place: String,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityView {
    /// Its name.
    pub name: String,
    /// For a group, what its members are.
    pub members: Option<String>,
    /// For a group, the roles of its members.
    pub roles: Vec<String>,
}

/// A parameter with all its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterView {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its law.
    pub law: String,
    /// Since when (a date, or `None` for the beginning) and what; `None` from when it has no value.
    pub values: Vec<(Option<String>, Option<Value>)>,
}

impl Rules {
    /// All inputs, rules and entitlements, by name.
    pub fn variables(&self) -> Vec<VariableView> {
        self.by_name.values().map(|at| self.view(*at)).collect()
    }

    /// One of them.
    pub fn variable(&self, name: &str) -> Option<VariableView> {
        self.by_name.get(name).map(|at| self.view(*at))
    }

    /// All entities, in the order of the texts, single ones first.
    pub fn entities(&self) -> Vec<EntityView> {
        let view = |entity: &crate::model::Entity| EntityView {
            name: entity.name.clone(),
            members: entity.group.as_ref().map(|(member, _)| self.entities[*member].name.clone()),
            roles: entity.group.as_ref().map(|(_, roles)| roles.clone()).unwrap_or_default(),
        };
        self.entities.iter().map(view).collect()
    }

    /// All parameters with their values by date.
    pub fn parameters(&self) -> Vec<ParameterView> {
        let value = |kind, version: &Since<Option<crate::value::Raw>>| {
            let since = version.since.map(|day| day.to_string());
            (since, version.what.as_ref().map(|raw| self.shown(kind, raw)))
        };
        let view = |parameter: &crate::model::Parameter| ParameterView {
            name: parameter.name.clone(),
            label: parameter.label.clone(),
            law: parameter.law.clone(),
            values: parameter.versions.iter().map(|version| value(parameter.kind, version)).collect(),
        };
        self.parameters.iter().map(view).collect()
    }

    /// A law, question, label or reason in a language (as `es`), as the rules give it beside the text; the text itself where they do not.
    pub fn in_language<'w>(&'w self, text: &'w str, language: &str) -> &'w str {
        self.words.get(&(text.to_owned(), language.to_owned())).map_or(text, String::as_str)
    }

    /// All inputs on which a variable can rest, under any law; itself if it is an input.
    pub fn inputs_of(&self, name: &str) -> Vec<VariableView> {
        let Some(&at) = self.by_name.get(name) else { return Vec::new() };
        let (mut seen, mut open) = (BTreeSet::from([at]), vec![at]);
        while let Some(at) = open.pop() {
            open.extend(self.names_of(at).into_iter().filter(|name| seen.insert(*name)));
        }
        let inputs = seen.into_iter().filter(|at| matches!(self.variables[*at].what, What::Input { .. }));
        inputs.map(|at| self.view(at)).collect()
    }

    fn view(&self, at: usize) -> VariableView {
        let variable = &self.variables[at];
        let (sort, label, ask, law, otherwise) = match &variable.what {
            What::Input { ask, law, otherwise } => (Sort::Input, None, ask.clone(), law.clone(), otherwise.as_ref()),
            What::Rule(rule) => {
                let sort = if rule.entitlement { Sort::Entitlement } else { Sort::Rule };
                (sort, rule.label.clone(), None, Some(rule.law.clone()), None)
            }
        };
        let options =
            if let Type::Choice(choice) = variable.kind { self.choices[choice].options.clone() } else { Vec::new() };
        VariableView {
            name: variable.name.clone(),
            sort,
            label,
            ask,
            kind: self.type_name(variable.kind).to_owned(),
            options,
            entity: self.entity_of(variable).name.clone(),
            unit: variable.unit,
            law,
            otherwise: otherwise.map(|raw| self.shown(variable.kind, raw)),
            place: self.place_of(variable.spot),
        }
    }
}
