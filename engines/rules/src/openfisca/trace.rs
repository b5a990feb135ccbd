//! How values came about, one node for each variable and period.

use super::{Misfit, answered, number_of, object, period_text, plain, plural, situation};
use crate::{
    limits::TRACED_MAX,
    model::{Bracket, Node, Rules, What, in_force},
    outcome::{By, Outcome, Reason, Step, Trace},
    period::Period,
    row::Run,
    value::{Raw, Value},
};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// A variable for a period: what it came to for each member of its entity.
struct Told {
    dependencies: BTreeSet<String>,
    parameters: Map<String, Json>,
    values: Vec<Json>,
    outcomes: Vec<Json>,
    laws: BTreeSet<String>,
}

/// Works out what a situation asks for, for everybody in it, and tells each step.
///
/// Nodes have the members `dependencies`, `parameters` and `value` of OpenFisca, and two more: `outcome` says for each member whether the value is
/// `given`, a `value`, `entitled`, `not_entitled` or `not_yet_known`, with reasons or what is needed, or `null` where it was not needed; `law` lists the laws that decided.
///
/// # Errors
/// As [`super::calculate`].
pub fn trace(rules: &Rules, situation: &Json) -> Result<Json, Misfit> {
    let asked = situation::read(rules, situation)?;
    let mut run = Run::new(rules, &asked.situation);
    let mut nodes: BTreeMap<String, Told> = BTreeMap::new();
    let mut requested: Vec<String> = Vec::new();
    let (mut worked_out, mut told) = (0, 0);
    let too_much = |wanted: &situation::Wanted| {
        wanted.misfit(format!("A trace may hold {TRACED_MAX} values at most; ask for less at once."))
    };
    for wanted in &asked.wanted {
        let variable = &rules.variables[wanted.variable];
        let key = format!("{}<{}>", variable.name, wanted.path[3]);
        if requested.contains(&key) {
            continue;
        }
        requested.push(key);
        let members = asked.situation.names[variable.entity].len() as u32;
        worked_out += members;
        if worked_out > TRACED_MAX {
            return Err(too_much(wanted));
        }
        for who in 0..members {
            let answer = answered(&mut run, wanted, who)?;
            let trace = answer.trace();
            for step in &trace.steps {
                // What a node holds is counted before it is made, whether it was asked for or only used.
                told +=
                    tell(rules, &asked, &trace, step, &mut nodes, TRACED_MAX - told).ok_or_else(|| too_much(wanted))?;
            }
            let own = nodes.get_mut(&key_of(&variable.name, wanted.period));
            let slot = own.and_then(|node| node.outcomes.get_mut(who as usize));
            slot.into_iter().for_each(|slot| *slot = outcome(&answer.outcome));
        }
    }
    let names = |(at, entity): (usize, &crate::model::Entity)| (plural(&entity.name), json!(asked.situation.names[at]));
    Ok(json!({
        "trace": object(nodes.into_iter().map(|(key, node)| (key, node.json()))),
        "entitiesDescription": object(rules.entities.iter().enumerate().map(names)),
        "requestedCalculations": requested,
    }))
}

impl Told {
    fn json(self) -> Json {
        json!({
            "dependencies": self.dependencies, "parameters": self.parameters, "value": self.values, "outcome": self.outcomes, "law": self.laws,
        })
    }
}

fn key_of(variable: &str, period: Period) -> String {
    format!("{variable}<{}>", period_text(period))
}

