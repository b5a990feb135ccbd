//! What stands before every handler: may this reader do this act, from our own pages, this often?

use crate::{
    Refusal, Stop, Town, Visit, Wants,
    forms::FieldLimits,
    limits::Gates,
    manifest::{Room, Route},
    other_sites::{ForOtherSites, Preflights},
    serve::{SlowBody, panicked, too_slow},
    slow::What,
    visit::Credential,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use civic::{Act, Role};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// Marks a route that speaks to machines only, on its requests and on its answers, so that its stops are problems and not pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForMachines;

/// What the guard of one route knows.
#[derive(Clone)]
struct Post {
    what: What,
    act: Act,
    twins: &'static [Wants],
    machine: bool,
    other_sites: bool,
    metered: bool,
    field_limits: FieldLimits,
    town: Town,
}

/// Mounts every route of these rooms behind its guard.
pub fn mount(town: &Town, rooms: Vec<Room>) -> Router<Town> {
    let (mut router, mut preflights) = (Router::new(), Preflights::default());
    for route in rooms.into_iter().flat_map(|room| room.routes) {
        let Route { method, path, act, twins, machine, metered, body_limit_bytes, to, .. } = route;
        // Another site has no mandate: a route that needs one stays closed to it, whatever it says of itself.
        let other_sites = route.other_sites && act.roles.contains(&Role::Visitor);
        // What a page of people answers is read there in its machine twins only, which no browser asks beforehand.
        if other_sites && machine {
            preflights.note(path, &method);
        }
        let what = What::Answer(word_of(&method), path);
        let field_limits = FieldLimits { bytes: route.field_limit_bytes, fields: route.fields_limit };
        let post = Post { what, act, twins, machine, other_sites, metered, field_limits, town: town.clone() };
        // What panics becomes an answer within the guard, so that it gets the marks of its route as every other.
        let inner = ServiceBuilder::new().layer(DefaultBodyLimit::max(body_limit_bytes));
        let inner = inner.layer(CatchPanicLayer::custom(panicked));
        let guarded = to.layer(inner).route_layer(from_fn_with_state(post, check));
        router = router.route(path, guarded);
    }
    preflights.routes().fold(router, |router, (path, asked)| router.route(path, asked))
}

/// The method as it is written, for what outlives the request.
fn word_of(method: &Method) -> &'static str {
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];
    known.into_iter().find(|word| *word == method.as_str()).unwrap_or("other")
}

async fn check(State(post): State<Post>, mut request: Request, next: Next) -> Response {
    let wants = offered(&post, &mut request);
    request.extensions_mut().insert(post.field_limits);
    if post.machine {
        request.extensions_mut().insert(ForMachines);
    }
    let begun = post.town.now();
    let slow = request.extensions().get::<SlowBody>().cloned();
    let mut response = match allowed(&post, &request) {
        Ok(()) => next.run(request).await,
        Err(stop) => stop.into_response(),
    };
    if slow.is_some_and(|slow| slow.is_told()) {
        response = too_slow();
    }
    if post.machine {
        response.extensions_mut().insert(ForMachines);
    }
    if post.other_sites && (post.machine || wants != Wants::Html) {
        response.extensions_mut().insert(ForOtherSites);
    }
    post.town.slow().note(post.what, begun, post.town.now());
    response
}

/// The form of the answer: of those that the reader takes the first that this route offers.
fn offered(post: &Post, request: &mut Request) -> Wants {
    let is_read = request.method().is_safe();
    let Some(visit) = request.extensions_mut().get_mut::<Visit>() else { return Wants::Html };
    let wants = visit.accepted.first_offered(|wants| wants == Wants::Html || post.twins.contains(&wants));
    if is_read && !post.machine && wants != visit.wants {
        *visit = visit.wanting(wants);
    }
    visit.wants
}

fn allowed(post: &Post, request: &Request) -> Result<(), Stop> {
    let visit = request.extensions().get::<Visit>().expect("serve puts a visit into every request");
    if visit.wants != Wants::Html
        && !post.machine
        && !post.twins.contains(&visit.wants)
        && request.method() == Method::GET
    {
        return Err(Stop::NotFound);
    }
    if !visit.actor.may(&post.act) {
        return Err(if visit.actor.is_known() { Stop::NotAllowed } else { Stop::SignIn });
    }
    if request.method().is_safe() {
        return Ok(());
    }
    if !post.machine && !is_from_our_pages(request.headers(), visit.credential) {
        return Err(Refusal::new("other-site").status(StatusCode::FORBIDDEN).into());
    }
    if post.metered {
        post.town.part::<Gates>().act(visit.address)?;
    }
    Ok(())
}

/// Whether an unsafe request comes from a page of ours.
///
/// Browsers say so in `Sec-Fetch-Site`; over plain http off localhost they do not, so the
/// origin must then be ours. A program without cookies (no header at all) has nothing that
/// another site could ride on.
pub fn is_from_our_pages(headers: &HeaderMap, credential: Credential) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if credential == Credential::Token {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            host.is_some() && host == text(header::HOST)
        }
        None => credential == Credential::None,
    }
}
