//! Forms as JSON Schema 2020-12, with what a schema does not know under `x-polity`.

use super::bounds::{Bounds, of_schema, to_schema};
use super::shape::{Condition, Field, Form, FormPage, Kind, check};
use civic::LocalText;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use web::Refusal;

/// The dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Values inside one another.
const DEPTH_LIMIT: usize = 16;
/// Values in all.
const VALUES_LIMIT: usize = 60_000;

/// Why a schema is no form.
pub type SchemaRefusal = Refusal;

/// What `x-polity` of a page says.
#[derive(Debug, Serialize, Deserialize)]
struct PageHint {
    id: String,
    title: LocalText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<LocalText>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "showIf")]
    show_if: Option<Condition>,
    #[serde(default)]
    repeat: u32,
    fields: Vec<String>,
}

/// What `x-polity` of a question says.
#[derive(Debug, Serialize, Deserialize)]
struct FieldHint {
    kind: Kind,
    label: LocalText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<LocalText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<super::shape::Choice>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    formula: String,
    #[serde(default, skip_serializing_if = "String::is_empty", rename = "atMost")]
    at_most: String,
}

/// The schema of a form's answers.
pub fn write(form: &Form, id: &str, title: &LocalText) -> Value {
    let mut properties = Map::new();
    let (mut required, mut branches) = (Vec::new(), Vec::new());
    for page in &form.pages {
        let own = page.fields.iter().filter(|field| field.required && field.kind != Kind::Calculated);
        let mut own: Vec<&str> = own.map(|field| field.name.as_str()).collect();
        if page.repeat > 0 {
            let inner: Map<String, Value> =
                page.fields.iter().map(|field| (field.name.clone(), property(field))).collect();
            let item = json!({"type": "object", "properties": inner, "required": own, "additionalProperties": false});
            properties.insert(page.id.clone(), json!({"type": "array", "items": item, "maxItems": page.repeat}));
            own = if own.is_empty() { Vec::new() } else { vec![&page.id] };
        } else {
            properties.extend(page.fields.iter().map(|field| (field.name.clone(), property(field))));
        }
        match &page.show_if {
            None => required.extend(own),
            Some(_) if own.is_empty() => {}
            Some(condition) => branches.push(branch(form, condition, &own)),
        }
    }
    let mut schema = json!({
        "$schema": DIALECT,
        "$id": id,
        "title": title.in_language(civic::Language::En),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "x-polity": {"pages": form.pages.iter().map(page_hint).collect::<Vec<_>>()},
    });
    if !branches.is_empty() {
        schema["allOf"] = Value::Array(branches);
    }
    schema
}

fn branch(form: &Form, condition: &Condition, own: &[&str]) -> Value {
    let kind = form.field(&condition.field).map(|(_, field)| field.kind);
    let test = match kind {
        Some(Kind::YesNo) => json!({"const": condition.is == "yes"}),
        Some(Kind::Several) => json!({"contains": {"const": condition.is}}),
        _ => json!({"const": condition.is}),
    };
    json!({
        "if": {"properties": {condition.field.as_str(): test}, "required": [condition.field]},
        "then": {"required": own},
    })
}

fn page_hint(page: &FormPage) -> PageHint {
    PageHint {
        id: page.id.clone(),
        title: page.title.clone(),
        hint: page.hint.clone(),
        show_if: page.show_if.clone(),
        repeat: page.repeat,
        fields: page.fields.iter().map(|field| field.name.clone()).collect(),
    }
}

