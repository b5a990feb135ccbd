//! DMN models said in our language: the cases of the Technology Compatibility Kit that fall within it, and what is refused.

use crate::{Folder, polity};
use quick_xml::{Reader, events::Event};
use rules::{FaultKind, Outcome, Rules, Sort, Source};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn kit() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/service/dmn-tck");
    assert!(folder.exists(), "{} is missing: lay `shared` beside the checkout", folder.display());
    folder
}

/// One case: inputs, and what is expected of decisions (`Decision.Output` for one of several); `None` is null.
#[derive(Default, Debug)]
struct Case {
    inputs: Vec<(String, Option<String>)>,
    expected: Vec<(String, Option<String>)>,
}

/// Cases of a file of the kit; whatever has structures or lists keeps its name with nothing known, and is not asked for.
fn cases(source: &str) -> Vec<Case> {
    let mut reader = Reader::from_str(source);
    let (mut all, mut path, mut names): (Vec<Case>, Vec<String>, Vec<String>) = (Vec::new(), Vec::new(), Vec::new());
    let mut text: Option<String> = None;
    let named = |tag: &quick_xml::events::BytesStart<'_>| {
        let name = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == "name");
        name.map(|name| name.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned())
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if name == "testCase" {
                    all.push(Case::default());
                }
                if name == "value" {
                    text = Some(String::new());
                }
                names.extend(named(&tag).filter(|_| ["inputNode", "resultNode", "component"].contains(&name.as_str())));
                path.push(name);
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "value" => keep(&mut all, &path, &names, None),
            Event::Text(more) => {
                if let Some(text) = &mut text {
                    text.push_str(&more);
                }
            }
            Event::End(_) => {
                let name = path.pop().unwrap();
                if name == "value" {
                    keep(&mut all, &path, &names, text.take());
                }
                if ["inputNode", "resultNode", "component"].contains(&name.as_str()) {
                    names.pop();
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn keep(all: &mut [Case], path: &[String], names: &[String], value: Option<String>) {
    let Some(case) = all.last_mut() else { return };
    if path.iter().any(|part| part == "expected") {
        case.expected.push((names.join("."), value));
    } else {
        case.inputs.push((names.join("."), value));
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|end| end == ending));
    all.sort();
    all
}

/// Whether ours says what the kit expects. Null is that no row applies, or that what is needed is not known.
fn right(rules: &Rules, case: &Case) -> Result<usize, String> {
    let variables = rules.variables();
    let mut facts = serde_json::Map::new();
    for (name, value) in &case.inputs {
        let input =
            variables.iter().find(|variable| variable.sort == Sort::Input && variable.ask.as_ref() == Some(name));
        let input = input.ok_or_else(|| format!("there is no input {name}"))?;
        facts.insert(input.name.clone(), value.clone().into());
    }
    let day = "2026-01-01".parse().unwrap();
    let situation = rules.situation_from_json(&facts.into(), day)?;
    for (name, expected) in &case.expected {
        let rule = variables.iter().find(|variable| variable.label.as_ref() == Some(name));
        let rule = rule.ok_or_else(|| format!("there is no decision {name}"))?;
        let found = rules.evaluate(&situation, &rule.name, "case", day).map(|answer| answer.outcome);
        let same = match (&found, expected) {
            (Ok(Outcome::Value { value }), Some(expected)) => match (value.as_decimal(), expected.parse::<f64>()) {
                (Some(ours), Ok(theirs)) => {
                    (ours.to_string().parse::<f64>().unwrap() - theirs).abs() <= 1e-9 * theirs.abs().max(1.0)
                }
                _ => rules.value_from_text(&rule.name, expected).as_ref() == Ok(value),
            },
            (Ok(Outcome::NotYetKnown { .. }), None) => true,
            (Err(fault), None) => fault.kind == FaultKind::NoRow,
            _ => false,
        };
        if !same {
            return Err(format!("{name}: {found:?}, expected {expected:?}"));
        }
    }
    Ok(case.expected.len())
}

#[test]
fn the_kit_is_read_refused_or_right() {
    let (mut read, mut refused, mut cases_right, mut results) = (Vec::new(), BTreeMap::new(), 0, 0);
    for level in ["compliance-level-2", "compliance-level-3"] {
        let mut folders: Vec<PathBuf> =
            fs::read_dir(kit().join(level)).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        for folder in folders {
            for model in files(&folder, "dmn") {
                let name = model.file_name().unwrap().to_str().unwrap().to_owned();
                let text = match polity(&["rules", "import-dmn", model.to_str().unwrap()]) {
                    Ok(text) => text,
                    Err(why) => {
                        refused.insert(name, why);
                        continue;
                    }
                };
                let rules = Rules::read(&[Source { name: &name, text: &text }]).unwrap();
                for test in files(&folder, "xml") {
                    for (case, number) in cases(&fs::read_to_string(test).unwrap()).iter().zip(1..) {
                        results += right(&rules, case)
                            .unwrap_or_else(|wrong| panic!("{name}, case {number}: {wrong}\n{text}"));
                        cases_right += 1;
                    }
                }
                read.push(name);
            }
        }
    }
    assert_eq!((read.len(), refused.len(), cases_right, results), (14, 96, 46, 53));
    assert!(
        refused.values().all(|why| why.contains("cannot be said")
            || why.contains("“")
            || why.contains("type")
            || why.contains("list")),
        "{refused:#?}"
    );
}

#[test]
fn hostile_models_are_refused() {
    let folder = Folder::make();
    let refused = |text: &str| polity(&["rules", "import-dmn", &folder.put("model.dmn", text)]).unwrap_err();
    assert!(refused("<a>").contains("has no end"));
    assert!(refused("<a/>").contains("its root is “a”"));
    assert!(refused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").contains("document type"));
    assert!(refused(&"<a>".repeat(5_000)).contains("60 deep"));
    let decision = |feel: &str| {
        refused(&format!(
            "<definitions name='m'><decision name='d'><variable name='d' typeRef='number'/><literalExpression><text>{feel}</text></literalExpression></decision></definitions>"
        ))
    };
    assert!(decision("2 ** 3").contains("powers cannot be said"));
    assert!(decision(&format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000))).contains("too deep"));
    assert!(decision("for x in [1, 2] return x").contains("cannot be said in our language"));
    assert!(decision("\"a\" + 1").contains("Expected a number or money"));
}
