//! `polity rules import-dmn`: decision tables and simple expressions of DMN, said in our language.
//!
//! What cannot be said the same way is refused by its name, never left out.

mod feel;
mod xml;

use super::load;
use anyhow::{Context, bail};
use clap::Args;
use feel::{Cell, Feel, Names};
use rules::{Rules, Source};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::PathBuf,
};
use xml::Element;

/// A DMN model.
#[derive(Debug, Args)]
pub struct DmnArgs {
    /// The model, as XML.
    pub file: PathBuf,
}

/// Says the model in our language.
///
/// # Errors
/// What it has that our language cannot say.
pub fn answer(asked: &DmnArgs) -> anyhow::Result<String> {
    import(&load::text(&asked.file)?).with_context(|| asked.file.display().to_string())
}

/// The questions of inputs and the labels of rules are the model's own names; a decision with several outputs is `Decision.Output`.
fn import(source: &str) -> anyhow::Result<String> {
    let model = Model::read(xml::read(source)?)?;
    let mut text = format!("# From the DMN model “{}”.\n\nentity case\n", model.title);
    for (data, kind) in &model.inputs {
        let name = &model.names[data];
        let _ = write!(text, "\ninput {name}: {kind} of case, forever\n  ask \"{}\"\n", quoted(data));
    }
    for decision in &model.decisions {
        model
            .decision(decision, &mut text)
            .with_context(|| format!("the decision “{}”", decision.attribute("name").unwrap_or("")))?;
    }
    // What our own checker does not accept is no translation.
    if let Err(troubles) = Rules::read(&[Source { name: "the translation", text: &text }]) {
        bail!("{}", troubles.first().map_or_else(String::new, ToString::to_string));
    }
    Ok(text)
}

struct Model {
    title: String,
    /// Input data with our type.
    inputs: Vec<(String, &'static str)>,
    decisions: Vec<Element>,
    /// DMN's names and ours.
    names: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
}

impl Model {
    fn read(root: Element) -> anyhow::Result<Self> {
        if root.name != "definitions" {
            bail!("this is no DMN model: its root is “{}”", root.name);
        }
        if let Some(other) =
            ["import", "businessKnowledgeModel", "decisionService"].into_iter().find(|name| root.first(name).is_some())
        {
            bail!("“{other}” cannot be said in our language");
        }
        let mut types = BTreeMap::new();
        for item in root.all("itemDefinition") {
            let base = item.first("typeRef").map(|base| base.text.trim().to_owned());
            let plain = base
                .filter(|_| item.first("itemComponent").is_none() && item.attribute("isCollection") != Some("true"));
            types.insert(
                item.attribute("name").unwrap_or("").to_owned(),
                plain.unwrap_or_else(|| "a structure or list".to_owned()),
            );
        }
        let title = quoted(root.attribute("name").unwrap_or("model"));
        let mut model = Self { title, inputs: Vec::new(), decisions: Vec::new(), names: BTreeMap::new(), types };
        let mut taken = BTreeSet::from(["case".to_owned()]);
        for element in root.children {
            let name = element.attribute("name").unwrap_or("").to_owned();
            match element.name.as_str() {
                "inputData" => {
                    let kind =
                        element.first("variable").and_then(|variable| variable.attribute("typeRef")).unwrap_or("");
                    let kind = model.kind(kind).with_context(|| format!("the input “{name}”"))?;
                    model.inputs.push((name.clone(), kind));
                }
                "decision" => model.decisions.push(element),
                _ => continue,
            }
            let ours = slug(&name, &mut taken);
            model.names.insert(name, ours);
        }
        if model.decisions.is_empty() {
            bail!("there is no decision in this model");
        }
        Ok(model)
    }

