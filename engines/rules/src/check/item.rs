//! One item after another.

use super::{Checked, Checker, expression::Scope};
use crate::{
    limits::ROLES_MAX,
    model::{self, Body, Choice, Entity, Formula, Parameter, Rule, Scale, Since, Table, TableRow, Variable, What},
    period::Unit,
    syntax::{self, Expr, From, Hit, Item, Name, ScaleKind},
    trouble::At,
    value::{Raw, Type},
};
use std::collections::BTreeSet;

impl Checker {
    pub(super) fn declare_item(&mut self, item: &Item) -> Checked<()> {
        match item {
            Item::Entity { name, group } => {
                let group = match group {
                    None => None,
                    Some((member, roles)) => Some((self.members_of(member)?, self.roles(roles)?)),
                };
                self.rules.entities.push(Entity { name: name.text.clone(), group });
            }
            Item::Choice { name, options } => {
                distinct(options, "option")?;
                let options = options.iter().map(|option| option.text.clone()).collect();
                self.rules.choices.push(Choice { name: name.text.clone(), options });
            }
            Item::Parameter { name, kind, law, label, .. } => {
                let kind = self.type_of(&kind.name)?;
                self.parameters.insert(name.text.clone(), self.rules.parameters.len());
                let (name, law) = (name.text.clone(), law.clone());
                self.rules.parameters.push(Parameter { name, kind, law, label: label.clone(), versions: Vec::new() });
            }
            Item::Scale { name, how, kind, base, law, .. } => {
                self.declare_scale(name, *how, kind.as_ref(), base, law)?
            }
            Item::Input { name, kind, entity, unit, ask, law, .. } => {
                let what = What::Input { ask: ask.clone(), law: law.clone(), otherwise: None };
                self.declare_variable(name, &kind.name, entity, *unit, what)?;
            }
            Item::Rule { name, entitlement, kind, entity, unit, law, label, .. } => {
                if *unit == Unit::Forever {
                    let sentence = format!("“{}” must hold for each day, month or year: law has dates.", name.text);
                    return Err(At::new(name.spot, sentence));
                }
                let rule =
                    Rule { entitlement: *entitlement, law: law.clone(), label: label.clone(), versions: Vec::new() };
                self.declare_variable(name, &kind.name, entity, *unit, What::Rule(rule))?;
            }
        }
        Ok(())
    }

    fn members_of(&self, member: &Name) -> Checked<usize> {
        let at = self.entity(member)?;
        if self.rules.entities[at].group.is_some() {
            return Err(At::new(
                member.spot,
                format!("“{}” is a group itself; a group is made of single members.", member.text),
            ));
        }
        Ok(at)
    }

    fn roles(&self, roles: &[Name]) -> Checked<Vec<String>> {
        distinct(roles, "role")?;
        if let Some(role) = roles.iter().find(|role| role.text == "members") {
            return Err(At::new(role.spot, "“members” are all of a group, whatever their role; it cannot be a role."));
        }
        if roles.len() > ROLES_MAX {
            return Err(At::new(roles[ROLES_MAX].spot, format!("A group may have {ROLES_MAX} roles at most.")));
        }
        Ok(roles.iter().map(|role| role.text.clone()).collect())
    }

    fn declare_scale(
        &mut self,
        name: &Name,
        how: ScaleKind,
        kind: Option<&syntax::TypeName>,
        base: &syntax::TypeName,
        law: &str,
    ) -> Checked<()> {
        let base_kind = self.type_of(&base.name)?;
        let kind_found = kind.map_or(Ok(base_kind), |kind| self.type_of(&kind.name))?;
        if !base_kind.is_numeric() || (how == ScaleKind::AddedUp && !kind_found.is_numeric()) {
            return Err(At::new(
                base.name.spot,
                "A scale is looked up by a number or money, and only these can be added up.",
            ));
        }
        self.scales.insert(name.text.clone(), self.rules.scales.len());
        // A share of an integer is a number.
        let kind_found = if how == ScaleKind::Slices && base_kind == Type::Integer { Type::Number } else { kind_found };
        let (name, law) = (name.text.clone(), law.to_owned());
        self.rules.scales.push(Scale { name, how, kind: kind_found, base: base_kind, law, versions: Vec::new() });
        Ok(())
    }

