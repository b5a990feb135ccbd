//! Every route × every role, read from the routes themselves.

use super::towns;
use axum::http::{Method, Request, StatusCode, header};
use civic::Role;
use testing::{Browser, Seen, TestTown};
use web::manifest::{Catalogue, RouteInfo};

/// Streams do not end, so they are not asked.
const STREAMS: [&str; 1] = ["/record/feed"];

/// An address of the route: parameters become something that is not there, so that an allowed visit changes nothing.
fn address(route: &RouteInfo) -> String {
    let parts = route.path.split('/').map(|part| match part {
        part if !part.starts_with('{') => part.to_owned(),
        "{position}" | "{room}" | "{page}" => "999999".to_owned(),
        "{file}" if route.path.starts_with("/open311/") => "nothing.json".to_owned(),
        "{file}" => "nothing.pdf".to_owned(),
        _ => "nothing".to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(browser: &Browser, route: &RouteInfo) -> Seen {
    let request =
        Request::builder().method(route.method.clone()).uri(address(route)).header("sec-fetch-site", "same-origin");
    if route.method == Method::GET {
        return browser.send(request, Vec::new()).await;
    }
    browser.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), Vec::new()).await
}

/// Turned away: to the sign-in page, 401, or the page that is the same for "not there" and "not for you".
fn is_turned_away(seen: &Seen) -> bool {
    let to_sign_in = seen.status == StatusCode::SEE_OTHER && seen.location().starts_with("/sign-in?back=");
    to_sign_in || matches!(seen.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

async fn readers(town: &TestTown) -> Vec<(Vec<Role>, Browser)> {
    let agency = town.agency("lights", "Street lights").await;
    let mut readers = vec![(vec![Role::Visitor], town.browser())];
    readers.push((vec![Role::Visitor, Role::Resident], town.signed_in("resident@example.org").await));
    readers.push((
        vec![Role::Visitor, Role::Resident, Role::Officer],
        town.holder("officer@example.org", Role::Officer, Some(&agency)).await,
    ));
    for role in [Role::Steward, Role::Moderator, Role::Analyst, Role::Auditor, Role::Administrator, Role::Open311] {
        let email = format!("{}@example.org", role.word());
        readers.push((vec![Role::Visitor, Role::Resident, role], town.holder(&email, role, None).await));
        let token = town.token(role).await;
        readers.push((vec![Role::Visitor, role], town.program(&token)));
    }
    readers
}

#[tokio::test]
async fn every_route_opens_to_its_roles_and_to_nobody_else() {
    for town in towns() {
        let routes = town.town.part::<Catalogue>().routes.clone();
        assert!(routes.len() > 60, "{}", routes.len());
        let mut asked = 0;
        for (roles, browser) in readers(&town).await {
            for route in routes.iter().filter(|route| !STREAMS.contains(&route.path)) {
                let may = route.act.roles.iter().any(|role| roles.contains(role));
                // A route that ends the session is asked last, by a browser of its own, in `people`.
                if may && matches!(route.path, "/sign-out" | "/me/erase" | "/me/sessions/end") {
                    continue;
                }
                let seen = ask(&browser, route).await;
                let what = format!("{} {} as {roles:?}: {}", route.method, route.path, seen.status);
                assert!(!seen.status.is_server_error(), "{what}");
                let door = (route.path.starts_with("/open311/") || route.path.starts_with("/api/"))
                    && route.method == Method::POST;
                assert!(is_turned_away(&seen) != may || door, "{what}");
                asked += 1;
            }
        }
        assert!(asked > 600, "{asked}");
    }
}

#[tokio::test]
async fn every_documented_route_stands_in_the_description() {
    for town in towns() {
        let described = town.browser().get("/api/openapi.json").await.sees(StatusCode::OK).json();
        assert_eq!(described["openapi"], "3.1.0");
        let count = town.town.part::<Catalogue>().routes.iter().filter(|route| route.doc.is_some()).count();
        let operations: usize =
            described["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
        assert_eq!(operations, count);
        let page = town.browser().get("/developers").await.sees(StatusCode::OK);
        assert!(page.text.replace("<wbr>", "").contains("/requests/{code}"));
    }
}

#[tokio::test]
async fn what_officers_do_is_described_with_its_roles_where_that_is_asked_for() {
    let town = towns().remove(0);
    let described = town.browser().get("/api/openapi.json").await.sees(StatusCode::OK).json();
    assert_eq!(described["paths"]["/requests.json"]["get"]["x-polity-roles"][0], "visitor");
    assert!(described["paths"].get("/admin/mandates/{id}/end.json").is_none());
    let desk = town.browser().get("/api/openapi.json?desk=1").await.sees(StatusCode::OK).json();
    let end = &desk["paths"]["/admin/mandates/{id}/end.json"]["post"];
    assert_eq!(
        (&end["x-polity-roles"][0], &end["security"][0]["token"]),
        (&"administrator".into(), &serde_json::json!([]))
    );
    let mut names = std::collections::BTreeSet::new();
    for operation in desk["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values()) {
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{}", operation["operationId"]);
    }
    for route in &town.town.part::<Catalogue>().routes {
        if route.doc.is_some() || !route.act.roles.contains(&Role::Visitor) {
            let method = route.method.as_str().to_ascii_lowercase();
            let path = route.path.replace("{*", "{");
            let found = [format!("{path}.json"), path].iter().any(|path| desk["paths"][path].get(&method).is_some());
            assert!(found || route.path == "/", "{method} {}", route.path);
        }
    }
    town.browser().get("/api/openapi.json?desk=yes").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_manual_is_searched_and_folded_without_a_script() {
    let town = towns().remove(0);
    let all = town.browser().get("/developers").await.sees(StatusCode::OK);
    let (folded, open) =
        (all.text.matches("<details class=\"more-box\">").count(), "<details class=\"more-box\" open>");
    assert!(folded > 8 && !all.text.contains(open), "{folded}");
    let found = town.browser().get("/developers?q=GET+boundary+zzz").await.sees(StatusCode::OK);
    found.says("Nothing here has all of these words");
    let found = town.browser().get("/developers?q=too-often").await.sees(StatusCode::OK);
    assert!(found.text.contains(open) && found.text.contains("id=\"too-often\""));
    town.browser().get("/developers?q=%22%3E%3Cscript%3Ealert").await.sees(StatusCode::OK).never_says("<script>alert");
    let spanish = town.browser().reading("es").get("/developers?q=tag").await.sees(StatusCode::OK);
    spanish.says("En esta página");
}

#[tokio::test]
async fn the_description_names_every_part_of_an_address() {
    let town = towns().remove(0);
    for route in &town.town.part::<Catalogue>().routes {
        let Some(doc) = &route.doc else { continue };
        let parts = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        for part in parts.map(|part| part.trim_start_matches('*')) {
            let named = doc.parameters.iter().any(|one| one.place == "path" && one.name == part);
            assert!(named, "{} {}: {part} is not described", route.method, route.path);
        }
    }
}