    /// Our type for one of DMN's.
    fn kind(&self, named: &str) -> anyhow::Result<&'static str> {
        let plain = named.rsplit(':').next().unwrap_or(named);
        let plain = plain.rsplit('.').next().unwrap_or(plain);
        match self.types.get(plain).map_or(plain, String::as_str) {
            "number" => Ok("number"),
            "string" => Ok("text"),
            "boolean" => Ok("yesno"),
            "date" => Ok("date"),
            "" => bail!("it has no type"),
            other => bail!("the type “{other}” cannot be said in our language"),
        }
    }

    /// Names that FEEL may use: inputs, and decisions with one output.
    fn feel_names(&self) -> Names {
        Names(self.names.iter().map(|(theirs, ours)| (theirs.clone(), ours.clone())).collect())
    }

    fn decision(&self, decision: &Element, text: &mut String) -> anyhow::Result<()> {
        let name = decision.attribute("name").unwrap_or("");
        let ours = &self.names[name];
        let own_type = decision.first("variable").and_then(|variable| variable.attribute("typeRef")).unwrap_or("");
        let law = format!("DMN model {}, decision {}", self.title, quoted(name));
        if let Some(expression) = decision.first("literalExpression") {
            let said = self.feel(expression.inner_text())?;
            let (kind, label) = (self.kind(own_type)?, quoted(name));
            let _ = write!(
                text,
                "\nrule {ours}: {kind} of case, each day\n  law \"{law}\"\n  label \"{label}\"\n  from the beginning: {said}\n"
            );
            return Ok(());
        }
        let Some(table) = decision.first("decisionTable") else {
            let what = decision.children.iter().find(|child| {
                [
                    "context",
                    "invocation",
                    "list",
                    "relation",
                    "functionDefinition",
                    "conditional",
                    "filter",
                    "for",
                    "some",
                    "every",
                ]
                .contains(&child.name.as_str())
            });
            bail!(
                "“{}” cannot be said in our language",
                what.map_or("a decision without logic", |what| what.name.as_str())
            );
        };
        let outputs: Vec<&Element> = table.all("output").collect();
        for (at, output) in outputs.iter().enumerate() {
            let single = outputs.len() == 1;
            let part = output.attribute("name").unwrap_or("");
            let entries: Vec<&str> =
                table.all("rule").filter_map(|rule| rule.all("outputEntry").nth(at)).map(Element::inner_text).collect();
            let named = output.attribute("typeRef").unwrap_or(if single { own_type } else { "" });
            let kind = self.kind(named).or_else(|wrong| inferred(&entries).ok_or(wrong))?;
            let (rule, theirs) = if single {
                (ours.clone(), name.to_owned())
            } else {
                (format!("{ours}.{}", slug(part, &mut BTreeSet::new())), format!("{name}.{part}"))
            };
            let (body, label) = (self.table(table, at, kind)?, quoted(&theirs));
            let _ = write!(
                text,
                "\nrule {rule}: {kind} of case, each day\n  law \"{law}\"\n  label \"{label}\"\n  from the beginning: {body}"
            );
        }
        Ok(())
    }

    fn feel(&self, source: &str) -> anyhow::Result<String> {
        Feel::new(source, &self.feel_names()).expression().map_err(anyhow::Error::msg)
    }