    fn declare_variable(&mut self, name: &Name, kind: &Name, entity: &Name, unit: Unit, what: What) -> Checked<()> {
        let (kind, entity) = (self.type_of(kind)?, self.entity(entity)?);
        self.rules.by_name.insert(name.text.clone(), self.rules.variables.len());
        self.rules.variables.push(Variable { name: name.text.clone(), spot: name.spot, kind, entity, unit, what });
        Ok(())
    }

    /// Then what they say.
    pub(super) fn fill(&mut self, items: &[Item], troubles: &mut Vec<At>) {
        for item in items {
            if let Err(trouble) = self.fill_item(item, troubles) {
                troubles.push(trouble);
            }
        }
    }

    fn fill_item(&mut self, item: &Item, troubles: &mut Vec<At>) -> Checked<()> {
        match item {
            Item::Entity { .. } | Item::Choice { .. } => {}
            Item::Parameter { name, versions, .. } => {
                let Some(&at) = self.parameters.get(&name.text) else { return Ok(()) };
                let kind = self.rules.parameters[at].kind;
                let value = |expr: &Option<Expr>| expr.as_ref().map(|expr| self.constant(expr, kind)).transpose();
                let filled = versions.iter().map(|version| since(version, &value)).collect::<Checked<_>>()?;
                self.rules.parameters[at].versions = filled;
            }
            Item::Scale { name, versions, .. } => {
                let Some(&at) = self.scales.get(&name.text) else { return Ok(()) };
                let filled = versions.iter().map(|version| since(version, &|brackets| self.brackets(at, brackets)));
                self.rules.scales[at].versions = filled.collect::<Checked<_>>()?;
            }
            Item::Input { name, otherwise, .. } => {
                let Some(&at) = self.rules.by_name.get(&name.text) else { return Ok(()) };
                let kind = self.rules.variables[at].kind;
                let value = otherwise.as_ref().map(|expr| self.constant(expr, kind)).transpose()?;
                if let What::Input { otherwise, .. } = &mut self.rules.variables[at].what {
                    *otherwise = value;
                }
            }
            Item::Rule { name, versions, .. } => {
                let Some(&at) = self.rules.by_name.get(&name.text) else { return Ok(()) };
                let mut filled = Vec::new();
                for version in versions {
                    match since(version, &|body| self.body(at, body)) {
                        Ok(version) => filled.push(version),
                        Err(trouble) => troubles.push(trouble),
                    }
                }
                if let What::Rule(rule) = &mut self.rules.variables[at].what {
                    rule.versions = filled;
                }
            }
        }
        Ok(())
    }

    fn brackets(&self, at: usize, brackets: &[syntax::Bracket]) -> Checked<Vec<model::Bracket>> {
        let scale = &self.rules.scales[at];
        let kind = if scale.how == ScaleKind::Slices { Type::Number } else { scale.kind };
        let mut all: Vec<model::Bracket> = Vec::new();
        for bracket in brackets {
            let Raw::Number(bound) = self.constant(&bracket.bound, scale.base)? else {
                return Err(At::new(bracket.bound.spot, "Expected a number as bound."));
            };
            if all.last().is_some_and(|before| before.bound >= bound) {
                return Err(At::new(bracket.bound.spot, "Brackets must go upwards, each bound once."));
            }
            all.push(model::Bracket {
                inclusive: bracket.inclusive,
                bound,
                value: self.constant(&bracket.value, kind)?,
            });
        }
        Ok(all)
    }

