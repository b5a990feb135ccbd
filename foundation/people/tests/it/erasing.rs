use crate::town::{TestTown, towns};
use axum::http::StatusCode;

/// Every text in every table of this crate, the jobs and the record.
async fn everything(town: &TestTown) -> String {
    let columns = [
        "select handle || ' ' || name || ' ' || coalesce(email, '') from people",
        "select token_hash || ' ' || email || ' ' || back from sign_in_links",
        "select recipient || ' ' || subject || ' ' || body from mails",
        "select name || ' ' || handle || ' ' || role from api_tokens",
        "select given_by || ' ' || role from mandates",
        "select payload || ' ' || last_error from jobs",
        "select body from record_entries",
    ];
    let mut all = String::new();
    for column in columns {
        all.push_str(&town.column(column).await.join("\n"));
    }
    all
}

#[tokio::test]
async fn an_erased_account_leaves_no_address_anywhere() {
    for town in towns() {
        let admin = town.administrator().await;
        admin
            .post("/admin/people", &[("email", "amina@example.org"), ("role", "auditor")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let amina = town.signed_in("amina@example.org").await;
        amina.post("/me", &[("name", "Amina Ortiz"), ("language", "es")]).await.sees(StatusCode::SEE_OTHER);
        amina.post("/me/tokens", &[("name", "import"), ("role", "resident"), ("days", "7")]).await.sees(StatusCode::OK);
        let handle = town.column("select handle from people where name = 'Amina Ortiz'").await.remove(0);
        assert!(everything(&town).await.contains("amina@example.org"));

        amina.get("/me/erase").await.sees(StatusCode::OK);
        amina.post("/me/erase", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let left = everything(&town).await;
        for private in ["amina", "Amina", "Ortiz", "import"] {
            assert!(!left.contains(private), "{private} in {left}");
        }
        assert!(left.contains(&handle), "the pseudonym stays");
        assert!(town.record().await.last().unwrap().contains("person.erased"));
        let mandates = town.browser().get("/mandates.json").await.text;
        assert!(!mandates.contains("auditor"), "their mandates end: {mandates}");
        amina.get("/me").await.sees(StatusCode::SEE_OTHER);

        let again = town.signed_in("amina@example.org").await;
        assert!(!again.get("/me.json").await.text.contains(&handle), "who comes back is somebody new");
    }
}

#[tokio::test]
async fn that_a_resident_leaves_is_not_on_the_record() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert!(town.record().await.is_empty());
    }
}

#[tokio::test]
async fn people_take_their_data_along() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        amina
            .post("/me", &[("name", "<script>alert(1)</script>"), ("language", "en")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let export = amina.get("/me/export").await.sees(StatusCode::OK);
        assert!(export.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let all: serde_json::Value = serde_json::from_str(&export.text).unwrap();
        assert_eq!(all["people"]["account"]["email"], "amina@example.org");
        assert_eq!(all["people"]["sessions"].as_array().unwrap().len(), 1);
        let page = amina.get("/me").await.sees(StatusCode::OK).text;
        assert!(!page.contains("<script>alert") && page.contains("alert(1)"), "a name is never markup");
        town.browser().get("/me/export").await.sees(StatusCode::SEE_OTHER);
    }
}
