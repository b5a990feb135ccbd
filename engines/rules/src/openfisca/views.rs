//! What there is: entities, variables, parameters and scales.

use super::{object, plain, plural};
use crate::{
    model::{Rules, Since, Variable, What},
    period::Unit,
    trouble::Spot,
    value::Type,
};
use serde_json::{Map, Value as Json, json};

/// The day that stands for “the beginning”, as OpenFisca writes it.
const BEGINNING: &str = "0001-01-01";
/// Words with which an item of the language begins.
const ITEMS: [&str; 7] = ["entity", "choice", "parameter", "scale", "input", "rule", "entitlement"];

fn since<T>(version: &Since<T>) -> String {
    version.since.map_or_else(|| BEGINNING.to_owned(), |day| day.to_string())
}

/// `GET /entities`.
pub fn entities(rules: &Rules) -> Json {
    object(rules.entities.iter().map(|entity| {
        let mut view = json!({"plural": plural(&entity.name), "description": entity.name, "documentation": ""});
        if let Some((member, roles)) = &entity.group {
            view["documentation"] = json!(format!("A group of {}.", plural(&rules.entities[*member].name)));
            // A role is named as members are listed under it.
            view["roles"] =
                object(roles.iter().map(|role| (role.clone(), json!({"plural": role, "description": role}))));
        }
        (entity.name.clone(), view)
    }))
}

/// `GET /variables`; `base` is the address of the API, without a slash at its end.
pub fn variables(rules: &Rules, base: &str) -> Json {
    let view = |variable: &Variable| json!({"description": label(variable), "href": format!("{base}/variable/{}", variable.name)});
    object(rules.variables.iter().map(|variable| (variable.name.clone(), view(variable))))
}

fn label(variable: &Variable) -> Option<&str> {
    match &variable.what {
        What::Input { ask, .. } => ask.as_deref(),
        What::Rule(rule) => rule.label.as_deref(),
    }
}

/// `GET /variable/{name}`; `texts` are the sources from which the rules were read, and `source` is where people read them. `None`: there is no such variable.
pub fn variable(rules: &Rules, name: &str, texts: &[&str], source: &str) -> Option<Json> {
    let found = &rules.variables[*rules.by_name.get(name)?];
    let mut view = json!({
        "id": found.name, "description": label(found), "valueType": value_type(found.kind), "definitionPeriod": unit(found.unit),
        "entity": rules.entity_of(found).name, "defaultValue": null, "source": source,
    });
    if let Type::Choice(at) = found.kind {
        view["possibleValues"] =
            object(rules.choices[at].options.iter().map(|option| (option.clone(), json!(option.replace('_', " ")))));
    }
    match &found.what {
        What::Input { otherwise, law, .. } => {
            view["defaultValue"] = otherwise.as_ref().map_or(Json::Null, |raw| plain(&rules.shown(found.kind, raw)));
            view["references"] = json!(law.iter().collect::<Vec<_>>());
        }
        What::Rule(rule) => {
            view["references"] = json!([rule.law]);
            let content = texts.get(found.spot.source as usize).map(|text| item(text, found.spot));
            let formula = |body: &crate::model::Body| match body.formula {
                Some(_) => json!({"content": content, "source": source}),
                None => Json::Null,
            };
            view["formulas"] = object(rule.versions.iter().map(|version| (since(version), formula(&version.what))));
        }
    }
    Some(view)
}

fn value_type(kind: Type) -> &'static str {
    match kind {
        Type::Yesno => "Boolean",
        Type::Integer => "Int",
        Type::Number | Type::Money => "Float",
        Type::Day => "Date",
        Type::Text | Type::Choice(_) => "String",
    }
}

const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "DAY",
        Unit::Month => "MONTH",
        Unit::Year => "YEAR",
        Unit::Forever => "ETERNITY",
    }
}

/// The text of an item, from the line on which it stands up to the next.
fn item(text: &str, spot: Spot) -> String {
    let begins =
        |line: &str| line.split_whitespace().next().is_some_and(|word| ITEMS.contains(&word) || word.starts_with('#'));
    let mut lines = text.lines().skip((spot.line as usize).saturating_sub(1));
    let first = lines.next().unwrap_or_default();
    let own = std::iter::once(first).chain(lines.take_while(|line| !begins(line)));
    own.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// `GET /parameters`, scales among them; `base` is the address of the API, without a slash at its end.
pub fn parameters(rules: &Rules, base: &str) -> Json {
    let view = |name: &str, label: Option<&String>| {
        let href = format!("{base}/parameter/{}", name.replace('.', "/"));
        (name.to_owned(), json!({"description": label, "href": href}))
    };
    let all = rules.parameters.iter().map(|one| view(&one.name, one.label.as_ref()));
    object(all.chain(rules.scales.iter().map(|one| view(&one.name, None))))
}

/// `GET /parameter/{name}`, with slashes or points in the name; `source` is where people read the rules. `None`: there is no such parameter or scale.
pub fn parameter(rules: &Rules, name: &str, source: &str) -> Option<Json> {
    let name = name.replace('/', ".");
    let view = |label: Option<&String>, law: &str| json!({"id": name, "description": label, "metadata": {"reference": law}, "source": source});
    if let Some(found) = rules.parameters.iter().find(|one| one.name == name) {
        let mut one = view(found.label.as_ref(), &found.law);
        let value = |raw: &crate::value::Raw| plain(&rules.shown(found.kind, raw));
        one["values"] = object(
            found.versions.iter().map(|version| (since(version), version.what.as_ref().map_or(Json::Null, value))),
        );
        return Some(one);
    }
    let found = rules.scales.iter().find(|one| one.name == name)?;
    let mut one = view(None, &found.law);
    one["brackets"] =
        object(found.versions.iter().map(|version| (since(version), super::trace::brackets(&version.what))));
    Some(one)
}

/// Values of a type as JSON Schema has them; `null` is what is asked for, and what has no value.
pub(super) fn schema(rules: &Rules, kind: Type) -> Json {
    match kind {
        Type::Yesno => json!({"type": ["boolean", "null"]}),
        Type::Integer => json!({"type": ["integer", "null"]}),
        Type::Number | Type::Money => json!({"type": ["number", "null"]}),
        Type::Day => json!({"type": ["string", "null"], "format": "date"}),
        Type::Text => json!({"type": ["string", "null"]}),
        Type::Choice(at) => {
            let options = rules.choices[at].options.iter().map(|option| json!(option)).chain([Json::Null]);
            json!({"type": ["string", "null"], "enum": options.collect::<Vec<_>>()})
        }
    }
}

/// What one member of an entity may have.
pub(super) fn member_schema(rules: &Rules, at: usize) -> Json {
    let names = || json!({"type": ["array", "string"], "items": {"type": "string"}});
    let roles = rules.entities[at].group.iter().flat_map(|(_, roles)| roles).map(|role| (role.clone(), names()));
    let own = rules.variables.iter().filter(|variable| variable.entity == at);
    let by_period =
        |variable: &Variable| json!({"type": "object", "additionalProperties": schema(rules, variable.kind)});
    let properties: Map<String, Json> =
        roles.chain(own.map(|variable| (variable.name.clone(), by_period(variable)))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}
