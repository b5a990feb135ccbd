use crate::{
    receiver::{Came, Receiver},
    town::{add, happens, settle, towns},
};
use axum::http::StatusCode;
use webhooks::{Secret, sign};

fn codes(came: &[Came]) -> Vec<String> {
    came.iter().map(|one| one.json()["data"]["what"]["code"].as_str().unwrap_or_default().to_owned()).collect()
}

fn is_signed(came: &Came, secret: &str) -> bool {
    let secret: Secret = secret.parse().unwrap();
    let timestamp = came.header("webhook-timestamp").parse().unwrap();
    let signature = sign(&[secret], came.header("webhook-id"), timestamp, came.body.as_bytes());
    came.header("webhook-signature").split(' ').any(|one| one == signature)
}

#[tokio::test]
async fn what_the_record_says_is_heard_in_order_and_signed() {
    for town in towns() {
        let admin = town.administrator().await;
        happens(&admin, "before").await;
        settle(&town).await;
        let receiver = Receiver::new();
        let (_, secret) = add(&town, &receiver.url, &[]).await;
        for code in ["one", "two", "three"] {
            happens(&admin, code).await;
        }
        settle(&town).await;
        let came = receiver.came();
        assert_eq!(codes(&came), ["one", "two", "three"], "nothing from before it was added");
        for one in &came {
            assert!(is_signed(one, &secret));
            assert_eq!(one.header("content-type"), "application/json");
        }
        let body = came[0].json();
        assert_eq!(body["type"], "organisation.added");
        assert_eq!(body["data"]["sentence"], "The organisation one was added");
        assert!(body["data"]["entry_url"].as_str().unwrap().starts_with("http://town.test/record/"));
        assert_eq!(came[0].header("webhook-id"), format!("entry_{}", body["data"]["id"].as_str().unwrap()));
        settle(&town).await;
        assert!(receiver.came().is_empty(), "once");
    }
}

#[tokio::test]
async fn only_what_was_asked_for_is_heard() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        add(&town, &receiver.url, &["mandate.given"]).await;
        happens(&admin, "one").await;
        admin
            .post("/admin/people", &[("email", "a@example.org"), ("role", "auditor")])
            .await
            .sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        let came = receiver.came();
        assert_eq!(came.len(), 1);
        assert_eq!(came[0].json()["type"], "mandate.given");
        assert!(!came[0].body.contains("a@example.org"), "nothing private");
    }
}

#[tokio::test]
async fn a_receiver_that_is_down_and_comes_back_gets_everything_in_order() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &[]).await;
        receiver.answers(503);
        happens(&admin, "one").await;
        settle(&town).await;
        assert_eq!(codes(&receiver.came()), ["one"], "tried once");
        happens(&admin, "two").await;
        settle(&town).await;
        assert!(receiver.came().is_empty(), "nothing overtakes, and the pause is kept");
        // A day of hourly tries later it is still held, not lost.
        for _ in 0..30 {
            town.clock.advance_seconds(3_600);
            settle(&town).await;
        }
        assert!(codes(&receiver.came()).iter().all(|code| code == "one"));
        let shown = admin.get(&format!("/admin/webhooks/{id}.json")).await.sees(StatusCode::OK).json();
        assert_eq!(
            (shown["webhook"]["waiting"].as_i64(), shown["webhook"]["state"].as_str()),
            (Some(2), Some("active"))
        );
        receiver.answers(200);
        town.clock.advance_seconds(3_600);
        settle(&town).await;
        assert_eq!(codes(&receiver.came()), ["one", "two"]);
        let shown = admin.get(&format!("/admin/webhooks/{id}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((shown["webhook"]["waiting"].as_i64(), shown["webhook"]["failures"].as_i64()), (Some(0), Some(0)));
    }
}

