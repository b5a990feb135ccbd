//! Common properties (tabular-metadata 5.8): anything that is said with terms of other vocabularies.

use crate::{Findings, address, datatype::Base};
use serde_json::{Map, Value as Json};

/// Prefixes that are known without being declared (the context of CSVW, which has those of RDFa).
const PREFIXES: &[&str] = &[
    "as", "cc", "csvw", "ctag", "dc", "dc11", "dcat", "dcterms", "dctypes", "dqv", "duv", "foaf", "gr", "grddl",
    "ical", "ldp", "ma", "oa", "og", "org", "owl", "prov", "ptr", "qb", "rdf", "rdfa", "rdfs", "rev", "rif", "role",
    "rr", "schema", "sd", "sioc", "skos", "skosxl", "v", "vcard", "void", "wdr", "wdrs", "wot", "wrds", "xhv", "xml",
    "xsd",
];
/// Terms of CSVW itself that may be types.
const TERMS: &[&str] = &[
    "Cell",
    "Column",
    "Datatype",
    "Dialect",
    "Direction",
    "ForeignKey",
    "NumericFormat",
    "Row",
    "Schema",
    "Table",
    "TableGroup",
    "TableReference",
    "Transformation",
    "Template",
];
/// How deep they may be nested.
const DEPTH_LIMIT: usize = 50;

/// Whether a property is one of another vocabulary.
pub fn is_common(key: &str) -> bool {
    key.split_once(':')
        .is_some_and(|(prefix, rest)| PREFIXES.contains(&prefix) || rest.starts_with("//") || address::is_absolute(key))
}

/// Whether it is a language tag (BCP 47), by its form.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_first = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_private = (first == "x" || first == "i") && text.len() > 2;
    // A single letter begins an extension, which has more parts than itself.
    let rest: Vec<&str> = parts.collect();
    let good = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_form = rest.iter().all(good);
    let mut languages = rest.iter().take_while(|part| part.len() != 1);
    let sized = languages.all(|part| match part.len() {
        2 | 3 => {
            part.bytes().all(|byte| byte.is_ascii_alphabetic())
                || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
        }
        4 => true,
        5..=8 => true,
        _ => false,
    });
    let is_extended = rest.last().is_none_or(|last| last.len() > 1);
    (is_first || is_private) && is_form && sized && is_extended
}

/// Looks at a value of a common property; what is wrong is an error.
pub fn check(value: &Json, place: &str, findings: &mut Findings) {
    check_at(value, place, 0, findings);
}

fn check_at(value: &Json, place: &str, depth: usize, findings: &mut Findings) {
    if depth > DEPTH_LIMIT {
        return findings.error(place, "common properties are nested too deep");
    }
    match value {
        Json::Array(all) => all.iter().for_each(|one| check_at(one, place, depth + 1, findings)),
        Json::Object(object) if object.contains_key("@value") => check_value(object, place, findings),
        Json::Object(object) => {
            for (key, inner) in object {
                match key.as_str() {
                    "@id" => check_id(inner, place, findings),
                    "@type" => check_type(inner, place, findings),
                    key if key.starts_with('@') => {
                        findings.error(place, format!("“{key}” cannot stand in a common property"));
                    }
                    _ => check_at(inner, place, depth + 1, findings),
                }
            }
        }
        _ => {}
    }
}

fn check_id(id: &Json, place: &str, findings: &mut Findings) {
    if id.as_str().is_none_or(|id| id.starts_with("_:")) {
        findings.error(place, format!("{id} cannot be an id: it must be an address and no blank node"));
    }
}

fn check_type(value: &Json, place: &str, findings: &mut Findings) {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    for one in all {
        let is_good = one.as_str().is_some_and(|text| {
            TERMS.contains(&text)
                || Base::of(text).is_some()
                || (!text.starts_with("_:") && !text.contains(' ') && is_common(text))
        });
        if !is_good {
            findings.error(place, format!("{one} cannot be a type: it must be a term that is known or an address"));
        }
    }
}

fn check_value(object: &Map<String, Json>, place: &str, findings: &mut Findings) {
    if object.contains_key("@type") && object.contains_key("@language") {
        findings.error(place, "a value has a type or a language, never both");
    }
    for (key, inner) in object {
        match key.as_str() {
            "@value" => {
                if inner.is_object() || inner.is_array() {
                    findings.error(place, "“@value” is a text, a number or a truth value");
                }
            }
            "@type" => check_type(inner, place, findings),
            "@language" => {
                if !inner.as_str().is_some_and(is_language) {
                    findings.error(place, format!("{inner} is no language"));
                }
            }
            key => findings.error(place, format!("“{key}” cannot stand beside “@value”")),
        }
    }
}
