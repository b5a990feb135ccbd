use crate::town::{TestTown, towns};
use axum::http::StatusCode;

async fn code(town: &TestTown) -> Option<String> {
    people::setup::fresh_code(town.town.db(), town.town.now(), town.chance()).await.unwrap()
}

#[tokio::test]
async fn whoever_has_the_code_becomes_administrator_once() {
    for town in towns() {
        let code = code(&town).await.unwrap();
        let browser = town.browser();
        browser.get("/setup").await.sees(StatusCode::OK);
        let typed = code.to_lowercase().replace('-', " ");
        let form = [("code", typed.as_str()), ("email", "mireia@example.org"), ("name", "Mireia")];
        browser.post("/setup", &form).await.sees(StatusCode::SEE_OTHER);
        browser.get("/admin/people").await.sees(StatusCode::OK);
        let record = town.record().await;
        assert!(
            record.len() == 1 && record[0].contains("mandate.given") && record[0].contains(r#""by":"setup""#),
            "{record:?}"
        );
        assert!(!record[0].contains("ireia"), "{record:?}");

        let second = town.browser();
        second
            .post("/setup", &[("code", code.as_str()), ("email", "eve@example.org")])
            .await
            .sees(StatusCode::NOT_FOUND);
        second.get("/setup").await.sees(StatusCode::NOT_FOUND);
        assert_eq!(super::setting_up::code(&town).await, None, "no further code once there is an administrator");
    }
}

#[tokio::test]
async fn the_first_to_register_is_a_resident() {
    for town in towns() {
        let first = town.signed_in("first@example.org").await;
        first.get("/admin/people").await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_wrong_or_replaced_code_is_refused_and_guessing_is_limited() {
    for town in towns() {
        let old = code(&town).await.unwrap();
        let new = code(&town).await.unwrap();
        assert_ne!(old, new);
        let browser = town.browser();
        let refused = browser.post("/setup", &[("code", old.as_str()), ("email", "eve@example.org")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.text.contains(&old));
        assert!(town.column("select id from people").await.is_empty(), "nothing half-stored");
        for _ in 0..11 {
            browser.post("/setup", &[("code", "2222-2222-2222-2222"), ("email", "eve@example.org")]).await;
        }
        let limited = browser.post("/setup", &[("code", new.as_str()), ("email", "eve@example.org")]).await;
        assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    }
}