#[tokio::test]
async fn after_three_days_it_stops_and_goes_on_when_told() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &[]).await;
        receiver.answers(500);
        happens(&admin, "one").await;
        for _ in 0..80 {
            settle(&town).await;
            town.clock.advance_seconds(3_601);
        }
        let state = |json: serde_json::Value| json["webhook"]["state"].as_str().unwrap().to_owned();
        let shown = || async { state(admin.get(&format!("/admin/webhooks/{id}.json")).await.json()) };
        assert_eq!(shown().await, "stopped");
        let tries = receiver.came().len();
        settle(&town).await;
        assert!(receiver.came().is_empty() && tries > 20, "{tries}");
        happens(&admin, "two").await;
        receiver.answers(200);
        settle(&town).await;
        assert!(receiver.came().is_empty(), "what is stopped is left alone");
        admin.post(&format!("/admin/webhooks/{id}/resume"), &[]).await.sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        assert_eq!(codes(&receiver.came()), ["one", "two"], "nothing was lost");
        assert_eq!(shown().await, "active");
    }
}

#[tokio::test]
async fn a_message_that_is_refused_for_good_does_not_hold_the_others() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &[]).await;
        receiver.answers(400);
        happens(&admin, "one").await;
        for _ in 0..8 {
            settle(&town).await;
            town.clock.advance_seconds(3_600);
        }
        assert_eq!(receiver.came().len(), 8);
        receiver.answers(200);
        happens(&admin, "two").await;
        settle(&town).await;
        assert_eq!(codes(&receiver.came()), ["two"]);
        let shown = admin.get(&format!("/admin/webhooks/{id}.json")).await.json();
        let refused: Vec<_> =
            shown["deliveries"].as_array().unwrap().iter().filter(|one| one["state"] == "refused").collect();
        assert_eq!(
            (refused.len(), refused[0]["status"].as_i64(), refused[0]["attempts"].as_i64()),
            (1, Some(400), Some(8))
        );
        receiver.answers(410);
        happens(&admin, "three").await;
        settle(&town).await;
        assert_eq!(admin.get(&format!("/admin/webhooks/{id}.json")).await.json()["webhook"]["state"], "stopped");
    }
}

#[tokio::test]
async fn one_or_many_are_sent_again_with_the_same_id() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &["organisation.added"]).await;
        for code in ["one", "two", "three"] {
            happens(&admin, code).await;
        }
        settle(&town).await;
        let first = receiver.came();
        let position = |came: &Came| came.json()["data"]["position"].as_u64().unwrap().to_string();
        let replay = format!("/admin/webhooks/{id}/replay");
        admin.post(&format!("{replay}/{}", position(&first[1])), &[]).await.sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        let again = receiver.came();
        assert_eq!(codes(&again), ["two"]);
        assert_eq!((again[0].header("webhook-id"), &again[0].body), (first[1].header("webhook-id"), &first[1].body));
        let range = [("from", position(&first[0])), ("to", position(&first[2]))];
        let range: Vec<(&str, &str)> = range.iter().map(|(name, text)| (*name, text.as_str())).collect();
        admin.post(&replay, &range).await.sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        assert_eq!(codes(&receiver.came()), ["one", "two", "three"]);
        for (from, to, field) in [
            ("", "", "from"),
            ("x", "2", "from"),
            ("5", "1", "from"),
            ("0", "99999999", "to"),
            ("900", "901", "from"),
            ("-1", "3", "from"),
        ] {
            let seen = admin.post(&replay, &[("from", from), ("to", to)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains(&format!("id=\"{field}-error\"")), "{from} {to}");
        }
        admin.post(&format!("{replay}/77"), &[]).await.sees(StatusCode::NOT_FOUND);
        settle(&town).await;
        assert!(receiver.came().is_empty(), "a refused replay sends nothing");
    }
}

#[tokio::test]
async fn a_new_secret_signs_beside_the_old_one_for_a_day() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, old) = add(&town, &receiver.url, &[]).await;
        let page = admin.post(&format!("/admin/webhooks/{id}/rotate"), &[]).await.sees(StatusCode::OK);
        assert_eq!(page.headers["cache-control"], "no-store");
        let start = page.text.find("whsec_").unwrap();
        let new = page.text[start..start + 50].replace("&#43;", "+").replace("&#x2B;", "+");
        happens(&admin, "one").await;
        settle(&town).await;
        let came = receiver.came().remove(0);
        assert!(is_signed(&came, &new) && is_signed(&came, &old));
        town.clock.advance_seconds(24 * 3_600);
        happens(&admin, "two").await;
        settle(&town).await;
        let came = receiver.came().remove(0);
        assert!(is_signed(&came, &new) && !is_signed(&came, &old));
    }
}
