//! The published rules of each service behind the Web API of OpenFisca, so that what speaks to one speaks to the other. Nothing is kept of what is asked.

use crate::{
    acts,
    model::Definition,
    rules::{self, Law},
    store,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use database::DbError;
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Answer, Refusal, Route, Stop, Town, answer::json_with, manifest::Doc, openapi::text_schema, visit::Path};

/// The routes, under the address that OpenFisca's clients take as that of the API.
pub(super) fn routes() -> Vec<Route> {
    let read = |summary: &'static str| doc(summary).answers(200, "application/json", "It.", json!({"type": "object"}));
    let run = |summary: &'static str| {
        read(summary)
            .body("application/json", situation_schema())
            .errors_in(&["application/json", "application/problem+json"])
    };
    let name = |doc: Doc| doc.path("name", "Its name.", text_schema());
    vec![
        Route::get("/services/{code}/rules", acts::READ, root).for_other_sites().documented(read("Where this API begins")),
        Route::post("/services/{code}/rules/calculate", acts::READ, calculate)
            .for_other_sites()
            .documented(run("OpenFisca Web API: every null of a situation is worked out; null stays where somebody is not entitled or facts are missing")),
        Route::post("/services/{code}/rules/trace", acts::READ, trace)
            .for_other_sites()
            .documented(run("OpenFisca Web API: the same with every step, the law that decided and what is missing")),
        Route::get("/services/{code}/rules/entities", acts::READ, entities)
            .for_other_sites()
            .documented(read("OpenFisca Web API: persons and groups")),
        Route::get("/services/{code}/rules/variables", acts::READ, variables)
            .for_other_sites()
            .documented(read("OpenFisca Web API: inputs, rules and entitlements")),
        Route::get("/services/{code}/rules/variable/{name}", acts::READ, variable)
            .for_other_sites()
            .documented(name(read("OpenFisca Web API: one of them, with the text of its rule"))),
        Route::get("/services/{code}/rules/parameters", acts::READ, parameters)
            .for_other_sites()
            .documented(read("OpenFisca Web API: figures and scales of the law")),
        Route::get("/services/{code}/rules/parameter/{*name}", acts::READ, parameter)
            .for_other_sites()
            .documented(name(read("OpenFisca Web API: one of them, by date"))),
        Route::get("/services/{code}/rules/spec", acts::READ, spec)
            .for_other_sites()
            .documented(read("OpenFisca Web API: its description in OpenAPI, with the entities of these rules")),
    ]
}

fn doc(summary: &'static str) -> Doc {
    Doc::new("rules", summary).path("code", "The code of the service.", text_schema())
}

fn situation_schema() -> Value {
    json!({
        "type": "object",
        "description": "Entities by plural, their members by name, variables by period; null is what to work out.",
        "example": {"persons": {"amina": {"income": {"2026-05": null}}}},
    })
}

/// The published rules of a service.
struct Asked {
    code: String,
    number: i64,
    definition: Arc<Definition>,
    law: Arc<Law>,
    town: Town,
}

impl Asked {
    fn base(&self) -> String {
        self.town.url(&format!("/services/{}/rules", self.code))
    }

    /// Where people read the rules.
    fn source(&self) -> String {
        self.town.url(&format!("/services/{}", self.code))
    }

    fn version(&self) -> String {
        format!("{}.0.0", self.number)
    }

    fn said(&self, status: StatusCode, view: &Value) -> Answer {
        let mut answer = json_with(status, view)?;
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert("country-package", HeaderValue::from_str(&self.code).map_err(Stop::fault)?);
        headers.insert("country-package-version", HeaderValue::from_str(&self.version()).map_err(Stop::fault)?);
        Ok(answer)
    }

    fn found(&self, view: Option<Value>) -> Answer {
        self.said(StatusCode::OK, &view.ok_or(Stop::NotFound)?)
    }
}