/// Tells one step: how many values a new node takes for it, 0 where there is one; `None` where those are more than `room`.
fn tell(
    rules: &Rules,
    asked: &situation::Asked,
    trace: &Trace,
    step: &Step,
    nodes: &mut BTreeMap<String, Told>,
    room: u32,
) -> Option<u32> {
    let Some(&at) = rules.by_name.get(&step.variable) else { return Some(0) };
    let entity = rules.variables[at].entity;
    let members = asked.situation.names[entity].len();
    let mut taken = 0;
    let node = match nodes.entry(key_of(&step.variable, step.period)) {
        Entry::Occupied(node) => node.into_mut(),
        Entry::Vacant(_) if members as u32 > room => return None,
        Entry::Vacant(place) => {
            taken = members as u32;
            place.insert(Told {
                dependencies: BTreeSet::new(),
                parameters: figures(rules, at, step.period),
                values: vec![Json::Null; members],
                outcomes: vec![Json::Null; members],
                laws: BTreeSet::new(),
            })
        }
    };
    let used = step.uses.iter().filter_map(|at| trace.steps.get(*at));
    node.dependencies.extend(used.map(|used| key_of(&used.variable, used.period)));
    node.laws.extend(step.law.iter().cloned());
    let Some(who) = asked.situation.place(entity, &step.who) else { return Some(taken) };
    node.values[who as usize] = step.value.as_ref().map_or(Json::Null, plain);
    if node.outcomes[who as usize].is_null() {
        let is = match (&step.by, &step.value) {
            (By::Given, _) => "given",
            (_, Some(_)) => {
                if rules.is_entitlement(at) {
                    "entitled"
                } else {
                    "value"
                }
            }
            (By::Missing | By::NotYetKnown, None) => "not_yet_known",
            (_, None) => "not_entitled",
        };
        node.outcomes[who as usize] = json!({"is": is});
    }
    Some(taken)
}

fn outcome(outcome: &Outcome) -> Json {
    let reason = |reason: &Reason| json!({"sentence": reason.sentence, "law": reason.law, "place": reason.place});
    match outcome {
        Outcome::Value { .. } => json!({"is": "value"}),
        Outcome::Entitled { .. } => json!({"is": "entitled"}),
        Outcome::NotEntitled { because } => {
            json!({"is": "not_entitled", "because": because.iter().map(reason).collect::<Vec<_>>()})
        }
        Outcome::NotYetKnown { needed } => {
            let fact = |fact: &crate::outcome::Fact| json!({"variable": fact.variable, "who": fact.who, "period": period_text(fact.period), "ask": fact.ask});
            json!({"is": "not_yet_known", "needed": needed.iter().map(fact).collect::<Vec<_>>()})
        }
    }
}

/// The parameters and scales that the version in force of a rule names, with what holds on that day.
fn figures(rules: &Rules, variable: usize, period: Period) -> Map<String, Json> {
    fn gather(node: &Node, found: &mut BTreeSet<(bool, usize)>) {
        if let Node::Parameter(at) | Node::Scale(at, _) = node {
            found.insert((matches!(node, Node::Scale(..)), *at));
        }
        node.below(&mut |below| gather(below, found));
    }
    let (What::Rule(rule), day) = (&rules.variables[variable].what, period.start()) else { return Map::new() };
    let Some((_, version)) = in_force(&rule.versions, day) else { return Map::new() };
    let mut found = BTreeSet::new();
    version.what.nodes(&mut |node| gather(node, &mut found));
    let figure = |(is_scale, at): (bool, usize)| {
        if is_scale {
            let scale = &rules.scales[at];
            let (_, version) = in_force(&scale.versions, day)?;
            return Some((format!("{}<{day}>", scale.name), brackets(&version.what)));
        }
        let parameter = &rules.parameters[at];
        let (_, version) = in_force(&parameter.versions, day)?;
        let value = version.what.as_ref().map(|raw| plain(&rules.shown(parameter.kind, raw)))?;
        Some((format!("{}<{day}>", parameter.name), value))
    };
    found.into_iter().filter_map(figure).collect()
}

/// Bounds with what holds from them on.
pub(super) fn brackets(all: &[Bracket]) -> Json {
    let value = |raw: &Raw| match raw {
        Raw::Number(number) => number_of(*number),
        Raw::Yesno(yes) => plain(&Value::Yesno(*yes)),
        Raw::Day(day) => plain(&Value::Date(*day)),
        Raw::Choice(at) => json!(at),
        Raw::Text(text) => json!(text.as_ref()),
    };
    object(all.iter().map(|bracket| (bracket.bound.to_text(0), value(&bracket.value))))
}
