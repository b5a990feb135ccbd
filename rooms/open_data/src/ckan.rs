//! The Action API of CKAN, version 3 (docs.ckan.org/en/2.11/api), so that clients that exist work as they are.

mod datastore;
mod dict;
mod more;
mod params;
mod read;
mod sent;
mod storing;
mod write;

use crate::{acts, model::FILE_LIMIT_BYTES};
use axum::{
    body::Bytes,
    extract::{FromRequest as _, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use civic::Actor;
use params::Params;
use serde_json::{Map, Value as Json, json};
use web::{
    Route, Stop, Town, Visit, forms::Submission, limits::Gates, manifest::Doc, openapi::text_schema, visit::Path,
};

/// Why an action is not done, as CKAN says it.
pub(crate) enum Denied {
    /// There is no such thing, or not for this caller.
    NotFound,
    /// It was withdrawn.
    Gone(Stop),
    /// The caller may not.
    NotAuthorized(String),
    /// Something in what was sent, by field.
    Invalid(Map<String, Json>),
    /// There is no such action, or its parameters cannot be read.
    Bad(String),
    /// Our own ways to stop.
    Stop(Stop),
}

impl Denied {
    fn field(field: &str, why: &str) -> Self {
        Self::Invalid([(field.to_owned(), json!([why]))].into_iter().collect())
    }
}

impl From<Stop> for Denied {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::NotFound => Self::NotFound,
            Stop::NotAllowed | Stop::SignIn => Self::NotAuthorized("Access denied".to_owned()),
            other => Self::Stop(other),
        }
    }
}

/// What an action gives.
pub(crate) type Done = Result<Json, Denied>;

/// The two addresses that clients use.
pub fn routes() -> Vec<Route> {
    let doc = |summary| {
        Doc::new("data", summary)
            .path("action", "As package_search or datastore_search.", text_schema())
            .errors_in(&["application/json"])
            .answers(200, "application/json", "help, success and result.", json!({"type": "object"}))
    };
    let limit = FILE_LIMIT_BYTES + 1024 * 1024;
    vec![
        Route::get("/api/3/action/{action}", acts::READ, act)
            .for_machines()
            .documented(doc("CKAN Action API v3, reading")),
        Route::post("/api/3/action/{action}", acts::READ, act)
            .for_other_sites()
            .unmetered()
            .body_limit(limit)
            .documented(doc("CKAN Action API v3, reading and writing")),
        Route::get("/api/action/{action}", acts::READ, act).for_machines(),
        Route::post("/api/action/{action}", acts::READ, act).for_other_sites().unmetered().body_limit(limit),
        Route::get("/api/3", acts::READ, version).for_machines(),
    ]
}

async fn version() -> Response {
    answered(StatusCode::OK, &json!({"version": 3}))
}

/// How the house's own stops look at these addresses.
pub fn error(_: &Visit, status: StatusCode, sentences: &[String]) -> Response {
    let kind = match status {
        StatusCode::NOT_FOUND => "Not Found Error",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "Authorization Error",
        _ => "Validation Error",
    };
    answered(status, &json!({"success": false, "error": {"__type": kind, "message": sentences.join(" ")}}))
}

fn answered(status: StatusCode, body: &Json) -> Response {
    let mut answer = (status, body.to_string()).into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf-8"));
    answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer
}

async fn act(State(town): State<Town>, visit: Visit, Path(action): Path<String>, request: Request) -> Response {
    let token = token_of(&request);
    let who = match actor(&town, &visit, token).await {
        Ok(who) => who,
        Err(stop) => return stop.into_response(),
    };
    let safe = request.method().is_safe();
    let name: String = action.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
    let help = town.url(&format!("/api/3/action/help_show?name={name}"));
    let done = match read_params(&town, request).await {
        Ok(params) => run(&town, &who, &action, safe, params).await,
        Err(denied) => Err(denied),
    };
    let denied = match done {
        Ok(result) => return answered(StatusCode::OK, &json!({"help": help, "success": true, "result": result})),
        Err(denied) => denied,
    };
    let fail = |status, error: Json| answered(status, &json!({"help": help, "success": false, "error": error}));
    match denied {
        Denied::NotFound => fail(StatusCode::NOT_FOUND, json!({"__type": "Not Found Error", "message": "Not found"})),
        Denied::Gone(Stop::Refused(refusals)) => {
            let t = town.words().of(civic::Language::En);
            let why = refusals.iter().map(|one| one.sentence(&t)).collect::<Vec<_>>().join(" ");
            fail(StatusCode::GONE, json!({"__type": "Not Found Error", "message": why}))
        }
        Denied::Gone(stop) => stop.into_response(),
        Denied::NotAuthorized(message) => {
            fail(StatusCode::FORBIDDEN, json!({"__type": "Authorization Error", "message": message}))
        }
        Denied::Bad(message) => fail(StatusCode::BAD_REQUEST, json!({"__type": "Bad Request", "message": message})),
        Denied::Invalid(mut fields) => {
            fields.insert("__type".to_owned(), json!("Validation Error"));
            fail(StatusCode::CONFLICT, Json::Object(fields))
        }
        Denied::Stop(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status.is_client_error()) => {
            let t = town.words().of(civic::Language::En);
            let mut fields: Map<String, Json> = Map::new();
            for refusal in &refusals {
                fields.insert(refusal.field.unwrap_or("message").to_owned(), json!([refusal.sentence(&t)]));
            }
            fields.insert("__type".to_owned(), json!("Validation Error"));
            fail(StatusCode::CONFLICT, Json::Object(fields))
        }
        Denied::Stop(stop) => stop.into_response(),
    }
}

