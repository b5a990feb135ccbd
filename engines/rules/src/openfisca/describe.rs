//! The description of the API for these rules, in OpenAPI.

use super::{object, plural, views::member_schema};
use crate::model::Rules;
use serde_json::{Value as Json, json};

/// `GET /spec`: OpenAPI 3.1, with a schema for each entity; `title`, `version` and `base`, the address of the API, are told as given.
pub fn describe(rules: &Rules, title: &str, version: &str, base: &str) -> Json {
    let of = |name: &str| format!("#/components/schemas/{name}");
    let all = || rules.entities.iter().enumerate();
    let kinds = |(_, entity): (usize, &crate::model::Entity)| {
        (plural(&entity.name), json!({"type": "object", "additionalProperties": {"$ref": of(&entity.name)}}))
    };
    let situation = json!({"type": "object", "properties": object(all().map(kinds)), "additionalProperties": false});
    let names = |(_, entity): (usize, &crate::model::Entity)| {
        (plural(&entity.name), json!({"type": "array", "items": {"type": "string"}}))
    };
    let mut schemas = object(all().map(|(at, entity)| (entity.name.clone(), member_schema(rules, at))));
    schemas["SituationInput"] = situation.clone();
    schemas["SituationOutput"] = situation;
    schemas["Trace"] = json!({
        "type": "object", "required": ["trace", "entitiesDescription", "requestedCalculations"],
        "properties": {
            "requestedCalculations": {"type": "array", "items": {"type": "string"}},
            "entitiesDescription": {"type": "object", "properties": object(all().map(names)), "additionalProperties": false},
            "trace": {"type": "object", "additionalProperties": {"type": "object", "properties": {
                "value": {"type": "array", "description": "One for each member of the entity, in the order of entitiesDescription; null where there is none."},
                "dependencies": {"type": "array", "items": {"type": "string"}},
                "parameters": {"type": "object", "description": "Figures of the law that the rule names, as of the first day of the period."},
                "outcome": {"type": "array", "description": "For each member: given, value, entitled, not_entitled with reasons, not_yet_known with what is needed."},
                "law": {"type": "array", "items": {"type": "string"}},
            }}},
        },
    });
    let object_of = |description: &str| json!({"description": description, "content": {"application/json": {"schema": {"type": "object"}}}});
    let read = |id: &str, summary: &str| json!({"get": {"operationId": id, "summary": summary, "responses": {"200": object_of(summary)}}});
    let one = |id: &str, summary: &str, name: &str| {
        json!({"get": {
            "operationId": id, "summary": summary, "parameters": [{"name": name, "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": object_of(summary), "404": {"description": "There is none of this name."}},
        }})
    };
    let run = |id: &str, summary: &str, answer: &str| {
        let json = |schema: &str| json!({"application/json": {"schema": {"$ref": of(schema)}}});
        json!({"post": {
            "operationId": id, "summary": summary, "requestBody": {"required": true, "content": json("SituationInput")},
            "responses": {
                "200": {"description": summary, "content": json(answer)},
                "400": object_of("What is wrong, as a sentence at its place."),
                "404": object_of("A variable that does not exist, at its place."),
            },
        }})
    };
    json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": base}],
        "paths": {
            "/calculate": run("calculate", "Every null of the situation is worked out", "SituationOutput"),
            "/trace": run("trace", "Every null of the situation is worked out, with all steps", "Trace"),
            "/entities": read("getEntities", "Who there is"),
            "/variables": read("getVariables", "Inputs, rules and entitlements"),
            "/variable/{variableID}": one("getVariable", "One of them", "variableID"),
            "/parameters": read("getParameters", "Figures of the law by date"),
            "/parameter/{parameterID}": one("getParameter", "One of them", "parameterID"),
            "/spec": read("spec", "This description"),
        },
        "components": {"schemas": schemas},
    })
}

/// Names that the description gives to schemas of its own are no names of entities: those are written small.
#[cfg(test)]
mod tests {
    #[test]
    fn a_schema_of_ours_is_no_entity() {
        let rules =
            crate::Rules::read(&[crate::Source { name: "t", text: "entity trace\ninput x: yesno of trace, forever" }]);
        let spec = super::describe(&rules.unwrap_or_else(|troubles| panic!("{troubles:?}")), "t", "1.0.0", "http://t");
        assert!(spec["components"]["schemas"]["trace"]["properties"]["x"].is_object());
        assert!(spec["components"]["schemas"]["Trace"]["properties"]["trace"].is_object());
    }
}
