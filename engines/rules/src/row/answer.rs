//! What was found, for people and programs.

use super::{Cell, Decided, Done, Run};
use crate::{
    model::{Body, Rule, Rules, What},
    outcome::{By, Fact, Outcome, ParameterRead, Reason, Step, Trace},
    situation::Situation,
    value::Raw,
};

/// An outcome with all that led to it.
#[derive(Debug)]
pub struct Answer<'a> {
    /// What was asked for.
    pub outcome: Outcome,
    rules: &'a Rules,
    situation: &'a Situation,
    done: Vec<Done>,
    uses: Vec<u32>,
    parameters: Vec<(bool, u32, u32)>,
}

impl<'a> Run<'a> {
    /// What was found; nothing of it is left behind.
    pub(super) fn answer(&mut self) -> Answer<'a> {
        let outcome = self.outcome();
        let (done, uses) = (std::mem::take(&mut self.done), std::mem::take(&mut self.uses));
        let parameters = std::mem::take(&mut self.parameters);
        (self.used, self.needed, self.needs) = (Vec::new(), Vec::new(), Vec::new());
        Answer { outcome, rules: self.rules, situation: self.situation, done, uses, parameters }
    }

    fn outcome(&self) -> Outcome {
        let Some(last) = self.done.last() else { return Outcome::NotYetKnown { needed: Vec::new() } };
        let variable = &self.rules.variables[last.variable as usize];
        match &last.cell {
            Cell::Known(raw) => {
                let value = self.rules.shown(variable.kind, raw);
                if self.rules.is_entitlement(last.variable as usize) {
                    Outcome::Entitled { amount: value }
                } else {
                    Outcome::Value { value }
                }
            }
            Cell::Nothing => Outcome::NotEntitled { because: self.rules.reasons(last) },
            Cell::Unknown => Outcome::NotYetKnown { needed: self.facts() },
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let mut seen = vec![false; self.done.len()];
        let first = self.needed.iter().filter(|at| !std::mem::replace(&mut seen[**at as usize], true));
        first.map(|at| self.fact_of(&self.done[*at as usize])).collect()
    }

    fn fact_of(&self, done: &Done) -> Fact {
        let variable = &self.rules.variables[done.variable as usize];
        let ask = if let What::Input { ask, .. } = &variable.what { ask.clone() } else { None };
        Fact {
            variable: variable.name.clone(),
            entity: self.rules.entity_of(variable).name.clone(),
            who: self.situation.names[variable.entity][done.who as usize].clone(),
            period: done.period,
            ask,
        }
    }
}

impl Rules {
    fn rule_of(&self, done: &Done) -> Option<(&Rule, Option<&Body>)> {
        let What::Rule(rule) = &self.variables[done.variable as usize].what else { return None };
        Some((rule, rule.versions.get(done.version as usize).map(|version| &version.what)))
    }

    fn reasons(&self, done: &Done) -> Vec<Reason> {
        let Some((rule, body)) = self.rule_of(done) else { return Vec::new() };
        let own = || body.and_then(|body| body.law.clone()).unwrap_or_else(|| rule.law.clone());
        let spot = self.variables[done.variable as usize].spot;
        match (&done.decided, body) {
            (Decided::Requirements(failed), Some(body)) => {
                let reason = |at: &u32| {
                    let failed = &body.requirements[*at as usize];
                    let law = failed.law.clone().unwrap_or_else(own);
                    Reason { law, sentence: failed.because.clone(), place: self.place_of(failed.spot) }
                };
                failed.iter().map(reason).collect()
            }
            (Decided::Exception(at), Some(body)) => {
                let exception = &body.exceptions[*at];
                let (law, sentence) = (exception.law.clone(), exception.because.clone());
                vec![Reason { law, sentence, place: self.place_of(exception.spot) }]
            }
            _ => {
                let sentence = format!("nothing is granted on {}", done.period.start());
                vec![Reason { law: own(), sentence: Some(sentence), place: self.place_of(spot) }]
            }
        }
    }
}

