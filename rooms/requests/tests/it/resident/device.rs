//! Reports that are written on the device and sent when there is a network.

use super::super::{reporting::DOT, town::rooms};
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use testing::{Browser, Part, Seen};

const KEY: &str = "4f0c5d3e-8a57-4c0e-9a3c-2f6a1b7d9e10";

async fn send(browser: &Browser, key: &str, report: &Value) -> Seen {
    let request = Request::builder().method(Method::POST).uri("/requests.json");
    let request = request.header(header::CONTENT_TYPE, "application/json").header("idempotency-key", key);
    browser.send(request.header("sec-fetch-site", "same-origin"), report.to_string().into_bytes()).await
}

fn report(words: &str) -> Value {
    json!({"category": "lamp", "address": "12 Mill Lane", "description": words, "email": "amina@example.org"})
}

#[tokio::test]
async fn a_report_that_is_sent_again_is_stored_once_and_answered_the_same() {
    for room in rooms().await {
        let device = room.town.browser();
        let first = send(&device, KEY, &report("Dark")).await.sees(StatusCode::CREATED).json();
        let again = send(&device, KEY, &report("Dark")).await.sees(StatusCode::CREATED).json();
        assert_eq!(first, again, "also the private link");
        assert_eq!(room.town.column("select code from requests").await.len(), 1);
        let opened = room.town.record().await.iter().filter(|body| body.contains("request.opened")).count();
        assert_eq!(opened, 1);
        let own = first["own_url"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap();
        device.get(own).await.sees(StatusCode::OK).says("Dark");
        let to = |mail: &&people::mail::WrittenMail| mail.mail.to.as_str() == "amina@example.org";
        assert_eq!(room.town.mails().await.iter().filter(to).count(), 2, "the link and the question about news, once");
        assert_eq!(first["code"], room.town.browser().get("/requests.json").await.json()["requests"][0]["code"]);
        let code = first["code"].as_str().unwrap();
        let view = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(view["source"], "web", "it was written on our own page");
        // Another report under the same key is no repetition.
        let other = send(&device, KEY, &report("Something else")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert!(other["type"].as_str().unwrap().ends_with("#sent-key-reused"), "{other}");
        // The database alone does not lead to the private link.
        let kept = room.town.column("select key_hash || fingerprint || salt || code from request_sent").await;
        assert!(kept.len() == 1 && !kept[0].contains(KEY) && !own.contains(&kept[0][64..128]));
    }
}

#[tokio::test]
async fn two_at_once_are_one() {
    for room in rooms().await {
        let (one, other) = (room.town.browser(), room.town.browser());
        let words = report("Dark");
        let (first, second) = tokio::join!(send(&one, KEY, &words), send(&other, KEY, &words));
        assert_eq!(first.sees(StatusCode::CREATED).json(), second.sees(StatusCode::CREATED).json());
        assert_eq!(room.town.column("select code from requests").await.len(), 1);
    }
}

#[tokio::test]
async fn a_key_that_could_be_guessed_is_refused() {
    for room in rooms().await {
        let device = room.town.browser();
        for key in ["1", "report-1", "", "short-but-not-so-short", "with blanks and / signs in it, long enough"] {
            let seen = send(&device, key, &report("Dark")).await;
            let refused = seen.status == StatusCode::UNPROCESSABLE_ENTITY;
            assert!(refused || key == "short-but-not-so-short", "{key}: {}", seen.text);
        }
        // A refusal takes no key: put right, it is sent with the same.
        let wrong = json!({"category": "lamp", "description": "Dark"});
        send(&device, KEY, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        send(&device, KEY, &report("Dark")).await.sees(StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_photo_that_is_sent_again_is_kept_once() {
    for room in rooms().await {
        let device = room.town.browser();
        let parts =
            [Part::Text("category", "lamp"), Part::Text("address", "Mill Lane"), Part::File("photo", "p.jpg", DOT)];
        // A form without a key stays what it was: each is a report.
        for _ in 0..2 {
            device.post_files("/requests", &parts).await.sees(StatusCode::SEE_OTHER);
        }
        assert_eq!(room.town.column("select id from files").await.len(), 2);
    }
}

#[tokio::test]
async fn the_page_of_the_device_is_the_same_for_everybody() {
    for room in rooms().await {
        let visitor = room.town.browser().get("/report/device").await.sees(StatusCode::OK);
        let page = visitor.says("data-island=\"offline\" hidden").says("data-category=\"bin\" hidden disabled");
        assert!(page.text.contains("How large?") && page.text.contains("<noscript>"));
        let worker = room.town.browser().get("/report/worker.js").await;
        match web::assets::EDITION {
            "full" => {
                let worker = worker.sees(StatusCode::OK).says("/report/device");
                assert_eq!(worker.headers["service-worker-allowed"], "/report");
                assert_eq!(worker.headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
                assert_eq!(worker.headers[header::CACHE_CONTROL], "no-cache");
                assert!(worker.text.contains(web::assets::APP_CSS), "it knows the files of its page");
            }
            _ => drop(worker.sees(StatusCode::NOT_FOUND)),
        }
    }
}
