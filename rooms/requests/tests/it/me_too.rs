//! “Me too”: counted once, whoever sends it and however often.

use crate::{likeness::me_too_count, town::rooms};
use axum::http::StatusCode;
use serde_json::json;

/// Attack 8: 32 submissions of one browser, of one account and of one address, at once.
#[tokio::test]
async fn many_at_once_count_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("Dark").await;
        let path = format!("/requests/{code}/me-too");
        let visitor = room.town.browser();
        visitor.get(&path).await.sees(StatusCode::OK).says("Nobody else has said so yet");
        let all = futures_util::future::join_all((0..17).map(|_| visitor.post(&path, &[]))).await;
        assert!(all.iter().all(|seen| seen.status == StatusCode::SEE_OTHER), "{:?}", all[0]);
        assert_eq!(me_too_count(&room, &code).await, 1);
        let amina = room.town.signed_in("amina@example.org").await;
        futures_util::future::join_all((0..32).map(|_| amina.post(&path, &[]))).await;
        assert_eq!(me_too_count(&room, &code).await, 2);
        // Without cookies an address is needed, and the same address counts once.
        let program = |email: &str| {
            let body = if email.is_empty() { json!({}) } else { json!({"email": email}) };
            let path = format!("{path}.json");
            let browser = room.town.browser();
            async move { browser.post_json(&path, &body).await }
        };
        assert_eq!(program("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(program("ines@example.org").await.sees(StatusCode::OK).json()["me_too"], 3);
        assert_eq!(program("INES@example.org").await.sees(StatusCode::OK).json()["me_too"], 3);
        // One network cannot make up a crowd: 20 an hour on one matter.
        assert_eq!(program("eve@example.org").await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(me_too_count(&room, &code).await, 3);
        // It can be taken back, by whoever said it.
        room.town.browser().post(&path, &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &code).await, 3);
        visitor.get(&path).await.says("You are counted");
        visitor.post(&path, &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&path).await.never_says("You are counted");
        assert_eq!(me_too_count(&room, &code).await, 2);
        visitor.get("/requests/R-ZZZZ/me-too").await.sees(StatusCode::NOT_FOUND);
        visitor.post("/requests/nonsense/me-too", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}

/// By whatever name somebody is known: an account, a browser, an address.
#[tokio::test]
async fn one_person_by_several_names_counts_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("Dark").await;
        let path = format!("/requests/{code}/me-too");
        let amina = room.town.browser();
        amina.get(&path).await.sees(StatusCode::OK);
        amina.post(&path, &[("email", "amina@example.org")]).await.sees(StatusCode::SEE_OTHER);
        // The same address from another browser.
        let phone = room.town.browser();
        phone.get(&path).await.sees(StatusCode::OK);
        phone.post(&path, &[("email", "amina@example.org")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &code).await, 1);
        // The same browser, signed in meanwhile.
        let link = room.town.link_for(&amina, "amina@example.org", "").await;
        amina.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        amina.get(&path).await.says("You are counted");
        amina.post(&path, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &code).await, 1);
        // Another browser without the address is somebody else.
        phone.post(&path, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &code).await, 2);
    }
}

/// Erased means gone, also from the counts; the export tells of it before.
#[tokio::test]
async fn whoever_is_erased_is_counted_no_more() {
    for room in rooms().await {
        let (code, _) = room.lamp("Dark").await;
        let amina = room.town.signed_in("amina@example.org").await;
        amina
            .post(&format!("/requests/{code}/me-too"), &[("email", "amina@example.org")])
            .await
            .sees(StatusCode::SEE_OTHER);
        amina.get("/me/export").await.sees(StatusCode::OK).says("me_too").says(&code);
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        room.town.settle().await;
        assert_eq!(me_too_count(&room, &code).await, 0);
        assert!(room.town.column("select who from request_supporters").await.is_empty());
    }
}

/// Nobody says “me too” to their own report.
#[tokio::test]
async fn ones_own_report_is_not_affected_twice() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let seen =
            amina.post("/requests", &[("category", "lamp"), ("address", "Quay")]).await.sees(StatusCode::SEE_OTHER);
        let code = seen.location().split('/').nth(2).unwrap().to_owned();
        amina.get(&format!("/requests/{code}/me-too")).await.says("It is your own report");
        amina.post(&format!("/requests/{code}/me-too"), &[]).await.sees(StatusCode::CONFLICT);
        assert_eq!(me_too_count(&room, &code).await, 0);
    }
}