fn property(field: &Field) -> Value {
    let values = || field.choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>();
    let mut schema = match field.kind {
        Kind::Text | Kind::Signature => json!({"type": "string", "maxLength": 300}),
        Kind::LongText | Kind::Address => json!({"type": "string", "maxLength": 4000}),
        Kind::Number if field.bounds.whole => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Money | Kind::Calculated => json!({"type": "integer", "description": "In cents."}),
        Kind::Date => json!({"type": "string", "format": "date"}),
        Kind::YesNo => json!({"type": "boolean"}),
        Kind::Choice => json!({"type": "string", "enum": values()}),
        Kind::Several => json!({"type": "array", "items": {"enum": values()}, "uniqueItems": true}),
        Kind::District => json!({"type": "string"}),
        Kind::Email => json!({"type": "string", "format": "email"}),
        Kind::Phone => json!({"type": "string", "pattern": "^[0-9 +\\-/().]{5,40}$"}),
        Kind::Upload => json!({"type": "array", "items": {"type": "string", "format": "uuid"}}),
    };
    for (key, bound) in [("minimum", field.bounds.least), ("maximum", field.bounds.most)] {
        if let Some(bound) = bound {
            schema[key] = to_schema(bound, field.kind);
        }
    }
    let hint = FieldHint {
        kind: field.kind,
        label: field.label.clone(),
        hint: field.hint.clone(),
        choices: field.choices.clone(),
        formula: field.formula.clone(),
        at_most: field.bounds.at_most.clone(),
    };
    schema["title"] = json!(field.label.in_language(civic::Language::En));
    schema["x-polity"] = json!(hint);
    schema
}

/// Reads a form back from its schema. References of every kind are refused, so nothing is ever fetched and nothing recurs.
///
/// # Errors
/// What cannot be taken over.
pub fn read(text: &str) -> Result<Form, SchemaRefusal> {
    let unreadable = || Refusal::new("schema-unreadable").at("schema");
    let value: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
    look_through(&value)?;
    if value.get("$schema").is_some_and(|dialect| dialect != DIALECT) {
        return Err(Refusal::new("schema-dialect").at("schema"));
    }
    let hints: Vec<PageHint> = value
        .pointer("/x-polity/pages")
        .and_then(|pages| serde_json::from_value(pages.clone()).ok())
        .ok_or_else(unreadable)?;
    let properties = value.get("properties").ok_or_else(unreadable)?;
    let required = names(value.get("required"));
    let branches = value.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let branched: Vec<String> = branches.flat_map(|branch| names(branch.pointer("/then/required"))).collect();
    let mut form = Form::default();
    for hint in hints {
        let page = properties.get(&hint.id).and_then(|page| page.get("items"));
        let inner = page.and_then(|items| items.get("properties")).filter(|_| hint.repeat > 0);
        let inner_required = names(page.and_then(|items| items.get("required")));
        let is_required = |name: &String| match inner {
            Some(_) => inner_required.contains(name),
            None => required.contains(name) || branched.contains(name),
        };
        let field = |name: &String| field(inner.unwrap_or(properties).get(name)?, name, is_required(name));
        let fields: Option<Vec<Field>> = hint.fields.iter().map(field).collect();
        let PageHint { id, title, hint, show_if, repeat, .. } = hint;
        form.pages.push(FormPage { id, title, hint, show_if, repeat, fields: fields.ok_or_else(unreadable)? });
    }
    check(&form).map(|()| form).map_err(|refusal| refusal.at("schema"))
}

fn field(value: &Value, name: &str, required: bool) -> Option<Field> {
    let hint: FieldHint = serde_json::from_value(value.get("x-polity")?.clone()).ok()?;
    let FieldHint { kind, label, hint, choices, formula, at_most } = hint;
    let bound = |key: &str| match value.get(key) {
        Some(bound) => of_schema(bound, kind).map(Some),
        None => Some(None),
    };
    let whole = kind == Kind::Number && value.get("type").is_some_and(|of| of == "integer");
    let bounds = Bounds { whole, least: bound("minimum")?, most: bound("maximum")?, at_most };
    Some(Field { name: name.to_owned(), kind, label, hint, required, choices, formula, bounds })
}

