//! Setting the districts, and seeing them.

use axum::http::StatusCode;
use civic::{Language, Place, Role};
use places::{BoundaryRefusal, Districts};
use testing::{Part, Plan, TestTown, steward};
use web::Words;

fn towns() -> Vec<TestTown> {
    testing::towns(&Plan {
        rooms: || vec![people::room(), places::room()],
        install: |db, installed| installed.add(db.read_blocking(Districts::load).unwrap()),
        demo: false,
    })
}

#[tokio::test]
async fn the_administrator_looks_at_a_file_and_then_puts_it_in_force() {
    for town in towns() {
        let administrator = town.holder("first@example.org", Role::Administrator, None).await;
        administrator.get("/districts").await.sees(StatusCode::OK).says("No districts yet");
        let seen =
            administrator.post_files("/admin/districts", &[Part::File("file", "../evil.geojson", super::DEMO)]).await;
        let seen = seen.sees(StatusCode::OK).says("15 districts in this file");
        assert!(town.town.part::<Districts>().is_empty(), "looking changes nothing");
        let id = seen.text.split("name=\"set\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        administrator.post("/admin/districts", &[("set", &id)]).await.sees(StatusCode::SEE_OTHER);
        administrator.post("/admin/districts", &[("set", &id)]).await.sees(StatusCode::CONFLICT);
        let visitor = town.browser();
        visitor.get("/districts").await.sees(StatusCode::OK).says("citymap").says("Council District 15");
        visitor.get("/districts/3.json").await.sees(StatusCode::OK).says("\"code\":\"3\"");
        visitor.get("/districts.csv").await.sees(StatusCode::OK).says("code,name,area_km2,url");
        assert_eq!(visitor.get("/districts.geojson").await.json()["features"].as_array().unwrap().len(), 15);
        visitor.get("/districts/99").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/districts/pin-map.svg?lat=34&long=-118&zoom=3").await.sees(StatusCode::OK).says("<svg");
        visitor
            .get("/districts/pin-map.svg?lat=NaN&long=%3Cscript%3E&zoom=%22")
            .await
            .sees(StatusCode::OK)
            .never_says("<script>");
        visitor.get("/mark.svg").await.sees(StatusCode::OK).says("<path");
        assert!(town.record().await.iter().any(|entry| entry.contains("districts.set")));
        let downtown = Place::from_degrees(34.0522, -118.2437).unwrap();
        assert_eq!(town.town.part::<Districts>().locate(downtown).as_deref(), Some("14"));
        let sea = Place::from_degrees(33.5, -119.0).unwrap();
        assert!(town.town.part::<Districts>().distance_m(sea) > 10_000);
    }
}

#[tokio::test]
async fn what_is_broken_is_refused_in_a_sentence() {
    for town in towns() {
        let administrator = town.holder("first@example.org", Role::Administrator, None).await;
        for (bytes, words) in [
            (&b""[..], "The file is empty"),
            (b"{", "not JSON"),
            (b"{\"type\":\"FeatureCollection\",\"features\":[]}", "has no district"),
            (b"{\"type\":\"Point\",\"coordinates\":[1,2]}", "must be a Polygon"),
        ] {
            let seen = administrator.post_files("/admin/districts", &[Part::File("file", "x", bytes)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        }
        let resident = town.signed_in("amina@example.org").await;
        resident
            .post_files("/admin/districts", &[Part::File("file", "x", super::DEMO)])
            .await
            .sees(StatusCode::FORBIDDEN);
        assert!(town.town.part::<Districts>().is_empty());
        assert!(places::set_boundaries(&town.town, &civic::Actor::visitor(Language::En), super::DEMO).await.is_err());
        assert_eq!(places::set_boundaries(&town.town, &steward(), super::DEMO).await.unwrap(), 15);
    }
}

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(places::room().messages).unwrap();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), words.keys(Language::En), "{language}");
    }
    let refusal = BoundaryRefusal::EmptyFile;
    assert!(words.of(Language::Ar).has(&format!("refusal-{}", refusal.code())));
}