    fn body(&self, at: usize, body: &syntax::Body) -> Checked<Body> {
        let variable = &self.rules.variables[at];
        let scope = Scope { entity: variable.entity, unit: variable.unit };
        let mut names = BTreeSet::new();
        let requirement = |asked: &syntax::Requirement| {
            let condition = self.condition(&asked.condition, scope)?;
            Ok(model::Requirement {
                spot: asked.spot,
                condition,
                law: asked.law.clone(),
                because: asked.because.clone(),
            })
        };
        let mut exception = |asked: &syntax::Exception| {
            if !names.insert(asked.name.text.clone()) {
                return Err(At::new(asked.name.spot, format!("There are two exceptions “{}”.", asked.name.text)));
            }
            Ok(model::Exception {
                name: asked.name.text.clone(),
                spot: asked.name.spot,
                condition: self.condition(&asked.condition, scope)?,
                law: asked.law.clone(),
                because: asked.because.clone(),
                value: asked.value.as_ref().map(|value| self.fitting(value, scope, variable.kind)).transpose()?,
            })
        };
        let formula = match &body.formula {
            None => None,
            Some(syntax::Formula::Expr(expr)) => Some(Formula::Node(self.fitting(expr, scope, variable.kind)?)),
            Some(syntax::Formula::Table(table)) => Some(Formula::Table(self.table(table, scope, variable.kind)?)),
        };
        Ok(Body {
            law: body.law.clone(),
            requirements: body.requirements.iter().map(requirement).collect::<Checked<_>>()?,
            formula,
            in_order: body.in_order,
            exceptions: body.exceptions.iter().map(&mut exception).collect::<Checked<_>>()?,
        })
    }

    fn table(&self, table: &syntax::Table, scope: Scope, kind: Type) -> Checked<Table> {
        let inputs: Vec<_> = table.inputs.iter().map(|input| self.plain(input, scope, None)).collect::<Checked<_>>()?;
        let numeric = matches!(table.hit, Hit::Sum | Hit::Least | Hit::Greatest);
        if (numeric && !kind.is_numeric()) || (table.hit == Hit::Number && kind != Type::Integer) {
            let spot = table.inputs[0].spot;
            return Err(At::new(
                spot,
                "“collect” needs a rule whose value is a number or money, “collect count” one that is an integer.",
            ));
        }
        let row = |row: &syntax::TableRow| {
            let mut cells = Vec::new();
            for (cell, input) in row.cells.iter().zip(&inputs) {
                cells.push(self.cell(cell, scope, input.kind, input.literal)?);
            }
            let value = self.row_value(table.hit, &row.value, scope, kind)?;
            Ok(TableRow { spot: row.spot, cells, value, law: row.law.clone() })
        };
        let rows = table.rows.iter().map(row).collect::<Checked<Vec<_>>>()?;
        let otherwise = table.otherwise.as_ref().map(|(spot, value, law)| {
            Ok(TableRow { spot: *spot, cells: Vec::new(), value: self.fitting(value, scope, kind)?, law: law.clone() })
        });
        let otherwise = otherwise.transpose()?;
        Ok(Table { hit: table.hit, inputs: inputs.into_iter().map(|input| input.node).collect(), rows, otherwise })
    }

    /// What a counting table has as values only names its rows.
    fn row_value(&self, hit: Hit, value: &Expr, scope: Scope, kind: Type) -> Checked<model::Node> {
        if hit == Hit::Number { Ok(self.plain(value, scope, None)?.node) } else { self.fitting(value, scope, kind) }
    }

    fn cell(&self, cell: &syntax::Cell, scope: Scope, kind: Type, literal: bool) -> Checked<model::Cell> {
        let (negated, tests) = match cell {
            syntax::Cell::Any => (false, &Vec::new()),
            syntax::Cell::Tests(tests) => (false, tests),
            syntax::Cell::NoneOf(tests) => (true, tests),
        };
        let test = |test: &syntax::CellTest| match test {
            syntax::CellTest::Compare(how, expr) => {
                Ok(model::Test::Compare(*how, self.compared(*how, expr, scope, kind, literal)?))
            }
            syntax::CellTest::Between(low, high) => {
                let low = self.compared(syntax::Comparison::AtLeast, low, scope, kind, literal)?;
                Ok(model::Test::Between(low, self.compared(syntax::Comparison::AtMost, high, scope, kind, literal)?))
            }
        };
        Ok(model::Cell { negated, tests: tests.iter().map(test).collect::<Checked<_>>()? })
    }
}

fn since<T, U>(version: &From<T>, made: &impl Fn(&T) -> Checked<U>) -> Checked<Since<U>> {
    Ok(Since { since: version.since, spot: version.spot, what: made(&version.what)? })
}

fn distinct(names: &[Name], what: &str) -> Checked<()> {
    let mut seen = BTreeSet::new();
    match names.iter().find(|name| !seen.insert(name.text.as_str())) {
        Some(twice) => Err(At::new(twice.spot, format!("The {what} “{}” is there twice.", twice.text))),
        None => Ok(()),
    }
}