fn names(value: Option<&Value>) -> Vec<String> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Refuses references, and what is too large, before anything of it is used.
fn look_through(value: &Value) -> Result<(), Refusal> {
    let (mut waiting, mut seen) = (vec![(value, 0)], 0_usize);
    while let Some((value, depth)) = waiting.pop() {
        seen += 1;
        if depth > DEPTH_LIMIT || seen > VALUES_LIMIT {
            return Err(Refusal::new("schema-large").at("schema").with("most", VALUES_LIMIT));
        }
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    if matches!(key.as_str(), "$ref" | "$dynamicRef" | "$recursiveRef") {
                        return Err(Refusal::new("schema-reference").at("schema"));
                    }
                    waiting.push((value, depth + 1));
                }
            }
            Value::Array(list) => waiting.extend(list.iter().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::bounds::Bounds;
    use crate::shape::{Choice, Condition, Field, Form, FormPage, Kind};
    use civic::LocalText;
    use serde_json::json;

    fn field(name: &str, kind: Kind, required: bool) -> Field {
        let choices = match kind {
            Kind::Choice | Kind::Several => vec![Choice { value: "a".to_owned(), label: LocalText::plain("A") }],
            _ => Vec::new(),
        };
        let formula = if kind == Kind::Calculated { "f_money * 2".to_owned() } else { String::new() };
        let label = LocalText::plain(name);
        let bounds = match kind {
            Kind::Number => Bounds { whole: true, least: Some(100), most: Some(2_000), at_most: String::new() },
            Kind::Money => Bounds { least: Some(50), ..Bounds::default() },
            _ => Bounds::default(),
        };
        Field {
            name: name.to_owned(),
            kind,
            label: label.clone(),
            hint: Some(label),
            required,
            choices,
            formula,
            bounds,
        }
    }

    fn page(id: &str, fields: Vec<Field>) -> FormPage {
        FormPage { id: id.to_owned(), title: LocalText::plain(id), hint: None, show_if: None, repeat: 0, fields }
    }

    fn all_kinds() -> Form {
        let one = |kind: &Kind| {
            let name = format!("f_{}", kind.word().replace('-', "_"));
            page(&format!("p_{}", kind.word().replace('-', "_")), vec![field(&name, *kind, *kind != Kind::Calculated)])
        };
        let mut pages: Vec<FormPage> = Kind::ALL.iter().map(one).collect();
        let mut children =
            page("children", vec![field("child_name", Kind::Text, true), field("age", Kind::Number, false)]);
        children.repeat = 4;
        children.show_if = Some(Condition { field: "f_yes_no".to_owned(), is: "yes".to_owned() });
        pages.push(children);
        Form { pages }
    }

    #[test]
    fn a_form_comes_back_from_its_schema() {
        let form = all_kinds();
        let schema = write(&form, "http://town.test/x", &LocalText::plain("x"));
        assert_eq!(schema["properties"]["f_money"]["type"], "integer");
        let number = &schema["properties"]["f_number"];
        assert_eq!(
            (&number["type"], &number["minimum"], &number["maximum"]),
            (&json!("integer"), &json!(1), &json!(20))
        );
        assert_eq!(schema["allOf"][0]["then"]["required"], json!(["children"]));
        assert_eq!(read(&schema.to_string()).unwrap(), form);
    }

    #[test]
    fn references_and_bombs_are_refused() {
        let schema = write(&all_kinds(), "http://town.test/x", &LocalText::plain("x"));
        for (key, to) in
            [("$ref", "https://evil.example/s.json"), ("$ref", "#"), ("$dynamicRef", "#node"), ("$recursiveRef", "#")]
        {
            let mut bad = schema.clone();
            bad["properties"]["f_text"] = json!({ key: to });
            assert_eq!(read(&bad.to_string()).unwrap_err().code, "schema-reference");
        }
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read(&deep).unwrap_err().code, "schema-large");
        let deeper = "[".repeat(200_000);
        assert_eq!(read(&deeper).unwrap_err().code, "schema-unreadable");
        assert_eq!(read("{}").unwrap_err().code, "schema-unreadable");
        let mut many = all_kinds();
        let fields = |page: usize| (0..20).map(|at| field(&format!("n{page}_{at}"), Kind::Text, false)).collect();
        many.pages = (0..500).map(|at| page(&format!("p{at}"), fields(at))).collect();
        let many = write(&many, "x", &LocalText::plain("x")).to_string();
        assert!(matches!(read(&many).unwrap_err().code, "schema-large" | "form-pages-many"));
    }
}