async fn asked(town: Town, code: String) -> Result<Asked, Stop> {
    let own = code.clone();
    let found = town.db().read(move |tx| store::in_force(tx, &own)).await;
    let (number, definition) = found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?;
    if definition.rules.trim().is_empty() {
        return Err(Refusal::new("entitled-no-rules").status(StatusCode::NOT_FOUND).into());
    }
    let law = rules::kept(&definition.rules).map_err(|_| Stop::fault("published rules cannot be read"))?;
    Ok(Asked { code, number, definition, law, town })
}

/// GET /services/{code}/rules
async fn root(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let asked = asked(town, code).await?;
    let welcome =
        format!("The rules of this service behind the Web API of OpenFisca; {}/spec describes it.", asked.base());
    asked.said(StatusCode::OK, &json!({"welcome": welcome}))
}

type Work = fn(&::rules::Rules, &Value) -> Result<Value, ::rules::openfisca::Misfit>;

async fn run(town: Town, code: String, body: Bytes, work: Work) -> Answer {
    let asked = asked(town, code).await?;
    // As much work as the limits of the rules allow; the threads that answer everybody do not wait for it.
    let law = Arc::clone(&asked.law);
    let done = tokio::task::spawn_blocking(move || worked_out(&law, &body, work)).await.map_err(Stop::fault)?;
    asked.said(done.0, &done.1)
}

fn worked_out(law: &Law, body: &[u8], work: Work) -> (StatusCode, Value) {
    let situation: Value = match serde_json::from_slice(body) {
        Ok(situation) => situation,
        Err(error) => return (StatusCode::BAD_REQUEST, json!({"error": format!("Invalid JSON: {error}")})),
    };
    match work(law.rules(), &situation) {
        Ok(view) => (StatusCode::OK, view),
        Err(misfit) => (StatusCode::from_u16(misfit.status).unwrap_or(StatusCode::BAD_REQUEST), misfit.body),
    }
}

/// POST /services/{code}/rules/calculate
async fn calculate(State(town): State<Town>, Path(code): Path<String>, body: Bytes) -> Answer {
    run(town, code, body, ::rules::openfisca::calculate).await
}

/// POST /services/{code}/rules/trace
async fn trace(State(town): State<Town>, Path(code): Path<String>, body: Bytes) -> Answer {
    run(town, code, body, ::rules::openfisca::trace).await
}

/// GET /services/{code}/rules/entities
async fn entities(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let asked = asked(town, code).await?;
    asked.said(StatusCode::OK, &::rules::openfisca::entities(asked.law.rules()))
}

/// GET /services/{code}/rules/variables
async fn variables(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let asked = asked(town, code).await?;
    asked.said(StatusCode::OK, &::rules::openfisca::variables(asked.law.rules(), &asked.base()))
}

/// GET /services/{code}/rules/variable/{name}
async fn variable(State(town): State<Town>, Path((code, name)): Path<(String, String)>) -> Answer {
    let asked = asked(town, code).await?;
    let texts = [asked.definition.rules.as_str()];
    asked.found(::rules::openfisca::variable(asked.law.rules(), &name, &texts, &asked.source()))
}

/// GET /services/{code}/rules/parameters
async fn parameters(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let asked = asked(town, code).await?;
    asked.said(StatusCode::OK, &::rules::openfisca::parameters(asked.law.rules(), &asked.base()))
}

/// GET /services/{code}/rules/parameter/{name}
async fn parameter(State(town): State<Town>, Path((code, name)): Path<(String, String)>) -> Answer {
    let asked = asked(town, code).await?;
    asked.found(::rules::openfisca::parameter(asked.law.rules(), &name, &asked.source()))
}

/// GET /services/{code}/rules/spec
async fn spec(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let asked = asked(town, code).await?;
    let title = asked.definition.title.in_language(civic::Language::En).to_owned();
    asked
        .said(StatusCode::OK, &::rules::openfisca::describe(asked.law.rules(), &title, &asked.version(), &asked.base()))
}
