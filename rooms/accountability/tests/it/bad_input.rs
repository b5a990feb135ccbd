use crate::town::{day, page_sends_json, rooms, trees};
use axum::http::StatusCode;
use serde_json::json;

/// Each is refused in a sentence beside its field, keeps what was typed, and leaves nothing behind.
#[tokio::test]
async fn what_cannot_be_promised_is_said_and_not_stored() {
    for room in rooms().await {
        for (field, value, words) in [
            ("due", "soon", "Choose a day"),
            ("due", "2020-01-01", "has passed"),
            ("due", "2199-12-31", "years ahead"),
            ("budgeted", "-5", "not an amount"),
            ("budgeted", "999999999999999999", "not an amount"),
            ("budgeted", "NaN", "not an amount"),
            ("organisation", "roads", "Choose an organisation"),
            ("organisation", "", "Choose an organisation"),
            ("title[en]", &*"x".repeat(141), "too long"),
            ("lat", "91", "not coordinates"),
            ("lat", "10.5", "outside the town"),
            ("milestones", "whenever Ordered", "does not begin with a day"),
            ("from", "wish/W-9", "not public"),
        ] {
            let mut making = trees();
            making[field] = json!(value);
            let fields: Vec<(String, String)> = making
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
                .collect();
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let seen = room.parks.post("/commitments", &fields).await;
            let typed = day(5);
            if field == "from" {
                assert!(seen.status.is_client_error(), "{}", seen.status);
                continue;
            }
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words).says(if field == "milestones" {
                "Forty trees"
            } else {
                &typed
            });
            let machine =
                page_sends_json(&room.parks, "/commitments.json", &making).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(machine.headers["content-type"], "application/problem+json");
        }
        assert!(room.town.column("select code from commitments").await.is_empty());
        assert!(room.town.column("select from_id from links").await.is_empty());
        assert!(!room.town.record().await.join("").contains("commitment."));
    }
}

#[tokio::test]
async fn filters_are_values() {
    for room in rooms().await {
        room.promise(&trees()).await;
        let visitor = room.town.browser();
        for evil in ["'", "kept'--", "kept%27%20or%201%3D1", "%22%3B%20drop%20table%20commitments", "%00"] {
            for field in ["district", "organisation", "state", "q", "after", "limit"] {
                let seen = visitor.get(&format!("/commitments.json?{field}={evil}")).await;
                let fine = seen.status.is_client_error() || (field == "q" && seen.status == StatusCode::OK);
                assert!(fine, "{field}={evil}: {}", seen.status);
            }
        }
        assert_eq!(visitor.get("/commitments.json").await.json()["commitments"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn amounts_and_links_are_read_strictly() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        for (act, fields) in [
            ("spend", vec![("paid", "-1")]),
            ("spend", vec![("paid", "1e9")]),
            ("spend", vec![("paid", "99999999999999999999")]),
            ("spend", vec![]),
            ("spend", vec![("paid", "90000")]),
            ("report", vec![("text", "Look"), ("link", "javascript:alert(1)")]),
            ("reach", vec![("milestone", "7")]),
            ("postpone", vec![("until", "2020-01-01"), ("text", "x")]),
            ("fulfil", vec![]),
        ] {
            room.keep(&code, act, &fields).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let long = "x".repeat(4_001);
        room.keep(&code, "report", &[("text", &*long)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(room.seen(&code).await["version"], 1, "nothing half-done");
        assert_eq!(room.town.column("select saying from commitment_steps").await, ["commitment.made"]);
    }
}
