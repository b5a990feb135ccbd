use super::{
    conditional::Known,
    headers,
    remembered::{Question, Remembered},
    stops,
};
use crate::{
    Refusal, Stop, Town, Visit, Wants,
    manifest::{Credentials, WhoIs, Whom},
    visit::{Accepted, Inside},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use civic::Language;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

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
    let accepted = suffix.map_or_else(|| accepted(request.headers()), Accepted::only);
    *request.uri_mut() = uri.clone();
    let cookies = Cookies::read(request.headers());
    let language = chosen_language(&door.town, &cookies, request.headers());
    let credentials = Credentials { session: cookies.session, bearer: bearer(request.headers()), language };
    let whom = if credentials.session.is_none() && credentials.bearer.is_none() {
        Whom::visitor(language)
    } else {
        (door.who_is)(door.town.clone(), credentials).await
    };
    let visit = Visit::new(Inside {
        t: door.town.words().of(language),
        zone: door.town.settings().zone.clone(),
        at: door.town.now(),
        address: address(&door.town, &request),
        request_id: request_id(&door.town),
        method: request.method().clone(),
        flash: cookies.flash,
        actor: whom.actor,
        credential: whom.credential,
        wants: accepted.first(),
        accepted,
        uri,
        not_understood: Arc::default(),
    });
    request.extensions_mut().insert(visit.clone());
    let known = Known::of(request.method(), request.headers());
    // Whoever sends a key means to be known by it: taken for a visitor they would never learn that it has ended.
    let response = if whom.is_refused {
        stops::dress(&door.town, &visit, refused_key())
    } else {
        answer(&door, &visit, request, next).await
    };
    let response = match known {
        Some(known) => known.spared(response),
        None => response,
    };
    headers::put(&door.town, &visit, response)
}

/// What a key is answered that is not known, or no longer (RFC 6750, section 3.1).
fn refused_key() -> Response {
    Stop::from(Refusal::new("key-unknown").status(StatusCode::UNAUTHORIZED)).into_response()
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

/// The forms that the `Accept` header names, those asked for most before others.
fn accepted(headers: &HeaderMap) -> Accepted {
    let form = |media_type: &str| match media_type {
        "text/html" | "application/xhtml+xml" | "text/*" | "*/*" => Some(Wants::Html),
        "application/json" | "application/problem+json" => Some(Wants::Json),
        "text/csv" => Some(Wants::Csv),
        "application/geo+json" => Some(Wants::GeoJson),
        "application/rss+xml" => Some(Wants::Rss),
        _ => None,
    };
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    preferred(accept).into_iter().filter_map(form).collect()
}

/// What a list of preferences names, the most wanted first; what has weight 0 is not wanted (RFC 9110, section 12.4.2).
fn preferred(list: &str) -> Vec<&str> {
    let weighed = list.split(',').map(|part| {
        let mut words = part.split(';').map(str::trim);
        let name = words.next().unwrap_or_default();
        let weight = words.find_map(|word| word.strip_prefix("q=").or_else(|| word.strip_prefix("Q=")));
        (name, weight.map_or(1.0, |weight| weight.trim().parse::<f32>().unwrap_or(0.0)))
    });
    let mut wanted: Vec<(&str, f32)> = weighed.filter(|(name, weight)| !name.is_empty() && *weight > 0.0).collect();
    wanted.sort_by(|one, other| other.1.total_cmp(&one.1));
    wanted.into_iter().map(|(name, _)| name).collect()
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

/// The reader's choice, else the language their browser wants most of those that the town offers, else the town's own.
fn chosen_language(town: &Town, cookies: &Cookies, headers: &HeaderMap) -> Language {
    let offered = &town.settings().languages;
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let of_browser = || preferred(asked).into_iter().filter_map(|name| name.parse::<Language>().ok());
    cookies
        .language
        .into_iter()
        .chain(of_browser())
        .find(|language| offered.contains(language))
        .or_else(|| offered.first().copied())
        .unwrap_or_default()
}

fn address(town: &Town, request: &Request) -> IpAddr {
    // What our proxy saw stands last, on the same line as what the client says or on one of its own.
    let forwarded = || {
        let value: &HeaderValue = request.headers().get_all("x-forwarded-for").iter().next_back()?;
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

#[cfg(test)]
mod tests {
    use super::{accepted, preferred};
    use crate::Wants;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn the_most_wanted_comes_first_and_what_has_no_weight_is_not_wanted() {
        assert_eq!(preferred("en;q=0.1, es;q=0.9"), ["es", "en"]);
        assert_eq!(preferred("ar;q=0, es"), ["es"]);
        assert_eq!(preferred("es-MX,es;q=0.9,,en;Q=0.9"), ["es-MX", "es", "en"]);
        assert_eq!(preferred("en;q=x"), Vec::<&str>::new());
        let wants = |accept: &'static str| {
            accepted(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))])).first()
        };
        assert_eq!(wants("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Wants::Html);
        assert_eq!(wants("text/csv;q=0"), Wants::Html);
        assert_eq!(wants("text/csv;q=0.2, application/json"), Wants::Json);
        assert_eq!(wants("*/*"), Wants::Html);
    }
}