/// The token of a request, in any of the places where clients put it.
fn token_of(request: &Request) -> Option<String> {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let token = text("authorization").or_else(|| text("x-ckan-api-key"));
    token.filter(|token| !token.is_empty() && !token.contains(' ')).map(str::to_owned)
}

/// Who acts: by a token of ours, in any of the three places where clients put it. Cookies count for nothing here.
async fn actor(town: &Town, visit: &Visit, token: Option<String>) -> Result<Who, Stop> {
    if visit.credential == web::visit::Credential::Token {
        return Ok(Who { actor: visit.actor.clone(), address: visit.address });
    }
    let found = match token {
        Some(token) => people::actor_of_token(town, &token).await?,
        None => None,
    };
    Ok(Who { actor: found.unwrap_or_else(|| Actor::visitor(visit.t.language())), address: visit.address })
}

/// Who acts, and from where.
pub(crate) struct Who {
    pub actor: Actor,
    address: std::net::IpAddr,
}

async fn read_params(town: &Town, request: Request) -> Result<Params, Denied> {
    let bad = |why: &str| Denied::Bad(format!("Bad request - {why}"));
    let query: Vec<(String, String)> = serde_urlencoded::from_str(request.uri().query().unwrap_or_default())
        .map_err(|_| bad("the query cannot be read"))?;
    let mut params = Params::of_pairs(query);
    if request.method().is_safe() {
        return Ok(params);
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/") || kind.starts_with("application/x-www-form-urlencoded") {
        let form = Submission::from_request(request, town).await?;
        params.add_pairs(form.fields().to_vec());
        params.upload = form.file("upload").cloned();
        return Ok(params);
    }
    let body = Bytes::from_request(request, town).await.map_err(|_| bad("the body is too large"))?;
    if body.is_empty() {
        return Ok(params);
    }
    // No database keeps this character in a text.
    if body.windows(6).any(|six| six == b"\\u0000") {
        return Err(bad("a text holds a character that cannot be kept"));
    }
    match serde_json::from_slice::<Json>(&body) {
        Ok(Json::Object(object)) => params.add(object),
        Ok(_) => return Err(bad("JSON data error: the body must be an object")),
        Err(error) => return Err(bad(&format!("JSON data error: {error}"))),
    }
    Ok(params)
}

async fn run(town: &Town, who: &Who, action: &str, safe: bool, params: Params) -> Done {
    let reading = match action {
        "datastore_search" => datastore::search(town, who, &params).await,
        "datastore_search_sql" => datastore::search_sql(town, &params).await,
        "datastore_info" => datastore::info(town, who, &params).await,
        _ => read::run(town, who, action, &params),
    };
    match reading {
        Err(Denied::Bad(_)) if write::ACTIONS.contains(&action) => {}
        Err(Denied::Bad(bad)) => {
            let instead =
                more::not_done(action).map(|instead| format!("Bad request - {action} is not done here: {instead}"));
            return Err(Denied::Bad(instead.unwrap_or(bad)));
        }
        other => return other,
    }
    if safe {
        return Err(Denied::Bad("Bad request - this action changes something: POST it".to_owned()));
    }
    if !who.actor.may(&acts::PUBLISH) {
        return Err(Denied::NotAuthorized("Access denied: send a token of an officer or administrator".to_owned()));
    }
    town.part::<Gates>().act(who.address).map_err(Stop::from)?;
    write::run(town, who, action, params).await
}
