use crate::town::rooms;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn places_that_are_none_are_refused_in_a_sentence() {
    for room in rooms().await {
        let visitor = room.town.browser();
        for (lat, long, words) in [
            ("NaN", "0.05", "Latitude is a number"),
            ("inf", "0.05", "Latitude is a number"),
            ("91", "0.05", "Latitude is a number"),
            ("50,05", "0,05", "Latitude is a number"),
            ("50.05", "", "both latitude and longitude"),
            ("51", "3", "metres outside the town"),
        ] {
            let seen = visitor
                .post_json("/requests.json", &json!({"category": "lamp", "lat": lat, "long": long, "address": "Quay"}))
                .await;
            let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
            assert_eq!(seen.headers[header::CONTENT_TYPE], "application/problem+json");
            assert_eq!(seen.json()["status"], 422);
        }
        visitor
            .post_json("/requests.json", &json!({"category": "lamp"}))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Say where it is");
        visitor
            .post_json("/requests.json", &json!({"category": "ufo", "address": "Quay"}))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(room.town.column("select code from requests").await.is_empty(), "nothing half-stored");
    }
}

#[tokio::test]
async fn what_is_not_a_form_is_refused_in_a_sentence() {
    for room in rooms().await {
        let visitor = room.town.browser();
        let cases: [(&str, &[u8], u16); 8] = [
            ("application/json", b"{\"category\": \"lamp\",", 400),
            ("application/json", b"{\"category\": \"lamp\", \"category\": \"bin\"}", 400),
            ("application/json", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 400),
            ("application/json", b"{\"category\": \"\xff\xfe\"}", 400),
            ("application/xml", b"<request/>", 415),
            ("multipart/form-data", b"no boundary", 400),
            ("multipart/form-data; boundary=x", b"--x\r\nnonsense", 400),
            ("application/x-www-form-urlencoded", b"category=lamp&address=%00", 400),
        ];
        for (kind, body, status) in cases {
            let request =
                Request::builder().method(Method::POST).uri("/requests.json").header(header::CONTENT_TYPE, kind);
            let seen = visitor.send(request, body.to_vec()).await;
            assert_eq!(seen.status.as_u16(), status, "{kind} {}: {}", String::from_utf8_lossy(body), seen.text);
            assert!(seen.json()["detail"].as_str().unwrap().len() > 20, "a sentence: {}", seen.text);
        }
        let long = "x".repeat(1_000_000);
        visitor
            .post_json("/requests.json", &json!({"category": "lamp", "address": "Quay", "description": long}))
            .await
            .sees(StatusCode::PAYLOAD_TOO_LARGE);
        let long = "x".repeat(4_001);
        visitor
            .post_json("/requests.json", &json!({"category": "lamp", "address": "Quay", "description": long}))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("4000");
        let many: String = (0..300).map(|n| format!("f{n}=x&")).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri("/requests.json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        visitor.send(request, many.into_bytes()).await.sees(StatusCode::PAYLOAD_TOO_LARGE);
        let request = Request::builder()
            .method(Method::POST)
            .uri("/requests.json")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        visitor.send(request, vec![b'x'; 50 << 20]).await.sees(StatusCode::PAYLOAD_TOO_LARGE);
        assert!(room.town.column("select code from requests").await.is_empty());
    }
}

#[tokio::test]
async fn addresses_that_ask_for_nothing_are_refused() {
    for room in rooms().await {
        let visitor = room.town.browser();
        for query in [
            "limit=-1",
            "limit=0",
            "limit=1e9",
            "limit=1001",
            "after=zzz",
            "state=broken",
            "district=moon",
            "category=ufo",
            "from=tomorrow",
            "until=2026-13-40",
            "from=-999999-01-01",
        ] {
            visitor.get(&format!("/requests.json?{query}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            visitor.get(&format!("/requests?{query}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        for days in ["from=0001-01-01", "until=9998-12-31", "from=2099-01-01&until=2001-01-01"] {
            visitor.get(&format!("/requests.json?{days}")).await.sees(StatusCode::OK);
        }
        for path in [
            "/requests/R-ZZZZ",
            "/requests/%00",
            "/requests/..%2f..%2fetc",
            "/requests/R-ZZZZ.exe",
            "/files/nope.jpg",
            "/report/none/where",
            "/requests/R-ZZZZ/qr.svg",
        ] {
            visitor.get(path).await.sees(StatusCode::NOT_FOUND);
        }
    }
}
