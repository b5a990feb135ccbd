//! What an address asks for and nobody knows: said on pages, refused to machines, and described to developers.

use super::towns;
use axum::http::{Method, StatusCode};
use civic::Role;
use std::collections::{BTreeMap, BTreeSet};
use testing::{Browser, Seen};
use web::{
    Wants,
    manifest::{Catalogue, RouteInfo},
};

/// A name that no page knows.
const UNKNOWN: &str = "zzunknown";

/// The names that the refusal says are known; `None` where the route does not read its query by names.
fn known(seen: &Seen) -> Option<BTreeSet<String>> {
    let problem: serde_json::Value = serde_json::from_str(&seen.text).ok()?;
    if seen.status != StatusCode::BAD_REQUEST || problem["errors"][0]["code"] != "query-unknown" {
        return None;
    }
    let (_, names) = problem["detail"].as_str()?.split_once("Known are: ")?;
    Some(
        names
            .trim_end_matches('.')
            .split(", ")
            .map(|name| name.trim_matches(['\u{2068}', '\u{2069}']).to_owned())
            .collect(),
    )
}

fn address(route: &RouteInfo, suffix: &str) -> String {
    let path = route.path.split('/').map(|part| match part {
        "{position}" | "{room}" | "{page}" => "999999",
        part if part.starts_with('{') => "nothing",
        part => part,
    });
    format!("{}.{suffix}?{UNKNOWN}=1&utm_source=news&fbclid=x&lang=es", path.collect::<Vec<_>>().join("/"))
}

/// Every twin of every page, asked by somebody who may read them all: it names what it knows, and that is what its description says.
#[tokio::test]
async fn machine_twins_refuse_what_they_do_not_know_and_describe_what_they_do() {
    let town = towns().remove(0);
    let agency = town.agency("lights", "Street lights").await;
    let mut readers: Vec<Browser> = vec![town.administrator().await];
    readers.push(town.holder("o@example.org", Role::Officer, Some(&agency)).await);
    for role in [Role::Moderator, Role::Steward, Role::Analyst, Role::Auditor] {
        readers.push(town.holder(&format!("{}@example.org", role.word()), role, None).await);
    }
    let mut checked = 0;
    let mut undescribed = BTreeMap::new();
    for route in &town.town.part::<Catalogue>().routes {
        let Some(twin) = route.twins.iter().find(|twin| **twin != Wants::Html) else { continue };
        if route.machine || route.method != Method::GET {
            continue;
        }
        for reader in &readers {
            let Some(names) = known(&reader.get(&address(route, twin.suffix())).await) else { continue };
            assert!(!names.contains(UNKNOWN) && !names.contains("utm_source"), "{names:?}");
            checked += 1;
            let Some(doc) = &route.doc else { break };
            let described: BTreeSet<String> =
                doc.parameters.iter().filter(|one| one.place == "query").map(|one| one.name.to_owned()).collect();
            if described != names {
                undescribed.insert(route.path, (described, names));
            }
            break;
        }
    }
    assert!(checked > 25, "{checked}");
    let told: Vec<String> =
        undescribed.iter().map(|(path, (is, read))| format!("{path}: described {is:?}, read {read:?}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[tokio::test]
async fn a_page_shows_everything_and_says_which_word_was_not_understood() {
    for town in towns() {
        let visitor = town.browser();
        let seen = visitor.get("/requests?distrct=3&utm_source=news").await.sees(StatusCode::OK);
        let seen = seen.says("This address asks for something that this page does not know").says("distrct");
        seen.never_says("utm_source,");
        let hostile = visitor.get("/requests?%3Cscript%3Ealert(1)%3C%2Fscript%3E=1").await.sees(StatusCode::OK);
        hostile.never_says("<script>alert");
        let fine = visitor.get("/requests?district=&utm_source=news&fbclid=1&lang=ar").await.sees(StatusCode::OK);
        fine.never_says("This address asks for something");
        for twin in ["json", "csv", "geojson"] {
            let seen = visitor.get(&format!("/requests.{twin}?distrct=3")).await.sees(StatusCode::BAD_REQUEST);
            seen.says("query-unknown").says("distrct").says("district");
            visitor.get(&format!("/requests.{twin}?district=&utm_medium=x")).await.sees(StatusCode::OK);
        }
        let spanish = town.browser().reading("es").get("/requests.json?distrct=3").await;
        spanish.sees(StatusCode::BAD_REQUEST).says("Aquí no existe el parámetro");
    }
}

/// The addresses with a query that a page links to, and those that its forms make when they are sent as they stand.
fn asked_by(page: &str, path: &str) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for piece in page.split("href=\"").skip(1) {
        let href = piece.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
        if href.starts_with('/') && href.contains('?') && !href.starts_with("/assets/") {
            asked.insert(href.split('#').next().unwrap_or_default().to_owned());
        }
    }
    for form in page.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        let (tag, inside) = form.split_once('>').unwrap_or_default();
        if tag.contains("method=\"post\"") {
            continue;
        }
        let action = tag.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or(path);
        let names: BTreeSet<&str> = inside
            .split("name=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|name| !name.is_empty())
            .collect();
        let query: Vec<String> = names.iter().map(|name| format!("{name}=")).collect();
        asked.insert(format!("{}?{}", action.split(['?', '#']).next().unwrap_or_default(), query.join("&")));
    }
    asked
}

/// No link and no form of ours asks for something that the page behind it does not know.
#[tokio::test]
async fn our_own_links_and_forms_ask_only_for_what_is_known() {
    let town = towns().remove(0);
    let administrator = town.administrator().await;
    places::set_boundaries(&town.town, &testing::steward(), include_bytes!("../../../demo/districts.geojson"))
        .await
        .unwrap();
    town.settle().await;
    let routes = town.town.part::<Catalogue>().routes.clone();
    let pages =
        routes.iter().filter(|route| route.method == Method::GET && !route.machine && !route.path.contains('{'));
    let mut asked = BTreeSet::new();
    for route in pages {
        let seen = administrator.get(route.path).await;
        if seen.status == StatusCode::OK {
            asked.extend(asked_by(&seen.text, route.path));
        }
    }
    assert!(asked.len() > 20, "{asked:?}");
    for address in asked {
        let seen = administrator.get(&address).await;
        // The words themselves stand in the manual; on a page that did not understand they are in its flash.
        let flash = seen.text.split("class=\"flash doubt\"").nth(1).unwrap_or_default();
        let flash = flash.split("</div>").next().unwrap_or_default();
        let refused = seen.status == StatusCode::BAD_REQUEST && seen.text.contains("query-unknown");
        assert!(!refused && !flash.contains("This address asks for something"), "{address}: {flash}");
    }
}