    /// One output of a table.
    fn table(&self, table: &Element, output: usize, kind: &str) -> anyhow::Result<String> {
        let several = table.all("output").count() > 1;
        let policy = table.attribute("hitPolicy").unwrap_or("UNIQUE");
        let aggregation = table.attribute("aggregation").unwrap_or("");
        let hit = match (policy, aggregation) {
            ("UNIQUE", _) => "unique",
            ("FIRST" | "PRIORITY", _) => "first",
            ("ANY", _) => "any",
            ("COLLECT", "SUM") if !several => "collect sum",
            ("COLLECT", "MIN") if !several => "collect min",
            ("COLLECT", "MAX") if !several => "collect max",
            _ => bail!("the hit policy {policy} {aggregation} gives a list, which our language does not have"),
        };
        let mut rules: Vec<&Element> = table.all("rule").collect();
        if policy == "PRIORITY" {
            by_priority(table, &mut rules)?;
        }
        let names = self.feel_names();
        let mut columns = Vec::new();
        for (at, input) in table.all("input").enumerate() {
            let expression = input.first("inputExpression").map_or("", Element::inner_text);
            let head = self.feel(expression)?;
            let cells = rules
                .iter()
                .map(|rule| Feel::new(rule.all("inputEntry").nth(at).map_or("-", Element::inner_text), &names).cell());
            columns.extend(column(head, cells.collect::<Result<_, _>>().map_err(anyhow::Error::msg)?));
        }
        let mut text = format!("table {hit}\n");
        let heads: Vec<&str> = columns.iter().map(|column| column[0].as_str()).collect();
        let _ =
            writeln!(text, "    | {} || {}", heads.join(" | "), if kind == "number" { "figure" } else { "outcome" });
        for (row, rule) in rules.iter().enumerate() {
            let cells: Vec<&str> = columns.iter().map(|column| column[row + 1].as_str()).collect();
            let value = self.feel(rule.all("outputEntry").nth(output).map_or("", Element::inner_text))?;
            let _ = writeln!(text, "    | {} || {value}", cells.join(" | "));
        }
        if let Some(default) = table.all("output").nth(output).and_then(|output| output.first("defaultOutputEntry")) {
            let _ = writeln!(text, "    | otherwise || {}", self.feel(default.inner_text())?);
        }
        Ok(text)
    }
}

/// A column with its head; two where a range leaves its ends out.
fn column(head: String, cells: Vec<Cell>) -> Vec<Vec<String>> {
    let two = cells.iter().any(|cell| matches!(cell, Cell::Both(..)));
    let (mut first, mut second) = (vec![head.clone()], vec![head]);
    for cell in cells {
        let (one, other) = match cell {
            Cell::Any => ("-".to_owned(), "-".to_owned()),
            Cell::Tests(tests) => (tests, "-".to_owned()),
            Cell::Both(low, high) => (low, high),
        };
        first.push(one);
        second.push(other);
    }
    if two { vec![first, second] } else { vec![first] }
}

/// Rules in the order of their outputs' priority; then the first that applies is the one that PRIORITY means.
fn by_priority(table: &Element, rules: &mut [&Element]) -> anyhow::Result<()> {
    let mut ranks: Vec<Vec<String>> = Vec::new();
    for output in table.all("output") {
        let values = output.first("outputValues").map_or("", Element::inner_text);
        ranks.push(values.split(',').map(|value| value.trim().to_owned()).collect());
    }
    let rank = |rule: &Element| {
        let entries = rule.all("outputEntry").zip(&ranks);
        entries
            .map(|(entry, values)| values.iter().position(|value| value == entry.inner_text()))
            .collect::<Option<Vec<usize>>>()
    };
    if rules.iter().any(|rule| rank(rule).is_none()) {
        bail!("the priority of an output is not in its list of values");
    }
    rules.sort_by_key(|rule| rank(rule));
    Ok(())
}

/// The type of an output that does not say it, by its first entry.
fn inferred(entries: &[&str]) -> Option<&'static str> {
    let first = entries.first()?;
    if first.starts_with('"') {
        return Some("text");
    }
    if matches!(*first, "true" | "false") {
        return Some("yesno");
    }
    first.parse::<f64>().is_ok().then_some("number")
}

/// A name of ours: letters, digits and low lines, no word of the language, and not taken.
fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    let plain = plain.trim_matches('_').to_owned();
    let plain = if plain.starts_with(|letter: char| letter.is_alphabetic()) { plain } else { format!("n_{plain}") };
    let mut ours = if rules::is_reserved(&plain) { format!("the_{plain}") } else { plain.clone() };
    let mut number = 2;
    while !taken.insert(ours.clone()) {
        ours = format!("{plain}_{number}");
        number += 1;
    }
    ours
}

fn quoted(text: &str) -> String {
    text.replace(['"', '\n'], "'")
}
