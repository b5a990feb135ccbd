//! What every page has: its language, its headers, all of its words.

use super::towns;
use axum::http::StatusCode;
use civic::{Language, Role};
use std::{collections::BTreeSet, fs, path::Path};
use web::{Words, manifest::Catalogue, words::MISSING};

fn words() -> Words {
    let rooms = crate::assemble::rooms(true);
    Words::read(web::MESSAGES.iter().chain(rooms.iter().flat_map(|room| room.messages))).unwrap()
}

#[test]
fn every_language_has_every_message() {
    let words = words();
    let english: BTreeSet<_> = words.keys(Language::En).iter().collect();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language).iter().collect::<BTreeSet<_>>(), english, "{language}");
    }
}

/// Keys that code or templates name as they stand.
fn named_keys(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") && !path.ends_with("house_tests") {
                named_keys(&path, found);
            }
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for call in ["t.say(\"", ".with1(\"", ".with2(\"", "t.with(\""] {
            for piece in text.split(call).skip(1) {
                found.extend(piece.split('"').next().map(str::to_owned));
            }
        }
        for call in ["Refusal::new(\"", "Refusal::conflict(\""] {
            for piece in text.split(call).skip(1) {
                found.extend(piece.split('"').next().map(|code| format!("refusal-{code}")));
            }
        }
    }
}

#[test]
fn every_key_that_is_named_has_its_message() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut named = BTreeSet::new();
    for part in [
        "foundation/people",
        "foundation/places",
        "foundation/commons",
        "foundation/forms",
        "foundation/webhooks",
        "rooms/accountability",
        "rooms/alerts",
        "rooms/assemblies",
        "rooms/conversations",
        "rooms/open_data",
        "rooms/requests",
        "rooms/meetings",
        "rooms/services",
        "rooms/surveys",
        "rooms/voting",
        "rooms/participation",
        "polity",
    ] {
        named_keys(&root.join(part), &mut named);
    }
    named_keys(&root.join("foundation/web/templates"), &mut named);
    named
        .retain(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    assert!(named.len() > 300, "{}", named.len());
    let english = words();
    let known: BTreeSet<_> = english.keys(Language::En).iter().cloned().collect();
    let missing: Vec<_> = named.difference(&known).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What a machine made reads from left to right on a page from right to left: codes, pseudonyms, ids and addresses of the foundation's
/// own templates stand in an element that keeps them apart.
#[test]
fn codes_are_kept_apart_from_the_writing_around_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut looked = 0;
    for part in [
        "foundation/commons",
        "foundation/people",
        "foundation/places",
        "foundation/web",
        "foundation/webhooks",
        "polity",
    ] {
        for entry in fs::read_dir(root.join(part).join("templates")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap_or_default();
            for (place, _) in text.match_indices(">{{ ") {
                let name = text[place + 4..].split(" }}").next().unwrap_or_default();
                let last = name.rsplit('.').next().unwrap_or_default();
                if !matches!(last, "code" | "handle" | "id" | "email" | "checkpoint") {
                    continue;
                }
                let tag = text[..=place].rsplit('<').next().unwrap_or_default();
                let apart = ["bdi", "code", "option"].iter().any(|one| tag.starts_with(one)) || tag.contains("id\"");
                assert!(apart, "{}: {{{{ {name} }}}} in <{tag}", path.display());
                looked += 1;
            }
        }
    }
    assert!(looked > 15, "{looked}");
}

#[tokio::test]
async fn every_page_speaks_the_readers_language() {
    for town in towns() {
        let administrator = town.holder("first@example.org", Role::Administrator, None).await;
        places::set_boundaries(&town.town, &testing::steward(), include_bytes!("../../../demo/districts.geojson"))
            .await
            .unwrap();
        town.settle().await;
        let pages: Vec<_> = town
            .town
            .part::<Catalogue>()
            .routes
            .iter()
            .filter(|route| {
                route.method == "GET" && !route.machine && !route.path.contains('{') && !route.path.ends_with(".svg")
            })
            .map(|route| route.path)
            .collect();
        assert!(pages.len() > 20, "{pages:?}");
        let mut administrator = administrator;
        for (tag, direction) in [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")] {
            administrator = administrator.reading(tag);
            for path in &pages {
                let seen = administrator.get(path).await;
                // Downloads, the way out of a town that has its administrator, and what wants a subject are no pages by themselves.
                if seen.status == StatusCode::SEE_OTHER || matches!(*path, "/setup" | "/me/export" | "/comments") {
                    continue;
                }
                assert_eq!(seen.status, StatusCode::OK, "{path} in {tag}");
                let seen = seen.never_says(MISSING).never_says("style=\"").never_says("onclick=");
                assert!(seen.text.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{path} in {tag}");
                assert_eq!(seen.text.matches("<h1").count(), 1, "{path} has one heading of the first order");
                let policy = seen.headers["content-security-policy"].to_str().unwrap();
                // Only a widget may stand in a frame, and only of the sites that the town names.
                let frames = if path.starts_with("/embed/") { "https://news.example" } else { "'none'" };
                assert!(
                    policy.contains("script-src 'self'")
                        && policy.contains(&format!("frame-ancestors {frames}"))
                        && !policy.contains("unsafe"),
                    "{path}: {policy}"
                );
                assert_eq!(seen.headers["x-content-type-options"], "nosniff");
            }
        }
    }
}

/// Every door of a visitor, but for the search, is in the sitemap, and every page that is named there answers.
#[tokio::test]
async fn the_sitemap_names_what_everybody_may_read() {
    for town in towns() {
        let visitor = town.browser();
        let house: Result<Vec<_>, database::DbError> =
            town.town.db().read(|tx| crate::pages::about::sitemap(tx, 0)).await;
        let paths: Vec<String> = house.unwrap().into_iter().map(|(path, _)| path).collect();
        for path in &paths {
            visitor.get(path).await.sees(StatusCode::OK);
        }
        let nobody = civic::Actor::visitor(Language::En);
        for door in town.town.part::<Catalogue>().doors.iter().filter(|door| nobody.may(&door.act)) {
            assert!(door.href == "/search" || paths.iter().any(|path| path == door.href), "{}", door.href);
        }
    }
}