impl Answer<'_> {
    /// How the outcome came about. The first step is what was asked.
    pub fn trace(&self) -> Trace {
        let last = self.done.len() - 1;
        let steps = self.done.iter().rev().map(|done| self.step(done, last)).collect();
        let parameters = self.parameters.iter().map(|read| self.read(*read)).collect();
        Trace { steps, parameters }
    }

    fn step(&self, done: &Done, last: usize) -> Step {
        let rules = self.rules;
        let variable = &rules.variables[done.variable as usize];
        let label = if let What::Rule(rule) = &variable.what { rule.label.clone() } else { None };
        let mut uses: Vec<usize> =
            self.uses[done.uses.0 as usize..done.uses.1 as usize].iter().map(|at| last - *at as usize).collect();
        let mut seen = std::collections::BTreeSet::new();
        uses.retain(|at| seen.insert(*at));
        let value = if let Cell::Known(raw) = &done.cell { Some(rules.shown(variable.kind, raw)) } else { None };
        let (by, law, place) = self.decided(done);
        let who = self.situation.names[variable.entity][done.who as usize].clone();
        Step { variable: variable.name.clone(), label, who, period: done.period, value, by, law, place, uses }
    }

    fn decided(&self, done: &Done) -> (By, Vec<String>, String) {
        let rules = self.rules;
        let variable = &rules.variables[done.variable as usize];
        let Some((rule, body)) = rules.rule_of(done) else {
            let law =
                if let What::Input { law: Some(law), .. } = &variable.what { vec![law.clone()] } else { Vec::new() };
            return (plain(&done.decided), law, rules.place_of(variable.spot));
        };
        let own = body.and_then(|body| body.law.clone()).unwrap_or_else(|| rule.law.clone());
        let place =
            rules.place_of(rule.versions.get(done.version as usize).map_or(variable.spot, |version| version.spot));
        match (&done.decided, body) {
            (Decided::Exception(at), Some(body)) => {
                let exception = &body.exceptions[*at];
                (By::Exception(exception.name.clone()), vec![exception.law.clone()], rules.place_of(exception.spot))
            }
            (Decided::Requirements(failed), Some(body)) => {
                let all = failed.iter().map(|at| &body.requirements[*at as usize]);
                let mut laws: Vec<String> =
                    all.clone().map(|failed| failed.law.clone().unwrap_or_else(|| own.clone())).collect();
                laws.dedup();
                (By::Requirements(all.map(|failed| failed.spot.line).collect()), laws, place)
            }
            (Decided::Rows(lines), Some(body)) => (By::Rows(lines.clone()), body.laws_of(lines, own), place),
            (decided, _) => (plain(decided), vec![own], place),
        }
    }

    fn read(&self, (scale, at, version): (bool, u32, u32)) -> ParameterRead {
        let since = |since: Option<jiff::civil::Date>| since.map_or("the beginning".to_owned(), |day| day.to_string());
        if scale {
            let scale = &self.rules.scales[at as usize];
            let version = &scale.versions[version as usize];
            let value = format!("a scale of {} brackets", version.what.len());
            return ParameterRead {
                name: scale.name.clone(),
                label: None,
                value,
                since: since(version.since),
                law: scale.law.clone(),
            };
        }
        let parameter = &self.rules.parameters[at as usize];
        let version = &parameter.versions[version as usize];
        let shown = |raw: &Raw| self.rules.shown(parameter.kind, raw).to_string();
        let value = version.what.as_ref().map_or_else(String::new, shown);
        let (name, label) = (parameter.name.clone(), parameter.label.clone());
        ParameterRead { name, label, value, since: since(version.since), law: parameter.law.clone() }
    }
}

impl Body {
    /// The law of these rows, and that of the version for rows without one.
    fn laws_of(&self, lines: &[u32], own: String) -> Vec<String> {
        let Some(crate::model::Formula::Table(table)) = &self.formula else { return vec![own] };
        let rows = table.rows.iter().chain(&table.otherwise).filter(|row| lines.contains(&row.spot.line));
        let mut laws: Vec<String> = rows.map(|row| row.law.clone().unwrap_or_else(|| own.clone())).collect();
        laws.dedup();
        if laws.is_empty() {
            laws.push(own);
        }
        laws
    }
}

fn plain(decided: &Decided) -> By {
    match decided {
        Decided::Given => By::Given,
        Decided::Otherwise => By::Otherwise,
        Decided::Missing => By::Missing,
        Decided::Unknown => By::NotYetKnown,
        Decided::NotInForce => By::NotInForce,
        _ => By::Formula,
    }
}
