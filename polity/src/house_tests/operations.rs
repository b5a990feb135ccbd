//! The administrator's page of operation.

use super::towns;
use axum::http::StatusCode;
use civic::{JobId, Role};
use database::{
    OffRecord,
    jobs::{self, ATTEMPTS_LIMIT, NewJob},
};
use testing::TestTown;

/// A job that was given up.
async fn dead_job(town: &TestTown, kind: &'static str, payload: serde_json::Value) -> String {
    let (now, id) = (town.town.now(), JobId::new(town.town.now(), town.town.chance()).text());
    let kept = id.clone();
    let put = town.town.db().write(move |tx| {
        jobs::put(tx, &NewJob { id: id.clone(), kind, payload: &payload, not_before: now })?;
        let job = jobs::Job { id, kind: kind.to_owned(), payload, attempts: ATTEMPTS_LIMIT, last_error: String::new() };
        jobs::fail(tx, &job, "the mail server did not take the mail", now)?;
        tx.commit(OffRecord("a test"), ())
    });
    put.await.map_err(|error: database::DbError| error).unwrap();
    kept
}

#[tokio::test]
async fn administrators_see_how_it_does_and_nobody_else() {
    for town in towns() {
        let admin = town.holder("first@example.org", Role::Administrator, None).await;
        town.settle().await;
        let shown = admin.get("/admin/operations.json").await.sees(StatusCode::OK).json();
        assert_eq!(shown["version"], env!("CARGO_PKG_VERSION"));
        assert!(shown["database"]["size_bytes"].as_i64().unwrap() > 10_000, "{shown}");
        assert!(shown["record"]["waiting"] == 0 && shown["disk"]["total_bytes"].as_u64().unwrap() > 0);
        let followers = shown["followers"].as_array().unwrap();
        assert!(followers.iter().any(|one| one["name"] == "webhooks" && one["behind"] == 0), "{followers:?}");
        assert!(shown["concerns"].as_array().unwrap().iter().any(|one| one == "mails-stay"));
        admin.get("/admin/operations").await.sees(StatusCode::OK).says("No mail server is set");
        let moderator = town.holder("m@example.org", Role::Moderator, None).await;
        moderator.get("/admin/operations").await.sees(StatusCode::FORBIDDEN);
        moderator.post("/admin/operations/test-mail", &[]).await.sees(StatusCode::FORBIDDEN);
        town.browser().get("/admin/operations.json").await.sees(StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_or_let_go() {
    for town in towns() {
        let admin = town.holder("first@example.org", Role::Administrator, None).await;
        town.settle().await;
        let mail = town.column("select id from mails").await.remove(0);
        let (again, away) = (
            dead_job(&town, "mail.send", serde_json::json!({ "mail": mail })).await,
            dead_job(&town, "long.nothing", serde_json::json!({})).await,
        );
        let shown = admin.get("/admin/operations.json").await.json();
        let dead = shown["jobs"]["dead"].as_array().unwrap();
        assert_eq!(dead.len(), 2);
        let trouble = &shown["mails"]["troubles"][0];
        assert_eq!((trouble["domain"].as_str(), trouble["next_at"].as_str()), (Some("example.org"), None));
        let text = admin.get("/admin/operations").await.sees(StatusCode::OK).text;
        assert!(!text.contains("first@example.org"), "to whom a mail goes is nobody's business");
        for (id, act) in [(&again, "retry"), (&away, "discard")] {
            let seen = admin.post(&format!("/admin/jobs/{id}/{act}"), &[("back", "/admin/operations")]).await;
            assert_eq!(seen.sees(StatusCode::SEE_OTHER).location(), "/admin/operations");
        }
        let elsewhere = admin.post(&format!("/admin/jobs/{away}/discard"), &[("back", "https://evil.example/")]).await;
        elsewhere.sees(StatusCode::NOT_FOUND);
        town.settle().await;
        let shown = admin.get("/admin/operations.json").await.json();
        assert!(
            shown["jobs"]["dead"].as_array().unwrap().is_empty()
                && shown["mails"]["troubles"].as_array().unwrap().is_empty()
        );
    }
}

#[tokio::test]
async fn a_test_mail_goes_to_whoever_asks_and_is_seen_to_leave() {
    for town in towns() {
        let admin = town.holder("first@example.org", Role::Administrator, None).await;
        admin.post("/admin/operations/test-mail", &[]).await.sees(StatusCode::SEE_OTHER);
        assert!(town.mails().await[0].mail.subject.contains("A test of the mail of Testburg"));
        town.settle().await;
        let shown = admin.get("/admin/operations.json").await.json();
        let own = &shown["mails"]["own"][0];
        assert!(own["subject"].as_str().unwrap().contains("test") && own["sent_at"].is_string(), "{own}");
        let program = town.program(&town.token(Role::Administrator).await);
        program.post("/admin/operations/test-mail", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}
