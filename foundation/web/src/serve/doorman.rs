use super::{
    conditional::Known,
    headers,
    remembered::{Question, Remembered},
    stops,
};
use crate::{
    Town, Visit, Wants,
    manifest::{Credentials, WhoIs},
    visit::{Credential, Inside},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};
use civic::Language;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Names the signed-in browser.
pub const SESSION_COOKIE: &str = "polity_session";
/// Keeps the reader's choice of language.
pub const LANGUAGE_COOKIE: &str = "polity_language";
/// Carries one sentence to the next page.
pub const FLASH_COOKIE: &str = "polity_flash";

/// Keeps the voice of a visitor in conversations; pages that show where they stand are never shared.
pub const VOICE_COOKIE: &str = "polity_voice";

/// Addresses that are taken as they are written: what looks like a suffix belongs to them.
const AS_WRITTEN: [&str; 4] = ["/assets/", "/record/tile/", "/open311/", "/api/"];

#[derive(Clone)]
pub(super) struct Door {
    pub town: Town,
    pub who_is: WhoIs,
    pub remembered: Remembered,
}

/// Receives a request, lets it through, and dresses the answer.
pub(super) async fn receive(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let (uri, suffix) = without_suffix(request.uri());
    let wants = suffix.unwrap_or_else(|| accepted(request.headers()));
    *request.uri_mut() = uri.clone();
    let cookies = Cookies::read(request.headers());
    let language = chosen_language(&door.town, &cookies, request.headers());
    let credentials = Credentials { session: cookies.session, bearer: bearer(request.headers()), language };
    let (actor, credential) = if credentials.session.is_none() && credentials.bearer.is_none() {
        (civic::Actor::visitor(language), Credential::None)
    } else {
        let whom = (door.who_is)(door.town.clone(), credentials).await;
        (whom.actor, whom.credential)
    };
    let visit = Visit::new(Inside {
        t: door.town.words().of(language),
        zone: door.town.settings().zone.clone(),
        at: door.town.now(),
        address: address(&door.town, &request),
        request_id: request_id(&door.town),
        method: request.method().clone(),
        flash: cookies.flash,
        actor,
        credential,
        wants,
        uri,
    });
    request.extensions_mut().insert(visit.clone());
    let known = Known::of(request.method(), request.headers());
    let response = answer(&door, &visit, request, next).await;
    let response = match known {
        Some(known) => known.spared(response),
        None => response,
    };
    headers::put(&door.town, &visit, response)
}

/// The answer of the last moment to the same question, or a fresh one.
async fn answer(door: &Door, visit: &Visit, request: Request, next: Next) -> Response {
    let question = if is_own(request.headers()) { None } else { Question::of(visit) };
    // Counted before the answer is made: what is committed meanwhile makes it old.
    let commits = door.town.db().commits();
    if let Some(response) = question.as_ref().and_then(|question| door.remembered.recall(question, commits, visit.at)) {
        return response;
    }
    let response = stops::dress(&door.town, visit, next.run(request).await);
    match question {
        Some(question) => door.remembered.keep(question, commits, visit.at, response).await,
        None => response,
    }
}

/// Whether the reader is known by a cookie that makes a public page their own.
fn is_own(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    lines.any(|line| {
        line.split(';').any(|pair| pair.trim().split_once('=').is_some_and(|(name, _)| name == VOICE_COOKIE))
    })
}

/// The address without `.json`, `.csv`, … and the form that the suffix asks for.
fn without_suffix(uri: &Uri) -> (Uri, Option<Wants>) {
    let path = uri.path();
    if AS_WRITTEN.iter().any(|prefix| path.starts_with(prefix)) {
        return (uri.clone(), Some(Wants::Html));
    }
    let Some((bare, twin)) = path.rsplit_once('.').and_then(|(bare, suffix)| {
        Wants::TWINS.into_iter().find(|twin| twin.suffix() == suffix).map(|twin| (bare, twin))
    }) else {
        return (uri.clone(), None);
    };
    let bare = if bare == "/index" { "/" } else { bare };
    let rewritten = uri.query().map_or_else(|| bare.to_owned(), |query| format!("{bare}?{query}"));
    rewritten.parse().map_or_else(|_| (uri.clone(), None), |uri| (uri, Some(twin)))
}

/// The form that the `Accept` header asks for; a page for whoever can read pages.
fn accepted(headers: &HeaderMap) -> Wants {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if accept.contains("text/html") {
        return Wants::Html;
    }
    let named = [
        ("application/json", Wants::Json),
        ("application/problem+json", Wants::Json),
        ("text/csv", Wants::Csv),
        ("application/geo+json", Wants::GeoJson),
        ("application/rss+xml", Wants::Rss),
    ];
    named.into_iter().find(|(media_type, _)| accept.contains(media_type)).map_or(Wants::Html, |(_, wants)| wants)
}

#[derive(Default)]
struct Cookies {
    session: Option<String>,
    language: Option<Language>,
    flash: Option<String>,
}

impl Cookies {
    fn read(headers: &HeaderMap) -> Self {
        let mut cookies = Self::default();
        for header in headers.get_all(header::COOKIE) {
            for pair in header.to_str().unwrap_or_default().split(';') {
                match pair.trim().split_once('=') {
                    Some((SESSION_COOKIE, value)) => cookies.session = Some(value.to_owned()),
                    Some((LANGUAGE_COOKIE, value)) => cookies.language = value.parse().ok(),
                    Some((FLASH_COOKIE, value)) => cookies.flash = Some(value.to_owned()),
                    _ => {}
                }
            }
        }
        cookies
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The reader's choice, else the first language of their browser that the town offers, else the town's own.
fn chosen_language(town: &Town, cookies: &Cookies, headers: &HeaderMap) -> Language {
    let offered = &town.settings().languages;
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let of_browser = || asked.split(',').filter_map(|part| part.split(';').next()?.trim().parse::<Language>().ok());
    cookies
        .language
        .into_iter()
        .chain(of_browser())
        .find(|language| offered.contains(language))
        .or_else(|| offered.first().copied())
        .unwrap_or_default()
}

fn address(town: &Town, request: &Request) -> IpAddr {
    let forwarded = || {
        let value: &HeaderValue = request.headers().get("x-forwarded-for")?;
        value.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let proxied = if town.settings().behind_proxy { forwarded() } else { None };
    proxied.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

fn request_id(town: &Town) -> String {
    let mut bytes = [0_u8; 8];
    town.chance().fill(&mut bytes);
    hex::encode(bytes)
}
