//! GeoReport v2 from inside; the unmodified clients are tried from outside.

use crate::town::{Room, rooms};
use axum::http::{StatusCode, header};
use civic::Role;
use serde_json::Value;

const V2: &str = "/open311/v2";

async fn report(room: &Room, fields: &[(&str, &str)]) -> testing::Seen {
    let key = room.town.token(Role::Open311).await;
    let all: Vec<_> = [("api_key", &*key)].into_iter().chain(fields.iter().copied()).collect();
    room.town.browser().post(&format!("{V2}/requests.json"), &all).await
}

async fn json(room: &Room, path: &str) -> Value {
    room.town.browser().get(&format!("{V2}/{path}")).await.sees(StatusCode::OK).json()
}

#[tokio::test]
async fn a_client_reports_and_reads_back() {
    for room in rooms().await {
        let fields = [
            ("service_code", "bin"),
            ("lat", "50.05"),
            ("long", "0.15"),
            ("attribute[size]", "L"),
            ("description", "Full"),
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", "ann@example.org"),
            ("media_url", "https://example.org/x.jpg"),
            ("jurisdiction_id", "town.test"),
            ("device_id", "d1"),
        ];
        let kept = report(&room, &fields).await.sees(StatusCode::OK).json();
        let id = kept[0]["service_request_id"].as_str().unwrap().to_owned();
        let one = json(&room, &format!("requests/{id}.json")).await;
        assert_eq!(one[0]["status"], "open");
        assert_eq!(one[0]["service_name"], "Broken bin");
        assert_eq!(one[0]["agency_responsible"], "Waste and recycling");
        assert_eq!((one[0]["lat"].as_f64(), one[0]["long"].as_f64()), (Some(50.05), Some(0.15)));
        assert_eq!(one[0]["media_url"], "https://example.org/x.jpg");
        assert!(one[0]["expected_datetime"].is_null() && one[0]["requested_datetime"].as_str().unwrap().ends_with('Z'));
        let text = one.to_string();
        assert!(!text.contains("ann@") && !text.contains("Lee"), "the reporter is private");
        assert_eq!(json(&room, &format!("tokens/{id}.json")).await[0]["service_request_id"], id.as_str());
        assert_eq!(
            json(&room, &format!("requests.json?service_request_id={id},R-ZZZZ")).await.as_array().unwrap().len(),
            1
        );
        let xml = room.town.browser().get(&format!("{V2}/requests/{id}.xml")).await.sees(StatusCode::OK);
        assert_eq!(xml.headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
        xml.says(&format!("<service_requests><request><service_request_id>{id}</service_request_id>"))
            .says("<expected_datetime></expected_datetime>");
        room.bins
            .post(&format!("/desk/{id}/resolve"), &[("text", "Emptied"), ("version", "1")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let one = json(&room, &format!("requests/{id}.json?extensions=true")).await;
        assert_eq!((one[0]["status"].as_str(), one[0]["status_notes"].as_str()), (Some("closed"), Some("Emptied")));
        assert_eq!(one[0]["extended_attributes"]["detailed_status"], "resolved");
        assert_eq!(one[0]["notes"].as_array().unwrap().len(), 2);
        let updates = json(&room, "servicerequestupdates.json").await;
        assert_eq!(
            (updates[0]["service_request_id"].as_str(), updates[0]["status"].as_str()),
            (Some(&*id), Some("CLOSED"))
        );
    }
}

#[tokio::test]
async fn services_and_their_questions() {
    for room in rooms().await {
        let services = json(&room, "services.json").await;
        let bin = services.as_array().unwrap().iter().find(|one| one["service_code"] == "bin").unwrap().clone();
        assert_eq!(
            (bin["metadata"].as_bool(), bin["type"].as_str(), bin["keywords"].as_str()),
            (Some(true), Some("realtime"), Some("bin"))
        );
        let definition = json(&room, "services/bin.json").await;
        let question = &definition["attributes"][0];
        assert_eq!(
            (question["code"].as_str(), question["datatype"].as_str(), question["order"].as_i64()),
            (Some("size"), Some("singlevaluelist"), Some(1))
        );
        assert_eq!(question["values"][1]["key"], "L");
        let visitor = room.town.browser();
        visitor
            .get("/open311/discovery.xml")
            .await
            .sees(StatusCode::OK)
            .says("<endpoint><specification>http://wiki.open311.org/GeoReport_v2</specification>");
        let discovery = visitor.get("/open311/discovery.json").await.sees(StatusCode::OK).json();
        let kinds: Vec<_> = discovery["endpoints"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["type"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["production", "test"]);
    }
}

#[tokio::test]
async fn errors_have_the_shape_of_the_standard() {
    for room in rooms().await {
        let visitor = room.town.browser();
        for (path, code) in [
            ("requests/R-ZZZZ.json", 404),
            ("services/ufo.json", 404),
            ("tokens/x.json", 404),
            ("nothing.json", 404),
            ("services.json?jurisdiction_id=elsewhere", 404),
            ("requests.json?status=broken", 400),
            ("requests.json?page=-1", 400),
            ("requests.json?page=1e9", 400),
            ("requests.json?page=0", 400),
            ("requests.json?page_size=5000", 400),
            ("requests.json?page=99999999999999999999", 400),
            ("requests.json?start_date=yesterday", 400),
            ("requests.json?start_date=2026-05-01", 400),
            ("requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-12-01T00:00:00Z", 400),
            ("requests.json?start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", 400),
            ("requests.json?service_code=ufo", 404),
            ("servicerequestupdates.json?start_date=x", 400),
        ] {
            let seen = visitor.get(&format!("{V2}/{path}")).await;
            assert_eq!(seen.status.as_u16(), code, "{path}: {}", seen.text);
            assert_eq!(seen.json()[0]["code"], code, "{path}");
            assert!(seen.json()[0]["description"].as_str().unwrap().len() > 10);
        }
        visitor
            .get(&format!("{V2}/requests/R-ZZZZ.xml"))
            .await
            .sees(StatusCode::NOT_FOUND)
            .says("<errors><error><code>404</code><description>");
        visitor.get("/open311/v2/requests.json?start_date=1066-10-14T00:00:00Z").await.sees(StatusCode::OK);
        let post = format!("{V2}/requests.xml");
        visitor.post(&post, &[("service_code", "lamp")]).await.sees(StatusCode::FORBIDDEN).says("<code>403</code>");
        visitor.post(&post, &[("api_key", "pt_wrong"), ("service_code", "lamp")]).await.sees(StatusCode::FORBIDDEN);
        let auditor = room.town.token(Role::Auditor).await;
        visitor
            .post(&post, &[("api_key", &*auditor), ("service_code", "lamp"), ("address_string", "Quay")])
            .await
            .sees(StatusCode::FORBIDDEN);
        for fields in [
            &[("lat", "50.05"), ("long", "0.05")][..],
            &[("service_code", "ufo"), ("address_string", "Quay")],
            &[("service_code", "lamp")],
            &[("service_code", "lamp"), ("lat", "NaN"), ("long", "0")],
            &[("service_code", "lamp"), ("lat", "10"), ("long", "10")],
            &[("service_code", "bin"), ("address_string", "Quay")],
            &[("service_code", "bin"), ("address_string", "Quay"), ("attribute[size]", "XXL")],
            &[("service_code", "bin"), ("address_string", "Quay"), ("attribute[size]", "L"), ("attribute[size]", "S")],
            &[("service_code", "lamp"), ("address_string", "Quay"), ("email", "nobody")],
            &[("service_code", "lamp"), ("address_string", "Quay"), ("media_url", "javascript:alert(1)")],
        ] {
            report(&room, fields).await.sees(StatusCode::BAD_REQUEST);
        }
        assert!(room.town.column("select code from requests").await.is_empty(), "nothing half-stored");
    }
}

#[tokio::test]
async fn an_update_sent_twice_is_kept_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let key = room.town.token(Role::Open311).await;
        let fields = [
            ("api_key", &*key),
            ("service_request_id", &*code),
            ("update_id", "u1"),
            ("updated_datetime", "2026-11-23T08:00:00Z"),
            ("status", "FIXED"),
            ("description", "Still dark"),
        ];
        let path = format!("{V2}/servicerequestupdates.json");
        let first = room.town.browser().post(&path, &fields).await.sees(StatusCode::OK).json();
        let second = room.town.browser().post(&path, &fields).await.sees(StatusCode::OK).json();
        assert_eq!(first, second);
        let refused = async |field: &str, value: &str| {
            let changed = fields.map(|(name, kept)| (name, if name == field { value } else { kept }));
            room.town.browser().post(&path, &changed).await.sees(StatusCode::BAD_REQUEST).text.clone()
        };
        // The same number for another request is no second sending: its words would be lost.
        let (other, _) = room.lamp("Another").await;
        assert!(refused("service_request_id", &other).await.contains("another request"));
        assert!(refused("status", "BANANA").await.contains("OPEN"));
        assert!(refused("updated_datetime", "1850-01-01T00:00:00Z").await.contains("2000"));
        assert_eq!(room.town.column("select body from comments").await, ["Still dark"]);
        assert_eq!(
            json(&room, &format!("requests/{code}.json")).await[0]["status"],
            "open",
            "only the agency closes it"
        );
        room.town.browser().post(&path, &fields[1..]).await.sees(StatusCode::FORBIDDEN);
    }
}

/// 9 of the attack list, and the rule that a key ends with its role.
#[tokio::test]
async fn paging_and_filters_agree() {
    for room in rooms().await {
        for number in 0..5 {
            room.lamp(&format!("Lamp {number}")).await;
            room.town.clock.advance_seconds(86_400);
        }
        let ids = |value: &Value| {
            value
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["service_request_id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let all = ids(&json(&room, "requests.json").await);
        assert_eq!(all.len(), 5);
        let mut paged = Vec::new();
        for page in 1..=3 {
            paged.extend(ids(&json(&room, &format!("requests.json?page={page}&page_size=2")).await));
        }
        assert_eq!(paged, all);
        room.lamps
            .post(&format!("/desk/{}/decline", all[0]), &[("text", "No"), ("version", "1")])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert_eq!(ids(&json(&room, "requests.json?status=closed").await), [all[0].clone()]);
        assert_eq!(json(&room, "requests.json?status=open&service_code=lamp,bin").await.as_array().unwrap().len(), 4);
        assert_eq!(json(&room, "requests.json?status=open&service_code=bin").await, serde_json::json!([]));
        // An empty parameter is an absent one, and the jurisdiction may come twice.
        assert_eq!(
            json(&room, "requests.json?status=&jurisdiction_id=town.test&jurisdiction_id=town.test")
                .await
                .as_array()
                .unwrap()
                .len(),
            5
        );
    }
}
