use crate::{
    receiver::Receiver,
    town::{add, happens, settle, strict_towns, towns},
};
use axum::http::StatusCode;
use civic::{Language, Role};
use web::Words;

#[tokio::test]
async fn addresses_in_our_own_network_are_refused_and_nothing_is_kept() {
    for town in strict_towns() {
        let admin = town.administrator().await;
        for url in [
            "",
            "x",
            "ftp://example.org/",
            "http://example.org/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://169.254.169.254/",
            "https://[::ffff:10.0.0.1]/",
            "https://a:b@example.org/",
            "http://127.0.0.1:1@evil",
            "https://example.org\\@10.0.0.1/",
        ] {
            let seen = admin.post("/admin/webhooks", &[("url", url)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains("id=\"url-error\""), "{url}");
        }
        let long = "x".repeat(121);
        let wrong = [("url", "https://example.org/"), ("note", long.as_str()), ("kinds", "no.such")];
        let seen = admin.post("/admin/webhooks", &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.text.contains("note-error") && seen.text.contains("kinds-error"));
        assert!(town.column("select id from webhooks").await.is_empty());
        for number in 0..20 {
            add(&town, &format!("https://example.org/{number}"), &[]).await;
        }
        admin.post("/admin/webhooks", &[("url", "https://example.org/")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// A name that leads into our own network passes the form, and is refused when it is connected to.
#[tokio::test]
async fn a_name_that_leads_into_our_own_network_is_not_connected_to() {
    for town in strict_towns() {
        let admin = town.administrator().await;
        let (id, _) = add(&town, "https://localhost:9/", &[]).await;
        happens(&admin, "one").await;
        settle(&town).await;
        let shown = admin.get(&format!("/admin/webhooks/{id}.json")).await.json();
        assert_eq!(shown["deliveries"][0]["status"], serde_json::Value::Null);
        let error = shown["deliveries"][0]["error"].as_str().unwrap();
        assert!(error.contains("not in the public network"), "{error}");
    }
}

#[tokio::test]
async fn a_test_is_sent_at_once_also_while_it_is_paused() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &["mandate.given"]).await;
        let own = format!("/admin/webhooks/{id}");
        admin.post(&format!("{own}/pause"), &[]).await.sees(StatusCode::SEE_OTHER);
        admin.post(&format!("{own}/test"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(receiver.came()[0].json()["type"], "webhook.test");
        receiver.answers(500);
        admin.post(&format!("{own}/test"), &[]).await.sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        assert_eq!(receiver.came().len(), 1, "a test that fails is not tried again");
        let shown = admin.get(&format!("{own}.json")).await.json();
        let found: Vec<_> = shown["deliveries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["state"].as_str().unwrap(), one["status"].as_i64()))
            .collect();
        assert_eq!(found, [("refused", Some(500)), ("delivered", Some(200 + 4))]);
    }
}

#[tokio::test]
async fn what_waits_stays_while_paused_and_goes_when_removed() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, _) = add(&town, &receiver.url, &[]).await;
        let own = format!("/admin/webhooks/{id}");
        admin.post(&format!("{own}/pause"), &[]).await.sees(StatusCode::SEE_OTHER);
        happens(&admin, "one").await;
        settle(&town).await;
        assert!(receiver.came().is_empty());
        admin.get(&own).await.sees(StatusCode::OK).says("paused");
        admin.post(&format!("{own}/resume"), &[]).await.sees(StatusCode::SEE_OTHER);
        settle(&town).await;
        assert_eq!(receiver.came().len(), 1);
        admin.get(&format!("{own}/remove")).await.sees(StatusCode::OK);
        admin.post(&format!("{own}/remove"), &[]).await.sees(StatusCode::SEE_OTHER);
        happens(&admin, "two").await;
        settle(&town).await;
        assert!(receiver.came().is_empty());
        assert!(town.column("select webhook_id from webhook_deliveries").await.is_empty());
        admin.get(&own).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn secrets_are_shown_once_and_deliveries_page_by_page() {
    for town in towns() {
        let admin = town.administrator().await;
        let receiver = Receiver::new();
        let (id, secret) = add(&town, &receiver.url, &[]).await;
        for number in 0..5 {
            happens(&admin, &format!("agency-{number}")).await;
        }
        settle(&town).await;
        for path in ["/admin/webhooks".to_owned(), format!("/admin/webhooks/{id}")] {
            for end in ["", ".json"] {
                let seen = admin.get(&format!("{path}{end}")).await.sees(StatusCode::OK);
                assert!(!seen.text.contains(&secret) && !seen.text.contains("whsec_"), "{path}{end}");
            }
        }
        let mut path = format!("/admin/webhooks/{id}.json?limit=2");
        let mut seen = Vec::new();
        loop {
            let shown = admin.get(&path).await.sees(StatusCode::OK).json();
            seen.extend(shown["deliveries"].as_array().unwrap().iter().map(|one| one["position"].as_i64().unwrap()));
            let Some(next) = shown["next"].as_str() else { break };
            path = format!("/admin/webhooks/{id}.json?limit=2&after={next}");
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|one, other| one > other), "{seen:?}");
        admin.get(&format!("/admin/webhooks/{id}.json?after=zz")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let officer = town.holder("m@example.org", Role::Moderator, None).await;
        officer.get(&format!("/admin/webhooks/{id}")).await.sees(StatusCode::FORBIDDEN);
    }
}

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(webhooks::room().messages).unwrap();
    let english = words.keys(Language::En);
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), english, "{language}");
    }
}
